"""Reads the list (清单) that a table of a form definition has rows for: a sheet with a column 单位, and the columns that its 预填 columns show."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from toolkit.edges.templates.office_sheet import NUMBER as NUMBER_KIND
from toolkit.edges.templates.office_sheet import OfficeBook, OfficeRow
from toolkit.model.column_kinds import Limits, show_number
from toolkit.model.deadlines import EXPECTED, deadline_in
from toolkit.model.findings import Code, Level
from toolkit.model.form import LIMIT, Field, ListRow, Source
from toolkit.model.own_rows import PARTED

UNIT, NUMBER = "单位", "编号"
WEIGHT, _DEADLINE = "权重", "完成时限"
OF_TASKS = ("类别", "章节", "小节", WEIGHT, _DEADLINE, PARTED)  # what a row may say of itself beside what its form shows
_LEAST, _MOST = Decimal("0.8"), Decimal("1.2")  # of a whole: weights that come to this much of it were meant to come to it
_ANY_YEAR = 2023  # a list is for rounds of any year


def read_list(book: OfficeBook, sheet: str, fields: Sequence[Field], beside: OfficeBook | None = None) -> tuple[ListRow, ...]:
    """Read a list's rows in order, from the definition or else from the office's book `beside` it (任务总表), whose faults are its own.

    A row without a number gets its place in the list, a repeated number and a missing unit are faults.
    """
    source = next((known for known in (book, beside) if known is not None and known.has_sheet(sheet)), None)
    if source is None:
        book.say(Code.NO_SUCH_SHEET, sheet, sheet=sheet)
        return ()
    rows = tuple(_rows(source, sheet, fields))
    if source is not book:
        book.faults += source.faults
        source.faults.clear()
    if not rows and not any(fault.place.sheet == sheet and fault.level is Level.ERROR for fault in book.faults):
        book.say(Code.LIST_EMPTY, sheet, sheet=sheet, title=sheet)
    return rows


def _rows(book: OfficeBook, sheet: str, fields: Sequence[Field]) -> Iterator[ListRow]:
    shown = {field.taken_from: field for field in reversed(fields) if field.source is Source.PREFILLED}
    seen: dict[str, str] = {}
    rows = tuple(book.rows(sheet, (UNIT,), (NUMBER, *OF_TASKS, *shown)))
    if rows and not rows[0].has(UNIT):
        return
    _check_weights(rows)
    for at, row in enumerate(rows, 1):
        if not row.needs(UNIT, "填报单位的名称"):
            continue
        number = row.label(NUMBER) or str(at)
        if number in seen:
            row.fault(Code.REPEATED, NUMBER, seen=number, other=seen[number])
        seen.setdefault(number, row.place(NUMBER).cell)
        cells = {title: text for title in (*OF_TASKS, *shown) if title not in {UNIT, NUMBER} and (text := _text(row, title, shown.get(title)))}
        yield ListRow(row.text(UNIT), number, cells, row.place(UNIT))


def _check_weights(rows: Sequence[OfficeRow]) -> None:
    """Ask about rows without a weight beside others that have one, and about weights that are nearly a whole: 100, or 1."""
    given = [row for row in rows if not row.is_blank(WEIGHT)]
    for row in rows if given else ():
        if row.is_blank(WEIGHT):
            row.fault(Code.NO_WEIGHT, WEIGHT)
    whole = sum((value for row in given if isinstance(value := NUMBER_KIND.read(row.raw(WEIGHT), Limits()).value, Decimal)), Decimal(0))
    for wanted in (Decimal(100), Decimal(1)):
        if len(given) > 1 and whole != wanted and wanted * _LEAST <= whole <= wanted * _MOST:
            given[0].fault(Code.WEIGHTS_NOT_WHOLE, WEIGHT, whole=show_number(whole), wanted=show_number(wanted))


def _text(row: OfficeRow, title: str, field: Field | None) -> str:
    """Give what stands in a cell as its column's kind keeps it; '' for a blank, and with a fault for what the kind cannot read.

    A weight is a number from 0 on and a deadline tells a day, whatever shows them.
    """
    if title == PARTED:
        return row.choice(title, ("是", "否"))
    if title == WEIGHT:
        return _number(row.number(title, low=Decimal(0)))
    if field is not None and field.kind.numeric:
        return _number(row.number(title, kind=field.kind, unit="%" if field.kind.name == "百分比" else field.limits.unit))
    if field is not None and field.kind.name == "日期":
        day = row.day(title)
        return day.isoformat() if day else ""
    raw = row.raw(title)
    if isinstance(raw, date):
        return raw.isoformat()[:10]
    if title == _DEADLINE or (field is not None and field.code == LIMIT):
        _say_deadline(row, title)
    return row.text(title)


def _say_deadline(row: OfficeRow, title: str) -> None:
    """Refuse a deadline that tells no day, and say how one is understood that could be read otherwise."""
    text = row.text(title)
    found = deadline_in(text, year=_ANY_YEAR)
    if found is None:
        row.fault(Code.NO_DAY, title, seen=text, choices=EXPECTED)
    elif not found.clear:
        row.fault(Code.OFFICE_UNDERSTOOD, title, seen=text, value=f"{found.day:%m-%d}" if found.day else "全年")


def _number(value: Decimal | None) -> str:
    return "" if value is None else show_number(value)
