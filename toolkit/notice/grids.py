"""Tables that arrive as text (pipes, a cell a line, tabs, aligned blanks, box drawing, markdown) made tables, before anything else is read."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from toolkit.model.document import Document, Paragraph, Table, TableCell
from toolkit.model.findings import Code
from toolkit.model.master import Doubt
from toolkit.notice.columns import UNITS, Column, column_of, is_header
from toolkit.notice.doubts import doubt
from toolkit.notice.fitting import fit, traits
from toolkit.notice.furniture import is_furniture, is_site_label
from toolkit.notice.markers import Level, read_marker
from toolkit.notice.names import looks_like_unit
from toolkit.notice.script import fold

_PIPES = str.maketrans("｜│┃║¦︱∣┆┊", "|||||||||")
_BOX = re.compile(r"^[\s|+\-=:─━═┄┈╌┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛╭╮╰╯_—－]+$")
_TITLE = re.compile(r"^(?:附\s*[件表]|表\s*\d|\d{4}年\d{1,2}月\d{1,2}日$)")
_MOST_COLUMNS = 14
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)

Cells = list[str]


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


def _table_at(lines: Sequence[Paragraph], texts: Sequence[str], at: int, guessed: list[Doubt]) -> tuple[Table, int] | None:
    """Read a table that begins at a line, and where it ends; None where none begins."""
    text = texts[at]
    if not text.strip():
        return None
    if "|" in text:
        return _piped(lines, texts, at, guessed)
    if _BOX.match(text) and not text.strip("|+ \t").isspace() and at + 1 < len(texts) and "|" in texts[at + 1]:
        return _piped(lines, texts, at, guessed)
    if len(text) > 160:
        return None
    if "\t" in text.strip() and _heads([cell.strip() for cell in text.split("\t")]):
        return _tabbed(lines, texts, at)
    if re.search(r"\S[ \u3000]+\S", text.strip()):
        return _blanked(lines, texts, at)
    return _cell_a_line(lines, texts, at, guessed) if column_of(text) else None


def _heads(cells: Sequence[str]) -> bool:
    return len(cells) >= 2 and is_header([column_of(cell) for cell in cells])


def _table(rows: Sequence[tuple[Cells, Sequence[str]]], where: str) -> Table:
    """Make a table of rows of texts with the place of each row's cells."""
    width = max(len(cells) for cells, _ in rows)
    made = []
    for cells, places in rows:
        padded = [*cells, *[""] * (width - len(cells))]
        made.append(tuple(TableCell(text.strip(), places[min(column, len(places) - 1)]) for column, text in enumerate(padded)))
    return Table(tuple(made), where)


def _piped(lines: Sequence[Paragraph], texts: Sequence[str], at: int, guessed: list[Doubt]) -> tuple[Table, int] | None:
    """Read rows drawn with bars: markdown, box drawing, plain bars, or a bar behind each cell on a line of its own."""
    end = at
    while end < len(texts) and ("|" in texts[end] or _BOX.match(texts[end]) or (end + 1 < len(texts) and _inside_bars(texts, end))):
        end += 1
    if all(re.fullmatch(r"[^|]*\|\s*", text) or "|" not in text for text in texts[at:end]):
        return _bar_behind(lines, texts, (at, end), guessed)
    rows: list[tuple[Cells, list[str]]] = []
    ruled = sum(bool(_BOX.match(text)) and bool(text.strip()) for text in texts[at:end]) > 2
    fresh = True
    for number in range(at, end):
        text = texts[number]
        if not text.strip():
            continue
        if _BOX.match(text) and re.search(r"[-─━═=]", text):
            fresh = True
            continue
        cells = _bars(text)
        if rows and (len(cells) == 1 or (ruled and not fresh) or _goes_on(rows, cells)):
            rows[-1] = (_stacked(rows[-1][0], cells if len(cells) > 1 else [*[""] * (len(rows[-1][0]) - 1), *cells]), rows[-1][1])
        else:
            rows.append((cells, [lines[number].where]))
        fresh = False
    head = next((place for place, (cells, _) in enumerate(rows[:6]) if _heads(cells)), None)
    if head is None or len(rows) < head + 2:
        return None
    return _table(rows, lines[at].where), end


