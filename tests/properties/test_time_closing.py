"""What was closed stays closed, whatever happens later; and everything that came is somewhere (the sentences of the time model, drawn at random)."""

import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.properties.examples import some
from tests.properties.years import AMENDMENTS, CONFLICTS, EVENTS, FINISHED, GRANTS, NOT_BEGUN, REQUESTS, Office
from tests.time.small_year import Q1, Q2, TOWN, YEAR, quietly, sheet
from toolkit.edges.clock import held
from toolkit.flows.closed.closing_account import all_standings
from toolkit.flows.closing.close_period import list_corrections
from toolkit.flows.closing.verify import verify
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.model.closing import State

Event = tuple[object, ...]
RENAME, SPLIT, TARGET, WRONG = AMENDMENTS[5], AMENDMENTS[7], AMENDMENTS[0], AMENDMENTS[1]
COLUMNS = {  # sheet → its key, the columns whose differences have to be listed
    "任务进展": ("编号", ("灯", "进展状态", "累计进度", "计划进度", "牵头单位")),
    "量化指标": ("编号", ("目标值", "累计完成值", "是否达标")),
    "报送情况": ("单位", ("结果",)),
    "单位考核": ("单位", ("总分", "名次", "等次")),
}


@some(1, share=0.02, shrink=False)
@given(events=st.lists(EVENTS, min_size=6, max_size=14))
@example(
    events=[
        ("close", Q1),
        ("return", Q1, 1, 35),
        ("rule", Q1, 2, "红"),
        ("amend", RENAME, "2023Q2"),
        ("issue", Q2),
        ("return", Q2, 0, 60),
        ("amend", WRONG, "2023Q1"),
        ("rules", 7),
        ("close", Q2),
        ("reopen", Q1),
        ("close", Q1),
        ("broken", 1),
        ("close", YEAR),
        ("next year",),
    ]
)
@example(
    events=[
        ("quarrel", Q1),
        ("ask", Q1, 0, REQUESTS[0]),
        ("quarrel", Q1),
        ("conflict", Q1, 0, CONFLICTS[0]),
        ("grant", Q1, 0, GRANTS[0]),
        ("close", Q1),
        ("conflict", Q1, 0, CONFLICTS[2]),
        ("grant", Q1, 0, GRANTS[1]),
        ("issue", Q2),
        ("quarrel", Q2),
        ("conflict", Q2, 0, CONFLICTS[4]),
        ("reopen", Q1),
        ("close", Q1),
    ]
)
@example(
    events=[
        ("type", 70),
        ("close", Q1),
        ("old copy",),
        ("arrival", Q1, 1, 28),
        ("again", 0),
        ("amend", SPLIT, "2023Q2"),
        ("issue", Q2),
        ("return", Q1, 0, 50),
        ("amend", TARGET, "2023Q2"),
        ("spoil", Q1, True),
        ("close", Q2),
    ]
)
def test_what_is_closed_is_the_same_bytes_whatever_comes_after(events: Sequence[Event]) -> None:
    """Returns, rulings, amendments, splits, renames, rules, other closings, reopenings, the next year: a closed period's book and papers stay byte for byte.

    verify finds no difference, and each file that came for a closed period is in its book or among the corrections, never in both.
    """
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        known: dict[tuple[object, int], dict[str, bytes]] = {}
        for number, event in enumerate(events):
            office.happen(event)
            if event[0] in {"close", "reopen"} or number + 1 == len(events):
                with open_office(office.space) as office_context:
                    drafts = {standing.period: standing.draft for standing in all_standings(office_context) if standing.state is State.CLOSED}
                for period, files in office.closed().items():
                    draft = drafts[period]
                    assert draft is not None
                    assert files == known.setdefault((period, draft.number), files), (period, event)
        for period in office.closed():
            with held(office.day):
                assert () == verify(office.space, period, progress=quietly).differences  # type: ignore[arg-type]
            assert_nothing_is_lost(office, period)  # type: ignore[arg-type]


