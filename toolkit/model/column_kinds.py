"""Kinds of column: each knows how to read a cell, show a value and guard the cell in the sheet."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime

from toolkit.model.amounts import NumberKind, PercentKind, WholeKind
from toolkit.model.choices import choose
from toolkit.model.column_kind import BLANK, Kind, Limits, Reading
from toolkit.model.days import FIRST, LAST, day_in, day_of_serial, days_of_decimal
from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.numerals import number_in
from toolkit.model.sheet import Guard
from toolkit.model.values import EXCEL_CELL, PercentCell, exact, has_control_characters, has_turns, is_cut, plain, show_number

__all__ = ["BLANK", "EXCEL_CELL", "KINDS", "Kind", "Limits", "PercentCell", "Reading", "exact", "has_control_characters", "number_in", "plain", "show_number"]

_SHORTENED = lazy_pattern(r"\d(?:\.\d+)?[eE]\+?0?[12]\d", re.ASCII)  # a long number that a narrow cell, a .csv or a print keeps the first digits of
_PHONE = lazy_pattern(r"(?:\+?86)?(?:1[3-9]\d{9}|(?:0\d{2,3})?[2-9]\d{6,7}(?:转?\d{1,6})?|1[12]\d{3}|400\d{7})")


class TextKind(Kind):
    """Free text; limits count characters."""

    name = "文本"
    is_prose = True

    def _read(self, raw: object, text: str, limits: Limits) -> Reading:  # noqa: ARG002 - a text has no limits to read by
        if is_cut(raw):
            return Reading(text, Code.CUT, {"high": str(EXCEL_CELL)})
        if has_turns(raw):
            return Reading(text, Code.TURNS)
        if _SHORTENED.fullmatch(text):
            return Reading(text, Code.LONG_NUMBER, {"seen": text})
        return Reading(text, Code.STRANGE_CHARACTERS) if has_control_characters(raw) else Reading(text)

    def guard(self, limits: Limits) -> Guard:
        """Limit the length, in characters, where one is set, to at most what a cell holds (32 767)."""
        if limits.low is None and limits.high is None:
            return Guard("any")
        return Guard("length", int(limits.low or 0), int(limits.high or EXCEL_CELL))


class DayKind(Kind):
    """A calendar day."""

    name = "日期"
    number_format = "yyyy-mm-dd"

    def _read(self, raw: object, text: str, limits: Limits) -> Reading:
        """Read a date cell, a serial number, or a day as people write it; a month is its last day."""
        if isinstance(raw, date):
            day = raw.date() if isinstance(raw, datetime) else raw
            return Reading(day) if FIRST <= day <= LAST else Reading(None, Code.NOT_DATE, {"seen": text})
        if isinstance(raw, bool):
            return Reading(None, Code.NOT_DATE, {"seen": text})
        if isinstance(raw, float | int):
            return self._of_number(raw, text, limits)
        found = day_in(text, year=limits.year, starts=limits.starts)
        if found is None and re.fullmatch(r"\d{5}", text, re.ASCII):
            return self._of_number(int(text), text, limits)
        if found is None:
            return Reading(None, Code.NOT_DATE, {"seen": text})
        return _day_reading(found.day, text, clear=found.clear)

    def _of_number(self, raw: float, text: str, limits: Limits) -> Reading:
        """Read a serial number, or 20230630 and 2023.6 that the sheet took for numbers (2023.1 may have been 2023.10)."""
        day = day_of_serial(raw, since_1904=limits.since_1904)
        if day is not None:
            return _day_reading(day, text, clear=True)
        meant = days_of_decimal(text, limits.year) if isinstance(raw, float) else ()
        if len(meant) > 1:
            return Reading(None, Code.TWO_DAYS, {"seen": text, "one": meant[0].isoformat(), "other": meant[1].isoformat()})
        if meant:
            return _day_reading(meant[0], text, clear=False)
        found = None if text.endswith(".1") else day_in(text, year=0, starts=None)
        return Reading(None, Code.NOT_DATE, {"seen": text}) if found is None else _day_reading(found.day, text, clear=len(text) == 8)

    def load(self, text: str) -> object:
        """Give back a day from the text (2023-06-30) the ledger keeps."""
        return date.fromisoformat(text)

    def guard(self, limits: Limits) -> Guard:  # noqa: ARG002 - any day of the century will do
        """Allow days from 2000 to 2099, whatever the limits."""
        return Guard("date", FIRST, LAST)


class ChoiceKind(Kind):
    """One of a list of words."""

    name = "选项"

    def _read(self, raw: object, text: str, limits: Limits) -> Reading:  # noqa: ARG002 - its text says it all
        """Read a choice, forgiving width and a full stop; a near word is taken for review when it can mean one choice only."""
        found = choose(text, limits.choices, limits.aliases)
        if found is None:
            return Reading(None, Code.NOT_CHOICE, {"seen": text, "choices": "、".join(limits.choices)})
        if found.choice == text:
            return Reading(found.choice)
        return Reading(found.choice, Code.READ_AS if found.certain else Code.UNDERSTOOD, {"seen": text, "value": found.choice})

    def guard(self, limits: Limits) -> Guard:
        """Offer the choices as a dropdown; commas part them, so that no choice may hold one."""
        return Guard("list", choices=",".join(limits.choices))


class PhoneKind(Kind):
    """A telephone number, kept as text."""

    name = "电话"
    number_format = "@"

    def _read(self, raw: object, text: str, limits: Limits) -> Reading:  # noqa: ARG002 - a number has no limits
        """Read one or more mobile or landline numbers, whatever stands between their digits."""
        stripped = text.lstrip("'‘’").strip()
        parts = [stripped] if _is_phone(stripped) else [part for part in re.split(r"[、,，;；/\n]", stripped) if part.strip()]
        return Reading(stripped) if parts and all(_is_phone(part) for part in parts) else Reading(None, Code.NOT_PHONE, {"seen": text})

    def guard(self, limits: Limits) -> Guard:  # noqa: ARG002 - a number has no limits
        """Limit the length only: Excel drops a leading zero from what it takes for a number."""
        return Guard("length", 5, 20)


KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (TextKind(), WholeKind(), NumberKind(), PercentKind(), DayKind(), ChoiceKind(), PhoneKind())
}


def _is_phone(text: str) -> bool:
    return bool(_PHONE.fullmatch(re.sub(r"[\s\-()—]", "", unicodedata.normalize("NFKC", text))))


def _day_reading(day: date, text: str, *, clear: bool) -> Reading:
    if text == day.isoformat():
        return Reading(day)
    return Reading(day, Code.READ_AS if clear else Code.UNDERSTOOD, {"seen": text, "value": day.isoformat()})
