"""What stands beside a cell is taken over by one ruling."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from tests.corridor.test_rulings import TOWN, edit, put, run, send
from tests.small import Q1, issue, small_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.unit_history import filed
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.findings import ADOPT

DONE, PROGRESS = "本季进展情况", "累计进度"


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A workspace in which the town has written one answer and one number into comments."""
    space = small_workspace(tmp_path)
    issue(space)
    send(space, "东山镇", TOWN | {("任务进展", "任务3", DONE): "见批注"})
    path = space.inbox / "来件.xlsx"
    book = load_workbook(path)
    sheet = book["任务进展"]
    columns = {cell.value: cell.column for row in sheet.iter_rows(max_row=6) for cell in row if cell.value in {DONE, PROGRESS}}
    at = next(row[0].row for row in sheet.iter_rows() if row[0].value == "任务3")
    sheet.cell(at, columns[DONE]).comment = Comment("改造小区5个，开工2个，月底前全部完成", "某某")
    sheet.cell(at, columns[PROGRESS]).comment = Comment("大概到年底", "某某")
    book.save(path)
    run(space)
    return space


def values(space: Workspace) -> tuple[object, object, list[tuple[str, str]]]:
    """Give the town's answers of the task, and what is said of comments."""
    with open_office(space) as office:
        file = filed(office, Q1)[-1]
    row = next(row for row in file.rows if row.number == "任务3" and row.role.value != "责任")
    return row.value("done"), row.value("progress"), [(finding.code.name, finding.facts["words"][:2]) for finding in file.findings if "words" in finding.facts]


def adopt(space: Workspace, code: str) -> list[str]:
    path = consolidate(space, Q1).path
    edit(path, lambda sheets: put(sheets["问题清单"], "处理", ADOPT, where="代码", says=code))
    return list(run(space).left)


def test_the_words_of_a_comment_become_the_answer(space: Workspace) -> None:
    """“见批注” is no answer by itself; with one ruling the comment is, in the ledger's view and in the next consolidated workbook."""
    assert ("见批注", [("BESIDE", "大概"), ("ONLY_BESIDE", "改造")]) == (values(space)[0], sorted(values(space)[2]))

    assert [] == adopt(space, "C34")
    assert "改造小区5个，开工2个，月底前全部完成" == values(space)[0]
    shown = [cell.value for row in load_workbook(consolidate(space, Q1).path)["任务进展"].iter_rows() for cell in row]
    assert any("改造小区5个" in str(text) for text in shown)


def test_words_that_are_no_answer_there_are_not_taken(space: Workspace) -> None:
    """A comment without a number cannot be a progress: the ruling is not carried out, and that is said."""
    before = values(space)

    assert ["没有执行" in words and "大概到年底" in words for words in adopt(space, "C33")] == [True]
    assert before == values(space)
