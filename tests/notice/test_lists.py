"""Lists side by side, mass withdrawals, and the clerk's answers in 待确认."""

from dataclasses import replace

import pytest

from tests.notice.notices import draw
from tests.small import MASTER
from toolkit.model.answered_doubts import DONE, done, settle
from toolkit.model.master import WITHDRAWN, Doubt, Master, Unit
from toolkit.notice.parallel_lists import amend_list, answered_columns, as_list
from toolkit.notice.read_notice import read_notice

FIRST = read_notice(draw("\n".join(f"{number}.推进第{number}项任务。（责任单位：区第{number}局）" for number in range(1, 7))), year=2025)
SECOND = read_notice(draw("1.办好食堂。（责任单位：区民政局）\n2.修好步道。（责任单位：区水务局）"), year=2025)


def states(master: Master) -> list[str]:
    """Numbers and states of the tasks."""
    return [f"{task.number}{task.state}" for task in master.tasks]


def test_lists_stand_side_by_side() -> None:
    """A second list has its own numbers and lines, withdraws nothing of the first, and is revised by itself."""
    both = amend_list(FIRST, FIRST, as_list(SECOND, "民生实事"), "民生实事").master
    shorter = as_list(replace(SECOND, tasks=SECOND.tasks[:1], indicators=()), "民生实事")
    revised = amend_list(both, both, shorter, "民生实事").master

    assert [*(f"任务{number}" for number in range(1, 7)), "民生实事1", "民生实事2"] == states(both)
    assert [*(f"任务{number}" for number in range(1, 7)), "民生实事1", "民生实事2撤销"] == states(revised)
    assert {"", "民生实事"} == {line.listed for line in both.lines}


def test_a_mass_withdrawal_is_asked_about() -> None:
    """A notice that lacks most of the tasks changes nothing until the clerk has said so; 忽略 takes what is new and withdraws nothing."""
    asked = amend_list(FIRST, FIRST, SECOND, "")
    assert asked.question is not None
    answers = {}
    for answer in ("撤销", "忽略"):
        mine = replace(asked.master, doubts=tuple(replace(doubt, answer=answer) if doubt.code == "N25" else doubt for doubt in asked.master.doubts))
        answers[answer] = amend_list(FIRST, mine, SECOND, "")

    assert (states(FIRST), "N25", asked.question) == (states(asked.master), asked.question.code, asked.master.doubts[0])
    assert 6 == sum(task.state == WITHDRAWN for task in answers["撤销"].master.tasks)
    assert 0 == sum(task.state == WITHDRAWN for task in answers["忽略"].master.tasks)
    assert ["N25"] * 0 == [doubt.code for doubt in answers["撤销"].master.doubts if doubt.code == "N25"]


def test_what_the_clerk_withdrew_stays_withdrawn() -> None:
    """A task that the clerk called 不是任务 does not come back with the same notice."""
    mine = replace(FIRST, tasks=(replace(FIRST.tasks[0], state=WITHDRAWN), *FIRST.tasks[1:]))

    assert states(mine) == states(amend_list(FIRST, mine, FIRST, "").master)


SMALL = replace(MASTER, doubts=())


@pytest.mark.parametrize("code", ["N08", "N09", "N10", "N11", "N12", "N13", "N17", "N19", "N20", "N23", "N27", "N28"])
def test_an_answer_on_a_task_is_obeyed(code: str) -> None:
    """不是任务 withdraws a task; units written in the answer are its units, and new ones enter the register; settling again changes nothing."""
    asked = Doubt("第1行", "某项", "", number="任务1", code=code)
    gone, _ = settle(replace(SMALL, doubts=(replace(asked, answer="不是任务"),)))
    given, _ = settle(replace(SMALL, doubts=(replace(asked, answer="牵头：甲局；责任：乙局、丙局"),)))
    _, puzzling = settle(replace(SMALL, doubts=(replace(asked, answer="好的"),)))
    task = given.task("任务1")

    assert [WITHDRAWN] == [task.state for task in gone.tasks if task.number == "任务1"]
    assert task is not None
    assert (("甲局",), ("乙局", "丙局")) == (task.leads, task.supports)
    assert all(given.resolve(name) for name in ("甲局", "乙局", "丙局"))
    assert given == settle(given)[0]
    assert ["好的"] == [one.answer for one in puzzling]


