"""What is still to be filled in on a unit's sheet: which cells are marked, and the line over the table that counts them, live."""

from collections.abc import Iterator, Mapping, Sequence

from toolkit.model.form import FINISHED, STATUS, Field, Required, Source, Subject, Table
from toolkit.model.issue import IssuedRow
from toolkit.model.master import Role
from toolkit.model.place import address, column_letters
from toolkit.model.sheet import Area, Condition, Formula
from toolkit.model.stages import Stage
from toolkit.views.consolidated.criteria import criterion, quoted

_BLANKS = ("", " ", "  ", "   ")  # what a cell holds that nothing can be read in; every program counts these alike, TRIM over a range not
_LONGEST = 8000  # characters of a formula, of 8,192
_ALL_DONE, _ADDED_ONLY = "必填项已全部填写", "填了的行，红色单元格必填"
Filled = Mapping[tuple[str, str, str], object]  # a unit's own values by table sheet, row key, field code


def needed_columns(table: Table, rows: Sequence[IssuedRow]) -> list[tuple[int, Field]]:
    """Give the columns that some unit must fill in, with their places; [] where the table has no rows."""
    return [(column, field) for column, field in enumerate(table.fields) if rows and field.source is Source.FILLED and field.required is not Required.NO]


def blank_condition(table: Table, column: int, area: Area) -> Condition:
    """Mark required cells that are still blank, of added lines only where the line holds something."""
    return Condition(area, f"={_blank_cell(table, column, area.top)}", "必填")


def blank_counter(table: Table, rows: Sequence[IssuedRow], needed: Sequence[tuple[int, Field]], *, first: int, filled: Filled) -> Formula | str:
    """Count the required cells that are still blank, live in the sheet; rows are counted from 0, the table's from `first` on."""
    if not needed:
        return "本表没有必填项。" if rows else ""
    parts = _of_added_lines(table, rows, needed, first) if table.subject is Subject.BLANK else _of_columns(table, needed, first, first + len(rows) - 1)
    total, blank = "+".join(parts), sum(_is_blank(table, field, row, filled) for row in rows for _, field in needed)
    if len(total) > _LONGEST // 2:
        return _ADDED_ONLY
    words = f"还有 {blank} 处必填未填（红色单元格）" if blank else _ALL_DONE
    return Formula(f'=IF({total}=0,"{_ALL_DONE}","还有 "&({total})&" 处必填未填（红色单元格）")', words)


def _of_columns(table: Table, needed: Sequence[tuple[int, Field]], first: int, last: int) -> Iterator[str]:
    for column, field in needed:
        area, decided = Area(first, column, last, column).ref(absolute=True), _decided_by(table, field)
        only = [f"{Area(first, decided[0], last, decided[0]).ref(absolute=True)},{criterion(word)}," for word in decided[1]] if decided else [""]
        yield from (f'COUNTIFS({where}{area},"{words}")' for where in only for words in _BLANKS)


def _of_added_lines(table: Table, rows: Sequence[IssuedRow], needed: Sequence[tuple[int, Field]], first: int) -> Iterator[str]:
    for at in range(first, first + len(rows)):
        yield f"IF(COUNTA({_line(table, at)})=0,0,{'+'.join(f'IF({_required_blank(table, column, at)},1,0)' for column, _ in needed)})"


def _line(table: Table, row: int) -> str:
    return ",".join(_cell(column, row) for column, field in enumerate(table.fields) if field.source is Source.FILLED)


def _cell(column: int, row: int) -> str:
    return f"${column_letters(column)}{row + 1}"


def _blank_cell(table: Table, column: int, row: int) -> str:
    blank = _required_blank(table, column, row)
    return f"AND(COUNTA({_line(table, row)})>0,{blank})" if table.subject is Subject.BLANK else blank


def _required_blank(table: Table, column: int, row: int) -> str:
    blank = f'TRIM({address(row, column).replace(column_letters(column), "$" + column_letters(column))})=""'
    decided = _decided_by(table, table.fields[column])
    if decided is None:
        return blank
    are = [f"{_cell(decided[0], row)}={quoted(word)}" for word in decided[1]]
    asked = are[0] if len(are) == 1 else f"OR({','.join(are)})"
    return f"AND({asked},{blank})"


def _is_blank(table: Table, field: Field, row: IssuedRow, filled: Filled) -> bool:
    """Whether a cell that must be filled in holds nothing; an added line in which nothing stands needs nothing."""
    values = {code: filled.get((table.sheet, row.key, code)) for code in (STATUS, field.code)}
    touched = table.subject is not Subject.BLANK or any(filled.get((table.sheet, row.key, column.code)) not in {None, ""} for column in table.filled)
    return touched and field.required.of(row.role, is_finished=table.is_finished(values[STATUS])) and values[field.code] in {None, ""}


def _decided_by(table: Table, field: Field) -> tuple[int, tuple[str, ...]] | None:
    """Give the column and the words in it that make a cell required; None where it always is."""
    columns = {field.code: column for column, field in enumerate(table.fields)}
    columns |= {field.taken_from: column for column, field in enumerate(table.fields) if field.source is Source.PREFILLED}
    if field.required is Required.LEAD and "本单位角色" in columns:
        return columns["本单位角色"], (Role.LEAD.value,)
    if field.required is not Required.FINISHED or STATUS not in columns:
        return None
    return columns[STATUS], table.words_of(Stage.FINISHED) or (FINISHED,)
