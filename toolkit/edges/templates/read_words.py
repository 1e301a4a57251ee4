"""Reads templates/用语.xlsx: the program's words in other languages; what the office's own sheet lacks comes from the program's."""

from pathlib import Path

from toolkit.edges.parsed_cache import cached
from toolkit.edges.reading.read_workbooks import Unreadable, read_grid
from toolkit.edges.workspace import LANGUAGES, starter_templates
from toolkit.model.column_kinds import plain
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.returns import GridSheet
from toolkit.model.words import ENGLISH, SOURCE, Words

CHINESE, REMARK = "中文", "说明"
LANGUAGE_COLUMNS = {ENGLISH: "English"}  # by the language's short name; another language's column is called by it: fr
_OWN = frozenset({"", "zh", "zh-cn", "中文", "汉语"})
_READ: dict[tuple[str, bytes], Words] = {}


def load_words(templates: Path, language: str) -> Words:
    """Give a language's words for a workspace's folder of templates; the program's own for '', zh and 中文.

    Raises CommandError for a language that the sheet has no column for, and for a file that is no workbook.
    """
    short = language.strip().lower()
    short = next((name for name, title in LANGUAGE_COLUMNS.items() if short in {name, title.lower(), "英文", "英语"}), short)
    if short in _OWN:
        return SOURCE
    path, shipped = templates / LANGUAGES, _shipped()
    content, own = shipped.read_bytes(), path.read_bytes() if path.is_file() else b""
    if (short, own) not in _READ:
        records = templates.parent / "records"
        texts = _texts(records, shipped, content, short) | (_texts(records, path, own, short) if own and own != content else {})
        if not texts:
            raise CommandError(f"“{LANGUAGES}”里没有“{language}”这一栏。", "请在各工作表加上以它为表头的一栏，逐行写出译文；英语写 en。")
        _READ[short, own] = Words.of(short, texts)
    return _READ[short, own]


def has_words(templates: Path, language: str) -> bool:
    """Whether a form can be in a language: Chinese, or one that the sheet of words has a column for."""
    try:
        load_words(templates, language)
    except CommandError:
        return False
    return True


def missing_words(templates: Path, language: str = ENGLISH) -> tuple[str, ...]:
    """List the Chinese texts that a workspace's sheet has no words for in a language, in its order."""
    path, shipped = templates / LANGUAGES, _shipped()
    known = load_words(templates, language).texts
    return tuple(text for text in _every(path if path.is_file() else shipped) if text not in known)


def _shipped() -> Path:
    return next(starter for starter in starter_templates() if starter.name == LANGUAGES)


def _texts(records: Path, path: Path, content: bytes, language: str) -> dict[str, str]:
    return cached(records, f"{path.stem}.{language}", content, make=lambda: _read(path, language))


def _read(path: Path, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for sheet in _sheets(path):
        titles = [plain(value).strip() for value in sheet.rows[0]] if sheet.rows else []
        wanted = {language, LANGUAGE_COLUMNS.get(language, language).lower()}
        at = next((column for column, title in enumerate(titles) if title.lower() in wanted), None)
        if CHINESE in titles and at is not None:
            pairs = ((sheet.at(row, titles.index(CHINESE)), sheet.at(row, at)) for row in range(1, len(sheet.rows)))
            found |= {str(source): str(shown) for source, shown in pairs if source and shown}
    return found


def _every(path: Path) -> list[str]:
    return [str(row[0]) for sheet in _sheets(path) for row in sheet.rows[1:] if row and plain(row[0])]


def _sheets(path: Path) -> tuple[GridSheet, ...]:
    try:
        return read_grid(path.read_bytes(), path.name).sheets
    except (OSError, Unreadable) as error:
        reason = error if isinstance(error, Unreadable) else reason_of(error)
        raise CommandError(f"“{path.name}”打不开：{reason}。", "请确认它是正常的 Excel 文件，或删掉它，会重新放入原样。") from error
