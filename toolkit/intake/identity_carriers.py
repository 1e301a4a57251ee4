"""What the carriers of identity that a person can see say: unit and period in the title block, period in the file's name, task numbers."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from toolkit.intake.title_similarity import plain_title
from toolkit.model.column_kinds import plain
from toolkit.model.issue import Issue
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.period import Period
from toolkit.model.period_words import period_in
from toolkit.model.returns import Grid, IdentityEvidence

SEARCHED_ROWS = 30  # a title block is at the top, also after a few rows were put above it
_UNIT = lazy_pattern(r"填报单位[:：]\s*(\S.*?)(?:\s{2,}|\s*(?:期间|截止日期|回执编号)|$)")
_PERIOD = lazy_pattern(r"期间[:：]\s*(\S.*?)(?:\s{2,}|\s*(?:截止日期|回执编号|填报单位)|$)")
_QUARTER = lazy_pattern(r"第?([一二三四1-4])季度|[Qq]([1-4])(?!\d)")
_MONTH = lazy_pattern(r"(?<!\d)(1[0-2]|[1-9])月(?!\d)")
_YEAR = lazy_pattern(r"(20\d\d)\s*年")
_LONGEST = 200  # characters of a line in a title block
_LONGEST_TABLE = 5_000  # rows
_LONGEST_NUMBER = 30  # characters of a task's number
_DIGIT = lazy_pattern(r"\d")
_FEW = 2  # numbers that must be seen before they say anything


Pairs = frozenset[int]  # of texts that stand side by side, as one number each: many issues are held against one workbook


class Doubt(NamedTuple):
    """A carrier that says something else than what was decided, and what was decided."""

    vote: IdentityEvidence
    decided: str


def top_texts(grid: Grid) -> list[str]:
    """List the different raw texts in the first rows of the sheets that a person sees."""
    tops = (row for sheet in grid.sheets if not sheet.hidden for row in sheet.rows[:SEARCHED_ROWS])
    return list(dict.fromkeys([value for row in tops for value in row if isinstance(value, str)]))


def doubts_of(grid: Grid, issue: Issue, top: Sequence[str]) -> tuple[Doubt, ...]:
    """List the visible carriers that disagree with an issue, in the order of their weight; silence is no doubt. `top` are the grid's top texts."""
    texts = _lines(top)
    label = Period.parse(issue.period).label
    found = [Doubt(IdentityEvidence("填报单位", unit, agrees=False), issue.unit) for unit in _units_in(texts) if not _is_unit(unit, issue.unit)]
    periods = [period for text in texts for period in _PERIOD.findall(text)]
    found += [Doubt(IdentityEvidence("期间", period, agrees=False), label) for period in periods if _is_other_period(period, issue)]
    name = re.split(r"[/\\›]", grid.file)[-1]
    found += [Doubt(IdentityEvidence("文件名", name, agrees=False), label)] if _names_other_quarter(name, issue) else []
    foreign = _foreign_numbers(grid, issue)
    found += [Doubt(IdentityEvidence("任务编号", "、".join(foreign[:5]), agrees=False), issue.unit)] if foreign else []
    return tuple(found)


def units_shown(top: Sequence[str]) -> list[str]:
    """List the units that title blocks name after 填报单位, as printed, in the order of their lines."""
    return _units_in(_lines(top))


def units_in(text: str) -> list[str]:
    """List the units that a line of a title block names behind 填报单位."""
    line = plain(text)
    return _UNIT.findall(line) if len(line) <= _LONGEST else []


def other_period_in(text: str, issue: Issue) -> str:
    """Give the period that a line of a title block names where it is not an issue's, '' otherwise."""
    line = plain(text)
    return next((period for period in _PERIOD.findall(line) if _is_other_period(period, issue)), "") if len(line) <= _LONGEST else ""


def is_named(unit: str, shown: Sequence[str]) -> bool:
    """Whether a unit, or a short form of its name, is among those that are shown."""
    return any(_is_unit(text, unit) for text in shown)


def _units_in(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(unit for text in texts for unit in _UNIT.findall(text)))


