"""The command line: arguments → one flow → words on the screen."""

import gc
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.book_commands import add_books
from toolkit.cli.closing_commands import add_closing
from toolkit.cli.data_commands import add_data
from toolkit.cli.form_commands import add_forms
from toolkit.cli.help_texts import Command, Group, JsonOption, PeriodArgument, wrong_arguments
from toolkit.cli.languages import asked_language, speak_asked, speak_in
from toolkit.cli.level_commands import add_levels
from toolkit.cli.mail_commands import add_mail
from toolkit.cli.page_commands import add_page
from toolkit.cli.rounds_meant import FormOption, Give, for_each_round, round_meant
from toolkit.cli.screen import complain, follow, say, show_table
from toolkit.cli.upkeep_commands import add_keep
from toolkit.model.command_error import CommandError, is_outside, reason_of
from toolkit.model.period import Period

app = typer.Typer(name="task-toolkit", cls=Group, add_completion=False, rich_markup_mode=None, no_args_is_help=False, help="目标任务进展的发表、收表、汇总。")
_HOME = {"root": Path(os.environ.get("TASK_TOOLKIT_HOME") or Path.cwd())}
_YOUNG = 300_000  # objects before circles among them are looked for: a short command makes fewer, and looking took a seventh of it, and 40 MB at most wait
_INTERRUPTED = 130  # what typer makes of Ctrl-C


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    workspace: Annotated[Path | None, typer.Option("--workspace", metavar="文件夹", help="在哪个文件夹里工作，默认是程序所在的文件夹")] = None,
    lang: Annotated[str, typer.Option("--lang", metavar="语言", help="屏幕、表单、汇总表和文书的语言，en 是英语；写在命令前后都可以")] = "",  # noqa: ARG001 - taken off before
) -> None:
    """目标任务进展的发表、收表、汇总。"""
    _HOME["root"] = workspace or _HOME.pop("named", None) or Path(os.environ.get("TASK_TOOLKIT_HOME") or Path.cwd())
    if context.invoked_subcommand is None:
        if sys.stdin.isatty() and sys.stdout.isatty():
            from toolkit.cli.menu_prompt import run_menu

            run_menu(_space, lambda words: _run(["--workspace", str(_HOME["root"]), *words]))
        else:
            from toolkit.cli.answer_commands import show_status

            show_status(_space(), None, as_json=False)


@app.command("import", cls=Command)
def import_command(
    file: Annotated[Path, typer.Argument(metavar="通知文件", help="责任分解通知（txt、html、docx、pdf）或任务表（xlsx、xls）")],
    year: Annotated[int | None, typer.Option("--year", metavar="年份", help="任务属于哪一年，默认从通知里读")] = None,
    listed: Annotated[str, typer.Option("--list", metavar="名称", help="同一年的另一份清单，如 民生实事；各清单并存，撤销只在本清单内")] = "",
    diff: Annotated[bool, typer.Option("--diff", help="只看会改动什么，不写入任务总表")] = False,
) -> None:
    """从责任分解通知建立任务总表；再次导入修订稿时保留手工修改的内容。"""
    from toolkit.cli.import_messages import say_imported
    from toolkit.flows.issue.import_notice import import_notice

    done = import_notice(_space(), file, year, only_show=diff, listed=listed)
    _say_faults(done.findings)
    _say_faults(done.registered)
    if not say_imported(done, diff=diff):
        raise typer.Exit(1)
    _say_left(done.asked)


@app.command(cls=Command)
def generate(
    period: PeriodArgument,
    unit: Annotated[list[str] | None, typer.Option("--unit", metavar="单位", help="只给这个单位生成，可重复")] = None,
    form: FormOption = "",
    as_json: JsonOption = False,
) -> None:
    """为每个单位生成一份预填好的报送表；再次运行只换发内容有变化的。"""
    from toolkit.cli.generate_messages import generated, generated_words
    from toolkit.flows.issue.generate import generate as run

    def one(round_: Period, give: Give) -> None:
        done = run(_space(), round_, only=unit or (), progress=follow)
        if as_json:
            give(generated(str(round_), done))
            _say_left(done.left)
            return
        _say_faults(done.findings)
        if done.waiting:
            say(f"任务总表的“待确认”表里还有 {done.waiting} 处没有处理。")
        for sentence in generated_words(done, everybody=not unit):
            say(sentence)
        _say_left(done.left)

    for_each_round(_space(), period, form, one, as_json=as_json)


@app.command(cls=Command)
def collect(
    as_json: JsonOption = False,
    dask: Annotated[str, typer.Option("--dask", metavar="地址", help="用这个 Dask 调度程序的多台机器读表，如 tcp://主机:8786")] = "",
) -> None:
    """读取收件箱里的全部文件，检查、归档、登记。"""
    from toolkit.cli.answer_commands import collect_and_say

    collect_and_say(_space(), dask=dask, as_json=as_json, say_faults=_say_faults, say_left=_say_left)


@app.command(cls=Command)
def status(period: Annotated[str | None, typer.Argument(metavar="期间", help="默认是最近发表的一期")] = None, as_json: JsonOption = False) -> None:
    """看哪些单位报了、哪些没报、有什么待办。"""
    from toolkit.cli.answer_commands import show_status

    show_status(_space(), round_meant(_space(), period) if period else None, as_json=as_json)


