"""The unit of measure that a returned table names for a column, where it is not the one that the form asks for."""

from decimal import Decimal

from toolkit.intake.finding_notes import FindingNotes
from toolkit.intake.header_rows import Header, titles_of
from toolkit.intake.match_columns import Located
from toolkit.intake.title_similarity import plain_title
from toolkit.model.column_kinds import Reading, number_in, plain, show_number
from toolkit.model.findings import Code
from toolkit.model.form import Field
from toolkit.model.numerals import unit_of
from toolkit.model.units_of_measure import converted, converted_nearly, counts_alike, is_unit, unit_in_caption, unit_in_title

_ABOVE = 8  # rows over a header in which 单位：万元 is looked for


class ColumnUnits:
    """Knows the units of measure that the pieces of one table name; asked for each cell, worked out once a column."""

    def __init__(self, notes: FindingNotes, own_caption: str = "") -> None:
        """`own_caption` is the unit that the office's own title names."""
        self._notes, self._own_caption = notes, own_caption
        self._known: dict[tuple[int, str], str] = {}

    def named(self, piece: Located, field: Field) -> str:
        """Give the unit that a piece's header, or for money a line above it, names in the place of the form's; '' where it names none or the same."""
        if not field.limits.unit or not field.kind.numeric:
            return ""
        key = (id(piece), field.code)
        if key not in self._known:
            self._known[key] = self._other_unit(piece, field)
        return self._known[key]

    def scaled(self, piece: Located, field: Field) -> str:
        """Give the unit that a piece's header names for a column without one, where that is a power of ten of what is counted: 万个; '' for any other."""
        if not field.kind.numeric or field.kind.name == "百分比":
            return ""
        key = (id(piece), field.code)
        if key not in self._known:
            titles = self._titles(piece, field)
            found = next(filter(None, map(unit_in_title, titles)), "")
            own = set(map(plain_title, (field.title, *field.aliases)))
            is_own = any(plain_title(title) in own for title in titles)
            self._known[key] = found if unit_of(found)[0] and unit_of(found)[1] not in {"", "元"} and not is_own else ""
        return self._known[key]

    def _other_unit(self, piece: Located, field: Field) -> str:
        titles, wanted = self._titles(piece, field), unit_of(field.limits.unit)
        caption = _caption(piece.header)
        by_title = next(filter(None, map(unit_in_title, titles)), "")
        if any(plain_title(title) == plain_title(field.title) for title in titles):
            if by_title and caption not in {"", self._own_caption} and wanted[1] == unit_of(caption)[1] and wanted != unit_of(caption):
                self._notes.say(
                    Code.CAPTION_DISAGREES, piece.header.sheet, max(piece.header.bottom, 0), piece.columns[field.code],
                    title=field.title, caption=caption, unit=field.limits.unit,
                )  # fmt: skip
            return "" if by_title else _turning(caption, wanted)
        found = f"{by_title}{wanted[1]}" if by_title and not unit_of(by_title)[1] else by_title
        here = unit_of(found)
        if not found or here == wanted or (here[0] == wanted[0] and counts_alike(here[1], wanted[1])):
            return "" if found else _turning(caption, wanted)
        is_known = any(plain_title(title) in map(plain_title, field.aliases) for title in titles)
        return _turning(found, wanted) if is_known else found

    @staticmethod
    def _titles(piece: Located, field: Field) -> list[str]:
        found = titles_of(piece.header)[piece.columns[field.code] :][:1]
        return found[0] if found else []


def typed_unit(seen: str, issued: str) -> str:
    """Give the unit of measure that was typed over the one that a row was issued with; '' where it is the same, or counts the same, or is no unit."""
    here, wanted = unit_of(seen), unit_of(issued)
    return seen if is_unit(seen) and here != wanted and not (here[0] == wanted[0] and counts_alike(here[1], wanted[1])) else ""


def from_unit(reading: Reading, raw: object, named: str, wanted: str, code: Code = Code.OTHER_HEADER) -> Reading:
    """Put what was read in the unit that the table names into the one that the form asks for, and ask about it; without a value it stays."""
    if not isinstance(reading.value, Decimal) or not reading.value:
        return reading
    value = converted_nearly(reading.value, unit_of(named), unit_of(wanted))
    seen = plain(raw)
    if value is None:
        return Reading(None, Code.OTHER_UNIT, {"seen": seen if number_in(seen) is None else f"{seen}{named}", "unit": wanted})
    return Reading(value, code, {"seen": seen, "unit": wanted, "named": named, "value": show_number(value)})


def _turning(unit: str, wanted: tuple[int, str]) -> str:
    """Give a unit that is another one than is wanted and turns into it, '' for any other."""
    here = unit_of(unit)
    return unit if unit and here != wanted and converted(Decimal(1), here, wanted) is not None else ""


def _caption(header: Header) -> str:
    """Give the unit of money that the nearest line above a header names."""
    rows = header.sheet.rows[max(header.top - _ABOVE, 0) : max(header.top, 0)]
    return next((unit for row in reversed(rows) for value in row if isinstance(value, str) and (unit := unit_in_caption(value))), "")
