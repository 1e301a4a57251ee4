"""Reads the sheet 选项 of a form definition: lists of words to choose from, with other words that mean the same."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.edges.templates.office_sheet import OfficeBook, OfficeRow
from toolkit.model.answered_doubts import names_in
from toolkit.model.findings import Code
from toolkit.model.place import Place
from toolkit.model.stages import Stage, known_stage

CHOICE_COLUMNS, SYNONYMS, STAGE = ("名称", "值"), "同义词", "阶段"


class Choice(NamedTuple):
    """A list's words in order, the words that stand for one of them, and the stage of each word that does not tell it by itself.

    `unclear` are the words of which neither says the stage, with their cells.
    """

    values: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = {}
    stages: Mapping[str, str] = {}
    unclear: Mapping[str, Place] = {}


Choices = Mapping[str, Choice]


def read_choices(book: OfficeBook) -> Choices:
    """Read every list by its name; a synonym that stands for two words of a list, or is one of its words itself, is a fault."""
    lists: dict[str, dict[str, list[str]]] = {}
    cells: dict[tuple[str, str], str] = {}  # of each word of a list
    meanings: dict[tuple[str, str], str] = {}
    synonyms_at: dict[tuple[str, str], OfficeRow] = {}
    stages: dict[str, dict[str, str]] = {}
    unclear: dict[str, dict[str, Place]] = {}
    for row in book.rows("选项", CHOICE_COLUMNS, ("含义", SYNONYMS, STAGE)):
        name, value = row.text("名称"), row.text("值")
        if not name or not value:
            continue
        words = lists.setdefault(name, {})
        if value in words:
            row.fault(Code.REPEATED, "值", seen=value, other=cells[name, value])
        words.setdefault(value, [])
        cells.setdefault((name, value), row.place("值").cell)
        stage = row.choice(STAGE, tuple(Stage))
        if stage and stage != known_stage(value):
            stages.setdefault(name, {})[value] = stage
        elif not stage and known_stage(value) is None:
            unclear.setdefault(name, {})[value] = row.place(STAGE if row.has(STAGE) else "值")
        for synonym in names_in(row.text(SYNONYMS)):
            other = meanings.setdefault((name, synonym), value)
            if other != value:
                row.fault(Code.CONTRADICTS, SYNONYMS, seen=synonym, other=other, value=SYNONYMS)
            words[value].append(synonym)
            synonyms_at.setdefault((name, synonym), row)
    for (name, synonym), row in synonyms_at.items():
        if synonym in lists[name] and meanings[name, synonym] != synonym:
            row.fault(Code.REPEATED, SYNONYMS, seen=synonym, other=cells[name, synonym])
    return {
        name: Choice(
            tuple(words),
            {synonym: value for value, synonyms in words.items() for synonym in synonyms},
            stages.get(name, {}),
            unclear.get(name, {}),
        )
        for name, words in lists.items()
    }
