"""The look before reading goes by what the fast reader does with a part, not by how the part begins."""

import zipfile
from io import BytesIO

import pytest

from tests.hostile.books import FAR, OFTEN, SHEET, STRINGS, low_limits, with_parts, workbook
from tests.inbox.test_precheck_and_sandbox import outcome
from toolkit.edges.reading.precheck_format import Format, UnsafeFile
from toolkit.edges.reading.precheck_sheet import PartMarks, Parts, check_counts
from toolkit.model.returns import CellFault, Fault

__all__ = ["low_limits"]  # a fixture
SHEET_PART, STRINGS_PART = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
UNANSWERED = SHEET % b'<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "sheet",
    [
        UNANSWERED,
        UNANSWERED.replace(b"<worksheet", b"<!-- sst --><worksheet"),
        UNANSWERED.replace(b"<sheetData>", b'<sheetPr codeName="Asst1"/><sheetData>'),
        UNANSWERED.replace(b"worksheet", b"sst"),
        UNANSWERED.replace(b"<f>", b'<f aca="false">'),
        b"x" + UNANSWERED,
        UNANSWERED.replace(b"</f>", b"</f><!--<v>5</v>-->"),
        UNANSWERED.replace(b"</f>", b"</f><v><!-- x --></v>"),
    ],
    ids=["plain", "a comment", "a macro's name", "another root", "by LibreOffice", "a stray sign", "a comment behind it", "a comment for a result"],
)
def test_a_formula_without_result_is_never_a_blank(sheet: bytes) -> None:
    """Whatever the first lines of a sheet say, its cells are looked at."""
    assert ((CellFault("=1+1", Fault.FORMULA), 1.0),) == outcome(with_parts({SHEET_PART: sheet}))


def test_a_formula_without_result_may_stand_alone() -> None:
    """One to the right of all values, one below them all: the fast reader ends before both."""
    rows = b'<row r="1"><c r="A1"><v>1</v></c><c r="C1"><f>1+1</f></c></row><row r="3"><c r="A3"><f>2+2</f></c></row>'

    assert ((1.0, None, CellFault("=1+1", Fault.FORMULA)), (), (CellFault("=2+2", Fault.FORMULA),)) == outcome(with_parts({SHEET_PART: SHEET % rows}))


@pytest.mark.parametrize("inside", [b"<v><!-- x -->7</v>", b"<v>7<!-- x --></v>", b"<v><?x?>7</v>", b"<v><![CDATA[7]]></v>", b"<v>&#55;</v>"])
def test_a_number_is_whole_or_refused(inside: bytes) -> None:
    """The fast reader ends a number at a comment and the like; what it is given has none."""
    assert ((7.0, 1.0),) == outcome(with_parts({SHEET_PART: SHEET % (b'<row r="1"><c r="A1">' + inside + b'</c><c r="B1"><v>1</v></c></row>')}))


