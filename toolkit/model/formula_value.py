"""What a formula comes to, for readers that do not recalculate: sums, comparisons, texts and the plain functions, worked out as Excel and LibreOffice do."""

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from functools import cache

from toolkit.model.formula_terms import Cell, NotWorkedOutError, Term, terms_of

_FIRST_DAY = date(1899, 12, 30)  # day 0 of a spreadsheet, from March 1900 on
_DIGITS = 15  # that a spreadsheet keeps of a number
_ALMOST = 1e-15 * 4  # of the larger part: a difference below it is nothing, as both programs have it
_VALUE, _DIVISION = "#VALUE!", "#DIV/0!"
Look = Callable[[Cell], object]


class Fault(Exception):  # noqa: N818 - what a cell shows, not a fault of ours
    """A spreadsheet's own error, such as #DIV/0!."""


class ErrorValue(str):
    """What a formula shows that cannot be worked out: #DIV/0!, #VALUE!."""

    __slots__ = ()


def formula_value(formula: str, look: Look) -> object:
    """Give a float, text, bool or ErrorValue; None where the formula holds something that is not worked out here. `look` gives what a cell holds.

    A date in a cell counts as its day's number, as in every spreadsheet. `look` may itself raise NotWorkedOutError.
    """
    try:
        value = _single(_terms(formula), look)
    except Fault as fault:
        return ErrorValue(str(fault))
    except (NotWorkedOutError, RecursionError, OverflowError):
        return None
    return 0.0 if value is None else value


@cache
def _terms(formula: str) -> Term:
    return terms_of(formula)


def _single(term: Term, look: Look) -> object:
    """Work out a term that stands for one value."""
    if term.sign == "value":
        return term.value
    if term.sign == "cell" and isinstance(term.value, Cell):
        return _held(look(term.value))
    if term.sign in _LAZY:
        return _LAZY[term.sign](term, look)
    if term.sign in _OVER_RANGES:
        return _OVER_RANGES[term.sign]([value for part in term.parts for value in _all(part, look)])
    if term.sign in _PLAIN:
        least, most, work = _PLAIN[term.sign]
        if not least <= len(term.parts) <= most:
            raise NotWorkedOutError(term.sign)
        return work(*(_single(part, look) for part in term.parts))
    raise NotWorkedOutError(term.sign)


def _all(term: Term, look: Look) -> Iterator[tuple[object, bool]]:
    """Give each value of a range, or the one of another term, with whether it stands in a cell."""
    if term.sign == ":" and isinstance(term.value, tuple):
        first, last = term.value
        rows, columns = range(first.row, last.row + 1), range(first.column, last.column + 1)
        yield from ((_held(look(Cell(first.sheet, row, column))), True) for row in rows for column in columns)
    else:
        yield _single(term, look), term.sign == "cell"


def _held(value: object) -> object:
    if isinstance(value, ErrorValue):
        raise Fault(value)
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, date):
        days = (value.date() if isinstance(value, datetime) else value) - _FIRST_DAY
        part = (value - datetime.combine(value.date(), datetime.min.time(), value.tzinfo)).total_seconds() / 86400 if isinstance(value, datetime) else 0
        return float(days.days + part)
    return float(value) if isinstance(value, int | float | Decimal) else str(value)


def _number(value: object) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        try:
            return float(value.strip())
        except ValueError:
            raise Fault(_VALUE) from None
    return float(value) if isinstance(value, int | float) else 0.0


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**_DIGITS else f"{value:.{_DIGITS}g}"
    return str(value)


def _truth(value: object) -> bool:
    if isinstance(value, str):
        raise Fault(_VALUE)
    return bool(value)


def _order(left: object, right: object) -> int:
    """Compare as spreadsheets do: numbers before texts before truths, texts whatever their case; a blank is nothing of the other's kind."""
    left, right = (_nothing_like(other) if value is None else value for value, other in ((left, right), (right, left)))
    kinds = [2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0 for value in (left, right)]
    if kinds[0] != kinds[1]:
        return kinds[0] - kinds[1]
    if isinstance(left, str) and isinstance(right, str):
        left, right = left.casefold(), right.casefold()
        return (left > right) - (left < right)
    difference = _add(_number(left), -_number(right))
    return (difference > 0) - (difference < 0)


def _nothing_like(other: object) -> object:
    return "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0


def _add(left: float, right: float) -> float:
    total = left + right
    return 0.0 if abs(total) < max(abs(left), abs(right)) * _ALMOST else total


def _divide(left: object, right: object) -> float:
    below = _number(right)
    if not below:
        raise Fault(_DIVISION)
    return _number(left) / below


def _rounded(rule: str) -> Callable[..., float]:
    def work(value: object, digits: object = None) -> float:
        number = _number(value)
        exact = Decimal(f"{number:.{_DIGITS}g}")
        return float(exact.quantize(Decimal(1).scaleb(-int(_number(digits))), rule)) if math.isfinite(number) else number

    return work


