"""When returns came: by the mail server's clock, else by when we first saw them, unless the office knows better; and whether that was in time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple

from toolkit.merging.filed_return import FiledReturn
from toolkit.model.days import day_in, day_of_serial
from toolkit.model.decisions import ARRIVED, ARRIVED_REASON, GRACE, GRACE_REASON, Decided, DecisionSubject, Fields
from toolkit.model.findings import Code, Finding
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place
from toolkit.model.standing import Round
from toolkit.model.values import joined_words

_CLOCK = lazy_pattern(r"[\sT](\d{1,2})[:：](\d{2})(?:[:：]\d{2})?$")
_SERIAL = lazy_pattern(r"\d{5}(?:\.\d+)?")
_NO_REASON, _NO_TIME = "没有写理由", "看不出是哪一天"


class ArrivalTime(NamedTuple):
    """When a unit's word first came, the day it was due, whether it was in time, and whether only the file's own time says so."""

    received: datetime
    due: date | None
    on_time: bool
    in_doubt: bool


def arrival_of(unit: str, mine: Sequence[FiledReturn], *, due: date | None, period: str, decided: Decided) -> ArrivalTime:
    """Say when the first return that counts (the last one, where none does) came; the office's correction and its grace for the unit hold."""
    ends = grace_of(unit, due=due, period=period, decided=decided)
    counting = [file for file in mine if file.counts] or mine[-1:]
    times = {file.id: corrected(decided.on(DecisionSubject.FILE, str(file.id)), ends) or file.came for file in counting}
    first = min(times.values())
    if ends is None or first.date() <= ends:
        return ArrivalTime(first, ends, on_time=True, in_doubt=False)
    doubted = any(is_doubtful(file, ends) and corrected(decided.on(DecisionSubject.FILE, str(file.id)), ends) is None for file in counting)
    return ArrivalTime(first, ends, on_time=doubted, in_doubt=doubted)


def is_doubtful(file: FiledReturn, due: date) -> bool:
    """Whether a file was saved in time and first seen by us too late, with no server to say when it came."""
    return not file.by_server and file.sent.date() <= due < file.came.date()


def grace_of(unit: str, *, due: date | None, period: str, decided: Decided) -> date | None:
    """Give the day a unit's return is due, with the grace that the office gave it and why; None where the period has no deadline."""
    fields = decided.on(DecisionSubject.GRACE, f"{period}|{unit}")
    later = moment_in(fields.get(GRACE, ""), due) if fields.get(GRACE_REASON) else None
    return later.date() if later and due and later.date() > due else due


def corrected(fields: Fields, due: date | None) -> datetime | None:
    """Give the time that the office put in the place of a file's own, None where it did not, or did not say why."""
    return moment_in(fields.get(ARRIVED, ""), due) if fields.get(ARRIVED_REASON) else None


def moment_in(text: str, due: date | None) -> datetime | None:
    """Read a day, with or without a time, as a clerk types it; None for what is none."""
    if _SERIAL.fullmatch(text):  # a cell that was not made a date
        of_cell = day_of_serial(float(text), since_1904=False)
        return datetime.combine(of_cell, time()) if of_cell else None
    clock = _CLOCK.search(text)
    day = day_in(text[: clock.start()] if clock else text, year=due.year if due else 0, starts=None) if text else None
    if day is None or (clock and not (int(clock[1]) < 24 and int(clock[2]) < 60)):
        return None
    return datetime.combine(day.day, time(int(clock[1]), int(clock[2])) if clock else time())


def arrival_findings(state: Round) -> Iterator[Finding]:
    """Ask about all returns whose time is in doubt in one line, and about times that the office typed and that cannot hold."""
    doubted = [unit for unit in state.units if unit.in_doubt]
    if doubted and state.due:
        units = joined_words([f"{standing.unit}（{standing.received:%m-%d} 收到）" for standing in doubted if standing.received])
        facts = {"due": state.due.isoformat(), "count": str(len(doubted)), "units": units}
        yield Finding(Code.ARRIVAL_DOUBT, Place(), facts, title="收到时间")
    for about, field, reason in ((DecisionSubject.FILE, ARRIVED, ARRIVED_REASON), (DecisionSubject.GRACE, GRACE, GRACE_REASON)):
        owners = (
            {str(unit.file): unit.unit for unit in state.units}
            if about is DecisionSubject.FILE
            else {f"{state.period}|{unit.unit}": unit.unit for unit in state.units}
        )
        for subject, unit in owners.items():
            fields = state.decided.on(about, subject)
            seen = fields.get(field, "")
            why = _hindrance(seen, fields.get(reason, ""), state.due, is_grace=about is DecisionSubject.GRACE) if seen else ""
            if why:
                yield Finding(Code.BAD_ARRIVAL, Place(), {"field": field, "seen": seen, "why": why}, unit, field)


def _hindrance(seen: str, reason: str, due: date | None, *, is_grace: bool) -> str:
    """Say why a typed time does not hold, '' where it does."""
    moment = moment_in(seen, due)
    if moment is None:
        return _NO_TIME
    if is_grace and due and moment.date() <= due:
        return f"不晚于截止日期 {due.isoformat()}"
    return "" if reason else _NO_REASON


def without_false_alarms(state: Round) -> Round:
    """Leave out the notes on lateness, made when a file was read, of units that were not late."""
    punctual = {unit.unit for unit in state.units if unit.on_time}
    return replace(state, findings=tuple(finding for finding in state.findings if finding.code is not Code.LATE or finding.unit not in punctual))
