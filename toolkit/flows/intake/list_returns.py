"""list_returns: every file that came for a period, and the office's word on one: accept, refuse, put aside, restore."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from toolkit.edges import inbox
from toolkit.edges.clock import now
from toolkit.edges.current_clerk import current_clerk
from toolkit.edges.keyring_passwords import keep_password, stored_passwords
from toolkit.edges.ledger import decision_records as kept
from toolkit.edges.ledger import round_of_file
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.edges.reading.sandbox_process import Job
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.assign_evidence import accept_proposal, attach, is_evidence
from toolkit.flows.intake.assign_unit import receipt_of
from toolkit.flows.intake.read_files import FileReading
from toolkit.flows.intake.read_return import read_return
from toolkit.flows.intake.unpack_files import Unpacker
from toolkit.flows.intake.write_receipts import write_receipts
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.prior_data import PriorData
from toolkit.flows.office.sealing_key import NO_ORIGINALS
from toolkit.flows.office.unit_history import excluded_files, filed, unidentified
from toolkit.merging.merge_versions import current_files
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import ASSIGNED, HANDLING, REASON, Decision, DecisionAction, DecisionSubject
from toolkit.model.findings import Code
from toolkit.model.part_names import part_name
from toolkit.model.period import Period
from toolkit.model.returns import BESIDE, Arrival, Outcome, Sent

Ask = Callable[[str], str]
_TRIES = 3  # times that a person is asked for one file's password
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
    with open_office(space) as office:
        files = filed(office, period)
        newest = {file.id for file in current_files(files, None).values()}
        return [
            Listed(
                file.id,
                file.unit or "—",
                f"{file.sent:%Y-%m-%d %H:%M}",
                "已停用" if file.excluded else file.outcome.words,
                "是" if file.id in newest else "补充" if file.counts else BESIDE.get(file.outcome, "否"),
                file.name,
                file.excluded or file.reason,
            )
            for file in sorted((*files, *unidentified(office.live(period), period)), key=lambda file: file.outcome is Outcome.WAITING)
        ]


def decide(space: Workspace, numbers: Sequence[int], deed: DecisionAction, note: str = "", *, ask: Ask | None = None, keep: bool = False) -> list[str]:
    """Carry out a decision on files; gives a sentence on each. Raises CommandError before anything is done when one of them cannot be.

    `ask` gives a person's password for a file that no known one opens, '' for none; `keep`: one that opens goes into the system's keyring.
    """
    with open_office(space, alone=True) as office:
        records = [_fit(office, number, deed) for number in numbers]
        secrets = _Secrets(ask, keep=keep)
        texts = [_decided(office, record, deed, note, secrets) for record in records]
        texts += secrets.sentences
        return [*office.questions, *texts, *write_receipts(office, _whose(office, numbers)).left]


def move(space: Workspace, numbers: Sequence[int], period: Period, note: str = "") -> list[str]:
    """Let files belong to another round: one that tells no period is laid there, one that waits is taken for its unit's form of that period.

    Gives a sentence on each. Raises CommandError before anything is done when one cannot.
    """
    with open_office(space, alone=True) as office:
        if not office.ledger.issued_units(str(period)):
            raise CommandError(f"{period.label}还没有发过表。", "文件只能归到已经发过表的一期。")
        records = [_movable(office, number, period) for number in numbers]
        receipts = {record.id: receipt_of(office, record.unit, period) for record in records if record.period}
        before = _whose(office, numbers)
        texts = [_assigned(office, record, receipts[record.id], note) if record.period else _laid(office, record, period) for record in records]
        return [*office.questions, *texts, *write_receipts(office, {*before, *_whose(office, numbers)}).left]


def _laid(office: OfficeContext, record: FileRecord, period: Period) -> str:
    with office.ledger.writing() as connection:
        round_of_file.move(connection, record.id, str(period))
    return f"{record.id} 号文件“{record.name}”归到{period.label}。"


def _whose(office: OfficeContext, numbers: Sequence[int]) -> list[tuple[str, str]]:
    """Give the periods and units whose the files are now, where they are anybody's."""
    records = [record for number in numbers if (record := office.ledger.file(number))]
    return [(record.period, record.unit) for record in records if record.unit]


def assign(space: Workspace, numbers: Sequence[int], unit: str, period: Period, note: str = "", tasks: Sequence[str] = ()) -> list[str]:
    """Take files that wait, or that told no unit, for a unit's returns of a period, pictures and documents for evidence of its `tasks`; gives a sentence on
    each. Raises CommandError before anything is done when one cannot be.
    """
    if not unit.strip():
        raise CommandError("没有写是哪个单位的。", "请加 --unit 单位。")
    with open_office(space, alone=True) as office:
        records = [_unknown(office, number) for number in numbers]
        pieces = [record for record in records if is_evidence(office, record)]
        if tasks and len(pieces) < len(records):
            raise CommandError("有的文件是表格，不是佐证材料，不能用 --task 归到任务。", "请分开运行。")
        receipt = receipt_of(office, unit, period)
        texts = [_attached(office, record, unit, period, tasks, note) for record in pieces]
        texts += [_assigned(office, record, receipt, note) for record in records if record not in pieces]
        return [*office.questions, *texts, *write_receipts(office, _whose(office, numbers)).left]


