"""From a file in the inbox to the pieces that are judged one by one: itself, or what an envelope holds, the envelope last."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from toolkit.edges import inbox
from toolkit.edges.clock import now
from toolkit.edges.envelopes.unpack import Member, unpack
from toolkit.edges.workspace import Workspace
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place
from toolkit.model.returns import Sent

ENVELOPES = "来件"  # the archive's folder for envelopes


class Piece(NamedTuple):
    """One file to be judged; `given` are findings that say already why it is not read.

    `kept` is the archived envelope of a piece whose own bytes never came out; `last` marks the inbox file itself, which goes once it is recorded,
    if it is still the one with this `stamp`.
    """

    path: Path
    sent: Sent
    content: bytes
    given: tuple[Finding, ...] = ()
    kept: str = ""
    is_envelope: bool = False
    last: bool = True
    stamp: inbox.Stamp = (0, 0, 0, 0)


def pieces_of(space: Workspace, path: Path, taken: inbox.Taken, passwords: Sequence[str]) -> Iterator[Piece]:
    """Give a file's pieces. The envelope comes last, so that a run that is cut short opens it again. Raises OSError when the archive takes no more."""
    content, sent, stamp = taken
    if inbox.is_system_file(path):
        yield Piece(path, sent, content, (Finding(Code.SYSTEM_FILE, Place(sent.name)),), stamp=stamp)
        return
    opened = unpack(content, sent.name, passwords)
    if not opened.kind:
        yield Piece(path, sent, content, stamp=stamp)
        return
    (kept,) = inbox.archive(space, inbox.Original(content, sent, (ENVELOPES,)))
    own = tuple(finding for finding in opened.findings if finding.place.file == sent.name)
    others = [finding for finding in opened.findings if finding.place.file != sent.name]
    for member in opened.members:
        yield Piece(path, _sent(member, sent), member.content, last=False)
    for finding in others:
        yield Piece(path, _named(sent, finding.place.file), b"", (finding,), kept, last=False)
    count = str(len(opened.members) + len(others))
    said = own or (Finding(Code.ENVELOPE, Place(sent.name), {"kind": opened.kind, "count": count}),)
    yield Piece(path, sent, content, said, kept, is_envelope=True, stamp=stamp)


def _named(sent: Sent, name: str) -> Sent:
    """Describe a member of which only the name is known."""
    return sent._replace(name=name, size=0, digest="")


def _sent(member: Member, envelope: Sent) -> Sent:
    """Describe a member: its own bytes, and when its mail came; a mail from the future came when its file did."""
    mail = member.mail
    moment = mail.sent if mail.sent and mail.sent <= now() + timedelta(days=1) else envelope.sent
    origin = "：".join(part for part in (mail.sender, mail.subject) if part)
    received = mail.received if mail.received == moment else None
    return Sent(member.name, moment, len(member.content), inbox.digest_of(member.content), origin, received)
