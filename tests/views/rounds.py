"""Rounds made in code for tests of the views and of assessment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_rules import load_rules
from toolkit.model.findings import Code, Finding
from toolkit.model.form import DONE, NEXT, PROBLEM, PROGRESS, REACHED, STATUS, Form
from toolkit.model.master import DEPARTMENT, OTHER, TASK, TOWN, Indicator, Master, Role, Task, Unit
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Outcome, Row
from toolkit.model.rules import Rules
from toolkit.model.standing import IndicatorStanding, OtherFile, Round, Ruling, TaskStanding, UnitRow, UnitStanding

TEMPLATES = Path(__file__).parents[2] / "templates"
Q1 = Period(2023, 1)
CELLS = {STATUS: "J", PROGRESS: "K", DONE: "L", PROBLEM: "M", "reason": "N", NEXT: "O", REACHED: "G", "remark": "I"}


def progress_form() -> Form:
    """Load the shipped form of quarterly progress."""
    form, _ = load_form(TEMPLATES / "季度进展.xlsx")
    assert form is not None
    return form


def shipped_rules() -> Rules:
    """Load the shipped rules."""
    rules, _ = load_rules(TEMPLATES / "考核规则.xlsx")
    assert rules is not None
    return rules


def said(unit: str, number: str, role: Role = Role.LEAD, *, row: int = 7, table: str = "任务进展", key: str = "", **answers: object) -> UnitRow:
    """Make a unit's row with answers at their places."""
    file = f"{unit}.xlsx"
    given = {code: Answer(value, str(value), Place(file, table, f"{CELLS[code]}{row}")) for code, value in answers.items() if value is not None}
    return UnitRow(unit, role, Row(table, key or number, number, role, given, Place(file, table, f"A{row}")), f"records/returns/2023Q1/{unit}/{file}")


def make_task(
    number: str,
    *,
    leads: Sequence[str] = ("区发改局",),
    supports: Sequence[str] = (),
    section: str = "(一)坚持质效提升,着力构建",
    status: str = "",
    progress: int | str | None = None,
    planned: int | str = 25,
    others: Sequence[UnitRow] = (),
    silent: Sequence[str] = (),
    overdue: bool = False,
    ruling: Ruling = Ruling(),  # noqa: B008 - frozen
    **words: str,
) -> TaskStanding:
    """Make a task's standing; with a status or progress its lead has reported."""
    done = None if progress is None else Decimal(progress)
    reported = bool(status or words) or done is not None
    lead = said(leads[0] if leads else "区发改局", number, status=status or None, progress=done, **words) if reported else None
    return TaskStanding(
        task=Task(number, TASK, section, "产业", f"{number}的内容。", tuple(leads), tuple(supports), deadline="2023-03-20" if overdue else ""),
        lead=lead,
        others=tuple(others),
        silent=tuple(silent),
        planned=Decimal(planned),
        status=status,
        progress=done,
        quarters=(done, None, None, None),
        overdue=overdue,
        ruling=ruling,
    )


def make_indicator(name: str, target: str, value: str | None, *, comparator: str = "≥", measure: str = "累计", number: str = "任务1") -> IndicatorStanding:
    """Make an indicator's standing, led by 区发改局."""
    indicator = Indicator(number, name, comparator, Decimal(target), "个", measure)
    amount = None if value is None else Decimal(value)
    source = None if amount is None else said("区发改局", number, table="指标进展", key=f"{number}|{name}", reached=amount)
    return IndicatorStanding(indicator, "区发改局", amount, source)


def make_round(
    tasks: Sequence[TaskStanding] = (),
    indicators: Sequence[IndicatorStanding] = (),
    *,
    units: Sequence[UnitStanding] = (),
    details: Sequence[UnitRow] = (),
    findings: Sequence[Finding] = (),
    other_files: Sequence[OtherFile] = (),
    form: Form | None = None,
    period: Period = Q1,
    files: dict[str, int] | None = None,
) -> Round:
    """Make a round of 2023Q1, due on 30 March."""
    register = (
        Unit("区发改局"),
        Unit("区商务局", group=DEPARTMENT),
        Unit("张湾街道", group=TOWN),
        Unit("经开投公司", group=OTHER),
    )
    master = Master(
        tuple(task.task for task in tasks), tuple(indicator.indicator for indicator in indicators), register, (), title="区政府工作报告责任分解方案"
    )
    return Round(
        period=period,
        form=form or progress_form(),
        master=master,
        due=date(2023, 3, 30),
        tasks=tuple(tasks),
        indicators=tuple(indicators),
        units=tuple(units),
        details=tuple(details),
        findings=tuple(findings),
        files=files or {},
        other_files=tuple(other_files),
    )


