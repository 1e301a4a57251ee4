"""Lines to entries: every heading, item and paragraph with the responsibilities written to it, and what stands above it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit.model.document import Table
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.item_fields import CONTENT, LABELLED, Event, card_of, is_remark, label_of, remark_of, stand_above, turned
from toolkit.notice.item_markers import Level
from toolkit.notice.line_pieces import Kind, Piece, Sign, cut_line
from toolkit.notice.notice_lines import Line
from toolkit.notice.role_lists import lists_units


@dataclass(slots=True)
class Entry:
    """One heading, item or paragraph; `parent` and `run` are places in the list of entries, −1 for none."""

    level: Level
    value: int
    text: str
    where: str
    marker: str = ""
    duties: list[Piece] = field(default_factory=list)
    table: Table | None = None
    parent: int = -1
    run: int = 0
    boundary: bool = False
    own_line: bool = False
    split: bool = False
    ids: list[int] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The entry's printed head: its number and its first sentence."""
        return self.marker + (" " if self.marker[-1:].isdigit() else "") + first_sentence(self.text)


_SENTENCE_END = lazy_pattern(r"[。；;：:！!]\s*$")
_BOUNDARY = lazy_pattern(
    r"^(?:附\s*[件表录]\s*[\d一二三四五六七八九十]*\s*[:：]?.{0,60}|(?:\d{4}|[二一][〇零○一二三四五六七八九]{3})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日)$"
)
_DAY = lazy_pattern(r"^(?:\d{4}|[二一][〇零○一二三四五六七八九]{3})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日$")
_TITLE = lazy_pattern(r"(?:通知|方案|意见|分解表?|分工表?|清单|台账|安排|要点|计划|任务表|一览表|责任书|工作目标)$")
_TITLE_WORDS = lazy_pattern(r"关于|\d{4}\s*年|二[〇零○]|《|任务(?:分解|分工|清单)|责任(?:分解|分工|清单)|重点工作|年度工作")
_PRESENT = lazy_pattern(r"^(?:参加|参会|出席|列席|缺席|请假|主持|记录|签发|抄送|抄报|发送|分送)(?:人员|同志|单位|人)?[:：]")  # of minutes
_FIELD_INSIDE = lazy_pattern(r"\s[\u4e00-\u9fff]{2,8}[:：]")
_HEADING_MAX = 45



class Outline(NamedTuple):
    """The entries of a text, and the responsibilities that follow nothing they could belong to."""

    entries: list[Entry]
    lost: list[tuple[Piece, Line]]


def read_entries(lines: Iterable[Line], *, prose: bool = False) -> Outline:
    """Turn lines into entries and link each to the heading above it; with `prose` sentences that begin 由A负责，… share out work too."""
    events = [
        Event(piece, line, at == 0)
        for line in lines
        for at, piece in enumerate([Piece(Kind.PLAIN, "")] if line.table else cut_line(line.text, prose=prose))
    ]
    events = turned(events)
    entries: list[Entry] = []
    lost: list[tuple[Piece, Line]] = []
    card, above = card_of(events), stand_above(events)
    for at, event in enumerate(events):
        if card and event.first and event.piece.kind is Kind.PLAIN and label_of(event.piece.text) in card:
            _take_field(entries, event, card)
        elif above and event.piece.kind is Kind.DUTY and (not entries or events[at - 1].piece.kind is not Kind.DUTY):
            entries.append(Entry(Level.PLAIN, 0, "", event.line.where, duties=[event.piece]))
        else:
            _take(entries, events, at, lost)
        if entries and (event.piece.kind is not Kind.DUTY or not lost or lost[-1][0] is not event.piece):
            entries[-1].ids.extend(event.line.ids)
    _link(entries)
    _forget_chance(entries)
    return Outline(entries, lost)


def _forget_chance(entries: list[Entry]) -> None:
    """Take back a single unlabelled sentence (由督查室负责。) in a letter that has no other responsibilities."""
    signs: dict[int, list[Sign]] = {}
    for entry in entries:
        signs.setdefault(entry.run, []).extend(piece.sign for piece in entry.duties)
    tables = {entry.run for entry in entries if entry.table}
    for entry in entries:
        found = signs[entry.run]
        if len(found) == 1 and found[0] is not Sign.LABEL and entry.duties and entry.run not in tables and len(entry.duties[0].read.named) < 2:
            entry.text += "".join(piece.text for piece in entry.duties)
            entry.duties = []


