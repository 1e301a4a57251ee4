"""What became of every line: in a task, a heading, furniture of the page, or in doubt; nothing that names a unit is dropped unsaid."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.model.document import EMBEDDED
from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import FURNITURE, HEADING, IN_DOUBT, ITEM, Doubt, ReadLine, Task
from toolkit.notice.attribution import parse
from toolkit.notice.character_forms import fold_characters, groups
from toolkit.notice.doubts import doubt
from toolkit.notice.item_markers import Level
from toolkit.notice.line_pieces import Kind, cut_line
from toolkit.notice.notice_lines import Line
from toolkit.notice.notice_outline import Entry, Outline
from toolkit.notice.notice_tasks import Found
from toolkit.notice.page_furniture import is_site_label
from toolkit.notice.responsibility_labels import Duty, kind_of_label, labels
from toolkit.notice.role_lists import lists_units, says_roles
from toolkit.notice.unit_names import is_collective

_DUTY_WORDS = lazy_pattern(r"牵头|负责|配合|落实|承办|主办|参与|协助|会同")
_NOBODY = lazy_pattern(r"^(?:由|按照?|依照?)?(?:全?[省市区县]?(?:各|有关|相关)|本|该|其|我|分级|属地|谁)")
_ENGLISH_LABEL = lazy_pattern(r"\b(?:lead|leads|owner|responsible|support|supported by|accountable)\b(?:\s+[a-z]+){0,2}\s*(?::|by\b)", re.IGNORECASE)
_FIELD = lazy_pattern(r"^[\u4e00-\u9fff]{0,8}(?:要求|目标|标准|措施|举措|内容|任务|成效|成果|效果|指标|问题|时限|进度|安排|计划)[:：]\s*\S")
_FIGURE = lazy_pattern(r"\d+(?:\.\d+)?\s*(?:[%‰个家所项公亩吨元万亿户人条座场套件处次]|月底|月\d)")
_TAIL = 12  # lines at the end of a page among which its keepers are named


def without_page_units(lines: Sequence[Line]) -> tuple[tuple[Line, ...], list[Line]]:
    """Take the lines off the end in which a page names who runs it: behind an item that has its units, with labels that the notice's own items do not use."""
    end = len(lines)
    while end and len(lines) - end < _TAIL and not lines[end - 1].table and is_site_label(lines[end - 1].text):
        end -= 1
    if end == len(lines) or not end:
        return tuple(lines), []
    labels_used = {match.group().strip(" :;") for line in lines[:end] if not line.table for match in labels(fold_characters(line.text.strip("（(【〔[")))}
    closed, led = _has_units(lines[end - 1]), _is_led(lines[max(0, end - 6) : end])
    seen: set[str] = set()
    for at in range(end, len(lines)):
        label = fold_characters(lines[at].text).split(":")[0].strip()
        lead = kind_of_label(label) is Duty.LEAD
        if label in seen or (closed and (label not in labels_used or (lead and led))):
            return tuple(lines[:at]), list(lines[at:])
        seen.add(label)
    return tuple(lines), []


def _has_units(line: Line) -> bool:
    return line.table is not None or any(piece.kind is Kind.DUTY for piece in cut_line(line.text))


def _is_led(lines: Sequence[Line]) -> bool:
    """Say whether the last item of some lines has a lead already."""
    for line in reversed(lines):
        pieces = [] if line.table else cut_line(line.text)
        if any(piece.read.of(Duty.LEAD) for piece in pieces):
            return True
        if any(piece.kind is Kind.ITEM for piece in pieces):
            return False
    return False


def lines_left(outline: Outline, found: Sequence[Found], page: Sequence[Line]) -> tuple[list[Doubt], set[int]]:
    """Name every responsibility that no task has: one that follows nothing, one of an entry that became no task, one of the page; with their places."""
    doubts = [doubt(Code.UNITS_LEFT_OVER, line.where, piece.text[:80]) for piece, line in outline.lost if piece.read.named or piece.read.watchers]
    ids = {number for piece, line in outline.lost if piece.read.named or piece.read.watchers for number in line.ids}
    unread = [entry for entry in outline.entries if entry.text.startswith(EMBEDDED)]
    doubts += [doubt(Code.EMBEDDED_NOT_READ, entry.where, entry.text, name=entry.text.removeprefix(EMBEDDED)) for entry in unread]
    ids.update(number for entry in unread for number in entry.ids)
    doubts += [doubt(Code.PAGE_UNITS, line.where, line.text[:80]) for line in page]
    ids.update(number for line in page for number in line.ids)
    held = {name for task in found for name in task.duty.names()}
    used = {task.where for task in found}
    below = {number for task in found for number in task.ids}
    for entry in outline.entries:
        names = [name for piece in entry.duties for name in piece.read.names()]
        if names and entry.where not in used and not below.issuperset(entry.ids) and not held.issuperset(names):
            doubts.append(doubt(Code.UNITS_LEFT_OVER, entry.where, "".join(piece.text for piece in entry.duties)[:80]))
            ids.update(entry.ids)
    for entry in _text_left(outline.entries, found):
        doubts.append(doubt(Code.TEXT_LEFT_OVER, entry.where, entry.text[:200]))
        ids.update(entry.ids)
    return doubts, ids


