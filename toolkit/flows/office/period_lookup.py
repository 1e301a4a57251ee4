"""Which round a clerk means: the calendar's rounds under whatever words, and the near ones where none or several fit."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.workspace import Workspace
from toolkit.model.command_error import CommandError
from toolkit.model.master import Deadline
from toolkit.model.period import Period, not_understood, safe_name
from toolkit.model.period_words import half_width, period_in

_SHORTEST = 2  # characters of a part of a name
_LIKE, _MOST = 40.0, 6  # how alike a round's name that is offered must be (rapidfuzz's ratio), and how many are
_BEFORE, _NOW, _AFTER = ("上", "上个", "上一"), ("本", "这", "这个", "当"), ("下", "下个", "下一")


class _Round(NamedTuple):
    """A round of the calendar."""

    period: Period
    line: Deadline

    @property
    def form(self) -> str:
        return safe_name(self.line.form)

    @property
    def names(self) -> tuple[str, ...]:
        label = self.period.span_label
        called = label.removeprefix(f"{self.period.year}年"), self.line.name, self.period.name
        names = (str(self.period), *self.period.spoken, *called, f"{label}{self.line.form}")
        return tuple(half_width(name) for name in dict.fromkeys(names) if name)

    @property
    def offered(self) -> str:
        return f"{self.period}（{self.period.span_label}，{self.line.form}）"


def period_meant(space: Workspace, text: str) -> Period:
    """Give the one round that a clerk means; of a span with several forms the first. Raises CommandError where none or several spans fit."""
    written = _written(text)
    return written if written is not None and not written.name else periods_meant(space, text)[0]


def periods_meant(space: Workspace, text: str, form: str = "") -> tuple[Period, ...]:
    """Give the rounds that a clerk means: all forms of a span where none is named behind `/` or as `form`. Raises CommandError where it is not clear."""
    if not space.master.exists():
        return (Period.parse(text),)
    rounds = [_Round(line.span, line) for line in load_master(space.master)[0].calendar]
    span, _, behind = half_width(text).partition("/")
    if span.isdigit() and behind[:2].isdigit():  # 2023/03
        span, behind = f"{span}-{behind.partition('/')[0]}", behind.partition("/")[2]
    found = _of_form(_fitting(rounds, span), safe_name(half_width(form)) or behind)
    if len({candidate.period.span for candidate in found}) == 1:
        return tuple(candidate.period for candidate in found)
    if found:
        raise CommandError(f"“{text}”有几期。", f"要哪一期：{_offer(found)}。")
    year = max((candidate.period.year for candidate in rounds), default=0)
    written = _written(text) or period_in(f"{span}/{form or behind}".rstrip("/"), year=year)
    is_of_form = written is not None and not written.is_part and any(candidate.form == written.form for candidate in rounds)
    if written is not None and (is_of_form or (not form and (_written(text) or written.year != year))):
        return (written,)  # the year of a form, or a round of another year's list, or one that was taken out of this one
    raise _none_fits(rounds, text, span, year, form or behind)


def _written(text: str) -> Period | None:
    """Read a key as the program writes it; None for other words."""
    try:
        return Period.parse(text)
    except CommandError:
        return None


def _fitting(rounds: Sequence[_Round], text: str) -> list[_Round]:
    """List the rounds that a text may mean: by its key or span, by a name, by its form, by how it lies to today."""
    year = max((candidate.period.year for candidate in rounds), default=0)
    keyed = [candidate for candidate in rounds if str(candidate.period).lower() == text.lower() and candidate.period.form]
    period = _beside_today(text) or period_in(text, year=year)
    spans = [candidate for candidate in rounds if period and candidate.period.span == period.span and period.form in {"", candidate.form}]
    named = [candidate for candidate in rounds if text in candidate.names]
    formed = [candidate for candidate in rounds if text in {half_width(candidate.line.form), candidate.form}]
    rests = ((candidate, text.removesuffix(candidate.form)) for candidate in rounds)
    both = [candidate for candidate, rest in rests if rest not in {text, ""} and candidate in _fitting_span(rounds, rest, year)]
    parts = [candidate for candidate in rounds if len(text) >= _SHORTEST and any(text in name for name in (*candidate.names, candidate.form))]
    return keyed or spans or named or formed or both or parts


def _fitting_span(rounds: Sequence[_Round], text: str, year: int) -> list[_Round]:
    """List the rounds whose span stands before a form's name: 一季度预算执行."""
    period = period_in(text, year=year)
    return [candidate for candidate in rounds if (period and candidate.period.span == period.span) or text in candidate.names]


def _of_form(rounds: list[_Round], form: str) -> list[_Round]:
    """Keep the rounds of a form, by its name or a part of it that only one bears."""
    if not form:
        return rounds
    exact = [candidate for candidate in rounds if form in {candidate.form, half_width(candidate.line.form)}]
    part = [candidate for candidate in rounds if form in candidate.form]
    return exact or (part if len({candidate.form for candidate in part}) == 1 else [])


def _beside_today(text: str) -> Period | None:
    """Read 上周, 本月, 下季度: the part of the year before, around or after today's; None for other words."""
    for kind, present in _around(now().date()).items():
        which = text.removesuffix(kind)
        if which == text:
            continue
        if which in _NOW:
            return present
        if kind != "年" and which in (*_BEFORE, *_AFTER):
            return _around(present.begins - timedelta(1) if which in _BEFORE else present.ends + timedelta(1))[kind]
    return None


def _around(day: date) -> dict[str, Period]:
    """Give the week, month, quarter and year that a day lies in, by what they are called; a week is of its ISO year."""
    week = day.isocalendar()
    return {
        "周": Period(week.year, week=week.week),
        "月": Period(day.year, month=day.month),
        "季度": Period(day.year, quarter=(day.month + 2) // 3),
        "年": Period(day.year),
    }


def _none_fits(rounds: Sequence[_Round], text: str, span: str, year: int, form: str) -> CommandError:
    """Say that no round fits, and offer those that are near."""
    from rapidfuzz import fuzz  # when nothing fits: a command that knows its round does without

    period = _beside_today(span) or period_in(span, year=year)
    if period is not None:
        parts = [candidate for candidate in rounds if candidate.period.is_part]
        near = [candidate for candidate in parts if candidate.period.begins <= period.ends and candidate.period.ends >= period.begins]
        near = [candidate for candidate in near if candidate.period.span == period.span] or near
        said = CommandError(f"日程里没有“{text}”这一期。")
    else:
        scored = [(max(fuzz.ratio(span, name) for name in (*candidate.names, candidate.form)), candidate) for candidate in rounds]
        near = [candidate for score, candidate in sorted(scored, key=lambda pair: -pair[0]) if score >= _LIKE]
        said = not_understood(text)
    if form and not near:
        said = CommandError(f"日程里没有表单“{form}”的“{text}”这一期。")
    return CommandError(said.message, f"是不是：{_offer(near)}？" if near else said.advice or f"日程里有：{_offer(rounds)}。")


def _offer(rounds: Iterable[_Round]) -> str:
    names = [candidate.offered for candidate in rounds]
    return "、".join(names[:_MOST]) + ("等" if len(names) > _MOST else "")
