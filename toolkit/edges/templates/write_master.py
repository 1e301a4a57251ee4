"""Writes templates/任务总表.xlsx: sheets 任务, 量化指标, 节点, 单位, 日程, 节假日, 待确认, 原文, for the clerk to read and edit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from toolkit.edges.templates.master_sheets import (
    ASKED,
    BOUNDS,
    CALENDAR,
    DOUBTS,
    HEADER,
    INDICATORS,
    LINES,
    NODES,
    ODD_DAYS,
    PARTED,
    ROW,
    SPANS,
    TASKS,
    UNIT_WEIGHT,
    UNITS,
    row_height,
    widths_of,
)
from toolkit.edges.writing.write_workbooks import draw
from toolkit.model.amendment_sheet import COLUMNS, NATURE, SHEET, TOKEN
from toolkit.model.amendments import AmendmentKind
from toolkit.model.answered_doubts import ANSWERS
from toolkit.model.column_kinds import EXCEL_CELL
from toolkit.model.findings import BY_ID
from toolkit.model.master import COLLECTIVE, DEPARTMENT, IN_DOUBT, OTHER, TOWN, WITHDRAWN, Doubt, Master
from toolkit.model.sheet import Area, BookPlan, CellPlan, Guard, Link, Print, SheetPlan
from toolkit.model.workdays import REST, WORK

_MOST_ROWS, _MOST_ANSWERS, _MOST_AMENDMENTS = 2000, 5000, 500  # down to which choices are offered
_NO_CHOICES: Mapping[str, Sequence[str]] = {}
_LOOKS = {
    "表头": HEADER,
    "正文": ROW,
    "日期": replace(ROW, number_format="yyyy-mm-dd"),
    "认定": ASKED,
    "链接": replace(ROW, colour="0563C1", underline=True),
}


@lru_cache(maxsize=2)  # what an import has just written is held against the list when it is first registered
def master_bytes(master: Master, *, token: str = "") -> bytes:
    """Write the whole master list as a workbook (.xlsx), all its sheets; the same list gives the same bytes.

    With a token of what it says to the ledger it also has 调整台账, in which nothing stands yet.
    """
    sheets = _sheets(master)
    if token:
        sheets += (_sheet(SHEET, COLUMNS, (), {NATURE: [kind.value for kind in AmendmentKind]}, offered=_MOST_AMENDMENTS, freeze=(1, 2)),)
    properties = {TOKEN: token} if token else {}
    return draw(BookPlan(sheets, _LOOKS, title=master.title, subject=master.source, properties=properties))


@lru_cache(maxsize=2)  # a list that was just written is written once more, with its token, when it is registered
def _sheets(master: Master) -> tuple[SheetPlan, ...]:
    """Plan all sheets but 调整台账."""
    nodes = _sheet("节点", NODES, ((node.number, node.name, node.baseline) for node in master.nodes))
    sheets = [_tasks(master), _indicators(master), nodes, _units(master), _calendar(master)]
    sheets.append(_sheet("节假日", ODD_DAYS, master.odd_days, {ODD_DAYS[1]: (REST, WORK)}))
    doubts = _doubts(master)
    sheets = [doubts, *sheets] if master.doubts else [*sheets, doubts]  # what is asked stands first
    if master.lines:
        sheets.append(_lines(master))
    return tuple(sheets)


def with_token(content: bytes, master: Master, token: str) -> bytes | None:
    """Write a list anew with its token, where `content` is what the program wrote of it; None for any other, whose looks and sheets are somebody's."""
    return master_bytes(master, token=token) if content == master_bytes(master) else None


def _tasks(master: Master) -> SheetPlan:
    is_parted = any(task.parted for task in master.tasks)
    rows = (
        (
            *(t.number, t.category, t.section, t.subsection, t.text, _joined(t.leads), _joined(t.supports)),
            *(t.deadline, t.weight, t.state, t.note, t.leader, t.listed),
            *(("是" if t.parted else "",) if is_parted else ()),
        )
        for t in master.tasks
    )
    return _sheet("任务", (*TASKS, PARTED) if is_parted else TASKS, rows, {"状态": (WITHDRAWN,), PARTED: ("是",)})


def _indicators(master: Master) -> SheetPlan:
    rows = ((i.number, i.name, i.comparator, i.target, i.unit, i.measure, i.quote, i.low, i.high) for i in master.indicators)
    return _sheet("量化指标", (*INDICATORS, *BOUNDS), rows)