def _unknown(office: OfficeContext, number: int) -> FileRecord:
    record = office.ledger.file(number)
    if record is None:
        raise CommandError(f"没有 {number} 号文件。", _LOOK)
    if record.outcome is Outcome.ATTACHED:
        return record
    if record.outcome is not Outcome.WAITING and (record.outcome is not Outcome.REFUSED or record.unit):
        raise CommandError(f"{number} 号文件“{record.name}”现在是“{record.outcome.words}”，不用认定是谁的。", "只有待认定的、认不出单位的文件可以。")
    return record


def _attached(office: OfficeContext, record: FileRecord, unit: str, period: Period, tasks: Sequence[str], note: str) -> str:
    found = _original(office, record, inbox.Passwords().of(record.name))
    if found is None:
        raise CommandError(f"{record.id} 号文件“{record.name}”还在打不开的来件里。", "请先用密码打开它。")
    return attach(office, record, found[0], unit=unit, period=period, tasks=tasks, note=note)


def _assigned(office: OfficeContext, record: FileRecord, receipt: str, note: str) -> str:
    passwords = inbox.Passwords().of(record.name)
    found = _original(office, record, passwords)
    if found is None:
        raise CommandError(f"{record.id} 号文件“{record.name}”还是打不开。", "请先用密码打开它。")
    content, sent = found
    arrival = _read_again(office, content, sent, passwords, claimed=office.ledger.seal_of(receipt) or "")
    if not arrival.outcome.counts or arrival.content is None:
        return f"{record.id} 号文件“{record.name}”还是不能采用：{arrival.reason}"
    if not any(row.answers for row in arrival.content.rows):
        return f"{record.id} 号文件“{record.name}”里读不到任何填报内容，没有采用。请退回该单位，用发给它的表填报。"
    path = _archived(office, record, content, sent, arrival)
    at, by, subject = now(), current_clerk(office.space), str(record.id)
    words = ((HANDLING, DecisionAction.ACCEPT.value, record.outcome.value), (REASON, note, ""), (ASSIGNED, receipt, ""))
    with office.ledger.writing() as connection:
        kept.add(connection, [Decision(DecisionSubject.FILE, subject, field, value, before, at, by) for field, value, before in words])
        office.ledger.replace_arrival(connection, record.id, arrival, path=path)
    return f"{record.id} 号文件“{record.name}”认定为{arrival.unit}的，{DecisionAction.ACCEPT}。{arrival.reason}"


def _archived(office: OfficeContext, record: FileRecord, content: bytes, sent: Sent, arrival: Arrival) -> str:
    """Keep an original with its unit's; a part of a file stays where the file is kept."""
    if part_name(record.name):
        return record.path
    return inbox.archive(office.space, inbox.Original(content, sent, (arrival.period, arrival.unit)))[0]


def _movable(office: OfficeContext, number: int, period: Period) -> FileRecord:
    """Give the record of a file that may be moved. Raises CommandError for one in use, and for one that is of that period already."""
    record = office.ledger.file(number)
    if record is None:
        raise CommandError(f"没有 {number} 号文件。", _LOOK)
    if record.period == str(period):
        raise CommandError(f"{number} 号文件“{record.name}”本来就是{period.label}的。", "属实的请采用，不属实的请退回。")
    if record.period and record.outcome is not Outcome.WAITING:
        raise CommandError(f"{number} 号文件“{record.name}”认得出是 {record.period} 的表，不能归到别的一期。", "各期请让单位用当期的表报送。")
    return record


def carry_out(office: OfficeContext, number: int, deed: DecisionAction, note: str) -> str:
    """Carry out a decision on one file; gives a sentence on it. Raises CommandError when it cannot be."""
    return _decided(office, _fit(office, number, deed), deed, note, _Secrets(None, keep=False, keyring=False))


def _fit(office: OfficeContext, number: int, deed: DecisionAction) -> FileRecord:
    record = office.ledger.file(number)
    if record is None:
        raise CommandError(f"没有 {number} 号文件。", _LOOK)
    excluded = number in excluded_files(office)
    fits = {
        DecisionAction.ACCEPT: record.outcome is Outcome.WAITING,
        DecisionAction.REFUSE: record.outcome is Outcome.WAITING or (record.outcome is Outcome.REFUSED and not record.unit),
        DecisionAction.EXCLUDE: (record.outcome.counts or record.outcome is Outcome.ATTACHED) and not excluded,
        DecisionAction.RESTORE: excluded,
    }
    if not fits[deed]:
        state = "已停用" if excluded else record.outcome.words
        raise CommandError(f"{number} 号文件“{record.name}”现在是“{state}”，不能“{deed}”。", "待认定的可以采用或不采用，已汇总的可以停用，停用的可以恢复。")
    return record


