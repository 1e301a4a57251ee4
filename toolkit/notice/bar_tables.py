"""Tables drawn with bars: markdown, box drawing, plain bars, a bar behind each cell."""

import re
from collections.abc import Sequence

from toolkit.model.document import Paragraph, Table
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Doubt
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.column_words import Column, column_of
from toolkit.notice.item_markers import read_marker
from toolkit.notice.text_cells import BOX, ENDED, Cells, fitted, glued, header_width, heads_part, heads_table, make_table, stacked

_BREAK = lazy_pattern(r"<br\s*/?>", re.IGNORECASE)


def piped(lines: Sequence[Paragraph], texts: Sequence[str], at: int, guessed: list[Doubt]) -> tuple[Table, int] | None:
    """Read rows drawn with bars (markdown, box drawing, plain bars, one behind each cell), with the line after them; None where they are no table."""
    end, parts = _span(texts, at)
    if all(re.fullmatch(r"[^|]*\|\s*", text) or "|" not in text for text in texts[at:end]):
        return _bar_behind(lines, texts, (at, end), guessed)
    rows: list[tuple[Cells, list[str]]] = []
    ruled = sum(bool(BOX.match(text)) and bool(text.strip()) for text in texts[at:end]) > 2
    fresh = True
    for number in range(at, end):
        text = texts[number]
        if not text.strip():
            continue
        if BOX.match(text) and re.search(r"[-─━═=]", text):
            fresh = True
            continue
        if number in parts:
            rows.append(([text.strip()] * len(_bars(texts[at])), [lines[number].where]))
            fresh = True
            continue
        cells = _bars(text)
        if rows and (len(cells) == 1 or (ruled and not fresh) or _continues(rows, cells)):
            rows[-1] = (stacked(rows[-1][0], cells if len(cells) > 1 else [*[""] * (len(rows[-1][0]) - 1), *cells]), rows[-1][1])
        else:
            rows.append((cells, [lines[number].where]))
        fresh = False
    head = next((place for place, (cells, _) in enumerate(rows[:6]) if heads_table(cells)), None)
    if head is None or len(rows) < head + 2:
        return None
    return make_table(rows, lines[at].where), end


def _span(texts: Sequence[str], at: int) -> tuple[int, set[int]]:
    """Find where the rows end that begin at a line, and which lines among them head a part."""
    width = len(_bars(texts[at]))
    parts: set[int] = set()
    end = at
    while end < len(texts):
        if "|" not in texts[end] and heads_part(texts, end, lambda line: len(_bars(line)) == width > 1 and not heads_table(_bars(line))):
            parts.add(end)
        elif "|" not in texts[end] and not BOX.match(texts[end]) and not (end + 1 < len(texts) and _inside_bars(texts, end)):
            break
        end += 1
    return end, parts


def _inside_bars(texts: Sequence[str], at: int) -> bool:
    """Say whether a line without a bar stands inside a table: a blank one, or the rest of a cell, before a line with bars."""
    following = next((text for text in texts[at + 1 : at + 4] if text.strip()), "")
    return "|" in following and (not texts[at].strip() or not read_marker(fold_characters(texts[at].strip())))


def _bars(text: str) -> Cells:
    """Split a line at its bars; a bar at either end parts nothing, an escaped one is text."""
    plain = text.strip().replace("\\|", "\0")
    plain = plain.removeprefix("|").removesuffix("|")
    return [_BREAK.sub("\n", cell.replace("\0", "|")).strip().strip("*").strip() for cell in plain.split("|")]


def _continues(rows: Sequence[tuple[Cells, list[str]]], cells: Cells) -> bool:
    """Say whether a row is the rest of the one above, broken by the printed width: no number, and the text above has no end."""
    above = rows[-1][0]
    if len(cells) != len(above) or cells[0] or len(rows) < 2:
        return False
    columns = next(([column_of(cell) for cell in row] for row, _ in rows[:6] if heads_table(row)), None)
    if columns is None or columns[0] is not Column.NUMBER:
        return False
    if sum(bool(cell) for cell in cells) == 1:
        return True
    text = next((place for place, column in enumerate(columns) if column in (Column.TEXT, Column.DETAIL)), None)
    return text is not None and bool(above[text]) and not ENDED.search(above[text]) and len(above[text]) > 8


def _bar_behind(lines: Sequence[Paragraph], texts: Sequence[str], span: tuple[int, int], guessed: list[Doubt]) -> tuple[Table, int] | None:
    """Read cells that each end with a bar, a cell over one line or more."""
    at, end = span
    cells: list[tuple[str, str]] = []
    begun, where = "", ""
    for number in range(at, end):
        piece = texts[number].strip()
        if piece and not begun:
            where = lines[number].where
        begun = glued(begun, piece.removesuffix("|").strip())
        if piece.endswith("|"):
            cells.append((begun, where))
            begun = ""
    width = header_width([cell for cell, _ in cells])
    if not width or len(cells) < 2 * width:
        return None
    columns = [column_of(cell) or Column.OTHER for cell, _ in cells[:width]]
    head = ([cell for cell, _ in cells[:width]], [place for _, place in cells[:width]])
    if len(cells) % width == 0:
        rows = [
            ([cell for cell, _ in cells[start : start + width]], [place for _, place in cells[start : start + width]]) for start in range(0, len(cells), width)
        ]
        return make_table(rows, lines[at].where), end
    return make_table([head, *fitted([cell for cell in cells[width:] if cell[0]], columns, guessed)], lines[at].where), end
