"""What the clerk types into the consolidated workbook holds, whatever is done to the workbook."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.ledger.decision_records import history
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.intake.list_returns import list_returns
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import Consolidated, consolidate
from toolkit.model.decisions import DecisionSubject

TOWN = filled_row("任务2", lead=False) | filled_row("任务3")


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A workspace in which the town has returned: 任务3 at 30 %, its percent written in words."""
    space = small_workspace(tmp_path)
    issue(space)
    send(space, "东山镇", TOWN | {("任务进展", "任务3", "累计进度"): "三成左右", ("任务进展", "任务2", "本季进展情况"): "好"})
    collect(space, progress=lambda items, _: items)
    return space


def send(space: Workspace, unit: str, cells: dict[tuple[str, str, str], object], name: str = "来件.xlsx", day: int = 20) -> None:
    type_into(space.out(Q1, "发放") / f"{unit}_2023年第一季度进展.xlsx", space.inbox / name, cells)
    moment = datetime(2023, 3, day, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(space.inbox / name, (moment, moment))


def run(space: Workspace) -> Collected:
    return collect(space, progress=lambda items, _: items)


def edit(path: Path, change: Callable[[dict[str, Worksheet]], None]) -> None:
    """Do something to a workbook as a clerk does: open, change, save."""
    book = load_workbook(path)
    change({sheet.title: sheet for sheet in book.worksheets})
    book.save(path)


def put(sheet: Worksheet, title: str, value: object, *, where: str, says: str) -> None:
    """Type into the row whose column `where` says something."""
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(row[0].row for row in sheet.iter_rows(min_row=2) if str(row[columns[where] - 1].value) == says)
    sheet.cell(row, columns[title]).value = value


def column(path: Path, sheet: str, title: str) -> list[object]:
    page = load_workbook(path)[sheet]
    at = next(cell.column for cell in page[1] if cell.value == title)
    return [row[at - 1].value for row in page.iter_rows(min_row=2) if row[0].value]


def light(done: Consolidated) -> tuple[str, str]:
    standing = next(task for task in done.round.tasks if task.task.number == "任务3")
    return done.assessment.lights["任务3"], standing.ruling.note


def rule(path: Path, value: str, note: str = "现场核查") -> None:
    def change(sheets: dict[str, Worksheet]) -> None:
        put(sheets["任务进展"], "认定灯", value, where="编号", says="任务3")
        put(sheets["任务进展"], "认定说明", note, where="编号", says="任务3")

    edit(path, change)


def words(space: Workspace) -> list[tuple[str, str, str]]:
    with open_office(space) as office, office.ledger.reading() as connection:
        return [(one.field, one.before, one.value) for one in history(connection, DecisionSubject.TASK, "2023Q1|任务3")]


def test_a_ruling_holds_however_often_the_book_is_written(space: Workspace) -> None:
    """A light typed in with its reason is kept by every rewrite and recorded once, with what stood there before."""
    path = consolidate(space, Q1).path
    rule(path, "红灯")

    first, second = consolidate(space, Q1), consolidate(space, Q1)

    assert [("红", "现场核查")] * 2 == [light(first), light(second)]
    assert "红" in column(path, "任务进展", "认定灯")
    assert [("认定灯", "", "红"), ("所报", "", "推进中 30"), ("认定说明", "", "现场核查")] == words(space)


def test_a_ruling_is_found_in_a_sorted_book_and_survives_a_deleted_row(space: Workspace) -> None:
    """Rows may be sorted, columns moved, rows deleted: a ruling is read by its task's number, and a row that is gone takes nothing back."""
    path = consolidate(space, Q1).path
    rule(path, "黄")

    def shuffle(sheets: dict[str, Worksheet]) -> None:
        sheet = sheets["任务进展"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        for at, row in enumerate([rows[0], *rows[:0:-1]], 1):
            for to, value in enumerate(row, 1):
                sheet.cell(at, to).value = value

    edit(path, shuffle)
    first = consolidate(space, Q1)
    edit(path, lambda sheets: sheets["任务进展"].delete_rows(2, 10))
    second = consolidate(space, Q1)

    assert [("黄", "现场核查")] * 2 == [light(first), light(second)]


def test_a_ruling_is_taken_back_by_clearing_it_and_changed_by_typing_another(space: Workspace) -> None:
    """Every change is kept with what stood there before."""
    path = consolidate(space, Q1).path
    rule(path, "红")
    consolidate(space, Q1)
    rule(path, "黄")
    changed = consolidate(space, Q1)
    rule(path, "", "")
    cleared = consolidate(space, Q1)

    assert [("黄", "现场核查"), ("绿", "")] == [light(changed), light(cleared)]
    assert [("", "红"), ("红", "黄"), ("黄", "")] == [(before, value) for field, before, value in words(space) if field == "认定灯"]


def test_an_old_copy_does_not_undo_a_newer_ruling(space: Workspace) -> None:
    """A copy that was written before a ruling says nothing about it, when it is put back untouched; what was changed in it counts."""
    path = consolidate(space, Q1).path
    copy = path.with_name("旧的.bak")
    shutil.copy(path, copy)
    rule(path, "红")
    consolidate(space, Q1)
    shutil.copy(copy, path)
    edit(path, lambda sheets: put(sheets["任务进展"], "认定灯", "黄", where="编号", says="任务1"))

    done = consolidate(space, Q1)

    assert ("红", "黄") == (done.assessment.lights["任务3"], done.assessment.lights["任务1"])


def test_a_word_that_is_no_choice_is_pointed_at_and_the_rest_is_read(space: Workspace) -> None:
    """A light that does not exist is a sentence with its cell; the other cells of the row are read."""
    path = consolidate(space, Q1).path
    rule(path, "紫")

    done = consolidate(space, Q1)

    assert ("绿", "现场核查") == light(done)
    assert 1 == len(done.left)
    assert "“认定灯”不能是“紫”，没有读入。可以填：蓝、绿、黄、红、灰；清空表示撤回。" in done.left[0]
    assert f"{path.name}!任务进展!" in done.left[0]


def test_what_may_be_chosen_of_a_finding_names_the_words_for_its_kind(space: Workspace) -> None:
    """Who types another word than there are is told the words for one line and those for all of its kind."""
    path = consolidate(space, Q1).path
    edit(path, lambda sheets: put(sheets["问题清单"], "处理", "不算", where="代码", says=sheets["问题清单"].cell(2, 1).value))

    assert "可以填：接受、豁免、采用批注、退回、同类接受、同类豁免、同类退回、同类清空；清空表示撤回。" in consolidate(space, Q1).left[0]


def test_verdicts_on_findings_settle_or_send_back(space: Workspace) -> None:
    """An accepted finding counts no more and leaves the receipt; one that was sent back comes into it with the clerk's words."""
    done = consolidate(space, Q1)
    before = {unit.unit: (unit.errors, unit.reviews) for unit in done.round.units}["东山镇"]
    first = column(done.path, "问题清单", "代码")

    def judge(sheets: dict[str, Worksheet]) -> None:
        put(sheets["问题清单"], "处理", "接受", where="代码", says="C09")
        put(sheets["问题清单"], "处理", "退回", where="代码", says="C12")
        put(sheets["问题清单"], "处理说明", "请填准确的数。", where="代码", says="C12")

    edit(done.path, judge)
    again = consolidate(space, Q1)

    assert {"C09", "C12"} <= set(first)
    unit = next(unit for unit in again.round.units if unit.unit == "东山镇")
    assert (before[0], before[1] - 1) == (unit.errors, unit.reviews)
    assert ["接受"] == [finding.verdict for finding in again.round.findings if finding.code.name == "TOO_SHORT"]
    receipt = load_workbook(space.out(Q1, "退回") / "东山镇_2023年第一季度进展_退改.xlsx")
    assert "需修改的1处" == receipt.sheetnames[0]
    assert "请填准确的数。" in str(receipt.worksheets[0]["G5"].value)


def test_a_waiting_file_is_decided_in_the_list_of_returns(space: Workspace) -> None:
    """A file that waits has a line in 报送情况; 接受 there reads it, 退回 refuses it, and what cannot be done is said."""
    for name in ("甲.xlsx", "乙.xlsx"):
        send(space, "东山镇", TOWN | {("任务进展", "任务3", "累计进度"): 66}, name, day=25)
        other = load_workbook(space.out(Q1, "发放") / "云溪县发改局_2023年第一季度进展.xlsx")["任务进展"]["A2"].value
        edit(space.inbox / name, lambda sheets, other=other: sheets["任务进展"].__setitem__("A2", other))  # type: ignore[misc]
    run(space)
    path = consolidate(space, Q1).path
    lines = [str(value) for value in column(path, "报送情况", "单位") if str(value).startswith("（文件）")]

    def decide(sheets: dict[str, Worksheet]) -> None:
        put(sheets["报送情况"], "处理", "接受", where="单位", says="（文件）（东山镇）甲.xlsx")
        put(sheets["报送情况"], "处理", "退回", where="单位", says="（文件）（东山镇）乙.xlsx")
        put(sheets["报送情况"], "处理", "恢复", where="单位", says="东山镇")

    edit(path, decide)
    done = consolidate(space, Q1)

    assert ["（文件）（东山镇）乙.xlsx", "（文件）（东山镇）甲.xlsx"] == sorted(lines)
    assert Decimal(66) == next(task.progress for task in done.round.tasks if task.task.number == "任务3")
    assert {"甲.xlsx": "已汇总（有问题）", "乙.xlsx": "不予接收"} == {one.name: one.outcome for one in list_returns(space, Q1) if one.name != "来件.xlsx"}
    assert ["没有执行" in sentence and "不能“恢复”" in sentence for sentence in done.left] == [True]


def test_a_book_that_is_open_or_broken_is_not_touched(space: Workspace) -> None:
    """Where the workbook is open elsewhere, or cannot be read back, the new one is written beside it; once it is closed the old place is used again."""
    path = consolidate(space, Q1).path
    lock = path.with_name(f".~lock.{path.name}#")
    lock.write_text("某某")
    before = path.read_bytes()
    beside = consolidate(space, Q1)
    untouched = path.read_bytes()
    lock.unlink()
    rule(beside.path, "红")
    closed = consolidate(space, Q1)
    path.write_bytes(b"PK\x03\x04 half")
    broken = consolidate(space, Q1)

    assert (before, f"{path.stem}（新）.xlsx") == (untouched, beside.path.name)
    assert "正在别处打开" in beside.left[0]
    assert (path, ("红", "现场核查")) == (closed.path, light(closed))
    assert (beside.path, b"PK\x03\x04 half") == (broken.path, path.read_bytes())
    assert "读不出来" in broken.left[0]


def test_a_repair_that_the_clerk_accepts_is_remembered_for_that_unit(space: Workspace) -> None:
    """A retitled column is asked about once; accepted, the same unit's next return is read without asking, another unit's is not."""

    def retitle(name: str) -> None:
        def change(sheets: dict[str, Worksheet]) -> None:
            cell = next(cell for row in sheets["任务进展"].iter_rows(max_row=6) for cell in row if cell.value == "本季进展情况")
            cell.value = "这个季度干了些啥情况"

        seen = (space.inbox / name).stat()
        edit(space.inbox / name, change)
        os.utime(space.inbox / name, (seen.st_atime, seen.st_mtime))

    send(space, "东山镇", TOWN, "甲.xlsx", day=21)
    retitle("甲.xlsx")
    first = run(space).arrivals[0]
    path = consolidate(space, Q1).path
    edit(path, lambda sheets: put(sheets["问题清单"], "处理", "接受", where="代码", says=first.findings[-1].code.text.id))
    consolidate(space, Q1)
    send(space, "东山镇", TOWN | {("任务进展", "任务3", "累计进度"): 41}, "乙.xlsx", day=22)
    retitle("乙.xlsx")
    send(space, "云溪县发改局", filled_row("任务1", lead=False), "丙.xlsx", day=22)
    retitle("丙.xlsx")
    later = {arrival.sent.name: [finding.code.name for finding in arrival.findings] for arrival in run(space).arrivals}

    asked = first.findings[-1].code.name
    assert asked in {"RETITLED", "PLACED", "UNSURE"}
    assert (["OLDER_ISSUE", "COLUMN_ALIAS"], True) == (later["乙.xlsx"], asked in later["丙.xlsx"])


def test_two_units_that_contradict_each_other_stand_side_by_side(space: Workspace) -> None:
    """A lead says finished, a support not begun: both texts stand in one line, and the office's word on it survives the next merge."""
    done = {("任务进展", "任务2", "进展状态"): "已完成", ("任务进展", "任务2", "累计进度"): 100, ("任务进展", "任务2", "佐证材料"): "验收单3份"}
    send(space, "云溪县工信局", filled_row("任务1") | filled_row("任务2") | done, "工信.xlsx")
    idle = {("任务进展", "任务2", "进展状态"): "未启动", ("任务进展", "任务2", "本季进展情况"): "等县里统一安排后启动。"}
    send(space, "东山镇", TOWN | idle, "镇.xlsx", day=24)
    run(space)
    path = consolidate(space, Q1).path

    def decide(sheets: dict[str, Worksheet]) -> None:
        put(sheets["进展不一"], "处理", "以责任为准", where="责任单位", says="东山镇")
        put(sheets["进展不一"], "处理说明", "现场看过，没有动工。", where="责任单位", says="东山镇")

    edit(path, decide)
    consolidate(space, Q1)
    again = consolidate(space, Q1).path

    sheet = load_workbook(again)["进展不一"]
    line = {title.value: cell.value for title, cell in zip(sheet[1], sheet[2], strict=True)}
    assert ("任务2", "已完成", "未启动", "等县里统一安排后启动。") == (line["编号"], line["牵头所报"], line["责任所报"], line["责任说明"])
    assert ("以责任为准", "现场看过，没有动工。") == (line["处理"], line["处理说明"])


def test_what_was_found_across_units_is_sent_back_by_the_clerk(space: Workspace) -> None:
    """A contradiction between two units is the office's to settle; once the clerk sends it back it stands in the lead's receipt, at its cell."""
    finished = {("任务进展", "任务2", "进展状态"): "已完成", ("任务进展", "任务2", "累计进度"): 100, ("任务进展", "任务2", "佐证材料"): "验收单3份"}
    send(space, "云溪县工信局", filled_row("任务1") | filled_row("任务2") | finished | {("指标进展", "任务1", "本年累计完成值"): 20}, "工信.xlsx")
    idle = {("任务进展", "任务2", "进展状态"): "未启动", ("任务进展", "任务2", "本季进展情况"): "等县里统一安排后启动。"}
    send(space, "东山镇", TOWN | idle, "镇.xlsx", day=24)
    run(space)
    receipt = space.out(Q1, "退回") / "云溪县工信局_2023年第一季度进展_退改.xlsx"
    path = consolidate(space, Q1).path
    before = receipt.exists()

    def judge(sheets: dict[str, Worksheet]) -> None:
        put(sheets["问题清单"], "处理", "退回", where="代码", says="Q01")
        put(sheets["问题清单"], "处理说明", "请与东山镇核对。", where="代码", says="Q01")

    edit(path, judge)
    consolidate(space, Q1)

    assert not before
    first = load_workbook(receipt).worksheets[0]
    assert ["进展状态", True] == [first["E5"].value, "请与东山镇核对。" in str(first["G5"].value)]
    assert "'任务进展'!J6" == first["D5"].hyperlink.location
