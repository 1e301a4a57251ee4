"""What other programs open is read: encodings, attributes and white space that no usual office program writes, and parts that hold no cells."""

import io
import struct
import zipfile

import pytest

from tests.hostile.books import FAR, SHEET, low_limits, with_parts, workbook, zipped
from tests.hostile.xlsb import binary_workbook, packed, record, text
from tests.inbox.test_precheck_and_sandbox import outcome
from toolkit.edges.reading import precheck_zip
from toolkit.edges.reading.read_workbooks import Unreadable, read_grid
from toolkit.model.returns import Grid

__all__ = ["low_limits"]  # a fixture
PART = "xl/worksheets/sheet1.xml"
PLAIN = SHEET % '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>中</t></is></c></row>'.encode()
ROWS = ((1.0, "中"),)
WHOLE = (("编号", "进度"), ("007", 45.0))
SPACES = ["office", "table", "text", "form"]
SHARED = "xl/sharedStrings.xml"


FLAT = (
    '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'
)


def said(grid: Grid) -> list[str]:
    return [finding.code.name for finding in grid.findings]


def behind(extra: str) -> bytes:
    return PLAIN.replace(b"</sheetData>", b"</sheetData>" + extra.encode())


@pytest.mark.parametrize(
    "sheet",
    [
        PLAIN.replace(b"<sheetData>", b'<dimension ref=""/><sheetData>'),
        PLAIN.replace(b"<sheetData>", b'<dimension ref="#REF!"/><sheetData>'),
        behind('<mergeCells count="1"><mergeCell ref="#REF!"/></mergeCells>'),
        behind('<mergeCells count="1"><mergeCell ref=""/></mergeCells>'),
        PLAIN.replace(b'"A1"', b'"$A$1"').replace(b'"B1"', b'"$B$1"'),
        PLAIN.replace(b'r="A1"', b'r="A1" t="number"'),
        PLAIN.replace(b'r="A1"', b'r="A1" t=""'),
        PLAIN.replace(b'<row r="1">', b'<row r="1.0">'),
        PLAIN.replace(b'r="A1"', b'r=""'),
        PLAIN.decode().encode("utf-16"),
        PLAIN.decode().encode("utf-16-be"),
        PLAIN.replace(b'version="1.0"', b'version="1.0" encoding="GB2312"').decode().encode("gbk"),
    ],
)
def test_a_sheet_that_is_written_otherwise_is_read_with_a_note(sheet: bytes) -> None:
    """An empty or lost area, a place with dollar signs, a type by another word, another encoding: the cells are what they are."""
    grid = read_grid(with_parts({PART: sheet}), "来件")

    assert (ROWS, ["ODD_WRITING"]) == (grid.sheets[0].rows, said(grid))


@pytest.mark.parametrize("name", ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHARED, "xl/styles.xml"])
def test_every_part_may_be_in_utf_16(name: str) -> None:
    """Some programs write all their parts so."""
    part = zipfile.ZipFile(io.BytesIO(workbook())).read(name).decode().replace("UTF-8", "UTF-16").encode("utf-16")

    assert WHOLE == outcome(with_parts({name: part}))


@pytest.mark.parametrize(
    "part",
    ['<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"), b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', bytes(2 << 20)],
    ids=["utf-16", "declared", "long"],
)
def test_a_part_without_cells_decides_nothing(part: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query's or an add-in's own part is nobody's cells; it is named and left alone, also where it is longer than such parts may be."""
    monkeypatch.setattr(precheck_zip, "_BESIDE", 1 << 20)
    grid = read_grid(with_parts({"customXml/item1.xml": part}), "来件")

    assert (WHOLE, ["ODD_PARTS"]) == (grid.sheets[0].rows, said(grid))


@pytest.mark.usefixtures("low_limits")
@pytest.mark.parametrize("identifier", ["rId1", "rId&#49;"])
def test_a_part_that_the_book_takes_for_a_sheet_is_looked_at_whatever_its_type_says(identifier: str) -> None:
    """What the fast reader will open is told by the book, not by the relation's type."""
    far = SHEET % (FAR % b"><v>1</v></c>")
    parts = zipfile.ZipFile(io.BytesIO(workbook()))
    relations = parts.read("xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet1.xml", b"../customXml/item1.xml").replace(b"/worksheet", b"/customXml")
    book = parts.read("xl/workbook.xml").replace(b'"rId1"', f'"{identifier}"'.encode())

    assert "TOO_BIG" == outcome(with_parts({"xl/_rels/workbook.xml.rels": relations, "customXml/item1.xml": far, "xl/workbook.xml": book}))


def ods(rows: str) -> bytes:
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in SPACES)
    body = f'<office:body><office:spreadsheet><table:table table:name="填报">{rows}</table:table></office:spreadsheet></office:body>'
    content = f'<office:document-content {spaces} office:version="1.2">{body}</office:document-content>'
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": manifest})


