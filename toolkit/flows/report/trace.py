"""trace: one unit's word on one task, from the mail that brought it to the cell of the consolidated workbook."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toolkit.assessment.assess import assess
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.edges.ledger.lower_records import sources_of
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.finding_policy import FindingPolicy, judge
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.period_standing import period_standing, rules_of_book
from toolkit.flows.office.unit_history import filed
from toolkit.merging.filed_return import FiledReturn
from toolkit.merging.lower_lines import lower_lines
from toolkit.merging.merge_versions import current_files
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import DecisionSubject
from toolkit.model.findings import Finding
from toolkit.model.form import PROGRESS, Form, LightRule, Subject
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.lower_source import CellState
from toolkit.model.master import MAIN_LIST, Master, Task
from toolkit.model.own_rows import OWN, speaks_of, with_own_numbers
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Row
from toolkit.model.seal import shown_text
from toolkit.model.standing import Round, UnitRow

_LINE = lazy_pattern(r"\d+")
_NAMED = 8  # numbers that a sentence names
_NOT_TAKEN = "没有采用"


class ArrivalStep(NamedTuple):
    """A file that a unit sent: its number, when, its outcome, the mail that brought it, its name with the envelopes it was in, the archived original, why."""

    file: int
    sent: str
    outcome: str
    origin: str
    name: str
    path: str
    reason: str


class AnswerStep(NamedTuple):
    """A cell of a file: which file, which column, sheet and cell, what was typed, how it was understood, what was found and decided about it."""

    file: int
    title: str
    at: str
    typed: str
    understood: str
    findings: tuple[str, ...]


class StandingStep(NamedTuple):
    """What holds now: a column, its value, the file it is taken from ('' where the program or the office says it), and where it is shown."""

    title: str
    value: str
    source: str


class LowerStep(NamedTuple):
    """A word from below the unit on which a value rests: the value's column and cell, how it came about, the unit below, what stood in which cell there."""

    title: str
    at: str
    how: str
    level: int
    unit: str
    file: str
    place: str
    typed: str
    digest: str


class Traced(NamedTuple):
    """Everything about one task and one unit in a period; `listed` names the task's list where several live side by side."""

    period: str
    number: str
    task: str
    unit: str
    role: str
    arrivals: tuple[ArrivalStep, ...]
    answers: tuple[AnswerStep, ...]
    standings: tuple[StandingStep, ...]
    listed: str = ""
    lower: tuple[LowerStep, ...] = ()


def trace(space: Workspace, period: Period, number: str, unit: str, *, field: str = "") -> Traced:
    """Follow a unit's values of a task; `field` is a column's title or code, all columns without it. Raises CommandError for what the office does not know."""
    with open_office(space) as office:
        name, form = office.units([unit])[0].name, office.form_of(period)
        state = period_standing(office, period) if period.is_part else None
        master = state.master if state else office.master
        task = _task(master, form, number)
        role = dict(master.roles(task)).get(name)
        if role is None:
            raise CommandError(
                f"{name}与{task.number}没有关系。", f"它的牵头单位：{'、'.join(task.leads) or '无'}；责任单位：{'、'.join(task.supports) or '无'}。"
            )
        _column(form, field)
        files, records, judging = _filed(office, period, form, name), {file.id: file for file in office.ledger.all_files(str(period))}, judge(office, period)
        answers = tuple(cell for file in files for cell in _cells(file, task, form, judging) if _wanted(cell.title, field, form))
        standings = tuple(step for step in _standing(office, state, task, form, name, files) if _wanted(step.title, field, form))
        below = tuple(step for step in _lower(office, files, task, form, name) if _wanted(step.title, field, form))
        listed = (task.listed or MAIN_LIST) if office.master.lists() else ""
        arrivals = tuple(_arrival(file, records[file.id]) for file in files)
        return Traced(str(period), task.number, task.text, name, str(role), arrivals, answers, standings, listed, below)


def _task(master: Master, form: Form, number: str) -> Task:
    """Find a task, or a row of the form's own, by its number. Raises CommandError."""
    found = next((task for name in (number, f"任务{number}", f"目标{number}") if (task := master.task(name))), None)
    if found is None and form.main.subject in OWN:
        known = [task.number for task in master.tasks]
        some = "、".join(known[:_NAMED]) + ("等" if len(known) > _NAMED else "")
        raise CommandError(f"这一期的“{form.name}”里没有“{number}”这一行。", f"编号见汇总表“{form.book_sheet}”第一栏：{some or '还没有'}。")
    if found is None:
        raise CommandError(f"任务总表里没有“{number}”。", "请写任务总表“编号”一栏的内容，如 任务7、目标1；量化指标写它所在任务的编号。")
    return found


def _filed(office: OfficeContext, period: Period, form: Form, unit: str) -> list[FiledReturn]:
    """Give a unit's files, lines that it added to an empty first table under the numbers that they have in the round."""
    files = filed(office, period, {unit})
    if form.main.subject is not Subject.BLANK:
        return list(files)
    return [file._replace(rows=tuple(with_own_numbers(file.rows, form, file.unit))) for file in files]


