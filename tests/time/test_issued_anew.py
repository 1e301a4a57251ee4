"""`generate` issues anew only what changed, keeps what the unit had said, takes back what holds no more, and says whom to send what, and why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import MASTER, Q1, header_row, issue, small_workspace
from tests.time.clerk import LEAD, TOWN, rows, run, send
from toolkit.edges.files import write_file
from toolkit.edges.ledger.ledger_tables import issues
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import Collected
from toolkit.flows.issue.generate import Generated, generate
from toolkit.flows.mail.correspondence import Correspondence
from toolkit.flows.mail.send import send as send_mails
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import consolidate
from toolkit.model import seal
from toolkit.model.letter import Kind
from toolkit.model.master import WITHDRAWN, Master


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace whose first quarter is issued and not due yet: a change of the list counts in it."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-10")
    space = small_workspace(tmp_path)
    issue(space)
    return space


def again(space: Workspace, change: Callable[[Master], Master] = lambda master: master) -> Generated:
    """Change the master list and generate again."""
    write_file(space.master, master_bytes(change(MASTER)))
    return generate(space, Q1, only=(), progress=lambda items, _: items)


def told(done: Generated) -> list[tuple[str, str, str]]:
    return [(dispatch.unit, dispatch.deed.value, dispatch.why) for dispatch in done.dispatches]


def files(space: Workspace) -> dict[str, bytes]:
    folder = space.out(Q1, "发放")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.xlsx")}


def with_text(master: Master) -> Master:
    return replace(master, tasks=(*master.tasks[:3], replace(master.tasks[3], text="完成老旧小区改造12个。")))


def test_a_moved_deadline_changes_nobodys_form(space: Workspace) -> None:
    """A new 截止 is no content: every form stays as it lies, and nobody is to be sent anything."""
    before = files(space)

    def change(master: Master) -> Master:
        calendar = tuple(replace(line, due=date(2023, 4, 8)) if line.period == "2023Q1" else line for line in master.calendar)
        return replace(master, calendar=calendar)

    done = again(space, change)

    assert ([], before) == (told(done), files(space))


def test_only_the_changed_form_is_issued_anew_with_what_the_unit_had_said(space: Workspace) -> None:
    """A changed text reaches its one unit, whose answers stand in the new form; the list says why; sent back as it is, nothing is lost."""
    send(space, "东山镇", TOWN, "甲.xlsx")
    run(space)
    before = files(space)

    done = again(space, with_text)
    after = files(space)

    assert [("东山镇", "换发", "任务3：目标任务有变")] == told(done)
    name = "东山镇_2023年第一季度进展.xlsx"
    assert {name} == {one for one in after if after[one] != before.get(one)}
    sheet = load_workbook(space.out(Q1, "发放") / name)["任务进展"]
    titles = {cell.value: cell.column - 1 for cell in sheet[header_row(sheet)]}
    line = next(row for row in sheet.iter_rows(min_row=header_row(sheet) + 1, values_only=True) if row[0] == "任务3")
    assert ("完成老旧小区改造12个。", 30, "推进中") == tuple(line[titles[title]] for title in ("目标任务", "累计进度", "进展状态"))
    assert [("东山镇", "换发", name)] == [(row["单位"], row["处理"], row["文件"]) for row in rows(done.listed, "发放清单") if row["处理"] == "换发"]
    assert [] == told(again(space, with_text))


def test_a_receipt_in_between_is_no_reason_to_issue_anew(space: Workspace) -> None:
    """A unit that was sent its form back to mend keeps it when everything is generated again."""
    send(space, "东山镇", TOWN | {("任务进展", "任务3", "本季进展情况"): "好"}, "甲.xlsx")
    assert ("东山镇",) == returned(run(space))
    before = files(space)

    done = again(space)

    assert ([], before) == (told(done), files(space))


def returned(done: Collected) -> tuple[str, ...]:
    return done.receipts.to_mend


def test_a_unit_that_has_no_tasks_any_more_is_told_so(space: Workspace) -> None:
    """Its form is put aside into 作废 and stands in the list as taken back; the round does not wait for it, until it is given tasks again."""
    without = replace(MASTER, tasks=(*MASTER.tasks[:2], replace(MASTER.tasks[2], supports=()), replace(MASTER.tasks[3], state=WITHDRAWN)))

    done = again(space, lambda _: without)
    gone = sorted(files(space))
    units = [unit.unit for unit in consolidate(space, Q1).round.units]
    back = again(space, with_text)

    assert [("东山镇", "收回", "本期不再有任务，以前发的表作废，不用报送")] == [one for one in told(done) if one[1] == "收回"]
    assert "作废/东山镇_2023年第一季度进展.xlsx" in gone
    assert "东山镇_2023年第一季度进展.xlsx" not in gone
    assert ["云溪县发改局", "云溪县工信局"] == units
    assert "东山镇" in back.issued
    assert "东山镇" in [unit.unit for unit in consolidate(space, Q1).round.units]


def test_a_lost_file_is_made_again_the_same(space: Workspace) -> None:
    """A form that is gone from 发放 is written again as it was issued, byte for byte, without a new number."""
    before = files(space)
    (space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx").unlink()

    done = again(space)

    assert ([], before) == (told(done), files(space))


def test_issues_of_an_older_program_are_not_issued_anew(space: Workspace) -> None:
    """A ledger whose issues were kept by the digest of the whole issue is read as it is: what did not change stays."""
    with open_office(space, alone=True) as office:
        for receipt, text in office.ledger.seals().items():
            old = seal.content_digest(seal.open_seal(text, office.key))
            with office.ledger.writing() as connection:
                connection.execute(issues.update().where(issues.c.receipt == receipt).values(digest=old))
    before = files(space)

    same, changed = again(space), again(space, with_text)

    assert ([], [("东山镇", "换发", "任务3：目标任务有变")]) == (told(same), told(changed))
    assert 1 == sum(before[name] != content for name, content in files(space).items())


def test_the_new_form_that_comes_back_is_read(space: Workspace) -> None:
    """A form that was issued anew with the unit's own words is read like any, and what was not touched is no older word."""
    send(space, "云溪县工信局", LEAD, "乙.xlsx")
    run(space)
    tasks = (*MASTER.tasks[:2], replace(MASTER.tasks[2], text="盘活低效企业30家。"), MASTER.tasks[3])
    again(space, lambda master: replace(master, tasks=tasks))
    send(space, "云溪县工信局", {("任务进展", "任务1", "累计进度"): 45}, "乙2.xlsx", day=25)
    run(space)

    done = consolidate(space, Q1)

    assert {"任务1": 45, "任务2": 100} == {task.task.number: task.progress for task in done.round.tasks if task.task.number in {"任务1", "任务2"}}


