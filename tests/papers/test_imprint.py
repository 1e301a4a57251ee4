"""版记 never stands alone on a paper's last page, in Word's file and as LibreOffice sets it."""

from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.office import convert, has_office
from tests.papers.drawn import drawn
from toolkit.model.word_document import Block, Imprint, Paragraph, Section, Style, Table, WordDocument

IMPRINT = Imprint("抄送：某某。", "某办", "2023年4月6日印发")


def annex(rows: int) -> Section:
    """Give pages of a table with so many rows, the imprint behind it."""
    return Section((Table(("序号", "指标"), tuple((f"行{number}", "某项指标") for number in range(rows)), (20.0, 136.0)), IMPRINT))


def letter(lines: int) -> Section:
    """Give pages of so many short paragraphs, signed, the imprint behind them."""
    signed: tuple[Block, ...] = tuple(Paragraph(text, Style.SIGNED) for text in ("", "某办", "2023年4月6日"))
    return Section((*(Paragraph(f"段{number}") for number in range(lines)), *signed, IMPRINT))


def test_the_imprint_is_rows_of_the_table_before_it() -> None:
    """Its lines keep the last two rows along, have rules above and below alone, and stand outside a table where none comes before."""
    document = Document(BytesIO(drawn(WordDocument("题", (annex(4), letter(1))))))
    (table,) = document.tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    sides = [child.tag.rpartition("}")[2] + child.get(qn("w:val")) for child in table.rows[-1].cells[0]._tc.tcPr.find(qn("w:tcBorders"))]

    assert [None, None, None, True, True, True, True, False] == kept
    assert ["", "抄送：某某。", "某办\t2023年4月6日印发"] == [row.cells[0].text for row in table.rows][-3:]
    assert ["topsingle", "leftnil", "bottomsingle", "rightnil"] == sides
    assert ["2023年4月6日", "抄送：某某。", "某办\t2023年4月6日印发"] == [paragraph.text for paragraph in document.paragraphs][-3:]


@pytest.mark.skipif(not has_office(), reason="LibreOffice is not installed")
@pytest.mark.parametrize(("part", "sizes"), [(annex, range(24, 40)), (letter, range(8, 24))])
def test_text_comes_along_to_the_last_page(part: object, sizes: range, tmp_path: Path) -> None:
    """However much comes before it, the page of the imprint has at least two lines of text or rows."""
    path = tmp_path / "通报.docx"
    path.write_bytes(drawn(WordDocument("题", tuple(part(size) for size in sizes))))  # type: ignore[operator]
    with pdfplumber.open(convert(path, "pdf", tmp_path / "pdf")) as pages:
        said = [page.extract_text() or "" for page in pages.pages]
    last = [[line for line in text.splitlines() if line.startswith(("行", "段", "某办", "2023"))] for text in said if "印发" in text]

    assert len(sizes) == len(last) < len(said)
    assert all(len([line for line in lines if "印发" not in line]) > 1 for lines in last), last
