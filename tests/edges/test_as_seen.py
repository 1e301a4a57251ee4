"""What a person sees in the cell is what is read, in every format that comes back."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from tests.documents.drawn import cell, docx, para, row, run, table
from tests.edges.as_seen import BY_MOON, CASES, Case, grid_of, read_cases, stored_as_xlsb, stored_as_xlsx, stored_as_xml, stored_by_office
from toolkit.edges.reading.cell_colours import colour_of, is_unseen
from toolkit.model.column_kinds import KINDS, Limits
from toolkit.model.displayed import DisplayedCell, Doubt


def test_formats_of_an_xlsx() -> None:
    """Scale, sign, per cent and unit come from what is displayed, the digits from the cell; what cannot be brought together is asked."""
    assert list(CASES) == read_cases(stored_as_xlsx(CASES), CASES)


def test_a_month_by_its_number_among_the_built_in_formats() -> None:
    """2023年12月 typed into a sheet is its first day in a format that has a number only; nobody sees that day, so it is not taken."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("填报")
    for at, number in enumerate((57, 17, 14)):
        sheet.write(at, 0, 45261, book.add_format({"num_format": number}))
    book.close()

    assert [("2023年12月",), ("2023年12月",), (date(2023, 12, 1),)] == list(grid_of(out.getvalue()).sheets[0].rows)


def test_a_day_of_which_only_the_time_is_seen_is_asked_about() -> None:
    """Who sees 12:00 in a cell sees no day, though one is stored."""
    cases = [Case(45261.5, shape, "", kind, None, "SHOWN_OTHERWISE") for shape in ("h:mm", "mm:ss", "h:mm AM/PM") for kind in ("日期", "文本")]

    assert cases == read_cases(stored_as_xlsx(cases), cases)


def test_what_is_written_in_the_colour_of_its_ground_is_asked_about() -> None:
    """White on white, or yellow on yellow, is stored and seen by nobody: no value, of whatever kind; white on blue, and a colour of its own, are read."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("填报")
    looks = ({"font_color": "white"}, {"font_color": "yellow", "bg_color": "yellow"}, {"font_color": "white", "bg_color": "blue"}, {"font_color": "red"})
    for at, look in enumerate(looks):
        sheet.write(at, 0, 45, book.add_format(look))
        sheet.write(at, 1, "有", book.add_format(look))
        sheet.write(at, 2, 45261, book.add_format({**look, "num_format": "yyyy-mm-dd"}))
    book.close()

    rows = grid_of(out.getvalue()).sheets[0].rows
    found = [[KINDS[kind].read(value, Limits()) for kind, value in zip(("小数", "文本", "日期"), cells, strict=True)] for cells in rows]

    hidden, seen = [(None, "SHOWN_OTHERWISE")] * 3, [("45", ""), ("有", ""), ("2023-12-01", "")]
    assert [hidden, hidden, seen, seen] == [
        [(None if one.value is None else str(one.value), one.code.name if one.code else "") for one in line] for line in found
    ]
    assert "字的颜色和底色一样，看的人看不到" == found[0][0].facts["why"]


@pytest.mark.parametrize("stored", [stored_as_xlsx, stored_as_xlsb, stored_as_xml])
def test_a_date_that_is_shown_by_another_calendar_is_asked_about(stored: Callable[[Sequence[Case]], bytes]) -> None:
    """正月十五 of the moon's year is stored as a day of ours: nobody who looks at the cell sees the day that would be read."""
    assert list(BY_MOON) == read_cases(stored(BY_MOON), BY_MOON)


def test_formats_of_an_xlsb() -> None:
    """The same of a binary workbook."""
    assert list(CASES) == read_cases(stored_as_xlsb(CASES), CASES)


def test_formats_of_an_xml_spreadsheet() -> None:
    """The same of Excel 2003's XML."""
    assert list(CASES) == read_cases(stored_as_xml(CASES), CASES)


@pytest.mark.office
@pytest.mark.xdist_group("office")
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_formats_of_what_an_office_program_saves(kind: str, tmp_path: Path) -> None:
    """The same of the formats in which a unit may save its form."""
    assert list(CASES) == read_cases(stored_by_office(stored_as_xlsx(CASES), kind, tmp_path), CASES)


