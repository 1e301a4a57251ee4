"""The master list as a workbook: written and read back, faults named by their cells."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import MASTER
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.templates.write_master import master_bytes
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Code
from toolkit.model.master import Unit
from toolkit.model.workdays import REST, WORK, CalendarException

LIST = replace(MASTER, odd_days=(CalendarException(date(2023, 4, 5), REST, "清明节"), CalendarException(date(2023, 4, 23), WORK, "调休上班")))


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
        ("任务", "I3", -1, ("D03", "I3", "“权重”不能是“-1”。")),
        ("任务", "E3", None, ("D04", "E3", "“目标任务”没有填。")),
        ("任务", "E3", "#REF!", ("D11", "E3", "“目标任务”的公式出错（#REF!）。")),
        ("任务", "E3", '=DISPIMG("ID_1",1)', ("D13", "E3", "“目标任务”里放的是图片。")),
        ("任务", "A3", date(2023, 1, 2), ("D17", "A3", "“编号”被表格软件变成了日期“2023-01-02”。")),
        ("任务", "H3", "2023年13月", ("D03", "H3", "“完成时限”不能是“2023年13月”。")),
        ("任务", "H3", "建成投用之日", ("D21", "H3", "“完成时限”写作“建成投用之日”，读不成一个日子。")),
        ("任务", "H3", "9月投入使用", ("D15", "H3", "“完成时限”写作“9月投入使用”，理解为 2023-09-30。")),
        ("任务", "H3", "每月底前", ("D15", "H3", "“完成时限”写作“每月底前”，理解为 全年。")),
        ("任务", "H3", "6.30", ("D15", "H3", "“完成时限”写作“6.30”，理解为 2023-06-30。")),
        ("任务", "H3", 6.3, ("D03", "H3", "“完成时限”不能是“6.3”。")),
        ("任务", "H3", 45107, ("D14", "H3", "“完成时限”写作“45107”，按 2023-06-30 读取。")),
        ("任务", "J3", "已取消", ("D15", "J3", "“状态”写作“已取消”，理解为 撤销。")),
        ("任务", "J3", "顺利", ("D20", "J3", "“状态”写的是“顺利”，不起作用。")),
        ("量化指标", "D2", None, ("D04", "D2", "“目标值”没有填。")),
        ("量化指标", "D2", "若干", ("D03", "D2", "“目标值”不能是“若干”。")),
        ("量化指标", "D2", "80-90", ("D03", "D2", "“目标值”不能是“80-90”。")),
        ("量化指标", "D2", "80户", ("D03", "D2", "“目标值”不能是“80户”。")),
        ("量化指标", "D2", "=A1*2", ("D12", "D2", "“目标值”是公式“=A1*2”，文件里没有存下它的结果。")),
        ("量化指标", "C2", "尽量", ("D03", "C2", "“比较”不能是“尽量”。")),
        ("量化指标", "F2", "年底算", ("D20", "F2", "“口径”写的是“年底算”，不起作用。")),
        ("量化指标", "I2", "很多", ("D03", "I2", "“上限”不能是“很多”。")),
        ("日程", "A3", "第九季度", ("D03", "A3", "“期间”不能是“第九季度”。")),
        ("日程", "A3", "2023年第一季度", ("D14", "A3", "“期间”写作“2023年第一季度”，按 2023Q1 读取。")),
        ("日程", "A4", "2023Q1", ("D05", "A4", "“期间”“2023Q1”出现了两次（另一处在 A3）。")),
        ("日程", "D3", "三月底", ("D14", "D3", "“截止”写作“三月底”，按 2023-03-31 读取。")),
        ("日程", "D3", "2033-03-30", ("D83", "D3", "“截止”是 2033-03-30，离这一期的最后一天 2023-03-31 一年以上。")),
        ("日程", "D3", "4月10日", ("D14", "D3", "“截止”写作“4月10日”，按 2023-04-10 读取。")),
        ("日程", "D3", "4月10日下班前", ("D14", "D3", "“截止”写作“4月10日下班前”，按 2023-04-10 读取。")),
        ("日程", "D3", "季后十天", ("D03", "D3", "“截止”不能是“季后十天”。")),
        ("日程", "D3", date(2022, 3, 30), ("D19", "D3", "“截止”是 2022-03-30，与“开始”的 2023-01-01 矛盾。")),
        ("日程", "D3", None, ("D04", "D3", "“截止”没有填。")),
        ("节假日", "A3", date(2023, 4, 5), ("D05", "A3", "“日期”“2023-04-05”出现了两次（另一处在 A2）。")),
        ("单位", "D5", "东山镇、西山镇", ("D06", "D5", "单位“西山镇”不在“单位”表中。")),
        ("节假日", "B2", "放假", ("D15", "B2", "“休息或上班”写作“放假”，理解为 休息。")),
        ("节假日", "B2", "其他", ("D03", "B2", "“休息或上班”不能是“其他”。")),
        ("节假日", "A2", "国庆", ("D03", "A2", "“日期”不能是“国庆”。")),
        ("单位", "E2", "也许", ("D03", "E2", "“是否发放”不能是“也许”。")),
        ("单位", "E2", "是的", ("D15", "E2", "“是否发放”写作“是的”，理解为 是。")),
    ],
)
def test_a_fault_in_the_master_list_is_named_with_its_cell(book_file: Path, sheet: str, cell: str, value: object, expected: tuple[str, ...]) -> None:
    """Each fault that a clerk can make in the master list is a finding at its cell."""
    book = load_workbook(book_file)
    book[sheet][cell] = value
    book.save(book_file)

    assert [expected] == [(f.code.text.id, f.place.cell, f.message) for f in load_master(book_file)[1]]


@pytest.mark.parametrize(
    ("value", "number_format", "unit", "expected", "codes"),
    [
        ("7.5%", "General", "%", "7.5", ["D14"]),
        (0.065, "0.0%", "%", "6.5", []),
        (1, "0%", "%", "100", []),
        (0.065, "General", "%", "0.065", ["D16"]),
        ("0.065", "@", "%", "0.065", ["D16"]),
        ("6.5/100", "@", "%", "6.5", ["D15"]),
        ("百分之六点五", "General", "%", "6.5", ["D14"]),
        ("1亿5000万元", "General", "万元", "15000", ["D15"]),
        ("1.5亿元", "General", "万元", "15000", ["D15"]),
        ("3,200", "@", "户", "3200", ["D14"]),
        ("３２００户", "@", "户", "3200", ["D14"]),
        (3200, "#,##0", "户", "3200", []),
        ("约80", "General", "万平方米", "80", ["D14"]),
    ],
)
def test_a_target_is_read_as_a_person_sees_it(book_file: Path, value: object, number_format: str, unit: str, expected: str, codes: list[str]) -> None:
    """A target typed as text, in another unit's power of ten or under a percent format is the number that a person reads in its unit."""
    book = load_workbook(book_file)
    sheet = book["量化指标"]
    sheet["D2"], sheet["E2"] = value, unit
    sheet["D2"].number_format = number_format
    book.save(book_file)

    master, faults = load_master(book_file)

    assert (Decimal(expected), codes) == (master.indicators[0].target, [f.code.text.id for f in faults])


