"""What stands wrong in the office's own sheets stops issuing, consolidating and papers, and says so with its cell."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import MASTER, Q1, issue, small_workspace
from toolkit.edges.heartbeat import Heartbeat
from toolkit.edges.workspace import Workspace, real_notice
from toolkit.flows.issue.generate import generate
from toolkit.flows.issue.import_notice import import_notice
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.documents import documents
from toolkit.flows.report.status import status
from toolkit.flows.upkeep.doctor import doctor
from toolkit.flows.upkeep.examined import Health
from toolkit.flows.upkeep.watch import Watcher
from toolkit.model.command_error import CommandError
from toolkit.model.master import COLLECTIVE, Doubt, Unit
from toolkit.model.period import Period

Deed = Callable[[Workspace], object]


def edit(space: Workspace, file: str, sheet: str, cell: str, value: object) -> None:
    """Type something into one of the office's workbooks."""
    path = space.templates / file
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def again(space: Workspace) -> object:
    return generate(space, Q1, only=(), progress=lambda units, _: units)


def book_of(space: Workspace) -> object:
    return consolidate(space, Q1)


def papers_of(space: Workspace) -> object:
    return documents(space, Q1, yellow=False, progress=lambda drafts, _: drafts)


FAULTS = (
    ("任务总表.xlsx", "量化指标", "D2", "若干"),
    ("任务总表.xlsx", "日程", "D4", "下月中"),
    ("任务总表.xlsx", "日程", "C2", "#REF!"),
    ("任务总表.xlsx", "任务", "I3", "重要"),
    ("任务总表.xlsx", "任务", "F5", "没有的局"),
    ("季度进展.xlsx", "任务栏目", "I12", "一百分"),
    ("考核规则.xlsx", "参数", "C2", "十来个"),
    ("考核规则.xlsx", "任务权重", "B2", "两倍"),
    ("考核规则.xlsx", "豁免", "E2", "以后"),
)


@pytest.mark.parametrize("deed", [again, book_of, papers_of])
@pytest.mark.parametrize(("file", "sheet", "cell", "value"), FAULTS)
def test_an_error_in_the_offices_own_sheets_stops_the_work(tmp_path: Path, deed: Deed, file: str, sheet: str, cell: str, value: str) -> None:
    """A number, day or unit that cannot be read stops generate, consolidate and documents; the sentence names file, sheet, cell and what stands there."""
    space = small_workspace(tmp_path)
    folder = issue(space)
    before = {path.name: path.read_bytes() for path in folder.glob("*.xlsx")}
    if sheet == "任务权重":
        edit(space, file, sheet, "A2", "任务1")
    if sheet == "豁免":
        for at, word in (("A2", "东山镇"), ("B2", "R03"), ("D2", "新成立")):
            edit(space, file, sheet, at, word)
    edit(space, file, sheet, cell, value)

    with pytest.raises(CommandError) as stopped:
        deed(space)

    assert f"{file}!{sheet}!{cell}：" in stopped.value.message
    assert value in stopped.value.message
    assert before == {path.name: path.read_bytes() for path in folder.glob("*.xlsx")}


def test_a_deadline_that_cannot_be_read_is_named_where_its_period_is_asked_for(tmp_path: Path) -> None:
    """A period whose 截止 is unreadable is not called missing: the cell is named."""
    space = small_workspace(tmp_path)
    issue(space)
    edit(space, "任务总表.xlsx", "日程", "D3", "季后十日")

    with open_office(space) as office, pytest.raises(CommandError, match=r"有的行读不出来：任务总表.xlsx!日程!D3：“截止”不能是“季后十日”。可以填"):
        office.deadline(Q1)


def test_doctor_and_status_list_what_stops_the_work(tmp_path: Path) -> None:
    """Every error of the office's sheets stands in doctor as 有误 and in status, with its cell."""
    space = small_workspace(tmp_path)
    issue(space)
    edit(space, "任务总表.xlsx", "量化指标", "D2", "若干")
    edit(space, "考核规则.xlsx", "参数", "C2", "十来个")
    cells = ["任务总表.xlsx!量化指标!D2", "考核规则.xlsx!参数!C2"]

    seen = [one.seen.partition("：")[0] for one in doctor(space) if one.health is Health.BAD and "!" in one.seen]
    with pytest.raises(CommandError) as stopped:
        status(space, Q1)
    edit(space, "考核规则.xlsx", "参数", "C2", 10)
    listed = status(space, Q1)

    assert sorted(cells) == sorted(seen)
    assert cells == [line.partition(" ")[2].partition("：")[0] for line in stopped.value.message.splitlines() if line[0].isdigit()]
    assert listed is not None
    assert cells[:1] == [fault.partition(" ")[2].partition("：")[0] for fault in listed.faults]


