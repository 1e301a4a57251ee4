"""里程碑: each milestone with its days, how far it slips and how it stands, live against the book's day, and a Gantt chart in the cells beside."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.milestones import Milestone, NodeState
from toolkit.model.period import Period
from toolkit.model.place import column_letters
from toolkit.model.rules import LATER_ON, SOON, Rules
from toolkit.model.sheet import Area, Condition, Formula, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated import gantt
from toolkit.views.consolidated.data_sheet import Column, Columns, Extras, at, body, data_sheet, letters
from toolkit.views.consolidated.sheet_names import MILESTONES, NODE_DAY, title_of
from toolkit.views.consolidated.source_links import original

ROWS = 100_000  # a sorting key is a day's number and, in its last five digits, the row
PASSED = "已逾期"
_TITLES = ("编号", "节点", "牵头单位", "基准日期", "预计日期", "实际日期", "偏差天数", "逾期天数", "状态", "到期")
_AT = {title: column_letters(at) for at, title in enumerate(_TITLES)}


class Line(NamedTuple):
    """A row of the sheet: the milestone, its row (from 1), the book's day, within how many days it is due soon and later."""

    milestone: Milestone
    row: int
    on: date
    soon: int
    later: int

    @property
    def due(self) -> str:
        """What 到期 says: overdue, due within the first or the second number of days, or nothing."""
        left = self.milestone.left(self.on)
        if self.milestone.overdue(self.on):
            return PASSED
        return "" if left is None else f"{self.soon}天内" if left <= self.soon else f"{self.later}天内" if left <= self.later else ""

    @property
    def key(self) -> int | str:
        """Where it stands among those that are due: by baseline, then by row; '' where it is not due."""
        return gantt.serial(self.milestone.node.baseline) * ROWS + self.row if self.due else ""


def _days(line: Line) -> tuple[str, str, str]:
    baseline, expected, actual = (f"{_AT[title]}{line.row}" for title in ("基准日期", "预计日期", "实际日期"))
    return baseline, expected, actual


def _slip(line: Line) -> Formula:
    baseline, expected, actual = _days(line)
    slip = line.milestone.slip
    return Formula(f'=IF({actual}<>"",{actual}-{baseline},IF({expected}<>"",{expected}-{baseline},""))', "" if slip is None else slip)


def _overdue(line: Line) -> Formula | str:
    if line.milestone.is_settled:
        return ""
    baseline, _, actual = _days(line)
    return Formula(f'=IF(AND({actual}="",{baseline}<{NODE_DAY}),{NODE_DAY}-{baseline},"")', line.milestone.overdue(line.on) or "")


def _state(line: Line) -> Formula:
    baseline, expected, actual = _days(line)
    done = f'IF({actual}<={baseline},"{NodeState.ON_TIME}","{NodeState.LATE}")'
    ahead = f'IF({expected}>{baseline},"{NodeState.SLIPPING}","{NodeState.AHEAD}")'
    still = f'"{NodeState.CLOSED}"' if line.milestone.is_settled else f'IF({baseline}<{NODE_DAY},"{NodeState.OVERDUE}",{ahead})'
    return Formula(f'=IF({actual}<>"",{done},{still})', line.milestone.state(line.on).value)


def _due(line: Line) -> Formula | str:
    if line.milestone.is_settled:
        return ""
    baseline, _, actual = _days(line)
    left = f"{baseline}-{NODE_DAY}"
    soon = f'IF({left}<={SOON},{SOON}&"天内",IF({left}<={LATER_ON},{LATER_ON}&"天内",""))'
    return Formula(f'=IF({actual}<>"","",IF({baseline}<{NODE_DAY},"{PASSED}",{soon}))', line.due)


def _key(line: Line) -> Formula:
    return Formula(f'=IF({_AT["到期"]}{line.row}="","",{_AT["基准日期"]}{line.row}*{ROWS}+ROW())', line.key)


