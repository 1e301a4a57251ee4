"""Rounds of any span and several forms in one span walk the whole corridor: weeks, half-years, campaigns, 安全检查 beside 季度进展."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import load_workbook as read_book

from tests.command import run
from tests.corridor.test_third_form import with_safety_form
from tests.corridor.test_year import TOWN, shown
from tests.small import MASTER, filled_row, issue, small_workspace, type_into
from toolkit.edges.files import write_file
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import close
from toolkit.flows.closing.verify import verify
from toolkit.flows.intake.collect import collect
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.documents import documents
from toolkit.flows.report.status import status
from toolkit.model.master import Deadline
from toolkit.model.period import Period
from toolkit.model.returns import Outcome

FORM = "季度进展"
TWO_FORMS = (Deadline("2023Q1", "季度进展", date(2023, 1, 1), date(2023, 3, 30)), Deadline("2023Q1_安全检查", "安全检查", date(2023, 1, 1), date(2023, 3, 30)))


def quietly(items: object, _: str = "") -> object:
    """Pass on what a command goes through."""
    return items


def calendar_of(*rows: tuple[str, date, date, str, date | None, date | None]) -> tuple[Deadline, ...]:
    """Make the calendar of one form: key, 开始, 截止, 名称, 起, 止."""
    return tuple(Deadline(key, FORM, *rest) for key, *rest in rows)  # type: ignore[arg-type]


ROUNDS = {
    "weeks": ("2023W06", "2023W07", "2023年第7周"),
    "halves of a month": ("2023M02A", "2023M02B", "2023年2月下半月"),
    "half-years": ("2023H1", "2023H2", "2023年下半年"),
    "campaigns": ("2023-汛前排查", "2023-汛后复查", "2023年汛后复查"),
}
_DAYS = {"2023-汛前排查": (date(2023, 4, 10), date(2023, 5, 31)), "2023-汛后复查": (date(2023, 9, 1), date(2023, 10, 20))}


def _line(key: str) -> Deadline:
    first, last = _DAYS.get(key, (None, None))
    span = replace(Period.parse(key), first=first, last=last)
    return Deadline(key, FORM, span.begins, span.ends, "", first, last)


@pytest.mark.parametrize("kind", ROUNDS)
def test_a_round_of_any_span_feeds_the_next(tmp_path: Path, kind: str) -> None:
    """Rounds of every span are issued into a folder of their key; the second shows what was said in the first, its book how it moved, the year's book both."""
    first, second, label = ROUNDS[kind]
    space = small_workspace(tmp_path, replace(MASTER, calendar=(_line(first), _line(second))))
    type_into(issue(space, Period.parse(first)) / f"东山镇_{Period.parse(first).label}{FORM}.xlsx", space.inbox / "一.xlsx", TOWN)
    collect(space, progress=quietly)

    folder = issue(space, Period.parse(second))
    row = shown(folder / f"东山镇_{label}{FORM}.xlsx", "任务进展", "任务3")
    assert (30, "下季度完成主体工程。") == (row["上季累计进度"], row["上季下步措施"])
    assert space.root / "outbox" / second == folder.parent

    type_into(folder / f"东山镇_{label}{FORM}.xlsx", space.inbox / "二.xlsx", filled_row("任务2", lead=False) | filled_row("任务3", progress=20))
    assert [(second, Outcome.WITH_FINDINGS)] == [(arrival.period, arrival.outcome) for arrival in collect(space, progress=quietly).arrivals]
    book = read_book(str(consolidate(space, Period.parse(second)).path))
    assert f"比{Period.parse(first).label}" in str(book.get_sheet_by_name("变动对照").to_python())
    assert [Period.parse(first).label, label] == [row[0] for row in book.get_sheet_by_name("总览").to_python() if row[0] in {Period.parse(first).label, label}]
    assert "一季度" not in book.get_sheet_by_name("任务进展").to_python()[0]
    year = consolidate(space, Period(2023))
    assert [Period.parse(first), Period.parse(second)] == [stage.period for stage in year.round.stages]
    assert {"任务3": 20} == {task.task.number: task.progress for task in year.round.tasks if task.task.number == "任务3"}


def test_a_campaign_is_judged_by_its_own_days(tmp_path: Path) -> None:
    """序时进度 of a named span is how much of the year is gone when it ends, in the form, in the book and after reading the ledger again."""
    space = small_workspace(tmp_path, replace(MASTER, calendar=(_line("2023-汛前排查"),)))
    period = Period.parse("2023-汛前排查")

    row = shown(issue(space, period) / f"东山镇_2023年汛前排查{FORM}.xlsx", "任务进展", "任务3")

    assert 41.7 == row["计划进度"]
    assert 41.7 == float(consolidate(space, period).round.tasks[0].planned)


