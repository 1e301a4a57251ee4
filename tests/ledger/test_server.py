"""A server that is away, full of strangers or set up wrongly: a sentence with a remedy, and never the password."""

import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tests.server import PASSWORD, Server
from tests.small import Q1, issue, keep_ledger_at, small_workspace
from toolkit.cli.main import _run
from toolkit.edges.ledger.audit import audit
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.workspace import Workspace
from toolkit.flows.upkeep.doctor import doctor
from toolkit.flows.upkeep.examined import Health
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place
from toolkit.model.returns import Arrival, Outcome, Sent

SECRET = "Geheim-9731"  # noqa: S105 - a wrong one


@pytest.fixture
def office(server: Server, tmp_path: Path) -> Workspace:
    """An office whose ledger is on the server."""
    space = small_workspace(tmp_path)
    keep_ledger_at(space, server.new())
    return space


def moved(space: Workspace, change: Callable[[str], str]) -> None:
    """Change the ledger's address in the settings."""
    settings = space.root / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace(space.ledger_url(), change(space.ledger_url())), "utf-8")


def everything_written(space: Workspace) -> str:
    """Read everything that the program has written down, but for the settings."""
    return "".join(path.read_text("utf-8", "replace") for path in space.root.rglob("*") if path.is_file() and path.name != "settings.toml")


