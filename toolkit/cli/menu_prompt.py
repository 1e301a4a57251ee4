"""The numbered menu on a terminal: what makes sense next, each with the command that it runs."""

from collections.abc import Callable, Sequence

from toolkit.cli.screen import complain, say
from toolkit.flows.upkeep.menu import menu
from toolkit.model.command_error import CommandError
from toolkit.model.next_steps import Choice

_END = {"q", "Q", "0", "退出"}


def run_menu(space: Callable[[], object], run: Callable[[Sequence[str]], int], ask: Callable[[str], str] = input) -> None:
    """Show where the work stands and what can be done, run what is chosen, and come back, until the clerk leaves."""
    while True:
        try:
            found = menu(space())  # type: ignore[arg-type]
        except CommandError as trouble:
            complain(f"{trouble.message}{trouble.advice}")
            return
        say()
        say(found.standing)
        for number, choice in enumerate(found.choices, 1):
            say(f"  {number:>2}. {choice.words}　〔{' '.join(choice.command)}{' …' if choice.asks else ''}〕")
        say("   q. 退出")
        try:
            if not _once(found.choices, run, ask):
                return
        except (EOFError, KeyboardInterrupt):
            say()
            return


def _once(choices: Sequence[Choice], run: Callable[[Sequence[str]], int], ask: Callable[[str], str]) -> bool:
    """Ask for a number and run it; False when the clerk leaves."""
    typed = ask("请输入序号，按回车：").strip()
    if typed in _END:
        return False
    if not typed.isdecimal() or not 1 <= int(typed) <= len(choices):
        say(f"没有“{typed}”这一项，请输入 1 到 {len(choices)} 的数，或 q 退出。")
        return True
    choice = choices[int(typed) - 1]
    answers = [ask(f"{question}：").strip().strip("\"'") for question in choice.asks]
    if all(answers):
        run([*choice.command, *answers])
    else:
        say("没有输入内容，没有执行。")
    return True
