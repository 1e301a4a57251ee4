"""take_evidence: pictures and documents beside returns, matched to unit and tasks, or asked about with a proposal."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.inbox import size_of
from toolkit.edges.ledger.evidence_records import matches, receipts_given
from toolkit.edges.ledger.round_of_file import named
from toolkit.flows.intake.unpack_files import Piece
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.prior_data import PriorData
from toolkit.flows.office.unit_history import current_rows
from toolkit.intake.evidence_names import plain_parts, quarters_stated
from toolkit.intake.match_evidence import Basis, Beside, EvidenceContext, Match, match_evidence
from toolkit.model import seal
from toolkit.model.evidence import MIB, EvidenceMatch, called_evidence, held_by, limits_from, may_be_evidence
from toolkit.model.findings import Code, Finding
from toolkit.model.form import EVIDENCE
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Arrival, Outcome, Row, Sent

_TASK = "任务"
_NO_MEDIA = ("程序", "XML 文件")  # what the reader calls files that are no picture and no document
_UNKNOWN = "认不出来的格式"
# Endings of media whose first bytes the reader does not know.
_UNKNOWN_MEDIA = frozenset(("webp", "heic", "heif", "mp4", "mov", "avi", "wmv", "mp3", "m4a", "amr", "wav", "dwg", "caj", "ceb"))


class _Owner(NamedTuple):
    """Whose a return in some folder is, for which period."""

    unit: str
    period: str


class _Round(NamedTuple):
    """What evidence of a period is held against, and the list's numbers by those that names state (12 → 任务12)."""

    context: EvidenceContext
    numbers: Mapping[str, str]


