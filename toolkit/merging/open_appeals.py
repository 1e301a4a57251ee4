"""What of units' appeals is still to be ruled, and which rulings cannot take effect as they are typed."""

from collections.abc import Iterator

from toolkit.model.appeals import Appeal, ruling_on, still_waits
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place
from toolkit.model.standing import Round
from toolkit.model.values import joined_words


def open_appeals(state: Round) -> Iterator[Finding]:
    """Ask about appeals without a word of the office, in one line, and about each ruling that does not take effect."""
    ruled = [(appeal, ruling_on(state.decided, appeal.subject(str(state.period)), appeal.taken)) for appeal in state.appeals]
    waiting = [appeal for appeal, ruling in ruled if still_waits(appeal, ruling)]
    if waiting:
        yield Finding(Code.APPEALS_OPEN, Place(), {"count": str(len(waiting)), "which": joined_words(list(map(_named, waiting)))}, title="申诉")
    for appeal, ruling in ruled:
        if ruling.why:
            yield Finding(Code.APPEAL_UNCLEAR, appeal.place, {"item": _named(appeal), "word": ruling.word, "why": ruling.why}, appeal.unit, "申诉")


def _named(appeal: Appeal) -> str:
    return f"{appeal.unit}（{appeal.item}{f' {appeal.number}' if appeal.number else ''}）"
