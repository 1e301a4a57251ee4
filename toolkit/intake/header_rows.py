"""Finds the header rows of a form's tables on a sheet, wherever they moved."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from toolkit.intake.title_similarity import LONGEST_TITLE, plain_title, undecorated
from toolkit.model.column_kinds import plain
from toolkit.model.form import Table
from toolkit.model.returns import GridSheet

_ENOUGH = 0.5  # share of a table's columns that a row must name to be its header; fewer will do where issued rows stand below
_ROWS_BELOW = 12  # with anything in them

Hits = Mapping[int, Mapping[str, int]]  # a table's number → the columns of it that a row names, each with where it stands


class Header(NamedTuple):
    """A table's header: first and last row, counted from 0; `end` is the row behind the last row that belongs to it."""

    sheet: GridSheet
    table: Table
    top: int
    bottom: int
    end: int


def find_headers(
    sheet: GridSheet, tables: Sequence[Table], keys: Mapping[str, frozenset[str]], is_foot: Callable[[Sequence[object]], bool]
) -> tuple[Header, ...]:
    """Find every header on a sheet, from the top; `keys` are the numbers issued for each table's sheet name, bare; a table ends at its foot."""
    names = _names(tables)
    hits = [_hits(row, names) for row in sheet.rows]
    found: list[tuple[int, int, Table]] = []
    at = 0
    while at < len(hits):
        block = _block(sheet, at, hits, tables, keys) if hits[at] else None
        if block is not None:
            found.append(block)
        at = block[1] + 1 if block else at + 1
    ends = [top for top, _, _ in found[1:]] + [len(sheet.rows)] * bool(found)
    return tuple(
        Header(sheet, table, top, bottom, body_end(sheet, bottom + 1, end, keys.get(table.sheet, frozenset()), is_foot))
        for (top, bottom, table), end in zip(found, ends, strict=True)
    )


def body_end(sheet: GridSheet, start: int, end: int, keys: frozenset[str], is_foot: Callable[[Sequence[object]], bool]) -> int:
    """Give the row of a table's foot; a line to sign on with issued rows below it was moved and is no foot."""
    foot = next((at for at in range(start, end) if is_foot(sheet.rows[at])), end)
    return end if any(plain_title(plain(value)) in keys for row in sheet.rows[foot:end] for value in row[:4]) else foot


def titles_of(header: Header) -> list[list[str]]:
    """Give each column's possible titles, the likeliest first; of two header rows the lower, and both together."""
    upper, lower = (header.sheet.rows[row] for row in (header.top, header.bottom))
    if header.top == header.bottom:
        return [[title] if (title := _title(value)) else [] for value in upper]
    titles: list[list[str]] = []
    over = ""
    for column in range(max(len(upper), len(lower))):
        high, low = (_title(row[column]) if column < len(row) else "" for row in (upper, lower))
        over = high or over
        titles.append([low, over + low] if low else [high] if high else [])
    return titles


def _names(tables: Sequence[Table]) -> dict[str, set[tuple[int, str]]]:
    names: dict[str, set[tuple[int, str]]] = {}
    for at, table in enumerate(tables):
        for field in table.fields:
            for name in (field.title, *field.aliases):
                names.setdefault(plain_title(name), set()).add((at, field.code))
    return names


def _hits(row: Sequence[object], names: Mapping[str, set[tuple[int, str]]]) -> Hits:
    """Say which columns of which tables a row names."""
    found: dict[int, dict[str, int]] = {}
    for column, value in enumerate(row):
        if isinstance(value, str) and 0 < len(value) <= LONGEST_TITLE:
            seen = plain_title(value)
            for at, code in names.get(seen) or names.get(undecorated(seen)) or set():
                found.setdefault(at, {}).setdefault(code, column)
    return found


def _block(sheet: GridSheet, at: int, hits: Sequence[Hits], tables: Sequence[Table], keys: Mapping[str, frozenset[str]]) -> tuple[int, int, Table] | None:
    """Give the header that begins at a row, of one row or two."""
    below = hits[at + 1] if at + 1 < len(hits) else {}
    best: tuple[int, int, Table] | None = None
    most = 0
    for number, table in enumerate(tables):
        here, next_row = hits[at].get(number, {}), below.get(number, {})
        both = {**next_row, **here}
        beside = len(set(both.values())) > 1  # titles below each other are a list of columns, as 填报说明 has one
        double = len(both) > max(len(here), len(next_row)) and beside and _is_second_row(sheet, at + 1, keys.get(table.sheet, frozenset()))
        count = len(both) if double else len(here)
        if count > most and count >= len(next_row) and _is_enough(count, table, sheet, at, keys.get(table.sheet, frozenset())):
            best, most = (at, at + 1 if double else at, table), count
    return best


def _is_second_row(sheet: GridSheet, at: int, keys: frozenset[str]) -> bool:
    return not any(plain_title(plain(value)) in keys for value in sheet.rows[at])


def _is_enough(count: int, table: Table, sheet: GridSheet, at: int, keys: frozenset[str]) -> bool:
    if count >= max(2, len(table.fields) * _ENOUGH):
        return True
    below = islice((row for row in sheet.rows[at + 1 :] if any(value is not None for value in row)), _ROWS_BELOW)
    return count >= 2 and any(plain_title(plain(value)) in keys for row in below for value in row)


def _title(value: object) -> str:
    text = plain(value)
    return text if len(text) <= LONGEST_TITLE else ""
