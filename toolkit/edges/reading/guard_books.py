"""Guards the office's own workbooks as returns are guarded: what is new in them is first looked at, and read in a reading process, before this one opens it."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from toolkit.edges.reading.precheck import precheck
from toolkit.edges.reading.sandbox import MEMORY, SECONDS, Readers
from toolkit.edges.reading.sandbox_process import Job, Takes
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place

_STOPS = {Code.UNSAFE, Code.TOO_BIG, Code.TOO_SLOW, Code.READER_DIED}  # what must not be opened; other faults their readers say better
_REMEMBERED = 200  # digests
_sound = set[str]()


def unsafe_books(paths: Iterable[Path], notes: Path, *, seconds: float = SECONDS, memory: int = MEMORY) -> Iterator[Finding]:
    """Say which workbooks must not be opened, and why. `notes` remembers the digests of those that may: a file that did not change costs its hash only.

    Files that are missing or cannot be read are left to their readers.
    """
    books = {path: content for path in paths if (content := _content(path)) is not None}
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in books.items()}
    new = [path for path, digest in digests.items() if digest not in _sound]
    known = _noted(notes) if new else ()
    _sound.update(known)
    new = [path for path in new if digests[path] not in _sound]
    if not new:
        return
    with Readers(open_with_styles, workers=1, seconds=seconds, memory=memory, takes=Takes.BYTES) as readers:
        for path, found in zip(new, readers.read(_job(path, books[path]) for path in new), strict=True):
            if isinstance(found, Finding) and found.code in _STOPS:
                yield found
            else:
                _sound.add(digests[path])
                known = (*known, digests[path])
    _note(notes, known)


def open_with_styles(job: Job) -> bool:
    """Open a workbook the way the office's own are read, in a reading process; what a reader says of it is said again where it is used."""
    from openpyxl import load_workbook

    try:
        for sheet in load_workbook(io.BytesIO(job.content)):
            for _ in sheet.iter_rows():
                pass
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a damaged book does no harm: its own reader says what is wrong with it
        return False
    return True


def _job(path: Path, content: bytes) -> Job:
    """Put a file in line; one that the look at its bytes refuses is not even read in the other process."""
    trouble = precheck(content).trouble
    given = Finding(trouble.code, Place(path.name), trouble.facts) if trouble and trouble.code in _STOPS else None
    return Job(path.name, content, (), given)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _noted(notes: Path) -> tuple[str, ...]:
    try:
        return tuple(notes.read_text("ascii").split())
    except (OSError, ValueError):
        return ()


def _note(notes: Path, digests: tuple[str, ...]) -> None:
    with suppress(OSError):  # somebody who may only look looks again
        notes.parent.mkdir(parents=True, exist_ok=True)
        notes.write_text("\n".join(dict.fromkeys(digests[-_REMEMBERED:])), "ascii")
