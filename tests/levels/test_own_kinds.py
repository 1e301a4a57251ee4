"""What units below say in columns of every kind: nothing goes up that the form above cannot take, nothing is left out unsaid."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.levels.offices import Q1, adopted, issued, taken_in
from tests.own_forms import column, shown, write_form
from tests.small import small_workspace, type_into
from tests.time.clerk import rows, type_row
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import close
from toolkit.flows.levels.adopt import Wishes, adopt
from toolkit.flows.levels.answer import Answer, answer
from toolkit.flows.office.rest_days import with_rest_days
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.master import TASK, Deadline, Master, Task, Unit
from toolkit.model.period import Period
from toolkit.model.workdays import REST, CalendarException

SHEET, STREET = "进展", "东街道"
FIELDS = (
    *(shown("编号"), shown("目标任务", "事项"), column("进展状态", "状态", kind="选项", 选项="状态"), column("累计进度", "进度", kind="百分比", 汇总="加权")),
    *(column("投入", kind="小数", 计量="万元", 汇总="合计"), column("户均", kind="整数", 汇总="平均"), column("情况", "情况", 最大=20)),
)
STATES = (("状态", "未启动", None, "未开始"), ("状态", "推进中", None, "进行"), ("状态", "已完成", None, "完成"))
MASTER = Master(
    (Task("任务1", TASK, "", "", "改造。", (STREET,), ()),),
    (),
    (Unit(STREET),),
    (Deadline("2023Q1", "季报", date(2023, 1, 1), date(2023, 3, 30)), Deadline("2023Q2", "季报", date(2023, 4, 1), date(2023, 6, 30))),
    title="东区",
)
BELOW = ("甲社区", "乙社区")
Values = Mapping[str, object]


@pytest.fixture
def street(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A street's workspace with two communities, made of a form of the district's own; it is the middle of March."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-20")
    above = small_workspace(tmp_path / "district", MASTER)
    write_form(above.root / "templates" / "季报.xlsx", {"A栏目.工作表": SHEET, "A栏目.每行": "任务"}, {"A栏目": FIELDS}, states=STATES)
    return adopted(issued(above)[STREET], tmp_path / "street", dict.fromkeys(BELOW, ""))[0]


def _say(street: Workspace, said: Mapping[str, Values], period: Period = Q1) -> None:
    """Let units below type into their only row, and collect."""
    forms = issued(street, period)
    for unit, values in said.items():
        type_into(forms[unit], street.inbox / f"{unit}.xlsx", {(SHEET, "任务1", title): value for title, value in values.items()})
    taken_in(street)


def _row(done: Answer) -> dict[str, object]:
    """What stands in the answer's only row, by the columns' titles."""
    sheet = load_workbook(done.path)[SHEET]
    header = next(row for row in sheet.iter_rows() if row[0].value == "编号")
    return {str(cell.value): sheet.cell((cell.row or 0) + 1, cell.column or 0).value for cell in header}


def _how(done: Answer, title: str) -> list[tuple[str, str]]:
    return list(dict.fromkeys((str(row["状态"]), str(row["算法"])) for row in rows(done.path, "数据来源") if row["栏目"] == title))


def _change(street: Workspace, code: str, **cells: object) -> None:
    """Change a column of the street's own definition."""
    path = street.templates / "季报.xlsx"
    book = load_workbook(path)
    sheet = book["进展栏目"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(cells[0].row for cells in sheet.iter_rows(min_row=2) if cells[0].value == code)
    for title, value in cells.items():
        sheet.cell(row or 0, heads[title]).value = value  # type: ignore[assignment]
    book.save(path)


def test_a_part_that_has_not_begun_counts_as_nothing_done(street: Workspace) -> None:
    """
    Of two parts one is at 80, the other has not begun and wrote no progress: the whole is at 40, in the answer and in the street's own book, which says why.
    """
    _say(street, {"甲社区": {"进展状态": "推进中", "累计进度": 80}, "乙社区": {"进展状态": "未启动", "情况": "等图纸。"}})
    done = answer(street, Q1, None)

    assert 40 == _row(done)["累计进度"]
    assert [("汇总", "平均（乙社区未启动，没有写进度，按 0 算）")] == _how(done, "累计进度")
    assert [40] == [task.progress for task in consolidate(street, Q1).round.tasks]


def test_the_mean_of_whole_numbers_is_whole(street: Workspace) -> None:
    """
    3 and 4 come to 4 where the form above takes whole numbers only, and how is said; the same answer comes of answering again.
    """
    _say(street, {"甲社区": {"进展状态": "推进中", "户均": 3}, "乙社区": {"进展状态": "推进中", "户均": 4}})
    first, second = answer(street, Q1, None), answer(street, Q1, None)

    assert [4, 4] == [_row(done)["户均"] for done in (first, second)]
    assert [("汇总", "平均（3.5，四舍五入为整数）")] == _how(first, "户均") == _how(second, "户均")


@pytest.mark.parametrize(
    ("unit", "value", "counts", "how"),
    [
        ("元", 15, (1, 0), ("汇总", "本单位的表里按“元”填，上级的表里按“万元”填，已换算；合计")),
        ("户", None, (0, 1), ("空着", "合计；本单位的表里按“户”填，上级的表里按“万元”填，不能换算，请人工填写")),
    ],
)
def test_another_unit_of_measure_below_is_converted(street: Workspace, unit: str, value: object, counts: tuple[int, int], how: tuple[str, str]) -> None:
    """
    Where the street asks in 元 what the district asks in 万元, 125,000 and 25,000 come to 15; what does not turn into 万元 is left for the clerk.
    """
    _change(street, "投入", 表头="投入", 计量=unit)
    _say(street, {"甲社区": {f"投入（{unit}）": 125_000}, "乙社区": {f"投入（{unit}）": 25_000}})
    done = answer(street, Q1, None)

    assert (value, counts, [how]) == (_row(done)["投入（万元）"], (done.merged, done.blank), _how(done, "投入（万元）"))


def test_words_that_the_form_above_does_not_know_stay_down(street: Workspace) -> None:
    """
    A state that only the street's own form offers, and a text longer than the district allows, are left for the clerk, who is told why.
    """
    path = street.templates / "季报.xlsx"
    book = load_workbook(path)
    book["选项"].append(["进展状态", "验收中", None, None, "完成"])
    book.save(path)
    _change(street, "done", 最大=None)
    _say(street, {unit: {"进展状态": "验收中", "情况": "改造了三栋楼，还有两栋在做外墙。"} for unit in BELOW})
    done = answer(street, Q1, None)

    assert (None, 1) == (_row(done)["进展状态"], done.blank)
    assert [("空着", "全部验收中；“验收中”在上级的表里不能填，请人工填写")] == _how(done, "进展状态")
    assert len(str(_row(done)["情况"])) <= 20


def test_a_cell_that_cannot_be_read_is_said(street: Workspace) -> None:
    """
    What the clerk typed into the answer and nobody can read is named with its cell; emptied, it is filled with what the units below came to.
    """
    _say(street, {unit: {"投入（万元）": 3} for unit in BELOW})
    path = answer(street, Q1, None).path
    type_into(path, path, {(SHEET, "任务1", "投入（万元）"): "若干"})
    asked = answer(street, Q1, None)
    type_into(path, path, {(SHEET, "任务1", "投入（万元）"): None})
    done = answer(street, Q1, None)

    assert ["进展 E5：“投入（万元）”应填数字，现在是“若干”。没有填下级汇总。"] == [f"{text.partition('汇总。')[0]}汇总。" for text in asked.asked]
    assert ((), 6) == (done.asked, _row(done)["投入（万元）"])


def test_a_sum_that_lacks_a_part_is_counted(street: Workspace) -> None:
    """
    A unit that reported, but not a number that can be used, is missing in the sum: how many cells are so is told; one that has not reported at all is named.
    """
    _say(street, {"甲社区": {"投入（万元）": 3, "情况": "好。"}, "乙社区": {"投入（万元）": "很多", "情况": "好。"}})
    both = answer(street, Q1, None)

    assert (3, 1, ()) == (_row(both)["投入（万元）"], both.partial, both.silent)
    assert [("汇总", "合计（2 家中 1 家已填，未填：乙社区）")] == _how(both, "投入（万元）")


def test_what_came_after_closing_is_not_in_the_answer_and_said(street: Workspace) -> None:
    """
    A correction from below after the street has closed the period changes no answer, and the clerk is told how it would.
    """
    _say(street, {unit: {"投入（万元）": 3} for unit in BELOW})
    before = answer(street, Q1, None)
    close(street, Q1, with_open=True, confirm=False, progress=lambda items, _: items)
    form = next((street.out(Q1, "发放")).glob("甲社区*.xlsx"))
    type_into(form, street.inbox / "甲补.xlsx", {(SHEET, "任务1", "投入（万元）"): 500})
    taken_in(street)
    after = answer(street, Q1, None)

    assert ((), 6, 6) == (before.asked, _row(before)["投入（万元）"], _row(after)["投入（万元）"])
    assert ["本期已经定稿，定稿以后收到的 1 份（甲补.xlsx）没有算进来。"] == [text.partition("要算")[0] for text in after.asked]


def test_a_unit_that_is_new_in_the_register_gets_its_tasks(street: Workspace, tmp_path: Path) -> None:
    """
    A community that the register names and the list gives nothing to is told, until the list has it.
    """
    form = next((tmp_path / "district" / "outbox" / "2023Q1" / "发放").glob(f"{STREET}*.xlsx"))
    book = load_workbook(street.root / "下级单位.xlsx")
    book.worksheets[0].append(["丙社区"])
    book.save(street.root / "下级单位.xlsx")
    told = adopt(street.root, form, None, Wishes()).asked
    type_row(street.master, "单位", {"单位": "各下级单位"}, {"成员": "甲社区、乙社区、丙社区"})
    settled = adopt(street.root, form, None, Wishes()).asked

    assert (["下级单位.xlsx 里的丙社区，任务总表里没有一项由它填报，不会给它发表"], ()) == ([text.partition("。")[0] for text in told], settled)


@pytest.mark.parametrize(("deed", "now"), [("更名", ("乙新社区",)), ("拆分", ("乙一社区", "乙二社区"))])
def test_a_unit_below_that_is_another_now_is_not_brought_back(street: Workspace, tmp_path: Path, deed: str, now: tuple[str, ...]) -> None:
    """
    After a community was renamed or split, the next form brings no unit of the old name back: those that follow it report, and the register is to say so.
    """
    issued(street)
    consolidate(street, Q1)
    book = load_workbook(street.master)
    sheet = book["调整台账"]
    for title, value in {"编号": "乙社区", "事项": deed, "现": "、".join(now), "自期间": "2023Q2", "更正/变更": "变更"}.items():
        sheet.cell(2, [cell.value for cell in sheet[1]].index(title) + 1).value = value
    book.save(street.master)
    consolidate(street, Q1)
    q2 = Period(2023, 2)
    done = adopt(street.root, issued(Workspace(tmp_path / "district"), q2)[STREET], None, Wishes())
    _say(street, {unit: {"投入（万元）": 2} for unit in ("甲社区", *now)}, q2)

    told = f"“下级单位.xlsx”里的乙社区现在是{'、'.join(now)}，已照现在的名称并入；请在“下级单位.xlsx”里改过来。"
    assert ((told,), 1 + len(now)) == (done.asked, done.units)
    assert 2 * (1 + len(now)) == _row(answer(street, q2, None))["投入（万元）"]


def test_rest_days_of_both_years_come_into_the_list() -> None:
    """
    A list whose only round begins in one year and is due in the next knows the rest days of both; of a year that it says anything of, it is left as it is.
    """
    line = Deadline("2023Q4", "季度进展", date(2023, 10, 1), date(2024, 1, 10))
    both = {day.day for day in with_rest_days(replace(MASTER, calendar=(line,))).odd_days}
    own = with_rest_days(replace(MASTER, calendar=(line,), odd_days=(CalendarException(date(2023, 12, 29), REST),))).odd_days

    assert {date(2023, 10, 2), date(2023, 10, 7), date(2024, 1, 1)} <= both
    assert [date(2023, 12, 29)] == [day.day for day in own if day.day.year == 2023]


def test_a_due_day_that_is_not_followed_is_said(street: Workspace, tmp_path: Path) -> None:
    """
    A day that the clerk names when the list has one already changes nothing and is said; so is a deadline above that has moved before the one below.
    """
    above = Workspace(tmp_path / "district")
    form = next(above.out(Q1, "发放").glob(f"{STREET}*.xlsx"))
    wished = adopt(street.root, form, None, Wishes(due=date(2023, 3, 20)))
    type_row(above.master, "日程", {"期间": "2023Q1"}, {"截止": date(2023, 3, 22)})
    type_row(above.master, "任务", {"编号": "任务1"}, {"目标任务": "改造十栋楼。"})
    moved = adopt(street.root, issued(above)[STREET], None, Wishes())

    assert (date(2023, 3, 27),) * 2 == (wished.due, moved.due)
    assert ["总表里下级的截止日期已经是 2023-03-27，没有改成 2023-03-20"] == [text.partition("。")[0] for text in wished.asked]
    told = [text.partition("。")[0] for text in moved.asked if "截止" in text]
    assert ["上级这份表的截止日期是 2023-03-22，总表里下级的截止日期 2023-03-27 比它还晚"] == told
