"""The books and papers of a period that the page links to: only what is listed here is ever served."""

from pathlib import Path
from typing import NamedTuple

from toolkit.edges.open_file import open_file
from toolkit.edges.workspace import Workspace
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period

CONSOLIDATED = "汇总"  # the shelf of the workbooks
SHELVES = (CONSOLIDATED, "文书", "成绩", "退回", "发放", "邮件")
_KINDS = frozenset({".xlsx", ".docx", ".pdf", ".html", ".eml", ".txt", ".csv"})
_MOST = 60  # files of one shelf that are listed; the folder has them all


class Shelf(NamedTuple):
    """One folder of a period: its name, its files' names (the first of them), how many there are."""

    name: str
    files: tuple[str, ...]
    total: int


def shelves(space: Workspace, period: Period) -> tuple[Shelf, ...]:
    """List the books and papers of a period that are there, shelf by shelf, each with its names and how many they are."""
    found = []
    for name in SHELVES:
        files = sorted(path.name for path in _files(space, period, name))
        if files:
            found.append(Shelf(name, tuple(files[:_MOST]), len(files)))
    return tuple(found)


def output(space: Workspace, period: Period, shelf: str, name: str) -> Path:
    """Give the path of a listed file. Raises CommandError for any other."""
    found = next((path for path in _files(space, period, shelf) if path.name == name), None) if shelf in SHELVES else None
    if found is None:
        raise CommandError("没有这个文件。", "请刷新页面再看。")
    return found


def open_output(space: Workspace, period: Period, shelf: str, name: str) -> bool:
    """Open a listed file, or its folder where no name is given, with the system's own program; False where there is none."""
    return open_file(output(space, period, shelf, name) if name else _folder(space, period, shelf))


def _folder(space: Workspace, period: Period, shelf: str) -> Path:
    if shelf not in SHELVES:
        raise CommandError("没有这个文件夹。")
    return space.root / "outbox" / str(period) / shelf


def _files(space: Workspace, period: Period, shelf: str) -> list[Path]:
    folder = _folder(space, period, shelf)
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.suffix in _KINDS and path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~$"))]
