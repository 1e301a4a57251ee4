"""Reads the sheet 选项 of a form definition: lists of words to choose from, with other words that mean the same."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from toolkit.edges.templates.office_sheet import OfficeBook
from toolkit.model.findings import Code

CHOICE_COLUMNS, SYNONYMS = ("名称", "值"), "同义词"
_SPLIT = re.compile(r"[、,，;；\n]")


class Choice(NamedTuple):
    """A list's words in order, and the words that stand for one of them."""

    values: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = {}


Choices = Mapping[str, Choice]


def read_choices(book: OfficeBook) -> Choices:
    """Read every list by its name; a synonym that stands for two words of a list is a fault."""
    lists: dict[str, dict[str, list[str]]] = {}
    meanings: dict[tuple[str, str], str] = {}
    for row in book.rows("选项", CHOICE_COLUMNS, ("含义", SYNONYMS)):
        name, value = row.text("名称"), row.text("值")
        if not name or not value:
            continue
        words = lists.setdefault(name, {})
        if value in words:
            row.fault(Code.REPEATED, "值", seen=value, other=name)
        words.setdefault(value, [])
        for synonym in filter(None, map(str.strip, _SPLIT.split(row.text(SYNONYMS)))):
            other = meanings.setdefault((name, synonym), value)
            if other != value:
                row.fault(Code.CONTRADICTS, SYNONYMS, seen=synonym, other=other, value=SYNONYMS)
            words[value].append(synonym)
    return {name: Choice(tuple(words), {synonym: value for value, synonyms in words.items() for synonym in synonyms}) for name, words in lists.items()}
