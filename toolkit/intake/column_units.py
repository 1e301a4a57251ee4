"""The unit of measure that a returned table names for a column, where it is not the one that the form asks for."""

from decimal import Decimal

from toolkit.intake.header_rows import Header, titles_of
from toolkit.intake.match_columns import Located
from toolkit.model.column_kinds import Reading, plain, show_number
from toolkit.model.findings import Code
from toolkit.model.form import Field
from toolkit.model.numerals import unit_of
from toolkit.model.units_of_measure import converted, unit_in_caption, unit_in_title

_ABOVE = 8  # rows over a header in which 单位：万元 is looked for


class ColumnUnits:
    """Knows the units of measure that the pieces of one table name; asked for each cell, worked out once a column."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], str] = {}

    def named(self, piece: Located, field: Field) -> str:
        """Give the unit that a piece's header, or for money a line above it, names in the place of the form's; '' where it names none or the same."""
        if not field.limits.unit or not field.kind.numeric:
            return ""
        key = (id(piece), field.code)
        if key not in self._known:
            self._known[key] = _other_unit(piece, field)
        return self._known[key]


def from_unit(reading: Reading, raw: object, named: str, wanted: str) -> Reading:
    """Put what was read in the unit that the table names into the one that the form asks for, and ask about it; without a value it stays."""
    if not isinstance(reading.value, Decimal) or not reading.value:
        return reading
    value = converted(reading.value, unit_of(named), unit_of(wanted))
    facts = {"seen": plain(raw), "unit": wanted}
    return (
        Reading(None, Code.OTHER_UNIT, facts) if value is None else Reading(value, Code.OTHER_HEADER, facts | {"named": named, "value": show_number(value)})
    )


def _other_unit(piece: Located, field: Field) -> str:
    titles = titles_of(piece.header)[piece.columns[field.code] :][:1]
    by_title = next(filter(None, map(unit_in_title, titles[0] if titles else [])), "")
    found = by_title or _caption(piece.header)
    here, wanted = unit_of(found), unit_of(field.limits.unit)
    return found if found and here != wanted and converted(Decimal(1), here, wanted) is not None else ""


def _caption(header: Header) -> str:
    """Give the unit of money that the nearest line above a header names."""
    rows = header.sheet.rows[max(header.top - _ABOVE, 0) : max(header.top, 0)]
    return next((unit for row in reversed(rows) for value in row if isinstance(value, str) and (unit := unit_in_caption(value))), "")
