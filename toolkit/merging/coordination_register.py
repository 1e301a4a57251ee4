"""Gathers what units bring up into a register: the same text again is the same matter, another text while it is open a version of it."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from toolkit.model.coordination import Matter, MatterState, Said, Told, fields_of, is_unit, state_of
from toolkit.model.decisions import Decided, Decision, mark_of
from toolkit.model.life_words import BY, REPLY, STATE, TO
from toolkit.model.master import Master
from toolkit.model.unit_words import unit_meant

_SIGNS = 6  # of the mark in a matter's number: of a thousand matters a year two alike are one in thirty thousand


class Ruled(NamedTuple):
    """What the office typed for matters: what holds, and every word on them, oldest first; `units` are the names of units in the year so far."""

    decided: Decided
    words: Sequence[Decision]
    units: Collection[str] = ()

    def closed_at(self, matter: str) -> datetime | None:
        """Give when a matter was closed, None for one that is not."""
        closed = [word for word in self.words if word.subject == matter and word.field == STATE][-1:]
        return closed[0].at if closed and closed[0].value == MatterState.CLOSED else None

    def passed_on(self, matter: str) -> bool:
        """Whether a matter was given to another after the office had answered it."""
        told = [word.field for word in self.words if word.subject == matter and word.value and (word.field == REPLY or (word.field == TO and word.before))]
        return told[-1:] == [TO]


def register(said: Sequence[Said], told: Iterable[tuple[str, Told]], ruled: Ruled, master: Master) -> tuple[Matter, ...]:
    """Give the matters in the order in which they first came up; `said` are texts in the order of the rounds, `told` answers with the matter's number.

    A text that a closed matter had already, come after it was closed, is that matter brought up again: it is open until the office closes it anew.
    What a unit that is no more brought up is carried on by who leads its task now.
    """
    found: dict[str, Matter] = {}
    own: dict[tuple[str, str], list[str]] = {}
    for saying in said:
        mine = [found[number] for number in own.get((saying.unit, saying.number), [])]
        asked = [*mine, *_taken_over(saying, found.values(), master)]
        same = next((matter for matter in asked if any(_plain(version.text) == _plain(saying.text) for version in matter.versions)), None)
        still = same or next((matter for matter in asked if matter.closed_at is None or not _came_after(saying, matter)), None)
        if still is None:
            still = Matter(_number(saying, len(mine)), saying.unit, saying.number, ())
            own.setdefault((saying.unit, saying.number), []).append(still.id)
        found[still.id] = _judged(_with(still, saying), saying, ruled, master)
    for number, answer in told:
        if number in found:
            found[number] = replace(found[number], told=(*found[number].told, answer))
    return tuple(found.values())


def _taken_over(saying: Said, matters: Iterable[Matter], master: Master) -> list[Matter]:
    """Give the matters of a task that a unit which is in no register any more brought up, where the one that speaks leads the task."""
    task, unit = master.task(saying.number), master.resolve(saying.unit)
    if task is None or unit is None or unit.name not in master.leads(task):
        return []
    return [matter for matter in matters if matter.number == saying.number and master.resolve(matter.unit) is None]


def _with(matter: Matter, saying: Said) -> Matter:
    """Add what was said now; the text that it has already adds nothing."""
    if matter.versions and _plain(matter.versions[-1].text) == _plain(saying.text):
        return matter
    return replace(matter, versions=(*matter.versions, saying))


def _judged(matter: Matter, saying: Said, ruled: Ruled, master: Master) -> Matter:
    fields, closed = fields_of(ruled.decided, matter.id), ruled.closed_at(matter.id)
    to = fields.get(TO, "")
    unit = master.resolve(to) or (unit_meant(master, to).unit if to and to not in ruled.units else None)
    name = unit.name if unit is not None and is_unit(unit) else ""
    state, is_left = state_of(fields, passed_on=ruled.passed_on(matter.id)), not name and to in ruled.units
    matter = replace(matter, to=to, unit_to=name, is_left=is_left, by=fields.get(BY, ""), reply=fields.get(REPLY, ""), state=state, closed_at=closed)
    return replace(matter, state=MatterState.AGAIN) if _came_after(saying, matter) else matter


def _came_after(saying: Said, matter: Matter) -> bool:
    return matter.closed_at is not None and saying.at is not None and saying.at > matter.closed_at


def _number(saying: Said, before: int) -> str:
    """Give a matter's number: its first round and a mark of unit, task and how many it had before; no order of returns changes it."""
    return f"协{saying.period}-{mark_of(saying.unit, saying.number, str(before))[:_SIGNS].upper()}"


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("。.;；,，")


def counted_matters(matters: Iterable[Matter]) -> dict[MatterState, int]:
    """Count matters by how far they are; 0 where there are none so far."""
    counted = dict.fromkeys(MatterState, 0)
    for matter in matters:
        counted[matter.state] += 1
    return counted
