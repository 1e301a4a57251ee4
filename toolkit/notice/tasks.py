"""Entries to tasks: which of them are goals and tasks, whose responsibilities they have, what headings stand above them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.model.document import Table
from toolkit.model.master import GOAL, TASK, Doubt
from toolkit.notice.attribution import Attribution, parse
from toolkit.notice.roles import lists_units
from toolkit.notice.markers import Level
from toolkit.notice.outline import Entry, first_sentence
from toolkit.notice.pieces import Sign
from toolkit.notice.script import fold


@dataclass(frozen=True, slots=True)
class Found:
    """A goal or task before numbering; `table` stands for all the tasks of a printed table."""

    category: str
    section: str
    subsection: str
    text: str
    where: str
    level: Level
    value: int
    duty: Attribution
    raw: str = ""
    note: str = ""
    table: Table | None = None


SHARED = "与同组各项共用一处单位"
INHERITED = "单位写在上级标题处"
_GOAL = re.compile(r"(?:目标|指标)$|预期目标|发展目标|主要指标")
_NOT_GOAL = re.compile(r"任务|措施|重点工作")
_INSTRUCTION = re.compile(r"报送|各(?:责任|牵头|有关|相关)?(?:单位|部门)要?|现(?:将|予)?印发|遵照|贯彻执行|请(?:各|认真|遵)")
_SEMICOLON = re.compile(r"[；;]\s*$")
_COUNT = re.compile(r"\(\s*(?:共)?\s*\d+\s*[项个件条]\s*\)|[:：]$")


class Tree:
    """The entries with their children, and which of them have tasks below."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.children: dict[int, list[int]] = {}
        for at, entry in enumerate(entries):
            self.children.setdefault(entry.parent, []).append(at)
        self.fruitful = [bool(entry.duties or entry.table) for entry in entries]
        for at in range(len(entries) - 1, -1, -1):
            parent = entries[at].parent
            if self.fruitful[at] and parent >= 0:
                self.fruitful[parent] = True
        self.runs = {entry.run for entry in entries if entry.duties or entry.table}
        self.main = self._main_level()
        self.rate = self._rate()

    def below(self, at: int) -> list[int]:
        """The direct children of an entry that are not tables."""
        return [child for child in self.children.get(at, []) if not self.entries[child].table]

    def bears(self, at: int) -> bool:
        """Say whether anything below an entry has responsibilities of its own."""
        return any(self.fruitful[child] for child in self.children.get(at, []))

    def chain(self, at: int) -> list[Entry]:
        """The headings above an entry, the outermost first."""
        found: list[Entry] = []
        parent = self.entries[at].parent
        while parent >= 0:
            found.append(self.entries[parent])
            parent = self.entries[parent].parent
        return found[::-1]

    def _main_level(self) -> Level:
        """The level at which most tasks stand."""
        count = Counter(entry.level for at, entry in enumerate(self.entries) if entry.duties and not self.below(at))
        return count.most_common(1)[0][0] if count else Level.ARABIC

    def _rate(self) -> float:
        """The share of leaves at the main level that have responsibilities of their own."""
        leaves = [
            entry
            for at, entry in enumerate(self.entries)
            if entry.level is self.main and not self.below(at) and entry.run in self.runs and self.fruitful[max(entry.parent, 0)]
        ]
        return sum(bool(entry.duties) for entry in leaves) / len(leaves) if leaves else 0.0


def find_tasks(entries: Sequence[Entry]) -> tuple[list[Found], list[Doubt]]:
    """List goals and tasks in reading order, and what is in doubt about the outline."""
    tree = Tree(entries)
    duties = _shared(tree)
    taken: set[int] = set()
    tasks: list[Found] = []
    doubts: list[Doubt] = []
    levels = {entries[at].level for at in duties}
    for at, entry in enumerate(entries):
        if at in taken or entry.boundary or (entry.run not in tree.runs and at not in duties):
            continue
        if entry.table:
            tasks.append(_found(tree, at, Attribution(), ""))
        elif at in duties:
            taken.update(_details(tree, at))
            tasks.append(_task(tree, at, duties[at]))
            doubts.extend(_say(entry, duties[at]))
        elif not tree.bears(at) and not entry.duties:
            doubts.extend(_orphan(tree, at, levels, tasks))
    return tasks, doubts


