"""What a part of a workbook that several units share is called: the whole file, whose it is, and which rows of which sheets it stands in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern

Rows = Mapping[int, frozenset[int]]  # sheet, counted from 0 in the whole book → its rows, counted from 0

_NAME = lazy_pattern(r"(?P<whole>.+)/(?P<label>[^/〔〕]*)〔(?P<address>[^/〔〕]+)〕", re.DOTALL)
_PIECE = lazy_pattern(r"(?P<sheet>[^；：]+)：第(?P<rows>[\d\-、]+)行")
_ORDINAL = lazy_pattern(r"第(\d{1,6})张表")
_SIGNS = str.maketrans("/〔〕；：\\", "／（），，＼")
_LAST_ROW = 1_048_576  # Excel's own limit


class PartName(NamedTuple):
    """A part's name in its pieces: the whole file's name, whose it is (or 待认定), and its address (任务进展：第4、9-12行；指标进展：第4-6行)."""

    whole: str
    label: str
    address: str

    def __str__(self) -> str:
        """Write as 合并.xlsx/甲局〔任务进展：第4、9-12行〕."""
        return f"{self.whole}/{self.label.translate(_SIGNS)}〔{self.address}〕"


def part_name(name: str) -> PartName | None:
    """Take a part's name into its pieces; None for the name of a whole file."""
    found = _NAME.fullmatch(name)
    return PartName(found["whole"], found["label"], found["address"]) if found and all(map(_PIECE.fullmatch, found["address"].split("；"))) else None


def address_of(rows: Rows, sheets: Sequence[str]) -> str:
    """Write which rows a part stands in; `sheets` are the names of all sheets, in order."""
    return "；".join(f"{_called(at, sheets)}：第{_ranges(rows[at])}行" for at in sorted(rows) if rows[at])


def rows_at(address: str, sheets: Sequence[str]) -> Rows:
    """Give the rows that an address names; of sheets that are not there, none."""
    names = {_called(at, sheets): at for at in range(len(sheets))}
    pieces = filter(None, map(_PIECE.fullmatch, address.split("；")))
    return {names[piece["sheet"]]: _rows_in(piece["rows"]) for piece in pieces if piece["sheet"] in names}


def _called(at: int, sheets: Sequence[str]) -> str:
    """Name a sheet; one whose name another one has too, or that holds our own signs, by its place."""
    name = sheets[at]
    odd = not name or name != name.translate(_SIGNS) or _ORDINAL.fullmatch(name) or name.strip() != name
    return f"第{at + 1}张表" if odd or sheets.count(name) > 1 else name


def _ranges(rows: Iterable[int]) -> str:
    numbers = enumerate(sorted(rows))
    runs = [[row for _, row in run] for _, run in groupby(numbers, lambda pair: pair[1] - pair[0])]
    return "、".join(f"{run[0] + 1}-{run[-1] + 1}" if len(run) > 1 else str(run[0] + 1) for run in runs)


def _rows_in(text: str) -> frozenset[int]:
    found: set[int] = set()
    for piece in text.split("、"):
        first, _, last = piece.partition("-")
        if first.isdecimal() and (not last or last.isdecimal()) and int(last or first) <= _LAST_ROW:
            found.update(range(int(first) - 1, int(last or first)))
    return frozenset(found)
