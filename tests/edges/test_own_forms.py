"""What a form definition says of itself: uses of columns, stages of states, the light's rule, sums, lists; every fault at its cell."""

from pathlib import Path

import pytest

from tests.own_forms import column, shown, write_form
from toolkit.edges.templates.read_forms import load_form
from toolkit.issuing.unit_rows import unknown_sources
from toolkit.model.findings import Level
from toolkit.model.form import DUE, ITEM, STATUS, LightRule, ListRow, Subject, Total
from toolkit.model.own_rows import units_of
from toolkit.model.place import Place
from toolkit.model.stages import Stage

STATES = (("整改", "未整改", "没动", ""), ("整改", "整改中", "", ""), ("整改", "销号", "", "完成"))
HAZARDS = (
    column("隐患", "事项", needed="是"),
    column("状态", "状态", kind="选项", needed="是", 选项="整改"),
    column("整改期限", "预计完成", kind="日期"),
    column("经费", kind="小数", 计量="万元", 汇总="合计", 最小=0),
)


def faults(path: Path) -> list[tuple[str, str, str]]:
    return [(fault.code.name, fault.place.sheet, fault.place.cell) for fault in load_form(path)[1]]


def test_a_column_is_known_by_its_use(tmp_path: Path) -> None:
    """A column with a 用途 is what that use means, whatever its own code and header."""
    form, found = load_form(write_form(tmp_path / "隐患.xlsx", {"灯": "日期", "计分": "否"}, {"隐患栏目": HAZARDS}, states=STATES))

    assert form is not None
    assert ((), [ITEM, STATUS, DUE, "经费"]) == (found, [field.code for field in form.main.fields])
    assert (LightRule.DAY, False, "万元", Total.SUM) == (form.light, form.scored, form.main.fields[3].limits.unit, form.main.fields[3].total)


def test_state_words_stand_for_stages(tmp_path: Path) -> None:
    """Words of a form's own are not begun, under way or finished: as 阶段 says, or as everybody knows; a blank is none."""
    form, _ = load_form(write_form(tmp_path / "隐患.xlsx", {}, {"隐患栏目": HAZARDS}, states=STATES))

    assert form is not None
    assert [Stage.WAITING, Stage.RUNNING, Stage.FINISHED, None] == [form.main.stage(word) for word in ("未整改", "整改中", "销号", None)]
    assert ("销号",) == form.main.words_of(Stage.FINISHED)


def test_states_without_a_list_to_choose_from_are_those_that_everybody_knows(tmp_path: Path) -> None:
    """A column of states in which any text may stand knows the usual words, in the checks and for the formulas of lights alike."""
    form, _ = load_form(write_form(tmp_path / "隐患.xlsx", {"灯": "日期"}, {"隐患栏目": (column("隐患", "事项"), column("状态", "状态"))}))

    assert form is not None
    assert dict.fromkeys(form.main.words_of(Stage.FINISHED), Stage.FINISHED) == {word: form.main.stage(word) for word in form.main.words_of(Stage.FINISHED)}
    assert {"已完成", "已整改", "已办结"} < set(form.main.words_of(Stage.FINISHED))


def test_a_state_that_nothing_explains_is_asked_about(tmp_path: Path) -> None:
    """A word whose stage neither 阶段 nor common use tells is asked about at its cell (UNKNOWN_STAGE), and counts as under way."""
    form, found = load_form(write_form(tmp_path / "隐患.xlsx", {}, {"隐患栏目": HAZARDS}, states=(*STATES, ("整改", "前期", "", ""))))

    assert form is not None
    assert [("UNKNOWN_STAGE", "选项", "D5")] == [(fault.code.name, fault.place.sheet, fault.place.cell) for fault in found]
    assert Stage.RUNNING is form.main.stage("前期")


def test_the_light_follows_from_the_columns_where_nothing_is_said(tmp_path: Path) -> None:
    """Without 灯, a form with 进度 is judged by it, one with 预算 and 执行 by the money, one with states by days, any other not at all."""
    kinds = {
        "进度": [column("做到", "进度", kind="百分比")],
        "金额": [column("预算", "预算", kind="小数"), column("支出", "执行", kind="小数")],
        "日期": [column("状态", "状态", kind="选项", 选项="整改")],
        "无": [column("说明", "说明")],
    }

    found = {rule: load_form(write_form(tmp_path / f"{rule}.xlsx", {}, {"表栏目": fields}, states=STATES))[0] for rule, fields in kinds.items()}

    assert list(kinds) == [form and form.light.value for form in found.values()]


