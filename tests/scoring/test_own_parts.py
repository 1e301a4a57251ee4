"""Of a task in parts (分报) each lead is scored by its own part, and the book computes the same."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.levels.offices import Q1, STREETS, district, issued, report
from tests.office import convert
from tests.small import filled_row
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.report.consolidate import Consolidated, consolidate

ONE, TWO = STREETS
FILLED = {ONE: (100, "已完成"), TWO: (5, "推进中")}


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """One street has finished its part of 任务1, the other has hardly begun: together they are half done, ahead of plan."""
    space = district(tmp_path)
    with held(date(2023, 1, 2)):
        forms = issued(space)
    with held(date(2023, 3, 28)):
        report(space, forms, _cells)
    return space


def _cells(unit: str) -> dict[tuple[str, str, str], object]:
    progress, status = FILLED[unit]
    cells = filled_row("任务1", progress=progress) | filled_row("任务2", lead=unit == ONE)
    return cells | {("任务进展", "任务1", "进展状态"): status, ("任务进展", "任务1", "佐证材料"): "验收单", ("指标进展", "任务1", "本年累计完成值"): progress}


def _made(space: Workspace) -> Consolidated:
    with held(date(2023, 4, 3)):
        return consolidate(space, Q1)


def _lamps(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Give of 任务计分 the lights of each unit's part: its own, and the one that is scored."""
    head, *rows = load_workbook(path, data_only=True)["任务计分"].iter_rows(values_only=True)
    at = {title: column for column, title in enumerate(head)}
    return {(str(row[at["单位"]]), str(row[at["编号"]])): (str(row[at["任务灯"]]), str(row[at["计分灯"]])) for row in rows}


def test_each_lead_is_scored_by_its_own_part(space: Workspace) -> None:
    """The whole task is green; who has finished has blue, who is twenty points behind has yellow. A task of one lead is scored as ever."""
    done = _made(space)

    assert "绿" == done.assessment.lights["任务1"]
    assert {(ONE, "任务1"): "蓝", (TWO, "任务1"): "黄", (ONE, "任务2"): "绿", (TWO, "任务2"): "绿"} == {
        (part.unit, part.number): part.light for part in done.assessment.scores.duties
    }


@pytest.mark.office
@pytest.mark.parametrize("ruling", ["", "红"])
def test_the_book_computes_the_light_of_each_part(space: Workspace, tmp_path: Path, ruling: str) -> None:
    """LibreOffice computes the stored lights anew; the office's ruling on the task holds for every part of it."""
    path = _made(space).path
    if ruling:
        book = load_workbook(path)
        sheet = book["任务进展"]
        at = {cell.value: cell.column for cell in sheet[1]}
        row = next(cells[0].row for cells in sheet.iter_rows(min_row=2) if "任务1" in str(cells[0].value))
        sheet.cell(row, at["认定灯"]).value, sheet.cell(row, at["认定说明"]).value = ruling, "现场核查"
        book.save(path)
        path = _made(space).path
    found, computed = _lamps(path), _lamps(convert(path, "xlsx", tmp_path / "算"))

    assert found == computed
    assert {(ONE, "任务1"): ruling or "蓝", (TWO, "任务1"): ruling or "黄"} == {key: lights[1] for key, lights in found.items() if key[1] == "任务1"}
