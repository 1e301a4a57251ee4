"""An office of the real notice's 63 units, each command a cold process through run.py, this program and another checkout of it in turn.

python -m bench --only office [--against FOLDER]. FOLDER is another checkout with a .venv (or a link to one), e.g. `git worktree add FOLDER b1390d5`.
"""

import ctypes
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).parents[1]
_PERIOD = "2023Q1"
SUBREAPER = 36  # PR_SET_CHILDSUBREAPER of Linux's prctl: processes that a command leaves behind are waited for, and counted
_SET_UP = """
import importlib
import sys
from datetime import date
from pathlib import Path
from toolkit.edges.clock import held
from toolkit.edges.workspace import real_notice
from toolkit.model.period import Period

def flow(name, shelf, module, older):
    try:
        return getattr(importlib.import_module(f"toolkit.flows.{shelf}.{module}"), name)
    except ModuleNotFoundError:
        return getattr(importlib.import_module(f"toolkit.flows.{older}"), name)

begin_scratch = flow("begin_scratch", "office", "start_command", "begin")
generate = flow("generate", "issue", "generate", "generate")
import_notice = flow("import_notice", "issue", "import_notice", "import_notice")
play = flow("play", "demo", "play_round", "play")
space, period = begin_scratch(Path(sys.argv[1])), Period(2023, 1)
import_notice(space, real_notice(), 2023)
with held(date(2023, 3, 25)):
    generate(space, period, only=(), progress=lambda items, _: items)
    play(space, period, progress=lambda items, _: items)
"""
_SCRIPT = """
import sys
from pathlib import Path
import pandas as pd
files = sorted(Path(sys.argv[1]).glob("*.xlsx"))
pd.concat([pd.read_excel(file) for file in files]).to_excel(sys.argv[2], index=False)
"""
BARE = (  # the libraries of collect and of consolidate, without a check: no form, no seal, no receipt, no format, no formula
    """
import sys
from pathlib import Path
import sqlalchemy as sa
from python_calamine import load_workbook
engine = sa.create_engine(f"sqlite:///{sys.argv[2]}")
table = sa.Table("cells", sa.MetaData(), sa.Column("file", sa.Text), sa.Column("sheet", sa.Text), sa.Column("row", sa.Integer), sa.Column("texts", sa.Text))
table.create(engine)
with engine.begin() as connection:
    for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
        book = load_workbook(str(path))
        rows = [(name, at, row) for name in book.sheet_names for at, row in enumerate(book.get_sheet_by_name(name).to_python())]
        connection.execute(table.insert(), [{"file": path.name, "sheet": name, "row": at, "texts": "\\t".join(map(str, row))} for name, at, row in rows])
""",
    """
import sys
import sqlalchemy as sa
from xlsxwriter import Workbook
with sa.create_engine(f"sqlite:///{sys.argv[1]}").connect() as connection, Workbook(sys.argv[2]) as book:
    sheet = book.add_worksheet()
    for at, (file, name, _, texts) in enumerate(connection.execute(sa.text("SELECT * FROM cells WHERE sheet = '任务进展' OR sheet = '指标进展'"))):
        for column, value in enumerate((file, name, *texts.split("\\t"))):
            sheet.write_string(at, column, value)
""",
)


class Cost(NamedTuple):
    """What a command took: processor seconds of all its processes, and seconds by the clock."""

    processor: float
    seconds: float


class Office:
    """One program's workspaces: with 63 returns in the inbox, and with them taken in. `script` is what people write instead."""

    script = _SCRIPT

    def __init__(self, program: Path, folder: Path) -> None:
        """Set them up with that program."""
        self.program, self.python = program, program / ".venv" / "bin" / "python"
        self.full, self.done, self.scratch = folder / "full", folder / "done", folder / "scratch"
        around = {**os.environ, "PYTHONPATH": str(program), "TASK_TOOLKIT_HOME": str(program)}
        subprocess.run([self.python, "-P", "-c", _SET_UP, self.full], env=around, capture_output=True, check=True)  # noqa: S603 - our own words
        shutil.copytree(self.full, self.done)
        for words in (("collect",), ("consolidate", _PERIOD), ("status",), ("doctor",)):
            self.run(self.done, *words)

    def run(self, space: Path, *words: str) -> Cost:
        """Run a command in a workspace."""
        return spent([str(self.python), str(self.program / "run.py"), "--workspace", str(space), *words])

    def taking_in(self) -> Cost:
        """Collect 63 returns and consolidate them."""
        space = self.fresh(self.full)
        collected, made = self.run(space, "collect"), self.run(space, "consolidate", _PERIOD)
        return Cost(collected.processor + made.processor, collected.seconds + made.seconds)

    def issuing(self) -> Cost:
        """Generate the next quarter's 63 forms."""
        return self.run(self.fresh(self.done), "generate", "2023Q2")

    def after_a_change(self, *words: str) -> Cost:
        """Run a command when something has just changed, so that nothing that was said holds any more."""
        (self.done / "inbox" / ".gitkeep").write_bytes(os.urandom(8))
        return self.run(self.done, *words)

    def rehearsing(self) -> Cost:
        """Run the rehearsal of a quarter."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        return spent([str(self.python), str(self.program / "run.py"), "demo", "--quick", "--to", str(self.scratch)])

    def fresh(self, source: Path) -> Path:
        """Copy a workspace, to work in the copy."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        return Path(shutil.copytree(source, self.scratch))


