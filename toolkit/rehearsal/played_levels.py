"""A played district: its list, its streets and communities, and what each community types, with a few usual mistakes."""

import random
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.form import FINISHED, NOT_STARTED, RUNNING
from toolkit.model.master import TASK, TOWN, Deadline, Indicator, Master, Task, Unit

DISTRICT, PERIOD = "青江区政府办", "2023Q1"
DUE, DUE_BELOW = date(2023, 3, 30), date(2023, 3, 27)
_PLACES = ("青江", "柳河", "石桥", "望山", "东湖", "南园", "北塘", "西岭", "长堤", "白沙", "新港", "古渡")
_NAMES = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_MATTERS = (
    ("改造老旧小区", "个"),
    ("新增停车泊位", "个"),
    ("慰问困难群众", "人"),
    ("整治背街小巷", "条"),
    ("新建口袋公园", "处"),
    ("排查安全隐患", "处"),
)
_SLIPS = 9  # one community in so many makes a mistake, another one in so many says nothing


class Community(NamedTuple):
    """What a community does: what it reached by indicator, its mistake ('' for none; NOTHING: it does not report)."""

    name: str
    reached: Mapping[str, int]
    slip: str


NOTHING, ABOUT, WORDED = "没有报", "进度写成“约…%”", "完成值带了单位"


def streets(number: int) -> tuple[str, ...]:
    """Name so many streets, at most twelve."""
    return tuple(f"{place}街道" for place in _PLACES[:number])


def district_list(number: int) -> Master:
    """Make the district's list: each street answers for its own part of each task."""
    names = streets(number)
    tasks = tuple(
        Task(f"任务{at}", TASK, "一、民生实事", "", f"{what}{1000 * at}{unit}以上。", names, (), parted=True) for at, (what, unit) in enumerate(_MATTERS, 1)
    )
    indicators = tuple(
        Indicator(f"任务{at}", what, "≥", Decimal(1000 * at), unit, "累计", f"{what}{1000 * at}{unit}以上") for at, (what, unit) in enumerate(_MATTERS, 1)
    )
    calendar = (Deadline(PERIOD, "季度进展", date(2023, 1, 1), DUE),)
    return Master(tasks, indicators, tuple(Unit(name, group=TOWN) for name in names), calendar, title="青江区2023年民生实事")


def communities(street: str, number: int, dice: random.Random) -> tuple[Community, ...]:
    """Play so many communities of a street."""
    made = []
    for at in range(number):
        name = f"{street[:2]}{_NAMES[at % 10]}{'' if at < 10 else at // 10}社区"
        slip = {0: NOTHING, 1: ABOUT, 2: WORDED}.get(dice.randrange(_SLIPS * 2), "")
        made.append(Community(name, {what: dice.randrange(1, 40) for what, _ in _MATTERS}, slip))
    return tuple(made)


def typed_row(played: Community, shown: Mapping[str, object]) -> dict[str, object]:
    """Give what a community types into the row that shows it a task (目标任务) or an indicator (指标)."""
    name = str(shown.get("指标") or "")
    if name:
        value = played.reached[name]
        return {"本年累计完成值": f"{value}{shown['单位']}" if played.slip == WORDED else value}
    text = str(shown.get("目标任务") or "")
    what = next(matter for matter, _ in _MATTERS if text.startswith(matter))
    reached = played.reached[what]
    progress = min(100, reached * 2 + 20)
    status = FINISHED if progress == 100 else NOT_STARTED if reached < 2 else RUNNING
    cells: dict[str, object] = {"进展状态": status, "本季进展情况": f"{what}{reached}，其余按计划推进。", "下一步措施": "下季度抓紧推进，按月调度。"}
    cells["累计进度"] = f"约{progress}%" if played.slip == ABOUT else 0 if status == NOT_STARTED else progress
    return cells | ({"存在问题": "场地协调较慢。"} if reached < 8 else {}) | ({"佐证材料": "验收单"} if status == FINISHED else {})
