"""A column that was sorted without the others: its contents stand in other rows than the unit wrote them in before."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.small import MASTER, Q1, filled_row, issue, small_workspace
from tests.time.clerk import rows, run, send
from tests.time.small_year import WHOLE_YEAR
from toolkit.edges.workspace import Workspace
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.master import TASK, Task
from toolkit.model.period import Period

Q2, BUREAU = Period(2023, 2), "云溪县工信局"
TASKS = ("任务1", "任务2", "任务3", "任务4")
SAID, DONE = "本季进展情况", "累计进度"


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """An office whose bureau leads four tasks, the first quarter issued."""
    tasks = tuple(Task(number, TASK, "一、产业", "", f"推进第{place}项工作。", (BUREAU,), ()) for place, number in enumerate(TASKS, 1))
    space = small_workspace(tmp_path, replace(WHOLE_YEAR, tasks=tasks, indicators=(), units=MASTER.units))
    issue(space)
    return space


def filled(*order: str, field: str = SAID) -> dict[tuple[str, str, str], object]:
    """Fill in all rows; a column has the contents of the rows in this order."""
    cells: dict[tuple[str, str, str], object] = {}
    contents = {number: {SAID: f"{number}完成立项，进场施工{place}标段。", DONE: 10 * place + 5} for place, number in enumerate(TASKS, 1)}
    for number in TASKS:
        cells |= filled_row(number) | {("任务进展", number, title): contents[number][title] for title in (SAID, DONE)}
    for number, other in zip(TASKS, order, strict=False):
        cells["任务进展", number, field] = contents[other][field]
    return cells


def asked(space: Workspace, period: Period = Q1) -> list[tuple[str, str]]:
    """Consolidate; give column and sentence of what is asked of columns that moved."""
    return [(str(row["栏目"]), str(row["问题"])) for row in rows(consolidate(space, period).path, "问题清单") if row["代码"] == "Q67"]


@pytest.mark.parametrize("field", [SAID, DONE])
def test_a_column_sorted_alone_in_a_later_version_is_asked_about(space: Workspace, field: str) -> None:
    """Three contents that changed places since the return before are asked about in their column; two that did, or new ones, are not."""
    send(space, BUREAU, filled())
    run(space)
    assert [] == asked(space)
    send(space, BUREAU, filled("任务2", "任务1", field=field), "二.xlsx", day=21)
    run(space)
    assert [] == asked(space)

    send(space, BUREAU, filled("任务1", "任务3", "任务4", "任务2", field=field), "三.xlsx", day=22)
    run(space)

    (found,) = asked(space)
    assert found[0] == field
    assert "2023-03-21 报的别的行的，互相换了位置" in found[1]


def test_texts_of_the_last_quarter_in_other_rows_are_asked_about(space: Workspace) -> None:
    """Texts that stood in other rows a quarter ago are asked about; the same ones in their own rows are another matter."""
    send(space, BUREAU, filled())
    run(space)
    issue(space, Q2)
    send(space, BUREAU, filled("任务2", "任务3", "任务1"), "二.xlsx", day=20, month=6, period=Q2)
    run(space)

    assert [(SAID, "任务1、任务2、任务3")] == [(title, text.partition("，")[2].partition("的内容")[0]) for title, text in asked(space, Q2)]
    send(space, BUREAU, filled(), "三.xlsx", day=21, month=6, period=Q2)
    run(space)
    assert not any("上一期" in text for _, text in asked(space, Q2))
