"""Finds a form's table in a returned workbook: its sheet, its header row, its columns."""

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from toolkit.model.findings import Code, Finding
from toolkit.model.form import Field, Source, Table
from toolkit.model.kinds import plain
from toolkit.model.place import Place
from toolkit.model.returns import Grid, GridSheet

_ENOUGH = 0.5  # share of a table's columns that a row must name to be its header
_SEARCHED_ROWS = 40


class Located(NamedTuple):
    """Where a table stands: sheet, header row (from 0), column of each field code."""

    sheet: GridSheet
    header: int
    columns: Mapping[str, int]


def locate(grid: Grid, table: Table) -> tuple[Located | None, tuple[Finding, ...]]:
    """Find a table by its column titles, its own sheet first; columns that are missing, extra or retitled are findings."""
    best: Located | None = None
    for sheet in sorted((one for one in grid.sheets if not one.hidden), key=lambda one: one.name != table.sheet):
        for at, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
            columns = _columns(row, table)
            if len(columns) > (len(best.columns) if best else len(table.fields) * _ENOUGH - 1):
                best = Located(sheet, at, columns)
    if best is None:
        return None, (Finding(Code.NO_SHEET, Place(grid.file, table.sheet), {"sheet": table.sheet}),)
    return best, tuple(_column_findings(grid, table, best))


def _columns(row: tuple[object, ...], table: Table) -> dict[str, int]:
    titles = [bare(plain(value)) for value in row]
    found: dict[str, int] = {}
    for names in (lambda field: (field.title,), lambda field: field.aliases):
        for field in table.fields:
            if field.code in found:
                continue
            wanted = {bare(name) for name in names(field)}
            at = next((column for column, title in enumerate(titles) if title and title in wanted and column not in found.values()), None)
            if at is not None:
                found[field.code] = at
    return found


def bare(text: str) -> str:
    """Strip what people change without meaning it: spaces, width, line breaks, brackets after a title."""
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("*:")


def _column_findings(grid: Grid, table: Table, located: Located) -> list[Finding]:
    found: list[Finding] = []
    for field in table.fields:
        if field.code not in located.columns:
            if field.source is Source.FILLED:
                place = grid.place(located.sheet, located.header, 0)
                found.append(Finding(Code.NO_COLUMN, place, title=field.title))
            continue
        found += _alias_finding(grid, field, located)
    for column, value in enumerate(located.sheet.rows[located.header]):
        if plain(value) and column not in located.columns.values() and _has_values(located, column):
            found.append(Finding(Code.COLUMN_EXTRA, grid.place(located.sheet, located.header, column), title=plain(value)))
    return found


def _alias_finding(grid: Grid, field: Field, located: Located) -> list[Finding]:
    column = located.columns[field.code]
    seen = plain(located.sheet.at(located.header, column))
    if bare(seen) == bare(field.title):
        return []
    return [Finding(Code.COLUMN_ALIAS, grid.place(located.sheet, located.header, column), {"seen": seen}, title=field.title)]


def _has_values(located: Located, column: int) -> bool:
    return any(plain(located.sheet.at(row, column)) for row in range(located.header + 1, len(located.sheet.rows)))
