"""Makes of rounds and the office's words how far each task is: events in the only order that counts, each allowed by the table of transitions or refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from toolkit.model.days import day_in
from toolkit.model.decisions import Decision
from toolkit.model.life_words import CHECK, CHECK_DAY, CHECK_REFERENCE, CHECK_WHY, PASSED, REOPENED, RETURNED, SIGNED_ON
from toolkit.model.master import Master
from toolkit.model.task_life import TRANSITIONS, Ask, LifeEvent, LifeState, LifeTurn, Refused, Stamp, TaskLife

_EVENTS = {PASSED: LifeEvent.PASS, RETURNED: LifeEvent.RETURN, REOPENED: LifeEvent.REOPEN}
_SHEET = "销号台账"
_AHEAD = timedelta(days=31)  # a paper may be dated some days ahead
NO_EVIDENCE = "申请办结没有附佐证材料"
NOT_ASKED = "还没有单位申请办结"


class _Word(NamedTuple):
    """A ruling that holds: the word, when and by whom it was given."""

    word: str
    at: date
    who: str


class _Ruling(NamedTuple):
    """What was typed into one row of the sheet: the words that hold, one after the other, and what stands in its other cells."""

    words: tuple[_Word, ...]
    fields: Mapping[str, Decision]

    def text(self, field: str) -> str:
        """Give what stands in a cell, '' for nothing."""
        return self.fields[field].value if field in self.fields else ""


def lives(master: Master, turns: Sequence[LifeTurn], words: Sequence[Decision]) -> dict[str, TaskLife]:
    """Give the life of every live task by its number; `turns` are the rounds up to the one that is looked at, `words` all on lives, oldest first.

    Of a round the rulings on earlier requests come first, then what was handed out and came back, then its own requests, each with its ruling:
    so that no clock decides. A request without evidence, and a ruling where nobody asked, are refused.
    """
    rulings = _rulings(words)
    found = {}
    for task in master.live_tasks():
        leads = master.leads(task)
        life = TaskLife(task.number)
        for turn in turns:
            life = _through(life, turn, leads, rulings.get((turn.period, task.number), {}))
        found[task.number] = life
    return found


def _rulings(words: Iterable[Decision]) -> dict[tuple[str, str], dict[str, _Ruling]]:
    """Sort words by (period, task) and mark; a later word in one cell takes the place of the earlier, but 重开 follows 通过."""
    found: dict[tuple[str, str], dict[str, _Ruling]] = {}
    for word in words:
        period, number, mark = (*word.subject.split("|"), "")[:3]
        rulings = found.setdefault((period, number), {})
        ruling = rulings.get(mark, _Ruling((), {}))
        if word.field == CHECK:
            new = (_Word(word.value, word.at.date(), word.who),) if word.value else ()
            kept = ruling.words[-1:] if word.value == REOPENED and ruling.words and ruling.words[-1].word == PASSED else ()
            ruling = _Ruling((*kept, *new), ruling.fields)
        else:
            ruling = _Ruling(ruling.words, {**ruling.fields, word.field: word})
        rulings[mark] = ruling
    return found


def _through(life: TaskLife, turn: LifeTurn, leads: Sequence[str], rulings: Mapping[str, _Ruling]) -> TaskLife:
    asks = [ask for ask in turn.asks if ask.number == life.number and ask.unit in leads]
    own = {ask.mark for ask in asks}
    for mark, ruling in rulings.items():
        if mark and mark not in own:
            life = _ruled(life, turn.period, mark, ruling)
    life = replace(life, is_left_out=life.state is LifeState.CLOSED)
    if life.state is LifeState.LISTED and (handed := sorted(turn.handed[unit] for unit in leads if unit in turn.handed)):
        life = _step(life, LifeEvent.HAND, at=handed[0].date(), source="报送表", period=turn.period)
    life = _unread(life, turn.period, rulings)
    for event, at, source in _signed(life, turn, leads, rulings):
        if (life.state, event) in TRANSITIONS:
            life = _step(life, event, at=at, source=source, period=turn.period)
    for ask in asks:
        life = _asked(life, ask, turn.period)
        if ask.mark in rulings:
            life = _ruled(life, turn.period, ask.mark, rulings[ask.mark])
    for word in rulings[""].words if "" in rulings and not life.mark else ():
        life = _refuse(life, turn.period, word.word, NOT_ASKED)
    return life


def _unread(life: TaskLife, period: str, rulings: Mapping[str, _Ruling]) -> TaskLife:
    """Say which typed days of signing are none."""
    for ruling in rulings.values():
        typed = ruling.text(SIGNED_ON)
        day = _day(typed)
        if typed and day is None:
            life = _refuse(life, period, LifeEvent.SIGN.value, _no_day(SIGNED_ON, typed))
        elif day and day > ruling.fields[SIGNED_ON].at.date():
            life = _refuse(life, period, LifeEvent.SIGN.value, f"签收日期 {day} 还没有到")
    return life


def _signed(life: TaskLife, turn: LifeTurn, leads: Sequence[str], rulings: Mapping[str, _Ruling]) -> Iterator[tuple[LifeEvent, date | None, str]]:
    """Give what counts as signing for a task: the day that the clerk typed for a signed page, else the first return that counts or, where that came
    before, the stamped form on paper; a return is a report too.
    """
    typed = next((day for ruling in rulings.values() if (day := _day(ruling.text(SIGNED_ON))) and day <= ruling.fields[SIGNED_ON].at.date()), None)
    if typed:
        yield LifeEvent.SIGN, typed, "签字盖章的签收页"
    came = sorted(turn.came[unit] for unit in leads if unit in turn.came)
    paper = sorted(turn.stamped[unit] for unit in leads if unit in turn.stamped)
    if (came or paper) and not life.is_left_out:
        first = min((*came, *paper))
        yield LifeEvent.SIGN, first[0].date(), first[1]
    if came and not life.is_left_out:
        yield LifeEvent.REPORT, came[0][0].date(), came[0][1]


def _asked(life: TaskLife, ask: Ask, period: str) -> TaskLife:
    if not ask.evidence:
        return _refuse(replace(life, ask=ask), period, LifeEvent.ASK.value, NO_EVIDENCE)
    after = _step(life, LifeEvent.ASK, at=ask.at.date() if ask.at else None, who=ask.unit, source=ask.source, period=period, note=ask.why)
    return replace(after, ask=ask, back="") if after.state is LifeState.ASKED else after


def _ruled(life: TaskLife, period: str, mark: str, ruling: _Ruling) -> TaskLife:
    why = ruling.text(CHECK_WHY)
    for word in ruling.words:
        event = _EVENTS.get(word.word)
        if event is None or (event is not LifeEvent.REOPEN and mark != life.mark):
            life = _refuse(life, period, word.word, "这项申请以后又有新的申请")
        elif event is not LifeEvent.PASS and not why:
            life = _refuse(life, period, word.word, f"“{CHECK_WHY}”里没有写理由")
        elif (life.state, event) not in TRANSITIONS:
            life = _refuse(life, period, word.word, f"现在的状态是“{life.state}”")
        else:
            life = _step(life, event, at=word.at, who=word.who, source=_SHEET, period=period, note=why)
            life = _numbered(life, period, ruling) if event is LifeEvent.PASS else replace(life, back=why, reference="")
    return life


def _numbered(life: TaskLife, period: str, ruling: _Ruling) -> TaskLife:
    """Close a task that was checked, once it has its number; its day is the one that was typed, else the day on which the number was."""
    if CHECK_REFERENCE not in ruling.fields or not ruling.text(CHECK_REFERENCE):
        return life
    number, typed = ruling.fields[CHECK_REFERENCE], ruling.text(CHECK_DAY)
    day = _day(typed) if typed else number.at.date()
    if day is None:
        return _refuse(life, period, LifeEvent.NUMBER.value, _no_day(CHECK_DAY, typed))
    asked = life.last(LifeEvent.ASK)
    if typed and day > ruling.fields[CHECK_DAY].at.date() + _AHEAD:
        return _refuse(life, period, LifeEvent.NUMBER.value, f"销号日期 {day} 比填写的那天晚一个月以上")
    if typed and asked and asked.at and day < asked.at:
        return _refuse(life, period, LifeEvent.NUMBER.value, f"销号日期 {day} 早于申请办结的 {asked.at}")
    closed = _step(life, LifeEvent.NUMBER, at=day, who=number.who, source=_SHEET, period=period, note=number.value)
    return replace(closed, reference=number.value)


def _step(life: TaskLife, event: LifeEvent, *, at: date | None, who: str = "", source: str = "", period: str = "", note: str = "") -> TaskLife:
    """Take a task one event further, by the table of transitions and no other way; what is not allowed is refused."""
    state = TRANSITIONS.get((life.state, event))
    if state is None:
        return _refuse(life, period, event.value, f"现在的状态是“{life.state}”")
    return replace(life, state=state, stamps=(*life.stamps, Stamp(event, state, at, who, source, period, note)))


def _refuse(life: TaskLife, period: str, what: str, why: str) -> TaskLife:
    return replace(life, refused=(*life.refused, Refused(period, what, why)))


def _no_day(column: str, typed: str) -> str:
    return f"“{column}”填的“{typed}”不是年月日写全的日期"


def _day(text: str) -> date | None:
    """Read a day with its year; None for nothing, and for what is no such day."""
    found = day_in(text, year=0, starts=None) if text else None
    return found.day if found else None
