"""Who has reported and still owes something: tasks that came to it afterwards, and a return of which no cell was taken."""

from datetime import date
from email import message_from_string, policy
from pathlib import Path

import pytest
from docx import Document

from tests.clerk import add_row
from tests.small import Q1, filled_row, issue, small_workspace
from tests.time.clerk import LEAD, run, send
from toolkit.cli.main import _run
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.mail.remind import remind
from toolkit.flows.report.documents import documents
from toolkit.flows.report.reminder_texts import reminder_texts
from toolkit.flows.report.status import status

BUREAU, DAY = "云溪县工信局", date(2023, 3, 27)
WRONG = {
    **{("任务进展", number, "进展状态"): "不好说" for number in ("任务1", "任务2")},
    **{("任务进展", number, "累计进度"): "一半多一点" for number in ("任务1", "任务2")},
}


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """The small office, its first quarter issued."""
    space = small_workspace(tmp_path)
    issue(space)
    return space


def mail(space: Workspace) -> str:
    """Remind the bureau, and give what the draft says; '' for none."""
    with held(DAY):
        remind(space, Q1, only=[BUREAU], resend=(), progress=lambda items, _: items)
    path = space.out(Q1, "邮件") / f"{BUREAU}_催报.eml"
    return path.read_text("utf-8") if path.exists() else ""


def test_tasks_that_came_later_are_asked_for_until_they_are_told(space: Workspace) -> None:
    """The bureau had reported when 任务3 was handed to it: mail, chat, paper, list and status name the task; once it is told, none of them does."""
    send(space, BUREAU, LEAD)
    run(space)
    assert mail(space) == ""
    add_row(space.master, 编号="任务3", 事项="牵头单位", 现=BUREAU, 自期间="2023Q1")
    issue(space)

    with held(DAY):
        texts = reminder_texts(space, Q1).text
        documents(space, Q1, yellow=False, progress=lambda items, _: items)
    paper = space.out(Q1, "文书") / "催报" / f"催报通知_{BUREAU}.docx"
    names = space.out(Q1, "文书") / "催报" / "催报名单.docx"
    stands = status(space, Q1)

    assert "报了还要补报的（1 家）：云溪县工信局（任务3）。" in texts
    assert "云溪县工信局：2023年第一季度目标任务报送表，报表以后任务有调整，任务3还没有报，请用换发的表补报。" in texts
    assert "贵单位报表以后任务有调整，任务3还没有报，请用换发的表补报。" in _decoded(mail(space))
    assert any("你单位报送以后任务有调整，任务3由你单位填报，截至2023年3月27日还没有报。" in line.text for line in Document(str(paper)).paragraphs)
    assert [BUREAU, "3", "0", "已报，任务3没有报"] in [[cell.text for cell in row.cells][1:5] for row in Document(str(names)).tables[0].rows]
    assert stands is not None
    assert (["云溪县工信局（任务3）"], 1) == (stands.owe_later, stands.returned)

    send(space, BUREAU, LEAD | filled_row("任务3"), "新.xlsx", day=22)
    run(space)
    with held(DAY):
        documents(space, Q1, yellow=False, progress=lambda items, _: items)
        assert "补报" not in reminder_texts(space, Q1).text
    assert not paper.exists()
    assert (after := status(space, Q1)) is not None
    assert [] == after.owe_later


def test_a_return_of_which_nothing_was_taken_is_said_so(space: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A return in which every cell has an error was sent, and no more: status and reminders say that nothing of it was taken, until something is."""
    send(space, BUREAU, WRONG)
    run(space)

    with held(DAY):
        texts = reminder_texts(space, Q1).text

    assert "云溪县工信局（9处，内容都没有采用）" in texts
    assert "填的都有错误，没有采用任何内容，有 9 处需要修改" in texts
    assert "贵单位报送的表填的都有错误，没有采用任何内容，有 9 处需要修改" in _decoded(mail(space))
    assert 0 == _run(["--workspace", str(space.root), "status", "2023Q1"])
    assert "报了但填的都有错误、没有采用任何内容：云溪县工信局" in capsys.readouterr().out

    send(space, BUREAU, WRONG | {("任务进展", "任务1", "累计进度"): 30}, "再报.xlsx", day=22)
    run(space)
    assert (after := status(space, Q1)) is not None
    assert [] == after.untaken


def _decoded(text: str) -> str:
    body = message_from_string(text, policy=policy.default).get_body(("plain",))
    return body.get_content().replace("\n", "") if body else ""
