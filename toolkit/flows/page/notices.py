"""What the importer asks on the page: the rows of 待确认 with the answers that each understands, written into the master list as a clerk would."""

import hashlib
from dataclasses import replace
from typing import NamedTuple

from toolkit.edges.files import open_elsewhere, write_file
from toolkit.edges.templates.master_patch import answered
from toolkit.edges.templates.master_sheets import RowChange
from toolkit.edges.templates.read_master import load_typed
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.model.answered_doubts import ANSWERS, settle
from toolkit.model.command_error import CommandError
from toolkit.model.findings import BY_ID
from toolkit.model.master import Doubt, Master

_SHEET, _ANSWER = "待确认", "处理"


class Question(NamedTuple):
    """One row of 待确认: where in the notice, what was read, what is asked, what else it could be, what to do, and the answers that are one click."""

    key: str
    where: str
    number: str
    read: str
    reason: str
    other: str
    advice: str
    choices: tuple[str, ...]


def questions(space: Workspace) -> tuple[Question, ...]:
    """List what nobody has answered yet, in the order of the sheet; nothing where there is no master list."""
    if not space.master.exists():
        return ()
    typed = load_typed(space.master)[0]
    return tuple(_question(doubt, typed) for doubt in typed.doubts if doubt.is_open)


def answer(space: Workspace, key: str, word: str) -> tuple[str, ...]:
    """Write an answer into 处理; gives what there is to say then. Raises CommandError for a row that is none any more, and for a word that it cannot obey."""
    with open_office(space, alone=True):
        typed = load_typed(space.master)[0]
        doubt = next((doubt for doubt in typed.doubts if _key(doubt) == key and doubt.is_open), None)
        if doubt is None:
            raise CommandError("这一条已经有了回答，或者不在了。", "请刷新页面再看。")
        if not word or not _understands(typed, doubt, word):
            raise CommandError(f"“{doubt.read}”的处理不能写“{word}”。", _advice(doubt))
        row = {"位置": doubt.where, "读到的内容": doubt.read, "疑问": doubt.reason, "清单": doubt.listed}
        try:
            write_file(space.master, answered(space.master.read_bytes(), RowChange(_SHEET, row, {_ANSWER: word})))
        except PermissionError as error:
            raise open_elsewhere(space.master) from error
    with open_office(space, alone=True) as office:  # what the answer changes is registered
        return tuple(office.questions)


def _question(doubt: Doubt, typed: Master) -> Question:
    return Question(_key(doubt), doubt.where, doubt.number, doubt.read, doubt.reason, doubt.other, _advice(doubt), tuple(_choices(typed, doubt)))


def _choices(typed: Master, doubt: Doubt) -> list[str]:
    """Give the usual answers that this doubt obeys and its advice names; all that it obeys where the advice names none."""
    obeyed = [word for word in ANSWERS if _understands(typed, doubt, word)]
    return [word for word in obeyed if f"“{word}”" in _advice(doubt)] or obeyed


def _understands(typed: Master, doubt: Doubt, word: str) -> bool:
    return not settle(_with(typed, doubt, word))[1]


def _with(typed: Master, doubt: Doubt, word: str) -> Master:
    """Give the list with this one answer in it and no other."""
    return replace(typed, doubts=(replace(doubt, answer=word),))


def _advice(doubt: Doubt) -> str:
    return BY_ID[doubt.code].text.advice if doubt.code in BY_ID else "核对后选“采纳”或“忽略”。"


def _key(doubt: Doubt) -> str:
    return hashlib.sha256("\n".join((doubt.where, doubt.number, *doubt.key)).encode("utf-8", "replace")).hexdigest()[:24]
