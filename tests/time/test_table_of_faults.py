"""What was decided stays decided: the faults that were found by running the product, each as the right outcome. Lists and units are here."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.clerk import add_row, answer, codes, ledger_rows, registered, type_cells
from tests.small import Q1, filled_row, issue, small_workspace, type_into
from tests.time import small_year
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace, open_workspace, real_notice
from toolkit.flows.closing.verify import verify
from toolkit.flows.intake.collect import collect
from toolkit.flows.issue.generate import generate
from toolkit.flows.issue.import_notice import import_notice
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.status import status
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period

Q2 = Period(2023, 2)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """The small office in its first quarter: two of three units have reported."""
    space = small_workspace(tmp_path / "办公室")
    folder = issue(space)
    send(space, folder, "云溪县工信局", filled_row("任务1") | filled_row("任务2"))
    send(space, folder, "东山镇", filled_row("任务3") | filled_row("任务2", lead=False))
    taken(space)
    return space


def send(space: Workspace, folder: Path, unit: str, cells: dict[tuple[str, str, str], object]) -> None:
    """Let a unit fill in its form and send it."""
    source = next(path for path in folder.iterdir() if path.name.startswith(f"{unit}_"))
    type_into(source, space.inbox / source.name, cells)


def taken(space: Workspace) -> list[tuple[str, bool]]:
    """Collect; gives whose files came and whether their values count."""
    return [(arrival.unit, arrival.outcome.counts) for arrival in collect(space, progress=lambda items, _: items).arrivals]


def book(space: Workspace, period: Period) -> bytes:
    """Write a period's book; gives its bytes."""
    return consolidate(space, period).path.read_bytes()


def rows_of(content: Path, sheet: str) -> list[dict[str, object]]:
    """Give a sheet's rows by column title."""
    head, *rows = load_workbook(content)[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_next_years_notice_leaves_last_years_books(tmp_path: Path) -> None:
    """The 2024 notice in the folder that holds 2023: the 2023 book is drawn the same byte for byte, and both years can be worked on."""
    space = open_workspace(tmp_path)
    import_notice(space, real_notice(), None)
    issue(space)
    before = book(space, Q1)
    notice = tmp_path / "2024年通知.txt"
    notice.write_text(real_notice().read_text("utf-8").replace("2023", "2024").replace("950", "1200"), "utf-8")

    done = import_notice(space, notice, 2024)

    assert (space.master, space.list_of(2023)) == (done.path, done.beside)
    assert before == book(space, Q1)
    assert ["“2023年第一季度目标任务进展汇总.xlsx”与按台账重新生成的完全一致。"] == list(verify(space, Q1, progress=lambda items, _: items).books)
    issue(space, Period(2024, 1))
    book(space, Period(2024, 1))
    type_cells(space.list_of(2023), "量化指标", {"D5": 12345})
    assert ["AMENDED"] == codes(space)
    assert "2023Q2" == ledger_rows(space.list_of(2023))[0]["自期间"]
    assert before == book(space, Q1)


def test_an_amended_notice_changes_what_comes_and_not_what_was(tmp_path: Path) -> None:
    """A second import with another target: the first quarter's book stays, from the next on the new target holds, with what it was beside it."""
    space = open_workspace(tmp_path)
    import_notice(space, real_notice(), None)
    issue(space)
    before = book(space, Q1)
    notice = tmp_path / "修订.txt"
    notice.write_text(real_notice().read_text("utf-8").replace("950", "900"), "utf-8")

    done = import_notice(space, notice, None)

    assert ["由“950”改为“900”，自 2023Q2 起（变更）。"] == [one.message[one.message.index("由") :] for one in done.registered if "目标值" in one.message]
    assert before == book(space, Q1)
    issue(space, Q2)
    (amended,) = (row for row in rows_of(consolidate(space, Q2).path, "量化指标") if row["原目标"] is not None)
    assert (900, 950, "自 2023Q2 起") == (amended["目标值"], amended["原目标"], amended["调整依据"])


def test_a_renamed_unit_keeps_what_it_reported(space: Workspace) -> None:
    """With its old name in 别名: reported as before, its text stands in the book, its old form is read; from the next quarter on it has the new name."""
    before = book(space, Q1)
    type_cells(space.master, "单位", {"A4": "东山街道", "B4": "东山镇"})

    assert before == book(space, Q1)
    found = status(space, Q1)
    assert (2, ["云溪县发改局"]) == ((found.returned, found.missing) if found else None)
    folder = issue(space, Q2)
    send(space, folder, "东山街道", filled_row("任务3", progress=50))
    assert [("东山街道", True)] == taken(space)
    rows = {row["编号"]: row for row in rows_of(consolidate(space, Q2).path, "任务进展")}
    assert ("东山街道", 30, 50) == tuple(rows["任务3"][title] for title in ("牵头单位", "一季度", "二季度"))


def test_what_is_taken_is_in_the_book(space: Workspace) -> None:
    """A form under the old name comes in after the rename took effect: it counts for the one unit, which is never 已汇总 and 未报 at once."""
    form = next(path for path in (space.root / "outbox" / "2023Q1" / "发放").iterdir() if path.name.startswith("东山镇"))
    kept = form.read_bytes()
    type_cells(space.master, "单位", {"A4": "东山街道"})
    registered(space)
    answer(space.master, 0, "更名")
    registered(space)
    type_cells(space.master, "调整台账", {"E2": "2023Q1"})
    generate(space, Q1, only=(), progress=lambda items, _: items)
    form.write_bytes(kept)
    send(space, form.parent, "东山镇", filled_row("任务3", progress=45))

    assert [("东山街道", True)] == taken(space)
    found = status(space, Q1)
    assert found is not None
    assert ["云溪县发改局"] == found.missing
    rows = {row["编号"]: row for row in rows_of(consolidate(space, Q1).path, "任务进展")}
    assert ("东山街道", 45) == (rows["任务3"]["牵头单位"], rows["任务3"]["累计进度"])


def test_split_withdrawal_and_new_lead_leave_past_quarters(space: Workspace) -> None:
    """Split, withdrawn, led by another from the second quarter on: the first quarter's book stays, and who takes over has what was said before."""
    before = book(space, Q1)
    add_row(space.master, 编号="东山镇", 事项="拆分", 现="东山北镇、东山南镇", 自期间="2023Q2")
    add_row(space.master, 编号="任务3", 事项="牵头单位", 现="东山北镇", 自期间="2023Q2")
    add_row(space.master, 编号="任务1", 事项="牵头单位", 现="云溪县发改局", 自期间="2023Q2")
    add_row(space.master, 编号="任务2", 事项="撤销任务", 自期间="2023Q2", 理由="并入任务1")

    assert before == book(space, Q1)
    folder = issue(space, Q2)
    assert {"东山北镇", "云溪县发改局"} == {path.name.partition("_")[0] for path in folder.glob("*_*.xlsx")}
    for unit, number in (("东山北镇", "任务3"), ("云溪县发改局", "任务1")):
        sheet = load_workbook(next(folder.glob(f"{unit}_*")))["任务进展"]
        head = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "编号")
        row = next(dict(zip(head, row, strict=True)) for row in sheet.iter_rows(values_only=True) if row[0] == number)
        assert (30, "下季度完成主体工程。") == (row["上季累计进度"], row["上季下步措施"])
    rows = {row["编号"]: row for row in rows_of(consolidate(space, Q2).path, "任务进展")}
    assert ["目标1", "任务1", "任务3"] == list(rows)
    assert (30, 30) == (rows["任务1"]["一季度"], rows["任务3"]["一季度"])


