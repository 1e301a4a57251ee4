"""Reads a consolidated workbook that was written in another language: its headers and words to choose from are put back into Chinese."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from toolkit.model.column_kinds import plain
from toolkit.model.decisions import EDITABLE, LOTS, RULED_VALUE, DecisionSubject, Editable
from toolkit.model.evidence import NO_FILE
from toolkit.model.state_synonyms import STATES
from toolkit.model.words import SOURCE, Words

_LETTER = "〔{1}〕{2}号"  # how a letter of supervision is numbered
Rows = Sequence[Sequence[object]]


def language_of(sheets: Collection[str], tongues: Callable[[], Sequence[Words]]) -> Words:
    """Tell a workbook's language by the names of its sheets; `tongues` is asked only where they are not Chinese."""
    names = {editable.sheet for editable in EDITABLE}
    if not names.isdisjoint(sheets):
        return SOURCE
    return next((words for words in tongues() if not {words.sheet_name(name) for name in names}.isdisjoint(sheets)), SOURCE)


def in_chinese(rows: Rows, sheet: str, words: Words, chosen: Collection[str]) -> Rows:
    """Give the rows of one of the clerk's sheets with its headers, and the words that are chosen from lists, in Chinese; what was written freely stays.

    `chosen` are the words of the forms: titles of columns and choices.
    """
    if words.is_source:
        return rows
    editables = [editable for editable in EDITABLE if editable.sheet == sheet]
    titles = {words.shown(title, sheet): title for editable in editables for title in _titles(editable)}
    head = next((at for at, row in enumerate(rows) if words.shown(editables[0].keys[0], sheet) in map(plain, row)), None)
    if head is None:
        return rows
    header = [titles.get(plain(value), value) for value in rows[head]]
    ways = {column: way for column, title in enumerate(header) if (way := _way(str(title), editables, words, chosen))}
    letter = _letter(words)

    def cell(column: int, value: object) -> object:
        text = plain(value)
        found = letter.fullmatch(text) if letter and header[column] == "文号" else None
        if found:
            return _LETTER.replace("{1}", found[1]).replace("{2}", found[2])
        return ways[column].get(_bare(text), value) if column in ways else value

    return [*rows[:head], header, *([cell(at, value) if at < len(header) else value for at, value in enumerate(row)] for row in rows[head + 1 :])]


def _titles(editable: Editable) -> Iterator[str]:
    yield from (*editable.keys, *editable.fields, *editable.former, *editable.reported)


def _way(title: str, editables: Sequence[Editable], words: Words, chosen: Collection[str]) -> Mapping[str, str]:
    """Give the way back of a column's words; none for what is written freely."""
    known: set[str] = set()
    for editable in editables:
        if title in editable.fields:
            choices = editable.fields[title]
            known |= {*choices, *(STATES if title == RULED_VALUE else ())}
            known |= set(LOTS.values()) if choices and editable.about is DecisionSubject.FINDING else set()
        elif title in _titles(editable):
            known |= {*chosen, *STATES, NO_FILE}
    return {_bare(words.shown(word)): word for word in known}


def _letter(words: Words) -> re.Pattern[str] | None:
    shown = words.texts.get(_LETTER)
    return re.compile(re.escape(shown).replace(re.escape("{1}"), r"(\d+)").replace(re.escape("{2}"), r"(\d+)")) if shown else None


def _bare(text: str) -> str:
    return text.strip(" .。").casefold().removesuffix(" light")
