"""The log of our own faults: records/log/, with rotation; a clerk never sees a traceback on the screen."""

import logging
import traceback
from logging.handlers import RotatingFileHandler

from toolkit.edges.clock import now
from toolkit.edges.workspace import Workspace


def log_fault(space: Workspace, doing: str, error: BaseException) -> str:
    """Write a fault with its traceback; gives the log's path from the workspace."""
    folder = space.records / "log"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "程序.log"
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=5, encoding="utf-8")
    text = "".join(traceback.format_exception(error))
    handler.emit(logging.LogRecord("toolkit", logging.ERROR, "", 0, f"{now().isoformat()} {doing!r}\n{text}", None, None))
    handler.close()
    return space.relative(path)
