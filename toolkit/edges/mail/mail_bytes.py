"""Puts a letter into the bytes of a mail: the same letter always gives the same ones, but for its date."""

import hashlib
import hmac
import mimetypes
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from toolkit.model.letter import Letter

_PAGE = '<html><body style="font-family:SimSun,serif;font-size:12pt;line-height:1.6">{}</body></html>'
_TYPES = {".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def message_id(letter: Letter, key: bytes, sender: str) -> str:
    """Name a letter for ever: sent twice, it is still the same mail to every server and mail program."""
    return f"<{hmac.digest(key, letter.key.encode(), hashlib.sha256).hex()[:40]}@{sender.rpartition('@')[2] or 'task-toolkit.invalid'}>"


def mail_bytes(letter: Letter, *, sender: str, office: str, identity: str, at: datetime | None) -> bytes:
    """Write a letter as a mail. Without a date `at` it is a draft: unsent, without a name, for a person to send."""
    mail = EmailMessage(policy=SMTP)
    if "@" in sender:
        name, _, domain = sender.rpartition("@")
        mail["From"] = Address(office, name, domain)
    if letter.to:
        mail["To"] = letter.to
    if letter.copies:
        mail["Cc"] = ", ".join(letter.copies)
    mail["Subject"] = " ".join(letter.subject.split())
    if at is None:
        mail["X-Unsent"] = "1"
    else:
        mail["Date"] = format_datetime(at.astimezone())
        mail["Message-ID"] = identity
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: asks out-of-office programs to be silent
    mail.set_content(letter.text, cte="base64")
    mail.add_alternative(_PAGE.format("".join(f"<p>{escape(line)}</p>" for line in letter.text.split("\n\n") if line.strip())), subtype="html", cte="base64")
    for attachment in letter.attached:
        kind = _TYPES.get(attachment.name[-5:].lower()) or mimetypes.guess_type(attachment.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        mail.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)
    containers = [part for part in mail.walk() if part.is_multipart()]
    for number, part in enumerate(containers):
        part.set_boundary(f"=_{hashlib.sha256(letter.key.encode()).hexdigest()[:24]}_{number}")
    return mail.as_bytes()
