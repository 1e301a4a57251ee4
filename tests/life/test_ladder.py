"""The ladder of supervision: which step comes when, each level once, and what documents and the watch make of it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.clerk import add_row, registered
from tests.life.hands import INDUSTRY, INDUSTRY_ROWS, Q1, TOWN, begun, rows, ruled, send, taken_in
from tests.papers.drawn import HEAD
from tests.papers.drawn import words as words_of_paper
from tests.small import filled_row
from tests.views.rounds import busy_round, shipped_rules
from toolkit.assessment.escalation import climbs_now, concerns, due_steps, next_climb
from toolkit.edges.clock import held
from toolkit.edges.heartbeat import Heartbeat
from toolkit.edges.ledger.ladder_records import steps_of
from toolkit.edges.templates.read_rules import load_rules
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report import documents as papers
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.documents import documents
from toolkit.flows.report.written_papers import Documents
from toolkit.flows.upkeep.watch import Watcher
from toolkit.model.ladder import LEVELS, USUAL, Cause, Concern, Condition, LadderStep, Level, Rung, condition_in
from toolkit.model.stages import Stage
from toolkit.model.standing import Ruling
from toolkit.model.word_document import Style
from toolkit.model.workdays import Workdays
from toolkit.views.papers.ladder_papers import ladder_paper

DUE, DAYS = date(2023, 3, 30), Workdays(())
RED = Concern(TOWN, "任务3", frozenset({Condition(Cause.RED)}))
CONDITIONS = (Condition(Cause.RED), Condition(Cause.YELLOW), Condition(Cause.UNANSWERED))
RUNGS = st.lists(st.builds(Rung, st.sampled_from(LEVELS), st.sampled_from(CONDITIONS), st.integers(0, 6)), max_size=8, unique_by=lambda rung: rung[:2])
ORDER = {level: at for at, level in enumerate(LEVELS)}


def step(rung: Rung, day: date, number: int) -> LadderStep:
    """Make the step that a rung leads to."""
    return LadderStep(2023, number, "2023Q1", RED.unit, RED.task, rung.level, rung.condition.words, "", datetime.combine(day, time(9)))


@settings(max_examples=200, deadline=None)
@given(RUNGS, st.lists(st.integers(0, 40), max_size=15), st.sets(st.integers(0, 14)))
def test_any_ticks_take_each_level_once_and_leave_none_out(rungs: list[Rung], ticks: list[int], killed: set[int]) -> None:
    """
    For any rules, days in any order and looks killed before they record, levels come once, upwards, after their delays, none with a row left out.
    """
    taken: list[LadderStep] = []
    for look, ahead in enumerate(ticks):
        today = DUE + timedelta(ahead)
        due = due_steps(climbs_now(rungs, [RED], taken, set(), begun=DUE, days=DAYS), today)
        if look not in killed:
            taken += [step(climb.rung, today, len(taken) + 1) for climb in due]

    levels = [ORDER[taken_step.level] for taken_step in taken]
    assert levels == sorted(set(levels))
    wanted: list[int] = []  # the levels that the rules have for a red task, told by a plain loop
    for at, level in enumerate(LEVELS):
        mine = {rung.condition.cause for rung in rungs if rung.level is level}
        if Cause.RED in mine or (wanted and Cause.UNANSWERED in mine):
            wanted.append(at)
    assert wanted[: len(levels)] == levels
    for former, later in pairwise(taken):
        least = min(rung.days for rung in rungs if rung.level is later.level and rung.condition.cause in {Cause.RED, Cause.UNANSWERED})
        assert least == 0 or DAYS.after(former.day, least) <= later.day


def test_a_ladder_rests_once_it_was_answered() -> None:
    """After an answer no level comes, nor where the rules have no row above."""
    first = step(USUAL[1], DUE, 1)
    more = (*USUAL, Rung(Level.TALK, Condition(Cause.UNANSWERED), 5))

    assert Level.TALK == next_climb(more, RED, [first], begun=DUE, days=DAYS, answered=False).rung.level  # type: ignore[union-attr]
    assert [None, None] == [
        next_climb(more, RED, [first], begun=DUE, days=DAYS, answered=True),
        next_climb(USUAL, RED, [first], begun=DUE, days=DAYS, answered=False),
    ]


def test_a_forms_own_word_for_finished_is_no_reason() -> None:
    """A task past its deadline is a reason while it is not finished, whatever the form calls that."""
    state = busy_round()
    words = (("已移交", Stage.FINISHED), ("施工中", Stage.RUNNING))
    late = [replace(state.tasks[0], overdue=True, status=word, means=means, ruling=Ruling()) for word, means in words]

    found = [next(iter(concerns(replace(state, tasks=(task,), units=(), milestones=()), {}, (), DUE)), None) for task in late]

    assert [None, frozenset({Condition(Cause.OVERDUE)})] == [concern and concern.conditions for concern in found]


@pytest.mark.parametrize(
    ("text", "words"), [("连续 2 期红", "连续2期红"), ("连续3期红灯", "连续3期红"), ("红灯", "红灯"), ("上一级无反馈", "上一级无反馈"), ("红红", None)]
)
def test_conditions_are_read_as_offices_write_them(text: str, words: str | None) -> None:
    """Blanks and 灯 in 连续 N 期红 do not matter; what is no condition is none."""
    found = condition_in(text)
    assert words == (found.words if found else None)


def turned_on(space: Workspace, *which: tuple[str, str], unattended: bool = False) -> None:
    """Turn rows of 督办阶梯 on by level and condition."""
    path = space.templates / "考核规则.xlsx"
    book = load_workbook(path)
    for row in book["督办阶梯"].iter_rows(min_row=2):
        if (row[0].value, row[1].value) in which:
            row[5].value = "是"
            row[6].value = "是" if unattended else "否"
    book.save(path)


def written(space: Workspace, day: date) -> Documents:
    """Write the papers on a day."""
    with held(day):
        return documents(space, Q1, yellow=False, progress=lambda items, _: items)


def taken(space: Workspace) -> list[tuple[str, str, str, str]]:
    """Give the steps of the first quarter: unit, task, level, day."""
    with open_office(space) as office:
        return [(one.unit, one.task, one.level.value, str(one.day)) for one in steps_of(office.ledger, str(Q1))]


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """The small office after its first deadline: 东山镇's 任务3 is red, 云溪县发改局 has sent nothing."""
    space = begun(tmp_path)
    send(space, TOWN, filled_row("任务2", lead=False) | filled_row("任务3", progress=0) | {("任务进展", "任务3", "存在问题"): "征拆未完"})
    send(space, INDUSTRY, INDUSTRY_ROWS)
    rules = load_workbook(space.templates / "考核规则.xlsx")
    next(row for row in rules["参数"].iter_rows() if row[0].value == "red_gap")[2].value = 20
    rules.save(space.templates / "考核规则.xlsx")
    taken_in(space, date(2023, 3, 29))
    return space


