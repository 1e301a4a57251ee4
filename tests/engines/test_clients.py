"""Workbooks that were saved by programs besides Excel and WPS: Gnumeric, and the writers exceljs and SheetJS of scripts and web pages."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.small import Q1, filled_row, issue, small_workspace, type_into
from tests.waiting import PATIENCE
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.returns import Outcome

HERE = Path(__file__).parent
TOWN = filled_row("任务2", lead=False) | filled_row("任务3")
Edits = Mapping[tuple[str, str], str]  # sheet and cell → what is typed, '' to clear
Save = Callable[[Path, Edits], None]


def node(writer: str) -> Save:
    """Give what loads and saves a workbook with a writer of Node."""

    def save(path: Path, edits: Edits) -> None:
        package = {"exceljs": "exceljs", "sheetjs": "xlsx"}[writer]
        if not shutil.which("node") or not (HERE / "node_modules" / package).is_dir():
            pytest.skip(f"{package} is not installed (npm ci in tests/engines)")
        words = [word for (sheet, cell), value in edits.items() for word in (sheet, cell, value)]
        subprocess.run(["node", str(HERE / "resave.js"), writer, str(path), str(path), *words], check=True, capture_output=True, timeout=PATIENCE)

    return save


def gnumeric(path: Path, edits: Edits) -> None:
    """Type with openpyxl, then load and save with Gnumeric."""
    if not shutil.which("ssconvert"):
        pytest.skip("Gnumeric is not installed")
    typed_with_openpyxl(path, edits)
    saved = path.with_name("gnumeric.xlsx")
    subprocess.run(["ssconvert", "--export-type=Gnumeric_Excel:xlsx", str(path), str(saved)], check=True, capture_output=True, timeout=PATIENCE)
    saved.replace(path)


def typed_with_openpyxl(path: Path, edits: Edits) -> None:
    """Type into a workbook as a clerk does."""
    book = load_workbook(path)
    for (sheet, cell), value in edits.items():
        book[sheet][cell] = value or None
    book.save(path)


def without_properties(path: Path, edits: Edits) -> None:
    """Type into a workbook, and drop its custom document properties as some clients do."""
    book = load_workbook(path)
    for (sheet, cell), value in edits.items():
        book[sheet][cell] = value or None
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    book.save(path)
    assert "docProps/custom.xml" not in ZipFile(path).namelist()


CLIENTS: dict[str, Save] = {"Gnumeric": gnumeric, "exceljs": node("exceljs"), "SheetJS": node("sheetjs"), "without properties": without_properties}


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A workspace in which the quarter is issued."""
    space = small_workspace(tmp_path)
    issue(space)
    return space


@pytest.mark.parametrize("client", CLIENTS)
def test_a_return_saved_by_another_client_is_read_with_its_seal(space: Workspace, client: str) -> None:
    """What a unit typed is merged, whichever client saved it last; nothing is held, refused or taken for another's."""
    form = space.inbox / "来件.xlsx"
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", form, TOWN)
    CLIENTS[client](form, {})
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(form, (moment, moment))

    done = collect(space, progress=lambda items, _: items)

    assert [("东山镇", Outcome.MERGED, [])] == [(arrival.unit, arrival.outcome, [str(found) for found in arrival.findings]) for arrival in done.arrivals]


def cell_of(path: Path, task: str, title: str) -> str:
    """Find a task's cell in 任务进展."""
    sheet = load_workbook(path)["任务进展"]
    column = next(cell.column_letter for cell in sheet[1] if cell.value == title)
    return f"{column}{next(row[0].row for row in sheet.iter_rows(min_row=2) if str(row[0].value) == task)}"


@pytest.mark.parametrize("client", CLIENTS)
def test_a_ruling_typed_and_cleared_in_another_client_is_taken(space: Workspace, client: str) -> None:
    """The clerk rules a light and takes it back later, each time in a client that may drop the workbook's properties; both are taken."""
    path = consolidate(space, Q1).path
    place = ("任务进展", cell_of(path, "任务3", "认定灯"))
    CLIENTS[client](path, {place: "黄"})
    ruled = consolidate(space, Q1)
    CLIENTS[client](path, {place: ""})
    cleared = consolidate(space, Q1)

    assert ["黄", "灰"] == [one.assessment.lights["任务3"] for one in (ruled, cleared)]


def test_a_blank_in_a_workbook_without_any_token_is_told(space: Workspace) -> None:
    """Where property and cell are both gone, a blank takes nothing back, and a sentence says so and what to do."""
    path = consolidate(space, Q1).path
    place = ("任务进展", cell_of(path, "任务3", "认定灯"))
    typed_with_openpyxl(path, {place: "黄"})
    consolidate(space, Q1)
    last = next(row[0].row for row in load_workbook(path)["参数与图例"].iter_rows() if row[0].value == "认定底稿")
    without_properties(path, {place: "", ("参数与图例", f"A{last}"): "", ("参数与图例", f"C{last}"): ""})

    done = consolidate(space, Q1)

    assert "黄" == done.assessment.lights["任务3"]
    assert any("没有当作撤回" in sentence and place[1] in sentence for sentence in done.left)
