"""Fills in issued forms with the program's own writer, as answers and receipts are written, for a rehearsal that is to be short."""

from collections.abc import Mapping
from decimal import Decimal

from toolkit.edges.played_clerk import Row, Shown, Speak, Spoil
from toolkit.edges.writing.fast.workbook_cloning import WorkbookCloner
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.issue.plan_forms import PlannedForms
from toolkit.flows.office.office_context import OfficeContext
from toolkit.model.form import Form, Source, Table
from toolkit.model.issue import IssuedRow, given_tables
from toolkit.model.period import Period
from toolkit.views.form_table import Key, Own


class DrawnReturns:
    """Returns of units for a period whose forms are issued: the workbook that was given to a unit, with its seal, and the unit's words in its cells."""

    def __init__(self, office_context: OfficeContext, form: Form, period: Period) -> None:
        context = office_context.at(period)
        self._form, self._units = form, {unit.name: unit for unit in context.master.addressees()}
        self._planned, self._seals, self._cloner = PlannedForms(context, form, period), context.ledger.seals(), WorkbookCloner(draw)

    def drawn(self, name: str, sheets: Mapping[str, Speak], spoil: Spoil) -> bytes:
        """Give a unit's filled workbook: what `sheets` say of each row, by column title, with its mistakes.

        Raises KeyError for a unit that was issued none as things stand, and for a column that units do not fill in.
        """
        unit = self._units[name]
        issue = self._planned.issue(unit)
        tables = {table.sheet: table for table in given_tables(self._form, issue)}
        said: dict[Key, object] = {}
        for sheet, speak in sheets.items():
            if sheet in tables:
                said |= _said(tables[sheet], issue.tables.get(sheet, ()), speak, spoil)
        return self._cloner.draw(self._planned.plan(unit, issue, self._seals[issue.receipt], Own(said)))


def _said(table: Table, rows: tuple[IssuedRow, ...], speak: Speak, spoil: Spoil) -> dict[Key, object]:
    """Let a unit speak of a table's rows, of which it sees what is filled in already."""
    titles, seen = {field.title for field in table.fields}, [_seen(table, row) for row in rows]
    typed: list[Row] = [speak(shown) for shown in seen]
    spoil(typed, seen)
    codes = {field.title: field.code for field in table.fields if field.source is Source.FILLED}
    return {
        (table.sheet, row.key, codes[title]): Decimal(str(value)) if isinstance(value, int | float) else value
        for row, answers in zip(rows, typed, strict=True)
        for title, value in answers.items()
        if title in titles
    }


def _seen(table: Table, row: IssuedRow) -> Shown:
    """Give a row's cells by column title, as they show in the form."""
    return {field.title: field.kind.show(row.shown[field.code]) if row.shown.get(field.code) not in {None, ""} else None for field in table.fields}
