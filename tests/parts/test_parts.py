"""A workbook of several units from the inbox to the clerk's word: each part a return of its own, what cannot be parted waits, nothing comes twice."""

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.intake.dying_writer import writer_that_dies
from tests.small import Q1, accepted, filled_row, header_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.flows.closing.verify import verify
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.intake.list_returns import assign, decide, list_returns
from toolkit.flows.office.office_context import open_office
from toolkit.model.decisions import DecisionAction
from toolkit.model.findings import Code
from toolkit.model.part_names import PartName, address_of, part_name, rows_at
from toolkit.model.period import Period

TOWN, BUREAU, PLAN = "东山镇", "云溪县工信局", "云溪县发改局"
SENT = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A small office that has issued its first quarter."""
    space = small_workspace(tmp_path / "space")
    issue(space)
    return space


def lines(space: Workspace, unit: str) -> tuple[list[object], list[list[object]]]:
    """Give the titles and the filled rows of a unit's main table."""
    target = space.root / "filled.xlsx"
    town, bureau = filled_row("任务2", lead=False) | filled_row("任务3"), filled_row("任务1") | filled_row("任务2")
    cells = {TOWN: town, BUREAU: bureau, PLAN: filled_row("任务1", lead=False)}
    type_into(space.out(Q1, "发放") / f"{unit}_2023年第一季度进展.xlsx", target, cells[unit])
    sheet = load_workbook(target)["任务进展"]
    rows = [list(row) for row in sheet.iter_rows(min_row=header_row(sheet), values_only=True)]
    return rows[0], [row for row in rows[1:] if str(row[0] or "").startswith("任务")]


def merged(space: Workspace, names: dict[str, str], path: str = "汇总.xlsx") -> None:
    """Drop a book in which the rows of units stand under each other beside a column with these names."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["单位", *lines(space, TOWN)[0]])
    for unit, called in names.items():
        for row in lines(space, unit)[1]:
            sheet.append([called, *row])
    book.save(space.inbox / path)
    os.utime(space.inbox / path, (SENT, SENT))


def run(space: Workspace) -> Collected:
    """Collect."""
    return collect(space, progress=lambda items, _: items)


def test_each_part_is_a_return_of_its_own(space: Workspace) -> None:
    """Each unit of a merged book has its return with its place, its receipt, its line in the list; the original is kept once, and verified."""
    merged(space, {TOWN: TOWN, BUREAU: "云溪县工业和信息化局"})

    done = run(space)

    names = [f"汇总.xlsx/{TOWN}〔Sheet：第1-3行〕", f"汇总.xlsx/{BUREAU}〔Sheet：第1、4-5行〕", "汇总.xlsx"]
    assert [(TOWN, "WITH_FINDINGS"), (BUREAU, "WITH_FINDINGS"), ("", "IGNORED")] == [(one.unit, one.outcome.name) for one in done.arrivals]
    assert names == [one.sent.name for one in done.arrivals] == [one.file for one in done.received]
    assert "按单位分成 2 份" == done.received[-1].brought
    assert {TOWN, BUREAU} == {*done.receipts.to_mend, *done.receipts.clean}
    assert ["汇总.xlsx"] == [path.name.partition("_")[2] for path in space.returns.rglob("*.xlsx")]
    assert {"任务2", "任务3"} == {row.number for row in accepted(space)[names[0]] if row.answers}
    assert [("Sheet", "A2"), ("Sheet", "A3")] == [row.place[1:] for row in accepted(space)[names[0]]]
    assert () == verify(space, Q1, progress=lambda items, _: items).differences


def test_what_cannot_be_parted_waits_with_a_proposal(space: Workspace) -> None:
    """Rows of a unit that is nearly named wait, as that unit's: accepted they are its return; rows of a stranger wait until somebody says whose they are."""
    merged(space, {TOWN: TOWN, BUREAU: "云溪县工信局综合科", PLAN: "某某中心"})
    run(space)
    waiting = [one for one in list_returns(space, Q1) if one.outcome == "待认定"]

    assert [("—", "某某中心" in one.reason) for one in waiting if one.unit == "—"] == [("—", True)]
    number = next(one.number for one in waiting if one.unit == BUREAU)
    other = next(one.number for one in waiting if one.unit == "—")
    (said,) = decide(space, [number], DecisionAction.ACCEPT)
    assert f"（{BUREAU}）：{DecisionAction.ACCEPT}" in said
    assign(space, [other], PLAN, Q1)
    held = {name: [row.number for row in rows if row.answers] for name, rows in accepted(space).items()}
    assert [["任务1"], ["任务1", "任务2"], ["任务2", "任务3"]] == sorted(numbers for numbers in held.values() if numbers)
    with open_office(space) as office:
        assert {"来件"} == {Path(file.path).parent.name for file in office.ledger.all_files() if file.outcome.counts}
    assert () == verify(space, Q1, progress=lambda items, _: items).differences


