"""What formulas come to without a spreadsheet program: as LibreOffice works them out, or left open."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.office import convert, has_office
from toolkit.model.formula_sheet import formula_values
from toolkit.model.formula_terms import Cell
from toolkit.model.formula_value import formula_value

HELD = (Decimal("0.1"), Decimal("0.2"), None, "文", 12, date(2026, 5, 1), "12", "")  # A1 to H1
FORMULAS = (
    "=A1+B1-0.3", '=IF($C1="","",C1/A1)', '=ROUND(A1/B1*100,1)&"%"', "=A1/C1", '=IFERROR(A1/C1,"-")', "=SUM(A1:G1)", "=-2^2", "=2^-1", "=10%*E1",
    "=MAX(0,A1-B1)", "=MIN(A1:E1)", "=AVERAGE(A1:D1)", "=AND(A1>0,B1<>0)", '=OR(C1>0,D1="文")', "=ROUND(2.675,2)", "=ROUNDUP(E1/7,1)", "=INT(-1.5)",
    "=C1=0", '=C1=""', "=D1>E1", "=E1&D1", "=F1-DATE_FREE", "=F1+30", "=COUNTA(A1:G1)", "=COUNT(A1:G1)", '=COUNTIFS(A1:G1,"文")', "=COUNTIF(A1:G1,12)",
    '=IF(E1>=10,"够","差"&(10-E1))', "=ABS(A1-B1)*100", "=E1/100%", "=(1+2)*3-4/2", "=1=1", '=TRIM(" 甲  乙 ")', "=LEN(D1&D1)", "=VLOOKUP(1,A1:B1,2)",
)  # fmt: skip


def _look(cell: Cell) -> object:
    return HELD[cell.column] if cell.row == 0 and cell.column < len(HELD) and HELD[cell.column] != "" else None


@pytest.mark.skipif(not has_office(), reason="needs LibreOffice")
def test_formulas_come_to_what_libreoffice_makes_of_them(tmp_path: Path) -> None:
    """
    Arithmetic, comparisons, texts, dates, sums, means, rounding and errors come to the same; two formulas that are not known are left open.
    """
    book = Workbook()
    for column, value in enumerate(HELD, 1):
        book.active.cell(1, column).value = value
    for row, formula in enumerate(FORMULAS, 2):
        book.active.cell(row, 1).value = formula
    book.save(tmp_path / "算.xlsx")
    sheet = load_workbook(convert(tmp_path / "算.xlsx", "xlsx", tmp_path / "out"), data_only=True).active
    mine = {formula: formula_value(formula, _look) for formula in FORMULAS}
    theirs = {formula: sheet.cell(row, 1).value for row, formula in enumerate(FORMULAS, 2)}
    known = {formula: value for formula, value in mine.items() if value is not None}

    assert ["=F1-DATE_FREE", "=VLOOKUP(1,A1:B1,2)"] == [formula for formula, value in mine.items() if value is None]
    assert {formula: _plain(theirs[formula]) for formula in known} == {formula: _plain(value) for formula, value in known.items()}


def _plain(value: object) -> object:
    """Write numbers alike: Excel's file keeps 15 digits, a formula's day is its number, '' is stored as nothing."""
    if isinstance(value, date):
        value = (value - type(value)(1899, 12, 30)).days
    return "" if value is None else f"{value:.12g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def test_formulas_that_look_at_each_other_are_worked_out_in_turn() -> None:
    """
    A formula takes what another comes to; those that look at themselves, or at one that is not worked out, are left out.
    """
    cells = {Cell("", 0, column): text for column, text in enumerate(("=B1*2", "=3+4", "=D1", "=C1+1", "=TODAY()", "=E1+1"))}

    assert {Cell("", 0, 0): 14.0, Cell("", 0, 1): 7.0} == formula_values(cells, lambda _: None)
