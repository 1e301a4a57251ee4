"""Issuing workbooks: ours, each drawn by xlsxwriter, xlsxwriter bare, and what people use: openpyxl opens a template and writes a unit's values into it."""

import io
import resource
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from bench.bare import Recorder
from bench.office import PERIOD, workspace
from bench.timing import worked
from toolkit.edges.workspace import Workspace, open_workspace, real_notice
from toolkit.edges.writing.fast.workbook_cloning import WorkbookCloner
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.issue.import_notice import import_notice
from toolkit.flows.office.office_context import open_office
from toolkit.issuing.make_issue import make_issue
from toolkit.issuing.unit_rows import NOTHING_YET
from toolkit.model import seal
from toolkit.model.period import Period
from toolkit.model.sheet import BookPlan
from toolkit.views.unit_form import unit_book

Values = Mapping[tuple[str, int, int], object]  # by sheet, row and column counted from 1
_SAMPLE = 100  # workbooks whose calls are recorded; more of them are alike, and the sample is replayed for them again


def of_notice(folder: Path) -> tuple[Workspace, Period]:
    """Make the workspace of the real notice with its 63 units."""
    space = open_workspace(folder)
    import_notice(space, real_notice(), 2023)
    return space, Period(2023, 1)


def of_province(folder: Path, units: int) -> tuple[Workspace, Period]:
    """Make the workspace of so many made-up units with 12 tasks each."""
    return workspace(folder, units, 12), PERIOD


def measure(space: Workspace, period: Period, rounds: int) -> dict[str, float]:
    """Give median processor seconds of planning, sealing and drawing a round, and the peak memory of ours in MiB; openpyxl takes part up to 100 units."""
    with open_office(space) as office:
        form, due, units = office.form_of(period), office.deadline(period).due, office.master.addressees()

        def plans(some: int) -> Iterator[BookPlan]:
            for unit in units[:some]:
                issue = make_issue(form, office.master, unit, period=period, due=due, past=NOTHING_YET, key=office.key, number=1)
                yield unit_book(issue, form, sealed=seal.close(issue, office.key))

        def issue_all(drawn: Callable[[BookPlan], bytes]) -> int:
            return sum(len(drawn(plan)) for plan in plans(len(units)))

        found: dict[str, list[float]] = {"ours": [], "each drawn by xlsxwriter": [], "bare xlsxwriter": []}
        found["ours"].append(worked(lambda: issue_all(WorkbookCloner(draw).draw)))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        recorder, sample = Recorder(), min(len(units), _SAMPLE)
        with recorder:
            books = [draw(plan) for plan in plans(sample)]
        filled = [values_of(book) for book in books] if sample == len(units) else []
        for _ in range(rounds):
            found["ours"].append(worked(lambda: issue_all(WorkbookCloner(draw).draw)))
            found["each drawn by xlsxwriter"].append(worked(lambda: issue_all(draw)))
            found["bare xlsxwriter"].append(sum(worked(recorder.replay) for _ in range(max(1, len(units) // sample))))
            if filled:
                found.setdefault("openpyxl load and fill", []).append(worked(lambda: fill_with_openpyxl(books[0], filled)))
    return {name: statistics.median(seconds) for name, seconds in found.items()} | {"peak": peak}


def values_of(book: bytes) -> Values:
    """List what stands in a workbook's cells."""
    sheets = load_workbook(io.BytesIO(book), read_only=True).worksheets
    rows = ((sheet.title, at, row) for sheet in sheets for at, row in enumerate(sheet.iter_rows(values_only=True), 1))
    return {(title, at, column): value for title, at, row in rows for column, value in enumerate(row, 1) if value is not None}


def fill_with_openpyxl(template: bytes, units: Sequence[Values]) -> None:
    """Load the template anew for each unit, write the unit's values, save."""
    for values in units:
        book = load_workbook(io.BytesIO(template))
        for (title, row, column), value in values.items():
            cell = book[title].cell(row, column)
            if not isinstance(cell, MergedCell):  # a longer unit's sign-off may lie over a shorter one's
                cell.value = value  # type: ignore[assignment]
        book.save(io.BytesIO())
