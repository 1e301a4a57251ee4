"""A line cut into what it holds: item text and responsibilities, run-on paragraphs taken apart."""

import re
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.attribution import Attribution, announces, parse, with_colons
from toolkit.notice.character_forms import fold_characters, groups
from toolkit.notice.item_markers import Level, Marker, read_marker
from toolkit.notice.responsibility_labels import Duty, kind_of, labels
from toolkit.notice.role_lists import lists_units, says_roles, says_who_leads
from toolkit.notice.time_limits import is_time


class Kind(Enum):
    """What a piece of a line is."""

    ITEM = "item"
    PLAIN = "plain"
    DUTY = "duty"


class Sign(Enum):
    """What made a stretch of text a responsibility: a label or brackets, a sentence's own verb, the head of a sentence, or nothing but names."""

    LABEL = "label"
    VERB = "verb"
    NAMES = "names"
    PROSE = "prose"


class Piece(NamedTuple):
    """A numbered item, running text, or a responsibility, which has a sign and, read once and for all, its attribution."""

    kind: Kind
    text: str
    marker: Marker | None = None
    sign: Sign = Sign.LABEL
    printed: str = ""
    read: Attribution = Attribution()


_RUN_ON = lazy_pattern(r"(?<=[。;)])\s*(?=(?:\d{1,3}\s*[.、](?!\d)|\([一二三四五六七八九十]{1,3}\)))")
_NEXT_ITEM = lazy_pattern(r"\s+(?=(?:\d{1,3}\s*[.、](?!\d)|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、))")
_BARE_LABEL = lazy_pattern(r"(?:^|[^位门体构室方导人限间点求])\s*:$")
_SHARES_OUT = lazy_pattern(r"(?:负责|配合|牵头|落实|参与|参加|协助|分工|协办|实施|完成|办结|推进|底前|日前|年底|全年)$")
_DASHED = lazy_pattern(r"(?<=[。;])\s*(?:—{1,2}|-{1,2}|─{1,2})\s*(?P<units>[^—。─]{3,})$")
_NOTE_SIGN = lazy_pattern(r"(?:[①-⑳]|\[\d{1,2}\]|\*)\s*$")
_BY_WHOM = lazy_pattern(r"(?:(?<=[。;:])|(?<=^)|(?<=[、.)]))\s*由[^。;]+")
_STOPS = "。.;；,， "


def cut_line(text: str, *, prose: bool = False) -> list[Piece]:
    """Cut a line into pieces in order; a line without a responsibility is one piece. With `prose` a sentence that begins 由A负责，… has one too."""
    spans = _duties(text)
    if prose and not spans:
        spans = _in_prose(text)
    if not spans:
        return [_piece(text)]
    pieces: list[Piece] = []
    at = 0
    for start, end, sign, read in spans:
        pieces.extend(_texts(text[at:start], several=len(spans) > 1))
        pieces.append(Piece(Kind.DUTY, text[start:end], None, sign, read=read))
        at = end
    rest = text[at:]
    above = next((place for place in range(len(pieces) - 1, -1, -1) if pieces[place].kind is not Kind.DUTY), None)
    if above is None or read_marker(rest.lstrip(_STOPS)):
        pieces.extend(_texts(rest.lstrip(_STOPS), several=True))
    elif rest.strip():
        pieces[above] = _with_tail(pieces[above], rest.strip())
    return pieces


def _with_tail(piece: Piece, rest: str) -> Piece:
    """Put what follows the last responsibility to its item; a number that stood alone before it is the item's number: 一、由A负责，完成…."""
    text = _tail(piece.text, rest)
    marker = read_marker(text) if piece.kind is Kind.PLAIN else None
    return _piece(text) if marker and marker.length >= len(piece.text) else piece._replace(text=text)


def _tail(text: str, rest: str) -> str:
    """Join what follows the last responsibility to the item it stands in; a stop is not doubled."""
    if text[-1:] in "。.；;！!":
        rest = rest.lstrip(_STOPS)
    elif not rest.strip(_STOPS):
        rest = rest[:1]
    return text + rest


def _texts(text: str, *, several: bool) -> list[Piece]:
    """Make pieces of the text between responsibilities; where there are several, numbers inside begin new items."""
    if not text.strip(_STOPS):
        return []
    folded = fold_characters(text)
    cuts = [match.end() for match in _RUN_ON.finditer(folded)] if several or _heads_section(text) else []
    edges = [0, *cuts, len(text)]
    return [_piece(text[start:end]) for start, end in pairwise(edges) if text[start:end].strip()]


def _heads_section(text: str) -> bool:
    """Say whether a line begins with a wide number (一、 or （一）) that may run on into its first item."""
    marker = read_marker(text.strip())
    return bool(marker and marker.level <= Level.SECTION)