@pytest.mark.parametrize("deadline", ["年底前", "12月底前", "长期坚持", "2023年6月30日前", "6月底前", "全年", date(2023, 6, 30)])
def test_a_deadline_as_notices_write_it_needs_no_word(book_file: Path, deadline: object) -> None:
    """A day, the end of a month or the year, and a task without an end are read without a finding."""
    book = load_workbook(book_file)
    book["任务"]["H3"] = deadline
    book.save(book_file)

    assert () == load_master(book_file)[1]


def test_a_number_that_two_days_can_be_names_both(book_file: Path) -> None:
    """4.1, which a sheet makes of 4.10, is refused with both days that it can mean."""
    book = load_workbook(book_file)
    book["日程"]["D3"] = 4.1
    book["日程"]["D3"].number_format = "General"
    book.save(book_file)

    assert ["可以填：2023-04-01 或 2023-04-10，年月日写全。"] == [f.advice for f in load_master(book_file)[1]]


def test_a_name_with_a_list_in_its_brackets_is_one_name(book_file: Path) -> None:
    """各县（市、区）人民政府 stays one unit among others in a cell, as the master list writes it and reads it back."""
    names = ("各县（市、区）人民政府", "东山镇", "区应急局(安办、地震局)")
    units = tuple(Unit(name) for name in names if name != "东山镇")
    task = replace(MASTER.tasks[1], leads=names, supports=())
    book_file.write_bytes(master_bytes(replace(MASTER, tasks=(task,), indicators=(), units=(*MASTER.units, *units))))

    master, faults = load_master(book_file)

    assert (names, ()) == (master.tasks[0].leads, faults)


def test_a_target_that_cannot_be_read_is_never_a_number(book_file: Path) -> None:
    """An indicator whose target is unreadable is left out rather than held against a made-up 0."""
    book = load_workbook(book_file)
    book["量化指标"]["D2"] = "完成上级下达任务"
    book.save(book_file)

    assert () == load_master(book_file)[0].indicators


def test_bounds_are_read_in_the_unit_of_the_target(book_file: Path) -> None:
    """The columns 下限 and 上限 are numbers in the indicator's unit; the lower one may not be above the upper one."""
    book = load_workbook(book_file)
    book["量化指标"]["H2"], book["量化指标"]["I2"] = 10, "1亿平方米"
    book.save(book_file)
    master, _ = load_master(book_file)
    book["量化指标"]["I2"] = 5
    book.save(book_file)

    assert (Decimal(10), Decimal(10000)) == (master.indicators[0].low, master.indicators[0].high)
    assert [("D19", "H2")] == [(f.code.text.id, f.place.cell) for f in load_master(book_file)[1]]


