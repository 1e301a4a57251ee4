"""A row of the consolidated workbook's sheet of tasks, and the cells that every form's sheet has: its number, its formulas, what other units said."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.column_kinds import show_number
from toolkit.model.form import DONE, PROGRESS, STATUS, Field, Table
from toolkit.model.master import Role
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW
from toolkit.model.sheet import Formula
from toolkit.model.stages import Stage
from toolkit.model.standing import TaskStanding, UnitRow
from toolkit.model.values import joined_words
from toolkit.views.consolidated.criteria import quoted, rounded
from toolkit.views.consolidated.data_sheet import Styled
from toolkit.views.consolidated.sheet_names import NOTHING_CAME
from toolkit.views.consolidated.source_links import internal_link

_MOST_OF_OTHERS = 900  # characters of 责任单位进展 before each unit's words are shortened; 填报明细 has them whole
_SHORTEST = 30
Places = Mapping[tuple[str, str], tuple[str, str]]  # sheet and cell of a unit's row of a task
_HUNDREDTH = Decimal("0.01")


class TaskLine(NamedTuple):
    """A row of the sheet: the task's standing, the row's number (from 1), its light, where units' rows of it stand, its form's first table.

    `at` are the letters of the sheet's columns by header, `as_of` the day as of which it is on time or late.
    """

    standing: TaskStanding
    row: int
    light: str
    places: Places
    table: Table
    at: Mapping[str, str]
    as_of: date = date.max

    def cell(self, title: str) -> str:
        """Give the address of the row's cell in a column, by its header."""
        return f"{self.at[title]}{self.row}"

    def of_lead(self, code: str) -> object:
        """Give what the lead said in a field; None where no lead spoke."""
        return self.standing.lead.row.value(code) if self.standing.lead else None


def listed_value(line: TaskLine, field: Field) -> object:
    """Give what the form's list shows in a prefilled column of a row; None where it shows nothing."""
    listed = line.table.list_row(line.standing.task.number)
    return listed.shows(field) if listed else None


def quarter(number: int) -> Callable[[TaskLine], object]:
    """Give the cell of a quarter's cumulative percent, counted from 0."""
    return lambda line: line.standing.quarters[number]


def number_cell(line: TaskLine) -> object:
    """Give the task's number, a way to the lead's row in 填报明细, else to that of the first unit that spoke."""
    standing, places = line.standing, line.places
    spoke = (row.unit for row in (standing.lead, *standing.others) if row is not None)
    place = next((places[unit, standing.task.number] for unit in spoke if (unit, standing.task.number) in places), None)
    return Styled(internal_link(place[0], standing.task.number, place[1]), "链接居中") if place else standing.task.number


def equals_any(cell: str, words: Sequence[str]) -> str:
    """Write the test whether a cell holds one of some words; '' where there are none."""
    tests = [f"{cell}={quoted(word)}" for word in words]
    return f"OR({','.join(tests)})" if len(tests) > 1 else "".join(tests)


def gap_formula(line: TaskLine, *, planned: str, done: str, status: str) -> Formula:
    """Write progress less plan; a task that is not begun and names no percent is at 0. Columns are given by their headers, '' for none."""
    value = line.standing.gap
    plan_cell, done_cell = line.cell(planned), line.cell(done)
    waiting = equals_any(line.cell(status), line.table.words_of(Stage.WAITING)) if status else ""
    otherwise = f'IF({waiting},{rounded(f"-{plan_cell}", 2)},"")' if waiting else '""'
    return Formula(f'=IF({done_cell}<>"",{rounded(f"({done_cell}-{plan_cell})", 2)},{otherwise})', "" if value is None else value)


def light_formula(line: TaskLine, *, ruled: str, status: str, judged: str) -> Formula:
    """Write a light: the office's ruling, else blue where the status says finished, else as `judged` computes."""
    finished = equals_any(line.cell(status), line.table.words_of(Stage.FINISHED)) if status else ""
    judged = f'IF({finished},"{BLUE}",{judged})' if finished else judged
    ruling = line.cell(ruled)
    return Formula(f'=IF({ruling}<>"",{ruling},{judged})', line.light)


def by_progress(line: TaskLine, *, behind: str, status: str) -> str:
    """Write how a gap is judged; past its deadline whatever was reported is red."""
    behind = line.cell(behind)
    if line.standing.overdue:
        silent = f'AND({line.cell(status)}="",{behind}="")' if status else f'{behind}=""'
        return f'IF({silent},"{GREY}","{RED}")'
    return f'IF({behind}="","{GREY}",{by_gap(behind)})'


def by_gap(behind: str) -> str:
    """Write the light of a gap in points (negative: behind) by the thresholds of the rules."""
    return f'IF(-{behind}>red_gap,"{RED}",IF(-{behind}>=yellow_gap,"{YELLOW}","{GREEN}"))'


def reports_of_others(standing: TaskStanding) -> str:
    """Join what the other units said, further leads first, a line each; say at the end who said nothing."""
    others = sorted(standing.others, key=lambda other: other.role is not Role.LEAD)
    room = max(_SHORTEST, _MOST_OF_OTHERS // max(len(others), 1)) if sum(len(str(row.row.value(DONE) or "")) for row in others) > _MOST_OF_OTHERS else 0
    silent = [f"{NOTHING_CAME}：{joined_words(standing.silent)}"] if standing.silent else []
    return "；\n".join(filter(None, (joined_words([_report_of(row, room) for row in others], "；\n"), *silent)))


def _report_of(row: UnitRow, room: int) -> str:
    done, progress = str(row.row.value(DONE) or "").strip().rstrip("。；;"), row.row.value(PROGRESS)
    share = f"{show_number(progress)}%" if isinstance(progress, Decimal) else ""
    state = f"{row.row.value(STATUS) or ''}{share}"
    words = f"{done[:room]}…" if room and len(done) > room else done
    return f"{row.unit}{'（牵头）' if row.role is Role.LEAD else ''}：{'，'.join(part for part in (state, words) if part)}"
