"""The played year: work plans and four quarters of the real notice, with some forty mistakes; each ends where it should."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from toolkit.edges.played_file_tricks import known_tricks
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.flows.closing.verify import verify
from toolkit.flows.demo.demo_year import Played, demo_year
from toolkit.model.findings import Code
from toolkit.model.form import PROGRESS
from toolkit.model.period import Period
from toolkit.model.returns import Arrival, Outcome
from toolkit.rehearsal.played_answers import assign_parts
from toolkit.rehearsal.played_mistakes import ROUNDS, TRICKS, Duties, Mistake

MERGED, FINDINGS, WAITING, REFUSED = Outcome.MERGED, Outcome.WITH_FINDINGS, Outcome.WAITING, Outcome.REFUSED
EXPECTED = {
    Mistake.LATE: (MERGED, "LATE"),
    Mistake.RENAMED: (MERGED, ""),
    Mistake.TEXT_PERCENT: (MERGED, "READ_AS"),
    Mistake.WRONG_STATUS: (FINDINGS, "NOT_CHOICE"),
    Mistake.WORD_PERCENT: (MERGED, "READ_AS"),
    Mistake.RANGE: (FINDINGS, "IS_RANGE"),
    Mistake.TOO_HIGH: (FINDINGS, "TOO_HIGH"),
    Mistake.NO_PROGRESS: (FINDINGS, "BLANK"),
    Mistake.BACKWARDS: (FINDINGS, "LAGGING_UNEXPLAINED"),
    Mistake.EMPTY_WORDS: (FINDINGS, "NO_SUBSTANCE"),
    Mistake.ALL_ALIKE: (FINDINGS, "ALL_ALIKE"),
    Mistake.TASK_COPIED: (FINDINGS, "COPY_OF_TASK"),
    Mistake.NOT_FULL: (FINDINGS, "FINISHED_NOT_FULL"),
    Mistake.TICKED: (FINDINGS, "NOT_CHOICE"),
    Mistake.DITTO: (FINDINGS, "UNDERSTOOD"),
    Mistake.OTHER_MEASURE: (FINDINGS, "OTHER_UNIT"),
    Mistake.NO_PHONE: (FINDINGS, "NOT_PHONE"),
    Mistake.DAY_AS_WORDS: (MERGED, "READ_AS"),
    Mistake.ROWS_TURNED: (MERGED, "ROWS_REORDERED"),
    Mistake.ROW_DELETED: (FINDINGS, "ROW_MISSING"),
    Mistake.ROW_ADDED: (FINDINGS, "ROW_EXTRA"),
    Mistake.COLUMN_ADDED: (FINDINGS, "COLUMN_EXTRA"),
    Mistake.TITLE_CHANGED: (MERGED, "COLUMN_ALIAS"),
    Mistake.SHEET_RENAMED: (MERGED, "SHEET_RENAMED"),
    Mistake.LINES_ABOVE: (MERGED, "TEXT_ABOVE"),
    Mistake.TARGET_CHANGED: (FINDINGS, "CHANGED"),
    Mistake.SEAL_LOST: (FINDINGS, "NO_SEAL"),
    Mistake.NEW_BOOK: (FINDINGS, "NO_SEAL"),
    Mistake.OLD_FORMAT: (FINDINGS, "NO_SEAL"),
    Mistake.ZIPPED: (MERGED, ""),
    Mistake.MAILED: (MERGED, ""),
    Mistake.CUT_SHORT: (REFUSED, "DAMAGED"),
    Mistake.NOT_A_TABLE: (REFUSED, "UNKNOWN"),
    Mistake.UNTOUCHED: (Outcome.IGNORED, "BLANK_FORM"),
    Mistake.TWICE: (FINDINGS, "TOO_HIGH"),
    Mistake.LAST_QUARTER: (WAITING, "OTHER_PERIOD"),
}  # where the unit's first file ends, and a finding that says why


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, tuple[Played, ...]]:
    """Play the year once."""
    folder = tmp_path_factory.mktemp("year")
    rounds = demo_year(folder, say=lambda _: None, show_table=lambda *_: None, progress=lambda items, _: items)
    return open_workspace(folder), rounds


def firsts(rounds: tuple[Played, ...]) -> Iterator[tuple[Mistake, Arrival | None]]:
    """Give each played mistake with the first workbook that came of it."""
    for played in rounds:
        for part in played.parts:
            if part.mistake is not Mistake.NONE:
                came = [
                    arrival
                    for arrival in played.first.arrivals
                    if part.unit in arrival.sent.name and (arrival.outcome is not Outcome.IGNORED or _is_blank(arrival))
                ]
                yield part.mistake, came[0] if came else None


def _is_blank(one: Arrival) -> bool:
    return any(finding.code is Code.BLANK_FORM for finding in one.findings)


def test_every_mistake_ends_where_it_should(year: tuple[Workspace, tuple[Played, ...]]) -> None:
    """Each mistake of the year has its outcome, and a finding names it; those who sent nothing have no file."""
    wrong = []
    for mistake, came in firsts(year[1]):
        seen = (came.outcome, {finding.code.name for finding in came.findings} | {""}) if came else None
        if mistake is Mistake.MISSING:
            wrong += [mistake] if seen else []
        elif seen is None or seen[0] is not EXPECTED[mistake][0] or EXPECTED[mistake][1] not in seen[1]:
            wrong.append((mistake.name, seen))

    assert [] == wrong
    assert set(Mistake) - {Mistake.NONE} == {mistake for mistake, _ in firsts(year[1])}


def test_what_was_sent_back_is_mended_and_the_year_adds_up(year: tuple[Workspace, tuple[Played, ...]]) -> None:
    """Answered receipts leave no error behind; every unit but the missing ones, and the one whose form was blank, counts."""
    errors = [{unit.unit for unit in played.book.round.units if unit.errors} for played in year[1]]
    untouched = next(part.unit for part in year[1][4].parts if part.mistake is Mistake.UNTOUCHED)
    silent = [sum(unit.outcome is None for unit in played.book.round.units) for played in year[1]]

    assert [set(), set(), set(), set(), set()] == errors
    assert [untouched] == [unit.unit for unit in year[1][4].book.round.units if unit.blank]
    assert [1, 1, 3, 1, 2] == silent  # in the second quarter also the broken file and last quarter's form, in the third the letter, in the last the blank form


def test_the_last_book_knows_the_quarters_before(year: tuple[Workspace, tuple[Played, ...]]) -> None:
    """In the fourth quarter progress of all four stands side by side, and hardly any of it goes back."""
    tasks = [task for task in year[1][4].book.round.tasks if task.lead and task.lead.row.value(PROGRESS) is not None]
    whole = [task.quarters for task in tasks if all(quarter is not None for quarter in task.quarters)]

    assert len(whole) > 100
    assert sum(list(one) != sorted(one) for one in whole) <= 2  # the played step back, and what it did to the rows below


def test_originals_bear_out_the_year(year: tuple[Workspace, tuple[Played, ...]]) -> None:
    """Read once more, the originals of every round give what the ledger holds; no book of an open round, nor the year's, is stale."""
    found = {str(period): verify(year[0], period, progress=lambda items, _: items) for period in (Period(2023), *Period(2023).quarters())}

    assert {name: 0 for name in found} == {name: len(one.differences) for name, one in found.items()}  # noqa: C420 - reads as what it says
    assert all("完全一致" in line for name in ("2023", "2023Q2", "2023Q3", "2023Q4") for line in found[name].books[:1])


def test_the_seed_decides_and_every_trick_is_known() -> None:
    """The same seed casts the same parts, another one others; each mistake that is a trick names one that the player knows, each is played once a year."""
    duties = {f"单位{at}": Duties(at % 5 + 1, at % 3, at % 2) for at in range(40)}

    def parts(seed: int) -> object:
        return [assign_parts(duties, date(2023, 6, 30), Period(2023, quarter), seed) for quarter in range(5)]

    assert parts(7) == parts(7) != parts(8)
    assert set(TRICKS.values()) == known_tricks()
    assert set(Mistake) - {Mistake.NONE} == {mistake for round_ in ROUNDS.values() for mistake in round_}


def test_the_year_leaves_its_papers(year: tuple[Workspace, tuple[Played, ...]]) -> None:
    """Every quarter has its bulletin, the year its collected work plans."""
    folder: Path = year[0].root / "outbox"

    assert all(list((folder / str(period) / "文书").glob("*通报*.docx")) for period in Period(2023).quarters())
    assert list((folder / "2023" / "文书").glob("*汇编*.docx"))
