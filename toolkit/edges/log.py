"""The logs: records/log/, with rotation. Our own faults with their tracebacks, which a clerk never sees on the screen, and what was done unattended."""

import logging
import traceback
from logging.handlers import RotatingFileHandler

from toolkit.edges.clock import now
from toolkit.edges.workspace import Workspace


def log_fault(space: Workspace, doing: str, error: BaseException) -> str:
    """Write a fault with its traceback, set in so that nothing in it looks like an entry of its own; gives the log's path from the workspace."""
    lines = [ascii(line)[1:-1] if not line.isprintable() else line for line in "".join(traceback.format_exception(error)).split("\n")]
    return _write(space, "程序.log", logging.ERROR, "\n    ".join([f"{now().isoformat()} {doing!r}", *lines]).rstrip())


def log_line(space: Workspace, line: str) -> str:
    """Write a line about unattended work; gives the log's path from the workspace."""
    return _write(space, "值守.log", logging.INFO, "".join(character if character.isprintable() else ascii(character)[1:-1] for character in line))


def _write(space: Workspace, name: str, level: int, text: str) -> str:
    folder = space.records / "log"
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / name, maxBytes=1_000_000, backupCount=5, encoding="utf-8")
    handler.emit(logging.LogRecord("toolkit", level, "", 0, text, None, None))
    handler.close()
    return space.relative(folder / name)
