"""Sheets of an office's own in 任务总表 stay as they are when the program writes the book anew."""

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.styles import Alignment

from tests.small import MASTER
from toolkit.edges.templates.own_sheets import with_own_sheets
from toolkit.edges.templates.write_master import master_bytes


def test_an_own_list_keeps_its_merged_cells_and_a_book_without_one_its_bytes(tmp_path: Path) -> None:
    """A unit that is merged over its rows is so in the new book too; where all sheets are the program's nothing is written again."""
    path, content = tmp_path / "任务总表.xlsx", master_bytes(MASTER)
    path.write_bytes(content)
    assert content == with_own_sheets(content, path)
    book = load_workbook(path)
    sheet = book.create_sheet("项目库")
    for cells in (("单位", "项目"), ("东山镇", "泵站"), (None, "道路")):
        sheet.append(cells)
    sheet.merge_cells("A2:A3")
    sheet["A2"].alignment = Alignment(vertical="center")
    book.save(path)

    path.write_bytes(with_own_sheets(content, path))

    kept = load_workbook(path)["项目库"]
    assert ["A2:A3"] == [str(area) for area in kept.merged_cells.ranges]
    assert ("center", "东山镇", "道路") == (kept["A2"].alignment.vertical, kept["A2"].value, kept["B3"].value)
