"""Writes templates/公文.docx, the style template of all papers, so that a change to it can be read as text. Layout after GB/T 9704."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, cast

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from toolkit.edges.writing.write_documents import NAME, steady
from toolkit.model.word_document import TABLE_STYLE, Style

SONG, FANG, KAI, HEI, LATIN = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "Times New Roman"
# Where an office's computer has not got a font, Word takes the first of these that it has; the last ones are free.
INSTEAD = {
    SONG: "方正小标宋_GBK,小标宋,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,思源宋体,Source Han Serif SC,Noto Serif CJK SC",
    FANG: "仿宋,FangSong,方正仿宋_GBK,FZFangSong-Z02S,华文仿宋,FandolFang,思源宋体,Noto Serif CJK SC",
    KAI: "楷体,KaiTi,方正楷体_GBK,FZKai-Z03S,华文楷体,FandolKai,AR PL UKai CN,Noto Serif CJK SC",
    HEI: "SimHei,方正黑体_GBK,FZHei-B01S,思源黑体,FandolHei,Noto Sans CJK SC",
    "宋体": "SimSun,思源宋体,FandolSong,Noto Serif CJK SC",
    LATIN: "Liberation Serif,Noto Serif",
}
SIZE_1, SIZE_2, SIZE_3, SIZE_4, SMALL = 26.0, 22.0, 16.0, 14.0, 10.5  # 一号、二号、三号、四号、五号
LINE = 28.8  # points, fixed: 22 lines a page
RED = RGBColor(0xE6, 0x00, 0x12)


class Look(NamedTuple):
    """How a style sets its paragraphs: font, size, alignment, first-line indent in characters, fixed line, space before and after in points."""

    font: str
    size: float
    align: ALIGN = ALIGN.JUSTIFY
    indent: int = 0
    line: float = LINE
    before: float = 0
    after: float = 0
    with_next: bool = False
    colour: RGBColor | None = None
    right: int = 0
    hanging: int = 0


LOOKS = {
    Style.MASTHEAD: Look(SONG, 48, ALIGN.CENTER, line=60, before=12, after=12, colour=RED),
    Style.NUMBER: Look(FANG, SIZE_3, ALIGN.CENTER, after=18),
    Style.TITLE: Look(SONG, SIZE_2, ALIGN.CENTER, line=36, before=10, after=20, with_next=True),
    Style.ADDRESSEE: Look(FANG, SIZE_3, with_next=True),
    Style.BODY: Look(FANG, SIZE_3, indent=2),
    Style.HEADING: Look(HEI, SIZE_3, indent=2, with_next=True),
    Style.SUBHEADING: Look(KAI, SIZE_3, indent=2, with_next=True),
    Style.ANNEXES: Look(FANG, SIZE_3, ALIGN.LEFT, hanging=3, with_next=True),
    Style.SIGNED: Look(FANG, SIZE_3, ALIGN.RIGHT, right=4, with_next=True),
    Style.ANNEX: Look(HEI, SIZE_3, ALIGN.LEFT, with_next=True),
    Style.ANNEX_TITLE: Look(SONG, SIZE_2, ALIGN.CENTER, line=36, before=4, after=12, with_next=True),
    Style.CAPTION: Look(HEI, SIZE_4, ALIGN.LEFT, line=24, before=10, after=4, with_next=True),
    Style.HEAD: Look(HEI, SMALL, ALIGN.CENTER, line=0),
    Style.CELL: Look(FANG, SMALL, ALIGN.LEFT, line=0),
    Style.FIGURE: Look(FANG, SMALL, ALIGN.CENTER, line=0),
    Style.NOTE: Look(KAI, 12, ALIGN.LEFT, line=20, before=4, after=4),
    Style.LEAD_IN: Look(FANG, SIZE_3, indent=2, after=8, with_next=True),
    Style.ITEM: Look(HEI, 12, ALIGN.CENTER, line=18),
    Style.ENTRY: Look(FANG, 12, ALIGN.LEFT, line=18),
}
SAMPLES = {
    Style.MASTHEAD: "红头",
    Style.NUMBER: "〔2023〕第1号",
    Style.TITLE: "公文标题",
    Style.ADDRESSEE: "主送单位：",
    Style.BODY: "公文正文。修改各个样式的字体、字号、行距，以后生成的文书都照新的样式；不要改样式的名称。本文件里的文字不会进入文书。",
    Style.HEADING: "一、一级标题",
    Style.SUBHEADING: "（一）二级标题",
    Style.ANNEXES: "附件：1．附件说明",
    Style.SIGNED: "落款",
    Style.ANNEX: "附件1",
    Style.ANNEX_TITLE: "附件标题",
    Style.CAPTION: "表题",
    Style.HEAD: "表头",
    Style.CELL: "表文",
    Style.FIGURE: "表数",
    Style.NOTE: "表注：写在表的下面。",
    Style.LEAD_IN: "表前文：引出下面的表。",
    Style.ITEM: "栏名",
    Style.ENTRY: "栏文：通知单、回执、签批页里的内容。",
}
TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="OfficialTable">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="1"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      {"".join(f'<w:{side} w:val="single" w:sz="{8 if len(side) < 7 else 4}" w:space="0" w:color="000000"/>'
               for side in ("top", "left", "bottom", "right", "insideH", "insideV"))}
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
</w:style>
"""