def test_the_mail_with_a_new_form_says_why(space: Workspace) -> None:
    """`send` writes to those whose form changed, with the reason; to one whose form was taken back that it need not report; nobody else is written to again."""
    first = send_letters(space)
    again(space, with_text)
    anew = send_letters(space)
    again(space, lambda _: replace(MASTER, tasks=(*MASTER.tasks[:2], replace(MASTER.tasks[2], supports=()), replace(MASTER.tasks[3], state=WITHDRAWN))))
    gone = send_letters(space)

    assert ["东山镇", "云溪县发改局", "云溪县工信局"] == sorted(first)
    assert ["东山镇"] == list(anew)
    assert "有变化（任务3：目标任务有变）" in anew["东山镇"]
    assert "作废，不用再报：本期不再有任务" in gone["东山镇"]


def send_letters(space: Workspace) -> dict[str, str]:
    """Send the forms of the quarter as drafts; gives the text of those that are new, by unit."""
    with open_office(space) as office:
        writing = Correspondence(office, Q1)
        posted = writing.book.posted(str(Q1))
        new = {letter.unit: letter.text for letter in writing.issued(office.units()).letters if letter.key not in posted}
    send_mails(space, Q1, Kind.ISSUE, only=(), resend=(), progress=lambda items, _: items)
    return new
