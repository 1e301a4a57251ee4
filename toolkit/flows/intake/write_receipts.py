"""write_receipts: for each unit whose word has changed, its form with what has to be mended, or a short receipt when nothing has."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from toolkit.checks.statement_checks import with_statements
from toolkit.edges.background_task import BackgroundTask
from toolkit.edges.clock import now
from toolkit.edges.files import PendingFile, write_files
from toolkit.edges.ledger import receipts_due
from toolkit.edges.ledger.issue_records import record_issues
from toolkit.edges.ledger.ledger import ReceiptRecord
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.issue.issue_changes import issued_digests
from toolkit.flows.office.finding_policy import FindingPolicy, judge
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.office_words import words_of
from toolkit.flows.office.period_standing import period_standing
from toolkit.flows.office.rounds_said import year_so_far
from toolkit.flows.office.unit_history import filed, pasts
from toolkit.flows.office.unit_lookup import with_notes
from toolkit.issuing.file_names import file_name
from toolkit.issuing.make_issue import make_issue
from toolkit.issuing.receipt_content import NOT_TAKEN, TOLD, faults_of, opinions, own_values, to_mend, with_values
from toolkit.issuing.unit_rows import NOTHING_YET
from toolkit.merging.filed_return import FiledReturn
from toolkit.merging.life_effects import life_answers
from toolkit.merging.merge_versions import current_files
from toolkit.merging.request_effects import answers
from toolkit.merging.ruling_effects import sent_back
from toolkit.model import seal
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.decisions import ASK_AGAIN, HANDLING, DecisionSubject
from toolkit.model.findings import SENT_BACK, Code, Finding
from toolkit.model.form import Form
from toolkit.model.handover import form_text, list_text, own_part
from toolkit.model.issue import Issue
from toolkit.model.master import Unit
from toolkit.model.period import Period
from toolkit.model.unit_statements import SPOKEN, statements_in
from toolkit.views.form_table import Own
from toolkit.views.kept_texts import texts_of_issue
from toolkit.views.receipt_sheet import fault_sheet, short_receipt
from toolkit.views.shown_book import book_in, text_in
from toolkit.views.unit_form import head_line, unit_book

FOLDER = "退回"
_TOGETHER = 64  # receipts that are recorded together


class Receipts(NamedTuple):
    """Units that were given something to mend, units that were given a short receipt, and sentences about what could not be written."""

    to_mend: tuple[str, ...]
    clean: tuple[str, ...]
    left: tuple[str, ...]


def write_receipts(office_context: OfficeContext, also: Iterable[tuple[str, str]] = ()) -> Receipts:
    """Write what is due: for units with a newer return than their last receipt, or that a word of the office concerns, and `also` for some (period, unit).

    What could not be written stays due.
    """
    due: dict[str, set[str]] = {}
    for name, unit in (*office_context.ledger.without_receipt(), *receipts_due.noted(office_context.ledger), *also):
        due.setdefault(name, set()).add(unit)
    with BackgroundTask[None]() as beside:
        run = _Run(office_context, beside)
        for name, units in sorted(due.items()):
            try:
                run.write(Period.parse(name), units)
            except CommandError as trouble:
                run.left.append(f"{trouble.message}{trouble.advice}")
                run.failed |= {(name, unit) for unit in units}
        run.record()
        beside.wait()
    receipts_due.strike_out(office_context.ledger, {(name, unit) for name, units in due.items() for unit in units} - run.failed)
    return Receipts(tuple(run.mended), tuple(run.clean), tuple(run.left))


class _Run:
    """Writes receipts and records them in groups, each beside the making of the next; one that was written and not recorded is written again, the same."""

    def __init__(self, office_context: OfficeContext, beside: BackgroundTask[None]) -> None:
        self._ground, self._beside = office_context, beside
        self.mended: list[str] = []
        self.clean: list[str] = []
        self.left: list[str] = []
        self.failed: set[tuple[str, str]] = set()
        self._done: list[ReceiptRecord] = []
        self._files: list[tuple[ReceiptRecord, PendingFile, Path]] = []  # each with the file that it takes the place of
        self._issues: list[tuple[Issue, str, str]] = []  # each with its content digest and its seal
        self._forms: dict[str, str] = {}  # each period's form as it travels with a receipt
        self._digests: dict[str, Callable[[Issue], str]] = {}

    def write(self, period: Period, units: set[str]) -> None:
        """Write the receipts of some units for a period. Raises CommandError when the period's form cannot be used."""
        office_context = self._ground.at(period)
        form, due, history, judging = (
            office_context.form_of(period),
            office_context.deadline(period).due,
            pasts(office_context, period),
            judge(office_context, period),
        )
        across: dict[str, list[Finding]] = defaultdict(list)
        for finding in _sent_back_across(office_context, period, judging):
            across[finding.unit].append(finding)
        states, last = office_context.ledger.receipt_states(str(period)), office_context.ledger.last_issues(form.code, str(period))
        files = filed(office_context, period, units, doubted=across)
        newest = {file.unit: file.id for file in sorted(files, key=lambda file: file.id)}
        current = current_files(files, form)
        counts = office_context.ledger.counts_of(file.id for file in current.values() if not file.rows)
        folder, words = office_context.space.out(period, FOLDER), words_of(office_context, form)
        for name, file in current.items():
            findings = [finding for finding in judging.judged(file.findings, file.rows) if finding.counts or finding.verdict == SENT_BACK]
            findings += with_statements(across[name], file.rows, statements_in(file.findings))
            mend, unit = to_mend(findings), office_context.master.resolve(name)
            told = [finding for finding in findings if finding.code is Code.REQUEST_ANSWERED and finding not in mend]
            state = hashlib.sha256(repr([file.id, [(finding.code.name, finding.place, finding.facts) for finding in (*mend, *told)]]).encode()).hexdigest()
            given = ReceiptRecord(str(period), name, state, "", len(mend), newest[name])
            if unit is None or states.get(name) == state:
                self._done.append(given)
                continue
            judged = file._replace(findings=tuple(findings))
            if mend:
                known, past = last.get(unit.name), history.get(name, NOTHING_YET)
                issue = make_issue(
                    form, office_context.master, unit, period=period, due=due, past=past, key=office_context.key, number=known[0] + 1 if known else 1
                )
                content = self._book(issue, with_notes(office_context, form, unit, period), judged, mend)
            else:
                content = text_in(_note(unit, period, judged, counts.get(file.id)), words.keeping({unit.name})).encode("utf-8-sig")
            self._give(folder, file_name(unit.name, period, form.name).removesuffix(".xlsx"), content, given)

    def record(self) -> None:
        """Have what was made brought safely to disk and recorded."""
        self._beside.wait()
        self._beside.start(partial(self._keep, self._files, self._done, self._issues))
        self._done, self._files, self._issues = [], [], []

    def _keep(self, files: Sequence[tuple[ReceiptRecord, PendingFile, Path]], done: list[ReceiptRecord], issues: Sequence[tuple[Issue, str, str]]) -> None:
        office_context, failed = self._ground, write_files([file for _, file, _ in files])
        for given, file, other in files:
            if file.path in failed:
                self.left.append(f"{given.unit}的退改表或回执没有写成：{reason_of(failed[file.path])}。请关闭打开它的程序，检查磁盘空间，再运行一次。")
                self.failed.add((given.period, given.unit))
                continue
            try:
                other.unlink(missing_ok=True)
            except OSError as error:
                self.left.append(f"{given.unit}以前的“{other.name}”已经作废，但删不掉：{reason_of(error)}。请关闭打开它的程序，自己删掉。")
            done.append(given)
            (self.mended if given.faults else self.clean).append(given.unit)
        with office_context.ledger.writing() as connection:
            record_issues(office_context.ledger, connection, issues, at=now())
            office_context.ledger.record_receipts(connection, done, at=now())

    def _give(self, folder: Path, name: str, content: bytes, given: ReceiptRecord) -> None:
        book, note = folder / f"{name}_退改.xlsx", folder / f"{name}_回执.txt"
        path, other = (book, note) if given.faults else (note, book)
        self._files.append((given._replace(path=self._ground.space.relative(path)), PendingFile(path, content), other))
        if len(self._files) >= _TOGETHER:
            self.record()

    def _book(self, issue: Issue, form: Form, file: FiledReturn, mend: list[Finding]) -> bytes:
        faults = faults_of(mend, file.rows, form)
        values = own_values(file.rows, faults)
        issue = with_values(issue, values)
        not_taken = [finding for finding in file.findings if finding.code in NOT_TAKEN]
        told = [finding for finding in file.findings if finding.code in TOLD and not finding.answered]
        sealed = seal.close(issue, self._ground.key)
        first = fault_sheet(faults, not_taken, issue, form, line=head_line(issue, Period.parse(issue.period)), told=told)
        office = self._ground.space.office()
        if issue.period not in self._forms:
            self._forms[issue.period], self._digests[issue.period] = form_text(form), issued_digests(self._ground, Period.parse(issue.period))
        self._issues.append((issue, self._digests[issue.period](issue), sealed))
        mine = own_part(form, issue)
        handed = (self._forms[issue.period] if mine is form else form_text(mine), list_text(issue, self._ground.at(Period.parse(issue.period)).master, office))
        own = Own(values, opinions(faults))
        plan = unit_book(issue, form, sealed=sealed, office=office, own=own, first=(first,), handed=handed)
        return draw(book_in(plan, words_of(self._ground, form).keeping(texts_of_issue(issue, form, own))))


