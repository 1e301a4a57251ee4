"""Printed tables of tasks: columns in any order, headers of one or two rows, merged cells, section rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.model.ditto_words import is_ditto
from toolkit.model.document import Table, TableCell
from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import GOAL, TASK, Doubt
from toolkit.notice.attribution import Attribution, parse
from toolkit.notice.character_forms import tidy
from toolkit.notice.column_words import UNITS, Column, column_of
from toolkit.notice.doubts import doubt
from toolkit.notice.item_markers import Level, read_marker
from toolkit.notice.line_pieces import Kind, cut_line
from toolkit.notice.notice_numerals import number
from toolkit.notice.notice_tasks import Found, is_goal
from toolkit.notice.person_names import is_person, persons
from toolkit.notice.responsibility_labels import Duty, kind_of_label
from toolkit.notice.table_header import Header, find_header
from toolkit.notice.unit_names import looks_like_unit

_DUTY_OF = {Column.LEAD: Duty.LEAD, Column.DUTY: Duty.DUTY, Column.HELP: Duty.HELP}
_PROGRESS = lazy_pattern(r"状态|进展|是否完成|完成情况|落实情况|办理结果|联系|电话")  # what a notice's table leaves to be filled in
_UNIT_PERSON = lazy_pattern(r"(?P<unit>[^、，,；;\s（(]{2,})\s*(?:[ \n\u3000]|[（(])\s*(?P<person>[\u4e00-\u9fff]{2,4})[）)]?(?=$|[、，,；;\n])")
_BARE_NUMBER = lazy_pattern(
    r"(?P<number>(?:[≥≤><＞＜±]|不低于|不少于|不超过|不高于|至少|达到|控制在|增长)?\s*\d[\d,，]*(?:\.\d+)?)\s*(?P<bound>左右|以上|以下|以内)?"
)
_TOTAL = lazy_pattern(r"^(?:合\s*计|小\s*计|总\s*计|注[:：]|备注[:：]|说明[:：]|填表|制表)")


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
    grouped = any(_number(row, header).rstrip("、.．").isdigit() for row in table.rows[header.rows :])
    above_row: Sequence[TableCell] = ()
    for at, printed in enumerate(table.rows[header.rows :], header.rows):
        row = above_row = _repeated(printed, above_row, header)
        line = _row_heading(row)
        if line is None and grouped:
            line = _numbered_heading(row, header)
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
    if task.duty.watchers:
        doubts.append(doubt(Code.WATCHER_NOT_TAKEN, task.where, "、".join(task.duty.watchers)))
    return task, doubts


def _columns_left(table: Table, header: Header) -> Iterator[Doubt]:
    """Ask about a column whose header is not understood and which is not empty."""
    for at, title in enumerate(header.titles):
        if header.columns[at] is Column.OTHER and title and column_of(title) is None:
            filled = next((cell for row in table.rows[header.rows :] for cell in row[at : at + 1] if cell.text.strip()), None)
            if filled:
                yield doubt(Code.COLUMN_NOT_READ, table.rows[header.rows - 1][at].where, f"{title}：{tidy(filled.text)[:40]}", title=title)


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


def _number(row: Sequence[TableCell], header: Header) -> str:
    """What stands in a row's column of numbers, '' for nothing."""
    return next((tidy(cell.text) for cell, column in zip(row, header.columns, strict=False) if column is Column.NUMBER), "")


def _numbered_heading(row: Sequence[TableCell], header: Header) -> str | None:
    """Read a row with a Chinese number and one text in a table whose tasks have Arabic ones as a heading: 二 | 强化要素保障."""
    printed = _number(row, header)
    filled = list(dict.fromkeys(tidy(cell.text) for cell in row if cell.text.strip()))
    if len(filled) != 2 or filled[0] != printed or not re.fullmatch(r"[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?", printed):
        return None
    return printed.rstrip("、.．") + ("" if printed[-1] in ")）" else "、") + filled[1].replace("\n", "")


def _repeated(row: Sequence[TableCell], above: Sequence[TableCell], header: Header) -> Sequence[TableCell]:
    """Put what stands above where a cell of units, leaders or times says 同上."""
    if not above or not any(is_ditto(tidy(cell.text)) for cell in row):
        return row
    taken = (*UNITS, Column.LEADER, Column.DEADLINE)
    columns = (*header.columns, *[Column.OTHER] * len(row))
    return [
        TableCell(over.text, cell.where) if column in taken and is_ditto(tidy(cell.text)) else cell
        for cell, over, column in zip(row, [*above, *row[len(above) :]], columns, strict=False)
    ]


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
    duty = _duty(_without_persons(cells, header)) + _persons_of(cells, header) + _remarks(row, header)
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
    measure = _joined(cells, Column.MEASURE)
    parts += [part for cell, column in cells if column is Column.DETAIL and (part := _measured(_flow(cell.text), measure)) and part not in parts]
    joined = ""
    for part in parts:
        joined += ("" if not joined or joined[-1] in "。；;！!：:" else "：") + part
    return joined


def _measured(text: str, measure: str) -> str:
    """Put the measure of the row behind a number that stands alone: 4以内 of % is 4%以内."""
    match = _BARE_NUMBER.fullmatch(text)
    return f"{match['number']}{measure}{match['bound'] or ''}" if match and measure else text


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


def _holds_persons(column: Column, title: str) -> bool:
    """Say whether a column of units has persons beside them: 责任单位及责任人."""
    return column in UNITS and bool(re.search(r"[及和与、/].*(?:人|领导|长)$", title))


def _without_persons(cells: Sequence[tuple[TableCell, Column]], header: Header) -> list[tuple[TableCell, Column]]:
    """Take the persons out of a column of units that has them too: 招商局 沈某 is 招商局."""
    return [
        (replace(cell, text=_UNIT_PERSON.sub(_unit_of, cell.text)), column) if _holds_persons(column, title) else (cell, column)
        for (cell, column), title in zip(cells, (*header.titles, *[""] * len(cells)), strict=False)
    ]


def _persons_of(cells: Sequence[tuple[TableCell, Column]], header: Header) -> Attribution:
    """Give the persons that stand behind units in a column that has both."""
    found = [
        name
        for (cell, column), title in zip(cells, header.titles, strict=False)
        if _holds_persons(column, title)
        for match in _UNIT_PERSON.finditer(cell.text)
        if (name := match["person"]) and _unit_of(match) != match.group()
    ]
    return Attribution(leader="、".join(dict.fromkeys(found)))


def _unit_of(match: re.Match[str]) -> str:
    return match["unit"] if is_person(match["person"]) and not looks_like_unit(match["person"]) else match.group()


def _remarks(row: Sequence[TableCell], header: Header) -> Attribution:
    """Read the columns that say something else about a task (备注, 投资, 督导单位) as remarks; who only checks is named as such."""
    duty = Attribution()
    for cell, column, title in zip(row, header.columns, header.titles, strict=False):
        text = tidy(cell.text).replace("\n", "、")
        if column is not Column.OTHER or not text or column_of(title) is not Column.OTHER or _PROGRESS.search(title) or is_ditto(text):
            continue
        if title == "备注":
            duty += Attribution(remark=text)
        else:
            duty += parse(f"{title}：{text}") if kind_of_label(title) else Attribution(remark=f"{title}：{text}")
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
