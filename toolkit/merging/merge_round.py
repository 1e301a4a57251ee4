"""Makes of all accepted returns of a period how each task, indicator and unit stands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from toolkit.merging.accept_answers import counted
from toolkit.merging.arrival_times import arrival_of, grace_of, without_false_alarms
from toolkit.merging.combine_parts import Asked, combined_row, mean
from toolkit.merging.filed_return import FiledReturn
from toolkit.merging.measured_rows import measured
from toolkit.merging.merge_versions import current_files
from toolkit.merging.ruling_effects import with_rulings
from toolkit.model.deadlines import last_day
from toolkit.model.decisions import Decided
from toolkit.model.findings import Code, Finding, Level
from toolkit.model.form import FINISHED, PLAN, PROGRESS, REACHED, STATUS, Form, Subject
from toolkit.model.master import Indicator, Master, Role, Task
from toolkit.model.own_part import OwnPart
from toolkit.model.own_rows import is_touched, told, with_added_rows, with_own_numbers
from toolkit.model.period import Period
from toolkit.model.returns import Outcome
from toolkit.model.standing import IndicatorStanding, OtherFile, Round, TaskStanding, UnitRow, UnitStanding, Version
from toolkit.model.task_life import TaskLife


class Known(NamedTuple):
    """What else merging needs: due date, planned percent by (unit, task number), earlier quarters' progress by task number, what the office decided,
    how far each task is.
    """

    due: date | None
    planned: Mapping[tuple[str, str], Decimal]
    earlier: Mapping[str, Mapping[int, Decimal]]
    decided: Decided
    issued: Sequence[str]
    lives: Mapping[str, TaskLife] = MappingProxyType({})


def merge(master: Master, form: Form, period: Period, *, files: Sequence[FiledReturn], strangers: Sequence[FiledReturn], known: Known) -> Round:
    """Merge; `files` are those of known units, oldest first: the newest that counts is a unit's word. `strangers` belong to no unit."""
    if form.main.subject is Subject.BLANK:
        files = [file._replace(rows=tuple(with_own_numbers(file.rows, form, file.unit))) for file in files]
    current = current_files(files, form)
    if form.main.subject is Subject.BLANK:
        master = with_added_rows(master, form, ((file.unit, row) for file in current.values() for row in file.rows))
    rows = {
        (file.unit, row.table, row.key): UnitRow(file.unit, row.role, row, file.path)
        for file in current.values()
        for row in file.rows
        if is_touched(row, form.table(row.table))
    }
    reported = {(found.unit, found.row.number): found for found in rows.values() if found.row.table == form.main.sheet and "|" not in found.row.key}
    outcomes: dict[str, int] = defaultdict(int)
    for file in (*files, *strangers):
        outcomes[file.outcome.value] += 1
    tasks = {task.number: task for task in master.tasks}
    sent: dict[str, list[FiledReturn]] = defaultdict(list)
    for file in files:
        sent[file.unit].append(file)
    state = Round(
        period=period,
        form=form,
        master=master,
        due=known.due,
        tasks=tuple(_task(task, master, form, period, reported, known) for task in master.live_tasks()),
        indicators=tuple(_indicator(indicator, tasks.get(indicator.number), master, form, rows) for indicator in master.indicators),
        units=tuple(_unit(unit, master, sent[unit], current.get(unit), known, str(period)) for unit in known.issued),
        details=tuple(rows.values()),
        findings=tuple(finding for file in (*current.values(), *strangers, *_refused(files, current)) for finding in file.findings if _is_of_round(finding)),
        files=dict(outcomes),
        other_files=tuple(
            OtherFile(file.name, file.unit, file.outcome, file.excluded or file.reason, file.path, file.id, excluded=bool(file.excluded))
            for file in (*strangers, *_unlisted_files(files, current))
        ),
        decided=known.decided,
        versions=tuple(_version(file) for file in files),
    )
    return with_rulings(without_false_alarms(state), str(period))


