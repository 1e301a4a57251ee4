"""The definition in this office's own templates of a form that came from above: its list (清单) with the units below, and what of it goes to nobody."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.files import write_file
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.units_below import FILE, LEADS
from toolkit.edges.templates.write_form import form_bytes
from toolkit.edges.workspace import Workspace
from toolkit.issuing.lower_rows import with_lower_rows
from toolkit.model.form import Form
from toolkit.model.form_addressees import addressed_form
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


def bring_rows(space: Workspace, above: Form, before: Form | None, below: Sequence[UnitBelow], office: str) -> None:
    """Put the rows of a form from above into the office's own definition, each with the units below that answer for it; the file is left alone where it
    says so already.
    """
    own = own_definition(space, above.code)
    if own is None:
        return
    brought = with_lower_rows(addressed_form(own.form, _register(below)).form, above, before, below, office)
    if [table.rows for table in brought.tables] != [table.rows for table in own.form.tables]:
        write_file(own.path, form_bytes(brought))


def rows_for_nobody(own: OwnDefinition, below: Sequence[UnitBelow]) -> Iterator[str]:
    """Say which rows of the office's own list name no unit below, so that nobody would get them."""
    units = _register(below)
    for table in addressed_form(own.form, units).form.tables:
        unnamed = [row.number for row in table.rows if not any(role_in(row, unit.name, units) for unit in units.units)]
        if unnamed:
            nobody = f"{own.path.name} 的清单里有 {len(unnamed)} 行（{_some(unnamed)}）不知道由哪个下级填报，不会发给任何下级。"
            yield f"{nobody}请在 {FILE} 的“{LEADS}”里写上，或在清单的“单位”栏写下级单位，再运行一次 adopt。"


def _register(below: Sequence[UnitBelow]) -> Master:
    return Master((), (), tuple(unit.unit for unit in below), ())


def _some(numbers: Sequence[str]) -> str:
    return "、".join(numbers[:_NAMED]) + ("等" if len(numbers) > _NAMED else "")
