"""Plans one table's sheet of a unit's workbook: title, receipt line, counter of blanks, header, rows, sign-off."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from toolkit.model.form import Field, Form, Required, Source, Subject, Table
from toolkit.model.issue import IssuedRow
from toolkit.model.measure import height
from toolkit.model.place import address
from toolkit.model.row_formulas import formula_in_row, with_results
from toolkit.model.sheet import Area, CellPlan, Formula, Guard, Print, SheetPlan
from toolkit.model.unit_statements import OPINION, OWN_STATEMENT, STATEMENT
from toolkit.views.blank_cells import blank_condition, blank_counter, needed_columns
from toolkit.views.form_styles import MARKED, cell_look, header_look
from toolkit.views.paging import paged

TITLE_ROW, LINE_ROW, COUNT_ROW, HEADER_ROW, FIRST_ROW = range(5)
# Points of a row at least; a task's paragraph needs four lines to be typed and read.
_ROOM_TO_TYPE = {Subject.TASK: 62.0, Subject.INDICATOR: 30.0, Subject.BLANK: 24.0, Subject.LIST: 30.0, Subject.NODE: 30.0, Subject.MATTER: 46.0}
_TITLE_HEIGHT, _LINE_HEIGHT, _SIGN_HEIGHT = 30.0, 18.0, 30.0
_OPINION_WIDTH = 34.0
_KEPT_ON_PAPER = 2  # columns that say what a row is about, on every page that a wide table is parted into
Key = tuple[str, str, str]  # table sheet, row key, field code; '' for what concerns the whole row


STATEMENT_WIDTH = 24.0
STATEMENT_GUARD = Guard(
    "any",
    title=STATEMENT,
    prompt="数据无误的，写“情况属实：理由”，这条意见就不必再改；要撤回已报的内容，写“撤回”，有几栏的写明哪一栏，如“撤回累计进度”。已经改好的不必写。",
)


class Own(NamedTuple):
    """What a unit said before, and what the office says to it: values, and opinions (None where the form is issued for the first time)."""

    filled: Mapping[Key, object] = MappingProxyType({})
    opinions: Mapping[Key, Sequence[str]] | None = None


NOTHING_SAID = Own()


def table_sheet(table: Table, rows: Sequence[IssuedRow], *, form: Form, title: str, line: str, receipt: str, own: Own = NOTHING_SAID) -> SheetPlan:
    """Plan the sheet; a receipt shows the unit's own values, marks what is wrong and has a column for it that can be filtered."""
    last_column = len(table.fields) - 1
    filled = own.filled
    last_row = FIRST_ROW + max(len(rows), 1) - 1
    size = form.looks["填报"].size or 11
    cells = [CellPlan(HEADER_ROW, column, field.title, header_look(field)) for column, field in enumerate(table.fields)]
    heights = {TITLE_ROW: _TITLE_HEIGHT, LINE_ROW: _LINE_HEIGHT, COUNT_ROW: _LINE_HEIGHT}
    heights[HEADER_ROW] = height(((field.title, field.width) for field in table.fields), size) + 8
    merges: list[tuple[Area, object, str]] = [
        (Area(TITLE_ROW, 0, TITLE_ROW, last_column), title, "标题"),
        (Area(LINE_ROW, 0, LINE_ROW, last_column), line, "副题"),
    ]
    usual = [cell_look(field) for field in table.fields]
    worked_out = with_results({at: [_value(table, field, row, at=at, filled=filled) for field in table.fields] for at, row in enumerate(rows, FIRST_ROW)})
    for (at, values), row in zip(worked_out.items(), rows, strict=True):
        looks = [f"{MARKED}{look}" if _opinion(own, table, row, field) else look for field, look in zip(table.fields, usual, strict=True)]
        cells += [CellPlan(at, column, value, look) for column, (value, look) in enumerate(zip(values, looks, strict=True))]
        fitting = height(((text, field.width) for field, value in zip(table.fields, values, strict=True) if (text := _text(value))), size)
        heights[at] = max(fitting, _ROOM_TO_TYPE[table.subject])
    widths = {column: field.width for column, field in enumerate(table.fields)}
    comments: tuple[tuple[int, int, str], ...] = ()
    if own.opinions is not None and rows:
        opinions = {at: _row_opinions(own, table, row) for at, row in enumerate(rows, FIRST_ROW)}
        widths |= {last_column + 1: _OPINION_WIDTH, last_column + 2: STATEMENT_WIDTH}
        cells += [CellPlan(HEADER_ROW, last_column + 1, OPINION, "表头"), CellPlan(HEADER_ROW, last_column + 2, _statement(table), "填报表头")]
        cells += [CellPlan(at, last_column + 2, None, "填报") for at in opinions]
        cells += [CellPlan(at, last_column + 1, "\n".join(words), "提示") for at, words in opinions.items()]
        heights |= {at: max(heights[at], height([("\n".join(words), _OPINION_WIDTH)], size)) for at, words in opinions.items()}
        comments = tuple(
            (at, column, "\n".join(words))
            for at, row in enumerate(rows, FIRST_ROW)
            for column, field in enumerate(table.fields)
            if (words := _opinion(own, table, row, field))
        )
    if not rows:
        merges.append((Area(FIRST_ROW, 0, FIRST_ROW, last_column), "本单位没有需要在这张表中填报的内容。", "提示"))
    merges += _sign_off(form.sign_off, last_row + 2, last_column)
    heights[last_row + 2] = _SIGN_HEIGHT
    needed = needed_columns(table, rows)
    merges.append((Area(COUNT_ROW, 0, COUNT_ROW, last_column), blank_counter(table, rows, needed, first=FIRST_ROW, filled=filled), "计数"))
    return SheetPlan(
        name=table.sheet,
        cells=tuple(cells),
        widths=widths,
        heights=heights,
        merges=tuple(merges),
        guards=(
            *((_column_area(column, last_row), _guard(field)) for column, field in enumerate(table.fields) if rows and field.source is Source.FILLED),
            *([(_column_area(last_column + 2, last_row), STATEMENT_GUARD)] if own.opinions is not None and rows else []),
        ),
        conditions=tuple(blank_condition(table, column, _column_area(column, last_row)) for column, _ in needed),
        comments=comments,
        freeze=(FIRST_ROW, min(2, last_column)),
        filter=Area(HEADER_ROW, 0, last_row, max(widths)) if rows else None,
        protect=True,
        printing=_printing(form, widths, receipt),
        gridlines=False,
    )


