"""A table in two pieces: what one piece lacks is said once, with its title or its row; nothing of the other piece is lost."""

from tests.intake.draw import CLEAN, FORM, TRUTH, Read, drawn, read
from tests.intake.spoil import DONE, DUE, NUMBER, PROBLEM, PROGRESS, STATUS, split_columns, split_sheet
from toolkit.intake.header_rows import find_headers
from toolkit.model.returns import Grid

CODES = {STATUS: "status", PROGRESS: "progress", DONE: "done", PROBLEM: "problem", DUE: "due"}
Said = tuple[str, str, str, str, str]


def without(grid: Grid, sheet: str, number: str) -> Grid:
    """Take a task's row out of a sheet."""
    kept = (one._replace(rows=tuple(row for row in one.rows if not row or row[NUMBER] != number)) if one.name == sheet else one for one in grid.sheets)
    return grid._replace(sheets=tuple(kept))


def left_out(done: Read) -> set[tuple[str, str]]:
    return set(TRUTH) - set(done.values)


def missing(done: Read) -> list[Said]:
    wanted = [finding for finding in done.findings if finding.code.name in {"NO_COLUMN", "ROW_MISSING"}]
    return [(one.code.name, one.place.sheet, one.place.cell, one.title, one.facts.get("row", "")) for one in wanted]


def test_a_column_that_the_second_piece_lacks_is_said_once() -> None:
    """Two rows stand in a piece without a column: one sentence at its header, with the column's title."""
    grid = split_sheet(drawn(CLEAN))
    cut = tuple(
        sheet._replace(rows=tuple(row[:PROBLEM] + row[PROBLEM + 1 :] for row in sheet.rows)) if sheet.name == "续表" else sheet for sheet in grid.sheets
    )
    done = read(grid._replace(sheets=cut))

    assert {("任务3", "problem"), ("任务5", "problem")} == left_out(done)
    assert [("NO_COLUMN", "续表", "A3", "存在问题", "")] == missing(done)


def test_columns_side_by_side_on_two_sheets_lack_nothing() -> None:
    """Both pieces have every row: every value is read."""
    done = read(split_columns(drawn(CLEAN)))

    assert (set(), []) == (left_out(done), missing(done))


def test_a_row_that_the_piece_with_more_columns_lacks_is_missing_there() -> None:
    """What stands in the piece with fewer columns is read; that the row is missing from the other is said once, whatever it would have held."""
    done = read(without(split_columns(drawn(CLEAN)), "续表", "任务3"))

    assert {("任务3", CODES[column]) for column in (DONE, PROBLEM, DUE)} == left_out(done)
    assert [("ROW_MISSING", "任务进展", "A3", "", "任务3")] == missing(done)


def test_a_row_that_only_the_piece_with_more_columns_has_lacks_the_other_columns() -> None:
    """The columns that its piece lacks are named, each once."""
    done = read(without(split_columns(drawn(CLEAN)), "任务进展", "任务3"))

    assert {("任务3", CODES[column]) for column in (STATUS, PROGRESS)} == left_out(done)
    assert [("NO_COLUMN", "续表", "A1", "进展状态", ""), ("NO_COLUMN", "续表", "A1", "累计进度", "")] == missing(done)


def test_two_rows_that_are_missing_are_two_sentences() -> None:
    """Each row is named for itself."""
    done = read(without(without(split_columns(drawn(CLEAN)), "续表", "任务3"), "续表", "任务5"))

    assert ["任务3", "任务5"] == [row for code, *_, row in missing(done) if code == "ROW_MISSING"]


def test_titles_below_each_other_are_no_header() -> None:
    """The list of columns of 填报说明, put above its table on one page, is no second piece of the table; a header of two rows is one."""
    listed = "".join(f"    | {title} | 本单位 | 有则填写\n" for title in ("进展状态", "累计进度", "存在问题", "预计完成时间"))
    parted = "    | 编号 | 目标任务 | 进展 | | |\n    | | | 进展状态 | 累计进度 | 存在问题\n    | 任务1 | 新建标准厂房80万平方米以上 | 推进中 | 31 |\n"
    keys = {"任务进展": frozenset({"任务1"})}

    def found(text: str) -> list[tuple[int, int]]:
        return [(header.top, header.bottom) for header in find_headers(drawn(text).sheets[0], FORM.tables, keys, lambda _: False)]

    assert [(6, 6)] == found(CLEAN.replace("    | 编号  | 目标任务", f"{listed}    | 编号  | 目标任务"))
    assert [(0, 1)] == found(f"    == 任务进展\n{parted}")
