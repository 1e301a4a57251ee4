"""报送情况: one row a unit, also those that sent nothing, and every file that belongs to no unit."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.decisions import ARRIVED, ARRIVED_REASON, GRACE, GRACE_REASON, HANDLING, REASON, Decided, DecisionAction, DecisionSubject
from toolkit.model.evidence import EvidenceKind
from toolkit.model.sheet import Condition, Guard, SheetPlan
from toolkit.model.standing import OtherFile, Round, UnitStanding
from toolkit.views.consolidated.data_sheet import Column, Extras, Styled, body, data_sheet, letters
from toolkit.views.consolidated.evidence_sheet import stamped_returns
from toolkit.views.consolidated.sheet_names import NOTHING_CAME, NOTHING_TYPED, UNITS, title_of
from toolkit.views.consolidated.source_links import internal_link, original
from toolkit.views.consolidated.split_sheets import Block


class _Line(NamedTuple):
    """A row of the sheet: a unit's (`whose` leads to its rows in 填报明细) or a file's; numbers are None where they say nothing."""

    whose: object
    result: str
    sent: datetime | None
    on_time: str
    counts: tuple[int | None, int | None, int | None]
    source: object
    file: int | None
    decided: Mapping[str, str]
    received: datetime | None = None
    grace: Mapping[str, str] = MappingProxyType({})
    parent: str = ""
    unit: str = ""


COLUMNS: tuple[Column[_Line], ...] = (
    Column("单位", 38, "正文", lambda line: line.whose),
    Column("结果", 18, "居中", lambda line: line.result),
    Column("报送时间", 18, "时间", lambda line: line.sent),
    Column("是否按时", 10, "居中", lambda line: line.on_time),
    Column("版本数", 9, "数字", lambda line: line.counts[0]),
    Column("错误数", 9, "数字", lambda line: line.counts[1]),
    Column("待核数", 9, "数字", lambda line: line.counts[2]),
    Column("来源", 44, "链接", lambda line: line.source),
    Column("文件号", 8, "居中", lambda line: line.file),
    Column(HANDLING, 9, "认定", lambda line: line.decided.get(HANDLING, "")),
    Column(REASON, 24, "认定", lambda line: line.decided.get(REASON, ""), 60),
    Column("收到时间", 16, "时间", lambda line: line.received),
    Column(ARRIVED, 16, "认定时间", lambda line: line.decided.get(ARRIVED, "")),
    Column(ARRIVED_REASON, 16, "认定", lambda line: line.decided.get(ARRIVED_REASON, ""), 50),
    Column(GRACE, 12, "认定时间", lambda line: line.grace.get(GRACE, "")),
    Column(GRACE_REASON, 16, "认定", lambda line: line.grace.get(GRACE_REASON, ""), 50),
)
_PARENT: Column[_Line] = Column("上级单位", 24, "正文", lambda line: line.parent)  # last, and only where a unit has one in the period


def unit_sheet(state: Round, details: Mapping[str, Block], looks: Mapping[str, CellStyle]) -> SheetPlan:
    """Plan the sheet: units in the order of the register, below them （文件）name for other files; a unit leads to its rows in 填报明细."""
    stamped, columns = stamped_returns(state), COLUMNS
    if stamped:
        columns = (*COLUMNS, Column(EvidenceKind.STAMPED.value, 30, "链接", lambda line: stamped.get(line.unit, ""), 50))
    rows = [_unit(unit, details.get(unit.unit), state) for unit in state.units]
    rows += [_file(other, state.decided) for other in state.other_files]
    columns = (*columns, _PARENT) if any(row.parent for row in rows) else columns
    at = letters(COLUMNS)
    warnings = (("结果", NOTHING_CAME, "错误"), ("结果", NOTHING_TYPED, "错误"), ("是否按时", "否", "待核"), ("是否按时", "待核", "待核"))
    conditions = tuple(Condition(body(COLUMNS, title, len(rows)), f'=${at[title]}2="{word}"', look) for title, word, look in warnings)
    extras = Extras(conditions=conditions, guards=tuple((body(COLUMNS, title, len(rows)), guard) for title, guard in _GUARDS.items()), large=True)
    return data_sheet(UNITS, columns, rows, looks=looks, title=title_of(state), extras=extras)


def result(unit: UnitStanding) -> str:
    """Say how a unit's return ended, 未报 when nothing came, 未填 when nothing was typed."""
    return unit.outcome.words if unit.outcome else NOTHING_TYPED if unit.blank else NOTHING_CAME


def on_time(unit: UnitStanding) -> str:
    """Say whether it came in time: 是, 否, 待核 where that is in doubt, '' where nothing came."""
    return ("待核" if unit.in_doubt else "是" if unit.on_time else "否") if unit.outcome else ""


def _unit(unit: UnitStanding, rows: Block | None, state: Round) -> _Line:
    sent = unit.sent.replace(tzinfo=None) if isinstance(unit.sent, datetime) else None
    link = original(unit.path, words=_words(unit.reason)) or unit.reason
    name = Styled(internal_link(rows.sheet, unit.unit, f"A{rows.first}"), "链接") if rows else unit.unit
    counts = (unit.versions, unit.errors, unit.reviews)
    grace = state.decided.on(DecisionSubject.GRACE, f"{state.period}|{unit.unit}")
    known = state.master.resolve(unit.unit)
    decided, parent = _decided(unit.file, state.decided), known.parent if known else ""
    return _Line(name, result(unit), sent, on_time(unit), counts, link, unit.file or None, decided, unit.received, grace, parent, unit.unit)


def _file(file: OtherFile, decided: Decided) -> _Line:
    whose = f"（{file.unit}）" if file.unit else ""
    words = "已停用" if file.excluded else file.outcome.words
    link = original(file.path, words=_words(file.reason)) or file.reason
    return _Line(f"（文件）{whose}{file.name}", words, None, "", (None, None, None), link, file.id or None, _decided(file.id, decided))


def _decided(file: int, decided: Decided) -> Mapping[str, str]:
    return decided.on(DecisionSubject.FILE, str(file))


def _words(reason: str) -> str:
    return f"原件：{reason}" if reason else "原件"


_GUARD = Guard(
    "list",
    choices=",".join(DecisionAction),
    title=HANDLING,
    prompt="待认定的选“接受”或“退回”，已汇总的可“停用”，停用的可“恢复”；下次运行时执行，理由写在右边。",
    error="请从下拉框中选一个，或者清空。",
)
_GUARDS = {
    HANDLING: _GUARD,
    ARRIVED: Guard("any", title=ARRIVED, prompt="收到时间不对的（如登记晚了），填实际收到的时间，如 2023-03-30 17:00，右边写明理由；是否按时随之改变。"),
    GRACE: Guard("any", title=GRACE, prompt="准许这个单位延期报送的，填延到哪一天，右边写明理由或文号。"),
}