def _printing(form: Form, widths: Mapping[int, float], receipt: str) -> Print:
    """Lay the table on paper: one page wide where its letters stay large enough to be signed, else parted at columns, what a row is about on each page."""
    sizes = [look.size for look in form.looks.values() if look.size]
    page = Print(footer=f"&L回执编号 {receipt}&C第 &P 页 共 &N 页&R&A", repeat=(HEADER_ROW, HEADER_ROW))
    return paged(page, widths, size=min(sizes, default=11.0), frozen=_KEPT_ON_PAPER)


def _statement(table: Table) -> str:
    """Name the column for the unit's words; a form may have a column of that name itself."""
    return OWN_STATEMENT if STATEMENT in {field.title for field in table.fields} else STATEMENT


def _opinion(own: Own, table: Table, row: IssuedRow, field: Field) -> Sequence[str]:
    return (own.opinions or {}).get((table.sheet, row.key, field.code), ())


def _row_opinions(own: Own, table: Table, row: IssuedRow) -> list[str]:
    """Join what is said of a row and of its cells, the row first."""
    return [words for code in ("", *(field.code for field in table.fields)) for words in (own.opinions or {}).get((table.sheet, row.key, code), ())]


def counter_of(sheet: SheetPlan) -> Formula | str:
    """Repeat a table's counter of blanks on another sheet, live; '' for a table in which nothing is counted."""
    words = next(value for area, value, _ in sheet.merges if area.top == COUNT_ROW)
    if words == "":
        return ""
    return Formula(f"='{sheet.name}'!{address(COUNT_ROW, 0)}&\"\"", words.value if isinstance(words, Formula) else words)


def _value(table: Table, field: Field, row: IssuedRow, *, at: int, filled: Mapping[tuple[str, str, str], object]) -> object:
    if field.source is Source.FORMULA:
        return Formula(formula_in_row(table, field.taken_from, at), "")
    if field.source is Source.FILLED:
        value = filled.get((table.sheet, row.key, field.code))
        return value if isinstance(value, str) or value is None else field.kind.show(value)
    value = row.shown.get(field.code)
    return None if value in (None, "") else field.kind.show(value)


def _text(value: object) -> str:
    return "" if isinstance(value, Formula) or value is None else str(value)


def _column_area(column: int, last_row: int) -> Area:
    return Area(FIRST_ROW, column, last_row, column)


def _guard(field: Field) -> Guard:
    """Give the in-sheet rule with its prompt and a plain error text."""
    guard = field.kind.guard(field.limits)
    hint = field.hint or field.title
    needed = {Required.YES: "必填。", Required.LEAD: "牵头单位必填。", Required.FINISHED: "已完成的必填。", Required.NO: ""}[field.required]
    return guard._replace(title=field.title, prompt=f"{needed}{hint}", error=f"“{field.title}”填得不对：{hint}。")


def _sign_off(labels: Sequence[str], row: int, last_column: int) -> list[tuple[Area, object, str]]:
    """Share the width of the table between the lines to sign on."""
    if not labels or last_column < len(labels):
        return []
    step = (last_column + 1) // len(labels)
    ends = [step * (at + 1) - 1 for at in range(len(labels) - 1)] + [last_column]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return [(Area(row, start, row, end), f"{label}：", "签批") for label, start, end in zip(labels, starts, ends, strict=True)]