def _text_left(entries: Sequence[Entry], found: Sequence[Found]) -> Iterator[Entry]:
    """List the lines without a number that stand among the tasks and say something of their own: a figure, a field (整改目标：…), units."""
    mine = {number for task in found for number in task.ids}
    heads = {number for task in found for number in task.heads}
    places = [at for at, entry in enumerate(entries) if not mine.isdisjoint(entry.ids) or (entry.level is not Level.PLAIN and not heads.isdisjoint(entry.ids))]
    for at in range(places[0] + 1, min(places[-1] + 2, len(entries))) if places else ():
        entry = entries[at]
        plain = entry.level is Level.PLAIN and not (entry.boundary or entry.duties or entry.table) and (mine | heads).isdisjoint(entry.ids)
        under_known = entry.parent < 0 or not heads.isdisjoint(entries[entry.parent].ids)
        if plain and under_known and (_FIELD.match(entry.text) or (at < places[-1] and (_FIGURE.search(entry.text) or lists_units(entry.text)))):
            yield entry


def prose_left(lines: Sequence[ReadLine]) -> tuple[list[Doubt], tuple[ReadLine, ...]]:
    """Name every line that shares out work in running text (…，由区卫健局负责。) and became no task; it is in doubt then, not furniture."""
    doubts = []
    accounted = []
    for line in lines:
        if line.fate in (FURNITURE, HEADING) and _shares_out_in_prose(line.text):
            doubts.append(doubt(Code.UNITS_LEFT_OVER, line.where, line.text[:80]))
            accounted.append(replace(line, fate=IN_DOUBT))
        else:
            accounted.append(line)
    return doubts, tuple(accounted)


def roles_in_text(tasks: Sequence[Task], found: Sequence[Found]) -> Iterator[Doubt]:
    """Name every bracket and clause of a task's own text that says who does something, where it names a unit that the task does not have."""
    for task, source_task in zip(tasks, found, strict=True):
        if not _DUTY_WORDS.search(task.text) and "支持" not in task.text:
            continue
        folded = fold_characters(task.text)
        inside = [task.text[start + 1 : end - 1] for start, end in groups(folded)]
        held = {fold_characters(name) for name in (*task.leads, *task.supports)}
        for clause in (*inside, *re.split("[,，。;；:：\n]", task.text)):
            if _NOBODY.match(fold_characters(clause)) or not says_roles(clause):
                continue
            names = [name for name in parse(clause).names() if not is_collective(name)]
            if any(fold_characters(name) not in held for name in names):
                yield doubt(Code.UNITS_LEFT_OVER, source_task.where, clause[:80], number=task.number)


def _shares_out_in_prose(text: str) -> bool:
    """Say whether a clause of a text says who does it, without a label of its own that the outline reads."""
    if not _DUTY_WORDS.search(text):
        return bool(_ENGLISH_LABEL.search(text)) and not re.search("[\u3400-\u9fff]", text)
    if any(piece.kind is Kind.DUTY for piece in cut_line(text)):
        return False
    return any(not _NOBODY.match(clause) and says_roles(clause) for clause in re.split("[,。;]", fold_characters(text)))


def fates_of(
    sources: Sequence[tuple[str, str]],
    tasks: Sequence[Task],
    found: Sequence[Found],
    *,
    outline: Outline,
    heads: Sequence[int],
    doubtful: set[int],
) -> tuple[ReadLine, ...]:
    """Say of every source line what became of it; a task's line is a task's even where it heads others."""
    fates = dict.fromkeys(range(len(sources)), FURNITURE)
    fates.update(dict.fromkeys(doubtful, IN_DOUBT))
    for entry in outline.entries:
        if entry.boundary:
            fates.update(dict.fromkeys(entry.ids, HEADING))
    fates.update(dict.fromkeys((*heads, *(head for task in found for head in task.heads)), HEADING))
    numbers: dict[int, list[str]] = {}
    for task, source_task in zip(tasks, found, strict=True):
        fates.update(dict.fromkeys(source_task.ids, ITEM))
        for place in dict.fromkeys(source_task.ids):
            numbers.setdefault(place, []).append(task.number)
    return tuple(ReadLine(where, text, fates[at], "、".join(numbers.get(at, ()))) for at, (where, text) in enumerate(sources))