def test_a_list_from_before_the_bounds_is_read(book_file: Path) -> None:
    """A master list without 下限 and 上限 has no bounds and no fault."""
    book = load_workbook(book_file)
    book["量化指标"].delete_cols(8, 2)
    book.save(book_file)

    assert (LIST, ()) == load_master(book_file)


def test_a_title_above_the_header_and_blanks_in_it_do_no_harm(book_file: Path) -> None:
    """A row put above the header, a header with a line break and a sheet name with a blank are read; cells are named where they stand."""
    book = load_workbook(book_file)
    sheet = book["日程"]
    sheet.insert_rows(1)
    sheet["A1"], sheet["D2"], sheet["D4"] = "2023年日程", "截\n止", "某日"
    sheet.title = "日程 "
    book.save(book_file)

    assert [("日程 ", "D4")] == [(f.place.sheet, f.place.cell) for f in load_master(book_file)[1]]


def test_a_cell_merged_down_holds_for_its_rows(book_file: Path) -> None:
    """A lead merged over two tasks leads both, and that is said once."""
    book = load_workbook(book_file)
    sheet = book["任务"]
    sheet["F5"] = None
    sheet.merge_cells("F4:F5")
    book.save(book_file)

    master, faults = load_master(book_file)

    assert [("云溪县工信局",)] * 2 == [task.leads for task in master.tasks[2:4]]
    assert [("D18", "F4")] == [(f.code.text.id, f.place.cell) for f in faults]


def test_a_header_that_stands_twice_is_named(book_file: Path) -> None:
    """Two columns 目标值 are an error: which one counts is not guessed."""
    book = load_workbook(book_file)
    book["量化指标"]["J1"] = "目标值"
    book.save(book_file)

    assert [("D05", "J1")] == [(f.code.text.id, f.place.cell) for f in load_master(book_file)[1]]


def test_a_master_list_saved_in_another_format_is_named(tmp_path: Path) -> None:
    """Where only 任务总表.et stands, the sentence says so and not that there is none."""
    (tmp_path / "任务总表.et").write_bytes(b"")

    with pytest.raises(CommandError, match=r"存成了“任务总表.et”") as stopped:
        load_master(tmp_path / "任务总表.xlsx")

    assert "另存为“任务总表.xlsx”" in stopped.value.advice


def test_a_deleted_column_stops_with_a_sentence(book_file: Path) -> None:
    """A master list without its 牵头单位 column cannot be used, and the sentence says which column is missing."""
    book = load_workbook(book_file)
    book["任务"].delete_cols(6)
    book.save(book_file)

    with pytest.raises(CommandError, match="缺少“牵头单位”这一列"):
        load_master(book_file)


def test_a_deleted_sheet_stops_with_a_sentence(book_file: Path) -> None:
    """A master list without its 日程 sheet cannot be used, and the sentence says which sheet is missing."""
    book = load_workbook(book_file)
    del book["日程"]
    book.save(book_file)

    with pytest.raises(CommandError, match="缺少工作表“日程”") as stopped:
        load_master(book_file)

    assert Code.NO_SUCH_SHEET.text.advice in stopped.value.message


def test_a_missing_master_list_says_what_to_do(tmp_path: Path) -> None:
    """Without a master list the sentence names the import command."""
    with pytest.raises(CommandError, match="还没有任务总表"):
        load_master(tmp_path / "任务总表.xlsx")


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    """A task whose text begins with = is written as text."""
    from dataclasses import replace

    path = tmp_path / "任务总表.xlsx"
    path.write_bytes(master_bytes(replace(MASTER, tasks=(replace(MASTER.tasks[0], text="=1+1"),))))

    cell = load_workbook(path)["任务"]["E2"]
    assert ("=1+1", "s") == (cell.value, cell.data_type)


def test_a_short_name_in_the_list_is_the_unit_that_it_fits(book_file: Path) -> None:
    """A lead that is written short for one unit of the register is that unit, which is said; what fits several or none stays a fault."""
    book = load_workbook(book_file)
    book["任务"]["F3"].value, book["任务"]["F4"].value = "工信局、发改局", "云溪县"
    book.save(book_file)

    master, faults = load_master(book_file)

    assert ("云溪县工信局", "云溪县发改局") == master.tasks[1].leads
    said = [
        ("D15", "F3", "“牵头单位”写作“工信局”，理解为 云溪县工信局。"),
        ("D15", "F3", "“牵头单位”写作“发改局”，理解为 云溪县发改局。"),
        ("D06", "F4", "单位“云溪县”不在“单位”表中。"),
    ]
    assert said == [(fault.code.text.id, fault.place.cell, fault.message) for fault in faults]
