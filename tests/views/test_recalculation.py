"""LibreOffice computes what we wrote, and follows what the clerk changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import python_calamine

from tests.milestones.drawn_nodes import node_book
from tests.office import clerk, convert
from tests.views.contest import contest, contest_rules, last_quarter
from tests.views.rounds import busy_round, shipped_rules, with_quarter
from toolkit.assessment.assess import assess
from toolkit.edges.writing.write_workbooks import draw
from toolkit.model.findings import TRIAL
from toolkit.model.place import Place, address
from toolkit.model.scoring import Weight
from toolkit.model.sheet import BookPlan, Formula, Link, SheetPlan
from toolkit.views.consolidated.consolidated_book import consolidated

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
WRONG = 987654


def planned(quarter: int = 1) -> BookPlan:
    state, rules = with_quarter(busy_round(), quarter), shipped_rules()
    review, error = state.findings[:2]
    aside = [replace(review, aside="豁免：特批"), replace(error, aside="豁免：特批"), replace(error, aside=TRIAL)]
    state = replace(state, findings=(*state.findings, *aside))
    return consolidated(state, rules, assess(state, rules))


def contested(excellent: int = 15) -> BookPlan:
    """Plan the book of the contest; with 36 % of places two units share the last of 优秀."""
    state, rules = contest(), contest_rules()
    rules = replace(
        rules,
        parameters=tuple(parameter._replace(value=Decimal(excellent)) if parameter.code == "excellent_share" else parameter for parameter in rules.parameters),
    )
    return consolidated(state, rules, assess(state, rules))


def later() -> BookPlan:
    """Plan the contest's book a quarter later, long sheets cut."""
    state, rules = with_quarter(contest(), 2), contest_rules()
    return consolidated(state, rules, assess(state, rules), [last_quarter()], most_rows=20)


def written(plan: SheetPlan) -> Iterator[tuple[int, int, object]]:
    """Give row, column and shown value of every cell."""
    cells = [(cell.row, cell.column, cell.value) for cell in plan.every_cell()] + [(area.top, area.left, value) for area, value, _ in plan.merges]
    for row, column, value in cells:
        yield row, column, value.value if isinstance(value, Formula) else value.words if isinstance(value, Link) else value


def spoiled(plan: SheetPlan) -> SheetPlan:
    """Give a sheet whose every formula carries a wrong value."""
    cells = tuple(cell._replace(value=cell.value._replace(value=WRONG)) if isinstance(cell.value, Formula) else cell for cell in plan.every_cell())
    merges = tuple((area, value._replace(value=WRONG) if isinstance(value, Formula) else value, look) for area, value, look in plan.merges)
    return replace(plan, cells=cells, merges=merges, body=None)


def same(ours: object, theirs: object) -> bool:
    """Whether two values are one: numbers to nine digits, nothing and an empty text alike, a day and its number."""
    if isinstance(theirs, date) and isinstance(ours, int):
        return date(1899, 12, 30) + timedelta(ours) == theirs
    if isinstance(theirs, float) and ours not in {"", None}:
        return abs(float(str(ours)) - theirs) < 1e-9
    return str("" if ours is None else ours) == str(theirs)


