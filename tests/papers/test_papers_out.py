"""The drawer: steady bytes, text that stays text, tables that break across pages well, and the office's own styles."""

import re
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm, Pt

from tests.papers.drawn import TEMPLATE, drawn, tables, texts
from toolkit.edges.writing.write_documents import draw_paper, load_template
from toolkit.model.word_document import PageBreak, Paragraph, Section, Style, Table, WordDocument
from tools.make_paper_template import main as make_template

HOSTILE = '{ INCLUDETEXT "c:\\\\x" } =1+1 <w:fldSimple w:instr="PAGE"/> &amp; \x00\x07_x0007_\ufffe\ud800 完'
PAPER = WordDocument(
    "关于进展的通报",
    (
        Section((Paragraph("标题", Style.TITLE), Paragraph(HOSTILE), Paragraph("二\n行"), PageBreak(), Paragraph("落款", Style.SIGNED))),
        Section((Table(("序号", "内容"), (("1", HOSTILE), ("2", "乙")), (20, 100), centred=(0,)),), landscape=True),
    ),
    subject="《方案》",
    author="某某办公室",
)


def part(content: bytes, name: str) -> str:
    """Read one part of a document."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return parts.read(name).decode()


def test_the_same_paper_gives_the_same_bytes() -> None:
    """Two seconds later the same paper is the same file, byte for byte, and says nothing of when it was made."""
    first = drawn(PAPER)
    time.sleep(2.1)  # a zip's clock ticks every two seconds

    assert first == drawn(PAPER)
    assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in zipfile.ZipFile(BytesIO(first)).infolist()}


def test_what_a_unit_wrote_is_only_ever_text() -> None:
    """Fields, tags and control characters that a unit typed are neither run nor break the file; the rest stands as it was typed."""
    content = drawn(PAPER)
    plain = '{ INCLUDETEXT "c:\\\\x" } =1+1 <w:fldSimple w:instr="PAGE"/> &amp;  完'

    assert ["标题", plain, "二\n行", "落款"] == [text for text in texts(content) if text]
    assert [[["序号", "内容"], ["1", plain], ["2", "乙"]]] == tables(content)
    assert [] == re.findall(r"<w:(?:fldSimple|instrText|fldChar|hyperlink)", part(content, "word/document.xml"))


def test_pages_turn_for_an_annex_and_headers_repeat() -> None:
    """The annex is A4 on its side, its header repeats on every page and no row is torn; a page break is where it was asked for."""
    content = drawn(PAPER)
    document = Document(BytesIO(content))

    assert [(210, 297), (297, 210)] == [(_mm(section.page_width), _mm(section.page_height)) for section in document.sections]
    rows = document.tables[0].rows
    assert [True, False, False] == ["w:tblHeader" in row._tr.xml for row in rows]
    assert all("w:cantSplit" in row._tr.xml for row in rows)
    assert ["落款"] == [paragraph.text for paragraph in document.paragraphs if paragraph.paragraph_format.page_break_before]


def _mm(length: int | None) -> int:
    return round((length or 0) / Mm(1))


def test_properties_name_the_paper_and_the_office() -> None:
    """Title, subject and author of the file are the paper's."""
    properties = Document(BytesIO(drawn(PAPER))).core_properties

    assert ("关于进展的通报", "《方案》", "某某办公室", "某某办公室") == (properties.title, properties.subject, properties.author, properties.last_modified_by)


def test_the_layout_is_the_standards() -> None:
    """Margins, text block, fonts, sizes and line distance of the shipped styles are those of GB/T 9704; pages are numbered — 1 —."""
    document = Document(str(TEMPLATE))
    page = document.sections[0]
    measures = [round(one / Mm(1)) for one in (page.top_margin, page.left_margin, page.page_width - page.left_margin - page.right_margin) if one]
    looks = {}
    for name in (Style.TITLE, Style.BODY, Style.HEADING, Style.SUBHEADING):
        style = document.styles[name]
        looks[name.value] = (re.findall(r'w:eastAsia="([^"]+)"', style.element.xml)[0], style.font.size.pt, style.paragraph_format.line_spacing.pt)

    assert [37, 28, 156] == measures
    assert {
        "公文标题": ("方正小标宋简体", 22, 36),
        "公文正文": ("仿宋_GB2312", 16, 28.8),
        "一级标题": ("黑体", 16, 28.8),
        "二级标题": ("楷体_GB2312", 16, 28.8),
    } == looks
    assert ["—  —", "—  —"] == [page.footer.paragraphs[0].text, page.even_page_footer.paragraphs[0].text]
    assert ["PAGE"] == re.findall(r"<w:instrText>(\w+)<", page.footer.paragraphs[0]._p.xml)