def test_a_rule_without_its_columns_is_a_fault(tmp_path: Path) -> None:
    """A light by money needs a budget and what was spent (LIGHT_NEEDS); kinds of paper, sums and stages that there are not are faults at their cells."""
    settings = {"灯": "金额", "文书": "通报、喜报"}
    fields = (column("预算", "预算", kind="小数"), column("项目", "事项", 汇总="合计"), column("款", "预算"), column("状态", "情形"))

    assert [("LIGHT_NEEDS", "表单", "B6"), ("BAD_SETTING", "表单", "B7")] == faults(write_form(tmp_path / "少栏.xlsx", settings, {"预算栏目": fields[:1]}))
    path = write_form(tmp_path / "预算.xlsx", settings, {"预算栏目": fields}, states=(("整改", "销号", "", "结束"),))

    expected = [
        ("BAD_SETTING", "选项", "D2"),
        ("NO_EFFECT", "预算栏目", "N3"),
        ("NO_EFFECT", "预算栏目", "M4"),
        ("REPEATED", "预算栏目", "M4"),
        ("BAD_SETTING", "预算栏目", "M5"),
        ("BAD_SETTING", "表单", "B7"),
    ]
    assert expected == faults(path)


def test_a_list_of_its_own_gives_a_form_its_rows(tmp_path: Path) -> None:
    """A table of 清单 takes its rows from a sheet of the definition, typed as its columns say; a row without a unit and a number used twice are faults."""
    fields = (shown("编号", "编号"), shown("项目", "事项"), shown("预算", "预算", kind="小数", 计量="万元"), column("支出", "执行", kind="小数"))
    rows = (("编号", "单位", "项目", "预算"), ("甲1", "区水务局", "泵站", 1200), ("甲1", "区教育局", "校舍", "2亿"), ("甲3", "", "道路", 5))

    settings = {"预算栏目.每行": "清单", "预算栏目.清单": "项目库"}

    form, found = load_form(write_form(tmp_path / "预算.xlsx", settings, {"预算栏目": fields}, lists={"项目库": rows}))

    assert form is None
    assert [("REPEATED", "A3"), ("OFFICE_UNDERSTOOD", "D3"), ("MISSING_SETTING", "B4")] == [(fault.code.name, fault.place.cell) for fault in found]


def test_a_use_that_its_column_cannot_have_is_asked_about(tmp_path: Path) -> None:
    """What was spent is a number, a day of completion a date, a state one of a list: a column of another kind would give no light, and is asked about."""
    fields = (
        column("预算", "预算", kind="小数"),
        column("支出", "执行"),
        column("完成日", "实际完成"),
        column("状态", "状态"),
        column("时限", "时限"),
        column("进度", "进度", kind="百分比"),
    )

    form, found = load_form(write_form(tmp_path / "预算.xlsx", {}, {"预算栏目": fields}))

    assert form is not None
    assert [("NO_EFFECT", "M3"), ("NO_EFFECT", "M4"), ("NO_EFFECT", "M5")] == [(fault.code.name, fault.place.cell) for fault in found]


