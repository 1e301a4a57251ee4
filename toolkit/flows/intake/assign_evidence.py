"""assign_evidence: the office's word on a file that may be evidence: the proposal accepted, or another unit and other tasks."""

from collections.abc import Sequence

from toolkit.edges import inbox
from toolkit.edges.clock import now
from toolkit.edges.current_clerk import current_clerk
from toolkit.edges.ledger import decision_records as kept
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.flows.intake.take_evidence import attached, office_match
from toolkit.flows.office.office_context import OfficeContext
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import HANDLING, REASON, Decision, DecisionAction, DecisionSubject
from toolkit.model.evidence import EvidenceKind, may_be_evidence
from toolkit.model.findings import Code, Finding
from toolkit.model.period import Period
from toolkit.model.returns import Outcome, Sent
from toolkit.model.task_numbers import task_number
from toolkit.model.unit_words import unit_meant, unknown_unit


def is_evidence(office: OfficeContext, record: FileRecord) -> bool:
    """Whether a file is evidence, is asked about as such, or is a picture or document that was refused as no workbook."""
    return is_evidence_by(record, _findings(office, record))


def is_evidence_by(record: FileRecord, findings: Sequence[Finding]) -> bool:
    """Whether a file with these findings is."""
    codes = {finding.code for finding in findings}
    return record.outcome is Outcome.ATTACHED or bool(codes & _ASKED) or (Code.NOT_WORKBOOK in codes and may_be_evidence(record.name))


def proposed(findings: Sequence[Finding]) -> tuple[str, str, tuple[str, ...]]:
    """Give the unit, period and tasks that “接受” takes up, empty where nothing was made out."""
    facts = next((finding.facts for finding in findings if finding.code is Code.EVIDENCE_ASKED), {})
    unit, period, tasks = (str(facts.get(name, "")) for name in ("unit", "period", "tasks"))
    return unit, period, tuple(tasks.split("、")) if tasks else ()


def accept_proposal(office: OfficeContext, record: FileRecord, content: bytes, note: str) -> str:
    """Take a file for what was proposed. Raises CommandError where no unit, or no task, was."""
    unit, period, tasks = proposed(_findings(office, record))
    if not unit or not tasks or not period:
        words = f"returns {period or '期间'} --assign {record.id} --unit 单位 --task 编号"
        raise CommandError(f"{record.id} 号文件“{record.name}”还不知道是哪个单位、哪项任务的，不能直接接受。", f"请运行“{words}”。")
    return attach(office, record, content, unit=unit, period=Period.parse(period), tasks=tasks, note=note)


def attach(office: OfficeContext, record: FileRecord, content: bytes, *, unit: str, period: Period, tasks: Sequence[str], note: str) -> str:
    """Archive a file as a unit's evidence of some tasks, or as its stamped return where `tasks` says 盖章件. Raises CommandError for a unit that is unknown,
    for a task that is not its own, and where no task is named.
    """
    here = office.at(period)
    known, near = unit_meant(here.master, unit)
    if known is None:
        raise unknown_unit(f"单位名录里没有“{unit}”。", near)
    numbers = _numbers(here, known.name, tasks)
    sent = Sent(record.name, record.sent, record.size or len(content), inbox.digest_of(content), record.origin, record.received)
    arrival = attached(sent, known.name, str(period), office_match(numbers))
    (path,) = inbox.archive(office.space, inbox.Original(content, sent, (arrival.period, arrival.unit)))
    at, by, subject = now(), current_clerk(office.space), str(record.id)
    words = ((HANDLING, DecisionAction.ACCEPT.value, record.outcome.value), (REASON, note, ""))
    with office.ledger.writing() as connection:
        kept.add(connection, [Decision(DecisionSubject.FILE, subject, field, value, before, at, by) for field, value, before in words])
        office.ledger.replace_arrival(connection, record.id, arrival, path=path)
    return f"{record.id} 号文件“{record.name}”：{arrival.reason}"


def _numbers(office: OfficeContext, unit: str, tasks: Sequence[str]) -> tuple[str, ...]:
    """Give the numbers as the list writes them, none for a stamped return."""
    if list(tasks) == [EvidenceKind.STAMPED.value]:
        return ()
    if not tasks:
        mine = "、".join(task.number for task, _ in office.master.duties(unit))
        raise CommandError(f"没有说明是“{unit}”哪项任务的佐证（{mine}）。", f"请加 --task 编号；是盖章的整表的，写 --task {EvidenceKind.STAMPED}。")
    return tuple(_own(office, unit, number) for number in tasks)


def _own(office: OfficeContext, unit: str, number: str) -> str:
    """Write a number as the list does: 8 is 任务8. Raises CommandError for one that is no task of the unit."""
    mine = [task.number for task, _ in office.master.duties(unit)]
    found = task_number(number, mine)
    if not found:
        raise CommandError(f"“{unit}”没有“{number}”这项任务。", f"它的任务是：{'、'.join(mine) or '没有'}。")
    return found


def _findings(office: OfficeContext, record: FileRecord) -> list[Finding]:
    return [finding for _, finding in office.ledger.findings_of([record.id])]


_ASKED = frozenset({Code.EVIDENCE_ASKED, Code.EVIDENCE_LIMIT})