def test_a_quarters_book_holds_nothing_of_the_next(tmp_path: Path) -> None:
    """Consolidate 2023Q1 again after Q2 came in: not a cell differs, and verify of the untouched quarter says 完全一致."""
    space = small_year.office(tmp_path)
    for period, day in ((Q1, date(2023, 4, 5)), (Q2, date(2023, 7, 5))):
        small_year.issue(space, period)
        small_year.lay(space, period, small_year.TOWN, progress=20 * period.quarter)
        small_year.take_in(space, day)
        small_year.book(space, period, day)
    path = space.out(Q1, "汇总") / f"{Q1.label}目标任务进展汇总.xlsx"
    before = path.read_bytes()

    with held(date(2023, 7, 6)):
        assert ["完全一致" in said for said in verify(space, Q1, progress=lambda items, _: items).books] == [True]
    assert before == small_year.book(space, Q1, date(2023, 7, 6))


def test_a_damaged_file_of_nobody_stays_in_its_round(tmp_path: Path) -> None:
    """A broken file that came while Q1 was open is in Q1's book before and after Q2 was issued and written, and never in Q2's."""
    space = small_year.office(tmp_path)
    small_year.issue(space, Q1)
    (space.inbox / "损坏.xlsx").write_bytes(b"PK\x03\x04 half")
    small_year.take_in(space, date(2023, 3, 20))
    small_year.book(space, Q1, date(2023, 4, 5))
    small_year.issue(space, Q2)
    for period, day in ((Q2, date(2023, 7, 5)), (Q1, date(2023, 7, 6))):
        small_year.book(space, period, day)

    files = {period: [row["单位"] for row in small_year.sheet(space, period, "报送情况") if "损坏" in str(row["单位"])] for period in (Q1, Q2)}
    assert {Q1: ["（文件）损坏.xlsx"], Q2: []} == files


def test_a_deadline_that_is_no_day_is_pointed_at(tmp_path: Path) -> None:
    """截止 typed as “4月10日”: the sheet, the cell, what stands there and what is expected; not that the period is missing."""
    space = small_workspace(tmp_path)
    type_cells(space.master, "日程", {"D3": "四月上旬某天"})

    with pytest.raises(CommandError) as said:
        issue(space)

    assert "任务总表.xlsx!日程!D3" in f"{said.value.message}{said.value.advice}"
    assert "四月上旬某天" in f"{said.value.message}{said.value.advice}"
    assert "形如 2023-03-30 的日期" in f"{said.value.message}{said.value.advice}"
