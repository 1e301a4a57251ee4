"""Holds a return that is known by its seal against its file's name and its mail's sender: where they speak of another unit, both are named for review."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from toolkit.model.findings import Code, Finding
from toolkit.model.issue import Issue
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Unit
from toolkit.model.place import Place
from toolkit.model.returns import IdentityEvidence, Sent

_PLACE = lazy_pattern(r"^.{0,4}?[省市县区旗州](?=.{3})")  # 云溪县 of 云溪县工信局
_SHORTEST = 3  # signs of a name that says anything inside another text
_ADDRESS = lazy_pattern(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", re.ASCII)
_CARRIERS = {"封签": "封签", "台账": "回执编号", "任务编号": "任务内容"}


class Contradiction(NamedTuple):
    """What a file's name or sender says against a return's identity: a vote, and the finding that names both."""

    vote: IdentityEvidence
    finding: Finding


class Register:
    """The units by what file names and mails call them; made once, asked for each file."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._by_name: dict[str, str] = {}
        self._by_address: dict[str, set[str]] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._unit_of = {name: unit.name for unit in units for name in (*unit.aliases, unit.name)}
        names = [(name, unit.name) for unit in units if unit.issued for name in (*unit.aliases, unit.name)]
        for name, unit in (*_without_place(names), *names):  # a full name beats what is left of another one
            self._names[unit] = (*self._names.get(unit, ()), name)
            if len(name) >= _SHORTEST:
                self._by_name[name] = unit
        for registered in units:
            for address in _ADDRESS.findall(registered.email.lower()):
                self._by_address.setdefault(address, set()).add(registered.name)
        self._lengths = sorted({len(name) for name in self._by_name}, reverse=True)

    @property
    def names(self) -> Mapping[str, str]:
        """Every name that file names and mails call a unit by → the unit."""
        return self._by_name

    def sender_of(self, sent: Sent) -> str:
        """Give the one unit whose mailbox sent a file, '' where none or several use it."""
        owners = {unit for address in _ADDRESS.findall(sent.origin.partition("：")[0].lower())[-1:] for unit in self._by_address.get(address, ())}
        return owners.pop() if len(owners) == 1 else ""

    def contradictions(self, sent: Sent, issue: Issue, carrier: str) -> Iterator[Contradiction]:
        """Say what speaks of another unit than a return's, which `carrier` (the first vote's) decided."""
        unit = self._unit_of.get(issue.unit, issue.unit)
        own, sealed = self._names.get(unit, (unit,)), {"sealed": issue.unit, "by": _CARRIERS.get(carrier, carrier)}
        name = sent.name.rpartition("/")[2]
        other = "" if any(text in name for text in own) else self._named_in(name)
        if other:
            vote = IdentityEvidence("文件名", other, agrees=False)
            yield Contradiction(vote, Finding(Code.NAME_OF_OTHER, Place(sent.name), {"says": other, **sealed}))
        for address in _ADDRESS.findall(sent.origin.partition("：")[0].lower())[-1:]:
            owners = self._by_address.get(address, set())
            if owners and unit not in owners:
                says = "、".join(sorted(owners))
                vote = IdentityEvidence("发件人", says, agrees=False)
                yield Contradiction(vote, Finding(Code.SENDER_OF_OTHER, Place(sent.name), {"says": says, "address": address, **sealed}))

    def _named_in(self, text: str) -> str:
        """Give the unit whose name stands in a text, the longest one; '' where none does."""
        pieces = (text[start : start + length] for length in self._lengths for start in range(len(text) - length + 1))
        return next((unit for piece in pieces if (unit := self._by_name.get(piece))), "")


def _without_place(names: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give names without the place that several units carry, as people write them, where that leaves one unit's only."""
    places = Counter(found[0] for name, _ in names if (found := _PLACE.match(name)))
    short = [(name[len(found[0]) :], unit) for name, unit in names if (found := _PLACE.match(name)) and places[found[0]] > 1]
    owners: dict[str, set[str]] = {}
    for name, unit in short:
        owners.setdefault(name, set()).add(unit)
    return ((name, unit) for name, unit in short if len(owners[name]) == 1)
