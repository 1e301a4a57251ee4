"""Faulty cells of an xlsx are found at their own addresses."""

import io
import zipfile

from toolkit.edges.reading.cell_marks_xlsx import xlsx_marks
from toolkit.edges.reading.package import Package
from toolkit.edges.reading.package_zip import open_zip
from toolkit.edges.reading.precheck_format import Format, Precheck

WORKBOOK = '<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>'
RELATIONS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'


def book(cells: str, workbook: str = WORKBOOK) -> Package:
    """Pack one row of cells into the parts that are looked at."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("[Content_Types].xml", "spreadsheetml.sheet.main")
        packed.writestr("xl/workbook.xml", workbook)
        packed.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        packed.writestr("xl/worksheets/sheet1.xml", f'<worksheet><sheetData><row r="5">{cells}</row></sheetData></worksheet>')
    return open_zip(stream.getvalue())


def test_an_empty_cell_before_a_formula_does_not_take_its_place() -> None:
    """A formula without a result is found at its own cell, also behind empty cells that carry only a style."""
    cells = '<c r="F5" s="3"/><c r="G5" s="3"/><c r="H5"><f>1+1</f></c><c r="I5" t="e"><v>#REF!</v></c>'

    found = xlsx_marks(book(cells), Precheck(Format.XLSX, second_look=True))

    assert {"表": {(4, 7): "=1+1", (4, 8): "#REF!"}} == {name: {at: str(fault) for at, fault in faults.items()} for name, (faults, *_) in found.items()}


def test_a_result_of_nought_that_a_program_left_to_be_worked_out_is_none() -> None:
    """Programs that write formulas save 0 as their result and ask to have them worked out: people see something else than 0. Excel and WPS ask for nothing."""
    cells = '<c r="A5"><f>30+31</f><v>0</v></c><c r="B5"><f>30+31</f><v>61</v></c><c r="C5"><v>0</v></c>'
    asks = WORKBOOK.replace("</workbook>", '<calcPr calcId="124519" fullCalcOnLoad="1"/></workbook>')

    found = [xlsx_marks(book(cells, workbook), Precheck(Format.XLSX)) for workbook in (asks, WORKBOOK)]

    assert [{"表": {(4, 0): "=30+31"}}, {}] == [{name: {at: str(fault) for at, fault in marks.faults.items()} for name, marks in one.items()} for one in found]
