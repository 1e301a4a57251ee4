"""What several units' parts come to: sums and means as a plain loop has them, states only where all agree, texts within the column's limit."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.lower_sources import held_against, source_findings, without_sources
from toolkit.issuing.lower_list import bring_in
from toolkit.merging.combine_parts import Asked, Combined, combine_rows
from toolkit.model.column_kinds import KINDS, Limits
from toolkit.model.findings import Code
from toolkit.model.form import Field, Required, Source, Subject, Table, Total
from toolkit.model.lower_source import COLUMNS, CellState, LowerSource
from toolkit.model.master import TASK, Deadline, Indicator, Master, Role, Task, Unit
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Grid, GridSheet, Row
from toolkit.model.standing import UnitRow

UNITS = tuple("甲乙丙丁戊")
CUMULATIVE = Indicator("任务1", "改造", "≥", Decimal(30), "个", "累计")


def _field(code: str, kind: str, **more: object) -> Field:
    return Field(code, code, Source.FILLED, KINDS[kind], required=Required.NO, **more)  # type: ignore[arg-type]


TABLE = Table(
    "任务进展",
    Subject.TASK,
    (
        *(_field("status", "选项"), _field("progress", "百分比"), _field("done", "文本", limits=Limits(None, Decimal(60)))),
        *(_field("due", "日期"), _field("phone", "电话")),
    ),
)
FIGURES = Table("指标进展", Subject.INDICATOR, (_field("reached", "小数"),))


def _said(values: dict[str, object], code: str, table: Table = TABLE) -> list[UnitRow]:
    place = Place("表.xlsx", table.sheet, "A5")
    return [
        UnitRow(unit, Role.LEAD, Row(table.sheet, "任务1", "任务1", Role.LEAD, {code: Answer(value, str(value), place)}, place), "")
        for unit, value in values.items()
    ]


def _combine(values: dict[str, object], code: str, table: Table = TABLE, *, asked: tuple[str, ...] = (), indicator: Indicator | None = None) -> Combined:
    return combine_rows(_said(values, code, table), table, Asked(asked or tuple(values), (), {}), indicator)[code]


@given(st.dictionaries(st.sampled_from(UNITS), st.decimals(min_value=0, max_value=10**9, places=3), min_size=1))
def test_a_cumulative_figure_is_the_sum(values: dict[str, Decimal]) -> None:
    """
    The figure of an indicator that adds up is the sum of all units', exactly.
    """
    total = Decimal(0)
    for value in values.values():
        total += value

    assert total == _combine(dict(values), "reached", FIGURES, indicator=CUMULATIVE).value


@given(st.dictionaries(st.sampled_from(UNITS), st.tuples(st.integers(0, 100), st.integers(0, 9)), min_size=1))
def test_progress_is_the_weighted_mean(values: dict[str, tuple[int, int]]) -> None:
    """
    Progress is the mean by the units' weights, to two decimals; where all that answered weigh nothing, it is left blank.
    """
    weights = {unit: Decimal(weight) for unit, (_, weight) in values.items()}
    found = combine_rows(_said({unit: Decimal(value) for unit, (value, _) in values.items()}, "progress"), TABLE, Asked(tuple(values), (), weights))["progress"]
    whole, total = 0, 0
    for value, weight in values.values():
        whole, total = whole + value * weight, total + weight

    assert found.value is None if not total else abs(Decimal(str(found.value)) - Decimal(whole) / total) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("said", "asked", "state"),
    [
        ({"甲": "已完成", "乙": "已完成"}, ("甲", "乙"), "已完成"),
        ({"甲": "已完成", "乙": "已完成"}, ("甲", "乙", "丙"), "推进中"),
        ({"甲": "未启动", "乙": "未启动"}, ("甲", "乙"), "未启动"),
        ({"甲": "未启动"}, ("甲", "乙"), None),
        ({"甲": "未启动", "乙": "已完成"}, ("甲", "乙"), "推进中"),
        ({"甲": "推进中", "乙": "未启动"}, ("甲", "乙"), "推进中"),
    ],
)
def test_a_state_is_that_of_all(said: dict[str, object], asked: tuple[str, ...], state: str | None) -> None:
    """
    Finished is what all have finished, not begun what none has begun; where some have not spoken and the others have not begun, nothing is said.
    """
    assert state == _combine(said, "status", asked=asked).value


STAGES = {"未整改": "未开始", "正在立项": "进行", "整改中": "进行", "已整改": "完成", "无需整改": "完成"}
HAZARDS = Table(
    "隐患",
    Subject.LIST,
    (
        _field("status", "选项", limits=Limits(choices=tuple(STAGES), stages={"正在立项": "进行", "无需整改": "完成"})),
        *(_field("spent", "小数", total=Total.SUM, limits=Limits(unit="万元")), _field("budget", "小数", limits=Limits(unit="万元"))),
        *(_field("share", "百分比", total=Total.MEAN), _field("rate", "百分比", total=Total.WEIGHTED), _field("ended", "日期")),
    ),
)
_MONEY = st.decimals(min_value=0, max_value=10**6, places=2)


@given(st.dictionaries(st.sampled_from(UNITS), st.tuples(_MONEY, st.integers(1, 9)), min_size=1))
def test_an_own_forms_figures_go_by_its_columns(values: dict[str, tuple[Decimal, int]]) -> None:
    """
    A form of the office's own in 万元: 合计 is the sum, 平均 counts every unit alike, 加权 by the units' weights; one that says none is asked about.
    """
    weights = {unit: Decimal(weight) for unit, (_, weight) in values.items()}
    total, whole, shares = Decimal(0), Decimal(0), 0
    for money, weight in values.values():
        total, whole, shares = total + money, whole + money * weight, shares + weight
    figures = {unit: money for unit, (money, _) in values.items()}
    found = {
        code: combine_rows(_said(dict(figures), code, HAZARDS), HAZARDS, Asked(tuple(values), (), weights))[code].value
        for code in ("spent", "share", "rate", "budget")
    }

    assert total == found["spent"]
    assert abs(Decimal(str(found["share"])) - total / len(values)) <= Decimal("0.005")
    assert abs(Decimal(str(found["rate"])) - whole / shares) <= Decimal("0.005")
    assert (next(iter(figures.values())) if len(set(figures.values())) == 1 else None) == found["budget"]


@given(st.dictionaries(st.sampled_from(UNITS), st.sampled_from(list(STAGES)), min_size=1), st.booleans())
def test_an_own_forms_state_goes_by_its_stages(values: dict[str, str], everybody: bool) -> None:
    """
    A form's own words: finished or not begun where all are, by the first such word of the form; else the one word said, or its first for under way.
    """
    asked = tuple(values) if everybody else (*values, "己")
    stages = [STAGES[word] for word in values.values()]
    expected: str | None = "正在立项"
    for stage in ("未开始", "完成"):
        if stages.count(stage) == len(asked):
            expected = next(word for word in STAGES if word in values.values())
    if stages.count("未开始") == len(stages) < len(asked):
        expected = None
    if set(values.values()) == {"整改中"}:
        expected = "整改中"

    assert expected == _combine(dict(values), "status", HAZARDS, asked=asked).value


def test_a_task_in_parts_has_ended_once_all_its_parts_have() -> None:
    """
    The day on which it ended is the last of all units' days, and none while one of them has not ended.
    """
    days: dict[str, object] = {"甲": date(2023, 5, 1), "乙": date(2023, 6, 2)}

    assert date(2023, 6, 2) == _combine(days, "ended", HAZARDS).value
    assert None is _combine(days, "ended", HAZARDS, asked=("甲", "乙", "丙")).value


def test_a_form_without_a_word_for_under_way_is_not_given_another_forms() -> None:
    """
    Where units stand differently and the form has no word for it, the state is left to the clerk.
    """
    table = Table("项目", Subject.TASK, (_field("status", "选项", limits=Limits(choices=("未答复", "已答复"))),))

    assert (None, "未答复 1 家、已答复 1 家，表里没有表示正在进行的词，请人工填写") == _combine({"甲": "未答复", "乙": "已答复"}, "status", table)[:2]


@given(st.dictionaries(st.sampled_from(UNITS), st.text("进展顺利。", min_size=1, max_size=80), min_size=1))
def test_texts_keep_the_limit_and_the_names(values: dict[str, str]) -> None:
    """
    Joined texts are never longer than the column takes; each unit is named, or counted where there is no room.
    """
    text = str(_combine(dict(values), "done").value)
    named = [unit for unit in values if f"{unit}：" in text]

    assert len(text) <= 60
    assert len(named) == len(values) or f"另有 {len(values) - len(named)} 家" in text


def test_what_cannot_be_put_together_is_left() -> None:
    """
    A ratio is not added up, whose telephone to call is not chosen; a date is the latest.
    """
    ratio = replace(CUMULATIVE, measure="比率")
    rows = _said({"甲": "13800000000"}, "phone")

    assert (None, "口径是“比率”，不能相加，请人工填写") == _combine({"甲": Decimal(3), "乙": Decimal(4)}, "reached", FIGURES, indicator=ratio)[:2]
    assert date(2023, 6, 2) == _combine({"甲": date(2023, 5, 1), "乙": date(2023, 6, 2)}, "due").value
    assert {} == combine_rows(rows, TABLE, Asked(("甲",), (), {}))


def _source(**more: str) -> LowerSource:
    return replace(LowerSource(1, "指标进展", "G5", "任务1", "完成值", CellState.MERGED.value, "7", "7", "合计", "甲"), **more)  # type: ignore[arg-type]


def test_a_sheet_of_sources_is_taken_out_and_what_it_lacks_is_said() -> None:
    """
    The sheet 数据来源 of an answer is none of its tables; a column that is missing in it is said (H10), a sheet of that name without its columns stays.
    """
    rows = (COLUMNS[:-2], _source().values()[:-2])
    grid = without_sources(Grid("答.xlsx", (GridSheet("任务进展", ()), GridSheet("数据来源", rows))))
    own = without_sources(Grid("答.xlsx", (GridSheet("数据来源", (("统计口径",),)),)))

    assert (["任务进展"], 1, [Code.SOURCES_INCOMPLETE]) == ([sheet.name for sheet in grid.sheets], len(grid.sources), [found.code for found in grid.findings])
    assert (["数据来源"], ()) == ([sheet.name for sheet in own.sheets], own.sources)


def test_a_level_that_is_none_is_the_first() -> None:
    """
    Whatever somebody wrote into 层级, a row says something of a level from 1 to 9.
    """
    rows = [COLUMNS, *((level, *_source().values()[1:]) for level in ("2", "9" * 30, "二", "", "-1", "²"))]
    grid = without_sources(Grid("答.xlsx", (GridSheet("数据来源", tuple(rows)),)))

    assert [2, 1, 1, 1, 1, 1] == [source.level for source in grid.sources]


def test_sources_that_do_not_add_up_are_pointed_at() -> None:
    """
    Where the parts of a sum do not come to it the cell is pointed at (H12); where the cell holds something else than was put in, it was changed by hand (H11).
    """
    place = Place("答.xlsx", "指标进展", "G5")
    row = Row("指标进展", "任务1|改造", "任务1", Role.LEAD, {"reached": Answer(Decimal(9), "9", place)}, place)
    sources = held_against((_source(read="3"), _source(read="3", unit="乙")), (row,))

    assert ["手工改动"] * 2 == [source.state for source in sources]
    assert [Code.CHANGED_BY_HAND, Code.SUM_DIFFERS] == [found.code for found in source_findings(Grid("答.xlsx", ()), sources)]


def test_what_a_later_form_leaves_out_is_asked_about() -> None:
    """
    A row that came from above and that the newest form has no more is asked about (H14) and withdrawn once the clerk agrees; a row of the office's own stays.
    """
    above = Task("任务1", TASK, "", "", "改造小区。", ("甲",), (), note="上级：本单位牵头")
    mine = Master((above, replace(above, number="任务2"), Task("本1", TASK, "", "", "自己的事。", ("甲",), ())), (), (Unit("甲"),), ())
    theirs = Master((above,), (CUMULATIVE,), (Unit("甲"),), (Deadline("2023Q2", "季度进展", date(2023, 4, 1), date(2023, 6, 27)),))
    asked = bring_in(mine, theirs, is_latest=True)
    agreed = replace(asked.master, doubts=tuple(replace(doubt, answer="采纳") for doubt in asked.master.doubts))

    assert [("任务2", Code.UPPER_DROPPED.text.id)] == [(doubt.number, doubt.code) for doubt in asked.asked]
    assert (["任务1 改造"], ["2023Q2"]) == (list(asked.added), [line.period for line in asked.master.calendar])
    assert ["", "撤销", ""] == [task.state for task in bring_in(agreed, theirs, is_latest=True).master.tasks]
    assert () == bring_in(mine, theirs, is_latest=False).asked