class _Secrets:
    """Passwords beyond those of the environment: from the keyring, then from a person; `said` tells what was kept."""

    def __init__(self, ask: Ask | None, *, keep: bool, keyring: bool = True) -> None:
        self._ask, self._keep, self._keyring = ask, keep, keyring
        self._typed: list[str] = []
        self.sentences: list[str] = []

    def more(self, name: str) -> Iterator[str]:
        """Give what may open a file, one after the other; those that were typed for another file come first."""
        yield from (*self._typed, *(stored_passwords() if self._keyring else ()))
        for _ in range(_TRIES if self._ask else 0):
            typed = self._ask(f"“{name}”的打开密码") if self._ask else ""
            if not typed:
                return
            self._typed.append(typed)
            yield typed

    def opened(self, password: str) -> None:
        """Keep a password that was typed and did open a file, where that is wanted."""
        if self._keep and password in self._typed:
            self.sentences.append("密码已存入系统钥匙串。" if keep_password(password) else "没有能用的系统钥匙串，密码没有存。")


def _accepted(office: OfficeContext, record: FileRecord, secrets: _Secrets) -> tuple[Arrival, bytes, Sent] | None:
    """Read a file that the office accepts, trying passwords while it is locked; None for one that stays locked in its envelope."""
    found = _tried(office, record, inbox.Passwords().of(record.name))
    further = secrets.more(record.name)
    while (found is None or _is_locked(found[0])) and (password := next(further, None)) is not None:
        found = _tried(office, record, (password,)) or found
        if found and not _is_locked(found[0]):
            secrets.opened(password)
    return found


def _tried(office: OfficeContext, record: FileRecord, passwords: Sequence[str]) -> tuple[Arrival, bytes, Sent] | None:
    original = _original(office, record, passwords)
    return original and (_read_again(office, *original, passwords), *original)


def _is_locked(arrival: Arrival) -> bool:
    return bool(arrival.findings) and arrival.findings[0].code is Code.PASSWORD


def _decided(office: OfficeContext, record: FileRecord, deed: DecisionAction, note: str, secrets: _Secrets) -> str:
    path, arrival = record.path, None
    if deed is DecisionAction.ACCEPT and is_evidence(office, record):
        original = _original(office, record, inbox.Passwords().of(record.name))
        return accept_proposal(office, record, original[0] if original else b"", note)
    if deed is DecisionAction.ACCEPT:
        found = _accepted(office, record, secrets)
        if found is None:
            raise CommandError(f"{record.id} 号文件“{record.name}”还是打不开。", "请把密码写进环境变量 TASK_TOOLKIT_PASSWORD，再运行一次。")
        arrival, content, sent = found
        if not arrival.outcome.counts:
            return f"{record.id} 号文件“{record.name}”还是不能采用：{arrival.reason}"
        path = _archived(office, record, content, sent, arrival)
    elif deed is DecisionAction.REFUSE and record.outcome is Outcome.WAITING:
        arrival = Arrival(_sent(record), Outcome.REFUSED, note or "经核对，不采用", record.unit, record.period)
    with office.ledger.writing() as connection:
        subject, at = str(record.id), now()
        by = current_clerk(office.space)
        words = [(HANDLING, deed.value, record.outcome.value), (REASON, note, "")]
        kept.add(connection, [Decision(DecisionSubject.FILE, subject, field, value, before, at, by) for field, value, before in words])
        if arrival:
            office.ledger.replace_arrival(connection, record.id, arrival, path=path)
    unit = arrival.unit if arrival else record.unit
    return f"{record.id} 号文件“{record.name}”（{unit or '单位不明'}）：{deed}。{arrival.reason if arrival else ''}"


def _original(office: OfficeContext, record: FileRecord, passwords: Sequence[str]) -> tuple[bytes, Sent] | None:
    """Get an original from the archive, None for one that stays locked in its envelope. Raises CommandError when the archive does not have it."""
    try:
        content = (office.space.root / record.path).read_bytes()
    except OSError as error:
        raise CommandError(f"{record.id} 号文件的原件读不出来：{record.path}。", NO_ORIGINALS[office.ledger.database.is_on_server]) from error
    sent = _sent(record)
    if record.digest and inbox.digest_of(content) == record.digest:
        return content, sent
    steps = record.name.split("/")
    names = ("/".join(steps[:end]) for end in range(1, len(steps)))
    with Unpacker() as unpacker:
        member = next((member for name in names for member in unpacker.unpack(content, name, passwords).members if member.name == record.name), None)
    return member and (member.content, sent._replace(size=len(member.content), digest=inbox.digest_of(member.content)))


def _read_again(office: OfficeContext, content: bytes, sent: Sent, passwords: Sequence[str], claimed: str = "") -> Arrival:
    """Read an original once more, as one that the office has accepted, or as the form that it says it is."""
    before = PriorData(office)
    with FileReading(office, before, claimed=claimed) as reading:
        read = reading.read_one(Job(sent.name, content, passwords))
    return read_return(read, sent, office=office, before=before, accepted=True)


def _sent(record: FileRecord) -> Sent:
    return Sent(record.name, record.sent, record.size, record.digest, record.origin, record.received)