def neighbours(grid: Grid) -> Pairs:
    """Tell what stands side by side on the sheets that a person sees, so far down as a unit's table may reach."""
    rows = (row for sheet in grid.sheets if not sheet.hidden for row in sheet.rows[:_LONGEST_TABLE])
    pairs = ((left, right) for row in rows for left, right in pairwise(row) if left is not None and right is not None)
    return frozenset(hash((plain_title(plain(left)), plain_title(plain(right)))) for left, right in pairs)


def traits(issue: Issue) -> tuple[Pairs, ...]:
    """Give for each row of an issue the pairs by which it is known: its number beside any of its prefilled texts."""
    rows = (row for rows in issue.tables.values() for row in rows if row.shown)
    return tuple(frozenset(hash((plain_title(row.number), plain_title(plain(value)))) for value in row.shown.values()) for row in rows)


def resemblance(pairs: Pairs, rows: Sequence[Pairs]) -> float:
    """Share of an issue's rows, 0 to 1, whose number and one of its prefilled texts stand side by side in a workbook."""
    return sum(not row.isdisjoint(pairs) for row in rows) / len(rows) if rows else 0


def _lines(top: Sequence[str]) -> list[str]:
    """List what may be lines of a title block, as a person sees them."""
    texts = (plain(text) for text in top if ":" in text or "：" in text)
    return list(dict.fromkeys(text for text in texts if 0 < len(text) <= _LONGEST))


def _is_unit(seen: str, unit: str) -> bool:
    """Whether a seen name is a unit's or a short form of it: all its signs stand in the name, in order."""
    text, other = sorted((plain_title(seen), plain_title(unit)), key=len)
    signs = iter(other)
    return text == other or (len(text) > 1 and all(sign in signs for sign in text))


def _is_other_period(text: str, issue: Issue) -> bool:
    """Whether a period names another year or another part of it; a part that it leaves out agrees."""
    period, half = Period.parse(issue.period), unicodedata.normalize("NFKC", text)
    seen = period_in(text) if period.half or period.week or period.piece or period.name else None
    if seen is not None:
        return seen.year != period.year or (seen.is_part and seen.span != period.span)
    year, quarter, month = _YEAR.search(half), _QUARTER.search(half), _MONTH.search(half)
    if year and int(year[1]) != period.year:
        return True
    if quarter and not period.name:
        return _number(quarter) != period.quarter
    return month is not None and not period.quarter and not period.name and int(month[1]) != period.month


def _names_other_quarter(name: str, issue: Issue) -> bool:
    """Whether a file's name speaks of one quarter, and it is another; a name is often kept from last time, so nothing else counts."""
    quarter = Period.parse(issue.period).quarter
    named = {_number(found) for found in _QUARTER.finditer(unicodedata.normalize("NFKC", name))}
    return bool(quarter) and len(named) == 1 and quarter not in named


def _number(found: re.Match[str]) -> int:
    sign = found[1] or found[2]
    return "一二三四".index(sign) + 1 if sign in "一二三四" else int(sign)


def _foreign_numbers(grid: Grid, issue: Issue) -> list[str]:
    """List numbers of the issue's pattern that were not issued, when they are more than those that were."""
    issued = {row.number for rows in issue.tables.values() for row in rows if row.shown}
    firsts = [row[0] for sheet in grid.sheets if not sheet.hidden for row in sheet.rows if row]
    others = dict.fromkeys(text for text in firsts if isinstance(text, str) and len(text) < _LONGEST_NUMBER and text not in issued and _DIGIT.search(text))
    known, seen = {plain_title(number) for number in issued}, list(dict.fromkeys(plain_title(plain(text)) for text in others))
    patterns = {_pattern(number) for number in known if not number.isdigit()}
    if not patterns or len(seen) < _FEW:
        return []
    looks = re.compile("|".join(sorted(patterns)))
    foreign = [text for text in seen if text not in known and looks.fullmatch(text)]
    own = {plain_title(text) for text in firsts if isinstance(text, str) and text in issued} | known.intersection(seen)
    return foreign if len(foreign) >= _FEW and len(foreign) > len({number for number in own if looks.fullmatch(number)}) else []


@lru_cache(maxsize=1024)  # units share tasks
def _pattern(number: str) -> str:
    return re.sub(r"\d+", r"\\d+", re.escape(number))
