"""What played units say: a seeded story of a year, its work plan and its quarters."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.model.form import FINISHED, NOT_STARTED, RUNNING
from toolkit.model.numerals import is_counted
from toolkit.model.period import Period
from toolkit.rehearsal.played_mistakes import NEEDS, ROUNDS, Duties, Mistake


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part: its mistake, the day it sends its return, the seed of what it says."""

    unit: str
    mistake: Mistake
    sends: date
    seed: int


_DOING = (
    "召开专题推进会{n}次，明确了责任分工和时间节点，完成前期工作{p}%，累计投入资金{m}万元。",
    "已完成方案编制和报批，落实项目{n}个，其中{k}个开工建设，形象进度{p}%。",
    "走访服务企业{m}家，协调解决问题{n}个，相关工作按计划推进，完成全年任务的{p}%。",
    "组织开展专项行动{n}次，出动人员{m}人次，整改问题{k}处，整改率{p}%。",
    "完成招标和合同签订，进场施工班组{k}个，主体工程完成{p}%，质量安全受控。",
)
_PROBLEMS = (
    "前期手续办理较慢，用地指标尚未落实。",
    "资金拨付进度慢于计划，影响施工组织。",
    "受连续降雨影响，施工有效天数不足。",
    "企业投资意愿不强，签约转化偏慢。",
)
_REASONS = ("涉及部门多，协调不够及时。", "年初谋划不够细，预留时间不足。", "上级批复晚于预期。")
_NEXT = ("下季度倒排工期，每周调度，力争累计进度达到{p}%。", "加快办理手续，6月底前完成审批并开工。", "加大招引力度，再落实项目{n}个，累计完成{p}%。")
_MEASURES = (
    "成立工作专班，倒排工期，每周调度{n}次，落实责任科室和责任人。",
    "分解任务{k}项，建立台账，按月通报，协调解决问题{n}个。",
    "争取资金{m}万元，完成审批和招标，落实项目{n}个。",
)
_NODES = ("完成前期手续，启动实施，形象进度{p}%。", "落实项目{n}个，累计完成{p}%。", "完成投资{m}万元，累计完成{p}%。")
_OFFICES = ("办公室", "规划科", "项目科", "综合科")
_KEEPS_WORD = 0.95  # of the promised next steps, how many are reported on
_EVIDENCE = ("现场照片{n}张", "会议纪要{n}份", "工作台账第{n}号")


def assign_parts(duties: Mapping[str, Duties], due: date, period: Period, seed: int) -> tuple[Part, ...]:
    """Give each unit its part; one unit each for every mistake of the round, picked by the seed from those that can make it."""
    seed += period.quarter
    dice, units = random.Random(seed), list(duties)  # noqa: S311 - a rehearsal, repeatable by its seed
    mistakes = ROUNDS[period.quarter][: len(units)]
    chosen: dict[str, Mistake] = {}
    picked = dice.sample(units, len(mistakes))
    for unit, mistake in zip(picked, mistakes, strict=True):
        able = [text for text in (unit, *units) if _can(duties[text], mistake) and text not in chosen and (text == unit or text not in picked)]
        chosen[able[0] if able else unit] = mistake
    parts = []
    for number, unit in enumerate(units):
        mistake = chosen.get(unit, Mistake.NONE)
        sends = due + timedelta(days=4) if mistake is Mistake.LATE else due - timedelta(days=dice.randint(0, 6))
        parts.append(Part(unit, mistake, sends, seed * 10_000 + number))
    return tuple(parts)


def _can(duties: Duties, mistake: Mistake) -> bool:
    return all(has >= needs for has, needs in zip(duties, NEEDS.get(mistake, Duties(0, 0, 0)), strict=True))


def returned_name(part: Part, issued: str) -> str:
    """Name the file that a unit sends back: as issued, unless its mistake is to rename it."""
    return f"副本 {part.unit}最终版2（已盖章）.xlsx" if part.mistake is Mistake.RENAMED else issued


