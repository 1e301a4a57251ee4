"""demo: the whole job on the real 2023 notice in a scratch workspace, with played units."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit.checks.gather import gather
from toolkit.edges.player import fill_in, seeded
from toolkit.edges.workspace import Workspace, real_notice
from toolkit.flows.begin import begin_scratch
from toolkit.flows.collect import collect
from toolkit.flows.consolidate import consolidate
from toolkit.flows.generate import generate
from toolkit.flows.ground import opened
from toolkit.flows.import_notice import import_notice
from toolkit.issuing.names import file_name
from toolkit.model.period import Period
from toolkit.model.returns import Outcome
from toolkit.rehearsal.script import Mistake, Part, answers, cast, indicator_answers, returned_name, spoil

_SEED = 2023
_PERIOD = Period(2023, 1)
Say = Callable[[str], None]
ShowTable = Callable[[str, Sequence[str], Iterable[Sequence[object]]], None]
Progress = Callable[[Sequence[Any], str], Iterable[Any]]


def demo(to: Path | None, *, say: Say, show_table: ShowTable, progress: Progress) -> Path:
    """Run the main job from notice to consolidated workbook; gives the workbook's path."""
    space = begin_scratch(to)
    say(f"演示工作区：{space.root}")
    master = import_notice(space, real_notice(), 2023).master
    say(f"一、导入 2023 年真实通知：预期目标和工作任务 {len(master.tasks)} 项，量化指标 {len(master.indicators)} 个，发表单位 {len(master.addressees())} 个。")
    issued = generate(space, _PERIOD, only=(), progress=progress)
    say(f"二、生成{_PERIOD.label}报送表 {len(issued.issued) + len(issued.unchanged)} 份。")
    parts = play(space, _PERIOD, progress=progress)
    say("三、由程序扮演各单位填表，放入收件箱。其中：")
    for part in parts:
        if part.mistake is not Mistake.NONE:
            say(f"    {part.unit}：{part.mistake.value}")
    collected = collect(space, progress=progress)
    done = consolidate(space, _PERIOD)
    by_outcome = {outcome: sum(one.outcome is outcome for one in collected.arrivals) for outcome in Outcome}
    findings = [(one.sent.name, f.place.cell, f.shown_level, f.message) for one in collected.arrivals for f in gather(one.findings)]
    show_table("四、收表发现的问题", ("文件", "单元格", "级别", "问题"), findings)
    rows = [
        ("发放单位", len(done.round.units)),
        ("收到文件", len(collected.arrivals)),
        *((f"　其中{outcome.words}", count) for outcome, count in by_outcome.items() if count),
        ("未报单位", "、".join(unit.unit for unit in done.round.units if unit.outcome is None) or "无"),
        ("迟报单位", "、".join(unit.unit for unit in done.round.units if unit.outcome and not unit.on_time) or "无"),
        ("任务亮灯", "　".join(f"{light} {count}" for light, count in done.assessment.counted().items())),
    ]
    show_table("五、汇总结果", ("项目", "数量"), rows)
    say("可以打开看：")
    for path in (space.master, issued.folder, done.path):
        say(f"    {path}")
    return done.path


def play(space: Workspace, period: Period, *, progress: Progress) -> tuple[Part, ...]:
    """Let every unit fill in its workbook and send it; gives the parts they played."""
    with opened(space) as ground:
        form, due = ground.form_of(period), ground.deadline(period).due
        units = [unit.name for unit in ground.master.addressees() if (space.out(period, "发放") / file_name(unit.name, period, form.name)).exists()]
    parts = cast(units, due, _SEED + period.quarter)
    for part in progress(parts, "扮演填报"):
        if part.mistake is not Mistake.MISSING:
            name = file_name(part.unit, period, form.name)
            _send(part, period, space.out(period, "发放") / name, space.inbox / returned_name(part, name))
    return parts


def _send(part: Part, period: Period, source: Path, target: Path) -> None:
    dice = seeded(part.seed)

    def speak_of_task(shown: Mapping[str, object]) -> dict[str, object]:
        return answers(shown, period, dice)

    def speak_of_indicator(shown: Mapping[str, object]) -> dict[str, object]:
        return indicator_answers(shown, period, dice)

    def spoil_rows(rows: list[dict[str, object]]) -> None:
        spoil(part.mistake, rows)

    fill_in(source, target, sheets={"任务进展": speak_of_task, "指标进展": speak_of_indicator}, spoil=spoil_rows, sends=part.sends)
