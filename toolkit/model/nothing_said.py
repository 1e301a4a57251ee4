"""Words by which a unit says that there is nothing: 无, 暂无, 没有需协调的事项, N/A."""

import re
import unicodedata

from toolkit.model.lazy_pattern import lazy_pattern

_MARKS = lazy_pattern(r"[\W_]+")
_NOTHING = lazy_pattern(
    r"(?:目前|当前|现|本期|本季度?|本月|我单位|本单位|我局|我区|该项|此项|任务)*"
    r"(?:(?:暂时?|尚|均)?(?:无|没有|未有|不需要?|不涉及|不存在|否)(?:需要?|须)?)"
    r"(?:区|市|县|省)?(?:政府|上级|办公室|领导|相关部门|有关部门)*"
    r"(?:的|要|需要?)*(?:协调|解决|帮助|支持|研究|提请|明确|说明|反映|佐证|证明|其他|其它|特殊|困难|和)*(?:的|之)?(?:事项|问题|事宜|情况|材料|困难)*|na|none|no|nil|null",
    re.IGNORECASE,
)


def says_nothing(text: str) -> bool:
    """Whether a text is blank, only marks (/, —), or says that there is nothing to tell."""
    half = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    return not half or _NOTHING.fullmatch(half) is not None
