"""A form that nobody has thought of is issued, filled in, read and consolidated, and every value is the one that was typed."""

import os
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook as read_book

from tests.properties.examples import some
from tests.properties.forms import Definition, definitions, type_values, values_of, write_definition
from tests.small import MASTER, Q1, accepted, issue, small_workspace
from toolkit.edges.reading.read_workbooks import read_grid
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.writing.write_workbooks import draw as drawn
from toolkit.flows.intake.collect import collect
from toolkit.flows.office.parse_file import ReturnParser
from toolkit.flows.report.consolidate import consolidate
from toolkit.issuing.make_issue import make_issue
from toolkit.issuing.unit_rows import NOTHING_YET
from toolkit.model import seal
from toolkit.model.findings import Level
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.returns import Outcome, Row
from toolkit.views.unit_form import unit_book

KEY = b"k" * 32
Typed = Mapping[tuple[str, str, str], object]


def loaded(path: Path, one: Definition) -> Form:
    """Write a definition and read it as the program does."""
    write_definition(path, one)
    form, faults = load_form(path)
    assert form is not None, [fault.message for fault in faults]
    return form


def headers(form: Form) -> dict[str, list[str]]:
    """Give the titles of each sheet's columns."""
    return {table.sheet: [field.title for field in table.fields] for table in form.tables}


def typed_into(data: st.DataObject, form: Form, issued: Issue) -> dict[tuple[str, str, str], object]:
    """Choose what the unit types, by sheet, row and title, as the values that are meant."""
    cells = [(table.sheet, row.key, field) for table in form.tables for row in issued.tables[table.sheet] for field in table.filled]
    meant = {(sheet, key, field.title): data.draw(values_of(field)) for sheet, key, field in cells}
    return {where: value for where, value in meant.items() if value is not None}


def shown(form: Form, typed: Typed) -> dict[tuple[str, str, str], object]:
    """Give what stands in the cells when the values are typed."""
    kinds = {(table.sheet, field.title): field.kind for table in form.tables for field in table.fields}
    return {(sheet, key, title): kinds[sheet, title].show(value) for (sheet, key, title), value in typed.items()}


def understood(form: Form, rows: tuple[Row, ...]) -> dict[tuple[str, str, str], object]:
    """Give what was read, by sheet, row and title."""
    titles = {(table.sheet, field.code): field.title for table in form.tables for field in table.fields}
    return {(row.table, row.key, titles[row.table, code]): answer.value for row in rows for code, answer in row.answers.items()}


@some(30, shrink=False)
@given(one=definitions(), data=st.data())
def test_any_form_reads_back_what_was_typed(one: Definition, data: st.DataObject) -> None:
    """Whatever columns an office defines, what a unit types into the issued workbook is read as the same values, with no error said of it."""
    with tempfile.TemporaryDirectory() as folder:
        form = loaded(Path(folder) / "表单.xlsx", one)
        unit = next(unit for unit in MASTER.units if unit.name == "东山镇")
        issued = make_issue(form, MASTER, unit, period=Q1, due=date(2023, 3, 30), past=NOTHING_YET, key=KEY, number=1)
        path = Path(folder) / "来件.xlsx"
        path.write_bytes(drawn(unit_book(issued, form, sealed=seal.close(issued, KEY))))
        typed = typed_into(data, form, issued)
        type_values(path, path, shown(form, typed), headers(form))

        done = ReturnParser(KEY, (form,), {}, {}).of(read_grid(path.read_bytes(), path.name))

    assert typed == understood(form, done.rows)
    assert [] == [(finding.code.name, str(finding.place)) for finding in done.findings if finding.level is Level.ERROR]


@some(3, share=0.05, shrink=False)
@given(one=definitions(), data=st.data())
def test_any_form_walks_the_whole_corridor(one: Definition, data: st.DataObject) -> None:
    """Issued, filled in, collected and consolidated, a form made at random shows the values that were typed, or a finding points at the cell."""
    with tempfile.TemporaryDirectory() as folder:
        space = small_workspace(Path(folder))
        form = loaded(space.templates / "季度进展.xlsx", one)
        source = issue(space) / "东山镇_2023年第一季度季度进展.xlsx"
        source = source if source.exists() else next(source.parent.glob("东山镇_*.xlsx"))
        unit = next(unit for unit in MASTER.units if unit.name == "东山镇")
        issued = make_issue(form, MASTER, unit, period=Q1, due=date(2023, 3, 30), past=NOTHING_YET, key=KEY, number=1)
        typed = typed_into(data, form, issued)
        type_values(source, space.inbox / "来件.xlsx", shown(form, typed), headers(form))
        moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
        os.utime(space.inbox / "来件.xlsx", (moment, moment))

        arrival = collect(space, progress=lambda items, _: items).arrivals[0]
        kept = understood(form, tuple(accepted(space)["来件.xlsx"]))
        detail = read_book(str(consolidate(space, Q1).path)).get_sheet_by_name("填报明细").to_python()

    assert arrival.outcome in ({Outcome.MERGED, Outcome.WITH_FINDINGS} if typed else {Outcome.IGNORED})  # nothing typed: a blank form
    assert {} == {where: (value, typed.get(where)) for where, value in kept.items() if typed.get(where) != value}
    pointed = {finding.title for finding in arrival.findings if finding.level is Level.ERROR and finding.place.cell}
    assert [] == [where for where in typed if where not in kept and where[2] not in pointed]
    assert wanted(form, kept) == written(form, detail)


def wanted(form: Form, kept: Typed) -> list[tuple[str, str]]:
    """List what 填报明细 must show: number and value of every cell, as text."""
    kinds = {(table.sheet, field.title): field.kind for table in form.tables for field in table.fields}
    return sorted((key, text_of(kinds[sheet, title].show(value))) for (sheet, key, title), value in kept.items())


def written(form: Form, detail: list[list[object]]) -> list[tuple[str, str]]:
    """List what 填报明细 shows, in the same words."""
    titles = {field.title for table in form.tables for field in table.filled}
    columns = [at for at, title in enumerate(detail[0]) if str(title).removesuffix("（填报）") in titles and at > 2]
    return sorted((str(row[2]), text_of(row[at])) for row in detail[1:] for at in columns if row[at] != "")


def text_of(value: object) -> str:
    """Write a cell's value as text, numbers without a trailing zero."""
    if isinstance(value, float | int | Decimal):
        return format(Decimal(str(value)).normalize(), "f")
    return value.date().isoformat() if isinstance(value, datetime) else str(value)
