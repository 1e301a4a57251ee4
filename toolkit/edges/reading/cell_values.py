"""The cells of a sheet as a person saw them: what the fast reader gives, corrected by what is marked; and the findings on single cells."""

import math
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from toolkit.edges.reading.precheck_format import At, CellMarks, CommentCell, StruckText
from toolkit.model.displayed import displayed
from toolkit.model.findings import Code, Finding
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place, address
from toolkit.model.returns import CellFault, Fault, GridSheet
from toolkit.model.values import plain

_EXACT = 10.0**15  # a spreadsheet keeps 15 digits; beyond, the last ones are not what was typed
_MANY = 5  # struck cells of a sheet that are named one by one
_SHORT = 60
_SEE_BESIDE = lazy_pattern(r"(?:详?见|请看|参见)(?:批注|备注框|文本框|旁注|注释|说明框|图片?)[。.]?")


def long_numbers(sheets: Sequence[GridSheet], name: str) -> Iterator[Finding]:
    """Point at numbers with more digits than a spreadsheet keeps (15: they are doubles): one LONG_NUMBER a cell, row by row."""
    for sheet in sheets:
        for at, row in enumerate(sheet.rows) if _has_long_numbers(sheet.rows) else ():
            for column, value in enumerate(row):
                if type(value) is float and not -_EXACT < value < _EXACT:
                    yield Finding(Code.LONG_NUMBER, Place(name, sheet.name, address(at, column)), {"seen": format(value, ".0f")})


def cleaned(rows: Sequence[list[Any]], mark: CellMarks) -> tuple[tuple[object, ...], ...]:
    """Put in what calamine left out or gave otherwise, and leave out blank cells at the end of rows and blank rows at the end of the sheet."""
    if any(mark):
        rows = _corrected(rows, mark)
    trimmed = [_without_blanks(row) for row in rows]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return tuple(map(_with_faults, trimmed) if _has_long_numbers(trimmed) else trimmed)


def with_struck_values(rows: Sequence[Sequence[Any]], mark: CellMarks) -> CellMarks:
    """Put the value of the cell into marks that say only that it is struck whole, as a number is; a blank is nothing that could be struck."""
    if all(struck.struck for struck in mark.struck.values()):
        return mark
    known = {at: struck if struck.struck else StruckText("", _shown(rows, at)) for at, struck in mark.struck.items()}
    return mark._replace(struck={at: struck for at, struck in known.items() if struck.struck})


def _shown(rows: Sequence[Sequence[Any]], at: At) -> str:
    return plain(rows[at[0]][at[1]]) if at[0] < len(rows) and at[1] < len(rows[at[0]]) else ""


def _corrected(rows: Sequence[list[Any]], mark: CellMarks) -> Sequence[list[Any]]:
    """Put in texts that are read otherwise, leave out what is struck, show numbers as their formats do; calamine may end before a cell with a fault."""
    put: dict[At, object] = {**mark.texts, **{at: struck.kept for at, struck in mark.struck.items()}, **mark.faults}
    rows = [*rows, *([] for _ in range(len(rows), max((at + 1 for at, _ in put), default=0)))]
    for (at, column), value in put.items():
        rows[at] += [""] * (column + 1 - len(rows[at]))
        rows[at][column] = value
    for (at, column), code in mark.formats.items():
        if at < len(rows) and column < len(rows[at]):
            rows[at][column] = displayed(rows[at][column], code)
    return rows


def _without_blanks(row: Sequence[Any]) -> tuple[object, ...]:
    end = len(row)
    while end and row[end - 1] == "":
        end -= 1
    cells = row[:end]
    return tuple([None if value == "" else value for value in cells] if "" in cells else cells)


def _with_faults(row: Sequence[object]) -> tuple[object, ...]:
    """Name numbers that no sheet can hold."""
    return tuple(CellFault(str(value), Fault.NUMBER) if isinstance(value, float) and not math.isfinite(value) else value for value in row)


def _has_long_numbers(rows: Sequence[Sequence[object]]) -> bool:
    """Whether a number has more digits than a sheet keeps; most sheets hold no number at all."""
    if float not in map(type, chain.from_iterable(rows)):
        return False
    return any(not -_EXACT < value < _EXACT for row in rows for value in row if type(value) is float)


def cell_findings(sheet: GridSheet, marks: CellMarks, name: str) -> Iterator[Finding]:
    """Name texts that are struck out or cannot be seen, the first few cell by cell and the others in one finding, and words that stand beside a cell."""
    struck = sorted(marks.struck.items())
    for (at, column), found in struck[:_MANY]:
        place = Place(name, sheet.name, address(at, column))
        yield Finding(Code.STRUCK, place, {"cells": "这一格", "struck": _short(found.struck), "kept": _short(found.kept) or "（空）"})
    if len(struck) > _MANY:
        cells = "、".join(address(*at) for at, _ in struck[_MANY:])
        (at, column), found = struck[_MANY]
        struck_facts = {"cells": f"{cells} ", "struck": _short(found.struck), "kept": _short(found.kept) or "（空）"}
        yield Finding(Code.STRUCK, Place(name, sheet.name, address(at, column)), struck_facts)
    yield from _unseen_cells(sheet, marks, name)
    for note in sorted(marks.beside):
        if not _repeats_row(sheet, note):
            text = plain(sheet.at(*note.at))
            code = Code.ONLY_BESIDE if not text or _SEE_BESIDE.fullmatch(text) else Code.BESIDE
            facts = {"kind": note.kind.value, "words": note.words, "said": f"只写了“{text}”" if text else "空着"}
            yield Finding(code, Place(name, sheet.name, address(*note.at)), facts)


def _unseen_cells(sheet: GridSheet, marks: CellMarks, name: str) -> Iterator[Finding]:
    """Name cells that hold something in the colour of their ground."""
    unseen = [(at, text) for at in sorted(marks.unseen) if (text := plain(sheet.at(*at)))]
    named = [("这一格", *cell) for cell in unseen[:_MANY]]
    if len(unseen) > _MANY:
        named.append((f"{'、'.join(address(*at) for at, _ in unseen[_MANY:])} ", *unseen[_MANY]))
    for cells, (at, column), text in named:
        yield Finding(Code.UNSEEN, Place(name, sheet.name, address(at, column)), {"cells": cells, "seen": _short(text)})


def _repeats_row(sheet: GridSheet, note: CommentCell) -> bool:
    """Whether a comment says only what stands in its row, as the office's own comments do in what it sends back."""
    row = sheet.rows[note.at[0]] if note.at[0] < len(sheet.rows) else ()
    words = plain(note.words)
    return any(words in plain(value) for value in row if isinstance(value, str))


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