def cell(inside: str) -> str:
    return f'<table:table-cell office:value-type="string">{inside}</table:table-cell>'


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        ("<text:p>4<text:tab/>5</text:p>", "4 5"),
        ("<text:p>完成12<text:line-break/>34户</text:p>", "完成12\n34户"),
        ('<text:p>4<text:s text:c="3"/>5</text:p>', "4   5"),
        ("<text:p>4</text:p><text:p>5</text:p>", "4\n5"),
        ("<text:p><text:ruby><text:ruby-base>蔡</text:ruby-base><text:ruby-text>cai</text:ruby-text></text:ruby>甸</text:p>", "蔡甸"),
        ("<text:p>4<text:note><text:note-body><text:p>1</text:p></text:note-body></text:note></text:p>", "4"),
        ("<office:annotation><text:p>9</text:p></office:annotation><text:p>4</text:p>", "4"),
        ("<text:p><text:span>4</text:span><text:span>5</text:span></text:p>", "45"),
    ],
)
def test_what_parts_a_text_of_an_ods_is_kept(inside: str, read: str) -> None:
    """A tab is a blank, a line break a new line; ruby, foot notes and comments are no part of the text."""
    assert ((read,),) == outcome(ods(f"<table:table-row>{cell(inside)}</table:table-row>"))


@pytest.mark.parametrize("gap", ["\n    ", " ", "<!-- x -->", "\r\n\t<?x y?>\n"])
def test_an_ods_may_be_indented(gap: str) -> None:
    """White space between rows and cells says nothing."""
    forms = f"{gap}<office:forms>{gap}<form:form/>{gap}</office:forms>"
    cells = gap.join((cell("<text:p>4</text:p>"), "<table:table-cell/>", "<table:covered-table-cell/>", cell("<text:p>5</text:p>")))

    assert (("4", None, None, "5"),) == outcome(ods(f"{forms}{gap}<table:table-row>{gap}{cells}{gap}</table:table-row>{gap}"))


def short(kind: int, data: bytes) -> bytes:
    """A record of a cell without its column."""
    return packed(kind) + packed(len(data) + 4) + bytes(4) + data


def test_short_records_of_an_xlsb_are_cells() -> None:
    """A short record stands one to the right of the cell before it; SheetJS and Aspose write them."""
    first = record(5, struct.pack("<II", 1, 0) + struct.pack("<d", 7))
    packed_31 = struct.pack("<I", 31 << 2 | 2)
    others = (short(17, text("推进中")), short(12, b""), short(16, struct.pack("<d", 45)), short(13, packed_31), short(14, b"\x17"))
    row = record(0, struct.pack("<IIHBBB", 0, 0, 0x12C, 0, 0, 0) + struct.pack("<3I", 1, 1, 6))
    sheet = record(129) + record(148, struct.pack("<4I", 0, 0, 1, 6)) + record(145) + row + first + b"".join(others) + record(146) + record(130)
    rows = outcome(binary_workbook(sheet))

    assert "((None, 7.0, '推进中', None, 45.0, 31, CellFault(text='#REF!', kind=<Fault.ERROR: 'error'>)),)" == str(rows)


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (zipped({"Index/Document.iwa": b"x"}), "APPLE_NUMBERS", "苹果 Numbers"),
        (FLAT.encode(), "FLAT_ODS", ".fods"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related\r\n\r\n<table>", "WEB_ARCHIVE", ".mht"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row>', "DAMAGED", "断在第 1 行"),
    ],
)
def test_a_format_that_is_not_read_is_called_by_its_name(content: bytes, code: str, words: str) -> None:
    """The refusal says what the file is and how to save it anew."""
    with pytest.raises(Unreadable) as refused:
        read_grid(content, "来件")

    assert (code, True) == (refused.value.code.name, words in refused.value.finding("来件").message)


def test_comments_that_cannot_be_told_are_at_least_said() -> None:
    """A part of comments that no sheet names, or that is broken: that there are some is said of the file."""
    grid = read_grid(with_parts({"xl/comments1.xml": b"<comments>"}), "来件")

    assert (WHOLE, ["COMMENTS"]) == (grid.sheets[0].rows, said(grid))
