"""Every column of the office's own sheets with something wrong in it: an error at its cell, or a column in which any words may stand."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from tests.small import MASTER
from toolkit.edges.templates.master_sheets import BOUNDS, CALENDAR, DOUBTS, INDICATORS, ODD_DAYS, TASKS, UNITS
from toolkit.edges.templates.read_exemptions import EXEMPTION_COLUMNS, MODE_COLUMNS
from toolkit.edges.templates.read_forms import COLUMNS as FORM_COLUMNS
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.templates.read_rules import load_rules
from toolkit.edges.templates.read_scoring import MERIT_COLUMNS, WEIGHT_COLUMNS
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import starter_templates
from toolkit.model.findings import Finding, Level
from toolkit.model.master import Doubt
from toolkit.model.workdays import REST, CalendarException

WORDS, OURS = "any words may stand there", "written by the program, not read as an answer"
DAY = date(2023, 4, 5)
LIST = replace(MASTER, odd_days=(CalendarException(DAY, REST, "清明节"),), doubts=(Doubt("第3行", "读到", "疑问", "", "", "任务1", "N15"),))


class Wrong(NamedTuple):
    """What is typed wrongly into a column, and what the message has to say of what is expected (a part of its words)."""

    value: object
    expected: str = ""
    level: Level = Level.ERROR


MASTER_COLUMNS: Mapping[str, tuple[tuple[str, ...], Mapping[str, Wrong | str]]] = {
    "任务": (
        TASKS,
        {
            "编号": Wrong(DAY, "文本"),
            **dict.fromkeys(("类别", "章节", "小节", "备注", "责任领导", "清单"), WORDS),
            "目标任务": Wrong("#REF!", "公式"),
            "牵头单位": Wrong("不存在局", "单位"),
            "责任单位": Wrong("不存在局", "单位"),
            "完成时限": Wrong("建成之日", "2023-06-30"),
            "权重": Wrong("若干", "数字"),
            "状态": Wrong("顺利", "撤销", Level.REVIEW),
        },
    ),
    "量化指标": (
        (*INDICATORS, *BOUNDS),
        {
            "编号": Wrong(DAY, "文本"),
            "指标": Wrong("#N/A", "公式"),
            "比较": Wrong("尽量", "≥"),
            "目标值": Wrong("若干", "数字"),
            "单位": WORDS,
            "口径": Wrong("年底算", "累计", Level.REVIEW),
            "原文": WORDS,
            "下限": Wrong("很少", "数字"),
            "上限": Wrong("很多", "数字"),
        },
    ),
    "单位": (
        UNITS,
        {
            "单位": Wrong(None, "单位名称"),
            **dict.fromkeys(("别名", "类别", "联系人", "电话", "邮箱"), WORDS),  # a mailbox is looked at when mail is sent (M02)
            "成员": Wrong("不存在局", "单位"),
            "是否发放": Wrong("也许", "是、否"),
            "上级单位": Wrong("不存在局", "单位"),
            "标识": Wrong("云溪县工信局", "不同"),
        },
    ),
    "日程": (
        CALENDAR,
        {
            "期间": Wrong("第九季度", "2023Q1"),
            "表单": Wrong(None, "表单的名称"),
            "开始": Wrong("开春", "2023-03-30"),
            "截止": Wrong("季后十天", "2023-03-30"),
        },
    ),
    "节假日": (ODD_DAYS, {"日期": Wrong("国庆", "2023-03-30"), "休息或上班": Wrong("其他", "休息、上班"), "说明": WORDS}),
    "待确认": (DOUBTS, {**dict.fromkeys(DOUBTS, OURS), "处理": Wrong("也许吧", "采纳")}),
}
RULE_COLUMNS: Mapping[str, tuple[tuple[str, ...], Mapping[str, Wrong | str]]] = {
    "参数": (("代码", "名称", "值", "说明"), {"代码": Wrong("unheard_of", "参数", Level.REVIEW), "名称": WORDS, "值": Wrong("很多", "数字"), "说明": WORDS}),
    "任务权重": (WEIGHT_COLUMNS, {"编号": Wrong("任务99", "任务总表"), "权重": Wrong("很重", "数字")}),
    "加减分": (
        MERIT_COLUMNS,
        {
            "单位": Wrong("不存在局", "单位"),
            "分值": Wrong("加一点", "数字"),
            "事由": Wrong(None, "事由"),
            "日期": Wrong("年底", "2023-03-30"),
            "依据": WORDS,
        },
    ),
    "检查": (MODE_COLUMNS, {"代码": Wrong("X99", "R"), "检查": WORDS, "方式": Wrong("看情况", "试行"), "说明": WORDS}),
    "豁免": (
        EXEMPTION_COLUMNS,
        {
            "单位": Wrong("不存在局", "单位"),
            "规则": Wrong("X99", "R03"),
            "编号": Wrong("任务99", "任务总表"),
            "原因": Wrong(None, "原因"),
            "截止日期": Wrong("以后再说", "2023-03-30"),
        },
    ),
}
FILLED = {
    "任务权重": ("任务1", 2),
    "加减分": ("东山镇", 1, "受表彰", DAY, "文件"),
    "检查": ("R03", "", "启用", ""),
    "豁免": ("东山镇", "R03", "任务3", "受灾", DAY),
}
FORM: Mapping[str, Wrong | str] = {
    **dict.fromkeys(("别名", "取自", "提示", "计量"), WORDS),
    "代码": Wrong(None, "代码"),
    "表头": Wrong(None, "表头"),
    "来源": Wrong("自动", "填报"),
    "类型": Wrong("数目", "小数"),
    "必填": Wrong("也许", "牵头"),
    "最小": Wrong("很小", "数字"),
    "最大": Wrong("很大", "数字"),
    "选项": Wrong("没有的", "状态"),
    "宽度": Wrong("宽一点", "数字"),
    "用途": Wrong("随便", "状态"),
    "汇总": Wrong("求商", "合计"),
}


def cases(columns: Mapping[str, tuple[tuple[str, ...], Mapping[str, Wrong | str]]]) -> list[tuple[str, str, Wrong]]:
    """Give sheet, column and what is typed wrongly, of all columns but those for any words."""
    return [(sheet, title, wrong) for sheet, (_, typed) in columns.items() for title, wrong in typed.items() if isinstance(wrong, Wrong)]


def spoil(path: Path, sheet: str, title: str, value: object, *, filled: tuple[object, ...] = ()) -> str:
    """Type a value below a column's title, into a row that is filled first where the sheet has none; give the cell."""
    book = load_workbook(path)
    page = book[sheet]
    head = next(row for row in page.iter_rows(max_row=10) if title in {cell.value for cell in row})
    cell = next(cell for cell in head if cell.value == title)
    row = head[0].row + 1
    if title == "选项":  # of a column that is chosen from
        row = next(cells[0].row for cells in page.iter_rows(min_row=row) if "选项" in {cell.value for cell in cells})
    for at, text in enumerate(filled, 1):
        page.cell(row, at).value = text
    page.cell(row, cell.column).value = value
    book.save(path)
    return f"{cell.column_letter}{row}"


