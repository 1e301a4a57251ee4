"""LibreOffice computes what we wrote, and follows what the clerk changes."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import python_calamine

from tests.office import convert
from tests.views.rounds import busy_round, shipped_rules, with_quarter
from toolkit.assessment.assess import assess
from toolkit.edges.workbooks_out import draw
from toolkit.model.findings import TRIAL
from toolkit.model.place import address
from toolkit.model.sheet import BookPlan, Formula, SheetPlan
from toolkit.views.consolidated.book import consolidated

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
SYSTEM_PYTHON = "/usr/bin/python3"  # the one that has uno
WRONG = 987654


def planned(quarter: int = 1) -> BookPlan:
    state, rules = with_quarter(busy_round(), quarter), shipped_rules()
    review, error = state.findings[:2]
    aside = [replace(review, aside="豁免：特批"), replace(error, aside="豁免：特批"), replace(error, aside=TRIAL)]
    state = replace(state, findings=(*state.findings, *aside))
    return consolidated(state, rules, assess(state, rules))


def formulas(plan: SheetPlan) -> Iterator[tuple[int, int, Formula]]:
    yield from ((cell.row, cell.column, cell.value) for cell in plan.cells if isinstance(cell.value, Formula))
    yield from ((area.top, area.left, value) for area, value, _ in plan.merges if isinstance(value, Formula))


def spoiled(plan: SheetPlan) -> SheetPlan:
    """Give a sheet whose every formula carries a wrong value."""
    cells = tuple(cell._replace(value=cell.value._replace(value=WRONG)) if isinstance(cell.value, Formula) else cell for cell in plan.cells)
    merges = tuple((area, value._replace(value=WRONG) if isinstance(value, Formula) else value, look) for area, value, look in plan.merges)
    return replace(plan, cells=cells, merges=merges)


def same(ours: object, theirs: object) -> bool:
    """Whether two values are one: numbers to nine digits, nothing and an empty text alike."""
    if isinstance(theirs, float) and ours not in {"", None}:
        return abs(float(str(ours)) - theirs) < 1e-9
    return str("" if ours is None else ours) == str(theirs)


@pytest.mark.parametrize("quarter", [1, 4])
def test_every_formula_is_worth_what_we_wrote_whatever_the_file_says(tmp_path: Path, quarter: int) -> None:
    """LibreOffice, given a book whose every formula carries a wrong value, computes exactly the values we would have written."""
    book = planned(quarter)
    path = tmp_path / "book.xlsx"
    path.write_bytes(draw(replace(book, sheets=tuple(spoiled(sheet) for sheet in book.sheets))))
    seen = python_calamine.load_workbook(str(convert(path, "ods", tmp_path / "out")))
    differing, compared = [], 0
    for plan in book.sheets:
        table = seen.get_sheet_by_name(plan.name).to_python(skip_empty_area=False)
        for row, column, formula in formulas(plan):
            theirs = table[row][column] if row < len(table) and column < len(table[row]) else ""
            compared += 1
            if not same(formula.value, theirs):
                differing.append((plan.name, address(row, column), formula, theirs))

    assert [] == differing
    assert compared > 130


def test_lights_and_counts_follow_a_threshold_and_a_ruling(tmp_path: Path) -> None:
    """A threshold changed in 参数与图例 and a light ruled in 任务进展 move the lights, the big numbers and the tallies."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(draw(planned()))
    reads = [*(f"任务进展!K{row}" for row in range(2, 13)), "总览!F5", "总览!G5", "总览!H5", "总览!I5", "总览!J5"]
    edits = [["参数与图例", "C2", 16], ["参数与图例", "C3", 50], ["任务进展", "U6", "绿"]]
    job = {"source": str(path), "cells": edits, "saves": [], "copy": None, "reads": reads}
    command = [SYSTEM_PYTHON, str(Path(__file__).parents[1] / "uno_clerk.py"), str(tmp_path / "profile")]
    clean = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, input=json.dumps([job]), capture_output=True, text=True, check=False, timeout=180, env=clean)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])

    assert list("绿绿黄蓝绿黄灰红黄绿灰") == [seen[ref] for ref in reads[:11]]
    assert ["1", "4", "3", "1", "2"] == [seen[ref] for ref in reads[11:]]