def test_every_named_font_has_free_ones_to_stand_in() -> None:
    """The font table names, for each font of the styles, others in whose place Word may set it, a free one among them."""
    fonts = dict(re.findall(r'w:name="([^"]+)"><w:altName w:val="([^"]+)"', part(TEMPLATE.read_bytes(), "word/fontTable.xml")))
    used = set(re.findall(r'w:eastAsia="([^"]+)"', part(TEMPLATE.read_bytes(), "word/styles.xml"))) - {"zh-CN"}

    assert used
    assert used <= set(fonts)
    assert all(re.search("Noto|Source Han|Fandol|Liberation", instead) for instead in fonts.values())


def test_the_shipped_template_is_what_the_script_writes(tmp_path: Path) -> None:
    """templates/公文.docx holds, part by part, what tools/make_paper_template.py writes."""
    make_template(tmp_path)
    with zipfile.ZipFile(tmp_path / TEMPLATE.name) as made, zipfile.ZipFile(TEMPLATE) as shipped:
        assert made.namelist() == shipped.namelist()
        assert [] == [name for name in made.namelist() if made.read(name) != shipped.read(name)]


def test_the_office_restyles_its_papers_in_the_template(tmp_path: Path) -> None:
    """A style edited in the template is the style of the next paper; the template's own words do not get into it."""
    document = Document(str(TEMPLATE))
    document.styles[Style.BODY].font.size = Pt(18)
    document.save(str(tmp_path / TEMPLATE.name))

    template = load_template(tmp_path / TEMPLATE.name)

    assert () == template.faults
    made = Document(BytesIO(draw_paper(PAPER, template.content)))
    assert 18 == made.styles[Style.BODY].font.size.pt
    assert not any("公文正文。" in paragraph.text for paragraph in made.paragraphs)


def without_style(path: Path) -> None:
    """Take a style out of a template."""
    document = Document(str(TEMPLATE))
    document.styles[Style.HEAD].delete()
    document.save(str(path))


def not_a_document(path: Path) -> None:
    """Put a zip that is no document there."""
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("a.txt", "a")


@pytest.mark.parametrize(
    ("spoil", "code", "message"),
    [
        (lambda _: None, "TEMPLATE_BROKEN", "文书样式不能用（文件不在了），这次用的是程序自带的样式。"),
        (lambda path: path.write_bytes(b"PK\x03\x04 half"), "TEMPLATE_BROKEN", "文书样式不能用（文件打不开，可能已经损坏），这次用的是程序自带的样式。"),
        (not_a_document, "TEMPLATE_BROKEN", "文书样式不能用（文件打不开，可能已经损坏），这次用的是程序自带的样式。"),
        (lambda path: path.write_bytes(b""), "TEMPLATE_BROKEN", "文书样式不能用（文件打不开，可能已经损坏），这次用的是程序自带的样式。"),
        (without_style, "TEMPLATE_STYLES", "文书样式里缺少：表头，这次用的是程序自带的样式。"),
    ],
)
def test_a_template_that_cannot_be_used_is_said_and_papers_are_written(tmp_path: Path, spoil: object, code: str, message: str) -> None:
    """A missing, broken or incomplete template is one finding with its remedy, and the program's own styles are used."""
    path = tmp_path / TEMPLATE.name
    spoil(path)  # type: ignore[operator]

    template = load_template(path)

    assert [(code, message, TEMPLATE.name)] == [(fault.code.name, fault.message, fault.place.file) for fault in template.faults]
    assert drawn(PAPER) == draw_paper(PAPER, template.content)
