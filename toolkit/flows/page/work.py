"""What the page's buttons do: the very commands of the command line, one at a time, in processes of their own."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolkit.edges.commands import STOPPED, Commands, Running
from toolkit.edges.workspace import Workspace
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period


class Deed(NamedTuple):
    """One button: its title, the command's words ({period} for the period), whether the page asks before it runs."""

    title: str
    words: tuple[str, ...]
    asks: str = ""


DEEDS: Mapping[str, Deed] = {
    "collect": Deed("收表", ("collect",)),
    "generate": Deed("发表", ("generate", "{period}"), "为{label}的各单位生成报送表？"),
    "consolidate": Deed("汇总", ("consolidate", "{period}")),
    "open": Deed("打开汇总表", ("open", "{period}")),
    "documents": Deed("文书", ("documents", "{period}")),
    "scorecards": Deed("成绩单", ("scorecards", "{period}")),
    "send-scores": Deed("发成绩单", ("send", "{period}", "--what", "成绩"), "把{label}的成绩单、申诉表发给各单位？设了邮件服务器的会真的发出，没设的写草稿。"),
    "remind": Deed(
        "催报",
        ("remind", "{period}"),
        "给{label}还没有报的、没有可以采用的报送的、退改表还没有交回的单位催报？设了邮件服务器的会真的发出邮件，没有设的写成草稿。",
    ),
    "close": Deed("定稿", ("close", "{period}"), "把{label}的汇总表和文书固定下来？"),
    "close-open": Deed("带着未决事项定稿", ("close", "{period}", "--with-open")),
    "confirm": Deed("复核定稿", ("close", "{period}", "--confirm")),
    "confirm-open": Deed("复核定稿（带未决事项）", ("close", "{period}", "--confirm", "--with-open")),
    "verify": Deed("核对", ("verify", "{period}")),
    "fetch": Deed("收信", ("fetch",)),
    "doctor": Deed("检查", ("doctor",)),
}
__all__ = ["DEEDS", "STOPPED", "Deed", "Running", "Work"]
_BUSY = "请等它做完，或先点“停止”。"


class Work:
    """The commands of one workspace."""

    def __init__(self, space: Workspace) -> None:
        self._commands, self._notices = Commands(space.root, space.asked_language), space.notices

    @property
    def last(self) -> Running | None:
        """What runs, or ran last; None before the first."""
        return self._commands.last

    @property
    def is_busy(self) -> bool:
        """Whether a command runs: another then cannot be started."""
        return self._commands.is_busy

    def do(self, name: str, period: str) -> Running:
        """Start what a button stands for. Raises CommandError where something else still runs, or for a button or period that is none."""
        deed = DEEDS.get(name)
        if deed is None:
            raise CommandError("没有这个操作。")
        asked = str(Period.parse(period)) if any("{" in word for word in deed.words) else ""
        return self._start(f"{deed.title}{'　' + Period.parse(period).label if asked else ''}", [word.format(period=asked) for word in deed.words])

    def decide(self, number: int, word: str, period: str, note: str = "", password: str = "") -> Running:
        """Start the office's word on a file: 采用, 退回 or 改期间; a password opens a locked one and is not kept. Raises CommandError."""
        options = {"accept": ("采用", "--accept"), "refuse": ("退回", "--refuse"), "move": ("改期间", "--move")}
        if word not in options:
            raise CommandError("没有这个操作。")
        title, option = options[word]
        words = ["returns", str(Period.parse(period)), option, str(number), *(["--note", note] if note else [])]
        return self._start(f"{title} {number} 号文件", words, {"TASK_TOOLKIT_PASSWORD": password} if password else None)

    def assign(self, number: int, unit: str, period: str, *, tasks: Sequence[str] = ()) -> Running:
        """Start the office's word that a file is a unit's return for a period, or the evidence of some of its tasks."""
        words = ["returns", str(Period.parse(period)), "--assign", str(number), f"--unit={unit}", *(f"--task={task}" for task in tasks)]
        return self._start(f"{number} 号文件是{unit}的", words)

    def import_notice(self, name: str, *, year: str, listed: str, only_show: bool) -> Running:
        """Start the import of a notice that was laid in; `only_show` changes nothing. Raises CommandError for one that is not there, or a year that is none."""
        path = self._notices / name
        if not name or path.parent != self._notices or not path.is_file():
            raise CommandError("没有这个通知文件。", "请再选一次。")
        if year and not re.fullmatch(r"20\d\d", year):
            raise CommandError(f"年份不能是“{year}”。", "请写四位数，如 2023；通知里写了年份的可以空着。")
        more = [*([f"--year={year}"] if year else []), *([f"--list={listed}"] if listed else []), *(["--diff"] if only_show else [])]
        return self._start(f"{'试读' if only_show else '导入'}通知　{name}", ["import", str(path), *more])

    def stop(self) -> None:
        """Stop what runs, as Ctrl-C does: what is done is saved; nothing where nothing runs."""
        self._commands.stop()

    def end(self) -> None:
        """Stop what runs and wait up to 20 seconds for its end; then it is killed."""
        self._commands.end()

    def _start(self, title: str, words: Sequence[str], secrets: Mapping[str, str] | None = None) -> Running:
        running = self._commands.start(title, words, secrets=secrets)
        if running is None:
            doing = self._commands.last.title if self._commands.last else ""
            raise CommandError(f"正在{doing}。", _BUSY)
        return running
