"""From a file in the inbox to the pieces that are judged one by one: itself, or what an envelope holds, the envelope last."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple, Self

from toolkit.edges import inbox
from toolkit.edges.clock import now
from toolkit.edges.envelopes.unpack import Member, Unpacked, may_be_envelope, too_much, unpack_job
from toolkit.edges.reading.sandbox import MEMORY, Readers
from toolkit.edges.reading.sandbox_process import Job, Takes
from toolkit.edges.workspace import Workspace
from toolkit.model.charsets import decoded
from toolkit.model.evidence import comes_last
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place
from toolkit.model.returns import Sent
from toolkit.model.values import visible_file_name

ENVELOPES = "来件"  # the archive's folder for envelopes
_SECONDS, _MEMORY = 60.0, MEMORY * 2  # for a whole envelope; what comes out of it is held twice while it is sent back
_WHY = {Code.TOO_SLOW: "打开时用的时间太多", Code.TOO_BIG: "打开时占用的内存太多", Code.READER_DIED: "打开时读取程序中断"}
_NO_ENVELOPE = Unpacked((), (), "")


class Piece(NamedTuple):
    """One file to be judged; `given` are findings that say already why it is not read.

    `kept` is the archived envelope of a piece whose own bytes never came out, `envelope` that of any other member.

    `last` marks the inbox file itself, which goes once it is recorded, if it is still the one with this `stamp`. `notes` are findings that go with
    whatever its reading gives.
    """

    path: Path
    sent: Sent
    content: bytes
    given: tuple[Finding, ...] = ()
    kept: str = ""
    is_envelope: bool = False
    last: bool = True
    stamp: inbox.Stamp = (0, 0, 0, 0)
    notes: tuple[Finding, ...] = ()
    envelope: str = ""


class Unpacker:
    """Looks into envelopes in a process of its own, which starts with the first of them; its limits of time and memory hold for each envelope as a whole."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._readers: Readers[Unpacked] | None = None

    def __enter__(self) -> Self:
        """Begin; nothing starts yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._open.close()

    def unpack(self, content: bytes, name: str, passwords: Sequence[str]) -> Unpacked:
        """Give what is in a file, of kind '' where it is no envelope; never raises for what is in it."""
        if not may_be_envelope(content, name):
            return _NO_ENVELOPE
        if self._readers is None:
            self._readers = self._open.enter_context(Readers(unpack_job, workers=1, seconds=_SECONDS, memory=_MEMORY, takes=Takes.BYTES))
        (opened,) = self._readers.read([Job(name, content, passwords)])
        if isinstance(opened, Finding):
            return Unpacked((), (too_much(name, _WHY.get(opened.code, "打不开")),), "来件")
        return opened


def pieces_of(space: Workspace, path: Path, taken: inbox.TakenFile, unpacked: Callable[[bytes, str], Unpacked]) -> Iterator[Piece]:
    """Give a file's pieces; `unpacked` looks into it. The envelope comes last, so that a run that is cut short opens it again.

    Raises OSError when the archive takes no more.
    """
    content, sent, stamp, own_name = taken
    odd = _odd_name(sent.name, own_name)
    if inbox.is_system_file(path):
        yield Piece(path, sent, content, (Finding(Code.SYSTEM_FILE, Place(sent.name)),), stamp=stamp)
        return
    opened = unpacked(content, sent.name)
    if not opened.kind:
        yield Piece(path, sent, content, stamp=stamp, notes=odd)
        return
    (kept,) = inbox.archive(space, inbox.Original(content, sent, (ENVELOPES,)))
    mine = [finding for finding in opened.findings if finding.place.file == sent.name]
    own = tuple(finding for finding in mine if finding.code is not Code.NOT_TAKEN)
    said = tuple(finding for finding in mine if finding.code is Code.NOT_TAKEN)  # in the mail's own text
    others = [finding for finding in opened.findings if finding.place.file != sent.name]
    for member in sorted(opened.members, key=lambda member: comes_last(member.name)):  # returns first: they tell whose evidence is
        yield Piece(path, _sent(member, sent), member.content, last=False, notes=_odd_name(member.name, member.own), envelope=kept)
    for finding in others:
        yield Piece(path, _member_named(sent, finding.place.file), b"", (finding,), kept, last=False)
    count = str(len(opened.members) + len(others))
    findings = own or (Finding(Code.ENVELOPE, Place(sent.name), {"kind": opened.kind, "count": count}),)
    yield Piece(path, sent, content, findings, kept, is_envelope=True, stamp=stamp, notes=(*odd, *said))


def _odd_name(shown: str, own: str) -> tuple[Finding, ...]:
    """Say of a name that cannot be shown what its bytes are, and what they may mean."""
    if not own:
        return ()
    last, data = shown.rpartition("/")[2], own.rpartition("/")[2].encode("utf-8", "surrogateescape")
    meant = visible_file_name(decoded(data))
    guess = f"，可能是“{meant}”" if meant != last and "\ufffd" not in meant else ""
    return (Finding(Code.NAME_SHOWN, Place(shown), {"seen": last, "guess": guess, "bytes": data.hex(" ")}),)


def _member_named(sent: Sent, name: str) -> Sent:
    """Describe a member of which only the name is known."""
    return sent._replace(name=name, size=0, digest="")


def _sent(member: Member, envelope: Sent) -> Sent:
    """Describe a member: its own bytes, and when its mail came; a mail from the future came when its file did."""
    mail = member.mail
    moment = mail.sent if mail.sent and mail.sent <= now() + timedelta(days=1) else envelope.sent
    origin = visible_file_name("：".join(part for part in (mail.sender, mail.subject) if part))
    received = mail.received if mail.received == moment else None
    return Sent(member.name, moment, len(member.content), inbox.digest_of(member.content), origin, received)
