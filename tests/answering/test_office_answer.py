"""A unit answers its receipt in LibreOffice and saves it in any format: its words are understood all the same."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.answering.hands import DOUBTED, blank_form, receipt, run, says, send, to_mend
from tests.office import clerk
from tests.small import issue, small_workspace
from toolkit.edges.workspace import Workspace

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
FORMATS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "xls": "MS Excel 97"}


def saved(source: Path, cells: list[list[object]], saves: list[tuple[Path, str]]) -> None:
    """Type into a workbook in LibreOffice and save it."""
    if shutil.which("soffice") is None:
        pytest.fail("LibreOffice is missing: .ci/run installs it")
    clerk([{"source": str(source), "cells": cells, "saves": [[str(path), FORMATS[kind]] for path, kind in saves]}])


def asked(folder: Path) -> Workspace:
    """Make an office that has sent a receipt with one doubt."""
    space = small_workspace(folder)
    issue(space)
    send(space, blank_form(space), DOUBTED)
    return space


@pytest.mark.parametrize("kind", FORMATS)
def test_words_typed_in_libreoffice_are_understood(tmp_path: Path, kind: str) -> None:
    """情况属实 in the row's column ends the doubt; what was saved without a word is no new return."""
    space = asked(tmp_path / "office")
    sheet = load_workbook(receipt(space))["任务进展"]
    column = get_column_letter(next(cell.column for cell in sheet[4] if cell.value == "单位说明"))
    held = tmp_path / f"有话.{kind}"
    saved(receipt(space), [], [(space.inbox / f"原样.{kind}", kind)])
    unchanged = run(space)
    saved(receipt(space), [["任务进展", f"{column}6", "情况 属实：尾工不计"]], [(held, kind)])
    shutil.copy(held, space.inbox)
    run(space)

    assert [("ignored", "UNCHANGED")] == [(arrival.outcome.value, arrival.findings[0].code.name) for arrival in unchanged.arrivals]
    assert [] == to_mend(space)


def test_a_number_and_a_day_are_withdrawn_in_libreoffice(tmp_path: Path) -> None:
    """撤回 typed over a number keeps nothing of it; words on the first sheet do the same."""
    space = asked(tmp_path / "office")
    first = load_workbook(receipt(space)).sheetnames[0]
    saved(receipt(space), [[first, "H5", "撤回：算错了"], ["任务进展", "P6", "撤 回"]], [(space.inbox / "撤.ods", "ods")])
    done = run(space)

    assert (None, None, "已完成") == tuple(says(space, "任务3", code) for code in ("progress", "due", "status"))
    assert ["due", "progress"] == sorted(finding.facts["field"] for finding in done.arrivals[0].findings if finding.code.name == "WITHDRAWN")
