"""What is still to be ruled or told of the lives of tasks and of matters to be coordinated."""

from collections.abc import Iterator, Mapping

from toolkit.model.answered_doubts import names_in
from toolkit.model.answered_names import called, has_body_ending
from toolkit.model.coordination import Matter
from toolkit.model.days import day_in
from toolkit.model.findings import Code, Finding
from toolkit.model.life_words import CHECK_WORDS, PASSED, RETURNED
from toolkit.model.master import WITHDRAWN, Master
from toolkit.model.place import Place
from toolkit.model.requests import RequestKind
from toolkit.model.stages import Stage
from toolkit.model.standing import Round
from toolkit.model.task_life import LifeEvent, LifeState, TaskLife
from toolkit.model.values import joined_words

_SHEET, _MATTERS = "销号台账", "协调事项"


def life_findings(state: Round) -> Iterator[Finding]:
    """Ask about requests to close that wait for the office, and about words and requests that could not be followed."""
    period = str(state.period)
    for code, waits in ((Code.CLOSING_WAITS, LifeState.ASKED), (Code.CLOSING_UNNUMBERED, LifeState.CHECKED)):
        waiting = [number for number, life in state.lives.items() if life.state is waits]
        if waiting:
            yield Finding(code, Place(), {"count": str(len(waiting)), "which": joined_words(waiting)}, title=_SHEET)
    for reference, numbers in _shared_numbers(state):
        yield Finding(Code.CLOSING_SAME_NUMBER, Place(), {"which": joined_words(numbers), "reference": reference}, title=_SHEET)
    for number, life in state.lives.items():
        for refused in (refused for refused in life.refused if refused.period == period):
            unit = life.ask.unit if refused.what == RequestKind.CLOSE and life.ask else ""
            yield Finding(Code.LIFE_REFUSED, Place(), {"number": number, "word": refused.what, "why": refused.why}, unit, _SHEET)
    for task in state.tasks:
        if task.closed and task.lead is not None and task.stage is not Stage.FINISHED:
            facts = {"number": task.task.number, "reference": task.closed, "seen": task.status}
            yield Finding(Code.CLOSED_REPORTED, task.lead.row.place, facts, task.lead.unit, _SHEET)


def _shared_numbers(state: Round) -> Iterator[tuple[str, list[str]]]:
    """Give numbers under which several tasks are closed, the last of them in this round."""
    found: dict[str, list[str]] = {}
    for number, life in state.lives.items():
        if life.reference:
            found.setdefault(life.reference, []).append(number)
    for reference, numbers in found.items():
        last = [stamp for number in numbers if (stamp := state.lives[number].last(LifeEvent.NUMBER))]
        if len(numbers) > 1 and any(stamp.period == str(state.period) for stamp in last):
            yield reference, numbers


def matter_findings(state: Round) -> Iterator[Finding]:
    """Ask about days in 协调事项 that are none (what has no day is no fault), about open matters that nobody can answer or need answer any more, and about
    those given to a unit by a short name, or to units that are not one of the register's.
    """
    for matter in state.matters:
        task = state.master.task(matter.number)
        if matter.is_open and matter.is_left:
            yield Finding(Code.MATTER_LEFT, Place(), {"matter": matter.id, "unit": matter.to}, title=_MATTERS)
        yield from addressee_findings(state.master, matter)
        if matter.is_open and task is not None and task.state == WITHDRAWN:
            yield Finding(Code.MATTER_WITHDRAWN, Place(), {"matter": matter.id, "number": matter.number}, number=matter.number, title=_MATTERS)
        if matter.by and day_in(matter.by, year=0, starts=None) is None:
            yield Finding(Code.MATTER_DAY, Place(), {"matter": matter.id, "seen": matter.by}, title=_MATTERS)


def addressee_findings(master: Master, matter: Matter) -> Iterator[Finding]:
    """Say of an open matter that a short name was read as a unit's, or that what reads like units is not one of the register."""
    if matter.is_open and matter.unit_to and master.resolve(matter.to) is None:
        yield Finding(Code.MATTER_MEANT, Place(), {"matter": matter.id, "seen": matter.to, "value": matter.unit_to}, title=_MATTERS)
    if matter.is_open and not matter.unit_to and not matter.is_left and names_bodies(master, matter.to):
        yield Finding(Code.MATTER_TO, Place(), {"matter": matter.id, "seen": matter.to}, title=_MATTERS)


def names_bodies(master: Master, words: str) -> bool:
    """Whether whom a matter was given to is written as a body, or as several: 区体育局, 区财政局、区商务局, 各街道; not 李某某副区长."""
    return any(has_body_ending(name) or master.resolve(called(master, name)) for name in names_in(words))


def life_answers(lives: Mapping[str, TaskLife], master: Master, period: str) -> Iterator[Finding]:
    """Tell each unit what became in a period of its request to close a task: 通过 with its number, 退回 or 重开 with the reason."""
    for number, life in lives.items():
        word = _last_word(life, period)
        task = master.task(number)
        leads = master.roles(task) if task and word else {}
        for unit in (unit for unit in leads if task and unit in task.leads):
            grounds = life.back or life.reference
            facts = {"kind": RequestKind.CLOSE.value, "number": number, "word": word, "grounds": f"（{grounds}）" if grounds else ""}
            yield Finding(Code.REQUEST_ANSWERED, Place(), facts, unit, "申请事项")


def _last_word(life: TaskLife, period: str) -> str:
    """Give the office's last word on a task in a round, '' where there is none or the unit has asked anew since."""
    words = {LifeEvent.PASS: PASSED, LifeEvent.NUMBER: PASSED, LifeEvent.RETURN: RETURNED, LifeEvent.REOPEN: CHECK_WORDS[2]}
    last = life.stamps[-1] if life.stamps else None
    return words.get(last.event, "") if last and last.period == period else ""
