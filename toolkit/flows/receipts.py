"""receipts: for each unit whose word has changed, its form with what has to be mended, or a short receipt when nothing has."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from toolkit.checks.statements import with_statements
from toolkit.edges.beside import Beside
from toolkit.edges.clock import now
from toolkit.edges.files import ToWrite, write_files
from toolkit.edges.ledger.ledger import Given
from toolkit.edges.writing.workbooks_out import draw
from toolkit.flows.ground import Ground
from toolkit.flows.history import Judge, filed, judge, pasts
from toolkit.flows.issued_before import issued_digest
from toolkit.flows.standing import stand
from toolkit.flows.units import with_notes
from toolkit.issuing.issue import make_issue
from toolkit.issuing.names import file_name
from toolkit.issuing.receipt import NOT_TAKEN, TOLD, faults_of, opinions, own_values, to_mend, with_values
from toolkit.issuing.rows import NOTHING_YET
from toolkit.merging.requests import answers
from toolkit.merging.rulings import sent_back
from toolkit.merging.versions import Filed, current_files
from toolkit.model import seal
from toolkit.model.decisions import ASK_AGAIN, HANDLING, About
from toolkit.model.findings import SENT_BACK, Code, Finding
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.master import Unit
from toolkit.model.period import Period
from toolkit.model.statements import SPOKEN, statements_in
from toolkit.model.trouble import Trouble, why
from toolkit.views.form_table import Own
from toolkit.views.receipt import fault_sheet, short_receipt
from toolkit.views.unit_form import head_line, unit_book

FOLDER = "退回"
_TOGETHER = 64  # receipts that are recorded together


class Receipts(NamedTuple):
    """Units that were given something to mend, units that were given a short receipt, and sentences about what could not be written."""

    to_mend: tuple[str, ...]
    clean: tuple[str, ...]
    left: tuple[str, ...]


def write_receipts(ground: Ground, also: Iterable[tuple[str, str]] = ()) -> Receipts:
    """Write what is due: for units with a newer return than their last receipt, and `also` for some (period, unit)."""
    due: dict[str, set[str]] = {}
    for name, unit in (*ground.ledger.without_receipt(), *also):
        due.setdefault(name, set()).add(unit)
    with Beside[None]() as beside:
        run = _Run(ground, beside)
        for name, units in sorted(due.items()):
            try:
                run.write(Period.parse(name), units)
            except Trouble as trouble:
                run.left.append(f"{trouble.message}{trouble.advice}")
        run.record()
        beside.wait()
    return Receipts(tuple(run.mended), tuple(run.clean), tuple(run.left))


class _Run:
    """Writes receipts and records them in groups, each beside the making of the next; one that was written and not recorded is written again, the same."""

    def __init__(self, ground: Ground, beside: Beside[None]) -> None:
        self._ground, self._beside = ground, beside
        self.mended: list[str] = []
        self.clean: list[str] = []
        self.left: list[str] = []
        self._done: list[Given] = []
        self._files: list[tuple[Given, ToWrite, Path]] = []  # each with the file that it takes the place of
        self._issues: list[tuple[Issue, str]] = []

    def write(self, period: Period, units: set[str]) -> None:
        """Write the receipts of some units for a period. Raises Trouble when the period's form cannot be used."""
        ground = self._ground.at(period)
        form, due, history, judging = ground.form_of(period), ground.deadline(period).due, pasts(ground, period), judge(ground, period)
        across: dict[str, list[Finding]] = defaultdict(list)
        for finding in _sent_back_across(ground, period, judging):
            across[finding.unit].append(finding)
        states, last = ground.ledger.receipt_states(str(period)), ground.ledger.last_issues(form.code, str(period))
        files = filed(ground, period, units, doubted=across)
        newest = {file.unit: file.id for file in sorted(files, key=lambda file: file.id)}
        current = current_files(files, form)
        counts = ground.ledger.counts_of(file.id for file in current.values() if not file.rows)
        folder = ground.space.out(period, FOLDER)
        for name, file in current.items():
            findings = [finding for finding in judging.judged(file.findings, file.rows) if finding.counts or finding.verdict == SENT_BACK]
            findings += with_statements(across[name], file.rows, statements_in(file.findings))
            mend, unit = to_mend(findings), ground.master.resolve(name)
            told = [one for one in findings if one.code is Code.REQUEST_ANSWERED and one not in mend]
            state = hashlib.sha256(repr([file.id, [(one.code.name, one.place, one.facts) for one in (*mend, *told)]]).encode()).hexdigest()
            given = Given(str(period), name, state, "", len(mend), newest[name])
            if unit is None or states.get(name) == state:
                self._done.append(given)
                continue
            judged = file._replace(findings=tuple(findings))
            if mend:
                known, past = last.get(unit.name), history.get(name, NOTHING_YET)
                issue = make_issue(form, ground.master, unit, period=period, due=due, past=past, key=ground.key, number=known[0] + 1 if known else 1)
                content = self._book(issue, with_notes(ground, form, unit, period), judged, mend)
            else:
                content = _note(unit, period, judged, counts.get(file.id)).encode("utf-8-sig")
            self._give(folder, file_name(unit.name, period, form.name).removesuffix(".xlsx"), content, given)

    def record(self) -> None:
        """Have what was made brought safely to disk and recorded."""
        self._beside.wait()
        self._beside.start(partial(self._keep, self._files, self._done, self._issues))
        self._done, self._files, self._issues = [], [], []

    def _keep(self, files: Sequence[tuple[Given, ToWrite, Path]], done: list[Given], issues: Sequence[tuple[Issue, str]]) -> None:
        ground, failed = self._ground, write_files([file for _, file, _ in files])
        for given, file, other in files:
            if file.path in failed:
                self.left.append(f"{given.unit}的退改表或回执没有写成：{why(failed[file.path])}。请关闭打开它的程序，检查磁盘空间，再运行一次。")
                continue
            try:
                other.unlink(missing_ok=True)
            except OSError as error:
                self.left.append(f"{given.unit}以前的“{other.name}”已经作废，但删不掉：{why(error)}。请关闭打开它的程序，自己删掉。")
            done.append(given)
            (self.mended if given.faults else self.clean).append(given.unit)
        with ground.ledger.writing() as connection:
            for issue, sealed in issues:
                ground.ledger.record_issue(connection, issue, digest=issued_digest(ground, issue), seal=sealed, at=now())
            ground.ledger.record_receipts(connection, done, at=now())

    def _give(self, folder: Path, name: str, content: bytes, given: Given) -> None:
        book, note = folder / f"{name}_退改.xlsx", folder / f"{name}_回执.txt"
        path, other = (book, note) if given.faults else (note, book)
        self._files.append((given._replace(path=self._ground.space.relative(path)), ToWrite(path, content), other))
        if len(self._files) >= _TOGETHER:
            self.record()

    def _book(self, issue: Issue, form: Form, file: Filed, mend: list[Finding]) -> bytes:
        faults = faults_of(mend, file.rows, form)
        values = own_values(file.rows, faults)
        issue = with_values(issue, values)
        not_taken = [finding for finding in file.findings if finding.code in NOT_TAKEN]
        told = [finding for finding in file.findings if finding.code in TOLD and not finding.answered]
        sealed = seal.close(issue, self._ground.key)
        first = fault_sheet(faults, not_taken, issue, form, line=head_line(issue, Period.parse(issue.period)), told=told)
        self._issues.append((issue, sealed))
        return draw(unit_book(issue, form, sealed=sealed, office=self._ground.space.office(), own=Own(values, opinions(faults)), first=(first,)))