def struck_xlsx() -> bytes:
    """Texts struck in part or whole, or raised behind a number and a letter; a number that is struck; comments and a text box beside others."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("填报")
    struck = book.add_format({"font_strikeout": True})
    sheet.write_rich_string(0, 0, struck, "3", "5")
    sheet.write(1, 0, "已取消", struck)
    sheet.write(2, 0, 45, struck)
    sheet.write_rich_string(3, 0, "完成", struck, "3", "5项")
    sheet.write(4, 0, "见批注")
    sheet.write_comment(4, 0, "签约2个")
    sheet.write(5, 0, "推进中")
    sheet.write_comment(5, 0, "另有1个在谈")
    sheet.insert_textbox(6, 0, "会议3次")
    raised = book.add_format({"font_script": 1})
    sheet.write_rich_string(7, 0, "5", raised, "2")
    sheet.write_rich_string(8, 0, "3m", raised, "2")
    book.close()
    return out.getvalue()


STRUCK_ROWS = (("5",), (), (), ("完成5项",), ("见批注",), ("推进中",), (), ("5",), ("3m2",))
STRUCK_FINDINGS = [
    ("A1", "STRUCK", "3|5"), ("A2", "STRUCK", "已取消|（空）"), ("A3", "STRUCK", "45|（空）"), ("A4", "STRUCK", "3|完成5项"),
    ("A5", "ONLY_BESIDE", "批注|签约2个"), ("A6", "BESIDE", "批注|另有1个在谈"), ("A7", "ONLY_BESIDE", "文本框|会议3次"), ("A8", "STRUCK", "2|5"),
]  # fmt: skip


def seen(content: bytes) -> tuple[object, list[tuple[str, str, str]]]:
    """Give the rows, and what is said of cells."""
    grid = grid_of(content)
    facts = [(finding, "|".join(finding.facts[name] for name in ("struck", "kept", "kind", "words") if name in finding.facts)) for finding in grid.findings]
    rows = tuple(tuple(str(value) for value in row if value not in {None, ""}) for row in grid.sheets[0].rows)
    return rows, [(finding.place.cell, finding.code.name, said) for finding, said in facts if finding.place.cell]


def test_struck_texts_and_what_stands_beside_in_an_xlsx() -> None:
    """Struck text is deleted text: ~~3~~5 is 5 and is asked about; words in comments and text boxes are named with their cell."""
    rows, findings = seen(struck_xlsx())

    assert (STRUCK_ROWS, sorted(STRUCK_FINDINGS)) == (rows, sorted(findings))


@pytest.mark.office
@pytest.mark.xdist_group("office")
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_struck_texts_and_what_stands_beside_as_an_office_program_saves_them(kind: str, tmp_path: Path) -> None:
    """The same of other formats."""
    rows, findings = seen(stored_by_office(struck_xlsx(), kind, tmp_path))

    assert (STRUCK_ROWS, sorted(STRUCK_FINDINGS)) == (rows, sorted(findings))


def test_struck_texts_and_comments_of_an_xml_spreadsheet() -> None:
    """Excel 2003's XML strikes out with an element or with a style; a comment holds an element of the name that a cell's value has."""
    cells = (
        '<Cell><Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><S>3</S>5</Data></Cell>',
        '<Cell><Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">5<Sup>2</Sup></Data></Cell>',
        '<Cell ss:StyleID="out"><Data ss:Type="Number">45</Data></Cell>',
        '<Cell><Data ss:Type="String">推进中</Data><Comment ss:Author="甲"><ss:Data xmlns="http://www.w3.org/TR/REC-html40">另有1个在谈</ss:Data></Comment></Cell>',
    )

    findings = [("A1", "STRUCK", "3|5"), ("A2", "STRUCK", "2|5"), ("A3", "STRUCK", "45|（空）"), ("A4", "BESIDE", "批注|另有1个在谈")]
    assert ((("5",), ("5",), (), ("推进中",)), findings) == seen(stored_as_xml((), "".join(f"<Row>{cell}</Row>" for cell in cells)))


def test_struck_texts_of_a_web_page() -> None:
    """A page under the name of a workbook: struck text is left out, blocks in a cell are lines, ruby is no part of the text."""
    page = "<table><tr><td><s>3</s>5</td><td><p>4</p><p>5</p></td><td><ruby>蔡<rt>cai</rt></ruby>甸</td></tr></table>"

    assert ((("5", "4\n5", "蔡甸"),), [("A1", "STRUCK", "3|5")]) == seen(page.encode())


def test_cells_merged_down_in_a_web_page_and_in_an_xml_spreadsheet() -> None:
    """What a cell over several rows covers is known of tables that are text too; one that is said to reach further ends with the table."""
    page = "<table><tr><td>任务1</td><td rowspan=9>用地紧张</td></tr><tr><td>任务2</td></tr></table>"
    rows = '<Row><Cell><Data ss:Type="String">任务1</Data></Cell><Cell ss:MergeDown="1"><Data ss:Type="String">用地紧张</Data></Cell></Row>'

    assert ((0, 1, 1, 1),) == grid_of(page.encode()).sheets[0].merges == grid_of(stored_as_xml((), rows + "<Row/>")).sheets[0].merges


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        ("<table><tr><td>一<td>二<tr><td>三<td>四</table>完", (("一", "二"), ("三", "四"), ("完",))),
        ("<table><tr><td>一</td><td><table><tr><td>二<td>三<tr><td>四</table></td><td>五</td></tr></table>", (("一", "二 三\n四", "五"),)),
        ("<table><tr><td> <table><tr><td>一</td><td>二</td></tr><tr><td>三</td></tr></table></td></tr></table>", (("一", "二"), ("三",))),
    ],
)
def test_rows_of_a_web_page_are_those_that_a_browser_shows(page: str, rows: object) -> None:
    """Cells and rows need not be closed; a table in a cell is that cell's text, unless the outer one only lays the page out."""
    assert (rows, []) == seen(page.encode())


