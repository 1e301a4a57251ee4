"""Columns with a unit of measure: what is out of all proportion was likely typed in another unit, and is asked about."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from tests.checks.drawn import context
from tests.views.rounds import make_round, progress_form, shipped_rules
from toolkit.checks.cell_checks import check_row_cells
from toolkit.checks.measure_checks import spending_fits_the_budget
from toolkit.checks.round_checks import Earlier, check_round
from toolkit.checks.row_checks import lagging_is_explained
from toolkit.model.column_kinds import KINDS, Limits
from toolkit.model.form import Field, Form, ListRow, Source, Subject, Table
from toolkit.model.master import Role
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Row
from toolkit.model.standing import UnitRow

USUAL = (850, 1200, 300, 4000, 95, 15_000)


def form_with(unit: str) -> Form:
    """Give the form of progress with a column counted in a unit of its own."""
    form = progress_form()
    column = Field("spent", f"执行数（{unit}）", Source.FILLED, KINDS["小数"], limits=Limits(unit=unit))
    return replace(form, tables=(replace(form.main, fields=(*form.main.fields, column)), *form.tables[1:]))


def row(number: str, spent: object) -> Row:
    """Make a task's row with an amount in its cell."""
    place = Place("甲局.xlsx", "任务进展", f"S{number}")
    return Row("任务进展", number, number, Role.LEAD, {"spent": Answer(Decimal(str(spent)), str(spent), place)}, place)


def asked(values: Mapping[str, object], *, last: Mapping[str, object] | None = None, unit: str = "万元") -> list[tuple[str, str]]:
    """Give cell and what the amount was held against, of each one that is asked about."""
    details = tuple(UnitRow("甲局", Role.LEAD, row(number, value), "") for number, value in values.items())
    before = {("甲局", "任务进展", number): row(number, value) for number, value in (last or {}).items()}
    state = make_round(details=details, form=form_with(unit))
    return [
        (finding.place.cell, f"{finding.facts['than']} {finding.facts['other']}")
        for finding in check_round(state, Earlier((before,), {}), shipped_rules())
        if finding.code.name == "MAGNITUDE"
    ]


def test_yuan_in_a_column_of_ten_thousand_yuan_beside_the_others() -> None:
    """35000000 among hundreds and thousands is asked about; large and small budgets beside each other are not."""
    values = {str(number): value for number, value in enumerate(USUAL, 1)}

    assert [] == asked(values)
    assert [("S7", "这一栏多数行 1200")] == asked(values | {"7": 35_000_000})
    assert [] == asked({"1": 5, "2": 35_000_000})


def test_an_amount_a_thousand_times_the_last_one_either_way() -> None:
    """The last report of the same cell tells best: what is near it is right however large, what is far from it is asked about."""
    assert [("S1", "上一期 3200")] == asked({"1": 35_000_000}, last={"1": 3200})
    assert [("S1", "上一期 32000")] == asked({"1": "3.5"}, last={"1": 32_000})
    assert [] == asked({"1": 0}, last={"1": 32_000})
    assert [] == asked({str(number): value for number, value in enumerate(USUAL, 1)} | {"7": 35_000_000}, last={"7": 34_000_000})


def test_what_is_counted_is_whole_and_shares_have_no_magnitude() -> None:
    """Half a household is asked about in its cell; half a kilometre is not, and a share of 0.01 is no amount."""
    found = [list(check_row_cells(form_with(unit).main, row("1", "12.5"))) for unit in ("户", "公里")]

    assert [["NOT_COUNTED"], []] == [[one.code.name for one in each if one.title.startswith("执行数")] for each in found]
    assert [] == asked({"1": "0.01"}, last={"1": 50}, unit="%")


def test_spending_many_times_the_budget_is_asked_about() -> None:
    """13000000 against a budget of 3600 万元 is asked about at its cell, with what it would be in 元; spending above the budget is not."""
    found = [list(spending_fits_the_budget(row("X1", spent), budget_table(), context())) for spent in (13_000_000, 3700)]

    said = [[(one.code.name, one.place.cell, one.facts["meant"]) for one in each] for each in found]
    assert [[("OVER_BUDGET", "SX1", "；如果写的是元，应是 1300")], []] == said


def test_a_row_that_is_planned_to_stand_still_does_not_lag() -> None:
    """A plan of 0 in the form's list is a plan: at 0 per cent the row lags behind nothing, at a plan of 40 it does."""
    columns = (
        Field("plan", "应到", Source.PREFILLED, KINDS["百分比"], taken_from="应到"),
        Field("progress", "做到", Source.FILLED, KINDS["百分比"]),
        Field("problem", "问题", Source.FILLED, KINDS["文本"]),
    )
    table = Table("任务进展", Subject.LIST, columns, rows=tuple(ListRow("甲局", str(plan), {"应到": str(plan)}) for plan in (0, 40)))
    place = Place("甲局.xlsx", "任务进展", "C5")
    rows = [Row("任务进展", plan, plan, Role.LEAD, {"progress": Answer(Decimal(0), "0", place)}, place, {"problem": "D5"}) for plan in ("0", "40")]

    assert [[], ["40"]] == [[found.facts["plan"] for found in lagging_is_explained(row, table, context())] for row in rows]


def budget_table() -> Table:
    """Make a table of a list with a budget that the office gave, and what was spent."""
    columns = (
        Field("budget", "预算（万元）", Source.PREFILLED, KINDS["小数"], taken_from="预算", limits=Limits(unit="万元")),
        Field("spent", "执行（万元）", Source.FILLED, KINDS["小数"], limits=Limits(unit="万元")),
    )
    return Table("任务进展", Subject.LIST, columns, rows=(ListRow("甲局", "X1", {"预算": "3600"}),))
