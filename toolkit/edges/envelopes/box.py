"""What comes out of envelopes: members with their chain of origin, a finding for each one that was not taken, and the room that is left."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from toolkit.edges.reading.precheck import sort_of
from toolkit.edges.reading.precheck_format import Format
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place

MIB = 1 << 20
LAYERS = 3
MEMBERS = 2_000
ONE, ALL = 100 * MIB, 400 * MIB  # a process may take 1 GiB
_RATIO, _RATIO_FROM = 500, 20 * MIB
ENVELOPES = {Format.ZIP, Format.SEVEN_ZIP, Format.RAR, Format.MAIL, Format.OUTLOOK}
_SYSTEM = re.compile(r"(?i)(^|/)(__macosx/|~\$[^/]*$|\.~[^/]*$|\.ds_store$|\._[^/]*$|thumbs\.db$|desktop\.ini$)")


class Mail(NamedTuple):
    """The mail that brought a file; `received` is when the last server took it in, None where no server says so."""

    sender: str = ""
    subject: str = ""
    sent: datetime | None = None
    received: datetime | None = None


class Member(NamedTuple):
    """A workbook out of an envelope; its name is its chain of origin: 来件.zip/子目录/区商务局.xlsx."""

    name: str
    content: bytes
    mail: Mail = Mail()


class Unpacked(NamedTuple):
    """Everything in a file; each member is in exactly one of the two.

    `kind` is 压缩包 or 邮件; a file that is no envelope has none and is its own only member.
    """

    members: tuple[Member, ...]
    findings: tuple[Finding, ...]
    kind: str


class TooBig(Exception):  # noqa: N818 - said of a member
    """A member that would not fit; the text says what of it."""


@dataclass(slots=True)
class Box:
    """Collects what comes out, within the limits of the whole file."""

    passwords: tuple[str, ...]
    open_envelope: Callable[["Box", str, bytes, Format, int, Mail], None]
    members: list[Member] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left: int = ALL
    seen: int = 0

    def refuse(self, name: str, code: Code, **facts: str) -> None:
        """Record a member that was not taken."""
        self.findings.append(Finding(code, Place(name), facts))

    def admits(self, name: str, below: str) -> bool:
        """Whether a member may be unpacked by its name below its envelope; says so where not."""
        self.seen += 1
        steps = below.replace("\\", "/").split("/")
        if self.seen > MEMBERS:
            self.refuse(name, Code.TOO_BIG, what=f"里面的文件超过 {MEMBERS} 个")
        elif _SYSTEM.search(below):
            self.refuse(name, Code.SYSTEM_FILE)
        elif below.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", below) or ".." in steps:
            self.refuse(name, Code.BAD_PATH, what="指向文件夹之外")
        elif len(below) > 1_000 or any(sign in below for sign in "\0\r\n"):
            self.refuse(name, Code.BAD_PATH, what="名称过长或含控制字符")
        else:
            return True
        return False

    def gather(self, chunks: Iterator[bytes], packed: int) -> bytes:
        """Join a member's pieces, counting real bytes; raises TooBig."""
        kept, size = [], 0
        for chunk in chunks:
            size += len(chunk)
            self.left -= len(chunk)
            if size > ONE:
                raise TooBig(f"解开后超过 {ONE // MIB} MB")
            if self.left < 0:
                raise TooBig(f"全部解开后超过 {ALL // MIB} MB")
            if size > _RATIO_FROM and packed >= 0 and size > packed * _RATIO:
                raise TooBig("压缩比例反常")
            kept.append(chunk)
        return b"".join(kept)

    def put(self, name: str, content: bytes, layer: int, mail: Mail) -> None:
        """Take in a member: a workbook is kept, an envelope is opened, anything else is named."""
        sort = sort_of(content) if content else Format.UNKNOWN
        if sort in ENVELOPES:
            if layer >= LAYERS:
                self.refuse(name, Code.TOO_DEEP, limit=str(LAYERS))
            else:
                self.open_envelope(self, name, content, sort, layer + 1, mail)
        elif sort.is_workbook:
            self.members.append(Member(name, content, mail))
        else:
            from toolkit.edges.reading.precheck import precheck

            trouble = precheck(content).trouble
            self.refuse(name, trouble.code if trouble else Code.UNREADABLE, **(trouble.facts if trouble else {"reason": "认不出来"}))
