"""The annexes of the bulletin: tables on pages turned on their side."""

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.model.column_kinds import show_number
from toolkit.model.form import NEXT, LightRule
from toolkit.model.rules import DUE_SOON, Rules
from toolkit.model.standing import AT_MOST, Assessment, IndicatorStanding, Round, TaskStanding
from toolkit.model.word_document import Block, PageBreak, Paragraph, Section, Style, Table
from toolkit.views.consolidated.laggards import LaggingTask
from toolkit.views.consolidated.own_task_columns import item_title
from toolkit.views.consolidated.task_table import has_indicators
from toolkit.views.papers.figures import NO_WORD, behind, percent, plain_number, stated, target, why
from toolkit.views.papers.paper_wording import one_line, short

_MISSED = "否"
_TEXT, _WORDS = 90, 80  # characters of a task and of what a unit wrote, so that no row is taller than a page


class Annex(NamedTuple):
    """An annex: its title, its table, a note below ('' for none)."""

    title: str
    table: Table
    note: str = ""


def missed(state: Round, assessment: Assessment) -> list[IndicatorStanding]:
    """List indicators that are not where they should be (是否达标 is 否), in the order of the master list."""
    return [standing for standing, word in zip(state.indicators, assessment.reached, strict=True) if word == _MISSED]


def laggard_annex(late: Sequence[LaggingTask], rules: Rules, state: Round) -> Annex | None:
    """List the tasks that lag, red first; None when there is none."""
    if not late:
        return None
    symbols = {light.name: f"{light.symbol}{light.name}" for light in rules.lights}
    rows = tuple(
        (
            str(place),
            lagging_task.standing.task.number,
            short(lagging_task.standing.task.text, _TEXT),
            "、".join(lagging_task.standing.task.leads),
            *_figures(lagging_task.standing, state),
            symbols[lagging_task.light],
            why(lagging_task.standing, _WORDS),
            short(stated(lagging_task.standing, NEXT), _WORDS) or NO_WORD,
        )
        for place, lagging_task in enumerate(late, 1)
    )
    what, rule = item_title(state.task_form), state.task_form.light
    header = ("序号", "编号", what, "牵头单位", *_FIGURES[rule], "灯", "存在问题和原因", "下一步措施")
    table = Table(header, rows, (10, 18, 48, 24, 12, 12, 14, 12, 45, 30), centred=(0, 1, 4, 5, 6, 7))
    return Annex("滞后任务一览表" if has_indicators(state) else f"滞后的{what}一览表", table, f"注：{_note(rule, rules)}。")


def _figures(standing: TaskStanding, state: Round) -> tuple[str, str, str]:
    """Give what a task lags by, in three cells."""
    rule, known = state.task_form.light, standing.measured
    if rule is LightRule.DAY:
        days = (known.due - state.as_of).days if known.due else None
        return known.due.isoformat() if known.due else NO_WORD, NO_WORD if days is None else str(days), standing.status or NO_WORD
    if rule is LightRule.AMOUNT:
        share = None if known.share is None else plain_number(known.share)
        return percent(standing.planned), percent(share), NO_WORD if share is None else show_number(plain_number(standing.planned - share))
    return percent(standing.planned), percent(standing.progress), behind(standing)


def _note(rule: LightRule, rules: Rules) -> str:
    yellow, red = (show_number(rules.value(code)) for code in ("yellow_gap", "red_gap"))
    if rule is LightRule.DAY:
        return f"过了到期日没有完成为红灯，{show_number(rules.value(DUE_SOON))}天以内到期、没有完成为黄灯"
    if rule is LightRule.AMOUNT:
        return f"执行率落后序时进度{yellow}个百分点以上为黄灯，超过{red}个百分点为红灯"
    return f"累计进度落后计划进度{yellow}个百分点以上为黄灯，超过{red}个百分点或者过了完成时限没有完成为红灯"


_FIGURES = {
    LightRule.PROGRESS: ("计划\n进度", "累计\n进度", "落后\n百分点"),
    LightRule.AMOUNT: ("序时\n进度", "执行率", "落后\n百分点"),
    LightRule.DAY: ("到期日", "剩余\n天数", "状态"),
    LightRule.NONE: ("", "", ""),
}


def indicator_annex(state: Round, assessment: Assessment) -> Annex | None:
    """List the indicators that are not where they should be; None when there is none."""
    rows = tuple(
        (
            str(place),
            standing.indicator.number,
            one_line(standing.indicator.name),
            target(standing),
            NO_WORD if standing.reached is None else f"{show_number(standing.reached)}{standing.indicator.unit}",
            _rate(standing),
            standing.lead,
        )
        for place, standing in enumerate(missed(state, assessment), 1)
    )
    if not rows:
        return None
    header = ("序号", "编号", "指标", "年度目标", "累计完成", "完成率", "牵头单位")
    return Annex("未达到进度要求的量化指标一览表", Table(header, rows, (12, 20, 78, 30, 30, 20, 35), centred=(0, 1, 3, 4, 5)))


def _rate(standing: IndicatorStanding) -> str:
    """Show how much of the target is done; of an upper limit there is no such share."""
    done = standing.rate
    return "—" if standing.indicator.comparator in AT_MOST else NO_WORD if done is None else f"{done}%"


def annex_section(annexes: Sequence[Annex]) -> Section:
    """Set the annexes across, each on a page of its own; numbered where there are several."""
    blocks: list[Block] = []
    for place, annex in enumerate(annexes, 1):
        blocks += [PageBreak()] if blocks else []
        blocks += [Paragraph(f"附件{place}" if len(annexes) > 1 else "附件", Style.ANNEX), Paragraph(annex.title, Style.ANNEX_TITLE), annex.table]
        blocks += [Paragraph(annex.note, Style.NOTE)] if annex.note else []
    return Section(tuple(blocks), landscape=True)
