"""Columns with a unit of measure of their own: what is typed in another one is converted and asked about, whoever names it."""

from dataclasses import replace

import pytest

from tests.intake.draw import FORM, ISSUE, PRE, drawn, field
from toolkit.intake.read_answers import read_rows
from toolkit.model.form import Subject, Table
from toolkit.model.issue import IssuedRow
from toolkit.model.master import Role

NUMBERS = ("项目1", "项目2")
MONEY = Table(
    "执行情况",
    Subject.TASK,
    (
        field("number", "编号", "文本", PRE, taken="编号"),
        field("task", "项目", "文本", PRE, taken="目标任务"),
        field("spent", "执行数（万元）", "小数", aliases=("执行数",), unit="万元"),
        field("length", "里程（公里）", "小数", aliases=("里程",), unit="公里"),
    ),
)
FORM_OF_MONEY = replace(FORM, tables=(MONEY,))
ISSUED = tuple(IssuedRow(number, number, Role.LEAD, {"number": number, "task": f"{number}的建设"}) for number in NUMBERS)


def money(
    *, spent: str = "执行数（万元）", length: str = "里程（公里）", above: str = "", first: str = "3500", second: str = "12"
) -> tuple[list[str], list[tuple[str, str]]]:
    """Read a return of two projects whose header, line above and first row are drawn; values and findings come as text."""
    grid = drawn(f"""
        == 执行情况
        | 2023年第一季度项目执行情况
        | {above}
        | 编号 | 项目 | {spent} | {length} |
        | 项目1 | 项目1的建设 | {first} | {second} |
        | 项目2 | 项目2的建设 | 0 | |
        |
        | 填报人：张三 | | 审核人：李四
    """)
    rows, findings = read_rows(grid, replace(ISSUE, tables={"执行情况": ISSUED}), FORM_OF_MONEY)
    values = [f"{answer.value}" for row in rows for answer in row.answers.values()]
    return values, [(finding.place.cell, finding.code.name) for finding in findings if finding.code.name != "TEXT_ABOVE"]


def test_a_number_in_the_columns_own_unit_says_nothing() -> None:
    """What is typed in the unit that the column asks for is taken as it stands."""
    assert (["3500", "12", "0"], []) == money()


@pytest.mark.parametrize(
    ("typed", "value", "code"),
    [("1.2亿", "12000", "CONVERTED"), ("3500元", "0.35", "CONVERTED"), ("2000万", "2000", "READ_AS"), ("1,234.5万元", "1234.5", "READ_AS")],
)
def test_an_amount_with_its_unit_is_converted_and_asked_about(typed: str, value: str, code: str) -> None:
    """亿 and 元 in a column counted in 万元 become 万元, at the cell, for the clerk to look at."""
    values, said = money(first=typed)

    assert (value, [("C4", code)]) == (values[0], said)


def test_another_currency_is_refused() -> None:
    """An amount that cannot be converted is no value."""
    assert (["12", "0"], [("C4", "OTHER_UNIT")]) == money(first="300万美元")


@pytest.mark.parametrize(("spent", "above"), [("执行数（元）", ""), ("执行数(单位:元)", ""), ("执行数", "单位：元"), ("执行数", "金额单位：元")])
def test_a_header_that_names_another_unit_converts_its_column(spent: str, above: str) -> None:
    """A table set out in 元 is read in 元, converted, and every cell of it is asked about; nothing wrong comes in in silence."""
    values, said = money(spent=spent, above=above, first="35000000")

    assert ("3500", [("C4", "OTHER_HEADER")]) == (values[0], [each for each in said if each[0] == "C4"])


def test_a_line_above_names_no_unit_for_a_column_that_names_one_itself() -> None:
    """单位：元 above the table is overruled by 万元 in the column's own title."""
    assert "3500" == money(above="单位：元")[0][0]


def test_metres_become_kilometres() -> None:
    """Lengths turn into one another in cell and header."""
    assert ["3500", "1.5", "0"] == money(second="1500米")[0]
    assert ["3500", "1.5", "0"] == money(length="里程（米）", second="1500")[0]
