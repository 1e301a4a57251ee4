"""What goes back to a unit, and what comes back of it."""

import os
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import Q1, filled_row, header_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.unit_history import current_rows
from toolkit.flows.report.consolidate import consolidate

TOWN = filled_row("任务2", lead=False) | filled_row("任务3")
WRONG = TOWN | {("任务进展", "任务3", "累计进度"): 130, ("任务进展", "任务3", "进展状态"): "基本完成", ("任务进展", "任务2", "本季进展情况"): None}


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    space = small_workspace(tmp_path)
    issue(space)
    return space


def send(space: Workspace, source: Path, cells: dict[tuple[str, str, str], object], *, day: int = 20, name: str = "来件.xlsx") -> None:
    type_into(source, space.inbox / name, cells)
    moment = datetime(2023, 3, day, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(space.inbox / name, (moment, moment))


def run(space: Workspace) -> Collected:
    return collect(space, progress=lambda items, _: items)


def blank_form(space: Workspace) -> Path:
    return space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx"


def back(space: Workspace, kind: str = "退改.xlsx") -> Path:
    return space.out(Q1, "退回") / f"东山镇_2023年第一季度进展_{kind}"


def says(space: Workspace, number: str, code: str) -> object:
    with open_office(space) as office:
        return next((row.value(code) for row in current_rows(office, Q1)["东山镇"] if row.number == number), None)


def test_a_receipt_shows_what_was_said_and_marks_what_is_wrong(space: Workspace) -> None:
    """The receipt is the unit's form with its own values; each fault is marked at its cell, listed first with a link, and has a column to filter by."""
    send(space, blank_form(space), WRONG)

    done = run(space)

    assert (("东山镇",), ()) == (done.receipts.to_mend, done.receipts.clean)
    book = load_workbook(back(space))
    assert ["需修改的3处", "填报说明", "任务进展", "指标进展", "申请事项", "_封签"] == book.sheetnames
    first = book["需修改的3处"]
    lines = [[cell.value for cell in row] for row in first.iter_rows(min_row=5, max_row=7)]
    assert [("错误", "J6", "进展状态"), ("错误", "L5", "本季进展情况"), ("错误", "K6", "累计进度")] == [(line[1], line[3], line[4]) for line in lines]
    assert "'任务进展'!K6" == first["D7"].hyperlink.location
    sheet = book["任务进展"]
    assert ["推进中", None, "基本完成", 130] == [sheet[cell].value or None for cell in ("J5", "L5", "J6")] + [int(sheet["K6"].value)]
    assert "任务3完成立项和招标，进场施工。" == sheet["L6"].value
    assert ["FFFF9999", "FFFF9999"] == [sheet[cell].fill.fgColor.rgb for cell in ("K6", "L5")]
    assert "不能大于 100" in sheet["K6"].comment.text
    assert "审核意见" == sheet.cell(header_row(sheet), sheet.max_column).value
    assert "应从下拉框中选" in str(sheet.cell(6, sheet.max_column).value)


def test_sending_a_receipt_back_is_the_resubmission(space: Workspace) -> None:
    """A receipt that repairs one fault brings a receipt with the rest; one that repairs all is merged clean and answered shortly."""
    send(space, blank_form(space), WRONG)
    run(space)
    send(space, back(space), {("任务进展", "任务3", "累计进度"): 35, ("任务进展", "任务2", "本季进展情况"): "盘活企业2家，腾出用地30亩。"}, day=22)
    second = run(space)
    rest = load_workbook(back(space)).sheetnames[0]
    send(space, back(space), {("任务进展", "任务3", "进展状态"): "推进中"}, day=23)
    third = run(space)

    assert ("merged with findings", "需修改的1处") == (second.arrivals[0].outcome.value, rest)
    assert ("merged", ("东山镇",)) == (third.arrivals[0].outcome.value, third.receipts.clean)
    assert [] == [finding.code.name for finding in third.arrivals[0].findings]
    assert not back(space).exists()
    text = back(space, "回执.txt").read_text("utf-8-sig")
    assert "共采用 2 行、6 个数据，没有需要修改的地方。" in text
    assert Decimal(35) == says(space, "任务3", "progress")
    assert ["报送"] == ["报送" for unit in consolidate(space, Q1).round.units if unit.unit == "东山镇" and unit.versions == 3 and not unit.errors]


def test_a_second_collect_writes_no_receipt_again(space: Workspace) -> None:
    """What was answered is not answered again, and a run that was cut off before its receipts makes up for it."""
    send(space, blank_form(space), WRONG)
    import toolkit.flows.intake.collect as flow

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flow, "write_receipts", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run(space)
    made_up = run(space)
    before = back(space).read_bytes()
    again = run(space)

    assert (("东山镇",), ()) == (made_up.receipts.to_mend, again.receipts.to_mend)
    assert before == back(space).read_bytes()


def test_an_untouched_cell_of_a_receipt_does_not_undo_a_later_return(space: Workspace) -> None:
    """Between a receipt and its return another version came: cells that the receipt's return left as they were do not override it."""
    send(space, blank_form(space), TOWN | {("任务进展", "任务2", "本季进展情况"): None}, day=10, name="一.xlsx")
    run(space)
    receipt = space.root / "留着.xlsx"
    receipt.write_bytes(back(space).read_bytes())
    send(space, blank_form(space), TOWN | {("任务进展", "任务3", "累计进度"): 55}, day=12, name="二.xlsx")
    run(space)
    send(space, receipt, {("任务进展", "任务2", "本季进展情况"): "盘活企业2家，腾出用地30亩。"}, day=14, name="三.xlsx")
    run(space)

    done = consolidate(space, Q1)

    assert (Decimal(55), "盘活企业2家，腾出用地30亩。") == (says(space, "任务3", "progress"), says(space, "任务2", "done"))
    stale = [finding.message for finding in done.round.findings if finding.code.name == "STALE"]
    assert ["“累计进度”还是退回时的“30”，2023-03-12 已另外报送“55”，按后者采用。"] == stale


def test_what_was_not_taken_over_is_listed(space: Workspace) -> None:
    """Columns and sheets that the unit added are listed in its receipt, so that it knows they were not read."""
    send(space, blank_form(space), WRONG)
    book = load_workbook(space.inbox / "来件.xlsx")
    sheet = book["任务进展"]
    sheet.cell(header_row(sheet), sheet.max_column + 1).value = "我们的备注"
    sheet.cell(header_row(sheet) + 1, sheet.max_column).value = "请关注"
    book.save(space.inbox / "来件.xlsx")

    run(space)

    first = load_workbook(back(space)).worksheets[0]
    texts = [str(row[0].value) for row in first.iter_rows() if row[0].value]
    assert [True, True] == [any(words in text for text in texts) for words in ("以下 1 处没有采用", "“我们的备注”不是表中原有的栏目")]
