"""The sentences of the time model hold of a ledger on PostgreSQL too: one sequence each; more by `pytest --ledger-on-server` in the long mode."""

from collections.abc import Iterator

import pytest

from tests.conftest import small_offices_on
from tests.properties import test_time_closing as sentences
from tests.properties.years import AMENDMENTS
from tests.server import Server
from tests.time.small_year import Q1, Q2, YEAR

MERGE, LEAD = AMENDMENTS[8], AMENDMENTS[2]


@pytest.fixture(autouse=True)
def _on_server(server: Server) -> Iterator[None]:
    """Every small office of this file keeps its ledger on the server, in a database of its own."""
    yield from small_offices_on(server.new)


def test_what_was_closed_stays_closed() -> None:
    """A rename, a new lead, late and repeated returns, rulings, closings of several periods, an opening and the turn of the year."""
    events = [
        ("close", Q1),
        ("amend", sentences.RENAME, "2023Q2"),
        ("return", Q1, 1, 35),
        ("rule", Q1, 2, "红"),
        ("amend", LEAD, "2023Q2"),
        ("issue", Q2),
        ("return", Q2, 0, 60),
        ("return", Q2, 0, 60),
        ("amend", MERGE, "2023Q3"),
        ("close", Q2),
        ("reopen", Q1),
        ("close", Q1),
        ("close", YEAR),
        ("next year",),
    ]
    sentences.test_what_is_closed_is_the_same_bytes_whatever_comes_after.hypothesis.inner_test(events)


def test_every_difference_between_two_closings_is_listed() -> None:
    """What came between two closings stands in 定稿后更正 with its cause."""
    events = [("return", Q1, 1, 70), ("rule", Q1, 2, "红"), ("rules", 8), ("amend", sentences.WRONG, "2023Q1"), ("return", Q1, 0, 60)]
    sentences.test_every_difference_between_two_closings_is_listed_with_its_cause.hypothesis.inner_test(events)


def test_the_order_of_events_changes_no_book() -> None:
    """The same happenings in another order draw the same book."""
    sentences.test_the_order_of_events_changes_no_book.hypothesis.inner_test([5, 4, 3, 2, 1, 0], [0, 3, 1, 2, 0, 3])


def test_the_order_of_collecting_changes_no_book() -> None:
    """Returns collected in another order draw the same book."""
    sentences.test_the_order_of_collecting_changes_no_book.hypothesis.inner_test([11, 5, 4, 10, 3, 9, 2, 8, 1, 7, 0, 6])
