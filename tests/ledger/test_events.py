"""Every deed is entered in the event log, entries are never changed, and doctor names the first thing that was tampered with."""

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ledger.conftest import behind_the_back
from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.intake.list_returns import decide
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.documents import documents
from toolkit.flows.upkeep.backup import backup, restore
from toolkit.flows.upkeep.doctor import doctor
from toolkit.flows.upkeep.examined import Examined, Health
from toolkit.model.decisions import DecisionAction

TOWN = filled_row("任务2", lead=False) | filled_row("任务3", progress=45)
GUARDS = {"sqlite": ("events_no_update", "events_no_delete"), "postgresql": ("events_stay on events",)}
SOUND = (Health.GOOD, "16 条，环环相扣，与台账一致")


def quiet(items: object, _: str) -> object:
    return items


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workspace]:
    """Offices that were played once and are copied for each test, by where their ledger is."""
    return {kind: Workspace(tmp_path_factory.mktemp("played") / kind) for kind in GUARDS}


@pytest.fixture
def space(played: dict[str, Workspace], tmp_path: Path, kind: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A round in which everything happened once: issued, collected, put aside and restored, consolidated."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-03")
    whole = played[kind]
    if not whole.root.exists():
        play(whole.root)
    shutil.copytree(whole.root, tmp_path / "office")
    space = open_workspace(tmp_path / "office")
    if (address := whole.ledger_url()) == space.ledger_url():  # on a server, also where the person asked for every ledger there
        copied = request.getfixturevalue("server").copy(address.rpartition("/")[2])
        settings = space.root / "settings.toml"
        settings.write_text(settings.read_text("utf-8").replace(address, copied), "utf-8")
    return space


def play(folder: Path) -> None:
    space = small_workspace(folder)
    folder = issue(space)
    type_into(folder / "东山镇_2023年第一季度进展.xlsx", space.inbox / "甲.xlsx", TOWN)
    type_into(folder / "云溪县工信局_2023年第一季度进展.xlsx", space.inbox / "乙.xlsx", filled_row("任务1", progress=130) | filled_row("任务2"))
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    for path in space.inbox.iterdir():
        os.utime(path, (moment, moment))
    collect(space, progress=quiet)  # type: ignore[arg-type]
    decide(space, [2], DecisionAction.EXCLUDE, "重复")
    decide(space, [2], DecisionAction.RESTORE)
    consolidate(space, Q1)


def log_of(space: Workspace) -> Examined:
    return next(one for one in doctor(space) if one.thing == "事件记录")


def spoil(space: Workspace, *statements: str) -> None:
    """Change the ledger behind the program's back."""
    with behind_the_back(space) as ledger:
        for guard in GUARDS[ledger.dialect.name]:
            ledger.exec_driver_sql(f"drop trigger {guard}")
        for statement in statements:
            assert ledger.exec_driver_sql(statement).rowcount


def test_every_deed_is_entered_in_order(space: Workspace) -> None:
    """Issues, returns, receipts, decisions and the workbook stand in the log in the order they happened, chained without a gap."""
    with behind_the_back(space) as ledger:
        deeds = list(ledger.exec_driver_sql("select what from events order by number").scalars())

    assert ["建账", *["登记"] * 4, *["发放"] * 4, "收表", "发放", "回执", "认定", "认定", "回执", "汇总"] == deeds
    assert SOUND == log_of(space)[1:3]


def test_papers_and_supervision_are_entered(space: Workspace) -> None:
    """A letter given its number and every paper written are entries of their own."""
    done = documents(space, Q1, yellow=True, progress=quiet)  # type: ignore[arg-type]

    with behind_the_back(space) as ledger:
        papers = ledger.exec_driver_sql("select count(*) from events where what = '文书'").scalar()
        letters = ledger.exec_driver_sql("select count(*) from supervision").scalar()
        assert letters == ledger.exec_driver_sql("select count(*) from events where what = '督办'").scalar()
    assert len(done.made) == papers
    assert log_of(space).health is Health.GOOD


