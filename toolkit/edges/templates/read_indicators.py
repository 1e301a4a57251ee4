"""Reads the sheet 量化指标 of the master list: each target in its unit of measure, with the bounds that reported values are held against."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.edges.templates.master_sheets import BOUNDS, INDICATORS
from toolkit.edges.templates.office_sheet import OfficeBook, OfficeRow
from toolkit.model.choices import choose
from toolkit.model.column_kinds import show_number
from toolkit.model.findings import Code
from toolkit.model.master import Indicator
from toolkit.model.standing import COMPARATORS, CUMULATIVE, GROWTH

_COMPARED = {
    **dict.fromkeys(("≧", ">=", "⩾", "不低于", "不少于", "不小于", "至少", "达到", "达", "以上", "大于", "高于", "超过", "大于等于"), "≥"),
    **dict.fromkeys(("≦", "⩽", "不高于", "不多于", "不大于", "至多", "不得超过", "小于", "低于", "少于", "小于等于"), "≤"),
}
_MEASURES = (CUMULATIVE, "比率", "存量", GROWTH, "项目")
_MEASURED = dict.fromkeys(("增长", "增长率", "增幅", "增速率"), GROWTH) | dict.fromkeys(("占比", "比例", "率"), "比率") | {"累计数": CUMULATIVE, "总量": "存量"}


def read_indicators(book: OfficeBook) -> Iterator[Indicator]:
    """Give each indicator; one whose target cannot be read is left out, and its cell is a fault."""
    seen: dict[tuple[str, str], str] = {}
    for row in book.rows("量化指标", INDICATORS, BOUNDS):
        number, name = row.label("编号"), row.text("指标")
        unit, filled = row.text("单位"), [row.needs(title, hint) for title, hint in (("编号", "编号，如 任务7"), ("指标", "指标名称"), ("目标值", "目标值"))]
        target = row.number("目标值", unit=unit)
        low, high = _bounds(row, unit)
        if (number, name) in seen and number and name:
            row.fault(Code.REPEATED, "指标", seen=name, other=seen[number, name])
        elif number and name and all(filled) and target is not None:
            measure = _measure(row)
            if target < 0 and measure != GROWTH and unit not in ("%", "‰"):
                row.fault(Code.NEGATIVE, "目标值", seen=show_number(target))
            comparator = row.choice("比较", COMPARATORS, "=", _COMPARED)
            yield Indicator(number, name, comparator or "=", target, unit, measure, row.text("原文"), low, high)
        seen.setdefault((number, name), row.place("指标").cell)


def _bounds(row: OfficeRow, unit: str) -> tuple[Decimal | None, Decimal | None]:
    """Read the lowest and the highest value that a unit may plausibly report, None where nothing is set."""
    low, high = (row.number(title, unit=unit) for title in BOUNDS)
    if low is not None and high is not None and low > high:
        row.fault(Code.CONTRADICTS, "下限", seen=show_number(low), other="上限", value=show_number(high))
    return low, high


def _measure(row: OfficeRow) -> str:
    """Read how an indicator adds up; a word that says nothing of it stays, and that it has no effect is said."""
    text = row.text("口径")
    found = choose(text, _MEASURES, _MEASURED) if text else None
    if text and found is None:
        row.fault(Code.NO_EFFECT, "口径", seen=text, choices="、".join(_MEASURES))
        return text
    if found is not None and found.choice != text:
        row.fault(Code.OFFICE_UNDERSTOOD, "口径", seen=text, value=found.choice)
    return found.choice if found else ""
