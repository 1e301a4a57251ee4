"""Tables drawn with ruling lines on the pages of a PDF: cells, their text, and going on over pages."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from toolkit.edges.documents.grid import PlacedCell, is_layout, table_of
from toolkit.edges.documents.printed_lines import Char, Line, join, lines_of, was_full
from toolkit.model.document import Table
from toolkit.model.lazy_pattern import lazy_pattern

Box = tuple[float, float, float, float]  # x0, top, x1, bottom


class RuledTable(NamedTuple):
    """A ruled table: where it begins, its column lines, its cells, and for each row the page and the row of that page's part."""

    page: int
    top: float
    columns: tuple[float, ...]
    cells: tuple[PlacedCell, ...]
    rows: tuple[tuple[int, int], ...]


class Found(NamedTuple):
    """A table of a page and which of the page's characters stand in it."""

    ruled: RuledTable
    used: set[int]


_UNIT_END = lazy_pattern(r"[局办委院部处社厅镇]$|(?<!社)会$|(?<!城)乡$|(?<!乡)村$|(?:中心|公司|街道|集团|单位|学校|医院)$")
_SNAP = 3.0


def ruled_table(page: int, boxes: Sequence[Box], chars: Sequence[Char]) -> Found | None:
    """Fill the cells of a table with the characters that stand in them; None where the lines only frame or underline running text."""
    columns, rows = _marks([x for box in boxes for x in (box[0], box[2])]), _marks([y for box in boxes for y in (box[1], box[3])])
    if len(columns) < 3 or len(rows) < 3:
        return None
    owners: dict[tuple[int, int], int] = {}
    spans = []
    for number, (x0, top, x1, bottom) in enumerate(boxes):
        across, down = (_index(columns, x0), _index(columns, x1)), (_index(rows, top), _index(rows, bottom))
        spans.append((down[0], across[0], max(1, down[1] - down[0]), max(1, across[1] - across[0])))
        owners.update(dict.fromkeys(((row, column) for row in range(*down) for column in range(*across)), number))
    held: dict[int, list[Char]] = {}
    used = set()
    for at, char in enumerate(chars):
        owner = owners.get((bisect_right(rows, (char.top + char.bottom) / 2) - 1, bisect_right(columns, (char.x0 + char.x1) / 2) - 1))
        if owner is not None:
            held.setdefault(owner, []).append(char)
            used.add(at)
    cells = [PlacedCell(*span, _cell_lines(boxes[number], held.get(number, ()))) for number, span in enumerate(spans)]
    if is_layout(cells):
        return None
    count = max(cell.row for cell in cells) + 1
    return Found(RuledTable(page, rows[0], tuple(columns), tuple(cells), tuple((page, row) for row in range(count))), used)


def joined(table: RuledTable, more: RuledTable) -> RuledTable | None:
    """Put a table and the one right after it together, when the second is the first going on over the page; None when it is another table."""
    same = len(table.columns) == len(more.columns) and all(abs(a - b) < 2 * _SNAP for a, b in zip(table.columns, more.columns, strict=True))
    if not same or more.page != table.rows[-1][0] + 1:
        return None
    head = _repeated_head(table.cells, more.cells)
    start = len(table.rows)
    rows, cells = more.rows[head:], [cell._replace(row=cell.row - head + start) for cell in more.cells if cell.row >= head]
    last = [cell for cell in table.cells if cell.row + cell.rows == start]
    first = [cell for cell in cells if cell.row == start]
    if not rows:
        return table
    blank = {cell.column for cell in first if not any(cell.lines)}
    leading = next((cell for cell in first if cell.column == 0), None)
    if leading is None or leading.column not in blank:
        return table._replace(cells=(*table.cells, *cells), rows=table.rows + rows)
    if len(blank) * 2 >= len(first):  # a row broken in its middle: its rest belongs to the row above
        rest = {cell.column: cell.lines for cell in first}
        upper = [cell._replace(lines=_run_on(cell.lines, rest.get(cell.column, ()))) if cell in last else cell for cell in table.cells]
        return table._replace(cells=(*upper, *(cell._replace(row=cell.row - 1) for cell in cells if cell not in first)), rows=table.rows + rows[1:])
    above = {cell.column: cell.lines for cell in last}  # a merged cell that goes on: its text is printed on the first page only
    leads = {column for column in blank if all(other in blank for other in range(column))}
    cells = [cell._replace(lines=above.get(cell.column, ())) if cell in first and cell.column in leads else cell for cell in cells]
    return table._replace(cells=(*table.cells, *cells), rows=table.rows + rows)


def table_of_pages(ruled: RuledTable, name: str) -> Table | None:
    """Lay a ruled table out; a cell's place is its page, its table and its row there. None for an empty one; raises CommandError as table_of does."""
    places = [f"第{page}页{name}第{row + 1}行" for page, row in ruled.rows]
    return table_of(ruled.cells, f"第{ruled.page}页{name}", lambda row, _: places[min(row, len(places) - 1)])


def _repeated_head(table: Sequence[PlacedCell], more: Sequence[PlacedCell]) -> int:
    """Count the rows at the top of the second part that say again what the first part's head says."""
    count = 0
    while count < 4:
        head, repeated = ([(cell.column, cell.text) for cell in cells if cell.row == count] for cells in (table, more))
        if not repeated or sorted(head) != sorted(repeated):
            break
        count += 1
    return count


def _run_on(lines: tuple[str, ...], rest: tuple[str, ...]) -> tuple[str, ...]:
    if not lines or not rest:
        return lines or rest
    return (*lines[:-1], join(lines[-1], rest[0]), *rest[1:])


def _marks(places: Sequence[float]) -> list[float]:
    """Sort line positions, those within a hair of each other as one."""
    marks: list[float] = []
    for place in sorted(places):
        if not marks or place - marks[-1] > _SNAP:
            marks.append(place)
    return marks


def _index(marks: Sequence[float], place: float) -> int:
    return bisect_right(marks, place + 0.01) - 1


def _cell_lines(box: Box, chars: Sequence[Char]) -> tuple[str, ...]:
    """The paragraphs of a cell: lines that were broken at its right edge are joined."""
    lines = lines_of(chars, page=0, width=box[2] - box[0])
    if len(lines) > 1 and all(_UNIT_END.search(line.text) for line in lines) and not any("、" in line.text for line in lines):
        return tuple(line.text for line in lines)
    padding = max(0.0, min(8.0, *(line.x0 - box[0] for line in lines))) if len(lines) > 1 else 0.0
    made: list[str] = []
    last: Line | None = None
    for line in lines:
        if last is not None and was_full(last, line.text, last.x0 + line.width - 2 * padding):
            made[-1] = join(made[-1], line.text)
        else:
            made.append(line.text)
        last = line
    return tuple(made)
