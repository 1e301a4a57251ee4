"""collect: every file in the inbox → archive, ledger, one outcome each."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit.edges import inbox
from toolkit.edges.clock import now
from toolkit.edges.log import log_fault
from toolkit.edges.workspace import Workspace
from toolkit.flows.ground import Ground, opened
from toolkit.flows.read_return import read_return
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place
from toolkit.model.returns import Arrival, Outcome, Sent
from toolkit.model.trouble import Trouble

Progress = Callable[[Sequence[Path], str], Iterable[Path]]


class Collected(NamedTuple):
    """Every file found, with what became of it; `again` counts files that were recorded before; `faults` counts our own.

    `left` are sentences about files that could not be read or moved away; the others were taken in.
    """

    arrivals: tuple[Arrival, ...]
    again: int
    faults: int
    findings: tuple[Finding, ...]
    left: tuple[str, ...]


def collect(space: Workspace, *, progress: Progress) -> Collected:
    """Take in everything in the inbox; a second run finds nothing new and changes nothing."""
    with opened(space) as ground:
        arrivals: list[Arrival] = []
        left: list[str] = []
        again = faults = 0
        for path in progress(inbox.waiting_files(space), "收表"):
            try:
                content, sent = inbox.take(space, path)
            except OSError as error:
                left.append(f"收件箱里的“{path.name}”读不出来：{error.strerror}。请检查文件是否被占用、磁盘是否正常，再运行一次；其他文件不受影响。")
                continue
            if ground.ledger.has(sent.digest, sent.name, sent.sent):
                again += 1
                left += _clear(space, path)
                continue
            try:
                arrival = _judge(ground, path, content, sent)
            except Exception as error:  # noqa: BLE001 - our own fault on one file must not stop the others
                log_fault(space, f"reading {sent.name}", error)
                faults += 1
                finding = Finding(Code.OUR_FAULT, Place(sent.name))
                arrival = Arrival(sent, Outcome.WAITING, finding.message, findings=(finding,))
            _record(ground, arrival, content)
            left += _clear(space, path)
            arrivals.append(arrival)
        return Collected(tuple(arrivals), again, faults, ground.findings, tuple(left))


def _judge(ground: Ground, path: Path, content: bytes, sent: Sent) -> Arrival:
    if inbox.is_system_file(path):
        finding = Finding(Code.SYSTEM_FILE, Place(sent.name))
        return Arrival(sent, Outcome.IGNORED, finding.message, findings=(finding,))
    known = ground.ledger.find(sent.digest)
    if known is not None:
        finding = Finding(Code.DUPLICATE, Place(sent.name), {"name": known.name}, unit=known.unit)
        return Arrival(sent, Outcome.IGNORED, finding.message, known.unit, known.period, findings=(finding,))
    return read_return(content, sent, master=ground.master, forms=ground.forms, key=ground.key, issued=ground.ledger)


def _record(ground: Ground, arrival: Arrival, content: bytes) -> None:
    """Archive first, then commit; the inbox file goes only after that. Raises Trouble when the disk takes no more."""
    try:
        path = inbox.archive(ground.space, content, arrival.sent, period=arrival.period, unit=arrival.unit)
    except OSError as error:
        remedy = "请检查磁盘空间和写权限，再运行一次；已经收好的不会重复，没有收的还在收件箱。"
        raise Trouble(f"“{arrival.sent.name}”存不进档案：{error.strerror}。", remedy) from error
    with ground.ledger.writing() as connection:
        ground.ledger.record_arrival(connection, arrival, path=path, at=now())


def _clear(space: Workspace, path: Path) -> list[str]:
    try:
        inbox.clear(space, path)
    except OSError as error:
        return [f"“{path.name}”已经收好，但不能从收件箱移走：{error.strerror}。请关闭打开它的程序；再运行一次也不会重复收取。"]
    return []