def assert_said(faults: tuple[Finding, ...], sheet: str, cell: str, wrong: Wrong) -> None:
    """A fault stands at the cell; it says what stands there and what is expected."""
    found = [fault for fault in faults if (fault.place.sheet, fault.place.cell) == (sheet, cell) and fault.level is wrong.level]
    assert found, [(str(fault.place), fault.message) for fault in faults]
    words = found[0].message + found[0].advice
    assert wrong.expected in words
    assert str(wrong.value or "没有填") in words


@pytest.mark.parametrize("columns", [MASTER_COLUMNS, RULE_COLUMNS])
def test_no_declared_column_is_left_out(columns: Mapping[str, tuple[tuple[str, ...], Mapping[str, Wrong | str]]]) -> None:
    """Each column that the program reads of the office's sheets is walked through here."""
    assert [sorted(declared) for declared, _ in columns.values()] == [sorted(typed) for _, typed in columns.values()]
    assert sorted(FORM_COLUMNS) == sorted(FORM)


@pytest.mark.parametrize(("sheet", "title", "wrong"), cases(MASTER_COLUMNS))
def test_the_master_list(tmp_path: Path, sheet: str, title: str, wrong: Wrong) -> None:
    """任务总表: what cannot be read is an error with sheet, cell, what stands there, what is expected."""
    path = tmp_path / "任务总表.xlsx"
    path.write_bytes(master_bytes(LIST))
    cell = spoil(path, sheet, title, wrong.value)
    if title == "标识":  # the second unit has it, so the repetition is said there
        cell = f"{cell[0]}3"

    assert_said(load_master(path)[1], sheet, cell, wrong)


@pytest.mark.parametrize(("sheet", "title", "wrong"), cases(RULE_COLUMNS))
def test_the_rules(tmp_path: Path, sheet: str, title: str, wrong: Wrong) -> None:
    """考核规则: the same."""
    path = tmp_path / "考核规则.xlsx"
    shutil.copyfile(next(source for source in starter_templates() if source.name == path.name), path)
    cell = spoil(path, sheet, title, wrong.value, filled=FILLED.get(sheet, ()))

    assert_said(load_rules(path, MASTER)[1], sheet, cell, wrong)


@pytest.mark.parametrize(("title", "wrong"), [(title, wrong) for title, wrong in FORM.items() if isinstance(wrong, Wrong)])
def test_the_columns_of_a_form(tmp_path: Path, title: str, wrong: Wrong) -> None:
    """季度进展 and any other form: the same."""
    path = tmp_path / "季度进展.xlsx"
    shutil.copyfile(next(source for source in starter_templates() if source.name == path.name), path)
    cell = spoil(path, "任务栏目", title, wrong.value)

    assert_said(load_form(path)[1], "任务栏目", cell, wrong)
