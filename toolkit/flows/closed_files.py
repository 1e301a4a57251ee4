"""The files of a closed period: laid where they belong whenever they were changed or are gone; what a person changed in them is kept beside."""

from pathlib import Path
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.files import write_file
from toolkit.edges.inbox import digest_of
from toolkit.edges.ledger import closings
from toolkit.edges.ledger.decisions import remember_book
from toolkit.edges.reading.rulings_in import is_open
from toolkit.edges.workspace import Workspace
from toolkit.flows.drafts import damaged
from toolkit.flows.ground import Ground
from toolkit.flows.rulings import beside, is_read_back
from toolkit.model.closing import Draft
from toolkit.model.period import Period
from toolkit.model.trouble import Trouble

BOOKS, PAPERS, EDITED = "汇总", "文书", "定稿后改动"
BOARD = f"{BOOKS}/看板.html"  # the leaders' board of a period, below outbox/PERIOD
_COPIES = "定稿"  # below records/


class Laid(NamedTuple):
    """The workbook's path, names of the files that were laid anew (below outbox/PERIOD), and sentences on what a person had changed or has open."""

    path: Path
    anew: tuple[str, ...]
    said: tuple[str, ...]


def lay(ground: Ground, period: Period, draft: Draft, *, is_new: bool = False) -> Laid:
    """Bring the files of a closed period to what was closed; of a draft that `is_new` the open book, which was read back, gives way without a word.

    Raises Trouble where the ledger's copy of one is damaged, or the disk takes nothing.
    """
    root, anew, said = outbox_of(ground.space, period), [], []
    path = root / book_name(period)
    with ground.ledger.reading() as connection:
        wanted = closings.files_of(connection, draft)
    for name, digest in wanted.items():
        target = root / name
        there = digest_of(target.read_bytes()) if target.exists() else ""
        if there == digest:
            continue
        words, lies = _replaced(ground, period, target, content_of(ground, period, draft, digest), was_there=bool(there), was_edited=bool(there) and not is_new)
        said += words
        anew.append(name)
        path = lies if target == path else path
    with ground.ledger.writing() as connection:
        remember_book(connection, ground.space.relative(path), wanted[book_name(period)])
    if path == root / book_name(period) and beside(path).exists() and is_read_back(ground, beside(path)):
        beside(path).unlink()
    if not (_copies(ground, period, draft) / Path(book_name(period)).name).exists():  # the last file to be copied: killed before, all is copied now
        copy_aside(ground, period, draft)
    return Laid(path, tuple(anew), tuple(said))


def content_of(ground: Ground, period: Period, draft: Draft, digest: str) -> bytes:
    """Give closed bytes from the ledger. Raises Trouble where they are damaged."""
    with ground.ledger.reading() as connection:
        content = closings.kept(connection, digest)
    if content is None:
        raise damaged(period, draft.number)
    return content


def copy_aside(ground: Ground, period: Period, draft: Draft) -> Path:
    """Keep a copy of a draft's files in records/定稿; gives the folder. Raises OSError, Trouble."""
    folder = _copies(ground, period, draft)
    with ground.ledger.reading() as connection:
        wanted = closings.files_of(connection, draft)
    for name, digest in sorted(wanted.items(), key=lambda one: one[0] == book_name(period)):  # the book last: where it is, all is
        target = folder / name.removeprefix(f"{BOOKS}/")
        if not target.exists() or digest_of(target.read_bytes()) != digest:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_file(target, content_of(ground, period, draft, digest))
    return folder


def _copies(ground: Ground, period: Period, draft: Draft) -> Path:
    return ground.space.records / _COPIES / f"{period}-第{draft.number}稿"


def has_file(ground: Ground, draft: Draft, name: str) -> bool:
    """Whether a file belongs to a draft."""
    with ground.ledger.reading() as connection:
        return name in closings.files_of(connection, draft)


def add_file(ground: Ground, period: Period, draft: Draft, name: str, content: bytes) -> None:
    """Keep one more file that was made from closed bytes. Raises OSError where the disk takes no copy."""
    with ground.ledger.writing() as connection:
        closings.add_file(connection, draft, name, content)
    copy_aside(ground, period, draft)


def pdf_name(period: Period) -> str:
    """Name the PDF of a period's workbook below outbox/PERIOD."""
    return book_name(period).removesuffix(".xlsx") + ".pdf"


def book_name(period: Period) -> str:
    """Name a period's workbook below outbox/PERIOD."""
    return f"{BOOKS}/{period.label}目标任务进展汇总.xlsx"


def outbox_of(space: Workspace, period: Period) -> Path:
    """Give the folder of what goes out of a period."""
    return space.out(period, BOOKS).parent


def _replaced(ground: Ground, period: Period, target: Path, content: bytes, *, was_there: bool, was_edited: bool) -> tuple[list[str], Path]:
    """Lay closed bytes over what was changed, which is kept; beside it where a program holds it open. Gives what there is to say, and where they lie."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if was_there and is_open(target):
        return _written_beside(target, content)
    said = []
    if was_edited:
        copy = _free(ground.space.out(period, EDITED), f"{now():%Y-%m-%d} {target.name}")
        write_file(copy, target.read_bytes())
        said.append(f"“{target.name}”定稿以后被改过，已恢复定稿；改过的留在 {ground.space.relative(copy)}，其中的认定记作定稿后更正。")
    try:
        write_file(target, content)
    except Trouble:
        return _written_beside(target, content)
    return said, target


def _written_beside(target: Path, content: bytes) -> tuple[list[str], Path]:
    other = beside(target)
    write_file(other, content)
    return [f"“{target.name}”正在别处打开，没有动它；定稿写在旁边的“{other.name}”。关闭它之后再运行一次即可。"], other


def _free(folder: Path, name: str) -> Path:
    """Find a name that is not taken: 名.xlsx, 名（2）.xlsx …"""
    path, number = folder / name, 2
    while path.exists():
        path, number = folder / f"{Path(name).stem}（{number}）{Path(name).suffix}", number + 1
    return path
