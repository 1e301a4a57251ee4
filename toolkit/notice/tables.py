"""Printed tables of tasks: columns in any order, headers of one or two rows, merged cells, section rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from toolkit.model.document import Table, TableCell
from toolkit.model.master import GOAL, TASK
from toolkit.notice.attribution import FIRST_LEADS, Attribution, parse
from toolkit.notice.labels import Duty, kind_of_label
from toolkit.notice.markers import Level, read_marker
from toolkit.notice.numerals import number
from toolkit.notice.pieces import Kind, cut
from toolkit.notice.script import fold, groups, tidy
from toolkit.notice.tasks import Found, is_goal


class Column(Enum):
    """What a column of a task table holds."""

    NUMBER = "序号"
    SECTION = "章节"
    SUBSECTION = "小节"
    TEXT = "任务"
    DETAIL = "内容"
    LEAD = "牵头"
    DUTY = "责任"
    HELP = "配合"
    LEADER = "领导"
    DEADLINE = "时限"
    OTHER = "其他"


_DETAIL = (
    r"(?:具体|主要|细化|工作|任务|推进|落实|重点)?(?:举措|措施|内容|要求|标准)|(?:年度|工作|预期|量化|全年|\d{4}年|具体|考核)?(?:目标|目标值|指标值|任务值)"
    r"|目标要求|完成标准|成果形式|工作成效|目标及要求|完成目标"
)
_TASK = (
    r"(?:主要|重点|具体|目标|工作|年度|分解|改革|重大|\d{4}年)*(?:任务|目标任务|任务目标|事项|项目|工作|工作任务|指标|工作内容|任务内容|项目名称|任务名称|事项名称"
    r"|指标名称|工作事项|名称)(?:及(?:目标|内容|要求|措施))?|建设内容|内容"
)
_HEADERS: tuple[tuple[Column, str], ...] = (
    (Column.NUMBER, r"序号|编号|序|号|任务序号|任务编号|项次|NO|No|№"),
    (Column.SUBSECTION, r"二级分类|二级指标|小类|子类|小节|二级任务类别"),
    (Column.SECTION, r"(?:任务|工作|项目|目标)?(?:类别|分类|类型|板块|领域|章节|大类)|一级(?:分类|指标)|方面|所属领域|重点领域"),
    (Column.DETAIL, _DETAIL),
    (Column.TEXT, _TASK),
)
_HEADER_FORMS = tuple((column, re.compile(rf"^(?:{form})$")) for column, form in _HEADERS)
_DUTIES = {
    Duty.LEAD: Column.LEAD, Duty.DUTY: Column.DUTY, Duty.HELP: Column.HELP,
    Duty.LEADER: Column.LEADER, Duty.DEADLINE: Column.DEADLINE, Duty.OTHER: Column.OTHER,
}
_SHORT = {
    word: column
    for column, words in (
        (Column.LEAD, "牵头 牵头单位 主办 主责"),
        (Column.DUTY, "责任 责任单位 单位 部门 承办 责任分工 任务分工 分工"),
        (Column.HELP, "配合 协办 参与"),
        (Column.LEADER, "责任人"),
        (Column.DEADLINE, "时限 时间 完成时间 进度"),
        (Column.OTHER, "备注"),
    )
    for word in words.split()
}
_UNITS = (Column.LEAD, Column.DUTY, Column.HELP)
_DUTY_OF = {Column.LEAD: Duty.LEAD, Column.DUTY: Duty.DUTY, Column.HELP: Duty.HELP}
_TOTAL = re.compile(r"^(?:合\s*计|小\s*计|总\s*计|注[:：]|备注[:：]|说明[:：]|填表|制表)")


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's header ends and what its columns hold."""

    rows: int
    columns: tuple[Column, ...]
    first_leads: bool = False


def read_table(table: Table, above: Found) -> list[Found]:
    """List the tasks of a table, below the headings of `above`; a table that is not one of tasks gives none."""
    header = find_header(table)
    if header is None:
        return []
    found: list[Found] = []
    section, sub = above.section, above.subsection
    category = above.category
    last: tuple[str, ...] = ()
    for row in table.rows[header.rows :]:
        line = _row_heading(row)
        if line is not None:
            section, sub, category = _heading(line, section, sub, category, above)
            continue
        if _is_header_again(row, table, header) or not (task := _task(row, header, replace(above, section=section, subsection=sub, category=category))):
            continue
        key = tuple(tidy(cell.text) for cell, column in zip(row, header.columns, strict=False) if column in (Column.NUMBER, Column.TEXT, Column.DETAIL))
        if found and key == last and key and any(key):
            found[-1] = replace(found[-1], duty=found[-1].duty + task.duty)
        else:
            found.append(task)
        last = key
    return found


