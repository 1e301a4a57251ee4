"""Who gets a form: all units that get workbooks, or the classes and units that it names; what is short for one unit is understood, the rest asked about."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form, ListRow
from toolkit.model.master import Master, Unit
from toolkit.model.own_rows import units_of
from toolkit.model.place import Place
from toolkit.model.unit_words import UnitMeant, unit_meant

_ASKED = "收得到这张表的单位（“是否发放”为“是”，有“发给”的，里面写了它或它的类别）"
Near = Mapping[str, UnitMeant]  # of names that the register has not
_SETTING, _COLUMN = "发给", "单位"  # where a form names units: in 表单, and in its lists


class Addressed(NamedTuple):
    """A form whose units are called as the register calls them, and what is to be asked of the names in it."""

    form: Form
    findings: tuple[Finding, ...]


def is_issued_to(form: Form, unit: Unit, master: Master) -> bool:
    """Whether a unit gets a form: 发给 names its class, itself or a collective that it is of, or nobody in particular."""
    return not form.issued_to or any(word == unit.group or unit.name in _members(word, master) for word in form.issued_to)


def addressed_form(form: Form, master: Master) -> Addressed:
    """Call the units in 发给 and in lists as the register does, where a name is short for one of them only; and ask about the others, each once a form."""
    groups = {unit.group for unit in master.units}
    lists = dict.fromkeys(name for table in form.tables for row in table.rows for name in units_of(row))
    unknown = [word for word in (*form.issued_to, *lists) if word not in groups and not _members(word, master)]
    meant = {name: unit_meant(master, name) for name in dict.fromkeys(unknown)}
    full = {name: found.unit.name for name, found in meant.items() if found.unit is not None}
    whole = _with_names(form, full) if full else form
    return Addressed(whole, tuple(_asked(form, whole, meant, master)))


def _with_names(form: Form, full: dict[str, str]) -> Form:
    tables = tuple(replace(table, rows=tuple(_row(row, full) for row in table.rows)) if table.rows else table for table in form.tables)
    return replace(form, tables=tables, issued_to=tuple(full.get(word, word) for word in form.issued_to))


def _row(row: ListRow, full: dict[str, str]) -> ListRow:
    names = units_of(row)
    return row._replace(unit="、".join(dict.fromkeys(full.get(name, name) for name in names))) if full.keys() & set(names) else row


def _asked(form: Form, whole: Form, near: Near, master: Master) -> Iterator[Finding]:
    """Say how a short name was understood, and ask about names that are no unit's, or a unit's that does not get the form.

    `whole` is the form with the register's names in their place.
    """
    groups = {unit.group for unit in master.units}
    for word, full in zip(form.issued_to, whole.issued_to, strict=True):
        if word not in groups and not _members(word, master):
            yield _about(word, Place(form.file, "表单"), _SETTING, full, near)
    seen: set[str] = set()
    for row in (row for table in form.tables for row in table.rows):
        for name in (name for name in units_of(row) if name not in seen):
            seen.add(name)
            meant = near[name].unit if name in near else None
            full = meant.name if meant else name
            if not _members(name, master):
                yield _about(name, row.place, _COLUMN, full, near)
            units = [unit for member in _members(full, master) if (unit := master.resolve(member))]
            if units and not any(unit.issued and is_issued_to(whole, unit, master) for unit in units):
                yield Finding(Code.NO_EFFECT, row.place, {"seen": name, "choices": _ASKED}, title=_COLUMN)


def _about(name: str, place: Place, title: str, full: str, near: Near) -> Finding:
    if full != name:
        return Finding(Code.OFFICE_UNDERSTOOD, place, {"seen": name, "value": full}, title=title)
    if near[name].near:
        return Finding(Code.LIST_UNIT_NEAR, place, {"seen": name, "near": "、".join(near[name].near)}, title=title)
    return Finding(Code.LIST_UNIT, place, {"seen": name, "more": "或类别" if title == _SETTING else ""}, title=title)


def _members(name: str, master: Master) -> tuple[str, ...]:
    """Give the units that a name means; () where the register has none such."""
    unit = master.resolve(name)
    if unit is None:
        return ()
    return tuple(member.name for text in unit.members or (unit.name,) if (member := master.resolve(text)) is not None)
