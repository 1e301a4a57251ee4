"""appeal_papers: the forms with which units appeal, the workbook in which the office rules, and the answers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from toolkit.edges.clock import now
from toolkit.edges.files import write_file
from toolkit.edges.ledger.decision_records import history_of
from toolkit.edges.ledger.issue_records import record_issues
from toolkit.edges.read_holidays import further_rest_days
from toolkit.edges.writing.write_documents import NAME, draw_paper, load_template
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.closed.closed_files import BOOKS, outbox_of
from toolkit.flows.office.appeals_held import appeal_form, appeals_now, rulings_book
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.office_words import words_of
from toolkit.flows.report.consolidate import write_one
from toolkit.issuing.file_names import safe
from toolkit.issuing.issue_content import digest_of_content
from toolkit.model import seal
from toolkit.model.appeals import DAY, GROUNDS, ITEM, MARK_FIELD, POINTS, SOURCE, TASK, ruling_on, still_waits
from toolkit.model.decisions import TOKEN, Decided, DecisionSubject
from toolkit.model.form import Form, Source, Subject, Table
from toolkit.model.issue import Issue, IssuedRow
from toolkit.model.master import Role
from toolkit.model.rules import APPEAL_DAYS
from toolkit.model.scorecard import ANSWER, FOLDER, FORM, Scorecard
from toolkit.model.scoring import Deduction
from toolkit.model.sheet import BookPlan
from toolkit.model.standing import Round
from toolkit.model.words import Words
from toolkit.model.workdays import Workdays
from toolkit.views.consolidated.appeals_sheet import appeal_sheet, guide_to_rulings
from toolkit.views.consolidated.book_styles import book_looks
from toolkit.views.form_table import NOTHING_SAID
from toolkit.views.kept_texts import texts_of_issue, texts_of_round
from toolkit.views.papers.appeal_answer import Answered, appeal_answer
from toolkit.views.papers.letterhead import NO_OFFICE, Letterhead
from toolkit.views.papers.paper_wording import issued_by
from toolkit.views.scorecard_words import source_of
from toolkit.views.shown_book import book_in, document_in
from toolkit.views.unit_form import unit_book


def form_path(folder: Path, unit: str) -> Path:
    """Name the form with which a unit appeals: 成绩/申诉表_区商务局.xlsx."""
    return folder / f"{FORM}_{safe(unit)}.xlsx"


def answer_path(folder: Path, unit: str) -> Path:
    """Name the answer to a unit's appeal: 成绩/申诉答复_区商务局.docx."""
    return folder / f"{ANSWER}_{safe(unit)}.docx"


def issue_appeal_form(office: OfficeContext, card: Scorecard) -> bool:
    """Issue the form that shows a unit's deductions; whether it was written. One that says the same as the last one stays, with its code and its day."""
    here, form = office.at(card.period), appeal_form(office)
    words = words_of(here, form if form.language else here.form_of(card.period)).keeping({card.unit, *card.texts.values()})
    unit = here.master.resolve(card.unit)
    path = form_path(office.space.out(card.period, FOLDER), card.unit)
    if unit is None:
        return False
    number, digest = office.ledger.last_issues(form.code, str(card.period), card.unit).get(card.unit, (0, ""))
    issue = _issue(here, form, card, words, unit.key, max(number, 1))
    new = digest_of_content(issue, form, str)  # no column of it holds names of units
    if new == digest and path.exists():
        return False
    if digest and new != digest:
        issue = _issue(here, form, card, words, unit.key, number + 1)
    elif sealed := office.ledger.seal_of(issue.receipt):
        issue = replace(issue, due=seal.open_seal(sealed, office.key).due)  # gone from the disk: written again as it was
    sealed = seal.close(issue, office.key)
    plan = unit_book(issue, form, sealed=sealed, office=office.space.office())
    write_file(path, draw(book_in(plan, words.keeping(texts_of_issue(issue, form, NOTHING_SAID)))))
    with office.ledger.writing() as connection:
        record_issues(office.ledger, connection, [(issue, new, sealed)], at=now())
    return True


def _issue(office: OfficeContext, form: Form, card: Scorecard, words: Words, key: str, number: int) -> Issue:
    """Make the form's content: what was deducted and why is said in its language here, so that it comes back as it was sealed."""
    receipt = seal.receipt_code(office.key, form=form.code, period=str(card.period), unit=key, number=number)
    due = Workdays(office.master.odd_days, further_rest_days).after(now().date(), int(office.rules().value(APPEAL_DAYS)))
    return Issue(receipt, form.code, form.version, str(card.period), card.unit, number, due, {table.sheet: _rows(table, card, words) for table in form.tables})


