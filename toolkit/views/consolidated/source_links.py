"""Links from the consolidated workbook, in outbox/PERIOD/汇总, to the archived originals of the same workspace."""

from functools import lru_cache

from toolkit.model.place import Place
from toolkit.model.sheet import Link
from toolkit.model.standing import UnitRow

_WORKSPACE = "../../../"
_TIP = 255  # UTF-16 units of a link's tip, Excel's own limit
# What may not stand as it is in a link's address; xlsxwriter leaves an address alone once it holds one escaped character.
_ESCAPES = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '% #"<>[]^`{}|?'})
_NOWHERE = Place()


def original(path: str, place: Place = _NOWHERE, words: str = "原件") -> Link | str:
    """Link to an archived original (path from the workspace, forward slashes), at a cell where one is known; '' where there is no file."""
    if not path:
        return ""
    sheet = place.sheet.replace("'", "''")
    cell = f"#'{sheet}'!{place.cell}" if place.sheet and place.cell else ""
    shown = f"{path}　{place.sheet} {place.cell}" if cell else path
    return Link(f"{_address(path)}{cell}", f"{words} {place.cell}" if cell else words, _cut(shown))


@lru_cache(maxsize=1024)  # all rows of a unit lead to its one file
def _address(path: str) -> str:
    return f"external:{_WORKSPACE}{path.translate(_ESCAPES)}"


def rule(place: Place) -> Link:
    """Link to a cell of the rules that the office keeps in templates/, by a path relative to the workbook."""
    path = f"templates/{place.file}"
    return Link(f"external:{_WORKSPACE}{path}#'{place.sheet}'!{place.cell}", f"规则 {place.cell}", f"{path}　{place.sheet} {place.cell}")


def source(row: UnitRow | None) -> Link | str:
    """Link to the first cell that a unit filled in of a row, to the row where it filled in none; '' without a row."""
    if row is None:
        return ""
    return original(row.path, next((answer.place for answer in row.row.answers.values() if answer.place.cell), row.row.place))


def beside(path: str, words: str) -> Link:
    """Link to a file below the workbook's own folder (forward slashes), by its relative path."""
    return Link(f"external:{path.translate(_ESCAPES)}", words, _cut(path))


def internal_link(sheet: str, words: str = "", cell: str = "A1") -> Link:
    """Link to a cell of another sheet of this workbook; shown as the sheet's name unless words are given."""
    return Link(f"internal:'{sheet}'!{cell}", words or sheet, f"转到“{sheet}”")


def _cut(tip: str) -> str:
    return tip if len(tip) <= _TIP // 2 else tip.encode("utf-16-le")[: 2 * _TIP].decode("utf-16-le", "ignore")
