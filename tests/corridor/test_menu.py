"""The menu of a clerk who starts the program without a command."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.flows.upkeep.menu import menu
from toolkit.model.next_steps import Choice, State, next_steps

HOME = Path(__file__).parents[2]


def commands(choices: tuple[Choice, ...]) -> list[str]:
    return [" ".join(choice.command) for choice in choices]


@pytest.mark.parametrize(
    ("state", "first"),
    [
        (State(), ["import", "adopt", "demo", "doctor"]),
        (State(has_master=True, periods=("2023", "2023Q1"), open_periods=("2023",)), ["generate 2023", "generate"]),
        (State(True, ("2023Q1",), ("2023Q1",), ("2023Q1",), 3, "2023Q1", 0, 2), ["collect", "remind 2023Q1", "status 2023Q1"]),
        (State(True, ("2023Q1",), ("2023Q1",), ("2023Q1",), 0, "2023Q1", 2, 0, 1), ["returns 2023Q1", "open 2023Q1", "documents 2023Q1"]),
        (State(True, ("2023Q1", "2023Q2"), ("2023Q1", "2023Q2"), ("2023Q1",), 0, "2023Q1", 2), ["generate 2023Q2", "open 2023Q1"]),
        (State(True, ("2023Q1", "2023Q2"), ("2023Q2",), ("2023Q1", "2023Q2"), 0, "2023Q2", 2, undecided_before=(("2023Q1", 1),)), ["returns 2023Q1"]),
    ],
)
def test_what_makes_sense_next_comes_first(state: State, first: list[str]) -> None:
    """Import before anything else; files in the inbox, then decisions, then the round that has opened, then the books."""
    assert first == commands(next_steps(state))[: len(first)]


def test_the_menu_knows_how_the_work_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the period, who has returned, and what lies in the inbox."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-02-01")
    space = small_workspace(tmp_path)
    issue(space)
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", space.inbox / "来件.xlsx", filled_row("任务3"))

    found = menu(space)

    assert "2023年第一季度：发放 3 家，已报 0 家，未报 3 家；收件箱里有 1 个文件。" == found.standing
    assert ["collect", "generate 2023"] == commands(found.choices)[:2]


def test_on_a_terminal_a_clerk_gets_through_by_numbers(tmp_path: Path) -> None:
    """Started without a command on a terminal: the menu is shown, a wrong number is said, a number runs its command, q ends; no traceback."""
    space = small_workspace(tmp_path)
    issue(space)
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", space.inbox / "来件.xlsx", filled_row("任务2", lead=False) | filled_row("任务3"))
    ours, theirs = pty.openpty()
    clean = os.environ | {"PYTHONPATH": str(HOME), "TASK_TOOLKIT_TODAY": "2023-03-20", "COLUMNS": "80"}
    program = subprocess.Popen(
        [sys.executable, "-m", "toolkit.cli.main", "--workspace", str(space.root)], stdin=theirs, stdout=theirs, stderr=theirs, env=clean, cwd=HOME
    )
    os.close(theirs)
    os.write(ours, b"99\n1\nq\n")
    seen = b""
    try:
        while chunk := os.read(ours, 4096):
            seen += chunk
    except OSError:  # how the end of a terminal reads
        pass
    text = seen.decode("utf-8", "replace")

    assert 0 == program.wait()
    assert "没有“99”这一项" in text
    assert "收表结果" in text
    assert "已报 1 家" in text
    assert "Traceback" not in text
