"""returns: every file that came for a period, and the office's word on one: accept, refuse, put aside, restore."""

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.edges import inbox
from toolkit.edges.clock import now
from toolkit.edges.envelopes.unpack import unpack
from toolkit.edges.ledger import decisions as kept
from toolkit.edges.ledger import rounds
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.edges.reading.sandbox_inside import Job
from toolkit.edges.who import who
from toolkit.edges.workspace import Workspace
from toolkit.flows.before import Before
from toolkit.flows.ground import Ground, opened
from toolkit.flows.history import excluded_files, filed, strangers
from toolkit.flows.own_key import NO_ORIGINALS
from toolkit.flows.read_return import read_return
from toolkit.flows.reading import Reading
from toolkit.flows.receipts import write_receipts
from toolkit.merging.versions import current_files
from toolkit.model.decisions import HANDLING, REASON, About, Decision, Deed
from toolkit.model.period import Period
from toolkit.model.returns import Arrival, Outcome, Sent
from toolkit.model.trouble import Trouble

_LOOK = "请用“returns 期间”看各文件的号。"


class Listed(NamedTuple):
    """One file as the clerk sees it: number, unit, when sent, outcome in words, whether its values are in use, name, why."""

    number: int
    unit: str
    sent: str
    outcome: str
    used: str
    name: str
    reason: str


def list_returns(space: Workspace, period: Period) -> list[Listed]:
    """List every file of a period, those of no unit behind, those that wait for a decision last: nearest to where the clerk types."""
    with opened(space) as ground:
        files = filed(ground, period)
        newest = {file.id for file in current_files(files, None).values()}
        return [
            Listed(
                file.id,
                file.unit or "—",
                f"{file.sent:%Y-%m-%d %H:%M}",
                "已停用" if file.excluded else file.outcome.words,
                "是" if file.id in newest else "补充" if file.counts else "否",
                file.name,
                file.excluded or file.reason,
            )
            for file in sorted((*files, *strangers(ground.live(period), period)), key=lambda one: one.outcome is Outcome.WAITING)
        ]


def decide(space: Workspace, numbers: Sequence[int], deed: Deed, note: str = "") -> list[str]:
    """Carry out a decision on files; gives a sentence on each. Raises Trouble before anything is done when one of them cannot be."""
    with opened(space, alone=True) as ground:
        records = [_fit(ground, number, deed) for number in numbers]
        said = [_decided(ground, record, deed, note) for record in records]
        changed = [(record.period, record.unit) for number in numbers if (record := ground.ledger.file(number)) and record.unit]
        return [*ground.questions, *said, *write_receipts(ground, changed).left]


def move(space: Workspace, numbers: Sequence[int], period: Period) -> list[str]:
    """Let files that tell no period belong to another round; gives a sentence on each. Raises Trouble before anything is done when one cannot."""
    with opened(space, alone=True) as ground:
        if not ground.ledger.issued_units(str(period)):
            raise Trouble(f"{period.label}还没有发过表。", "文件只能归到已经发过表的一期。")
        records = [_strange(ground, number) for number in numbers]
        with ground.ledger.writing() as connection:
            for record in records:
                rounds.move(connection, record.id, str(period))
        return [f"{record.id} 号文件“{record.name}”归到{period.label}。" for record in records]


def _strange(ground: Ground, number: int) -> FileRecord:
    record = ground.ledger.file(number)
    if record is None:
        raise Trouble(f"没有 {number} 号文件。", _LOOK)
    if record.period:
        raise Trouble(f"{number} 号文件“{record.name}”认得出是 {record.period} 的表，不能归到别的一期。", "各期请让单位用当期的表报送。")
    return record


def carry_out(ground: Ground, number: int, deed: Deed, note: str) -> str:
    """Carry out a decision on one file; gives a sentence on it. Raises Trouble when it cannot be."""
    return _decided(ground, _fit(ground, number, deed), deed, note)


def _fit(ground: Ground, number: int, deed: Deed) -> FileRecord:
    record = ground.ledger.file(number)
    if record is None:
        raise Trouble(f"没有 {number} 号文件。", _LOOK)
    excluded = number in excluded_files(ground)
    fits = {
        Deed.ACCEPT: record.outcome is Outcome.WAITING,
        Deed.REFUSE: record.outcome is Outcome.WAITING,
        Deed.EXCLUDE: record.outcome.counts and not excluded,
        Deed.RESTORE: excluded,
    }
    if not fits[deed]:
        state = "已停用" if excluded else record.outcome.words
        raise Trouble(f"{number} 号文件“{record.name}”现在是“{state}”，不能“{deed}”。", "待认定的可以采用或不采用，已汇总的可以停用，停用的可以恢复。")
    return record


def _decided(ground: Ground, record: FileRecord, deed: Deed, note: str) -> str:
    path, arrival = record.path, None
    if deed is Deed.ACCEPT:
        content, sent = _original(ground, record)
        arrival = _read_again(ground, content, sent)
        if not arrival.outcome.counts:
            return f"{record.id} 号文件“{record.name}”还是不能采用：{arrival.reason}"
        (path,) = inbox.archive(ground.space, inbox.Original(content, sent, (arrival.period, arrival.unit)))
    elif deed is Deed.REFUSE:
        arrival = Arrival(_sent(record), Outcome.REFUSED, note or "经核对，不采用", record.unit, record.period)
    with ground.ledger.writing() as connection:
        subject, at = str(record.id), now()
        by = who(ground.space)
        words = [(HANDLING, deed.value, record.outcome.value), (REASON, note, "")]
        kept.add(connection, [Decision(About.FILE, subject, field, value, before, at, by) for field, value, before in words])
        if arrival:
            ground.ledger.replace_arrival(connection, record.id, arrival, path=path)
    unit = arrival.unit if arrival else record.unit
    return f"{record.id} 号文件“{record.name}”（{unit or '单位不明'}）：{deed}。{arrival.reason if arrival else ''}"


def _original(ground: Ground, record: FileRecord) -> tuple[bytes, Sent]:
    """Get an original from the archive; one that stayed locked in its envelope is looked for there again. Raises Trouble when it is not to be had."""
    try:
        content = (ground.space.root / record.path).read_bytes()
    except OSError as error:
        raise Trouble(f"{record.id} 号文件的原件读不出来：{record.path}。", NO_ORIGINALS[ground.ledger.is_on_server]) from error
    sent = _sent(record)
    if record.digest:
        return content, sent
    steps = record.name.split("/")
    names = ("/".join(steps[:end]) for end in range(1, len(steps)))
    found = (member for name in names for member in unpack(content, name, inbox.Passwords().of(record.name)).members if member.name == record.name)
    member = next(found, None)
    if member is None:
        raise Trouble(f"{record.id} 号文件“{record.name}”还是打不开。", "请把密码写进环境变量 TASK_TOOLKIT_PASSWORD，再运行一次。")
    return member.content, sent._replace(size=len(member.content), digest=inbox.digest_of(member.content))


def _read_again(ground: Ground, content: bytes, sent: Sent) -> Arrival:
    """Read an original once more, as one that the office has accepted."""
    before = Before(ground)
    with Reading(ground, before) as reading:
        read = reading.one(Job(sent.name, content, inbox.Passwords().of(sent.name)))
    return read_return(read, sent, ground=ground, before=before, accepted=True)


def _sent(record: FileRecord) -> Sent:
    return Sent(record.name, record.sent, record.size, record.digest, record.origin, record.received)
