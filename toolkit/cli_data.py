"""The commands that give data out: export, analyse, compare."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.model.period import Period
from toolkit.model.trouble import Trouble
from toolkit.screen import say
from toolkit.words import Command

_FORMATS = "csv、parquet、json 或 xlsx"


def add_data(app: typer.Typer, space: Callable[[], Any]) -> None:
    """Add export, analyse and compare to the application; `space` opens the workspace when a command runs."""

    @app.command(cls=Command)
    def export(
        to: Annotated[Path, typer.Option("--to", metavar="文件夹", help="写到哪个文件夹，没有就新建")],
        periods: Annotated[list[str] | None, typer.Argument(metavar="期间", help="要哪几期，不写就是发过表的各期")] = None,
        format_: Annotated[str, typer.Option("--format", metavar="格式", help=_FORMATS)] = "csv",
        public: Annotated[bool, typer.Option("--public", help="只要可以公开的栏目，写成一个网页和一个工作簿")] = False,
        as_of: Annotated[str | None, typer.Option("--as-of", metavar="日期", help="按哪一天结束时的台账，如 2023-06-30，不写就是现在")] = None,
    ) -> None:
        """把任务、填报、指标、问题、考核等写成数据表，附数据字典，供分析和公开。"""
        from toolkit.flows.export import Format
        from toolkit.flows.export import export as run
        from toolkit.flows.export import export_public as run_public

        if format_ not in tuple(Format):
            raise Trouble(f"没有“{format_}”这种格式。", f"可以写：{_FORMATS}。")
        chosen = [Period.parse(text) for text in periods or ()]
        done = run_public(space(), chosen, to) if public else run(space(), chosen, to, Format(format_), as_of=_day(as_of))
        say("、".join(f"{name} {count} 行" for name, count in done.rows.items()))
        for path in done.files:
            say(f"    {path}")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Trouble(f"看不懂日期“{text}”。", "请写成 2023-06-30 的样子。") from error
