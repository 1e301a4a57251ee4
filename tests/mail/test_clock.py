"""The watch and a clock that people set: it goes on, and does not do in an hour what the calendar spreads over a year."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import schedule

from tests.small import MASTER, issue, small_workspace
from toolkit.edges.heartbeat import Heartbeat
from toolkit.flows.upkeep.watch import Watcher
from toolkit.model.agenda import Known, passed_over


class Clocks:
    """An even clock and one that is set; a second passes at each look of the heartbeat."""

    def __init__(self) -> None:
        self.even, self.wall = timedelta(0), datetime(2023, 3, 20, 9)  # noqa: DTZ001 - local time
        self.at: dict[int, Callable[[], None]] = {}

    def second(self, _: float) -> bool:
        """Let a second pass; gives whether the test is over."""
        self.even += timedelta(seconds=1)
        self.wall += timedelta(seconds=1)
        self.at.get(int(self.even.total_seconds()), lambda: None)()
        return self.even > timedelta(hours=3)

    def set(self, days: float) -> Callable[[], None]:
        def put() -> None:
            self.wall += timedelta(days=days)

        return put


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    made = Clocks()

    class Shown(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            del tz
            return made.wall

    monkeypatch.setattr(schedule, "datetime", SimpleNamespace(datetime=Shown, timedelta=timedelta))
    return made


@pytest.mark.parametrize("days", [-3650, -1.5, -1 / 24, 1 / 24, 365, 3650])
@pytest.mark.parametrize("within", [False, True])
def test_the_beat_is_even_however_the_clock_is_set(clocks: Clocks, monkeypatch: pytest.MonkeyPatch, days: float, *, within: bool) -> None:
    """Set back or forward by an hour, a day, ten years, between two beats or in the middle of one, the watch beats every ten minutes."""
    heart, beats = Heartbeat(10, even=lambda: clocks.even, wall=lambda: clocks.wall), list[int]()
    monkeypatch.setattr(heart, "_stop", SimpleNamespace(wait=clocks.second, is_set=bool, set=bool))

    def beat() -> None:
        beats.append(round(clocks.even.total_seconds()))
        if within and len(beats) == 4:
            clocks.set(days)()

    if not within:
        clocks.at[2000] = clocks.set(days)
    heart.run(beat)

    assert [600 * number for number in range(19)] == [round(beat, -1) for beat in beats][:19]


@pytest.mark.parametrize(("days", "said"), [(400, "往前跳了 400 天"), (-3650, "往回跳了 3650 天")])
def test_a_clock_that_jumps_is_believed_after_an_hour(clocks: Clocks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, said: str) -> None:
    """After a jump the watch fetches and collects, says why the rest waits, does it once the clock has gone evenly for an hour, and names what passed."""
    space = small_workspace(tmp_path, MASTER)
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-01-02")
    issue(space)
    lines: list[str] = []
    heart = Heartbeat(10, even=lambda: clocks.even, wall=lambda: clocks.wall)
    watcher = Watcher(space, heart, lines.append)
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-03")
    clocks.set(days)()

    watcher.beat()
    waiting = list(lines)
    clocks.even += timedelta(hours=1)
    clocks.wall += timedelta(hours=1)
    watcher.beat()

    assert [True] == [said in line and "一个小时内只收信、收表" in line for line in waiting]
    assert ["跳过 2023：这些期的日程已经过去，没有开期，也不再补做。", "开期 2023Q2：生成报送表 3 份。"] == [
        line.removeprefix("2023-04-03 09:00 ") for line in lines[1:] if "跳过" in line or "开期" in line
    ]
    assert any("汇总 2023Q1" in line for line in lines[1:])


def test_what_passed_between_two_looks_is_named_once() -> None:
    """Rounds that began and ended between two looks are passed over; issued ones, running ones and those that had begun before are not."""
    days = [datetime(2023, month, 1).date() for month in range(1, 13)]  # noqa: DTZ001 - days

    def named(since: int, today: int, *issued: str) -> tuple[str, ...]:
        return passed_over(MASTER.calendar, Known((), dict.fromkeys(issued, "0")), days[since - 1], days[today - 1])

    assert (("2023Q2",), (), (), ()) == (named(2, 8), named(2, 8, "2023Q2"), named(2, 5), named(8, 2))
