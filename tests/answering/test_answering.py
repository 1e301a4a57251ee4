"""A unit answers what the office doubts, takes values back, and is not counted twice for nothing."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.answering.hands import DOUBTED, TOWN, blank_form, found_in, receipt, run, says, send, table, to_mend
from tests.small import Q1, issue, small_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.findings import Code

T3 = "任务进展", "任务3"


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    space = small_workspace(tmp_path)
    issue(space)
    return space


def test_a_confirmation_ends_a_doubt_in_the_units_sight_only(space: Workspace) -> None:
    """The unit gets a short receipt; the office still counts the doubt and reads the unit's words beside it, and beside the row."""
    send(space, blank_form(space), DOUBTED)
    asked = to_mend(space)
    send(space, receipt(space), {(*T3, "单位说明"): "情况属实：尾工不计"}, day=22)
    done = consolidate(space, Q1)

    assert [("累计进度", "进展状态是“已完成”，“累计进度”却是 60。")] == asked
    assert [] == to_mend(space)
    assert "单位说明“情况属实：尾工不计”已收到" in receipt(space, "回执.txt").read_text("utf-8-sig")
    (line,) = [row for row in table(done.path, "问题清单") if row["单位"] == "东山镇" and row["级别"] != "提示"]
    assert ("R01", "待核", "情况属实：尾工不计", None) == (line["代码"], line["级别"], line["单位说明"], line["处理"])
    assert [1] == [row["待核数"] for row in table(done.path, "报送情况") if row["单位"] == "东山镇"]
    assert Code.STATED in found_in(space)
    assert ["情况属实：尾工不计"] == [row["单位说明"] for row in table(done.path, "填报明细") if row["编号"] == "任务3"]


def test_a_confirmation_outlives_the_next_version(space: Workspace) -> None:
    """What was confirmed is not asked again with a later return, while the same stands there; what was changed since is."""
    send(space, blank_form(space), DOUBTED | {("任务进展", "任务2", "进展状态"): "快了"})
    send(space, receipt(space), {(*T3, "单位说明"): "属实。已核"}, day=22)
    rest = [title for title, _ in to_mend(space)]
    send(space, receipt(space), {("任务进展", "任务2", "进展状态"): "推进中"}, day=23)
    clean = to_mend(space)
    send(space, blank_form(space), DOUBTED | {(*T3, "累计进度"): 70}, day=25, name="又一件.xlsx")

    assert (["进展状态"], []) == (rest, clean)
    assert "累计进度" in [title for title, _ in to_mend(space)]


def test_a_word_that_is_not_sure_is_asked_about(space: Workspace) -> None:
    """不属实 ends nothing: the doubt stays, and the unit is asked what it means."""
    send(space, blank_form(space), DOUBTED)
    send(space, receipt(space), {(*T3, "单位说明"): "情况不属实"}, day=22)

    problems = [problem for _, problem in to_mend(space)]
    assert Code.STATED_UNCLEAR in found_in(space)
    assert ["单位说明写的是“情况不属实”，看不出是确认属实还是要撤回。", "进展状态是“已完成”，“累计进度”却是 60。"] == problems


def test_an_error_is_not_confirmed_away(space: Workspace) -> None:
    """属实 beside 130 percent leaves it out as before; the office sees the words."""
    send(space, blank_form(space), TOWN | {(*T3, "累计进度"): 130})
    send(space, receipt(space), {(*T3, "单位说明"): "情况属实"}, day=22)

    assert ["累计进度"] == [title for title, _ in to_mend(space)]
    assert None is says(space, "任务3", "progress")
    lines = table(consolidate(space, Q1).path, "问题清单")
    assert ["情况属实"] == [line["单位说明"] for line in lines if line["代码"] == "C08"]


def test_what_the_clerk_sends_back_after_the_words_is_asked_again(space: Workspace) -> None:
    """退回 after a confirmation is shown to the unit with its reason; the next confirmation answers that."""
    send(space, blank_form(space), DOUBTED)
    send(space, receipt(space), {(*T3, "单位说明"): "情况属实"}, day=22)
    path = consolidate(space, Q1).path
    book = load_workbook(path)
    sheet = book["问题清单"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, columns["代码"]).value == "R01")
    sheet.cell(row, columns["处理"]).value = "退回"
    sheet.cell(row, columns["处理说明"]).value = "请附立项批文"
    book.save(path)
    run(space)
    asked = to_mend(space)
    opinion = [cell.value for cell in load_workbook(receipt(space))["任务进展"][6]][-2]
    send(space, receipt(space), {(*T3, "单位说明"): "情况属实：批文 3 号"}, day=24)

    assert ["累计进度"] == [title for title, _ in asked]
    assert "本办已退回：请附立项批文" in str(opinion)
    assert [] == to_mend(space)


