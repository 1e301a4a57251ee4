"""Two columns of which either may be the one that was asked for: neither is taken in silence, and none of two different numbers is chosen."""

from dataclasses import replace

import pytest

from tests.intake.draw import FORM, ISSUE, PRE, drawn, field
from toolkit.intake.read_answers import read_rows
from toolkit.model.findings import Finding
from toolkit.model.form import Subject, Table
from toolkit.model.issue import IssuedRow
from toolkit.model.master import Role
from toolkit.model.returns import Grid

TABLE = Table(
    "投资",
    Subject.TASK,
    (
        field("number", "编号", "文本", PRE, taken="编号"),
        field("task", "项目", "文本", PRE, taken="目标任务"),
        field("spent", "完成投资（万元）", "小数", aliases=("完成投资",), unit="万元"),
        field("note", "备注", "文本"),
    ),
)
ROWS = tuple(IssuedRow(f"甲{at}", f"甲{at}", Role.LEAD, {"number": f"甲{at}", "task": f"项目{at}的建设"}) for at in (1, 2))
BODY = "\n| 甲1 | 项目1的建设 | 900 | 3500 | 在建 |\n| 甲2 | 项目2的建设 | 800 | 40 | 在建 |"


def read(grid: Grid) -> tuple[list[object], tuple[Finding, ...]]:
    """Give what was read as spent, and the findings."""
    rows, findings = read_rows(grid, replace(ISSUE, tables={"投资": ROWS}), replace(FORM, tables=(TABLE,)))
    return [row.value("spent") for row in rows], findings


@pytest.mark.parametrize(("one", "other"), [("上年完成投资（万元）", "本年完成投资（万元）"), ("本月完成投资", "累计完成投资")])
def test_of_two_columns_equally_like_the_one_asked_for_none_is_taken(one: str, other: str) -> None:
    """上年 and 本年 beside each other, where neither word was asked for: the unit is asked which of them it means."""
    values, findings = read(drawn(f"== 投资\n| 编号 | 项目 | {one} | {other} | 备注 |{BODY}"))

    assert [None, None] == values
    assert [("C1", "UNSURE"), ("D1", "COLUMN_EXTRA")] == [(finding.place.cell, finding.code.name) for finding in findings]


def test_the_column_asked_for_is_taken_beside_one_like_it() -> None:
    """A column of one's own with a title like the one that was asked for changes nothing where that stands there too."""
    values, findings = read(drawn(f"== 投资\n| 编号 | 项目 | 上年完成投资（万元） | 完成投资（万元） | 备注 |{BODY}"))

    assert ["3500", "40"] == [str(value) for value in values]
    assert [("C1", "COLUMN_EXTRA")] == [(finding.place.cell, finding.code.name) for finding in findings]


def test_a_title_drawn_over_two_columns_is_the_title_of_both() -> None:
    """Whoever merges a title over 本月 and 累计 and fills in both is asked which of them is meant."""
    grid = drawn("== 投资\n| 编号 | 项目 | 完成投资（万元） | | 备注 |\n| | | 本月 | 累计 | |" + BODY)
    sheet = grid.sheets[0]._replace(merges=((0, 2, 0, 3),))

    values, findings = read(grid._replace(sheets=(sheet,)))

    assert [None, None] == values
    assert ["C3", "C4"] == [finding.place.cell for finding in findings if finding.code.name == "CELL_TWICE"]
