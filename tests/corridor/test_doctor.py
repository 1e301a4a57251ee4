"""doctor names each fault with its cell and remedy."""

import os
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.log import log_fault
from toolkit.edges.workspace import open_workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.trace import trace
from toolkit.flows.upkeep.backup import backup
from toolkit.flows.upkeep.doctor import doctor
from toolkit.flows.upkeep.examined import Health
from toolkit.flows.upkeep.renew_key import new_key
from toolkit.model.command_error import CommandError


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
    assert ["季度进展.xlsx!任务栏目!E7：“本季计划节点”的取自“节点”没有对应的内容，发出的表里会是空的。"] == [one[1] for one in wrong if one[0] is Health.FAIR]


def test_an_empty_workspace_says_what_comes_first(tmp_path: Path) -> None:
    """In a new workspace the master list is the only thing missing, and the remedy is to import a notice."""
    wrong = [one for one in doctor(open_workspace(tmp_path)) if one.health is Health.BAD]

    assert [("任务总表.xlsx", "请先运行“import 通知文件”，从通知建立任务总表。")] == [(one.thing, one.remedy) for one in wrong]


def test_mail_settings_that_cannot_be_are_named(tmp_path: Path) -> None:
    """A server without an address to send from is one line with its remedy."""
    space = small_workspace(tmp_path)
    (space.root / "settings.toml").write_text('[mail]\nsmtp = "smtp.example.com"\n', "utf-8")

    assert [("邮件", "settings.toml 里没有写发信地址。")] == [(one.thing, one.seen) for one in doctor(space) if one.health is Health.BAD]


def test_a_lost_key_stops_the_work_until_the_office_decides(tmp_path: Path) -> None:
    """With issues in the ledger no new key is made in silence; asked for, one is made, and forms issued anew are recognised."""
    space = small_workspace(tmp_path)
    issue(space)
    (space.records / "seal.key").unlink()

    with pytest.raises(CommandError, match="不见了，已经发出的表要靠它认"):
        issue(space)
    assert "不见了" in next(one.seen for one in doctor(space) if one.thing == "台账和密钥")

    new_key(space)
    issue(space)
    type_into(next(space.out(Q1, "发放").glob("东山镇*.xlsx")), space.inbox / "来件.xlsx", filled_row("任务2", lead=False) | filled_row("任务3"))
    assert [True] == [arrival.outcome.counts for arrival in collect(space, progress=lambda items, _: items).arrivals]
    with pytest.raises(CommandError, match="密钥还在"):
        new_key(space)


def test_a_lost_ledger_is_named_and_the_originals_bring_it_back(tmp_path: Path) -> None:
    """Doctor sees originals without a ledger; copied back into the inbox they are taken in again, each with the time it was sent."""
    space = small_workspace(tmp_path)
    issue(space)
    source = next(space.out(Q1, "发放").glob("东山镇*.xlsx"))
    for name, progress, moment in (("先.xlsx", 20, 1679300000), ("后.xlsx", 40, 1679400000)):
        type_into(source, space.inbox / name, filled_row("任务2", lead=False) | filled_row("任务3", progress=progress))
        os.utime(space.inbox / name, (moment, moment))
    before = collect(space, progress=lambda items, _: items)
    (space.records / "ledger.db").unlink()

    assert [(Health.BAD, "台账是空的，records/returns 里却有 2 份原件")] == [(one.health, one.seen) for one in doctor(space) if one.thing == "台账和密钥"]

    issue(space)
    shutil.copytree(space.returns, space.inbox, dirs_exist_ok=True)
    again = collect(space, progress=lambda items, _: items)
    assert sorted((arrival.sent.sent, arrival.unit, arrival.outcome) for arrival in before.arrivals) == sorted(
        (arrival.sent.sent, arrival.unit, arrival.outcome) for arrival in again.arrivals
    )
    assert ["40"] == [stand.value for stand in trace(space, Q1, "任务3", "东山镇", field="累计进度").standings]


def test_a_damaged_ledger_missing_originals_and_an_old_backup_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lost original, no backup, a clock that stands before the ledger, a program's log with something in it."""
    space = small_workspace(tmp_path)
    issue(space)
    type_into(next(space.out(Q1, "发放").glob("东山镇*.xlsx")), space.inbox / "来件.xlsx", filled_row("任务2", lead=False) | filled_row("任务3"))
    collect(space, progress=lambda items, _: items)

    assert ["还没有备份过"] == [one.seen for one in doctor(space) if one.thing == "备份"]
    backup(space, tmp_path.with_name(f"{tmp_path.name}.zip"), progress=lambda items, _: items)
    assert [Health.GOOD] == [one.health for one in doctor(space) if one.thing == "备份"]

    next(path for path in space.returns.rglob("*.xlsx")).unlink()
    log_fault(space, "trying", ZeroDivisionError())
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2020-01-01")
    found = {one.thing: one for one in doctor(space)}
    assert ("不见了 1 份", Health.BAD) == (found["原件"].seen.partition("，")[0], found["原件"].health)
    assert {Health.FAIR} == {found["程序日志"].health, found["日期"].health}

    ledger = space.records / "ledger.db"
    content = bytearray(ledger.read_bytes())
    content[4096:8192] = os.urandom(4096)
    ledger.write_bytes(bytes(content))
    assert Health.BAD in {one.health for one in doctor(space) if one.thing == "台账和密钥"}


def test_servers_that_do_not_answer_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A login is really tried: where nobody listens, the line says so."""
    space = small_workspace(tmp_path)
    settings = """[mail]
smtp = "127.0.0.1"
imap = "127.0.0.1"
smtp_port = 9
imap_port = 9
smtp_security = "none"
imap_security = "none"
user = "office@example.com"
"""
    (space.root / "settings.toml").write_text(settings, "utf-8")
    for name in ("TASK_TOOLKIT_SMTP_PASSWORD", "TASK_TOOLKIT_IMAP_PASSWORD"):
        monkeypatch.setenv(name, "geheim")

    assert {"发信登录", "收信登录"} <= {one.thing for one in doctor(space) if one.health is Health.BAD}
