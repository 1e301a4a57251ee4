"""The command line's own words in Chinese: its help, and what it says of wrong arguments."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from toolkit.cli.languages import is_foreign, show_helps
from toolkit.cli.screen import shown

_PERIODS = "2023（全年，工作方案）或 2023Q1 … 2023Q4（季度进展），也可写 一季度、3月、上半年、第7周 或日程里的名称"
PeriodArgument = Annotated[str, typer.Argument(metavar="期间", help=_PERIODS)]
_EVERYWHERE = "每个命令都可以加 --lang 语言：屏幕、表单、汇总表和文书的语言，en 是英语。"
JsonOption = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象，供其他程序读取")]
_HELP = {
    "Usage:": "用法：",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "Show this message and exit.": "显示这段说明。",
    "[required]": "（必填）",
    " <str>": "",
    " <int>": "",
    " <path>": "",
}
_WRONG = (
    (r"No such command '(.*?)'", "没有“{0}”这个命令。可用的命令：{commands}。"),
    (r"No such option:? '?(-[^\s'.]*)", "没有“{0}”这个选项。"),
    (r"Missing (?:argument|parameter|option)", "缺少参数“{name}”。"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*?)\)", "多写了“{0}”，这个命令不需要它。"),
    (r"Option '(.*?)' requires (?:an|\d+) argument", "“{0}”后面要写内容。"),
    (r"Option '(.*?)' does not take a value", "“{0}”后面不用写内容。"),
    (r"valid integer|not a valid int", "“{name}”应写整数。"),
    (r"is not one of ([^.]*)|Input should be ([^.]*)", "“{name}”只能写 {choices}。"),
)


class Command(TyperCommand):
    """A command whose help is in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Give the help text, with the options that every command takes."""
        show_helps(self)
        return f"{in_chinese(super().get_help(ctx))}\n\n{shown(_EVERYWHERE)}"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was given."""
        take_as_they_stand(self.get_params(ctx))
        with nullcontext() if any(word.startswith("-") for word in args) else _no_options(self):
            return list(super().parse_args(ctx, args))


class Group(TyperGroup):
    """The group of commands, whose help is in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Give the help text."""
        show_helps(self)
        return in_chinese(super().get_help(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was given before the command's name."""
        with nullcontext() if args and args[0].startswith("-") else _no_options(self):
            return list(super().parse_args(ctx, args))


class _AsItStands:
    """Stands where typer keeps what makes a value of a parameter's words: a text, a path, a flag and what was not given; for the rest it calls typer's own."""

    def coerce(self, value: Any, *, param: Any, ctx: Any) -> Any:
        """Give the value. Raises typer's BadParameter for what is none."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        wanted = param.type_descriptor.annotation
        if isinstance(value, bool | int) or (isinstance(value, str) and wanted in (str, str | None)):
            return value
        if isinstance(value, str) and wanted in (Path, Path | None):
            return Path(value)
        param._runtime_param = None  # noqa: SLF001 - typer makes its own then
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


def take_as_they_stand(params: Iterable[Any]) -> None:
    """Keep typer from loading pydantic, which takes a tenth of a second, for parameters that need no more than their words."""
    for param in params:
        if getattr(param, "_runtime_param", param) is None:
            param._runtime_param = _AsItStands()  # noqa: SLF001 - typer has no other place for it


@contextmanager
def _no_options(command: Any) -> Iterator[None]:
    """Take away a command's options (--help too) where none is given: to look at one, given or not, typer loads pydantic, which takes half of the start."""
    params, helps = command.params, command.add_help_option
    command.params, command.add_help_option = [param for param in params if param.required or param.param_type_name == "argument"], False
    try:
        yield
    finally:
        command.params, command.add_help_option = params, helps


def in_chinese(text: str) -> str:
    """Put Chinese in the place of the command line library's own English words, but where the screen speaks another language."""
    if is_foreign():
        return text
    for english, chinese in _HELP.items():
        text = text.replace(english, chinese)
    return text


def wrong_arguments(error: Any, commands: list[str]) -> str:
    """Say what is wrong with the arguments, and what to do."""
    text = str(getattr(error, "message", "") or error)
    param = getattr(error, "param", None)
    name = str(getattr(param, "metavar", "") or getattr(param, "name", "") or "")
    if param is not None and param.param_type_name == "option":
        name = f"{param.opts[0]} {name}"
    for pattern, sentence in _WRONG:
        found = re.search(pattern, text)
        if found:
            choices = "、".join(re.findall(r"'([^']+)'", found[0]))
            return sentence.format(*found.groups(), name=name, choices=choices, commands="、".join(commands)) + "加 --help 可看用法。"
    return f"“{name}”写得不对。加 --help 可看用法。" if name else "参数写得不对。加 --help 可看用法。"
