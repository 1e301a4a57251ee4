"""take_rulings: what the clerk typed into the consolidated workbooks, read back into the ledger before anything is written anew."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from toolkit.checks.finding_subjects import with_subjects
from toolkit.edges import inbox
from toolkit.edges.clock import now
from toolkit.edges.current_clerk import current_clerk
from toolkit.edges.ledger import decision_records as kept
from toolkit.edges.ledger import receipts_due
from toolkit.edges.reading.read_typed_rulings import Book, BookBroken, Typed, consolidated_books, read_book
from toolkit.flows.intake.grant_requests import graces, grant
from toolkit.flows.intake.lot_rulings import spread
from toolkit.flows.intake.migrate_rulings import carry_over
from toolkit.flows.intake.rule_arrivals import arrivals_ruled
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.office_words import book_languages, list_words
from toolkit.flows.office.unit_history import filed
from toolkit.merging.adopt_comments import ADOPTABLE, answer_of
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import (
    ALIAS_FIELD,
    FEEDBACK,
    HANDLING,
    LIGHT,
    LOTS,
    REASON,
    REMARK,
    REPORTED,
    STATE,
    TOKEN,
    Decided,
    Decision,
    DecisionAction,
    DecisionSubject,
    Fields,
    finding_subject,
    former_finding_subject,
)  # fmt: skip
from toolkit.model.findings import ADOPT, Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.period import Period
from toolkit.model.supervision import Step
from toolkit.model.values import joined_words

_REPAIRS = {code.text.id for code in (Code.RETITLED, Code.PLACED, Code.UNSURE)}


ADJACENT_SUFFIX = "（新）"  # behind the name of what is written beside a file that may not be replaced
_NUMBERS = lazy_pattern(r"\d+")


class ReadBack(NamedTuple):
    """Sentences on what could not be read or carried out, and the (period, unit) whose receipts have changed by it."""

    sentences: list[str]
    units: set[tuple[str, str]]


def read_back(office: OfficeContext) -> ReadBack:
    """Read every consolidated workbook that was saved since we wrote it: what is to be told the clerk, and the (period, unit) whose receipts are due."""
    texts: list[str] = []
    units: set[tuple[str, str]] = set()
    carry_over(office)
    for path in consolidated_books(office.space.root / "outbox"):
        if is_read_back(office, path):
            continue
        digest = inbox.digest_of(path.read_bytes())
        try:
            found = take_in(office, read_book(path, partial(book_languages, office), list_words(office)))
        except BookBroken as broken:
            texts.append(f"“{path.name}”读不出来（{broken}），里面新填的认定没有读入；它不会被覆盖，新的汇总表写在旁边。")
            continue
        texts += found.sentences
        units |= found.units
        with office.ledger.writing() as connection:
            kept.remember_book(connection, office.space.relative(path), digest)
    carry_over(office)
    texts += grant(office)
    return ReadBack(texts, units)


def is_read_back(office: OfficeContext, path: Path) -> bool:
    """Whether a workbook holds nothing that the ledger has not seen; one that is not there holds nothing."""
    if not path.exists():
        return True
    with office.ledger.reading() as connection:
        return kept.book_digest(connection, office.space.relative(path)) == inbox.digest_of(path.read_bytes())


def take_in(office: OfficeContext, book: Book) -> ReadBack:
    """Put down what was typed into a workbook, or given on the page, against what it was written with. Only who holds the workspace may."""
    with office.ledger.reading() as connection:
        current, base = kept.holding(connection), kept.shown_by(connection, book.token)
    texts: list[str] = []
    book = spread(book, texts)
    changed = [decision._replace(who=current_clerk(office.space)) for decision in _changed(book, current, base, texts)]
    changed = [decision for decision in changed if decision.value != ADOPT or _can_adopt(office, book, decision, texts)]
    changed += _aliases(office, book, changed)
    changed += arrivals_ruled(office, book.period, changed)
    changed += graces(office, book.period, changed)
    files = {decision.subject for decision in changed if decision.about is DecisionSubject.FILE and decision.field == HANDLING and decision.value}
    units = _concerned(book, changed) | _senders(office, files)
    with office.ledger.writing() as connection:
        kept.add(
            connection,
            [
                decision
                for decision in changed
                if decision.about is not DecisionSubject.FILE or decision.subject not in files or decision.field not in {HANDLING, REASON}
            ],
        )
        receipts_due.note(office.ledger, connection, units)
        now_holds = kept.holding(connection)
        for subject in {decision.subject for decision in changed if decision.about is DecisionSubject.SUPERVISION}:
            year, number = map(int, _NUMBERS.findall(subject))
            letter = now_holds.on(DecisionSubject.SUPERVISION, subject)
            step = Step(letter.get(STATE, Step.ASSIGNED.value))
            office.ledger.papers.update_supervision(connection, year, number, state=step, feedback=letter.get(FEEDBACK, ""), note=letter.get(REMARK, ""))
    words = {(decision.subject, decision.field): decision.value for decision in changed if decision.about is DecisionSubject.FILE}
    if files:
        from toolkit.flows.intake.list_returns import carry_out  # all that reads returns comes with it: loaded where there is one to read again
    for subject in sorted(files, key=int):
        note = words.get((subject, REASON), current.on(DecisionSubject.FILE, subject).get(REASON, ""))
        try:
            carry_out(office, int(subject), DecisionAction(words[subject, HANDLING]), note)
        except CommandError as trouble:
            texts.append(f"报送情况里对 {subject} 号文件的处理没有执行：{trouble.message}{trouble.advice}")
    return ReadBack(texts, units | _senders(office, files))


def _senders(office: OfficeContext, files: set[str]) -> set[tuple[str, str]]:
    records = [record for subject in files if (record := office.ledger.file(int(subject)))]
    return {(record.period, record.unit) for record in records if record.unit}


def _concerned(book: Book, changed: list[Decision]) -> set[tuple[str, str]]:
    """Give the (period, unit) whose receipts words on findings, conflicts, requests and closings change."""
    units = {(book.period, decision.subject.split("|")[2]) for decision in changed if decision.about is DecisionSubject.FINDING}
    units |= {(book.period, decision.subject.split("|")[1]) for decision in changed if decision.about is DecisionSubject.REQUEST}
    return units | _asked_both(book, changed) | _leads_of(book, changed)


def _can_adopt(office: OfficeContext, book: Book, ruling: Decision, texts: list[str]) -> bool:
    """Whether what stands beside a cell can be its answer; says why not where it cannot."""
    unit = ruling.subject.split("|")[2]
    for file in filed(office, Period.parse(book.period), {unit}):
        finding = next((subject for subject in with_subjects(file.findings, file.rows) if f"{book.period}|{finding_subject(subject)}" == ruling.subject), None)
        if finding is None:
            continue
        record = office.ledger.file(file.id)
        form = office.form(record.form) if record else None
        if finding.code not in ADOPTABLE:
            texts.append(f"{finding.place}：“{ADOPT}”只能用在旁边有批注或文本框的那一行，没有执行。")
        elif form is None or answer_of(finding, file.rows, form) is None:
            texts.append(f"{finding.place}：旁边写的“{finding.facts['words']}”不能直接当作这一格的内容，“{ADOPT}”没有执行。请退回该单位改正。")
        else:
            return True
        return False
    texts.append(f"“{ADOPT}”没有执行：台账里找不到这一行（{ruling.subject.replace('|', ' ')}）。")
    return False


def _asked_both(book: Book, changed: list[Decision]) -> set[tuple[str, str]]:
    """Give the units of both sides of conflicts that were ruled on: their receipts may have to ask again, or no more."""
    ruled = {decision.subject for decision in changed if decision.about is DecisionSubject.CONFLICT}
    rows = (
        typed.cells for typed in book.typed if typed.editable.about is DecisionSubject.CONFLICT and typed.editable.subject(book.period, typed.cells) in ruled
    )
    return {(book.period, unit) for cells in rows for title in ("牵头单位", "责任单位") if (unit := cells.get(title))}


def _leads_of(book: Book, changed: list[Decision]) -> set[tuple[str, str]]:
    """Give the units that lead tasks whose closing was ruled on: their receipts tell them."""
    ruled = {decision.subject for decision in changed if decision.about is DecisionSubject.LIFE}
    rows = (typed.cells for typed in book.typed if typed.editable.about is DecisionSubject.LIFE and typed.editable.subject(book.period, typed.cells) in ruled)
    return {(book.period, unit) for cells in rows for unit in cells.get("牵头单位", "").split("、") if unit}


def _aliases(office: OfficeContext, book: Book, changed: list[Decision]) -> list[Decision]:
    """Remember how a unit calls a column, where the clerk accepted how it was read."""
    accepted = {
        decision.subject
        for decision in changed
        if decision.about is DecisionSubject.FINDING and decision.field == HANDLING and decision.value == DecisionAction.ACCEPT.value
    }
    if not any(subject.split("|")[1] in _REPAIRS for subject in accepted):
        return []
    records = {record.id: record for record in office.ledger.all_files(book.period)}
    return [
        Decision(DecisionSubject.ALIAS, f"{finding.unit}|{records[file.id].form}|{seen}", ALIAS_FIELD, finding.title, "", now(), current_clerk(office.space))
        for file in filed(office, Period.parse(book.period))
        for finding in with_subjects(file.findings, file.rows)
        if finding.code.text.id in _REPAIRS
        and accepted & {f"{book.period}|{name}" for name in (finding_subject(finding), former_finding_subject(finding))}
        and (seen := finding.facts.get("seen", ""))
        and not seen.endswith(("…", "（空）"))
    ]


def _changed(book: Book, current: Decided, base: Decided | None, texts: list[str]) -> Iterator[Decision]:
    """Give what the clerk changed since the workbook was written; without knowing how it was written, a blank says nothing."""
    seen: set[tuple[DecisionSubject, str, str]] = set()
    unknown: list[str] = []
    ruled: set[tuple[DecisionSubject, str]] = set()
    at = now()
    for typed in book.typed:
        subject = typed.editable.subject(book.period, typed.cells)
        key = (typed.editable.about, subject, typed.field)
        if not subject or key in seen:
            continue
        seen.add(key)
        value = _value(typed)
        if value is None:
            lots = LOTS.values() if typed.editable.about is DecisionSubject.FINDING and typed.field == HANDLING else ()
            choices = "、".join((*typed.editable.fields[typed.field], *lots))
            texts.append(f"{typed.place}：“{typed.field}”不能是“{typed.value}”，没有读入。可以填：{choices}；清空表示撤回。")
            continue
        unsaid = typed.editable.defaults.get(typed.field, "")
        reported = _reported(typed)
        before, holds = (_held(decided.on(*key[:2]), typed.field, reported, unsaid) if decided else unsaid for decided in (base, current))
        if base is None and value == unsaid != holds:
            unknown.append(typed.place.cell)
        if value in (before, holds):
            continue
        yield Decision(typed.editable.about, subject, typed.field, value, current.on(*key[:2]).get(typed.field, unsaid), at)
        if reported and value and key[:2] not in ruled and current.on(*key[:2]).get(REPORTED) != reported:
            ruled.add(key[:2])
            yield Decision(typed.editable.about, subject, REPORTED, reported, current.on(*key[:2]).get(REPORTED, ""), at)
    if unknown:
        texts.append(
            f"“{book.typed[0].place.file}”里看不出是根据哪一版认定写出的（参数与图例最后一行“{TOKEN}”不在了），"
            f"{joined_words(unknown)} 空着，没有当作撤回；要撤回的，请在新写出的汇总表里清空再运行一次。"
        )


def _reported(typed: Typed) -> str:
    """Give what stood in the row when it was ruled on, '' where a sheet has no such columns."""
    return " ".join(filter(None, (typed.cells.get(title, "") for title in typed.editable.reported)))


def _held(fields: Fields, field: str, reported: str, unsaid: str) -> str:
    """Give the word that holds on a row: none where it was given on something else that was reported."""
    return unsaid if reported and fields.get(REPORTED, reported) != reported else fields.get(field, unsaid)


def _value(typed: Typed) -> str | None:
    """Understand a typed word, None where it is none of the choices; 红灯 is 红."""
    choices = typed.editable.fields[typed.field]
    if not choices or not typed.value:
        return typed.value
    word = typed.value.removesuffix("灯").removesuffix("色") if typed.field == LIGHT else typed.value
    return word if word in choices else None


def adjacent_path(path: Path) -> Path:
    """Give the path of the workbook that is written beside one that may not be replaced: 汇总（新）.xlsx."""
    return path.with_name(f"{path.stem}{ADJACENT_SUFFIX}{path.suffix}")
