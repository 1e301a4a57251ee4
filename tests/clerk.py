"""The clerk's hands on templates/任务总表.xlsx: typing into its sheets, dating and answering rows of 调整台账."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook

from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.model.amendment_sheet import ANSWER, COLUMNS, SHEET, SINCE
from toolkit.model.findings import Finding


def type_cells(path: Path, sheet: str, cells: Mapping[str, object]) -> None:
    """Type into cells of one sheet and save."""
    book = load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(path)


def delete_row(path: Path, sheet: str, row: int) -> None:
    """Delete a row of a sheet and save."""
    book = load_workbook(path)
    book[sheet].delete_rows(row)
    book.save(path)


def add_row(path: Path, **cells: object) -> None:
    """Write a row of one's own below 调整台账: values by column title (更正/变更 is called 性质)."""
    book = load_workbook(path)
    row = book[SHEET].max_row + 1
    for title, value in cells.items():
        book[SHEET].cell(row, COLUMNS.index("更正/变更" if title == "性质" else title) + 1).value = value  # type: ignore[assignment]
    book.save(path)


def ledger_rows(path: Path) -> list[dict[str, str]]:
    """Give the rows of 调整台账 as they stand, by column title."""
    rows = load_workbook(path)[SHEET].iter_rows(min_row=2, values_only=True)
    return [dict(zip(COLUMNS, ("" if value is None else str(value) for value in row), strict=True)) for row in rows]


def answer(path: Path, row: int, word: str) -> None:
    """Answer the question in a row, counted from 0."""
    type_cells(path, SHEET, {f"{chr(ord('A') + COLUMNS.index(ANSWER))}{row + 2}": word})


def registered(space: Workspace) -> tuple[Finding, ...]:
    """Let a command that may register look at the list; gives what it found, questions last."""
    with open_office(space, alone=True) as office:
        return (*office.findings, *office.asked)


def codes(space: Workspace) -> list[str]:
    """Give the codes of what a command finds in the office's own books."""
    return [one.code.name for one in registered(space)]


def hold_from(space: Workspace, period: str) -> None:
    """Register what was typed, and let every change of the list hold from a period on."""
    registered(space)
    column = chr(ord("A") + COLUMNS.index(SINCE))
    type_cells(space.master, SHEET, {f"{column}{row}": period for row in range(2, len(ledger_rows(space.master)) + 2)})

