"""import: notice → master list; a second import brings the revision into the list that the clerk has worked on, another year's gets a list of its own."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.documents.read_document import read_document
from toolkit.edges.files import write_file
from toolkit.edges.templates.next_year_sheet import Unfinished, with_offer, with_offer_of
from toolkit.edges.templates.own_sheets import with_own_sheets
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.templates.read_notice_words import load_words
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import WORDS, Workspace
from toolkit.flows.issue.form_cycles import form_cycles
from toolkit.flows.office.blocking_faults import sentences
from toolkit.flows.office.guard_office_books import check_books, demand_list, write_own_book
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.flows.office.register_changes import ListFile
from toolkit.flows.office.rest_days import with_rest_days
from toolkit.flows.office.round_chain import parts_of_year
from toolkit.model.answered_doubts import done as put_in
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Code, Finding, Level
from toolkit.model.master import COLLECTIVE, FATES, GOAL, MAIN_LIST, Master, Task, Unit
from toolkit.model.period import Period
from toolkit.model.stages import Stage
from toolkit.model.standing import Round
from toolkit.notice.parallel_lists import amend_list, answered_columns, as_list, with_notice
from toolkit.notice.read_notice import NO_HEADER, read_notice
from toolkit.notice.revise_list import Amendment, Change

_NOTHING = Master((), (), (), ())
_YEARS = range(2000, 2100)  # those that a period can be of


class Imported(NamedTuple):
    """The master list after the import, what changed in it, where it is, and whether it was written.

    `registered` says what became dated changes, `beside` where the former year's list is kept (None: this is not another year), `asked` what the clerk
    is asked. `counts` says how many lines of the notice had each fate, `question` (or '') what must be answered first, `findings` what is wrong with
    the office's own words.
    """

    master: Master
    changes: tuple[Change, ...]
    path: Path
    written: bool
    registered: tuple[Finding, ...] = ()
    beside: Path | None = None
    asked: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    question: str = ""
    findings: tuple[Finding, ...] = ()


def import_notice(space: Workspace, file: Path, year: int | None, *, only_show: bool = False, listed: str = "") -> Imported:
    """Read a notice into the list of its year, as the list `listed`; `only_show` writes nothing.

    Raises CommandError when the notice holds no tasks, or cells of the list that is there cannot be read.
    """
    _must_be_name(listed)
    if year is not None and year not in _YEARS:
        raise CommandError(f"年份不能是“{year}”。", "请写四位数，如 2023；通知里写了年份的可以不写。")
    demand_list(space)
    mine = _present(space, space.master) if space.master.exists() else None
    words, findings = load_words(space.templates / WORDS)
    columns = answered_columns(mine.doubts) if mine else {}
    theirs = as_list(read_notice(read_document(file), year=year, words=words.extended(columns, {}), forms=form_cycles(space)), listed)
    if not theirs.tasks:
        raise _no_tasks(file, theirs)
    if mine is None:
        if not only_show:
            _write(space, space.master, with_rest_days(theirs), theirs)
        done = Imported(theirs, _all_new(theirs), space.master, not only_show)
    else:
        with open_office(space, alone=not only_show) as office:
            done = _revise(office, mine, theirs, listed, only_show=only_show)
    return done._replace(counts=_counts(theirs), findings=findings)


def _revise(office: OfficeContext, mine: Master, theirs: Master, listed: str, *, only_show: bool) -> Imported:
    """Bring a notice in where there is a list already."""
    space = office.space
    working, its = office.lists.year_of(mine), office.lists.year_of(theirs) or office.lists.year_of(mine)
    if working and its > working:
        return _next_year(office, mine, working, theirs, only_show=only_show)
    path = space.master if its == working or not working else space.list_of(its)
    if not path.exists():
        if not only_show:
            _write(space, path, with_rest_days(theirs), theirs)
        return Imported(theirs, _all_new(theirs), path, not only_show)
    mine = _present(space, path)
    base = load_master(space.base_of(path))[0] if space.base_of(path).exists() else mine
    done = amend_list(base or _NOTHING, mine, theirs, listed)
    question = f"{done.question.reason}。" if done.question else ""
    if only_show:
        return Imported(done.master, done.changes, path, written=False, question=question)
    revised = with_rest_days(replace(done.master, doubts=tuple(map(put_in, done.master.doubts))))
    write_file(path, with_own_sheets(with_offer_of(master_bytes(revised), path), path))
    if done.question is None:
        write_file(space.base_of(path), _base_bytes(with_notice(base, theirs, listed)))
    registered = office.registrar.register(ListFile(path, revised, its), trusts=True)
    asked = tuple(f"{finding.place}：{finding.message}{finding.advice}" for finding in registered.asked)
    return Imported(revised, done.changes, path, written=True, registered=registered.findings, asked=(*office.questions, *asked), question=question)


def _present(space: Workspace, path: Path) -> Master:
    """Read the list that is there. Raises CommandError where an import would lose what cannot be read in it."""
    check_books(space)
    mine, faults = load_master(path)
    lost = [fault for fault in faults if fault.level is Level.ERROR and fault.code is not Code.UNKNOWN_UNIT]
    if lost:
        raise CommandError(f"现有的{path.stem}里有 {len(lost)} 处读不出来，再导入会丢掉它们：{sentences(lost)}", "请先改好，再导入一次。")
    return mine


def _base_bytes(master: Master) -> bytes:
    """Write what the notice said, to compare the next one with; its lines are in the list itself."""
    return master_bytes(replace(master, lines=()))


def _counts(theirs: Master) -> tuple[tuple[str, int], ...]:
    """Count the lines of a notice by what became of them; together they are all its lines."""
    counted = Counter(line.fate for line in theirs.lines)
    return tuple((fate, counted[fate]) for fate in FATES)


def _must_be_name(listed: str) -> None:
    if listed and (not re.fullmatch(r"[\u4e00-\u9fffA-Za-z]{2,12}", listed) or listed in {"任务", "目标", MAIN_LIST}):
        raise CommandError(f"清单的名称不能是“{listed}”。", "请用 2 到 12 个汉字或字母，如 民生实事，里面没有数字、空格和标点。")


def _no_tasks(file: Path, theirs: Master) -> CommandError:
    reasons = "；".join(doubt.reason for doubt in theirs.doubts) or "没有带牵头或责任单位的条目"
    if NO_HEADER in reasons:
        return CommandError(f"“{file.name}”{reasons}。", f"请在 templates/{WORDS} 的“表头和标签”表里写明这些表头各读作什么，再导入一次。")
    return CommandError(f"“{file.name}”里没有读到任务：{reasons}。", "请确认选对了文件：应是责任分解方案的正文，而不是只有封面的通知。")


def _next_year(office: OfficeContext, mine: Master, working: int, theirs: Master, *, only_show: bool) -> Imported:
    """Keep the list of the year that ends beside, and begin the new year's: with the units as they are by now, and what is unfinished offered."""
    space = office.space
    new = with_rest_days(replace(theirs, units=_carried(office.master.units, theirs)))
    year_list = space.list_of(working)
    if not only_show:
        if office.lists.base(working) is None:
            office.registrar.begin(mine, working)
        write_file(year_list, space.master.read_bytes())
        if space.base_of(space.master).exists():
            write_file(space.base_of(year_list), space.base_of(space.master).read_bytes())
        write_file(space.master, with_offer(master_bytes(new), _unfinished(office, working)))
        write_file(space.base_of(space.master), _base_bytes(theirs))
    return Imported(new, _all_new(new), space.master, written=not only_show, beside=year_list, asked=office.questions)