def assert_nothing_is_lost(office: Office, period: type[Q1]) -> None:
    """Each file of a closed period is in the book or a correction; no unit has two lines."""
    with open_office(office.space) as office_context:
        stage = office_context.of_book(period).at(period).stage  # type: ignore[arg-type]
        assert stage is not None
        in_book = {record.id for record in stage.files}
        came = [record for record in office_context.live(period).records() if record.outcome.value != "ignored"]  # type: ignore[arg-type]
        units = [unit.unit for unit in period_standing(office_context, period).units] if stage.issued else []  # type: ignore[arg-type]
    listed = {correction.path for correction in list_corrections(office.space, period)}  # type: ignore[arg-type]
    assert [] == [record.name for record in came if record.id not in in_book and record.path not in listed]
    assert len(set(units)) == len(units)


@some(0, share=0.02, shrink=False)
@given(events=st.lists(EVENTS.filter(lambda event: event[0] not in {"close", "reopen", "next year"}), min_size=1, max_size=5))
@example(events=[("return", Q1, 1, 70), ("rule", Q1, 2, "红"), ("rules", 8), ("amend", WRONG, "2023Q1"), ("return", Q1, 0, 60)])
@example(events=[("quarrel", Q1), ("conflict", Q1, 0, CONFLICTS[0]), ("ask", Q1, 0, REQUESTS[0]), ("grant", Q1, 0, GRANTS[0])])
def test_every_difference_between_two_closings_is_listed_with_its_cause(events: Sequence[Event]) -> None:
    """Closed, opened again after anything has come, closed again: what differs between the drafts stands in 定稿后更正 of the second, with a cause."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        office.happen(("close", Q1))
        first = values(office.path(Q1))
        for event in (*events, ("reopen", Q1), ("close", Q1)):
            office.happen(event)
        second = values(office.path(Q1))
        listed = {(row["单位"] or "", row["编号"] or "", str(row["栏目"]).rpartition("：")[2]): row["原因"] for row in sheet(office.space, Q1, "定稿后更正")}

        changed = [key for key in {**first, **second} if first.get(key) != second.get(key)]
        unsaid = [key for key in changed if not any(said(key, name) and why for name, why in listed.items())]
        assert [] == unsaid


def values(path: Path) -> dict[tuple[str, str, str], object]:
    """Give the results of a book by sheet, key and column."""
    book = load_workbook(path, data_only=True)
    found: dict[tuple[str, str, str], object] = {}
    for name, (key, columns) in COLUMNS.items():
        head, *rows = book[name].iter_rows(values_only=True)
        for row in rows:
            line = dict(zip(map(str, head), row, strict=True))
            found |= {(name, str(line[key]), column): line[column] for column in columns}
    return found


def said(key: tuple[str, str, str], listed: tuple[object, object, str]) -> bool:
    """Whether a line of 定稿后更正 is about a value."""
    name, thing, column = key
    unit, number, title = listed
    return title in ({column, "整份文件"} if name == "报送情况" else {column}) and thing == (unit if COLUMNS[name][0] == "单位" else number)


ORDERED = (("return", Q1, 1, 35), ("return", Q2, 2, 60), ("return", Q2, 1, 55))
FREE: tuple[Event, ...] = (
    ("amend", TARGET, "2023Q2"),
    ("amend", AMENDMENTS[2], "2023Q2"),
    ("amend", RENAME, "2023Q3"),
    ("amend", AMENDMENTS[4], "2023Q3"),
    ("rules", 7),
    ("spoil", Q2, True),
)


@some(0, share=0.02, shrink=False)
@given(order=st.permutations(range(len(FREE))), places=st.lists(st.integers(0, len(ORDERED)), min_size=len(FREE), max_size=len(FREE)))
@example(order=[5, 4, 3, 2, 1, 0], places=[0, 3, 1, 2, 0, 3])
def test_the_order_of_events_changes_no_book(order: Sequence[int], places: Sequence[int]) -> None:
    """Amendments that say since when, rules and other things, before, between and behind the returns: the open quarter's book is the same bytes."""
    assert drawn_book([*FREE, *ORDERED]) == drawn_book(mixed(order, places))


