"""play_round: every unit of a period fills in its workbook and sends it, a few with a mistake; later they answer what was sent back to them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from toolkit.edges.played_clerk import fill_in, seeded, send, send_as_it_is
from toolkit.edges.workspace import Workspace
from toolkit.flows.demo.draw_returns import DrawnReturns
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.issuing.file_names import file_name
from toolkit.model.form import FINISHED
from toolkit.model.master import Master, Role
from toolkit.model.period import Period
from toolkit.rehearsal.played_answers import Part, answers, assign_parts, indicator_answers, plan_answers, returned_name
from toolkit.rehearsal.played_mistakes import TRICKS, Duties, Mistake, make_mistakes
from toolkit.rehearsal.played_nodes import foreseen, node_answers, planned_nodes

SEED = 2023
_AHEAD = 1_000_000  # to a unit's seed: what it says of milestones and of the year's end falls by dice of its own
_ANSWERS_AFTER = timedelta(days=2)
_NEVER_ANSWERED = {Mistake.EMPTY_WORDS, Mistake.UNTOUCHED}  # by units that leave it at that
Progress = Callable[[Sequence[Any], str], Iterable[Any]]
Row = dict[str, object]
Shown = Mapping[str, object]


class Filling(Enum):
    """How a played unit fills in its workbook: opened, typed into and saved by another library than ours, or, much faster, drawn by our own writer."""

    TYPED = "typed"
    DRAWN = "drawn"


class Players:
    """The units of a period with what each of them is to send, its mistake and its day; they fill in the workbooks that were issued.

    Only quarters' forms are drawn, and only where nothing is done to the file afterwards.
    """

    def __init__(self, office: OfficeContext, period: Period, seed: int, filling: Filling) -> None:
        self._space, self._period, self._form = office.space, period, office.form_of(period)
        self.deadline = office.deadline(period)
        folder = office.space.out(period, "发放")
        units = [unit.name for unit in office.master.addressees() if (folder / file_name(unit.name, period, self._form.name)).exists()]
        self.parts: tuple[Part, ...] = assign_parts({unit: _duties(office.master, unit) for unit in units}, self.deadline.due, period, seed)
        self._drawn = DrawnReturns(office, self._form, period) if filling is Filling.DRAWN and period.quarter else None

    def send(self, progress: Progress, *, late: bool) -> None:
        """Let every unit that is in time, or those that are `late`, fill in its workbook and send it."""
        for part in progress([part for part in self.parts if (part.sends > self.deadline.due) == late], "扮演填报"):
            if part.mistake is not Mistake.MISSING:
                _send(self._space, part, self._period, self._form.name, self._drawn)


@contextmanager
def playing(space: Workspace, period: Period, *, seed: int = SEED, filling: Filling = Filling.TYPED) -> Iterator[Players]:
    """Give the units of an issued period; what they draw by needs the ledger, which stays open as long."""
    with open_office(space) as office:
        yield Players(office, period, seed, filling)


def play(
    space: Workspace, period: Period, *, progress: Progress, seed: int = SEED, late: bool = False, filling: Filling = Filling.TYPED
) -> tuple[Part, ...]:
    """Let every unit that is in time, or those that are `late`, fill in its workbook and send it; gives the parts of all."""
    with playing(space, period, seed=seed, filling=filling) as players:
        players.send(progress, late=late)
    return players.parts


def answer(space: Workspace, period: Period, parts: Sequence[Part]) -> int:
    """Let the units that were sent something to mend send it back as it should have been; gives how many did."""
    with open_office(space) as office:
        form = office.form_of(period)
    found = 0
    for part in parts:
        receipt = space.out(period, "退回") / f"{file_name(part.unit, period, form.name).removesuffix('.xlsx')}_退改.xlsx"
        if receipt.exists() and part.mistake not in _NEVER_ANSWERED:
            found += 1
            _fill(part, period, receipt, space.inbox / receipt.name, mistake=Mistake.NONE, late=_ANSWERS_AFTER)
    return found


def send_late(space: Workspace, period: Period, parts: Sequence[Part], by: timedelta) -> str:
    """Let the first unit that had sent nothing send its return so much after the deadline; gives its name."""
    with open_office(space) as office:
        form, due = office.form_of(period), office.deadline(period).due
    part = next(part for part in parts if part.mistake is Mistake.MISSING)
    name = file_name(part.unit, period, form.name)
    _fill(replace(part, sends=due + by), period, space.out(period, "发放") / name, space.inbox / name, mistake=Mistake.NONE)
    return part.unit


def _duties(master: Master, unit: str) -> Duties:
    mine = master.duties(unit)
    led = [task for task, role in mine if role is Role.LEAD]
    return Duties(len(mine), len(led), sum(len(master.targets(task.number)) for task in led))


def _send(space: Workspace, part: Part, period: Period, form: str, drawn: DrawnReturns | None) -> None:
    name = file_name(part.unit, period, form)
    source, target = space.out(period, "发放") / name, space.inbox / returned_name(part, name)
    before = period.previous()
    if part.mistake is Mistake.UNTOUCHED:
        send_as_it_is(source, target, part.sends)
    elif part.mistake is Mistake.LAST_QUARTER and before:
        _fill(part, period, space.out(before, "发放") / file_name(part.unit, before, form), target, mistake=Mistake.NONE)
    else:
        _fill(part, period, source, target, mistake=part.mistake, drawn=drawn)
    if part.mistake is Mistake.TWICE:
        _fill(part, period, source, target.with_stem(f"{target.stem}（更正）"), mistake=Mistake.NONE, late=timedelta(days=1))


def _fill(
    part: Part,
    period: Period,
    source: Path,
    target: Path,
    *,
    mistake: Mistake,
    late: timedelta = timedelta(0),
    drawn: DrawnReturns | None = None,
) -> None:
    dice, ahead = seeded(part.seed), seeded(part.seed + _AHEAD)
    led: list[str] = []
    finished: set[str] = set()

    def speak_of_task(shown: Shown) -> Row:
        typed = answers(shown, period, dice)
        finished.update([str(shown["编号"])] if typed.get("进展状态") == FINISHED else [])
        return typed | foreseen(typed, shown, period, ahead)

    def speak_of_node(shown: Shown) -> Row:
        return node_answers(shown, period, part.sends + late, ahead, finished=str(shown["编号"]) in finished)

    def speak_of_indicator(shown: Shown) -> Row:
        return indicator_answers(shown, period, dice)

    def speak_of_plan(shown: Shown) -> Row:
        led.extend([str(shown["编号"])] if shown.get("本单位角色") == Role.LEAD else [])
        return plan_answers(shown, period.year, dice)

    def spoil_rows(rows: Sequence[Row], shown: Sequence[Shown]) -> None:
        make_mistakes(mistake, rows, shown)

    sheets = {"任务进展": speak_of_task, "指标进展": speak_of_indicator, "节点进展": speak_of_node, "工作方案": speak_of_plan}
    if drawn and mistake not in TRICKS:
        send(drawn.drawn(part.unit, sheets, spoil_rows), target, part.sends + late)
        return
    lists = {"节点": lambda: planned_nodes(led, period.year, ahead)}
    fill_in(source, target, sheets=sheets, spoil=spoil_rows, sends=part.sends + late, trick=TRICKS.get(mistake, ""), lists=lists)
