"""A unit's clerk works in LibreOffice: what comes back is still known and read, whatever it was saved as."""

import shutil

import pytest

from tests.office import clerk
from tests.small import accepted, issue, small_workspace
from toolkit.flows.intake.collect import Collected, collect
from toolkit.model.returns import Row

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]

Returned = tuple[Collected, dict[str, str], dict[str, list[Row]]]
SHEET = "任务进展"
CELLS = [
    [SHEET, "J5", "推进中"],
    [SHEET, "L5", "召开推进会3次，盘活企业2家。"],
    [SHEET, "J6", "推进中"],
    [SHEET, "K6", 30],
    [SHEET, "L6", "完成立项和招标，进场施工。"],
    [SHEET, "O6", "下季度完成主体工程。"],
]
SAVED_AS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}


@pytest.fixture(scope="module")
def came_back(tmp_path_factory: pytest.TempPathFactory) -> Returned:
    """Let the clerk fill in one workbook, save it four ways and copy its table into a new book; collect all of them."""
    if shutil.which("soffice") is None:
        pytest.fail("LibreOffice is missing: .ci/run installs it")
    space = small_workspace(tmp_path_factory.mktemp("office"))
    source = issue(space) / "东山镇_2023年第一季度进展.xlsx"
    saves = [[str(space.inbox / f"saved.{kind}"), name] for kind, name in SAVED_AS.items()]
    copy = {"sheet": SHEET, "range": "A1:R8", "to": str(space.inbox / "copied.xlsx")}
    job = {"source": str(source), "cells": CELLS, "saves": saves, "copy": copy, "reads": [f"{SHEET}!A3"]}
    (read,) = clerk([job])
    return collect(space, progress=lambda items, _: items), read, accepted(space)


@pytest.mark.parametrize("name", ["copied.xlsx", "saved.ods", "saved.xls", "saved.xlsx"])
def test_a_workbook_saved_by_libreoffice_is_known_and_read(came_back: Returned, name: str) -> None:
    """Saved as xlsx, xls or ods, or with its table copied into a new book, a return is recognised and every value is read."""
    arrival = next(arrival for arrival in came_back[0].arrivals if arrival.sent.name == name)

    assert ("东山镇", "2023Q1") == (arrival.unit, arrival.period)
    assert [["推进中", "召开推进会3次，盘活企业2家。"], ["推进中", "30", "完成立项和招标，进场施工。", "下季度完成主体工程。"]] == [
        [str(answer.value) for answer in row.answers.values()] for row in came_back[2][name] if row.table == SHEET
    ]


def test_the_seal_survives_saving_and_its_loss_is_said(came_back: Returned) -> None:
    """A saved workbook keeps its seal; a copied table has lost it, and the finding says so."""
    codes = {arrival.sent.name: [finding.code.name for finding in arrival.findings if finding.code.name == "NO_SEAL"] for arrival in came_back[0].arrivals}

    assert {"copied.xlsx": ["NO_SEAL"], "saved.ods": [], "saved.xls": [], "saved.xlsx": []} == codes


def test_the_counter_of_blanks_follows_what_is_typed(came_back: Returned) -> None:
    """The line at the top counts the required cells still blank, live in LibreOffice."""
    assert "必填项已全部填写" == came_back[1][f"{SHEET}!A3"]
