"""Cells of tables that arrive as text: put together, put into columns, made a table."""

from collections.abc import Callable, Sequence

from toolkit.model.document import Table, TableCell
from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Doubt
from toolkit.notice.column_fitting import fit, traits
from toolkit.notice.column_words import UNITS, Column, column_of, is_header
from toolkit.notice.doubts import doubt
from toolkit.notice.item_markers import Level, read_marker

BOX = lazy_pattern(r"^[\s|+\-=:─━═┄┈╌┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛╭╮╰╯_—－]+$")
ENDED = lazy_pattern(r"[。；;！!]$")
_MOST_COLUMNS = 14

Cells = list[str]


def make_table(rows: Sequence[tuple[Cells, Sequence[str]]], where: str) -> Table:
    """Make a table of rows of texts with the place of each row's cells."""
    width = max(len(cells) for cells, _ in rows)
    made = []
    for cells, places in rows:
        padded = [*cells, *[""] * (width - len(cells))]
        made.append(tuple(TableCell(text.strip(), places[min(column, len(places) - 1)]) for column, text in enumerate(padded)))
    return Table(tuple(made), where)


def glued(text: str, two: str) -> str:
    """Put two pieces of a cell together: a blank between Latin words, none between Chinese characters."""
    gap = " " if text[-1:].isascii() and text[-1:].isalnum() and two[:1].isascii() and two[:1].isalpha() else ""
    return f"{text}{gap if text and two else ''}{two}"


def stacked(above: Cells, below: Cells) -> Cells:
    """Put the lines of a broken row together, cell by cell, as wide as the wider of them."""
    width = max(len(above), len(below))
    pairs = zip([*above, *[""] * (width - len(above))], [*below, *[""] * (width - len(below))], strict=True)
    return [glued(text, two) for text, two in pairs]


def heads_table(cells: Sequence[str]) -> bool:
    """Say whether the texts of a line are the header of a task table."""
    return len(cells) >= 2 and is_header([column_of(cell) for cell in cells])


def header_width(cells: Sequence[str]) -> int:
    """Count the cells at the start that are headers, or stand between such, when together they head a task table."""
    width = 0
    for count, cell in enumerate(cells[:_MOST_COLUMNS], 1):
        if column_of(cell):
            width = count
        elif count - width > 1 or len(cell) > 12:
            break
    return width if width and is_header([column_of(cell) for cell in cells[:width]]) else 0


def fitted(pieces: Sequence[tuple[str, str]], columns: Sequence[Column], guessed: list[Doubt]) -> list[tuple[Cells, list[str]]]:
    """Put pieces into rows by what fits; a row that lacks its number or its unit has the one above it (a merged cell)."""
    rows: list[tuple[Cells, list[str]]] = []
    for (text, where), step in zip(pieces, fit([traits(text) for text, _ in pieces], columns), strict=True):
        if step.begins or not rows:
            rows.append(([""] * len(columns), [where] * len(columns)))
            units: list[int] = []
            if step.column and len(rows) > 1:
                _merged_down(rows[-2][0], rows[-1][0], columns[: step.column])
        cells, places = rows[-1]
        gap = "\n" if cells[step.column] and columns[step.column] is not Column.TEXT else ""
        cells[step.column] = f"{cells[step.column]}{gap}{text}" if gap else glued(cells[step.column], text)
        places[step.column] = where
        if columns[step.column] in UNITS:
            units.append(step.column)
            if len(units) > 2 and len(set(units)) > 1 and units.count(units[0]) == 1:
                guessed.append(
                    doubt(Code.COLUMNS_GUESSED, rows[-1][1][next((at for at, column in enumerate(columns) if column is Column.TEXT), 0)], cells[units[0]])
                )
                units = [-1, *units]  # said once a row
    return rows


def _merged_down(above: Cells, below: Cells, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns):
        if column in (Column.NUMBER, Column.SECTION, Column.SUBSECTION):
            below[place] = above[place]


def heads_part(texts: Sequence[str], at: int, is_row: Callable[[str], bool]) -> bool:
    """Say whether a line heads the rows after it: it has a wide number, and a row follows."""
    marker = read_marker(texts[at].strip())
    following = next((text for text in texts[at + 1 : at + 4] if text.strip()), "")
    return marker is not None and marker.level <= Level.SECTION and is_row(following)
