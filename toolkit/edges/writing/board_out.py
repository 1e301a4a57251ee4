"""Writes a BoardPage as one HTML file that needs nothing beside it: its style and script stand in it, known by their digests, and nothing else may load."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.model.board_page import BoardIndicator, BoardLight, BoardPage, BoardUnit
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "board"
_POLICY = "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; base-uri 'none'; form-action 'none'"
_COLOUR = lazy_pattern(r"[0-9A-Fa-f]{6}")
_GROUND, _INK = "FFFFFF", "1F2933"  # where the rules' look of a light names no colour
AS_WRITTEN = Words()
_ACROSS = 12  # figures beside each other on paper


_PAPER = 170.0  # millimetres that the printed page has for lines, below the figures and with every section's heading and note set aside
_UNITS_A_LINE = 5


_HIGH = {"chapters": 4.3, "late": 8.0, "units": 4.1, "indicators": 4.3, "moves": 4.3}  # millimetres that a line of each kind takes on paper
_TURNS = ("chapters", "late", "units", "units", "indicators", "moves")  # who is given the next line, round after round


def _fitting(page: BoardPage) -> dict[str, int]:
    """Share the lines of the one printed page out in turns, until all have what they need or the page is full; what is left out is counted there in words."""
    need = {name: len(getattr(page, name)) for name in _HIGH}
    need["units"] = -(-need["units"] // _UNITS_A_LINE)
    given, left = dict.fromkeys(need, 0), _PAPER
    while any(given[name] < need[name] and _HIGH[name] <= left for name in need):
        for name in _TURNS:
            if given[name] < need[name] and _HIGH[name] <= left:
                given[name] += 1
                left -= _HIGH[name]
    given["units"] *= _UNITS_A_LINE
    return given


def write_board(page: BoardPage, words: Words = AS_WRITTEN) -> bytes:
    """Write the page in UTF-8, in the language of the words; the same page always gives the same bytes. Every text from outside is escaped by Jinja2."""
    from markupsafe import Markup

    environment = _environment()
    environment.globals["t"] = lambda text, *values: words.shown(_filled(text, values))
    style = environment.get_template("board.css").render(lights=[_safe(light) for light in page.lights], across=min(max(len(page.figures), 1), _ACROSS))
    script = (_FOLDER / "board.js").read_text("utf-8")
    places = {light.name: at for at, light in enumerate(page.lights)}
    bad = places.get("红", 0)
    text = environment.get_template("board.html").render(
        page=page,
        lang=words.language or "zh-CN",
        policy=_POLICY.format(style=_digest(style), script=_digest(script)),
        style=Markup(style),  # noqa: S704 - our own file, colours in it are six hexadecimal digits
        script=Markup(script),  # noqa: S704 - our own file
        place=places,
        symbols={light.name: light.symbol for light in page.lights},
        most=_fitting(page),
        shown_units=sorted(page.units, key=_concern),
        shown_indicators=sorted(page.indicators, key=lambda indicator: _VERDICTS.get(indicator.verdict, len(_VERDICTS))),
        gauge=lambda indicator: Markup(_gauge(indicator, bad)),  # noqa: S704 - numbers only
        bad=bad,
    )
    return text.encode()


@cache
def _environment() -> "Environment":
    """Give what compiles the page's templates, once a process."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from toolkit.edges.writing.compiled_pages import compiled_pages

    return Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, bytecode_cache=compiled_pages())


_VERDICTS: Mapping[str, int] = {"否": 0, "未报": 1, "按节点": 2, "是": 3}


def _concern(unit: BoardUnit) -> tuple[int, int]:
    """Put units first that a leader has to look at: silent, then late, then those with most red and yellow; others stay in their order."""
    order = 0 if unit.result == "未报" else 1 if unit.on_time == "否" else 2
    return order, -sum(_weighed(unit.counts))


def _weighed(counts: Sequence[int]) -> list[int]:
    return [counts[3] * 1000, counts[2]] if len(counts) > 3 else []


def _gauge(board_indicator: BoardIndicator, bad: int) -> str:
    """Draw the percent done as a bar with a mark where it should be; nothing where either is not a number."""
    try:
        done, due = (min(max(float(text), 0.0), 100.0) for text in (board_indicator.rate, board_indicator.due))
    except ValueError:
        return ""
    look = f"l{bad}" if board_indicator.verdict == "否" else "l1"
    mark = f'<rect x="{min(due, 99):.2f}" y="0" width="1" height="8" fill="#1f2933"/>'
    return (
        '<svg class="bar gauge" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="{look}" x="0" y="1" width="{done:.2f}" height="6"/>{mark}</svg>'
    )


def _filled(text: str, values: Sequence[object]) -> str:
    """Put values where a text has {1}, {2} …"""
    for number, value in enumerate(values, 1):
        text = text.replace(f"{{{number}}}", str(value))
    return text


def _safe(light: BoardLight) -> BoardLight:
    """Give a light whose colours are colours, whatever stands in the rules."""
    fill, colour, strong = (found if _COLOUR.fullmatch(found) else other for found, other in zip(light[3:], (_GROUND, _INK, _INK), strict=True))
    return light._replace(fill=fill, colour=colour, strong=strong)


def _digest(text: str) -> str:
    """Give a text's SHA-256 as a content security policy names it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