def busy_round() -> Round:
    """Make a small round in which everything occurs once."""
    beside = (
        said("张湾街道", "任务1", Role.SUPPORT, status="推进中", done="完成征地20亩。"),
        said("区商务局", "任务1", Role.LEAD, status="推进中", progress=Decimal("12.5"), done="=1+1"),
    )
    tasks = [
        make_task(
            "任务1",
            leads=("区发改局", "区商务局"),
            supports=("张湾街道", "经开投公司"),
            status="推进中",
            progress=40,
            others=beside,
            silent=("经开投公司",),
            done="开工3个项目。",
            problem="用地紧张。",
            next="加快报批。",
        ),
        make_task("任务2", leads=("张湾街道",), status="推进中", progress="10.4", done="完成一半。", problem="资金没有到位。"),
        make_task("任务3", leads=("区商务局",), status="推进中", progress=5, planned=50, section="(二)民生"),
        make_task("任务4", status="已完成", progress=100, section="(二)民生"),
        make_task("任务5", leads=("经开投公司",), section="(二)民生", silent=("经开投公司",)),
        make_task("任务6", status="未启动"),
        make_task("任务7", status="推进中"),
        make_task("任务8", status="推进中", progress=99, overdue=True),
        make_task("任务9", leads=(), status="推进中", progress=30, ruling=Ruling("黄", "现场没有动工"), section=""),
        make_task("任务10", status="推进中", progress="9.9", planned="19.9"),
        make_task("任务11", overdue=True),
    ]
    indicators = [
        make_indicator("新增企业", "100", "25"),
        make_indicator("签约项目", "100", "24.9"),
        make_indicator("生产总值增速", "7", "6.9", measure="增速"),
        make_indicator("能耗", "50", "50", comparator="≤", measure="存量"),
        make_indicator("技改占比", "45", "40", measure="比率"),
        make_indicator("开工项目", "8", None, measure="项目"),
    ]
    details = [task.lead for task in tasks if task.lead] + list(beside) + [indicator.source for indicator in indicators if indicator.source]
    sent = datetime(2023, 3, 29, 16, 5)  # noqa: DTZ001 - a sheet knows no time zones
    units = [
        UnitStanding("区发改局", DEPARTMENT, Outcome.MERGED, sent, True, 2, 0, 0, "records/returns/2023Q1/区发改局/区发改局.xlsx", "全部采用"),
        UnitStanding("区商务局", DEPARTMENT, Outcome.WITH_FINDINGS, sent.replace(day=31), False, 1, 1, 1, "records/returns/2023Q1/区商务局/区商务局.xlsx"),
        UnitStanding("张湾街道", TOWN, Outcome.REFUSED, sent, True, 0, 1, 0, "records/returns/2023Q1/张湾街道/张湾街道.xlsx", "封签与内容不符"),
        UnitStanding("经开投公司", OTHER, None, None, False, 0, 0, 0),
    ]
    findings = [
        Finding(Code.PERCENT_OF_ONE, Place("区商务局.xlsx", "任务进展", "K7"), {}, "区商务局", "累计进度"),
        Finding(Code.NOT_CHOICE, Place("区商务局.xlsx", "任务进展", "J8"), {"seen": "快好了", "choices": "未启动、推进中、已完成"}, "区商务局", "进展状态"),
        Finding(Code.UNKNOWN, Place("通讯录.xlsx")),
    ]
    strays = [OtherFile("通讯录.xlsx", "", Outcome.REFUSED, "没有本系统发出的表", "records/returns/2023Q1/_/通讯录.xlsx")]
    counts = {"merged": 2, "merged with findings": 1, "refused": 2}
    return make_round(tasks, indicators, units=units, details=details, findings=findings, other_files=strays, files=counts)


def with_quarter(state: Round, quarter: int) -> Round:
    """Give the same round for another quarter."""
    return replace(state, period=Period(2023, quarter))
