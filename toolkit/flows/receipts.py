"""receipts: for each unit whose word has changed, its form with what has to be mended, or a short receipt when nothing has."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.workbooks_out import draw
from toolkit.edges.workspace import write_file
from toolkit.flows.ground import Ground
from toolkit.flows.history import filed, judge, pasts
from toolkit.issuing.issue import make_issue
from toolkit.issuing.names import file_name
from toolkit.issuing.receipt import NOT_TAKEN, faults_of, opinions, own_values, to_mend, with_values
from toolkit.issuing.rows import NOTHING_YET, Past
from toolkit.merging.versions import Filed, current_files
from toolkit.model import seal
from toolkit.model.findings import SENT_BACK, Finding
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.period import Period
from toolkit.model.trouble import Trouble
from toolkit.views.form_table import Own
from toolkit.views.receipt import fault_sheet, short_receipt
from toolkit.views.unit_form import head_line, unit_book

FOLDER = "退回"


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
    done: dict[str, list[str]] = {"mend": [], "clean": [], "left": []}
    for name, units in sorted(due.items()):
        period = Period.parse(name)
        try:
            form = ground.form_of(period)
        except Trouble as trouble:
            done["left"].append(f"{trouble.message}{trouble.advice}")
            continue
        history, judging = pasts(ground, period), judge(ground, period)
        for unit, file in current_files(filed(ground, period, units), form).items():
            findings = [finding for finding in judging.judged(file.findings, file.rows) if finding.counts or finding.verdict == SENT_BACK]
            kind = _write(ground, period, form, file._replace(findings=tuple(findings)), history.get(unit, NOTHING_YET), done["left"])
            if kind:
                done[kind].append(unit)
    return Receipts(tuple(done["mend"]), tuple(done["clean"]), tuple(done["left"]))


def _write(ground: Ground, period: Period, form: Form, file: Filed, past: Past, left: list[str]) -> str:
    """Write one unit's receipt; gives its kind, '' when it is the same as last time or could not be written."""
    unit = ground.master.resolve(file.unit)
    mend = to_mend(file.findings)
    state = hashlib.sha256(repr([file.id, [(one.code.name, one.place, one.facts) for one in mend]]).encode()).hexdigest()
    if unit is None or ground.ledger.last_receipt(str(period), file.unit) == state:
        _record(ground, period, file, state, "", len(mend))
        return ""
    last = ground.ledger.last_issues(form.code, str(period), unit.name).get(unit.name)
    deadline = ground.deadline(period).due
    issue = make_issue(form, ground.master, unit, period=period, due=deadline, past=past, key=ground.key, last=(last[0], "") if last and mend else last)
    name = file_name(unit.name, period, form.name).removesuffix(".xlsx")
    folder = ground.space.out(period, FOLDER)
    book, note = folder / f"{name}_退改.xlsx", folder / f"{name}_回执.txt"
    try:
        if mend:
            _write_book(ground, issue, form, file, mend, book)
        else:
            write_file(note, _note(period, issue, file).encode("utf-8-sig"))
        (note if mend else book).unlink(missing_ok=True)
    except (Trouble, OSError) as error:
        left.append(f"{file.unit}的退改表或回执没有写成：{error}")
        return ""
    _record(ground, period, file, state, ground.space.relative(book if mend else note), len(mend))
    return "mend" if mend else "clean"


def _record(ground: Ground, period: Period, file: Filed, state: str, path: str, faults: int) -> None:
    with ground.ledger.writing() as connection:
        ground.ledger.record_receipt(connection, str(period), file.unit, state=state, path=path, faults=faults, at=now())


def _write_book(ground: Ground, issue: Issue, form: Form, file: Filed, mend: list[Finding], path: Path) -> None:
    faults = faults_of(mend, file.rows, form)
    values = own_values(file.rows, faults)
    issue = with_values(issue, values)
    not_taken = [finding for finding in file.findings if finding.code in NOT_TAKEN]
    sealed = seal.close(issue, ground.key)
    first = fault_sheet(faults, not_taken, issue, form, line=head_line(issue, Period.parse(issue.period)))
    own = Own(values, opinions(faults))
    content = draw(unit_book(issue, form, sealed=sealed, office=ground.space.office(), own=own, first=(first,)))
    with ground.ledger.writing() as connection:
        ground.ledger.record_issue(connection, issue, digest=seal.content_digest(issue), seal=sealed, at=now())
    write_file(path, content)


def _note(period: Period, issue: Issue, file: Filed) -> str:
    filled = [row for row in file.rows if row.answers]
    values = sum(len(row.answers) for row in filled)
    return short_receipt(
        issue, label=period.label, name=file.name, sent=f"{file.sent:%Y-%m-%d %H:%M}", rows=len(filled), values=values, notes=file.findings
    )
