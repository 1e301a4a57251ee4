"""Printed tables of tasks: columns in any order, headers of one or two rows, merged cells, section rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from toolkit.model.document import Table, TableCell
from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import GOAL, TASK, Doubt
from toolkit.notice.attribution import FIRST_LEADS, Attribution, parse
from toolkit.notice.character_forms import fold_characters, tidy
from toolkit.notice.column_words import UNITS, Column, column_of, plain_header
from toolkit.notice.doubts import doubt
from toolkit.notice.item_markers import Level, read_marker
from toolkit.notice.line_pieces import Kind, cut_line
from toolkit.notice.notice_numerals import number
from toolkit.notice.notice_tasks import Found, is_goal
from toolkit.notice.person_names import persons
from toolkit.notice.responsibility_labels import Duty

CHOICES = "、".join(column.value for column in Column)
_DUTY_OF = {Column.LEAD: Duty.LEAD, Column.DUTY: Duty.DUTY, Column.HELP: Duty.HELP}
_TOTAL = lazy_pattern(r"^(?:合\s*计|小\s*计|总\s*计|注[:：]|备注[:：]|说明[:：]|填表|制表)")


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's header ends and what its columns hold."""

    rows: int
    columns: tuple[Column, ...]
    first_leads: bool = False
    titles: tuple[str, ...] = ()


class TableRead(NamedTuple):
    """The tasks of a table, what is in doubt about it, and the places (in the source lines) of its headings."""

    found: list[Found]
    doubts: list[Doubt]
    heads: list[int]


def read_table(table: Table, above: Found) -> TableRead:
    """List the tasks of a table, below the headings of `above`; a table that is not one of tasks gives none."""
    header = find_header(table)
    if header is None:
        return TableRead([], [], [])
    found: list[Found] = []
    doubts = list(_columns_left(table, header))
    heads = list(above.ids[: header.rows])
    section, sub = above.section, above.subsection
    category = above.category
    last: tuple[str, ...] = ()
    for at, row in enumerate(table.rows[header.rows :], header.rows):
        line = _row_heading(row)
        if line is not None:
            section, sub, category = _heading(line, section, sub, category, above)
            heads.append(above.ids[at])
            continue
        if _is_header_again(row, table, header):
            heads.append(above.ids[at])
            continue
        task = _task(row, header, replace(above, section=section, subsection=sub, category=category, ids=(above.ids[at],)))
        if not task:
            continue
        key = tuple(tidy(cell.text) for cell, column in zip(row, header.columns, strict=False) if column in (Column.NUMBER, Column.TEXT, Column.DETAIL))
        if found and key == last and key and any(key):
            found[-1] = replace(found[-1], duty=found[-1].duty + task.duty, ids=found[-1].ids + task.ids)
        else:
            task, more = _looked_at(task, found[-1] if found else None)
            found.append(task)
            doubts += more
        last = key
    return TableRead(found, doubts, heads)


def _looked_at(task: Found, above: Found | None) -> tuple[Found, list[Doubt]]:
    """Give a row without units those of the row above where both have one number (merged cells); name what is in doubt about a row."""
    doubts: list[Doubt] = []
    if not task.duty.named:
        if above and task.value and task.value == above.value and above.duty.named:
            task = replace(task, duty=replace(task.duty, named=above.duty.named), raw=above.raw)
            doubts.append(doubt(Code.UNITS_FROM_ABOVE, task.where, f"{task.text[:40]} ← {above.raw}", other="没有单位"))
        else:
            doubts.append(doubt(Code.ITEM_WITHOUT_UNITS, task.where, task.text[:60]))
    return task, doubts


def _columns_left(table: Table, header: Header) -> Iterator[Doubt]:
    """Ask about a column whose header is not understood and which is not empty."""
    for at, title in enumerate(header.titles):
        if header.columns[at] is Column.OTHER and title and column_of(title) is None:
            filled = next((cell for row in table.rows[header.rows :] for cell in row[at : at + 1] if cell.text.strip()), None)
            if filled:
                yield doubt(Code.COLUMN_NOT_READ, table.rows[header.rows - 1][at].where, f"{title}：{tidy(filled.text)[:40]}", title=title, choices=CHOICES)


