"""demo: the main job of one quarter on the real 2023 notice in a scratch workspace, with played units and their mistakes; a whole year is built on it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from toolkit.checks.group_findings import group_findings
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace, real_notice
from toolkit.flows.demo.play_round import SEED, Filling, playing
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.intake.read_files import readers_ahead
from toolkit.flows.intake.write_receipts import Receipts
from toolkit.flows.issue.generate import generate
from toolkit.flows.issue.import_notice import import_notice
from toolkit.flows.office.start_command import begin_scratch
from toolkit.flows.report.consolidate import Consolidated, consolidate
from toolkit.model.period import Period
from toolkit.model.returns import Outcome
from toolkit.rehearsal.played_answers import Part
from toolkit.rehearsal.played_mistakes import Mistake

YEAR = Period(2023)
COLLECTED_AFTER = timedelta(days=5)  # from the day a round is due
_IN_TIME, _LATE = 61, 1  # returns that are taken in at once, and with a second collect
Say = Callable[[str], None]
ShowTable = Callable[[str, Sequence[str], Iterable[Sequence[object]]], None]
Progress = Callable[[Sequence[Any], str], Iterable[Any]]


def demo(to: Path | None, *, say: Say, show_table: ShowTable, progress: Progress) -> Path:
    """Run the main job of one quarter from notice to consolidated workbook; gives the workbook's path."""
    space = begun(to, say)
    period = Period(2023, 1)
    with readers_ahead(space, _IN_TIME, later=_LATE):
        issued = generate(space, period, only=(), progress=progress)
        say(f"二、生成{period.label}报送表 {len(issued.issued) + len(issued.unchanged)} 份。")
        say("三、由程序扮演各单位填表，放入收件箱。其中：")
        _, collected = received(space, period, say=say, progress=progress, filling=Filling.DRAWN)
    done = consolidate(space, period)
    show_findings("四、收表发现的问题", collected, show_table)
    show_table("五、汇总结果", ("项目", "数量"), _summary(collected, done))
    say("可以打开看：")
    for path in (space.master, issued.folder, done.path):
        say(f"    {path}")
    return done.path


def begun(to: Path | None, say: Say) -> Workspace:
    """Open a workspace for the rehearsal, with the list of the real notice."""
    space = begin_scratch(to)
    say(f"演示工作区：{space.root}")
    master = import_notice(space, real_notice(), YEAR.year).master
    say(f"一、导入 2023 年真实通知：预期目标和工作任务 {len(master.tasks)} 项，量化指标 {len(master.indicators)} 个，发表单位 {len(master.addressees())} 个。")
    return space


def received(
    space: Workspace,
    period: Period,
    *,
    say: Say,
    progress: Progress,
    seed: int = SEED,
    meanwhile: Callable[[tuple[Part, ...]], str] | None = None,
    filling: Filling = Filling.TYPED,
) -> tuple[tuple[Part, ...], Collected]:
    """Let the units send their forms, and take them in: on the last day what came in time, some days later what was late.

    `meanwhile` is done, and said, when those in time have sent theirs.
    """
    with playing(space, period, seed=seed, filling=filling) as players:
        players.send(progress, late=False)
        _say_mistakes(players.parts, say)
        if meanwhile:
            say(f"    {meanwhile(players.parts)}")
        due = players.deadline.due
        with held(due):
            early = collect(space, progress=progress)
        players.send(progress, late=True)
    with held(due + COLLECTED_AFTER):
        late = collect(space, progress=progress)
    receipts = Receipts(*(first + second for first, second in zip(early.receipts, late.receipts, strict=True)))
    left, asked = (*early.left, *late.left), (*early.asked, *late.asked)
    return players.parts, late._replace(arrivals=(*early.arrivals, *late.arrivals), left=left, asked=asked, receipts=receipts)


def _say_mistakes(parts: Sequence[Part], say: Say) -> None:
    for part in parts:
        if part.mistake is not Mistake.NONE:
            say(f"    {part.unit}：{part.mistake.value}")


def show_findings(title: str, collected: Collected, show_table: ShowTable) -> None:
    """Show what was found in the files that were taken in."""
    findings = [(arrival.sent.name, f.place.cell, f.shown_level, f.message) for arrival in collected.arrivals for f in group_findings(arrival.findings)]
    show_table(title, ("文件", "单元格", "级别", "问题"), findings)


def _summary(collected: Collected, done: Consolidated) -> list[tuple[str, object]]:
    by_outcome = {outcome: sum(arrival.outcome is outcome for arrival in collected.arrivals) for outcome in Outcome}
    return [
        ("发放单位", len(done.round.units)),
        ("收到文件", len(collected.arrivals)),
        *((f"　其中{outcome.words}", count) for outcome, count in by_outcome.items() if count),
        ("未报单位", "、".join(unit.unit for unit in done.round.units if unit.outcome is None) or "无"),
        ("迟报单位", "、".join(unit.unit for unit in done.round.units if unit.outcome and not unit.on_time) or "无"),
        ("任务亮灯", "　".join(f"{light} {count}" for light, count in done.assessment.counted().items())),
    ]
