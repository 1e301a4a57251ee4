"""Milestones where time passes: a closed quarter keeps its own, an office's edited templates get what is new, the turn of the year starts anew."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.clerk import codes, type_cells
from tests.milestones.node_office import FACTORY, OWN, Q1, Q2, planned_office, send_quarter, take_in
from tests.small import issue, small_workspace
from tests.time.small_year import book, close, quietly
from toolkit.edges.clock import held
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_rules import load_rules
from toolkit.edges.workspace import RULES
from toolkit.flows.closing.verify import verify
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.model.form import FORECAST
from toolkit.model.milestones import node_plan_sheets, node_sheets
from toolkit.model.rules import SLIP_DAYS

LATER = date(2023, 6, 20)


def test_a_closed_quarter_keeps_its_milestones(tmp_path: Path) -> None:
    """What is said, moved and planned after a closing leaves its book as it is; verify computes the very same; the next quarter has all of it."""
    with held(date(2023, 1, 4)):
        space = planned_office(tmp_path)
    with held(date(2023, 3, 1)):
        issue(space, Q1)
    with held(date(2023, 3, 26)):
        send_quarter(space, Q1, FACTORY, {"任务1": {}, "任务2": {}}, {("任务1", "厂房主体封顶"): {"预计日期": "3月28日"}}, date(2023, 3, 25))
        take_in(space)
    close(space, Q1, date(2023, 4, 5))
    closed = book(space, Q1, date(2023, 4, 6))
    with held(LATER):
        type_cells(space.master, "节点", {"C2": date(2023, 9, 30)})
        issue(space, Q2)
        told = {("任务1", "厂房主体封顶"): {"实际日期": date(2023, 4, 2), "说明": "等待设备。"}}
        send_quarter(space, Q2, FACTORY, {"任务1": {}, "任务2": {}}, told, LATER)
        take_in(space)
        done = verify(space, Q1, progress=quietly)  # type: ignore[arg-type]
        with open_office(space) as office:
            first, second = ({one.node.name: one for one in period_standing(office, period).milestones} for period in (Q1, Q2))

    assert () == done.differences
    assert closed == book(space, Q1, LATER)
    assert (OWN.baseline, None) == (first["居民签约"].node.baseline, first["厂房主体封顶"].actual)
    assert (date(2023, 9, 30), date(2023, 4, 2)) == (second["居民签约"].node.baseline, second["厂房主体封顶"].actual)
    assert date(2023, 3, 28) == second["厂房主体封顶"].expected


def test_edited_templates_of_before_get_milestones_and_forecast(tmp_path: Path) -> None:
    """Forms and rules that an office edited before milestones get the tables, the column, its choices, the parameters and the sheet 预判对照 by themselves."""
    space = small_workspace(tmp_path)
    for name in ("季度进展.xlsx", "工作方案.xlsx"):
        form = load_workbook(space.templates / name)
        del form["节点栏目"]
        _without(form["表单"], "节点栏目")
        _without(form["选项"], "年底预判")
        _without(form[form.sheetnames[1]], "forecast")
        form[form.sheetnames[1]]["B2"] = "序号（本办）"
        form.save(space.templates / name)
    rules = load_workbook(space.templates / RULES)
    del rules["预判对照"]
    _without(rules["参数"], "node_")
    _without(rules["样式"], "甘特")
    rules.save(space.templates / RULES)
    quarterly, plan = (load_form(space.templates / name)[0] for name in ("季度进展.xlsx", "工作方案.xlsx"))
    assert quarterly is not None
    assert plan is not None
    assert not node_sheets(quarterly)
    assert not node_plan_sheets(plan)

    assert ["TEMPLATE_GREW"] * 3 == codes(space)
    quarterly, plan = (load_form(space.templates / name)[0] for name in ("季度进展.xlsx", "工作方案.xlsx"))
    known, faults = load_rules(space.templates / RULES)
    assert quarterly is not None
    assert plan is not None
    assert known is not None
    assert ({"节点进展"}, {"节点"}) == (node_sheets(quarterly), node_plan_sheets(plan))
    field = quarterly.main.field(FORECAST)
    assert field is not None
    assert ("能完成", "有风险", "不能") == field.limits.choices
    assert "序号（本办）" == quarterly.main.fields[0].title
    assert (10, ()) == (known.value(SLIP_DAYS), faults)
    assert known.disagree("红", "能完成")
    assert not known.disagree("黄", "有风险")
    assert {"甘特基准", "甘特推迟", "甘特实际", "甘特截止"} <= known.looks.keys()


@pytest.mark.parametrize(("cells", "found"), [({"C2": "也许"}, [("C2", "BAD_SETTING")]), ({"A3": "红", "B3": "能完成"}, [("B3", "REPEATED")])])
def test_a_line_of_the_forecast_table_that_cannot_be_read_is_named(tmp_path: Path, cells: dict[str, str], found: list[tuple[str, str]]) -> None:
    """A word in 处理 that is none, and a pair that stands twice, are faults at their cells in 预判对照."""
    space = small_workspace(tmp_path)
    type_cells(space.templates / RULES, "预判对照", cells)

    _, faults = load_rules(space.templates / RULES)
    assert found == [(fault.place.cell, fault.code.name) for fault in faults]


def _without(sheet: object, beginning: str) -> None:
    """Take out the rows of a sheet whose first cell begins so."""
    for at in range(sheet.max_row, 1, -1):  # type: ignore[attr-defined]
        if str(sheet.cell(at, 1).value or "").startswith(beginning):  # type: ignore[attr-defined]
            sheet.delete_rows(at)  # type: ignore[attr-defined]
