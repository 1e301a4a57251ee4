"""A revised notice meets a master list that the clerk has worked on."""

from dataclasses import replace
from decimal import Decimal

from tests.small import MASTER
from toolkit.model.master import Master, Task, Unit
from toolkit.notice.revise_list import revise_list


def revised(*tasks: Task) -> Master:
    """Give the small office's list as a revised notice would say it."""
    return replace(MASTER, tasks=tasks)


def test_nothing_changed_changes_nothing() -> None:
    """The same notice again leaves the list as it is."""
    done = revise_list(MASTER, MASTER, MASTER)

    assert (MASTER, ()) == (done.master, done.changes)


def test_changed_added_and_withdrawn_tasks_are_told_apart() -> None:
    """A reworded task is changed, a new one added, a missing one withdrawn and kept."""
    goal, one, two, three = MASTER.tasks
    longer = replace(one, text="新建标准厂房90万平方米以上。")
    fresh = Task("任务3", "工作任务", "(二)民生", "", "建成养老服务中心5个。", ("东山镇",), ())

    done = revise_list(MASTER, MASTER, revised(goal, longer, two, fresh))

    assert [
        ("修改", "任务1", "目标任务", "新建标准厂房80万平方米以上。", "新建标准厂房90万平方米以上。"),
        ("撤销", "任务3", "", "完成老旧小区改造。", ""),
        ("新增", "任务4", "", "", "建成养老服务中心5个。"),
    ] == [tuple(change) for change in done.changes]
    assert [("任务3", "撤销"), ("任务4", "")] == [(task.number, task.state) for task in done.master.tasks[3:]]
    assert [three.text] == [task.text for task in done.master.tasks if task.state == "撤销"]


def test_a_renumbered_task_keeps_its_number_and_history() -> None:
    """When a revision shifts the numbers, a task is found by its text and keeps the number its answers stand under."""
    goal, one, two, three = MASTER.tasks
    shifted = revised(goal, replace(two, number="任务1"), replace(three, number="任务2"), replace(one, number="任务3"))

    done = revise_list(MASTER, MASTER, shifted)

    assert [("任务1", one.text, "修订稿编号任务3"), ("任务2", two.text, "修订稿编号任务1"), ("任务3", three.text, "修订稿编号任务2")] == [
        (task.number, task.text, task.note) for task in done.master.tasks[1:]
    ]


def test_what_the_clerk_wrote_stays() -> None:
    """Weights, notes, contacts and corrected units survive a revision; a cell that both changed keeps the clerk's word and is listed as a doubt."""
    goal, one, two, three = MASTER.tasks
    mine = replace(
        MASTER,
        tasks=(goal, replace(one, weight=Decimal(3), note="重点", leads=("东山镇",)), two, three),
        units=(replace(MASTER.units[0], contact="某某", phone="027-00000000"), *MASTER.units[1:]),
    )
    theirs = replace(revised(goal, replace(one, leads=("云溪县发改局",)), two, three), units=(*MASTER.units, Unit("云溪县水务局")))

    done = revise_list(MASTER, mine, theirs)

    task = done.master.tasks[1]
    assert (Decimal(3), "重点", ("东山镇",)) == (task.weight, task.note, task.leads)
    assert ("某某", "027-00000000") == (done.master.units[0].contact, done.master.units[0].phone)
    assert "云溪县水务局" == done.master.units[-1].name
    assert [("任务1", "牵头单位：修订稿写“云溪县发改局”", "总表中已手工改为“东山镇”，保留手工内容，请核对")] == [
        (doubt.where, doubt.read, doubt.reason) for doubt in done.master.doubts
    ]


def test_a_withdrawn_task_that_comes_back_lives_again() -> None:
    """A task withdrawn by one revision and named again by the next one is live again."""
    without = revise_list(MASTER, MASTER, revised(*MASTER.tasks[:3])).master

    done = revise_list(revised(*MASTER.tasks[:3]), without, MASTER)

    assert [("修改", "任务3", "状态", "撤销", "")] == [tuple(change) for change in done.changes]
    assert MASTER.tasks == done.master.tasks
