"""A work plan goes down and up as a quarter's form does, in the same workspace; a receipt is adopted as the form it is."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.levels.offices import DISTRICT, Q1, STREETS, adopted, district, issued, report, row, send_up, taken_in
from tests.small import MASTER
from toolkit.flows.levels.adopt import Wishes, adopt
from toolkit.flows.levels.answer import answer
from toolkit.flows.office.office_context import open_office
from toolkit.model.master import Deadline
from toolkit.model.period import Period

STREET, PLAN = STREETS[0], Period(2023)


def _planned(share: int) -> dict[tuple[str, str, str], object]:
    cells: dict[tuple[str, str, str], object] = {("工作方案", "任务1", title): f"{title}。" for title in ("年度工作目标", "具体措施", "责任科室", "责任人")}
    cells |= {("工作方案", "任务1", f"{name}季度计划进度"): share * at for at, name in enumerate("一二三四", 1)}
    return cells | {("工作方案", "任务1", "联系电话"): "027-84950000"}


def test_a_plan_and_a_quarter_in_one_workspace(tmp_path: Path) -> None:
    """
    Plan and quarter of one year are adopted into one list, each with its form and deadline; the plan's percents are the mean, telephones are left to the clerk.
    """
    above = district(tmp_path / "district", replace(DISTRICT, calendar=(MASTER.calendar[0], *DISTRICT.calendar)))
    street, first = adopted(issued(above, PLAN)[STREET], tmp_path / "street", {"甲社区": "", "乙社区": ""})
    shares = {"甲社区": 20, "乙社区": 25}
    report(street, issued(street, PLAN), lambda unit: _planned(shares[unit]))
    done = answer(street, PLAN, None)
    sheet = load_workbook(done.path)["工作方案"]
    titles = {cell.value: cell.column for cell in sheet[4]}
    second = adopt(street.root, issued(above)[STREET], None, Wishes())
    with open_office(street) as office:
        calendar = [(line.period, line.form) for line in office.master.calendar]

    assert ((), ()) == (first.asked, second.asked)
    assert [22.5, 45, 67.5, 90] == [sheet.cell(5, titles[f"{name}季度计划进度"]).value for name in "一二三四"]
    assert (None, "甲社区：责任人；\n乙社区：责任人。") == (sheet.cell(5, titles["联系电话"]).value, sheet.cell(5, titles["责任人"]).value)
    assert [("2023", "工作方案"), ("2023Q1", "季度进展")] == calendar
    assert ("任务1 改造老旧小区",) == second.added


def test_a_receipt_is_adopted_and_answered(tmp_path: Path) -> None:
    """
    A receipt from above holds what the street had said: adopted and answered, that is brought up to date without a question, and the answer is in the receipt.
    """
    above = district(tmp_path / "district")
    street, _ = adopted(issued(above)[STREET], tmp_path / "street", {"甲社区": "任务1"})
    forms = issued(street)
    report(street, forms, lambda _: row("任务1", "推进中", 40, "改造4个。", 4))
    send_up(street, above)
    taken_in(above)
    receipt = next((above.root / "outbox" / "2023Q1" / "退回").glob("*_退改.xlsx"))
    forms["甲社区"].rename(again := forms["甲社区"].with_name("甲社区_再报.xlsx"))
    report(street, {"甲社区": again}, lambda _: row("任务1", "推进中", 45, "改造5个。", 5))
    came = adopt(street.root, receipt, None, Wishes())
    done = answer(street, Q1, None)
    book = load_workbook(done.path)

    assert ((), ()) == (came.asked, done.asked)
    assert (45, 5) == (book["任务进展"]["K5"].value, book["指标进展"]["G5"].value)
    assert receipt.name == done.path.name


def test_a_named_span_and_a_second_form_keep_their_key(tmp_path: Path) -> None:
    """
    A round that has a name and days of its own goes down with them, and comes back under the same key.
    """
    line = Deadline("2023-汛前排查", "季度进展", date(2023, 5, 1), date(2023, 5, 20), "汛前排查", date(2023, 5, 1), date(2023, 5, 15))
    above = district(tmp_path / "district", replace(DISTRICT, calendar=(line,)))
    street, _ = adopted(issued(above, line.span)[STREET], tmp_path / "street", {"甲社区": "任务1"})
    with open_office(street) as office:
        mine = office.master.calendar
    report(street, issued(street, line.span), lambda _: row("任务1", "推进中", 40, "改造4个。", 4))
    send_up(street, above, line.span)

    assert [("2023-汛前排查", date(2023, 5, 1), date(2023, 5, 15))] == [(known.period, known.first, known.last) for known in mine]
    assert [True] == [arrival.outcome.counts for arrival in taken_in(above).arrivals]
