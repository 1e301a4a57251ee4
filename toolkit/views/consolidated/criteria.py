"""Criteria for COUNTIFS and SUMIF, written so that every spreadsheet program counts alike.

Programs differ in operators before wildcards ("<>豁免：*"), in blanks that are "not equal", and in arrays; so we only count what equals, and subtract.
"""

_LONGEST = 200  # characters of a criterion: Excel takes a text of 255 in a formula
_OPEN = '"~<=>'  # any sign may stand in their place
ANY_TEXT = '"?*"'


def quoted(text: str) -> str:
    """Write a text as a formula has it: in double quotes, those within it doubled."""
    return '"' + text.replace('"', '""') + '"'


def criterion(text: str) -> str:
    """Write a text as a criterion that only itself meets, a very long one by its beginning; signs that programs read in different ways are left open."""
    exact = "".join(f"~{sign}" if sign in "*?" else "?" if sign in _OPEN else sign for sign in text)
    return quoted(exact if len(exact) <= _LONGEST else f"{exact[:_LONGEST].removesuffix('~')}*")
