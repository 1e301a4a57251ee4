"""The bulletin as a genre: what it says of one, of none and of all, and what it leaves out."""

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from tests.papers.drawn import HEAD, words
from tests.views.rounds import Q1, busy_round, make_indicator, make_round, make_task, shipped_rules, with_quarter
from toolkit.assessment.assess import assess
from toolkit.model.master import DEPARTMENT, Deadline
from toolkit.model.returns import Outcome
from toolkit.model.standing import IndicatorStanding, Round, TaskStanding, UnitStanding
from toolkit.model.word_document import Style, Table, WordDocument
from toolkit.views.papers.bulletin import Quarter, bulletin

SENT = datetime(2023, 3, 29, 16, 5)  # noqa: DTZ001 - a sheet knows no time zones
GREEN = make_task("任务1", status="推进中", progress=30)
RED = make_task("任务2", leads=("张湾街道",), status="推进中", progress=5, planned=50, problem="用地\n没有落实。", reason="批复晚。")


def came(name: str, *, on_time: bool = True) -> UnitStanding:
    return UnitStanding(name, DEPARTMENT, Outcome.MERGED, SENT if on_time else SENT.replace(month=4, day=3), on_time, 1, 0, 0)


def absent(name: str) -> UnitStanding:
    return UnitStanding(name, DEPARTMENT, None, None, on_time=False, versions=0, errors=0, reviews=0)


def write(
    tasks: list[TaskStanding], units: list[UnitStanding], indicators: list[IndicatorStanding] | None = None, before: Round | None = None
) -> WordDocument:
    rules = shipped_rules()
    state = make_round(tasks, indicators or [], units=units)
    earlier = (before, assess(before, rules)) if before else None
    return bulletin(Quarter(state, assess(state, rules), rules, earlier), HEAD, 1)


def body(paper: WordDocument) -> list[str]:
    return words(paper, lambda style: style in {Style.BODY, Style.HEADING, Style.SUBHEADING})


def test_a_quarter_without_fault_has_no_chapter_of_problems() -> None:
    """All in time and on schedule: no problems, no annexes, no share of a light that all tasks have, chapters numbered on."""
    paper = write([GREEN, make_task("任务3", status="推进中", progress=25)], [came("区发改局"), came("区商务局")])

    assert [
        "按照《2023年重点工作责任分解方案》要求，现将2023年第一季度目标任务进展情况通报如下。",
        "一、总体情况",
        "从报送看，应报送的2家单位全部按时报送，报送率、按时报送率均为100%。",
        "从进度看，全部2项目标任务均为达进度或超进度（绿灯）。",
        "二、下一步要求",
        "（一）压实工作责任",
        "各牵头单位要对照年度目标查漏补缺，各责任单位要主动配合，如实、完整报送进展情况，做好总结和资料归档。",
    ] == body(paper)
    assert 1 == len(paper.sections)
    assert [] == words(paper, lambda style: style is Style.ANNEXES)


def test_one_task_that_lags_is_named_with_figures_and_reason() -> None:
    """One red task: its lead, its figures, the problem and the reason it stated, the letter it gets; one annex, without a number."""
    said = body(write([GREEN, RED], [came("区发改局"), came("张湾街道", on_time=False)]))

    assert "从进度看，全部2项目标任务中，达进度或超进度（绿灯）1项，占50%；严重滞后（红灯）1项，占50%。" in said
    assert "严重滞后（红灯）1项，涉及张湾街道。" in said
    assert "1．张湾街道：任务2“任务2的内容”（红灯），计划进度50%，累计进度5%，落后45个百分点。存在问题：用地；没有落实；原因：批复晚。" in said
    assert any(one.startswith("红灯任务列入督办，牵头单位要按督办通知单的时限反馈整改情况。牵头单位要会同") for one in said)
    assert ["附件：滞后任务一览表"] == words(write([GREEN, RED], [came("区发改局")]), lambda style: style is Style.ANNEXES)
    assert "报送截止日期为2023年3月30日，张湾街道（4月3日报送）迟报。" in said


@pytest.mark.parametrize(
    ("units", "sentence"),
    [
        ([absent("甲"), absent("乙")], "从报送看，应报送的2家单位均未报送。"),
        ([absent("甲")], "从报送看，应报送的1家单位没有报送。"),
        ([came("甲")], "从报送看，应报送的1家单位已按时报送。"),
        ([came("甲"), absent("乙"), absent("丙")], "从报送看，应报送单位3家，已报送1家，报送率33%；按时报送1家，按时报送率33%。"),
        ([came("甲"), came("乙", on_time=False)], "从报送看，应报送的2家单位已全部报送，报送率100%；按时报送1家，按时报送率50%。"),
        ([came("甲", on_time=False), absent("乙")], "从报送看，应报送单位2家，已报送1家，报送率50%；没有单位按时报送。"),
    ],
)
def test_returns_are_told_for_all_none_and_one(units: list[UnitStanding], sentence: str) -> None:
    """Each case of who returned has its own sentence."""
    assert sentence in body(write([GREEN], units))


