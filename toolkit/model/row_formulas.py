"""What the formulas of a form's rows come to: when it is issued, for readers that do not recalculate, and when it comes back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from toolkit.model.form import Table
from toolkit.model.formula_texts import as_spreadsheets_write
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import column_letters
from toolkit.model.sheet import Formula

_COLUMN = lazy_pattern(r"\[([^\[\]]+)\]")
_SHEET = "Sheet1"
_FIRST_DAY = date(1899, 12, 30)  # day 0 of a spreadsheet, from March 1900 on
_ERRORS = {"Div": "#DIV/0!", "Value": "#VALUE!", "Num": "#NUM!", "Na": "#N/A"}  # formualizer's names; any other is a formula that it does not know


def columns_in(text: str) -> tuple[str, ...]:
    """Give the titles of the columns that a form's formula names: IF([预算]=0,"",[执行]/[预算]) → 预算, 执行."""
    return tuple(dict.fromkeys(_COLUMN.findall(text)))


def formula_in_row(table: Table, text: str, row: int) -> str:
    """Put a row's addresses (from 0) in the place of [栏目] names."""
    columns = {name: column for column, field in enumerate(table.fields) for name in (field.title, *field.aliases)}
    return "=" + _COLUMN.sub(lambda found: f"${column_letters(columns[found[1]])}{row + 1}" if found[1] in columns else found[0], text.lstrip("="))


def with_results(rows: Mapping[int, Sequence[object]]) -> dict[int, list[object]]:
    """Give the same rows (by number from 0, columns from 0), each formula with its value as formualizer works it out, '' where it cannot."""
    formulas = [(at, column, value.text) for at, row in rows.items() for column, value in enumerate(row) if isinstance(value, Formula)]
    found = _results(rows, formulas) if formulas else {}
    return {
        at: [Formula(value.text, found[at, column]) if isinstance(value, Formula) else value for column, value in enumerate(row)] for at, row in rows.items()
    }


def _results(rows: Mapping[int, Sequence[object]], formulas: Sequence[tuple[int, int, str]]) -> dict[tuple[int, int], object]:
    from formualizer import Workbook  # a form without formulas does without

    book = Workbook()
    book.add_sheet(_SHEET)
    for at, row in rows.items():
        for column, value in enumerate(row):
            if value not in (None, "") and not isinstance(value, Formula):
                book.set_value(_SHEET, at + 1, column + 1, _given(value))
    for at, column, text in formulas:
        book.set_formula(_SHEET, at + 1, column + 1, text)
    return {(at, column): _stored(book.evaluate_cell(_SHEET, at + 1, column + 1)) for at, column, _ in formulas}


def _given(value: object) -> object:
    return value if isinstance(value, str | bool | date) else float(value) if isinstance(value, int | float | Decimal) else str(value)


def _stored(value: object) -> object:
    """Give a result as a cell keeps it: a day as its number, an error by its sign."""
    if isinstance(value, dict):
        return _ERRORS.get(str(value.get("kind")), "")
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - datetime.combine(_FIRST_DAY, time.min)) / timedelta(days=1)
    return (value - _FIRST_DAY).days if isinstance(value, date) else as_spreadsheets_write(value) if isinstance(value, str) else value
