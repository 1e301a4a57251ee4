"""documents: how a period stands → bulletin, letters of supervision, reminders, collected plans, sign-off pages; edited papers are left as they are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import starmap
from pathlib import Path
from typing import Any

from toolkit.assessment.assess import assess
from toolkit.edges.clock import now
from toolkit.edges.files import write_file
from toolkit.edges.inbox import digest_of
from toolkit.edges.ledger.closing_records import files_of, proposal
from toolkit.edges.ledger.paper_log import Written
from toolkit.edges.read_holidays import further_rest_days
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.write_documents import NAME, draw_paper, load_template, without_line
from toolkit.flows.closed.closed_files import PAPERS, lay
from toolkit.flows.intake.take_rulings import read_back
from toolkit.flows.intake.write_receipts import write_receipts
from toolkit.flows.office.faults_told import faults_in
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.office_words import words_in, words_of
from toolkit.flows.office.period_standing import period_standing, rules_of
from toolkit.flows.office.round_chain import round_before
from toolkit.flows.report.climb_ladder import Ladder
from toolkit.flows.report.paper_names import letter_name, names_beside, node_reminder_name, reminder_name
from toolkit.flows.report.reminder_texts import texts_of
from toolkit.flows.report.unit_pages import pages
from toolkit.flows.report.written_papers import Documents, Draft, Edited, PaperOutcome, WrittenPapers
from toolkit.model.closing import Draft as Closing
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.form import BULLETIN, COLLECTION, LETTERS, REMINDERS
from toolkit.model.period import Period
from toolkit.model.rules import ANSWER_DAYS
from toolkit.model.standing import Round
from toolkit.model.word_document import WordDocument
from toolkit.model.words import Words
from toolkit.model.workdays import Workdays
from toolkit.views.consolidated.laggards import picked
from toolkit.views.kept_texts import texts_of_round
from toolkit.views.papers.bulletin import Quarter, bulletin, bulletin_title
from toolkit.views.papers.letterhead import DRAFT, NO_OFFICE, Letterhead
from toolkit.views.papers.node_reminder import judged_on, node_list, node_reminder, overdue_nodes, task_nodes
from toolkit.views.papers.paper_wording import issued_by
from toolkit.views.papers.plan_collection import plans
from toolkit.views.papers.reminder import later_reminder, owing_units, reminder, reminder_list, rows_later, what_is_owed
from toolkit.views.papers.supervision_letter import supervision
from toolkit.views.shown_book import document_in, text_in

_REMINDED_DAYS = 2  # working days that a late unit is given
Progress = Callable[[Sequence[Any], str], Iterable[Any]]


def documents(space: Workspace, period: Period, *, yellow: bool, progress: Progress) -> Documents:
    """Write every paper that a period calls for; letters for red tasks, and for yellow ones where asked. The clerk's rulings are read first."""
    with open_office(space, alone=True) as office_context:
        office_context.demand_sound(period)
        back = read_back(office_context)
        receipts = write_receipts(office_context, back.units)
        closed = office_context.drafts.holding(period)
        done = _laid(office_context, period, closed) if closed else write_papers(office_context, period, yellow=yellow, progress=progress)
        return done._replace(left=(*office_context.questions, *back.sentences, *receipts.left, *done.left))


def write_papers(office_context: OfficeContext, period: Period, *, yellow: bool, progress: Progress, edited: Edited | None = None) -> Documents:
    """Write the papers of an open period; what somebody has edited is left as it is, and the new one beside it unless `edited` papers are to be kept alone."""
    office_context = office_context.of_book(period)
    state, template = period_standing(office_context, period), load_template(office_context.space.templates / NAME)
    letterhead = _letterhead(office_context.at(period))  # the notice of the period's own year
    with office_context.ledger.reading() as connection:
        closing = edited is Edited.KEPT or proposal(connection, str(period)) is not None  # what a second person is about to confirm is no draft any more
    ladder = Ladder(office_context, state, yellow=yellow)
    main = _main(office_context, ladder, letterhead, is_draft=not closing)
    drafts = [*main, *_reminders(state, letterhead), *_texts(office_context, state), *starmap(Draft, pages(office_context, state, letterhead))]
    drafts += _steps(office_context, ladder, letterhead)
    done = _brought(office_context, state, progress(drafts, f"写{period.label}文书"), template.content, edited or Edited.BESIDE)
    made, nobody = (*done.made, *_withdraw(office_context, period, done.folder, {draft.name for draft in drafts})), letterhead.office == NO_OFFICE
    return done._replace(made=made, nobody=NO_OFFICE if nobody else "", findings=(*faults_in(office_context, [period]), *template.faults))


