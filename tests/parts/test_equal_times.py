"""Two answers of a form site to one row that bear the same time: neither goes in, the unit and the clerk can both answer it."""

import csv
import io
from pathlib import Path

from openpyxl import load_workbook

from tests.answering.hands import receipt, says, table
from tests.small import Q1, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.findings import Code

TOWN, WORDS = "东山镇", ("已完成招标3项并进场施工。", "已完成招标5项并进场施工。")


def answered_twice(space: Workspace) -> None:
    """Put in an export in which a town answered one row twice in the same minute."""
    out = io.StringIO()
    head = ("序号", "提交答卷时间", "1、单位", "2、编号", "3、进展状态", "4、累计进度", "5、本季进展情况", "6、下一步措施")
    csv.writer(out).writerows([head, *((at, "2023/3/20 9:00:00", TOWN, "任务3", "推进中", 30, words, "下季度完工。") for at, words in enumerate(WORDS, 1))])
    (space.inbox / "导出.csv").write_bytes(out.getvalue().encode("utf-8-sig"))
    collect(space, progress=lambda items, _: items)


def lines(space: Workspace) -> list[tuple[object, object, object]]:
    """Give what 问题清单 has of it: level, cell, what the clerk ruled."""
    found = table(consolidate(space, Q1).path, "问题清单")
    return [(line["级别"], line["单元格"], line["处理"]) for line in found if line["代码"] == Code.CELL_TWICE.text.id]


def test_neither_goes_in_and_it_is_a_row_to_answer(tmp_path: Path) -> None:
    """The row names both cells; what the clerk chooses in 处理 is kept; the cell that the unit writes in its receipt goes in and ends it."""
    space = small_workspace(tmp_path)
    issue(space)
    answered_twice(space)

    assert (None, "推进中") == (says(space, "任务3", "done"), says(space, "任务3", "status"))
    assert [("错误", "G2", None)] == lines(space)
    path = consolidate(space, Q1).path
    book = load_workbook(path)
    titles = [cell.value for cell in book["问题清单"][1]]
    (row,) = (row for row in book["问题清单"].iter_rows(min_row=2) if row[titles.index("代码")].value == Code.CELL_TWICE.text.id)
    assert "G3" in str(row[titles.index("问题")].value)
    row[titles.index("处理")].value = "退回"
    book.save(path)
    assert [("错误", "G2", "退回")] == lines(space)

    type_into(receipt(space), space.inbox / "退改.xlsx", {("任务进展", "任务3", "本季进展情况"): WORDS[1]})
    collect(space, progress=lambda items, _: items)

    assert WORDS[1] == says(space, "任务3", "done")
    assert [] == lines(space)
