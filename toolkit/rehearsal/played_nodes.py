"""What played units say of milestones and of the year's end: two milestones of the first task that each leads, a forecast for every task that it leads."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from toolkit.model.form import FINISHED
from toolkit.model.period import Period
from toolkit.model.rules import AT_RISK, CAN, CANNOT

Row = dict[str, object]
_STEPS = (("前期手续办结", "完成方案审批", "完成招标"), ("主体完成", "通过初步验收", "投入使用"))
_WHY = ("审批环节增加，正在加快办理。", "雨天多，施工组织已经调整。", "设备到货晚，已约定新的到货时间。")
_PATIENCE = timedelta(days=60)  # after which a milestone that was late is reached
_CONFIDENT = 0.06  # of the leads that lag far behind, how many still say that they can


def planned_nodes(led: Sequence[str], year: int, dice: random.Random) -> list[Row]:
    """List the milestones of a unit's work plan, by column title: one in spring, one in autumn, of the first task that it leads."""
    rows: list[Row] = []
    for number in led[:1]:
        for names, first in zip(_STEPS, (date(year, 2, 20), date(year, 8, 1)), strict=True):
            rows.append({"编号": number, "节点": dice.choice(names), "基准日期": first + timedelta(days=dice.randint(0, 110))})
    return rows


def node_answers(shown: Mapping[str, object], period: Period, sends: date, dice: random.Random, *, finished: bool) -> Row:
    """Say how a milestone stands: reached about its day, late with a reason, expected later, or nothing while it is far off; reached where its task is."""
    baseline = shown.get("基准日期")
    day = baseline.date() if isinstance(baseline, datetime) else baseline
    luck, late = dice.random(), timedelta(days=dice.randint(15, 45))
    if not isinstance(day, date):
        return {}
    if finished:
        return {"实际日期": min(day, sends)}
    if day <= min(period.ends, sends):
        if luck < 0.75 or day + _PATIENCE < sends:
            return {"实际日期": min(day + timedelta(days=dice.randint(-9, 8)), sends)}
        return {"预计日期": max(day, sends) + late, "说明": dice.choice(_WHY)}
    if day <= period.ends + timedelta(days=90) and luck > 0.7:
        return {"预计日期": day + late, "说明": dice.choice(_WHY)}
    return {}


def foreseen(typed: Mapping[str, object], shown: Mapping[str, object], period: Period, dice: random.Random) -> Row:
    """Foresee the year's end as the progress lets expect; a few are more confident than their task. Only leads are asked."""
    luck, progress = dice.random(), typed.get("累计进度")
    if not isinstance(progress, int | float):
        return {}
    behind = float(str(shown.get("计划进度") or period.schedule)) - progress
    if typed.get("进展状态") == FINISHED or behind < 10 or luck < _CONFIDENT:
        return {"年底预判": CAN}
    return {"年底预判": CANNOT if behind > 45 and luck > 0.5 else AT_RISK}
