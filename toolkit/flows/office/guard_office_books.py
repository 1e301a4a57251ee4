"""The office's own workbooks are looked at, before any command opens them, for what would stop or fill up the program."""

from collections.abc import Iterator
from pathlib import Path

from toolkit.edges.files import write_file
from toolkit.edges.reading.known_sound import note_written, unknown_books
from toolkit.edges.workspace import RULES, Workspace, starter_templates
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Finding

REMEDY = "请从备份恢复这个文件，或用 Excel、WPS 打开后另存为 .xlsx，再运行一次。"

LOST_LIST = "已经发过表，templates 文件夹里的任务总表.xlsx 却不见了。"
LOST_LIST_REMEDY = "请把它放回去，改过名的改回来；找不到的，用 restore 从备份恢复。不要重新导入通知：手工改过的内容会丢。"


def find_unsafe(space: Workspace) -> Iterator[Finding]:
    """Say which of master list, forms and rules must not be opened; those that came with the program and were not touched are sound."""
    shipped = {path.name: path for path in starter_templates()}
    books = (space.master, space.templates / RULES, *space.form_files())
    notes = _notes(space)
    own = [path for path in books if not _is_shipped(path, shipped.get(path.name))]
    if unknown_books(own, notes):
        from toolkit.edges.reading.guard_books import unsafe_books  # with the reading processes: only where something is new

        yield from unsafe_books(own, notes)


def write_own_book(space: Workspace, path: Path, content: bytes) -> None:
    """Write a workbook that this program has just made, from values or from one that was looked at; the next command need not look at it again.

    Raises CommandError where it cannot be written.
    """
    write_file(path, content)
    note_written(_notes(space), content)


def demand_list(space: Workspace) -> None:
    """Raise CommandError where forms were issued and the master list is gone: one imported anew would not be the one that they stand on."""
    if space.has_lost_list():
        raise CommandError(LOST_LIST, LOST_LIST_REMEDY)


def check_books(space: Workspace) -> None:
    """Raise CommandError for the first of the office's workbooks that must not be opened, and where the master list is gone."""
    demand_list(space)
    for finding in find_unsafe(space):
        raise CommandError(f"“{finding.place.file}”不能用：{finding.message}", REMEDY)


def _notes(space: Workspace) -> Path:
    return space.records / "log" / "看过的表.txt"


def _is_shipped(path: Path, source: Path | None) -> bool:
    try:
        return source is not None and not source.samefile(path) and source.read_bytes() == path.read_bytes()
    except OSError:
        return False
