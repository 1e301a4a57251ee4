"""Recognises a row whose filled cells stand one column beside their own: typed, or pasted, from the wrong cell on."""

from collections.abc import Callable

from toolkit.intake.match_rows import RowPlace
from toolkit.model.column_kinds import Limits, plain
from toolkit.model.form import Field, Table

LimitsOf = Callable[[Field], Limits]


def shifted_choice(table: Table, spot: RowPlace, limits: LimitsOf) -> tuple[Field, int] | None:
    """Give a column of choices whose content stands in the column beside it, and that column, where the whole row does so; None where that is not sure.

    Sure is: no column that wants a number, a date or a choice holds one that it can take, and beside them at least two hold theirs.
    """
    for field in table.filled:
        choices, column = field.limits.choices, spot.piece.columns.get(field.code)
        if not choices or column is None or field.kind.name == "文本" or _text(spot, column) in choices:
            continue
        for step in (1, -1):
            if _text(spot, column + step) in choices and _all_fit(table, spot, limits, step):
                return field, column + step
    return None


def _all_fit(table: Table, spot: RowPlace, limits: LimitsOf, step: int) -> bool:
    kinds = [(field, spot.piece.columns[field.code]) for field in table.filled if field.kind.name != "文本" and field.code in spot.piece.columns]
    own, beside = ([_fits(field, spot, column + by, limits) for field, column in kinds] for by in (0, step))
    return beside.count(True) > 1 and False not in beside and True not in own and False in own


def _fits(field: Field, spot: RowPlace, column: int, limits: LimitsOf) -> bool | None:
    """Whether a column's kind understands a cell; None for a blank one."""
    if column < 0 or not _text(spot, column):
        return None
    return field.kind.read(spot.piece.header.sheet.at(spot.at, column), limits(field)).value is not None


def _text(spot: RowPlace, column: int) -> str:
    return plain(spot.piece.header.sheet.at(spot.at, column)) if column >= 0 else ""
