"""Consolidated workbooks of forms of an office's own: lights and sums against plain loops, and which sheets there are."""

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import count, takewhile
from pathlib import Path

import pytest

from tests.own_forms import column, shown, write_form
from tests.views.own_rounds import FORMS, MAY, own_form, own_round
from tests.views.rounds import shipped_rules
from toolkit.assessment.assess import assess
from toolkit.edges.templates.read_forms import load_form
from toolkit.model.form import Field, Total
from toolkit.model.place import column_letters
from toolkit.model.sheet import BookPlan, Formula, Link, SheetPlan
from toolkit.model.stages import Stage
from toolkit.model.standing import Round
from toolkit.views.consolidated.consolidated_book import consolidated
from toolkit.views.consolidated.task_table import columns_of

SEEDS = range(1, 6)
CENT = Decimal("0.01")


def book(state: Round) -> BookPlan:
    rules = shipped_rules()
    return consolidated(state, rules, assess(state, rules))


def table(plan: SheetPlan) -> list[dict[str, object]]:
    """Read a data sheet: its records by header, formulas by their values."""
    rows: dict[int, dict[int, object]] = defaultdict(dict)
    for cell in plan.every_cell():
        value = cell.value.value if isinstance(cell.value, Formula) else cell.value.words if isinstance(cell.value, Link) else cell.value
        rows[cell.row][cell.column] = value
    return [{str(rows[0][column]): value for column, value in rows[at].items()} for at in sorted(rows) if at]


def by_gap(planned: Decimal, done: Decimal) -> str:
    behind = (planned - done).quantize(CENT, ROUND_HALF_UP)
    return "红" if behind > 30 else "黄" if behind >= 10 else "绿"


def by_progress(row: dict[str, object], state: Round) -> str:
    progress = row["做到"] if row["做到"] is not None else 0 if state.form.main.stage(row["状态"]) is Stage.WAITING else None
    listed = next(known.cells for known in state.form.main.rows if known.number == row["编号"])
    planned = Decimal(listed["应到"]) if "应到" in listed else state.period.schedule
    return "灰" if progress is None else by_gap(planned, Decimal(str(progress)))


def by_day(row: dict[str, object]) -> str:
    if row["销号日期"] is not None and not row["状态"]:
        return "蓝"
    left = (row["到期日"] - MAY.ends).days if isinstance(row["到期日"], date) else 99
    return "红" if left < 0 else "黄" if left <= 10 else "绿"


def by_amount(row: dict[str, object], state: Round) -> str:
    budget, spent = row["预算（万元）"], row["支出（万元）"]
    if not budget or spent is None:
        return "黄"
    share = (Decimal(str(spent)) * 100 / Decimal(str(budget))).quantize(CENT, ROUND_HALF_UP)
    return "蓝" if share >= 100 else by_gap(state.period.schedule, share)


def light_by_hand(row: dict[str, object], rule: str, state: Round) -> str:
    """Find a row's light from what stands in its sheet, step by step as a clerk would."""
    if "状态" in row and state.form.main.stage(row["状态"]) is Stage.FINISHED:
        return "蓝"
    if rule == "进度":
        return by_progress(row, state)
    if row["是否已报"] == "否":
        return "灰"
    return by_day(row) if rule == "日期" else by_amount(row, state)


@pytest.mark.parametrize("rule", ["日期", "金额", "进度"])
@pytest.mark.parametrize("seed", SEEDS)
def test_lights_follow_from_what_stands_in_their_row(rule: str, seed: int) -> None:
    """Whatever was returned, each row's light is what a clerk finds from the cells of its row, and not all of them are grey."""
    state = own_round(rule, seed)
    rows = table(next(sheet for sheet in book(state).sheets if sheet.name == state.form.book_sheet))

    assert [light_by_hand(row, rule, state) for row in rows] == [row["灯"] for row in rows]
    assert len(state.tasks) == len(rows)
    assert {"灰"} < {row["灯"] for row in rows} | {"灰"}


def given(state: Round, field: Field, unit: str | None, section: str | None) -> list[tuple[Decimal, Decimal]]:
    """List the values of a column with their rows' weights, of a unit or a section; what the list shows where nothing is filled in; a text counts as one."""
    listed = {row.number: row.cells for row in state.form.main.rows}
    found = []
    for task in (standing for standing in state.tasks if unit in {None, standing.task.leads[0]} and section in {None, standing.task.section}):
        value = task.lead.row.value(field.code) if task.lead else None
        if field.taken_from:
            value = Decimal(text) if (text := listed[task.task.number].get(field.taken_from)) else None
        if value is not None:
            found.append((value if isinstance(value, Decimal) else Decimal(1), task.task.weight))
    return found


