"""Values of formulas that are stored for readers that do not recalculate: as LibreOffice works them out, or left open."""

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.office import convert, has_office
from toolkit.edges.writing.stored_values import with_values
from toolkit.model.row_formulas import with_results
from toolkit.model.sheet import Formula

HELD = (Decimal("0.1"), Decimal("0.2"), None, "文", 12, date(2026, 5, 1), "12", "")  # A1 to H1
FORMULAS = (
    '=IF($C1="","",C1/A1)', '=ROUND(A1/B1*100,1)&"%"', "=A1/C1", '=IFERROR(A1/C1,"-")', "=SUM(A1:G1)", "=-2^2", "=2^-1", "=10%*E1", "=MAX(0,A1-B1)",
    "=MIN(A1:E1)", "=AVERAGE(A1:D1)", "=AND(A1>0,B1<>0)", '=OR(C1>0,D1="文")', "=ROUND(2.675,2)", "=ROUNDUP(E1/7,1)", "=INT(-1.5)", "=C1=0", '=C1=""', "=D1>E1",
    "=E1&D1", "=F1+30", "=COUNTA(A1:G1)", "=COUNT(A1:G1)", '=COUNTIFS(A1:G1,"文")', '=IF(E1>=10,"够","差"&(10-E1))', "=ABS(A1-B1)*100", "=(1+2)*3-4/2", "=1=1",
    '=TRIM(" 甲  乙 ")', "=LEN(D1&D1)", '="剩"&(100-70.3)', "=VLOOKUP(0.1,A1:B1,2)", '=DATEDIF(F1,F1+40,"d")', '=TEXT(F1,"yyyy-mm")',
)  # fmt: skip


def _saved() -> bytes:
    book = Workbook()
    for column, value in enumerate(HELD, 1):
        book.active.cell(1, column).value = value  # type: ignore[union-attr]
    for row, formula in enumerate(FORMULAS, 2):
        book.active.cell(row, 1).value = formula  # type: ignore[union-attr]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _stored(content: bytes) -> dict[str, object]:
    sheet = load_workbook(io.BytesIO(content), data_only=True).active
    return {formula: _plain(sheet.cell(row, 1).value) for row, formula in enumerate(FORMULAS, 2)}  # type: ignore[union-attr]


def _plain(value: object) -> object:
    """Write numbers alike: a file keeps 15 digits, a day is its number, '' is stored as nothing."""
    if isinstance(value, date):
        value = (value - (datetime if isinstance(value, datetime) else date)(1899, 12, 30)).days  # type: ignore[operator]
    return "" if value is None else f"{value:.12g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


@pytest.mark.skipif(not has_office(), reason="needs LibreOffice")
def test_formulas_come_to_what_libreoffice_makes_of_them(tmp_path: Path) -> None:
    """Arithmetic, comparisons, texts, days, sums, means, rounding, look-ups and errors: in a saved workbook, and in a form's rows before it is written."""
    path = tmp_path / "算.xlsx"
    path.write_bytes(_saved())
    office = _stored(convert(path, "xlsx", tmp_path / "out").read_bytes())
    rows = with_results({0: [*HELD, *(Formula(text) for text in FORMULAS)]})
    in_form = {value.text: _plain(value.value) for value in rows[0] if isinstance(value, Formula)}

    assert "" == _plain(load_workbook(path, data_only=True).active["A3"].value)  # type: ignore[index, union-attr]
    assert office == _stored(with_values(path.read_bytes()))
    assert office == in_form


def test_what_cannot_be_worked_out_is_left_open() -> None:
    """An unknown function, a circle and broken text leave no value; what stands beside them keeps its own."""
    row = with_results({4: [2, Formula("=NOSUCH(1)"), Formula("=C5+1"), Formula("=(A5"), Formula("=A5*3")]})[4]

    assert [2, "", "", "", 6] == [value.value if isinstance(value, Formula) else value for value in row]


def test_an_unknown_function_leaves_its_own_formula_open_and_no_other() -> None:
    """What it holds, and what looks at it, is worked out when the workbook is opened; the formulas beside it have their values."""
    book = Workbook()
    for at, formula in enumerate(("=NOSUCH(1)", "=A1+1", "=2*3", "=1/0"), 1):
        book.active.cell(at, 1).value = formula  # type: ignore[union-attr]
    stream = io.BytesIO()
    book.save(stream)
    content = with_values(stream.getvalue())
    stored, formulas = (load_workbook(io.BytesIO(content), data_only=values).active for values in (True, False))

    assert [None, None, 6, "#DIV/0!"] == [row[0].value for row in stored.iter_rows()]  # type: ignore[union-attr]
    assert ["=NOSUCH(1)", "=A1+1", "=2*3", "=1/0"] == [row[0].value for row in formulas.iter_rows()]  # type: ignore[union-attr]
