"""The definition in this office's own templates of a form that came from above, and what of its list (清单) goes to nobody below."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.workspace import Workspace
from toolkit.model.form import Form
from toolkit.model.master import Master
from toolkit.model.own_rows import role_in
from toolkit.model.unit_below import UnitBelow

_NAMED = 5  # numbers of rows that a sentence names


class OwnDefinition(NamedTuple):
    """A form's definition and its workbook."""

    path: Path
    form: Form


def own_definition(space: Workspace, code: str) -> OwnDefinition | None:
    """Give the definition that a workspace has of a form, by its code; None where it has none that can be read."""
    found = ((path, load_form(path)[0]) for path in space.form_files())
    return next((OwnDefinition(path, form) for path, form in found if form is not None and form.code == code), None)


def rows_for_nobody(own: OwnDefinition, above: Form, below: Sequence[UnitBelow]) -> Iterator[str]:
    """Say which rows of the office's own list name no unit below, so that nobody would get them, and which rows of the list above are not in it."""
    units = Master((), (), tuple(unit.unit for unit in below), ())
    for table in own.form.tables:
        whole = above.table(table.sheet)
        known = {row.number for row in table.rows}
        absent = [row.number for row in (whole.rows if whole else ()) if row.number not in known]
        if absent:
            yield f"上级的清单里有 {len(absent)} 行（{_some(absent)}），{own.path.name} 的清单里没有。请在那里加上，“单位”写下级单位，再运行一次 adopt。"
        unnamed = [row.number for row in table.rows if not any(role_in(row, unit.name, units) for unit in units.units)]
        if unnamed:
            nobody = f"{own.path.name} 的清单里有 {len(unnamed)} 行（{_some(unnamed)}）没有写下级单位，不会发给任何下级。"
            yield f"{nobody}请把“单位”一栏改成下级单位，再运行一次 adopt。"


def _some(numbers: Sequence[str]) -> str:
    return "、".join(numbers[:_NAMED]) + ("等" if len(numbers) > _NAMED else "")