@pytest.mark.parametrize("statement", ["update events set unit = '某局' where number = 5", "delete from events where number = 16"])
def test_the_database_itself_refuses_to_change_an_entry(space: Workspace, statement: str) -> None:
    """Changing or deleting an entry with any program is refused by the ledger itself."""
    with pytest.raises(sa.exc.DBAPIError, match="events are only added"), behind_the_back(space) as ledger:
        ledger.exec_driver_sql(statement)


def test_a_server_does_not_empty_the_log_either(space: Workspace, kind: str) -> None:
    """On a server also the statement that empties a whole table is refused; a file has no such statement."""
    statement = "truncate events" if kind == "postgresql" else "delete from events"
    with pytest.raises(sa.exc.DBAPIError, match="events are only added"), behind_the_back(space) as ledger:
        ledger.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("update events set details = replace(details, '东山镇', '西山镇') where number = 8", "事件记录第 8 条（{at} 发放）被改动过"),
        ("update events set hash = replace(hash, substr(hash, 1, 1), 'x') where number = 10", "事件记录第 10 条（{at} 收表）被改动过"),
        ("update events set previous = '' where number = 11", "事件记录第 11 条（{at} 发放）和前一条接不上"),
        ("delete from events where number = 3", "事件记录缺第 3 条，后面是第 4 条"),
        ("delete from events where number >= 10", "1 号文件“乙.xlsx”在台账里，事件记录里却没有"),
        ("delete from events where number >= 14", "第 3 条认定和事件记录不符"),
        ("update answers set answers = replace(answers, '\"45\"', '\"80\"') where file = 2", "2 号文件“甲.xlsx”的登记、数据或问题和事件记录不符，被改动过"),
        ("update files set outcome = 'merged' where id = 1", "1 号文件“乙.xlsx”的登记、数据或问题和事件记录不符，被改动过"),
        ("delete from findings where file = 1", "1 号文件“乙.xlsx”的登记、数据或问题和事件记录不符，被改动过"),
        ("delete from issues where unit = '东山镇'", "回执编号 {code} 的发放记录和事件记录不符"),
        ("update decisions set value = '' where id = 1", "第 1 条认定和事件记录不符"),
        ("update editions set content = replace(content, '云溪县', '云水县') where kind = 'Master'", "2023-04-03 09:00 登记的总表、表单或规则被改动过"),
    ],
)
def test_doctor_says_where_the_ledger_was_tampered_with(space: Workspace, statement: str, said: str) -> None:
    """One changed, missing or cut-off entry, value, outcome, finding, issue or decision is named."""
    with behind_the_back(space) as ledger:
        code = ledger.exec_driver_sql("select receipt from issues where unit = '东山镇'").scalar()
        moments = ledger.exec_driver_sql("select number, at from events").all()
    spoil(space, statement)

    at = next((str(moment)[:16] for number, moment in moments if f"第 {number} 条（{{at}}" in said), "")

    found = log_of(space)

    assert (Health.BAD, said.format(at=at, code=code)) == found[1:3]
    assert "verify" in found.remedy


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_one_byte_changed_in_the_file_is_found(space: Workspace) -> None:
    """A single character of an answer overwritten in the ledger's bytes, with no database program at all, is named with its file."""
    path = space.records / "ledger.db"
    content, old = path.read_bytes(), b'"progress": ["45", "45"'
    assert 1 == content.count(old)
    path.write_bytes(content.replace(old, b'"progress": ["85", "45"'))

    assert (Health.BAD, "2 号文件“甲.xlsx”的登记、数据或问题和事件记录不符，被改动过") == log_of(space)[1:3]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_restore_is_entered_and_the_chain_goes_on(space: Workspace, tmp_path: Path) -> None:
    """A ledger that came back from a backup says so in its log, and is whole."""
    backup(space, tmp_path / "备份.zip", progress=quiet)  # type: ignore[arg-type]
    restore(tmp_path / "另一台", tmp_path / "备份.zip", replace=False, progress=quiet)  # type: ignore[arg-type]

    with behind_the_back(open_workspace(tmp_path / "另一台")) as ledger:
        assert [(17, "恢复", '{"backup":"备份.zip"}')] == ledger.exec_driver_sql("select number, what, details from events where number > 16").fetchall()
    assert (Health.GOOD, "17 条，环环相扣，与台账一致") == log_of(open_workspace(tmp_path / "另一台"))[1:3]
