"""Tables whose cells are parted by tabs or blanks, set apart by place or only by what fits."""

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

from toolkit.model.document import Paragraph, Table
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.column_fitting import fit, traits
from toolkit.notice.column_words import UNITS, Column, column_of
from toolkit.notice.item_markers import read_marker
from toolkit.notice.page_furniture import is_furniture
from toolkit.notice.text_cells import BOX, ENDED, Cells, glued, heads_part, heads_table, make_table, stacked
from toolkit.notice.unit_names import looks_like_unit

_TITLE = lazy_pattern(r"^(?:附\s*[件表]|表\s*\d|\d{4}年\d{1,2}月\d{1,2}日$)")


def tabbed(lines: Sequence[Paragraph], texts: Sequence[str], at: int) -> tuple[Table, int]:
    """Read rows whose cells are parted by tabs; a cell in quotes may run over lines; a line without a tab inside ends the table, or heads a part of it."""
    width = texts[at].count("\t") + 1
    rows: list[tuple[Cells, list[str]]] = []
    number = at
    while number < len(texts):
        text = texts[number]
        start = number
        while text.count('"') % 2 and '\t"' in f"\t{text}" and number + 1 < len(texts) and number - start < 30:
            number += 1
            text += "\n" + texts[number]
        number += 1
        if not text.strip():
            continue
        if "\t" not in text:
            if heads_part(texts, number - 1, lambda line: line.count("\t") >= width - 2 > 0 and not heads_table(line.split("\t"))):
                rows.append(([text.strip()] * width, [lines[start].where]))
                continue
            if rows and len(rows) > 1 and len(text) < 40 and number < len(texts) and "\t" in texts[number] and not read_marker(fold_characters(text.strip())):
                rows[-1] = ([*rows[-1][0][:-1], glued(rows[-1][0][-1], text.strip())], rows[-1][1])
                continue
            number = start
            break
        cells = [cell.strip().strip('"').strip() for cell in text.split("\t")]
        if rows and heads_table(cells) and cells != rows[0][0]:
            number = start
            break
        rows.append((cells, [lines[start].where]))
    return make_table(rows, lines[at].where), number


def blanked(lines: Sequence[Paragraph], texts: Sequence[str], at: int) -> tuple[Table, int] | None:
    """Read rows parted by blanks, by place under a wide header, else by what fits, with the line after them; None where they are no table."""
    head = [match.group() for match in re.finditer(r"\S+(?:[ \u3000]\S+)*?(?=[ \u3000]{2,}|\s*$)", texts[at].expandtabs(4))]
    wide = heads_table(head)
    if not wide:
        head = _grouped(texts[at].split())
    if not head:
        return None
    columns = [column_of(cell) or Column.OTHER for cell in head]
    starts = _places(texts[at], head)
    rows: list[tuple[Cells, list[str]]] = [(head, [lines[at].where])]
    number = at + 1
    while number < len(texts):
        text = texts[number].expandtabs(4)
        number += 1
        if not text.strip() or BOX.match(text):
            continue
        cells = _by_place(text, starts) if wide else None
        if cells is None:
            cells = _by_fit(text, columns)
        if cells is None:
            if heads_part(texts, number - 1, lambda line: _by_fit(line, columns) is not None):
                rows.append(([text.strip()] * len(head), [lines[number - 1].where]))
                continue
            if len(rows) > 1 and _is_rest(rows[-1][0], text, columns):
                place = columns.index(Column.TEXT) if Column.TEXT in columns else 1
                rows[-1][0][place] = glued(rows[-1][0][place], text.strip())
                continue
            number -= 1
            break
        if len(rows) > 1 and wide and _continues(rows[-1][0], cells, columns):
            rows[-1] = (stacked(rows[-1][0], cells), rows[-1][1])
        else:
            rows.append((cells, [lines[number - 1].where]))
    return (make_table(rows, lines[at].where), number) if len(rows) > 1 else None


def _continues(above: Cells, cells: Cells, columns: Sequence[Column]) -> bool:
    """Say whether a printed line is the rest of the row above: it lacks the number, or everything but text that has no end above."""
    if columns[0] is Column.NUMBER or not cells[0]:
        return not cells[0]
    broken = any(column in UNITS and cell and not looks_like_unit(re.split("[、，,；;]", cell)[-1]) for cell, column in zip(above, columns, strict=False))
    return not ENDED.search(above[0]) and (not any(cells[1:]) or not all(cells) or broken)


