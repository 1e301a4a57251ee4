"""The real notice's 113 tasks as a played round: seeded, with every light and long texts, to look at and to recalculate."""

import json
import random
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from tests.views.rounds import make_round, said
from toolkit.model.findings import Code, Finding
from toolkit.model.master import DEPARTMENT, GOAL, OTHER, TASK, TOWN, Indicator, Master, Role, Task, Unit
from toolkit.model.place import Place
from toolkit.model.returns import Outcome
from toolkit.model.standing import IndicatorStanding, Round, TaskStanding, UnitRow, UnitStanding

_NOTICE = Path(__file__).parents[1] / "data" / "notice_2023.expected.json"
_MEASURES = {"cum": "累计", "ratio": "比率", "growth": "增速", "stock": "存量", "project": "项目"}
_SIGNS = {">=": "≥", "<=": "≤", "=": "="}
_DONE = (
    "已完成立项批复和初步设计，施工图审查正在进行；征地拆迁完成{n}户、{n}.5亩，占应拆总量的{n}%。",
    "组织专题调度会{n}次，印发实施方案，建立“一月一调度、一季一通报”工作机制；新签约项目{n}个，其中亿元以上项目3个，EPC+O模式落地。",
    "一是完成入库企业{n}家，培育“专精特新”企业6家；二是举办银企对接会2场，授信4.{n}亿元；三是完成技改投资2.{n}亿元，同比增长11.2%，高于全市平均水平1.6个百分点。",
    "正在推进。",
)
_PROBLEMS = ("征地拆迁推进缓慢，部分农户补偿诉求过高，多次协商未果。", "专项资金尚未到位，项目前期手续办理周期较长。", "")


def notice_round(seed: int = 7) -> Round:
    """Play one quarter of the notice."""
    chance = random.Random(seed)  # noqa: S311 - play, not secrets
    notice = json.loads(_NOTICE.read_text(encoding="utf-8"))
    goals = [
        Task(f"目标{one['no']}", GOAL, "一、2023年全区经济社会发展的主要预期目标", "", one["text"], tuple(one["responsible"]), ()) for one in notice["goals"]
    ]
    works = [
        Task(f"任务{one['no']}", TASK, one["section"], one["sub"], one["text"], tuple(one["leads"] or one["responsible"]), tuple(one["responsible"] if one["leads"] else ()))
        for one in notice["tasks"]
    ]
    names = list(dict.fromkeys(name for task in (*goals, *works) for name in (*task.leads, *task.supports) if not name.startswith("各") and "各相关" not in name))
    silent = set(chance.sample(names, 5))
    tasks = [_task(task, silent, chance, row) for row, task in enumerate((*goals, *works), 6)]
    indicators = [_indicator(one, works, silent, chance) for one in notice["quantified"]]
    details = [said for task in tasks for said in (task.lead, *task.others) if said] + [one.source for one in indicators if one.source]
    units = [_unit(name, silent, chance) for name in names]
    findings = [
        Finding(Code.NOT_NUMBER, Place(f"{name}.xlsx", "任务进展", f"K{row}"), {"seen": "约四成", "hint": "，如 45 表示 45%"}, name, "累计进度")
        for row, name in enumerate(names[:9], 6)
        if name not in silent
    ]
    played = make_round(
        tasks,
        indicators,
        units=units,
        details=details,
        findings=findings,
        other_files=[("全区通讯录（2023年版）.xlsx", Outcome.REFUSED, "没有本系统发出的表", "records/returns/2023Q1/其他/全区通讯录（2023年版）.xlsx")],
        files={"merged": sum(unit.outcome is Outcome.MERGED for unit in units), "merged with findings": sum(unit.outcome is Outcome.WITH_FINDINGS for unit in units), "refused": 1},
    )  # fmt: skip
    register = tuple(Unit(name, group=_group(name)) for name in names)
    master = Master(tuple(task.task for task in tasks), tuple(one.indicator for one in indicators), register, (), title=notice["title"])
    return _with_master(played, master)