def test_without_a_word_of_the_office_nothing_is_new(space: Workspace) -> None:
    """The rules as shipped, and rules without the sheet, remind who owes and write to who leads a red task, as ever."""
    rules, _ = load_rules(space.templates / "考核规则.xlsx")
    written(space, date(2023, 4, 3))

    assert rules is not None
    assert [rung[:3] for rung in USUAL] == [rung[:3] for rung in rules.ladder]
    assert {("云溪县发改局", "", "提醒", "2023-04-03"), (TOWN, "任务3", "督办通知", "2023-04-03")} == set(taken(space))


def test_documents_climb_level_by_level_and_stop_at_an_answer(space: Workspace) -> None:
    """提醒, 催办, 督办通知, 约谈 come after their delays, each once however often documents run; 整改 in the ledger's sheet ends it."""
    turned_on(space, ("催办", "未报"), ("督办通知", "上一级无反馈"), ("约谈", "上一级无反馈"))
    for day in (3, 3, 5, 6, 6, 12, 13, 20, 21, 28):
        written(space, date(2023, 4, day))
    climbed = taken(space)
    with held(date(2023, 4, 28)):
        done = consolidate(space, Q1)
    stands = rows(done.path, "督办阶梯台账", "级别", "单位", "编号", "现状", "下一级")
    names = sorted(
        path.relative_to(space.out(Q1, "文书")).as_posix() for level in ("催办", "督办通知", "约谈") for path in (space.out(Q1, "文书") / level).glob("*")
    )

    late = "云溪县发改局"
    assert [("提醒", "2023-04-03"), ("催办", "2023-04-06"), ("督办通知", "2023-04-13"), ("约谈", "2023-04-20")] == [
        one[2:] for one in climbed if one[0] == late
    ]
    assert [("督办通知", "2023-04-03"), ("约谈", "2023-04-12")] == [one[2:] for one in climbed if one[1] == "任务3"]
    assert {"未办结"} == {row[3] for row in stands}
    assert [f"催办/催办通知_{late}.docx", f"督办通知/督办通知_{late}.docx", f"约谈/约谈通知_{TOWN}_任务3.docx", f"约谈/约谈通知_{late}.docx"] == names


