"""The office's own wording of mails, templates/邮件.txt; it begins as a copy of the built-in one."""

from pathlib import Path
from typing import NamedTuple

from toolkit.edges.files import write_file
from toolkit.edges.workspace import Workspace

NAME = "邮件.txt"
_BUILT_IN = Path(__file__).resolve().parents[2] / "resources" / NAME


class MailTexts(NamedTuple):
    """The office's text and the built-in one."""

    own: str
    built_in: str


def load_texts(space: Workspace) -> MailTexts:
    """Read both; bytes that are no text come out as signs that no wording can be made of."""
    path = space.templates / NAME
    if not path.exists():
        write_file(path, _BUILT_IN.read_bytes())
    return MailTexts(_text(path.read_bytes()), _BUILT_IN.read_text("utf-8"))


def _text(content: bytes) -> str:
    """Read what Notepad saved: UTF-8 with or without mark, or GBK."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")