@pytest.mark.parametrize(("column", "code", "value"), [("累计进度", "progress", 30), ("预计完成时间", "due", date(2023, 6, 30)), ("下一步措施", "next", "x")])
def test_a_value_is_withdrawn_in_its_cell(space: Workspace, column: str, code: str, value: object) -> None:
    """撤回 in a number, a date or a text takes back what was sent, for good: a later blank does not bring it back."""
    cells = TOWN if value in {30, "x"} else TOWN | {(*T3, column): value}
    send(space, blank_form(space), cells)
    before = says(space, "任务3", code)
    send(space, blank_form(space), TOWN | {(*T3, column): "撤 回"}, day=22, name="二.xlsx")
    after = says(space, "任务3", code)
    send(space, blank_form(space), {key: what for key, what in TOWN.items() if key[2] != column}, day=24, name="三.xlsx")

    assert before is not None
    assert (None, None) == (after, says(space, "任务3", code))
    codes = [line["代码"] for line in table(consolidate(space, Q1).path, "问题清单")]
    assert "C03" not in codes
    assert "C05" not in codes


def test_a_withdrawal_beside_the_row_takes_the_doubted_value(space: Workspace) -> None:
    """撤回 in 单位说明 takes back the one value that the office's words are about, although it still stands in its cell."""
    send(space, blank_form(space), DOUBTED)
    done = send(space, receipt(space), {(*T3, "单位说明"): "撤回，填错了"}, day=22)

    assert None is says(space, "任务3", "progress")
    assert "已完成" == says(space, "任务3", "status")
    assert ["C02", "S16"] == sorted(finding.code.text.id for finding in done.arrivals[0].findings if finding.code.text.id != "F06")
    lines = {line["代码"]: line for line in table(consolidate(space, Q1).path, "问题清单")}
    assert "单位写了“撤回，填错了”，“累计进度”原来报的内容已撤回。" == lines["S16"]["问题"]


def test_a_withdrawal_that_names_no_column_of_several_is_asked_about(space: Workspace) -> None:
    """Where two values of a row are doubted, 撤回 alone takes nothing; 撤回累计进度 takes one."""
    send(space, blank_form(space), DOUBTED | {(*T3, "预计完成时间"): date(2023, 3, 1), (*T3, "进展状态"): "推进中", (*T3, "累计进度"): 100})
    send(space, receipt(space), {(*T3, "单位说明"): "撤回"}, day=22)
    kept, asked = says(space, "任务3", "progress"), [problem for _, problem in to_mend(space)]
    send(space, receipt(space), {(*T3, "单位说明"): "撤回累计进度"}, day=23)

    assert Decimal(100) == kept
    assert Code.WITHDRAW_UNCLEAR in found_in(space)
    assert any("看不出撤回的是哪一栏" in problem for problem in asked)
    assert None is says(space, "任务3", "progress")


def test_a_withdrawn_value_does_not_come_back_with_an_old_receipt(space: Workspace) -> None:
    """A receipt given out before the withdrawal still shows the value: left as it is there, it is not reported anew."""
    send(space, blank_form(space), DOUBTED)
    old = space.root / "留着.xlsx"
    old.write_bytes(receipt(space).read_bytes())
    send(space, blank_form(space), TOWN | {(*T3, "累计进度"): "撤回"}, day=22, name="二.xlsx")
    send(space, old, {("任务进展", "任务2", "本季进展情况"): "盘活企业2家，腾出用地30亩。"}, day=24, name="三.xlsx")

    assert None is says(space, "任务3", "progress")
    assert any("按后者采用" in problem for _, problem in to_mend(space))


def test_words_on_the_first_sheet_count_as_well(space: Workspace) -> None:
    """单位说明 behind a line of 需修改的 N 处 answers that line."""
    send(space, blank_form(space), DOUBTED)
    book = load_workbook(receipt(space))
    first = book.worksheets[0]
    assert "单位说明" == first["H4"].value
    first["H5"] = "情况属实"
    book.save(space.inbox / "回.xlsx")
    run(space)

    assert [] == to_mend(space)