def answers(shown: Mapping[str, object], period: Period, dice: random.Random) -> dict[str, object]:
    """Say what a unit types into one task's row, by the column's header; `shown` holds the prefilled cells by header."""
    lead = shown.get("本单位角色") == "牵头"
    planned = float(str(shown.get("计划进度") or period.schedule))
    last = float(str(shown.get("上季累计进度") or 0))
    mood = dice.random()
    progress = round(min(99.0, max(last, 2.0, planned + dice.uniform(-4, 12) if mood > 0.2 else planned * dice.uniform(0.1, 0.7))))
    status = NOT_STARTED if progress == 0 else RUNNING
    if mood > 0.96 or last >= 100:
        progress, status = 100, FINISHED
    facts = {"n": dice.randint(2, 12), "k": dice.randint(1, 6), "m": dice.randint(20, 900), "p": progress}
    typed: dict[str, object] = {"进展状态": status, "本季进展情况": _topic(shown) + dice.choice(_DOING).format(**facts)}
    promise = str(shown.get("上季下步措施") or "").rstrip("。")
    if promise and dice.random() < _KEEPS_WORD:
        typed["本季进展情况"] = f"{typed['本季进展情况']}上季提出的“{promise}”已经落实。"
    if status == NOT_STARTED:
        typed["本季进展情况"] = "正在开展前期调研和方案论证，计划下季度启动实施。"
    if status == FINISHED:
        typed["佐证材料"] = dice.choice(_EVIDENCE).format(**facts)
    if not lead:
        return typed
    typed |= {"累计进度": progress, "下一步措施": dice.choice(_NEXT).format(n=facts["n"], p=min(100, progress + 25))}
    if planned - progress >= 5:
        typed |= {"存在问题": dice.choice(_PROBLEMS), "原因": dice.choice(_REASONS)}
    if status == FINISHED:
        typed["下一步措施"] = "巩固成果，做好总结和资料归档。"
    return typed


def _topic(shown: Mapping[str, object]) -> str:
    """Begin a report with what it is about, so that no two of a unit's rows read alike."""
    words = str(shown.get("目标任务") or "")
    for mark in "，。；、":
        words = words.partition(mark)[0]
    return f"{words[:16]}方面，" if words else ""


def indicator_answers(shown: Mapping[str, object], period: Period, dice: random.Random) -> dict[str, object]:
    """Say what a unit types into one indicator's row, by title: about what the period's share of the target lets expect, never below last quarter's value."""
    target = float(str(shown.get("年度目标") or 0))
    share = 1.0 if shown.get("单位") == "%" else float(period.schedule) / 100
    value = target * share * dice.uniform(0.8, 1.15)
    if share < 1:
        value = max(value, float(str(shown.get("上季累计") or 0)))
    if share == 1 and target <= 100:
        value = min(value, 100)
    whole = (target >= 20 and target == int(target)) or is_counted(str(shown.get("单位") or ""))
    return {"本年累计完成值": round(value) if whole else round(value, 2)}


def plan_answers(shown: Mapping[str, object], year: int, dice: random.Random) -> dict[str, object]:
    """Say what a unit types into one task's row of its work plan, by column title; a support leaves out what only leads fill in."""
    lead, ahead = shown.get("本单位角色") == "牵头", dice.randint(-6, 6)
    facts = {"n": dice.randint(2, 12), "k": dice.randint(1, 6), "m": dice.randint(20, 900)}
    person = dice.randint(1, 40)
    typed: dict[str, object] = {
        "具体措施": _topic(shown) + dice.choice(_MEASURES).format(**facts),
        "责任科室": dice.choice(_OFFICES),
        "责任人": f"某某{person}",
        "联系电话": f"000-8800{person:04}",
    }
    if not lead:
        return typed
    shares = [min(100, max(5, share + ahead)) for share in (25, 50, 75)]
    nodes = {f"{name}季度节点": dice.choice(_NODES).format(p=share, **facts) for name, share in zip("一二三四", (*shares, 100), strict=True)}
    plans = {f"{name}季度计划进度": share for name, share in zip("一二三四", (*shares, 100), strict=True)}
    whole = _topic(shown) + "全面完成年度目标任务。"
    return typed | {"年度工作目标": whole, **nodes, **plans, "完成时限": date(year, 12, 20), "分管领导": f"某某{person + 40}"}