def test_text_that_is_nobodys_is_named(space: Workspace) -> None:
    """A line below the rows of all units is said once, of the whole file."""
    merged(space, {TOWN: TOWN, BUREAU: BUREAU})
    book = load_workbook(space.inbox / "汇总.xlsx")
    book.worksheets[0].append([None, "备注：另有情况见附件"])
    book.save(space.inbox / "汇总.xlsx")

    whole = run(space).arrivals[-1]

    assert [Code.SEVERAL_UNITS, Code.BESIDE_PARTS] == [finding.code for finding in whole.findings]
    assert "备注" in whole.findings[1].message


def test_nothing_comes_twice(space: Workspace) -> None:
    """The same book again, or a copy under another name, is not new."""
    merged(space, {TOWN: TOWN, BUREAU: BUREAU})
    content = (space.inbox / "汇总.xlsx").read_bytes()
    run(space)
    for name in ("汇总.xlsx", "副本.xlsx"):
        (space.inbox / name).write_bytes(content)
        os.utime(space.inbox / name, (SENT, SENT))

    again = run(space)

    assert ([("副本.xlsx", "DUPLICATE")], 1) == ([(one.sent.name, one.findings[0].code.name) for one in again.arrivals], again.again)


def test_a_run_that_is_cut_off_between_two_parts_is_carried_on(space: Workspace) -> None:
    """Cut off after any number of recorded parts and run again, the ledger holds the same as that of an undisturbed run."""
    merged(space, {TOWN: TOWN, BUREAU: BUREAU, PLAN: "某某中心"})
    whole = open_workspace(Path(shutil.copytree(space.root, space.root.parent / "whole")))
    run(whole)

    for taken in range(4):
        cut = open_workspace(Path(shutil.copytree(space.root, space.root.parent / f"cut{taken}")))
        with writer_that_dies(after=taken):
            run(cut)
        run(cut)
        assert ends(whole) == ends(cut)
        assert accepted(whole) == accepted(cut)
        assert [] == [path.name for path in cut.inbox.iterdir() if path.suffix == ".xlsx"]


def ends(space: Workspace) -> list[tuple[str, str, str]]:
    """Give what the ledger says of every file."""
    with open_office(space) as office:
        return [(file.name, file.unit, file.outcome.name) for file in office.ledger.all_files()]


def test_a_parts_name_tells_its_rows() -> None:
    """What a part's name says is read back the same, also of sheets with names alike or with our own signs; a whole file's name is none."""
    sheets = ["任务进展", "甲〔乙〕", "同名", "同名", "第2张表", "a/b"]
    rows = {at: frozenset({at, at + 2, at + 3, 40}) for at in range(len(sheets))}
    name = PartName("包.zip/合并〔2023〕.xlsx", "甲/局", address_of(rows, sheets))

    read = part_name(str(name))

    assert read is not None
    assert ("包.zip/合并〔2023〕.xlsx", "甲／局") == read[:2]
    assert rows == rows_at(read.address, sheets)
    assert None is part_name("云政发〔2023〕5号.xlsx")
    assert None is part_name("甲/乙〔任务进展〕")


def test_a_bare_table_is_taken_for_the_form_whose_titles_it_has(space: Workspace) -> None:
    """Rows without seal and code are proposed as the progress report whose titles stand there, also where a plan with the same tasks was issued since."""
    issue(space, Period(2023))
    titles, rows = lines(space, TOWN)
    book = Workbook()
    for line in (titles, *rows):
        book.worksheets[0].append(line)
    book.save(space.inbox / f"{TOWN}.xlsx")

    done = run(space)

    assert [(TOWN, str(Q1), "WAITING")] == [(one.unit, one.period, one.outcome.name) for one in done.arrivals]
