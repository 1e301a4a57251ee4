"""Which unit a name on a sheet means: surely, nearly, or none. `Names` is pure data that travels to the reading processes."""

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from toolkit.intake.title_similarity import plain_title
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Unit

Names = Mapping[str, str]  # bare name, alias or name without its place → the unit's name

UNIT_TITLES = frozenset(
    (
        *("单位", "填报单位", "报送单位", "上报单位", "所属单位", "所在单位", "单位名称", "填报单位名称", "报表单位", "填写单位", "提交单位", "承办单位"),
        *("部门", "填报部门", "报送部门", "所属部门", "所在部门", "部门名称", "您的单位", "您所在的单位", "您所在单位", "贵单位", "您的单位名称", "单位全称"),
    )
)
_PLACE = lazy_pattern(r"^.{0,4}?[省市县区旗州](?=.{3})")  # 云溪县 of 云溪县工信局
_NUMBERED = lazy_pattern(r"^(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.:])+")  # of a bare title: 一、 (二) 3.
_COUNTED = lazy_pattern(r"[(](?:共|计|合计)?\d{1,4}[项条件个][)]$|(?:共|计)\d{1,4}[项条件个]$")  # behind the name of a group: (5项)
_BETWEEN = lazy_pattern(r"[、,;/]|和|及|与")  # names in a line
# what may stand beside a unit's name in the name of a sheet or in a title without making it another body's
_BESIDE = lazy_pattern(r"[\d\s()_\-—.,、:年第季度月份一二三四上下半进展情况汇总表报送填任务目标指申请事项工作方案最终版定稿新副本度Qq·]*")
_LIKE, _AHEAD = 75, 8  # likeness of names, 0–100; how far the likest must be ahead of the next
_SHORTEST = 2  # signs of a name that says anything


def names_of(units: Iterable[Unit]) -> dict[str, str]:
    """Give the names of units that get a form, bare, with those without their place that mean one unit only and are part of no other's name."""
    owners: dict[str, set[str]] = {}
    issued = [unit for unit in units if unit.issued]
    bearers: dict[str, set[str]] = {}
    for unit in issued:
        for name in (*unit.former, *unit.aliases, unit.name):
            bearers.setdefault(plain_title(name), set()).add(unit.name)
    full = {name: next(iter(those)) for name, those in bearers.items() if len(those) == 1 and len(name) >= _SHORTEST}
    for name, unit_name in full.items():
        found = _PLACE.match(name)
        if found:
            owners.setdefault(name[len(found[0]) :], set()).add(unit_name)
    short = {name: next(iter(those)) for name, those in owners.items() if len(those) == 1 and len(name) >= _SHORTEST}
    bearers_of = _pieces(full, {len(name) for name in short})
    return {**{name: unit for name, unit in short.items() if bearers_of.get(name, unit) == unit}, **full}


def _pieces(full: Names, lengths: Iterable[int]) -> dict[str, str]:
    """Give the unit of every piece of so many signs of a name; '' for one that stands in names of several."""
    found: dict[str, str] = {}
    for name, unit in full.items():
        for length in lengths:
            for at in range(len(name) - length + 1):
                piece = name[at : at + length]
                found[piece] = unit if found.get(piece, unit) == unit else ""
    return found


def exact_unit(text: str, names: Names) -> str:
    """Give the unit that a text names and nothing else, but for a number in front or a count behind; '' for none."""
    bare = plain_title(text)
    return names.get(bare) or names.get(_NUMBERED.sub("", _COUNTED.sub("", bare))) or ""


def are_units(text: str, names: Names) -> bool:
    """Whether a text is a list of several units and nothing else (区商务局、区民政局)."""
    parts = _BETWEEN.split(_NUMBERED.sub("", plain_title(text)))
    return len({names.get(part, "") for part in parts} - {""}) > 1 and all(part in names for part in parts)


def unit_within(text: str, names: Names) -> str:
    """Give the unit of a sheet's name or of a title, beside which only words of the form stand (区商务局一季度进展 (2)); '' for none."""
    bare = plain_title(text)
    found = _longest_within(bare, names)
    return names[found] if found and _BESIDE.fullmatch(bare.replace(found, "", 1)) else ""


def _longest_within(text: str, names: Names) -> str:
    """Give the longest name that stands in a text, of several as long the one that comes first; '' for none.

    A short text has fewer pieces than a province has units, and each piece is looked up.
    """
    if len(text) ** 2 > len(names):
        return max((name for name in names if name in text), key=len, default="")
    for length in range(len(text), 0, -1):
        found = {piece for at in range(len(text) - length + 1) if (piece := text[at : at + length]) in names}
        if found:
            return next(name for name in names if name in found) if len(found) > 1 else found.pop()
    return ""


def near_unit(text: str, names: Names) -> str:
    """Give the one unit whose name is like a text, or of whose name it is a short form; '' where none is, or several are."""
    bare = _NUMBERED.sub("", plain_title(text))
    if len(bare) < _SHORTEST:
        return ""
    likeness: dict[str, float] = {}
    for name, unit in names.items():
        likeness[unit] = max(likeness.get(unit, 0), _alike(bare, name))
    best = sorted(((like, unit) for unit, like in likeness.items()), reverse=True)[:2]
    ahead = best[0][0] - (best[1][0] if len(best) > 1 else 0) if best else 0
    return best[0][1] if best and best[0][0] >= _LIKE and ahead >= _AHEAD else ""


def _alike(text: str, name: str) -> float:
    signs = iter(name)
    short = all(sign in signs for sign in text)
    return max(fuzz.ratio(text, name), _LIKE + len(text) if short else 0)