def test_a_task_s_own_quotation_marks_are_single_in_a_paper() -> None:
    """The title and the sentences of 约谈 name a task in one pair of marks, closed also where its text is cut within a quotation."""
    state = busy_round()
    text = "总结五个社区的试点经验并推广“五共”方法,打造重点社工站和特色社工站,巩固推广“党建引领、五社联动、社区治理”的服务品牌,形成可以复制的方案"
    late = replace(state.tasks[0], task=replace(state.tasks[0].task, text=text))
    told = LadderStep(2023, 1, "2023Q1", "区发改局", late.task.number, Level.TALK, "红灯", "", datetime(2023, 4, 6, 9))  # noqa: DTZ001 - as the ledger keeps times
    paper = ladder_paper(told, replace(state, tasks=(late,)), "红", shipped_rules(), former=(), answer_by=date(2023, 4, 10), letterhead=HEAD)
    named = "任务1“总结五个社区的试点经验并推广‘五共’方法,打造重点社工站和特色社工站,巩固推广…”"

    assert [f"关于约谈{named}的通知"] == words_of_paper(paper, lambda style: style is Style.TITLE)
    assert 3 == "".join(words_of_paper(paper)).count(named)


def test_an_answer_in_the_ledger_keeps_the_next_level_away(space: Workspace) -> None:
    """答复 typed into 督办阶梯台账 is kept, shown in 认定记录, and the ladder rests."""
    turned_on(space, ("约谈", "上一级无反馈"))
    written(space, date(2023, 4, 3))
    with held(date(2023, 4, 4)):
        done = consolidate(space, Q1)
    number = next(row[0] for row in rows(done.path, "督办阶梯台账", "阶梯号", "编号") if row[1] == "任务3")
    ahead = [row for row in rows(done.path, "督办阶梯台账", "编号", "下一级") if row[0] == "任务3"]
    told = ruled(space, date(2023, 4, 5), "督办阶梯台账", number, {"结果": "整改", "结果说明": "已进场施工"})
    written(space, date(2023, 4, 28))

    assert [("任务3", "约谈（2023-04-10 起）")] == ahead
    assert [("任务3", "已答复", "")] == [row for row in rows(told.path, "督办阶梯台账", "编号", "现状", "下一级") if row[0] == "任务3"]
    assert ["督办通知"] == [one[2] for one in taken(space) if one[1] == "任务3"]