def _rows(table: Table, card: Scorecard, words: Words) -> tuple[IssuedRow, ...]:
    if table.subject is Subject.BLANK:
        return tuple(IssuedRow(str(number), str(number), Role.LEAD, {}) for number in range(1, table.blank_rows + 1))
    taken = [row for row in card.deductions if row.points < 0]
    return tuple(IssuedRow(str(number), str(number), Role.LEAD, _shown(table, row, number, words)) for number, row in enumerate(taken, 1))


def _shown(table: Table, row: Deduction, number: int, words: Words) -> dict[str, object]:
    item, source, grounds = map(words.shown, (row.item, source_of(row), row.grounds))
    facts = {ITEM: item, TASK: row.number, POINTS: row.taken, DAY: row.day.isoformat() if row.day else "", SOURCE: source, GROUNDS: grounds}
    facts |= {MARK_FIELD: row.mark, "编号": str(number)}
    return {field.code: value for field in table.fields if field.source is Source.PREFILLED and (value := facts.get(field.taken_from)) not in (None, "")}


def with_appeals(office: OfficeContext, state: Round) -> Round:
    """Give a closed period's round with the appeals that came since, and the office's words on them."""
    said, period = appeals_now(office, state.period), str(state.period)
    with office.ledger.reading() as connection:
        words = tuple(history_of(connection, period))
    return replace(state, appeals=said.appeals, decided=said.decided.within(period), rulings=words)


def write_appeals_book(office: OfficeContext, state: Round) -> list[str]:
    """Write the workbook in which the office rules on the appeals of a closed period, beside its closed book; gives what there is to say."""
    looks = book_looks(office.at(state.period).rules(), state.form)
    sheet = appeal_sheet(state, looks)
    if sheet is None:
        return []
    name = rulings_book(state.period)
    plan = BookPlan((sheet, guide_to_rulings(state, looks)), looks, title=name.removesuffix(".xlsx"), properties={TOKEN: state.decided.token()})
    content = draw(book_in(plan, _words_of_round(office, state)))
    texts: list[str] = []
    path = write_one(office, outbox_of(office.space, state.period) / BOOKS / name, content, state.decided, texts)
    waiting = sum(still_waits(appeal, ruling_on(state.decided, appeal.subject(str(state.period)), appeal.taken)) for appeal in state.appeals)
    if waiting:
        texts.append(f"有 {waiting} 项申诉还没有处理：请在“{path.name}”的“申诉”表里选处理、写理由，保存后再运行一次 scorecards {state.period}。")
    ruled = (ruling_on(state.decided, appeal.subject(str(state.period)), appeal.taken) for appeal in state.appeals)
    texts += [f"“{path.name}”里有一项没有生效：{ruling.why}。请改正后再运行一次。" for ruling in ruled if ruling.why]
    return texts


def write_answers(office: OfficeContext, state: Round, units: Sequence[str], counted: Decided) -> list[str]:
    """Answer units whose appeals were ruled on; gives the units whose answer was written or changed. `counted` are the rulings that the scores have in them."""
    template, written = load_template(office.space.templates / NAME), []
    words = _words_of_round(office, state)
    for unit, points, day in _answered(state, units):
        is_counted = _are_in(points, str(state.period), counted)
        paper = appeal_answer(unit, state.period.label, points, _letterhead(office, day), is_counted=is_counted)
        content = draw_paper(document_in(paper, words), template.content)
        path = answer_path(office.space.out(state.period, FOLDER), unit)
        if not path.exists() or path.read_bytes() != content:
            write_file(path, content)
            written.append(unit)
    return written


def _words_of_round(office: OfficeContext, state: Round) -> Words:
    return words_of(office.at(state.period), state.form).keeping(texts_of_round(state))


def _are_in(points: Sequence[Answered], period: str, counted: Decided) -> bool:
    return all(ruling_on(counted, appeal.subject(period), appeal.taken).back == ruled.back for appeal, ruled in points)


def _answered(state: Round, units: Sequence[str]) -> Iterator[tuple[str, list[Answered], date]]:
    """Give each unit with at least one ruling: its points, and the day of the last word on them, which its answer bears."""
    days = {word.subject: word.at.date() for word in state.rulings if word.about is DecisionSubject.APPEAL}
    for unit in units:
        mine = [appeal for appeal in state.appeals if appeal.unit == unit]
        points = [Answered(appeal, ruling_on(state.decided, appeal.subject(str(state.period)), appeal.taken)) for appeal in mine]
        said = [days[subject] for appeal in mine if (subject := appeal.subject(str(state.period))) in days]
        if any(point.ruled.word for point in points) and said:
            yield unit, points, max(said)


def _letterhead(office: OfficeContext, day: date) -> Letterhead:
    name, basis = issued_by(office.master.title)
    return Letterhead(office.space.office() or name or NO_OFFICE, basis, day)
