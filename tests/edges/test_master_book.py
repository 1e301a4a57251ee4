"""The master list as a workbook: written and read back, faults named by their cells."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import MASTER
from toolkit.edges.templates.master_in import load_master
from toolkit.edges.templates.master_out import master_bytes
from toolkit.model.findings import Code
from toolkit.model.trouble import Trouble
from toolkit.model.workdays import REST, OddDay

LIST = replace(MASTER, odd_days=(OddDay(date(2023, 4, 5), REST, "清明节"),))


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    """The small office's master list on disk."""
    path = tmp_path / "任务总表.xlsx"
    path.write_bytes(master_bytes(LIST))
    return path


def test_the_master_list_comes_back_as_it_was_written(book_file: Path) -> None:
    """Writing and reading the master list changes nothing."""
    master, faults = load_master(book_file)

    assert (LIST, ()) == (master, faults)


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "expected"),
    [
        ("任务", "A4", "任务1", ("D05", "A4", "“编号”“任务1”出现了两次（另一处在 A3）。")),
        ("任务", "F5", "云溪县水务局", ("D06", "F5", "单位“云溪县水务局”不在“单位”表中。")),
        ("任务", "F5", None, ("D07", "F5", "任务3没有任何牵头单位或责任单位。")),
        ("任务", "I3", "2", ("D08", "I3", "“权重”里的“2”是文本，已按数字读取。")),
        ("任务", "I3", "若干", ("D03", "I3", "“权重”不能是“若干”。")),
        ("日程", "D3", "三月底", ("D03", "D3", "“截止”不能是“三月底”。")),
        ("节假日", "B2", "放假", ("D03", "B2", "“休息或上班”不能是“放假”。")),
        ("节假日", "A2", "国庆", ("D03", "A2", "“日期”不能是“国庆”。")),
        ("单位", "E2", "是的", ("D03", "E2", "“是否发放”不能是“是的”。")),
    ],
)
def test_a_fault_in_the_master_list_is_named_with_its_cell(book_file: Path, sheet: str, cell: str, value: object, expected: tuple[str, ...]) -> None:
    """Each fault that a clerk can make in the master list is a finding at its cell."""
    book = load_workbook(book_file)
    book[sheet][cell] = value
    book.save(book_file)

    assert [expected] == [(f.code.text.id, f.place.cell, f.message) for f in load_master(book_file)[1]]


def test_a_deleted_column_stops_with_a_sentence(book_file: Path) -> None:
    """A master list without its 牵头单位 column cannot be used, and the sentence says which column is missing."""
    book = load_workbook(book_file)
    book["任务"].delete_cols(6)
    book.save(book_file)

    with pytest.raises(Trouble, match="缺少“牵头单位”这一列"):
        load_master(book_file)


def test_a_deleted_sheet_stops_with_a_sentence(book_file: Path) -> None:
    """A master list without its 日程 sheet cannot be used, and the sentence says which sheet is missing."""
    book = load_workbook(book_file)
    del book["日程"]
    book.save(book_file)

    with pytest.raises(Trouble, match="缺少工作表“日程”") as stopped:
        load_master(book_file)

    assert Code.NO_SUCH_SHEET.text.advice in stopped.value.message


def test_a_missing_master_list_says_what_to_do(tmp_path: Path) -> None:
    """Without a master list the sentence names the import command."""
    with pytest.raises(Trouble, match="还没有任务总表"):
        load_master(tmp_path / "任务总表.xlsx")


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    """A task whose text begins with = is written as text."""
    from dataclasses import replace

    path = tmp_path / "任务总表.xlsx"
    path.write_bytes(master_bytes(replace(MASTER, tasks=(replace(MASTER.tasks[0], text="=1+1"),))))

    cell = load_workbook(path)["任务"]["E2"]
    assert ("=1+1", "s") == (cell.value, cell.data_type)