@pytest.mark.parametrize("name", ["a&amp;b", "a>b", "&#x5B57;", " a ", "a&#10;b"])
@pytest.mark.parametrize(
    "target", ["worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml", "./worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml"]
)
def test_a_sheet_is_known_by_any_name_and_path(name: str, target: str) -> None:
    """What is special in its cells is looked up where the fast reader looks, or the file is refused."""
    parts = zipfile.ZipFile(BytesIO(workbook()))
    book = parts.read("xl/workbook.xml").replace("填报".encode(), name.encode()).replace(b"<sheets>", b'<sheets><!-- <sheet name="x" r:id="rId1"/> -->')
    relations = parts.read("xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet1.xml", target.encode())
    found = outcome(with_parts({"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relations, SHEET_PART: UNANSWERED}))

    assert found == ("UNREADABLE" if target[0] in ".x" else ((CellFault("=1+1", Fault.FORMULA), 1.0),))


@pytest.mark.usefixtures("low_limits")
def test_a_sheet_that_is_no_xml_is_refused_where_its_cells_reach_far() -> None:
    """How far its cells reach cannot be told; the fast reader would read on behind the fault and lay out all of it."""
    broken = (FAR % b"><v>1</v></c>").replace(b"</row>", b"</row>&", 1)

    assert "UNREADABLE" == outcome(with_parts({SHEET_PART: SHEET % broken}))


@pytest.mark.usefixtures("low_limits")
def test_the_part_of_the_strings_may_be_a_sheet_too() -> None:
    """A book whose sheet is said to be the part with the shared strings: the fast reader lays out its cells, so they are looked at."""
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="sharedStrings.xml"/></Relationships>'
    )
    both = (STRINGS % b"x").replace(b"</sst>", b"<sheetData>" + FAR % b"><v>1</v></c>" + b"</sheetData></sst>")

    assert "TOO_BIG" == outcome(with_parts({"xl/_rels/workbook.xml.rels": relations, STRINGS_PART: both}))


@pytest.mark.usefixtures("low_limits")
@pytest.mark.parametrize(
    "strings",
    [
        OFTEN[STRINGS_PART],
        OFTEN[STRINGS_PART].replace(b"xxxxxxxxx", b"sheetData", 1),
        b"<a><!--" + b"x" * 400 + b"-->" + OFTEN[STRINGS_PART] + b"</a>",
    ],
    ids=["plain", "with the word", "further in"],
)
@pytest.mark.parametrize("kind", [b't="s"', b"t='s'", b't = "s"'])
def test_a_long_string_used_too_often_is_refused(strings: bytes, kind: bytes) -> None:
    """The strings are where the fast reader takes them from, and a cell may be written in several ways."""
    sheet = OFTEN[SHEET_PART].replace(b't="s"', kind)

    assert "TOO_BIG" == outcome(with_parts({SHEET_PART: sheet, STRINGS_PART: strings}))


@pytest.mark.usefixtures("low_limits")
@pytest.mark.parametrize("gap", [b"\t", b"\n", b"\r\n"])
def test_far_cells_are_seen_behind_any_blank(gap: bytes) -> None:
    """Attributes may be apart by more than one blank."""
    far = (FAR % b"><v>1</v></c>").replace(b" ", gap)

    assert "TOO_BIG" == outcome(with_parts({SHEET_PART: SHEET % far}))


def marked(text: bytes, *, is_strings: bool) -> PartMarks:
    marks = PartMarks(Format.XLSX, text, is_strings=is_strings)
    marks.feed(text)
    return marks


def test_what_office_programs_write_needs_no_second_look() -> None:
    """Formulas with results by Excel and LibreOffice, and the formulas of rules, which have no results, cost no more than other cells."""
    cells = b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f aca="false">A1</f><v>A&amp;B</v></c><c r="C1"><f t="shared" si="0"/><v>3</v></c></row>'
    sheet = (SHEET % cells).replace(b"</worksheet>", b"<extLst><ext><xm:f>$A$1</xm:f></ext></extLst></worksheet>")
    marks = marked(sheet, is_strings=False)

    assert (True, False, False, False) == (marks.may_hold_cells, marks.second_look, marks.is_suspect, marks.asides)


def test_long_strings_alone_leave_no_doubt() -> None:
    """An office program may write every text in a hundred pieces with their fonts; few cells cannot use them so often as to fill the memory."""

    def not_again() -> list[bytes]:
        raise AssertionError("unpacked once more")

    strings = marked(STRINGS % (b"<r><rPr/><t>x</t></r>" * 50_000), is_strings=True)
    few, many = (marked(SHEET % (b'<c r="A1" t="s"><v>0</v></c>' * cells), is_strings=False) for cells in (1_000, 200_000))
    parts: Parts = [(strings, not_again), (few, not_again)]

    check_counts(parts, Format.XLSX)
    with pytest.raises(AssertionError, match="unpacked once more"):
        check_counts([(strings, not_again), (many, not_again)], Format.XLSX)
    with pytest.raises(UnsafeFile):
        check_counts([(strings, lambda: [STRINGS % (b"x" * 1_050_000)]), (many, lambda: [b'<c t="s"/>' * 5_000])], Format.XLSX)
