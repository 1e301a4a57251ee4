"""A notice read into the master list: the corridor of this room, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.model.document import Document, Paragraph, Table
from toolkit.model.findings import Code
from toolkit.model.master import GOAL, Doubt, Master, Task
from toolkit.model.vocabulary import STANDARD, Vocabulary
from toolkit.notice.attribution import FIRST_LEADS, Attribution
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.doubts import doubt
from toolkit.notice.find_targets import read_indicators
from toolkit.notice.line_account import fates_of, lines_left, prose_left, roles_in_text, without_page_units
from toolkit.notice.marked_leads import with_marked_leads
from toolkit.notice.notice_lines import Line, read_lines
from toolkit.notice.notice_outline import read_entries
from toolkit.notice.notice_tasks import Found, find_tasks
from toolkit.notice.notice_title import find_title
from toolkit.notice.notice_year import find_year, year_in_doubt
from toolkit.notice.person_names import run_together
from toolkit.notice.region_prefixes import restore, stand_alone
from toolkit.notice.report_schedule import SHIPPED, FormCycles, notice_date, read_calendar
from toolkit.notice.responsibility_labels import Duty
from toolkit.notice.standard_wording import standard_wording, without_spacing
from toolkit.notice.table_header import find_header, parted
from toolkit.notice.task_tables import FIRST_NOTE, read_table, rows_of
from toolkit.notice.text_tables import with_tables
from toolkit.notice.unit_register import build_register

NO_LEAD = "原文只列责任单位，按规定视为牵头"
NO_HEADER = "里面有一张表，认不出哪一栏是任务、哪一栏是单位，表头是"
ONLY_HELP = "原文只列配合单位，暂列为牵头"
FIRST = "原文规定排名第一的为牵头单位"
OPEN = "原文单位名单有“等”字，可能还有未列出的单位"


def read_notice(document: Document, *, year: int | None = None, words: Vocabulary = STANDARD, forms: FormCycles = SHIPPED) -> Master:
    """Read a notice into goals, tasks, indicators, units and calendar; without tasks the list is empty and one doubt says why.

    Every source line ends in exactly one fate (Master.lines), and whatever names a unit or a measure in a task, an indicator or a doubt.
    """
    drawn, guessed = with_tables(without_spacing(standard_wording(document, words)))
    drawn = replace(drawn, blocks=tuple(part for block in drawn.blocks for part in (parted(block) if isinstance(block, Table) else (block,))))
    lines, sources = read_lines(_unfolded(with_marked_leads(drawn)))
    unread = [doubt(Code.TABLE_NOT_READ, block.where, titles) for block in drawn.blocks if isinstance(block, Table) and (titles := _unread_titles(block))]
    lines, page = without_page_units(lines)
    title = find_title(lines)
    dated = notice_date(lines)
    outline = read_entries(lines)
    found, doubts = find_tasks(outline.entries)
    found, tables, heads = _tables(found)
    if not any(task.duty.named for task in found):  # minutes of a meeting: 一、…。由市财政局负责，…
        outline = read_entries(lines, prose=True)
        found, doubts = find_tasks(outline.entries)
        found, tables, heads = _tables(found)
    calendar, unsaid = read_calendar(lines, year or find_year(title, lines, dated), dated, forms)
    unsaid = unsaid if year else (*unsaid, *year_in_doubt(title, lines, dated))
    if not any(task.duty.named for task in found):  # numbered instructions of a cover letter name no unit
        return Master((), (), (), calendar, (_empty(lines, document),), title, document.name)
    first_leads = any(FIRST_LEADS.search(fold_characters(line.text)) for line in lines)
    tasks, restored = _settled(found, first_leads=first_leads)
    places = _places(tasks, found)
    units, unclear = build_register(tasks, places)
    indicators, counted = read_indicators(tasks, [task.where for task in found])
    unclear = (*unclear, *(doubt(Code.NAMES_RUN_TOGETHER, task.where, task.duty.leader) for task in found if run_together(task.duty.leader)))
    left, more = lines_left(outline, found, page)
    prose, fates = prose_left(fates_of(sources, tasks, found, outline=outline, heads=heads, doubtful=more))
    every = (*doubts, *guessed, *unread, *tables, *left, *prose, *roles_in_text(tasks, found), *restored, *unclear, *counted, *unsaid)
    numbers = {source_task.where: task.number for task, source_task in zip(reversed(tasks), reversed(found), strict=True)}
    every = tuple(dict.fromkeys(asked if asked.number else replace(asked, number=numbers.get(asked.where, "")) for asked in every))
    return Master(tasks, indicators, units, calendar, every, title, document.name, lines=fates)


def _tables(found: Sequence[Found]) -> tuple[list[Found], list[Doubt], list[int]]:
    """Put the tasks of each table in its place."""
    tasks: list[Found] = []
    doubts: list[Doubt] = []
    heads: list[int] = []
    for task in found:
        if task.table is None:
            tasks.append(task)
            continue
        read = read_table(task.table, task)
        tasks += read.found
        doubts += read.doubts
        heads += read.heads
    return tasks, doubts, heads


def _unfolded(document: Document) -> Document:
    """Turn tables that only lay out a page into paragraphs."""
    blocks: list[Paragraph | Table] = []
    for block in document.blocks:
        if isinstance(block, Table) and find_header(block) is None:
            blocks.extend(Paragraph(text, block.where) for text in rows_of(block))
        else:
            blocks.append(block)
    return Document(document.name, tuple(blocks))


def _empty(lines: Sequence[Line], document: Document) -> Doubt:
    """Say why no tasks were found; a table whose header is not understood is named with its header."""
    if not any(line.text or line.table for line in lines):
        return Doubt("", "", "文件里没有文字")
    read = next((line.text for line in lines if line.text), "")[:60]
    headers = [titles for block in document.blocks if isinstance(block, Table) and (titles := _titles(block))]
    if headers:
        return Doubt(lines[0].where, read, f"{NO_HEADER}“{headers[0]}”")
    return Doubt(lines[0].where, read, "没有读到写明牵头单位或责任单位的任务；如果这是正文通知，请导入附件中的任务分解表")


def _unread_titles(table: Table) -> str:
    """The header of a table of which no row becomes a task, '' for one that is read or only lays out a page."""
    return "" if len(table.rows) < 2 or find_header(table) else _titles(table)


def _titles(table: Table) -> str:
    """The words of a table's first row that is filled all along, as its header may be."""
    row = next((row for row in table.rows[:8] if len(row) > 2 and all(cell.text.strip() for cell in row) and len({cell.text for cell in row}) > 2), None)
    return "、".join("".join(cell.text.split())[:12] for cell in row) if row and all(len(cell.text) <= 20 for cell in row) else ""


