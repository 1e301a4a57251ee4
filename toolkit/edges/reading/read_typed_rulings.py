"""Reads back what the clerk typed into a consolidated workbook: its own columns, row by row, wherever they were moved or sorted to."""

import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

import python_calamine

from toolkit.edges.reading.book_values import token_of
from toolkit.edges.reading.shown_rulings import Rows, in_chinese, language_of
from toolkit.model.column_kinds import plain
from toolkit.model.command_error import reason_of
from toolkit.model.decisions import EDITABLE, LIGHT, TOKEN, TOKEN_SHEET, DecisionSubject, Editable
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place, address
from toolkit.model.words import Words

_BOOKS = "*/汇总/*.xlsx"
_LOCKS = ("~$", ".~lock.")
_TOKEN_WORD = lazy_pattern("[0-9a-f]{16}")


class Typed(NamedTuple):
    """One of the clerk's cells: the sheet it belongs to, the row's cells by title, its own title, what stands in it, and where."""

    editable: Editable
    cells: Mapping[str, str]
    field: str
    value: str
    place: Place


class Book(NamedTuple):
    """A consolidated workbook: its period, the token of what it was written with ('' where it has none), every cell of the clerk's."""

    period: str
    token: str
    typed: tuple[Typed, ...]


class BookBroken(Exception):  # noqa: N818 - said of the workbook
    """A consolidated workbook that cannot be read; the text says why in Chinese."""


def consolidated_books(outbox: Path) -> list[Path]:
    """List the consolidated workbooks of every period, also those written beside one that was open."""
    return [path for path in sorted(outbox.glob(_BOOKS)) if not path.name.startswith((*_LOCKS, "."))]


def is_open(path: Path) -> bool:
    """Whether a program's lock file says that it holds a workbook open (~$…, .~lock.…#)."""
    return any((path.parent / f"{lock}{path.name}{'#' if lock.endswith('.') else ''}").exists() for lock in _LOCKS)


def read_book(path: Path, tongues: Callable[[], Sequence[Words]] = tuple, chosen: Collection[str] = ()) -> Book:
    """Read the cells of a consolidated workbook that are the clerk's, blank ones too, with what each is about. Raises BookBroken.

    `tongues` gives the languages, but Chinese, that it may be in; `chosen` are the words of forms that stand in it in that language.
    """
    try:
        content = path.read_bytes()
        book = python_calamine.load_workbook(cast("BinaryIO", io.BytesIO(content)))
        words = language_of(book.sheet_names, tongues)
        found = tuple(_editables(book, words, chosen))
    except OSError as error:
        raise BookBroken(reason_of(error)) from error
    except (python_calamine.CalamineError, ValueError) as error:
        raise BookBroken("不是完好的表格文件") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # raised by calamine's Rust part; derives from BaseException only
            raise
        raise BookBroken("表格内部结构有误") from error
    typed = (cell for editable, rows in found for cell in _typed(path.name, editable, rows))
    return Book(path.parent.parent.name, token_of(content, TOKEN) or token_of(content, words.shown(TOKEN)) or _token_in_cells(book, words), tuple(typed))


def _editables(book: python_calamine.CalamineWorkbook, words: Words, chosen: Collection[str]) -> Iterator[tuple[Editable, Rows]]:
    """Give what may be typed into a workbook's sheets, with their rows in Chinese; the sheet of tasks that a form gives a name of its own is known by
    its columns.
    """
    known = {words.sheet_name(editable.sheet) for editable in EDITABLE}
    for editable in EDITABLE:
        names = [words.sheet_name(editable.sheet)]
        if names[0] not in book.sheet_names and editable.about is DecisionSubject.TASK:
            names = [name for name in book.sheet_names if name not in known]
        for name in (name for name in names if name in book.sheet_names):
            rows = in_chinese(book.get_sheet_by_name(name).to_python(skip_empty_area=False), editable.sheet, words, chosen)
            if name in known:
                yield editable, rows
            elif rows and {*editable.keys, LIGHT} <= set(map(plain, rows[0])):
                yield editable._replace(sheet=name), rows


def _typed(file: str, editable: Editable, rows: Sequence[Sequence[object]]) -> Iterator[Typed]:
    head = next((at for at, row in enumerate(rows) if editable.keys[0] in map(plain, row)), None)
    if head is None:
        return
    columns = {plain(value): column for column, value in enumerate(rows[head]) if plain(value)}
    for at, row in enumerate(rows[head + 1 :], head + 1):
        cells = {title: plain(row[column]) for title, column in columns.items() if column < len(row)}
        for field in editable.fields:
            if field in columns:
                yield Typed(editable, cells, field, cells.get(field, ""), Place(file, editable.sheet, address(at, columns[field])))


def _token_in_cells(book: python_calamine.CalamineWorkbook, words: Words) -> str:
    """Find the token in the sheet that repeats it, for programs that drop document properties; '' where it is not there."""
    if words.sheet_name(TOKEN_SHEET) not in book.sheet_names:
        return ""
    rows, mark = book.get_sheet_by_name(words.sheet_name(TOKEN_SHEET)).to_python(), words.shown(TOKEN)
    return next((word for row in reversed(rows) if mark in map(plain, row) for word in map(plain, row) if _TOKEN_WORD.fullmatch(word)), "")
