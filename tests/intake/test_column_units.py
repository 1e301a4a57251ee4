"""Columns with a unit of measure of their own: what is typed in another one is converted and asked about, whoever names it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.intake.draw import FORM, ISSUE, PRE, drawn, field
from toolkit.intake.read_answers import read_rows
from toolkit.model.form import Subject, Table
from toolkit.model.issue import IssuedRow
from toolkit.model.master import Role
from toolkit.model.units_of_measure import converted_nearly

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


@pytest.mark.parametrize(
    "spent",
    [
        *("执行数，单位：元", "执行数/元", "执行数 元", "执行数-元", "执行数【元】", "执行数（元）（含税）", "执行数（人民币元）"),
        *("执行数 单位:元", "执行数（￥）", "执行数（RMB）"),
    ],
)
def test_a_unit_named_in_a_title_in_any_way_converts_the_column(spent: str) -> None:
    """A title names its unit in brackets of any sort, after 单位：, after a dash, a stroke or a blank: none of these is overlooked."""
    values, said = money(spent=spent, first="35000000")

    assert "3500" == values[0]
    assert ("C4", "OTHER_HEADER") in said


@pytest.mark.parametrize(("spent", "first"), [("执行数（单位：亿）", "0.35"), ("执行数（亿）", "0.35"), ("执行数（千）", "35000")])
def test_a_power_of_ten_alone_is_one_of_the_columns_unit(spent: str, first: str) -> None:
    """（亿） over a column of money means 亿元."""
    assert "3500" == money(spent=spent, first=first)[0][0]


@pytest.mark.parametrize("length", ["里程（延米）", "里程(m)", "里程 单位：米"])
def test_other_names_of_metres_are_metres(length: str) -> None:
    """延米 are metres."""
    assert "1.5" == money(length=length, second="1500")[0][1]


@pytest.mark.parametrize(("spent", "seen"), [("执行数（万美元）", "3500万美元"), ("执行数（户）", "3500户")])
def test_a_title_in_a_unit_that_does_not_turn_into_the_columns_is_refused(spent: str, seen: str) -> None:
    """What stands below such a title is no value, and the sentence says in which unit it stands there."""
    rows, findings = read_rows(
        drawn(f"== 执行情况\n| 编号 | 项目 | {spent} | 里程（公里） |\n| 项目1 | 项目1的建设 | 3500 | 12 |\n| 项目2 | 项目2的建设 | | 1 |"),
        replace(ISSUE, tables={"执行情况": ISSUED}),
        FORM_OF_MONEY,
    )

    assert [None, None] == [row.value("spent") for row in rows]
    assert [seen] == [finding.facts["seen"] for finding in findings if finding.code.name == "OTHER_UNIT"]


@pytest.mark.parametrize("title", ["执行数（万元）", "执行数（万）", "执行数（一）", "执行数（含税）", "执行数（元/人）", "执行数 T"])
def test_a_title_that_names_no_other_unit_converts_nothing(title: str) -> None:
    """The column's own unit, a number in brackets and words are no other unit of measure."""
    assert "3500" == money(spent=title)[0][0]


@pytest.mark.parametrize("above", ["单位：元", "（单位：元）", "注：金额以元为单位。", "单位（元）", "计量单位：人民币元", "单位：元、公里"])
def test_a_line_above_that_contradicts_the_title_is_asked_about(above: str) -> None:
    """A person who writes 单位：元 above a column of 万元 may have typed 元 below it: the number is taken as the title says, and asked about."""
    values, said = money(above=above)

    assert ("3500", ("C3", "CAPTION_DISAGREES")) == (values[0], said[0])


@pytest.mark.parametrize(("title", "value", "said"), [("场次（万场）", "12000", ["OTHER_HEADER"]), ("场次（场）", "1.2", []), ("场次", "1.2", [])])
def test_a_power_of_ten_over_a_column_without_a_unit_is_taken_into_account(title: str, value: str, said: list[str]) -> None:
    """Whoever writes 万场 over a column that counts, without a unit of its own, counts in ten thousands."""
    form = replace(FORM, tables=(replace(MONEY, fields=(*MONEY.fields[:2], field("held", "场次", "小数"), MONEY.fields[3])),))
    grid = drawn(f"== 执行情况\n| 编号 | 项目 | {title} | 里程（公里） |\n| 项目1 | 项目1的建设 | 1.2 | 12 |\n| 项目2 | 项目2的建设 | | 1 |")

    rows, findings = read_rows(grid, replace(ISSUE, tables={"执行情况": ISSUED}), form)

    assert value == str(rows[0].value("held"))
    assert said == [finding.code.name for finding in findings if finding.place.cell == "C2"]


def test_the_offices_own_title_contradicts_nothing() -> None:
    """A unit that the office's own title names, over columns with units of their own, is not asked about."""
    form = replace(FORM_OF_MONEY, title="{期间}执行情况（单位：元）")
    head = "== 执行情况\n| 执行情况（单位：元）\n| 编号 | 项目 | 执行数（万元） | 里程（公里） |\n"
    grid = drawn(f"{head}| 项目1 | 项目1的建设 | 3500 | 12 |\n| 项目2 | 项目2的建设 | 1 | |")

    assert [] == [finding.code.name for finding in read_rows(grid, replace(ISSUE, tables={"执行情况": ISSUED}), form)[1]]


def test_a_number_that_a_program_worked_out_is_turned_back() -> None:
    """10 亩 that a formula put into 公顷 has all the digits that a program writes: they are the round number that they must have been; others stay refused."""
    assert "10" == str(converted_nearly(Decimal("0.666666666666667"), (0, "公顷"), (0, "亩")))
    assert None is converted_nearly(Decimal(20000), (0, "亩"), (0, "公顷"))
