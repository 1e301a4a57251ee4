"""Times that say by when: 2025年6月底前完成, 长期坚持, 年内持续推进, 9月投入使用, 30 June 2025."""

import re
from functools import lru_cache

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.character_forms import fold_characters

_LONGEST = 40  # characters
_CORE = (
    r"(?:[12]\d{3}|二[〇零○][〇零○一二三四五六七八九]{2})年度?|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?:(?:[12]\d|3[01]|0?[1-9])[日号])?"
    r"|第?[一二三四1234]季度|(?:上|下)半年|今年|明年|本年度?|当年|年度?内|全年|年[底末初中]|半年|季度内|月内|[每按逐](?:年|半年|季度?|月|周|日)|长期|持续|常态化?|经常|日常|近期|中期|远期|随时|适时"
    r"|立行立改|即知即改|立即|即时|尽快|及时|“?十[三四五六]五”?期间?|\d{1,3}个?(?:工作日|月|天|年)|[一二三四五六]个月|20\d\d(?!\d)"
)
_AROUND = (
    "完成|办结|办理|办成|到位|推进|坚持|实施|落实|见效|启动|开工|动工|竣工|建成|投产|投用|投入|使用|运营|运行|交付|验收|整改|销号|出台|印发|上线|开展|全面|基本|按时|按期|如期|初步|阶段性|取得|明显"
    "|成效|实质性|进展|主体|目标|任务|推动|巩固|提升|深化|有序|分步|分批|工作|全部|完工|整治|之前|以前|之内|以内|力争|争取|确保|预计|计划|务必|开始|结束|上旬|中旬|下旬|通车|封顶|组织|建设|形成|达到|稳步"
    "|开放|开业|制度|机制|长效|见底|清零|抓好|做好|报送|提交|制定|编制|收官|[前底末初内止起至到于在并且后拟限并、~～—–-]|日|月|年|化|性"
)
_TOKEN = lazy_pattern(rf"(?P<core>{_CORE})|(?:{_AROUND})")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_ENGLISH = lazy_pattern(
    rf"(?:(?:by|before|end|of|from|until|to|the|mid|early|late|in|during)[ -]+)*(?:(?:\d{{1,2}}(?:st|nd|rd"
    rf"|th)?\s+)?(?:{_MONTHS})[a-z]*\.?(?:\s+\d{{1,2}},?)?(?:\s+\d{{4}})?|q[1-4](?:\s*/?-?\s*\d{{4}})?"
    r"|(?:spring|summer|autumn|winter)(?:\s+\d{4})?|ongoing|annually|quarterly|monthly|end of year|year[- ]end|\d{4}(?:[-/]\d{1,4}){0,2}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|immediate(?:ly)?|tbc)",
    re.IGNORECASE,
)
_NOT_ALONE = lazy_pattern(r"^(?:[12]\d{3}年?|\d+)$")


@lru_cache(maxsize=4096)  # the same units and times come back in many tasks
def is_time(text: str) -> bool:
    """Say whether a stretch of text is nothing but a time, with what is to be done by then; a bare year is none."""
    if len(text) > _LONGEST:
        return False
    plain = fold_characters(text).strip(" .;,()")
    if _ENGLISH.fullmatch(plain):
        return not plain.isdigit()
    plain = re.sub(r"[\s,、;]", "", plain).replace("○", "〇")
    if not plain or _NOT_ALONE.match(plain):
        return False
    at, found = 0, False
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None:
            return False
        found = found or match["core"] is not None
        at = match.end()
    return found
