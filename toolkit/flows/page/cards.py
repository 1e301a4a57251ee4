"""The cards: files that wait for the office, or that tell no unit; of pictures and papers whose evidence they may be, and the tasks to choose from."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.ledger.ledger import FileRecord
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.assign_evidence import is_evidence_by, proposed
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import HANDLING, DecisionSubject
from toolkit.model.findings import Code, Finding
from toolkit.model.part_names import part_name
from toolkit.model.period import Period
from toolkit.model.returns import IdentityEvidence, Outcome

Duties = tuple[tuple[str, str], ...]  # a unit's tasks: number, text


class Proposal(NamedTuple):
    """Whose evidence a file may be: unit, period and tasks that were made out ('' and () for what was not), and all the unit's tasks in that period."""

    unit: str
    period: str
    tasks: tuple[str, ...]
    duties: Duties

    @property
    def is_whole(self) -> bool:
        """Whether one click can accept it."""
        return bool(self.unit and self.period and self.tasks)


class Card(NamedTuple):
    """A file that waits for the office, or that tells no unit: what was understood of it. `is_locked`: it waits for a password.

    `proposal` stands on what may be evidence only.
    """

    number: int
    name: str
    unit: str
    period: str
    sent: datetime
    came: datetime
    outcome: str
    reason: str
    sentences: tuple[str, ...]
    votes: tuple[IdentityEvidence, ...]
    is_waiting: bool
    is_locked: bool
    proposal: Proposal | None = None


def cards(office: OfficeContext, records: Sequence[FileRecord]) -> tuple[Card, ...]:
    """Give the files that wait, and those refused that tell no unit and that the office has not refused itself."""
    ruled = {int(number) for number, fields in office.decided().by.get(DecisionSubject.FILE, {}).items() if fields.get(HANDLING)}
    open_records = [
        record for record in records if record.outcome is Outcome.WAITING or (record.outcome is Outcome.REFUSED and not record.unit and record.id not in ruled)
    ]
    found: dict[int, list[Finding]] = {}
    for number, finding in office.ledger.findings_of([record.id for record in open_records]):
        found.setdefault(number, []).append(finding)
    return tuple(_card(office, record, found.get(record.id, ())) for record in open_records)


def duties(space: Workspace, unit: str, period: Period) -> Duties:
    """Give a unit's tasks in a period. Raises CommandError for a unit that is unknown."""
    with open_office(space) as office:
        here = office.at(period)
        known = here.master.resolve(unit)
        if known is None:
            raise CommandError(f"单位名录里没有“{unit}”。", "请从列表里选一个单位。")
        return _duties(here, known.name)


def original(space: Workspace, number: int) -> tuple[Path, str]:
    """Give the path of a file's archived original, and the name that it came with. Raises CommandError where there is none."""
    with open_office(space) as office:
        record = office.ledger.file(number)
    path = (space.root / record.path).resolve() if record and record.path else None
    if record is None or path is None or not path.is_relative_to(space.returns.resolve()) or not path.is_file():
        raise CommandError(f"{number} 号文件的原件不在这里。", "已经销毁的、在别的电脑上收的，要到备份或那台电脑上看。")
    part = part_name(record.name)
    return path, (part.whole if part else record.name).rpartition("/")[2]


def _card(office: OfficeContext, record: FileRecord, findings: Sequence[Finding]) -> Card:
    proposal = _proposal(office, findings) if is_evidence_by(record, findings) else None
    texts = tuple(finding.message if finding.code is Code.EVIDENCE_ASKED else f"{finding.message}{finding.advice}" for finding in findings)
    votes = tuple(IdentityEvidence(*load) for load in json.loads(record.votes or "[]"))
    is_locked = any(finding.code is Code.PASSWORD for finding in findings)
    is_waiting = record.outcome is Outcome.WAITING
    whose = record.unit, record.period
    return Card(
        record.id, record.name, *whose, record.sent, record.received, record.outcome.words, record.reason, texts, votes, is_waiting, is_locked, proposal
    )


def _proposal(office: OfficeContext, findings: Sequence[Finding]) -> Proposal:
    unit, period, tasks = proposed(findings)
    return Proposal(unit, period, tasks, _duties(office.at(Period.parse(period)), unit) if unit and period else ())


def _duties(here: OfficeContext, unit: str) -> Duties:
    return tuple((task.number, task.text) for task, _ in here.master.duties(unit))