def _power(left: object, right: object) -> float:
    try:
        return math.pow(_number(left), _number(right))
    except ValueError:
        raise Fault("#NUM!") from None


def _numbers(values: list[tuple[object, bool]]) -> list[float]:
    """Give the numbers among values: texts and truths in cells are passed over, as SUM does."""
    return [_number(value) for value, in_cell in values if value is not None and not (in_cell and isinstance(value, str | bool))]


def _mean(values: list[tuple[object, bool]]) -> float:
    numbers = _numbers(values)
    return _divide(math.fsum(numbers), float(len(numbers)))


def _if(term: Term, look: Look) -> object:
    if not 2 <= len(term.parts) <= 3:
        raise NotWorkedOutError("IF")
    if _truth(_single(term.parts[0], look)):
        return _single(term.parts[1], look)
    return _single(term.parts[2], look) if len(term.parts) > 2 else False


def _if_error(term: Term, look: Look) -> object:
    first, other = term.parts
    try:
        return _single(first, look)
    except Fault:
        return _single(other, look)


def _is_error(term: Term, look: Look) -> bool:
    try:
        _single(term.parts[0], look)
    except Fault:
        return True
    return False


def _count_ifs(term: Term, look: Look) -> float:
    pairs = list(zip(term.parts[::2], term.parts[1::2], strict=True))
    columns = [[value for value, _ in _all(area, look)] for area, _ in pairs]
    wanted = [_single(what, look) for _, what in pairs]
    return float(sum(all(_fits(value, what) for value, what in zip(row, wanted, strict=True)) for row in zip(*columns, strict=True)))


def _fits(value: object, what: object) -> bool:
    """Whether a cell meets a criterion that is a plain value; comparisons and patterns are not worked out here."""
    if isinstance(what, str) and (what[:1] in {"<", ">"} or any(sign in what for sign in "*?~")):
        raise NotWorkedOutError(what)
    what = what.removeprefix("=") if isinstance(what, str) else what
    return (value is None or value == "") if what == "" else value is not None and _order(value, what) == 0


_LAZY: Mapping[str, Callable[[Term, Look], object]] = {
    "IF": _if, "IFERROR": _if_error, "ISERROR": _is_error, "COUNTIFS": _count_ifs, "COUNTIF": _count_ifs,
}  # fmt: skip
_OVER_RANGES: Mapping[str, Callable[[list[tuple[object, bool]]], object]] = {
    "SUM": lambda values: math.fsum(_numbers(values)),
    "AVERAGE": _mean,
    "MIN": lambda values: min(_numbers(values), default=0.0),
    "MAX": lambda values: max(_numbers(values), default=0.0),
    "COUNT": lambda values: float(sum(isinstance(value, float) for value, _ in values)),
    "COUNTA": lambda values: float(sum(value is not None for value, _ in values)),
    "AND": lambda values: all(_truth(value) for value, in_cell in values if not (in_cell and isinstance(value, str))),
    "OR": lambda values: any(_truth(value) for value, in_cell in values if not (in_cell and isinstance(value, str))),
}
_PLAIN: Mapping[str, tuple[int, int, Callable[..., object]]] = {
    "+": (2, 2, lambda left, right: _add(_number(left), _number(right))),
    "-": (2, 2, lambda left, right: _add(_number(left), -_number(right))),
    "*": (2, 2, lambda left, right: _number(left) * _number(right)),
    "/": (2, 2, _divide),
    "^": (2, 2, _power),
    "&": (2, 2, lambda left, right: _text(left) + _text(right)),
    "%": (1, 1, lambda value: _number(value) / 100),
    "negative": (1, 1, lambda value: -_number(value)),
    "=": (2, 2, lambda left, right: _order(left, right) == 0),
    "<>": (2, 2, lambda left, right: _order(left, right) != 0),
    "<": (2, 2, lambda left, right: _order(left, right) < 0),
    ">": (2, 2, lambda left, right: _order(left, right) > 0),
    "<=": (2, 2, lambda left, right: _order(left, right) <= 0),
    ">=": (2, 2, lambda left, right: _order(left, right) >= 0),
    "ROUND": (2, 2, _rounded(ROUND_HALF_UP)),
    "ROUNDUP": (2, 2, _rounded(ROUND_UP)),
    "ROUNDDOWN": (2, 2, _rounded(ROUND_DOWN)),
    "INT": (1, 1, lambda value: float(math.floor(_number(value)))),
    "ABS": (1, 1, lambda value: abs(_number(value))),
    "NOT": (1, 1, lambda value: not _truth(value)),
    "N": (1, 1, lambda value: 0.0 if isinstance(value, str) else _number(value)),
    "TRIM": (1, 1, lambda value: " ".join(part for part in _text(value).split(" ") if part)),
    "LEN": (1, 1, lambda value: float(len(_text(value)))),
    "ISBLANK": (1, 1, lambda value: value is None),
    "ISNUMBER": (1, 1, lambda value: isinstance(value, float)),
    "CONCATENATE": (1, 255, lambda *values: "".join(map(_text, values))),
}