@dataclass(frozen=True, slots=True)
class _Settled:
    """Leads and supports of one task, with a remark for the note."""

    leads: tuple[str, ...]
    supports: tuple[str, ...]
    note: str = ""


def _settle(duty: Attribution, *, first_leads: bool) -> _Settled:
    """Decide who leads: whom the text names, else the first if the notice says so, else all that are responsible."""
    leads, duties, helps = duty.of(Duty.LEAD), duty.of(Duty.DUTY), duty.of(Duty.HELP)
    if leads:
        return _Settled(leads, duty.of(Duty.DUTY, Duty.HELP))
    if first_leads and len(duties) > 1:
        return _Settled(duties[:1], tuple(name for name in duty.names() if name != duties[0]), FIRST)
    if duties:
        return _Settled(duties, helps, NO_LEAD)
    return _Settled(helps, (), ONLY_HELP if helps else "")


def _settled(found: Sequence[Found], *, first_leads: bool) -> tuple[tuple[Task, ...], tuple[Doubt, ...]]:
    """Number the tasks, complete elided names, decide who leads."""
    known = stand_alone(names for task in found for names in map(task.duty.of, (Duty.LEAD, Duty.DUTY, Duty.HELP)))
    numbers = _numbers(found)
    tasks: list[Task] = []
    doubts: list[Doubt] = []
    for task, number in zip(found, numbers, strict=True):
        duty, restored = _completed(task.duty, known)
        doubts.extend(doubt(Code.NAME_COMPLETED, task.where, f"{short} → {full}", other=short, number=number) for short, full in restored)
        who = _settle(duty, first_leads=first_leads or task.note == FIRST_NOTE)
        notes = [who.note, task.note if task.note != FIRST_NOTE else "", *(f"“{short}”按前文补为“{full}”" for short, full in restored)]
        notes += [OPEN if duty.open_ended else "", duty.remark]
        if who.note == ONLY_HELP:
            doubts.append(doubt(Code.LEAD_UNKNOWN, task.where, f"{task.text[:40]} ← {task.raw}", number=number))
        leads = tuple(dict.fromkeys(who.leads))
        supports = tuple(name for name in dict.fromkeys(who.supports) if name not in leads)
        tasks.append(
            Task(number, task.category, task.section, task.subsection, task.text, leads, supports,
                 duty.deadline, duty.leader, note="；".join(filter(None, notes)))
        )
    return tuple(tasks), tuple(doubts)


def _completed(duty: Attribution, known: frozenset[str]) -> tuple[Attribution, list[tuple[str, str]]]:
    """Complete the names of each list; give what was restored as (short, full)."""
    before: dict[Duty, list[str]] = {}
    restored: list[tuple[str, str]] = []
    named: list[tuple[str, Duty]] = []
    for name, kind in duty.named:
        full = restore(name, before.setdefault(kind, []), known)
        before[kind].append(full)
        named.append((full, kind))
        if full != name:
            restored.append((name, full))
    return replace(duty, named=tuple(named)), restored


def _numbers(found: Sequence[Found]) -> list[str]:
    """Number goals and tasks: by the notice's own numbers where they run on without a gap, else 1, 2, 3."""
    numbers: dict[int, str] = {}
    for category, word in ((GOAL, "目标"), (None, "任务")):
        places = [at for at, task in enumerate(found) if (task.category == GOAL) == (category == GOAL)]
        own = [found[at].value for at in places]
        runs_on = own and own[0] > 0 and own == list(range(own[0], own[0] + len(own))) and len({found[at].level for at in places}) == 1
        for order, at in enumerate(places, 1):
            numbers[at] = f"{word}{found[at].value if runs_on else order}"
    return [numbers[at] for at in range(len(found))]


def _places(tasks: Sequence[Task], found: Sequence[Found]) -> dict[str, str]:
    """Remember where each name was first read."""
    places: dict[str, str] = {}
    for task, source_task in zip(tasks, found, strict=True):
        for name in (*task.leads, *task.supports):
            places.setdefault(name, source_task.where)
    return places