def test_the_calendar_takes_what_a_clerk_writes(tmp_path: Path) -> None:
    """Rows of 日程 may say their span in words or by a name with first and last day; the program's own writing of them is read back the same."""
    space = small_workspace(tmp_path)
    book = load_workbook(space.master)
    sheet = book["日程"]
    sheet.delete_rows(2, 5)
    for column, title in enumerate(("名称", "起", "止"), 5):
        sheet.cell(1, column).value = title
    rows = (
        ("2023年上半年", FORM, "2023-01-01", "2023-07-05", None, None, None),
        ("5月下半月", FORM, "2023-05-16", "2023-06-02", None, None, None),
        ("第7周", FORM, "2023-02-13", "2023-02-20", "春季抽查", None, None),
        (None, FORM, "2023-04-10", "2023-06-05", "汛前排查", "2023-04-10", "2023-05-31"),
        ("一季度", FORM, "2023-01-01", "2023-03-30", None, None, None),
        ("Ｑ１", "工作方案", "2023-01-01", "2023-03-30", None, None, None),
    )
    for row in rows:
        sheet.append(row)
    book.save(space.master)

    master, faults = load_master(space.master)

    assert [] == [fault for fault in faults if fault.level == "错误"]
    keys = ["2023H1", "2023M05B", "2023W07", "2023-汛前排查", "2023Q1", "2023Q1_工作方案"]
    assert keys == [line.period for line in master.calendar]
    assert (date(2023, 4, 10), date(2023, 5, 31)) == (master.calendar[3].span.begins, master.calendar[3].span.ends)
    write_file(space.master, master_bytes(master))
    assert master.calendar == load_master(space.master)[0].calendar


NO_DAYS = "“期间”“汛前排查”不是年、半年、季、月、半月、周，又没有写明起止日期。"


@pytest.mark.parametrize(
    ("row", "code", "cell", "words"),
    [
        (("汛前排查", FORM, "2023-04-10", "2023-06-05", None, "2023-04-10", None), "D75", "A6", NO_DAYS),
        (("汛前排查", FORM, "2023-04-10", "2023-06-05", None, "2023-06-10", "2023-04-10"), "D19", "G6", "“止”是 2023-04-10，与“起”的 2023-06-10 矛盾。"),
        (("2023Q3", FORM, "2023-07-01", "2023-09-30", None, "2023-07-02", None), "D19", "F6", "“起”是 2023-07-02，与“期间”的 2023Q3（2023-07-01） 矛盾。"),
        (("2023Q2", FORM, "2023-04-01", "2023-06-30", None, None, None), "D05", "A6", "“期间”“2023Q2”出现了两次（另一处在 A4）。"),
    ],
)
def test_a_row_that_cannot_be_a_round_is_named(tmp_path: Path, row: tuple[object, ...], code: str, cell: str, words: str) -> None:
    """A name without days, days that contradict the span, and the same form twice in a span are faults at their cells."""
    space = small_workspace(tmp_path)
    book = load_workbook(space.master)
    for column, title in enumerate(("名称", "起", "止"), 5):
        book["日程"].cell(1, column).value = title
    for column, value in enumerate(row, 1):
        book["日程"].cell(6, column).value = value  # type: ignore[assignment]
    book.save(space.master)

    found = [(fault.code.text.id, fault.place.cell, fault.message) for fault in load_master(space.master)[1] if fault.level == "错误"]

    assert [(code, cell, words)] == found


def with_two_forms(folder: Path) -> Workspace:
    """Make a workspace whose first quarter collects 季度进展 and 安全检查."""
    space = with_safety_form(folder)
    write_file(space.master, master_bytes(replace(MASTER, calendar=TWO_FORMS)))
    return space


