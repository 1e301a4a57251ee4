"""Killed while closing: afterwards the period is open or closed, never in between, and the next command ends where an undisturbed one does."""

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.killed.instants import all_files, cut_off, instants_of, ledger, run, say
from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office

CLOSE = ("close", str(Q1), "--with-open")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A first quarter in which one unit has reported and a broken file came, collected."""
    space = small_workspace(tmp_path_factory.mktemp("killed") / "start")
    folder = issue(space)
    type_into(folder / "东山镇_2023年第一季度进展.xlsx", space.inbox / "乙.xlsx", filled_row("任务2", lead=False) | filled_row("任务3"))
    (space.inbox / "坏.xlsx").write_bytes(b"PK\x03\x04 half")
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    for path in space.inbox.iterdir():
        os.utime(path, (moment, moment))
    assert run(space.root, "collect") == 0
    return space.root


def is_closed(space: Path) -> bool:
    """Whether the ledger says that the period is closed."""
    with open_office(Workspace(space)) as office:
        return office.drafts.holding(Q1) is not None


def out(space: Path) -> tuple[object, ...]:
    """Give what lies in the outbox and beside the ledger."""
    return all_files(space / "outbox"), all_files(space / "records" / "定稿")


def test_killed_while_closing_it_is_open_or_closed(start: Path, tmp_path: Path) -> None:
    """Killed with SIGKILL at any instant: open, close ends as if nothing had happened; closed, the next command lays the closed bytes. One ledger at last."""
    whole = tmp_path / "whole"
    shutil.copytree(start, whole)
    told = instants_of(whole, *CLOSE)
    closed = 0

    for instant in told.some():
        cut = tmp_path / "cut"
        shutil.copytree(start, cut)
        cut_off(cut, instant, *CLOSE)
        closed += is_closed(cut)
        words = [("consolidate", str(Q1)), ("documents", str(Q1))] if is_closed(cut) else [CLOSE]
        assert [0] * len(words) == [run(cut, *word) for word in words], instant
        assert all_files(whole / "outbox") == all_files(cut / "outbox"), instant
        assert ledger(whole) == ledger(cut), instant
        assert (1, 0) == (run(cut, *CLOSE), run(cut, "verify", str(Q1)))
        shutil.rmtree(cut)
    say(f"close (closed {closed} times)", told)


def test_killed_while_reopening_it_is_open_or_closed(start: Path, tmp_path: Path) -> None:
    """Killed while it is opened again, the period is still closed, or open; the first draft is there either way, and the command can be run again."""
    closed, whole = tmp_path / "closed", tmp_path / "whole"
    shutil.copytree(start, closed)
    assert run(closed, *CLOSE) == 0
    shutil.copytree(closed, whole)
    words = ("reopen", str(Q1), "--why", "补报")
    told = instants_of(whole, *words)

    for instant in told.some(2):
        cut = tmp_path / "cut"
        shutil.copytree(closed, cut)
        cut_off(cut, instant, *words)
        assert (0 if is_closed(cut) else 1) == run(cut, *words), instant
        assert out(whole) == out(cut), instant
        assert ledger(whole) == ledger(cut), instant
        shutil.rmtree(cut)
    say("reopen", told)