TABLE: tuple[Column[Line], ...] = (
    Column("编号", 7.5, "居中", lambda line: line.milestone.node.number),
    Column("节点", 18, "正文", lambda line: line.milestone.node.name),
    Column("牵头单位", 11, "正文", lambda line: "、".join(line.milestone.answers_for)),
    Column("基准日期", 10, "日期", lambda line: line.milestone.node.baseline),
    Column("预计日期", 10, "日期", lambda line: line.milestone.expected),
    Column("实际日期", 10, "日期", lambda line: line.milestone.actual),
    Column("偏差天数", 5.5, "数字", _slip),
    Column("逾期天数", 5.5, "数字", _overdue),
    Column("状态", 8, "居中", _state),
    Column("到期", 6.5, "居中", _due),
)
AFTER: tuple[Column[Line], ...] = (
    Column("来源", 9, "链接", lambda line: original(line.milestone.path, line.milestone.place, "原件")),
    Column("说明", 30, "正文", lambda line: line.milestone.note, 60),
    Column("最近填报", 10, "居中", lambda line: Period.parse(line.milestone.said_in).label if line.milestone.said_in else ""),
    Column("节点来源", 10, "居中", lambda line: line.milestone.planned.source),
)


def milestone_sheet(state: Round, rules: Rules, looks: Mapping[str, CellStyle]) -> SheetPlan | None:
    """Plan the sheet, task by task; None where no task has a milestone."""
    if not state.milestones:
        return None
    rows, columns = lines(state, rules), columns_of(state)
    count, spans = len(rows), gantt.spans(state.period.year)
    first = at(columns, spans[0].title)
    chart = Area(1, first, count, first + len(spans) - 1)
    states, state_cell = body(columns, "状态", count), f"${_AT['状态']}2"
    words = ((NodeState.OVERDUE, "错误"), (NodeState.SLIPPING, "待核"), (NodeState.LATE, "待核"))
    marked = (Condition(states, f'={state_cell}="{word}"', look) for word, look in words)
    cell = f"{letters(columns)[spans[0].title]}2"
    extras = Extras(frozen=2, conditions=(*marked, *gantt.conditions(chart, cell, spans)), large=True)
    return data_sheet(MILESTONES, columns, rows, looks=looks, title=title_of(state), extras=extras)


def lines(state: Round, rules: Rules) -> list[Line]:
    """Give the rows of the sheet, task by task."""
    soon, later = int(rules.value(SOON)), int(rules.value(LATER_ON))
    return [Line(milestone, row, state.day, soon, later) for row, milestone in enumerate(state.milestones, 2)]


def columns_of(state: Round) -> Columns:
    """Give the columns: the table, the chart, what else there is to know; where the office moved a baseline, what it was and on what grounds it is another."""
    begins = gantt.beginnings(state.milestones, state.period.year)
    chart = [_chart_column(span, begins) for span in gantt.spans(state.period.year)]
    moved = any(milestone.node.original or milestone.node.basis for milestone in state.milestones)
    grounds: tuple[Column[Line], ...] = (
        Column("原基准日期", 11, "日期", lambda line: line.milestone.node.original),
        Column("调整依据", 24, "正文", lambda line: line.milestone.node.basis, 50),
    )
    keys: Column[Line] = Column("排序号", 13, "数字", _key)
    return (*TABLE, *chart, *AFTER, *(grounds if moved else ()), keys)


def _chart_column(span: gantt.Span, begins: Mapping[tuple[str, str], date]) -> Column[Line]:
    def value(line: Line) -> Formula:
        milestone = line.milestone
        cells = gantt.Cells(*(f"${_AT[title]}{line.row}" for title in ("基准日期", "预计日期", "实际日期")))
        return gantt.formula(milestone, begins[milestone.planned.unit, milestone.node.key], span, line.on, cells)

    return Column(span.title, gantt.WIDTH, gantt.EMPTY, value)


def due_lines(rows: Sequence[Line]) -> list[Line]:
    """Give the milestones that are overdue or due soon, the earliest baseline first."""
    return sorted((line for line in rows if line.due), key=lambda line: (line.milestone.node.baseline, line.row))

