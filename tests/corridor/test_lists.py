"""Lists that live side by side in one year: a book each and one over all, forms that tell the list, a table of them in 总览."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import load_workbook as read_book

from tests.clerk import type_cells
from tests.command import run
from tests.corridor.test_year import shown
from tests.small import MASTER, Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.clock import now
from toolkit.edges.files import write_file
from toolkit.edges.ledger.ladder_records import take
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import close
from toolkit.flows.closing.verify import verify
from toolkit.flows.intake.collect import collect
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.status import status
from toolkit.flows.report.trace import trace
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import DecisionSubject
from toolkit.model.ladder import LadderStep, Level
from toolkit.model.master import TASK, Task

LIVELIHOOD = (
    Task("民生实事1", TASK, "一、住房", "", "加装电梯20部。", ("东山镇",), (), listed="民生实事"),
    Task("民生实事2", TASK, "一、住房", "", "改造老旧管网5公里。", ("云溪县工信局",), (), listed="民生实事"),
)


def quietly(items: object, _: str = "") -> object:
    """Pass on what a command goes through."""
    return items


def with_two_lists(folder: Path) -> Workspace:
    """Make a workspace whose year has the list of the notice and 民生实事."""
    return small_workspace(folder, replace(MASTER, tasks=(*MASTER.tasks, *LIVELIHOOD)))


def played(folder: Path) -> Workspace:
    """Issue and collect the first quarter of the two lists; the town answers three tasks."""
    space = with_two_lists(folder)
    cells = filled_row("任务2", lead=False) | filled_row("任务3") | filled_row("民生实事1", progress=10)
    type_into(issue(space) / "东山镇_2023年第一季度进展.xlsx", space.inbox / "东山镇.xlsx", cells)
    collect(space, progress=quietly)
    return space


def numbers_in(path: Path, sheet: str) -> list[object]:
    """Give the 编号 of a sheet's rows."""
    rows = read_book(str(path)).get_sheet_by_name(sheet).to_python()
    return [row[rows[0].index("编号")] for row in rows[1:]]


def test_each_list_has_its_own_book_beside_the_one_over_all(tmp_path: Path) -> None:
    """The whole book counts by list, live; a list's book holds its own tasks, units and answers only; status and trace know the list."""
    space = played(tmp_path)

    done = consolidate(space, Q1)

    assert ["2023年第一季度主清单进展汇总.xlsx", "2023年第一季度民生实事进展汇总.xlsx"] == [path.name for _, path in done.lists]
    assert ["目标1", "任务1", "任务2", "任务3", "民生实事1", "民生实事2"] == numbers_in(done.path, "任务进展")
    assert [["目标1", "任务1", "任务2", "任务3"], ["民生实事1", "民生实事2"]] == [numbers_in(path, "任务进展") for _, path in done.lists]
    assert [["任务2", "任务3"], ["民生实事1"]] == [numbers_in(path, "填报明细") for _, path in done.lists]
    overview = read_book(str(done.path)).get_sheet_by_name("总览").to_python()
    assert {("主清单", 4), ("民生实事", 2)} <= {(row[0], row[3]) for row in overview}
    assert "2023年第一季度民生实事目标任务进展汇总" in str(read_book(str(done.lists[1][1])).get_sheet_by_name("总览").to_python()[0])
    found = status(space, Q1)
    assert [("主清单", 4, 1), ("民生实事", 2, 1)] == [tuple(line.values()) for line in found.lists] if found else False
    assert "民生实事" == trace(space, Q1, "民生实事1", "东山镇").listed


def test_a_ruling_typed_into_a_lists_book_holds_everywhere(tmp_path: Path) -> None:
    """What the clerk types into the book of one list is read back, and stands in the book over all, too."""
    space = played(tmp_path)
    path = consolidate(space, Q1).lists[1][1]
    book = load_workbook(path)
    sheet = book["任务进展"]
    column = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, column["认定灯"]).value = "红"
    sheet.cell(2, column["认定说明"]).value = "现场没有开工。"
    book.save(path)

    done = consolidate(space, Q1)

    assert ("红", "绿") == (done.assessment.lights["民生实事1"], done.assessment.lights["任务3"])
    assert () == done.left


def test_a_lists_book_has_the_steps_of_the_ladder_on_its_tasks(tmp_path: Path) -> None:
    """督办阶梯台账 of a list's book has the steps that were taken for tasks of that list and its units, as they stand; what is typed there is read back."""
    space = played(tmp_path)
    wanted = [LadderStep(2023, 0, str(Q1), "东山镇", number, Level.LETTER, "红灯", f"督办通知单/{number}.docx", now()) for number in ("任务3", "民生实事1")]
    wanted.append(LadderStep(2023, 0, str(Q1), "云溪县发改局", "", Level.REMIND, "未报", "催办/发改局.docx", now()))
    with open_office(space, alone=True) as office:
        take(office.ledger, wanted)

    first = consolidate(space, Q1)
    listed = [numbers_in(path, "督办阶梯台账") for path in (first.path, *(path for _, path in first.lists))]
    type_cells(first.lists[1][1], "督办阶梯台账", {"K2": "整改"})
    done = consolidate(space, Q1)

    assert [["任务3", "民生实事1", ""], ["任务3", ""], ["民生实事1"]] == listed
    assert "整改" == done.round.decided.on(DecisionSubject.STEP, "〔2023〕阶梯第2号")["结果"]


def test_only_one_lists_book_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    """Consolidate --list writes that book and no other; a list that there is none of is answered with those there are."""
    space = played(tmp_path)

    code, said, _ = run(tmp_path, "consolidate", "2023Q1", "--list", "民生")

    assert (0, ["2023年第一季度民生实事进展汇总.xlsx"]) == (code, [path.name for path in (space.root / "outbox/2023Q1/汇总").iterdir()])
    assert "2023年第一季度民生实事进展汇总.xlsx" in said
    with pytest.raises(CommandError) as stopped:
        consolidate(space, Q1, "重点项目")
    assert "有：主清单、民生实事。" == stopped.value.advice


def test_a_closed_period_keeps_the_books_of_its_lists(tmp_path: Path) -> None:
    """Closing freezes every list's book; one that is changed or lost afterwards comes back, and verify finds no difference."""
    space = played(tmp_path)
    assert close(space, Q1, with_open=True, confirm=False, progress=quietly).draft is not None
    path = consolidate(space, Q1).lists[1][1]
    closed = path.read_bytes()
    path.unlink()

    consolidate(space, Q1)

    assert closed == path.read_bytes()
    assert [] == list(verify(space, Q1, progress=quietly).differences)


def test_a_form_tells_the_list_only_where_there_are_several(tmp_path: Path) -> None:
    """A form that is issued while two lists live has the column 清单; a list that comes later changes no form that is out already."""
    space = with_two_lists(tmp_path / "两份")
    assert "民生实事" == shown(issue(space) / "东山镇_2023年第一季度进展.xlsx", "任务进展", "民生实事1")["清单"]
    assert "主清单" == shown(issue(space) / "东山镇_2023年第一季度进展.xlsx", "任务进展", "任务3")["清单"]

    other = small_workspace(tmp_path / "后来")
    path = issue(other) / "云溪县发改局_2023年第一季度进展.xlsx"
    before = path.read_bytes()
    write_file(other.master, master_bytes(replace(MASTER, tasks=(*MASTER.tasks, *LIVELIHOOD))))
    issue(other)
    assert before == path.read_bytes()
    assert "清单" not in shown(path, "任务进展", "任务1")
