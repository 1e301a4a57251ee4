"""The commands that give data out: export, analyse, compare."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.help_texts import Command
from toolkit.cli.rounds_meant import round_meant
from toolkit.cli.screen import say, show_table
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period

_FORMATS = "csv、parquet、json 或 xlsx"


def add_data(app: typer.Typer, space: Callable[[], Any]) -> None:
    """Add export, analyse and compare to the application; `space` opens the workspace when a command runs."""

    @app.command(cls=Command)
    def export(
        to: Annotated[Path, typer.Option("--to", metavar="文件夹", help="写到哪个文件夹，没有就新建")],
        periods: Annotated[list[str] | None, typer.Argument(metavar="期间", help="要哪几期，不写就是发过表的各期")] = None,
        format_: Annotated[str, typer.Option("--format", metavar="格式", help=_FORMATS)] = "csv",
        public: Annotated[bool, typer.Option("--public", help="只要可以公开的栏目，写成一个网页和一个工作簿")] = False,
        evidence: Annotated[bool, typer.Option("--evidence", help="只要佐证材料：按 期间/单位/任务 拷成文件夹，附清单")] = False,
        as_of: Annotated[str | None, typer.Option("--as-of", metavar="日期", help="按哪一天结束时的台账，如 2023-06-30，不写就是现在")] = None,
    ) -> None:
        """把任务、填报、指标、问题、考核等写成数据表，附数据字典，供分析和公开。"""
        from toolkit.flows.report.export import Format
        from toolkit.flows.report.export import export as run
        from toolkit.flows.report.export import export_public as run_public

        if format_ not in tuple(Format):
            raise CommandError(f"没有“{format_}”这种格式。", f"可以写：{_FORMATS}。")
        _refuse_day(as_of, of_now=evidence or public)
        chosen = [round_meant(space(), text) for text in periods or ()]
        if evidence:
            _export_evidence(space(), chosen, to)
            return
        done = run_public(space(), chosen, to) if public else run(space(), chosen, to, Format(format_), as_of=_day(as_of))
        say("、".join(f"{name} {count} 行" for name, count in done.rows.items()))
        for path in done.files:
            say(f"    {path}")

    @app.command(cls=Command)
    def analyse(year: Annotated[int | None, typer.Argument(metavar="年份", help="哪一年，不写就是最近一年")] = None) -> None:
        """把一年各季放在一起看：报送、得分、承诺、问题、指标推算、照抄、风险，写成工作簿。"""
        from toolkit.flows.report.analyse import write_analysis

        done = write_analysis(space(), year)
        for table in done.tables:
            say(f"{table.title}：{table.sentence}")
        say(f"表和图在：{done.path}")

    @app.command(cls=Command)
    def compare(
        before: Annotated[str, typer.Argument(metavar="日期", help="从哪一天结束时，如 2023-06-30")],
        after: Annotated[str, typer.Argument(metavar="日期", help="到哪一天结束时，如 2023-09-30")],
        most: Annotated[int, typer.Option("--most", metavar="行数", help="屏幕上最多列多少行")] = 200,
    ) -> None:
        """比较两天的台账：哪些值变了，是谁的，为什么。"""
        from toolkit.flows.report.analyse import compare as run

        days = [_required_day(text) for text in (before, after)]
        first, last = sorted(days)
        if days != [first, last]:
            say(f"两个日期写反了，按 {first} 到 {last} 比较。")
        done = run(space(), first, last)
        changes, deeds = done.differences
        stages = f"{first} 结束时（{done.before.label if done.before else '还没有发表'}）与 {last} 结束时（{done.after.label}）相比"
        show_table(f"{stages}，改动 {len(changes)} 处", ("表", "任务或单位", "栏目", "原来", "现在", "为什么"), changes[:most])
        if len(changes) > most:
            say(f"另有 {len(changes) - most} 处没有列出，加 --most 可以多列。")
        kinds = Counter(str(what) for _, what, _, _ in deeds)
        say("其间的事项：" + ("、".join(f"{what} {count} 次" for what, count in kinds.items()) or "没有") + "。")


def _refuse_day(as_of: str | None, *, of_now: bool) -> None:
    """Refuse a day where what is asked for is there as of now only. Raises CommandError."""
    if as_of and of_now:
        raise CommandError("--as-of 只用于数据表，佐证材料和公开的都只有现在的。", "请去掉 --as-of，或去掉 --evidence、--public。")


def _export_evidence(space: Any, chosen: list[Period], to: Path) -> None:
    """Hand out evidence; exit 1 where an archived original is gone or changed."""
    from toolkit.flows.report.export_evidence import export_evidence as run

    done = run(space, chosen, to)
    say(f"佐证材料 {done.copies} 份，清单：{done.path}")
    for sentence in done.left:
        say(sentence)
    if done.left:
        raise typer.Exit(1)


def _day(text: str | None) -> date | None:
    return _required_day(text) if text else None


def _required_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"看不懂日期“{text}”。", "请写成 2023-06-30 的样子。") from error