def with_findings(state: Round, more: Sequence[Finding]) -> Round:
    """Give a round with what was found by looking across it, counted with the unit that each finding names."""
    mine: dict[str, list[Finding]] = defaultdict(list)
    for finding in more:
        mine[finding.unit].append(finding)
    units = tuple(
        replace(unit, errors=unit.errors + counted(mine[unit.unit], Level.ERROR), reviews=unit.reviews + counted(mine[unit.unit], Level.REVIEW))
        for unit in state.units
    )
    return replace(state, units=units, findings=(*state.findings, *more))


def _unlisted_files(files: Sequence[FiledReturn], current: Mapping[str, FiledReturn]) -> list[FiledReturn]:
    """List the files of known units that have no line of their own: put aside, waiting or refused beside one that counts."""
    shown = {file.id for file in current.values()} | {file.id for file in {file.unit: file for file in _refused(files, current)}.values()}
    return [file for file in files if file.id not in shown and not file.counts and file.outcome.speaks]


def _version(file: FiledReturn) -> Version:
    errors = counted(file.findings, Level.ERROR)
    return Version(file.unit, file.name, file.sent, file.outcome, file.reason, file.path, file.rows, errors, file.counts)


def _refused(files: Sequence[FiledReturn], current: Mapping[str, FiledReturn]) -> list[FiledReturn]:
    return [file for file in files if not file.counts and file.unit not in current and file.outcome not in {Outcome.ATTACHED, Outcome.APPEALED}]


def _task(task: Task, master: Master, form: Form, period: Period, rows: Mapping[tuple[str, str], UnitRow], known: Known) -> TaskStanding:
    roles = master.roles(task)
    reported = {unit: rows.get((unit, task.number)) for unit in roles}
    leads = [unit for unit, role in roles.items() if role is Role.LEAD]
    lead = _first_word([row for unit in leads if (row := reported[unit]) is not None])
    if task.parted:
        lead = combined_row([row for row in reported.values() if row], form.main, task.number, task.number, asked_of(task, master))
    status = lead.row.value(STATUS) if lead else None
    progress = lead.row.value(PROGRESS) if lead else None
    earlier = known.earlier.get(task.number, {})
    quarters = [earlier.get(quarter) for quarter in (1, 2, 3, 4)]
    if period.quarter:
        quarters[period.quarter - 1] = progress if isinstance(progress, Decimal) else None
    plan = told(form.main, task.number, lead.row if lead else None, PLAN)
    plans = {unit: known.planned[unit, task.number] for unit in leads if (unit, task.number) in known.planned}
    planned = next(iter(plans.values()), period.schedule)
    if task.parted and plans:
        planned = mean(plans, asked_of(task, master).weights) or Decimal(0)
    life = known.lives.get(task.number)
    closed = life.reference if life and life.is_left_out else ""
    if closed and lead is None:
        last = next((value for value in reversed(quarters) if value is not None), Decimal(100))
        quarters[: period.quarter] = _filled_up(quarters[: period.quarter])
        status, progress = FINISHED, last
    return TaskStanding(
        task=task,
        lead=lead,
        others=tuple(found for unit in roles if (found := reported[unit]) is not None and found is not lead),
        silent=tuple(unit for unit in roles if reported[unit] is None and not closed),
        planned=plan if isinstance(plan, Decimal) else planned,
        status=str(status or ""),
        progress=progress if isinstance(progress, Decimal) else None,
        quarters=(quarters[0], quarters[1], quarters[2], quarters[3]),
        overdue=(past_due := _is_overdue(task, period)) and not form.main.is_finished(status),
        past_due=past_due,
        closed=closed,
        settled=f"已于前期销号（{closed}），本期不再填报。" if closed and lead is None else "",
        means=form.main.stage(status),
        measured=measured(task, lead, form, period),
        parts={unit: _own_part(row, form, plans.get(unit, planned)) for unit in leads if task.parted and (row := reported[unit]) is not None},
    )


def _is_of_round(finding: Finding) -> bool:
    """Whether a finding speaks of the round; rows that were not the unit's any more when its file came are said to the unit alone."""
    return finding.code is not Code.ROWS_LEFT


