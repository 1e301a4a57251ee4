"""What papers are called below 文书: a folder for each kind, then the kind and whom or what it is about."""

from collections.abc import Container, Iterator

from toolkit.flows.intake.take_rulings import ADJACENT_SUFFIX
from toolkit.issuing.file_names import safe
from toolkit.model.form import LETTERS, PRINTS, REMINDERS
from toolkit.model.ladder import PAPERS, Concern, Level
from toolkit.model.supervision import Supervised


def letter_name(letter: Supervised, written: Container[str]) -> str:
    """Give the path of a letter of supervision below 文书: its folder, number and task, .docx; one `written` by an earlier program keeps its name."""
    former = f"{LETTERS}/{LETTERS}{letter.reference}_{safe(letter.task)}.docx"
    return former if former in written else f"{LETTERS}/{LETTERS}{letter.shown}_{safe(letter.task)}.docx"


def reminder_name(unit: str) -> str:
    """Name a unit's reminder below 文书: 催报/催报通知_区商务局.docx."""
    return f"{REMINDERS}/催报通知_{safe(unit)}.docx"


def node_reminder_name(unit: str) -> str:
    """Name the reminder of a unit that reported but has milestones that are overdue, below 文书: 催报/节点催报_区商务局.docx."""
    return f"{REMINDERS}/节点催报_{safe(unit)}.docx"


def print_name(unit: str) -> str:
    """Name the 签批表 of what a unit reported below 文书: 签批表/签批表_区商务局.docx."""
    return f"{PRINTS}/{PRINTS}_{safe(unit)}.docx"


def step_name(level: Level, concern: Concern) -> str:
    """Name a step's paper below 文书: 约谈/约谈通知_区商务局_任务3.docx; a reminder is a text, of who owes a return the 催报通知 serves."""
    if level is Level.REMIND and not concern.task:
        return reminder_name(concern.unit)
    what = "_".join((PAPERS[level], *(safe(name) for name in (concern.unit, concern.task) if name)))
    return f"{level.value}/{what}.{'txt' if level is Level.REMIND else 'docx'}"


def names_beside(name: str) -> Iterator[str]:
    """Give a paper's name, then the names beside it: 通报.docx, 通报（新）.docx, 通报（新2）.docx …"""
    stem, _, sort = name.rpartition(".")
    yield name
    yield f"{stem}{ADJACENT_SUFFIX}.{sort}"
    number = 2
    while True:
        yield f"{stem}（新{number}）.{sort}"
        number += 1