def _column(form: Form, field: str) -> None:
    titles = [field.title for table in form.tables for field in table.filled]
    if field and field not in titles and not any(table.field(field) for table in form.tables):
        raise CommandError(f"“{form.name}”里没有“{field}”这一栏。", f"可以写：{'、'.join(dict.fromkeys(titles))}。")


def _wanted(title: str, field: str, form: Form) -> bool:
    """Whether a line is about a column that was asked for by its title or code; an indicator's lines begin with its name."""
    titles = {field, *(found.title for table in form.tables if (found := table.field(field)))}
    return not field or title.rpartition("：")[2] in titles


def _arrival(file: FiledReturn, record: FileRecord) -> ArrivalStep:
    outcome = "已停用" if file.excluded else file.outcome.words
    return ArrivalStep(file.id, f"{file.sent:%Y-%m-%d %H:%M}", outcome, record.origin, file.name, file.path, file.excluded or file.reason)


def _cells(file: FiledReturn, task: Task, form: Form, judging: FindingPolicy) -> Iterator[AnswerStep]:
    """Give what stood in the cells of a task's rows, those with findings too where nothing was taken."""
    findings = judging.judged(file.findings, file.rows)
    for row in (row for row in file.rows if speaks_of(row, task.number, form)):
        mine = [finding for finding in findings if finding.place.sheet == row.place.sheet and _line(finding.place) == _line(row.place)]
        table = form.table(row.table)
        for field in table.filled if table else ():
            answer, about = row.answers.get(field.code), [finding for finding in mine if finding.title == field.title]
            if answer:
                yield AnswerStep(file.id, _title(row, field.title), _at(answer.place), answer.raw, shown_text(answer.value), _words(about))
            elif about:
                typed = next((str(finding.facts["seen"]) for finding in about if "seen" in finding.facts), "")
                yield AnswerStep(file.id, _title(row, field.title), _at(about[0].place), typed, _NOT_TAKEN, _words(about))
        rest = [finding for finding in mine if not finding.title]
        if rest:
            yield AnswerStep(file.id, _title(row, "整行"), _at(row.place), "", "", _words(rest))


def _standing(office: OfficeContext, state: Round | None, task: Task, form: Form, unit: str, files: Sequence[FiledReturn]) -> Iterator[StandingStep]:
    """Give what the consolidated workbook shows of it: the unit's values that hold, the task's state, the office's word."""
    numbers = {file.name: str(file.id) for file in files}
    current = current_files(files, form).get(unit)
    for row in (row for row in current.rows if speaks_of(row, task.number, form)) if current else ():
        table = form.table(row.table)
        for field in table.filled if table else ():
            answer = row.answers.get(field.code)
            if answer:
                source = f"{numbers.get(answer.place.file, '')} 号文件 {_at(answer.place)}"
                yield StandingStep(_title(row, field.title), shown_text(answer.value), source)
    found = next((standing for standing in state.tasks if standing.task.number == task.number), None) if state else None
    if state and found:
        lead = found.lead.unit if found.lead else "没有单位报"
        if form.main.subject not in OWN or form.main.field(PROGRESS) is not None:
            yield StandingStep("任务的累计进度", shown_text(found.progress), f"{state.task_form.book_sheet}，取自{lead}")
        if form.light is not LightRule.NONE:
            yield StandingStep("灯", str(assess(state, rules_of_book(office, state.period)).lights[task.number]), state.task_form.book_sheet)
        if found.ruling.light or found.ruling.note:
            yield StandingStep("认定", f"{found.ruling.light} {found.ruling.note}".strip(), f"办公室在{state.task_form.book_sheet}里填的")
        for subject, fields in state.decided.by.get(DecisionSubject.CONFLICT, {}).items():
            if subject.startswith(f"{state.period}|{task.number}|"):
                yield StandingStep("进展不一", "，".join(value for value in fields.values() if value), "办公室在进展不一里填的")


def _lower(office: OfficeContext, files: Sequence[FiledReturn], task: Task, form: Form, unit: str) -> Iterator[LowerStep]:
    """Give the words from below on which the unit's values that hold rest."""
    current = current_files(files, form).get(unit)
    details = [UnitRow(unit, row.role, row, current.path) for row in current.rows if speaks_of(row, task.number, form)] if current else []
    with office.ledger.reading() as connection:
        sources = sources_of(connection, [file.id for file in files if file.counts])
    for line in lower_lines(details, files, form, sources):
        for source in line.sources:
            how = f"{source.state}：{source.how}" if source.state != CellState.MERGED else source.how
            yield LowerStep(line.title, _at(line.place), how, source.level, source.unit, source.file, source.place, source.typed, source.digest)


def _title(row: Row, title: str) -> str:
    return f"{row.key.partition('|')[2]}：{title}" if "|" in row.key else title


def _words(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(f"{finding.shown_level}：{finding.message}{f'（{finding.verdict} {finding.word}）' if finding.verdict else ''}" for finding in findings)


def _at(place: Place) -> str:
    return f"{place.sheet}!{place.cell}" if place.cell else place.sheet


def _line(place: Place) -> str:
    found = _LINE.search(place.cell)
    return found[0] if found else ""