def main(folder: Path) -> None:
    """Write the template into a folder."""
    document = Document()
    for style in [style for style in document.styles if style.name not in {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Footer", "Header"}]:
        style.delete()
    _font(cast("ParagraphStyle", document.styles["Normal"]), FANG, SIZE_3)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")
    for spacing in document.styles.element.xpath("w:docDefaults/w:pPrDefault//w:spacing"):
        spacing.getparent().remove(spacing)
    for style, look in LOOKS.items():
        _make(document, style, look)
    document.styles.element.append(parse_xml(TABLE))
    _rule_below(document.styles[Style.NUMBER])
    _page(document)
    for style, words in SAMPLES.items():
        document.add_paragraph(words, style=style.value)
    table = document.add_table(2, 2, TABLE_STYLE)
    for cell, style in zip((cell for row in table.rows for cell in row.cells), (Style.HEAD, Style.HEAD, Style.CELL, Style.FIGURE), strict=True):
        cell.paragraphs[0].style = document.styles[style]
        cell.paragraphs[0].add_run(str(style))
    _font_table(document)
    _without(document, "thumbnail", "stylesWithEffects", "customXml")
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "公文样式", "", ""
    properties.created = properties.modified = datetime(2000, 1, 1, tzinfo=UTC)
    (folder / NAME).write_bytes(steady(document))


def _make(document: DocumentType, name: Style, look: Look) -> None:
    style = cast("ParagraphStyle", document.styles.add_style(name.value, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _font(style, look.font, look.size)
    if look.colour is not None:
        style.font.color.rgb = look.colour
    form = style.paragraph_format
    form.alignment, form.keep_with_next = look.align, look.with_next
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY if look.line else WD_LINE_SPACING.SINGLE
    if look.line:
        form.line_spacing = Pt(look.line)
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    left = look.hanging + 2 if look.hanging else 0
    for key, value in (("firstLineChars", look.indent), ("rightChars", look.right), ("hangingChars", look.hanging), ("leftChars", left)):
        if value:
            indent.set(qn(f"w:{key}"), str(value * 100))
            # beside the count in characters the same in points, for programs that know only these
            indent.set(qn(f"w:{key.removesuffix('Chars')}"), str(round(value * look.size * 20)))


def _font(style: ParagraphStyle, name: str, size: float) -> None:
    style.font.name, style.font.size = name if name in {SONG, HEI} else LATIN, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), name)


def _rule_below(style: ParagraphStyle) -> None:
    """Draw the red line that parts a paper's head from its text."""
    borders = parse_xml(f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="18" w:space="8" w:color="{RED}"/></w:pBdr>')
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _page(document: DocumentType) -> None:
    """Set A4 with a text block of 156 × 225 mm; page numbers — 1 — to the right on odd pages, to the left on even ones."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        for text in ("— ", None, " —"):
            run = paragraph.add_run(text or "")
            run.font.size, run.font.name = Pt(SIZE_4), "宋体"
            run._r.rPr.rFonts.set(qn("w:eastAsia"), "宋体")  # noqa: SLF001 - python-docx sets only the Latin font
            if text is None:
                _page_field(run._r)  # noqa: SLF001


def _page_field(run: object) -> None:
    for kind in ("begin", None, "end"):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = "PAGE"
        run.append(mark)  # type: ignore[attr-defined]


def _without(document: DocumentType, *kinds: str) -> None:
    """Leave out what python-docx's own starting document carries along, such as a picture of another page."""
    for relations in (document.part.package.rels, document.part.rels):
        for name in [name for name, relation in relations.items() if relation.reltype.endswith(kinds)]:
            del relations[name]


def _font_table(document: DocumentType) -> None:
    """Name for each font those that may stand in for it."""
    part = next(part for part in document.part.package.iter_parts() if part.partname.endswith("fontTable.xml"))
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="{"00" if name == LATIN else "86"}"/>'
        f'<w:family w:val="{"swiss" if name == HEI else "roman"}"/><w:pitch w:val="variable"/></w:font>'
        for name, instead in INSTEAD.items()
    )
    part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()  # noqa: SLF001


if __name__ == "__main__":
    main(Path(sys.argv[1]))
