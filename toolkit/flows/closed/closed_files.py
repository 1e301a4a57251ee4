"""The files of a closed period: laid where they belong whenever they were changed or are gone; what a person changed in them is kept beside."""

from pathlib import Path
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.files import write_file
from toolkit.edges.inbox import digest_of
from toolkit.edges.ledger import closing_records
from toolkit.edges.ledger.decision_records import remember_book
from toolkit.edges.reading.read_typed_rulings import is_open
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.take_rulings import adjacent_path, is_read_back
from toolkit.flows.office.closed_drafts import damaged
from toolkit.flows.office.office_context import OfficeContext
from toolkit.model.closing import Draft
from toolkit.model.command_error import CommandError
from toolkit.model.master import MAIN_LIST
from toolkit.model.period import Period

BOOKS, PAPERS, EDITED = "汇总", "文书", "定稿后改动"
BOARD = f"{BOOKS}/看板.html"  # the leaders' board of a period, below outbox/PERIOD
_COPIES = "定稿"  # below records/


class PlacedFiles(NamedTuple):
    """The workbook's path, names of the files that were laid anew (below outbox/PERIOD), and sentences on what a person had changed or has open."""

    path: Path
    anew: tuple[str, ...]
    sentences: tuple[str, ...]


def lay(office: OfficeContext, period: Period, draft: Draft, *, is_new: bool = False) -> PlacedFiles:
    """Bring the files of a closed period to what was closed; of a draft that `is_new` the open book, which was read back, gives way without a word.

    Raises CommandError where the ledger's copy of one is damaged, or the disk takes nothing.
    """
    root, anew, sentences = outbox_of(office.space, period), [], []
    path = root / book_name(period)
    with office.ledger.reading() as connection:
        wanted = closing_records.files_of(connection, draft)
    for name, digest in wanted.items():
        target = root / name
        there = digest_of(target.read_bytes()) if target.exists() else ""
        if there == digest:
            continue
        was_edited = bool(there) and not is_new and name != BOARD  # the board is drawn from the book, nobody types into it
        words, lies = _replaced(office, period, target, content_of(office, period, draft, digest), was_there=bool(there), was_edited=was_edited)
        sentences += words
        anew.append(name)
        path = lies if target == path else path
    with office.ledger.writing() as connection:
        remember_book(connection, office.space.relative(path), wanted[book_name(period)])
        for name in (name for name in wanted if name.endswith("进展汇总.xlsx") and name != book_name(period)):
            remember_book(connection, office.space.relative(root / name), wanted[name])
    if path == root / book_name(period) and adjacent_path(path).exists() and is_read_back(office, adjacent_path(path)):
        adjacent_path(path).unlink()
    if not (_copies(office, period, draft) / Path(book_name(period)).name).exists():  # the last file to be copied: killed before, all is copied now
        copy_aside(office, period, draft)
    return PlacedFiles(path, tuple(anew), tuple(sentences))


def content_of(office: OfficeContext, period: Period, draft: Draft, digest: str) -> bytes:
    """Give closed bytes from the ledger. Raises CommandError where they are damaged."""
    with office.ledger.reading() as connection:
        content = closing_records.stored_content(connection, digest)
    if content is None:
        raise damaged(period, draft.number)
    return content


def copy_aside(office: OfficeContext, period: Period, draft: Draft) -> Path:
    """Keep a copy of a draft's files in records/定稿; gives the folder. Raises OSError, CommandError."""
    folder = _copies(office, period, draft)
    with office.ledger.reading() as connection:
        wanted = closing_records.files_of(connection, draft)
    for name, digest in sorted(wanted.items(), key=lambda texts: texts[0] == book_name(period)):  # the book last: where it is, all is
        target = folder / name.removeprefix(f"{BOOKS}/")
        if not target.exists() or digest_of(target.read_bytes()) != digest:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_file(target, content_of(office, period, draft, digest))
    return folder


def _copies(office: OfficeContext, period: Period, draft: Draft) -> Path:
    return office.space.records / _COPIES / f"{period}-第{draft.number}稿"


def has_file(office: OfficeContext, draft: Draft, name: str) -> bool:
    """Whether a file (its path below outbox/PERIOD) belongs to a draft, by the ledger."""
    with office.ledger.reading() as connection:
        return name in closing_records.files_of(connection, draft)


def add_file(office: OfficeContext, period: Period, draft: Draft, name: str, content: bytes) -> None:
    """Keep one more file that was made from closed bytes. Raises OSError where the disk takes no copy."""
    with office.ledger.writing() as connection:
        closing_records.add_file(connection, draft, name, content)
    copy_aside(office, period, draft)


def pdf_name(period: Period) -> str:
    """Give the path of a period's PDF below outbox/PERIOD: the workbook's, with .pdf."""
    return book_name(period).removesuffix(".xlsx") + ".pdf"


def book_name(period: Period) -> str:
    """Give the path of a period's workbook below outbox/PERIOD: 汇总/2023年第一季度目标任务进展汇总.xlsx."""
    return f"{BOOKS}/{period.label}目标任务进展汇总.xlsx"


def list_book_name(period: Period, listed: str) -> str:
    """Give the path of the workbook of one list (清单) below outbox/PERIOD: 汇总/2023年第一季度民生实事进展汇总.xlsx."""
    return f"{BOOKS}/{period.label}{listed or MAIN_LIST}进展汇总.xlsx"


def books_of(office: OfficeContext, period: Period) -> list[str]:
    """Give the paths below outbox/PERIOD of a period's workbook and, where several lists live side by side, of each list's own."""
    return [book_name(period), *(list_book_name(period, listed) for listed in office.at(period).master.lists())]


def outbox_of(space: Workspace, period: Period) -> Path:
    """Give outbox/PERIOD, the folder of what goes out of a period."""
    return space.out(period, BOOKS).parent


def _replaced(office: OfficeContext, period: Period, target: Path, content: bytes, *, was_there: bool, was_edited: bool) -> tuple[list[str], Path]:
    """Lay closed bytes over what was changed, which is kept; beside it where a program holds it open. Gives what there is to say, and where they lie."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if was_there and is_open(target):
        return _written_beside(target, content)
    sentences = []
    if was_edited:
        copy = _free(office.space.out(period, EDITED), f"{now():%Y-%m-%d} {target.name}")
        write_file(copy, target.read_bytes())
        sentences.append(f"“{target.name}”定稿以后被改过，已恢复定稿；改过的留在 {office.space.relative(copy)}，其中的认定记作定稿后更正。")
    try:
        write_file(target, content)
    except CommandError:
        return _written_beside(target, content)
    return sentences, target


def _written_beside(target: Path, content: bytes) -> tuple[list[str], Path]:
    other = adjacent_path(target)
    write_file(other, content)
    return [f"“{target.name}”正在别处打开，没有动它；定稿写在旁边的“{other.name}”。关闭它之后再运行一次即可。"], other


def _free(folder: Path, name: str) -> Path:
    """Find a name that is not taken: 名.xlsx, 名（2）.xlsx …"""
    path, number = folder / name, 2
    while path.exists():
        path, number = folder / f"{Path(name).stem}（{number}）{Path(name).suffix}", number + 1
    return path
