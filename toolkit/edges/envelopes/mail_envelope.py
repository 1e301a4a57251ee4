"""Opens mails: attachments with their names as the sender wrote them, also raw GBK; mails within mails."""

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.errors import CloseBoundaryNotFoundDefect, InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from toolkit.edges.envelopes.unpacked_members import LAYERS, ONE, Mail, UnpackedMembers, attached_name
from toolkit.model.charsets import decoded
from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.mail_limits import strange_in

_CUT = (InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect)
_CORRECTS = lazy_pattern(r"更正|更改|改为|应为|应是|有误|写错|误填|漏填|漏报|为准|作废")
_QUOTED = lazy_pattern(r"\s*(?:>|-{3,}|发件人\s*[:：]|From\s*:|On .{5,80} wrote)")  # where the mail that is answered begins
_LONGEST = 60  # characters of what a mail says that a sentence repeats
_NAME = lazy_pattern(r"""(?:file)?name\s*=\s*(?:"([^"]*)"|([^;\s]+))""", re.IGNORECASE)


def open_mail(box: UnpackedMembers, name: str, content: bytes, layer: int, mail: Mail) -> None:  # noqa: ARG001 - a mail within an envelope is its own
    """Take in every attachment of a mail (RFC 5322), `layer` deep in other envelopes; what is refused becomes a finding in the box. Raises ArchiveTooBig."""
    if len(content) > ONE:
        box.refuse(name, Code.TOO_BIG, what="邮件太大")
    elif strange := strange_in(content):
        box.refuse(name, Code.UNSAFE, what=strange)
    else:
        _open_message(box, name, email.message_from_bytes(content), layer)


def correction_in(content: bytes) -> str:
    """Give the first line of a mail's own plain text that corrects a number (第2项改为80%); '' for none. What is quoted below is another mail's."""
    if len(content) > ONE or strange_in(content):
        return ""
    for part in _leaves(email.message_from_bytes(content)):
        payload = part.get_payload(decode=True) if part.get_content_type() == "text/plain" and not _file_name(part) else None
        for line in decoded(payload, part.get_content_charset() or "").splitlines() if isinstance(payload, bytes) else ():
            if _QUOTED.match(line):
                break
            if _CORRECTS.search(line) and any(sign.isdigit() for sign in line):
                return line.strip()[:_LONGEST]
    return ""


def _open_message(box: UnpackedMembers, name: str, message: "Message[str, str]", layer: int) -> None:
    received = _received(message)
    mail = Mail(_header(message, "From"), _header(message, "Subject"), received or _moment(_raw(message, "Date")), received)
    leaves = list(_leaves(message))
    cut = any(isinstance(defect, CloseBoundaryNotFoundDefect) for part in message.walk() for defect in part.defects)
    for number, part in enumerate(leaves):
        inner = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(inner, list) and inner and isinstance(inner[0], Message):
            below = f"{name}/{_header(inner[0], 'Subject') or '转发的邮件'}.eml"
            _open_inner(box, below, inner[0], layer)
            continue
        title = _file_name(part)
        if not title and part.get_content_maintype() in {"text", "multipart"}:
            continue  # what the mail itself says
        base = attached_name(title, number)
        full = f"{name}/{base}"
        payload = part.get_payload(decode=True)
        if not box.admits(full, base):
            continue
        if not isinstance(payload, bytes) or any(isinstance(defect, _CUT) for defect in part.defects) or (cut and part is leaves[-1]):
            box.refuse(full, Code.CUT_SHORT)
        else:
            box.put(full, payload, layer, mail)


def _open_inner(box: UnpackedMembers, below: str, message: "Message[str, str]", layer: int) -> None:
    if layer >= LAYERS:
        box.refuse(below, Code.TOO_DEEP, limit=str(LAYERS))
        return
    before = len(box.members) + len(box.findings)
    _open_message(box, below, message, layer + 1)
    if before == len(box.members) + len(box.findings):
        box.refuse(below, Code.NOTHING_INSIDE, kind="邮件")


def _leaves(message: "Message[str, str]") -> Iterator["Message[str, str]"]:
    """List the parts that are no containers, in order; a mail within the mail is one part."""
    ahead = [message]
    while ahead:
        part = ahead.pop()
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_type() != "message/rfc822":
            ahead += [message for message in reversed(inner) if isinstance(message, Message)]
        else:
            yield part


def _raw(part: "Message[str, str]", name: str) -> str:
    return next((str(value) for key, value in part.raw_items() if key.lower() == name.lower()), "")


def _text(raw: str) -> str:
    """Decode a header: raw UTF-8 or GBK bytes, or encoded words, whatever their label says."""
    text = decoded(raw.encode("utf-8", "surrogateescape"))
    with suppress(ValueError, email.errors.HeaderParseError):
        text = "".join(_word(part, label) for part, label in decode_header(text)) or text
    return " ".join(text.split())


def _word(part: str | bytes, label: str | None) -> str:
    """Decode a piece of a header; one without a label is what stood between encoded words."""
    if isinstance(part, str):
        return part
    return decoded(part, label) if label else part.decode("raw-unicode-escape", "replace")


def _header(message: "Message[str, str]", name: str) -> str:
    return _text(_raw(message, name))[:500]


def _moment(stamp: str) -> datetime | None:
    """Read a header's time as local time, None where it is none."""
    try:
        moment = parsedate_to_datetime(stamp)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone().replace(tzinfo=None, microsecond=0)
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _received(message: "Message[str, str]") -> datetime | None:
    """Give when the mail reached the last server: the sender does not write that line."""
    return _moment(_raw(message, "Received").rpartition(";")[2])


def _file_name(part: "Message[str, str]") -> str:
    for header in ("Content-Disposition", "Content-Type"):
        raw = _raw(part, header)
        if any("\udc80" <= sign <= "\udcff" for sign in raw):
            found = _NAME.search(_text(raw))
            if found:
                return found[1] or found[2]
    try:
        name = part.get_param("filename", header="Content-Disposition") or part.get_param("name") or ""
    except (ValueError, LookupError, TypeError, UnicodeError):
        return ""
    if isinstance(name, tuple):  # RFC 2231: label, language, bytes as signs
        return decoded(name[2].encode("raw-unicode-escape"), name[0] or "")
    return _text(name)
