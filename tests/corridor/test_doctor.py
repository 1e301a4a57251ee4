"""doctor names each fault with its cell and remedy."""

from pathlib import Path

from openpyxl import load_workbook

from tests.small import small_workspace
from toolkit.edges.workspace import open_workspace
from toolkit.flows.doctor import Health, doctor


def test_a_sound_workspace_is_good_throughout(tmp_path: Path) -> None:
    """With a sound list, forms, rules and ledger nothing is wrong."""
    found = doctor(small_workspace(tmp_path))

    assert [] == [one for one in found if one.health is Health.BAD]
    assert {"季度进展.xlsx", "工作方案.xlsx", "考核规则.xlsx", "任务总表.xlsx", "台账和密钥", "邮件"} <= {one.thing for one in found}


def test_faults_are_named_with_file_cell_and_remedy(tmp_path: Path) -> None:
    """A wrong kind in a form, an unknown 取自 and an unknown unit in the list are each named with their cell and what to do."""
    space = small_workspace(tmp_path)
    for name, sheet, cell, value in (
        ("工作方案.xlsx", "工作方案栏目", "F2", "文字"),
        ("季度进展.xlsx", "任务栏目", "E7", "节点"),
        ("任务总表.xlsx", "任务", "F5", "西山镇"),
    ):
        book = load_workbook(space.templates / name)
        book[sheet][cell] = value
        book.save(space.templates / name)

    wrong = [(one.health, one.seen, one.remedy) for one in doctor(space) if one.health is not Health.GOOD and one.thing.endswith(".xlsx")]

    assert [
        (Health.BAD, "工作方案.xlsx!工作方案栏目!F2：“类型”不能是“文字”。", "可以填：文本、整数、小数、百分比、日期、选项、电话。"),
        (Health.BAD, "任务总表.xlsx!任务!F5：单位“西山镇”不在“单位”表中。", "请在“单位”表中补一行，或把它写成某单位的别名。"),
    ] == [one for one in wrong if one[0] is Health.BAD]
    assert ["季度进展.xlsx!任务栏目!A7：“本季计划节点”的取自“节点”没有对应的内容，发出的表里会是空的"] == [one[1] for one in wrong if one[0] is Health.FAIR]


def test_an_empty_workspace_says_what_comes_first(tmp_path: Path) -> None:
    """In a new workspace the master list is the only thing missing, and the remedy is to import a notice."""
    wrong = [one for one in doctor(open_workspace(tmp_path)) if one.health is Health.BAD]

    assert [("任务总表.xlsx", "请先运行“import 通知文件”，从通知建立任务总表。")] == [(one.thing, one.remedy) for one in wrong]


def test_mail_settings_that_cannot_be_are_named(tmp_path: Path) -> None:
    """A server without an address to send from is one line with its remedy."""
    space = small_workspace(tmp_path)
    (space.root / "settings.toml").write_text('[mail]\nsmtp = "smtp.example.com"\n', "utf-8")

    assert [("邮件", "settings.toml 里没有写发信地址。")] == [(one.thing, one.seen) for one in doctor(space) if one.health is Health.BAD]
