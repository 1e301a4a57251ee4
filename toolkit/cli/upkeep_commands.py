"""The commands that keep a workspace safe and carry the program elsewhere: backup, restore, erase, bundle."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.help_texts import Command
from toolkit.cli.screen import complain, follow, say, show_table
from toolkit.model.command_error import CommandError

_MORE = "另带一组组件，可重复：postgres（几台机器共用台账）、cluster（几台机器读表）"
_SYSTEMS = "只要这种系统（windows-x64、macos-x64、macos-arm64、linux-x64、linux-arm64），可重复"


def add_keep(app: typer.Typer, space: Callable[[], Any], root: Callable[[], Path]) -> None:
    """Add the commands to the command line."""

    @app.command(cls=Command)
    def backup(file: Annotated[Path, typer.Argument(metavar="备份文件", help="写到哪个文件，例如 D:/备份/2023.zip")]) -> None:
        """把整个工作区（总表、表单、台账、密钥、全部原件）备份成一个文件。"""
        from toolkit.flows.upkeep.backup import backup as run

        done = run(space(), file, progress=follow)
        say(f"备份了 {done.files} 个文件：{done.path}")
        if done.from_server:
            say("台账在服务器上，备份里是它现在的副本（records/服务器台账副本.db）；服务器自己的备份由服务器的管理员做。")
        if not done.locked:
            say("备份里有封签密钥和各单位的原件，没有加密，请妥善保管；要加密，请先设环境变量 TASK_TOOLKIT_BACKUP_PASSWORD。")

    @app.command(cls=Command)
    def restore(
        file: Annotated[Path, typer.Argument(metavar="备份文件", help="用 backup 写成的文件")],
        replace: Annotated[bool, typer.Option("--replace", help="换掉现有的工作区，原来的移到旁边")] = False,
    ) -> None:
        """从备份恢复工作区，也可以恢复到另一台机器。"""
        from toolkit.flows.upkeep.backup import restore as run

        done = run(root(), file, replace=replace, progress=follow)
        if done.carried_on:
            say("上一次没有做完的恢复接着做完了。要恢复的若是另一份备份，请加 --replace 再运行一次。")
        else:
            say(f"恢复了 {done.files} 个文件，逐个核对无误。")
        if done.aside:
            say(f"原来的工作区移到了：{done.aside}")
        if done.on_server:
            say("台账在服务器上，没有动它；备份那时的副本是 records/服务器台账副本.db。")
            say("服务器上的台账也丢了的，请管理员建一个空的数据库，再运行 move-ledger records/服务器台账副本.db。")
        say("请运行 doctor 检查一遍，再继续工作。")

    _add_erase(app, space)

    @app.command("move-ledger", cls=Command)
    def move(file: Annotated[Path, typer.Argument(metavar="台账文件", help="例如 records/ledger.db")]) -> None:
        """把一个台账文件里的全部登记搬进 settings.toml 里 ledger 写的台账，例如服务器；那里还没有台账才搬。"""
        from toolkit.flows.upkeep.backup import move_ledger as run

        say(f"搬了 {run(space(), file)} 条登记。原来的文件没有动，可以留作备份。请运行 doctor 检查一遍。")

    @app.command(cls=Command)
    def bundle(
        to: Annotated[Path | None, typer.Option("--to", metavar="文件夹或.zip", help="写到哪里，默认是程序文件夹里的 dist")] = None,
        platform: Annotated[list[str] | None, typer.Option("--platform", metavar="系统", help=_SYSTEMS)] = None,
        python: Annotated[list[str] | None, typer.Option("--python", metavar="版本", help="只要这个 Python 版本（3.11、3.12、3.13、3.14），可重复")] = None,
        more: Annotated[list[str] | None, typer.Option("--with", metavar="组件", help=_MORE)] = None,
    ) -> None:
        """制作离线安装包：程序、全部组件和启动文件，拷到不能上网的电脑上就能装。"""
        from toolkit.flows.upkeep.bundle import bundle as run

        done = run(to, systems=platform or (), pythons=python or (), more=more or (), progress=follow, say=say)
        rows = [(fetched.target.system.words, fetched.target.python, fetched.wheels, f"{fetched.size / 1e6:.0f}") for fetched in done.fetched]
        show_table("离线安装包", ("系统", "Python", "组件数", "大小（MB）"), rows)
        say(f"文件夹 {done.folder_size / 1e6:.0f} MB：{done.folder}")
        say(f"压缩包 {done.zip_size / 1e6:.0f} MB：{done.zip}")
        say("把压缩包拷到要用的电脑上解压，按里面的“安装说明.txt”双击启动文件即可，不用网络。")


def _add_erase(app: typer.Typer, space: Callable[[], Any]) -> None:
    @app.command(cls=Command)
    def erase(
        due: Annotated[bool, typer.Option("--due", help="保存期限已到的（settings.toml 的 [keep]），只管已定稿的期")] = False,
        yes: Annotated[bool, typer.Option("--yes", help="确认销毁；不加只列出来")] = False,
        why: Annotated[str, typer.Option("--why", metavar="理由", help="销毁的依据，如批准文号，会记下来")] = "",
    ) -> None:
        """销毁到期的原件、佐证材料和联系电话，台账里留下校验码和理由；定稿不变。"""
        from toolkit.flows.upkeep.erase import erase as run

        if not due:
            raise CommandError("没有说明销毁哪些。", "请写 erase --due（只列出来）或 erase --due --yes（销毁）。")
        done = run(space(), yes=yes, why=why)
        rows = [(part.period, part.kind.value, part.record.unit or "—", part.record.name, part.numbers or "") for part in done.listed.due]
        if rows:
            show_table("已经销毁" if yes else "保存期限已到", ("期间", "种类", "单位", "文件", "电话数"), rows)
        _say_erased(done, yes=yes)


def _say_erased(done: Any, *, yes: bool) -> None:
    """Say what was erased or is due; exit 1 where something is due and was not erased."""
    for period in done.listed.open_periods:
        complain(f"{period} 的保存期限已到，但还没有定稿，没有动它。请先运行 close {period}。")
    for sentence in done.left:
        complain(sentence)
    if yes and (done.listed.due or done.files):
        say(f"销毁了文件 {done.files} 个、联系电话 {done.numbers} 个，校验码和理由记在台账里。以前做的备份里还有，请一并处理。")
    elif done.listed.due:
        complain("没有销毁。核对无误的，请加 --yes 再运行一次。")
    else:
        say("没有到期的。")
    if done.left or (done.listed.due and not yes):
        raise typer.Exit(1)
