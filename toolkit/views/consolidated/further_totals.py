"""What columns of a form's further tables come to (汇总), by unit and on the whole: tables in 总览, live over 填报明细."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.form import Field, Table, Total
from toolkit.model.form_totals import further_tables, further_totals
from toolkit.model.sheet import Formula
from toolkit.model.standing import Round, UnitRow
from toolkit.views.consolidated.criteria import ANY_TEXT, met, rounded, taken_for_others
from toolkit.views.consolidated.data_sheet import span
from toolkit.views.consolidated.details_sheet import TABLE, UNIT, detail_columns, header_of
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.split_sheets import Part
from toolkit.views.consolidated.totals import ACROSS, LABEL, SUM_PLACES, put_together, total_name

_ONE = Decimal(1)


class Details(NamedTuple):
    """The rows of 填报明细 in order, and the sheets that they are cut into."""

    rows: Sequence[UnitRow]
    parts: Sequence[Part]


def further_totals_tables(board: FreeLayout, heading: Callable[[str], None], state: Round, details: Details) -> None:
    """Put on the board, for each further table with columns to put together in which somebody said something, a line for each unit and one for all."""
    for table in further_tables(state.form):
        rows = [row for row in details.rows if row.row.table == table.sheet]
        asked = further_totals(table)
        if not rows or not asked:
            continue
        heading(table.sheet)
        spans = _Spans(state, details, table)
        for first in range(0, len(asked), ACROSS):
            _table(board, asked[first : first + ACROSS], rows, spans)


def _table(board: FreeLayout, asked: Sequence[Field], rows: Sequence[UnitRow], spans: "_Spans") -> None:
    board.line([("单位", "表头", LABEL), ("项数", "表头", 1), *((total_name(field), "表头", 1) for field in asked)], points=20)
    for unit in dict.fromkeys(row.unit for row in rows):
        _line(board, unit, asked, [row for row in rows if row.unit == unit], spans, ("正文", "数字"))
    _line(board, "", asked, rows, spans, ("表头", "表头"))


def _line(board: FreeLayout, unit: str, asked: Sequence[Field], rows: Sequence[UnitRow], spans: "_Spans", looks: tuple[str, str]) -> None:
    words, numbers = looks
    is_live = spans.tell(unit)
    results: list[tuple[str, Decimal | int | str]] = [(spans.counted(unit), len(rows))]
    for field in asked:
        result = _result(field, rows)
        results.append((spans.formula(field, unit, result), result))
    cells = [(Formula(f"={formula}", result) if is_live else result, numbers, 1) for formula, result in results]
    board.line([(unit or "合计", words, LABEL), *cells], points=18)


def _result(field: Field, rows: Sequence[UnitRow]) -> Decimal | int | str:
    return put_together(field, [(row.row.value(field.code), _ONE) for row in rows])


class _Spans:
    """Writes the formulas over the rows of one table, in all sheets that 填报明细 is cut into."""

    def __init__(self, state: Round, details: Details, table: Table) -> None:
        self._columns = detail_columns(state, details.rows)
        self._parts = [(part.sheet, len(details.rows[part.rows])) for part in details.parts]
        self._table = table
        self._mixed = taken_for_others(row.unit for row in details.rows)
        self._is_mixed = table.sheet in taken_for_others(row.row.table for row in details.rows)

    def tell(self, unit: str) -> bool:
        """Whether programs tell the table and a unit ('': all) from every other; where they do not, numbers are no formulas."""
        return not self._is_mixed and unit not in self._mixed

    def counted(self, unit: str) -> str:
        """Count rows, those of a unit or ('') all."""
        return "+".join(f"COUNTIFS({where})" for _, where in self._where(TABLE, unit))

    def formula(self, field: Field, unit: str, result: object) -> str:
        """Put a column together; `result` is what it comes to now."""
        title = header_of(field)
        total = "+".join(f"SUMIFS({column},{where})" for column, where in self._where(title, unit))
        if field.total is Total.SUM:
            return f"ROUND({total},{SUM_PLACES})"
        signs = ('">=0"', '"<0"') if field.kind.numeric or field.kind.name == "日期" else (ANY_TEXT,)
        count = "+".join(f"COUNTIFS({where},{column},{sign})" for column, where in self._where(title, unit) for sign in signs)
        return count if field.total is Total.COUNT else f'IF(({count})=0,"",{rounded(f"(({total})/({count}))", 2, result)})'

    def _where(self, title: str, unit: str) -> Iterator[tuple[str, str]]:
        """Give, for each sheet, the area of a column and the conditions on its rows."""
        for sheet, size in self._parts:
            area = {name: span(sheet, self._columns, name, size) for name in (title, TABLE, UNIT)}
            of_unit = f",{met(area[UNIT], unit)}" if unit else ""
            yield area[title], f"{met(area[TABLE], self._table.sheet)}{of_unit}"
