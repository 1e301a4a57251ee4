"""Where the header of a printed table of tasks ends, and what its columns hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.model.document import Paragraph, Table, TableCell
from toolkit.notice.attribution import FIRST_LEADS
from toolkit.notice.character_forms import fold_characters, tidy
from toolkit.notice.column_words import UNITS, Column, column_of, plain_header
from toolkit.notice.line_pieces import Kind, cut_line
from toolkit.notice.role_lists import lists_units
from toolkit.notice.text_cells import heads_table


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table's header ends and what its columns hold."""

    rows: int
    columns: tuple[Column, ...]
    first_leads: bool = False
    titles: tuple[str, ...] = ()


def parted(table: Table) -> list[Paragraph | Table]:
    """Part a table in which further ones stand (a sheet with 问题清单, 任务清单 and 责任清单 below each other) where another header begins."""
    blocks: list[Paragraph | Table] = []
    start, headers = 0, set[tuple[str, ...]]()
    for at, row in enumerate(table.rows):
        texts = tuple(tidy(cell.text) for cell in row)
        if not heads_table([text for text in texts if text]) or texts in headers:  # on a new page a header stands again
            continue
        if headers and at > start + 1:
            first = at
            while first - 1 > start and len({tidy(cell.text) for cell in table.rows[first - 1]} - {""}) < 2:
                first -= 1
            blocks.append(Table(table.rows[start:first], table.where))
            blocks += _lines_of(table.rows[first:at])
            start, headers = at, set()
        headers.add(texts)
    return [*blocks, Table(table.rows[start:], table.rows[start][0].where if start else table.where)]


def _lines_of(rows: Sequence[Sequence[TableCell]]) -> Iterator[Paragraph]:
    """Give rows with one text each as lines."""
    for row in rows:
        text = next((cell.text for cell in row if cell.text.strip()), "")
        if text:
            yield Paragraph(text, row[0].where)


def find_header(table: Table) -> Header | None:
    """Find a header with columns of tasks and units within the first eight rows, read with a second header row; None where there is none."""
    for at, row in enumerate(table.rows[:8]):
        columns = [column_of(cell.text) for cell in row]
        texts = [column for column in columns if column in (Column.TEXT, Column.DETAIL)]
        if len({cell.text for cell in row}) < 2 or (not texts and Column.NUMBER not in columns) or sum(column is not None for column in columns) < 2:
            continue
        rows = at + 1
        following = table.rows[at + 1] if at + 1 < len(table.rows) else ()
        if _is_second_row(row, following):
            rows += 1
            columns = [column_of(low.text) or column_of(f"{high.text}{low.text}") or column_of(high.text) for high, low in zip(row, following, strict=False)]
        known = _with_measure([column or Column.OTHER for column in columns], table.rows[rows - 1], table.rows[rows:])
        made = tuple(_with_text(known, table.rows[rows:]))
        if Column.TEXT in made:
            hint = any(FIRST_LEADS.search(fold_characters(cell.text)) for cell in (*row, *(following if rows > at + 1 else ())))
            titles = tuple(plain_header(cell.text) for cell in (following if rows > at + 1 else row))
            return Header(rows, made, hint, titles)
    return None


def _is_second_row(row: Sequence[TableCell], following: Sequence[TableCell]) -> bool:
    """Say whether the row below belongs to the header: each cell repeats the one above, is a header, or is empty."""
    if not following:
        return False
    repeated = [tidy(low.text) == tidy(high.text) or not low.text.strip() for high, low in zip(row, following, strict=False)]
    known = [column_of(low.text) is not None for low in following]
    fresh = [is_known and not same for is_known, same in zip(known, repeated, strict=False)]
    return any(fresh) and all(is_known or same for is_known, same in zip(known, repeated, strict=False))


def _with_measure(columns: list[Column], titles: Sequence[TableCell], rows: Sequence[Sequence[TableCell]]) -> list[Column]:
    """Take a column 单位 beside one of units for that of measures where what stands in it are none of bodies: %, 家, 万吨."""
    for at, title in enumerate(titles[: len(columns)]):
        others = any(column in UNITS for place, column in enumerate(columns) if place != at)
        texts = [tidy(row[at].text) for row in rows if len(row) > at and row[at].text.strip()]
        if others and plain_header(title.text) == "单位" and texts and not any(len(text) > 8 or lists_units(text) for text in texts):
            columns[at] = Column.MEASURE
    return columns


def _with_text(columns: list[Column], rows: Sequence[Sequence[TableCell]]) -> list[Column]:
    """Settle which column is the task's text: where none is named so, the detail column; where several, the later ones are details."""
    if Column.TEXT not in columns and Column.DETAIL in columns:
        columns[columns.index(Column.DETAIL)] = Column.TEXT
    texts = [at for at, column in enumerate(columns) if column is Column.TEXT]
    for at in texts[1:]:
        columns[at] = Column.DETAIL
    if not any(column in UNITS for column in columns) and texts:
        inline = any(
            piece.kind is Kind.DUTY for row in rows[:20] for cell in row[texts[0] : texts[0] + 1] for piece in cut_line(tidy(cell.text).replace("\n", ""))
        )
        return columns if inline else [Column.OTHER] * len(columns)
    return columns
