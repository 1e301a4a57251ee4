"""收到时间: when a return came to the office decides whether it was late; the clerk may correct it with a reason, and give a unit a grace."""

from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.small import Q1, issue, small_workspace
from tests.time.clerk import LEAD, TOWN, rows, run, saved_on, send, type_row
from toolkit.edges.workspace import Workspace
from toolkit.flows.report.consolidate import Consolidated, consolidate


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A workspace whose first quarter is issued and due on 30 March 2023."""
    space = small_workspace(tmp_path)
    issue(space)
    return space


def on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", day)


def times(done: Consolidated) -> dict[str, tuple[str, object]]:
    """Give 是否按时 and 收到时间 of each unit that reported."""
    return {str(line["单位"]): (str(line["是否按时"]), line["收到时间"]) for line in rows(done.path, "报送情况") if line["报送时间"]}


def late(done: Consolidated) -> list[str]:
    return [deduction.unit for deduction in done.assessment.scores.deductions if deduction.item == "迟报"]


def asked(done: Consolidated) -> list[str]:
    return [finding.message for finding in done.round.findings if finding.code.name == "ARRIVAL_DOUBT"]


def test_what_came_in_time_is_in_time_whenever_it_is_saved_again(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file seen by the office in time is in time; a later copy of it, or a later version, makes nobody late."""
    on(monkeypatch, "2023-03-29")
    send(space, "东山镇", TOWN, "甲.xlsx", day=29)
    run(space)
    on(monkeypatch, "2023-04-06")
    send(space, "东山镇", TOWN | {("任务进展", "任务3", "累计进度"): 35}, "补正.xlsx", month=4, day=5)
    run(space)

    done = consolidate(space, Q1)

    assert {"东山镇": ("是", datetime(2023, 3, 29, 9))} == times(done)  # noqa: DTZ001
    assert ([], []) == (late(done), asked(done))


