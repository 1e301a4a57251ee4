"""The commands between an office and the one above it: adopt, answer."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.help_texts import Command
from toolkit.cli.rounds_meant import round_meant
from toolkit.cli.screen import say
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period


def add_levels(
    app: typer.Typer, space: Callable[[], Any], home: Callable[[], Path], say_faults: Callable[[Any], None], say_left: Callable[[Any], None]
) -> None:
    """Add adopt and answer to the application; `home` is the folder in which the program works, not yet opened."""

    @app.command(cls=Command)
    def adopt(
        file: Annotated[Path, typer.Argument(metavar="上级来表", help="上级发来的带封签的报送表（xlsx、xls、et、ods）")],
        to: Annotated[Path | None, typer.Option("--to", metavar="文件夹", help="本单位的工作区，没有就新建；不写就是现在的工作区")] = None,
        units: Annotated[
            Path | None, typer.Option("--units", metavar="名单", help="下级单位名单，栏目：单位、别名、类别、负责编号、配合编号、权重、联系人、电话、邮箱")
        ] = None,
        due: Annotated[str, typer.Option("--due", metavar="日期", help="下级什么时候报，如 2023-03-27")] = "",
        days: Annotated[int, typer.Option("--days", metavar="天数", help="下级比本单位提前几天报，默认 3", show_default=False)] = 3,
    ) -> None:
        """把上级发来的报送表变成本单位的工作区：表里的行是任务总表，再向下级发表；上级换发、发下一期，再接一次。"""
        from toolkit.flows.levels.adopt import Wishes
        from toolkit.flows.levels.adopt import adopt as run

        if days < 0:
            raise CommandError(f"下级不能比本单位晚 {-days} 天报。", "--days 请写 0 或正整数。")
        done = run(home(), file, to, Wishes(units, _day(due), days))
        say_faults(done.findings)
        above = f"{done.office}发来的" if done.office else "上级发来的"
        if done.due:
            rows = f"任务 {done.tasks} 项" if done.tasks else "各行由下级自己加"
            say(f"{above}{Period.parse(done.period).label}的表已接好：{done.unit}，{rows}，下级 {done.units} 家，下级截止 {done.due}。")
        if done.added:
            say(f"新加入总表：{'、'.join(done.added)}。")
        say(f"工作区：{done.root}")
        if done.due and not done.asked:
            say(f"下一步：核对 templates/任务总表.xlsx，再运行 generate {done.period} 向下级发表；收齐以后运行 answer {done.period} 写给上级。")
        say_left(done.asked)

    @app.command(cls=Command)
    def answer(
        period: Annotated[str, typer.Argument(metavar="期间", help="哪一期，不写就是最近向下级发过表的一期")] = "",
        to: Annotated[Path | None, typer.Option("--to", metavar="文件", help="写到哪个文件，默认 outbox/期间/上报")] = None,
    ) -> None:
        """把下级报来的汇总写进上级发来的那份表，另附“数据来源”表写明每个数是谁的；手工改过的格不动。"""
        from toolkit.flows.levels.answer import answer as run

        done = run(space(), round_meant(space(), period) if period else None, to)
        say(f"按下级汇总填了 {done.merged} 格，手工填的 {done.by_hand} 格没有动，空着请人工填写的 {done.blank} 格。")
        if done.partial:
            say(f"其中 {done.partial} 格有的下级报了表、这一格没有可用的数，没有算进去：是谁的，见“数据来源”表的“算法”栏。")
        if done.silent:
            say(f"还没有报的下级 {len(done.silent)} 家：{'、'.join(done.silent)}。")
        say(f"写给上级的表：{done.path}")
        say("请打开核对，要改的直接改，保存后发给上级；“数据来源”表一起发，不要删。")
        say_left(done.asked)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CommandError(f"看不懂日期“{text}”。", "请写成 2023-03-27 的样子。") from error
