"""Reminders: to whom, in which words, and never twice on a day."""

from datetime import date
from pathlib import Path

import pytest

from tests.mail.hands import run as run_command
from tests.mail.post_office import ADDRESSES, LEADER, PostOffice
from tests.small import Q1, filled_row, type_into
from toolkit.edges.read_holidays import calendar_exceptions
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.issue.import_notice import import_notice
from toolkit.flows.mail.remind import preview_reminders, remind
from toolkit.flows.mail.send import Sent
from toolkit.model.workdays import REST, WORK, CalendarException, Workdays

pytestmark = pytest.mark.xdist_group("mail")


def on(space: Workspace, day: str, monkeypatch: pytest.MonkeyPatch) -> Sent:
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", day)
    return remind(space, Q1, only=(), resend=(), progress=lambda items, _: items)


def subjects(post: PostOffice, unit: str, count: int) -> list[str]:
    return [str(mail["Subject"]).partition("：")[0] for mail in post.wait_for(ADDRESSES[unit], count)]


def returned(space: Workspace, unit: str, cells: dict[tuple[str, str, str], object]) -> None:
    type_into(space.out(Q1, "发放") / f"{unit}_2023年第一季度进展.xlsx", space.inbox / f"{unit}.xlsx", cells)
    collect(space, progress=lambda items, _: items)


def test_words_grow_sterner_and_never_twice_on_a_day(space: Workspace, post: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the date, on it, after it and after it once more; a second run on the same day sends nothing; the leader has copies from the second on."""
    post.settings(space.root, leader=LEADER)
    for day in ("2023-03-28", "2023-03-30", "2023-03-31", "2023-04-03"):
        assert 3 == len(on(space, day, monkeypatch).delivered.sent)
        assert (0, 3) == (len((again := on(space, day, monkeypatch)).delivered.sent), len(again.delivered.before))
        post.wait_for(ADDRESSES["东山镇"], 1)

    assert ["请按时报送2023年第一季度目标任务表", "今天截止", "逾期催报", "再次催报"] == subjects(post, "东山镇", 4)
    assert [None, LEADER, LEADER, LEADER] == [mail["Cc"] for mail in post.mails_of(ADDRESSES["东山镇"])]
    assert 9 == len(post.wait_for(LEADER, 9))
    text = post.mails_of(ADDRESSES["东山镇"])[2].get_body(("plain",))
    assert text is not None
    assert "已于 2023年3月30日 截止，逾期 1 天，目前还没有收到贵单位可以采用的报送。" in text.get_content()


def test_only_those_who_owe_something(space: Workspace, post: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clean return is left in peace, one with faults is asked for the mended form, one that is missing for its return."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-27")
    returned(space, "云溪县发改局", filled_row("任务1", lead=False) | filled_row("目标1"))
    returned(space, "东山镇", filled_row("任务2", lead=False) | filled_row("任务3", progress=130))
    rows = preview_reminders(space, Q1, only=())
    assert [("云溪县工信局", "待发"), ("东山镇", "待发")] == [(row[0], row[4]) for row in rows]

    assert ["云溪县工信局", "东山镇"] == on(space, "2023-03-28", monkeypatch).delivered.sent

    text = post.wait_for(ADDRESSES["东山镇"], 1)[0].get_body(("plain",))
    assert text is not None
    assert "贵单位报送的表有 1 处需要修改，退改表已经发出" in text.get_content()
    assert [] == post.mails_of(ADDRESSES["云溪县发改局"])


def test_reminders_as_drafts_grow_sterner_too(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a server each day's reminder is a draft, and the ledger still knows how often a unit was reminded; send --what says the same."""
    (space.root / "settings.toml").write_text("", "utf-8")
    assert 3 == len(on(space, "2023-03-31", monkeypatch).delivered.drafts)
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-03")

    ended = run_command(space.root, "send", "2023Q1", "--what", "催报", "--dry-run")

    assert (0, True) == (ended.code, "再次催报" in ended.said)


def test_rest_days_come_with_the_calendar(tmp_path: Path) -> None:
    """An import fills in the year's rest days and shifted working days; a second one leaves what the clerk changed; a year not yet published stays empty."""
    space = open_workspace(tmp_path / "office")
    notice = tmp_path / "通知.txt"
    notice.write_text("某县2023年目标任务责任分解\n1.新建厂房10万平方米。（牵头单位：县工信局）\n2.改造老旧小区5个。（牵头单位：县住建局）\n", "utf-8")
    import_notice(space, notice, 2023)
    days = load_master(space.master)[0].odd_days

    assert {(date(2023, 5, 1), REST), (date(2023, 5, 6), WORK), (date(2023, 10, 6), REST)} <= {(day.day, day.what) for day in days}
    import_notice(space, notice, 2023)
    assert days == load_master(space.master)[0].odd_days
    assert () == calendar_exceptions([2060])


def test_working_days() -> None:
    """Weekends rest and the sheet overrules: the last working day before a rest day and the first one after it."""
    days = Workdays([CalendarException(date(2023, 4, 5), REST), CalendarException(date(2023, 4, 23), WORK)])

    assert (date(2023, 4, 4), date(2023, 4, 6)) == (days.last(date(2023, 4, 5)), days.next(date(2023, 4, 5)))
    assert (date(2023, 4, 21), date(2023, 4, 23)) == (days.last(date(2023, 4, 22)), days.next(date(2023, 4, 22)))
