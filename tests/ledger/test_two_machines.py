"""Two machines with one ledger: nothing is taken twice, given twice or lost, also when one of them dies."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from tests.killed.instants import all_files, cut_off, instants_of, run, start
from tests.ledger.conftest import behind_the_back
from tests.ledger.machines import MANY, UNITS, lay, returned, reworded, share, two_machines
from tests.server import Server
from tests.small import Q1, filled_row, issue
from toolkit.edges.ledger import postgres_server as ledger_server
from toolkit.edges.ledger.audit import audit
from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import WORK, Workspace, open_workspace
from toolkit.flows.closing.verify import verify
from toolkit.flows.intake.collect import collect
from toolkit.flows.intake.list_returns import decide
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.upkeep.doctor import doctor
from toolkit.flows.upkeep.renew_key import new_key
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import DecisionAction

HOLDS = "select count(*) > 0 from pg_locks where locktype = 'advisory' and granted and objid <> 0 and mode = 'ExclusiveLock'"
TOWN = filled_row("任务2", lead=False) | filled_row("任务3")


def quiet(items: object, _: str) -> object:
    return items


def taken(space: Workspace) -> list[str]:
    """Give the name of every file in the ledger, whose chain must hold."""
    with closing(Ledger(space.ledger_url())) as ledger:
        with ledger.reading() as connection:
            assert not (broken := audit(connection)[1]), broken
        return sorted(file.name for file in ledger.all_files())


def database(space: Workspace) -> str:
    return space.ledger_url().rpartition("/")[2]


def test_two_collects_from_a_shared_inbox_take_every_file_once(server: Server, tmp_path: Path) -> None:
    """Two machines that collect from one inbox at the same moment take each file once between them, and both end well."""
    first, second = two_machines(tmp_path, server.new(), MANY)
    share(first, second, "inbox", "records/returns")
    returned(first, first.inbox)

    running = [start(space.root, "collect") for space in (first, second)]
    said = [one.communicate()[0].decode() for one in running]

    assert [0, 0] == [one.returncode for one in running], said
    assert [f"{number:02}.xlsx" for number in range(UNITS)] == taken(first)
    assert [] == list(first.inbox.iterdir())


def test_the_same_file_in_two_inboxes_is_taken_once(server: Server, tmp_path: Path) -> None:
    """A return that lies in both machines' inboxes is recorded once; the second machine says that it had come already."""
    first, second = two_machines(tmp_path, server.new(), MANY)
    returned(first, first.inbox)
    shutil.copytree(first.inbox, second.inbox, dirs_exist_ok=True)

    running = [start(space.root, "collect") for space in (first, second)]
    said = [one.communicate()[0].decode() for one in running]

    assert [0, 0] == [one.returncode for one in running], said
    assert [f"{number:02}.xlsx" for number in range(UNITS)] == taken(first)
    assert 1 == sum(f"另有 {UNITS} 个文件以前已收过" in one for one in said)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.8])
def test_a_machine_that_dies_leaves_its_work_to_the_other(server: Server, tmp_path: Path, part: float) -> None:
    """Killed with SIGKILL in the middle of a collect: the other machine goes on at once, and nothing is lost or taken twice."""
    first, second = two_machines(tmp_path, server.new(), MANY)
    share(first, second, "inbox", "records/returns")
    files = returned(first, first.inbox)
    alone = Workspace(tmp_path / "独自")
    shutil.copytree(first.root, alone.root)
    (alone.root / "settings.toml").write_text(f'ledger = "{server.copy(database(first))}"\n', "utf-8")
    deeds = instants_of(alone.root, "collect").instants

    cut_off(first.root, round(part * deeds), "collect")
    assert 0 == run(second.root, "collect")

    assert sorted(files) == taken(second)
    assert [] == list(first.inbox.iterdir())
    kept = list(all_files(first.returns).values())
    assert sorted(files.values()) == sorted(content for content in kept if content in files.values())
    assert {} == {one.thing: one.seen for one in doctor(second) if one.thing == "原件"}


def test_who_waits_goes_on_when_the_other_dies(server: Server, tmp_path: Path) -> None:
    """A collect that waits for another machine starts the moment that machine's program is killed, without waiting for its patience to end."""
    first, second = two_machines(tmp_path, server.new(), MANY)
    share(first, second, "inbox", "records/returns")
    files = returned(first, first.inbox)
    dying = start(first.root, "collect")
    assert server.waiting(HOLDS, database(first))
    waiting = start(second.root, "collect")
    dying.kill()
    dying.communicate()
    said = waiting.communicate()[0].decode()

    assert 0 == waiting.returncode, said
    assert sorted(files) == taken(second)


