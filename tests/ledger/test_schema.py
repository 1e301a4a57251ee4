"""A ledger of an older program is brought up to today's, whole or not at all; one of a newer program is refused."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.small import Q1, small_workspace
from toolkit.edges import ledger_schema
from toolkit.edges.ledger import Ledger
from toolkit.edges.workspace import Workspace
from toolkit.flows.consolidate import consolidate
from toolkit.flows.returns import list_returns
from toolkit.flows.status import status
from toolkit.model.trouble import Trouble

OLD = Path(__file__).parents[1] / "data" / "ledger_version1.sql"  # written by the program before ledgers had a version: issues, two returns, decisions
TABLES = "select name, sql from sqlite_master order by name"


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    space = small_workspace(tmp_path)
    with closing(sqlite3.connect(path_of(space))) as ledger:
        ledger.executescript(OLD.read_text("utf-8"))
    space.key()
    return space


def path_of(space: Workspace) -> Path:
    return space.records / "ledger.db"


def test_an_old_ledger_goes_on_where_it_was(space: Workspace) -> None:
    """Returns, decisions and standing of an old ledger are all there after the first command of the new program; the old file lies beside."""
    listed = list_returns(space, Q1)
    book = consolidate(space, Q1)

    assert [("工信.xlsx", "云溪县工信局", "已汇总（有问题）"), ("来件.xlsx", "东山镇", "已汇总")] == [(one.name, one.unit, one.outcome) for one in listed]
    assert book.path.exists()
    assert (3, 2) == ((found := status(space, Q1)) and (found.issued, found.returned))
    copy = space.records / "ledger-升级前-版本1.db"
    with closing(sqlite3.connect(copy)) as kept, closing(sqlite3.connect(path_of(space))) as ledger:
        assert "\n".join(kept.iterdump()).splitlines() == OLD.read_text("utf-8").splitlines()
        assert [(ledger_schema.VERSION,)] == ledger.execute("select max(version) from versions").fetchall()
    assert 0o600 == copy.stat().st_mode & 0o777


def test_a_new_ledger_and_one_brought_up_have_the_same_tables(space: Workspace, tmp_path: Path) -> None:
    """Whatever way a ledger came to its version, its tables, indexes and triggers are the same."""
    for path in (path_of(space), tmp_path / "new.db"):
        Ledger(f"sqlite:///{path}").close()

    with closing(sqlite3.connect(path_of(space))) as old, closing(sqlite3.connect(tmp_path / "new.db")) as new:
        assert old.execute(TABLES).fetchall() == new.execute(TABLES).fetchall()


def test_a_ledger_that_is_up_to_date_is_opened_without_writing(tmp_path: Path) -> None:
    """The second opening changes no byte and makes no copy."""
    for _ in range(2):
        Ledger(f"sqlite:///{tmp_path / 'ledger.db'}").close()
        before = (tmp_path / "ledger.db").read_bytes()
    Ledger(f"sqlite:///{tmp_path / 'ledger.db'}").close()

    assert before == (tmp_path / "ledger.db").read_bytes()
    assert ["ledger.db"] == [path.name for path in tmp_path.iterdir()]


def test_a_newer_ledger_is_refused(space: Workspace) -> None:
    """A ledger of a newer program is not touched, and the clerk is told to use that program."""
    Ledger(space.ledger_url()).close()
    with closing(sqlite3.connect(path_of(space))) as ledger:
        ledger.execute("insert into versions values (99, '2030-01-01 00:00:00.000000')")
        ledger.commit()
    before = path_of(space).read_bytes()

    with pytest.raises(Trouble, match="更新的程序写的（台账版本 99") as said:
        list_returns(space, Q1)

    assert "请换用新版程序" in said.value.advice
    assert before == path_of(space).read_bytes()


def test_a_step_that_fails_leaves_the_old_ledger(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a later step breaks, what the steps before it made is gone too, also tables; the next program tries again."""

    def broken(connection: sa.Connection) -> None:
        connection.exec_driver_sql("create table half (done integer)")
        connection.exec_driver_sql("insert into nowhere values (1)")

    with closing(sqlite3.connect(path_of(space))) as ledger:
        before = list(ledger.iterdump())
    monkeypatch.setitem(ledger_schema._STEPS, ledger_schema.VERSION + 1, broken)
    monkeypatch.setattr(ledger_schema, "VERSION", ledger_schema.VERSION + 1)
    with pytest.raises(Trouble, match="没有升级成功"):
        list_returns(space, Q1)
    monkeypatch.undo()

    with closing(sqlite3.connect(path_of(space))) as ledger:
        assert before == list(ledger.iterdump())
    assert 2 == len(list_returns(space, Q1))