@dataclass(frozen=True, slots=True)
class _Given:
    """A responsibility as given to an entry: its own, shared with its group, or from the heading above."""

    duty: Attribution
    raw: str
    how: str = ""
    sure: bool = True


def _own(entry: Entry) -> _Given:
    """Read an entry's own responsibilities."""
    duty = Attribution()
    for piece in entry.duties:
        duty += piece.read
    return _Given(duty, "".join(piece.text for piece in entry.duties), sure=all(piece.sign is not Sign.NAMES for piece in entry.duties))


def _shared(tree: Tree) -> dict[int, _Given]:
    """Give each task its responsibilities: its own, its group's, or its heading's."""
    own = {at: _own(entry) for at, entry in enumerate(tree.entries) if entry.duties}
    for at, entry in enumerate(tree.entries):
        if not entry.duties and (heads := _unit_heading(entry)) and tree.below(at) and not tree.bears(at):
            own[at] = _Given(heads, entry.text, sure=False)
    given: dict[int, _Given] = {}
    for at in sorted(own):
        kids = tree.below(at)
        if not kids or (not tree.bears(at) and tree.entries[at].level is tree.main and _has_plain_peers(tree, own)):
            given[at] = own[at]
        else:
            _hand_down(tree, at, own[at], own=own, given=given)
    for siblings in tree.children.values():
        _spread(tree, siblings, given)
    return given


def _has_plain_peers(tree: Tree, own: dict[int, _Given]) -> bool:
    """Say whether entries at the main level are tasks by themselves somewhere in the text."""
    return any(tree.entries[at].level is tree.main and not tree.below(at) for at in own)


def _unit_heading(entry: Entry) -> Attribution | None:
    """Read a numbered heading that is nothing but unit names: 一、区发改局（12项）."""
    if entry.level not in (Level.PART, Level.SECTION, Level.ARABIC) or len(entry.text) > 60:
        return None
    text = _COUNT.sub("", fold(entry.text)).strip()
    return parse(entry.text[: len(text)]) if text and fold(entry.text).startswith(text) and lists_units(text) else None


def _hand_down(tree: Tree, at: int, given_above: _Given, *, own: dict[int, _Given], given: dict[int, _Given]) -> None:
    """Give a heading's responsibilities to the items below it that have none of their own."""
    for child in tree.below(at):
        if tree.bears(child):
            continue
        mine = own.get(child)
        above = given_above.duty
        if mine is None:
            given[child] = _Given(above, given_above.raw, INHERITED, given_above.sure)
        else:
            more = Attribution(leader="" if mine.duty.leader else above.leader, deadline="" if mine.duty.deadline else above.deadline)
            own[child] = _Given(mine.duty + more, mine.raw, mine.how, mine.sure)


def _spread(tree: Tree, siblings: Sequence[int], given: dict[int, _Given]) -> None:
    """Give one responsibility line to the items of a group that stand before it without any."""
    waiting: list[int] = []
    for at in siblings:
        entry = tree.entries[at]
        if entry.level is Level.PLAIN or tree.bears(at) or (waiting and tree.entries[waiting[0]].level is not entry.level):
            waiting = []
            continue
        if at not in given:
            waiting.append(at)
            continue
        if waiting and not given[at].how and _covers(tree, waiting, at):
            for one in (*waiting, at):
                given[one] = _Given(given[at].duty, given[at].raw, SHARED)
        waiting = []


def _covers(tree: Tree, waiting: Sequence[int], at: int) -> bool:
    """Judge whether a responsibility speaks for the items before it too, or those simply have none."""
    entry = tree.entries[at]
    if entry.level > tree.main or all(_SEMICOLON.search(tree.entries[one].text) for one in waiting):
        return True
    return tree.rate < 0.8 and entry.own_line


