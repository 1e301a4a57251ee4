"""Whatever was changed, in whatever order: the list in force in a quarter depends on what holds in it, and base and changes make the list."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.small import MASTER
from toolkit.amending.in_force import in_force
from toolkit.amending.list_differences import differences
from toolkit.model.amendments import ADDED, MERGED, RENAMED, SPLIT, Amendment, AmendmentSubject, Change
from toolkit.model.codec import encode
from toolkit.model.master import Master, Task
from toolkit.model.period import Period

QUARTERS = [Period(2023, quarter) for quarter in (1, 2, 3, 4)]
NEW = Task("任务9", "工作任务", "", "", "植树。", ("东山镇",), ())
CHANGES = (
    *(Change(AmendmentSubject.INDICATOR, "任务1|新建标准厂房", "目标值", "", text) for text in ("70", "60.5", "900")),
    *(Change(AmendmentSubject.TASK, number, "牵头单位", "", unit) for number in ("任务1", "任务3") for unit in ("东山镇", "云溪县发改局")),
    Change(AmendmentSubject.TASK, "任务2", "状态", "", "撤销"),
    Change(AmendmentSubject.TASK, "任务1", "完成时限", "", "2023年9月底"),
    Change(AmendmentSubject.UNIT, "东山镇", RENAMED, "东山镇", "东山街道"),
    Change(AmendmentSubject.UNIT, "云溪县工信局", MERGED, "云溪县工信局", "云溪县发改局"),
    Change(AmendmentSubject.UNIT, "东山镇", SPLIT, "东山镇", "北镇、南镇"),
    Change(AmendmentSubject.TASK, "任务9", ADDED, "", encode({"row": encode(NEW), "behind": "任务1"})),
)


def dated(drawn: Sequence[tuple[Change, int]]) -> list[Amendment]:
    """Register changes in an order, each from its quarter on; of one cell one a quarter, so that their days alone order them."""
    kept = {(change[:3], quarter): change for change, quarter in drawn}
    return [Amendment(number, 2023, change, date(2023, quarter * 3 - 2, 1), f"2023Q{quarter}") for number, ((_, quarter), change) in enumerate(kept.items(), 1)]


drawings = st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(1, 4)), max_size=8)


@given(drawings, st.randoms(use_true_random=False))
def test_the_order_of_registering_is_nothing(drawn: list[tuple[Change, int]], chance: object) -> None:
    """Changes that name their day give the same list in every quarter, in whatever order they were registered."""
    first = dated(drawn)
    other = [replace(one, id=number) for number, one in enumerate(sorted(first, key=lambda _: chance.random()), 1)]  # type: ignore[attr-defined]

    for period in QUARTERS:
        assert _told(in_force(MASTER, first, period)) == _told(in_force(MASTER, other, period))


@given(drawings, drawings)
def test_what_holds_later_changes_no_earlier_quarter(drawn: list[tuple[Change, int]], later: list[tuple[Change, int]]) -> None:
    """Changes from the fourth quarter on leave tasks, targets and names of the first three as they were."""
    before = dated(drawn)
    more = [replace(one, id=len(before) + one.id, since=date(2023, 10, 1)) for one in dated(later)]

    for period in QUARTERS[:3]:
        assert _told(in_force(MASTER, before, period)) == _told(in_force(MASTER, [*before, *more], period))


@given(st.data())
def test_base_and_differences_make_any_list(data: st.DataObject) -> None:
    """Cells changed, rows added anywhere and taken out: the base with the differences is the list that was drawn."""
    text, states = st.text("甲乙丙0一", max_size=4), st.sampled_from(("", "撤销"))
    tasks = [
        replace(task, text=data.draw(text) or "无", deadline=data.draw(text), weight=Decimal(data.draw(st.integers(0, 9))), state=data.draw(states))
        for task in MASTER.tasks
        if data.draw(st.booleans())
    ]
    for number in range(data.draw(st.integers(0, 3))):
        tasks.insert(data.draw(st.integers(0, len(tasks))), replace(NEW, number=f"任务{50 + number}"))
    new = replace(MASTER, tasks=tuple(tasks))
    made = [Amendment(number, 2023, one, date(2023, 4, 1), "2023Q2") for number, one in enumerate(differences(MASTER, new), 1)]

    assert set(new.tasks) == set(in_force(MASTER, made, None).tasks)
    assert MASTER == in_force(MASTER, made, Period(2023, 1))


def _told(master: Master) -> tuple[object, ...]:
    """Give what a quarter's book depends on; a unit's names in other periods and the order of added rows it does not."""
    units = sorted((unit.key, unit.name, unit.group, unit.issued, unit.members) for unit in master.units)
    indicators = [replace(indicator, original=None, basis="") for indicator in master.indicators]
    return units, sorted(master.tasks, key=lambda task: task.number), indicators
