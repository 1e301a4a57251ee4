"""Who gets a form: all units that get workbooks, or the classes and units that it names; names that nobody answers to are asked about."""

from collections.abc import Iterator, Sequence

from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form
from toolkit.model.master import Master, Unit
from toolkit.model.own_rows import units_of
from toolkit.model.place import Place

_ASKED = "收得到这张表的单位（“是否发放”为“是”，有“发给”的，里面写了它或它的类别）"


def is_issued_to(form: Form, unit: Unit, master: Master) -> bool:
    """Whether a unit gets a form: 发给 names its class, itself or a collective that it is of, or nobody in particular."""
    return not form.issued_to or any(word == unit.group or unit.name in _members(word, master) for word in form.issued_to)


def unknown_addressees(forms: Sequence[Form], master: Master) -> Iterator[Finding]:
    """Ask about names in 发给 and in lists that are no unit's (LIST_UNIT), or in a list a unit's that does not get the form (NO_EFFECT), each once a form."""
    groups = {unit.group for unit in master.units}
    for form in forms:
        for word in form.issued_to:
            if word not in groups and not _members(word, master):
                yield Finding(Code.LIST_UNIT, Place(form.file, "表单"), {"seen": word, "more": "或类别"}, title="发给")
        seen: set[str] = set()
        for row in (row for table in form.tables for row in table.rows):
            for name in (name for name in units_of(row) if name not in seen):
                seen.add(name)
                members = [unit for member in _members(name, master) if (unit := master.resolve(member))]
                if not members:
                    yield Finding(Code.LIST_UNIT, row.place, {"seen": name, "more": ""}, title="单位")
                elif not any(unit.issued and is_issued_to(form, unit, master) for unit in members):
                    yield Finding(Code.NO_EFFECT, row.place, {"seen": name, "choices": _ASKED}, title="单位")


def _members(name: str, master: Master) -> tuple[str, ...]:
    """Give the units that a name means; () where the register has none such."""
    unit = master.resolve(name)
    if unit is None:
        return ()
    return tuple(member.name for text in unit.members or (unit.name,) if (member := master.resolve(text)) is not None)