def mixed(order: Sequence[int], places: Sequence[int]) -> list[Event]:
    """Put the free events between the returns."""
    found: list[Event] = []
    for at in range(len(ORDERED) + 1):
        found += [FREE[number] for number, place in zip(order, places, strict=True) if place == at]
        found += ORDERED[at : at + 1]
    return found


def drawn_book(events: Sequence[Event]) -> bytes:
    """Let things happen, each on the day that is its own, and draw the second quarter's book."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        office.happen(("issue", Q2))
        first = office.day
        for event in events:
            office.day = first.replace(day=10 + ([*FREE, *ORDERED].index(event)))
            office.happen(event)
        office.day = first.replace(month=7)
        office.happen(("rule", Q2, 0, "绿"))
        return office.path(Q2).read_bytes()


OF_ONE_QUARTER: tuple[Event, ...] = (
    *FREE,
    ("return", Q1, 1, 35),
    ("return", Q2, 2, 60),
    ("return", Q2, 1, 55),
    ("ask", Q2, 0, REQUESTS[0]),
    ("return", Q2, 2, FINISHED),
    ("return", Q2, 0, NOT_BEGUN),
)
RULED: tuple[Event, ...] = (("rule", Q2, 0, "绿"), ("conflict", Q2, 0, CONFLICTS[0]), ("grant", Q2, 0, GRANTS[0]))


@some(0, share=0.02, shrink=False)
@given(order=st.permutations(range(len(OF_ONE_QUARTER))))
@example(order=[11, 5, 4, 10, 3, 9, 2, 8, 1, 7, 0, 6])
def test_the_order_of_collecting_changes_no_book(order: Sequence[int]) -> None:
    """Returns sent at their own times and collected in any order, amendments and rules between: every cell of the open quarter's book is the same.

    A unit's own returns keep their order, as does what is ruled on them; only the number that each file gets in coming is another.
    """
    assert cells(of_quarter(range(len(OF_ONE_QUARTER)))) == cells(of_quarter(in_order_of_units(order)))


def in_order_of_units(order: Sequence[int]) -> list[int]:
    """Let each unit's returns of a period stand in the order in which they were sent, at the places that are theirs."""
    keys = [event[1:3] if event[0] in {"return", "ask"} else (number,) for number, event in enumerate(OF_ONE_QUARTER)]
    waiting = {key: [number for number in range(len(keys)) if keys[number] == key] for key in keys}
    return [waiting[keys[number]].pop(0) for number in order]


def of_quarter(order: Sequence[int]) -> bytes:
    """Let things happen in an order, each on the day that is its own, rule on them and draw the second quarter's book."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        office.names_by_content = True
        office.happen(("issue", Q2))
        first = office.day
        for number in order:
            office.day = first.replace(day=10 + number)
            office.happen(OF_ONE_QUARTER[number])
        office.day = first.replace(month=7)
        for event in RULED:
            office.happen(event)
        assert {"任务进展", "进展不一", "申请事项"} == set(office.typed)
        return office.path(Q2).read_bytes()


def cells(content: bytes) -> dict[tuple[str, str], object]:
    """Give every cell of a book by sheet and address, but not the files' numbers."""
    book = load_workbook(BytesIO(content))
    numbers = {(page.title, cell.column) for page in book for cell in page[1] if cell.value == "文件号"}
    found = ((page.title, cell) for page in book for row in page.iter_rows() for cell in row)
    return {(title, cell.coordinate): cell.value for title, cell in found if (title, cell.column) not in numbers}


def test_one_unit_has_not_reported() -> None:
    """The drawn office begins with one unit that is silent, so that a late return can be a first one."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        with open_office(office.space) as office_context:
            assert [TOWN] == [unit.unit for unit in period_standing(office_context, Q1).units if unit.outcome is None]
