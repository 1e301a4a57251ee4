"""When the work plan and the quarterly reports are due, as the notice's own words say."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Deadline, Doubt
from toolkit.model.period import Period, safe_name
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.doubts import doubt
from toolkit.notice.notice_lines import Line
from toolkit.notice.notice_numerals import number


class FormCycles(NamedTuple):
    """The names of the forms that are filled in each year (年), quarter (季) and month (月); the first is the one that a notice speaks of."""

    yearly: tuple[str, ...] = ("工作方案",)
    quarterly: tuple[str, ...] = ("季度进展",)
    monthly: tuple[str, ...] = ()


SHIPPED = FormCycles()
_N = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = lazy_pattern(rf"(?:([12]\d{{3}}|[一二][〇零○一二三四五六七八九]{{3}})\s*年\s*)?{_N}\s*月\s*(?:{_N}\s*日|(底|末)|(上旬|中旬|下旬))")
_WHOLE_DATE = lazy_pattern(rf"([12]\d{{3}}|[一二][〇零○一二三四五六七八九]{{3}})\s*年\s*{_N}\s*月\s*{_N}\s*日")
_ISO = lazy_pattern(r"(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})")
_PLAN_WORDS = lazy_pattern(r"(?:工作|实施|落实|推进|任务|责任|具体|细化|分解)[^,。;]{0,8}(?:方案|计划|台账|分解表)|方案|计划表")

_AFTER = lazy_pattern(r"(?:印发|下发|发布|收到|发文)[^,。;\d]{0,8}?(?:之日起|后|起)?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*个?(工作日|日|天)")

_LAST_MONTH = lazy_pattern(rf"季度?(?:的)?(?:最后一个?月|第三个月|末月|末)(?:份)?的?\s*{_N}\s*[日号]")
_END = lazy_pattern(r"季度?(?:的)?(?:最后一个?月|末月|末)?(?:的)?(?:月?底|末|结束)(?:之?前|以前)|每季度?末(?!月|\d)")
_FOLLOWING = lazy_pattern(
    rf"(?:季度?(?:结束|末|终了)?(?:后|之后)的?|(?:下|次)(?:一个?)?季度?(?:的)?(?:首月|第一个?月|第1个月|首个月)?的?|季度?(?:的)?(?:首月|第一个月)的?)\s*{_N}\s*(?:个)?(?:日|号|天|工作日)"
)
_MONTHLY = lazy_pattern(rf"每(?:个)?月(?:的)?\s*{_N}\s*[日号]")
_MONTHS_DAY = lazy_pattern(rf"((?:{_N}\s*月?\s*[、和,]\s*)+{_N})\s*月(?:份)?的?\s*{_N}\s*[日号]")
_FROM_QUARTER = lazy_pattern(r"(?:从|自)[^,。;]{0,8}?第?([一二三四1234])季度")


def notice_date(lines: Sequence[Line]) -> date | None:
    """Find the day the notice is dated: a line that is nothing but a date, else the first full date of the page's head."""
    for line in lines:
        match = _WHOLE_DATE.fullmatch(fold_characters(line.text).strip(" ()"))
        if match:
            return _day(*(int(number(part) or 0) for part in match.groups()))
    for line in lines[:15]:
        match = _ISO.search(fold_characters(line.text)) or _WHOLE_DATE.search(fold_characters(line.text)) if len(line.text) < 60 else None
        if match:
            return _day(*(int(number(part) or 0) for part in match.groups()))
    return None


def read_calendar(
    lines: Sequence[Line], year: int | None, dated: date | None, forms: FormCycles = SHIPPED
) -> tuple[tuple[Deadline, ...], tuple[Doubt, ...]]:
    """Make the calendar of the year, a line for each round of each form; what the notice does not say is filled with the usual dates and put in doubt.

    Forms of an office's own are due when the notice's are, those of a month on its last day.
    """
    if year is None:
        return (), (doubt(Code.YEAR_UNKNOWN, "", ""),)
    doubts: list[Doubt] = []
    sentences = list(_sentences(lines))
    plan = next(filter(None, (_plan(text, year, dated) for text, _ in sentences)), None)
    if plan is None:
        plan = date(year, 1, 15)
        doubts += [doubt(Code.DUE_GUESSED, "", f"{form} {plan.isoformat()}", form=form, day="1月15日") for form in forms.yearly]
    dues, reason, where = _quarters(sentences, year)
    if reason:
        days = "、".join(f"{due.month}月{due.day}日" for due in dues)
        doubts += [doubt(reason, where, days, form=form, day="每季度最后一个月30日") for form in forms.quarterly]
    doubts += [doubt(Code.DUE_GUESSED, "", f"{form} 每月末日", form=form, day="每月最后一天") for form in forms.monthly]
    opening = dated if dated and dated <= plan else min(date(year, 1, 1), plan)
    rows = [Deadline(key, form, opening, plan) for key, form in _keys(Period(year), forms.yearly)]
    first = _first_quarter(sentences)
    quarters = [(Period(year, q), due) for q, due in enumerate(dues, 1) if q >= first]
    rows += [Deadline(key, form, quarter.begins, due) for quarter, due in quarters for key, form in _keys(quarter, forms.quarterly)]
    months = [Period(year, month=m) for m in range(1, 13)]
    rows += [Deadline(key, form, month.begins, month.ends) for month in months for key, form in _keys(month, forms.monthly)]
    return tuple(rows), tuple(doubts)