def _piece(text: str) -> Piece:
    """Make a piece of running text, with its number taken off."""
    plain = text.strip()
    marker = read_marker(plain)
    if marker and plain[marker.length :].strip():
        return Piece(Kind.ITEM, plain[marker.length :].strip(), marker, printed="".join(plain[: marker.length].split()))
    return Piece(Kind.PLAIN, plain)


def _duties(text: str) -> list[tuple[int, int, Sign, Attribution]]:
    """Find the responsibilities of a line as (start, end, sign, what it says), in order, not overlapping."""
    folded = fold_characters(text)
    found = [span for group in groups(folded) if (span := _bracket(text, folded, group))]
    taken = [(start, end) for start, end, _ in found]
    for match in labels(folded):
        start = match.start()
        if any(begin <= start < end for begin, end in taken):
            continue
        if start > 0 and _BARE_LABEL.search(match.group()) and not lists_units(re.split("[,;。]", folded[match.end() :])[0]):
            continue
        if start > 0 and kind_of(match) is Duty.OTHER and not taken:
            continue
        if start > 0 and not text[:start].strip():
            start = 0
        end = _end(folded, match.end())
        found.append((start, end, Sign.LABEL))
        taken.append((start, end))
    first = min((start for start, _, _ in found), default=len(text))
    if len(found) <= 1 and (span := _sentence(text[:first], folded[:first], alone=not found)):
        found.append(span)
    read = [(*span, parse(text[span[0] : span[1]])) for span in sorted(found, key=lambda span: span[:2])]
    return [span for span in read if announces(text[span[0] : span[1]], span[3])]


def _bracket(text: str, folded: str, group: tuple[int, int]) -> tuple[int, int, Sign] | None:
    """Judge whether a bracket group is a responsibility."""
    start, end = group
    inside = text[start + 1 : end - 1 if folded[end - 1] == ")" else end]
    if not inside.strip() or len(inside) > 600:
        return None
    named = labels(fold_characters(with_colons(inside)))
    if named and (named[0].start() == 0 or lists_units(inside[: named[0].start()])):
        return start, end, Sign.LABEL
    if says_who_leads(inside) and lists_units(inside):
        return start, end, Sign.LABEL
    closes = not folded[end:].strip(" 。.;") or folded[end - 1 : end + 1] == ")" or folded[start - 1 : start] in "。;" or folded[end : end + 1] in ";。"
    if says_roles(inside) and closes:
        return start, end, Sign.LABEL
    at_end = not folded[end:].strip(" 。.;") or folded[start - 1 : start] in "。;"
    alone = start > 0 and _NOTE_SIGN.sub("", folded[:start])[-1:] in "。;."
    return (start, end, Sign.NAMES) if at_end and alone and lists_units(inside) else None


def _end(folded: str, start: int) -> int:
    """Find where an unbracketed responsibility ends: at its full stop, before the next item, or with the line."""
    ends = [len(folded)]
    stop = folded.find("。", start)
    if stop >= 0:
        ends.append(stop + 1)
    match = _NEXT_ITEM.search(folded, start)
    if match:
        ends.append(match.start())
    for begin, _ in groups(folded[start:]):
        if labels(folded[start + begin + 1 :]) and folded[start + begin - 1] in "。; ":
            ends.append(start + begin)
    return min(ends)


def _in_prose(text: str) -> list[tuple[int, int, Sign, Attribution]]:
    """Find the clauses at the head of a sentence that say who does what follows: 由A牵头，B配合，6月底前建成."""
    folded = fold_characters(text)
    for match in _BY_WHOM.finditer(folded):
        ends = [comma.start() + 1 for comma in re.finditer(",", folded[: match.end()]) if comma.start() > match.start()]
        end = next((end for end in reversed(ends) if says_roles(text[match.start() : end - 1])), None)
        if end is not None:
            read = parse(text[match.start() : end - 1])
            return [(match.start(), end, Sign.PROSE, read)] if announces(text[match.start() : end - 1], read) else []
    return []


def _sentence(text: str, folded: str, *, alone: bool) -> tuple[int, int, Sign] | None:
    """Find a last sentence that only shares out work: …。由A牵头，B配合。 Where nothing else does (`alone`) its last clauses may: …，由A牵头，B配合。"""
    body = folded.rstrip(" 。.;")
    dash = _DASHED.search(body)
    if alone and dash and (lists_units(dash["units"]) or says_roles(dash["units"])):
        return dash.start(), len(text), Sign.VERB if says_roles(dash["units"]) else Sign.NAMES
    last = body.rfind("。")
    if last > 0 and is_time(body[last + 1 :]):  # …市财政局配合。长期坚持。
        body = body[:last]
    start = body.rfind("。") + 1
    marker = read_marker(text.strip()) if start == 0 else None
    if _SHARES_OUT.search(body) and not marker and says_roles(text[start:]):
        return start, len(text), Sign.VERB
    by = body.rfind(",由", start) if alone else -1
    return (by + 1, len(text), Sign.VERB if read_marker(text.strip()) else Sign.PROSE) if by > 0 and says_roles(text[by + 1 :]) else None