def test_two_forms_in_one_span_are_two_collections(tmp_path: Path) -> None:
    """Both are issued, known by their seals, consolidated into books of their own, listed, written about and closed; the first keeps the bare key."""
    space = with_two_forms(tmp_path)
    first, second = Period(2023, 1), Period.parse("2023Q1_安全检查")
    type_into(issue(space, first) / "东山镇_2023年第一季度进展.xlsx", space.inbox / "一.xlsx", TOWN)
    other = issue(space, second) / "东山镇_2023年第一季度安全检查.xlsx"
    cells = {("检查情况", "任务2", "检查次数"): 12, ("检查情况", "任务2", "发现隐患"): 3, ("检查情况", "任务2", "风险等级"): "低"}
    type_into(other, space.inbox / "二.xlsx", cells | {("检查情况", "任务3", title): value for (_, _, title), value in cells.items()})

    arrivals = collect(space, progress=quietly).arrivals

    assert [("东山镇", "2023Q1"), ("东山镇", "2023Q1_安全检查")] == sorted((arrival.unit, arrival.period) for arrival in arrivals)
    paths = [consolidate(space, period).path for period in (first, second)]
    names = ["2023Q1/汇总/2023年第一季度目标任务进展汇总.xlsx", "2023Q1_安全检查/汇总/2023年第一季度（安全检查）目标任务进展汇总.xlsx"]
    assert names == [path.relative_to(space.root / "outbox").as_posix() for path in paths]
    assert [["任务2", 12.0], ["任务3", 12.0]] == [row[2:4] for row in read_book(str(paths[1])).get_sheet_by_name("填报明细").to_python()[1:]]
    standing = [status(space, period) for period in (first, second)]
    assert [("2023Q1", 1), ("2023Q1_安全检查", 1)] == [(found.period, found.returned) for found in standing if found]
    assert ["2023Q1", "2023Q1_安全检查"] == [line["period"] for line in standing[0].periods] if standing[0] else False
    for period in (first, second):
        documents(space, period, yellow=False, progress=quietly)
        assert close(space, period, with_open=True, confirm=False, progress=quietly).draft is not None
        assert [] == list(verify(space, period, progress=quietly).differences)


def test_commands_do_every_form_of_a_span_or_the_one_that_is_named(tmp_path: Path) -> None:
    """Generate 2023Q1 issues both forms, 2023Q1/安全检查 and --form the one; words that fit none are answered with the near ones and exit 1."""
    space = with_two_forms(tmp_path)
    run(tmp_path, "generate", "一季度")
    assert ["2023Q1", "2023Q1_安全检查"] == sorted(path.name for path in (space.root / "outbox").iterdir())

    for words in (("2023Q1/安全检查",), ("安全检查",), ("2023Q1", "--form", "安全"), ("一季度安全检查",)):
        code, said, _ = run(tmp_path, "consolidate", *words)
        assert (0, ["2023Q1_安全检查"]) == (code, [line.split("/")[-3] for line in said.splitlines() if line.startswith("汇总表")])
    assert (1, "", "看不懂期间“安全检察”。是不是：2023Q1_安全检查（2023年第一季度，安全检查）？") == run(tmp_path, "consolidate", "安全检察")
    near = "2023Q1（2023年第一季度，季度进展）、2023Q1_安全检查（2023年第一季度，安全检查）"
    assert (1, "", f"日程里没有“3月”这一期。是不是：{near}？") == run(tmp_path, "status", "3月")


def test_forms_do_not_change_places_behind_what_was_issued(tmp_path: Path) -> None:
    """Where the rows of a span change places after the first form was issued, nothing goes under the other's key: the clerk is told to put them back."""
    space = with_two_forms(tmp_path)
    issue(space)
    book = load_workbook(space.master)
    for number, form in ((2, "安全检查"), (3, "季度进展")):
        book["日程"].cell(number, 1).value, book["日程"].cell(number, 2).value = "2023Q1", form
    book.save(space.master)

    with open_office(space) as office:
        said = office.hindrance()
        assert ["D76"] == [fault.code.text.id for fault in office.faults]

    assert "2023Q1 已经按“季度进展”发过表，日程里这一期排在最前的却是“安全检查”。" in said


@pytest.mark.parametrize(("typed", "unit"), [("工信局", "云溪县工信局"), ("工业信息化局", "云溪县工信局"), ("发改局", "云溪县发改局"), ("东山", "东山镇")])
def test_a_unit_is_known_by_how_people_call_it(tmp_path: Path, typed: str, unit: str) -> None:
    """A unit's name without its place, an alias or a short form is understood where it fits one unit only."""
    with open_office(small_workspace(tmp_path)) as office:
        assert [unit] == [found.name for found in office.units([typed])]


def test_a_name_that_fits_several_units_or_none_is_answered_with_the_near_ones(tmp_path: Path) -> None:
    """What several units may be called, and what is misspelt, is never guessed: exit 1 and the near names."""
    space = small_workspace(tmp_path)
    issue(space)
    several = "单位名录里没有需要发表的“云溪县”。是不是：云溪县发改局、云溪县工信局？名录在 templates/任务总表.xlsx 的“单位”表。"
    misspelt = "单位名录里没有需要发表的“东三镇”。是不是：东山镇？名录在 templates/任务总表.xlsx 的“单位”表。"

    assert [(1, "", several), (1, "", misspelt)] == [run(tmp_path, "generate", "2023Q1", "--unit", name) for name in ("云溪县", "东三镇")]
