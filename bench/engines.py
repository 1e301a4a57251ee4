"""Holds the workbooks of a played year against spreadsheet engines, and writes ENGINES.md: python -m bench.engines FOLDER.

FOLDER is what `python run.py demo --to FOLDER` has made. Where formulas (PyPI) is installed, it takes part; CI leaves it out, since it takes minutes.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tests.engines.engines import ENGINES, SLOW, Engine, Found, equal
from tests.engines.formula_cells import Cell, spoil, stored

HERE = Path(__file__).parent
KINDS = {  # what a row of the table is called → where its files lie below outbox; the largest is taken
    "一季度汇总": "2023Q1/汇总/*.xlsx",
    "四季度汇总": "2023Q4/汇总/*.xlsx",
    "全年汇总": "2023/汇总/*.xlsx",
    "季度表": "2023Q1/发放/*.xlsx",
    "方案表": "2023/发放/*.xlsx",
    "退改表": "2023Q1/退回/*.xlsx",
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


def measured(chosen: dict[str, Path]) -> Iterator[tuple[str, dict[str, Tally] | str]]:
    """Give each engine's name with its tallies, or with what lacks."""
    for engine in (*ENGINES, *SLOW):
        if lack := engine.lacks():
            yield engine.name, lack
            continue
        tallies = {}
        for kind, book in chosen.items():
            with tempfile.TemporaryDirectory() as folder:
                tallies[kind] = tally(engine, book, Path(folder))
            print(engine.name, kind, tallies[kind], flush=True)
        yield f"{engine.name} {engine.version()}", tallies


def report(chosen: dict[str, Path], rows: dict[str, dict[str, Tally] | str]) -> Iterator[str]:
    """Write the table."""
    yield "# Engines"
    yield ""
    yield f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, of a year played by `python run.py demo --to FOLDER`: `python -m bench.engines FOLDER`."
    yield "Every formula of a copy carried a wrong value; then each engine computed the file. Formula cells: the value that we had stored / another value /"
    yield "an error or nothing; seconds by the clock, on a shared machine."
    yield ""
    yield f"| | {' | '.join(f'{kind}, {len(stored(book)):,}' for kind, book in chosen.items())} | seconds |"
    yield f"|---|{'---:|' * (len(chosen) + 1)}"
    for name, tallies in rows.items():
        if isinstance(tallies, str):
            yield f"| {name} | {' | '.join('–' for _ in chosen)} | {tallies} |"
        else:
            cells = [f"{one.equal:,} / {one.other} / {one.unknown}" for one in (tallies[kind] for kind in chosen)]
            yield f"| {name} | {' | '.join(cells)} | {sum(one.seconds for one in tallies.values()):.0f} |"
    notes = HERE / "ENGINES_NOTES.md"
    if notes.exists():
        yield from ("", *notes.read_text("utf-8").rstrip().splitlines())


def main() -> None:
    """Measure, and write ENGINES.md."""
    chosen = books(Path(sys.argv[1]))
    (HERE / "ENGINES.md").write_text("\n".join(report(chosen, dict(measured(chosen)))) + "\n", "utf-8")


if __name__ == "__main__":
    main()
