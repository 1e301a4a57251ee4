"""analyse: what a year says when its quarters are laid side by side; compare: what changed between two days."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.assessment.lights import light
from toolkit.edges.files import write_file
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.office_words import words_of_office
from toolkit.flows.office.period_standing import rules_of_book
from toolkit.flows.office.round_chain import parts_of_year
from toolkit.flows.report.data_tables import chosen_periods, read_only, snapshots, tables
from toolkit.model.analysis_table import AnalysisTable
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period
from toolkit.model.standing import Ruling
from toolkit.views.consolidated.analysis_sheets import analysis_book
from toolkit.views.shown_book import book_in

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.analysis.frames import Snapshot
    from toolkit.analysis.table_differences import Differences


class Analysed(NamedTuple):
    """The year, its tables, and the workbook that holds them."""

    year: Period
    tables: tuple[AnalysisTable, ...]
    path: Path


def write_analysis(space: Workspace, year: int | None) -> Analysed:
    """Analyse a year, the newest one when none is named, into a workbook beside its consolidated one. Raises CommandError where nothing was issued."""
    chosen, found = analyse(space, year)
    title = f"{chosen.label}目标任务分析"
    path = space.out(chosen, "分析") / f"{title}.xlsx"
    write_file(path, draw(book_in(analysis_book(found, title), words_of_office(space))))
    return Analysed(chosen, found, path)


def analyse(space: Workspace, year: int | None) -> tuple[Period, tuple[AnalysisTable, ...]]:
    """Analyse a year, the newest one when none is named; raises CommandError where none of its quarters was issued."""
    with open_office(space) as office:
        issued = [Period.parse(text) for text in office.ledger.issued_periods()]
        chosen = Period(year or max((period.year for period in issued), default=0))
        found = year_tables(office, chosen)
    if not found:
        raise CommandError(f"{chosen.label}还没有发过季度的表，没有可分析的。", "请先发表、收表，再运行 analyse。")
    return chosen, found


def year_tables(office: OfficeContext, year: Period) -> tuple[AnalysisTable, ...]:
    """Give the tables of a year's analysis; none before its first quarter was issued."""
    quarters = parts_of_year(office, year)
    if not quarters:
        return ()
    from toolkit.analysis import yearly
    from toolkit.analysis.yearly_milestones import milestones_kept

    taken = list(snapshots(office, quarters))
    others = {Period.parse(text).year for text in office.ledger.issued_periods()}
    newest = {number: parts[-1] for number in sorted(others) if (parts := parts_of_year(office, Period(number, form=year.form)))}
    years = {number: next(iter(snapshots(office, [period]))) for number, period in newest.items() if number < year.year} | {year.year: taken[-1]}
    found = (
        *(yearly.punctuality(taken), yearly.score_trend(taken), yearly.promises(taken), yearly.finding_kinds(taken), yearly.projections(taken)),
        *(
            yearly.overruled(taken, {snapshot.state.period: _without_rulings(office, snapshot) for snapshot in taken}),
            yearly.said_again(taken),
            yearly.risk_concentration(taken),
            milestones_kept(taken),
        ),
        yearly.years_compared(years),
    )
    return tuple(table for table in found if table is not None)


def _without_rulings(office: OfficeContext, snapshot: "Snapshot") -> Mapping[str, str]:
    """Give each task's light as the numbers alone have it."""
    rules = rules_of_book(office, snapshot.state.period)
    return {task.task.number: light(replace(task, ruling=Ruling()), rules) for task in snapshot.state.tasks}


class Compared(NamedTuple):
    """The newest period that was reported on at either day (None: nothing was issued yet), and what differs between how they stood."""

    before: Period | None
    after: Period
    differences: "Differences"


def compare(space: Workspace, before: date, after: date) -> Compared:
    """Say what changed between the ends of two days: tasks, indicators and scores as the newest reported period of each day had them, whose, and why.

    Raises CommandError when nothing was issued by the later day.
    """
    from toolkit.analysis.table_differences import differences

    first, last = sorted((before, after))
    later, now = _stood(space, last)
    try:
        earlier, then = _stood(space, first)
    except CommandError:  # nothing was issued yet: everything is new
        earlier, then = {name: table.iloc[:0] for name, table in later.items()}, None
    return Compared(then, now, differences(earlier, later))


def _stood(space: Workspace, day: date) -> "tuple[dict[str, pd.DataFrame], Period]":
    with read_only(space, day) as office:
        issued = chosen_periods(office)
        reported = {file.period for file in office.ledger.all_files() if file.outcome.counts}
        newest = max(issued, key=lambda period: (str(period) in reported, period.year, period.is_part, period.ends))
    newest_tables = tables(space, ("tasks", "indicators", "scores"), periods=[newest], as_of=day)
    return newest_tables | tables(space, ("returns", "events"), as_of=day), newest