def test_it_is_said_who_holds_the_ledger(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another machine collects, generating waits for a while and then says who is at it; looking is always possible."""
    first, second = two_machines(tmp_path, server.new())
    issue(first)
    monkeypatch.setattr(ledger_server, "PATIENCE", 1)

    with closing(Ledger(first.ledger_url())) as ledger, ledger.database.alone(WORK):
        with pytest.raises(CommandError, match=r"另一个程序（机器 .+）正在用这本台账收表或生成。"):
            issue(second)
        assert 0 == run(second.root, "status")
    issue(second)


def test_two_generates_at_once_give_no_receipt_twice(server: Server, tmp_path: Path) -> None:
    """Machines whose master lists differ issue at the same moment: each workbook has a receipt code and a seal of its own, and its return is taken in."""
    first, second = two_machines(tmp_path, server.new(), MANY)
    second.master.write_bytes(master_bytes(reworded(MANY, "完成另一个项目。")))
    running = [start(space.root, "generate", "2023Q1") for space in (first, second)]
    said = [one.communicate()[0].decode() for one in running]

    assert [0, 0] == [one.returncode for one in running], said
    codes = []
    for space in (first, second):
        form = space.out(Q1, "发放") / f"第{UNITS - 1}局_2023年第一季度进展.xlsx"
        codes.append(load_workbook(form)["任务进展"]["A2"].value)
        lay(space.inbox / "来件.xlsx", form, filled_row(f"任务{UNITS - 1}", progress=30 + len(codes)), len(codes))
    assert 2 == len(set(codes))
    with behind_the_back(first) as ledger:
        assert UNITS + 1 == ledger.execute(sa.text("select count(*) from issues")).scalar()
    for space in (first, second):
        assert [True] == [arrival.outcome.counts for arrival in collect(space, progress=quiet).arrivals]  # type: ignore[arg-type]


def test_who_has_lost_the_hold_writes_nothing_more(server: Server, tmp_path: Path) -> None:
    """When the line is cut another machine may begin; the first one's next write is refused, and so is every later one."""
    first, _ = two_machines(tmp_path, server.new())
    with closing(Ledger(first.ledger_url())) as ledger, ledger.database.alone(WORK):
        with ledger.writing() as connection:
            append(connection, EventKind.WATCH, said="before")
        server.cut(database(first))
        with closing(Ledger(first.ledger_url())) as other, other.database.alone(WORK):
            for _ in range(2):
                with pytest.raises(CommandError, match="连接中途断了"), ledger.writing() as connection:
                    append(connection, EventKind.WATCH, said="after")
    with closing(Ledger(first.ledger_url())) as ledger, ledger.reading() as connection:
        assert 2 == audit(connection)[0]


def test_a_machine_without_power_is_given_up(server: Server, tmp_path: Path) -> None:
    """The server asks a silent machine after 15 seconds, and gives up what it held half a minute later."""
    first, _ = two_machines(tmp_path, server.new())
    with closing(Ledger(first.ledger_url())) as ledger, ledger.reading() as connection:
        shown = [connection.exec_driver_sql(f"show tcp_keepalives_{name}").scalar() for name in ("idle", "interval", "count")]

    assert ["15", "5", "3"] == shown


def test_a_second_key_stops_the_work_and_is_told_how_to_mend_it(server: Server, tmp_path: Path) -> None:
    """A second machine with a key of its own, or none, issues and takes nothing; with the first one's key it does. No key is made in silence."""
    first, second = two_machines(tmp_path, server.new())
    issue(first)
    key = second.records / "seal.key"

    key.write_text("cd" * 32)
    for work in (lambda: issue(second), lambda: collect(second, progress=quiet)):  # type: ignore[arg-type]
        with pytest.raises(CommandError, match="和台账里发过的表对不上") as said:
            work()
    assert "records/seal.key 拷过来" in said.value.advice
    assert "对不上" in next(one.seen for one in doctor(second) if one.thing == "台账和密钥")
    key.unlink()
    with pytest.raises(CommandError, match="不见了"):
        issue(second)
    assert not key.exists()

    shutil.copy(first.records / "seal.key", key)
    issue(second)
    with pytest.raises(CommandError, match="密钥还在"):
        new_key(second)


def test_a_new_key_is_everybodys(server: Server, tmp_path: Path) -> None:
    """When the office gives up a lost key on one machine, the other one's old key is refused from then on."""
    first, second = two_machines(tmp_path, server.new())
    issue(first)
    (second.records / "seal.key").unlink()
    new_key(second)
    issue(second)

    with pytest.raises(CommandError, match="对不上"):
        issue(first)
    with closing(Ledger(first.ledger_url())) as ledger, ledger.reading() as connection:
        assert "" == audit(connection)[1]


def test_rights_given_to_several_people_stay(server: Server, tmp_path: Path) -> None:
    """Where the ledger is on a server the folder of records keeps the rights that its keeper gave it; elsewhere it is its owner's alone."""
    first, _ = two_machines(tmp_path, server.new())
    modes = []
    for address in (first.ledger_url(), ""):
        (first.root / "settings.toml").write_text(f'ledger = "{address}"\n', "utf-8")
        first.records.chmod(0o770)
        open_workspace(first.root)
        modes.append(oct(first.records.stat().st_mode & 0o777))

    assert ["0o770", "0o700"] == modes


def test_originals_on_the_other_machine_are_missed_aloud(server: Server, tmp_path: Path) -> None:
    """A machine that does not have the originals says so when it verifies, consolidates, decides or is examined, and what would help."""
    first, second = two_machines(tmp_path, server.new())
    lay(first.inbox / "来件.xlsx", issue(first) / "东山镇_2023年第一季度进展.xlsx", TOWN)
    collect(first, progress=quiet)  # type: ignore[arg-type]
    decide(first, [1], DecisionAction.EXCLUDE)
    decide(first, [1], DecisionAction.RESTORE)

    found = verify(second, Q1, progress=quiet)  # type: ignore[arg-type]
    left = consolidate(second, Q1).left

    assert ["这台机器上没有原件"] == [difference.original for difference in found.differences]
    for said in (found.books[-1], left[-1], next(one.remedy for one in doctor(second) if one.thing == "原件")):
        assert "共用一个 records/returns 文件夹" in said
    share(first, second, "records/returns")
    assert ((), ()) == (verify(second, Q1, progress=quiet).differences, consolidate(second, Q1).left)  # type: ignore[arg-type]