def _sent_back_across(ground: Ground, period: Period, judging: Judge) -> list[Finding]:
    """Give what was found by looking across units and quarters and the clerk has sent back; the rest of it is for the office to settle."""
    words, pairs = (judging.decided.within(str(period)).by.get(about, {}) for about in (About.FINDING, About.CONFLICT))
    asked = any(subject.startswith(f"{period}|Q") and fields.get(HANDLING) == SENT_BACK for subject, fields in words.items())
    requested = judging.decided.within(str(period)).by.get(About.REQUEST)
    if not asked and not requested and not any(fields.get(HANDLING) == ASK_AGAIN for fields in pairs.values()):
        return []
    state = stand(ground, period)
    return [*(one for one in state.findings if one.verdict == SENT_BACK and one.code.text.id.startswith("Q")), *sent_back(state), *answers(state)]


def _note(unit: Unit, period: Period, file: Filed, counts: tuple[int, int] | None) -> str:
    filled = [row for row in file.rows if row.answers]
    rows, values = counts or (len(filled), sum(len(row.answers) for row in filled))
    sent = f"{file.sent:%Y-%m-%d %H:%M}"
    notes = [one for one in file.findings if one.code not in SPOKEN or not one.answered]
    return short_receipt(unit.name, file.receipt, label=period.label, name=file.name, sent=sent, rows=rows, values=values, notes=notes)
