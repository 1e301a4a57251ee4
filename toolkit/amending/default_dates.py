"""From when a change holds, and as what, where nobody has said so yet."""

from collections.abc import Collection, Iterable
from datetime import date

from toolkit.amending.list_parts import PARTS
from toolkit.model.amendments import ADDED, AmendmentKind, AmendmentSubject, Change, first_day
from toolkit.model.master import Deadline, Master
from toolkit.model.period import Period

_REGISTER = ("别名", "成员", "联系人", "电话", "邮箱", "上级单位")  # what is only completed where nothing stood there


def change_kind_of(change: Change, current: Master) -> AmendmentKind:
    """Say whether a change is a 更正 by default: contacts, headings, notes, and what completes the register of units."""
    if change.about is AmendmentSubject.UNIT and change.matter == ADDED:
        named = {name for task in current.live_tasks() for name in (*task.leads, *task.supports)}
        return AmendmentKind.CORRECTION if change.subject in named else AmendmentKind.CHANGE
    column = PARTS[change.about].column(change.matter)
    if change.about is AmendmentSubject.UNIT and change.matter in _REGISTER and not change.before:
        return AmendmentKind.CORRECTION
    return column.nature if column else AmendmentKind.CHANGE


def first_span(calendar: Iterable[Deadline], year: int, *, issued: Collection[str], settled: Collection[str], today: date) -> Period | None:
    """Give the period that a change holds from: the first whose 截止 has not passed and that is not `settled` (closed, or its bulletin is written).

    Where every 截止 has passed: the first that was not issued yet behind those that were, else the last issued one that is not settled; None where all are.
    """
    lines = sorted(
        ((Period.parse(line.period), line.due) for line in calendar if line.period[:4] == str(year)), key=lambda period: (first_day(period[0]), period[1])
    )
    open_ones = [(period, due) for period, due in lines if str(period) not in settled]
    last = max((first_day(period) for period, _ in lines if str(period) in issued), default=date.min)
    ahead = [period for period, due in open_ones if due >= today]
    unissued = [period for period, _ in open_ones if str(period) not in issued and first_day(period) > last]
    given = [period for period, _ in open_ones if str(period) in issued]
    return next(iter([*ahead[:1], *unissued[:1], *given[-1:]]), None)
