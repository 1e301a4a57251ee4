"""A unit corrects its receipt in LibreOffice and the office rules in LibreOffice: both come back as they were meant."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.office import clerk
from tests.small import Q1, accepted, filled_row, issue, small_workspace, type_into
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.consolidate import consolidate

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
XLSX = "Calc MS Excel 2007 XML"
WRONG = filled_row("任务2", lead=False) | filled_row("任务3", progress=130) | {("任务进展", "任务2", "本季进展情况"): None}


def test_a_receipt_corrected_in_libreoffice_is_merged_clean(tmp_path: Path) -> None:
    """The marked cells are corrected, the file is saved and returned: merged without a finding; a light typed into the consolidated book holds."""
    if shutil.which("soffice") is None:
        pytest.fail("LibreOffice is missing: .ci/run installs it")
    space = small_workspace(tmp_path / "office")
    type_into(issue(space) / "东山镇_2023年第一季度进展.xlsx", space.inbox / "第一次.xlsx", WRONG)
    first = collect(space, progress=lambda items, _: items)
    book = consolidate(space, Q1).path
    receipt = space.out(Q1, "退回") / "东山镇_2023年第一季度进展_退改.xlsx"
    links = [cell.value for cell in load_workbook(receipt).worksheets[0]["D"][4:6]]
    lights = {cell.value: cell.column_letter for cell in load_workbook(book)["任务进展"][1]}
    jobs = [
        {
            "source": str(receipt),
            "cells": [["任务进展", "K6", 35], ["任务进展", "L5", "盘活企业2家，腾出用地30亩。"]],
            "saves": [[str(space.inbox / "改好.xlsx"), XLSX]],
        },
        {
            "source": str(book),
            "cells": [["任务进展", f"{lights['认定灯']}2", "红"], ["任务进展", f"{lights['认定说明']}2", "现场核查"]],
            "saves": [[str(book), XLSX]],
        },
    ]
    clerk(jobs)

    second = collect(space, progress=lambda items, _: items)
    done = consolidate(space, Q1)

    assert ("merged with findings", ["L5", "K6"]) == (first.arrivals[0].outcome.value, links)
    assert ["merged"] == [arrival.outcome.value for arrival in second.arrivals]
    assert ["LATE"] == [finding.code.name for finding in second.arrivals[0].findings]
    rows = {row.number: row for row in accepted(space)["改好.xlsx"]}
    assert (Decimal(35), "盘活企业2家，腾出用地30亩。") == (rows["任务3"].value("progress"), rows["任务2"].value("done"))
    assert ("红", "现场核查") == (done.assessment.lights["目标1"], done.round.tasks[0].ruling.note)
