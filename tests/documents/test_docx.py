"""Word files: what the page shows, in order, with the numbers that Word draws."""

from pathlib import Path

import pytest

from tests.documents.drawn import cell, docx, level, numbering, page, para, row, run, said, shown, table
from tests.office import convert
from toolkit.edges.documents import xml_parts
from toolkit.edges.documents.numbering import drawn
from toolkit.edges.documents.read_document import read_document
from toolkit.edges.documents.word import read_docx
from toolkit.model.command_error import CommandError
from toolkit.model.document import Paragraph

OUTLINE = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")


def test_outline_numbers_are_counted_as_word_draws_them(tmp_path: Path) -> None:
    """
    一、（一）1. are numbers that Word draws and no text holds; deeper ones begin anew under each upper one.
    """
    body = [(0, "经济"), (1, "产业"), (2, "建厂。"), (2, "招商。"), (1, "农业"), (2, "种粮。"), (0, "民生"), (1, "教育")]

    found = shown(docx(*[para(text, numbered="1", level=at) for at, text in body], lists=numbering(OUTLINE)), "a.docx", tmp_path)

    assert ["一、|经济", "（一）|产业", "1.|建厂。", "2.|招商。", "（二）|农业", "1.|种粮。", "二、|民生", "（一）|教育"] == found


def test_a_list_goes_on_or_begins_anew_as_its_definition_says(tmp_path: Path) -> None:
    """
    Two lists of one definition count on; a start of its own begins a list anew; bullets and “no list” draw nothing.
    """
    anew = '<w:num w:numId="8"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    more = f'<w:num w:numId="9"><w:abstractNumId w:val="1"/></w:num>{anew}'
    lists = numbering(level(0, "decimal", "%1."), level(0, "bullet", "●"), more=more)
    body = [("1", "甲"), ("9", "乙"), ("2", "点"), ("0", "无"), ("", "文"), ("8", "丙"), ("8", "丁"), ("77", "查无")]

    found = shown(docx(*[para(text, numbered=number) for number, text in body], lists=lists), "a.docx", tmp_path)

    assert ["1.|甲", "2.|乙", "点", "无", "文", "1.|丙", "2.|丁", "查无"] == found