def _inside_bars(texts: Sequence[str], at: int) -> bool:
    """Say whether a line without a bar stands inside a table: a blank one, or the rest of a cell, before a line with bars."""
    following = next((text for text in texts[at + 1 : at + 4] if text.strip()), "")
    return "|" in following and (not texts[at].strip() or not read_marker(fold(texts[at].strip())))


def _bars(text: str) -> Cells:
    """Split a line at its bars; a bar at either end parts nothing, an escaped one is text."""
    plain = text.strip().replace("\\|", "\0")
    plain = plain.removeprefix("|").removesuffix("|")
    return [_BREAK.sub("\n", cell.replace("\0", "|")).strip().strip("*").strip() for cell in plain.split("|")]


def _goes_on(rows: Sequence[tuple[Cells, list[str]]], cells: Cells) -> bool:
    """Say whether a row is the rest of the one above, broken by the printed width: no number, and the text above has no end."""
    above = rows[-1][0]
    if len(cells) != len(above) or cells[0] or len(rows) < 2:
        return False
    columns = next(([column_of(cell) for cell in row] for row, _ in rows[:6] if _heads(row)), None)
    if columns is None or columns[0] is not Column.NUMBER:
        return False
    if sum(bool(cell) for cell in cells) == 1:
        return True
    text = next((place for place, column in enumerate(columns) if column in (Column.TEXT, Column.DETAIL)), None)
    return text is not None and bool(above[text]) and not re.search(r"[。；;！!]$", above[text]) and len(above[text]) > 8


def _stacked(above: Cells, below: Cells) -> Cells:
    """Put the lines of a broken row together, cell by cell."""
    width = max(len(above), len(below))
    pairs = zip([*above, *[""] * (width - len(above))], [*below, *[""] * (width - len(below))], strict=True)
    return [_glued(one, two) for one, two in pairs]


def _glued(one: str, two: str) -> str:
    gap = " " if one[-1:].isascii() and one[-1:].isalnum() and two[:1].isascii() and two[:1].isalpha() else ""
    return f"{one}{gap if one and two else ''}{two}"


def _bar_behind(lines: Sequence[Paragraph], texts: Sequence[str], span: tuple[int, int], guessed: list[Doubt]) -> tuple[Table, int] | None:
    """Read cells that each end with a bar, a cell over one line or more."""
    at, end = span
    cells: list[tuple[str, str]] = []
    begun, where = "", ""
    for number in range(at, end):
        piece = texts[number].strip()
        if piece and not begun:
            where = lines[number].where
        begun = _glued(begun, piece.removesuffix("|").strip())
        if piece.endswith("|"):
            cells.append((begun, where))
            begun = ""
    width = _header_width([cell for cell, _ in cells])
    if not width or len(cells) < 2 * width:
        return None
    columns = [column_of(cell) or Column.OTHER for cell, _ in cells[:width]]
    head = ([cell for cell, _ in cells[:width]], [place for _, place in cells[:width]])
    if len(cells) % width == 0:
        rows = [([cell for cell, _ in cells[start : start + width]], [place for _, place in cells[start : start + width]]) for start in range(0, len(cells), width)]
        return _table(rows, lines[at].where), end
    return _table([head, *_fitted([cell for cell in cells[width:] if cell[0]], columns, guessed)], lines[at].where), end


def _header_width(cells: Sequence[str]) -> int:
    """Count the cells at the start that are headers, or stand between such, when together they head a task table."""
    width = 0
    for count, cell in enumerate(cells[:_MOST_COLUMNS], 1):
        if column_of(cell):
            width = count
        elif count - width > 1 or len(cell) > 12:
            break
    return width if width and is_header([column_of(cell) for cell in cells[:width]]) else 0


