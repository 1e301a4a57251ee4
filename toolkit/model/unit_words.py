"""How people write a unit's name: in another width, without its place (商务局), shortened (发改局); understood where it fits exactly one unit."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit.model.command_error import CommandError
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Master, Unit
from toolkit.model.period_words import half_width

_SHORTEST = 2  # characters of a name that may be short for another
_FIXED = lazy_pattern("[0-9A-Za-z〇零一二三四五六七八九十百]+")  # numbers and foreign words: 第二小学 is not short for 第十二小学
_LIKE, _MOST = 50.0, 5  # how alike a name that is offered must be (rapidfuzz's ratio), and how many are


class UnitMeant(NamedTuple):
    """The unit that a name means (None: none, or more than one), and the names that are near it, the nearest first."""

    unit: Unit | None
    near: tuple[str, ...] = ()


def unit_meant(master: Master, name: str, among: Sequence[Unit] | None = None) -> UnitMeant:
    """Find the unit that a person means, `among` some that can be asked for, or in a list, where 区委 is never 区委宣传部; a wrong letter is never put right,
    for units differ by one: it is offered.
    """
    units = master.units if among is None else among
    known = master.resolve(name)
    if known in units:
        return UnitMeant(known)
    typed = half_width(name)
    for fits in (_equal, _without_its_place, _shortened, *((_without_its_kind,) if among is not None else ())):
        found = [unit for unit in units if any(fits(typed, half_width(other)) for other in _names(unit))]
        if len(found) == 1:
            return UnitMeant(found[0])
        if found:
            return UnitMeant(None, tuple(unit.name for unit in found[:_MOST]))
    return UnitMeant(None, _near(typed, units))


def addressed(master: Master, names: Sequence[str]) -> tuple[Unit, ...]:
    """Give the units that get workbooks, or those that are named, each once. Raises CommandError for a name that is none of them, with the near ones."""
    if not names:
        return master.addressees()
    found = []
    for name in names:
        unit, near = unit_meant(master, name, master.addressees())
        if unit is None:
            raise unknown_unit(f"单位名录里没有需要发表的“{name}”。", near)
        found.append(unit)
    return tuple(dict.fromkeys(found))


def unknown_unit(what: str, near: Sequence[str]) -> CommandError:
    """Say that there is no such unit, and offer those that are near."""
    offer = f"是不是：{'、'.join(near)}？" if near else "请核对名称；"
    return CommandError(what, f"{offer}名录在 templates/任务总表.xlsx 的“单位”表。")


def _names(unit: Unit) -> Iterable[str]:
    return (unit.name, *unit.aliases, *unit.former, *([unit.id] if unit.id else ()))


def _equal(typed: str, name: str) -> bool:
    return typed == name


def _without_its_place(typed: str, name: str) -> bool:
    return len(typed) >= _SHORTEST and name.endswith(typed) and not _is_within(name, len(name) - len(typed))


def _shortened(typed: str, name: str) -> bool:
    """Whether all signs of a short name stand in the whole one, in order, and both end alike: 发改局 of 区发展和改革局; numbers are whole."""
    signs = iter(name)
    is_short = len(typed) >= _SHORTEST and typed[-1] == name[-1] and all(sign in signs for sign in typed)
    return is_short and _FIXED.findall(typed) in ([], _FIXED.findall(name))


def _without_its_kind(typed: str, name: str) -> bool:
    """Whether a name lacks but its last signs: 东山 of 东山镇."""
    return len(typed) >= _SHORTEST and name.startswith(typed) and len(name) - len(typed) <= _SHORTEST and not _is_within(name, len(typed))


def _is_within(name: str, at: int) -> bool:
    """Whether a cut goes through a number or a foreign word."""
    return any(found.start() < at < found.end() for found in _FIXED.finditer(name))


def _near(typed: str, units: Sequence[Unit]) -> tuple[str, ...]:
    from rapidfuzz import fuzz  # when a name is not known: a command that knows it does without

    scored = [(max(fuzz.ratio(typed, half_width(other)) for other in _names(unit)), unit.name) for unit in units]
    return tuple(name for score, name in sorted(scored, key=lambda pair: -pair[0])[:_MOST] if score >= _LIKE)