Floors = Callable[["Office", "Office | None", int], Iterator[dict[str, dict[str, float]]]]  # further rows, given both programs and the number of rounds


def spent(command: list[str]) -> Cost:
    """Run a command to the end of every process that it starts."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - our own words
    seconds = time.perf_counter() - start
    waited_for_all()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, seconds)


def waited_for_all() -> None:
    """Wait for every process that this one has started, or that was left to it."""
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def measure(rounds: int, other: Path | None, floors: Floors = lambda *_: iter(())) -> Iterator[dict[str, dict[str, float]]]:
    """Give one thing done after the other, with medians of processor seconds and of seconds, and of the rounds' own ratios to another program."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        ours = Office(_ROOT, Path(folder) / "ours")
        theirs = Office(other, Path(folder) / "theirs") if other else None
        time.sleep(3)  # what was written this very moment is not relied on yet
        for name, work in _WORKS.items():
            yield {name: _paired(work, ours, theirs, rounds)}
        script = [str(ours.python), "-c", ours.script, str(ours.full / "inbox"), str(Path(folder) / "all.xlsx")]
        processor, seconds = (statistics.median(figures) for figures in zip(*[spent(script) for _ in range(rounds)], strict=True))
        yield {"pandas script, 63 returns": {"processor": processor, "seconds": seconds}}
        bare = [_bare(ours, Path(folder)) for _ in range(rounds)]
        processor, seconds = (statistics.median(figures) for figures in zip(*bare, strict=True))
        yield {"the same libraries without a check, two processes": {"processor": processor, "seconds": seconds}}
        yield from floors(ours, theirs, rounds)


def _bare(office: Office, folder: Path) -> Cost:
    """Read all cells into a ledger, and write those of the two tables from it: what no collect and consolidate on these libraries can go below."""
    ledger, book = folder / "bare.db", folder / "bare.xlsx"
    ledger.unlink(missing_ok=True)
    read, wrote = (
        spent([str(office.python), "-c", script, *map(str, given)])
        for script, given in zip(BARE, ((office.full / "inbox", ledger), (ledger, book)), strict=True)
    )
    return Cost(read.processor + wrote.processor, read.seconds + wrote.seconds)


def _paired(work: Callable[[Office], Cost], ours: Office, theirs: Office | None, rounds: int) -> dict[str, float]:
    pairs = [(work(theirs) if theirs else None, work(ours)) for _ in range(rounds + 1)][1:]  # the first one warms up
    found = {"processor": statistics.median(cost.processor for _, cost in pairs), "seconds": statistics.median(cost.seconds for _, cost in pairs)}
    if theirs:
        found["other processor"] = statistics.median(other.processor for other, _ in pairs if other)
        found["ratio of processor"] = statistics.median(cost.processor / other.processor for other, cost in pairs if other)
        found["ratio of seconds"] = statistics.median(cost.seconds / other.seconds for other, cost in pairs if other)
    return found


_WORKS: dict[str, Callable[[Office], Cost]] = {
    "status, nothing changed": lambda office: office.run(office.done, "status"),
    "collect, nothing came": lambda office: office.run(office.done, "collect"),
    "returns, nothing changed": lambda office: office.run(office.done, "returns", _PERIOD),
    "doctor": lambda office: office.run(office.done, "doctor"),
    "status, right after a change": lambda office: office.after_a_change("status"),
    "collect of nothing, right after a change": lambda office: office.after_a_change("collect"),
    "63 returns: collect + consolidate": Office.taking_in,
    "generate 63 forms": Office.issuing,
    "demo --quick": Office.rehearsing,
}