BOOKS = {"一季度": planned(1), "四季度": planned(4), "考核": contested(), "并列": contested(36), "二季度分表": later(), "里程碑": node_book()}


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_every_cell_of_every_sheet_is_what_we_wrote_whatever_the_file_says(tmp_path: Path, book: BookPlan) -> None:
    """LibreOffice, given a book whose every formula carries a wrong value, computes and shows in every cell exactly what we would have written."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(draw(replace(book, sheets=tuple(spoiled(sheet) for sheet in book.sheets))))
    seen = python_calamine.load_workbook(str(convert(path, "ods", tmp_path / "out")))
    differing, compared, formulas = [], 0, 0
    for plan in book.sheets:
        table = seen.get_sheet_by_name(plan.name).to_python(skip_empty_area=False)
        formulas += sum(isinstance(cell.value, Formula) for cell in plan.every_cell())
        for row, column, ours in written(plan):
            theirs = table[row][column] if row < len(table) and column < len(table[row]) else ""
            compared += 1
            if not same(ours, theirs):
                differing.append((plan.name, address(row, column), ours, theirs))

    assert [] == differing
    assert formulas > 250
    assert compared > 1400


def changed(book: BookPlan, folder: Path, edits: list[list[object]], reads: list[str]) -> dict[str, str]:
    """Type into the drawn book in LibreOffice; give what stands in cells then."""
    path = folder / "book.xlsx"
    path.write_bytes(draw(book))
    job = {"source": str(path), "cells": edits, "saves": [], "copy": None, "reads": reads}
    return clerk([job])[0]


def test_lights_and_counts_follow_a_threshold_and_a_ruling(tmp_path: Path) -> None:
    """A threshold changed in 参数与图例 and a light ruled in 任务进展 move the lights, the big numbers and the tallies."""
    reads = [*(f"任务进展!K{row}" for row in range(2, 13)), "总览!F5", "总览!G5", "总览!H5", "总览!I5", "总览!J5"]
    edits: list[list[object]] = [["参数与图例", "C2", 16], ["参数与图例", "C3", 50], ["任务进展", "U6", "绿"]]

    seen = changed(planned(), tmp_path, edits, reads)

    assert list("绿绿黄蓝绿黄灰红黄绿灰") == [seen[ref] for ref in reads[:11]]
    assert ["1", "4", "3", "1", "2"] == [seen[ref] for ref in reads[11:]]


CHANGES = {"yellow_gap": 4, "red_gap": 9, "outcome_weight": 60, "process_weight": 40, "support_share": 80, "late_points": 20, "good_share": 30}


@pytest.mark.parametrize("tie_up", [0, 1])
def test_lights_scores_ranks_and_grades_follow_thresholds_and_weights(tmp_path: Path, tie_up: int) -> None:
    """Thresholds, shares, a task's weight and points typed into the book give what Python computes with the changed rules, for every unit."""
    state, rules = contest(), contest_rules()
    before = assess(state, rules)
    book = consolidated(state, rules, before)
    wanted = {**CHANGES, "tie_up": tie_up, "points_green": 60 if tie_up else 90}
    heavier = replace(rules, parameters=tuple(parameter._replace(value=Decimal(wanted.get(parameter.code, parameter.value))) for parameter in rules.parameters))
    heavier = replace(heavier, weights=(*rules.weights, Weight("任务4", Decimal(5), Place())))
    legend = next(sheet for sheet in book.sheets if sheet.name == "参数与图例")
    weight = next(cell.row for cell in reversed(legend.cells) if cell.column == 0 and cell.value == "任务4") + 1
    edits: list[list[object]] = [["参数与图例", book.names[code].rpartition("!")[2].replace("$", ""), value] for code, value in wanted.items()]
    edits.append(["参数与图例", f"C{weight}", 5])
    rows = {unit.unit: row for row, unit in enumerate(before.scores.units, 2)}
    reads = [f"单位考核!{letter}{row}" for row in rows.values() for letter in "CDEFGHIJKLMNO"] + [f"任务进展!K{row}" for row in range(2, 32)]

    seen = changed(book, tmp_path, edits, reads)

    after = assess(state, heavier)
    assert [after.lights[task.task.number] for task in state.tasks] == [seen[f"任务进展!K{row}"] for row in range(2, 32)]
    for one in after.scores.units:
        numbers = (one.leads, one.supports, *one.counts.values(), one.outcome, one.process, one.bonus, one.total, one.rank)
        theirs = [seen[f"单位考核!{letter}{rows[one.unit]}"] for letter in "CDEFGHIJKLMNO"]
        assert ([float(number) for number in numbers], one.grade) == ([float(text) for text in theirs[:-1]], theirs[-1]), one.unit
    assert {unit.unit: unit.rank for unit in before.scores.units} != {unit.unit: unit.rank for unit in after.scores.units}
    assert {unit.unit: unit.grade for unit in before.scores.units} != {unit.unit: unit.grade for unit in after.scores.units}
