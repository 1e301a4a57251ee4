"""The office's own wording of mails, templates/邮件.txt; it begins as a copy of the built-in one."""

from pathlib import Path
from typing import NamedTuple

from toolkit.edges.files import write_file
from toolkit.edges.workspace import Workspace

NAME = "邮件.txt"
_RESOURCES = Path(__file__).resolve().parents[2] / "resources"


class MailTexts(NamedTuple):
    """The office's text and the built-in one."""

    own: str
    built_in: str


def load_texts(space: Workspace, language: str = "") -> MailTexts:
    """Read both, in a language those that are named after it: 邮件.en.txt; bytes that are no text come out as signs that no wording can be made of."""
    name = name_in(language)
    path, built_in = space.templates / name, next(path for path in (_RESOURCES / name, _RESOURCES / NAME) if path.is_file())
    if not path.exists():
        write_file(path, built_in.read_bytes())
    return MailTexts(_text(path.read_bytes()), built_in.read_text("utf-8"))


def name_in(language: str) -> str:
    """Name the file of a language's wording; '' is Chinese."""
    return f"{Path(NAME).stem}.{language}{Path(NAME).suffix}" if language else NAME


def _text(content: bytes) -> str:
    """Read what Notepad saved: UTF-8 with or without mark, or GBK."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")