def _write(space: Workspace, path: Path, master: Master, theirs: Master) -> None:
    write_own_book(space, path, master_bytes(master))
    write_file(space.base_of(path), _base_bytes(theirs))


def _all_new(master: Master) -> tuple[Change, ...]:
    return Amendment(master, tuple(Change("新增", task.number, after=task.text) for task in master.tasks)).changes


def _carried(old: Iterable[Unit], theirs: Master) -> tuple[Unit, ...]:
    """Give the new year's units: those that the notice names, with all that the office knows of them; and the others that are still there."""
    known = {name: unit for unit in old for name in (*unit.former, *unit.aliases, unit.name)}
    units = []
    for unit in theirs.units:
        same = known.get(unit.name)
        units.append(replace(same, aliases=tuple(dict.fromkeys((*same.aliases, *unit.aliases))), members=same.members or unit.members) if same else unit)
    here = {unit.key for unit in units}
    return (*{unit.key: unit for unit in units}.values(), *(unit for unit in old if unit.key not in here and unit.group != COLLECTIVE))


def _unfinished(office: OfficeContext, year: int) -> list[Unfinished]:
    """List what a year left unfinished in its newest issued quarter, each with the last that was said of it; what is closed (销号) is not there.

    A task that was not reported in that quarter is listed, whatever was said of it before: the quarter in which it was is named.
    """
    issued = sorted(period for name in office.ledger.issued_periods() if (period := Period.parse(name)).year == year and period.is_part)
    rounds = parts_of_year(office, Period(year)) or tuple(issued)
    if not rounds:
        return []
    states = [period_standing(office, period) for period in reversed(rounds)]
    left = (task.task for task in states[0].tasks if task.stage is not Stage.FINISHED and not task.closed and not states[0].is_closed(task.task.number))
    return [_as_last_said(task, states) for task in left if task.category != GOAL]


def _as_last_said(task: Task, states: Sequence[Round]) -> Unfinished:
    """Give a task with its last status and progress, and the quarter in which they were said where it is not the newest; `states` are newest first."""
    words = (task.number, task.text, "、".join(task.leads), "、".join(task.supports))
    for state in states:
        said = next((standing for standing in state.tasks if standing.task.number == task.number), None)
        if said is not None and (said.status or said.progress is not None):
            status = said.status if state is states[0] else f"{said.status or '未填'}（{state.period.label}报，此后未报）"
            return Unfinished(*words, status, f"{said.progress:f}" if said.progress is not None else "")
    return Unfinished(*words, "", "")
