"""PDFs: printed lines back to paragraphs, ruled tables, page furniture, and what is no text."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.documents.drawn import NOTICE, cell, docx, para, pdf, plain, row, run, said, shown, table
from tests.office import convert
from toolkit.edges.documents import pdf as pdf_reader
from toolkit.edges.documents.grid import PlacedCell, table_of
from toolkit.edges.documents.pdf import read_pdf
from toolkit.edges.documents.printed_lines import Char, Line, is_page_number, lines_of, paragraphs_of
from toolkit.edges.documents.read_document import read_document
from toolkit.model.command_error import CommandError
from toolkit.notice.read_notice import read_notice

PICTURE = "q 595 0 0 842 0 0 cm /I Do Q"
TEXT = "BT /F 12 Tf 50 700 Td (Task one of the year) Tj ET"
LEFT, RIGHT, SIZE = 90.0, 506.0, 16.0


def printed(*lines: tuple[float, str], step: float = 28.0) -> list[Line]:
    """Lay lines out under each other on a page, each from its indent in characters on, as wide as its text."""
    made = []
    for at, (indent, text) in enumerate(lines):
        start, top = LEFT + indent * SIZE, 100 + at * step
        made.append(Line(1, 595.0, start, start + len(text) * SIZE, top, top + SIZE, SIZE, text))
    return made


def texts(lines: Sequence[Line]) -> list[str]:
    """Join the lines of one run into paragraphs."""
    return [paragraph.text for paragraph in paragraphs_of([lines])[0]]


def test_indented_paragraphs_are_put_together() -> None:
    """
    A line that reached the margin goes on in the next; an indented line begins a paragraph.
    """
    lines = printed(
        (2, "一、加快发展先进制造业，推动建设二十个重点项"),
        (0, "目，完成投资三十亿元。"),
        (2, "二、修路。"),
        (2, "三、着力改善民生，完成老旧小区改造任务十个。"),
        (2, "四、植树。"),
    )

    assert ["一、加快发展先进制造业，推动建设二十个重点项目，完成投资三十亿元。", "二、修路。", lines[3].text, "四、植树。"] == texts(lines)


def test_a_full_line_without_its_end_does_not_swallow_the_next_heading() -> None:
    """
    A line of units that just fills the page is not joined with the numbered heading after it.
    """
    lines = printed(
        (2, "1. 着力促进城乡居民收入增长与经济增长基本同"),
        (0, "步。"),
        (2, "责任单位：云溪县发改局、县人社局、农业农村局"),
        (2, "二、2023年主要工作任务"),
    )

    assert [lines[0].text + "步。", lines[2].text, lines[3].text] == texts(lines)


def test_text_without_indents_is_told_apart_by_its_gaps_and_markers() -> None:
    """
    Where paragraphs begin at the margin, a wider gap or a number after a sentence's end begins a new one.
    """
    full = "加快发展先进制造业，推动建设二十个重点项目落地开工见效"
    flat = printed((0, full[:26]), (0, "效。"), (0, f"1. {full[:22]}。"), (0, "2. 修路。"), (0, "（牵头单位：云溪县交通局）"))

    assert [f"{full[:26]}效。", f"1. {full[:22]}。", "2. 修路。", "（牵头单位：云溪县交通局）"] == texts(flat)


def test_a_line_broken_before_a_long_figure_goes_on() -> None:
    """
    A line may end early because what comes next could not be broken; it goes on all the same.
    """
    lines = printed((2, "一、规模以上工业总产值增长百分之十达到"), (0, "1,234,567.89万元以上。"), (2, "二、修路。"), (2, "三、架桥。"))

    assert ["一、规模以上工业总产值增长百分之十达到1,234,567.89万元以上。", "二、修路。", "三、架桥。"] == texts(lines)


@pytest.mark.parametrize("text", ["— 3 —", "- 3 -", "3", "－12－", "第3页", "第 3 页 共 9 页", "3/9", "Page 3 of 9", "·3·"])
def test_page_numbers_are_known(text: str) -> None:
    """
    A page number is known in each of its usual dresses.
    """
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["3.", "2023年", "（3）", "一、", "3 修路"])
def test_other_short_lines_are_no_page_numbers(text: str) -> None:
    """
    A list number or a year by itself is not taken for a page number.
    """
    assert not is_page_number(text)


def test_letters_become_lines() -> None:
    """
    Letters printed twice for boldness count once, stretched Chinese gets no blanks, a real gap is a blank.
    """
    places = [("牵", 0), ("头", 18), ("头", 18.6), ("A", 60), ("B", 68), (" ", 76), ("局", 84)]
    chars = [Char(text, x, x + (8 if text.isascii() else 16), 100, 116, 16) for text, x in places]

    assert ["牵头 AB 局"] == [line.text for line in lines_of(chars, page=1, width=595)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (pdf(PICTURE, PICTURE), "“x”是扫描件，没有文字，读不出任务。请换成带文字的电子版（最好是 .docx），或先做文字识别（OCR）后再导入。"),
        (pdf(TEXT, PICTURE, TEXT, PICTURE), "“x”的第2、4页是扫描的图片，没有文字，那里的任务会漏掉。"),
        (pdf("", ""), "“x”里没有文字。"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 20, "“x”已经损坏，不是完好的 PDF。"),
        (pdf(*[""] * 301), "“x”有 301 页，不像一份通知，没有读。"),
    ],
)
def test_what_holds_no_text_is_named(content: bytes, sentence: str, tmp_path: Path) -> None:
    """
    A scan, a half-scanned, a broken and an endless PDF each get a sentence of their own.
    """
    assert said(content, "x", tmp_path).startswith(sentence)


def test_an_overloaded_page_is_refused_and_read_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A page with more drawing commands than a text needs is not read; the same page is, where the limit is higher.
    """
    content = pdf(TEXT + " 0 g" * 2_000)
    assert read_pdf(content)

    monkeypatch.setattr(pdf_reader, "_MOST_DRAWING", 4_000)

    with pytest.raises(CommandError, match="的第1页画得太复杂，没有读。"):
        read_pdf(content)


