"""Reads sheet 日程: a row a round, whose span is a part of the year or has a name and its own first and last day; every fault is a finding with its cell."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from toolkit.edges.templates.office_sheet import A_DAY, OfficeRow
from toolkit.model.findings import Code
from toolkit.model.master import Deadline
from toolkit.model.period import Period, safe_name
from toolkit.model.period_words import half_width, period_in

CHOICES = "2023（全年）、2023Q1（一季度）、2023M05（五月）、2023M05A（五月上半月）、2023W07（第 7 周）、2023H1（上半年）"
_YEAR = 366  # days between the end of a round and its deadline beyond which a year was mistyped


def read_calendar(rows: Iterable[OfficeRow]) -> Iterator[Deadline]:
    """Read the rounds, in order. Of several forms in one span the first keeps the span's key, the others' keys name their form."""
    seen: dict[str, tuple[str, str]] = {}
    year = 0
    for row in rows:
        period = _period(row, year)
        year = period.year if period else year
        start, due = (row.day(title, year=year, starts=period.begins if period else None) if row.needs(title, A_DAY) else None for title in ("开始", "截止"))
        if period is None or not start or not due or not row.needs("表单", "表单的名称，如 季度进展"):
            continue
        form, cell = row.text("表单"), row.place("期间").cell
        if period.form and period.form != safe_name(form):
            row.fault(Code.CONTRADICTS, "表单", seen=form, other="期间", value=str(period))
            continue
        if str(period) in seen and seen[str(period)][0] != form:
            period = replace(period, form=safe_name(form))
        if str(period) in seen:
            row.fault(Code.REPEATED, "期间", seen=str(period), other=seen[str(period)][1])
        elif due < start:
            row.fault(Code.CONTRADICTS, "截止", seen=due.isoformat(), other="开始", value=start.isoformat())
        else:
            if not -_YEAR <= (due - period.ends).days <= _YEAR:
                row.fault(Code.DUE_FAR_OFF, "截止", seen=due.isoformat(), value=period.ends.isoformat())
            yield Deadline(str(period), form, start, due, row.text("名称"), period.first, period.last)
        seen.setdefault(str(period), (form, cell))


def _period(row: OfficeRow, year: int) -> Period | None:
    """Read the span of a row, also as 2023年第一季度; one that has but a name is from 起 to 止. A row without a year is of the year of those above."""
    name = row.text("名称")
    text = row.label("期间") or name
    if not text and not row.needs("期间", f"期间，如 {CHOICES}，或在“名称”“起”“止”里写明"):
        return None
    found = period_in(text, year=year or _year_of(row))
    if found is not None and not found.name:
        for title, day in (("起", found.begins), ("止", found.ends)):
            seen = row.day(title, year=found.year, starts=found.begins) if not row.is_blank(title) else day
            if seen is not None and seen != day:
                row.fault(Code.CONTRADICTS, title, seen=seen.isoformat(), other="期间", value=f"{found}（{day.isoformat()}）")
                return None
        if not row.is_blank("期间") and str(found) != text:
            row.fault(Code.OFFICE_READ_AS, "期间", seen=text, value=str(found))
        return found
    return _named(row, found, text, year, name)


def _named(row: OfficeRow, found: Period | None, text: str, year: int, name: str) -> Period | None:
    """Read a span that has a name and its own days."""
    if not name and row.is_blank("起") and row.is_blank("止") and not found:
        row.fault(Code.BAD_SETTING, "期间", seen=text, choices=CHOICES)
        return None
    year = found.year if found else year
    first, last = (row.day(title, year=year or _year_of(row)) if not row.is_blank(title) else None for title in ("起", "止"))
    called = found.name if found else safe_name(half_width(text).removeprefix(f"{year or (first.year if first else 0)}年"))
    if first is None or last is None or not called:
        if called or not (first and last):
            row.fault(Code.SPAN_WITHOUT_DAYS, "期间", seen=text)
        else:
            row.fault(Code.BAD_SETTING, "期间", seen=text, choices=CHOICES)
        return None
    if last < first:
        row.fault(Code.CONTRADICTS, "止", seen=last.isoformat(), other="起", value=first.isoformat())
        return None
    return replace(Period.named(called, first, last, year=found.year if found else 0), form=found.form if found else "")


def _year_of(row: OfficeRow) -> int:
    """Give the year of the first day that a row writes out; 0 where it writes none."""
    raws = (row.raw(title) for title in ("起", "开始", "截止"))
    return next((raw.year for raw in raws if isinstance(raw, date)), 0)