class EvidenceTaker:
    """Judges what is no workbook; it is told of every return first (`note`), and reads what else it needs when the first piece comes."""

    def __init__(self, office: OfficeContext, before: PriorData) -> None:
        self._office, self._before = office, before
        self.limits = limits_from(office.space.settings())
        self._beside: dict[str, dict[_Owner, list[str]]] = {}
        self._cells: dict[_Owner, dict[str, str]] = {}
        self._rounds: dict[str, _Round] = {}
        self._as_told: dict[str, _Round] = {}  # with what the returns of this run say
        self._held: dict[str, dict[str, tuple[int, int]]] = {}
        self._known: set[tuple[str, str, str, tuple[str, ...]]] = set()
        self._receipts: dict[str, tuple[str, str]] | None = None

    def note(self, name: str, unit: str, period: str, rows: tuple[Row, ...] = ()) -> None:
        """Remember a return: what lies in its folders, or in its envelope, may be its evidence."""
        if not unit or not period:
            return
        owner = _Owner(unit, period)
        self._as_told.pop(period, None)
        self._cells.setdefault(owner, {}).update(_cells(rows))
        for folder in _folders(name):
            self._beside.setdefault(folder, {}).setdefault(owner, []).append(name)

    def is_too_large(self, path: Path) -> bool:
        """Whether a file of the inbox is evidence by its name and larger than one may be: it is not even read."""
        return may_be_evidence(path.name) and 0 < self.limits.single * MIB < size_of(path)

    def arrival(self, piece: Piece, findings: tuple[Finding, ...]) -> Arrival | None:
        """Give what becomes of a file that is no workbook; None for one that is no evidence, or of which nothing at all is known."""
        if not _is_media(piece, findings):
            return None
        owner, returns = self._came_with(piece.sent.name)
        sender = self._before.register.sender_of(piece.sent)
        beside = Beside((owner.unit if owner else "") or sender, tuple(returns))
        path = "/".join(filter(None, (piece.sent.origin.partition("：")[2].replace("/", "_"), piece.sent.name)))
        periods = self._periods(path, owner)
        period = periods[0] if periods else self._newest_open()
        if not period:
            return None
        match = match_evidence(path, self._round(period).context, beside=beside)
        if not periods and match.unit and (came := self._came_for(match.unit)):
            periods, period = came, came[0]
            match = match_evidence(path, self._round(period).context, beside=beside)
        if not match.why and (other := self._not_issued(path, period)):
            match = match._replace(why=f"名称写的是{other.label}，这一期还没有发过表")
        if len(periods) > 1:
            match = match._replace(why=match.why or f"名称、回执编号和同来的表说的不是同一期（{'、'.join(periods)}）")
        if match.why and not match.unit and not match.tasks:
            return None
        return self._judged(piece, period, match)

    def _judged(self, piece: Piece, period: str, match: Match) -> Arrival:
        tasks = self.numbers_of(period, match.tasks)
        if match.why:
            return asked(piece, match.unit, period, tasks, match.why)
        held = self._held_in(period)
        known = (piece.sent.digest, match.unit, period, tasks)
        if known in self._known:
            finding = Finding(Code.DUPLICATE, Place(piece.sent.name), {"name": piece.sent.name.rpartition("/")[2]}, unit=match.unit)
            return Arrival(piece.sent, Outcome.IGNORED, finding.message, match.unit, period, findings=(finding,))
        over = self.limits.hindrance(piece.sent.size, held.get(match.unit, (0, 0)))
        if over:
            finding = Finding(Code.EVIDENCE_LIMIT, Place(piece.sent.name), {"unit": match.unit, "what": over})
            return Arrival(piece.sent, Outcome.REFUSED, finding.message, findings=(finding,))
        self._known.add(known)
        held.update(_one_more(held, match.unit, piece.sent.size))
        return attached(piece.sent, match.unit, period, EvidenceMatch(match.kind, tasks, match.basis.value))

    def numbers_of(self, period: str, stated: tuple[str, ...]) -> tuple[str, ...]:
        """Write task numbers as the period's list does, in the order given; one that the list does not know stays as it is."""
        numbers = self._round(period).numbers
        return tuple(numbers.get(number, number) for number in stated)

    def _came_with(self, name: str) -> tuple[_Owner | None, list[str]]:
        """Give whose returns lie nearest to a file: in its folder, in the one around it … as far as its envelope; None where they are several units'."""
        for folder in _folders(name):
            owners = self._beside.get(folder, {})
            if owners:
                (owner, names), *others = owners.items()
                return (owner, names) if not others else (None, [])
        return None, []

    def _periods(self, path: str, owner: _Owner | None) -> list[str]:
        """Give the periods that carriers tell, the strongest first: receipt code, name, the return beside."""
        issued = self._office.ledger.issued_periods()
        told = [self._given().get(seal.receipt_in(path.upper()), ("", ""))[0], named(path, issued), owner.period if owner else ""]
        return list(dict.fromkeys(filter(None, told)))

    def _not_issued(self, path: str, period: str) -> Period | None:
        """Give a quarter that a name speaks of and of which nothing was issued, where there are rounds of quarters; None for none."""
        rounds = [Period.parse(name) for name in self._office.ledger.issued_periods()]
        spans = {f"{known.year}Q{known.quarter}" for known in rounds if known.quarter}
        stated = quarters_stated(plain_parts(path), year=Period.parse(period).year) if spans else ()
        return next((Period.parse(quarter) for quarter in stated if quarter not in spans), None)

    def _came_for(self, unit: str) -> list[str]:
        """Give the periods of the returns of a unit that came at the same time, wherever they lay."""
        return sorted({owner.period for owner in self._cells if owner.unit == unit})

    def _newest_open(self) -> str:
        """Give the newest round that is not closed; '' before any issue."""
        issued = self._office.ledger.issued_periods()
        open_rounds = [period for period in issued if self._office.drafts.holding(Period.parse(period)) is None]
        return next(reversed(open_rounds or issued), "")

    def _given(self) -> Mapping[str, tuple[str, str]]:
        if self._receipts is None:
            self._receipts = receipts_given(self._office.ledger)
        return self._receipts

    def _held_in(self, period: str) -> dict[str, tuple[int, int]]:
        """Give files and bytes of each unit that are archived already; what is archived is known from then on."""
        if period not in self._held:
            pieces = matches(self._office.ledger, period)
            self._held[period] = held_by(pieces)
            self._known |= {(piece.digest, piece.unit, period, piece.tasks) for piece in pieces}
        return self._held[period]

    def _round(self, period: str) -> _Round:
        if period not in self._rounds:
            self._rounds[period] = self._read(Period.parse(period))
        if period not in self._as_told:
            known = self._rounds[period]
            mine = {owner.unit: {_digits(number): text for number, text in cells.items()} for owner, cells in self._cells.items() if owner.period == period}
            self._as_told[period] = known._replace(context=_with_cells(known.context, mine))
        return self._as_told[period]

    def _read(self, period: Period) -> _Round:
        here = self._office.at(period)
        issued = set(here.issued())
        tasks = {unit.name: {_digits(task.number): task.text for task, _ in here.master.duties(unit.name)} for unit in here.master.units if unit.name in issued}
        cells = {unit: {_digits(number): text for number, text in _cells(rows).items()} for unit, rows in current_rows(self._office, period).items()}
        receipts = {code: here.called(unit) for code, (_, unit) in self._given().items()}
        names = {name: unit for name, unit in self._before.register.names.items() if unit in issued}
        numbers = {_digits(task.number): task.number for task in here.master.live_tasks()}
        return _Round(EvidenceContext(tasks, cells, receipts, names, here.form_of(period).name), numbers)


