"""What the rounds of a year up to a period said about the lives of tasks and about matters to be coordinated."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from toolkit.edges.ledger.decision_records import excluded
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.edges.ledger.life_records import first_issues, rows_with, words_on
from toolkit.flows.office.evidence_held import evidence_of
from toolkit.flows.office.office_context import OfficeContext
from toolkit.merging.coordination_register import Ruled, register
from toolkit.merging.task_lives import lives
from toolkit.model.coordination import HELP, OVER, TOLD, Matter, Said, Told
from toolkit.model.decisions import Decision, DecisionSubject
from toolkit.model.evidence import EvidenceKind
from toolkit.model.form import EVIDENCE, Form, Subject
from toolkit.model.master import Master
from toolkit.model.nothing_said import says_nothing
from toolkit.model.period import Period
from toolkit.model.requests import BASIS, KIND, NUMBER, WHY, RequestKind, request_sheets
from toolkit.model.returns import Row
from toolkit.model.seal import shown_text
from toolkit.model.task_life import Ask, LifeTurn, TaskLife
from toolkit.model.task_numbers import task_number


class YearSoFar(NamedTuple):
    """How far each task of the list is by its number, and the register of matters, as of a period; the rounds and words that the lives are made of."""

    lives: dict[str, TaskLife]
    matters: tuple[Matter, ...]
    turns: tuple[LifeTurn, ...]
    words: tuple[Decision, ...]

    def supposing(self, words: Sequence[Decision], master: Master) -> dict[str, TaskLife]:
        """Give the lives as they would be after some more words on them."""
        return lives(master, self.turns, [*self.words, *words])


class _Turn(NamedTuple):
    life: LifeTurn
    said: tuple[Said, ...]
    told: tuple[tuple[str, Told], ...]


class _File(NamedTuple):
    record: FileRecord
    unit: str
    rows: Sequence[Row]
    form: Form


def year_so_far(office: OfficeContext, period: Period, *, before: bool = False) -> YearSoFar:
    """Give lives and matters up to a period, that one included; with `before` as they stood when it began: what its own returns say is left out."""
    here = office.at(period)
    rounds = _rounds(office, period)
    turns = [_turn(office, here, earlier) for earlier in rounds if not (before and earlier == period)]
    if before or period not in rounds:
        turns.append(_Turn(LifeTurn(str(period)), (), ()))
    until = here.stage.decided if here.stage is not None else None
    words = [word for word in words_on(here.ledger, DecisionSubject.LIFE, until) if word.subject.startswith(str(period.year))]
    said, told = [text for turn in turns for text in turn.said], [answer for turn in turns for answer in turn.told]
    matters: tuple[Matter, ...] = ()
    if said:
        lists = [office.lists.base(period.year), *(office.at(earlier).master for earlier in rounds)]
        units = {name for known in lists if known for unit in known.units for name in (unit.name, *unit.aliases)}
        matters = register(said, told, Ruled(here.decided(), words_on(here.ledger, DecisionSubject.MATTER, until), units), here.master)
    spoken = tuple(turn.life for turn in turns)
    return YearSoFar(lives(here.master, spoken, words), matters, spoken, tuple(words))


def _rounds(office: OfficeContext, period: Period) -> list[Period]:
    """List the issued rounds of the year up to a period in their order, its work plan first; for a year's own book all of them."""
    year = Period(period.year)
    issued = [Period.parse(name) for name in office.ledger.issued_periods()]
    mine = [earlier for earlier in issued if earlier.year == period.year and (year in {period, earlier} or earlier.ends <= period.ends)]
    return sorted(mine, key=lambda earlier: (earlier != year, earlier.ends, earlier == period, earlier.begins, str(earlier)))


def _turn(office: OfficeContext, here: OfficeContext, period: Period) -> _Turn:
    there = office.at(period)
    issued, name = set(there.issued()), str(period)
    handed = {here.called(unit): at for unit, at in first_issues(there.ledger, name).items() if unit in issued}
    files = _files(there, here)
    came: dict[str, tuple[datetime, str]] = {}
    for file in files:
        came.setdefault(file.unit, (file.record.received, file.record.name))
    said = any(file.rows for file in files)
    held = evidence_of(office, period)
    pieces = {(here.called(piece.unit), number) for piece in held for number in piece.tasks} if said else set()
    stamped: dict[str, tuple[datetime, str]] = {}
    for piece in sorted((piece for piece in held if piece.kind is EvidenceKind.STAMPED), key=lambda piece: piece.received):
        stamped.setdefault(here.called(piece.unit), (piece.received, piece.title))
    numbers = [task.number for task in here.master.tasks]
    asks = tuple(dict.fromkeys(ask for file in files for ask in _asks(file, name, pieces, numbers)))
    life = LifeTurn(name, handed, came, asks, stamped)
    return _Turn(life, tuple(_said(files, here, name)), tuple(_told(files, name)))


def _files(there: OfficeContext, here: OfficeContext) -> list[_File]:
    """Give the files of a round that count, oldest first, each with the rows that matter here."""
    aside = excluded(there.decided())
    counting = [record for record in there.records() if record.unit and record.outcome.counts and record.id not in aside]
    wanted = [(record, form) for record in counting if (form := there.form(record.form))]
    sheets = {sheet for _, form in wanted for sheet in _sheets(form)}
    rows = rows_with(there.ledger, wanted, sheets=sheets, codes=(HELP, EVIDENCE))
    return [_File(record, here.called(record.unit), rows.get(record.id, ()), form) for record, form in wanted]


def _sheets(form: Form) -> set[str]:
    return {*request_sheets(form), *(table.sheet for table in form.tables if table.subject is Subject.MATTER)}


def _asks(file: _File, period: str, pieces: set[tuple[str, str]], numbers: Sequence[str]) -> Iterator[Ask]:
    """Give a file's requests to close tasks; grounds in words, evidence that is named in the task's row and archived pieces count as evidence."""
    requests = request_sheets(file.form)
    named = {row.number for row in file.rows if row.table == file.form.main.sheet and not says_nothing(shown_text(row.value(EVIDENCE)))}
    for row in file.rows:
        if row.table in requests and row.value(KIND) == RequestKind.CLOSE:
            number, why, basis = (shown_text(row.value(code)) for code in (NUMBER, WHY, BASIS))
            number = task_number(number, numbers) or number
            evidence = (not says_nothing(basis)) + (number in named) + ((file.unit, number) in pieces)
            yield Ask(period, file.unit, number, why, basis, file.record.received, file.record.name, evidence)


def _said(files: Sequence[_File], here: OfficeContext, period: str) -> Iterator[Said]:
    for file in files:
        unit = here.master.resolve(file.unit)
        for row in file.rows:
            text = shown_text(row.value(HELP)).strip()
            if not says_nothing(text):
                yield Said(period, unit.key if unit else file.unit, row.number, text, file.record.received, file.record.name, file.record.path)


def _told(files: Sequence[_File], period: str) -> Iterator[tuple[str, Told]]:
    """Give what units answered to matters in their forms, the last word of each unit in a round."""
    found: dict[tuple[str, str], Told] = {}
    for file in files:
        for row in file.rows:
            table = file.form.table(row.table)
            if table is not None and table.subject is Subject.MATTER and (row.value(TOLD) or row.value(OVER)):
                found[row.key, file.unit] = Told(period, file.unit, shown_text(row.value(TOLD)), shown_text(row.value(OVER)))
    return ((key, told) for (key, _), told in found.items())
