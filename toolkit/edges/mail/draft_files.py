"""Writes mails as drafts that Foxmail and Outlook open ready to be sent: outbox/PERIOD/邮件/."""

from pathlib import Path

from toolkit.edges.files import write_file
from toolkit.edges.mail.mail_bytes import mail_bytes
from toolkit.edges.workspace import Workspace
from toolkit.model.letter import Letter
from toolkit.model.period import Period


def write_draft(space: Workspace, letter: Letter, name: str, sender: str) -> Path:
    """Write one letter as a draft under a name; the same letter gives the same file."""
    path = space.out(Period.parse(letter.period), "邮件") / f"{name}.eml"
    content = mail_bytes(letter, sender=sender, office=space.office(), identity="", at=None)
    if not path.exists() or path.read_bytes() != content:
        write_file(path, content)
    return path