def test_nobody_returned() -> None:
    """Where nobody returned, every unit and every task is named as silent and everybody is asked to hand in."""
    paper = write([make_task("任务1", silent=("区发改局",)), make_task("任务2", leads=("区商务局",))], [absent("区发改局"), absent("区商务局")])

    assert [
        "一、总体情况",
        "从报送看，应报送的2家单位均未报送。",
        "从进度看，全部2项目标任务均为未报（灰灯）。",
        "二、存在问题",
        "（一）部分任务没有报告进度",
        "任务1、任务2没有报告累计进度，涉及区发改局、区商务局。",
        "（二）部分单位报送不及时",
        "报送截止日期为2023年3月30日，区发改局、区商务局均没有报送。",
        "三、下一步要求",
        "（一）尽快补报",
        "区发改局、区商务局要在收到本通报后立即补报，并确定专人负责今后的报送工作。",
    ] == body(paper)[1:12]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("25", "量化指标“新增企业”达到进度要求（年度目标100个，累计完成25个，完成率25%，区发改局）。"),
        ("24.9", "量化指标“新增企业”未达到进度要求（年度目标100个，累计完成24.9个，完成率24.9%，区发改局）。"),
        (None, "量化指标“新增企业”没有报送完成值（年度目标100个，未报，区发改局）。"),
    ],
)
def test_one_indicator_is_told_as_one(value: str | None, sentence: str) -> None:
    """A single indicator has a sentence and no count."""
    assert sentence in body(write([GREEN], [came("区发改局")], [make_indicator("新增企业", "100", value)]))


def test_the_quarter_before_is_compared_by_light() -> None:
    """Against the quarter before: what each light gained or lost, and which tasks changed sides."""
    then = make_round([replace(GREEN, progress=Decimal(1)), make_task("任务2", status="推进中", progress=25)], units=[came("区发改局")])
    said = body(write([GREEN, RED], [came("区发改局")], before=then))

    assert any(
        "与第一季度相比，欠进度（黄灯）减少1项，严重滞后（红灯）增加1项。其中，任务1由滞后转为正常；任务2转为滞后。" in one for one in said
    )
    same = make_round([GREEN, RED], units=[came("区发改局")])
    assert any("与第一季度相比，各类任务项数没有变化。" in one for one in body(write([GREEN, RED], [came("区发改局")], before=same)))


def test_the_next_report_is_asked_for_by_its_date() -> None:
    """The calendar's next deadline stands in the demands."""
    rules, state = shipped_rules(), make_round([GREEN], units=[came("区发改局")])
    coming = Deadline("2023Q2", "季度进展", Q1.ends, Q1.ends.replace(month=6, day=30))
    state = replace(state, master=replace(state.master, calendar=(coming,)))

    said = body(bulletin(Quarter(state, assess(state, rules), rules), HEAD, 1))

    assert any(one.endswith("2023年第二季度进展请于2023年6月30日前报送。") for one in said)


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_nothing_is_counted_that_is_not_there(quarter: int) -> None:
    """Whatever the round, no sentence counts nothing, repeats a stop or leaves a hole."""
    state, rules = with_quarter(busy_round(), quarter), shipped_rules()

    for word in words(bulletin(Quarter(state, assess(state, rules), rules), HEAD, 3)):
        assert re.search(r"(?<![\d.])0[项家处个]|None|。。|，。|；。|、、|（）|\{|“”", word) is None, word


def test_annexes_hold_every_laggard_and_every_missed_indicator() -> None:
    """The text names the first, the annexes all: a row each, with the figures of the workbook."""
    many = [make_task(f"任务{number}", leads=(f"单位{number}",), status="推进中", progress=1, planned=40) for number in range(1, 14)]
    paper = write(many, [came("区发改局")], [make_indicator(f"指标{number}", "100", "3") for number in range(9)])
    laggards, indicators = (block for block in paper.sections[1].blocks if isinstance(block, Table))

    assert (13, 9) == (len(laggards.rows), len(indicators.rows))
    assert ("1", "任务1", "任务1的内容", "单位1", "40%", "1%", "39", "■红", "牵头单位未说明原因", "未报") == laggards.rows[0]
    assert ["附件：1．滞后任务一览表\n2．未达到进度要求的量化指标一览表"] == words(paper, lambda style: style is Style.ANNEXES)
    assert {"其余3项滞后任务见附件1。"} == {one for one in body(paper) if one.startswith("其余")}
    assert any(one.endswith("；其余3项见附件2。") for one in body(paper))
    assert paper.sections[1].landscape
