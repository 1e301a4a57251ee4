"""Which list serves a period: the base with the changes that hold in it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.small import MASTER, Q1
from toolkit.amending.in_force import in_force
from toolkit.amending.list_differences import differences
from toolkit.model.amendments import Amendment, AmendmentKind, AmendmentSubject, Change
from toolkit.model.master import Master, Task, Unit
from toolkit.model.period import Period

Q2, Q3 = Period(2023, 2), Period(2023, 3)
TARGET = "任务1|新建标准厂房"


def change(number: int, before: str, after: str, since: Period, nature: AmendmentKind = AmendmentKind.CHANGE) -> Amendment:
    """Change the target of the small office's one indicator."""
    return Amendment(number, 2023, Change(AmendmentSubject.INDICATOR, TARGET, "目标值", before, after), first(since), str(since), nature)


def first(period: Period) -> date:
    return date(period.year, period.quarter * 3 - 2, 1)


def targets(*amendments: Amendment) -> list[int]:
    """Give the target in each of the first three quarters, and with all changes."""
    return [int(in_force(MASTER, amendments, period).indicators[0].target) for period in (Q1, Q2, Q3, None)]


def test_a_change_holds_from_its_day_on() -> None:
    """A quarter before it keeps the old target, and every later one has the new."""
    assert [80, 70, 70, 70] == targets(change(1, "80", "70", Q2))


def test_the_later_day_counts_whichever_was_registered_first() -> None:
    """Two changes of one cell take their turns by their days."""
    assert [80, 60, 70, 70] == targets(change(1, "80", "70", Q3), change(2, "80", "60", Q2))


def test_a_correction_holds_wherever_what_it_puts_right_stands() -> None:
    """A slip in a change is mended in the quarters of that change, a slip in the base before it."""
    assert [80, 75, 75, 75] == targets(change(1, "80", "70", Q2), change(2, "70", "75", Q3, AmendmentKind.CORRECTION))
    assert [85, 70, 70, 70] == targets(change(1, "80", "70", Q2), change(2, "80", "85", Q3, AmendmentKind.CORRECTION))


def test_a_unit_has_in_each_period_the_name_of_the_period() -> None:
    """After a new name tasks that name it say the new one, before it the old one; each name is understood in both."""
    renamed = Amendment(1, 2023, Change(AmendmentSubject.UNIT, "东山镇", "更名", "东山镇", "东山街道"), first(Q2), "2023Q2")
    before, after = (in_force(MASTER, [renamed], period) for period in (Q1, Q2))

    assert [("东山镇",), ("东山街道",)] == [one.tasks[3].leads for one in (before, after)]
    assert [("东山镇", "东山镇"), ("东山街道", "东山镇")] == [(unit.name, unit.key) for one in (before, after) if (unit := one.resolve("东山街道"))]
    assert [("东山镇",), ("东山街道",)] == [one.units[3].members for one in (before, after)]


def test_base_and_differences_make_the_new_list() -> None:
    """Whatever was changed, added or named otherwise: the base with all differences is the list that they lead to."""
    units = (replace(MASTER.units[0], name="云溪县发展改革局", id="云溪县发改局", former=("云溪县发改局",)), *MASTER.units[1:], Unit("云溪县林业局"))
    tasks = (replace(MASTER.tasks[0], leads=("云溪县发展改革局",)), Task("任务9", "工作任务", "", "", "植树。", ("云溪县林业局",), ()))
    mended = replace(MASTER.tasks[1], supports=("云溪县发展改革局",), weight=Decimal("1.5"))
    new = replace(MASTER, tasks=(*tasks, mended, *MASTER.tasks[2:]), units=units)
    made = [Amendment(number, 2023, one, first(Q2), "2023Q2") for number, one in enumerate(differences(MASTER, new), 1)]

    assert new == _without_former(in_force(MASTER, made, None), new)
    assert MASTER.tasks == in_force(MASTER, made, Q1).tasks


def _without_former(master: Master, like: Master) -> Master:
    """What other periods call a unit depends on the changes, not on the list."""
    former = {unit.key: unit.former for unit in like.units}
    return replace(master, units=tuple(replace(unit, former=former[unit.key]) for unit in master.units))


def test_a_number_written_otherwise_is_a_difference() -> None:
    """
    A weight of 1.0 in the place of 1 is shown otherwise, although both are equal; what is the same row is none.
    """
    task = MASTER.tasks[0]
    other = replace(MASTER, tasks=(replace(task, weight=Decimal("1.0")), *MASTER.tasks[1:]))

    assert [] == differences(MASTER, replace(MASTER, tasks=tuple(replace(same) for same in MASTER.tasks)))
    assert [("权重", "1", "1.0")] == [(change.matter, change.before, change.after) for change in differences(MASTER, other)]
