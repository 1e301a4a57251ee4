"""What a closed (销号) task means to milestones, to the ladder and to the new year's list: it is neither late nor left over."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.command import run
from tests.life.hands import INDUSTRY, INDUSTRY_ROWS, Q1, Q2, TOWN, TOWN_ROWS, begun, form_of, issued_again, rows, ruled, send, taken_in
from tests.life.test_closing_tasks import CLOSED
from tests.life.test_ladder import taken, turned_on, written
from tests.small import MASTER, filled_row
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.issue.import_notice import import_notice
from toolkit.flows.office.nodes_by_now import milestones_by_now
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.flows.page.node_calendar import node_calendar
from toolkit.flows.report.climb_ladder import Ladder
from toolkit.flows.report.status import status
from toolkit.merging.office_waits import OfficeWait
from toolkit.model.ladder import Cause, Condition
from toolkit.model.master import Node

NODES = (Node("任务1", "主体封顶", date(2023, 3, 1)), Node("任务1", "竣工", date(2023, 11, 1)), Node("任务3", "居民回迁", date(2023, 3, 10)))
UNFINISHED = filled_row("任务2", lead=False) | filled_row("任务3", progress=95)


def text_of(paper: Path) -> str:
    """Give all text of a paper, tables and all."""
    return "".join(piece.text or "" for piece in Document(str(paper)).element.iter() if str(piece.tag).endswith("}t"))


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """The small office after its first deadline: a milestone of 任务1 and one of 任务3 have passed; 东山镇 asks to close 任务3."""
    space = begun(tmp_path, replace(MASTER, nodes=NODES))
    send(space, TOWN, TOWN_ROWS, asks="任务3 改造完成并验收")
    send(space, INDUSTRY, INDUSTRY_ROWS)
    taken_in(space, date(2023, 3, 29))
    return space


def test_an_overdue_milestone_is_written_to_once_its_task_is_not_closed(space: Workspace) -> None:
    """With 节点逾期 turned on a task whose light is green gets its letter, which names the milestone; a closed task gets none."""
    turned_on(space, ("督办通知", "节点逾期"))
    ruled(space, date(2023, 4, 2), "销号台账", "任务3", CLOSED)
    papers = written(space, date(2023, 4, 3))
    letter = next(path for path in papers.folder.rglob("督办通知单*.docx"))

    assert [("任务1", "督办通知", "2023-04-03")] == [step[1:] for step in taken(space) if step[1]]
    assert "有1个里程碑节点已过基准日期，没有报告完成：任务1“主体封顶”（2023-03-01，已逾期30天）。" in text_of(letter)


def test_on_the_day_itself_a_milestone_is_no_reason_yet(space: Workspace) -> None:
    """The ladder judges milestones as reminders do: by today, at the latest by the round's last day; on its day one is not overdue."""
    def late(day: date) -> set[str]:
        with held(day), open_office(space) as office:
            ladder = Ladder(office, period_standing(office, Q1))
            return {concern.task for concern in ladder.concerns if Condition(Cause.NODE) in concern.conditions}

    assert [set(), {"任务1"}, {"任务1", "任务3"}, {"任务1", "任务3"}] == [late(date(2023, *day)) for day in ((3, 1), (3, 2), (3, 11), (12, 31))]


def test_open_milestones_of_a_closed_task_are_neither_asked_nor_overdue(space: Workspace) -> None:
    """Of a closed task 里程碑 keeps the milestone as 已销号, without days overdue; the next form, the reminders and today's list leave it out."""
    states = taken_in(space, date(2023, 4, 1)).round
    ruled(space, date(2023, 4, 2), "销号台账", "任务3", CLOSED)
    issued_again(space, date(2023, 4, 5), Q2)
    send(space, TOWN, filled_row("任务2", lead=False), Q2)
    later = taken_in(space, date(2023, 6, 29), Q2)
    with held(date(2023, 6, 29)), open_office(space) as office:
        overdue = {milestone.node.name for milestone in milestones_by_now(office, Q2) if milestone.overdue(date(2023, 6, 29))}

    stands = [{node.node.name: node.state(done.day).value for node in done.milestones} for done in (states, later.round)]
    assert ["已逾期", "已销号"] == [by_name["居民回迁"] for by_name in stands]
    assert [("任务3", "")] == [row for row in rows(later.path, "里程碑", "编号", "逾期天数") if row[0] == "任务3"]
    assert "节点进展" not in load_workbook(form_of(space, TOWN, Q2)).sheetnames
    assert {"主体封顶"} == overdue
    assert 2 == len(rows(later.path, "节点到期", "编号"))  # a row for each of 任务1


def test_an_opened_task_owes_its_milestones_again(space: Workspace) -> None:
    """重开 brings a closed task's milestones back as they were."""
    ruled(space, date(2023, 4, 2), "销号台账", "任务3", CLOSED)
    done = ruled(space, date(2023, 4, 3), "销号台账", "任务3", {"核验": "重开", "核验说明": "回访发现渗水"})

    assert [("居民回迁", 21)] == [(node.node.name, node.overdue(done.round.day)) for node in done.round.milestones if node.node.number == "任务3"]


def test_a_closed_task_is_not_offered_to_the_new_year(tmp_path: Path) -> None:
    """上年结转 leaves out what was closed, though its unit never called it 已完成; what is under way is offered."""
    space = begun(tmp_path)
    send(space, TOWN, UNFINISHED, asks="任务3 主体完成，余下工程移交")
    send(space, INDUSTRY, INDUSTRY_ROWS)
    taken_in(space, date(2023, 3, 29))
    ruled(space, date(2023, 4, 4), "销号台账", "任务3", CLOSED)
    table = tmp_path / "2024.xlsx"
    table.write_bytes(space.master.read_bytes())
    with held(date(2024, 1, 5)):
        import_notice(space, table, 2024)

    assert ["旧编号", "任务1", "任务2"] == [row[0] for row in load_workbook(space.master)["上年结转"].iter_rows(values_only=True)]


def test_status_and_page_count_what_waits_for_the_office(space: Workspace) -> None:
    """A request to close that waits is counted with the sheet in which it is answered and the workbook to open, and is gone once it is answered."""
    with held(date(2023, 4, 1)):
        page, now = node_calendar(space, Q1), status(space, Q1)
    _, screen, _ = run(space.root, "status", "2023Q1")
    ruled(space, date(2023, 4, 2), "销号台账", "任务3", {"核验": "通过"})
    with held(date(2023, 4, 2)):
        later = node_calendar(space, Q1)
    ruled(space, date(2023, 4, 3), "销号台账", "任务3", CLOSED)
    with held(date(2023, 4, 3)):
        closed = node_calendar(space, Q1)

    assert [OfficeWait("申请办结待核验", 1, "销号台账")] == list(page.waits)
    assert [{"what": "申请办结待核验", "count": 1, "sheet": "销号台账", "book": ""}] == (now.waits if now else None)
    assert "申请办结待核验：1 项（汇总表“销号台账”）" in screen
    assert "2023年第一季度目标任务进展汇总.xlsx" == page.book
    assert [["核验通过待填销号文号"], []] == [[wait.what for wait in found.waits] for found in (later, closed)]
