"""Names in Latin letters, as English action plans print them: their blanks stay, their commas and 'and' part them only where each side is a body."""

import re

from toolkit.model.lazy_pattern import lazy_pattern

_BODY = lazy_pattern(
    r"\b(?:teams?|departments?|dept|offices?|council|services?|units?|agency|authority|board|directorate|committee|group|divisions?|bureau|ministry|trust|police|partnership"
    r"|partners|section|branch|commission|bodies|forum|schools?|university|college|company|association|secretariat|network|panel|executive|hub|centre|center|institute|taskforce|force"
    r"|manager|director|officer|head|lead|nhs|ltd|operations|resources|finance|legal|communications|planning|housing|procurement)\b",
    re.IGNORECASE,
)
_OPEN = lazy_pattern(r"^(?:the )?(?:department|ministry|office|board|directorate|secretary|minister)\s+(?:of|for)\b", re.IGNORECASE)


_COUNTED = lazy_pattern(
    r"(?<![\w.,:/–-])[£$€]?(?!(?:19|20)\d\d\b)\d[\d,]*(?:\.\d+)?(?:bn|[mk])?\s+(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|[ap]\.?m\b|and\b|to\b|or\b)[a-z]",
    re.IGNORECASE,
)
_NUMBERED = lazy_pattern(
    r"\b(?:phase|stage|section|chapter|part|tier|level|priority|action|objective|goal|no|number|table|annex|appendix|year|week|day)\.?\s*$", re.IGNORECASE
)


def counts_something(text: str) -> bool:
    """Say whether a text in Latin letters counts or measures something, for which no unit is known: 250 affordable homes; no date, year or Phase 2."""
    return any(not _NUMBERED.search(text[: match.start()]) for match in _COUNTED.finditer(text))


def is_latin(text: str) -> bool:
    """Say whether a text is in Latin letters: it has some, and no Chinese character."""
    return bool(re.search("[A-Za-z]", text)) and not re.search("[\u3400-\u9fff]", text)


def is_body(name: str) -> bool:
    """Say whether a name in Latin letters is that of a body: a word for one in it, or an acronym."""
    return len(name) <= 90 and bool(_BODY.search(name) or re.fullmatch(r"[A-Z]{2,6}s?", name)) and not re.search(r"[.!?:]\s|\bsee\b", name)


def latin_names(text: str) -> list[str]:
    """List the names of bodies in a text in Latin letters, cut at commas and 'and' where each side is a body."""
    found = []
    for piece in re.split(r"[;；、\n|]|/(?!\d)", text):
        parts = [part.strip(" .,") for part in re.split(r"[,，]", piece)]
        whole = len(parts) > 1 and _OPEN.match(parts[0]) and not all(_BODY.search(part) for part in parts[1:])
        for part in [piece.strip(" .,")] if whole else parts:
            found += _joint(re.sub(r"^(?:and|&|with|the)\s+", "", part, flags=re.IGNORECASE))
    return [re.sub(r"\s+", " ", name) for name in found if name]


def _joint(name: str) -> list[str]:
    """Part at 'and' or '&' where both sides are bodies."""
    for match in re.finditer(r"\s+(?:and|&|with)\s+", name, re.IGNORECASE):
        left, right = name[: match.start()], name[match.end() :]
        if _BODY.search(left) and _BODY.search(right) and not _OPEN.match(left) and len(left.split()) > 1 and len(right.split()) > 1:
            return [left, *_joint(right)]
    return [name]
