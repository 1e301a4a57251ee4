"""Names what was typed outside the tables, so that nothing disappears unseen."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from toolkit.intake.finding_notes import MANY, FindingNotes, listed
from toolkit.intake.match_columns import Located
from toolkit.intake.office_text import OfficeText
from toolkit.intake.title_similarity import short
from toolkit.model.column_kinds import plain
from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.returns import GridSheet

_NEAR = 6  # rows over a header in which a person writes what belongs to the table
_CORRECTS = lazy_pattern(r"更正|更改|改为|应为|应是|有误|写错|误写|误填|漏填|漏报|补充说明|为准|作废")
Cell = tuple[int, int, str]


def report_outside(pieces: Mapping[str, Sequence[Located]], ours: OfficeText, notes: FindingNotes) -> None:
    """Name texts above and below the tables, and sheets that hold none."""
    foreign: list[GridSheet] = []
    for sheet in notes.grid.sheets:
        mine = [piece for found in pieces.values() for piece in found if piece.header.sheet is sheet]
        if mine:
            _around(sheet, mine, ours, notes)
        elif not ours.sheet(sheet.name) and (cells := _foreign(sheet, pieces, ours)):
            foreign += [] if sheet.hidden else [sheet]
            if sheet.hidden:
                notes.say(Code.SHEET_HIDDEN, sheet, *cells[0][:2], title=sheet.name)
    _report_foreign(foreign, ours, notes)


def _around(sheet: GridSheet, pieces: Sequence[Located], ours: OfficeText, notes: FindingNotes) -> None:
    inside = {at for piece in pieces for at in range(piece.header.top, piece.header.end)}
    first = min(piece.header.top for piece in pieces)
    cells = [cell for at, row in enumerate(sheet.rows) if at not in inside and not ours.row(row) for cell in _texts(at, row, ours)]
    numbers = {text for piece in pieces for at in range(piece.header.bottom + 1, piece.header.end) if (text := _number(piece, at))}
    telling = {cell for cell in cells if first - _NEAR <= cell[0] < first and _tells(cell[2], numbers)}
    above = [cell for cell in cells if cell[0] < first and cell not in telling]
    below = [cell for cell in cells if cell[0] >= first or cell in telling]
    for code, found in ((Code.TEXT_ABOVE, above), (Code.TEXT_OUTSIDE, below)):
        if found:
            row, column, text = found[0]
            notes.say(code, sheet, row, column, count=str(len(found)), seen=short(text, 20))


def _number(piece: Located, at: int) -> str:
    column = next((piece.columns.get(field.code) for field in piece.header.table.fields if field.taken_from == "编号"), None)
    return "" if column is None else plain(piece.header.sheet.at(at, column))


def _tells(text: str, numbers: AbstractSet[str]) -> bool:
    """Whether a text above a table says something of its content: it names a row, or a correction."""
    return bool(_CORRECTS.search(text)) or any(re.search(rf"{re.escape(number)}(?!\d)", text) for number in numbers if not number.isdigit())


def _foreign(sheet: GridSheet, pieces: Mapping[str, Sequence[Located]], ours: OfficeText) -> list[Cell]:
    """Give what stands in a sheet that is none of ours; nothing where it is a table that was issued without rows."""
    cells = [cell for at, row in enumerate(sheet.rows) if not ours.row(row) for cell in _texts(at, row, ours)]
    untouched = sheet.name in pieces and not pieces[sheet.name]
    return [] if untouched and len(cells) <= 1 else cells


def _report_foreign(sheets: Sequence[GridSheet], ours: OfficeText, notes: FindingNotes) -> None:
    """Name each sheet, or many of them in one line."""
    starts = [(sheet, next(cell for at, row in enumerate(sheet.rows) if not ours.row(row) for cell in _texts(at, row, ours))) for sheet in sheets]
    if len(starts) < MANY:
        for sheet, (row, column, _) in starts:
            notes.say(Code.SHEET_EXTRA, sheet, row, column, title=sheet.name)
        return
    sheet, (row, column, _) = starts[0]
    notes.say(Code.SHEETS_EXTRA, sheet, row, column, count=str(len(starts)), names=listed([sheet.name for sheet, _ in starts]))


def _texts(at: int, row: Sequence[object], ours: OfficeText) -> list[Cell]:
    return [(at, column, text) for column, value in enumerate(row) if (text := plain(value)) and not ours.text(text)]
