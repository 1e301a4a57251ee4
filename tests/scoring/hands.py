"""A unit's and a clerk's hands for scorecards: an appeal typed into its form, a ruling typed into the workbook of appeals, and what lies there."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.small import header_row, made_once
from tests.time.small_year import BUREAU, PLANNERS, Q1, close, issue, lay, office, quietly, sent_on, take_in
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.report import scorecards as flow
from toolkit.flows.report.scorecards import Scorecards
from toolkit.model.period import Period

CLOSED = date(2023, 4, 5)


def scored_quarter(folder: Path) -> Workspace:
    """Make an office whose first quarter is closed: one unit reported with an error, one late, one not at all."""
    return made_once(folder, _scored_quarter, "scored quarter")


def _scored_quarter(folder: Path) -> Workspace:
    space = office(folder)
    issue(space, Q1)
    lay(space, Q1, BUREAU, progress=3)
    lay(space, Q1, PLANNERS, progress=20, on=date(2023, 4, 2))
    take_in(space, date(2023, 4, 2))
    close(space, Q1, CLOSED)
    return space


def write(space: Workspace, day: date, period: Period = Q1, *units: str) -> Scorecards:
    """Write scorecards on a day."""
    with held(day):
        return flow.scorecards(space, period, only=units, progress=quietly)  # type: ignore[arg-type]


def without_pdf(monkeypatch: object) -> None:
    """Let the machine have no program that prints: most tests are about books."""
    monkeypatch.setattr(flow, "find_office", lambda: None)  # type: ignore[attr-defined]


def appeal(space: Workspace, unit: str, day: date, *, item: str, opinion: str, period: Period = Q1, name: str = "申诉.xlsx") -> Path:
    """Let a unit say something against its first deduction of a sort and send the form on a day, without collecting it."""
    book = load_workbook(space.out(period, "成绩") / f"申诉表_{unit}.xlsx")
    sheet = book["申诉"]
    header = header_row(sheet)
    at = {str(cell.value): cell.column or 0 for cell in sheet[header]}
    row = next(cells[0].row for cells in sheet.iter_rows(min_row=header + 1) if cells[at["扣分事项"] - 1].value == item)
    for title, value in (("申诉意见", opinion), ("理由", "邮件服务器当天停机"), ("依据", "停机通知")):
        sheet.cell(row or 0, at[title]).value = value  # type: ignore[assignment]
    path = space.inbox / name
    book.save(path)
    sent_on(path, day)
    return path


def rulings_book(space: Workspace, period: Period = Q1) -> Path:
    """Give the path of the workbook in which the office rules on appeals."""
    return space.out(period, "汇总") / f"{period.label}成绩申诉处理.xlsx"


def rule(path: Path, unit: str, word: str, points: object = None, reason: str = "") -> None:
    """Type a ruling into the first row of sheet 申诉 that is a unit's."""
    book = load_workbook(path)
    sheet = book["申诉"]
    at = {str(cell.value): cell.column or 0 for cell in sheet[1]}
    row = next(cells[0].row for cells in sheet.iter_rows(min_row=2) if cells[at["单位"] - 1].value == unit)
    for title, value in (("处理", word), ("返还分值", points), ("处理说明", reason)):
        sheet.cell(row or 0, at[title]).value = value  # type: ignore[assignment]
    book.save(path)