def attached(sent: Sent, unit: str, period: str, match: EvidenceMatch) -> Arrival:
    """Give the end of a file that is a unit's evidence, or its stamped return."""
    told = "的" + "、".join(match.tasks) if match.tasks else ""
    facts = {"kind": match.kind.value, "unit": unit, "tasks": told, "basis": match.basis}
    finding = Finding(Code.EVIDENCE, Place(sent.name), facts, unit=unit)
    return Arrival(sent, Outcome.ATTACHED, finding.message, unit, period, findings=(finding,), evidence=match)


def asked(piece: Piece, unit: str, period: str, tasks: tuple[str, ...], why: str) -> Arrival:
    """Give the end of a file that is asked about: it belongs to nobody until the office has spoken, and carries what we would say."""
    proposed = "的".join(filter(None, (unit, "、".join(tasks))))
    proposal = f"；建议归到{proposed}" if proposed else ""
    finding = Finding(Code.EVIDENCE_ASKED, Place(piece.sent.name), {"why": why, "proposal": proposal} | _offered(unit, period, tasks))
    return Arrival(piece.sent, Outcome.WAITING, finding.message, findings=(finding,))


def _offered(unit: str, period: str, tasks: tuple[str, ...]) -> dict[str, str]:
    """Give what “接受” takes up; it stands beside the sentence, not in it."""
    return {"unit": unit, "period": period, "tasks": "、".join(tasks)}


def office_match(tasks: tuple[str, ...]) -> EvidenceMatch:
    """Give a match on the office's own word; without a task it is the unit's stamped return."""
    kind = Match("", tasks, Basis.OFFICE if tasks else Basis.STAMP).kind
    return EvidenceMatch(kind, tasks, Basis.OFFICE.value)


def _is_media(piece: Piece, findings: tuple[Finding, ...]) -> bool:
    """Whether the reader took a file for a picture or a document, and it is named as one; or for a workbook of others in a folder that is called evidence."""
    if any(finding.code is Code.UNKNOWN for finding in findings):
        return called_evidence(piece.sent.name)
    told = next((finding for finding in findings if finding.code is Code.NOT_WORKBOOK), None)
    if told is None or not may_be_evidence(piece.sent.name) or not piece.sent.digest:
        return False
    ending, seen = piece.sent.name.rpartition(".")[2].lower(), told.facts.get("seen")
    return ending in _UNKNOWN_MEDIA if seen == _UNKNOWN else seen not in _NO_MEDIA


def _folders(name: str) -> list[str]:
    """List the folders that a file lies in, the nearest first; the inbox itself is none."""
    steps = name.split("/")[:-1]
    return ["/".join(steps[:end]) for end in range(len(steps), 0, -1)]


def _cells(rows: tuple[Row, ...]) -> dict[str, str]:
    """Give what a unit wrote in 佐证材料, by task."""
    return {row.number: answer.raw for row in rows if (answer := row.answers.get(EVIDENCE))}


def _digits(number: str) -> str:
    """Give 12 of 任务12 and of 012; other numbers as they are."""
    bare = number.removeprefix(_TASK)
    return bare.lstrip("0") if bare.isdigit() and bare.strip("0") else number


def _one_more(held: Mapping[str, tuple[int, int]], unit: str, size: int) -> dict[str, tuple[int, int]]:
    count, total = held.get(unit, (0, 0))
    return {unit: (count + 1, total + size)}


def _with_cells(context: EvidenceContext, mine: Mapping[str, Mapping[str, str]]) -> EvidenceContext:
    cells = {unit: {**context.cells.get(unit, {}), **texts} for unit, texts in mine.items()}
    return EvidenceContext(context.tasks, {**context.cells, **cells}, context.receipts, context.names, context.form)
