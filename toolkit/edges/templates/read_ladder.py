"""Reads the sheet 督办阶梯 of templates/考核规则.xlsx; a row that cannot be used is left out and is a finding at its cell."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.edges.templates.office_sheet import WHOLE, OfficeBook
from toolkit.model.findings import Code
from toolkit.model.ladder import CAUSES, LEVELS, Cause, Level, Rung, condition_in

SHEET = "督办阶梯"
COLUMNS = ("级别", "情形", "间隔工作日", "文书", "对象", "启用", "值守", "说明")
_YES, _NO = "是", "否"
_OF_UNITS = frozenset({Cause.SILENT, Cause.UNANSWERED})


def read_ladder(book: OfficeBook) -> tuple[Rung, ...]:
    """Read the rows that are on, in their order; one level and condition once. An office that has the sheet and no row that is on climbs nothing."""
    return tuple(_rungs(book))


def _rungs(book: OfficeBook) -> Iterator[Rung]:
    seen: dict[tuple[str, str], str] = {}
    for row in book.rows(SHEET, ("级别", "情形"), COLUMNS):
        filled = [row.needs("级别", "、".join(Level)), row.needs("情形", CAUSES)]
        level, condition = row.choice("级别", tuple(Level)), condition_in(row.text("情形"))
        if all(filled) and condition is None:
            row.fault(Code.BAD_SETTING, "情形", seen=row.text("情形"), choices=CAUSES)
        days = row.number("间隔工作日", Decimal(0), kind=WHOLE, low=Decimal(0))
        turned_on, alone = row.choice("启用", (_YES, _NO), _YES), row.choice("值守", (_YES, _NO), _NO)
        if not all(filled) or not level or condition is None or days is None or not turned_on or not alone:
            continue
        key = (level, condition.words)
        if key in seen:
            row.fault(Code.REPEATED, "级别", seen=f"{level}、{condition.words}", other=seen[key])
            continue
        seen[key] = row.place("级别").cell
        if level == LEVELS[0] and condition.cause is Cause.UNANSWERED:
            row.fault(Code.BAD_SETTING, "情形", seen=condition.words, choices=CAUSES.removesuffix("、上一级无反馈"))
        elif turned_on == _YES:
            yield Rung(Level(level), condition, int(days), row.text("对象"), alone == _YES, row.place("级别"))
