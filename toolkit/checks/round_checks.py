"""Checks across a whole round: unit against unit, this period against the ones before, what was planned and promised against what is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from toolkit.checks.column_checks import columns_sorted_alone
from toolkit.checks.measure_checks import measures_are_plausible
from toolkit.checks.similarity import share_kept
from toolkit.model.column_kinds import show_number
from toolkit.model.conflicts import ruled
from toolkit.model.findings import Code, Finding
from toolkit.model.form import NEXT, PLAN, PROGRESS, REACHED, REASON, REMARK, STATUS, Subject
from toolkit.model.master import Indicator, Role
from toolkit.model.own_rows import told
from toolkit.model.place import Place
from toolkit.model.returns import Row
from toolkit.model.rules import MAGNITUDE, PROMISE, STILL, Rules
from toolkit.model.standing import CUMULATIVE, Round, UnitRow
from toolkit.model.values import joined_words

_PLAUSIBLE = 100  # times more or less than the target: such a value is not wrong only because the last one was far from it
_A_PLAN = "单位的工作方案"
_ROWS_ASKED = frozenset({Code.ROWS_ADDED, Code.ROW_MISSING, Code.ROWS_MISSING, Code.NO_SHEET})
_LONG = 40  # characters of a promise that a sentence repeats
Key = tuple[str, str, str]  # unit, table sheet, row key


@dataclass(frozen=True, slots=True)
class Earlier:
    """What units said before: each earlier quarter's rows, the last quarter first (empty where there was none), and their work plans' rows."""

    quarters: Sequence[Mapping[Key, Row]]
    plans: Mapping[tuple[str, str], Row]

    def row(self, unit_row: UnitRow, back: int = 1) -> Row | None:
        """Give the same unit's same row so many quarters back (1: the last one); None where there was none."""
        return self.quarters[back - 1].get((unit_row.unit, unit_row.row.table, unit_row.row.key)) if back <= len(self.quarters) else None

    def number(self, row: UnitRow, code: str, back: int = 1) -> Decimal | None:
        """Give a number of the same row so many quarters back; None where there was no row, or no number in it."""
        return _number(self.row(row, back), code)

    def planned(self, row: UnitRow, state: Round) -> Decimal | None:
        """Give the percent (0–100) that the form's list or the row itself, else the unit's own work plan, names; None where none does, or it is no quarter."""
        table = state.form.table(row.row.table)
        own = told(table, row.row.number, row.row, PLAN) if table else None
        if isinstance(own, Decimal):
            return own
        return _number(self.plans.get((row.unit, row.row.number)), f"plan{state.period.plan_quarter}")


def supports_agree(state: Round, _: Earlier, __: Rules) -> Iterator[Finding]:
    """Where a lead says finished, no other unit of the task says it has not begun."""
    for lead, idle in _against(state, STATUS):
        others = joined_words([f"{row.unit}（{row.row.answers[STATUS].place}）" for row in idle])
        said = {"seen": _shown(lead.row, STATUS), "idle": _shown(idle[0].row, STATUS)}
        facts = {**said, "others": others, "ruled_on": "、".join(unit_row.unit for unit_row in idle)}
        yield _finding(Code.SUPPORT_NOT_STARTED, lead, STATUS, state, **facts)


def indicators_agree(state: Round, _: Earlier, __: Rules) -> Iterator[Finding]:
    """Units that report the same indicator report the same value: INDICATOR_DIFFERS at the first one's cell, the others by name, value and place."""
    for first, others in _against(state, REACHED):
        words = joined_words([f"{other.unit}报 {_shown(other.row, REACHED)}（{other.row.answers[REACHED].place}）" for other in others])
        name = first.row.key.partition("|")[2] or first.row.key
        values = "、".join(f"{unit_row.unit} {_shown(unit_row.row, REACHED)}" for unit_row in (first, *others))
        yield _finding(Code.INDICATOR_DIFFERS, first, REACHED, state, name=name, seen=_shown(first.row, REACHED), others=words, ruled_on=values)


