"""The commands that keep a workspace safe: backup, restore."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.screen import follow, say
from toolkit.words import Command


def add_keep(app: typer.Typer, space: Callable[[], Any], root: Callable[[], Path]) -> None:
    """Add the commands to the command line."""

    @app.command(cls=Command)
    def backup(file: Annotated[Path, typer.Argument(metavar="备份文件", help="写到哪个文件，例如 D:/备份/2023.zip")]) -> None:
        """把整个工作区（总表、表单、台账、密钥、全部原件）备份成一个文件。"""
        from toolkit.flows.backup import backup as run

        done = run(space(), file, progress=follow)
        say(f"备份了 {done.files} 个文件：{done.path}")
        if not done.locked:
            say("备份里有封签密钥和各单位的原件，没有加密，请妥善保管；要加密，请先设环境变量 TASK_TOOLKIT_BACKUP_PASSWORD。")

    @app.command(cls=Command)
    def restore(
        file: Annotated[Path, typer.Argument(metavar="备份文件", help="用 backup 写成的文件")],
        replace: Annotated[bool, typer.Option("--replace", help="换掉现有的工作区，原来的移到旁边")] = False,
    ) -> None:
        """从备份恢复工作区，也可以恢复到另一台机器。"""
        from toolkit.flows.backup import restore as run

        done = run(root(), file, replace=replace, progress=follow)
        if done.carried_on:
            say("上一次没有做完的恢复接着做完了。要恢复的若是另一份备份，请加 --replace 再运行一次。")
        else:
            say(f"恢复了 {done.files} 个文件，逐个核对无误。")
        if done.aside:
            say(f"原来的工作区移到了：{done.aside}")
        say("请运行 doctor 检查一遍，再继续工作。")
