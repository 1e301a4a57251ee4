"""Finds out which issue a returned workbook is: by its seal, or by the receipt code that is printed on it."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from toolkit.intake.identity_carriers import SEARCHED_ROWS, Doubt, Pairs, doubts_of, is_named, neighbours, resemblance, top_texts, traits, units_shown
from toolkit.intake.title_similarity import plain_title
from toolkit.model import seal
from toolkit.model.column_kinds import plain
from toolkit.model.findings import Code, Finding
from toolkit.model.issue import Issue
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Grid, IdentityEvidence

_PLAIN = 0.8  # share of an issue's rows that must stand in a workbook for it to be plainly ours
_CODES = {"期间": Code.OTHER_PERIOD, "文件名": Code.OTHER_PERIOD, "任务编号": Code.OTHER_ROWS}


class Identity(NamedTuple):
    """The issue that a workbook is, or None; findings that say how it was recognised or why not; every carrier's vote.

    Where `unsure`, a carrier that survives copying says something else, or the issue is a guess: the return waits for the clerk.
    """

    issue: Issue | None
    findings: tuple[Finding, ...]
    votes: tuple[IdentityEvidence, ...] = ()
    unsure: bool = False


def identify(
    grid: Grid,
    key: bytes,
    seal_of: Callable[[str], str | None],
    *,
    issued: Callable[[], Iterable[str]] = tuple,
    titles_of: Callable[[str, str], frozenset[str]] = lambda _form, _period: frozenset(),
) -> Identity:
    """Recognise a workbook; `seal_of` gives the seal issued under a receipt code, None for a code we never gave.

    `issued` gives the seals that a workbook without seal and code may be a copy of, `titles_of` the titles of columns that a form asks for in a period.
    """
    seen = _look(grid)
    found = _recognise(seen, key, seal_of)
    if found.issue is not None:
        return _voted(seen, found, found.issue, key, seal_of)
    return _guessed(seen, key, issued, titles_of) or found if found.findings[0].code is Code.UNKNOWN else found


def claimed(grid: Grid, sealed: str, key: bytes) -> Identity:
    """Take a workbook for the issue that the office says it is, whatever its carriers say; what they say is kept as votes."""
    issue = opened(sealed, key)
    if issue is None:
        return Identity(None, (Finding(Code.FOREIGN_SEAL, Place(grid.file)),))
    seen = _look(grid)
    votes = [IdentityEvidence("本办认定", issue.receipt, agrees=True), *(IdentityEvidence("回执编号", code, code == issue.receipt) for code in seen.codes)]
    finding = Finding(Code.CLAIMED, Place(grid.file), {"unit": issue.unit, "period": Period.parse(issue.period).label, "receipt": issue.receipt})
    return Identity(issue, (finding,), tuple(votes))


class _Seen(NamedTuple):
    """What of a workbook tells whose it is: its seals with their sheets, the texts at the top of its sheets, the receipt codes among them."""

    grid: Grid
    seals: list[tuple[str, str]]
    top: list[str]
    codes: list[str]


def _look(grid: Grid) -> _Seen:
    top = top_texts(grid)
    found = (code for text in top if "-" in text for code in seal.RECEIPT.findall(plain(text)))
    return _Seen(grid, seal_texts(grid), top, [code for code in dict.fromkeys(found) if seal.is_receipt_code(code)])


def _voted(seen: _Seen, found: Identity, issue: Issue, key: bytes, seal_of: Callable[[str], str | None]) -> Identity:
    """Let every carrier vote; one that a copy keeps and that speaks of another unit or period makes the return wait."""
    grid = seen.grid
    votes = [IdentityEvidence("封签" if not found.findings else "台账", issue.receipt, agrees=True)]
    votes += [IdentityEvidence("回执编号", code, code == issue.receipt) for code in seen.codes]
    votes += [IdentityEvidence(carrier, code, code == issue.receipt) for carrier, code in sorted(grid.marks.items())]
    votes += [IdentityEvidence("文件名", issue.unit, agrees=True)] if issue.unit in grid.file else []
    others = [Doubt(vote, issue.receipt) for vote in votes if vote.carrier == "回执编号" and not vote.agrees and _is_others(vote.says, issue, key, seal_of)]
    others += [Doubt(IdentityEvidence("封签", text, agrees=False), issue.receipt) for text in _other_seals(seen, issue, key)]
    doubts = doubts_of(grid, issue, seen.top)
    findings = [
        Finding(_CODES.get(vote.carrier, Code.DISAGREE), Place(grid.file), {"carrier": vote.carrier, "says": vote.says, "sealed": decided})
        for vote, decided in (*others, *doubts)
    ]
    if any(finding.code is Code.NO_SEAL for finding in found.findings) and not findings and not is_named(issue.unit, units_shown(seen.top)):
        findings = [Finding(Code.UNIT_UNSEEN, Place(grid.file), {"receipt": issue.receipt, "unit": issue.unit})]
    return Identity(issue, (*found.findings, *findings), (*votes, *(doubt.vote for doubt in doubts)), unsure=bool(findings))


class _Known(NamedTuple):
    """What an issue is known by when seal and code are gone."""

    unit: str
    form: str
    period: str
    number: int
    rows: tuple[Pairs, ...]


def _guessed(
    seen: _Seen, key: bytes, issued: Callable[[], Iterable[str]], titles_of: Callable[[str, str], frozenset[str]]
) -> Identity | None:
    """Guess the issue of a table that lost seal and code by its rows; of two that are alike, the one whose unit is named, then whose titles stand there.

    Always for the clerk to confirm.
    """
    grid = seen.grid
    if not _has_numbers(grid):
        return None
    pairs, units, tops = neighbours(grid), units_shown(seen.top), {plain_title(text) for text in seen.top}
    alike = [
        ((is_named(known.unit, units) or known.unit in grid.file, len(tops & titles_of(known.form, known.period)), share, known.number), text)
        for text in issued()
        if (known := _known(text, key)) is not None and (share := resemblance(pairs, known.rows)) >= _PLAIN
    ]
    best = max((rank for rank, _ in alike), default=None)
    found = [text for rank, text in alike if rank == best]
    issue = opened(found[0], key) if len(found) == 1 else None
    if issue is None:
        return None
    finding = Finding(Code.GUESSED, Place(grid.file), {"unit": issue.unit, "period": Period.parse(issue.period).label, "receipt": issue.receipt})
    return Identity(issue, (finding,), (IdentityEvidence("任务编号", issue.receipt, agrees=True),), unsure=True)


@lru_cache(maxsize=20_000)  # a nation's round; every strange file is held against all of them
def _known(text: str, key: bytes) -> _Known | None:
    try:
        issue = seal.open_seal(text, key)
    except seal.SealBroken:
        return None
    return _Known(issue.unit, issue.form, issue.period, issue.number, traits(issue))


def _recognise(seen: _Seen, key: bytes, seal_of: Callable[[str], str | None]) -> Identity:
    grid, seals = seen.grid, seen.seals
    if seals:
        text, sheet = next((texts for texts in seals if opened(texts[0], key) is not None), seals[0])
        whole = opened(text, key)
        if whole is not None:
            return Identity(whole, ())
        known = None if _is_foreign(text, key) else _by_code(seen, seal_of)
        if known is None:
            why = Code.FOREIGN_SEAL if _is_foreign(text, key) else Code.FORGED
            return Identity(None, (Finding(why, Place(grid.file, sheet, "A2")),))
    else:
        known = _by_code(seen, seal_of)
    if known is None:
        return Identity(None, (Finding(Code.UNKNOWN, Place(grid.file)),))
    code, sealed = known
    issue = opened(sealed, key)
    if issue is None:  # the key was changed since
        return Identity(None, (Finding(Code.FOREIGN_SEAL, Place(grid.file)),))
    return Identity(issue, (Finding(Code.BROKEN_SEAL if seals else Code.NO_SEAL, Place(grid.file), {"receipt": code}),))


def _by_code(seen: _Seen, seal_of: Callable[[str], str | None]) -> tuple[str, str] | None:
    """Find the first receipt code on the sheets that was really given, with its seal."""
    return next(((code, sealed) for code in seen.codes if (sealed := seal_of(code))), None)


def _is_foreign(text: str, key: bytes) -> bool:
    """Whether a seal that does not open was made with another key."""
    try:
        seal.open_seal(text, key)
    except seal.SealBroken as broken:
        return broken.foreign
    return False


@lru_cache(maxsize=8)  # one book's seal is looked at by several rules
def opened(text: str, key: bytes) -> Issue | None:
    """Open a seal; None for one that is not whole or not ours."""
    try:
        return seal.open_seal(text, key)
    except seal.SealBroken:
        return None


def _is_others(code: str, issue: Issue, key: bytes, seal_of: Callable[[str], str | None]) -> bool:
    """Whether a receipt code was given to another unit, period or form; another issue of the same is no doubt."""
    text = seal_of(code)
    other = opened(text, key) if text else None
    return bool(text) and (other is None or (other.unit, other.period, other.form) != (issue.unit, issue.period, issue.form))


def _other_seals(seen: _Seen, issue: Issue, key: bytes) -> list[str]:
    """List the receipt codes of other units' whole seals in the same book."""
    others = (other for text, _ in seen.seals if (other := opened(text, key)) is not None)
    return list(dict.fromkeys(other.receipt for other in others if (other.unit, other.period) != (issue.unit, issue.period)))


def _has_numbers(grid: Grid) -> bool:
    return any(
        isinstance(value, str) and any(sign.isdigit() for sign in value) for sheet in grid.sheets for row in sheet.rows[:SEARCHED_ROWS] for value in row
    )


def seal_texts(grid: Grid) -> list[tuple[str, str]]:
    """Give each seal's text and its sheet; it stands in the first column, in pieces one below the other."""
    found: list[tuple[str, str]] = []
    for sheet in grid.sheets:
        firsts = ((at, row[0]) for at, row in enumerate(sheet.rows) if row)
        start = next((at for at, raw in firsts if isinstance(raw, str) and "TASKSEAL" in raw and plain(raw).startswith("TASKSEAL")), None)
        if start is not None:
            found.append(("".join(plain(row[0]) for row in sheet.rows[start:] if row), sheet.name))
    return found
