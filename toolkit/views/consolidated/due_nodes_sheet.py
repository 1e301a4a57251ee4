"""节点到期: milestones that are overdue or due soon, the earliest first; a live list over 里程碑 that follows the book's day."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.rules import Rules
from toolkit.model.sheet import Condition, Formula, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.data_sheet import Column, Columns, Extras, body, data_sheet, letters, span
from toolkit.views.consolidated.gantt import serial
from toolkit.views.consolidated.milestones_sheet import PASSED, ROWS, Line, columns_of, due_lines, lines
from toolkit.views.consolidated.sheet_names import DUE_NODES, MILESTONES, NODE_DAY, title_of


class _Place(NamedTuple):
    """A place of the list, counted from 1; the milestone that stands there now, None where the list is shorter."""

    place: int
    line: Line | None

    @property
    def row(self) -> int:
        return self.place + 1


_KEY = "I"


def due_node_sheet(state: Round, rules: Rules, looks: Mapping[str, CellStyle]) -> SheetPlan | None:
    """Plan the list, with a row for each milestone that is not reached, for the book's day may be changed; None where there is none."""
    open_ones = sum(milestone.is_open for milestone in state.milestones)
    if not open_ones:
        return None
    due, columns = due_lines(lines(state, rules)), _columns(state)
    rows = [_Place(place, due[place - 1] if place <= len(due) else None) for place in range(1, open_ones + 1)]
    passed = Condition(body(columns, "到期", len(rows)), f'=${letters(columns)["到期"]}2="{PASSED}"', "错误")
    extras = Extras(frozen=3, conditions=(passed,))
    return data_sheet(DUE_NODES, columns, rows, looks=looks, title=title_of(state), extras=extras)


def _columns(state: Round) -> Columns:
    count, table = len(state.milestones), columns_of(state)

    def cells(title: str) -> str:
        return span(MILESTONES, table, title, count)

    def looked_up(place: _Place, title: str, value: object) -> Formula:
        """Give what stands in a column of the milestone whose sorting key is in this row."""
        found = f"INDEX({cells(title)},MOD(${_KEY}{place.row},{ROWS})-1)"
        shown = f'IF({found}="","",{found})' if title == "预计日期" else found
        known = serial(value) if isinstance(value, date) else value
        return Formula(f'=IF(${_KEY}{place.row}="","",{shown})', "" if place.line is None or known is None else known)

    def key(place: _Place) -> Formula:
        keys = cells("排序号")
        return Formula(f'=IF({place.place}<=COUNT({keys}),SMALL({keys},{place.place}),"")', place.line.key if place.line else "")

    def left(place: _Place) -> Formula:
        days = serial(place.line.milestone.node.baseline) - serial(place.line.on) if place.line else ""
        return Formula(f'=IF(${_KEY}{place.row}="","",E{place.row}-{NODE_DAY})', days)

    return (
        Column[_Place]("序", 6, "居中", lambda place: Formula(f'=IF(${_KEY}{place.row}="","",{place.place})', place.place if place.line else "")),
        Column[_Place]("编号", 10, "居中", lambda place: looked_up(place, "编号", place.line and place.line.milestone.node.number)),
        Column[_Place]("节点", 34, "正文", lambda place: looked_up(place, "节点", place.line and place.line.milestone.node.name)),
        Column[_Place]("牵头单位", 22, "正文", lambda place: looked_up(place, "牵头单位", place.line and "、".join(place.line.milestone.answers_for))),
        Column[_Place]("基准日期", 12, "日期", lambda place: looked_up(place, "基准日期", place.line and place.line.milestone.node.baseline)),
        Column[_Place]("预计日期", 12, "日期", lambda place: looked_up(place, "预计日期", place.line and place.line.milestone.expected)),
        Column[_Place]("剩余天数", 9, "数字", left),
        Column[_Place]("到期", 9, "居中", lambda place: looked_up(place, "到期", place.line and place.line.due)),
        Column[_Place]("排序号", 13, "数字", key),
    )
