"""Cells that a form works out by itself, and a unit typed into: asked about where they say something else than the row comes to."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.intake.draw import FORM, ISSUE, PRE, drawn, field
from toolkit.intake.read_answers import read_rows
from toolkit.model.displayed import DisplayedCell
from toolkit.model.form import Source, Subject, Table
from toolkit.model.issue import IssuedRow
from toolkit.model.master import Role
from toolkit.model.returns import CellFault, Grid, GridSheet

Asked = tuple[str, str, str]
RATE = 'IF(OR([完成值]="",[目标]=0),"",ROUND([完成值]/[目标]*100,1))'
TABLE = Table(
    "指标",
    Subject.TASK,
    (
        field("number", "编号", "文本", PRE, taken="编号"),
        field("task", "指标名称", "文本", PRE, taken="目标任务"),
        field("target", "目标", "小数", PRE, taken="目标值"),
        field("reached", "完成值", "小数", aliases=("累计完成",)),
        field("rate", "完成率", "百分比", Source.FORMULA, taken=RATE),
        field("left", "尚差", "小数", Source.FORMULA, taken="[目标]-[累计完成]"),
        field("remark", "备注", "文本"),
    ),
)
ISSUED = tuple(IssuedRow(number, number, Role.LEAD, {"number": number, "task": f"{number}的指标", "target": "80"}) for number in ("任务1", "任务2"))


def said(reached: str, rate: str, left: str = "", *, titles: str = "完成值 | 完成率 | 尚差 | 备注") -> list[Asked]:
    """Draw a return in which the first of two rows says so much; gives what is asked about it."""
    return _asked(
        drawn(f"""
        == 指标
        | 2023年第一季度指标
        | 编号 | 指标名称 | 目标 | {titles} |
        | 任务1 | 任务1的指标 | 80 | {reached} | {rate} | {left} | |
        | 任务2 | 任务2的指标 | 80 | | | | |
    """)
    )


def _told(*cells: object, target: object = 80.0) -> Grid:
    """Give a return whose first row holds cells of any type from 完成值 on."""
    titles = ("编号", "指标名称", "目标", "完成值", "完成率", "尚差", "备注")
    rows = (("2023年第一季度指标",), titles, ("任务1", "任务1的指标", target, *cells), ("任务2", "任务2的指标", target))
    return Grid("甲局.xlsx", (GridSheet("指标", rows),))


def _asked(grid: Grid) -> list[Asked]:
    """Read it; gives what is asked about typed results: cell, what it comes to, where to write instead."""
    _, findings = read_rows(grid, replace(ISSUE, tables={"指标": ISSUED}), replace(FORM, tables=(TABLE,)))
    return [(one.place.cell, one.facts["value"], one.facts["inputs"]) for one in findings if one.code.name == "RESULT_TYPED"]


@pytest.mark.parametrize("rate", ["50", "50.0", "%0.5", "50%", "", "—"])
def test_what_the_form_works_out_is_not_asked_about(rate: str) -> None:
    """As a number, as a percentage, as a text, not recalculated, crossed out."""
    assert said("40", rate, "40") == []


@pytest.mark.parametrize(
    ("reached", "rate", "value"),
    [
        ("40", "85", "算出来是“50”"),
        ("40", "%0.85", "算出来是“50”"),
        ("40", "85%", "算出来是“50”"),
        ("40", "过半", "算出来是“50”"),
        ("", "85", "算不出结果"),
        ("四十多", "85", "算不出结果"),
    ],
)
def test_a_typed_result_is_asked_about_at_its_cell(reached: str, rate: str, value: str) -> None:
    """It is not taken, and the unit hears where its number belongs; also where the row's own number is missing or cannot be read."""
    assert said(reached, rate) == [("E3", value, "完成值")]


def test_a_result_is_what_the_row_comes_to_wherever_its_columns_stand() -> None:
    """A column that was moved, rounding to whole numbers, a second formula that names its column by an alias."""
    assert said("41.6", "33.3", titles="完成率 | 完成值 | 尚差 | 备注") == []
    assert said("43", "33.3", titles="完成率 | 完成值 | 尚差 | 备注") == [("D3", "算出来是“41.6”", "完成值")]
    assert said("33.3", "42") == []
    assert said("33.3", "43") == [("E3", "算出来是“41.6”", "完成值")]
    assert said("33.3", "41.6", "46.7") == []
    assert said("33.3", "41.6", "50") == [("F3", "算出来是“46.7”", "完成值")]


def test_a_formula_that_failed_is_no_typed_result() -> None:
    """Its error is the spreadsheet's word, not the unit's, in a workbook and in a file of mere text."""
    assert said("四十", "#VALUE!") == []
    assert [] == _asked(_told("四十", CellFault("#VALUE!")))
    assert [] == _asked(_told(CellFault("#REF!"), 85.0))


def test_a_number_that_is_shown_with_words_is_worked_with_as_it_is_stored() -> None:
    """40 shown as 40万平方米 by its cell's format is 40 to a formula, and 50 shown as 约50 is 50; what no spreadsheet can hold is no result."""
    shown = DisplayedCell(40.0, "40万平方米", Decimal(40), unit="万平方米")
    assert [] == _asked(_told(shown, 50.0, 40.0))
    assert [] == _asked(_told(40.0, DisplayedCell(50.0, "约50", Decimal(50), lead="约"), 40.0))
    assert [("E3", "算出来是“50”", "完成值")] == _asked(_told(shown, 85.0))
    assert [("E3", "算出来是“50”", "完成值")] == _asked(_told(40.0, float("inf")))


def test_a_file_of_mere_text_is_worked_out_too() -> None:
    """Of a .csv every cell is a text."""
    assert [] == _asked(_told("40", "50", "40", target="80"))
    assert [("E3", "算出来是“50”", "完成值")] == _asked(_told("40", "85", "40", target="80"))
