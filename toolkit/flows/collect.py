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
    """Every file found, with what became of it; `again` counts files that were recorded before; `faults` counts our own."""

    arrivals: tuple[Arrival, ...]
    again: int
    faults: int
    findings: tuple[Finding, ...]


def collect(space: Workspace, *, progress: Progress) -> Collected:
    """Take in everything in the inbox; a second run finds nothing new and changes nothing."""
    with opened(space) as ground:
        arrivals: list[Arrival] = []
        again = faults = 0
        for path in progress(inbox.waiting_files(space), "收表"):
            content, sent = _take(space, path)
            if ground.ledger.has(sent.digest, sent.name, sent.sent):
                again += 1
                _clear(space, path)
                continue
            try:
                arrival = _judge(ground, path, content, sent)
            except Exception as error:  # noqa: BLE001 - our own fault on one file must not stop the others
                log_fault(space, f"reading {sent.name}", error)
                faults += 1
                finding = Finding(Code.OUR_FAULT, Place(sent.name))
                arrival = Arrival(sent, Outcome.WAITING, finding.message, findings=(finding,))
            _record(ground, arrival, content)
            _clear(space, path)
            arrivals.append(arrival)
        return Collected(tuple(arrivals), again, faults, ground.findings)


def _take(space: Workspace, path: Path) -> tuple[bytes, Sent]:
    try:
        return inbox.take(space, path)
    except OSError as error:
        raise Trouble(f"收件箱里的“{path.name}”读不出来：{error.strerror}。", "请检查文件是否被占用、磁盘是否正常，再运行一次；前面的文件已经收好。") from error


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
    """Archive first, then commit; the inbox file goes only after that."""
    path = inbox.archive(ground.space, content, arrival.sent, period=arrival.period, unit=arrival.unit)
    with ground.ledger.writing() as connection:
        ground.ledger.record_arrival(connection, arrival, path=path, at=now())


def _clear(space: Workspace, path: Path) -> None:
    try:
        inbox.clear(space, path)
    except OSError as error:
        raise Trouble(f"“{path.name}”已经收好，但不能从收件箱移走：{error.strerror}。", "请关闭打开它的程序，再运行一次；不会重复收取。") from error