def find_header(table: Table) -> Header | None:
    """Find a header with columns of tasks and units within the first eight rows, read with a second header row; None where there is none."""
    for at, row in enumerate(table.rows[:8]):
        columns = [column_of(cell.text) for cell in row]
        texts = [column for column in columns if column in (Column.TEXT, Column.DETAIL)]
        if len({cell.text for cell in row}) < 2 or (not texts and Column.NUMBER not in columns) or sum(column is not None for column in columns) < 2:
            continue
        rows = at + 1
        following = table.rows[at + 1] if at + 1 < len(table.rows) else ()
        if _is_second_row(row, following):
            rows += 1
            columns = [column_of(low.text) or column_of(f"{high.text}{low.text}") or column_of(high.text) for high, low in zip(row, following, strict=False)]
        made = tuple(_with_text([column or Column.OTHER for column in columns], table.rows[rows:]))
        if Column.TEXT in made:
            hint = any(FIRST_LEADS.search(fold_characters(cell.text)) for cell in (*row, *(following if rows > at + 1 else ())))
            titles = tuple(plain_header(cell.text) for cell in (following if rows > at + 1 else row))
            return Header(rows, made, hint, titles)
    return None


def _is_second_row(row: Sequence[TableCell], following: Sequence[TableCell]) -> bool:
    """Say whether the row below belongs to the header: each cell repeats the one above, is a header, or is empty."""
    if not following:
        return False
    repeated = [tidy(low.text) == tidy(high.text) or not low.text.strip() for high, low in zip(row, following, strict=False)]
    known = [column_of(low.text) is not None for low in following]
    fresh = [is_known and not same for is_known, same in zip(known, repeated, strict=False)]
    return any(fresh) and all(is_known or same for is_known, same in zip(known, repeated, strict=False))


def _with_text(columns: list[Column], rows: Sequence[Sequence[TableCell]]) -> list[Column]:
    """Settle which column is the task's text: where none is named so, the detail column; where several, the later ones are details."""
    if Column.TEXT not in columns and Column.DETAIL in columns:
        columns[columns.index(Column.DETAIL)] = Column.TEXT
    texts = [at for at, column in enumerate(columns) if column is Column.TEXT]
    for at in texts[1:]:
        columns[at] = Column.DETAIL
    if not any(column in UNITS for column in columns) and texts:
        inline = any(
            piece.kind is Kind.DUTY for row in rows[:20] for cell in row[texts[0] : texts[0] + 1] for piece in cut_line(tidy(cell.text).replace("\n", ""))
        )
        return columns if inline else [Column.OTHER] * len(columns)
    return columns


def _row_heading(row: Sequence[TableCell]) -> str | None:
    """Read a row that is one heading across the table; a row with nothing or a total in it is an empty heading."""
    filled = {tidy(cell.text) for cell in row} - {""}
    if not filled or _TOTAL.match(tidy(row[0].text)):
        return ""
    if len(row) < 2 or len(filled) > 1:
        return None
    text = next(iter(filled)).replace("\n", "")
    across = sum(bool(cell.text.strip()) for cell in row)
    return text if across > 1 or read_marker(text) or (row[0].text.strip() and not re.fullmatch(r"\d+", text)) else None


def _heading(line: str, section: str, sub: str, category: str, above: Found) -> tuple[str, str, str]:
    """Take a heading row: a narrower number below a wider one is the sub-heading."""
    if not line:
        return section, sub, category
    marker, old = read_marker(line), read_marker(section) if section else None
    narrower = old is not None and (marker is None or marker.level > old.level)
    if narrower and section != above.section:
        return section, line, category
    return line, "", GOAL if is_goal(line) else TASK


def _is_header_again(row: Sequence[TableCell], table: Table, header: Header) -> bool:
    """Say whether a row repeats the header, as on a new page."""
    return any(all(tidy(table_cell.text) == tidy(two.text) for table_cell, two in zip(row, table.rows[at], strict=False)) for at in range(header.rows))


