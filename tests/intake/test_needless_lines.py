"""Free rows that are no entries: totals, headings, examples, copies; none of them is counted a second time in silence."""

from dataclasses import replace

import pytest

from tests.intake.draw import FORM, ISSUE, drawn, field
from toolkit.intake.read_answers import read_rows
from toolkit.model.form import Subject, Table, Total
from toolkit.model.issue import IssuedRow
from toolkit.model.master import Role

COST, COUNT = replace(field("cost", "经费", "小数", unit="万元"), total=Total.SUM), field("count", "处数", "整数")
HAZARDS = Table("隐患", Subject.BLANK, (field("place", "隐患点", "文本"), field("what", "描述", "文本"), COST, COUNT))
OWN = replace(FORM, tables=(HAZARDS,))
BLANKS = replace(ISSUE, tables={"隐患": tuple(IssuedRow(str(at), str(at), Role.LEAD, {}) for at in range(1, 9))})
HEAD = "== 隐患\n| 隐患点 | 描述 | 经费 | 处数 |\n| 东堤 | 裂缝 | 3.5 | 2 |\n| 西堤 | 渗漏 | 4 | 1 |\n"
ENTRIES = ["东堤 裂缝 3.5 2", "西堤 渗漏 4 1"]


def taken(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Give the entries of a drawn sheet, and what is said of it, cell by cell."""
    rows, findings = read_rows(drawn(text), BLANKS, OWN)
    entries = [" ".join(str(row.value(code) or "·") for code in ("place", "what", "cost", "count")) for row in rows if row.answers]
    return entries, [(finding.place.cell, finding.code.name) for finding in findings]


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ("| 合计 | | 7.5 | 3 |", "A4"),
        ("| 合　计： | | 7.5 | 3 |", "A4"),
        ("| | 小计 | 7.5 | 3 |", "B4"),
        ("| 本月合计 | | 7.5 | |", "A4"),
        ("| 共计2处 | | 7.5 | 3 |", "A4"),
        ("| 合计 | 含追加 | 9 | 3 |", "A4"),
        ("| TOTAL | | 7.5 | 3 |", "A4"),
        ("| | | 7.5 | 3 |", "C4"),
        ("| 全镇 | | 7.5 | 3 |", "A4"),
        ("| 二、西片 | | | |", "A4"),
        ("| 例：某某堤 | 示例 | 99 | 9 |", "A4"),
    ],
)
def test_a_line_that_is_no_entry_is_left_out_and_said(line: str, cell: str) -> None:
    """A total, a heading or an example among free rows is no entry, whatever it is called; the unit is asked."""
    assert (ENTRIES, [(cell, "NO_ENTRY")]) == taken(HEAD + line)


@pytest.mark.parametrize(
    "line", ["| 南堤 | 塌方 | 7.5 | 3 |", "| 合计泵站 | 塌方 | 9 | 3 |", "| 南堤 | | 9 | 3 |", "| 南堤 | 共3处 | 9 | 4 |", "| | | 9 | 4 |"]
)
def test_an_entry_like_a_total_is_taken(line: str) -> None:
    """An entry whose numbers happen to be a sum, or whose name has a total's word in it, is an entry."""
    entries, said = taken(HEAD + line)

    assert (3, []) == (len(entries), said)


def test_a_copied_sheet_is_not_counted_twice() -> None:
    """What a copy of the sheet says once more is left out and said; what only it says is taken, and asked about."""
    copy = HEAD.replace("== 隐患", "== 隐患 (2)")

    entries, said = taken(HEAD + copy + "| 南堤 | 塌方 | 9 | 1 |")

    assert [*ENTRIES, "南堤 塌方 9 1"] == entries
    assert [("A2", "ENTRY_COPIED"), ("A4", "ROWS_OF_SHEETS")] == said[-2:]
    assert (ENTRIES, [("A1", "TABLE_SPLIT"), ("A2", "ENTRY_COPIED")]) == taken(HEAD + copy)


def test_an_entry_that_stands_there_twice_is_asked_about() -> None:
    """Two lines of one sheet that say the same may be two entries: both are taken, and asked about."""
    entries, said = taken(HEAD + "| 东堤 | 裂缝 | 3.5 | 2 |")

    assert [*ENTRIES, ENTRIES[0]] == entries
    assert [("A4", "ENTRY_TWICE")] == said


def test_a_number_over_two_rows_is_added_up_once() -> None:
    """An amount in a cell over two rows may be that of both together: it counts once, and is asked about."""
    grid = drawn(HEAD.replace("| 渗漏 | 4 | 1 |", "| 渗漏 | | 1 |"))
    sheet = grid.sheets[0]._replace(merges=((1, 2, 2, 2),))

    rows, findings = read_rows(grid._replace(sheets=(sheet,)), BLANKS, OWN)

    assert ["3.5", "None"] == [str(row.value("cost")) for row in rows if row.answers]
    assert [("C2", "MERGED_SUM")] == [(finding.place.cell, finding.code.name) for finding in findings]
