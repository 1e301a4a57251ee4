"""A return that trickles in: so many units are in and the workbook is made; one of them sends another version, which is collected and consolidated.

python -m bench --only trickle [--trickle UNITS] [--against FOLDER]: two cold commands through run.py, this program and another checkout of it in turn,
processor seconds of all their processes. FOLDER is another checkout with a .venv of its own, e.g. `git worktree add FOLDER b1390d5`.
"""

import ctypes
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.cold_office import SUBREAPER, Cost, spent

_ROOT = Path(__file__).parents[1]
_PERIOD = "2024Q1"
_OPENED = """
import os
import sys
from pathlib import Path
from bench import office
from toolkit.edges.workspace import open_workspace
from toolkit.model import seal
"""
_SET_UP = """
folder = Path(sys.argv[1])
folder.mkdir()
office.returns(office.province(folder, int(sys.argv[2]), 12))
"""
_ONE_MORE = """
space, turn = open_workspace(Path(sys.argv[1])), int(sys.argv[2])
opened, request_sheets = (getattr(office, name, None) for name in ("open_office", "request_sheets"))
with (opened or office.opened)(space) as ground:  # what it was called at b1390d5
    form, sealed = ground.form_of(office.PERIOD), list(ground.ledger.seals().values())[turn]
    issue = seal.open_seal(sealed, ground.key)
    rows = [(sheet, row) for sheet, rows in issue.tables.items() if not request_sheets or sheet not in request_sheets(form) for row in rows]
    said = {(sheet, row.key, code): value for sheet, row in rows for code, value in office._said(row.number, row.role, turn + 7).items()}
    path = space.inbox / f"更正{turn}.xlsx"
    path.write_bytes(office.draw(office.unit_book(issue, form, sealed=sealed, own=office.Own(said))))
    os.utime(path, (office._SENT + 3600, office._SENT + 3600))
"""


class Province:
    """One program's workspace of so many units, all of whom have reported; `turn` counts the further versions that came."""

    def __init__(self, program: Path, folder: Path, units: int) -> None:
        """Set it up with that program, and make its workbook."""
        self._python, self._program, self._space = program / ".venv" / "bin" / "python", program, folder
        self._turn = 0
        self._do(_SET_UP, str(units))
        self.run("collect")
        self.run("consolidate", _PERIOD)

    def run(self, *words: str, space: Path | None = None) -> Cost:
        """Run a command as a cold process."""
        return spent([str(self._python), str(self._program / "run.py"), "--workspace", str(space or self._space), *words])

    def one_more(self) -> tuple[Cost, Cost]:
        """Let another version come and take it in; gives what collecting and consolidating took. Raises RuntimeError where it is not taken in."""
        self._do(_ONE_MORE, str(self._turn))
        self._turn += 1
        before = self._book(self._space)
        done = self.run("collect"), self.run("consolidate", _PERIOD)
        if before == self._book(self._space):
            raise RuntimeError("the workbook is the one of before")
        return done

    def idle(self) -> Cost:
        """Open the office twice, and no more: what no way of keeping things can save while a command is a process of its own."""
        (self._space / "inbox" / ".gitkeep").write_bytes(os.urandom(8))
        first = self.run("collect")
        (self._space / "inbox" / ".gitkeep").write_bytes(os.urandom(8))
        second = self.run("collect")
        return Cost(first.processor + second.processor, first.seconds + second.seconds)

    def demand_the_same(self, copy: Path) -> None:
        """Make the workbook from nothing in a copy of the workspace. Raises RuntimeError where it is another, by a byte."""
        shutil.copytree(self._space, copy)
        shutil.rmtree(copy / "records" / "log")
        shutil.rmtree(copy / "outbox" / _PERIOD / "汇总")
        self.run("consolidate", _PERIOD, space=copy)
        if self._book(copy) != self._book(self._space):
            raise RuntimeError("the workbook is not the one made from nothing")

    def _do(self, script: str, more: str) -> None:
        around = {**os.environ, "PYTHONPATH": str(self._program), "TASK_TOOLKIT_HOME": str(self._program)}
        command = [self._python, "-P", "-c", _OPENED + script, self._space, more]
        subprocess.run(command, env=around, cwd=self._program, capture_output=True, check=True)  # noqa: S603 - our own words

    @staticmethod
    def _book(space: Path) -> bytes:
        return next((space / "outbox" / _PERIOD / "汇总").glob("*.xlsx")).read_bytes()


def measure(units: int, rounds: int, other: Path | None) -> dict[str, dict[str, float]]:
    """Give medians of processor seconds and of seconds, and of the pairs' own ratios to another program; the workbook is held against one from nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    found: dict[str, list[tuple[Cost, Cost | None]]] = {"collect": [], "consolidate": [], "both": [], "two commands that find nothing to do": []}
    with tempfile.TemporaryDirectory() as folder:
        ours = Province(_ROOT, Path(folder) / "ours", units)
        theirs = Province(other, Path(folder) / "theirs", units) if other else None
        time.sleep(3)  # what was written this very moment is not relied on yet
        for turn in range(rounds + 1):  # the first one warms up
            far, near = theirs.one_more() if theirs else None, ours.one_more()
            idle = ours.idle(), theirs.idle() if theirs else None
            if turn:
                for at, name in enumerate(("collect", "consolidate")):
                    found[name].append((near[at], far[at] if far else None))
                found["both"].append((_sum(near), _sum(far) if far else None))
                found["two commands that find nothing to do"].append(idle)
                print(f"  {units} units, one more return: {found['both'][-1]}", flush=True)
        ours.demand_the_same(Path(folder) / "from nothing")
    return {name: _medians(pairs) for name, pairs in found.items()}


def _sum(costs: tuple[Cost, Cost]) -> Cost:
    return Cost(costs[0].processor + costs[1].processor, costs[0].seconds + costs[1].seconds)


def _medians(pairs: list[tuple[Cost, Cost | None]]) -> dict[str, float]:
    found = {"processor": statistics.median(ours.processor for ours, _ in pairs), "seconds": statistics.median(ours.seconds for ours, _ in pairs)}
    against = [(ours, theirs) for ours, theirs in pairs if theirs is not None]
    if against:
        found["other processor"] = statistics.median(theirs.processor for _, theirs in against)
        found["ratio of processor"] = statistics.median(ours.processor / theirs.processor for ours, theirs in against)
        found["ratio of seconds"] = statistics.median(ours.seconds / theirs.seconds for ours, theirs in against)
    return found
