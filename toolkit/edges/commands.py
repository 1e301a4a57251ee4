"""Commands of this program run in a process of their own, one at a time: what they say is heard line by line, and they can be stopped as Ctrl-C stops them."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from toolkit.model.lazy_pattern import lazy_pattern

_PROGRESS = lazy_pattern(r"^([^：:]+)(?:：|: )(\d+)/(\d+)$")
_TOLD = "\x1e"  # begins a line that tells what became of one file: unit, outcome
STOPPED = "已停止。已经完成的部分都已保存，再运行一次会接着做。"
_KEPT = 400  # lines
_HOME = Path(__file__).resolve().parents[2]
_DYING = 20  # seconds for a command to end when the page ends


class Running:
    """One command: what it has said so far, how far it is, the outcome it told of each unit, and its exit code (None: it still runs)."""

    def __init__(self, number: int, title: str, words: Sequence[str]) -> None:
        self.number, self.title, self.words = number, title, tuple(words)
        self.lines: list[str] = []
        self.outcomes: dict[str, str] = {}
        self.doing, self.done, self.total = "", 0, 0
        self.code: int | None = None
        self.is_stopping = False
        self._ended = threading.Event()

    def end_with(self, code: int) -> None:
        """Note its exit code: it has ended."""
        self.code = code
        self._ended.set()

    def wait_for_end(self, seconds: float) -> None:
        """Come back when it has ended, or after so many seconds."""
        self._ended.wait(seconds)

    def hear(self, line: str) -> None:
        """Take in a line that the command wrote: a unit's outcome, how far it is, or words for the clerk; of those only the first are kept."""
        if line.startswith(_TOLD):
            unit, _, outcome = line[1:].partition("\t")
            self.outcomes[unit] = outcome
        elif found := _PROGRESS.match(line):
            self.doing, self.done, self.total = found[1], int(found[2]), int(found[3])
        elif line and len(self.lines) < _KEPT:
            self.lines.append(line)


class Commands:
    """Runs commands in a workspace, one at a time; `last` is the one that runs, or ran last."""

    def __init__(self, root: Path, language: str = "") -> None:
        self._root, self._lock = root, threading.Lock()
        self._asks = [f"--lang={language}"] if language else []  # what the page was asked to speak
        self._process: subprocess.Popen[str] | None = None
        self.last: Running | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a command runs: one was started and has no exit code yet."""
        return self.last is not None and self.last.code is None

    def start(self, title: str, words: Sequence[str], *, secrets: Mapping[str, str] | None = None) -> Running | None:
        """Start a command, `secrets` in its environment alone; None where another still runs."""
        with self._lock:
            if self.is_busy:
                return None
            running = Running(self.last.number + 1 if self.last else 1, title, words)
            frozen = getattr(sys, "frozen", False)
            program = [sys.executable] if frozen else [sys.executable, "-P", "-m", "toolkit.cli.main"]
            path = os.pathsep.join(filter(None, (str(_HOME), os.environ.get("PYTHONPATH", ""))))
            apart: dict[str, int | bool] = {"creationflags": 0x200} if sys.platform == "win32" else {"start_new_session": True}  # a process group of its own
            settings = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": path, "TASK_TOOLKIT_TELLS": "1", "CI": "true", **(secrets or {})}
            self._process = subprocess.Popen(  # type: ignore[call-overload] # noqa: S603 - our own program, no shell
                [*program, *self._asks, "--workspace", str(self._root), *words],
                env=settings,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                **apart,
            )
            self.last = running
            threading.Thread(target=self._listen, args=(self._process, running), daemon=True).start()
            return running

    def stop(self) -> None:
        """Stop the command that runs, as Ctrl-C does: it saves what it has done and ends."""
        with self._lock:
            process, running = self._process, self.last
            if process is None or running is None or running.code is not None:
                return
            running.is_stopping = True
            process.send_signal(signal.Signals(21 if sys.platform == "win32" else 2))  # 21: Ctrl-Break, all that Windows sends to another group

    def end(self) -> None:
        """Stop what runs and wait up to 20 seconds for its end; then it is killed."""
        self.stop()
        if self._process is not None:
            try:
                self._process.wait(_DYING)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def _listen(self, process: "subprocess.Popen[str]", running: Running) -> None:
        for line in process.stdout or ():
            running.hear(line.rstrip())
        code = process.wait()
        if running.is_stopping and code:
            running.lines.append(STOPPED)
        running.end_with(code)
