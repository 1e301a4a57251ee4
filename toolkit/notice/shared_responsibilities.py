"""Which entry has whose responsibilities: its own, those its group shares, or those of the heading above."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.attribution import Attribution, parse
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.entry_tree import Tree
from toolkit.notice.item_markers import Level
from toolkit.notice.line_pieces import Sign
from toolkit.notice.notice_outline import Entry
from toolkit.notice.responsibility_labels import Duty
from toolkit.notice.role_lists import lists_units, says_roles

SHARED = "与同组各项共用一处单位"
INHERITED = "单位写在上级标题处"
LED = "牵头单位写在上级标题处"
TOGETHER = "几个小项共用一处单位"
_BARE_FIELD = lazy_pattern(r"^[\u4e00-\u9fff]{2,8}[:：]$")
_BARE_MEASURES = lazy_pattern(r"^[\u4e00-\u9fff]{0,4}(?:措施|举措|做法|要求|目标|成效)[:：]$")  # what stands below it says how the item is done
_SLOGAN = lazy_pattern(r"(?:强|兴|富|立|活|治|美|靓|旺|稳|安)[省市区县镇乡村]$")  # 一、工业强县
_SEMICOLON = lazy_pattern(r"[；;]\s*$")
_COUNT = lazy_pattern(r"\(\s*(?:共)?\s*\d+\s*[项个件条]\s*\)|[:：]$")


@dataclass(frozen=True, slots=True)
class Responsibilities:
    """A responsibility as given to an entry: its own, shared with its group, or from the heading above; `alone` where what stands below is not part of it."""

    duty: Attribution
    raw: str
    how: str = ""
    sure: bool = True
    alone: bool = False


def _own(entry: Entry) -> Responsibilities:
    """Read an entry's own responsibilities."""
    duty = Attribution()
    for piece in entry.duties:
        duty += piece.read
    return Responsibilities(duty, "".join(piece.text for piece in entry.duties), sure=all(piece.sign not in (Sign.NAMES, Sign.PROSE) for piece in entry.duties))


def share_responsibilities(tree: Tree) -> dict[int, Responsibilities]:
    """Give each task its responsibilities: its own, its group's, or its heading's."""
    own = {at: _own(entry) for at, entry in enumerate(tree.entries) if entry.duties}
    for at, entry in enumerate(tree.entries):
        if not entry.duties and (heads := _unit_heading(entry)) and tree.below(at):
            if tree.bears(at) and _only_help(tree, at, own):
                heads = Attribution(tuple((name, Duty.LEAD) for name in heads.names()))
            if not tree.bears(at) or heads.of(Duty.LEAD) == heads.names():
                own[at] = Responsibilities(heads, entry.text, sure=False)
    given: dict[int, Responsibilities] = {}
    for at in sorted(own):
        kids = tree.below(at)
        described = not tree.bears(at) and any(_BARE_MEASURES.search(tree.entries[kid].text) for kid in kids)
        if not kids or described or (not tree.bears(at) and tree.entries[at].level is tree.main and _has_plain_peers(tree, own)):
            given[at] = own[at]
        else:
            taken = _hand_down(tree, at, own[at], own=own, given=given)
            if not taken and own[at].duty.names():
                given[at] = replace(own[at], alone=True)
    for parent, siblings in tree.children.items():
        if not _gather(tree, parent, siblings, given):
            _spread(tree, siblings, given)
    return given


def _gather(tree: Tree, parent: int, siblings: Sequence[int], given: dict[int, Responsibilities]) -> bool:
    """Give the one responsibility line behind all the sub-items of an item to the item: its sub-items are its details."""
    if parent < 0 or parent in given or tree.entries[parent].level is Level.PLAIN:
        return False
    if tree.entries[parent].level < Level.ARABIC and tree.entries[parent].level is not tree.main:
        return False  # a heading, not an item like others
    items = [at for at in siblings if not tree.entries[at].table and not _BARE_FIELD.search(tree.entries[at].text)]
    last = items[-1] if items else -1
    if len(items) < 2 or last not in given or given[last].how or not tree.entries[last].own_line:
        return False
    if any(at in given for at in items[:-1]) or any(tree.entries[at].level is Level.PLAIN or tree.below(at) for at in items):
        return False
    given[parent] = replace(given.pop(last), how=TOGETHER)
    return True


def _only_help(tree: Tree, at: int, own: dict[int, Responsibilities]) -> bool:
    """Say whether the items below a heading name only who helps: the heading's unit leads them."""
    return all(kind is Duty.HELP for child in tree.below(at) if child in own for _, kind in own[child].duty.named)


def _has_plain_peers(tree: Tree, own: dict[int, Responsibilities]) -> bool:
    """Say whether entries at the main level are tasks by themselves somewhere in the text."""
    return any(tree.entries[at].level is tree.main and not tree.below(at) for at in own)


def _unit_heading(entry: Entry) -> Attribution | None:
    """Read a numbered heading that is nothing but unit names, and perhaps who leads: 一、区发改局（12项）, 二、区财政局牵头（3项）."""
    if entry.level not in (Level.PART, Level.SECTION, Level.ARABIC) or len(entry.text) > 60 or _SLOGAN.search(entry.text):
        return None
    text = _COUNT.sub("", fold_characters(entry.text)).strip()
    return parse(entry.text[: len(text)]) if text and fold_characters(entry.text).startswith(text) and (lists_units(text) or says_roles(text)) else None


def _hand_down(tree: Tree, at: int, given_above: Responsibilities, *, own: dict[int, Responsibilities], given: dict[int, Responsibilities]) -> int:
    """Give a heading's responsibilities to the items below it that have none of their own; say how many took its units."""
    taken = 0
    only_leads = bool(given_above.duty.named) and all(kind is Duty.LEAD for _, kind in given_above.duty.named)
    for child in tree.below(at):
        if tree.bears(child):
            continue
        mine = own.get(child)
        above = given_above.duty
        if mine is None:
            given[child] = Responsibilities(above, given_above.raw, INHERITED, given_above.sure)
            taken += 1
        else:
            more = Attribution(leader="" if mine.duty.leader else above.leader, deadline="" if mine.duty.deadline else above.deadline)
            own[child] = Responsibilities(mine.duty + more, mine.raw, mine.how, mine.sure)
            if only_leads and not mine.duty.of(Duty.LEAD) and mine.duty.named:  # the heading says who leads, the items who is responsible
                own[child] = replace(own[child], duty=Attribution(above.named) + own[child].duty, raw=f"{given_above.raw}{mine.raw}", how=LED)
                taken += 1
    return taken


def _spread(tree: Tree, siblings: Sequence[int], given: dict[int, Responsibilities]) -> None:
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
            for number in (*waiting, at):
                given[number] = Responsibilities(given[at].duty, given[at].raw, SHARED)
        waiting = []


def _covers(tree: Tree, waiting: Sequence[int], at: int) -> bool:
    """Judge whether a responsibility speaks for the items before it too, or those simply have none."""
    entry = tree.entries[at]
    if entry.level > tree.main or all(_SEMICOLON.search(tree.entries[number].text) for number in waiting):
        return True
    return tree.rate < 0.8 and entry.own_line