def test_a_line_of_a_web_page_ends_where_it_is_shown_to_end() -> None:
    """A line feed in the source is a blank: only a break or a block ends a line."""
    assert ((("一 二\n三",),), []) == seen("<table><tr><td>一\n二<br>\n三</td></tr></table>".encode())


def test_struck_texts_of_a_word_table() -> None:
    """A form typed into Word: struck and raised signs are left out and named at their cell, behind an empty row too."""
    struck, raised, off = run("3", "<w:strike/>"), run("2", '<w:vertAlign w:val="superscript"/>'), run("4", '<w:strike w:val="0"/>')
    lines = (("任务1", para(inner=struck + run("5"))), ("任务2", para("5", inner=raised)), ("任务3", para(inner=off + run("5"))))

    grid = grid_of(docx(table(row("编号", "进度"), row("", ""), *(row(number, cell(share)) for number, share in lines))))

    assert ["进度", "5", "5", "45"] == [cells[1] for cells in grid.sheets[0].rows if cells]
    assert [("B3", "3|5"), ("B4", "2|5")] == [(one.place.cell, f"{one.facts['struck']}|{one.facts['kept']}") for one in grid.findings if one.place.cell]


def unseen_book() -> bytes:
    """Give a workbook with texts in the colour of their ground and with such that only nearly are."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("表")
    white, dark = {"font_color": "#FFFFFF"}, {"bg_color": "#1F4E78", "pattern": 1}
    sheet.write(0, 0, "看不见", book.add_format(white))
    sheet.write(1, 0, 45, book.add_format({"font_color": "#FEFEFE", "bg_color": "#FFFFFF", "pattern": 1}))
    sheet.write(2, 0, "白字深底", book.add_format(white | dark))
    sheet.write(3, 0, "涂黑了", book.add_format({"bg_color": "#000000", "pattern": 1}))
    sheet.write(4, 0, "灰字", book.add_format({"font_color": "#808080"}))
    sheet.write_rich_string(5, 0, book.add_format({"font_color": "#000000"}), "黑", book.add_format(white), "白", book.add_format(white))
    sheet.write(6, 0, "白字花纹", book.add_format(white | {"pattern": 4, "fg_color": "#1F4E78"}))
    sheet.write_blank(7, 0, None, book.add_format(white))
    book.close()
    return out.getvalue()


def test_what_has_the_colour_of_its_ground_is_asked_about() -> None:
    """White on white and black on black are said to be seen by nobody; what can be seen is read, and what has fonts of its own."""
    rows = [row[0] for row in grid_of(unseen_book()).sheets[0].rows]

    assert ["看不见", 45.0, "涂黑了"] == [value.stored for value in rows if isinstance(value, DisplayedCell) and value.doubt is Doubt.COLOUR]
    assert ["白字深底", "灰字", "黑白", "白字花纹"] == [value for value in rows if not isinstance(value, DisplayedCell)]


@pytest.mark.parametrize(
    ("font", "fill", "hidden"),
    [
        ({"theme": "0"}, {"rgb": "FFFFFFFF"}, True),
        ({"indexed": "9"}, {"theme": "0", "tint": "0"}, True),
        ({"theme": "4", "tint": "0.5"}, {"theme": "4", "tint": "0.5"}, True),
        ({"theme": "0", "tint": "-0.35"}, {"rgb": "FFFFFFFF"}, False),
        ({"indexed": "22"}, {"indexed": "22"}, False),  # a palette may be the book's own
        ({"rgb": "FFZZZZZZ"}, {"rgb": "FFFFFFFF"}, False),
        ({"auto": "1"}, {"rgb": "FFFFFFFF"}, False),
    ],
)
def test_colours_are_held_against_each_other_however_they_are_written(font: dict[str, str], fill: dict[str, str], hidden: bool) -> None:
    """By red, green and blue, by the theme or by the palette; what is not known is taken for seen."""
    assert hidden == is_unseen(colour_of(font), colour_of(fill))
