"""Reads templates/通知用语.xlsx: the office's own words for columns, labels and verbs of notices; every fault is a finding with its cell."""

from collections.abc import Iterator
from pathlib import Path

from toolkit.edges.reading.read_workbooks import Unreadable, read_grid
from toolkit.model.column_kinds import plain
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place, address
from toolkit.model.returns import Grid
from toolkit.model.vocabulary import READINGS, STANDARD, VERBS, Vocabulary

WORD_COLUMNS = ("词语", "读作")
WORD_SHEETS = {"表头和标签": READINGS, "动词": tuple(VERBS)}


def load_words(path: Path) -> tuple[Vocabulary, tuple[Finding, ...]]:
    """Read the office's words on top of the standard ones; no file gives the standard ones alone. Raises CommandError for one that is no workbook."""
    if not path.exists():
        return STANDARD, ()
    try:
        book = read_grid(path.read_bytes(), path.name)
    except (OSError, Unreadable) as error:
        reason = error if isinstance(error, Unreadable) else reason_of(error)
        raise CommandError(f"通知用语打不开：{reason}。", f"请确认 templates/{path.name} 是正常的 Excel 文件，或删掉它，会重新放入原样。") from error
    faults: list[Finding] = []
    headers, verbs = (dict(_rows(book, name, faults)) for name in WORD_SHEETS)
    return STANDARD.extended(headers, verbs), tuple(faults)


def _rows(book: Grid, name: str, faults: list[Finding]) -> Iterator[tuple[str, str]]:
    """Give the words of a sheet with their readings."""
    place = Place(book.file, name)
    sheet = next((sheet for sheet in book.sheets if sheet.name == name), None)
    if sheet is None or not sheet.rows:
        faults.append(Finding(Code.NO_SUCH_SHEET, place, {"sheet": name}))
        return
    titles = [plain(value) for value in sheet.rows[0]]
    missing = [title for title in WORD_COLUMNS if title not in titles]
    faults += [Finding(Code.NO_SUCH_COLUMN, place._replace(cell="A1"), title=title) for title in missing]
    if missing:
        return
    word_at, reading_at = map(titles.index, WORD_COLUMNS)
    for number, row in enumerate(sheet.rows[1:], 1):
        word, reading = (plain(row[at]) if at < len(row) else "" for at in (word_at, reading_at))
        if word and reading not in WORD_SHEETS[name]:
            facts = {"seen": reading, "choices": "、".join(WORD_SHEETS[name])}
            faults.append(Finding(Code.BAD_SETTING, place._replace(cell=address(number, reading_at)), facts, title=WORD_COLUMNS[1]))
        elif word:
            yield word, reading