def test_page_numbers_headers_and_watermarks_stay_out(tmp_path: Path) -> None:
    """
    What is printed on each page's edge, and what is printed slantwise over it, does not come between the tasks.
    """
    pages = [
        f"BT /F 9 Tf 250 815 Td (Yunxi notice {at}) Tj ET BT /F 12 Tf 50 700 Td (Task {name}.) Tj ET BT /F 9 Tf 290 30 Td (- {at} -) Tj ET"
        " BT /F 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT) Tj ET"
        for at, name in enumerate(("one", "two", "three"), 1)
    ]

    assert ["Task one.", "Task two.", "Task three."] == shown(pdf(*pages), "a.pdf", tmp_path)


def test_what_a_pdf_wants_to_do_is_left_alone(tmp_path: Path) -> None:
    """
    A script that a PDF runs on opening is not run; the text is read.
    """
    action = "/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://yunxi.invalid'\\))>>"

    assert ["Task one of the year"] == shown(pdf(TEXT, objects=action), "a.pdf", tmp_path)


def big(text: str) -> str:
    """A paragraph as official papers set it: 16 point, first line indented by two characters."""
    return para("", look='<w:ind w:firstLine="640"/>', inner=run(text, '<w:sz w:val="32"/>'))


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_the_real_notice_printed_as_official_papers_says_the_same(tmp_path: Path) -> None:
    """
    The notice of 2023 set in 16 point with indents, printed over some twenty pages, gives each task, lead and support as the text does.
    """
    path = tmp_path / "通知.docx"
    path.write_bytes(docx(*[big(line.strip()) for line in NOTICE.read_text("utf-8").split("\n") if line.strip()]))

    read = [read_notice(read_document(one), year=2023) for one in (NOTICE, path, convert(path, "pdf", tmp_path))]

    assert 119 == len(read[0].tasks)
    assert [[(task.number, task.text, task.leads, task.supports) for task in master.tasks] for master in read[:1] * 2] == [
        [(task.number, task.text, task.leads, task.supports) for task in master.tasks] for master in read[1:]
    ]


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_a_ruled_table_goes_on_over_pages(tmp_path: Path) -> None:
    """
    A table printed over many pages is one table; broken lines in its cells are joined, units on lines of their own stay apart.
    """
    long = "做好一件很长的事情，" * 12
    rows = [row(str(at), f"任务{at}：{long}", cell("云溪县发改局", "东山镇"), "各镇、云溪县自然资源和规划局、县工信局") for at in range(1, 41)]
    path = tmp_path / "表.docx"
    path.write_bytes(docx(para("任务分解表"), table(row("序号", "目标任务", "牵头单位", "责任单位"), *rows), para("附则")))

    found = [plain(block) for block in read_document(convert(path, "pdf", tmp_path)).blocks]

    expected = [[str(at), f"任务{at}：{long}", "云溪县发改局\n东山镇", "各镇、云溪县自然资源和规划局、县工信局"] for at in range(1, 41)]
    assert ["任务分解表", [["序号", "目标任务", "牵头单位", "责任单位"], *expected], "附则"] == found


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_merged_cells_and_places_of_a_printed_table(tmp_path: Path) -> None:
    """
    Merged cells of a printed table are repeated, and a cell is named by page, table and row.
    """
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    grid = table(row("任务", "牵头单位", "配合单位"), row("修路", cell("云溪县交通局", look=down), "东山镇"), row("架桥", cell("", look=on), "西山镇"))
    path = tmp_path / "表.docx"
    path.write_bytes(docx(para("任务分解表"), grid))

    blocks = read_document(convert(path, "pdf", tmp_path)).blocks

    assert [["任务", "牵头单位", "配合单位"], ["修路", "云溪县交通局", "东山镇"], ["架桥", "云溪县交通局", "西山镇"]] == plain(blocks[1])
    assert ["第1页", "第1页表1"] == [block.where for block in blocks]
    assert ["第1页表1第3行"] == [line[0].where for line in getattr(blocks[1], "rows", ())[2:]]


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_a_locked_pdf_is_to_be_unlocked(tmp_path: Path) -> None:
    """
    A PDF that asks for a password gets the advice to save it without one.
    """
    path = tmp_path / "密.docx"
    path.write_bytes(docx(para("修路。")))
    lock = {"EncryptFile": {"type": "boolean", "value": "true"}, "DocumentOpenPassword": {"type": "string", "value": "x"}}

    made = convert(path, f"pdf:writer_pdf_Export:{json.dumps(lock)}", tmp_path)

    assert "“密.pdf”设了打开密码。请用密码打开它，打印（另存）成不带密码的 PDF，或要 Word 版后再导入。" == said(made.read_bytes(), "密.pdf", tmp_path)


def test_a_cell_over_two_rows_is_known_as_one() -> None:
    """The text of a merged cell stands in each row that it covers; that it is one cell is told beside, counted without the empty rows."""
    cells = [PlacedCell(1, 0, 1, 1, ("甲",)), PlacedCell(1, 1, 2, 1, ("3.5",)), PlacedCell(2, 0, 1, 1, ("乙",))]

    made = table_of(cells, "表1", lambda row, column: f"{row}-{column}")

    assert made is not None
    assert [["甲", "3.5"], ["乙", "3.5"]] == [[cell.text for cell in row] for row in made.rows]
    assert ((0, 1, 1, 1),) == made.merges
