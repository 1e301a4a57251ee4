"""A formula as a tree of terms: numbers, texts, cells, ranges, signs and functions, read from what stands in a cell."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")
    |(?P<cell>(?:(?:'(?:[^']|'')+'|[^\s'"!(),;:+\-*/^&=<>%]+)!)?\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![A-Za-z0-9_(]))
    |(?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+)
    |(?P<name>[A-Za-z][A-Za-z0-9.]*)
    |(?P<sign><>|<=|>=|[-+*/^&=<>%(),:]))""",
    re.VERBOSE,
)
_PLACE = re.compile(r"(?:(?P<sheet>.+)!)?\$?(?P<column>[A-Za-z]+)\$?(?P<row>[0-9]+)")
_BINDING = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 6}
_UNARY = 7  # -2^2 is 4, as Excel and LibreOffice have it
_TRUTHS = {"TRUE": True, "FALSE": False}


class NotWorkedOutError(ValueError):
    """Something in a formula that is not worked out here."""


class Cell(NamedTuple):
    """A cell: its sheet ('' for the formula's own), row and column from 0."""

    sheet: str
    row: int
    column: int


class Term(NamedTuple):
    """A term: `sign` is a sign, a function's name, 'value', 'cell' or ':' for a range; what it holds stands in `value` or in `parts`."""

    sign: str
    value: object = None
    parts: tuple["Term", ...] = ()


def terms_of(formula: str) -> Term:
    """Read a formula. Raises NotWorkedOutError."""
    tokens = list(_tokens(formula.removeprefix("=")))
    term, rest = _expression(tokens, 0)
    if rest:
        raise NotWorkedOutError(formula)
    return term


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise NotWorkedOutError(text)
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


_Tokens = Sequence[tuple[str, str]]


def _expression(tokens: _Tokens, least: int) -> tuple[Term, _Tokens]:
    """Read what binds more tightly than `least`."""
    left, tokens = _operand(tokens)
    while tokens:
        kind, sign = tokens[0]
        if kind == "sign" and sign == "%":
            left, tokens = Term("%", parts=(left,)), tokens[1:]
        elif kind == "sign" and _BINDING.get(sign, 0) > least:
            right, tokens = _expression(tokens[1:], _BINDING[sign])
            left = Term(sign, parts=(left, right))
        else:
            break
    return left, tokens


def _operand(tokens: _Tokens) -> tuple[Term, _Tokens]:
    if not tokens:
        raise NotWorkedOutError("…")
    (kind, text), rest = tokens[0], tokens[1:]
    if kind == "number":
        return Term("value", float(text)), rest
    if kind == "text":
        return Term("value", text[1:-1].replace('""', '"')), rest
    if kind == "cell":
        return _cell_or_range(text, rest)
    if kind == "name":
        return _called(text.upper(), rest)
    if text == "(":
        term, rest = _expression(rest, 0)
        return term, _after(rest, ")")
    if text in {"-", "+"}:
        term, rest = _expression(rest, _UNARY - 1)
        return (Term("negative", parts=(term,)) if text == "-" else term), rest
    raise NotWorkedOutError(text)


def _cell_or_range(text: str, rest: _Tokens) -> tuple[Term, _Tokens]:
    first = _place(text)
    if rest[:1] == [("sign", ":")] and len(rest) > 1 and rest[1][0] == "cell":
        return Term(":", (first, _place(rest[1][1])._replace(sheet=first.sheet))), rest[2:]
    return Term("cell", first), rest


def _place(text: str) -> Cell:
    found = _PLACE.fullmatch(text)
    if found is None:
        raise NotWorkedOutError(text)
    column = 0
    for letter in found["column"].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    sheet = found["sheet"] or ""
    return Cell(sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet, int(found["row"]) - 1, column - 1)


def _called(name: str, rest: _Tokens) -> tuple[Term, _Tokens]:
    if rest[:1] != [("sign", "(")]:
        if name in _TRUTHS:
            return Term("value", _TRUTHS[name]), rest
        raise NotWorkedOutError(name)
    rest, parts = rest[1:], []
    while rest[:1] != [("sign", ")")]:
        if rest[:1] == [("sign", ",")]:
            parts.append(Term("value", None))
        else:
            term, rest = _expression(rest, 0)
            parts.append(term)
        if rest[:1] == [("sign", ",")]:
            rest = rest[1:]
        elif rest[:1] != [("sign", ")")]:
            raise NotWorkedOutError(name)
    return Term(name, parts=tuple(parts)), rest[1:]


def _after(tokens: _Tokens, sign: str) -> _Tokens:
    if tokens[:1] != [("sign", sign)]:
        raise NotWorkedOutError(sign)
    return tokens[1:]