def first_sentence(text: str) -> str:
    """Give a heading's own words where its text runs on: what stands before the first 。 or ；, without a colon at its end unless it is long."""
    head = re.split(r"(?<=[^\d])[。;；]", text, maxsplit=1)[0]
    return head.rstrip("。；;:：") if len(head) <= _HEADING_MAX + 15 else head


def is_heading_like(text: str) -> bool:
    """Say whether a text may stand above items: its first sentence has at most 45 characters, and it is no whole sentence with two commas."""
    return len(first_sentence(text)) <= _HEADING_MAX and not (_SENTENCE_END.search(text) and re.search(r"[,，].*[,，]", text))


def _take_field(entries: list[Entry], event: Event, card: Sequence[str]) -> None:
    """Begin an item with the first label of its card; the lines of the others go on with its text."""
    label = label_of(event.piece.text)
    above = entries[-1] if entries else None
    if label == card[0] or above is None or above.level is not Level.PLAIN or above.duties or label_of(above.text) != card[0]:
        entries.append(Entry(Level.PLAIN, 0, event.piece.text, event.line.where))
    else:
        above.text += ("" if _SENTENCE_END.search(above.text) else "。") + event.piece.text


def _take(entries: list[Entry], events: list[Event], at: int, lost: list[tuple[Piece, Line]]) -> None:
    """Add one event to the entries; a responsibility that follows nothing is lost."""
    event = events[at]
    piece, line = event.piece, event.line
    if line.table:
        entries.append(Entry(Level.PLAIN, 0, "", line.where, table=line.table))
    elif piece.kind is Kind.DUTY:
        if not entries or entries[-1].boundary or entries[-1].table or not _attribute(entries, events, at):
            lost.append((piece, line))
    elif piece.kind is Kind.PLAIN and entries and is_remark(events, at, entries[-1].duties):
        remark = Piece(Kind.DUTY, piece.text, read=remark_of(piece.text))
        if CONTENT.match(piece.text):
            entries[-1].text += ("" if _SENTENCE_END.search(entries[-1].text) else "。") + piece.text
        else:
            entries[-1].duties.append(remark)
        events[at] = Event(remark, line, event.first)
    elif piece.kind is Kind.ITEM and piece.marker is not None:
        entries.append(Entry(piece.marker.level, piece.marker.value, piece.text, line.where, piece.printed))
    elif not event.first and entries and entries[-1].duties:
        entries.append(Entry(entries[-1].level, 0, piece.text, line.where, split=True))
    elif _is_boundary(piece.text) or _is_signature(events, at):
        entries.append(Entry(Level.CHAPTER, 0, piece.text, line.where, boundary=True))
    elif _is_body(entries, events, at):
        entries[-1].text += _gap(entries[-1].text, piece.text) + piece.text
    else:
        entries.append(Entry(Level.PLAIN, 0, piece.text, line.where))


def _attribute(entries: list[Entry], events: list[Event], at: int) -> bool:
    """Write a responsibility to the entry it follows; False for one that follows nothing new."""
    entry, event = entries[-1], events[at]
    if entry.duties and (events[at - 1].piece.kind if at else None) is not Kind.DUTY:
        return False
    entry.own_line = entry.own_line or event.first
    entry.duties.append(event.piece)
    return True


def _is_boundary(text: str) -> bool:
    """Say whether a line ends a letter or begins an annex."""
    if _BOUNDARY.match(text) or _PRESENT.match(text):
        return True
    return 8 <= len(text) <= 90 and bool(_TITLE.search(text) and _TITLE_WORDS.search(text)) and not re.search(r"[。；;]", text)


def _is_signature(events: Sequence[Event], at: int) -> bool:
    """Say whether a line is the office that signs: a name of a body before the day."""
    following = events[at + 1] if at + 1 < len(events) else None
    return bool(following and following.first and _DAY.match(following.piece.text)) and len(events[at].piece.text) <= 40 and lists_units(events[at].piece.text)


