"""Cells that the form works out by a formula and a unit typed into: what stands there is not taken, and said where it is not what the row comes to."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from toolkit.intake.finding_notes import FindingNotes
from toolkit.intake.match_rows import RowPlace
from toolkit.intake.title_similarity import same_text, short
from toolkit.model.column_kinds import number_in, plain
from toolkit.model.displayed import DisplayedCell
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Field, Source, Table
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.nothing_said import says_nothing
from toolkit.model.returns import CellFault
from toolkit.model.row_formulas import columns_in, formula_in_row, with_results
from toolkit.model.sheet import Formula
from toolkit.model.values import exact

_DIGITS_ONLY = lazy_pattern(r"-?[0-9]+(?:\.[0-9]+)?")
_DAY_ZERO = date(1899, 12, 30)
_HUNDRED = 100  # a percentage may stand as 0.6 or as 60
_DIGITS = 12  # after the point that are shown of a result


def report_typed_results(table: Table, spots: Sequence[RowPlace], notes: FindingNotes) -> None:
    """Say of each row's formula cells which hold something else than the row's own cells come to, as a spreadsheet works them out."""
    formulas = [field for field in table.fields if field.source is Source.FORMULA]
    rows = [spot for spot in spots if any(_is_typed(spot, field) for field in formulas)]
    if not rows:
        return
    given = {at: [_given(table, field, spot, at) for field in table.fields] for at, spot in enumerate(rows)}
    for at, values in with_results(given).items():
        if any(_is_unclear(rows[at].raw(field), field) for field in table.fields):
            continue  # it is told of, and whoever works with it comes to nothing
        for field, value in zip(table.fields, values, strict=True):
            if isinstance(value, Formula) and _is_typed(rows[at], field) and not _comes_to(rows[at].raw(field), field, value.value):
                _say(table, rows[at], field, value.value, notes)


def _is_typed(spot: RowPlace, field: Field) -> bool:
    return not says_nothing(spot.text(field))


def _is_unclear(raw: object, field: Field) -> bool:
    """Whether nobody knows what a spreadsheet worked with: a cell that cannot be read, or a day that is only known as it is shown (2023年12月)."""
    return isinstance(raw, CellFault) or (isinstance(raw, str) and field.kind.name == "日期" and field.source is not Source.FORMULA)


def _stored(raw: object) -> object:
    """Give what formulas work with: what is stored, however it is shown."""
    return raw.stored if isinstance(raw, DisplayedCell) else raw


def _given(table: Table, field: Field, spot: RowPlace, at: int) -> object:
    """Give a cell as a spreadsheet has it; a number that stands in a file of mere text (.csv, a web page) is one."""
    if field.source is Source.FORMULA:
        return Formula(formula_in_row(table, field.taken_from, at), "")
    raw = _stored(spot.raw(field))
    return Decimal(raw) if isinstance(raw, str) and _DIGITS_ONLY.fullmatch(raw) else raw


def _comes_to(raw: object, field: Field, result: object) -> bool:
    """Whether a cell shows a result, in as many digits as stand in it."""
    if isinstance(result, bool) or not isinstance(result, int | float | Decimal):
        return same_text(plain(raw), plain(result))
    seen = _numbers(raw, field)
    return any(abs(number - Decimal(str(result))) <= Decimal(5).scaleb(min(int(number.as_tuple().exponent), 0) - 1) for number in seen)


def _numbers(raw: object, field: Field) -> list[Decimal]:
    """Give what a cell may be as a number: as it is stored, and as its column reads it."""
    if isinstance(raw, date):
        day = raw.date() if isinstance(raw, datetime) else raw
        return [Decimal((day - _DAY_ZERO).days)]
    read = field.kind.read(raw, field.limits).value
    if isinstance(read, date):
        return [Decimal((read - _DAY_ZERO).days)]
    stored = _stored(raw)
    stored = number_in(stored) if isinstance(stored, str) else stored
    shown = number_in(plain(raw).removesuffix("%")) if plain(raw).endswith("%") else None
    found = [exact(number) for number in (read, stored, shown) if isinstance(number, int | float | Decimal)]
    return [*filter(Decimal.is_finite, found), *([shown / _HUNDRED] if shown is not None else [])]


def _say(table: Table, spot: RowPlace, field: Field, result: object, notes: FindingNotes) -> None:
    named = columns_in(field.taken_from)
    filled = [other.title for other in table.filled if {other.title, *other.aliases} & set(named)]
    value = plain(round(result, _DIGITS) if isinstance(result, float) else result)
    worked_out = f"算出来是“{value}”" if value and not value.startswith("#") else "算不出结果"
    facts = {"seen": short(spot.text(field)), "value": worked_out, "inputs": "、".join(filled or named)}
    sheet, column = spot.piece.header.sheet, spot.piece.columns[field.code]
    notes.append(Finding(Code.RESULT_TYPED, notes.grid.place(sheet, spot.at, column), facts, title=field.title))
