"""Keeping and erasing: what is due is said, what is erased leaves its digest and its reason, and what was closed stays."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from tests.corridor.test_evidence import JPG, PNG, drop, filled, packed, run
from tests.small import Q1, issue, small_workspace, type_into
from toolkit.cli.main import _run
from toolkit.edges.ledger.audit import audit
from toolkit.edges.ledger.erasure_records import erased_of
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import close
from toolkit.flows.closing.verify import Verified, verify
from toolkit.flows.office.office_context import open_office
from toolkit.flows.upkeep import erase as erasing
from toolkit.flows.upkeep.doctor import doctor
from toolkit.flows.upkeep.erase import erase
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period
from toolkit.model.retention import Kept, Retention


def keep(space: Workspace, **years: int) -> None:
    """Set for how many years each is kept."""
    settings = space.root / "settings.toml"
    text = settings.read_text("utf-8")
    for name, count in years.items():
        text = text.replace(f"{name} = 0 ", f"{name} = {count} ")
    settings.write_text(text, "utf-8")


def closed(space: Workspace) -> None:
    """A return in a zip with evidence, a picture of nothing, more evidence by itself; the quarter closed."""
    drop(space, "东山.zip", packed({"一季度.xlsx": filled(space), "任务3/照片.jpg": JPG, "合影.png": PNG}))
    drop(space, "东山镇/任务2/又.jpg", JPG + b"2")
    run(space)
    close(space, Q1, with_open=True, confirm=False, progress=lambda items, _: items)


def checked(space: Workspace) -> Verified:
    return verify(space, Q1, progress=lambda items, _: items)


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    space = small_workspace(tmp_path)
    issue(space)
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2034-01-02")
    return space


def originals(space: Workspace) -> list[str]:
    return sorted(path.name.partition("_")[2] for path in space.returns.rglob("*") if path.is_file())


@pytest.mark.parametrize(("on", "expected"), [("2033-12-31", False), ("2034-01-01", True)])
def test_a_year_is_kept_whole(on: str, expected: bool) -> None:
    """Ten years after 2023 end with the last day of 2033; 0 is for ever."""
    day = datetime.fromisoformat(on).date()
    assert expected == Retention(originals=10).is_due(Kept.ORIGINAL, 2023, day)
    assert not Retention().is_due(Kept.ORIGINAL, 2023, day)


def test_what_is_due_is_said_and_nothing_happens_without_a_yes(space: Workspace) -> None:
    """Doctor says what is due; the list alone erases nothing; an open period is named and left alone."""
    keep(space, originals=10, evidence=5)
    drop(space, "东山镇/任务2/又.jpg", JPG)
    run(space)
    assert ((), ("2023Q1",)) == erase(space, yes=True).listed
    close(space, Q1, with_open=True, confirm=False, progress=lambda items, _: items)
    before = originals(space)
    done = erase(space, yes=False)
    assert [(Kept.EVIDENCE, "2023Q1")] == [(part.kind, part.period) for part in done.listed.due]
    assert before == originals(space)
    assert ["佐证材料：2023Q1 到期 1 份"] == [line.seen for line in doctor(space) if line.thing == "保存期限"]


def test_erased_originals_are_said_not_missed(space: Workspace) -> None:
    """All copies go, the envelope's too; digest and reason stay; the closed book is the same, verify says erased, doctor misses nothing."""
    closed(space)
    book = next(space.out(Q1, "汇总").glob("*.xlsx")).read_bytes()
    assert () == checked(space).differences
    keep(space, originals=10, evidence=10)
    done = erase(space, yes=True, why="档案〔2034〕1号")
    assert [] == originals(space)
    assert done.files == 4
    again = checked(space)
    assert () == again.differences
    assert any("已按保存期限销毁" in words and "档案〔2034〕1号" in words for words in again.books)
    assert book == next(space.out(Q1, "汇总").glob("*.xlsx")).read_bytes()
    assert not [line for line in doctor(space) if line.thing in {"原件", "佐证材料", "保存期限"}]
    with open_office(space) as office:
        kept = erased_of(office.ledger.database)
        assert {record.digest for record in office.ledger.all_files()} == {line.digest for line in kept.values()}
        with office.ledger.reading() as connection:
            assert "" == audit(connection)[1]
    assert () == erase(space, yes=True).listed.due


def test_evidence_alone_takes_its_envelope_along(space: Workspace) -> None:
    """Evidence that is due before the returns takes the envelope that holds a copy; the return itself stays, and is read again."""
    closed(space)
    keep(space, evidence=5)
    erase(space, yes=True)
    assert ["一季度.xlsx"] == originals(space)
    assert () == checked(space).differences


def test_a_run_cut_off_between_ledger_and_disk_is_finished(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger is told first; what is still there is removed by the next run."""
    closed(space)
    keep(space, evidence=5)
    removed = erasing._removed

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(erasing, "_removed", dies)
    with pytest.raises(KeyboardInterrupt):
        erase(space, yes=True)
    assert 4 == len(originals(space))
    monkeypatch.setattr(erasing, "_removed", removed)
    erase(space, yes=True)
    assert ["一季度.xlsx"] == originals(space)


def test_telephone_numbers_leave_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers that units filled in go out of the ledger; the closed book keeps them, verify says so and finds nothing else."""
    year = Period(2023)
    space = small_workspace(tmp_path)
    issue(space, year)
    target = space.inbox / "方案.xlsx"
    type_into(space.out(year, "发放") / "东山镇_2023年工作方案.xlsx", target, {("工作方案", "任务3", "联系电话"): "027-12345678"})
    moment = datetime(2023, 1, 10, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(target, (moment, moment))
    run(space)
    close(space, year, with_open=True, confirm=False, progress=lambda items, _: items)
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2034-01-02")
    keep(space, phones=3)
    done = erase(space, yes=True)
    assert 1 == done.numbers
    found = verify(space, year, progress=lambda items, _: items)
    assert () == found.differences
    assert any("2 格联系电话已按保存期限从台账里销毁" in words for words in found.books)  # in 填报明细, and in the sheet of the plans
    with open_office(space) as office, office.ledger.reading() as connection:
        assert "" == audit(connection)[1]


def test_a_wrong_setting_is_said(space: Workspace) -> None:
    """What is no whole number is said with its name."""
    settings = space.root / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace("originals = 0 ", 'originals = "十年" '), "utf-8")
    with pytest.raises(CommandError, match="originals"):
        erase(space, yes=False)
    assert ["有误"] == [line.health.value for line in doctor(space) if line.thing == "保存期限"]


def test_the_command_lists_then_erases(space: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --due nothing is done; without --yes the list is shown and the exit code is 1; with it the reason is kept and the exit code is 0."""
    closed(space)
    keep(space, evidence=5)
    before = originals(space)
    words = ["--workspace", str(space.root), "erase"]
    assert [1, 1, 0, 0] == [_run([*words, *more]) for more in ([], ["--due"], ["--due", "--yes", "--why", "档案〔2034〕1号"], ["--due"])]
    told = capsys.readouterr()
    assert "没有销毁" in told.out + told.err
    assert "没有到期的" in told.out
    assert len(before) > len(originals(space))