def write_unattended(office_context: OfficeContext, period: Period) -> Documents:
    """Take the steps of the ladder that are due and left to `watch`, and write their papers; nothing else is touched."""
    office_context = office_context.of_book(period)
    state, template = period_standing(office_context, period), load_template(office_context.space.templates / NAME)
    letterhead, ladder = _letterhead(office_context.at(period)), Ladder(office_context, state, unattended=True)
    letters = _letters(office_context, ladder, letterhead) if state.form.writes(LETTERS) else ()
    folder = office_context.space.out(period, PAPERS)
    drafts = [draft for draft in (*letters, *_steps(office_context, ladder, letterhead)) if not (folder / draft.name).exists()]
    return _brought(office_context, state, drafts, template.content, Edited.BESIDE)


def _brought(office_context: OfficeContext, state: Round, drafts: Iterable[Draft], template: bytes, edited: Edited) -> Documents:
    """Write drafts one after the other; what could not be written is said and the others go on."""
    period, words = state.period, words_of(office_context, state.form).keeping(texts_of_round(state))
    folder, made, left = office_context.space.out(period, PAPERS), [], []
    for draft in drafts:
        try:
            made.append(_write(office_context, period, folder, draft, _bytes(draft.paper, template, words), edited))
        except (CommandError, OSError) as error:
            left.append(f"“{draft.name}”没有写成：{reason_of(error) if isinstance(error, OSError) else error}。请关闭打开它的程序，再运行一次。")
    return Documents(folder, tuple(made), "", (), tuple(left))


def _bytes(paper: WordDocument | str, template: bytes, words: Words) -> bytes:
    """Give a paper's bytes in its form's language; a text's as every editor of a clerk's opens it."""
    if isinstance(paper, WordDocument):
        return draw_paper(document_in(paper, words), template)
    return text_in(paper, words).replace("\n", "\r\n").encode("utf-8-sig")


def _laid(office_context: OfficeContext, period: Period, closed: Closing) -> Documents:
    """Bring the papers of a closed period to what was closed."""
    laid = lay(office_context, period, closed)
    with office_context.ledger.reading() as connection:
        names = [name.removeprefix(f"{PAPERS}/") for name in files_of(connection, closed) if name.startswith(f"{PAPERS}/")]
    made = [WrittenPapers(_kind(name), name, PaperOutcome.RESTORED if f"{PAPERS}/{name}" in laid.anew else PaperOutcome.UNCHANGED) for name in names]
    return Documents(office_context.space.out(period, PAPERS), tuple(made), "", faults_in(office_context, [period]), laid.sentences)


def _kind(name: str) -> str:
    folder, inside, _ = name.partition("/")
    return folder if inside else name.partition("年")[2].removesuffix(".docx") if COLLECTION in name else BULLETIN


def _letterhead(office_context: OfficeContext) -> Letterhead:
    office, basis = issued_by(office_context.master.title)
    code, copies = (office_context.space.text_setting(name) for name in ("code", "copies"))
    return Letterhead(office_context.space.office() or office or NO_OFFICE, basis, now().date(), code, copies.rstrip("。"))


def _main(office_context: OfficeContext, ladder: Ladder, letterhead: Letterhead, *, is_draft: bool) -> Iterator[Draft]:
    """Give the bulletin and the letters of a period in which progress is reported; of any other the collected plans."""
    state = ladder.state
    if state.form.writes(COLLECTION):
        yield Draft(f"{state.form.name}{COLLECTION}", f"{what_is_owed(state)}{COLLECTION}.docx", plans(state, letterhead))
    if not (state.form.writes(BULLETIN) or state.form.writes(LETTERS)):
        return
    rules = office_context.rules()
    before = round_before(office_context, state.period)
    earlier = period_standing(office_context, before) if before and office_context.at(before).issued() else None
    earlier = earlier if earlier and earlier.form.code == state.form.code else None
    quarter = Quarter(state, assess(state, rules), rules, (earlier, assess(earlier, rules_of(office_context, before, rules))) if before and earlier else None)
    if state.form.writes(BULLETIN):
        name = f"{bulletin_title(state)}.docx"
        known = office_context.ledger.papers.written(str(state.period)).get(name)
        number = known.number if known else office_context.ledger.papers.next_number(state.period.year)
        yield Draft(BULLETIN, name, bulletin(quarter, letterhead, number, is_draft=is_draft), number)
    if state.form.writes(LETTERS):
        yield from _letters(office_context, ladder, letterhead)


def _steps(office_context: OfficeContext, ladder: Ladder, letterhead: Letterhead) -> Iterator[Draft]:
    """Take the other steps of the ladder that are due, and give the papers of steps that are not there yet: a paper that went out stays as it went."""
    ladder.climb()
    folder = office_context.space.out(ladder.state.period, PAPERS)
    for step, paper in ladder.papers(letterhead):
        if not (folder / step.paper).exists():
            yield Draft(step.level.value, step.paper, paper)


