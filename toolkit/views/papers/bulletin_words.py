"""The bulletin's sentences on indicators, on what is wrong and on what is asked next."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from toolkit.model.form import LightRule
from toolkit.model.period import Period
from toolkit.model.returns import Outcome
from toolkit.model.rules import GREY, RED, YELLOW, Rules
from toolkit.model.standing import Assessment, IndicatorStanding, Round, TaskStanding, UnitStanding
from toolkit.model.word_document import Paragraph, Style
from toolkit.views.consolidated.laggards import LaggingTask
from toolkit.views.consolidated.tallies import share
from toolkit.views.papers.annexes import Annex, missed
from toolkit.views.papers.figures import figures, leads_of, meanings, reached, target, why
from toolkit.views.papers.paper_wording import counts, day, named, numeral, one_line, quoted

_TASKS_IN_WORDS, _INDICATORS_IN_WORDS, _NAMES = 10, 6, 8  # how many are named in the text; the annexes have all
_TEXT, _WHY = 40, 60  # characters of a task's text and of each stated reason
_WORDS = (("是", "达到进度要求的{}项"), ("否", "未达到的{}项"), ("按节点", "按工作方案节点年底考核的{}项"), ("未报", "未报送的{}项"))


def indicator_sentences(state: Round, assessment: Assessment, annexes: Sequence[Annex]) -> Iterator[Paragraph]:
    """Say how many indicators are where they should be, and which are not."""
    total = len(state.indicators)
    if not total:
        return
    found = {word: assessment.reached.count(word) for word, _ in _WORDS}
    if total == 1:
        state_of = {"是": "达到进度要求", "否": "未达到进度要求", "按节点": "按工作方案节点年底考核", "未报": "没有报送完成值"}
        standing = state.indicators[0]
        yield Paragraph(f"量化指标{quoted(standing.indicator.name)}{state_of[assessment.reached[0]]}{_figures(standing)}。")
        return
    if total in found.values():
        (only,) = (words for word, words in _WORDS if found[word] == total)
        yield Paragraph(f"{total}项量化指标全部为{only.replace('的{}项', '')}。")
    else:
        first = f"，占{share(found['是'], total)}"
        yield Paragraph(f"{total}项量化指标中，{counts([(found[word], words + (first if word == '是' else '')) for word, words in _WORDS])}。")
    named_below = missed(state, assessment)
    if named_below:
        texts = "；".join(f"{one_line(indicator.indicator.name)}{_figures(indicator)}" for indicator in named_below[:_INDICATORS_IN_WORDS])
        more = f"；其余{len(named_below) - _INDICATORS_IN_WORDS}项见{_annex(annexes, '指标')}" if len(named_below) > _INDICATORS_IN_WORDS else ""
        yield Paragraph(f"未达到进度要求的是：{texts}{more}。")


def problems(state: Round, assessment: Assessment, late: Sequence[LaggingTask], rules: Rules, annexes: Sequence[Annex]) -> Iterator[Paragraph]:
    """Say what is wrong, under headings of its own: tasks behind, tasks without a word, returns late or missing, returns with faults."""
    silent = [task for task in state.tasks if assessment.lights[task.task.number] == GREY]
    parts = [
        ("部分任务进度滞后", list(_lagging(late, rules, annexes, state))),
        ("部分任务没有报告进度", list(_silent(silent, state))),
        ("部分单位报送不及时", list(_late_units(state))),
        ("部分单位填报质量不高", list(_faults(state))),
    ]
    for place, (name, paragraphs) in enumerate([part for part in parts if part[1]], 1):
        yield Paragraph(f"（{numeral(place)}）{name}", Style.SUBHEADING)
        yield from paragraphs


def next_steps(state: Round, late: Sequence[LaggingTask]) -> Iterator[Paragraph]:
    """Say what is asked: of those who lag, of those who did not report, of all for the next period."""
    asked = [texts for texts in (_catch_up(late), _hand_in(state), _next_report(state)) if texts]
    for place, (name, words) in enumerate(asked, 1):
        yield Paragraph(f"（{numeral(place)}）{name}", Style.SUBHEADING)
        yield Paragraph(words)


def _figures(standing: IndicatorStanding) -> str:
    return f"（年度目标{target(standing)}，{reached(standing)}，{standing.lead or '牵头单位待定'}）"


def _lagging(late: Sequence[LaggingTask], rules: Rules, annexes: Sequence[Annex], state: Round) -> Iterator[Paragraph]:
    if not late:
        return
    names = meanings(rules, state.task_form.light)
    found = counts([(sum(lagging_task.light == light for lagging_task in late), f"{names[light]}" + "{}项") for light in (RED, YELLOW)])
    leads = leads_of([lagging_task.standing for lagging_task in late])
    whose = f"，涉及{named(leads, _NAMES, '家牵头单位')}" if leads else ""
    yield Paragraph(f"{found}{whose}。")
    by_lead: dict[str, list[LaggingTask]] = defaultdict(list)
    for lagging in late[:_TASKS_IN_WORDS]:
        by_lead["、".join(lagging.standing.task.leads) or "牵头单位待定"].append(lagging)
    for place, (lead, tasks) in enumerate(by_lead.items(), 1):
        texts = "。".join(_task(task) for task in tasks)
        yield Paragraph(f"{place}．{lead}：{texts}。")
    if len(late) > _TASKS_IN_WORDS:
        yield Paragraph(f"其余{len(late) - _TASKS_IN_WORDS}项滞后任务见{_annex(annexes, '任务')}。")


def _task(lagging_task: LaggingTask) -> str:
    task = lagging_task.standing.task
    return f"{task.number}{quoted(task.text, _TEXT)}（{lagging_task.light}灯），{figures(lagging_task.standing)}。{why(lagging_task.standing, _WHY)}"


def _silent(silent: Sequence[TaskStanding], state: Round) -> Iterator[Paragraph]:
    if silent:
        numbers = named([standing.task.number for standing in silent], _NAMES, "项任务")
        leads = leads_of(silent)
        whose = f"，涉及{named(leads, _NAMES, '家牵头单位')}" if leads else ""
        yield Paragraph(f"{numbers}没有报告{'累计进度' if state.task_form.light is LightRule.PROGRESS else ''}{whose}。")


def _late_units(state: Round) -> Iterator[Paragraph]:
    missing = [unit.unit for unit in state.units if unit.outcome is None]
    late = [f"{unit.unit}{_when(unit)}" for unit in state.units if unit.outcome and unit.outcome.counts and not unit.on_time]
    stuck = [f"{unit.unit}（{unit.outcome.words}）" for unit in state.units if unit.outcome and not unit.outcome.counts]
    due = f"报送截止日期为{day(state.due)}，" if state.due else ""
    parts = [
        f"{named(missing, _NAMES, '家单位')}{'没有报送' if len(missing) == 1 else '均没有报送'}" if missing else "",
        f"{named(late, _NAMES, '家单位')}迟报" if late else "",
        f"{named(stuck, _NAMES, '家单位')}的报送表未能采用" if stuck else "",
    ]
    if any(parts):
        yield Paragraph(due + "；".join(text for text in parts if text) + "。")


def _when(unit: UnitStanding) -> str:
    moment, how = (unit.received, "收到") if unit.received else (unit.sent, "报送")
    return f"（{moment.month}月{moment.day}日{how}）" if moment else ""


def _faults(state: Round) -> Iterator[Paragraph]:
    wrong = [unit for unit in state.units if unit.errors and unit.outcome is Outcome.WITH_FINDINGS]
    if wrong:
        names = named([unit.unit for unit in wrong], _NAMES, "家单位")
        yield Paragraph(f"{names}的报送表有填报错误{sum(unit.errors for unit in wrong)}处，已退回修改。")


def _catch_up(late: Sequence[LaggingTask]) -> tuple[str, str] | None:
    if not late:
        return None
    red = sum(lagging_task.light == RED for lagging_task in late)
    which = f"{red}项红灯任务" if red > 1 else "红灯任务"
    first = f"{which}列入督办，牵头单位要按督办通知单的时限反馈整改情况。" if red else ""
    whose = "各滞后任务的" if len(late) > 1 else ""
    then = f"{whose}牵头单位要会同责任单位查明原因，逐项制定赶进度的措施，明确责任人和完成时间，确保下次报送前把进度赶上来。"
    return "紧盯滞后任务", f"{first}{then}"


def _hand_in(state: Round) -> tuple[str, str] | None:
    missing = [unit.unit for unit in state.units if unit.outcome is None or not unit.outcome.counts]
    if not missing:
        return None
    return "尽快补报", f"{named(missing, _NAMES, '家单位')}要在收到本通报后立即补报，并确定专人负责今后的报送工作。"


def _next_report(state: Round) -> tuple[str, str]:
    following = next((line for line in sorted(state.master.calendar, key=lambda line: line.due) if state.due and line.due > state.due), None)
    if following is None:
        return "压实工作责任", "各牵头单位要对照年度目标查漏补缺，各责任单位要主动配合，如实、完整报送进展情况，做好总结和资料归档。"
    form = f"{Period.parse(following.period).label}{one_line(following.form).removeprefix('季度')}"
    return "按时报送进展", f"各牵头单位要加强统筹，各责任单位要主动配合，如实、完整填报。{form}请于{day(following.due)}前报送。"


def _annex(annexes: Sequence[Annex], about: str) -> str:
    """Name the annex about something: 附件 where it is the only one, else 附件1."""
    place = next((place for place, annex in enumerate(annexes, 1) if about in annex.title), 0)
    return f"附件{place}" if len(annexes) > 1 and place else "附件"