def test_numbers_may_come_from_a_style_and_join_levels(tmp_path: Path) -> None:
    """
    A heading style brings its list and level along, also to a style based on it; 1.1 joins two levels, Arabic where the list says so.
    """
    lists = numbering(level(0, "chineseCounting", "第%1章", '<w:pStyle w:val="H1"/>') + level(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/><w:isLgl/>'))
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}">{based}<w:pPr>{number}</w:pPr></w:style>'
        for name, based, number in (
            ("H1", "", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
            ("H2", "", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
            ("H3", '<w:basedOn w:val="H1"/>', ""),
        )
    )
    body = [para(text, look=f'<w:pStyle w:val="{style}"/>') for style, text in (("H1", "甲"), ("H2", "乙"), ("H2", "丙"), ("H3", "丁"), ("H2", "戊"))]

    assert ["第一章|甲", "1.1|乙", "1.2|丙", "第二章|丁", "2.1|戊"] == shown(docx(*body, lists=lists, styles=styles), "a.docx", tmp_path)


@pytest.mark.parametrize(
    ("value", "style", "expected"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (110, "japaneseCounting", "一百一十"),
        (1005, "chineseCounting", "一千零五"),
        (20, "ideographDigital", "二〇"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (3, "ideographZodiac", "寅"),
        (21, "decimalEnclosedCircle", "㉑"),
        (3, "decimalEnclosedParen", "⑶"),
        (4, "lowerRoman", "iv"),
        (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (7, "something new", "7"),
    ],
)
def test_numbers_are_written_in_words_many_ways(value: int, style: str, expected: str) -> None:
    """
    Chinese, formal, circled, Roman and lettered numbers are drawn as Word draws them.
    """
    assert expected == drawn(value, style)


def test_tracked_changes_count_as_accepted(tmp_path: Path) -> None:
    """
    Struck-out text is left out and inserted text kept; a paragraph whose end is struck out runs on, and takes no number of its own.
    """
    struck = f"<w:del>{run('旧').replace('w:t', 'w:delText')}</w:del>"
    end = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
    body = [
        para("修", numbered="1", inner=f"{struck}<w:ins>{run('新路')}</w:ins>"),
        f"{end}{run('架')}</w:p>",
        para("桥", numbered="1"),
        f"{end}{struck}</w:p>",
        para("植树", numbered="1"),
        f"<w:moveFrom>{para('搬走的')}</w:moveFrom>",
    ]

    assert ["1.|修新路", "2.|架桥", "3.|植树"] == shown(docx(*body, lists=numbering(level(0, "decimal", "%1."))), "a.docx", tmp_path)


def test_only_what_the_page_shows_is_read(tmp_path: Path) -> None:
    """
    Links, soft line breaks, tabs and text boxes are read once; field codes and hidden text are not.
    """
    shown_again = "<w:vanish w:val='0'/>"
    inner = (
        f"<w:hyperlink r:id='x'>{run('附件')}</w:hyperlink><w:r><w:br/><w:t>（牵头单位：</w:t><w:noBreakHyphen/></w:r>"
        f"<w:r><w:instrText>PAGEREF</w:instrText></w:r>{run('看不见', '<w:vanish/>')}{run('看得见', shown_again)}<w:r><w:br w:type='page'/></w:r>"
    )
    box = f"<w:txbxContent>{para('框里的话')}</w:txbxContent>"
    choice = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    both = f"<w:r><mc:AlternateContent>{choice}<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    control = f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{para('控件里的段落')}</w:sdtContent></w:sdt>"

    assert ["见附件\n（牵头单位：-看得见", "框里的话", "控件里的段落"] == shown(docx(para("见", inner=inner + both), control), "a.docx", tmp_path)


def test_merged_cells_stand_in_each_place_they_cover(tmp_path: Path) -> None:
    """
    Cells merged across and down are repeated; automatic numbers in the 序号 column are counted; a struck-out row is left out.
    """
    across, down, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    number = cell(para("", numbered="1"))
    gone = row("x", "删掉的行", "x", "x").replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    grid = table(
        row(cell("序号", look=down), cell("任务", look=down), cell("单位", look=across)),
        row(cell("", look=on), cell("", look=on), "牵头", "配合"),
        row(number, "修路", cell("云溪县交通局", look=down), cell("东山镇", "西山镇")),
        gone,
        row(number, "架桥", cell("", look=on), ""),
    )

    assert [
        "任务表",
        [
            ["序号", "任务", "单位", "单位"],
            ["序号", "任务", "牵头", "配合"],
            ["1", "修路", "云溪县交通局", "东山镇\n西山镇"],
            ["2", "架桥", "云溪县交通局", ""],
        ],
        "完",
    ] == shown(docx(para("任务表"), grid, para("完"), lists=numbering(level(0, "decimal", "%1"))), "a.docx", tmp_path)


def test_a_frame_of_one_cell_is_running_text(tmp_path: Path) -> None:
    """
    A table that only frames text gives paragraphs, its list numbers counted once, and the table inside it stays a table.
    """
    inner = table(row("任务", "牵头单位"), row("修路", "云溪县交通局"))
    frame = table(row(cell(para("甲", numbered="1"), inner, para("乙", numbered="1"))))

    assert ["1.|甲", [["任务", "牵头单位"], ["修路", "云溪县交通局"]], "2.|乙", "3.|丙"] == shown(
        docx(frame, para("丙", numbered="1"), lists=numbering(level(0, "decimal", "%1."))), "a.docx", tmp_path
    )


def test_places_count_what_is_seen(tmp_path: Path) -> None:
    """
    Empty paragraphs do not count in 第3段, struck-out and empty tables not in 表2第4行.
    """
    path = tmp_path / "a.docx"
    grid = table(row("任务", "单位"), row("修路", "东山镇"))
    path.write_bytes(docx(para("甲"), para(""), table(row("", "")), para("乙"), grid, grid))

    blocks = read_document(path).blocks

    assert ["第1段", "第2段", "表1", "表2"] == [block.where for block in blocks]
    assert ["表2第1行", "表2第2行"] == [line[0].where for line in getattr(blocks[3], "rows", ())]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (docx(para("x"), head='<!DOCTYPE a [<!ENTITY b "bbbb">]>'), "里面有不正常的声明，没有读。"),
        (docx(para("x"), head='<!DOCTYPE a SYSTEM "http://yunxi.invalid/a.dtd">'), "里面有不正常的声明，没有读。"),
        (docx("<w:ins>" * 400 + para("x") + "</w:ins>" * 400), "已经损坏，里面的结构读不通。"),
        (docx(table(row(*[cell("甲", look='<w:gridSpan w:val="300"/>')] * 4))), "里有一张大得不正常的表，没有读。"),
    ],
)
def test_a_hostile_file_ends_in_a_sentence(content: bytes, sentence: str, tmp_path: Path) -> None:
    """
    Entities, deep nesting and overwide tables are refused at once; nothing is fetched.
    """
    assert said(content, "a.docx", tmp_path).startswith(f"“a.docx”{sentence}")


def test_a_part_that_swells_is_refused_and_read_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A part that is longer when unpacked than a text may be is not read; the same file is, where the limit is higher.
    """
    content = docx(para("甲") + "<w:p/>" * 2_000)
    assert ["甲"] == [block.text for block in read_docx(content) if isinstance(block, Paragraph) and block.text]

    monkeypatch.setattr(xml_parts, "_MOST_BYTES", 10_000)

    with pytest.raises(CommandError, match="的正文展开以后大得不正常，没有读。"):
        read_docx(content)


@pytest.mark.office
@pytest.mark.xdist_group("office")
@pytest.mark.parametrize("sort", ["doc", "odt"])
def test_old_word_files_are_read_through_libreoffice(sort: str, tmp_path: Path) -> None:
    """
    Where there is LibreOffice, a .doc or .odt (and so a .wps) says the same as the .docx it was made from.
    """
    path = tmp_path / "通知.docx"
    grid = table(row("任务", "单位"), row("修路", "东山镇"))
    path.write_bytes(docx(para("经济", numbered="1"), para("产业", numbered="1", level=1), grid, para("民生", numbered="1"), lists=numbering(OUTLINE)))

    made = convert(path, sort, tmp_path)

    assert ["一、|经济", "（一）|产业", [["任务", "单位"], ["修路", "东山镇"]], "二、|民生"] == shown(made.read_bytes(), "通知.wps", tmp_path)


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_rich_text_is_read_through_libreoffice(tmp_path: Path) -> None:
    """
    Where there is LibreOffice, an .rtf is read too, whatever it is called.
    """
    text = "".join(f"\\u{ord(char)}?" for char in "修路。")

    assert ["修路。", "2023"] == shown(f"{{\\rtf1\\ansi {text}\\par 2023\\par}}".encode(), "通知.doc", tmp_path)


def test_a_page_named_doc_needs_no_office(tmp_path: Path) -> None:
    """
    A web page that a system exports as .doc is read as the page it is.
    """
    assert ["修路。"] == shown(page("<p>修路。</p>"), "通知.doc", tmp_path)
