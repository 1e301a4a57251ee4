"""催报文字: words to copy into a chat, to the group and to each unit that owes something."""

from datetime import date
from pathlib import Path

import pytest

from tests.small import filled_row, type_into
from tests.time import small_year as small
from tests.time.small_year import BUREAU, PLANNERS, Q1, TOWN
from toolkit.cli.main import _run
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.report.documents import documents
from toolkit.flows.report.reminder_texts import Texts, reminder_texts


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """东山镇 has reported, 云溪县工信局 with a progress that is no number, 云溪县发改局 is silent; the settings name clerk and phone."""
    space = small.office(tmp_path)
    small.issue(space, Q1)
    settings = tmp_path / "settings.toml"
    text = settings.read_text("utf-8").replace('office = ""', 'office = "云溪县政府办"').replace('phone = ""', 'phone = "0000-0000000"')
    settings.write_text(text.replace('clerk = ""', 'clerk = "小某"'), "utf-8")
    small.lay(space, Q1, TOWN)
    form = tmp_path / "outbox/2023Q1/发放" / f"{BUREAU}_{Q1.label}进展.xlsx"
    target = space.inbox / "工信局.xlsx"
    type_into(form, target, filled_row("任务1", progress="一半多一点") | filled_row("任务2"))
    small.sent_on(target, date(2023, 3, 25))
    small.take_in(space, date(2023, 3, 26))
    return space


def texts(space: Workspace, day: date, *only: str) -> Texts:
    """Give the texts of the first quarter on a day."""
    with held(day):
        return reminder_texts(space, Q1, only=only)


def test_each_text_says_what_until_when_and_whom_to_ask(space: Workspace) -> None:
    """The group is told who is missing and who has to mend; the silent unit how many tasks, the other which cell; both until when, and whom to ask."""
    group, silent, wrong = texts(space, date(2023, 3, 27)).messages

    assert ("", PLANNERS, BUREAU) == (group.unit, silent.unit, wrong.unit)
    assert group.text.splitlines() == [
        "各单位：截至2023年3月27日，2023年第一季度目标任务应报 3 家，已报 2 家。",
        f"还没有报或者没有采用的（1 家）：{PLANNERS}。",
        f"报了还要修改的（1 家）：{BUREAU}（2处）。",
        "请以上单位于2023年3月30日前报来；有疑问请问云溪县政府办小某（电话 0000-0000000）。已经报了的请忽略。",
    ]
    asked = "请于2023年3月30日前把填好的表发来；有疑问请问云溪县政府办小某（电话 0000-0000000）。"
    assert f"{PLANNERS}：2023年第一季度目标任务报送表，还没有收到（牵头任务1项、责任任务1项）。{asked}" == silent.text
    assert wrong.text.startswith(f"{BUREAU}：2023年第一季度目标任务报送表，有 2 处需要修改：任务1“累计进度”：")
    assert "一半多一点" in wrong.text
    assert wrong.text.endswith(asked)


def test_after_the_deadline_two_working_days_are_given(space: Workspace) -> None:
    """A day that has passed is never asked for."""
    silent = texts(space, date(2023, 4, 10), PLANNERS).messages

    assert [PLANNERS] == [one.unit for one in silent]
    assert "请于2023年4月12日前" in silent[0].text


def test_the_office_words_them_itself(space: Workspace) -> None:
    """Its own 短信 is used; one that cannot be filled in is said, and the built-in one stands for it; the wording of an older office needs neither part."""
    wording = space.templates / "邮件.txt"
    texts(space, date(2023, 3, 27))
    own = wording.read_text("utf-8")
    wording.write_text(own.replace("{单位}{联系人}：{期间}目标任务报送表，{事由}。", "{单位}请注意：{事由}！"), "utf-8")
    assert texts(space, date(2023, 3, 27), PLANNERS).messages[0].text.startswith(f"{PLANNERS}请注意：还没有收到")
    wording.write_text(own.replace("{事由}", "{原由}"), "utf-8")
    bad = texts(space, date(2023, 3, 27), PLANNERS)
    assert ["短信"] == [finding.facts["part"] for finding in bad.findings]
    assert "还没有收到" in bad.messages[0].text
    wording.write_text(own.partition("# 下面两段")[0], "utf-8")
    older = texts(space, date(2023, 3, 27), PLANNERS)
    assert ((), True) == (older.findings, "还没有收到" in older.messages[0].text)


def test_they_lie_among_the_papers_and_on_the_screen(space: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Documents writes 催报/催报文字.txt, remind --text shows the same and sends nothing; written again nobody who has reported since is called silent."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-27")
    documents(space, Q1, yellow=False, progress=small.quietly)  # type: ignore[arg-type]
    path = space.out(Q1, "文书") / "催报" / "催报文字.txt"
    written = path.read_text("utf-8-sig")
    assert 0 == _run(["--workspace", str(space.root), "remind", "2023Q1", "--text"])
    assert written.strip() == capsys.readouterr().out.strip()
    assert f"【{PLANNERS}】" in written
    assert not list(space.out(Q1, "邮件").iterdir())
    small.lay(space, Q1, PLANNERS)
    small.take_in(space, date(2023, 3, 28))
    documents(space, Q1, yellow=False, progress=small.quietly)  # type: ignore[arg-type]
    assert "还没有报" not in path.read_text("utf-8-sig")
