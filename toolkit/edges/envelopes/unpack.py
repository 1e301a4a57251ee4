"""Opens envelopes (zip, 7z, rar, mail, Outlook mail, one in another) and gives the workbooks in them with their chain of origin."""

from collections.abc import Sequence

from toolkit.edges.envelopes.mail_envelope import correction_in, open_mail
from toolkit.edges.envelopes.other_archives import open_rar, open_seven_zip
from toolkit.edges.envelopes.outlook_mail import open_outlook
from toolkit.edges.envelopes.unpacked_members import ENVELOPES, MIB, ArchiveTooBig, Mail, Member, Unpacked, UnpackedMembers
from toolkit.edges.envelopes.zip_archives import open_zip
from toolkit.edges.reading.precheck import precheck, sort_of
from toolkit.edges.reading.precheck_format import Format
from toolkit.edges.reading.sandbox_process import Job
from toolkit.model.findings import Code, Finding
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place
from toolkit.model.values import visible_file_name

__all__ = ["Mail", "Member", "Unpacked", "may_be_envelope", "too_much", "unpack", "unpack_job"]

_OPENERS = {
    Format.ZIP: (open_zip, "压缩包"),
    Format.SEVEN_ZIP: (open_seven_zip, "压缩包"),
    Format.RAR: (open_rar, "压缩包"),
    Format.MAIL: (open_mail, "邮件"),
    Format.OUTLOOK: (open_outlook, "邮件"),
}
_SMALL = MIB  # bytes in which nothing can hide that takes long to look through
_BOOK = (b"[Content_Types].xml", b"_rels/.rels")  # the part that office programs write first
_SPANNED = b"PK\x07\x08"  # how the first of several volumes begins (APPNOTE.TXT 8.5)
_VOLUME = lazy_pattern(r"(?i)\.(?:z\d\d|r\d\d|(?:zip|7z|rar)\.\d{3}|part0*\d+\.rar)$")
_END = b"PK\x05\x06"


def may_be_envelope(content: bytes, name: str) -> bool:
    """Whether a file has to be looked into where limits hold; costs next to nothing for a workbook of a unit."""
    if not content or content.startswith(_BOOK, 30):
        return False
    return len(content) > _SMALL or _is_volume(content, name) or sort_of(content) in ENVELOPES


def unpack(content: bytes, name: str, passwords: Sequence[str] = ()) -> Unpacked:
    """Give every workbook in a file, and a finding for everything else in it; never raises for what is in the file."""
    sort = sort_of(content) if content else Format.UNKNOWN
    if sort not in ENVELOPES and _is_volume(content, name) and precheck(content).trouble:
        return Unpacked((), (Finding(Code.ONE_VOLUME, Place(name)),), "压缩包")
    if sort not in ENVELOPES:
        return Unpacked((Member(name, content),), (), "")
    box = UnpackedMembers(tuple(passwords), _open)
    try:
        _open(box, name, content, sort, 1, Mail())
    except ArchiveTooBig as error:
        return Unpacked((), (too_much(name, str(error)),), _OPENERS[sort][1])
    return Unpacked(tuple(box.members), tuple(box.findings), _OPENERS[sort][1])


def unpack_job(job: Job) -> Unpacked:
    """Unpack a file in a reading process; what is no envelope is not sent back."""
    opened = unpack(job.content, job.name, job.passwords)
    return opened if opened.kind else Unpacked((), (), "")


def too_much(name: str, what: str) -> Finding:
    """Make the finding (TOO_MUCH_INSIDE) that says of a whole envelope why nothing of it was taken; `what` is the reason in Chinese."""
    return Finding(Code.TOO_MUCH_INSIDE, Place(visible_file_name(name)), {"what": what})


def _open(box: UnpackedMembers, name: str, content: bytes, sort: Format, layer: int, mail: Mail) -> None:
    opener, word = _OPENERS[sort]
    before, said = len(box.members) + len(box.findings), ""
    try:
        opener(box, name, content, layer, mail)
        said = correction_in(content) if sort is Format.MAIL else ""
    except (ArchiveTooBig, MemoryError):
        raise
    except (Exception, RecursionError):  # noqa: BLE001 - a broken envelope costs one finding, whatever its library raises
        if _is_volume(content, name):
            box.refuse(name, Code.ONE_VOLUME)
        else:
            box.refuse(name, Code.DAMAGED, part=f"{word}内部")
    if before == len(box.members) + len(box.findings):
        box.refuse(name, Code.NOTHING_INSIDE, kind=word)
    if said:
        box.refuse(name, Code.NOT_TAKEN, what=f"正文“{said}”")


def _is_volume(content: bytes, name: str) -> bool:
    """Whether a file is one of several that only together are an archive: by its first bytes, by the disk number at its end, or by its name."""
    end = content[-22:]
    return content.startswith(_SPANNED) or (end.startswith(_END) and end[4:6] not in {b"\0\0", b"\xff\xff"}) or bool(_VOLUME.search(name))
