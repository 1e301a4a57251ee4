"""Quantified targets out of a task's own sentences: what, comparator, number, unit, measure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Doubt, Indicator, Task
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.doubts import doubt
from toolkit.notice.indicator_naming import VERB_HEAD, NamedTarget, Segment, measure_of, name_of
from toolkit.notice.latin_names import counts_something, is_latin
from toolkit.notice.quantities import TIME, Quantity, quantities, targets

_COUNTABLE = lazy_pattern(r"[\d０-９一二两三四五六七八九十半翻倍]")
_CLAUSE = lazy_pattern(r"[;。:!\n]|(?<!\d),|,(?!\d{3}(?!\d))")
_LONGEST_NAME = 24
_FIELD = lazy_pattern(r"(?:目标|内容|措施|举措|要求|标准|规模|投资|计划|任务|指标|时限|时间|安排|地点|面积|资金|工程|行动|项目)$")
_AMOUNT = lazy_pattern(r"\s*(?:[≥≤><]|不低于|不少于|不超过|不高于|至少|达到|控制在|增长)?\s*\d+(?:\.\d+)?(?!\s*[.、年月号日\d)])")
_QUOTE = lazy_pattern(r"“[^”]*”|‘[^’]*’|《[^》]*》|\([^()]*\)")
_SEPARATOR = lazy_pattern(r"、|和|以及|及(?!以上)|与|并(?!联)")


def read_indicators(tasks: Sequence[Task], places: Sequence[str]) -> tuple[tuple[Indicator, ...], tuple[Doubt, ...]]:
    """List the quantified targets of all tasks in order; a range counts by its lower end and is put in doubt."""
    found: list[Indicator] = []
    doubts: list[Doubt] = []
    for task, where in zip(tasks, places, strict=True):
        read = find_targets(task.number, task.text)
        found += read.indicators
        doubts += [doubt(Code.TARGET_IS_RANGE, where, quote, number=task.number) for quote in read.ranges]
        doubts += [doubt(Code.NUMBER_LEFT_OVER, where, quote, other=guess, number=task.number) for quote, guess in read.left]
    return tuple(found), tuple(doubts)


class Targets(NamedTuple):
    """The targets of a text, the quotes of those that are ranges, and the clauses with a number that is in no target, each with a guess or ''."""

    indicators: list[Indicator]
    ranges: list[str]
    left: list[tuple[str, str]]


def find_targets(number: str, text: str) -> Targets:
    """Give the targets in a text; a number with a measure that is in none of them is left for the clerk."""
    read = Targets([], [], [])
    target = NamedTarget()
    for clause in _clauses(text):
        verb_of_list = ""
        if not _COUNTABLE.search(clause):
            continue
        numbers = quantities(clause)
        segments = list(_segments(clause, numbers))
        for count, segment in enumerate(segments):
            made = name_of(segment, verb_of_list, target if count else replace(target, list_open=False))
            if made is None:
                if _is_measured(segment.quantity):
                    read.left.append((segment.quote, ""))
                continue
            name, verb, soft = made
            verb_of_list = verb or verb_of_list
            target = NamedTarget(name, soft, list_open=True)
            quantity = segment.quantity
            read.indicators.append(
                Indicator(number, name, quantity.comparator, quantity.value, quantity.unit, measure_of(segment, name, soft=soft), segment.quote)
            )
            if quantity.ranged:
                read.ranges.append(segment.quote)
        read.left.extend(_left(clause, numbers, has_targets=bool(segments)))
    return read


def _left(clause: str, numbers: Sequence[Quantity], *, has_targets: bool) -> Iterator[tuple[str, str]]:
    """Give a clause whose numbers are not certain, or are all of a kind that only says how big each thing is."""
    unread = [number for number in numbers if number.unread]
    if unread:
        yield clause.strip(), unread[0].guess
    elif not has_targets and (any(map(_is_measured, numbers)) or (is_latin(clause) and counts_something(clause))):
        yield clause.strip(), ""


def _is_measured(quantity: Quantity) -> bool:
    """Say whether a number needs an answer: it has a measure, and is not just a time (5天) in a sentence."""
    return quantity.kind != TIME or quantity.stated


def _clauses(text: str) -> Iterator[str]:
    """Split a text into clauses at commas and stops that stand outside quotes and brackets."""
    folded = fold_characters(text)
    hidden = _QUOTE.sub(lambda match: "■" * len(match.group()), folded)
    start = 0
    for match in _CLAUSE.finditer(hidden):
        if match.group() == ":" and _names_amount(folded[start : match.start()], folded[match.end() :]):
            continue
        yield text[start : match.start()].strip()
        start = match.end()
    yield text[start:].strip()


def _names_amount(before: str, after: str) -> bool:
    """Say whether a colon stands between the name and the number of a target, as two cells give them: 新增规上企业：15家."""
    return 2 < len(before.strip()) <= _LONGEST_NAME and not _FIELD.search(before) and not _COUNTABLE.search(before) and bool(_AMOUNT.match(after))


def _segments(clause: str, found: Sequence[Quantity]) -> Iterator[Segment]:
    """Cut a clause so that each piece holds one number."""
    numbers = list(targets(clause, found))
    if not numbers:
        return
    folded = fold_characters(clause)
    edges = [0, *(_edge(folded, quantity, two) for quantity, two in pairwise(numbers)), len(clause)]
    for at, quantity in enumerate(numbers):
        start, end = edges[at], edges[at + 1]
        piece = clause[start:end].strip("、，, ")
        quote = piece.removeprefix("和").removeprefix("及")
        yield Segment(clause[start : quantity.start].lstrip("、和及与并以，, ").rstrip("：: "), quantity, clause[quantity.end : end].strip(" 、，"), quote)


def _edge(folded: str, quantity: Quantity, two: Quantity) -> int:
    """Choose where a list is cut between two of its numbers."""
    between = folded[quantity.end : two.start]
    marks = list(_SEPARATOR.finditer(between))
    if not marks:
        return quantity.end
    if marks[0].start() == 0:
        return quantity.end
    if marks[-1].end() == len(between):
        return quantity.end + marks[-1].start()
    for mark in marks:
        if VERB_HEAD.match(between[mark.end() :]):
            return quantity.end + mark.start()
    return quantity.end + marks[-1].start()