@pytest.mark.parametrize("words", [("status",), ("collect",), ("consolidate", "2023Q1"), ("generate", "2023Q1"), ("backup", "b.zip"), ("watch", "--once")])
def test_a_server_that_is_away_is_said(office: Workspace, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody listens every command ends with exit 1, the server's place and what to check; a watch writes it down and goes on."""
    moved(office, lambda _: f"postgresql://office:{SECRET}@127.0.0.1:9/office")

    code = _run(["--workspace", str(office.root), *words])

    said = "".join(capsys.readouterr())
    assert (0 if words[0] == "watch" else 1) == code
    assert "连不上台账服务器 127.0.0.1:9。请检查网络、地址、端口" in said.replace("\n", "")
    assert [] == [word for word in (SECRET, "Traceback") if word in said + everything_written(office)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda url: url.replace("office@", f"office:{SECRET}@"), "台账服务器不认用户“office”的密码。"),
        (lambda url: url.replace("office@", f"nobody:{SECRET}@"), "台账服务器不认用户“nobody”的密码。"),
        (lambda url: url.rpartition("/")[0] + "/elsewhere", "台账服务器上没有数据库“elsewhere”。"),
        (lambda url: url.replace("127.0.0.1", "no-such-host.invalid"), "连不上台账服务器 no-such-host.invalid"),
        (lambda _: f"mysql://office:{SECRET}@127.0.0.1/office", "settings.toml 里的 ledger 不是台账地址。"),
        (lambda _: f"服务器 {SECRET}", "settings.toml 里的 ledger 不是台账地址。"),
    ],
)
def test_what_the_server_refuses_is_said(office: Workspace, change: Callable[[str], str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong password, user, database, host or address is named, by commands and by doctor, with a remedy and without the password."""
    moved(office, change)

    assert 1 == _run(["--workspace", str(office.root), "collect"])
    shown = "".join(capsys.readouterr())
    assert said in shown.replace("\n", "")
    line = next(one for one in doctor(office) if one.thing == "台账和密钥")
    assert (Health.BAD, True, True) == (line.health, line.seen.startswith(said), bool(line.remedy))
    assert [] == [word for word in (SECRET, "Traceback") if word in shown + str(line) + everything_written(office)]


def test_a_password_that_is_missing_is_asked_for(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a password in the environment or the password file the clerk is told where to put it."""
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("PGPASSFILE", str(office.root / "none"))

    with pytest.raises(CommandError, match="要密码，没有给") as said:
        Ledger(office.ledger_url())
    assert "PGPASSWORD" in said.value.advice


def test_the_password_file_is_read(office: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A password in PostgreSQL's own password file opens the ledger."""
    file = tmp_path / "pgpass"
    file.write_text(f"127.0.0.1:*:*:office:{PASSWORD}\n", "utf-8")
    file.chmod(0o600)
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("PGPASSFILE", str(file))

    Ledger(office.ledger_url()).close()


def test_a_password_in_the_settings_is_pointed_at(office: Workspace) -> None:
    """Doctor says where the ledger is, and that a password in the settings is for everybody to read; it does not repeat it."""
    good = next(one for one in doctor(office) if one.thing == "台账位置")
    moved(office, lambda url: url.replace("office@", f"office:{PASSWORD}@"))
    fair = next(one for one in doctor(office) if one.thing == "台账位置")

    assert [(Health.GOOD, True), (Health.FAIR, True)] == [(one.health, one.seen.startswith("PostgreSQL ")) for one in (good, fair)]
    assert "密码写在 settings.toml 里" in fair.seen
    assert PASSWORD not in str(fair)


def test_a_driver_that_is_missing_is_named(office: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine without psycopg the clerk is told what to install."""
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(CommandError, match="没有装连接它的组件") as said:
        Ledger(office.ledger_url())
    assert "task-toolkit[postgres]" in said.value.advice


def test_a_database_that_is_set_up_wrongly_is_named(server: Server) -> None:
    """A database that cannot hold Chinese or belongs to somebody else is told to the clerk in words for the server's keeper."""
    refused = []
    narrow = server.new("TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'")
    for address in (narrow, server.new(owner="keeper")):
        with pytest.raises(CommandError) as said:
            Ledger(address)
        refused.append(said.value.message)

    assert ["台账数据库的编码是 SQL_ASCII，存不下汉字。", "台账服务器上的用户没有权限建表或写表。"] == refused


def test_a_standby_is_for_looking_only(server: Server, office: Workspace) -> None:
    """A standby shows what is there; whoever wants to write or to begin a ledger there is told that it only reads."""
    issue(office)
    fresh = server.new()
    for _ in server.standby():
        with closing(Ledger(office.ledger_url())) as ledger:
            assert 3 == len(ledger.issued_units(str(Q1)))
        for work in (lambda: issue(office), lambda: Ledger(fresh)):
            with pytest.raises(CommandError, match="现在只能读"):
                work()
    issue(office)


def test_too_many_connections_are_said(server: Server) -> None:
    """A server that takes no more connections is named as such."""
    address = server.new()
    server.tell(f"ALTER DATABASE {address.rpartition('/')[2]} CONNECTION LIMIT 0")

    with pytest.raises(CommandError, match="连接数满了"):
        Ledger(address)


def test_a_line_that_is_cut_in_the_middle_is_said(server: Server, office: Workspace) -> None:
    """A server that stops between two reads is a sentence, and once it is back the ledger is as it was."""
    issue(office)
    with closing(Ledger(office.ledger_url())) as ledger:
        before = ledger.seals()
        server.stop()
        with pytest.raises(CommandError, match=r"断了|连不上"):
            ledger.seals()
        server.start()
    with closing(Ledger(office.ledger_url())) as ledger:
        assert before == ledger.seals()


def test_any_text_is_kept_as_in_a_file(office: Workspace) -> None:
    """Names of any length, signs of any kind and the sign of number 0 are recorded, and the log bears the rows out."""
    long = "某" * 400
    sent = Sent(f"a\0b\x01{long}.xlsx", datetime(2023, 3, 20), 2**40, "d" * 64)  # noqa: DTZ001
    finding = Finding(Code.TEXT_OUTSIDE, Place(sent.name, "表\0", "A1"), {"seen": "x\0y", "text": "\0"}, unit=f"{long}\0")
    with closing(Ledger(office.ledger_url())) as ledger:
        with ledger.writing() as connection:
            ledger.record_arrivals(connection, [(Arrival(sent, Outcome.REFUSED, "\0", long, long, findings=(finding,)), long)], at=sent.sent)
        found = ledger.all_files()[0]
        with ledger.reading() as connection:
            assert "" == audit(connection)[1]
    assert (f"ab\x01{long}.xlsx", 2**40, long, "") == (found.name, found.size, found.period, found.reason)


def test_text_is_ordered_as_in_a_file(server: Server) -> None:
    """Whatever language a server is set up for, its ledgers order text by its code points, as a file does."""
    with closing(Ledger(server.new("TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-CN' LOCALE 'C.UTF-8'"))) as ledger, ledger.reading() as connection:
        query = "select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type = 'text' and collation_name <> 'C'"
        assert [] == list(connection.exec_driver_sql(query))


def test_looking_writes_nothing(office: Workspace) -> None:
    """What reads the ledger cannot write to it: the server itself refuses."""
    issue(office)
    with closing(Ledger(office.ledger_url())) as ledger:
        with pytest.raises(CommandError, match="只能读"), ledger.reading() as connection:
            connection.exec_driver_sql("delete from issues")
        assert 3 == len(ledger.issued_units(str(Q1)))
