"""Takes the sheet 数据来源 out of an answer from an office below, and holds what it says against the cells that it speaks of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from toolkit.model.column_kinds import plain
from toolkit.model.findings import Code, Finding
from toolkit.model.lower_source import COLUMNS, FILLED, HOW, OWN_CELL, OWN_SHEET, SHEET, UNIT, CellState, LowerSource, same_text, source_from
from toolkit.model.place import Place
from toolkit.model.returns import Grid, GridSheet, Row
from toolkit.model.seal import shown_text

_NEEDED = frozenset((OWN_SHEET, OWN_CELL, FILLED, HOW, UNIT))  # without these a sheet of that name is somebody's own
_SEARCHED = 5  # rows at the top in which the header may stand


def without_sources(grid: Grid) -> Grid:
    """Give a workbook whose sheet 数据来源 is taken out and read; one without such a sheet as it is."""
    found = next(((sheet, at) for sheet in grid.sheets if sheet.name.strip() == SHEET and (at := _header(sheet)) is not None), None)
    if found is None:
        return grid
    sheet, top = found
    titles = [plain(value) for value in sheet.rows[top]]
    missing = [title for title in COLUMNS if title not in titles]
    facts = {"titles": "、".join(missing)}
    notes = (Finding(Code.SOURCES_INCOMPLETE, Place(grid.file, sheet.name), facts),) if missing else ()
    columns = [titles.index(title) if title in titles else -1 for title in COLUMNS]
    rows = ([plain(row[at]) if 0 <= at < len(row) else "" for at in columns] for row in sheet.rows[top + 1 :])
    sources = tuple(source_from(row) for row in rows if any(row))
    rest = tuple(other for other in grid.sheets if other is not sheet)
    return grid._replace(sheets=rest, sources=sources, findings=(*grid.findings, *notes))


def held_against(sources: Sequence[LowerSource], rows: Sequence[Row]) -> tuple[LowerSource, ...]:
    """Say of which cells something else stands there than was put in: that was changed by hand since."""
    if not sources:
        return ()
    answers = {(answer.place.sheet, answer.place.cell): shown_text(answer.value) for row in rows for answer in row.answers.values()}
    known = {(blank.sheet, blank.cell) for row in rows for code in row.blanks if (blank := row.blank(code))}

    def changed(source: LowerSource) -> bool:
        at = source.sheet, source.cell
        return (at in answers or at in known) and not same_text(answers.get(at, ""), source.filled)

    return tuple(replace(source, state=CellState.CHANGED.value) if changed(source) else source for source in sources)


def source_findings(grid: Grid, sources: Sequence[LowerSource]) -> Iterator[Finding]:
    """Say how many cells were changed by hand after they had been put together, and which sums are not those of their parts."""
    cells = {(source.sheet, source.cell): source for source in sources if source.level == 1}
    changed = [at for at, source in cells.items() if source.state == CellState.CHANGED and source.merged]
    if changed:
        yield Finding(Code.CHANGED_BY_HAND, Place(grid.file, *changed[0]), {"count": str(len(changed))})
    for at, source in cells.items():
        parts = [_number(part.read) for part in sources if (part.sheet, part.cell) == at and part.level == 1]
        numbers = [part for part in parts if part is not None]
        total = _number(source.merged)
        if source.how.startswith("合计") and total is not None and (len(numbers) < len(parts) or sum(numbers, Decimal(0)) != total):
            yield Finding(Code.SUM_DIFFERS, Place(grid.file, *at), {"seen": source.merged, "value": shown_text(sum(numbers, Decimal(0)))}, title=source.title)


def _header(sheet: GridSheet) -> int | None:
    return next((at for at, row in enumerate(sheet.rows[:_SEARCHED]) if set(map(plain, row)) >= _NEEDED), None)


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
