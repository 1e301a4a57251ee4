"""How 调整台账 lies in the workbook: questions, rows not taken as they were typed, then what is registered; and where what is asked then stands."""

from collections.abc import Sequence
from dataclasses import replace

from toolkit.amending.amendment_wording import sheet_row
from toolkit.amending.sheet_edits import line_of
from toolkit.amending.three_way_merge import MergedList
from toolkit.model.amendment_sheet import COLUMNS, NUMBER, SheetRow, TypedRow
from toolkit.model.amendments import Amendment
from toolkit.model.findings import Finding

_FIRST = 2  # the row below the header


def laid_out(merged: MergedList, amendments: Sequence[Amendment]) -> list[SheetRow]:
    """Give the rows to write; a row that could not be read stays as the clerk typed it, so that nothing typed is lost."""
    typed = {_number(row): row for row in merged.unread if _number(row)}
    own = [SheetRow(tuple(row.cells[title] for title in COLUMNS)) for row in _new(merged, amendments)]
    return [*merged.questions, *own, *(_as_typed(sheet_row(amendment), typed.get(str(amendment.id))) for amendment in amendments)]


def where_written(merged: MergedList, amendments: Sequence[Amendment]) -> list[Finding]:
    """Give what is asked, each at the cell where its row stands once the rows are written as `laid_out` gives them."""
    first = _FIRST + len(merged.questions)
    rows = {row.line: first + at for at, row in enumerate(_new(merged, amendments))}
    numbers = {str(amendment.id): first + len(rows) + at for at, amendment in enumerate(amendments)}
    rows |= {row.line: numbers[_number(row)] for row in merged.unread if _number(row) in numbers}
    return [_moved(finding, rows.get(line)) if (line := line_of(finding)) else finding for finding in merged.asked]


def _new(merged: MergedList, amendments: Sequence[Amendment]) -> list[TypedRow]:
    known = {str(amendment.id) for amendment in amendments}
    return [row for row in merged.unread if _number(row) not in known]


def _number(row: TypedRow) -> str:
    return row.cells[NUMBER].removesuffix(".0")


def _moved(finding: Finding, line: int | None) -> Finding:
    if line is None:
        return finding
    column = finding.place.cell.rstrip("0123456789")
    return replace(finding, place=finding.place._replace(cell=f"{column}{line}"))


def _as_typed(row: SheetRow, typed: TypedRow | None) -> SheetRow:
    if typed is None:
        return row
    return row._replace(texts=tuple(typed.cells[title] for title in COLUMNS))
