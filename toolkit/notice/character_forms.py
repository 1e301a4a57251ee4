"""Characters: one folded form for matching, same length as the text, so that what is kept stays as printed."""

from functools import lru_cache

from toolkit.model.lazy_pattern import lazy_pattern

_TRADITIONAL = (
    "牽頭單責領導時間負職參與協辦實門關區縣鎮鄉開發廳務業總標數個萬億達於過內項場畝戶輛條級長農屬會團員處機構進體別後號點電話"
    "來優環節經濟質產廠醫學館檢視聯組織財稅監衛訊統計歷馬東車運輸設規劃資庫護權採購審計應預屆確認無對並為應該圖書動勞動從幾"
)
_SIMPLIFIED = (
    "牵头单责领导时间负职参与协办实门关区县镇乡开发厅务业总标数个万亿达于过内项场亩户辆条级长农属会团员处机构进体别后号点电话"
    "来优环节经济质产厂医学馆检视联组织财税监卫讯统计历马东车运输设规划资库护权采购审计应预届确认无对并为应该图书动劳动从几"
)
_PRINTED = "（〔［[【〈＜<｛{）〕］]】〉＞>｝}：∶﹕︰；，．　\u00a0\t％〇﹒"
_FOLDED = "((((((((((" + "))))))))))" + "::::;,.   %零."
_FOLD = str.maketrans(
    _TRADITIONAL + _PRINTED + "０１２３４５６７８９",
    _SIMPLIFIED + _FOLDED + "0123456789",
)
_INVISIBLE = lazy_pattern("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_BLANK = lazy_pattern(r"[ \t\u00a0\u3000\u2002\u2003\r\f\v]+")


@lru_cache(maxsize=4096)  # a line is looked at from many sides
def fold_characters(text: str) -> str:
    """Write brackets as (), punctuation and digits as half-width, known traditional characters as simplified; the length stays."""
    return text.translate(_FOLD)


def tidy(text: str) -> str:
    """Take out invisible characters, make every run of blanks one space, trim; line breaks stay."""
    lines = (_BLANK.sub(" ", line).strip() for line in _INVISIBLE.sub("", text).split("\n"))
    return "\n".join(line for line in lines if line)


def depths(folded: str) -> list[int]:
    """Give each character's bracket depth; a bracket itself counts as inside; a closing one too many is ignored."""
    depth, found = 0, []
    for char in folded:
        if char == "(":
            depth += 1
            found.append(depth)
        elif char == ")" and depth:
            found.append(depth)
            depth -= 1
        else:
            found.append(depth)
    return found


def groups(folded: str) -> list[tuple[int, int]]:
    """List the outermost bracket groups as (start, end); one left open at the end of the text is closed there."""
    found: list[tuple[int, int]] = []
    start, depth = 0, 0
    for at, char in enumerate(folded):
        if char == "(":
            if depth == 0:
                start = at
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if depth == 0:
                found.append((start, at + 1))
    if depth:
        found.append((start, len(folded)))
    return found


def split_outside(text: str, separators: str) -> list[str]:
    """Split at separators that stand outside all brackets; pieces are trimmed, empty ones left out."""
    folded = fold_characters(text)
    pieces, start = [], 0
    for at, (char, depth) in enumerate(zip(folded, depths(folded), strict=True)):
        if depth == 0 and char in separators:
            pieces.append(text[start:at])
            start = at + 1
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]
