"""import: notice → master list; a second import brings the revision into the list that the clerk has worked on."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.documents.read import read_document
from toolkit.edges.files import write_file
from toolkit.edges.holidays_in import odd_days
from toolkit.edges.templates.master_in import load_master
from toolkit.edges.templates.master_out import master_bytes
from toolkit.edges.workspace import Workspace
from toolkit.flows.ground import sentences
from toolkit.flows.guarding import check_books
from toolkit.model.findings import Code, Level
from toolkit.model.master import Master
from toolkit.model.trouble import Trouble
from toolkit.notice.amend import Amendment, Change, amend
from toolkit.notice.reader import read_notice


class Imported(NamedTuple):
    """The master list after the import, what changed in it, where it is, and whether it was written."""

    master: Master
    changes: tuple[Change, ...]
    path: Path
    written: bool


def import_notice(space: Workspace, file: Path, year: int | None, *, only_show: bool = False) -> Imported:
    """Read a notice into templates/任务总表.xlsx; `only_show` writes nothing.

    Raises Trouble when the notice holds no tasks, or cells of the list that is there cannot be read.
    """
    theirs = read_notice(read_document(file), year=year)
    if not theirs.tasks:
        reasons = "；".join(doubt.reason for doubt in theirs.doubts) or "没有带牵头或责任单位的条目"
        raise Trouble(f"“{file.name}”里没有读到任务：{reasons}。", "请确认选对了文件：应是责任分解方案的正文，而不是只有封面的通知。")
    done = _amended(space, theirs)
    if not only_show:
        write_file(space.master, master_bytes(_with_rest_days(done.master)))
        write_file(space.master_base, master_bytes(theirs))
    return Imported(done.master, done.changes, space.master, not only_show)


def _amended(space: Workspace, theirs: Master) -> Amendment:
    if not space.master.exists():
        return Amendment(theirs, tuple(Change("新增", task.number, after=task.text) for task in theirs.tasks))
    check_books(space)
    mine, faults = load_master(space.master)
    lost = [fault for fault in faults if fault.level is Level.ERROR and fault.code is not Code.UNKNOWN_UNIT]
    if lost:
        raise Trouble(f"现有的任务总表里有 {len(lost)} 处读不出来，再导入会丢掉它们：{sentences(lost)}", "请先改好，再导入一次。")
    base = load_master(space.master_base)[0] if space.master_base.exists() else mine
    return amend(base, mine, theirs)


def _with_rest_days(master: Master) -> Master:
    """Fill in the rest days of the calendar's years that sheet 节假日 says nothing of; what the clerk wrote stays."""
    missing = {line.due.year for line in master.calendar} - {one.day.year for one in master.odd_days}
    return replace(master, odd_days=(*master.odd_days, *odd_days(sorted(missing))))