def test_a_form_renamed_in_one_place_is_asked_about_and_in_both_goes_on(tmp_path: Path) -> None:
    """While form and 日程 call a form differently nothing is issued or recorded; named alike again, the old way or the new, all goes on."""
    space = small_workspace(tmp_path)
    issue(space)

    def again() -> int:
        return len(generate(space, Q1, only=(), progress=lambda items, _: items).unchanged)

    book = load_workbook(space.templates / "季度进展.xlsx")
    cell = next(row[1].coordinate for row in book["表单"].iter_rows() if row[0].value == "名称")
    edit(space, "季度进展.xlsx", "表单", cell, "季报")
    with pytest.raises(CommandError, match=r"“日程”里 2023Q1 的表单写的是“季度进展”，templates 里这张表单现在叫“季报”。"):
        again()
    with pytest.raises(CommandError) as trouble:
        generate(space, Period.parse("2023Q2"), only=(), progress=lambda items, _: items)
    assert "“季度进展.xlsx”里的表单叫“季报”" in trouble.value.advice
    edit(space, "季度进展.xlsx", "表单", cell, "季度进展")
    assert 3 == again()

    edit(space, "季度进展.xlsx", "表单", cell, "季报")
    for row in range(2, 7):
        if load_workbook(space.master)["日程"].cell(row, 2).value == "季度进展":
            edit(space, "任务总表.xlsx", "日程", f"B{row}", "季报")
    assert consolidate(space, Q1).path.exists()
    assert 3 == again()


def test_a_collective_that_gets_no_form_is_open_no_more(tmp_path: Path) -> None:
    """A collective whose members nobody has named stands in status until the clerk answers its doubt with 忽略."""
    doubt = Doubt("第1行", "区直各部门", "成员待确认", code="N02")

    def open_ones(folder: str, answer: str) -> list[str]:
        units = (*MASTER.units, Unit("区直各部门", group=COLLECTIVE, issued=False))
        space = small_workspace(tmp_path / folder, replace(MASTER, units=units, doubts=(replace(doubt, answer=answer),)))
        issue(space)
        found = status(space, Q1)
        assert found is not None
        return found.open_collectives

    assert (["区直各部门"], []) == (open_ones("问着", ""), open_ones("答过", "忽略"))


def test_a_second_import_does_not_drop_what_it_cannot_read(tmp_path: Path) -> None:
    """A list with an unreadable target is not written anew from a revised notice: the row would be lost."""
    space = small_workspace(tmp_path)
    edit(space, "任务总表.xlsx", "量化指标", "D2", "若干")
    before = space.master.read_bytes()

    with pytest.raises(CommandError, match=r"再导入会丢掉它们：任务总表.xlsx!量化指标!D2"):
        import_notice(space, real_notice(), 2023)

    assert before == space.master.read_bytes()


def test_watch_says_what_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unattended watch names an unreadable deadline, whose period it would else leave out in silence, and says it once."""
    space = small_workspace(tmp_path)
    edit(space, "任务总表.xlsx", "日程", "D3", "季后十日")
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2022-12-20")
    lines: list[str] = []
    watcher = Watcher(space, Heartbeat(10), lines.append)

    watcher.beat()
    watcher.beat()

    assert [True] == ["任务总表.xlsx!日程!D3：“截止”不能是“季后十日”。" in line for line in lines]


def test_doubts_and_strange_workbooks_stop_nothing(tmp_path: Path) -> None:
    """What is understood with a question, a form that no period uses and a stray workbook in templates leave the work going."""
    space = small_workspace(tmp_path)
    edit(space, "任务总表.xlsx", "日程", "D3", "4月10日")
    (space.templates / "旧通讯录.xlsx").write_bytes((space.templates / "考核规则.xlsx").read_bytes())
    edit(space, "任务总表.xlsx", "日程", "B2", "别的方案")
    edit(space, "工作方案.xlsx", "工作方案栏目", "F3", "不知道")

    issue(space)

    found = status(space, Q1)
    assert found is not None
    assert date(2023, 4, 10).isoformat() == found.due


def test_a_negative_target_is_asked_about(tmp_path: Path) -> None:
    """A target below zero of what cannot fall is issued with a question at its cell."""
    space = small_workspace(tmp_path)
    edit(space, "任务总表.xlsx", "量化指标", "D2", -5)

    done = generate(space, Q1, only=(), progress=lambda units, _: units)

    assert ["目标值 -5"] == [f"{finding.title} {finding.facts['seen']}" for finding in done.findings if finding.code.name == "NEGATIVE"]
