"""What is taken off and added, each with its task, day and evidence."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from toolkit.assessment.appeal_effects import after_appeals, other_appeals
from toolkit.assessment.unit_duties import reported_parts
from toolkit.model.appeals import deduction_marks
from toolkit.model.evidence import FALSE, FALSE_POINTS, WANTED, WANTED_POINTS, EvidenceLine
from toolkit.model.findings import Finding, Level
from toolkit.model.master import Role
from toolkit.model.returns import Outcome
from toolkit.model.rules import Rules
from toolkit.model.scoring import Deduction, Duty
from toolkit.model.stages import Stage
from toolkit.model.standing import Round, UnitStanding, Version

BONUS, MALUS = "加分", "减分"


class DeductionCase(NamedTuple):
    """All that a unit's deductions are made from: its parts, returns (oldest first), errors, the day it was due, the numbers of overdue tasks, what was
    found on checking its evidence, what the year's rules hold against a unit (一票否决).
    """

    unit: UnitStanding
    parts: Sequence[Duty]
    reported: frozenset[tuple[str, str]]
    versions: Sequence[Version]
    errors: Sequence[Finding]
    due: date | None
    overdue: frozenset[str]
    rules: Rules
    evidence: Sequence[EvidenceLine] = ()
    held: frozenset[str] = frozenset()

    @property
    def came(self) -> bool:
        """Whether a return was taken in: its outcome is merged, with findings or without."""
        return self.unit.outcome is not None and self.unit.outcome.counts

    @property
    def day(self) -> date | None:
        """The day of the unit's word, of the deadline where nothing came."""
        return self.unit.sent.date() if self.unit.sent else self.due

    def off(self, item: str, code: str, evidence: str) -> Deduction:
        """Take a parameter's points (考核规则 by its code) off, as a negative number; dated with the unit's word, without a task."""
        return Deduction(self.unit.unit, item, "", 0 - self.rules.value(code), self.day, evidence, code, self.unit.path)


def deductions(state: Round, rules: Rules, parts: Mapping[str, Sequence[Duty]]) -> dict[str, list[Deduction]]:
    """Give each unit's deductions from its process, then what the office typed for it; a unit without any has an empty list.

    A year's deductions are those of its work plan and of every quarter, each named with its period, and so are the points that appeals of those rounds
    gave for other matters. What a closed quarter took off stays as it was closed.
    """
    held = frozenset(condition.counted for condition in rules.veto_conditions)
    found: dict[str, list[Deduction]] = {unit: [] for unit in parts}
    given: dict[str, list[Deduction]] = {unit: [] for unit in parts}
    for stage in (stage for stage in state.stages or (state,) if stage.form.scored):
        label, called = f"{stage.period.label}：" if state.stages else "", names_of(stage, state)
        taken: dict[str, list[Deduction]] = {}
        owed = {then: _parts_in(stage, then) for then, unit in called.items() if unit in parts}
        for deduction in _process(stage, stage.closed_rules or rules, owed, held):
            closed = stage.closed_rules is not None
            taken.setdefault(deduction.unit, []).append(deduction._replace(period=str(stage.period), is_closed=closed))
        for then, rows in taken.items():
            marked = deduction_marks(rows)
            ruled = marked if stage.period == state.period else after_appeals(marked, stage.decided, str(stage.period), then)
            found[called[then]] += [row._replace(unit=called[then], evidence=label + row.evidence) for row in ruled]
        for then, unit in called.items():
            if stage.period != state.period and unit in parts:
                others = other_appeals(stage.decided, str(stage.period), then, stage.period.ends)
                given[unit] += [row._replace(unit=unit, evidence=label + row.evidence) for row in others]
    typed: dict[str, list[Deduction]] = {}
    for deduction in _typed(state, rules):
        typed.setdefault(deduction.unit, []).append(deduction)
    return {unit: _whole(unit, [*rows, *deduction_marks(typed.get(unit, [])), *given[unit]], state) for unit, rows in found.items()}


def _whole(unit: str, rows: list[Deduction], state: Round) -> list[Deduction]:
    """Let the round's own rulings on appeals hold, and add what they gave for other matters."""
    period = str(state.period)
    return [*after_appeals(rows, state.decided, period, unit), *other_appeals(state.decided, period, unit, state.period.ends)]


def names_of(stage: Round, state: Round) -> dict[str, str]:
    """Say what the units of a stage are called in the whole round: a unit may have had another name then."""
    if stage is state:
        return {unit.unit: unit.unit for unit in stage.units}
    return {unit.unit: known.name for unit in stage.units if (known := state.master.resolve(unit.unit))}


def _parts_in(stage: Round, unit: str) -> list[Duty]:
    """Give what a unit owed in a stage by the list in force then, without lights."""
    nothing = Decimal(0)
    return [Duty(unit, task.number, role, reported=False, task_light="", light="", share=nothing, points=nothing) for task, role in stage.master.duties(unit)]