def _fitted(pieces: Sequence[tuple[str, str]], columns: Sequence[Column], guessed: list[Doubt]) -> list[tuple[Cells, list[str]]]:
    """Put pieces into rows by what fits; a row that lacks its number or its unit has the one above it (a merged cell)."""
    rows: list[tuple[Cells, list[str]]] = []
    for (text, where), step in zip(pieces, fit([traits(text) for text, _ in pieces], columns), strict=True):
        if step.begins or not rows:
            rows.append(([""] * len(columns), [where] * len(columns)))
            units: list[int] = []
            if step.column and len(rows) > 1:
                _merged_down(rows[-2][0], rows[-1][0], columns[: step.column])
        cells, places = rows[-1]
        gap = "\n" if cells[step.column] and columns[step.column] is not Column.TEXT else ""
        cells[step.column] = f"{cells[step.column]}{gap}{text}" if gap else _glued(cells[step.column], text)
        places[step.column] = where
        if columns[step.column] in UNITS:
            units.append(step.column)
            if len(units) > 2 and len(set(units)) > 1 and units.count(units[0]) == 1:
                guessed.append(doubt(Code.COLUMNS_GUESSED, rows[-1][1][next((at for at, one in enumerate(columns) if one is Column.TEXT), 0)], cells[units[0]]))
                units = [-1, *units]  # said once a row
    return rows


def _merged_down(above: Cells, below: Cells, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns):
        if column in (Column.NUMBER, Column.SECTION, Column.SUBSECTION):
            below[place] = above[place]


def _tabbed(lines: Sequence[Paragraph], texts: Sequence[str], at: int) -> tuple[Table, int]:
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
            if _heads_part(texts, number - 1, lambda line: line.count("\t") >= width - 2 > 0):
                rows.append(([text.strip()] * width, [lines[start].where]))
                continue
            if rows and len(rows) > 1 and len(text) < 40 and number < len(texts) and "\t" in texts[number] and not read_marker(fold(text.strip())):
                rows[-1] = ([*rows[-1][0][:-1], _glued(rows[-1][0][-1], text.strip())], rows[-1][1])
                continue
            number = start
            break
        rows.append(([cell.strip().strip('"').strip() for cell in text.split("\t")], [lines[start].where]))
    return _table(rows, lines[at].where), number


def _heads_part(texts: Sequence[str], at: int, is_row: object) -> bool:
    """Say whether a line heads the rows after it: it has a wide number, and a row follows."""
    marker = read_marker(texts[at].strip())
    following = next((text for text in texts[at + 1 : at + 4] if text.strip()), "")
    return marker is not None and marker.level <= Level.SECTION and callable(is_row) and bool(is_row(following))


def _blanked(lines: Sequence[Paragraph], texts: Sequence[str], at: int) -> tuple[Table, int] | None:
    """Read rows whose cells are parted by blanks: by their places where the header is set apart by wide blanks, else by what fits."""
    head = [match.group() for match in re.finditer(r"\S+(?:[ \u3000]\S+)*?(?=[ \u3000]{2,}|\s*$)", texts[at].expandtabs(4))]
    wide = _heads(head)
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
        if not text.strip() or _BOX.match(text):
            continue
        cells = _by_place(text, starts) if wide else None
        if cells is None:
            cells = _by_fit(text, columns)
        if cells is None:
            if _heads_part(texts, number - 1, lambda line: _by_fit(line, columns) is not None):
                rows.append(([text.strip()] * len(head), [lines[number - 1].where]))
                continue
            if len(rows) > 1 and _is_rest(rows[-1][0], text, columns):
                place = columns.index(Column.TEXT) if Column.TEXT in columns else 1
                rows[-1][0][place] = _glued(rows[-1][0][place], text.strip())
                continue
            number -= 1
            break
        if len(rows) > 1 and wide and _continues(rows[-1][0], cells, columns):
            rows[-1] = (_stacked(rows[-1][0], cells), rows[-1][1])
        else:
            rows.append((cells, [lines[number - 1].where]))
    return (_table(rows, lines[at].where), number) if len(rows) > 1 else None


