"""The part of a round that one list (清单) is: its tasks, who has to do with them, and what was said and found of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from toolkit.model.findings import Finding
from toolkit.model.master import MAIN_LIST
from toolkit.model.standing import Quarter, Round, UnitRow

Lines = Mapping[tuple[str, str, str], str]


def list_part(state: Round, name: str) -> Round:
    """Give the part of a round that is a list's, '' for the one without a name; files of nobody and rows of the units' own stay with the whole."""
    master = state.master.of_list(name)
    numbers = {task.number for task in master.tasks}
    lines = _lines_of(state.details)
    units = {unit for task in master.live_tasks() for unit in master.roles(task)}
    return replace(
        state,
        master=master,
        listed=name or MAIN_LIST,
        outcomes={},  # a quarter's score is of all lists together
        appeals=(),
        tasks=tuple(task for task in state.tasks if task.task.number in numbers),
        indicators=tuple(standing for standing in state.indicators if standing.indicator.number in numbers),
        units=tuple(unit for unit in state.units if unit.unit in units),
        details=_of(state.details, numbers),
        findings=tuple(finding for finding in state.findings if _is_about(finding, lines, numbers, units)),
        other_files=(),
        versions=tuple(
            version._replace(rows=tuple(row for row in version.rows if row.number in numbers)) for version in state.versions if version.unit in units
        ),
        stages=tuple(list_part(stage, name) for stage in state.stages),
        received=(),
        evidence=tuple(line for line in state.evidence if line.number in numbers),
        milestones=tuple(milestone for milestone in state.milestones if milestone.node.number in numbers),
        lives={number: life for number, life in state.lives.items() if number in numbers},
        matters=tuple(matter for matter in state.matters if matter.number in numbers),
        steps=tuple(step for step in state.steps if (step.task in numbers if step.task else step.unit in units)),
    )


def quarter_part(quarter: Quarter, part: Round) -> Quarter:
    """Give what an earlier round says of the part of a list."""
    numbers, units = {task.task.number for task in part.tasks}, {unit.unit for unit in part.units}
    return quarter._replace(
        tasks=tuple(task for task in quarter.tasks if task.task.number in numbers),
        lights={number: light for number, light in quarter.lights.items() if number in numbers},
        units=tuple(unit for unit in quarter.units if unit.unit in units),
        details=_of(quarter.details, numbers),
    )


def _of(details: Sequence[UnitRow], numbers: Collection[str]) -> tuple[UnitRow, ...]:
    return tuple(detail for detail in details if detail.row.number in numbers)


def _lines_of(details: Sequence[UnitRow]) -> Lines:
    """Give the number of the task that stands in each line of each unit's sheets."""
    return {(detail.unit, detail.row.place.sheet, _line(detail.row.place.cell)): detail.row.number for detail in details}


def _line(cell: str) -> str:
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _is_about(finding: Finding, lines: Lines, numbers: Collection[str], units: Collection[str]) -> bool:
    """Whether a finding is about a task of the list, or about a whole return of a unit that has to do with it."""
    number = finding.number or lines.get((finding.unit, finding.place.sheet, _line(finding.place.cell)), "")
    return number in numbers if number else finding.unit in units