def test_what_a_list_says_is_read_as_its_columns_are(tmp_path: Path) -> None:
    """A percentage in any way of writing, a weight, a deadline in words, units however they are parted; what cannot be read is a fault, never a guess."""
    fields = (shown("项目", "事项"), shown("应到", "计划", kind="百分比"), shown("户数", kind="整数"), column("做到", "进度", kind="百分比"))
    settings = {"预算栏目.每行": "清单", "预算栏目.工作表": "执行"}
    header = ("单位", "项目", "应到", "户数", "权重", "完成时限")
    rows = [("区水务局；区教育局", "泵站", "45%", 3, 2, "9月投入使用"), ("各县（市、区）政府", "路", 0.45, "三户", "2分", "尽快"), ("甲局", "桥", 0, 3.5, -1)]
    path = write_form(tmp_path / "预算.xlsx", settings, {"预算栏目": fields}, lists={"执行清单": (header, rows[0])})
    form, said = load_form(path)

    assert form is not None
    assert [("OFFICE_UNDERSTOOD", "F2", "09-30"), ("OFFICE_READ_AS", "C2", "45")] == [(one.code.name, one.place.cell, one.facts["value"]) for one in said]
    assert {"项目": "泵站", "应到": "45", "户数": "3", "权重": "2", "完成时限": "9月投入使用"} == form.main.rows[0].cells
    assert [("区水务局", "区教育局"), ("各县（市、区）政府",)] == [units_of(ListRow(row[0], "", {})) for row in rows[:2]]
    expected = {"E3", "F3", "D3", "D4", "E4"}
    path = write_form(tmp_path / "错.xlsx", settings, {"预算栏目": fields}, lists={"执行清单": (header, *rows)})
    assert expected == {fault.place.cell for fault in load_form(path)[1] if fault.level is Level.ERROR}


def test_a_list_is_read_in_order(tmp_path: Path) -> None:
    """Rows without a number are counted; an empty list is asked about (LIST_EMPTY)."""
    fields = (shown("编号", "编号"), shown("项目", "事项"), column("支出", "说明"))
    settings = {"预算栏目.每行": "清单", "预算栏目.工作表": "执行"}

    form, found = load_form(write_form(tmp_path / "预算.xlsx", settings, {"预算栏目": fields}, lists={"执行清单": (("单位", "项目"), ("区水务局", "泵站"))}))

    assert form is not None
    assert ((), Subject.LIST, (ListRow("区水务局", "1", {"项目": "泵站"}, Place("预算.xlsx", "执行清单", "A2")),)) == (found, form.main.subject, form.main.rows)
    assert [("LIST_EMPTY", "执行清单", "")] == faults(write_form(tmp_path / "空.xlsx", settings, {"预算栏目": fields}, lists={"执行清单": (("单位", "项目"),)}))


@pytest.mark.parametrize("named", ["money", "执行数", "spent"])
def test_last_periods_answer_is_named_by_code_or_header(tmp_path: Path, named: str) -> None:
    """上期.代码 means the column of that code as it is written in 代码, also where its 用途 gives it another, or of that header."""
    fields = (*HAZARDS, column("执行数", "执行", code="money", kind="小数"), column("上月执行", source="预填", kind="小数", 取自=f"上期.{named}"))
    form, found = load_form(write_form(tmp_path / "隐患.xlsx", {}, {"隐患栏目": fields}, states=STATES))

    assert form is not None
    assert ((), "上期.spent") == (found, form.main.fields[-1].taken_from)
    assert [] == unknown_sources(form)


def test_a_column_of_last_period_that_is_none_is_named(tmp_path: Path) -> None:
    """上期. with a name that no column of the table has is told: it would stay empty in every form."""
    fields = (*HAZARDS, column("上月", source="预填", 取自="上期.没有"))
    form, _ = load_form(write_form(tmp_path / "隐患.xlsx", {}, {"隐患栏目": fields}, states=STATES))

    assert form is not None
    assert ["上月"] == [field.title for _, field in unknown_sources(form)]


@pytest.mark.parametrize(
    ("each", "taken", "is_known"),
    [
        ("任务", "责任单位", True),
        ("任务", "扣分事项", False),  # what only the form of appeals shows
        ("任务", "上期.累计", True),
        ("任务", "上期.编号", False),  # prefilled: nobody answers it
        ("指标", "目标值", True),
        ("节点", "基准日期", True),
        ("节点", "责任单位", False),
        ("空行", "编号", True),
        ("空行", "目标任务", False),
    ],
)
def test_a_source_that_no_row_of_its_table_fills_in_is_named(tmp_path: Path, each: str, taken: str, is_known: bool) -> None:
    """取自 may name what rows of its own table show, and 上期. a column that units answer; anything else would be empty in every form."""
    fields = (shown("编号"), column("累计", kind="小数"), column("另列", source="预填", 取自=taken))
    form, found = load_form(write_form(tmp_path / "隐患.xlsx", {"隐患栏目.每行": each}, {"隐患栏目": fields}))

    assert form is not None
    assert ([] if is_known else ["另列"]) == [field.title for _, field in unknown_sources(form)], found