def _with_master(state: Round, master: Master) -> Round:
    from dataclasses import replace  # noqa: PLC0415

    return replace(state, master=master)


def _task(task: Task, silent: set[str], chance: random.Random, row: int) -> TaskStanding:
    speaking = [name for name in task.leads if name not in silent]
    status = chance.choices(("推进中", "已完成", "未启动"), (86, 6, 8))[0]
    progress = {"已完成": Decimal(100), "未启动": None}.get(status, Decimal(chance.choice((8, 12, 18, 22, 25, 26, 28, 30, 33, 41))))
    planned = Decimal(chance.choices((25, 45, 20), (80, 8, 12))[0])
    late = progress is not None and progress + 10 <= planned
    done = " ".join(chance.sample(_DONE, chance.choice((1, 1, 2, 3)))).format(n=chance.randrange(3, 60))
    words = {"done": done, "problem": chance.choice(_PROBLEMS) if late else None, "next": "下季度完成主体工程，加快办理施工许可，力争提前开工。"}
    lead = said(speaking[0], task.number, row=row, status=status, progress=progress, **words) if speaking else None
    others = [said(name, task.number, Role.LEAD, row=row, status="推进中", progress=Decimal(20), done=chance.choice(_DONE).format(n=5)) for name in speaking[1:]]
    others += [said(name, task.number, Role.SUPPORT, row=row, status="推进中", done=chance.choice(_DONE).format(n=9)) for name in task.supports if name not in silent and not name.startswith("各")]  # fmt: skip
    quiet = tuple(name for name in (*task.leads, *task.supports) if name in silent)
    return TaskStanding(task, lead, tuple(others), quiet, planned, status if lead else "", progress if lead else None, (progress if lead else None, None, None, None))


def _indicator(one: dict[str, object], works: list[Task], silent: set[str], chance: random.Random) -> IndicatorStanding:
    task = next(task for task in works if task.number == f"任务{one['task']}")
    target = Decimal(str(one["value"]))
    indicator = Indicator(task.number, str(one["what"]), _SIGNS[str(one["op"])], target, str(one["unit"]), _MEASURES[str(one["measure"])], str(one["quote"]))
    if task.leads[0] in silent:
        return IndicatorStanding(indicator, "、".join(task.leads), None, None)
    value = (target * Decimal(chance.randrange(12, 44)) / 100).quantize(Decimal("0.1"))
    source: UnitRow = said(task.leads[0], task.number, table="指标进展", key=f"{task.number}|{indicator.name}", row=9, reached=value, remark="按统计口径")
    return IndicatorStanding(indicator, "、".join(task.leads), value, source)


def _unit(name: str, silent: set[str], chance: random.Random) -> UnitStanding:
    if name in silent:
        return UnitStanding(name, _group(name), None, None, on_time=False, versions=0, errors=0, reviews=0)
    sent = datetime(2023, 3, chance.choices((22, 27, 29, 30, 31), (2, 2, 3, 5, 1))[0], chance.randrange(8, 20), chance.randrange(60))  # noqa: DTZ001 - a sheet knows no time zones
    errors = chance.choice((0, 0, 0, 1, 3))
    outcome = Outcome.WITH_FINDINGS if errors else Outcome.MERGED
    reason = f"有{errors} 处错误" if errors else "全部采用"
    path = f"records/returns/2023Q1/{name}/{name}.xlsx"
    return UnitStanding(name, _group(name), outcome, sent, sent.day <= 30, chance.choice((1, 1, 1, 2)), errors, 0, path, reason)


def _group(name: str) -> str:
    if name.endswith(("街道", "乡", "办事处", "〉")) and "局" not in name:
        return TOWN
    return OTHER if name.endswith(("公司", "集团", "支行")) else DEPARTMENT