def _is_rest(above: Cells, text: str, columns: Sequence[Column]) -> bool:
    """Say whether a line goes on with the text of the row above it."""
    place = columns.index(Column.TEXT) if Column.TEXT in columns else 1
    return (
        not ENDED.search(above[place])
        and not read_marker(fold_characters(text.strip()))
        and not is_furniture(text)
        and len(text) < 60
        and not _TITLE.match(text.strip())
    )


def _grouped(words: Sequence[str]) -> Cells:
    """Put the words of a header line together where blanks only space it out: 工 作 任 务."""
    best: dict[int, tuple[int, Cells]] = {0: (0, [])}
    for end in range(1, len(words) + 1):
        for start in range(max(0, end - 6), end):
            cell = "".join(words[start:end])
            if start not in best or not column_of(cell) or (end - start > 1 and any(len(word) > 2 and column_of(word) for word in words[start:end])):
                continue
            score = best[start][0] + len(cell) ** 2  # the longest words: 工 作 任 务 is one header, not two
            if score > best.get(end, (-1, []))[0]:
                best[end] = (score, [*best[start][1], cell])
    cells = best.get(len(words), (0, []))[1]
    return cells if heads_table(cells) else []


def _columns_wide(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _places(text: str, head: Sequence[str]) -> list[int]:
    """The printed column at which each header begins."""
    found, at = [], 0
    line = text.expandtabs(4)
    for cell in head:
        at = max(line.find(cell, at), at)
        found.append(_columns_wide(line[:at]))
        at += len(cell)
    return found


def _by_place(text: str, starts: Sequence[int]) -> Cells | None:
    """Split a line at wide blanks and give each piece to the column it stands under; None where a piece stands under none."""
    cells = [""] * len(starts)
    pieces = list(re.finditer(r"\S+(?:[ \u3000]\S+)*?(?=[ \u3000]{2,}|\s*$)", text))
    if len(pieces) == len(starts):
        return [piece.group() for piece in pieces]
    last = -1
    for piece in pieces:
        at = _columns_wide(text[: piece.start()])
        place = min(range(len(starts)), key=lambda column: abs(starts[column] - at))
        if abs(starts[place] - at) > 6 or place <= last:
            return None
        over = _overflow(text, piece, starts[place + 1] if place + 1 < len(starts) else None)
        cells[place] = text[piece.start() : over].strip()
        if over < piece.end():  # a cell so long that it pushed the next one out of its column
            place += 1
            cells[place] = text[over : piece.end()].strip()
        last = place
    return cells if len(pieces) > 1 or (pieces and text[:1].isspace()) else None


def _overflow(text: str, piece: re.Match[str], following: int | None) -> int:
    """Find where in a piece the next column's cell begins, parted only by one blank; the piece's end where there is none."""
    blanks = (match.end() for match in re.finditer(r"[ \u3000]", text[: piece.end()]) if match.start() > piece.start())
    return next((at for at in blanks if following is not None and _columns_wide(text[:at]) >= following), piece.end())


def _by_fit(text: str, columns: Sequence[Column]) -> Cells | None:
    """Give the words of a line to the columns they fit; None where they make no row."""
    words = text.split()
    if len(words) < 2 or is_furniture(text):
        return None
    steps = fit([traits(word) for word in words], columns)
    if sum(step.begins for step in steps) > 1:
        return None
    cells = [""] * len(columns)
    for word, step in zip(words, steps, strict=True):
        gap = "、" if columns[step.column] in UNITS and cells[step.column] and cells[step.column][-1] not in "、，,；" else ""
        cells[step.column] = f"{cells[step.column]}{gap}{word}" if gap else glued(cells[step.column], word)
    text_at = columns.index(Column.TEXT) if Column.TEXT in columns else next((at for at, column in enumerate(columns) if column is Column.DETAIL), 0)
    numbered = columns[0] is not Column.NUMBER or re.fullmatch(r"\d{1,4}[.、]?", fold_characters(cells[0]))
    units = any(traits(cells[at]).units for at, column in enumerate(columns) if column in UNITS and cells[at])
    return cells if cells[text_at] and (units or (numbered and columns[0] is Column.NUMBER)) else None
