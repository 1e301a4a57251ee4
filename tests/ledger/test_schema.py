"""A ledger of an older program is brought up to today's, whole or not at all; one of a newer program is refused."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ledger.conftest import behind_the_back
from tests.small import Q1, small_workspace
from toolkit.edges.ledger import schema as ledger_schema
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.ledger.ledger_tables import metadata
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.list_returns import list_returns
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.status import status
from toolkit.model.command_error import CommandError
from toolkit.model.seal import owner_of

OLD = Path(__file__).parents[1] / "data" / "ledger_version1.sql"  # written by the program before ledgers had a version: issues, two returns, decisions
KEY = "ab" * 32
SQL = OLD.read_text("utf-8").replace("TASKSEAL1.1ce1ee46.", f"TASKSEAL1.{owner_of(bytes.fromhex(KEY))}.")  # as if sealed with a key that we have
TABLES = "select name, sql from sqlite_master order by name"
# What a server tells of its tables: columns in their order, and everything that was made besides (keys, indexes, triggers).
COLUMNS = "select table_name, column_name, data_type, is_nullable, collation_name from information_schema.columns where table_schema = 'public' order by 1, 2"
BESIDES = """select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
    union select tablename::text, indexdef from pg_indexes where schemaname = 'public'
    union select tgrelid::regclass::text, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal order by 1, 2"""


@pytest.fixture
def space(tmp_path: Path, kind: str) -> Workspace:
    """An office whose ledger an old program wrote."""
    space = small_workspace(tmp_path)
    (space.records / "seal.key").write_text(KEY)
    if kind == "sqlite":
        with closing(sqlite3.connect(path_of(space))) as ledger:
            ledger.executescript(SQL)
    else:
        old_on_server(space)
    return space


def old_on_server(space: Workspace) -> None:
    """Lay the old ledger's tables and rows on the server, as the old program would have."""
    with closing(sqlite3.connect(":memory:")) as old, behind_the_back(space) as ledger:
        old.executescript(SQL)
        names = {name for (name,) in old.execute("select name from sqlite_master where type = 'table'")}
        tables = [table for table in metadata.sorted_tables if table.name in names]
        metadata.create_all(ledger, tables=tables)
        old.row_factory = sqlite3.Row
        for table in tables:
            rows = [dict(row) for row in old.execute(f"select * from {table.name}")]  # noqa: S608 - our own tables
            for column in (column for column in table.columns if isinstance(column.type, (sa.DateTime, sa.Date))):
                for row in rows:
                    moment = datetime.fromisoformat(row[column.name])
                    row[column.name] = moment if isinstance(column.type, sa.DateTime) else moment.date()
            if rows:
                ledger.execute(table.insert(), rows)


def everything(space: Workspace) -> list[object]:
    """Give every table with every row."""
    with behind_the_back(space) as ledger:
        names = sorted(sa.inspect(ledger).get_table_names())
        return [(name, sorted(map(repr, ledger.exec_driver_sql(f"select * from {name}")))) for name in names]  # noqa: S608 - our own tables


def path_of(space: Workspace) -> Path:
    return space.records / "ledger.db"


def test_an_old_ledger_goes_on_where_it_was(space: Workspace) -> None:
    """Returns, decisions and standing of an old ledger are all there after the first command of the new program."""
    listed = list_returns(space, Q1)
    book = consolidate(space, Q1)

    assert [("工信.xlsx", "云溪县工信局", "已汇总（有问题）"), ("来件.xlsx", "东山镇", "已汇总")] == [(one.name, one.unit, one.outcome) for one in listed]
    assert book.path.exists()
    assert (3, 2) == ((found := status(space, Q1)) and (found.issued, found.returned))
    with behind_the_back(space) as ledger:
        assert ledger_schema.VERSION == ledger.exec_driver_sql("select max(version) from versions").scalar()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_an_old_file_is_kept_beside(space: Workspace) -> None:
    """The old ledger lies beside the one that was brought up, unchanged and for its owner only."""
    list_returns(space, Q1)

    copy = space.records / "ledger-升级前-版本1.db"
    with closing(sqlite3.connect(copy)) as kept, closing(sqlite3.connect(path_of(space))) as ledger:
        assert "\n".join(kept.iterdump()).splitlines() == SQL.splitlines()
        assert [(ledger_schema.VERSION,)] == ledger.execute("select max(version) from versions").fetchall()
    assert 0o600 == copy.stat().st_mode & 0o777


def test_a_new_ledger_and_one_brought_up_have_the_same_tables(space: Workspace, tmp_path: Path, kind: str) -> None:
    """Whatever way a ledger came to its version, its tables, indexes and triggers are the same."""
    new = small_workspace(tmp_path / "new")
    told = []
    for one in (space, new):
        Ledger(one.ledger_url()).close()
        with behind_the_back(one) as ledger:
            told.append([list(ledger.exec_driver_sql(query)) for query in ((TABLES,) if kind == "sqlite" else (COLUMNS, BESIDES))])

    assert told[0] == told[1]


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
    with behind_the_back(space) as ledger:
        ledger.exec_driver_sql("insert into versions values (99, '2030-01-01 00:00:00.000000')")
    before = everything(space)

    with pytest.raises(CommandError, match="更新的程序写的（台账版本 99") as said:
        list_returns(space, Q1)

    assert "请换用新版程序" in said.value.advice
    assert before == everything(space)


def test_a_step_that_fails_leaves_the_old_ledger(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a later step breaks, what the steps before it made is gone too, also tables; the next program tries again."""

    def broken(connection: sa.Connection) -> None:
        connection.exec_driver_sql("create table half (done integer)")
        connection.exec_driver_sql("insert into nowhere values (1)")

    before = everything(space)
    with monkeypatch.context() as newer:
        newer.setitem(ledger_schema._STEPS, ledger_schema.VERSION + 1, broken)
        newer.setattr(ledger_schema, "VERSION", ledger_schema.VERSION + 1)
        with pytest.raises(CommandError, match="没有升级成功"):
            list_returns(space, Q1)

    assert before == everything(space)
    assert 2 == len(list_returns(space, Q1))


def test_programs_that_open_it_at_once_bring_it_up_once(space: Workspace) -> None:
    """Six programs that open an old ledger at the same moment all go on, and it is brought up by one of them."""
    line = [sys.executable, "-c", "import sys; from toolkit.edges.ledger.ledger import Ledger; Ledger(sys.argv[1]).close()", space.ledger_url()]
    running = [subprocess.Popen(line, cwd=Path(__file__).parents[2], stderr=subprocess.PIPE) for _ in range(6)]
    said = [(one.communicate()[1].decode(), one.returncode) for one in running]

    assert [("", 0)] * 6 == said
    with behind_the_back(space) as ledger:
        assert [ledger_schema.VERSION] == list(ledger.exec_driver_sql("select version from versions").scalars())
        assert [(1, "建账")] == [tuple(row) for row in ledger.exec_driver_sql("select number, what from events")]
