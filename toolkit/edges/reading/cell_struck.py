"""Texts of which something is struck out: a text in pieces, each in a font of its own."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit.edges.reading.precheck_format import Struck


class Run(NamedTuple):
    """A piece of a text; `is_struck` None: it has the cell's own font."""

    text: str
    is_struck: bool | None


Runs = Sequence[Run]


def struck_of(runs: Runs, *, is_struck: bool) -> Struck | None:
    """Tell what of a text is left and what is struck, None where nothing is; `is_struck` says so of the cell's own font."""
    said = [(run.text, is_struck if run.is_struck is None else run.is_struck) for run in runs]
    struck = "".join(text for text, is_out in said if is_out)
    return Struck("".join(text for text, is_out in said if not is_out), struck) if struck.strip() else None


def runs_by_font(text: str, breaks: Iterable[tuple[int, int]], struck: frozenset[int] | set[int]) -> Runs:
    """Cut a text where its font changes: at (units of UTF-16 before it, font); of binary workbooks."""
    data, runs = text.encode("utf-16-le", "surrogatepass"), list[Run]()
    at, font = 0, None
    for start, other in [*breaks, (len(data) // 2, -1)]:
        piece = data[at * 2 : start * 2].decode("utf-16-le", "replace")
        if piece:
            runs.append(Run(piece, None if font is None else font in struck))
        at, font = start, other
    return runs
