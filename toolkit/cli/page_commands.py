"""The command that opens the page on this computer."""

import os
from collections.abc import Callable
from typing import Annotated, Any

import typer

from toolkit.cli.help_texts import Command
from toolkit.cli.screen import say
from toolkit.model.command_error import CommandError


def add_page(app: typer.Typer, space: Callable[[], Any]) -> None:
    """Add the command to the command line."""

    @app.command(cls=Command)
    def page(
        port: Annotated[int, typer.Option("--port", metavar="端口", help="用哪个端口，默认用空着的")] = 0,
        quiet: Annotated[bool, typer.Option("--no-browser", help="不打开浏览器，只显示地址")] = False,
    ) -> None:
        """打开本机的操作页面：拖入文件、看谁报了、认定、汇总、定稿，都在浏览器里点。"""
        try:
            from toolkit.flows.page.session import Session
            from toolkit.page.application import serve
        except ImportError as error:
            raise CommandError(f"页面要用的组件没有装（{error.name}）。", "请运行 pip install 'task-toolkit[page]'，再运行一次。") from error
        try:
            serve(Session(space()), port=port, shows=not quiet and not os.environ.get("CI"), say=say)
        except OSError as error:
            raise CommandError(f"端口 {port} 用不了：{error}。", "请去掉 --port，让程序自己选一个。") from error