def _first_word(rows: Sequence[UnitRow]) -> UnitRow | None:
    """Give the first of several leads' rows in which something was written: a row that was left empty hides no other's; the first one where all are empty."""
    return next((row for row in rows if row.row.answers), rows[0] if rows else None)


def _own_part(row: UnitRow, form: Form, planned: Decimal) -> OwnPart:
    """Give what a lead reported of its own part; its plan is the one that it typed into the row, where the form asks for one."""
    status, progress, plan = row.row.value(STATUS), row.row.value(PROGRESS), told(form.main, row.row.number, row.row, PLAN)
    return OwnPart(
        plan if isinstance(plan, Decimal) else planned, str(status or ""), progress if isinstance(progress, Decimal) else None, form.main.stage(status)
    )


def _filled_up(values: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Put into each gap behind the first value the one before it: what was closed stays as it was."""
    found: list[Decimal | None] = []
    for value in values:
        found.append(value if value is not None or not found else found[-1])
    return found


def asked_of(task: Task, master: Master) -> Asked:
    """Say who is asked about a task, and the leads' shares in it."""
    roles = master.roles(task)
    leads, supports = ([unit for unit, role in roles.items() if role is wanted] for wanted in (Role.LEAD, Role.SUPPORT))
    return Asked(leads, supports, {name: unit.weight for name in leads if (unit := master.resolve(name)) is not None})


def _is_overdue(task: Task, period: Period) -> bool:
    """Whether a task's own deadline passed before the period ended; “全年” names no day and is none."""
    ends = last_day(task.deadline, year=period.year)
    return ends is not None and ends < period.ends


def _indicator(indicator: Indicator, task: Task | None, master: Master, form: Form, rows: Mapping[tuple[str, str, str], UnitRow]) -> IndicatorStanding:
    leads = [unit for unit, role in master.roles(task).items() if role is Role.LEAD] if task else []
    key = f"{indicator.number}|{indicator.name}"
    told_by = [row for table in form.tables for unit in leads if (row := rows.get((unit, table.sheet, key)))]
    found = next((row for row in told_by if row.row.value(REACHED) is not None), told_by[0] if told_by else None)
    if task and task.parted and found:
        table = form.table(found.row.table)
        mine = [row for unit in leads if (row := rows.get((unit, found.row.table, key)))]
        found = combined_row(mine, table, key, indicator.number, asked_of(task, master), indicator) if table else None
    value = found.row.value(REACHED) if found else None
    return IndicatorStanding(indicator, "、".join(leads), value if isinstance(value, Decimal) else None, found)


def _unit(name: str, master: Master, mine: Sequence[FiledReturn], current: FiledReturn | None, known: Known, period: str) -> UnitStanding:
    unit = master.resolve(name)
    returns = [filed for filed in mine if filed.outcome.speaks]
    file = current or (returns[-1] if returns else None)
    if file is None:
        due = grace_of(name, due=known.due, period=period, decided=known.decided)
        empty = next((filed for filed in reversed(mine) if any(finding.code is Code.BLANK_FORM for finding in filed.findings)), None)
        nothing = UnitStanding(name, unit.group if unit else "", None, None, on_time=False, versions=0, errors=0, reviews=0, due=due)
        return replace(nothing, path=empty.path, reason=empty.reason, file=empty.id, blank=True) if empty else nothing
    arrival = arrival_of(name, returns, due=known.due, period=period, decided=known.decided)
    return UnitStanding(
        unit=name,
        group=unit.group if unit else "",
        outcome=file.outcome,
        sent=file.sent,
        on_time=arrival.on_time,
        versions=sum(filed.counts for filed in mine),
        errors=counted(file.findings, Level.ERROR),
        reviews=counted(file.findings, Level.REVIEW),
        path=file.path,
        reason=file.reason,
        file=file.id,
        received=arrival.received,
        in_doubt=arrival.in_doubt,
        due=arrival.due,
    )