def test_files_saved_in_time_and_first_seen_late_are_asked_about_once(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line of 问题清单 stands for the lot, and no points are taken off; 接受 there settles them all, each with its time and reason, for good."""
    on(monkeypatch, "2023-04-03")
    send(space, "东山镇", TOWN, "甲.xlsx", day=29)
    send(space, "云溪县工信局", LEAD, "乙.xlsx", day=30)
    run(space)
    first = consolidate(space, Q1)
    words = [word for word, _ in times(first).values()]
    type_row(first.path, "问题清单", {"代码": "Q33"}, {"处理": "接受", "处理说明": "微信群里按时交的。"})
    done, again = consolidate(space, Q1), consolidate(space, Q1)

    units = "云溪县工信局（04-03 收到）、东山镇（04-03 收到）"
    assert [f"截止（2023-03-30）以后才收进来、文件自己的时间却在截止以前的有 2 个单位：{units}。认定以前不扣迟报分。"] == asked(first)
    assert (["待核", "待核"], []) == (words, late(first))
    for each in (done, again):
        assert ([], []) == (asked(each), late(each))
    assert {"东山镇": ("是", datetime(2023, 3, 29, 9)), "云溪县工信局": ("是", datetime(2023, 3, 30, 9))} == times(again)  # noqa: DTZ001
    assert {"微信群里按时交的。"} == {line["更正理由"] for line in rows(again.path, "报送情况") if line["报送时间"]}


def test_the_lot_may_be_ruled_late(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """退回 on that line lets the day on which the files were first seen hold."""
    on(monkeypatch, "2023-04-03")
    send(space, "东山镇", TOWN, "甲.xlsx", day=29)
    run(space)
    type_row(consolidate(space, Q1).path, "问题清单", {"代码": "Q33"}, {"处理": "退回"})

    done = consolidate(space, Q1)

    assert (["东山镇"], []) == (late(done), asked(done))


def test_a_time_is_corrected_with_a_reason(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that looks late is in time by the clerk's correction, which stands in the book and in 认定记录, through a second collect and a newer return."""
    on(monkeypatch, "2023-04-03")
    send(space, "东山镇", TOWN, "甲.xlsx", month=4, day=2)
    run(space)
    first = consolidate(space, Q1)
    type_row(first.path, "报送情况", {"单位": "东山镇"}, {"更正收到时间": datetime(2023, 3, 30, 17, 20)})  # noqa: DTZ001
    no_reason = consolidate(space, Q1)
    type_row(no_reason.path, "报送情况", {"单位": "东山镇"}, {"更正理由": "U 盘报来，当天没有登记。"})
    corrected = consolidate(space, Q1)
    send(space, "东山镇", TOWN | {("任务进展", "任务3", "累计进度"): 35}, "补正.xlsx", month=4, day=3)
    run(space)
    newer = consolidate(space, Q1)

    assert [["东山镇"], ["东山镇"], [], []] == [late(each) for each in (first, no_reason, corrected, newer)]
    said = [finding.message for finding in no_reason.round.findings if finding.code.name == "BAD_ARRIVAL"]
    assert ["“报送情况”里填的更正收到时间“2023-03-30 17:20”没有生效：没有写理由。"] == said
    assert ("是", datetime(2023, 3, 30, 17, 20)) == times(newer)["东山镇"]  # noqa: DTZ001
    assert ["2023-03-30 17:20", "U 盘报来，当天没有登记。"] == [
        text for line in rows(newer.path, "认定记录") for text in (line["现"], line["理由"]) if "更正收到时间" in (line["栏目"], "") and text
    ]


@pytest.mark.parametrize("typed", ["3月底吧", "不详"])
def test_a_time_that_cannot_be_read_is_asked_about(space: Workspace, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    """What is no time changes nothing and stands in 问题清单."""
    on(monkeypatch, "2023-04-03")
    send(space, "东山镇", TOWN, "甲.xlsx", month=4, day=2)
    run(space)
    type_row(consolidate(space, Q1).path, "报送情况", {"单位": "东山镇"}, {"更正收到时间": typed, "更正理由": "某某"})

    done = consolidate(space, Q1)

    assert ["东山镇"] == late(done)
    said = [finding.message for finding in done.round.findings if finding.code.name == "BAD_ARRIVAL"]
    assert [f"“报送情况”里填的更正收到时间“{typed}”没有生效：看不出是哪一天。"] == said


def test_a_grace_for_one_unit_is_a_ruling(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A unit that may report later is late only after its own day; the others are late after the round's."""
    on(monkeypatch, "2023-04-03")
    send(space, "东山镇", TOWN, "甲.xlsx", month=4, day=3)
    send(space, "云溪县工信局", LEAD, "乙.xlsx", month=4, day=3)
    run(space)
    type_row(consolidate(space, Q1).path, "报送情况", {"单位": "东山镇"}, {"延期至": "2023年4月5日", "延期理由": "某府办函〔2023〕1号"})

    done = consolidate(space, Q1)

    assert ["云溪县工信局"] == late(done)
    assert ["2023年4月5日"] == [line["现"] for line in rows(done.path, "认定记录")]


def test_a_mail_came_when_the_server_took_it_in(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail that is saved to the inbox days later is in time by its server's stamp, whatever its files' own times or the sender's clock say."""
    on(monkeypatch, "2023-04-10")
    send(space, "东山镇", TOWN, "甲.xlsx", day=20)
    letter = EmailMessage()
    letter["From"], letter["Subject"], letter["Date"] = "某某 <a@example.com>", "报表", "Sat, 8 Apr 2023 09:00:00 +0800"
    letter["Received"] = "from mx.example.com by mail.example.com; Thu, 30 Mar 2023 08:00:00 +0000"
    content = (space.inbox / "甲.xlsx").read_bytes()
    letter.add_attachment(content, maintype="application", subtype="octet-stream", filename="甲.xlsx")
    (space.inbox / "甲.xlsx").unlink()
    (space.inbox / "来信.eml").write_bytes(letter.as_bytes())
    saved_on(space.inbox / "来信.eml", 10, month=4)
    run(space)

    done = consolidate(space, Q1)

    word, came = times(done)["东山镇"]
    assert ("是", [], []) == (word, late(done), asked(done))
    assert isinstance(came, datetime)
    assert (2023, 3, 30) == (came.year, came.month, came.day)
