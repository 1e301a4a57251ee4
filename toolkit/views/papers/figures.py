"""A task's and an indicator's figures in words; each number is the one that stands in the consolidated workbook."""

from collections.abc import Sequence
from decimal import Decimal

from toolkit.model.column_kinds import show_number
from toolkit.model.form import PROBLEM, REASON, LightRule
from toolkit.model.rules import Light, Rules
from toolkit.model.standing import AT_MOST, CUMULATIVE, IndicatorStanding, TaskStanding
from toolkit.views.papers.paper_wording import one_line, short

NO_WORD = "未报"


def meaning(light: Light, rule: LightRule = LightRule.PROGRESS) -> str:
    """Name a light by what it means by a rule: 欠进度（黄灯）."""
    return f"{light.words(rule)}（{light.name}灯）"


def meanings(rules: Rules, rule: LightRule = LightRule.PROGRESS) -> dict[str, str]:
    """Name every light by a rule: its one-character name → 欠进度（黄灯）."""
    return {light.name: meaning(light, rule) for light in rules.lights}


def percent(value: Decimal | None) -> str:
    """Write a percent (0–100) without needless zeros, 未报 where it is not known."""
    return NO_WORD if value is None else f"{show_number(value)}%"


def behind(standing: TaskStanding) -> str:
    """Write how many points a task is behind (or ahead: 负), 未报 where it is not known."""
    value = standing.gap
    return NO_WORD if value is None else show_number(plain_number(-value))


def figures(standing: TaskStanding) -> str:
    """Say a task's figures: 计划进度25%，累计进度5%，落后20个百分点, or its day or its budget; that its deadline is past; the office's ruling."""
    known = standing.measured
    if known.due is not None:
        parts = [f"到期日{known.due.isoformat()}", standing.status or "状态未报"]
    elif known.budget is not None:
        parts = [f"序时进度{percent(standing.planned)}", f"执行率{percent(None if known.share is None else plain_number(known.share))}"]
    else:
        parts = _of_progress(standing)
    if standing.overdue and known.due is None:
        parts.append("已过完成时限")
    if standing.ruling.light:
        parts.append(f"经认定为{standing.ruling.light}灯" + (f"（{one_line(standing.ruling.note)}）" if standing.ruling.note else ""))
    return "，".join(parts)


def _of_progress(standing: TaskStanding) -> list[str]:
    value = standing.gap
    parts = [f"计划进度{percent(standing.planned)}"]
    parts.append(f"累计进度{percent(standing.progress)}" if standing.progress is not None else standing.status or "累计进度未报")
    return parts + ([f"{'落后' if value < 0 else '超前'}{show_number(plain_number(abs(value)))}个百分点"] if value else [])


def stated(standing: TaskStanding, code: str) -> str:
    """Give what the lead wrote in a column, '' where it wrote nothing."""
    return one_line(standing.lead.row.value(code) or "") if standing.lead else ""


def why(standing: TaskStanding, most: int) -> str:
    """Say the problem and the reason that the lead stated, or that it stated none."""
    words = (("存在问题", stated(standing, PROBLEM)), ("原因", stated(standing, REASON)))
    parts = [f"{title}：{short(text, most)}" for title, text in words if text]
    return "；".join(parts) or ("牵头单位未说明原因" if standing.lead else "牵头单位未报送")


def leads_of(standings: Sequence[TaskStanding]) -> list[str]:
    """Name the lead units of tasks, each once, in the order of the tasks; [] for none."""
    return list(dict.fromkeys(lead for standing in standings for lead in standing.task.leads))


def target(standing: IndicatorStanding) -> str:
    """Write an indicator's target for the year: 6000户, 不超过50吨; one that was changed with what it was: 900亿元（原目标950亿元）."""
    indicator = standing.indicator
    before = "" if indicator.original is None else f"（原目标{show_number(indicator.original)}{indicator.unit}）"
    amount = f"{show_number(indicator.target)}{indicator.unit}{before}"
    return f"不超过{amount}" if indicator.comparator in AT_MOST else amount


def reached(standing: IndicatorStanding) -> str:
    """Say how far an indicator is: 累计完成1200户，完成率20%."""
    indicator = standing.indicator
    if standing.reached is None:
        return NO_WORD
    done = standing.rate
    share = f"，完成率{show_number(plain_number(done))}%" if isinstance(done, Decimal) and indicator.measure == CUMULATIVE else ""
    amount = f"{show_number(standing.reached)}{indicator.unit}"
    return f"累计完成{amount}{share}" if indicator.measure == CUMULATIVE else f"实际{amount}"


def plain_number(value: Decimal) -> Decimal:
    """Take trailing zeros off: 20.00 is 20, as the workbook shows it."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
