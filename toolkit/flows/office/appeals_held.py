"""appeals_held: what units say against their scorecards of a period, and until when they may."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from toolkit.edges.ledger.ledger import FileRecord
from toolkit.edges.ledger.mail_log import MailLog
from toolkit.flows.office.office_context import OfficeContext
from toolkit.model import seal
from toolkit.model.appeals import APPEAL_FORM, BASIS, ITEM, MARK_FIELD, OPINION, OTHER_MATTER, OTHER_NUMBER, POINTS, TASK, WHY, Appeal, mark_of_other, numbered
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import Decided
from toolkit.model.form import Form, Source, Subject
from toolkit.model.issue import Issue
from toolkit.model.letter import Kind
from toolkit.model.period import Period
from toolkit.model.returns import Outcome, Row
from toolkit.model.rules import APPEAL_DAYS
from toolkit.model.seal import shown_text
from toolkit.model.workdays import Workdays

OTHER_ITEM = "其他事项"


def appeal_form(office: OfficeContext) -> Form:
    """Give the form with which units appeal, as it is now. Raises CommandError where templates/ has none that can be used."""
    found = next((form for form in (office.whole or office).forms if form.code == APPEAL_FORM), None)
    if found is None:
        raise CommandError("没有可用的“成绩申诉”表单。", "请检查 templates 文件夹里的“成绩申诉.xlsx”；删掉它，系统会重新放入原始表单。")
    return found


class AppealsNow(NamedTuple):
    """Every appeal of a period as of now, the office's words on them, and the workbook in which it rules on them ('': the consolidated one)."""

    appeals: tuple[Appeal, ...]
    decided: Decided
    book: str


def appeals_now(office: OfficeContext, period: Period) -> AppealsNow:
    """Give a period's appeals with those that came after its closing."""
    live = office.live(period)
    return AppealsNow(appeals_of(live, period), live.decided(), rulings_book(period) if office.drafts.holding(period) else "")


def rulings_book(period: Period) -> str:
    """Name the workbook in which the office rules on appeals against a closed period: 2023年第一季度成绩申诉处理.xlsx."""
    return f"{period.label}成绩申诉处理.xlsx"


def appeals_of(office: OfficeContext, period: Period) -> tuple[Appeal, ...]:
    """Give every line of every appeal of a period, by unit in the order of the register; of a line that came twice the newest holds."""
    here = office.at(period)
    records = sorted((record for record in here.records() if record.outcome is Outcome.APPEALED), key=lambda record: (record.received, record.id))
    if not records:
        return ()
    form, found = appeal_form(office), {}
    rows = here.ledger.rows_of_all((record, form) for record in records)
    for record in records:
        for appeal in _lines(here, record, rows.get(record.id, []), form, period):
            found[appeal.unit, appeal.mark] = appeal
    order = {unit.name: place for place, unit in enumerate(here.master.units)}
    return tuple(sorted(found.values(), key=lambda appeal: order.get(appeal.unit, len(order))))


def _lines(office: OfficeContext, record: FileRecord, rows: list[Row], form: Form, period: Period) -> Iterator[Appeal]:
    issue = _issue(office, record)
    shown = {(sheet, row.key): row.shown for sheet, given in issue.tables.items() for row in given} if issue else {}
    codes = {field.taken_from: field.code for table in form.tables for field in table.fields if field.source is Source.PREFILLED}
    free = {table.sheet for table in form.tables if table.subject is Subject.BLANK}
    unit, late = office.called(record.unit), days_late(office, record.unit, period, issue, record.received.date())
    others: list[str] = []
    for row in rows:
        opinion, why, basis = (shown_text(row.value(code)) for code in (OPINION, WHY, BASIS))
        place = next((answer.place for answer in row.answers.values()), row.place)
        if row.table in free:
            number, matter = shown_text(row.value(OTHER_NUMBER)), shown_text(row.value(OTHER_MATTER))
            mark = mark_of_other(number, matter or opinion or why or basis)
            others.append(mark)
            what = (numbered(mark, others.count(mark)), matter or opinion or OTHER_ITEM, number, Decimal(0))
        else:
            what = _deduction(shown.get((row.table, row.key), {}), codes)
        if what[0]:  # a row that was no deduction when the form was issued is none now
            yield Appeal(unit, *what, opinion, why, basis, record.path, place, record.received, late)


def _deduction(shown: Mapping[str, object], codes: Mapping[str, str]) -> tuple[str, str, str, Decimal]:
    mark, item, number, points = (str(shown.get(codes.get(fact, ""), "")) for fact in (MARK_FIELD, ITEM, TASK, POINTS))
    return mark, item, number, Decimal(points or 0)


def _issue(office: OfficeContext, record: FileRecord) -> Issue | None:
    sealed = office.ledger.seal_of(record.receipt)
    return seal.claim_of(sealed) if sealed else None  # our own ledger kept it: it is true, whatever the key is now


def appeal_due(office: OfficeContext, unit: str, period: Period, printed: date | None) -> date | None:
    """Give the last day for an appeal: so many working days after the scorecard was sent by mail, never before the day that is printed on the form."""
    sent = [letter.at.date() for letter in MailLog(office.ledger).posted(str(period), Kind.SCORE).values() if letter.state.went and letter.unit == unit]
    days = int(office.rules().value(APPEAL_DAYS))
    from_mail = Workdays(office.master.odd_days).after(min(sent), days) if sent else None
    return max((day for day in (printed, from_mail) if day is not None), default=None)


def days_late(office: OfficeContext, unit: str, period: Period, issue: Issue | None, came: date) -> int:
    """Count the days that an appeal came after its deadline; 0 for in time, and where no deadline is known."""
    due = appeal_due(office, unit, period, issue.due if issue else None)
    return max((came - due).days, 0) if due else 0
