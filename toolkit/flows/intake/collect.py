"""collect: every file in the inbox, and every file in an envelope → archive, ledger, one outcome each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from toolkit.edges import inbox
from toolkit.edges.background_task import BackgroundTask
from toolkit.edges.envelopes.unpack import Unpacked
from toolkit.edges.ledger.known_files import KnownFiles
from toolkit.edges.log import log_fault
from toolkit.edges.machine import long_work
from toolkit.edges.reading.sandbox_process import Job
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.archive_returns import ArchiveWriter, Group, full, link_left, still_arriving
from toolkit.flows.intake.asked_files import asked_of, over_limits
from toolkit.flows.intake.read_files import FileReading, Whole, make_ready
from toolkit.flows.intake.read_return import read_return, refused
from toolkit.flows.intake.take_evidence import EvidenceTaker
from toolkit.flows.intake.take_parts import parts_of_file
from toolkit.flows.intake.take_rulings import read_back
from toolkit.flows.intake.unpack_files import Piece, Unpacker, pieces_of
from toolkit.flows.intake.whole_returns import judged_together
from toolkit.flows.intake.write_receipts import Receipts, write_receipts
from toolkit.flows.office.faults_told import faults_in
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.parsed_return import ParsedParts
from toolkit.flows.office.prior_data import PriorData
from toolkit.flows.office.round_list import just_received
from toolkit.model.command_error import reason_of
from toolkit.model.evidence import comes_last, may_be_evidence
from toolkit.model.findings import Code, Finding
from toolkit.model.part_names import part_name
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.received import Received
from toolkit.model.returns import Arrival, Outcome, Sent

Progress = Callable[[Sequence[Path], str], Iterable[Path]]
_CUT_SHORT = {Code.DAMAGED, Code.UNREADABLE, Code.UNSAFE, Code.NOTHING_INSIDE}  # what a file that is still being copied looks like


class Collected(NamedTuple):
    """Every file found, with what became of it (rows left out); `again` counts files that were recorded before; `faults` counts our own.

    `received` tells the same for a person. `left` are sentences about files that stay in the inbox; the others were taken in.
    `asked` is what the clerk has to answer of those.
    """

    arrivals: tuple[Arrival, ...]
    again: int
    faults: int
    findings: tuple[Finding, ...]
    left: tuple[str, ...]
    receipts: Receipts
    received: tuple[Received, ...] = ()
    asked: tuple[str, ...] = ()


def collect(space: Workspace, *, progress: Progress, cluster: str = "", told: Callable[[str, str], None] | None = None) -> Collected:
    """Take in everything in the inbox; a second run finds nothing new and changes nothing. `cluster` is the address of a Dask scheduler."""
    if not cluster and not inbox.is_empty(space):
        make_ready()
    with long_work(), open_office(space, alone=True) as office:
        back, before = read_back(office), PriorData(office)
        with BackgroundTask[Group]() as beside, ArchiveWriter(office, before, beside, told) as keeper:
            with FileReading(office, before, workers=space.workers(), cluster=cluster) as readers, Unpacker() as unpacker:
                run = _Run(office, readers, unpacker, before, keeper)
                run.take(progress(sorted(inbox.waiting_files(space), key=lambda path: comes_last(path.relative_to(space.inbox).as_posix())), "收表"))
                run.take(path for path in run.young if run.rests(path))
                run.left += [link_left(path) for path in inbox.links(space)]
                run.left += (*readers.sentences(), *over_limits(run.over))
            receipts = write_receipts(office, back.units)
        left = (*office.questions, *back.sentences, *run.left, *keeper.left, *receipts.left)
        arrivals = judged_together(office, keeper.arrivals)
        received = just_received(arrivals, keeper.held, mended=receipts.to_mend, clean=receipts.clean)
        faults = faults_in(office, {Period.parse(arrival.period) for arrival in arrivals if arrival.period})
        return Collected(tuple(arrivals), run.again, run.faults, faults, left, receipts, received, asked_of(keeper.arrivals))


class _Run:
    """One collect: what it has done so far. A file that looks cut short is left to the end (`young`), in case it is still being copied."""

    def __init__(self, office: OfficeContext, readers: FileReading, unpacker: Unpacker, before: PriorData, keeper: ArchiveWriter) -> None:
        self._ground, self._readers, self._unpacker, self._before, self._keeper = office, readers, unpacker, before, keeper
        self._passwords = inbox.Passwords()
        self._evidence = EvidenceTaker(office, before)
        self.left: list[str] = []
        self.young: list[Path] = []
        self.over: list[tuple[Arrival, bool]] = []  # evidence that goes over the limits; whether it stands in an envelope
        self.again = self.faults = 0
        self._second_look = False
        with office.ledger.reading() as connection:
            self._known = KnownFiles(connection)

    def take(self, paths: Iterable[Path]) -> None:
        """Take in files, in order; the readers work a few files ahead."""
        line: list[Piece] = []
        for read in self._readers.read(self._jobs(paths, line)):
            piece = line.pop(0)
            if piece.path in self.young and not self._second_look:
                continue
            if self._is_young(piece, read):
                self.young.append(piece.path)
                continue
            if isinstance(read, ParsedParts) and not self._is_copy(piece, read):
                self._take_parts(piece, read)
            else:
                self._take_one(piece, read)
        self._keeper.finish()
        self._second_look = True

    def _take_parts(self, piece: Piece, read: ParsedParts) -> None:
        """Take in the parts of a file that several units share, and the file itself behind them: a run that is cut short reads it again."""
        for part, parsed in parts_of_file(self._ground.space, piece, read):
            if not self._known.has(part.sent):
                self._take_one(part, parsed)

    def _take_one(self, piece: Piece, read: Whole) -> None:
        arrival = self._judged(piece, read)
        if piece.notes:
            arrival = replace(arrival, findings=(*arrival.findings, *piece.notes))
        if self._stays(piece, arrival):
            return
        self._note(arrival)
        self._before.remember(arrival)
        self._known.add(arrival)
        self._keeper.add(piece, arrival)

    def _is_copy(self, piece: Piece, read: ParsedParts) -> bool:
        """Whether a file of several units came before under another name or at another time; one whose parts are being taken in is none."""
        mine = any(self._known.has(piece.sent._replace(name=part.name)) for part in read.parts)
        return not mine and self._known.taken(piece.sent) is not None

    def rests(self, path: Path) -> bool:
        """Whether a file that looks cut short is all that comes; says so where somebody still writes to it."""
        try:
            if inbox.is_stable(path):
                return True
        except OSError:
            pass
        self.left.append(still_arriving(path))
        return False

    def _jobs(self, paths: Iterable[Path], line: list[Piece]) -> Iterator[Job]:
        for path in paths:
            for piece in self._pieces(path):
                line.append(piece)
                yield Job(piece.sent.name, piece.content, self._passwords.of(piece.sent.name), piece.given[0] if piece.given else None)

    def _pieces(self, path: Path) -> Iterator[Piece]:
        """Give what of a file is not recorded yet."""
        space = self._ground.space
        if inbox.is_unfinished(path):
            self.left.append(f"{still_arriving(path)}一直是这样的，是没有传完的：请删掉它，请对方重发。")
            return
        if self._evidence.is_too_large(path):
            limit = self._evidence.limits.single
            self.left.append(f"“{inbox.shown_name(path)}”超过 {limit} 兆，没有收，留在收件箱。请压缩以后再放入；上限在 settings.toml 的 [evidence]。")
            return
        try:
            taken = inbox.take(space, path)
        except inbox.StillArrivingError:
            self.left.append(still_arriving(path))
            return
        except OSError as error:
            self.left.append(f"收件箱里的“{inbox.shown_name(path)}”读不出来：{reason_of(error)}。请检查文件是否被占用、磁盘是否正常，再运行一次；其他文件不受影响。")
            return
        if self._known.has(taken.sent):
            self._note_known(taken.sent)
            self.again += 1
            self._keeper.kept(path, taken.stamp)
            return
        try:
            for piece in pieces_of(space, path, taken, self._unpacked):
                if self._known.has(piece.sent):
                    self._note_known(piece.sent)
                else:
                    yield piece
        except OSError as error:
            raise full(taken.sent.name, error) from error

    def _stays(self, piece: Piece, arrival: Arrival) -> bool:
        """Remember evidence that goes over the limits; whether a file is left in the inbox."""
        is_over = any(finding.code is Code.EVIDENCE_LIMIT for finding in arrival.findings)
        if is_over:
            self.over.append((arrival, bool(piece.envelope)))
        return is_over and not piece.envelope

    def _note(self, arrival: Arrival) -> None:
        """Remember a return, in whose folders evidence may lie."""
        if arrival.content is not None or not may_be_evidence(arrival.sent.name):
            self._evidence.note(arrival.sent.name, arrival.unit, arrival.period, arrival.content.rows if arrival.content else ())

    def _note_known(self, sent: Sent) -> None:
        """Remember a return that is recorded already: a run that was cut short goes on as it would have."""
        known = self._known.whose(sent)
        if known is not None and not may_be_evidence(sent.name):
            self._evidence.note(sent.name, self._ground.at(Period.parse(known.period)).called(known.unit), known.period)

    def _unpacked(self, content: bytes, name: str) -> Unpacked:
        return self._unpacker.unpack(content, name, self._passwords.of(name))

    def _is_young(self, piece: Piece, read: Whole) -> bool:
        return not self._second_look and piece.last and isinstance(read, Finding) and read.code in _CUT_SHORT and inbox.is_new(piece.path)

    def _judged(self, piece: Piece, read: Whole) -> Arrival:
        """Give a piece its outcome; our own fault on one file must not stop the others."""
        try:
            return self._judge(piece, read)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is logged and said of this one file
            log_fault(self._ground.space, f"reading {piece.sent.name}", error)
            self.faults += 1
            finding = Finding(Code.OUR_FAULT, Place(piece.sent.name))
            return Arrival(piece.sent, Outcome.WAITING, finding.message, findings=(finding,))

    def _judge(self, piece: Piece, read: Whole) -> Arrival:
        sent, office = piece.sent, self._ground
        if piece.given:
            return given(piece)
        known = self._known.taken(sent)
        if known is not None and not part_name(sent.name):
            finding = Finding(Code.DUPLICATE, Place(sent.name), {"name": known.name}, unit=known.unit)
            return Arrival(sent, Outcome.IGNORED, finding.message, known.unit, known.period, findings=(finding,))
        if isinstance(read, ParsedParts):
            raise TypeError(sent.name)
        arrival = read_return(read, sent, office=office, before=self._before)
        evidence = self._evidence.arrival(piece, arrival.findings) if arrival.outcome is Outcome.REFUSED else None
        return evidence or arrival


def given(piece: Piece) -> Arrival:
    """Give the outcome of a piece that is not read: an envelope or a system file is ignored, one behind a password waits, the rest is refused."""
    code = piece.given[0].code
    if code in {Code.ENVELOPE, Code.SYSTEM_FILE, Code.SEVERAL_UNITS, Code.FROM_SITE}:
        return Arrival(piece.sent, Outcome.IGNORED, piece.given[0].message, findings=piece.given)
    return refused(piece.sent, *piece.given)