def _sent_back_across(office_context: OfficeContext, period: Period, judging: FindingPolicy) -> list[Finding]:
    """Give what was found by looking across units and quarters and the clerk has sent back; the rest of it is for the office to settle."""
    words, pairs = (judging.decided.within(str(period)).by.get(about, {}) for about in (DecisionSubject.FINDING, DecisionSubject.CONFLICT))
    asked = any(subject.startswith(f"{period}|Q") and fields.get(HANDLING) == SENT_BACK for subject, fields in words.items())
    decided = judging.decided.within(str(period)).by
    closings = _closings(office_context, period) if decided.get(DecisionSubject.LIFE) else []
    if not asked and not decided.get(DecisionSubject.REQUEST) and not any(fields.get(HANDLING) == ASK_AGAIN for fields in pairs.values()):
        return closings  # how the round stands takes long in a large office, and is not asked for
    state = period_standing(office_context, period)
    return [
        *(finding for finding in state.findings if finding.verdict == SENT_BACK and finding.code.text.id.startswith("Q")),
        *sent_back(state),
        *answers(state),
        *closings,
    ]


def _closings(office_context: OfficeContext, period: Period) -> list[Finding]:
    """Give what a round's leads are told of their requests to close tasks."""
    return list(life_answers(year_so_far(office_context, period).lives, office_context.at(period).master, str(period)))


def _note(unit: Unit, period: Period, file: FiledReturn, counts: tuple[int, int] | None) -> str:
    filled = [row for row in file.rows if row.answers]
    rows, values = counts or (len(filled), sum(len(row.answers) for row in filled))
    sent = f"{file.sent:%Y-%m-%d %H:%M}"
    notes = [finding for finding in file.findings if finding.code not in SPOKEN or not finding.answered]
    return short_receipt(unit.name, file.receipt, label=period.label, name=file.name, sent=sent, rows=rows, values=values, notes=notes)
