"""import: notice → master list; a second import brings the revision into the list that the clerk has worked on."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.documents.read import read_document
from toolkit.edges.files import write_file
from toolkit.edges.holidays_in import odd_days
from toolkit.edges.templates.master_in import load_master
from toolkit.edges.templates.master_out import master_bytes
from toolkit.edges.templates.words_in import load_words
from toolkit.edges.workspace import WORDS, Workspace
from toolkit.model.findings import Finding
from toolkit.model.master import FATES, Master
from toolkit.model.settling import done as put_in
from toolkit.model.trouble import Trouble
from toolkit.notice.amend import Amendment, Change
from toolkit.notice.lists import amend_list, answered_columns, as_list, with_part
from toolkit.notice.reader import NO_HEADER, read_notice

_NOTHING = Master((), (), (), ())


class Imported(NamedTuple):
    """The master list after the import, what changed in it, where it is, whether it was written.

    `counts` says how many lines of the notice had each fate, `question` (or '') what must be answered first, `findings` what is wrong
    with the office's own words.
    """

    master: Master
    changes: tuple[Change, ...]
    path: Path
    written: bool
    counts: tuple[tuple[str, int], ...] = ()
    question: str = ""
    findings: tuple[Finding, ...] = ()


def import_notice(space: Workspace, file: Path, year: int | None, *, only_show: bool = False, listed: str = "") -> Imported:
    """Read a notice into templates/任务总表.xlsx, as the list `listed`; raises Trouble when it holds no tasks. `only_show` writes nothing."""
    _must_be_name(listed)
    mine = load_master(space.master)[0] if space.master.exists() else None
    words, findings = load_words(space.templates / WORDS)
    columns = answered_columns(mine.doubts) if mine else {}
    theirs = read_notice(read_document(file), year=year, words=words.extended(columns, {}))
    if not theirs.tasks:
        raise _no_tasks(file, theirs)
    theirs = as_list(theirs, listed)
    base = load_master(space.master_base)[0] if space.master_base.exists() else mine
    done = (
        amend_list(base or _NOTHING, mine, theirs, listed)
        if mine
        else Amendment(theirs, tuple(Change("新增", task.number, after=task.text) for task in theirs.tasks))
    )
    if not only_show:
        settled = replace(done.master, doubts=tuple(map(put_in, done.master.doubts)))
        write_file(space.master, master_bytes(_with_rest_days(settled)))
        if done.question is None:
            write_file(space.master_base, _base_bytes(with_part(base, theirs, listed) if base and mine else theirs))
    question = f"{done.question.reason}。" if done.question else ""
    return Imported(done.master, done.changes, space.master, not only_show, _counts(theirs), question, findings)


def _base_bytes(master: Master) -> bytes:
    """Write what the notice said, to compare the next one with; its lines are in the list itself."""
    return master_bytes(replace(master, lines=()))


def _counts(theirs: Master) -> tuple[tuple[str, int], ...]:
    """Count the lines of a notice by what became of them; together they are all its lines."""
    counted = Counter(line.fate for line in theirs.lines)
    return tuple((fate, counted[fate]) for fate in FATES)


def _must_be_name(listed: str) -> None:
    if listed and (not re.fullmatch(r"[\u4e00-\u9fffA-Za-z]{2,12}", listed) or listed in {"任务", "目标"}):
        raise Trouble(f"清单的名称不能是“{listed}”。", "请用 2 到 12 个汉字或字母，如 民生实事，里面没有数字、空格和标点。")


def _no_tasks(file: Path, theirs: Master) -> Trouble:
    reasons = "；".join(doubt.reason for doubt in theirs.doubts) or "没有带牵头或责任单位的条目"
    if NO_HEADER in reasons:
        return Trouble(f"“{file.name}”{reasons}。", f"请在 templates/{WORDS} 的“表头和标签”表里写明这些表头各读作什么，再导入一次。")
    return Trouble(f"“{file.name}”里没有读到任务：{reasons}。", "请确认选对了文件：应是责任分解方案的正文，而不是只有封面的通知。")


def _with_rest_days(master: Master) -> Master:
    """Fill in the rest days of the calendar's years that sheet 节假日 says nothing of; what the clerk wrote stays."""
    missing = {line.due.year for line in master.calendar} - {one.day.year for one in master.odd_days}
    return replace(master, odd_days=(*master.odd_days, *odd_days(sorted(missing))))