def _letters(office_context: OfficeContext, ladder: Ladder, letterhead: Letterhead) -> Iterator[Draft]:
    """Number the tasks to be supervised by the ladder, and write a letter each."""
    state, period, rules, wanted = ladder.state, ladder.state.period, office_context.rules(), ladder.letter_tasks()
    late = picked(state, assess(state, rules), wanted)
    days = int(rules.value(ANSWER_DAYS))
    tasks = [(lagging_task.standing.task.number, "、".join(lagging_task.standing.task.leads)) for lagging_task in late]
    with office_context.ledger.writing() as connection:
        letters = office_context.ledger.papers.assign(
            connection, period, tasks, deadline=Workdays(office_context.master.odd_days, further_rest_days).after(letterhead.today, days), at=now()
        )
    written = office_context.ledger.papers.written(str(period))
    ladder.lettered([(letter, letter_name(letter, written)) for letter in letters])
    for supervised, letter in zip(late, letters, strict=True):
        dated = letterhead._replace(today=letter.at.date())
        nodes = task_nodes(state, letter.task, dated.today)
        paper = supervision(letter, supervised.standing, supervised.light, rules, label=period.label, days=days, letterhead=dated, nodes=nodes)
        yield Draft(LETTERS, letter_name(letter, written), paper)


def _reminders(state: Round, letterhead: Letterhead) -> Iterator[Draft]:
    if not state.form.writes(REMINDERS):
        return
    units, by = owing_units(state), Workdays(state.master.odd_days, further_rest_days).after(letterhead.today, _REMINDED_DAYS)
    later = rows_later(state)
    if units or later:
        yield Draft(REMINDERS, f"{REMINDERS}/催报名单.docx", reminder_list(state, letterhead))
    for unit in units:
        yield Draft(REMINDERS, reminder_name(unit.unit), reminder(unit, state, answer_by=by, letterhead=letterhead))
    for name, rows in later.items():
        yield Draft(REMINDERS, reminder_name(name), later_reminder(name, rows, state, answer_by=by, letterhead=letterhead))
    overdue = overdue_nodes(state, judged_on(state, letterhead.today))
    if overdue:
        yield Draft(REMINDERS, f"{REMINDERS}/逾期节点名单.docx", node_list(state, letterhead))
    for name in sorted(overdue.keys() - {unit.unit for unit in units} - later.keys()):
        yield Draft(REMINDERS, node_reminder_name(name), node_reminder(name, overdue[name], state, answer_by=by, letterhead=letterhead))


def _texts(office_context: OfficeContext, state: Round) -> Iterator[Draft]:
    """Give the words to copy into a chat, where anybody owes anything."""
    found = texts_of(office_context, state)
    if found.text and state.form.writes(REMINDERS):
        yield Draft(REMINDERS, f"{REMINDERS}/催报文字.txt", found.text)


def _write(office_context: OfficeContext, period: Period, folder: Path, draft: Draft, content: bytes, edited: Edited) -> WrittenPapers:
    """Write a paper under its name; where somebody has edited the one that is there, beside it or not at all. Raises CommandError when it is open elsewhere."""
    known, new = office_context.ledger.papers.written(str(period)), digest_of(content)
    for name in names_beside(draft.name):
        path = folder / name
        there = digest_of(path.read_bytes()) if path.exists() else ""
        if not there or there == new or (name in known and there == known[name].digest):
            break
        if edited is Edited.KEPT:
            _finish(path, words_in(office_context, period))
            return WrittenPapers(draft.kind, name, PaperOutcome.KEPT)
    path.parent.mkdir(parents=True, exist_ok=True)
    with office_context.ledger.writing() as connection:
        office_context.ledger.papers.record(connection, str(period), name, Written(new, draft.number, now()))
        if there != new:
            write_file(path, content)
    if name != draft.name:
        return WrittenPapers(draft.kind, name, PaperOutcome.BESIDE)
    return WrittenPapers(draft.kind, name, PaperOutcome.UNCHANGED if there == new else PaperOutcome.REWRITTEN if there else PaperOutcome.NEW)


def _finish(path: Path, words: Words) -> None:
    """Take the line that says it is a draft out of a paper that somebody edited and that is about to be closed; the rest stays as it is."""
    content = path.read_bytes()
    finished = without_line(content, words.shown(DRAFT))
    if finished != content:
        write_file(path, finished)


def _withdraw(office_context: OfficeContext, period: Period, folder: Path, current: set[str]) -> Iterator[WrittenPapers]:
    """Take away reminders to units that have reported since, unless somebody has edited them: a clerk might still send them."""
    for name, written in office_context.ledger.papers.written(str(period)).items():
        path = folder / name
        if name.startswith(f"{REMINDERS}/") and name not in current and path.exists() and digest_of(path.read_bytes()) == written.digest:
            path.unlink()
            yield WrittenPapers(REMINDERS, name, PaperOutcome.WITHDRAWN)