def by_hand(total: Total, rows: list[tuple[Decimal, Decimal]]) -> object:
    if total is Total.COUNT:
        return len(rows)
    if total is Total.SUM:
        return sum((value for value, _ in rows), Decimal(0))
    weighed = [(value, weight if total is Total.WEIGHTED else Decimal(1)) for value, weight in rows]
    whole = sum(weight for _, weight in weighed)
    return (sum(value * weight for value, weight in weighed) / whole).quantize(CENT, ROUND_HALF_UP) if whole else ""


@pytest.mark.parametrize("rule", FORMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_sums_by_unit_and_section_are_those_of_a_plain_loop(rule: str, seed: int) -> None:
    """合计, 平均, 加权 and 计数 by unit, by section and on the whole are what adding up row by row gives; blanks count for nothing."""
    state = own_round(rule, seed)
    overview = book(state).sheets[0]
    cells = {(cell.row, cell.column): cell.value for cell in overview.every_cell()} | {(area.top, area.left): value for area, value, _ in overview.merges}
    figures = [field for field in state.form.main.fields if field.total is not Total.NONE]
    tables = [(row + 1, value) for (row, column), value in cells.items() if column == 0 and value in {"单位", "章节"} and cells.get((row, 3)) == "项数"]

    lines = [(at, kind, str(cells[at, 0])) for top, kind in tables for at in takewhile(lambda row: (row, 3) in cells, count(top))]

    for at, kind, label in lines:
        key = {"合计": None, "未分": ""}.get(label, label)
        expected = [by_hand(field.total, given(state, field, *((key, None) if kind == "单位" else (None, key)))) for field in figures]
        assert (label, expected) == (label, [cell.value for number in range(len(figures)) if isinstance(cell := cells[at, 4 + number], Formula)])
    assert len(lines) > len({task.task.leads for task in state.tasks})


def test_a_column_called_as_one_of_ours_is_summed_itself() -> None:
    """A form's own 执行率 and 类别 stand beside those of the sheet; what is put together of them is computed from the form's own cells."""
    sheet = next(sheet for sheet in book(own_round("金额")).sheets if sheet.name == "预算执行")
    titles = {column_letters(cell.column): str(cell.value) for cell in sheet.every_cell() if cell.row == 0}
    helpers = [cell for cell in sheet.every_cell() if cell.row == 1 and titles[column_letters(cell.column)].endswith("·数")]
    read = [titles[cell.value.text.removeprefix("=IF(").partition("2=")[0]] for cell in helpers if isinstance(cell.value, Formula)]

    assert ["执行率（填报）", "类别（填报）"] == read
    assert {"执行率", "类别"} < set(titles.values())


def test_only_what_can_be_put_together_is(tmp_path: Path) -> None:
    """A formula's column, and one that shows a task's own facts, are not summed, which is said; in a form of tasks a column called 类别 is the unit's."""
    fields = (
        shown("编号", "编号"),
        shown("权重", kind="小数", 汇总="合计"),
        column("做到", "进度", kind="百分比"),
        column("类别", 汇总="计数"),
        column("比", source="公式", kind="小数", 取自="[做到]", 汇总="平均"),
    )
    form, found = load_form(write_form(tmp_path / "表.xlsx", {"灯": "进度"}, {"表栏目": fields}))

    assert form is not None
    assert ["NO_EFFECT", "NO_EFFECT"] == [fault.code.name for fault in found]
    assert ["类别"] == [field.title for field in form.main.summed]
    assert ["原认定", "类别（填报）", "类别（填报）·数"] == [column.title for column in columns_of(form)][-3:]


def test_what_makes_no_sense_is_absent() -> None:
    """A form that is not scored has no sheets of scores, one with rows of its own none of indicators, one without lights no column 灯; 总览 says what holds."""
    names = {rule: [sheet.name for sheet in book(own_round(rule)).sheets] for rule in FORMS}

    assert ["总览", "隐患清单", "报送情况", "收件清单", "问题清单"][:3] == names["日期"][:3]
    assert {"单位考核", "任务计分", "扣分明细", "量化指标"}.isdisjoint(names["日期"] + names["无"])
    assert {"单位考核", "任务计分", "扣分明细"} <= set(names["金额"])
    assert "灯" not in table(book(own_round("无")).sheets[1])[0]
    assert any("本表不亮灯、不计分" in str(value) for _, value, _ in book(own_round("无")).sheets[0].merges)


def test_an_untouched_line_is_no_row() -> None:
    """Lines of an empty table that nobody typed into are no rows of the book, of 填报明细 or of the score; what was typed is one row each."""
    state = own_round("日期", 3)
    touched = sum(bool(detail.row.answers) for detail in state.details)

    assert touched == len(state.details) == len(state.tasks)
    assert touched == len(table(next(sheet for sheet in book(state).sheets if sheet.name == "填报明细")))
    assert all(task.number.startswith(task.leads[0]) for task in (standing.task for standing in state.tasks))
    assert own_form("日期").main.subject == "空行"
