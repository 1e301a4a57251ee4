"""How alike two titles are, after taking away what people change without meaning it."""

import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from toolkit.model.form import Field
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.values import INVISIBLE

LONGEST_TITLE = 40  # characters; what is longer is an answer
_TRADITIONAL = (
    "編號標務單責牽頭計劃節點進狀態況問題協調項證說數聯繫電話領導辦實際備類別負時間達長處開業廳區縣鎮鄉產經濟質環預總績應該為與參檢視資庫設規網絡"
    "圖書會議報級財稅統歷無門關從專個內條場戶畝醫學館動機構體傳樣員來後過還億萬農發給組織種讓適選遞"
)
_SIMPLIFIED = (
    "编号标务单责牵头计划节点进状态况问题协调项证说数联系电话领导办实际备类别负时间达长处开业厅区县镇乡产经济质环预总绩应该为与参检视资库设规网络"
    "图书会议报级财税统历无门关从专个内条场户亩医学馆动机构体传样员来后过还亿万农发给组织种让适选递"
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_TO_DROP = str.maketrans("", "", INVISIBLE)
_UNIT = r"[十百千]?[万亿]?(?:元|亩|公顷|米|公里|平方米|平方公里|立方米|吨|公斤|斤|人次?|名|件|处|条|座|台|辆|套|次|千瓦时|度|小时|天)"
_HINT = rf"(?:单位[:为]?[^()]*|[%‰个家户项元亿万]+|{_UNIT}|必填|选填|填写|填报|牵头单位填写|填数字|文字|下拉选择|请填写|不填|累计数?)"
_DECORATION = lazy_pattern(rf"\({_HINT}\)|【[^】]*】|^\(?\d{{1,2}}[).、]")


@lru_cache(maxsize=8192)
def plain_title(text: str) -> str:
    """Strip what people change without meaning it: blanks, width, line breaks, a star or colon behind, traditional signs."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_TO_DROP).translate(_TO_SIMPLIFIED).split()).rstrip("*:").lstrip("*")


def undecorated(text: str) -> str:
    """Strip a title's hints as well: (%), (必填), (单位:万元), a number in front."""
    return _DECORATION.sub("", plain_title(text))


def title_similarity(seen: str, field: Field) -> float:
    """Say how alike a seen title, its hints left out, is to a column's title or the best of its aliases, 0–100 (rapidfuzz's ratio)."""
    return max(fuzz.ratio(undecorated(seen), plain_title(name)) for name in (field.title, *field.aliases))


def same_text(text: str, other: str) -> bool:
    """Whether two texts say the same but for blanks, width (NFKC) and traditional characters."""
    return plain_title(text) == plain_title(other)


def text_similarity(text: str, other: str) -> float:
    """Say how alike two texts are after what people change without meaning it is taken away: 0 (nothing) to 100 (the same)."""
    return fuzz.ratio(plain_title(text), plain_title(other))


def short(text: str, most: int = 30) -> str:
    """Shorten a text for a sentence: on one line, `most` signs and …; （空） for an empty one."""
    line = " ".join(text.split())
    return (line[:most] + "…" if len(line) > most + 1 else line) or "（空）"
