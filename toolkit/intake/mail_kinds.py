"""Tells what sort of mail came in: a letter, a mail that came back, a machine's answer."""

import email
from email.message import Message
from email.utils import parseaddr
from enum import Enum
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.mail_limits import headers_of, strange_in

_SERVERS = lazy_pattern(r"(?i)(mailer-daemon|postmaster|mail-daemon)@")
_IDENTITY = lazy_pattern(r"<[^<>\s]+@[^<>\s]+>")
_ADDRESS = lazy_pattern(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+")
_MOST = 200_000  # characters of a returned mail that are looked through


class MailKind(Enum):
    """What a mail is to us."""

    LETTER = 1
    RETURNED = 2
    AUTOMATIC = 3


class Incoming(NamedTuple):
    """A mail: who sent it under which name; of one that came back, which address failed and why, and the names of mails it speaks of."""

    sort: MailKind
    sender: str
    message_id: str
    failed: str = ""
    why: str = ""
    about: tuple[str, ...] = ()


def read_mail(content: bytes) -> Incoming:
    """Look at a mail's headers, and into it where a server sent it; never raises for what a mail holds."""
    strange = strange_in(content)
    mail = email.message_from_bytes(headers_of(content) if strange else content)
    sender = parseaddr(str(mail["From"] or ""))[1]
    name = str(mail["Message-ID"] or "").strip()
    answers = str(mail["Auto-Submitted"] or "no").lower().partition(";")[0].strip() != "no"
    if strange:  # collect says so of the mail
        return Incoming(MailKind.LETTER, sender, name)
    if mail.get_content_type() == "multipart/report" or _SERVERS.match(sender):
        return _returned(mail, content, sender, name)
    return Incoming(MailKind.AUTOMATIC if answers and not _has_files(mail) else MailKind.LETTER, sender, name)


def _returned(mail: "Message[str, str]", content: bytes, sender: str, name: str) -> Incoming:
    """Read a server's report (RFC 3464); one that is only text is searched for the names of mails."""
    facts = [part for report in mail.walk() if report.get_content_type() == "message/delivery-status" for part in _parts(report)]
    failed = next((part for part in facts if str(part["Action"] or "").strip().lower() == "failed"), None)
    about = tuple(dict.fromkeys(found for found in _IDENTITY.findall(content[:_MOST].decode("ascii", "replace")) if found != name))
    if failed is not None:
        address = str(failed["Final-Recipient"] or failed["Original-Recipient"] or "").partition(";")[2].strip()
        why = str(failed["Diagnostic-Code"] or failed["Status"] or "").partition(";")[2].strip() or str(failed["Status"] or "").strip()
        return Incoming(MailKind.RETURNED, sender, name, address, " ".join(why.split())[:200], about)
    if facts:  # a report of delay or of success
        return Incoming(MailKind.AUTOMATIC, sender, name)
    named = _ADDRESS.search(str(mail["X-Failed-Recipients"] or ""))
    return Incoming(MailKind.RETURNED, sender, name, named[0] if named else "", "", about)


def _parts(report: "Message[str, str]") -> list["Message[str, str]"]:
    inner = report.get_payload()
    return [part for part in inner if isinstance(part, Message)] if isinstance(inner, list) else []


def _has_files(mail: "Message[str, str]") -> bool:
    return any(part.get_content_maintype() not in {"text", "multipart"} or part.get_content_disposition() == "attachment" for part in mail.walk())
