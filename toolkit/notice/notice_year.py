"""Which year a notice's tasks are for, and whether that has to be asked."""

from collections.abc import Sequence
from datetime import date

from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Doubt
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.doubts import doubt
from toolkit.notice.notice_lines import Line
from toolkit.notice.notice_numerals import years

_SPAN = lazy_pattern(r"((?:19|20)\d\d)\s*年?\s*[-—–―~～至到]{1,2}\s*((?:19|20)\d\d)\s*年")
_OF_WORK = lazy_pattern(r"((?:19|20)\d\d)\s*年度?[^\d《》]{0,8}?(?:任务|重点|要点|目标|分工|计划|实事|清单|安排|行动|工作(?!情况|总结|进展|完成))")
_QUOTED = lazy_pattern(r"《[^》]*》")
_PAPER = lazy_pattern(r"\(((?:19|20)\d\d)\)\s*第?\s*\d{1,4}\s*号")
_LATE = 11  # the month from which on a notice that names no year may speak of the next


def find_year(title: str, lines: Sequence[Line], dated: date | None) -> int | None:
    """Find the year the tasks are for: the title's, else the notice's own date's, else the first one named; None where none is."""
    for text in _titles(title, lines):
        folded = fold_characters(text)
        span = _SPAN.search(folded)
        if span:  # of a plan over several years, the one it was issued in, else the first
            first, last = int(span[1]), int(span[2])
            return dated.year if dated and first <= dated.year <= last else first
        found = years(_QUOTED.sub("", folded)) or years(folded)
        if found:
            work = _OF_WORK.findall(_QUOTED.sub("", folded)) or _OF_WORK.findall(folded)
            return int(work[-1]) if len(set(found)) > 1 and work else found[0]
    if dated:
        return dated.year
    return next((year for line in lines for year in years(fold_characters(line.text))), None)


def year_in_doubt(title: str, lines: Sequence[Line], dated: date | None) -> list[Doubt]:
    """Ask about a year that was chosen among several of the title, or taken from a date late in a year or from another year than the paper's number."""
    year = find_year(title, lines, dated)
    text = next((text for text in _titles(title, lines) if years(fold_characters(text))), "")
    if text:
        folded = fold_characters(text)
        others = set(years(folded)) - {year}
        return [doubt(Code.YEAR_CHOSEN, "", text[:80], year=str(year))] if others and not _SPAN.search(folded) else []
    papers = {int(match[1]) for line in lines[:40] for match in _PAPER.finditer(fold_characters(line.text))}
    if dated and (dated.month >= _LATE or (len(papers) == 1 and papers != {dated.year})):
        return [doubt(Code.YEAR_CHOSEN, "", f"{dated.year}年{dated.month}月{dated.day}日", year=str(year))]
    return []


def _titles(title: str, lines: Sequence[Line]) -> list[str]:
    """The title, and the short lines that speak of tasks."""
    return [title, *(line.text for line in lines[:40] if len(line.text) < 60 and "任务" in line.text)]
