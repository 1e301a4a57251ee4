"""What only the owner may read, and what a unit wrote never does to a terminal or a log."""

import os
import sqlite3
from pathlib import Path

import pytest

from tests.small import issue, small_workspace
from toolkit.cli.screen import complain, follow, plain, say, show_table
from toolkit.edges.log import log_fault, log_line

NASTY = "甲\x1b]0;坏\x07\x1b[2J\u202egnp.\u2066\x9b31m\r[red]乙[/x].xlsx"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX; on Windows the folder's rights hold")
def test_key_and_ledger_are_for_their_owner_only(tmp_path: Path) -> None:
    """The key, the ledger and what SQLite lays beside it are 0600 and the records' folder 0700, also where an older version left them open."""
    space = small_workspace(tmp_path)
    issue(space)
    ledger = space.records / "ledger.db"
    ledger.chmod(0o644)
    space.records.chmod(0o755)
    issue(small_workspace(tmp_path))
    with sqlite3.connect(ledger) as base:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("create table beside (x)")
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in space.records.iterdir() if path.name.startswith(("ledger", "seal"))}
    base.close()

    assert {"ledger.db": "0o600", "ledger.db-wal": "0o600", "ledger.db-shm": "0o600", "seal.key": "0o600"} == modes
    assert 0o700 == space.records.stat().st_mode & 0o777


def test_no_name_speaks_to_the_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """File names with escapes, bells, turned writing and markup are shown as text: in lines, tables and progress bars."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    say(NASTY)
    complain(NASTY)
    show_table("表", ("文件",), [(NASTY,)])
    assert [Path(NASTY)] == list(follow([Path(NASTY)], "收表"))

    shown = "".join(capsys.readouterr())
    assert [] == [one for one in ("\x07", "\u202e", "\u2066", "\x9b", "\x1b]", "\x1b[2J") if one in shown]
    assert ("两行\n", "\\u001b[0m") == (plain("两行\n"), plain("\x1b[0m"))


def test_no_text_writes_a_line_of_the_log(tmp_path: Path) -> None:
    """What a unit wrote cannot end its line and begin one that looks like ours."""
    space = small_workspace(tmp_path)
    forged = "x\n2023-04-03T09:00:00 'all is well'\x1b[2J\u202e"

    log_fault(space, f"reading {forged}", ValueError(forged))
    log_line(space, forged)

    faults, watch = ((space.records / "log" / name).read_text("utf-8") for name in ("程序.log", "值守.log"))
    assert 1 == len([line for line in faults.splitlines() if not line.startswith("    ")])
    assert 1 == len(watch.splitlines())
    assert [] == [one for one in ("\x1b", "\u202e") if one in faults + watch]


def test_a_long_table_is_shown_a_page_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Of tens of thousands of rows the last ones are shown, with how many there are; any page can be asked for, one that is not there is empty."""
    rows = [(f"第{number}个", "x") for number in range(1, 70_002)]

    show_table("收到的文件", ("文件", "结果"), rows)
    last = "".join(capsys.readouterr().out.split())
    show_table("收到的文件", ("文件", "结果"), rows, page=2)
    second = "".join(capsys.readouterr().out.split())
    show_table("收到的文件", ("文件", "结果"), rows, page=999)

    assert ["共70001行，只列出最后300行" in last, "第69702个" in last, "第70001个" in last, "第69701个" in last] == [True, True, True, False]
    assert ["第2/234页" in second, "第301个" in second, "第600个" in second, "第601个" in second] == [True, True, True, False]
    assert "第1个" not in capsys.readouterr().out