def _against(state: Round, field: str) -> Iterator[tuple[UnitRow, list[UnitRow]]]:
    """Give each row that others contradict in a field, with them; where the office has ruled what holds, nothing is open."""
    open_ones = (ruling.conflict for ruling in ruled(state) if ruling.conflict.field == field and ruling.stated is None)
    for _, found in groupby(open_ones, key=lambda conflict: id(conflict.first)):
        pairs = list(found)
        yield pairs[0].first, [conflict.other for conflict in pairs]


def values_are_plausible(state: Round, past: Earlier, rules: Rules) -> Iterator[Finding]:
    """An indicator is of its target's order of magnitude and, where it adds up, not below the last quarter's unless a remark tells why."""
    targets = {f"{indicator.number}|{indicator.name}": indicator for indicator in state.master.indicators}
    for row in _reporting(state, REACHED):
        target, last = targets.get(row.row.key), past.number(row, REACHED)
        value = _number(row.row, REACHED)
        if target is None or value is None:
            continue
        than = _far_off(value, target, last, state.period.schedule, rules.value(MAGNITUDE))
        if than is not None:
            facts = {"seen": show_number(value), "than": than[0], "other": show_number(than[1]), "unit": target.unit}
            yield _finding(Code.MAGNITUDE, row, REACHED, state, **facts)
        elif last is not None and value < last and target.measure == CUMULATIVE and not row.row.value(REMARK):
            yield _finding(Code.VALUE_FALLS, row, REACHED, state, seen=show_number(value), last=show_number(last))


def amounts_are_plausible(state: Round, past: Earlier, rules: Rules) -> Iterator[Finding]:
    """In a column with a unit of measure no value is out of all proportion to the last one, nor to the rest of the column."""
    yield from measures_are_plausible(state, past.number, rules)


def progress_grows(state: Round, past: Earlier, rules: Rules) -> Iterator[Finding]:
    """Cumulative progress does not fall unless the reason is told, and a lead that is behind its plan does not stand still for quarters."""
    back = int(rules.value(STILL))
    for row in _reporting(state, PROGRESS):
        now, last = _number(row.row, PROGRESS), past.number(row, PROGRESS)
        if now is None or last is None:
            continue
        if now < last and not row.row.value(REASON):
            yield _finding(Code.PROGRESS_FALLS, row, PROGRESS, state, seen=show_number(now), last=show_number(last))
        still = back > 0 and all(past.number(row, PROGRESS, ago) == now for ago in range(1, back + 1))
        plan = past.planned(row, state)
        behind = now < (state.period.schedule if plan is None else plan)
        if still and behind and row.role is Role.LEAD and not state.form.main.is_finished(row.row.value(STATUS)):
            yield _finding(Code.NO_CHANGE, row, PROGRESS, state, seen=show_number(now), quarters=str(back), rounds="个季度" if state.period.quarter else "期")


def promises_come_up(state: Round, past: Earlier, rules: Rules) -> Iterator[Finding]:
    """What was promised as the next step last quarter comes up in some cell of this quarter's row, unless the task is finished."""
    field = state.form.main.telling
    for row in _reporting(state, field.code) if field else ():
        before = past.row(row)
        if before is None:
            continue
        promise = str(before.value(NEXT) or "").rstrip("。；")
        texts = [answer.value for answer in row.row.answers.values() if isinstance(answer.value, str)]
        done = any(state.form.main.is_finished(told.value(STATUS)) for told in (row.row, before))
        share = share_kept(promise, texts) if promise and not done else None
        if field and share is not None and share < rules.value(PROMISE):
            yield _finding(Code.PROMISE_DROPPED, row, field.code, state, promise=promise[:_LONG] + ("…" if len(promise) > _LONG else ""))


def nodes_are_begun(state: Round, past: Earlier, _: Rules) -> Iterator[Finding]:
    """A task whose work plan has something done by this quarter has begun."""
    for row in _reporting(state, STATUS):
        idle = state.form.main.is_waiting(row.row.value(STATUS)) or _number(row.row, PROGRESS) == 0
        plan = past.planned(row, state) if idle else None
        if plan is not None and plan > 0:
            yield _finding(Code.NODE_MISSED, row, STATUS, state, plan=show_number(plan), **_planned_by(row, past, state))


