"""Criteria for COUNTIFS and SUMIF, and roundings, written so that every spreadsheet program computes alike.

Programs differ in operators before wildcards ("<>豁免：*"), in blanks that are "not equal", and in arrays; so we only count what equals, and subtract.
"""

_LONGEST = 200  # characters of a criterion: Excel takes a text of 255 in a formula
_OPEN = '"~<=>'  # any sign may stand in their place
ANY_TEXT = '"?*"'
_UP = "1.00000000001"  # lifts a half that binary cannot hold (78.615) back over the half; HyperFormula 3.5 rounds it down otherwise


def rounded(value: str, places: int) -> str:
    """Write the rounding of a formula's value (points, per cent: below a million) to decimal places, halves away from zero; a sum stands in brackets."""
    return f"ROUND({value}*{_UP},{places})"


def quoted(text: str) -> str:
    """Write a text as a formula has it: in double quotes, those within it doubled."""
    return '"' + text.replace('"', '""') + '"'


def criterion(text: str) -> str:
    """Write a text as a criterion that only itself meets, a very long one by its beginning; signs that programs read in different ways are left open."""
    exact = "".join(f"~{sign}" if sign in "*?" else "?" if sign in _OPEN else sign for sign in text)
    return quoted(exact if len(exact) <= _LONGEST else f"{exact[:_LONGEST].removesuffix('~')}*")
