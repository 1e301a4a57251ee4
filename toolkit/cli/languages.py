"""The language of the command line: what was asked for, and help in it."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from toolkit.cli.screen import shown, speak

_OPTION = "--lang"
_asked: list[str] = []


def asked_language(words: Sequence[str]) -> list[str]:
    """Take `--lang en` off a command's words, wherever it stands, and remember it; TASK_TOOLKIT_LANG says the same."""
    speak(None)
    _asked[:] = list(filter(None, [os.environ.get("TASK_TOOLKIT_LANG", "")]))
    left: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == _OPTION:
            _asked[:] = [next(rest, "")]
        elif word.startswith(f"{_OPTION}="):
            _asked[:] = [word.partition("=")[2]]
        else:
            left.append(word)
    return left


def speak_asked() -> None:
    """Speak the language that was asked for before any workspace is opened. Raises CommandError for one without words."""
    if _asked:
        from toolkit.flows.office.screen_words import words_of_program

        speak(words_of_program(_asked[0]))


def speak_in(space: Any) -> Any:
    """Give a workspace whose commands speak what was asked for, and speak it: else the language of its settings, or of its forms."""
    from toolkit.flows.office.screen_words import screen_words

    space = replace(space, asked_language=_asked[0]) if _asked else space
    words = screen_words(space)
    if words is not None:
        speak(words)
    return space


def is_foreign() -> bool:
    """Whether the screen does not speak Chinese."""
    return shown(_SAMPLE) != _SAMPLE


def show_helps(command: Any) -> None:
    """Put the words of the screen's language into a command's help, and into that of its own commands."""
    if not is_foreign():
        return
    command.help = shown(command.help or "")
    _show_params(command.params)
    for inner in getattr(command, "commands", {}).values():
        inner.help = shown(inner.help or "")
        inner.short_help = shown(inner.short_help) if inner.short_help else None


def _show_params(params: Iterable[Any]) -> None:
    for param in params:
        if getattr(param, "help", None):
            param.help = shown(param.help)
        if param.metavar:
            param.metavar = shown(param.metavar)


_SAMPLE = "单位"
