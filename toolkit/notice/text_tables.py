"""Tables that arrive as text (pipes, a cell a line, tabs, aligned blanks, box drawing, markdown) made tables, before anything else is read."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from toolkit.model.document import Document, Paragraph, Table
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Doubt
from toolkit.notice.bar_tables import piped
from toolkit.notice.blank_tables import blanked, tabbed
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.column_words import Column, column_of
from toolkit.notice.item_markers import Level, read_marker
from toolkit.notice.page_furniture import is_furniture, is_site_label
from toolkit.notice.text_cells import BOX, fitted, header_width, heads_table, make_table

_PIPES = str.maketrans("｜│┃║¦︱∣┆┊", "|||||||||")
_TITLE = lazy_pattern(r"^(?:附\s*[件表]|表\s*\d|\d{4}年\d{1,2}月\d{1,2}日$)")
_MOST_CELLS = 14  # cells of a line each that are looked at for a header


def with_tables(document: Document) -> tuple[Document, list[Doubt]]:
    """Give a document in which tables that are drawn with characters are tables, and what was guessed; everything else stays as it is."""
    blocks: list[Paragraph | Table] = []
    guessed: list[Doubt] = []
    run: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        blocks.extend(_converted(run, guessed))
        run = []
        blocks.append(block)
    blocks.extend(_converted(run, guessed))
    return Document(document.name, tuple(blocks)), guessed


def _converted(lines: Sequence[Paragraph], guessed: list[Doubt]) -> Iterator[Paragraph | Table]:
    """Go through a run of paragraphs; where the header of a task table begins, take the table."""
    at = 0
    texts = [line.text.translate(_PIPES) for line in lines]
    while at < len(lines):
        found = _table_at(lines, texts, at, guessed)
        if found is None:
            yield lines[at]
            at += 1
        else:
            table, at = found
            yield table


def _table_at(lines: Sequence[Paragraph], texts: Sequence[str], at: int, guessed: list[Doubt]) -> tuple[Table, int] | None:  # noqa: PLR0911 - one line a way of drawing
    """Read a table that begins at a line, and where it ends; None where none begins."""
    text = texts[at]
    if not text.strip():
        return None
    if "|" in text:
        return piped(lines, texts, at, guessed)
    if BOX.match(text) and not text.strip("|+ \t").isspace() and at + 1 < len(texts) and "|" in texts[at + 1]:
        return piped(lines, texts, at, guessed)
    if len(text) > 160:
        return None
    if "\t" in text.strip() and heads_table([cell.strip() for cell in text.split("\t")]):
        return tabbed(lines, texts, at)
    if re.search(r"\S[ \u3000]+\S", text.strip()):
        return blanked(lines, texts, at)
    return _cell_a_line(lines, texts, at, guessed) if column_of(text) else None


def _cell_a_line(lines: Sequence[Paragraph], texts: Sequence[str], at: int, guessed: list[Doubt]) -> tuple[Table, int] | None:
    """Read a table whose cells stand on a line each, header first; a heading of a part of it stands in all its columns."""
    filled = [number for number in range(at, min(at + 60, len(texts))) if texts[number].strip()]
    width = header_width([texts[number].strip() for number in filled[:_MOST_CELLS]])
    if width < 2:
        return None
    columns = [column_of(texts[number].strip()) or Column.OTHER for number in filled[:width]]
    head = ([texts[number].strip() for number in filled[:width]], [lines[number].where for number in filled[:width]])
    start = filled[width - 1] + 1
    end, parts = _end_of_cells(texts, start, columns)
    while end > start and (not texts[end - 1].strip() or is_site_label(texts[end - 1])):
        end -= 1
    apart = all(later - earlier > 1 for earlier, later in pairwise(filled[:width]))
    rows = [head]
    run: list[tuple[str, str]] = []
    for number in range(start, end):
        text = texts[number].strip()
        if apart and text and run and texts[number - 1].strip() and number - 1 not in parts:
            run[-1] = (f"{run[-1][0]}\n{text}", run[-1][1])  # blank lines part the cells: lines that touch are one cell
        elif number in parts:
            rows += fitted(run, columns, guessed)
            run = []
            rows.append(([text] * width, [lines[number].where]))
        elif text:
            run.append((text, lines[number].where))
    rows += fitted(run, columns, guessed)
    return (make_table(rows, lines[at].where), end) if len(rows) > 1 else None


def _end_of_cells(texts: Sequence[str], start: int, columns: Sequence[Column]) -> tuple[int, set[int]]:
    """Find where the cells end (furniture, a title, a numbered item of the text), and which lines head a part of the table."""
    parts: set[int] = set()
    numbered = columns[0] is Column.NUMBER
    for number in range(start, len(texts)):
        text = texts[number].strip()
        if not text:
            continue
        if (is_furniture(text) and not text.rstrip(".、").isdigit()) or _TITLE.match(text):
            return number, parts
        marker = read_marker(text)
        if marker and marker.level <= Level.SECTION and len(text) > marker.length + 1:
            following = [line.strip() for line in texts[number + 1 : number + 6] if line.strip()]
            if not numbered or not any(re.fullmatch(r"\d{1,4}[.、]?", fold_characters(line)) for line in following):
                return number, parts
            parts.add(number)
    return len(texts), parts
