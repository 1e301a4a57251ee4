"""Opens mails: attachments with their names as the sender wrote them, also raw GBK; mails within mails."""

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.errors import CloseBoundaryNotFoundDefect, InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from toolkit.edges.envelopes.box import LAYERS, ONE, Box, Mail
from toolkit.model.findings import Code

_CONTINUATION = re.compile(rb"\*\d+\*?=")
_CONTINUATIONS, _PARTS, _NESTED = 500, 2_000, 60  # the parser's time grows with the square of the first, its stack with the last
_CUT = (InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect)
_NAME = re.compile(r"""(?:file)?name\s*=\s*(?:"([^"]*)"|([^;\s]+))""", re.IGNORECASE)


def open_mail(box: Box, name: str, content: bytes, layer: int, mail: Mail) -> None:  # noqa: ARG001 - a mail within an envelope is its own
    """Take in every attachment of a mail."""
    lower = content.lower()
    if len(content) > ONE:
        box.refuse(name, Code.TOO_BIG, what="邮件太大")
    elif sum(1 for _ in _CONTINUATION.finditer(content)) > _CONTINUATIONS:
        box.refuse(name, Code.UNSAFE, what="附件名被拆成太多段")
    elif lower.count(b"content-type:") > _PARTS or lower.count(b"multipart/") + lower.count(b"message/rfc822") > _NESTED:
        box.refuse(name, Code.UNSAFE, what="邮件的部分太多或套得太深")
    else:
        _open_message(box, name, email.message_from_bytes(content), layer)


def _open_message(box: Box, name: str, message: "Message[str, str]", layer: int) -> None:
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
        full = f"{name}/{(title or f'附件{number}').replace(chr(92), '/').rpartition('/')[2]}"
        payload = part.get_payload(decode=True)
        if not box.admits(full, title):
            continue
        if not isinstance(payload, bytes) or any(isinstance(defect, _CUT) for defect in part.defects) or (cut and part is leaves[-1]):
            box.refuse(full, Code.CUT_SHORT)
        else:
            box.put(full, payload, layer, mail)


def _open_inner(box: Box, below: str, message: "Message[str, str]", layer: int) -> None:
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
            ahead += [one for one in reversed(inner) if isinstance(one, Message)]
        else:
            yield part


def _raw(part: "Message[str, str]", name: str) -> str:
    return next((str(value) for key, value in part.raw_items() if key.lower() == name.lower()), "")


def _text(raw: str) -> str:
    """Decode a header: raw UTF-8 or GBK bytes, or encoded words."""
    data = raw.encode("utf-8", "surrogateescape")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    with suppress(ValueError, LookupError, UnicodeError, email.errors.HeaderParseError):
        text = str(make_header(decode_header(text)))
    return " ".join(text.split())


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
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, UnicodeError):
        name = ""
    return _text(name)
