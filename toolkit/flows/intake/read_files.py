"""read_files: files go through the reading processes; one that only the ledger can place is read once more, by a process that knows every seal."""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Self

from toolkit.edges import inbox
from toolkit.edges.ledger.database import Database
from toolkit.edges.reading.cluster import ClusterReaders
from toolkit.edges.reading.sandbox import Readers
from toolkit.edges.reading.sandbox_process import Job
from toolkit.edges.reading.start_processes import forked_ahead, warm_up
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.parse_file import IdentityClue, ReturnParser
from toolkit.flows.office.parsed_return import ParsedParts, ParsedReturn, UnreadableFile
from toolkit.flows.office.prior_data import PriorData
from toolkit.model.findings import Finding

Read = ParsedReturn | ParsedParts | IdentityClue | UnreadableFile
Whole = ParsedReturn | ParsedParts | Finding | UnreadableFile
AnyReaders = Readers[Read] | ClusterReaders[Read]


def make_ready() -> None:
    """Have the reading processes load, while the caller still makes ready itself."""
    warm_up(ReturnParser.__module__)


@contextmanager
def readers_ahead(space: Workspace, files: int = 0, *, later: int = 0) -> Iterator[None]:
    """Have the reading processes there from the start, where this process has never opened a ledger: for what lies in the inbox, or will (`files`).

    `later` are further ones, for a second collect. Raises CommandError.
    """
    waiting = 0 if Database.opened else files or len(inbox.waiting_files(space))
    with forked_ahead(waiting, ReturnParser.__module__, workers=space.workers(), later=later):
        yield


class FileReading:
    """The reading processes of one command, on this machine or on a cluster; whatever a file holds, it is looked at in them and within their limits."""

    def __init__(self, office: OfficeContext, before: PriorData, *, workers: int = 1, cluster: str = "", claimed: str = "") -> None:
        self._ground, self._then = office, replace(before.understanding, claimed=claimed)
        self._first: AnyReaders = (
            ClusterReaders(cluster, self._then) if cluster else Readers(self._then, workers=workers)
        )
        self._strangers: Readers[Read] | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Start. Raises CommandError when the cluster cannot be used."""
        self._open.enter_context(self._first)
        return self

    def __exit__(self, *_: object) -> None:
        """End every process."""
        self._open.close()

    def read(self, jobs: Iterable[Job]) -> Iterator[Whole]:
        """Give what was understood of each file, in order, or the finding that says why it could not be read; takes a few files ahead."""
        line = deque[Job]()
        for read in self._first.read(_noted(jobs, line)):
            job = line.popleft()
            yield self._placed(job) if isinstance(read, IdentityClue) else read

    def read_one(self, job: Job) -> ParsedReturn | Finding | UnreadableFile:
        """Give what was understood of one file, or of the part that the job's name tells. Raises TypeError for a file of several units."""
        read = next(self.read([job]))
        if isinstance(read, ParsedParts):
            raise TypeError(job.name)
        return read

    def sentences(self) -> tuple[str, ...]:
        """Say in Chinese what was not read on the cluster, where it was meant to be; () without a cluster."""
        return self._first.sentences if isinstance(self._first, ClusterReaders) else ()

    def _placed(self, job: Job) -> Whole:
        if self._strangers is None:
            then = replace(self._then, seals=self._ground.ledger.seals())
            self._strangers = self._open.enter_context(Readers(then, workers=1))
        read = next(self._strangers.read([job]))
        if isinstance(read, IdentityClue):
            raise TypeError(read)
        return read


def _noted(jobs: Iterable[Job], line: "deque[Job]") -> Iterator[Job]:
    for job in jobs:
        line.append(job)
        yield job