def test_answers_on_names_are_obeyed() -> None:
    """A completed name goes back, a wrong one is written otherwise or left out, two of one body become one."""
    name = MASTER.tasks[1].leads[0]
    other = f"{name}（新）"

    def leads(doubt: Doubt) -> set[str]:
        return {lead for task in settle(replace(SMALL, doubts=(doubt,)))[0].tasks for lead in (*task.leads, *task.supports)}

    number = MASTER.tasks[1].number
    assert "短名" in leads(Doubt("", f"短名 → {name}", "", answer="改用", number=number, code="N01"))
    assert other in leads(Doubt("", name, "", answer=other, code="N05"))
    assert name not in leads(Doubt("", name, "", answer="忽略", code="N05"))
    assert other in leads(Doubt("", name, "", answer=other, code="N04"))
    assert name not in leads(Doubt("", f"{name} / {other}", "", answer="合并", code="N06"))


def test_answers_on_numbers_members_and_leaders_are_obeyed() -> None:
    """A number left over becomes a target, a range gets its value, a collective its members, a task its leaders."""
    master = read_notice(draw("1.服务企业，覆盖三分之一以上园区，新增企业20—25家。（牵头单位：区工信局；责任单位：各街道；责任领导：陆明俞悦）"), year=2025)
    answers = {"N21": "覆盖园区 ≥ 33 %", "N15": "25", "N02": "甲街道、乙街道", "N26": "陆明、俞悦"}
    settled, puzzling = settle(replace(master, doubts=tuple(replace(doubt, answer=answers.get(doubt.code, "")) for doubt in master.doubts)))

    assert ["新增企业 25", "覆盖园区 33"] == [f"{indicator.name} {indicator.target}" for indicator in settled.indicators]
    assert [("甲街道", "乙街道")] == [unit.members for unit in settled.units if not unit.issued]
    assert (("陆明、俞悦",), ()) == (tuple(task.leader for task in settled.tasks), puzzling)


def test_an_answer_makes_no_unit_of_a_remark() -> None:
    """Units written short are the register's; a remark is asked about and becomes no unit; a word with a full stop is that word."""
    register = tuple(Unit(name) for name in ("区教育局", "区卫生健康局", "区商务局"))
    asked = Doubt("第1行", "有关部门", "", code="N02")
    start = replace(SMALL, units=(*register, Unit("有关部门", group="集合", issued=False)))

    def answered(word: str) -> tuple[tuple[str, ...], int, int]:
        settled, puzzling = settle(replace(start, doubts=(replace(asked, answer=word),)))
        return settled.units[3].members, len(settled.units), len(puzzling)

    assert [(("区教育局", "区卫生健康局", "区体育中心"), 5, 0), ((), 4, 0)] == [answered("教育局，区卫健局、区体育中心"), answered(" “忽略”。")]
    assert [((), 4, 1)] * 6 == [answered(word) for word in ("不用", "全部", "区教育局、区商务", "好的", "不需要发", "同意！")]
    for code, word in (("N01", "对的"), ("N04", "不对"), ("N05", "不是单位"), ("N13", "牵头：没有")):
        assert 1 == len(settle(replace(SMALL, doubts=(Doubt("", "甲 → 乙", "", answer=word, number="任务1", code=code),)))[1])


def test_an_answer_that_was_put_in_is_marked() -> None:
    """An import marks the answers that it has put into the list, so that what the clerk changes later in the list holds."""
    asked = Doubt("第1行", "某项", "", answer="不是任务", number="任务1", code="N13")

    assert (DONE + "不是任务", "采纳", "") == (done(asked).answer, done(replace(asked, answer="采纳")).answer, done(replace(asked, answer="")).answer)
    assert "" == next(task.state for task in settle(replace(SMALL, doubts=(done(asked),)))[0].tasks if task.number == "任务1")


def test_a_revision_of_a_cell_that_the_clerk_had_changed_can_be_taken() -> None:
    """改用 on a cell that clerk and notice both changed takes the notice's word."""
    goal, one, *rest = MASTER.tasks
    mine = replace(SMALL, tasks=(goal, replace(one, deadline="6月"), *rest))
    amended = amend_list(SMALL, mine, replace(SMALL, tasks=(goal, replace(one, deadline="9月"), *rest)), "").master
    settled, _ = settle(replace(amended, doubts=tuple(replace(each, answer="改用") for each in amended.doubts)))

    assert (["N24"], "6月", "9月") == ([each.code for each in amended.doubts], amended.tasks[1].deadline, settled.tasks[1].deadline)


def test_an_unread_column_can_be_named() -> None:
    """What the clerk says of a column that was not read is what the next import reads it as."""
    doubts = (Doubt("", "挂图编组：甲组", "", answer="配合", code="N22"), Doubt("", "颜色：红", "", answer="忽略", code="N22"))

    assert {"挂图编组": "配合"} == answered_columns(doubts)
