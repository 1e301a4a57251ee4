"""Holds the workbooks of a played year against spreadsheet engines, and writes ENGINES.md: python -m bench.engines FOLDER [ENGINE …].

FOLDER is what `python run.py demo --to FOLDER` has made. Where formulas (PyPI) is installed, it takes part; CI leaves it out, since it takes minutes.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tests.engines.engines import ENGINES, SLOW, Engine, Found, equal
from tests.engines.formula_cells import Cell, spoil, stored

HERE = Path(__file__).parent
KEPT, NOTES = HERE / "engines.json", HERE / "ENGINES_NOTES.md"
Known = dict[str, Any]  # of an engine: its version, when it ran, and the tally of each book
KINDS = {  # what a row of the table is called → where its files lie below outbox; the largest is taken
    "一季度汇总": "2023Q1/汇总/*.xlsx",
    "四季度汇总": "2023Q4/汇总/*.xlsx",
    "全年汇总": "2023/汇总/*.xlsx",
    "季度表": "2023Q1/发放/*.xlsx",
    "方案表": "2023/发放/*.xlsx",
    "退改表": "*/退回/*.xlsx",
}


class Tally(NamedTuple):
    """How many cells with formulas an engine computes to our value, to another one, or not at all (an error, or nothing); seconds by the clock."""

    equal: int
    other: int
    unknown: int
    seconds: float


def tally(engine: Engine, book: Path, folder: Path) -> Tally:
    """Let an engine compute a copy of a workbook in which every formula carries a wrong value."""
    wanted = stored(book)
    copy = spoil(book, folder / "book.xlsx")
    began = time.monotonic()
    found = engine.compute(copy, wanted)
    seconds = time.monotonic() - began
    unlike = [cell for cell, ours in wanted.items() if not equal(ours, found.get(cell))]
    unknown = sum(_is_unknown(found, cell) for cell in unlike)
    return Tally(len(wanted) - len(unlike), len(unlike) - unknown, unknown, seconds)


def _is_unknown(found: Found, cell: Cell) -> bool:
    value = found.get(cell)
    return value is None or str(value).startswith("#")


def books(space: Path) -> dict[str, Path]:
    """Choose the largest workbook of each kind."""
    found = {kind: sorted((space / "outbox").glob(pattern), key=lambda path: (path.stat().st_size, path.name)) for kind, pattern in KINDS.items()}
    return {kind: paths[-1] for kind, paths in found.items() if paths}


def measure(engine: Engine, chosen: Mapping[str, Path]) -> Known:
    """Let an engine compute a workbook of each kind."""
    tallies = {}
    for kind, book in chosen.items():
        with tempfile.TemporaryDirectory() as folder:
            tallies[kind] = tally(engine, book, Path(folder))
        print(engine.name, kind, tallies[kind], flush=True)
    return {"version": engine.version(), "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", "books": tallies}


def report(known: Mapping[str, Known]) -> Iterator[str]:
    """Write the table."""
    yield "# Engines"
    yield ""
    yield "Of a year played by `python run.py demo --to FOLDER`: `python -m bench.engines FOLDER [ENGINE …]`. Every formula of a copy carried a wrong value;"
    yield "then each engine computed the file. Formula cells: the value that we had stored / another value / an error or nothing; seconds by the clock, on a"
    yield "machine with other work. What an engine lacks here is said instead."
    yield ""
    yield f"| | {' | '.join(KINDS)} | seconds | when |"
    yield f"|---|{'---:|' * (len(KINDS) + 1)}---|"
    for engine in (*ENGINES, *SLOW):
        if engine.name in known:
            yield _row(engine.name, known[engine.name])
        else:
            yield f"| {engine.name} |{' – |' * len(KINDS)} | {engine.lacks() or 'not run'} |"
    if NOTES.exists():
        yield from ("", *NOTES.read_text("utf-8").rstrip().splitlines())


def _row(name: str, found: Known) -> str:
    tallies = {kind: Tally(*numbers) for kind, numbers in found["books"].items()}
    cells = [f"{tally.equal:,} / {tally.other} / {tally.unknown}" if (tally := tallies.get(kind)) else "not run" for kind in KINDS]
    return f"| {name} {found['version']} | {' | '.join(cells)} | {sum(tally.seconds for tally in tallies.values()):.0f} | {found['at']} |"


def main() -> None:
    """Measure the engines that are named, or all; keep what is known of the others, and write ENGINES.md."""
    chosen, names = books(Path(sys.argv[1])), sys.argv[2:]
    known = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    for engine in (*ENGINES, *SLOW):
        if not engine.lacks() and (not names or engine.name in names):
            known[engine.name] = measure(engine, chosen)
            KEPT.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (HERE / "ENGINES.md").write_text("\n".join(report(known)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
