"""A reporting period: a year, a part of it (half-year, quarter, month, half of a month, week), or a named span of 日程; and which form it collects."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache, total_ordering
from typing import Self

from toolkit.model.command_error import CommandError
from toolkit.model.lazy_pattern import lazy_pattern

_PART = r"[Qq](?P<quarter>[1-4])|[Hh](?P<half>[12])|[Ww](?P<week>0?[1-9]|[1-4]\d|5[0-3])|[Mm](?P<month>0?[1-9]|1[0-2])(?P<piece>[ABab])?"
_WRITTEN = lazy_pattern(rf"(?P<year>20\d\d)(?:{_PART}|-(?P<name>[^_]+))?(?:_(?P<form>.+))?")
_NUMERALS = "一二三四"
FIRST_HALF = 15  # the day on which the first half of a month ends
_LONGEST = 30  # characters of a name in a key, which names folders
_LIKE_A_PART = lazy_pattern(r"[A-Za-z]?[\d/.\-]*[ABab]?")  # 2023-Q1 and 2023-03 are no names
_UNSAFE = lazy_pattern(r'[<>:"/\\|?*_\s\x00-\x1f\x7f]')  # what folders on Windows do not stand, and what parts a key

Span = tuple[date, date]
_named_spans: ContextVar[Callable[[str], Span | None] | None] = ContextVar("named_spans", default=None)


@contextmanager
def named_spans(find: Callable[[str], Span | None]) -> Iterator[None]:
    """Let named spans (2023-汛前排查) have the days that a calendar gives their keys, for as long as it is at hand."""
    token = _named_spans.set(find)
    try:
        yield
    finally:
        _named_spans.reset(token)


def safe_name(text: str) -> str:
    """Give the name of a span or form as it stands in a key: without what a folder on Windows does not stand; '' where no name is left."""
    name = _UNSAFE.sub("", text)[:_LONGEST].strip(".- ")
    return "" if _LIKE_A_PART.fullmatch(name) else name


def not_understood(text: str) -> CommandError:
    """Say that a text is no period, and how one is written."""
    return CommandError(f"看不懂期间“{text}”。", "请写 2023（全年，工作方案）或 2023Q1 到 2023Q4（季度进展）。")


def _weeks_of(year: int) -> int:
    """Count the weeks of an ISO year: the 28th of December is always in its last."""
    return date(year, 12, 28).isocalendar().week


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A year, or one part of it: quarter 1–4, month 1–12 (`piece` 1 or 2: its halves), half-year 1–2, ISO week 1–53, or a `name`; 0 and '' mean not cut so.

    `form` is '' for the first form that 日程 names for a span, else the form's name. `first` and `last` are the days of a named span, which are no part of
    what makes two periods the same; None: those of the calendar that is at hand (see `named_spans`), else its year's.
    """

    year: int
    quarter: int = 0
    month: int = 0
    half: int = 0
    piece: int = 0
    week: int = 0
    name: str = ""
    form: str = ""
    first: date | None = field(default=None, compare=False)
    last: date | None = field(default=None, compare=False)

    @staticmethod
    @lru_cache(maxsize=1024)  # every file of a round names the same period
    def parse(text: str) -> "Period":
        """Read a key: `2023`, `2023H1`, `2023Q1`, `2023M05`, `2023M05A`, `2023W07`, `2023-汛前排查`, each also with `_表单`.

        Raises CommandError for anything else.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise not_understood(text)
        year, quarter, month, half, week = (int(found[name] or 0) for name in ("year", "quarter", "month", "half", "week"))
        name, form = found["name"] or "", found["form"] or ""
        if week > _weeks_of(year) or safe_name(name) != name or safe_name(form) != form:
            raise not_understood(text)
        return Period(year, quarter, month, half, " AB".index((found["piece"] or " ").upper()), week, name, form)

    @classmethod
    def named(cls, name: str, first: date, last: date, *, year: int = 0) -> Self:
        """Make a named span; its year is that of its first day where none is given."""
        return cls(year or first.year, name=safe_name(name), first=first, last=last)

    def __str__(self) -> str:
        """Write its key: 2023, 2023H1, 2023Q1, 2023M05, 2023M05A, 2023W07, 2023-汛前排查, 2023Q1_预算执行."""
        return f"{self.year}{self._part}{f'-{self.name}' if self.name else ''}{f'_{self.form}' if self.form else ''}"

    def __lt__(self, other: Self) -> bool:
        """Whether it comes before: years by number, a year before its parts, these by their ends."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, bool, date, date, str]:
        return self.year, self.is_part, self.ends, self.begins, str(self)

    @property
    def _part(self) -> str:
        marks = (("Q", self.quarter, 1), ("H", self.half, 1), ("W", self.week, 2), ("M", self.month, 2))
        return "".join(f"{mark}{number:0{digits}}" for mark, number, digits in marks if number) + " AB"[self.piece].strip()

    @property
    def is_part(self) -> bool:
        """Whether it is less than a whole year, or bears a name: a round of progress, not the year with its work plan."""
        return bool(self._part or self.name)

    @property
    def span(self) -> Self:
        """The same span, whatever form it collects: the key of the first form."""
        return replace(self, form="")

    @property
    def span_label(self) -> str:
        """Name its span for a reader: 2023年, 2023年第一季度, 2023年5月, 2023年上半年, 2023年第7周, 2023年汛前排查."""
        if self.name:
            return f"{self.year}年{self.name}"
        quarter = f"第{_NUMERALS[self.quarter - 1]}季度" if self.quarter else ""
        half = ("", "上半年", "下半年")[self.half]
        month = f"{self.month}月{('', '上半月', '下半月')[self.piece]}" if self.month else ""
        return f"{self.year}年{quarter}{half}{month}{f'第{self.week}周' if self.week else ''}"

    @property
    def label(self) -> str:
        """Name it for a reader; where it is not the first form of its span, with the form: 2023年第一季度（预算执行）."""
        return f"{self.span_label}（{self.form}）" if self.form else self.span_label

    @property
    def spoken(self) -> tuple[str, ...]:
        """How the names of files and sheets tell it: its key, its label, and of a span's further form the span's label with the form behind."""
        return tuple(dict.fromkeys((str(self), self.label, f"{self.span_label}{self.form}")))

    @property
    def plan_quarter(self) -> int:
        """The quarter whose planned progress it is measured by: its own, of a half-year its second; 0 where a work plan names none."""
        return self.quarter or self.half * 2

    @property
    def schedule(self) -> Decimal:
        """Percent of the year gone when it ends (0–100, one decimal): 序时进度; by months where it ends with one, else by days."""
        ends, twelfths = self.ends, self.ends.month
        if ends.year > self.year:
            return Decimal(100)
        if ends.day == monthrange(ends.year, ends.month)[1] or self.piece:
            gone = Decimal(twelfths * 2 - (self.piece == 1)) * 100 / 24
        else:
            gone = Decimal(ends.timetuple().tm_yday * 100) / date(self.year, 12, 31).timetuple().tm_yday
        rounded = round(gone, 1)
        return Decimal(int(rounded)) if rounded == int(rounded) else rounded.normalize()

    @property
    def begins(self) -> date:
        """First day of the period."""
        if self.week:
            return date.fromisocalendar(self.year, self.week, 1)
        if self.name:
            return self.first or self._days()[0]
        month = self.month or (self.quarter * 3 - 2 if self.quarter else 7 if self.half == 2 else 1)
        return date(self.year, month, FIRST_HALF + 1 if self.piece == 2 else 1)

    @property
    def ends(self) -> date:
        """Last day of the period."""
        if self.week:
            return date.fromisocalendar(self.year, self.week, 7)
        if self.name:
            return self.last or self._days()[1]
        month = self.quarter * 3 or self.month or (6 if self.half == 1 else 12)
        return date(self.year, month, FIRST_HALF if self.piece == 1 else monthrange(self.year, month)[1])

    def _days(self) -> Span:
        find = _named_spans.get()
        days = find(f"{self.year}-{self.name}") if find else None
        return days or (date(self.year, 1, 1), date(self.year, 12, 31))

    def has(self, day: date) -> bool:
        """Whether a day lies in the period, its first and last day included."""
        return self.begins <= day <= self.ends

    def quarters(self) -> tuple[Self, ...]:
        """All quarters of its year, in order."""
        return tuple(type(self)(self.year, quarter) for quarter in (1, 2, 3, 4))

    def previous(self) -> Self | None:
        """Give the part of the same kind before it in the same year, or None; of a named span nothing is before, but in a calendar."""
        parts = self.cut_like()
        at = parts.index(self)
        return parts[at - 1] if at else None

    def cut_like(self) -> tuple[Self, ...]:
        """All parts of its kind in its year, in order; of a year or a named span only itself. Weeks are those of the ISO year."""
        if self.quarter:
            return tuple(replace(self, quarter=number) for number in range(1, 5))
        if self.half:
            return tuple(replace(self, half=number) for number in (1, 2))
        if self.month and not self.piece:
            return tuple(replace(self, month=number) for number in range(1, 13))
        if self.piece:
            return tuple(replace(self, month=month, piece=piece) for month in range(1, 13) for piece in (1, 2))
        return tuple(replace(self, week=week) for week in range(1, _weeks_of(self.year) + 1)) if self.week else (self,)
