"""报送情况: one row a unit, also those that sent nothing, and every file that belongs to no unit."""

from collections.abc import Mapping
from datetime import datetime

from toolkit.model.look import Look
from toolkit.model.returns import Outcome
from toolkit.model.sheet import Condition, SheetPlan
from toolkit.model.standing import Round, UnitStanding
from toolkit.views.consolidated.names import NOTHING_CAME, UNITS, book_title
from toolkit.views.consolidated.sources import go, original
from toolkit.views.consolidated.split import Block
from toolkit.views.consolidated.table import Column, Extras, Styled, body, data_sheet, letters

COLUMNS = (
    Column("单位", 38, "正文"),
    Column("结果", 18, "居中"),
    Column("报送时间", 18, "时间"),
    Column("是否按时", 10, "居中"),
    Column("版本数", 9, "数字"),
    Column("错误数", 9, "数字"),
    Column("待核数", 9, "数字"),
    Column("来源", 44, "链接"),
)


def unit_sheet(state: Round, details: Mapping[str, Block], looks: Mapping[str, Look]) -> SheetPlan:
    """Plan the sheet: units in the order of the register, below them （文件）name for each file of no unit; a unit leads to its rows in 填报明细."""
    rows = [_unit(unit, details.get(unit.unit)) for unit in state.units] + [_file(*other) for other in state.other_files]
    at = letters(COLUMNS)
    warnings = (("结果", NOTHING_CAME, "错误"), ("是否按时", "否", "待核"))
    conditions = tuple(Condition(body(COLUMNS, title, len(rows)), f'=${at[title]}2="{word}"', look) for title, word, look in warnings)
    return data_sheet(UNITS, COLUMNS, rows, looks=looks, title=book_title(state.period.label), extras=Extras(conditions=conditions))


def result(unit: UnitStanding) -> str:
    """Say how a unit's return ended, 未报 when nothing came."""
    return unit.outcome.words if unit.outcome else NOTHING_CAME


def on_time(unit: UnitStanding) -> str:
    """Say whether it came in time; nothing where nothing came."""
    return ("是" if unit.on_time else "否") if unit.outcome else ""


def _unit(unit: UnitStanding, rows: Block | None) -> tuple[object, ...]:
    sent = unit.sent.replace(tzinfo=None) if isinstance(unit.sent, datetime) else None
    link = original(unit.path, words=_words(unit.reason)) or unit.reason
    name = Styled(go(rows.sheet, unit.unit, f"A{rows.first}"), "链接") if rows else unit.unit
    return (name, result(unit), sent, on_time(unit), unit.versions, unit.errors, unit.reviews, link)


def _file(name: str, outcome: Outcome, reason: str, path: str) -> tuple[object, ...]:
    return (f"（文件）{name}", outcome.words, None, "", None, None, None, original(path, words=_words(reason)) or reason)


def _words(reason: str) -> str:
    return f"原件：{reason}" if reason else "原件"
