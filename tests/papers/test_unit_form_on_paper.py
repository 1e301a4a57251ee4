"""What a unit prints and signs today, its own workbook: letters that can be read, and on every page what a row is about; no cell is another for it."""

from pathlib import Path

import pdfplumber
import pytest
from openpyxl import load_workbook

from tests.office import convert
from tests.small import MASTER, Q1, issue, small_workspace
from toolkit.flows.office.office_context import open_office
from toolkit.model.period import Period
from toolkit.views.paging import SMALLEST

_A4, _A3 = (842, 595), (1191, 842)


@pytest.mark.office
@pytest.mark.parametrize("period", [Q1, Period(2023)])
def test_no_letter_is_below_eight_points_and_each_page_says_what_its_rows_are(tmp_path: Path, period: Period) -> None:
    """As LibreOffice prints progress form and work plan: A4 or A3 on its side, 8 points at least, header and task numbers on each page of the wide table."""
    space = small_workspace(tmp_path)
    form = next(issue(space, period).glob("云溪县工信局*.xlsx"))
    printed = convert(form, "pdf", tmp_path / "printed")
    with open_office(space) as office:
        main = office.form_of(period).main.sheet
    with pdfplumber.open(printed) as pdf:
        pages = [page for page in pdf.pages if page.chars]
        assert {_A4, _A3} >= {(round(page.width), round(page.height)) for page in pages}
        assert min(float(sign["size"]) for page in pages for sign in page.chars) >= SMALLEST - 0.05
        wide = [page.extract_text() for page in pages if (page.extract_text() or "").rstrip().endswith(main)]
    assert len(wide) >= 2
    assert all("编号" in text and "任务1" in text for text in wide)


def test_the_print_parts_at_columns_and_changes_no_cell(tmp_path: Path) -> None:
    """Page setup alone: scale and repeated columns stand in the sheet's setup, the freeze and the cells are what the form says."""
    space = small_workspace(tmp_path, MASTER)
    book = load_workbook(next(issue(space).glob("东山镇*.xlsx")))
    sheet = book["任务进展"]
    header = next(row for row in sheet.iter_rows(max_row=8) if row[0].value == "编号")

    assert ("$A:$B", True) == (sheet.print_title_cols, bool(sheet.page_setup.scale))
    assert 19 == len([cell for cell in header if cell.value])
    assert sheet.freeze_panes is not None