def _keys(span: Period, forms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give each form of a span with the key of its round: the first has the span's own."""
    for place, form in enumerate(forms):
        yield str(replace(span, form=safe_name(form)) if place else span), form


def _sentences(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Give the text sentence by sentence, folded, with its place; tasks' own sentences seldom speak of reports."""
    for line in lines:
        for sentence in re.split(r"[。;]", fold_characters(line.text)):
            if "报" in sentence or "方案" in sentence or "季" in sentence:
                yield sentence, line.where


def _day(year: int, month: int, day: int) -> date | None:
    """Make a date; a day past the month's end is its last day."""
    if not (1990 <= year <= 2100 and 1 <= month <= 12 and day >= 1):
        return None
    return date(year, month, min(day, monthrange(year, month)[1]))


def _dates(sentence: str, year: int) -> list[tuple[int, date]]:
    """List the dates of a sentence with their places; 底 is the last day, 上旬 the 10th, 中旬 the 20th."""
    found = []
    for match in _DATE.finditer(sentence):
        day = int(number(match[3]) or 0) if match[3] else {"上": 10, "中": 20}.get((match[5] or "底")[0], 31)
        made = _day(int(number(match[1]) or year) if match[1] else year, int(number(match[2]) or 0), day)
        if made:
            found.append((match.end(), made))
    return found


def _plan(sentence: str, year: int, dated: date | None) -> date | None:
    """Read when the work plan is due from one sentence."""
    words = _PLAN_WORDS.search(sentence)
    if not words or not re.search(r"报|送|提交|反馈", sentence):
        return None
    for end, day in _dates(sentence, year):
        after = sentence[end : end + 40]
        if re.match(r"\s*(?:之?前|以前|内|止|\(|下班前|\d{1,2}[:时点])", after) and _PLAN_WORDS.search(after + sentence[:end]) and _near_plan(sentence, end):
            return day
    match = _AFTER.search(sentence)
    if match and dated:
        return dated + timedelta(days=int(number(match[1]) or 0))
    return None


def _near_plan(sentence: str, end: int) -> bool:
    """Say whether a date belongs to the plan, not to a quarter's report named in the same sentence."""
    after = sentence[end : end + 40]
    plan, quarter = _PLAN_WORDS.search(after), re.search(r"季|进展", after)
    if plan:
        return not quarter or plan.start() < quarter.start()
    return not quarter


def _quarters(sentences: Sequence[tuple[str, str]], year: int) -> tuple[tuple[date, ...], Code | None, str]:
    """Read when the four quarterly reports are due; a reason where it is a guess."""
    for sentence, where in sentences:
        if ("季" in sentence or "进展" in sentence or "月" in sentence) and re.search(r"报|送|提交|反馈", sentence):
            found = _by_quarter(sentence, year)
            if found:
                return found, None, where
    for sentence, where in sentences:
        match = _MONTHLY.search(sentence)
        if match:
            day = int(number(match[1]) or 0)
            return _last_months(year, day), Code.MONTHLY_REPORTS, where
    return _last_months(year, 30), Code.DUE_GUESSED, ""


def _by_quarter(sentence: str, year: int) -> tuple[date, ...]:
    """Read the four days from one sentence, or none."""
    match = _LAST_MONTH.search(sentence)
    if match:
        return _last_months(year, int(number(match[1]) or 30))
    match = _FOLLOWING.search(sentence)
    if match:
        return tuple(_shift(year, 3 * q + 1, int(number(match[1]) or 1)) for q in range(1, 5))
    listed = _listed(sentence, year)
    if listed:
        return listed
    return _last_months(year, 31) if _END.search(sentence) else ()


def _last_months(year: int, day: int) -> tuple[date, ...]:
    """The given day of March, June, September and December."""
    return tuple(_shift(year, 3 * q, day) for q in range(1, 5))


def _shift(year: int, month: int, day: int) -> date:
    """Make a date whose month may run into the next year."""
    more, month = divmod(month - 1, 12)
    return date(year + more, month + 1, min(max(day, 1), monthrange(year + more, month + 1)[1]))


def _listed(sentence: str, year: int) -> tuple[date, ...]:
    """Read days that are listed one by one: 3月25日、6月25日、9月25日、12月25日 or 3、6、9、12月25日."""
    match = _MONTHS_DAY.search(sentence)
    if match:
        months = [int(number(part) or 0) for part in re.findall(_N, match[1])]
        days = [_shift(year, month, int(number(match[4]) or 1)) for month in months if 1 <= month <= 12]
    else:
        days = [day for _, day in _dates(sentence, year)]
    by_quarter: dict[int, date] = {}
    for day in days:
        ends = day.month % 3 == 0
        quarter = day.month // 3 if ends else (day.month - 1) // 3
        if day.month % 3 == 1 and quarter == 0:
            quarter = 4
            day = date(year + 1, day.month, day.day)  # noqa: PLW2901 - January reports the fourth quarter
        if ends or day.month % 3 == 1:
            by_quarter.setdefault(quarter, day)
    if len(by_quarter) < 3:
        return ()
    usual = next(iter(by_quarter.values())).day
    return tuple(by_quarter.get(q) or _shift(year, 3 * q, usual) for q in range(1, 5))


def _first_quarter(sentences: Sequence[tuple[str, str]]) -> int:
    """Read from which quarter on reports are due."""
    match = next(filter(None, (_FROM_QUARTER.search(text) for text, _ in sentences if "报" in text)), None)
    return int(number(match[1]) or 1) if match else 1
