"""Rounds of forms of an office's own, drawn at random: hazards by days, a budget by money, returns without lights, projects by progress."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.own_forms import column, shown, write_form
from toolkit.edges.templates.read_forms import load_form
from toolkit.merging.filed_return import FiledReturn
from toolkit.merging.merge_round import Known, merge
from toolkit.model.decisions import NOTHING_DECIDED
from toolkit.model.form import Form, Source
from toolkit.model.master import Deadline, Master, Role, Unit
from toolkit.model.own_rows import with_own_rows
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Outcome, Row
from toolkit.model.standing import Round

MAY = Period(2023, 0, 5)
UNITS = ("东山街道", "西山街道", "南山街道", "北山街道")
STATES = (("整改", "未整改", "", ""), ("整改", "整改中", "", ""), ("整改", "已整改", "", ""), ("整改", "销号", "", "完成"))
_STATUS = column("状态", "状态", kind="选项", needed="是", 选项="整改")
FORMS = {
    "日期": (
        {"灯": "日期", "计分": "否", "隐患栏目.每行": "空行", "汇总表": "隐患清单"},
        {
            "隐患栏目": (
                column("隐患", "事项", needed="是"),
                column("期限", "时限", kind="日期"),
                _STATUS,
                column("销号日期", "实际完成", kind="日期", 必填="已完成"),
                column("经费", kind="小数", 计量="万元", 汇总="合计"),
                column("备注", 汇总="计数"),
            )
        },
    ),
    "金额": (
        {"灯": "金额", "预算栏目.每行": "清单", "预算栏目.清单": "项目库", "汇总表": "预算执行"},
        {
            "预算栏目": (
                shown("编号", "编号"),
                shown("项目", "事项"),
                shown("预算", "预算", kind="小数", 计量="万元", 汇总="合计"),
                column("支出", "执行", kind="小数", 计量="万元", 汇总="合计"),
                column("执行率", kind="百分比", 汇总="平均"),
                column("类别", 汇总="计数"),
                column("完工率", kind="百分比", 汇总="加权"),
            )
        },
    ),
    "进度": (
        {"灯": "进度", "项目栏目.每行": "清单", "项目栏目.清单": "项目库", "汇总表": "Projects"},
        {
            "项目栏目": (
                shown("编号", "编号"),
                shown("项目", "事项"),
                shown("应到", "计划", kind="百分比"),
                column("做到", "进度", kind="百分比", 汇总="加权"),
                _STATUS,
                column("情况", "情况"),
            )
        },
    ),
    "无": ({"灯": "无", "表栏目.每行": "空行", "汇总表": "情况"}, {"表栏目": (column("事项", "事项"), column("人数", kind="整数", 汇总="合计"))}),
}


@cache
def own_form(rule: str) -> Form:
    """Load the form whose lights are found by a rule."""
    settings, tables = FORMS[rule]
    dice = random.Random(rule)  # noqa: S311 - the same for each
    sections = ("水", "路", "")
    listed = [("编号", "单位", "项目", "预算", "章节", "权重", "应到")]
    budgets, weights, plans = (100, 250, 999.99, 0, None), (1, 2, 0.5), (0, 60, None, 30)
    listed += [(f"甲{at}", UNITS[at % 4], f"项目{at}", dice.choice(budgets), sections[at % 3], dice.choice(weights), plans[at // 4 % 4]) for at in range(24)]
    with TemporaryDirectory() as folder:
        path = write_form(Path(folder) / f"{rule}表.xlsx", {"期间": "月"} | settings, tables, states=STATES, lists={"项目库": listed})
        form, faults = load_form(path)
    assert form is not None
    assert () == faults
    return form


def own_round(rule: str, seed: int = 1) -> Round:
    """Draw what three of four units returned, blanks and untouched lines included."""
    form, dice = own_form(rule), random.Random(seed)  # noqa: S311 - the same for each
    master = Master((), (), tuple(Unit(unit, group="街道乡") for unit in UNITS), (Deadline(str(MAY), form.name, MAY.begins, MAY.ends),), title="某区")
    master = with_own_rows(master, [form], MAY)
    files = []
    for unit in UNITS[:3]:
        keys = [task.number for task, _ in master.duties(unit)] or [str(at) for at in range(1, 9)]
        rows = tuple(Row(form.main.sheet, key, key, Role.LEAD, *_typed(form, unit, at, dice)) for at, key in enumerate(keys, 5))
        moment = datetime(2023, 5, 20, 9)  # noqa: DTZ001 - file times are local
        files.append(FiledReturn(f"{unit}.xlsx", unit, moment, Outcome.MERGED, "", f"records/{unit}.xlsx", rows, ()))
    return merge(master, form, MAY, files=files, strangers=[], known=Known(MAY.ends, {}, {}, NOTHING_DECIDED, UNITS))


def _typed(form: Form, unit: str, at: int, dice: random.Random) -> tuple[dict[str, Answer], Place, dict[str, str]]:
    """Draw what is typed into a row: its answers, its place, its blank cells; some rows stay untouched."""
    filled = [field for field in form.main.fields if field.source is Source.FILLED]
    untouched = dice.random() < 0.2
    answers = {}
    for field in filled:
        if not untouched and dice.random() < 0.7:
            value = next(_values(field.kind.name, field.limits.choices, dice))
            answers[field.code] = Answer(value, str(value), Place(f"{unit}.xlsx", form.main.sheet, f"C{at}"))
    return answers, Place(f"{unit}.xlsx", form.main.sheet, f"A{at}"), {field.code: f"C{at}" for field in filled if field.code not in answers}


def _values(kind: str, choices: tuple[str, ...], dice: random.Random) -> Iterator[object]:
    if kind == "日期":
        yield date(2023, 5, 31) + timedelta(days=dice.randrange(-20, 30))
    elif kind == "选项":
        yield dice.choice(choices)
    elif kind == "文本":
        yield f"内容{dice.randrange(9)}"
    else:
        yield Decimal(dice.randrange(0, 10000)) / (100 if kind == "小数" else 1) if kind != "百分比" else Decimal(dice.randrange(0, 101))