def find_header(table: Table) -> Header | None:
    """Find a header with a column of tasks and one of units within the first eight rows; a second header row is read with the first."""
    for at, row in enumerate(table.rows[:8]):
        columns = [_column(cell.text) for cell in row]
        texts = [column for column in columns if column in (Column.TEXT, Column.DETAIL)]
        if len({cell.text for cell in row}) < 2 or (not texts and Column.NUMBER not in columns) or sum(column is not None for column in columns) < 2:
            continue
        rows = at + 1
        following = table.rows[at + 1] if at + 1 < len(table.rows) else ()
        if _is_second_row(row, following):
            rows += 1
            columns = [_column(low.text) or _column(f"{high.text}{low.text}") or _column(high.text) for high, low in zip(row, following, strict=False)]
        made = tuple(_with_text([column or Column.OTHER for column in columns], table.rows[rows:]))
        if Column.TEXT in made:
            hint = any(FIRST_LEADS.search(fold(cell.text)) for cell in (*row, *(following if rows > at + 1 else ())))
            return Header(rows, made, hint)
    return None


def _column(text: str) -> Column | None:
    """Read one header cell; blanks and a bracketed remark do not matter."""
    plain = "".join(tidy(text).split())
    folded = fold(plain)
    found = groups(folded)
    if found and found[-1][1] == len(folded) and found[-1][0] > 0:
        folded = folded[: found[-1][0]]
    folded = folded.rstrip(":")
    for column, form in _HEADER_FORMS[:2]:
        if form.match(folded):
            return column
    if folded in _SHORT:
        return _SHORT[folded]
    duty = kind_of_label(folded) if folded and len(folded) <= 14 else None
    if duty:
        return _DUTIES[duty]
    combined = re.fullmatch(r"(\S{2,6}?)(?:单位|部门)?[及和与、/](\S{2,8})", folded)
    if combined and (first := kind_of_label(combined[1]) or kind_of_label(combined[1] + "单位")):
        return Column.DUTY if first in (Duty.LEAD, Duty.DUTY) else _DUTIES[first]
    return next((column for column, form in _HEADER_FORMS if form.match(folded)), None)


def _is_second_row(row: Sequence[TableCell], following: Sequence[TableCell]) -> bool:
    """Say whether the row below belongs to the header: each cell repeats the one above, is a header, or is empty."""
    if not following:
        return False
    repeated = [tidy(low.text) == tidy(high.text) or not low.text.strip() for high, low in zip(row, following, strict=False)]
    known = [_column(low.text) is not None for low in following]
    fresh = [is_known and not same for is_known, same in zip(known, repeated, strict=False)]
    return any(fresh) and all(is_known or same for is_known, same in zip(known, repeated, strict=False))


def _with_text(columns: list[Column], rows: Sequence[Sequence[TableCell]]) -> list[Column]:
    """Settle which column is the task's text: where none is named so, the detail column; where several, the later ones are details."""
    if Column.TEXT not in columns and Column.DETAIL in columns:
        columns[columns.index(Column.DETAIL)] = Column.TEXT
    texts = [at for at, column in enumerate(columns) if column is Column.TEXT]
    for at in texts[1:]:
        columns[at] = Column.DETAIL
    if not any(column in _UNITS for column in columns) and texts:
        inline = any(piece.kind is Kind.DUTY for row in rows[:20] for cell in row[texts[0] : texts[0] + 1] for piece in cut(tidy(cell.text).replace("\n", "")))
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
    return any(all(tidy(one.text) == tidy(two.text) for one, two in zip(row, table.rows[at], strict=False)) for at in range(header.rows))


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
    if not any(column in _UNITS for column in header.columns):
        text, duty = _inline(text, duty)
    section = _joined(cells, Column.SECTION) or above.section
    sub = _joined(cells, Column.SUBSECTION) or above.subsection
    where = next(cell.where for cell, column in cells if column is Column.TEXT)
    raw = "；".join(tidy(cell.text).replace("\n", "、") for cell, column in cells if column in _UNITS and cell.text.strip())
    note = FIRST_NOTE if header.first_leads else ""
    category = GOAL if is_goal(section) else above.category
    return Found(category, section, sub, text, where, Level.ARABIC, int(value or 0), duty, raw, note)


FIRST_NOTE = "表头：排名第一的为牵头单位"


def _text(cells: Sequence[tuple[TableCell, Column]]) -> str:
    """Join the task's text and its details."""
    parts = list(dict.fromkeys(_flow(cell.text) for cell, column in cells if column is Column.TEXT and cell.text.strip()))
    parts += [part for cell, column in cells if column is Column.DETAIL and (part := _flow(cell.text)) and part not in parts]
    return "：".join(parts)


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
            duty += Attribution(leader="、".join(text.split()))
        elif column is Column.DEADLINE and text:
            duty += Attribution(deadline="".join(text.split("\n")))
    return duty


def _names(text: str) -> str:
    """Mend names broken over printed lines: a line that ends no name goes on in the next."""
    return re.sub(r"(?<=[、，,；;：:])\n", "", text).replace("\n", " ")


def _inline(text: str, duty: Attribution) -> tuple[str, Attribution]:
    """Take responsibilities out of a task's own cell."""
    kept = ""
    for piece in cut(text.replace("\n", "")):
        if piece.kind is Kind.DUTY:
            duty += piece.read
        else:
            kept += piece.printed + piece.text
    return kept, duty


def rows_of(table: Table) -> Iterator[str]:
    """Give the text of a table that only lays out a page, line by line."""
    for row in table.rows:
        for text in dict.fromkeys(cell.text for cell in row):
            yield from tidy(text).split("\n")
