"""Runs the program until the instant of a number, and is then killed by itself with SIGKILL: `python dying.py INSTANT COUNT_FILE WORDS…`.

WORDS are a command's, or what is put down on the page: `--workspace FOLDER on-the-page PERIOD SHEET SUBJECT WORDS_AS_JSON`.

An instant lies before every deed that reaches the disk or another machine: a file opened for writing, renamed, removed, flushed; a folder made; a statement of
the ledger; an answer awaited from a mail server. INSTANT 0 lets the program end; COUNT_FILE then holds how many instants there were.
"""

import imaplib
import json
import os
import signal
import smtplib
import sqlite3
import sqlite3.dbapi2
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

_DEEDS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.utime", "os.chmod", "shutil.move", "shutil.rmtree"}
PAGE = "on-the-page"
_WRITES = os.O_WRONLY | os.O_RDWR


class Instants:
    """Counts the instants of this process, and dies at one of them."""

    def __init__(self, last: int) -> None:
        """Begin; 0 is never reached."""
        self.passed, self._last, self._looking = 0, last, True

    def pass_one(self) -> None:
        """Go past one more, or die."""
        if self._looking:
            self.passed += 1
            if self.passed == self._last:
                os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, facts: tuple[Any, ...]) -> None:
        """Listen to what the interpreter says of itself."""
        is_write = event == "open" and isinstance(facts[2], int) and facts[2] & _WRITES and "__pycache__" not in str(facts[0])
        if event in _DEEDS or is_write:
            self.pass_one()

    def connect(self, *arguments: Any, **named: Any) -> sqlite3.Connection:
        """Open a database of which every statement is an instant."""
        opened = sqlite3.Connection(*arguments, **named)
        opened.set_trace_callback(lambda _: self.pass_one())
        return opened

    def before(self, deed: Callable[..., Any]) -> Callable[..., Any]:
        """Pass an instant before each call of a function."""

        def passed(*arguments: Any, **named: Any) -> Any:
            self.pass_one()
            return deed(*arguments, **named)

        return passed

    def rest(self) -> None:
        """Count no more: the program has ended."""
        self._looking = False


def _command(words: list[str]) -> Callable[[], object]:
    from toolkit.cli.main import main as command

    sys.argv = ["task-toolkit", *words]
    return command


def _on_the_page(words: list[str]) -> Callable[[], object]:
    from toolkit.edges.workspace import open_workspace
    from toolkit.flows.page.registers import answer
    from toolkit.model.period import Period

    folder, period, sheet, subject, typed = words[1], *words[3:]
    return partial(answer, open_workspace(Path(folder)), Period.parse(period), sheet, subject, json.loads(typed))


def main() -> None:
    """Run a command, or put words down on the page."""
    last, count, words = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    deed = _on_the_page(words) if words[2] == PAGE else _command(words)
    instants = Instants(last)
    sys.addaudithook(instants.hear)
    os.fsync = instants.before(os.fsync)
    sqlite3.connect = sqlite3.dbapi2.connect = instants.connect  # type: ignore[assignment]
    smtplib.SMTP.getreply = instants.before(smtplib.SMTP.getreply)  # type: ignore[method-assign]
    imaplib.IMAP4.readline = instants.before(imaplib.IMAP4.readline)  # type: ignore[method-assign]
    try:
        deed()
    finally:
        instants.rest()
        count.write_text(str(instants.passed), "ascii")


if __name__ == "__main__":
    main()
