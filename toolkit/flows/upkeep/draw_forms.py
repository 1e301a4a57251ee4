"""Draws every form before it is issued: the workbook as a unit will see it, with a sheet that says what is checked, lit, summed and scored."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.files import write_file
from toolkit.edges.templates.read_words import load_words
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.write_workbooks import draw
from toolkit.issuing.file_names import safe
from toolkit.issuing.make_issue import make_issue
from toolkit.issuing.unit_rows import NOTHING_YET
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.master import Deadline, Indicator, Master, Task, Unit
from toolkit.model.period import Period
from toolkit.model.period_words import present_period
from toolkit.model.rules import Rules
from toolkit.views.form_account import Account, account_of, account_sheet
from toolkit.views.form_table import NOTHING_SAID
from toolkit.views.kept_texts import texts_of_issue
from toolkit.views.shown_book import book_in
from toolkit.views.unit_form import unit_book

FOLDER, SAMPLE = "试看", "样张"
_SOMEBODY = "示例单位"
_NO_MASTER = Master((), (), (), ())


class Drawn(NamedTuple):
    """A form's drawing: where it is, whose it is, and what it says of the form in sentences."""

    path: Path
    unit: str
    account: tuple[Account, ...]


def drawing_of(space: Workspace, form: Form) -> Path:
    """Give the path of a form's drawing."""
    return space.root / "outbox" / FOLDER / f"{safe(form.name)}.xlsx"


def draw_form(space: Workspace, form: Form, master: Master | None, rules: Rules) -> Drawn:
    """Draw a form as the first unit that has rows in it will see it, or a made-up one; a drawing that is open elsewhere stays. Raises OSError."""
    issue = _sample(form, master or _NO_MASTER)
    words = load_words(space.templates, form.language or space.language()).keeping(texts_of_issue(issue, form, NOTHING_SAID))
    book = unit_book(issue, form, sealed="", office=space.office())
    whole = replace(book, sheets=(*book.sheets[:-1], account_sheet(form, rules)), names={}, properties={})
    content = draw(book_in(whole, words))
    path = drawing_of(space, form)
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, content)
    return Drawn(path, issue.unit, account_of(form, rules))


def _sample(form: Form, master: Master) -> Issue:
    period, due = _round(form, master.calendar)
    for unit in master.addressees():
        issue = _issue(form, master, unit, period, due)
        if any(issue.tables.get(form.main.sheet, ())):
            return issue
    task = Task("任务1", "任务", "", "", "这里是任务总表里的任务内容", (_SOMEBODY,), ())
    rows = tuple(replace(table, rows=tuple(row._replace(unit=_SOMEBODY) for row in table.rows)) for table in form.tables)
    made_up = Master((task,), (Indicator("任务1", "示例指标", "≥", Decimal(100), "个", "累计"),), (Unit(_SOMEBODY),), ())
    return _issue(replace(form, tables=rows), made_up, made_up.units[0], period, due)


def _issue(form: Form, master: Master, unit: Unit, period: Period, due: date | None) -> Issue:
    return replace(make_issue(form, master, unit, period=period, due=due, past=NOTHING_YET, key=b"", number=1), receipt=SAMPLE)


def _round(form: Form, calendar: Sequence[Deadline]) -> tuple[Period, date | None]:
    """Give the first round of the calendar that is this form's, else the present one of its cycle, without a day."""
    line = next((line for line in calendar if line.form in {form.name, form.code}), None)
    if line is not None:
        return Period.parse(line.period), line.due
    return present_period(form.cycle, now().date()), None
