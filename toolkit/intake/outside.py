"""Names what was typed outside the tables, so that nothing disappears unseen."""

from collections.abc import Mapping, Sequence

from toolkit.intake.columns import Located
from toolkit.intake.notes import Notes
from toolkit.intake.ours import Ours
from toolkit.intake.titles import short
from toolkit.model.findings import Code
from toolkit.model.kinds import plain
from toolkit.model.returns import GridSheet

Cell = tuple[int, int, str]


def report_outside(pieces: Mapping[str, Sequence[Located]], ours: Ours, notes: Notes) -> None:
    """Name texts above and below the tables, and sheets that hold none."""
    for sheet in notes.grid.sheets:
        mine = [piece for found in pieces.values() for piece in found if piece.header.sheet is sheet]
        if mine:
            _around(sheet, mine, ours, notes)
        elif not ours.sheet(sheet.name):
            _whole(sheet, pieces, ours, notes)


def _around(sheet: GridSheet, pieces: Sequence[Located], ours: Ours, notes: Notes) -> None:
    inside = {at for piece in pieces for at in range(piece.header.top, piece.header.end)}
    first = min(piece.header.top for piece in pieces)
    cells = [cell for at, row in enumerate(sheet.rows) if at not in inside and not ours.row(row) for cell in _texts(at, row, ours)]
    above, below = [cell for cell in cells if cell[0] < first], [cell for cell in cells if cell[0] >= first]
    for code, found in ((Code.TEXT_ABOVE, above), (Code.TEXT_OUTSIDE, below)):
        if found:
            row, column, text = found[0]
            notes.say(code, sheet, row, column, count=str(len(found)), seen=short(text, 20))


def _whole(sheet: GridSheet, pieces: Mapping[str, Sequence[Located]], ours: Ours, notes: Notes) -> None:
    cells = [cell for at, row in enumerate(sheet.rows) if not ours.row(row) for cell in _texts(at, row, ours)]
    untouched = sheet.name in pieces and not pieces[sheet.name]  # a table that was issued without rows
    if cells and not (untouched and len(cells) <= 1):
        row, column, _ = cells[0]
        notes.say(Code.SHEET_HIDDEN if sheet.hidden else Code.SHEET_EXTRA, sheet, row, column, title=sheet.name)


def _texts(at: int, row: Sequence[object], ours: Ours) -> list[Cell]:
    return [(at, column, text) for column, value in enumerate(row) if (text := plain(value)) and not ours.text(text)]