def _continues(above: Cells, cells: Cells, columns: Sequence[Column]) -> bool:
    """Say whether a printed line is the rest of the row above: it lacks the number, or everything but text that has no end above."""
    if columns[0] is Column.NUMBER or not cells[0]:
        return not cells[0]
    broken = any(column in UNITS and cell and not looks_like_unit(re.split("[、，,；;]", cell)[-1]) for cell, column in zip(above, columns, strict=False))
    return not re.search(r"[。；;！!]$", above[0]) and (not any(cells[1:]) or not all(cells) or broken)


def _is_rest(above: Cells, text: str, columns: Sequence[Column]) -> bool:
    """Say whether a line goes on with the text of the row above it."""
    place = columns.index(Column.TEXT) if Column.TEXT in columns else 1
    return not re.search(r"[。；;！!]$", above[place]) and not read_marker(fold(text.strip())) and not is_furniture(text) and len(text) < 60 and not _TITLE.match(text.strip())


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
    return cells if _heads(cells) else []


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
        cells[place] = piece.group()
        last = place
    return cells if len(pieces) > 1 or (pieces and text[:1].isspace()) else None


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
        cells[step.column] = f"{cells[step.column]}{gap}{word}" if gap else _glued(cells[step.column], word)
    text_at = columns.index(Column.TEXT) if Column.TEXT in columns else next((at for at, column in enumerate(columns) if column is Column.DETAIL), 0)
    numbered = columns[0] is not Column.NUMBER or re.fullmatch(r"\d{1,4}[.、]?", fold(cells[0]))
    units = any(traits(cells[at]).units for at, column in enumerate(columns) if column in UNITS and cells[at])
    return cells if cells[text_at] and (units or (numbered and columns[0] is Column.NUMBER)) else None


def _cell_a_line(lines: Sequence[Paragraph], texts: Sequence[str], at: int, guessed: list[Doubt]) -> tuple[Table, int] | None:
    """Read a table whose cells stand on a line each, header first; a heading of a part of it stands in all its columns."""
    filled = [number for number in range(at, min(at + 60, len(texts))) if texts[number].strip()]
    width = _header_width([texts[number].strip() for number in filled[:_MOST_COLUMNS]])
    if width < 2:
        return None
    columns = [column_of(texts[number].strip()) or Column.OTHER for number in filled[:width]]
    head = ([texts[number].strip() for number in filled[:width]], [lines[number].where for number in filled[:width]])
    start = filled[width - 1] + 1
    end, parts = _end_of_cells(texts, start, columns)
    while end > start and (not texts[end - 1].strip() or is_site_label(texts[end - 1])):
        end -= 1
    apart = all(later - earlier > 1 for earlier, later in zip(filled[: width - 1], filled[1:width], strict=True))
    rows = [head]
    run: list[tuple[str, str]] = []
    for number in range(start, end):
        text = texts[number].strip()
        if apart and text and run and texts[number - 1].strip() and number - 1 not in parts:
            run[-1] = (f"{run[-1][0]}\n{text}", run[-1][1])  # blank lines part the cells: lines that touch are one cell
        elif number in parts:
            rows += _fitted(run, columns, guessed)
            run = []
            rows.append(([text] * width, [lines[number].where]))
        elif text:
            run.append((text, lines[number].where))
    rows += _fitted(run, columns, guessed)
    return (_table(rows, lines[at].where), end) if len(rows) > 1 else None


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
            if not numbered or not any(re.fullmatch(r"\d{1,4}[.、]?", fold(line)) for line in following):
                return number, parts
            parts.add(number)
    return len(texts), parts
