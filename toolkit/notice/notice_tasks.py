"""Entries to tasks: which of them are goals and tasks, whose responsibilities they have, what headings stand above them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.model.document import Table
from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import GOAL, TASK, Doubt
from toolkit.notice.attribution import Attribution
from toolkit.notice.character_forms import fold_characters, groups
from toolkit.notice.doubts import doubt
from toolkit.notice.entry_tree import Tree
from toolkit.notice.item_markers import Level
from toolkit.notice.notice_outline import Entry, first_sentence
from toolkit.notice.shared_responsibilities import INHERITED, LED, SHARED, TOGETHER, Responsibilities, share_responsibilities
from toolkit.notice.time_limits import is_time


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
    ids: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()


_GOAL = lazy_pattern(r"(?:目标|指标)$|预期目标|发展目标|主要指标")
_NOT_GOAL = lazy_pattern(r"任务|措施|重点工作")
_PREAMBLE = lazy_pattern(r"^(?:总则|附则|指导思想|基本原则|总体要求|保障措施|组织(?:保障|领导|实施)|工作要求)")
_INSTRUCTION = lazy_pattern(r"报送|各(?:责任|牵头|有关|相关)?(?:单位|部门)要?|现(?:将|予)?印发|遵照|贯彻执行|请(?:各|认真|遵)")


def find_tasks(entries: Sequence[Entry]) -> tuple[list[Found], list[Doubt]]:
    """List goals and tasks in reading order, and what is in doubt about the outline."""
    tree = Tree(entries)
    given = share_responsibilities(tree)
    taken: set[int] = set()
    tasks: list[Found] = []
    doubts: list[Doubt] = []
    levels = {entries[at].level for at in given}
    for at, entry in enumerate(entries):
        if at in taken or entry.boundary or (entry.run not in tree.runs and at not in given):
            continue
        if entry.table:
            tasks.append(_found(tree, at, Responsibilities(Attribution(), "")))
        elif at in given:
            if not given[at].alone:
                taken.update(_details(tree, at))
            tasks.append(_task(tree, at, given[at]))
            doubts.extend(_say(entry, given[at]))
        elif not tree.bears(at) and not entry.duties:
            doubts.extend(_orphan(tree, at, levels, tasks))
    return tasks, doubts


def _details(tree: Tree, at: int) -> list[int]:
    """List everything below a task: it is part of the task's own text."""
    below: list[int] = []
    for child in tree.below(at):
        below.extend((child, *_details(tree, child)))
    return below


def _task(tree: Tree, at: int, given: Responsibilities) -> Found:
    """Make a task, the details below it joined to its text."""
    found = _found(tree, at, given)
    if given.alone:
        return found
    below = _details(tree, at)
    details = [f"{tree.entries[number].marker}{tree.entries[number].text}" for number in below]
    ids = (*found.ids, *(number for detail in below for number in tree.entries[detail].ids))
    return replace(found, text="\n".join([found.text, *details]), ids=ids)


def _found(tree: Tree, at: int, given: Responsibilities) -> Found:
    """Make a task of an entry, with the headings above it."""
    entry = tree.entries[at]
    heads = [head for head in tree.chain(at) if _may_head(head)]
    section, sub = place(heads)
    category = GOAL if any(is_goal(head.heading) for head in heads) else TASK
    text, duty = _with_deadline(entry.text, given.duty)
    head_ids = tuple(number for head in tree.chain(at) if head in heads or (head.duties and not head.text) for number in head.ids)
    return Found(category, section, sub, text, entry.where, entry.level, entry.value, duty, given.raw, given.how, entry.table, tuple(entry.ids), head_ids)


def _with_deadline(text: str, duty: Attribution) -> tuple[str, Attribution]:
    """Take a time in brackets at the end of an item's own text for its deadline where none is said elsewhere."""
    stripped = text.rstrip("。.；; ")
    found = groups(fold_characters(stripped))
    if not duty.named or duty.deadline or not found or found[-1][1] != len(stripped) or found[-1][0] == 0:
        return text, duty
    inside = stripped[found[-1][0] + 1 : -1]
    if not is_time(inside):
        return text, duty
    return stripped[: found[-1][0]] + text[len(stripped) :], replace(duty, deadline=inside)


def _may_head(entry: Entry) -> bool:
    """Say whether an entry above tasks is a heading, not a sentence of the letter before them."""
    return bool(entry.text) and len(first_sentence(entry.text)) <= 60 and not _INSTRUCTION.search(entry.text)


def is_goal(heading: str) -> bool:
    """Say whether what stands below a heading are goals for the year, not work to do."""
    plain = fold_characters(heading).strip(" :。")
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


def _say(entry: Entry, given: Responsibilities) -> Iterator[Doubt]:
    """Name what is in doubt about a task's responsibilities."""
    read = f"{entry.text[:40]} ← {given.raw}"
    if given.how == SHARED:
        yield doubt(Code.UNITS_SHARED, entry.where, read)
    elif given.how in (INHERITED, LED):
        yield doubt(Code.UNITS_INHERITED, entry.where, read)
    elif given.how == TOGETHER:
        yield doubt(Code.SUBITEMS_TOGETHER, entry.where, read)
    elif not given.sure:
        yield doubt(Code.NAMES_ONLY, entry.where, given.raw, other="这些单位是任务里的话，不是责任单位")
    if entry.split:
        yield doubt(Code.PARAGRAPH_SPLIT, entry.where, entry.text[:40])
    if not given.duty.names() and not given.how:
        yield doubt(Code.NO_NAMES_READ, entry.where, given.raw)
    if given.duty.watchers:
        yield doubt(Code.WATCHER_NOT_TAKEN, entry.where, "、".join(given.duty.watchers))


def _orphan(tree: Tree, at: int, levels: set[Level], tasks: list[Found]) -> Iterator[Doubt]:
    """Keep an item without any responsibility among tasks as a task; say what was left out."""
    entry = tree.entries[at]
    if entry.level is Level.PLAIN or not entry.text:
        return
    parent = entry.parent
    if entry.level in levels and (parent < 0 or tree.fruitful[parent] or _counts_on(tree, at)):
        tasks.append(_task(tree, at, Responsibilities(Attribution(), "")))
        yield doubt(Code.ITEM_WITHOUT_UNITS, entry.where, entry.text[:60])
    elif parent < 0 or tree.fruitful[parent]:
        yield doubt(Code.PART_WITHOUT_UNITS, entry.where, entry.heading[:60])


def _counts_on(tree: Tree, at: int) -> bool:
    """Say whether an item's number stands in the row of the tasks' own numbers, which run on through the parts: 1 before 2."""
    entry = tree.entries[at]
    if entry.level is not tree.main or entry.run not in tree.runs or entry.value < 1 or any(_PREAMBLE.search(head.text) for head in tree.chain(at)):
        return False
    return any(neighbour.duties and neighbour.value == entry.value + step and neighbour.parent != entry.parent for neighbour, step in tree.neighbours(at))
