"""import: notice → master list; a second import brings the revision into the list that the clerk has worked on, another year's gets a list of its own."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.documents.read import read_document
from toolkit.edges.files import write_file
from toolkit.edges.holidays_in import odd_days
from toolkit.edges.templates.carry_over import Unfinished, with_offer
from toolkit.edges.templates.master_in import load_master
from toolkit.edges.templates.master_out import master_bytes
from toolkit.edges.workspace import Workspace
from toolkit.flows.ground import Ground, opened
from toolkit.flows.registering import ListFile
from toolkit.flows.standing import stand
from toolkit.model.findings import Finding
from toolkit.model.form import FINISHED
from toolkit.model.master import COLLECTIVE, GOAL, Master, Unit
from toolkit.model.period import Period
from toolkit.model.trouble import Trouble
from toolkit.notice.amend import Amendment, Change, amend
from toolkit.notice.reader import read_notice


class Imported(NamedTuple):
    """The master list after the import, what changed in it, where it is, and whether it was written.

    `registered` says what became dated changes, `beside` where the former year's list is kept (None: this is not another year), `asked` what the clerk
    is asked.
    """

    master: Master
    changes: tuple[Change, ...]
    path: Path
    written: bool
    registered: tuple[Finding, ...] = ()
    beside: Path | None = None
    asked: tuple[str, ...] = ()


def import_notice(space: Workspace, file: Path, year: int | None, *, only_show: bool = False) -> Imported:
    """Read a notice into the list of its year; raises Trouble when the notice holds no tasks. `only_show` writes nothing."""
    theirs = read_notice(read_document(file), year=year)
    if not theirs.tasks:
        reasons = "；".join(doubt.reason for doubt in theirs.doubts) or "没有带牵头或责任单位的条目"
        raise Trouble(f"“{file.name}”里没有读到任务：{reasons}。", "请确认选对了文件：应是责任分解方案的正文，而不是只有封面的通知。")
    if not space.master.exists():
        if not only_show:
            _write(space, space.master, _with_rest_days(theirs), theirs)
        return Imported(theirs, _all_new(theirs), space.master, not only_show)
    with opened(space, alone=not only_show) as ground:
        return _beside(ground, theirs, only_show=only_show)


def _beside(ground: Ground, theirs: Master, *, only_show: bool) -> Imported:
    """Bring a notice in where there is a list already."""
    space = ground.space
    mine, _ = load_master(space.master)
    working, its = ground.lists.year_of(mine), ground.lists.year_of(theirs) or ground.lists.year_of(mine)
    if working and its > working:
        return _next_year(ground, mine, working, theirs, only_show=only_show)
    path = space.master if its == working or not working else space.list_of(its)
    if not path.exists():
        if not only_show:
            _write(space, path, _with_rest_days(theirs), theirs)
        return Imported(theirs, _all_new(theirs), path, not only_show)
    mine, _ = load_master(path)
    done = amend(load_master(space.base_of(path))[0] if space.base_of(path).exists() else mine, mine, theirs)
    if only_show:
        return Imported(done.master, done.changes, path, written=False)
    revised = _with_rest_days(done.master)
    _write(space, path, revised, theirs)
    registered = ground.registrar.register(ListFile(path, revised, its), trusts=True)
    asked = tuple(f"{one.place}：{one.message}{one.advice}" for one in registered.asked)
    return Imported(done.master, done.changes, path, written=True, registered=registered.said, asked=(*ground.questions, *asked))


def _next_year(ground: Ground, mine: Master, working: int, theirs: Master, *, only_show: bool) -> Imported:
    """Keep the list of the year that ends beside, and begin the new year's: with the units as they are by now, and what is unfinished offered."""
    space = ground.space
    new = _with_rest_days(replace(theirs, units=_carried(ground.master.units, theirs)))
    kept = space.list_of(working)
    if not only_show:
        if ground.lists.base(working) is None:
            ground.registrar.begin(mine, working)
        write_file(kept, space.master.read_bytes())
        if space.base_of(space.master).exists():
            write_file(space.base_of(kept), space.base_of(space.master).read_bytes())
        write_file(space.master, with_offer(master_bytes(new), _unfinished(ground, working)))
        write_file(space.base_of(space.master), master_bytes(theirs))
    return Imported(new, _all_new(new), space.master, written=not only_show, beside=kept, asked=ground.questions)


def _write(space: Workspace, path: Path, master: Master, theirs: Master) -> None:
    write_file(path, master_bytes(master))
    write_file(space.base_of(path), master_bytes(theirs))


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


def _unfinished(ground: Ground, year: int) -> list[Unfinished]:
    """List what a year left unfinished, as its newest issued quarter knows it."""
    issued = {Period.parse(name) for name in ground.ledger.issued_periods()}
    newest = max((one for one in issued if one.year == year and (one.quarter or one.month)), default=None)
    if newest is None:
        return []
    return [
        Unfinished(
            one.task.number,
            one.task.text,
            "、".join(one.task.leads),
            "、".join(one.task.supports),
            one.status,
            f"{one.progress:f}" if one.progress is not None else "",
        )
        for one in stand(ground, newest).tasks
        if one.status != FINISHED and one.task.category != GOAL
    ]


def _with_rest_days(master: Master) -> Master:
    """Fill in the rest days of the calendar's years that sheet 节假日 says nothing of; what the clerk wrote stays."""
    missing = {line.due.year for line in master.calendar} - {one.day.year for one in master.odd_days}
    return replace(master, odd_days=(*master.odd_days, *odd_days(sorted(missing))))
