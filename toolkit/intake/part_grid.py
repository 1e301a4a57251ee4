"""One unit's part of a workbook as a workbook of its own: every cell stays at its address, all else is left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.intake.book_evidence import asides_of
from toolkit.intake.header_rows import find_headers
from toolkit.intake.names_on_sheets import Names, exact_unit
from toolkit.intake.title_similarity import plain_title
from toolkit.model.column_kinds import plain
from toolkit.model.findings import Finding
from toolkit.model.form import Form, Table
from toolkit.model.issue import Issue
from toolkit.model.part_names import Rows
from toolkit.model.returns import Grid, GridSheet

_CELL_ROW = str.maketrans("", "", "ABCDEFGHIJKLMNOPQRSTUVWXYZ$")


def part_grid(grid: Grid, name: str, rows: Rows, *, form: Form, issue: Issue, names: Names) -> Grid:
    """Give the rows of a part under its name; columns that are no answers (单位, 提交时间) are left out of it."""
    keys = {sheet: frozenset(plain_title(row.number) for row in issued) for sheet, issued in issue.tables.items()}
    sheets = tuple(_part_sheet(grid.sheets[at], rows[at], _Known(form.tables, keys, names)) for at in sorted(rows) if at < len(grid.sheets))
    here = {grid.sheets[at].name: rows[at] for at in rows if at < len(grid.sheets)}
    found = tuple(_renamed(finding, name) for finding in grid.findings if _row_of(finding) in here.get(finding.place.sheet, ()))
    return Grid(name, sheets, {}, found, grid.since_1904)


def beside_parts(grid: Grid, parts: Sequence[Rows]) -> tuple[Finding, ...]:
    """Give what was found in a workbook and is in none of its parts."""
    taken = {(grid.sheets[at].name, row) for part in parts for at, rows in part.items() for row in rows}
    return tuple(finding for finding in grid.findings if (finding.place.sheet, _row_of(finding)) not in taken)


class _Known(NamedTuple):
    """What tells a header and its columns: the form's tables, the numbers issued for each, the units' names."""

    tables: Sequence[Table]
    keys: Mapping[str, frozenset[str]]
    names: Names


def _part_sheet(sheet: GridSheet, rows: frozenset[int], known: _Known) -> GridSheet:
    own_rows = tuple(row if at in rows else () for at, row in enumerate(sheet.rows))
    merges = tuple(merge for merge in sheet.merges if set(range(merge[0], merge[2] + 1)) <= rows)
    part = GridSheet(sheet.name, own_rows, False, merges)
    drop = frozenset(_asides(part, known))
    return part._replace(rows=tuple(tuple(None if at in drop else value for at, value in enumerate(row)) for row in own_rows)) if drop else part


def _asides(sheet: GridSheet, known: _Known) -> Iterator[int]:
    for header in find_headers(sheet, known.tables, known.keys, lambda _: False):
        own = {plain_title(field.title) for field in header.table.fields}
        for aside in asides_of(sheet, header.bottom):
            values = [value for row in sheet.rows[header.bottom + 1 : header.end] if aside.column < len(row) and (value := plain(row[aside.column]))]
            is_field = plain_title(plain(sheet.at(header.bottom, aside.column))) in own
            if not is_field or (aside.tells_unit and any(exact_unit(value, known.names) for value in values)):
                yield aside.column


def _row_of(finding: Finding) -> int:
    digits = finding.place.cell.partition(":")[0].translate(_CELL_ROW)
    return int(digits) - 1 if digits.isdecimal() else -1


def _renamed(finding: Finding, name: str) -> Finding:
    return replace(finding, place=finding.place._replace(file=name))
