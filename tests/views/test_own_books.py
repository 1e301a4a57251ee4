"""Consolidated workbooks of forms of an office's own: lights and sums against plain loops, and which sheets there are."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.views.own_rounds import FORMS, MAY, own_form, own_round
from tests.views.rounds import shipped_rules
from toolkit.assessment.assess import assess
from toolkit.model.form import Total
from toolkit.model.sheet import BookPlan, Formula, Link, SheetPlan
from toolkit.model.stages import Stage
from toolkit.model.standing import Round
from toolkit.views.consolidated.consolidated_book import consolidated

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


def light_by_hand(row: dict[str, object], rule: str, state: Round) -> str:
    """Find a row's light from what stands in its sheet, step by step as a clerk would."""
    form = state.form
    if "状态" in row and form.main.stage(row["状态"]) is Stage.FINISHED:
        return "蓝"
    if rule == "进度":
        progress = row["做到"] if row["做到"] is not None else 0 if form.main.stage(row["状态"]) is Stage.WAITING else None
        if progress is None:
            return "灰"
        behind = (state.period.schedule - Decimal(str(progress))).quantize(CENT, ROUND_HALF_UP)
        return "红" if behind > 30 else "黄" if behind >= 10 else "绿"
    if row["是否已报"] == "否":
        return "灰"
    if rule == "日期":
        if row["销号日期"] is not None and not row["状态"]:
            return "蓝"
        if row["到期日"] is None:
            return "绿"
        left = (row["到期日"] - MAY.ends).days  # type: ignore[operator]
        return "红" if left < 0 else "黄" if left <= 10 else "绿"
    budget, spent = row["预算"], row["支出"]
    if not budget or spent is None:
        return "黄"
    share = (Decimal(str(spent)) * 100 / Decimal(str(budget))).quantize(CENT, ROUND_HALF_UP)
    behind = (state.period.schedule - share).quantize(CENT, ROUND_HALF_UP)
    return "蓝" if share >= 100 else "红" if behind > 30 else "黄" if behind >= 10 else "绿"


@pytest.mark.parametrize("rule", ["日期", "金额", "进度"])
@pytest.mark.parametrize("seed", SEEDS)
def test_lights_follow_from_what_stands_in_their_row(rule: str, seed: int) -> None:
    """Whatever was returned, each row's light is what a clerk finds from the cells of its row, and not all of them are grey."""
    state = own_round(rule, seed)
    rows = table(next(sheet for sheet in book(state).sheets if sheet.name == state.form.book_sheet))

    assert [light_by_hand(row, rule, state) for row in rows] == [row["灯"] for row in rows]
    assert len(state.tasks) == len(rows)
    assert {"灰"} < {row["灯"] for row in rows} | {"灰"}


@pytest.mark.parametrize("rule", FORMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_sums_by_unit_and_section_are_those_of_a_plain_loop(rule: str, seed: int) -> None:
    """合计, 平均, 加权 and 计数 by unit, by section and on the whole are what adding up row by row gives; blanks count for nothing."""
    state = own_round(rule, seed)
    overview = book(state).sheets[0]
    cells = {(cell.row, cell.column): cell.value for cell in overview.every_cell()} | {(area.top, area.left): value for area, value, _ in overview.merges}
    figures = [field for field in state.form.main.fields if field.total is not Total.NONE]
    listed = {row.number: row.cells for row in state.form.main.rows}

    def given(field_code: str, title: str, unit: str | None, section: str | None) -> list[tuple[Decimal | None, Decimal]]:
        found = []
        for task in state.tasks:
            if unit in {None, "、".join(task.task.leads)} and section in {None, task.task.section}:
                raw = task.lead.row.value(field_code) if task.lead else None
                raw = listed.get(task.task.number, {}).get(title) if raw is None and title == "预算" else raw
                if raw is not None:
                    found.append((raw if not isinstance(raw, str) else Decimal(raw) if title == "预算" else Decimal(1), task.task.weight))
        return found

    def by_hand(total: Total, rows: list[tuple[Decimal | None, Decimal]]) -> object:
        if total is Total.COUNT:
            return len(rows)
        if total is Total.SUM:
            return sum((value or Decimal(0) for value, _ in rows), Decimal(0))
        weights = [weight if total is Total.WEIGHTED else Decimal(1) for _, weight in rows]
        if not sum(weights):
            return ""
        return (sum((value or 0) * weight for (value, _), weight in zip(rows, weights, strict=True)) / sum(weights)).quantize(CENT, ROUND_HALF_UP)

    heads = [(row, value) for (row, column), value in cells.items() if column == 0 and value in {"单位", "章节"} and cells.get((row, 3)) == "项数"]
    assert heads
    for top, kind in heads:
        at = top + 1
        while (at, 3) in cells:
            label = cells[at, 0]
            key = None if label == "合计" else "" if label == "未分" else str(label)
            unit, section = (key, None) if kind == "单位" else (None, key)
            found = [cells[at, 4 + number] for number in range(len(figures))]
            expected = [by_hand(field.total, given(field.code, field.title, unit, section)) for field in figures]
            assert expected == [value.value for value in found if isinstance(value, Formula)]
            at += 1


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
