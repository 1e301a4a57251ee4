"""What comes out of envelopes: members with their chain of origin, a finding for each one that was not taken, and the room that is left."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from toolkit.edges.reading.precheck import sort_of
from toolkit.edges.reading.precheck_format import Format
from toolkit.model.evidence import may_be_evidence
from toolkit.model.findings import Code, Finding
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place
from toolkit.model.values import visible_file_name

MIB = 1 << 20
LAYERS = 3
MEMBERS = 2_000
LONGEST = 1_000  # characters of a member's path
ONE, ALL = 100 * MIB, 400 * MIB  # a process may take 1 GiB
_RATIO, _RATIO_FROM = 500, 20 * MIB
ENVELOPES = {Format.ZIP, Format.SEVEN_ZIP, Format.RAR, Format.MAIL, Format.OUTLOOK}
_SYSTEM = lazy_pattern(r"(?i)(^|/)(__macosx/|~\$[^/]*$|\.~[^/]*$|\.ds_store$|\._[^/]*$|thumbs\.db$|desktop\.ini$)")


class Mail(NamedTuple):
    """The mail that brought a file; `received` is when the last server took it in, None where no server says so."""

    sender: str = ""
    subject: str = ""
    sent: datetime | None = None
    received: datetime | None = None


class Member(NamedTuple):
    """A workbook or a piece of evidence out of an envelope; its name is its chain of origin: 来件.zip/子目录/区商务局.xlsx.

    `own` is what stood there where that cannot be shown.
    """

    name: str
    content: bytes
    mail: Mail = Mail()
    own: str = ""


class Unpacked(NamedTuple):
    """Everything in a file; each member is in exactly one of the two.

    `kind` is 压缩包 or 邮件; a file that is no envelope has none and is its own only member.
    """

    members: tuple[Member, ...]
    findings: tuple[Finding, ...]
    kind: str


class MemberTooBig(Exception):  # noqa: N818 - said of a member
    """A member that would not fit; the text says what of it."""


class ArchiveTooBig(Exception):  # noqa: N818 - said of the envelope
    """An envelope of which nothing is taken; the text says why."""


@dataclass(slots=True)
class UnpackedMembers:
    """Collects what comes out, within the limits of the whole file."""

    passwords: tuple[str, ...]
    open_envelope: Callable[["UnpackedMembers", str, bytes, Format, int, Mail], None]
    members: list[Member] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left: int = ALL
    seen: int = 0

    def refuse(self, name: str, code: Code, **facts: str) -> None:
        """Record a member that was not taken: a finding `code` at its name."""
        self.findings.append(Finding(code, Place(visible_file_name(name)), facts))

    def expect(self, members: int) -> None:
        """Say before any is unpacked how many members come; raises ArchiveTooBig where they would be more than the whole file may hold."""
        if self.seen + members > MEMBERS:
            raise ArchiveTooBig(f"装了 {self.seen + members} 个文件，上限 {MEMBERS} 个")

    def admits(self, name: str, below: str) -> bool:
        """Whether a member may be unpacked by its name below its envelope; says so where not. Raises ArchiveTooBig."""
        self.expect(1)
        self.seen += 1
        steps = below.replace("\\", "/").split("/")
        if _SYSTEM.search(below):
            self.refuse(name, Code.SYSTEM_FILE)
        elif below.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", below) or ".." in steps:
            self.refuse(name, Code.BAD_PATH, what="指向文件夹之外")
        elif len(below) > LONGEST:
            self.refuse(name[: LONGEST], Code.BAD_PATH, what="名称过长")
        else:
            return True
        return False

    def gather(self, chunks: Iterator[bytes], packed: int) -> bytes:
        """Join a member's pieces, counting real bytes (`packed` is its packed size, −1 for unknown); raises MemberTooBig."""
        pieces, size = [], 0
        for chunk in chunks:
            size += len(chunk)
            self.left -= len(chunk)
            if size > ONE:
                raise MemberTooBig(f"解开后超过 {ONE // MIB} MB")
            if self.left < 0:
                raise MemberTooBig(f"全部解开后超过 {ALL // MIB} MB")
            if size > _RATIO_FROM and packed >= 0 and size > packed * _RATIO:
                raise MemberTooBig("压缩比例反常")
            pieces.append(chunk)
        return b"".join(pieces)

    def put(self, name: str, content: bytes, layer: int, mail: Mail) -> None:
        """Take in a member: a workbook is kept, and what may be evidence by its name; an envelope is opened, anything else is named."""
        sort = sort_of(content) if content else Format.UNKNOWN
        if sort in ENVELOPES:
            if layer >= LAYERS:
                self.refuse(name, Code.TOO_DEEP, limit=str(LAYERS))
            else:
                self.open_envelope(self, name, content, sort, layer + 1, mail)
        elif sort.is_workbook or (content and may_be_evidence(name)):
            shown = visible_file_name(name)
            self.members.append(Member(shown, content, mail, name if shown != name else ""))
        else:
            from toolkit.edges.reading.precheck import precheck

            trouble = precheck(content).trouble
            self.refuse(name, trouble.code if trouble else Code.UNREADABLE, **(trouble.facts if trouble else {"reason": "认不出来"}))


def attached_name(title: str, number: int) -> str:
    """Give the name of an attachment; of one that is named with a path, as old mail programs do, its last part."""
    base = re.sub(r"^[A-Za-z]:", "", title.replace("\\", "/").rpartition("/")[2]).strip()
    return base if base.strip(".") else f"附件{number}"
