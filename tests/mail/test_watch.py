"""The office unattended: looks at a moved clock with a real post office, and a process that is stopped."""

import json
import re
import signal
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.mail.conftest import CONNECTED
from tests.mail.hands import run, start
from tests.mail.post_office import ADDRESSES, OFFICE, PostOffice
from tests.mail.test_fetch import letter
from tests.small import Q1, filled_row, small_workspace, type_into
from tests.waiting import PATIENCE, wait_until
from toolkit.edges.heartbeat import Heartbeat
from toolkit.edges.workspace import Workspace
from toolkit.flows.upkeep.watch import Watcher
from toolkit.model.period import Period
from toolkit.model.workdays import WORK, CalendarException

pytestmark = pytest.mark.xdist_group("mail")


@pytest.fixture
def office(post: PostOffice, tmp_path: Path) -> Workspace:
    """The small office with addresses, nothing issued yet; it works on the second of January."""
    made = small_workspace(tmp_path / "office", replace(CONNECTED, odd_days=(CalendarException(date(2023, 1, 2), WORK),)))
    post.settings(made.root)
    return made


class Year:
    """An office that is looked after on chosen days."""

    def __init__(self, space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
        self._clock, self._space = monkeypatch, space

    def on(self, *days: str) -> list[str]:
        """Start a watch and let it look once on each day; gives what it said."""
        lines: list[str] = []
        watcher = Watcher(self._space, Heartbeat(10), lines.append)
        for day in days:
            self._clock.setenv("TASK_TOOLKIT_TODAY", f"2023-{day}")
            watcher.beat()
        return [line.removeprefix("2023-").replace(" 09:00", "") for line in lines]


def answer(post: PostOffice, space: Workspace, period: Period, unit: str, cells: dict[tuple[str, str, str], object]) -> None:
    """A unit answers its mail, and its answer waits in the office's mailbox."""
    known = len(post.mails_of(OFFICE))
    source = next(space.out(period, "发放").glob(f"{unit}_*.xlsx"))
    type_into(source, space.root / "filled.xlsx", cells)
    mail = letter(ADDRESSES[unit])
    mail.add_attachment((space.root / "filled.xlsx").read_bytes(), maintype="application", subtype="octet-stream", filename=source.name)
    post.deliver(mail, sender=ADDRESSES[unit])
    post.wait_for(OFFICE, known + 1)


def nobody_answers(space: Workspace) -> None:
    """Nobody answers at the post office's doors."""
    settings = space.root / "settings.toml"
    settings.write_text(re.sub(r"(smtp|imap)_port = \d+", r"\1_port = 9", settings.read_text("utf-8")), "utf-8")


TOWN = filled_row("任务2", lead=False) | filled_row("任务3")


def test_half_a_year_by_itself(office: Workspace, post: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """The watch opens, sends, fetches, collects, sends receipts, reminds and consolidates; switched off in between, it loses nothing and does nothing twice."""
    year = Year(office, monkeypatch)
    assert [
        "01-02 开期 2023Q1：生成报送表 3 份。",
        "01-02 发放 2023Q1：发出 3 封。",
        "01-03 开期 2023：生成报送表 3 份。",
        "01-03 发放 2023：发出 3 封。",
    ] == year.on("01-02", "01-03", "01-03")
    assert [
        "01-12 催报 2023：发出 3 封。",
        "01-16 催报 2023：发出 3 封。",  # off on Friday the 13th, and the 14th is a Saturday: caught up on Monday, once
        "01-16 汇总 2023：汇总表已生成：outbox/2023/汇总/2023年目标任务进展汇总.xlsx。",
        "01-20 催报 2023：发出 3 封。",
    ] == year.on("01-12", "01-14", "01-16", "01-20", "01-20")
    answer(post, office, Q1, "东山镇", TOWN | {("任务进展", "任务3", "累计进度"): 130})
    assert [
        "03-20 收信：收到新邮件 1 封。",
        "03-20 收表：收到报送表 1 份，需要退改的 1 家。",
        "03-20 退回 2023Q1：发出 1 封。",
        "03-27 催报 2023Q1：发出 3 封。",
    ] == year.on("03-20", "03-20", "03-27")
    answer(post, office, Q1, "云溪县发改局", filled_row("任务1", lead=False) | filled_row("目标1"))
    assert [
        "04-03 开期 2023Q2：生成报送表 3 份。",
        "04-03 发放 2023Q2：发出 3 封。",
        "04-03 收信：收到新邮件 1 封。",
        "04-03 收表：收到报送表 1 份。",
        "04-03 退回 2023Q1：发出 1 封。",
        "04-03 催报 2023Q1：发出 2 封。",
        "04-03 汇总 2023Q1：汇总表已生成：outbox/2023Q1/汇总/2023年第一季度目标任务进展汇总.xlsx。",
    ] == year.on("04-03", "04-03", "04-15")
    nobody_answers(office)
    closed = "请核对 settings.toml 里的端口，或请邮件管理员检查服务器。"
    assert [
        f"06-27 收信 没有做完：邮件服务器 localhost:9 拒绝连接。{closed}",
        f"06-27 催报 2023Q2 没有做完：邮件服务器 localhost:9 拒绝连接。已发 0 封，还有 3 封没有发。{closed}",
    ] == year.on("06-27", "06-27")
    post.settings(office.root)
    assert [
        "06-27 催报 2023Q2：发出 3 封。",
        "07-01 汇总 2023Q2：汇总表已生成：outbox/2023Q2/汇总/2023年第二季度目标任务进展汇总.xlsx。",
    ] == year.on("06-27", "07-01", "07-02")

    got = post.wait_for(ADDRESSES["东山镇"], 10)
    assert 10 == len({str(mail["Message-ID"]) for mail in got}) == len(got)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("watch = 1", "settings.toml 里的 watch 和 mail 应各是一节。"),
        ("[watch]\nremind = 1", "请写 true（做）或 false（不做）。"),
        ("[watch]\nminutes = 0", "settings.toml 里的 minutes 不能是“0”。"),
        ("[watch]\nbefore = 3", "请写方括号里的几个天数"),
    ],
)
def test_settings_that_cannot_be(office: Workspace, said: str, sentence: str) -> None:
    """A wrong line is said at the start, before anything is done."""
    (office.root / "settings.toml").write_text(said, "utf-8")

    ended = run(office.root, "watch", "--once")

    assert (1, True) == (ended.code, sentence in ended.said)


def test_looks_stop_and_status(office: Workspace) -> None:
    """A watch says how it is doing; SIGTERM stops it cleanly, and a second look at the same day does nothing again."""
    process = start(office.root, "watch")
    status = office.records / "watch.json"
    assert wait_until(lambda: status.exists() or process.poll() is not None)
    first = json.loads(status.read_text("utf-8"))
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=PATIENCE)

    assert ("值守中", []) == (first["state"], first["troubles"])
    assert datetime.fromisoformat(first["next"]) > datetime.fromisoformat(first["looked"])
    assert (0, "已停止") == (process.returncode, json.loads(status.read_text("utf-8"))["state"])
    assert [True, True] == [word in said for word in ("开始值守。", "停止值守。")]
    assert said.splitlines() == (office.records / "log" / "值守.log").read_text("utf-8").splitlines()