def _details(tree: Tree, at: int) -> list[int]:
    """List everything below a task: it is part of the task's own text."""
    below: list[int] = []
    for child in tree.below(at):
        below.extend((child, *_details(tree, child)))
    return below


def _task(tree: Tree, at: int, given: _Given) -> Found:
    """Make a task, the details below it joined to its text."""
    details = [f"{tree.entries[one].marker}{tree.entries[one].text}" for one in _details(tree, at)]
    found = _found(tree, at, given.duty, given.raw)
    text = "\n".join([found.text, *details])
    return Found(found.category, found.section, found.subsection, text, found.where, found.level, found.value, given.duty, given.raw, given.how)


def _found(tree: Tree, at: int, duty: Attribution, raw: str) -> Found:
    """Make a task of an entry, with the headings above it."""
    entry = tree.entries[at]
    heads = [head for head in tree.chain(at) if _may_head(head)]
    section, sub = place(heads)
    category = GOAL if any(is_goal(head.heading) for head in heads) else TASK
    return Found(category, section, sub, entry.text, entry.where, entry.level, entry.value, duty, raw, table=entry.table)


def _may_head(entry: Entry) -> bool:
    """Say whether an entry above tasks is a heading, not a sentence of the letter before them."""
    return len(first_sentence(entry.text)) <= 60 and not _INSTRUCTION.search(entry.text)


def is_goal(heading: str) -> bool:
    """Say whether what stands below a heading are goals for the year, not work to do."""
    plain = fold(heading).strip(" :。")
    return bool(_GOAL.search(plain)) and not _NOT_GOAL.search(plain)


def place(heads: Sequence[Entry]) -> tuple[str, str]:
    """Choose 章节 and 小节 among the headings above a task, the outermost first."""
    if not heads:
        return "", ""
    best = 0
    for level in (Level.CHAPTER, Level.PART, Level.SECTION):
        best = next((at for at, head in enumerate(heads) if head.level is level), best)
    return plain_heading(heads[best]), plain_heading(heads[-1]) if best < len(heads) - 1 else ""


def plain_heading(head: Entry) -> str:
    """Print a heading without a bracketed remark on who answers for it."""
    return head.heading


def _say(entry: Entry, given: _Given) -> Iterator[Doubt]:
    """Name what is in doubt about a task's responsibilities."""
    if given.how == SHARED:
        yield Doubt(entry.where, f"{entry.text[:40]} ← {given.raw}", "几项共用一处责任单位，已给每一项记上")
    elif given.how == INHERITED:
        yield Doubt(entry.where, f"{entry.text[:40]} ← {given.raw}", "本项没有单位，已按上级标题处的单位记上")
    elif not given.sure:
        yield Doubt(entry.where, given.raw, "只有单位名称、没有“责任单位”字样，已按责任单位读")
    if entry.split:
        yield Doubt(entry.where, entry.text[:40], "同一段里有几处责任单位，已拆成几项任务")
    if not given.duty.names() and not given.how:
        yield Doubt(entry.where, given.raw, "这一处没有读出单位名称")


def _orphan(tree: Tree, at: int, levels: set[Level], tasks: list[Found]) -> Iterator[Doubt]:
    """Keep an item without any responsibility among tasks as a task; say what was left out."""
    entry = tree.entries[at]
    if entry.level is Level.PLAIN or not entry.text:
        return
    parent = entry.parent
    if entry.level in levels and (parent < 0 or tree.fruitful[parent]):
        tasks.append(_task(tree, at, _Given(Attribution(), "")))
        yield Doubt(entry.where, entry.text[:60], "这一项没有写明单位，请补上牵头单位和责任单位")
    elif parent < 0 or tree.fruitful[parent]:
        yield Doubt(entry.where, entry.heading[:60], "这一部分没有写明单位，未列为任务")
