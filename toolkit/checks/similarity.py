"""How alike two texts are, and whether a text says anything at all."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from toolkit.model.lazy_pattern import lazy_pattern

_MARKS = lazy_pattern(r"[\W_]+")
_DIGITS = lazy_pattern(r"\d+")
_LONGEST_EMPTY = 40  # characters: nobody strings more stop words together
# Words that alone say nothing of what was done; longer ones first, since they hold shorter ones.
_STOP_WORDS = lazy_pattern(
    "按照|按|根据|计划|序时|时序|进度|节点|要求|方案|部署|安排|正常|有序|稳步|扎实|积极|持续|继续|正在|目前|已经|已|均|各项|各|相关|有关|本项|该项|此项|全部|"
    "工作任务|工作|任务|项目|事项|措施|推进|推动|开展|进行|落实|实施|执行|完成|情况|进展|顺利|良好|较好|"
    "暂时|暂无|暂|没有|无|略|同上|同前|详见附件|见附件|附件|中|地|的|了|在"
)
# What promises open with and any report holds: no sign that this one was kept.
_PROMISING = lazy_pattern(
    "下一步|下季度|下一季度|下阶段|下半年|力争|争取|确保|加快|加大|加强|进一步|继续|持续|推进|推动|开展|完成|落实|工作|任务|项目|累计|进度|达到|做好|力度|措施"
    "|倒排工期|倒排|工期|每周|每月|调度|统筹|协调|按时|按期|保质保量"
)


@lru_cache(maxsize=8192)
def letters_only(text: str) -> str:
    """Strip what does not change what a text says: width, blanks, punctuation."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=8192)  # several checks ask of each text
def is_empty(text: str) -> bool:
    """Whether a text holds stop words only: 正常推进, 按计划推进中."""
    return len(text) <= _LONGEST_EMPTY and not _STOP_WORDS.sub("", letters_only(text))


def is_similar(text: str, other: str, percent: float) -> bool:
    """Whether two texts are one text, at least so many percent alike with the same numbers in the same order: new figures are news."""
    mine, theirs = letters_only(text), letters_only(other)
    if mine == theirs:
        return bool(mine)
    longest_share = 200 * min(len(mine), len(theirs)) / (len(mine) + len(theirs))  # no likeness of texts so unlike in length is higher
    if longest_share < percent or _DIGITS.findall(mine) != _DIGITS.findall(theirs):
        return False
    return fuzz.ratio(mine, theirs, score_cutoff=percent) >= percent > 0


def share_kept(promise: str, texts: Iterable[str]) -> float | None:
    """Say how much of a promise comes up again, in percent of its pairs of characters; None where it promises nothing in particular."""
    pairs = {pair for part in _PROMISING.split(_DIGITS.sub(" ", promise)) for pair in _pairs(letters_only(part))}
    if len(pairs) < 3:
        return None
    text_pairs = {pair for text in texts for pair in _pairs(letters_only(text))}
    return 100 * len(pairs & text_pairs) / len(pairs)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