def _units(master: Master) -> SheetPlan:
    is_weighed = any(unit.weight != 1 for unit in master.units)
    rows = (
        (
            *(u.name, _joined(u.aliases), u.group, _joined(u.members), "是" if u.issued else "否", u.contact, u.phone, u.email, u.parent, u.key),
            *((u.weight,) if is_weighed else ()),
        )
        for u in master.units
    )
    choices = {"类别": (TOWN, DEPARTMENT, OTHER, COLLECTIVE), "是否发放": ("是", "否")}
    return _sheet("单位", (*UNITS, UNIT_WEIGHT) if is_weighed else UNITS, rows, choices)


def _calendar(master: Master) -> SheetPlan:
    is_named = any(line.name or line.first for line in master.calendar)
    rows = ((d.period, d.form, d.start, d.due, *((d.name, d.first, d.last) if is_named else ())) for d in master.calendar)
    return _sheet("日程", (*CALENDAR, *SPANS) if is_named else CALENDAR, rows)


def _doubts(master: Master) -> SheetPlan:
    """Plan what the importer is not sure of: each doubt with a link to its line and its task, and the usual answers to choose from."""
    lines = {(line.where, line.listed): at for at, line in reversed(list(enumerate(master.lines, 2)))}
    tasks = {task.number: at for at, task in enumerate(master.tasks, 2)}
    rows, looks = [], []
    for doubt in master.doubts:
        where, *said, number, advice, code, listed = _doubt_row(doubt)
        at, task = lines.get((doubt.where, doubt.listed)), tasks.get(doubt.number)
        rows.append((_link(where, f"'原文'!D{at}" if at else ""), *said, _link(number, f"'任务'!A{task}" if task else ""), advice, code, listed))
        looks.append({4: "认定"} if doubt.is_open else {})
    return _sheet("待确认", DOUBTS, rows, {DOUBTS[4]: ANSWERS}, looks=looks, offered=_MOST_ANSWERS)


def _doubt_row(doubt: Doubt) -> tuple[str, ...]:
    """Give the cells of a doubt's row in the order of sheet 待确认's columns; the advice is the catalogue's."""
    advice = BY_ID[doubt.code].text.advice if doubt.code in BY_ID else "核对后在“处理”里填“采纳”或“忽略”。"
    return (doubt.where, doubt.read, doubt.reason, doubt.other, doubt.answer, doubt.number, advice, doubt.code, doubt.listed)


def _link(words: str, to: str) -> Link | str:
    return Link(f"internal:{to}", words) if words and to else words


def _lines(master: Master) -> SheetPlan:
    """Plan every line of the notice with what became of it."""
    rows = ((line.where, line.fate, line.number, line.text, line.listed) for line in master.lines)
    return _sheet("原文", LINES, rows, looks=[{1: "认定"} if line.fate == IN_DOUBT else {} for line in master.lines], freeze=(1, 0))


def _sheet(
    name: str,
    headers: Sequence[str],
    given: Iterable[Sequence[Any]],
    choices: Mapping[str, Sequence[str]] = _NO_CHOICES,
    *,
    looks: Sequence[dict[int, str]] = (),
    offered: int = _MOST_ROWS,
    freeze: tuple[int, int] = (1, 1),
) -> SheetPlan:
    """Plan a sheet: headers, rows of texts, numbers, days and links; the choices that columns offer; `looks` of single cells by row and column."""
    widths = widths_of(name, len(headers))
    cells = [CellPlan(0, column, title, "表头") for column, title in enumerate(headers)]
    heights: dict[int, float] = {}
    for at, row in enumerate(given, 1):
        single = looks[at - 1] if looks else {}
        for column, value in enumerate(row):
            cells.append(CellPlan(at, column, value[:EXCEL_CELL] if isinstance(value, str) else value, single.get(column) or _look_of(value)))
        heights[at] = row_height([value.words if isinstance(value, Link) else value for value in row], widths)
    guards = tuple(
        (Area(1, headers.index(title), offered - 1, headers.index(title)), Guard("list", choices=",".join(words), stops=False))
        for title, words in choices.items()
        if title in headers
    )
    area = Area(0, 0, max(len(heights), 1), len(headers) - 1)
    shown = dict(enumerate(widths))
    return SheetPlan(
        name, tuple(cells), widths=shown, heights=heights, guards=guards, freeze=freeze, filter=area, gridlines=True, printing=Print(repeat=(0, 0))
    )


def _look_of(value: object) -> str:
    return "链接" if isinstance(value, Link) else "日期" if isinstance(value, date) else "正文"


def _joined(names: Iterable[str]) -> str:
    return "、".join(names)
