"""Evidence in the ledger, on a file and on a server: an older ledger grows its table, matches are only added, the log tells of each."""

import os
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ledger.conftest import behind_the_back
from tests.small import Q1, issue, small_workspace
from toolkit.edges.ledger import schema
from toolkit.edges.ledger.audit import audit
from toolkit.edges.ledger.evidence_records import matches
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.intake.list_returns import assign
from toolkit.flows.upkeep.backup import backup, restore

JPG = b"\xff\xd8\xff\xe0" + b"0" * 500


@pytest.fixture
def space(tmp_path: Path, kind: str) -> Workspace:  # noqa: ARG001 - where its ledger is
    space = small_workspace(tmp_path / "办公室")
    issue(space)
    return space


def came(space: Workspace) -> None:
    """One picture of the town's third task."""
    path = space.inbox / "东山镇" / "任务3" / "照片.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(JPG)
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(path, (moment, moment))
    collect(space, progress=lambda items, _: items)


def audited(space: Workspace) -> str:
    ledger = Ledger(space.ledger_url())
    try:
        with ledger.reading() as connection:
            return audit(connection)[1]
    finally:
        ledger.close()


def found(space: Workspace) -> list[tuple[str, tuple[str, ...], str]]:
    ledger = Ledger(space.ledger_url())
    try:
        return [(piece.unit, piece.tasks, piece.digest[:6]) for piece in matches(ledger, str(Q1))]
    finally:
        ledger.close()


def test_a_ledger_of_version_six_grows(space: Workspace) -> None:
    """A ledger without the table gets it when it is opened; evidence is taken from then on."""
    with behind_the_back(space) as ledger:
        ledger.exec_driver_sql("drop table evidence")
        ledger.exec_driver_sql("delete from versions")
        ledger.exec_driver_sql("insert into versions (version, at) values (6, '2023-01-01 00:00:00')")
    came(space)
    with behind_the_back(space) as ledger:
        assert schema.VERSION == ledger.exec_driver_sql("select max(version) from versions").scalar()
    assert [("东山镇", ("任务3",))] == [piece[:2] for piece in found(space)]
    assert "" == audited(space)


def test_matches_are_added_and_the_last_holds(space: Workspace) -> None:
    """Another word on a file is another line; the earlier one stays, and the log tells of both."""
    came(space)
    assign(space, [1], "东山镇", Q1, tasks=["任务2"])
    with behind_the_back(space) as ledger:
        assert ['["任务3"]', '["任务2"]'] == list(ledger.exec_driver_sql("select tasks from evidence order by id").scalars())
    assert [("东山镇", ("任务2",))] == [piece[:2] for piece in found(space)]
    assert "" == audited(space)


def test_a_match_that_was_tampered_with_is_seen(space: Workspace) -> None:
    """A line that somebody changed behind the program's back is told by the log."""
    came(space)
    with behind_the_back(space) as ledger:
        ledger.execute(sa.text("update evidence set unit = '云溪县工信局'"))
    assert "1 号文件归作佐证材料的登记和事件记录不符，被改动过" == audited(space)


def test_evidence_survives_a_backup(space: Workspace, tmp_path: Path) -> None:
    """Backed up and restored elsewhere, evidence and its original are there."""
    came(space)
    backup(space, tmp_path / "备份.zip", progress=lambda items, _: items)
    again = Workspace(tmp_path / "新的")
    restore(again.root, tmp_path / "备份.zip", replace=False, progress=lambda items, _: items)
    assert found(space) == found(again)
    assert 1 == len(list(again.returns.rglob("*照片.jpg")))
