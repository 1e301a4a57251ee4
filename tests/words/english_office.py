"""An office whose lists and answers are in English: whatever Chinese comes out of it is the program's own."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from tests.small import small_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.issue.generate import generate
from toolkit.model.master import COLLECTIVE, GOAL, TASK, Deadline, Indicator, Master, Task, Unit
from toolkit.model.period import Period

CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
Q1 = Period(2023, 1)
HOUSING, FINANCE, EASTVILLE = "Housing Department", "Finance Department", "Eastville"
MASTER = Master(
    tasks=(
        Task("G1", GOAL, "A. Goals", "", "Raise the economy by 7%", (FINANCE,), ()),
        Task("T1", TASK, "B. Housing", "Homes", "Build 800 new homes.", (HOUSING,), (FINANCE,)),
        Task("T2", TASK, "B. Housing", "Repairs", "Repair the town hall.", (HOUSING,), ("All towns",)),
        Task("T3", TASK, "C. People", "", "Renew the old quarters.", (EASTVILLE,), (), "2023-02-28"),
    ),
    indicators=(Indicator("T1", "New homes", "≥", Decimal(800), "homes", "累计", "Build 800 new homes"),),
    units=(
        Unit(FINANCE, group="Departments", email="finance@example.com"),
        Unit(HOUSING, ("HD",), group="Departments", email="housing@example.com"),
        Unit(EASTVILLE, group="Towns", email="eastville@example.com", contact="J. Doe"),
        Unit("All towns", group=COLLECTIVE, members=(EASTVILLE,), issued=False),
    ),
    calendar=(
        Deadline("2023", "工作方案", date(2023, 1, 3), date(2023, 1, 15)),
        Deadline("2023Q1", "季度进展", date(2023, 1, 1), date(2023, 3, 30)),
        Deadline("2023Q2", "季度进展", date(2023, 4, 1), date(2023, 6, 30)),
    ),
    title="Targets of Cloud County 2023",
)
HOUSING_ANSWERS = {
    ("Tasks", "T1", "Task status"): "Completed",
    ("Tasks", "T1", "Progress (%)"): 80,
    ("Tasks", "T1", "Progress this quarter"): "Built 100 homes in the east.",
    ("Tasks", "T1", "Next steps"): "Build 200 more.",
    ("Tasks", "T1", "Evidence"): "None",
    ("Tasks", "T2", "Task status"): "In progress",
    ("Tasks", "T2", "Progress (%)"): "abc",
    ("Tasks", "T2", "Progress this quarter"): "Roof repaired.",
    ("Indicator progress", "T1", "Cumulative value this year"): 100,
    ("Requests", "", "Type"): "Change of target",
}
FINANCE_ANSWERS = {
    ("Tasks", "G1", "Task status"): "in progress",
    ("Tasks", "G1", "Progress (%)"): 25,
    ("Tasks", "G1", "Progress this quarter"): "The economy grew by 6%.",
    ("Tasks", "G1", "Next steps"): "Keep it up.",
    ("Tasks", "T1", "Task status"): "Not started",
    ("Tasks", "T1", "Progress this quarter"): "Nothing was paid yet.",
}


def english_workspace(folder: Path, language: str = "en") -> Workspace:
    """Make the office's workspace; its settings name the language."""
    space = small_workspace(folder, MASTER)
    settings = space.root / "settings.toml"
    text = settings.read_text("utf-8").replace('lang = ""', f'lang = "{language}"').replace('office = ""', 'office = "County Office"')
    settings.write_text(text, "utf-8")
    return space


def issue_english(space: Workspace, period: Period = Q1) -> Path:
    """Issue a period's forms; gives their folder."""
    return generate(space, period, only=(), progress=lambda items, _: items).folder


def fill_in(source: Path, target: Path, answers: Mapping[tuple[str, str, str], object]) -> None:
    """Type answers by (sheet, number, heading) into a form in English; number '' is the first row."""
    book = load_workbook(source)
    for (name, number, heading), value in answers.items():
        sheet = book[name]
        header = next(row[0].row or 0 for row in sheet.iter_rows(max_row=12) if row[0].value == "No.")
        column = next(cell.column for cell in sheet[header] if cell.value == heading)
        row = next(row[0].row for row in sheet.iter_rows(min_row=header + 1) if (row[0].value or "") == number)
        sheet.cell(row or 0, column or 0).value = value  # type: ignore[assignment]
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


def report(space: Workspace, folder: Path) -> None:
    """Let two of the three units report, one with faults."""
    for unit, answers in ((HOUSING, HOUSING_ANSWERS), (FINANCE, FINANCE_ANSWERS)):
        fill_in(next(folder.glob(f"{unit}*.xlsx")), space.inbox / f"{unit}.xlsx", answers)