def test_a_lost_seal_is_nothing_to_mend(space: Workspace) -> None:
    """What only concerns the file is told to the unit and counted for the office, not asked of the unit."""
    send(space, blank_form(space), TOWN, name="原.xlsx")
    book = load_workbook(space.root / next(iter(space.root.glob("records/returns/**/*原.xlsx"))))
    del book["_封签"]
    book.save(space.inbox / "没有封签.xlsx")
    done = run(space)

    assert ("merged with findings", ["S04"]) == (
        done.arrivals[0].outcome.value,
        [finding.code.text.id for finding in done.arrivals[0].findings if finding.level == "待核"],
    )
    assert (("东山镇",), ()) == (done.receipts.clean, done.receipts.to_mend)
    assert "封签丢失" in receipt(space, "回执.txt").read_text("utf-8-sig")


def test_a_receipt_returned_unchanged_is_not_new(space: Workspace) -> None:
    """It is ignored with a sentence; no version, no receipt; one that says something is new."""
    send(space, blank_form(space), DOUBTED | {(*T3, "进展状态"): "快了"})
    before = receipt(space).read_bytes()
    done = send(space, receipt(space), {}, day=22, name="原样.xlsx")
    unit = next(unit for unit in consolidate(space, Q1).round.units if unit.unit == "东山镇")
    again = send(space, receipt(space), {(*T3, "单位说明"): "属实"}, day=23, name="有话.xlsx")

    assert [("ignored", ["S19"])] == [(arrival.outcome.value, [finding.code.text.id for finding in arrival.findings]) for arrival in done.arrivals]
    assert ((), ()) == done.receipts[:2]
    assert before == receipt(space).read_bytes() or again.receipts.to_mend
    assert 1 == unit.versions
    assert ["merged with findings"] == [arrival.outcome.value for arrival in again.arrivals]


@pytest.mark.parametrize("name", ["东山镇_2023年第一季度进展.xlsx", "最终版.xlsx", "（已填报）东山镇.xlsx"])
def test_a_blank_form_is_not_reported(space: Workspace, name: str) -> None:
    """A form without a typed cell is 未填 whatever its name; the unit stays among those who have not reported, and gets no receipt."""
    done = send(space, blank_form(space), {}, name=name)
    book = consolidate(space, Q1)

    assert [("ignored", "这是空表，一格也没有填，按未填处理。", "2023Q1")] == [
        (arrival.outcome.value, arrival.reason, arrival.period) for arrival in done.arrivals
    ]
    assert ((), ()) == done.receipts[:2]
    assert [Code.BLANK_FORM] == found_in(space)
    (line,) = [row for row in table(book.path, "报送情况") if row["单位"] == "东山镇"]
    assert ("未填", None, 0) == (line["结果"], line["是否按时"], line["版本数"])
    assert [None] == [unit.outcome for unit in book.round.units if unit.unit == "东山镇"]


def test_a_blank_form_behind_a_filled_one_takes_nothing_away(space: Workspace) -> None:
    """What was reported stays, without a question; one typed cell makes a form a return."""
    send(space, blank_form(space), TOWN, name="一.xlsx")
    send(space, blank_form(space), {}, day=22, name="空.xlsx")
    one = send(space, blank_form(space), {(*T3, "累计进度"): 40}, day=23, name="一格.xlsx")

    assert ["merged with findings"] == [arrival.outcome.value for arrival in one.arrivals]
    assert Decimal(40) == says(space, "任务3", "progress")


def test_a_form_of_another_round_says_so_in_its_receipt(space: Workspace) -> None:
    """Once the second quarter is issued, a return of the first is told that the second is still awaited; one who has reported it is not."""
    from toolkit.model.period import Period

    issue(space, Period(2023, 2))
    send(space, blank_form(space), TOWN)
    first = receipt(space, "回执.txt").read_text("utf-8-sig")
    send(space, blank_form(space, Period(2023, 2)), TOWN, name="二季度.xlsx")
    send(space, blank_form(space), TOWN | {(*T3, "累计进度"): 33}, day=25, name="补.xlsx")

    assert Code.OTHER_ROUND in found_in(space)
    assert "这是2023年第一季度的表，已记入2023年第一季度；2023年第二季度的表还没有收到。" in first
    assert "2023年第二季度" not in receipt(space, "回执.txt").read_text("utf-8-sig")
