"""A period's book knows the period and what came before it, nothing later: written again after later rounds, it is the same bytes."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.time.small_year import BUREAU, DUE, Q1, Q2, Q3, TOWN, YEAR, book, close, issue, lay, office, sent_on, take_in
from toolkit.edges.clock import held
from toolkit.edges.ledger.round_of_file import named
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import list_corrections
from toolkit.flows.intake.list_returns import decide, list_returns, move
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.model.decisions import DecisionAction
from toolkit.model.period import Period

AFTER = {Q1: date(2023, 4, 5), Q2: date(2023, 7, 5), Q3: date(2023, 10, 5)}
LATER = date(2023, 11, 1)


def play(space: Workspace, period: Period, progress: int) -> bytes:
    """Issue a quarter, let two units report and a broken file come, and write the book."""
    issue(space, period)
    for unit in (TOWN, BUREAU):
        lay(space, period, unit, progress=progress)
    broken = space.inbox / f"损坏{period.quarter}.xlsx"
    broken.write_bytes(b"PK\x03\x04" + str(period).encode())
    sent_on(broken, DUE[period].replace(day=25))
    take_in(space, AFTER[period])
    return book(space, period, AFTER[period])


def test_a_book_written_again_after_later_rounds_is_the_same_bytes(tmp_path: Path) -> None:
    """After Q2 and Q3 were issued, returned, ruled on and written, the books of Q1 and Q2 are byte for byte what they were."""
    space = office(tmp_path)
    written = {period: play(space, period, 20 * number) for number, period in enumerate((Q1, Q2, Q3), 1)}
    with held(LATER), open_office(space) as office_context:
        newest = max(file.id for file in office_context.ledger.all_files(str(Q3)))
    with held(LATER):
        decide(space, [newest], DecisionAction.EXCLUDE, "重复")

    assert {Q1: True, Q2: True, Q3: False} == {period: content == book(space, period, LATER) for period, content in written.items()}


def test_a_damaged_file_stays_in_the_round_that_was_open_when_it_came(tmp_path: Path) -> None:
    """Each quarter's broken file is in its book and its list, before and after the next round was issued; it is in no other."""
    space = office(tmp_path)
    for number, period in enumerate((Q1, Q2, Q3), 1):
        play(space, period, 20 * number)

    with open_office(space) as office_context:
        found = {period: [file.name for file in period_standing(office_context, period).other_files] for period in (Q1, Q2, Q3)}
    assert {Q1: ["损坏1.xlsx"], Q2: ["损坏2.xlsx"], Q3: ["损坏3.xlsx"]} == found
    assert [True] == ["损坏1" in one.name for one in list_returns(space, Q1) if one.unit == "—"]


def test_a_damaged_file_whose_name_tells_its_round_belongs_there(tmp_path: Path) -> None:
    """A broken file called after the first quarter belongs to it, although the second is open; the clerk may move it elsewhere."""
    space = office(tmp_path)
    play(space, Q1, 20)
    issue(space, Q2)
    broken = space.inbox / "东山镇_2023年第一季度进展（重发）.xlsx"
    broken.write_bytes(b"PK\x03\x04 again")
    sent_on(broken, date(2023, 4, 10))
    take_in(space, date(2023, 4, 11))

    at = {period: [one.number for one in list_returns(space, period) if one.name == broken.name] for period in (Q1, Q2)}
    assert ([], 1) == (at[Q2], len(at[Q1]))
    close(space, Q1, date(2023, 4, 12))
    move(space, at[Q1], Q2)
    assert [("结果改判", "归到别的一期")] == [(correction.kind, correction.now) for correction in list_corrections(space, Q1)]
    assert {Q1: [], Q2: at[Q1]} == {period: [one.number for one in list_returns(space, period) if one.name == broken.name] for period in (Q1, Q2)}


def test_a_file_that_came_before_anything_was_issued_is_in_the_first_round(tmp_path: Path) -> None:
    """Nothing that ever came is in no list."""
    space = office(tmp_path)
    (space.inbox / "早到.xlsx").write_bytes(b"PK\x03\x04 early")
    take_in(space, date(2023, 1, 1))
    play(space, Q1, 20)

    assert 2 == sum(one.unit == "—" for one in list_returns(space, Q1))


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("东山镇_2023年第二季度进展.xlsx", "2023Q2"),
        ("东山镇 2023Q1 进展.xlsx", "2023Q1"),
        ("东山镇_2023年工作方案.xlsx", "2023"),
        ("东山镇_2023年第三季度进展.xlsx", ""),  # which was not issued
        ("东山镇_2023年三季度进展.xlsx", ""),
        ("东山镇.xlsx", ""),
        ("20230405.xlsx", ""),
    ],
)
def test_a_name_tells_its_round_where_it_is_written_out(name: str, period: str) -> None:
    """The label or the code of an issued period in a file's name decides; a year is not taken for a quarter that was not issued."""
    assert period == named(name, [str(YEAR), "2023Q1", "2023Q2"])


def test_an_older_ledger_settles_its_files_by_the_days_of_issue(tmp_path: Path) -> None:
    """What an older program recorded belongs to the round that was issued last before it came, from the first opening on."""
    space = office(tmp_path)
    for period, day in ((Q1, date(2023, 3, 20)), (Q2, date(2023, 6, 20))):
        issue(space, period)
        (space.inbox / f"损坏{period.quarter}.xlsx").write_bytes(b"PK\x03\x04" + str(period).encode())
        take_in(space, day)
    with closing(sqlite3.connect(space.records / "ledger.db")) as ledger:
        ledger.execute("delete from file_rounds")
        ledger.execute("update versions set version = 4")
        ledger.commit()

    with open_office(space) as office_context:
        found = {period: [file.name for file in period_standing(office_context, period).other_files] for period in (Q1, Q2)}
    assert {Q1: ["损坏1.xlsx"], Q2: ["损坏2.xlsx"]} == found
