"""Notices kept as workbooks: title lines, then one table a sheet."""

import datetime as dt
import io
from pathlib import Path

import pytest
import xlsxwriter

from tests.documents.drawn import said, shown, zipped
from tests.office import convert
from toolkit.edges.documents.notice_workbook import shown as written
from toolkit.edges.documents.read_document import read_document
from toolkit.model.document import Paragraph


def book() -> bytes:
    """A task table under a title, with merged cells, a number, a date and a hidden sheet."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        sheet = workbook.add_worksheet("任务表")
        sheet.merge_range("B2:E2", "云溪县2023年任务分解表")
        sheet.write("B3", "填报单位：县府办")
        sheet.write_row("B5", ["序号", "任务", "牵头单位", "时限"])
        sheet.write_row("B6", [1, "修路"])
        sheet.merge_range("D6:D7", "云溪县交通局")
        sheet.write_datetime("E6", dt.datetime(2023, 6, 30), workbook.add_format({"num_format": "yyyy/m/d"}))  # noqa: DTZ001 - a cell has no zone
        sheet.write_row("B7", [2, "架桥\n两座"])
        sheet.write_row("B9", [0.07, "植树", "东山镇"])
        hidden = workbook.add_worksheet("选项")
        hidden.write_row("A1", ["甲", "乙"])
        hidden.hide()
        workbook.add_worksheet("空表")
        workbook.add_worksheet("说明").write("A1", "一、按月报送。")
    return made.getvalue()


TABLE = [
    ["", "序号", "任务", "牵头单位", "时限"],
    ["", "1", "修路", "云溪县交通局", "2023-06-30"],
    ["", "2", "架桥\n两座", "云溪县交通局", ""],
    ["", "0.07", "植树", "东山镇", ""],
]
BLOCKS = ["云溪县2023年任务分解表", "填报单位：县府办", TABLE, "一、按月报送。"]


def test_a_workbook_is_title_lines_and_a_table(tmp_path: Path) -> None:
    """
    Lines above the table are paragraphs, merged cells are repeated, numbers and dates are written plainly, hidden sheets stay out.
    """
    assert BLOCKS == shown(book(), "分解表.xlsx", tmp_path)


def test_places_are_cell_addresses(tmp_path: Path) -> None:
    """
    A paragraph and a cell are named by sheet and address, as Excel names them.
    """
    path = tmp_path / "a.xlsx"
    path.write_bytes(book())

    blocks = read_document(path).blocks

    assert ["任务表!B2", "任务表!B3", "任务表!B5", "说明!A1"] == [block.where for block in blocks]
    cells = {cell.where: cell.text for line in getattr(blocks[2], "rows", ()) for cell in line}
    assert ["云溪县交通局", "植树"] == [cells["任务表!D7"], cells["任务表!C9"]]


@pytest.mark.office
@pytest.mark.xdist_group("office")
@pytest.mark.parametrize(("sort", "name"), [("xls", "分解表.et"), ("xls", "分解表.xlsx"), ("ods", "分解表.ods")])
def test_old_and_open_workbooks_say_the_same(sort: str, name: str, tmp_path: Path) -> None:
    """
    The same workbook as .xls, as WPS's .et and as .ods gives the same lines and table.
    """
    path = tmp_path / "原.xlsx"
    path.write_bytes(book())

    assert BLOCKS == shown(convert(path, sort, tmp_path).read_bytes(), name, tmp_path)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (1.0, "1"),
        (950.5, "950.5"),
        (0.1 + 0.2, "0.3"),
        (123456789012.0, "123456789012"),
        (0.0, "0"),
        (True, "是"),
        (dt.date(2023, 6, 30), "2023-06-30"),
        (dt.datetime(2023, 6, 30, 9, 5), "2023-06-30 09:05"),  # noqa: DTZ001 - a cell has no zone
        ("  007\r\n", "007"),
    ],
)
def test_values_are_written_plainly(raw: object, expected: str) -> None:
    """
    A number shows no needless decimals, a day no midnight; text stays as typed.
    """
    assert expected == written(raw)


def test_a_sheet_of_single_cells_is_running_text(tmp_path: Path) -> None:
    """
    A notice typed line by line into one column is paragraphs.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        workbook.add_worksheet().write_column("A1", ["一、产业", "1. 建厂。", "（牵头单位：云溪县工信局）"])

    assert ["一、产业", "1. 建厂。", "（牵头单位：云溪县工信局）"] == shown(made.getvalue(), "a.xlsx", tmp_path)


def test_a_sheet_stretched_to_its_last_cell_ends_in_a_sentence(tmp_path: Path) -> None:
    """
    Two cells in the far corners would fill all memory; the file is refused in a sentence.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1048575, 16383, "b")

    assert said(made.getvalue(), "a.xlsx", tmp_path).startswith("“a.xlsx”太复杂，读不了（需要的内存太多，或内部结构有误）。")


def test_a_swelling_workbook_is_not_unpacked(tmp_path: Path) -> None:
    """
    A workbook of a few kilobytes that swells to half a gigabyte is refused by its declared size.
    """
    content = zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": "0" * (401 * 2**20)})

    assert said(content, "a.xlsx", tmp_path).startswith("“a.xlsx”展开以后大得不正常，没有打开。")


def test_a_hidden_table_is_named(tmp_path: Path) -> None:
    """
    A hidden sheet with a table is not read beside others, and a line says so; a list to choose from is no table.
    """
    path = tmp_path / "分解表.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in (("任务表", ["任务,单位", "修路,县交通局"]), ("旧表", ["任务,单位", "架桥,县交通局"]), ("选项", ["是", "否"])):
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row.split(","))
            if name != "任务表":
                sheet.hide()
    blocks = read_document(path).blocks

    assert [("旧表!A1", "嵌入的文件没有读：旧表")] == [(block.where, block.text) for block in blocks if isinstance(block, Paragraph)]