def _process(state: Round, rules: Rules, parts: Mapping[str, Sequence[Duty]], held: frozenset[str]) -> Iterator[Deduction]:
    versions: dict[str, list[Version]] = {}
    errors: dict[str, list[Finding]] = {}
    checked: dict[str, list[EvidenceLine]] = {}
    for line in state.evidence:
        if line.check:
            checked.setdefault(line.unit, []).append(line)
    for version in state.versions:
        versions.setdefault(version.unit, []).append(version)
    for finding in state.findings:
        if finding.counts and finding.level is Level.ERROR:
            errors.setdefault(finding.unit, []).append(finding)
    overdue = frozenset(task.task.number for task in state.tasks if task.overdue and task.stage is not Stage.FINISHED)
    reported = reported_parts(state)
    for unit in state.units:
        if unit.unit in parts:
            name = unit.unit
            mine = versions.get(name, []), errors.get(name, []), state.due, overdue, rules, checked.get(name, ()), held
            case = DeductionCase(unit, parts[name], reported, *mine)
            yield from (deduction for rule in PROCESS for deduction in rule(case))


def nothing_came(case: DeductionCase) -> Iterator[Deduction]:
    """A unit whose return was not taken in, or that sent nothing, has not reported."""
    if not case.came:
        why = f"最近一份{case.unit.outcome.words}" if case.unit.outcome else "什么都没有收到"
        yield case.off("未报", "missing_points", f"{_due(case)}没有收到有效的报送：{why}。")


def came_late(case: DeductionCase) -> Iterator[Deduction]:
    """The first return that counts came after the deadline: one deduction (late_points), dated with the day it came, None where that is unknown."""
    if case.came and not case.unit.on_time:
        first = next((version for version in case.versions if version.counts), None)
        moment, path = case.unit.received or case.unit.sent, first.path if first else case.unit.path
        row = case.off("迟报", "late_points", f"{_due(case)}第一次有效报送于{moment:%Y-%m-%d}收到。" if moment else _due(case))
        yield row._replace(day=moment.date() if moment else None, path=path)


def left_out_tasks(case: DeductionCase) -> Iterator[Deduction]:
    """A return in which nothing was written of a task: one deduction (unreported_points) for each of the unit's tasks left out; none where nothing came."""
    for part in case.parts if case.came else ():
        if (case.unit.unit, part.number) not in case.reported:
            yield case.off("漏报", "unreported_points", f"报来的表里没有填写这一项（{part.role}单位）。")._replace(number=part.number)


def passed_deadlines(case: DeductionCase) -> Iterator[Deduction]:
    """A task that the unit leads is past its deadline and not finished: one deduction (overdue_points) a task."""
    for part in case.parts:
        if part.role is Role.LEAD and part.number in case.overdue:
            yield case.off("超期", "overdue_points", "过了完成时限，没有报告完成。")._replace(number=part.number)


def was_sent_back(case: DeductionCase) -> Iterator[Deduction]:
    """A return that had to be mended (refused, or taken in with errors): one deduction (sent_back_points) a version."""
    for version in case.versions:
        if version.outcome is Outcome.REFUSED or (version.counts and version.errors):
            yield case.off("退回", "sent_back_points", f"“{version.name}”{version.outcome.words}：{version.reason}")._replace(
                day=version.sent.date(), path=version.path
            )


def has_errors(case: DeductionCase) -> Iterator[Deduction]:
    """An error that still stands in the unit's word: one deduction (error_points) each, with its cell; the task's number is '' where its row is not known."""
    numbers = {(row.place.file, row.place.sheet, _line(row.place.cell)): row.number for version in case.versions for row in version.rows}
    days = {version.name: (version.sent.date(), version.path) for version in case.versions}
    for finding in case.errors:
        place = finding.place
        day, path = days.get(place.file, (case.day, case.unit.path))
        where = f"{place.sheet} {place.cell}：" if place.cell else ""
        row = case.off("错误", "error_points", f"{where}{finding.message}")
        yield row._replace(number=numbers.get((place.file, place.sheet, _line(place.cell)), ""), day=day, path=path, place=place)


def evidence_fails(case: DeductionCase) -> Iterator[Deduction]:
    """Evidence that the office found false, or still wants, where the rules take points for it or hold it against a unit in the year."""
    for line in case.evidence:
        code = _CHECKS.get(line.check, "")
        if code and (case.rules.value(code) or f"佐证{line.check}" in case.held):
            what = f"“{line.piece.title}”" if line.piece else "报了已完成，没有佐证材料"
            row = case.off(f"佐证{line.check}", code, f"{what}：核验为{line.check}{f'（{line.note}）' if line.note else ''}。")
            yield row._replace(number=line.number, path=line.piece.path if line.piece else row.path)


_CHECKS = {FALSE: FALSE_POINTS, WANTED: WANTED_POINTS}
PROCESS = (nothing_came, came_late, left_out_tasks, passed_deadlines, was_sent_back, has_errors, evidence_fails)


def _typed(state: Round, rules: Rules) -> Iterator[Deduction]:
    for merit in rules.merits:
        unit = state.master.resolve(merit.unit)
        if unit is not None and state.period.has(merit.day):
            words = f"{merit.reason}（{merit.evidence}）" if merit.evidence else merit.reason
            yield Deduction(unit.name, BONUS if merit.points > 0 else MALUS, "", merit.points, merit.day, words, place=merit.place)


def _due(case: DeductionCase) -> str:
    due = case.unit.due or case.due
    return f"截止日期 {due.isoformat()}，" if due else ""


def _line(cell: str) -> str:
    """Give the row of an address: 7 of K7."""
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
