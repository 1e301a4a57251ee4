"""Checks across a round: each fault is found with both its sides, and what only looks like it is not."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.views.rounds import make_round, make_task, said, shipped_rules
from toolkit.checks.round_checks import Earlier, check_round
from toolkit.model.findings import Finding
from toolkit.model.master import Indicator, Role
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Row
from toolkit.model.standing import Round, UnitRow

Q3 = Period(2023, 3)
INDICATOR = Indicator("任务1", "固定资产投资", "≥", Decimal(60), "亿元", "累计")
GROWTH = Indicator("任务1", "生产总值增速", "≥", Decimal(7), "%", "增速")
KEY, GROWTH_KEY = "任务1|固定资产投资", "任务1|生产总值增速"


def number(value: float | str | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def reported(value: float | str, unit: str = "区发改局", *, key: str = KEY, remark: str | None = None) -> UnitRow:
    return said(unit, "任务1", table="指标进展", key=key, reached=number(value), remark=remark)


def told(progress: float | None = None, *, unit: str = "区发改局", role: Role = Role.LEAD, **words: object) -> UnitRow:
    return said(unit, "任务1", role, progress=number(progress), **words)


def past(*quarters: Sequence[UnitRow], plan: dict[str, object] | None = None) -> Earlier:
    rows = tuple({(one.unit, one.row.table, one.row.key): one.row for one in quarter} for quarter in quarters)
    answers = {code: Answer(value, str(value), Place()) for code, value in (plan or {}).items()}
    plans = {("区发改局", "任务1"): Row("工作方案", "任务1", "任务1", Role.LEAD, answers, Place())} if plan else {}
    return Earlier(rows, plans)


def round_of(*details: UnitRow) -> Round:
    state = make_round([make_task("任务1")], details=details, period=Q3)
    return replace(state, master=replace(state.master, indicators=(INDICATOR, GROWTH)))


def found(state: Round, before: Earlier | None = None) -> list[tuple[str, str, str]]:
    """Give code, unit and cell of what is found."""
    return [(finding.code.name, finding.unit, finding.place.cell) for finding in findings(state, before)]


def findings(state: Round, before: Earlier | None = None) -> list[Finding]:
    return list(check_round(state, before or past(), shipped_rules()))


def test_a_lead_that_is_finished_while_a_support_has_not_begun() -> None:
    """The finding is the lead's and names the support with its cell; supports that are under way raise none."""
    idle = told(unit="张湾街道", role=Role.SUPPORT, status="未启动")
    busy = told(unit="区商务局", role=Role.SUPPORT, status="推进中")
    contrary = make_round([make_task("任务1", status="已完成", progress=100, others=(busy, idle))])

    assert ["牵头单位报“已完成”，张湾街道（张湾街道.xlsx!任务进展!J7）却报“未启动”。"] == [finding.message for finding in findings(contrary)]
    assert [("SUPPORT_NOT_STARTED", "区发改局", "J7")] == found(contrary)
    assert [] == found(make_round([make_task("任务1", status="已完成", progress=100, others=(busy,))]))
    assert [] == found(make_round([make_task("任务1", status="推进中", progress=50, others=(idle,))]))


def test_an_indicator_that_two_leads_report_differently() -> None:
    """The finding names both values and both cells; the same value written otherwise is the same."""
    contrary = round_of(reported(40), reported(42, "区商务局"))

    assert [("INDICATOR_DIFFERS", "区发改局", "G7")] == found(contrary)
    assert ["指标“固定资产投资”这里报 40，区商务局报 42（区商务局.xlsx!指标进展!G7）。"] == [finding.message for finding in findings(contrary)]
    assert [] == found(round_of(reported(40), reported("40.0", "区商务局")))
    assert [] == found(round_of(reported(40), reported(5, "区商务局", key=GROWTH_KEY)))


@pytest.mark.parametrize(
    ("value", "last", "expected"),
    [
        (450000, 30, ["MAGNITUDE"]),  # 45 亿元 written in 万元
        ("0.0045", "0.003", ["MAGNITUDE"]),  # 45 亿元 written in 万亿
        (45, 300000, ["VALUE_FALLS"]),  # the last one was wrong, and it falls
        (45, "0.01", []),  # the last one was small, this one fits the target
        (45, 30, []),
        (0, None, []),
        (0, 0, []),
        (100, 30, []),
    ],
)
def test_an_indicator_out_of_all_proportion(value: float, last: float | None, expected: list[str]) -> None:
    """A value a thousand times off the target is found; one that fits the target is not, whatever was said before."""
    before = past([reported(last)]) if last is not None else past()

    assert expected == [code for code, _, _ in found(round_of(reported(value)), before)]


