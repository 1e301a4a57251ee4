"""Several returns of one unit, and the office's word on them."""

import io
import os
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import pyzipper
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook

from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.ledger.decision_records import history
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.intake.list_returns import decide, list_returns
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.unit_history import current_rows
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import DecisionAction, DecisionSubject
from toolkit.model.returns import Outcome

TOWN = filled_row("任务2", lead=False) | filled_row("任务3")


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    space = small_workspace(tmp_path)
    issue(space)
    return space


def send(space: Workspace, name: str, day: int, **changes: object) -> None:
    """The town sends a version; changes are by column of 任务3."""
    target = space.inbox / name
    cells = TOWN | {("任务进展", "任务3", title): value for title, value in changes.items()}
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", target, cells)
    moment = datetime(2023, 3, day, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(target, (moment, moment))


def run(space: Workspace) -> None:
    collect(space, progress=lambda items, _: items)


def says(space: Workspace, code: str = "progress") -> object:
    """What the town says of 任务3."""
    with open_office(space) as office:
        return next((row.value(code) for row in current_rows(office, Q1).get("东山镇", ()) if row.number == "任务3"), None)


def test_the_newest_sent_wins_whichever_was_collected_first(space: Workspace) -> None:
    """A version that was sent earlier but comes in later does not override the newer one."""
    send(space, "新.xlsx", 20, 累计进度=40)
    run(space)
    send(space, "旧.xlsx", 10, 累计进度=30)
    run(space)

    assert Decimal(40) == says(space)
    assert [("旧.xlsx", "补充"), ("新.xlsx", "是")] == [(one.name, one.used) for one in list_returns(space, Q1)]


def test_a_blank_is_not_cleared_and_is_asked_about(space: Workspace) -> None:
    """What was said before and is blank now stays, with a finding at the blank cell."""
    send(space, "一.xlsx", 10, 存在问题="用地紧张")
    send(space, "二.xlsx", 12, 累计进度=35)
    run(space)

    done = consolidate(space, Q1)

    assert ("用地紧张", Decimal(35)) == (says(space, "problem"), says(space))
    kept = [finding for finding in done.round.findings if finding.code.name == "BLANK_NOW"]
    assert [("二.xlsx", "M6", "“存在问题”这次空着，仍用 2023-03-10 报送的“用地紧张”。")] == [(one.place.file, one.place.cell, one.message) for one in kept]
    assert 1 == next(unit.reviews for unit in done.round.units if unit.unit == "东山镇")


def test_a_wrong_cell_keeps_the_old_value_and_is_said_once(space: Workspace) -> None:
    """A cell with an error leaves the value of the version before; the error is its only finding."""
    send(space, "一.xlsx", 10, 累计进度=30)
    send(space, "二.xlsx", 12, 累计进度=300)
    run(space)

    done = consolidate(space, Q1)

    assert Decimal(30) == says(space)
    assert ["TOO_HIGH"] == [finding.code.name for finding in done.round.findings if finding.unit == "东山镇"]


def test_a_lost_row_keeps_what_was_said_before(space: Workspace) -> None:
    """A row that is missing in the newest version is taken from the one before."""
    send(space, "一.xlsx", 10, 累计进度=30)
    send(space, "二.xlsx", 12, 累计进度=50)
    book = load_workbook(space.inbox / "二.xlsx")
    book["任务进展"].delete_rows(6)
    book.save(space.inbox / "二.xlsx")
    moment = datetime(2023, 3, 12, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(space.inbox / "二.xlsx", (moment, moment))
    run(space)

    assert Decimal(30) == says(space)


def test_the_office_puts_a_version_aside_and_brings_it_back(space: Workspace) -> None:
    """An excluded version takes no part until it is restored; both decisions are kept."""
    send(space, "一.xlsx", 10, 累计进度=30)
    send(space, "二.xlsx", 12, 累计进度=60)
    run(space)
    number = next(one.number for one in list_returns(space, Q1) if one.name == "二.xlsx")

    decide(space, [number], DecisionAction.EXCLUDE, "单位电话撤回")
    without = says(space), [one.outcome for one in list_returns(space, Q1)]
    decide(space, [number], DecisionAction.RESTORE)

    assert (Decimal(30), ["已汇总", "已停用"]) == without
    assert Decimal(60) == says(space)
    with open_office(space) as office, office.ledger.reading() as connection:
        words = [(one.field, one.value, one.before) for one in history(connection, DecisionSubject.FILE, str(number))]
    assert [("处理", "停用", "merged"), ("处理说明", "单位电话撤回", ""), ("处理", "恢复", "merged"), ("处理说明", "", "")] == words
    with pytest.raises(CommandError, match="不能“恢复”"):
        decide(space, [number], DecisionAction.RESTORE)


def test_a_waiting_return_is_accepted_or_refused(space: Workspace) -> None:
    """A return whose unit was in doubt is read once the office says so, and refused when it says no."""
    for name in ("采用.xlsx", "不采用.xlsx"):
        send(space, name, 10, 累计进度=33 if name == "采用.xlsx" else 44)
        book = load_workbook(space.inbox / name)
        other = load_workbook(space.out(Q1, "发放") / "云溪县发改局_2023年第一季度进展.xlsx")
        book["任务进展"]["A2"] = other["任务进展"]["A2"].value
        book.save(space.inbox / name)
    run(space)
    waiting = {one.name: one.number for one in list_returns(space, Q1)}
    assert {"待认定"} == {one.outcome for one in list_returns(space, Q1)}
    assert says(space) is None

    decide(space, [waiting["采用.xlsx"]], DecisionAction.ACCEPT, "已电话核实")
    decide(space, [waiting["不采用.xlsx"]], DecisionAction.REFUSE, "填错了表")

    assert Decimal(33) == says(space)
    assert {"采用.xlsx": "已汇总（有问题）", "不采用.xlsx": "不予接收"} == {one.name: one.outcome for one in list_returns(space, Q1)}


def test_a_locked_return_is_accepted_once_its_password_is_known(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that stayed locked, alone or in an envelope, is read again from the archive when the password has come."""
    send(space, "源.xlsx", 10, 累计进度=55)
    plain = (space.inbox / "源.xlsx").read_bytes()
    (space.inbox / "源.xlsx").unlink()
    locked, packed = io.BytesIO(), io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt("口令一", locked)
    with pyzipper.AESZipFile(packed, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword("口令二".encode())
        archive.writestr("东山镇.xlsx", plain)
    (space.inbox / "加锁.xlsx").write_bytes(locked.getvalue())
    (space.inbox / "加锁.zip").write_bytes(packed.getvalue())
    run(space)
    with open_office(space) as office:
        waiting = [record for record in office.ledger.all_files("") if record.outcome is Outcome.WAITING]
    assert ["加锁.xlsx", "加锁.zip/东山镇.xlsx"] == sorted(record.name for record in waiting)

    with pytest.raises(CommandError, match="还是打不开"):
        decide(space, [record.id for record in waiting if record.name.startswith("加锁.zip")], DecisionAction.ACCEPT)
    monkeypatch.setenv("TASK_TOOLKIT_PASSWORD", "口令一")
    monkeypatch.setenv("TASK_TOOLKIT_PASSWORD_2", "口令二")
    decide(space, [record.id for record in waiting], DecisionAction.ACCEPT)

    assert Decimal(55) == says(space)
    assert ["已汇总", "已汇总"] == [one.outcome for one in list_returns(space, Q1) if one.unit == "东山镇"]