@app.command(cls=Command)
def demo(
    to: Annotated[Path | None, typer.Option("--to", metavar="文件夹", help="演示用的文件夹，默认新建一个临时文件夹")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="只演示一个季度，不到半分钟")] = False,
    levels: Annotated[bool, typer.Option("--levels", help="演示两级：一个区、12 个街道、80 个社区，一两分钟")] = False,
) -> None:
    """用 2023 年的真实通知演示一年：工作方案和四个季度的发表、填报（由程序扮演）、收表、退改、汇总、文书。"""
    if levels:
        from toolkit.flows.demo.demo_levels import demo_levels

        demo_levels(to, say=say, show_table=show_table, progress=follow)
    elif quick:
        from toolkit.flows.demo.demo import demo as quarter

        quarter(to, say=say, show_table=show_table, progress=follow)
    else:
        from toolkit.flows.demo.demo_year import demo_year

        demo_year(to, say=say, show_table=show_table, progress=follow)


@app.command(cls=Command)
def doctor(
    as_json: JsonOption = False,
    make_key: Annotated[bool, typer.Option("--new-key", help="密钥丢了又没有备份时，换一把新的；以前发出的表就不能认了")] = False,
) -> None:
    """检查工作区、表单、任务总表、考核规则、台账、备份和程序环境：哪里有误，怎么改。"""
    from toolkit.flows.upkeep.doctor import doctor as run
    from toolkit.flows.upkeep.examined import Health

    if make_key:
        from toolkit.flows.upkeep.renew_key import new_key

        new_key(_space())
    found = run(_space())
    if as_json:
        say(json.dumps([examined._asdict() for examined in found], ensure_ascii=False, indent=1))
    else:
        show_table("检查结果", ("项目", "情况", "看到的", "怎么办"), found, {Health.GOOD: "green", Health.FAIR: "yellow", Health.BAD: "red"})
    if any(examined.health is Health.BAD for examined in found):
        raise typer.Exit(1)


def main() -> None:
    """Run; exit 0 done, 1 not done and the message says what to do, 2 wrong arguments, 3 our own fault."""
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    code = _run(sys.argv[1:])
    gc.freeze()  # Python looks through all that is alive once more before it ends: a sixth of consolidating 1,000 units, and nothing comes of it
    sys.exit(code)


def _run(words: Sequence[str]) -> int:
    """Run one command; gives its exit code, whatever happens in it."""
    try:
        if os.name == "posix":
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # a Ctrl-C that came while we loaded is answered now
        elif os.environ.get("TASK_TOOLKIT_TELLS"):
            signal.signal(signal.Signals(21), signal.default_int_handler)  # Ctrl-Break, by which the page stops a command on Windows
        words = asked_language(words)
        speak_asked()
        code = app(_named_workspace(words), standalone_mode=False, prog_name="run.py")
    except CommandError as trouble:
        complain(f"{trouble.message}{trouble.advice}")
        code = 1
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except OSError as error:
        code = _refused_by_system(error) if is_outside(error) else _fault(error, words)
    except Exception as error:  # noqa: BLE001 - the last net: a clerk never sees a traceback
        code = _usage(error) if isinstance(error, typer.BadParameter.__mro__[1]) else _fault(error, words)
    if code == _INTERRUPTED:
        complain("已停止。已经完成的部分都已保存，再运行一次会接着做。")
        return 1
    return code if isinstance(code, int) else 0


def _named_workspace(words: Sequence[str]) -> list[str]:
    """Take `--workspace DIR` off the front, which typer would load pydantic for; every other way of writing it is left to typer."""
    _HOME.pop("named", None)
    if len(words) > 2 and words[0] == "--workspace" and words[1]:
        _HOME["named"] = Path(words[1])
        return list(words[2:])
    return list(words)


def _space() -> Any:
    from toolkit.flows.office.start_command import begin

    return speak_in(begin(_HOME["root"]))


def _fault(error: Exception, words: Sequence[str]) -> int:
    from toolkit.flows.office.start_command import own_fault

    where = own_fault(_HOME["root"], " ".join(words), error)
    complain(f"程序自身出错了，不是您的操作问题。详情记在 {where}，请发给维护人员。")
    return 3


def _refused_by_system(error: OSError) -> int:
    complain(f"“{Path(str(error.filename or '文件')).name}”读写不了：{reason_of(error)}。请检查磁盘空间和写权限，再运行一次；已经做完的不会丢，也不会重复。")
    return 1


def _usage(error: Exception) -> int:
    """Say what is wrong with the words typed, in the language of the workspace that they are for: it was not opened yet."""
    from toolkit.flows.office.start_command import existing_workspace

    with suppress(CommandError, OSError):
        speak_in(existing_workspace(_HOME.get("named") or _HOME["root"]))
    complain(wrong_arguments(error, _commands()))
    return 2


def _commands() -> list[str]:
    return [info.name or (info.callback.__name__ if info.callback else "") for info in app.registered_commands]


def _say_faults(findings: Any) -> None:
    for finding in findings[:10]:
        say(f"[{finding.level}] {finding.place}：{finding.message}{finding.advice}")
    if len(findings) > 10:
        say(f"任务总表和表单另有 {len(findings) - 10} 处问题。")


def _say_left(left: Any) -> None:
    """Say what could not be done while the rest went on; exit 1 then."""
    for sentence in left:
        complain(sentence)
    if left:
        raise typer.Exit(1)


add_books(app, _space, _say_faults, _say_left)
add_closing(app, _space)
add_mail(app, _space, _say_faults, _say_left)
add_data(app, _space)
add_keep(app, _space, lambda: _HOME["root"])
add_page(app, _space)
add_forms(app, _space)
add_levels(app, _space, lambda: _HOME["root"], _say_faults, _say_left)

if __name__ == "__main__":
    main()
