"""Whatever was done to a workbook, in any order: no wrong value without a finding that points at it, nothing gone without a word."""

import random
from collections.abc import Callable, Mapping

from hypothesis import given
from hypothesis import strategies as st

from tests.intake.draw import CLEAN, TRUTH, Read, drawn, read
from tests.intake.spoil import PROGRESS, SPOILS, Rows, on_main, row_of
from tests.intake.test_pairs import pointed_at
from tests.properties.examples import some
from toolkit.model.column_kinds import PercentCell
from toolkit.model.findings import Code, Level
from toolkit.model.returns import CellFault, Fault, Grid

COPIED = "复制一行又改了数"
TASKS = ("任务1", "任务2", "任务3", "任务5")


def cell(number: str, column: int, value: object) -> Callable[[Rows], Rows]:
    """Type something else into one cell of the first sheet as it was issued."""

    def change(rows: Rows) -> Rows:
        rows[row_of(rows, number)][column] = value
        return rows

    return change


ODD: Mapping[str, object] = {
    "百分数": "45%", "约数": "约40", "区间": "30-40", "出错": CellFault("#REF!"), "没有结果": CellFault("=A1", Fault.FORMULA), "百分比格式": PercentCell(0.66),
    "全角": "６６", "空白": None, "汉字": "百分之六十六", "小数": 0.66, "负数": -5.0, "太大": 1e18, "日期": "2023-06-30", "乱写": "差不多了",
}  # fmt: skip
TYPED: Mapping[str, str | None] = {"百分数": "45", "约数": "40", "百分比格式": "66", "全角": "66", "汉字": "66", "小数": "66", "负数": "-5"}


def spoiled(names: tuple[str, ...], grid: Grid) -> Grid:
    """Do one thing after the other; what finds nothing left to spoil is left out."""
    for name in names:
        try:
            grid = SPOILS[name](grid)
        except LookupError:
            continue
    return grid


SEVERAL = st.lists(st.sampled_from(sorted(SPOILS)), max_size=4).map(tuple)


def named(done: Read, place: str) -> bool:
    """Whether a finding points at a value: at its cell, its column's head, or (where the sheet lost the texts that tell its rows apart) at its sheet."""
    sheet = place.split("!")[1]
    return pointed_at(done, place) or any(finding.code is Code.NAME_GONE and finding.place.sheet == sheet for finding in done.findings)


@some(400)
@given(
    names=SEVERAL,
    odd=st.dictionaries(st.sampled_from(TASKS), st.sampled_from(sorted(ODD)), max_size=2),
)
def test_spoilages_together_never_give_a_wrong_value_in_silence(names: tuple[str, ...], odd: dict[str, str]) -> None:
    """After up to four spoilages, and odd things typed as progress, each value read is the one that was typed for its task and column, or is pointed at."""
    grid = drawn(CLEAN)
    truth: dict[tuple[str, str], str | None] = dict(TRUTH)
    for number, what in odd.items():
        grid = on_main(cell(number, PROGRESS, ODD[what]))(grid)
        truth[number, "progress"] = TYPED.get(what)
    if odd.get("任务1") == "空白" and COPIED in names:
        truth["任务1", "progress"] = "66"  # all that the unit wrote of it, in a row that it copied

    done = read(spoiled(names, grid))

    wrong = [(key, value) for key, value in done.values.items() if value != truth.get(key) and not named(done, done.places[key])]
    assert [] == wrong
    gone = [key for key, value in truth.items() if value is not None and key not in done.values]
    assert not gone or any(finding.level is not Level.NOTE for finding in done.findings)


@some(120)
@given(names=SEVERAL, seed=st.integers(0, 10**6))
def test_no_order_of_rows_mixes_them_up(names: tuple[str, ...], seed: int) -> None:
    """Whole rows in any order, spoiled besides: no task takes another's value in silence."""

    def shuffled(rows: Rows) -> Rows:
        first, last = row_of(rows, "任务1"), row_of(rows, "任务5") + 1
        middle = rows[first:last]
        random.Random(seed).shuffle(middle)  # noqa: S311 - repeatable
        return [*rows[:first], *middle, *rows[last:]]

    done = read(spoiled(names, on_main(shuffled)(drawn(CLEAN))))

    assert [] == [(key, value) for key, value in done.values.items() if value != TRUTH.get(key) and not named(done, done.places[key])]
