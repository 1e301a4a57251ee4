"""Makes of the list (清单) of a form from above the list of the office it was issued to: the same rows, each with the units below that answer for it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.model.form import Form, ListRow, Subject, Table
from toolkit.model.master import Master
from toolkit.model.own_rows import PARTED, role_in
from toolkit.model.unit_below import UnitBelow


def with_lower_rows(own: Form, above: Form, before: Form | None, below: Sequence[UnitBelow], office: str) -> Form:
    """Give the office's own definition with the rows of the form from above; `before` is the last one of its kind that came, None for the first.

    Rows for which the clerk named units below keep them, texts that the clerk changed stay, rows that the office added itself too; what is in the list
    above no longer goes.
    """
    return replace(own, tables=tuple(_with_rows(table, above, before, below, office) for table in own.tables))


def _with_rows(own: Table, above: Form, before: Form | None, below: Sequence[UnitBelow], office: str) -> Table:
    theirs = above.table(own.sheet)
    if own.subject is not Subject.LIST or theirs is None:
        return own
    last = before.table(own.sheet) if before else None
    known = {row.number: row for row in (last.rows if last else ())}
    units = Master((), (), tuple(unit.unit for unit in below), ())
    rows = [_row(row._replace(unit=office), own.list_row(row.number), known.get(row.number), units, below) for row in theirs.rows]
    added = (row for row in own.rows if theirs.list_row(row.number) is None and row.number not in known)
    return replace(own, rows=(*rows, *added))


def _row(theirs: ListRow, mine: ListRow | None, last: ListRow | None, units: Master, below: Sequence[UnitBelow]) -> ListRow:
    if mine is not None and any(role_in(mine, unit.name, units) for unit in units.units):
        unit, is_parted = mine.unit, mine.cells.get(PARTED, "")
    else:
        unit, is_parted = _units(theirs, below)
    cells = {title: text for title, text in _cells(theirs, mine, last) if text and title != PARTED}
    return theirs._replace(unit=unit, cells=cells | ({PARTED: is_parted} if is_parted else {}))


def _units(row: ListRow, below: Sequence[UnitBelow]) -> tuple[str, str]:
    """Give the units below that answer for a row, and whether each does for a part of it; the office itself where none does."""
    leads = [unit.unit.name for unit in below if not unit.leads or row.number in unit.leads]
    helpers = [unit.unit.name for unit in below if row.number in unit.supports and unit.unit.name not in leads]
    if not leads:
        return row.unit, ""
    if len(leads) > 1:
        return "、".join(leads), "是"
    return "、".join((*leads, *helpers)), ""


def _cells(theirs: ListRow, mine: ListRow | None, last: ListRow | None) -> Iterator[tuple[str, str]]:
    """Give what stands in a row's columns: what the clerk changed since the last form came, else what the one above says now."""
    if mine is None or last is None:
        yield from theirs.cells.items()
        return
    for title in dict.fromkeys((*theirs.cells, *mine.cells)):
        own, old = mine.cells.get(title, ""), last.cells.get(title, "")
        yield title, theirs.cells.get(title, "") if own == old else own