def _planned_by(row: UnitRow, past: Earlier, state: Round) -> dict[str, str]:
    """Say where the plan of a row stands, in the form's own column or else in the unit's work plan, and by when."""
    table = state.form.table(row.row.table)
    column, status = (table.field(PLAN), table.field(STATUS)) if table else (None, None)
    if table and column and isinstance(told(table, row.row.number, row.row, PLAN), Decimal):
        title = f"{status.title} " if status else ""
        return {"by": column.title, "until": "本期", "node": f"{title}{_shown(row.row, STATUS)}"}
    plan = past.plans.get((row.unit, row.row.number))
    node = (plan.value(f"node{state.period.plan_quarter}") if plan else None) or "没有写节点"
    return {"by": plan.table if plan else _A_PLAN, "until": "本季", "node": str(node)[:_LONG]}


def later_tasks_are_told(state: Round, _: Earlier, __: Rules) -> Iterator[Finding]:
    """Who has reported has also reported what was added or handed to it only afterwards; who was told so of its file, or lost rows, is asked there.

    Of a task that it was to support and leads by now, it has not told what a lead tells.
    """
    asked: dict[str, dict[str, Role]] = {}
    names: dict[str, str] = {}
    for version in state.versions if state.form.main.subject is Subject.TASK else ():
        if version.counts and version.rows:
            asked.setdefault(version.unit, {}).update((row.number, row.role) for row in version.rows if "|" not in row.key)
            names[version.unit] = version.name
    known = {finding.unit for finding in state.findings if finding.code in _ROWS_ASKED}
    later: dict[str, list[str]] = {}
    for task in state.tasks:
        for unit, role in state.master.roles(task.task).items():
            then = asked[unit].get(task.task.number) if unit in asked else role
            if not task.closed and (unit in task.silent if then is None else (then, role) == (Role.SUPPORT, Role.LEAD)):
                later.setdefault(unit, []).append(task.task.number)
    for unit, numbers in later.items():
        if unit not in known:
            yield Finding(Code.ROWS_LATER, Place(names[unit]), {"rows": joined_words(numbers)}, unit, number=numbers[0] if len(numbers) == 1 else "")


def columns_keep_their_rows(state: Round, past: Earlier, _: Rules) -> Iterator[Finding]:
    """What stands in a column belongs to its own row: the same contents in other rows than before are asked about."""
    yield from columns_sorted_alone(state, past.quarters[0] if past.quarters else {})


ROUND_CHECKS = (
    *(supports_agree, indicators_agree, values_are_plausible, amounts_are_plausible),
    *(progress_grows, promises_come_up, nodes_are_begun, later_tasks_are_told, columns_keep_their_rows),
)


def check_round(state: Round, past: Earlier, rules: Rules) -> Iterator[Finding]:
    """Run every round check over the current returns of a period, check by check; `past` holds earlier rounds."""
    for check in ROUND_CHECKS:
        yield from check(state, past, rules)


def _far_off(value: Decimal, target: Indicator, last: Decimal | None, schedule: Decimal, factor: Decimal) -> tuple[str, Decimal] | None:
    """Say what a value is out of all proportion to: the target by far too much (or, where it adds up, too little), or the last quarter's value."""
    aim, now, adds = abs(target.target), abs(value), target.measure == CUMULATIVE
    due = aim * schedule / 100
    if now and aim and (now >= aim * factor or (adds and due >= now * factor)):
        return "全年目标", target.target
    near = bool(due) and due <= now * _PLAUSIBLE and now <= due * _PLAUSIBLE
    if adds and last and now and not near and (now >= abs(last) * factor or abs(last) >= now * factor):
        return "上一期", last
    return None


def _reporting(state: Round, code: str) -> list[UnitRow]:
    return [detail for detail in state.details if code in detail.row.answers]


def _finding(code: Code, row: UnitRow, field: str, state: Round, **facts: str) -> Finding:
    table = state.form.table(row.row.table)
    column = table.field(field) if table else None
    return Finding(code, row.row.answers[field].place, facts, row.unit, column.title if column else "")


def _number(row: Row | None, code: str) -> Decimal | None:
    value = row.value(code) if row else None
    return value if isinstance(value, Decimal) else None


def _shown(row: Row, code: str) -> str:
    value = row.value(code)
    return show_number(value) if isinstance(value, Decimal) else str(value)
