"""Two clerks with workspaces of their own and one ledger on a server: one closes while the other collects, and both see one truth."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.killed.instants import run, start
from tests.ledger.machines import MANY, UNITS, lay, share, two_machines
from tests.server import Server
from tests.small import Q1, filled_row, issue
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import list_corrections
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import consolidate

LATE = 3


def files_in_book(space: Workspace) -> set[int]:
    """Give the files that the closed period stands on."""
    with open_office(space) as office:
        stage = office.of_book(Q1).at(Q1).stage
        assert stage is not None
        return {record.id for record in stage.files}


@pytest.mark.parametrize("first", ["close", "collect"])
def test_a_return_that_races_a_closing_is_in_the_book_or_a_correction(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    """One closes while the other collects: each return is in the closed book or listed as 定稿后更正, never in both or neither; both books are alike."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-03")
    one, other = two_machines(tmp_path, server.new(), MANY)
    share(one, other, "records/returns")
    folder = issue(one)
    for number in range(UNITS - LATE):
        lay(one.inbox / f"{number:02}.xlsx", folder / f"第{number}局_2023年第一季度进展.xlsx", filled_row(f"任务{number}"), number)
    assert run(one.root, "collect") == 0
    for number in range(UNITS - LATE, UNITS):
        lay(other.inbox / f"{number:02}.xlsx", folder / f"第{number}局_2023年第一季度进展.xlsx", filled_row(f"任务{number}"), number)

    commands = {"close": (one.root, "close", str(Q1), "--with-open"), "collect": (other.root, "collect")}
    order = [first, *(name for name in commands if name != first)]
    running = [start(*commands[name]) for name in order]
    said = [program.communicate()[0].decode() for program in running]

    assert [0, 0] == [program.returncode for program in running], said
    with open_office(one) as office:
        all_files = {record.id: record.path for record in office.ledger.all_files(str(Q1))}
    held = files_in_book(one)
    listed = {found.path for found in list_corrections(one, Q1)}
    assert UNITS == len(all_files)
    assert {number: number not in held for number in all_files} == {number: path in listed for number, path in all_files.items()}
    assert consolidate(one, Q1).path.read_bytes() == consolidate(other, Q1).path.read_bytes()


def test_what_the_other_clerk_typed_becomes_a_correction(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ruling saved in the second clerk's copy, read only after the first has closed, is listed; the copy is kept, and both have the closed bytes."""
    from tests.time.small_year import type_ruling

    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-03")
    one, other = two_machines(tmp_path, server.new(), MANY)
    share(one, other, "records/returns")
    lay(one.inbox / "0.xlsx", issue(one) / "第0局_2023年第一季度进展.xlsx", filled_row("任务0"))
    assert [0, 0] == [run(one.root, "collect"), run(other.root, "consolidate", str(Q1))]
    type_ruling(other, Q1, "任务0", "红", "现场没有开工")
    edited = (other.out(Q1, "汇总") / f"{Q1.label}目标任务进展汇总.xlsx").read_bytes()
    assert 0 == run(one.root, "close", str(Q1), "--with-open")

    path = consolidate(other, Q1).path
    assert [("认定灯", "红", "现场没有开工")] == [(row.column, row.now, row.why) for row in list_corrections(one, Q1) if row.column == "认定灯"]
    assert [edited] == [kept.read_bytes() for kept in other.out(Q1, "定稿后改动").iterdir()]
    assert path.read_bytes() == consolidate(one, Q1).path.read_bytes()
    assert datetime(2023, 4, 3, 9) == next(iter(list_corrections(one, Q1))).at  # noqa: DTZ001 - the ledger keeps local times
