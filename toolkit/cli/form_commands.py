"""The commands about forms of the office's own: new-form."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from toolkit.cli.help_texts import Command
from toolkit.cli.screen import say


def add_forms(app: typer.Typer, space: Callable[[], Any]) -> None:
    """Add the commands to the command line."""

    @app.command("new-form", cls=Command)
    def new(
        name: Annotated[str, typer.Argument(metavar="名称", help="新表单的名称，如 隐患排查")],
        like: Annotated[str, typer.Option("--like", metavar="表单", help="照着哪张表单做：templates 里的名称，或一个表单文件；默认是填好的示例")] = "",
    ) -> None:
        """做一张自己的表：在 templates 里放一份填好的表单示例，照着改。"""
        from toolkit.flows.issue.new_form import new_form as run

        done = run(space(), name, like)
        say(f"表单：{done.path}")
        if done.began_master:
            say("还没有任务总表，已放入一份空的：请在它的“单位”表里写上各单位，一行一个。")
        say("接下来：")
        say("1. 用 Excel 或 WPS 打开它，按每一格旁边的说明修改：表单、各栏目、选项；每行是“清单”的，在清单里一行写一件事和由谁填报。")
        say("2. 运行 doctor：有误的地方逐格指出，没有误的画出样张（outbox/试看），看单位会收到什么、会检查什么。")
        say(f"3. 在任务总表的“日程”表加一行：期间写 {done.period} 这样的，表单写 {done.form.name}，再写“开始”（发放日）和“截止”。")
        say(f"4. 运行 generate {done.period} 发表。")
