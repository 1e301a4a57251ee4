"""Several units in one workbook, drawn at random: every value goes to who said it, or is asked about; none to another, none is lost."""

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Protocol

import pytest

from tests.parts.drawn_books import CODES, SENT, SHAPES, UNITS, Book, Cell, Hand, office
from tests.parts.drawn_odd_books import ODD_SHAPES
from tests.small import Q1, accepted, issue, small_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.model.findings import Code
from toolkit.model.period import Period
from toolkit.model.returns import Arrival, Row

BOOKS, ODD_BOOKS = 130, 40
_ASKS = {Code.ROW_EXTRA, Code.ROWS_EXTRA, Code.CELL_TWICE, Code.NOT_PARTED}


class Drawn(Protocol):
    """What is counted: what every cell must end as, and which may not go in without being asked about."""

    truth: dict[Cell, object]
    doubtful: set[Cell]


def judged(book: Drawn, rows: Mapping[str, list[Row]], arrivals: list[Arrival], name: str) -> Counter[str]:
    """Count a book's cells that went to who said them, that were asked about, that went wrong, and that were lost."""
    counts: Counter[str] = Counter()
    mine = [arrival for arrival in arrivals if arrival.sent.name.startswith(name)]
    held = {
        (arrival.unit, row.number, code): answer.value for arrival in mine for row in rows.get(arrival.sent.name, ()) for code, answer in row.answers.items()
    }
    asked = any(finding.code in _ASKS or finding.code is Code.DISAGREE for arrival in mine for finding in arrival.findings)
    for (unit, number, title), value in book.truth.items():
        seen = held.pop((unit, number, CODES[title]), None)
        if seen == (Decimal(value) if isinstance(value, int) else value):
            counts["right" if (unit, number, title) not in book.doubtful else "right, though doubtful"] += 1
        else:
            counts["asked" if seen is None and asked else "lost" if seen is None else "wrong"] += 1
    counts["wrong"] += len(held)
    return counts


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """An office that has issued two rounds to units that are called nearly alike."""
    space = small_workspace(tmp_path_factory.mktemp("parts"), office())
    issue(space)
    issue(space, Period(2023, 2))
    return space


@pytest.mark.parametrize(("shapes", "count", "seed"), [(SHAPES, BOOKS, 253), (ODD_SHAPES, ODD_BOOKS, 255)], ids=("usual", "odd"))
def test_no_value_goes_to_another_unit(space: Workspace, shapes: Sequence[Callable[[Hand, list[str]], Book]], count: int, seed: int) -> None:
    """Of random shapes each value is right or asked about, and what is certain is not asked."""
    random = Random(seed)  # noqa: S311 - no secret
    hand = Hand(space, space.out(Q1, "发放"), random)
    books = [shapes[at % len(shapes)](hand, random.sample(UNITS, random.choice((2, 3, 4)))) for at in range(count)]
    for at, book in enumerate(books):
        path = space.inbox / f"{seed}第{at}本.xlsx"
        book.book.save(path)
        os.utime(path, (SENT.timestamp() + at, SENT.timestamp() + at))
    done = collect(space, progress=lambda items, _: items)
    rows = accepted(space)

    counts = {at: judged(book, rows, list(done.arrivals), f"{seed}第{at}本.xlsx") for at, book in enumerate(books)}
    total = sum(counts.values(), Counter[str]())
    by_kind = {kind: sum((counts[at] for at, book in enumerate(books) if book.kind == kind), Counter[str]()) for kind in {book.kind for book in books}}
    print(dict(total), {kind: dict(count) for kind, count in sorted(by_kind.items())})  # noqa: T201 - the figures of the report

    assert [] == [(books[at].kind, at, dict(count)) for at, count in counts.items() if count["wrong"] or count["lost"]]
    assert 0 == done.faults
    assert total["asked"] <= sum(len(book.doubtful) for book in books)
