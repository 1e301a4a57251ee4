"""A table whose header is gone is read by its issued rows, or not at all; what changed code passed unseen (mutation testing) is held here."""

from tests.intake.draw import CLEAN, TRUTH, WORK, drawn, read
from tests.intake.spoil import NUMBER, TASK, Change, Rows, changed, header_at, row_of
from toolkit.model.returns import Grid, GridSheet

FILLED = {"进展状态": "E", "累计进度": "F", "本季进展情况": "G", "存在问题": "H", "预计完成时间": "I"}
INDICATORS = {key: value for key, value in TRUTH.items() if "|" in key[0]}


def without_header(rows: Rows) -> Rows:
    at = header_at(rows)
    return [*rows[:at], *rows[at + 1 :]]


def spoiled(*changes: Change) -> Grid:
    return changed(drawn(CLEAN), *changes)


def with_rows(*numbers: str) -> Change:
    """Keep these tasks only."""

    def change(rows: Rows) -> Rows:
        return [row for row in rows if not str(row[NUMBER] or "").startswith("任务") or row[NUMBER] in numbers]

    return change


def test_each_column_that_is_read_so_is_named_with_its_title() -> None:
    """The sentence stands at the row above the first task, and each column that holds something is named once."""
    done = read(spoiled(without_header))

    assert TRUTH == done.values
    lost = [(finding.place.sheet, finding.place.cell, finding.facts["sheet"]) for finding in done.findings if finding.code.name == "HEADER_LOST"]
    assert [("任务进展", "A2", "任务进展")] == lost
    placed = {finding.title: (finding.place.cell, finding.facts["seen"], finding.facts["column"]) for finding in done.findings if finding.code.name == "PLACED"}
    assert {title: (f"{letter}2", "（空）", letter) for title, letter in FILLED.items()} == placed


def test_columns_before_the_table_do_not_move_what_is_read() -> None:
    """Two columns put in front move number and answers alike."""
    done = read(spoiled(without_header, lambda rows: [[None, None, *row] for row in rows]))

    assert TRUTH == done.values
    assert [("任务进展", "C2")] == [(finding.place.sheet, finding.place.cell) for finding in done.findings if finding.code.name == "HEADER_LOST"]


def test_a_table_at_the_very_top_is_named_at_its_first_row() -> None:
    """Without anything above, the sentence stands at A1."""
    done = read(spoiled(without_header, lambda rows: rows[row_of(rows, "任务1") :]))

    assert TRUTH == done.values
    assert [("A1", "HEADER_LOST")] == [one for one in done.said if one[1] == "HEADER_LOST"]


def test_half_of_the_rows_are_enough_and_fewer_are_not() -> None:
    """Two of four issued rows still say whose table it is; one does not, and nothing is taken."""
    half = read(spoiled(without_header, with_rows("任务1", "任务3")))
    less = read(spoiled(without_header, with_rows("任务3")))

    assert {key: value for key, value in TRUTH.items() if key[0] in {"任务1", "任务3"}} | INDICATORS == half.values
    assert INDICATORS == less.values
    assert "HEADER_LOST" not in {code for _, code in less.said}


def test_other_tasks_under_the_same_numbers_are_not_read() -> None:
    """Where the texts beside the numbers are not those that were issued, the table may be anybody's."""

    def others(rows: Rows) -> Rows:
        return [[*row[:TASK], f"另一件事{at}", "某处", None, *row[4:]] if str(row[NUMBER] or "").startswith("任务") else row for at, row in enumerate(rows)]

    done = read(spoiled(without_header, others))

    assert INDICATORS == done.values
    assert "HEADER_LOST" not in {code for _, code in done.said}


def test_a_sheet_that_does_not_fit_does_not_hide_the_one_that_does() -> None:
    """Before the table stands a sheet with a single task, and one whose answers fit no column: both are passed over."""
    grid = spoiled(without_header)
    single = GridSheet("摘录", (("任务3", "组织招聘会不少于30场"),))
    misfit = GridSheet("旧表", tuple((number, task, lead, "25", "31%", "推进中", "2023-12-01", "50", "很好") for number, task, lead in WORK))
    done = read(grid._replace(sheets=(single, misfit, *grid.sheets)))

    assert TRUTH == done.values
    assert ["任务进展"] == [finding.place.sheet for finding in done.findings if finding.code.name == "HEADER_LOST"]
