"""Ctrl-C in the middle of a long collect: what is done is kept, and the next run goes on from there."""

import os
import shutil
import signal
import time
from pathlib import Path

from tests.killed.instants import all_files, ledger, run, start
from tests.small import filled_row, issue, small_workspace, type_into

MANY = 1200  # so many that it is not over before the signal comes


def inbox_of(space: Path) -> list[str]:
    return sorted(path.name for path in (space / "inbox").iterdir())


def test_a_collect_that_is_stopped_says_so_and_goes_on_next_time(tmp_path: Path) -> None:
    """Stopped with Ctrl-C, collect ends with a sentence and exit code 1; run again, ledger and originals are those of an undisturbed run."""
    space = small_workspace(tmp_path / "whole")
    returned = tmp_path / "表.xlsx"
    type_into(issue(space) / "东山镇_2023年第一季度进展.xlsx", returned, filled_row("任务2", lead=False) | filled_row("任务3"))
    for number in range(MANY):  # the same table many times: all but the first are duplicates
        shutil.copy2(returned, space.inbox / f"{number:04}.xlsx")
        os.utime(space.inbox / f"{number:04}.xlsx", (1_679_300_000, 1_679_300_000))
    stopped = tmp_path / "stopped"
    shutil.copytree(space.root, stopped)

    running = start(stopped, "collect")
    while len(inbox_of(stopped)) == MANY and running.poll() is None:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)  # the reading processes get it too
    said = running.communicate()[0].decode()

    assert (1, True) == (running.returncode, "已停止。已经完成的部分都已保存，再运行一次会接着做。" in said)
    assert "Traceback" not in said
    assert 0 < len(inbox_of(stopped)) < MANY
    assert (0, 0) == (run(stopped, "collect"), run(space.root, "collect"))
    assert (ledger(space.root), all_files(space.root / "records" / "returns")) == (ledger(stopped), all_files(stopped / "records" / "returns"))
    assert [] == inbox_of(stopped)


def test_a_stop_that_comes_while_the_program_loads_is_answered_too(tmp_path: Path) -> None:
    """Ctrl-C waits until the command has loaded; then it ends with the sentence, not with Python's own words."""
    space = small_workspace(tmp_path)
    running = start(space.root, "collect", before=_stopped_already)
    said = running.communicate()[0].decode()

    assert (1, "已停止。已经完成的部分都已保存，再运行一次会接着做。") == (running.returncode, said.strip())


def _stopped_already() -> None:
    """As run.py leaves it to the command: Ctrl-C waits, and has come."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    os.kill(os.getpid(), signal.SIGINT)