def test_the_watch_climbs_rows_that_are_left_to_it_and_survives_a_kill(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A watch that dies between a step and its paper writes it at the next look; however often it looks, each paper and each mail is there once."""
    turned_on(space, ("约谈", "上一级无反馈"), unattended=True)
    written(space, date(2023, 4, 3))
    said: list[str] = []
    whole = papers._bytes

    def dies(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(papers, "_bytes", dies)
    with held(date(2023, 4, 17)), pytest.raises(KeyboardInterrupt):
        Watcher(space, Heartbeat(10), said.append).beat()
    before = taken(space)
    monkeypatch.setattr(papers, "_bytes", whole)
    for _ in range(3):
        with held(date(2023, 4, 18)):
            Watcher(space, Heartbeat(10), said.append).beat()

    assert [(TOWN, "任务3", "约谈", "2023-04-17")] == [one for one in before if one[1:3] == ("任务3", "约谈")]
    assert before == taken(space)
    assert 1 == len(list((space.out(Q1, "文书") / "约谈").glob("*任务3*")))
    assert [True] == [line.endswith("写成草稿 2 封。") for line in said if "督办 2023Q1" in line]


def shown(space: Workspace, day: date, *titles: str) -> list[tuple[str, ...]]:
    """Give columns of the ledger of the ladder as it is consolidated on a day."""
    with held(day):
        return rows(consolidate(space, Q1).path, "督办阶梯台账", *titles)


def test_rules_that_change_under_way_send_nothing_twice_and_lose_nothing(space: Workspace) -> None:
    """A row taken out, put back and made quicker: every step and paper stays once, the next comes after the new delay, the book says which row is gone."""
    turned_on(space, ("催办", "未报"), ("督办通知", "上一级无反馈"), ("约谈", "上一级无反馈"))
    for day in (3, 6):
        written(space, date(2023, 4, day))
    before, papers_before = taken(space), {path: path.read_bytes() for path in space.out(Q1, "文书").rglob("*") if path.parent.name in LEVELS}
    path = space.templates / "考核规则.xlsx"
    book = load_workbook(path)
    for row in book["督办阶梯"].iter_rows(min_row=2):
        if (row[0].value, row[1].value) in {("催办", "未报"), ("督办通知", "红灯")}:
            row[5].value = "否"
        if row[0].value == "约谈":
            row[2].value = 1
    book.save(path)
    for day in (7, 7):
        written(space, date(2023, 4, day))
    without = taken(space)
    said = shown(space, date(2023, 4, 7), "级别", "单位", "现状", "下一级")
    turned_on(space, ("催办", "未报"), ("督办通知", "红灯"))
    for day in (10, 10):
        written(space, date(2023, 4, day))

    assert [*before, (TOWN, "任务3", "约谈", "2023-04-07")] == without == taken(space)
    assert papers_before == {path: path.read_bytes() for path in papers_before}
    assert [
        ("督办通知", TOWN, "未办结", "现行规则已没有这一级"),
        ("提醒", "云溪县发改局", "未办结", ""),
        ("催办", "云溪县发改局", "未办结", "督办通知（2023-04-13 起）；现行规则已没有这一级"),
        ("约谈", TOWN, "未办结", ""),
    ] == said
    assert ["", "", "督办通知（2023-04-13 起）", ""] == [row[1] for row in shown(space, date(2023, 4, 10), "级别", "下一级")]


def test_steps_of_what_is_no_more_are_neither_open_nor_mended(space: Workspace) -> None:
    """A withdrawn task's step says so, and so does that of a unit that was split; neither is called better or reported."""
    written(space, date(2023, 4, 3))
    add_row(space.master, 编号="任务3", 事项="撤销任务", 自期间="2023Q1")
    add_row(space.master, 编号="云溪县发改局", 事项="拆分", 现="云溪县发展局、云溪县改革局", 自期间="2023Q1")
    for number, title in (("目标1", "牵头单位"), ("任务1", "责任单位")):
        add_row(space.master, 编号=number, 事项=title, 现="云溪县发展局", 自期间="2023Q1")
    with held(date(2023, 4, 4)):
        registered(space)

    assert [("督办通知", "任务已撤销", ""), ("提醒", "单位已撤并", "")] == shown(space, date(2023, 4, 5), "级别", "现状", "下一级")