def _is_body(entries: list[Entry], events: list[Event], at: int) -> bool:
    """Say whether a plain line is the body of the item before it, not a heading or a task of its own."""
    if not entries or entries[-1].boundary or entries[-1].table:
        return False
    above = entries[-1]
    if above.duties or above.level in (Level.CHAPTER, Level.PLAIN):
        return False
    text = events[at].piece.text
    paired = _pairs(events, at)
    if above.level <= Level.SECTION:
        field = LABELLED.match(text) and _FIELD_INSIDE.search(above.text)  # 目标：…, then 任务：… of one item
        return paired == 1 and bool(field or (not _SENTENCE_END.search(above.text) and _SENTENCE_END.search(text)))
    return paired > 0 or bool(_SENTENCE_END.search(text)) or len(text) > _HEADING_MAX


def _pairs(events: list[Event], at: int) -> int:
    """Count the responsibilities between a plain line and the next numbered item."""
    count = 0
    previous = Kind.PLAIN
    for event in events[at + 1 : at + 40]:
        kind = event.piece.kind
        if kind is Kind.ITEM or event.line.table:
            break
        if kind is Kind.DUTY and previous is not Kind.DUTY:
            count += 1
        previous = kind
    return count


def _gap(above: str, below: str) -> str:
    """Choose what stands between a title and its body: a blank; nothing after a mark or inside a sentence."""
    if below and LABELLED.match(below) and not re.search(r"[，,、；;：:。！!]$", above):
        return " "
    inside = len(above) > _HEADING_MAX or re.search(r"[，,、；;：:。！!)）]", above)
    return "" if inside or not below else " "


def _link(entries: list[Entry]) -> None:
    """Find each entry's parent; an annex or a title begins a new run without parents."""
    stack: list[int] = []
    run = 0
    for at, entry in enumerate(entries):
        if entry.boundary:
            stack, run = [], run + 1
        elif _stands_above(entries, at):
            _pop(entries, stack, entry)
            if not stack and entry.level is Level.PART and entry.value == 1:
                run += 1
        entry.run = run
        entry.parent = _above(entries, stack, entry)
        if _stands_above(entries, at):
            stack.append(at)


def _above(entries: list[Entry], stack: list[int], entry: Entry) -> int:
    """Choose the innermost heading above an entry; an unnumbered task stands beside numbered ones, not below."""
    if entry.level is Level.PLAIN and not entry.table:
        stack = [at for at in stack if entries[at].level <= Level.PLAIN and entries[at] is not entry]
    elif entry.table:
        stack = [at for at in stack if not entries[at].duties]
    return stack[-1] if stack else -1


def _stands_above(entries: list[Entry], at: int) -> bool:
    """Say whether an entry takes part in the outline: not a table, not a paragraph of prose, not an unnumbered task."""
    entry = entries[at]
    if entry.boundary or entry.table:
        return False
    if entry.level is not Level.PLAIN:
        return True
    if _SENTENCE_END.search(entry.text) or len(entry.text) > _HEADING_MAX:
        return False
    following = entries[at + 1] if at + 1 < len(entries) else None
    return not entry.duties or bool(following and not following.duties and following.level > Level.PLAIN)


def _pop(entries: list[Entry], stack: list[int], entry: Entry) -> None:
    """Leave on the stack only what may stand above an entry."""
    levels = [entries[at].level for at in stack]
    if entry.level in levels:
        del stack[levels.index(entry.level) :]
        return
    if stack and entry.level < levels[-1] and _nests(entries[stack[-1]], entry):
        return
    while stack and entries[stack[-1]].level >= entry.level:
        stack.pop()


def _nests(above: Entry, entry: Entry) -> bool:
    """Say whether a wider number begins anew below a narrower heading: 1. 经济指标 / （一）…"""
    if above.duties or entry.level in (Level.PLAIN, Level.CHAPTER) or not is_heading_like(above.text):
        return False
    if above.level is Level.PLAIN:
        return bool(entry.duties)
    return entry.value == 1 and entry.level is not Level.PART and above.level is not Level.BULLET
