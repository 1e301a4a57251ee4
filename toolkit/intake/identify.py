"""Finds out which issue a returned workbook is: by its seal, or by the receipt code that is printed on it."""

import re
from collections.abc import Callable
from typing import NamedTuple

from toolkit.model import seal
from toolkit.model.findings import Code, Finding
from toolkit.model.issue import Issue
from toolkit.model.kinds import plain
from toolkit.model.place import Place
from toolkit.model.returns import Grid, GridSheet
from toolkit.model.votes import Vote

_SEARCHED_ROWS = 30  # a title block is at the top, also after a few rows were put above it


class Identity(NamedTuple):
    """The issue that a workbook is, or None; findings that say how it was recognised or why not; every carrier's vote.

    Where `unsure`, a carrier that survives copying says another unit: the return waits for the clerk.
    """

    issue: Issue | None
    findings: tuple[Finding, ...]
    votes: tuple[Vote, ...] = ()
    unsure: bool = False


def identify(grid: Grid, key: bytes, seal_of: Callable[[str], str | None]) -> Identity:
    """Recognise a workbook; `seal_of` gives the seal issued under a receipt code, None for a code we never gave."""
    found = _recognise(grid, key, seal_of)
    return found if found.issue is None else _voted(grid, found, found.issue, seal_of)


def _voted(grid: Grid, found: Identity, issue: Issue, seal_of: Callable[[str], str | None]) -> Identity:
    """Let every carrier vote; a visible code that we gave to another unit makes the return wait."""
    votes = [Vote("封签" if not found.findings else "台账", issue.receipt, agrees=True)]
    votes += [Vote("回执编号", code, code == issue.receipt) for code in _receipt_codes(grid)]
    votes += [Vote(carrier, code, code == issue.receipt) for carrier, code in sorted(grid.marks.items())]
    votes += [Vote("文件名", issue.unit, agrees=True)] if issue.unit in grid.file else []
    others = [vote for vote in votes if vote.carrier == "回执编号" and not vote.agrees and seal_of(vote.says)]
    said = tuple(
        Finding(Code.DISAGREE, Place(grid.file), {"carrier": vote.carrier, "says": vote.says, "sealed": issue.receipt}) for vote in others
    )
    return Identity(issue, (*found.findings, *said), tuple(votes), unsure=bool(others))


def _recognise(grid: Grid, key: bytes, seal_of: Callable[[str], str | None]) -> Identity:
    text, sheet = _seal_text(grid)
    codes = _receipt_codes(grid)
    known = next(((code, sealed) for code in codes if (sealed := seal_of(code))), None)
    if text:
        try:
            return Identity(seal.open_seal(text, key), ())
        except seal.SealBroken as broken:
            place = Place(grid.file, sheet, "A2")
            if broken.foreign:
                return Identity(None, (Finding(Code.FOREIGN_SEAL, place),))
            if known is None:
                return Identity(None, (Finding(Code.FORGED, place),))
    if known is None:
        return Identity(None, (Finding(Code.UNKNOWN, Place(grid.file)),))
    code, sealed = known
    return Identity(seal.open_seal(sealed, key), (Finding(Code.NO_SEAL, Place(grid.file), {"receipt": code}),))


def _seal_text(grid: Grid) -> tuple[str, str]:
    """Give the seal's text and its sheet; it stands in the first column, in pieces one below the other."""
    for sheet in grid.sheets:
        column = [plain(row[0]) if row else "" for row in sheet.rows]
        start = next((at for at, text in enumerate(column) if text.startswith("TASKSEAL")), None)
        if start is not None:
            return "".join(column[start:]), sheet.name
    return "", ""


def _receipt_codes(grid: Grid) -> list[str]:
    return list(dict.fromkeys(code for sheet in grid.sheets if not sheet.hidden for code in _codes_on(sheet)))


def _codes_on(sheet: GridSheet) -> list[str]:
    found = (re.findall(seal.RECEIPT, text) for row in sheet.rows[:_SEARCHED_ROWS] for value in row if (text := plain(value)) and "-" in text)
    return [code for codes in found for code in codes if seal.is_receipt_code(code)]