def _task(row: Sequence[TableCell], header: Header, above: Found) -> Found | None:
    """Make a task of one row."""
    cells = list(zip(row, header.columns, strict=False))
    text = _text(cells)
    if not text or _TOTAL.match(text):
        return None
    printed = next((tidy(cell.text) for cell, column in cells if column is Column.NUMBER), "")
    value = number(printed.rstrip("、.．")) if printed else None
    marker = read_marker(text) if value is None else None
    if marker and marker.level >= Level.PART and text[marker.length :].strip():
        value, text = number(str(marker.value)), text[marker.length :].strip()
    duty = _duty(cells)
    if not any(column in UNITS for column in header.columns):
        text, duty = _inline(text, duty)
    section = _joined(cells, Column.SECTION) or above.section
    sub = _joined(cells, Column.SUBSECTION) or above.subsection
    where = next(cell.where for cell, column in cells if column is Column.TEXT)
    raw = "；".join(tidy(cell.text).replace("\n", "、") for cell, column in cells if column in UNITS and cell.text.strip())
    note = FIRST_NOTE if header.first_leads else ""
    category = GOAL if is_goal(section) else above.category
    return Found(category, section, sub, text, where, Level.ARABIC, int(value or 0), duty, raw, note, ids=above.ids)


FIRST_NOTE = "表头：排名第一的为牵头单位"


def _text(cells: Sequence[tuple[TableCell, Column]]) -> str:
    """Join the task's text and its details."""
    parts = list(dict.fromkeys(_flow(cell.text) for cell, column in cells if column is Column.TEXT and cell.text.strip()))
    parts += [part for cell, column in cells if column is Column.DETAIL and (part := _flow(cell.text)) and part not in parts]
    joined = ""
    for part in parts:
        joined += ("" if not joined or joined[-1] in "。；;！!：:" else "：") + part
    return joined


def _flow(text: str) -> str:
    """Join the printed lines of a cell; lines that begin an item stay apart."""
    joined = ""
    for line in tidy(text).split("\n"):
        joined += ("\n" if joined and read_marker(line) else "") + line
    return joined


def _joined(cells: Sequence[tuple[TableCell, Column]], kind: Column) -> str:
    """Give the text of a kind of column."""
    return "".join(dict.fromkeys(tidy(cell.text).replace("\n", "") for cell, column in cells if column is kind))


def _duty(cells: Sequence[tuple[TableCell, Column]]) -> Attribution:
    """Read the unit columns, the leader and the deadline; a cell merged over two unit columns counts once."""
    duty = Attribution()
    seen: set[str] = set()
    for cell, column in sorted(cells, key=lambda pair: list(Column).index(pair[1])):
        text = tidy(cell.text)
        if column in _DUTY_OF and text not in seen and text not in ("", "/", "-", "—", "——", "无"):
            duty += parse(_names(text), _DUTY_OF[column])
            seen.add(text)
        elif column is Column.LEADER and text:
            duty += Attribution(leader=persons(text))
        elif column is Column.DEADLINE and text:
            duty += Attribution(deadline="".join(text.split("\n")))
    return duty


def _names(text: str) -> str:
    """Mend names broken over printed lines: a line that ends no name goes on in the next."""
    return re.sub(r"(?<=[、，,；;：:])\n", "", text).replace("\n", " ")


def _inline(text: str, duty: Attribution) -> tuple[str, Attribution]:
    """Take responsibilities out of a task's own cell."""
    rest = ""
    for piece in cut_line(text.replace("\n", "")):
        if piece.kind is Kind.DUTY:
            duty += piece.read
        else:
            rest += piece.printed + piece.text
    return rest, duty


def rows_of(table: Table) -> Iterator[str]:
    """Give the text of a table that only lays out a page, line by line."""
    for row in table.rows:
        for text in dict.fromkeys(cell.text for cell in row):
            yield from tidy(text).split("\n")
