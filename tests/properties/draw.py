"""Draws sequences of events for a sentence of the time model for some minutes, and tells how many there were, of what, and which fell.

`python -m tests.properties.draw 1 --minutes 30 [--seed 7] [--on-server]`: 1 closed bytes, 2 the order of events, 2c of collecting, 3 every difference listed.
"""

import argparse
import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests import small
from tests.properties import test_time_closing as sentences
from tests.properties.years import EVENTS
from tests.server import PASSWORD, Server

_ONLY_OPEN = EVENTS.filter(lambda event: event[0] not in {"close", "reopen", "next year"})
_PLACES = st.integers(0, len(sentences.ORDERED))
SENTENCES: dict[str, tuple[Callable[..., None], dict[str, st.SearchStrategy[object]]]] = {
    "1": (sentences.test_what_is_closed_is_the_same_bytes_whatever_comes_after, {"events": st.lists(EVENTS, min_size=6, max_size=14)}),
    "2": (
        sentences.test_the_order_of_events_changes_no_book,
        {
            "order": st.permutations(range(len(sentences.FREE))),
            "places": st.lists(_PLACES, min_size=len(sentences.FREE), max_size=len(sentences.FREE)),
        },
    ),
    "2c": (sentences.test_the_order_of_collecting_changes_no_book, {"order": st.permutations(range(len(sentences.OF_ONE_QUARTER)))}),
    "3": (sentences.test_every_difference_between_two_closings_is_listed_with_its_cause, {"events": st.lists(_ONLY_OPEN, min_size=1, max_size=5)}),
}


class Drawing:
    """Sequences of one sentence, drawn until the time is over; one that falls is printed and the next is drawn."""

    def __init__(self, sentence: str, *, minutes: float) -> None:
        self._holds, self._strategies = SENTENCES[sentence]
        self._start, self._end = time.monotonic(), time.monotonic() + minutes * 60
        self._kinds: Counter[str] = Counter()
        self._count = self.fallen = 0

    def draw(self, number: int) -> None:
        """Draw with a seed."""
        every = settings(max_examples=100_000, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
        try:
            seed(number)(every(given(**self._strategies)(self._hold)))()
        except TimeoutError:
            self.tell()

    def _hold(self, **drawn: list[tuple[object, ...]]) -> None:
        if time.monotonic() > self._end:
            raise TimeoutError
        try:
            self._holds.hypothesis.inner_test(**drawn)  # type: ignore[attr-defined]
        except Exception:  # noqa: BLE001 - told, and the next one is drawn
            self.fallen += 1
            sys.stdout.write(f"falls: {drawn}\n{traceback.format_exc(limit=-4)}\n")
        self._count += 1
        self._kinds.update(str(event[0]) for event in drawn.get("events", []))
        if self._count % 10 == 0:
            self.tell()

    def tell(self) -> None:
        """Say how many there were so far."""
        kinds = "、".join(f"{kind} {count}" for kind, count in self._kinds.most_common())
        seconds = time.monotonic() - self._start
        sys.stdout.write(f"{self._count} sequences, {self._kinds.total()} events, {self.fallen} fell, {seconds:.0f} s: {kinds}\n")
        sys.stdout.flush()


def main() -> int:
    """Draw as the command line asks; 1 where a sequence fell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sentence", choices=sorted(SENTENCES))
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--on-server", action="store_true", help="keep every ledger on PostgreSQL")
    words = asked.parse_args()
    drawing = Drawing(words.sentence, minutes=words.minutes)
    if not words.on_server:
        drawing.draw(words.seed)
        return 1 if drawing.fallen else 0
    os.environ["PGPASSWORD"] = PASSWORD
    server = Server()
    small.LEDGERS.append(server.new)
    try:
        drawing.draw(words.seed)
    finally:
        small.LEDGERS.pop()
        server.end()
    return 1 if drawing.fallen else 0


if __name__ == "__main__":
    sys.exit(main())