def test_without_a_target_the_last_quarter_is_the_measure() -> None:
    """Where the target is 0, a value a thousand times the last quarter's is found."""
    state = round_of(reported(52000))
    free = replace(state, master=replace(state.master, indicators=(replace(INDICATOR, target=Decimal(0)),)))

    assert [("MAGNITUDE", "区发改局", "G7")] == found(free, past([reported(5)]))
    assert [] == found(free, past([reported(520)]))


def test_a_cumulative_value_that_falls() -> None:
    """A cumulative value below last quarter's is found unless its remark tells why; a growth rate may fall."""
    assert [("VALUE_FALLS", "区发改局", "G7")] == found(round_of(reported(29)), past([reported(30)]))
    assert [] == found(round_of(reported(29, remark="按统计口径核减。")), past([reported(30)]))
    assert [] == found(round_of(reported(30)), past([reported(30)]))
    assert [] == found(round_of(reported("6.1", key=GROWTH_KEY)), past([reported("6.5", key=GROWTH_KEY)]))


def test_progress_that_falls() -> None:
    """Progress below last quarter's is found unless the reason is told; another unit's progress is no measure."""
    assert [("PROGRESS_FALLS", "区发改局", "K7")] == found(round_of(told(40)), past([told(45)]))
    assert [] == found(round_of(told(40, reason="重新测算工程量。")), past([told(45)]))
    assert [] == found(round_of(told(40)), past([told(45, unit="区商务局")]))


def test_progress_that_stands_still() -> None:
    """The same number for two quarters, behind the plan, is found; one quarter, a plan that is met, a support are not."""
    assert [("NO_CHANGE", "区发改局", "K7")] == found(round_of(told(50)), past([told(50)], [told(50)]))
    assert [] == found(round_of(told(50)), past([told(50)], [told(45)]))
    assert [] == found(round_of(told(50)), past([told(50)]))
    assert [] == found(round_of(told(80)), past([told(80)], [told(80)]))
    assert [] == found(round_of(told(50)), past([told(50)], [told(50)], plan={"plan3": Decimal(50)}))
    assert [] == found(round_of(told(50, role=Role.SUPPORT)), past([told(50)], [told(50)]))


@pytest.mark.parametrize(
    ("promise", "done", "status", "expected"),
    [
        ("完成用地报批，启动二期厂房建设。", "走访企业12家，解决用工问题3个。", "推进中", ["PROMISE_DROPPED"]),
        ("完成用地报批，启动二期厂房建设。", "用地已经报批，二期厂房进场施工。", "推进中", []),
        ("完成用地报批，启动二期厂房建设。", "走访企业12家。", "已完成", []),
        ("继续加快推进各项工作，力争累计进度达到75%。", "走访企业12家。", "推进中", []),
        ("", "走访企业12家。", "推进中", []),
    ],
)
def test_a_promise_that_never_comes_up_again(promise: str, done: str, status: str, expected: list[str]) -> None:
    """A promised step of which no word comes up is found; one that is told of, a general one and that of a finished task are not."""
    before = past([told(50, next=promise or None)])

    assert expected == [code for code, _, _ in found(round_of(told(status=status, done=done)), before)]


def test_a_promise_that_is_told_of_in_another_cell_is_kept() -> None:
    """A step that could not be taken and stands among the problems has come up."""
    before = past([told(50, next="完成用地报批，启动二期厂房建设。")])

    assert [] == found(round_of(told(done="走访企业12家。", problem="用地报批没有通过，二期厂房没有开工。")), before)


def test_a_node_of_the_work_plan_that_has_not_begun() -> None:
    """A task that its own plan has at 60 percent by now and that has not begun is found; without a plan, or begun, it is not."""
    plan: dict[str, object] = {"plan3": Decimal(60), "node3": "主体封顶"}

    assert [("NODE_MISSED", "区发改局", "J7")] == found(round_of(told(status="未启动")), past(plan=plan))
    begun_in_name = findings(round_of(told(0, status="推进中")), past(plan=plan))
    assert ["工作方案里到本季应完成 60%（主体封顶），实际还没有启动。"] == [one.message for one in begun_in_name]
    assert [] == found(round_of(told(status="未启动")), past(plan={"plan3": Decimal(0)}))
    assert [] == found(round_of(told(status="未启动")))
    assert [] == found(round_of(told(5, status="推进中")), past(plan=plan))
