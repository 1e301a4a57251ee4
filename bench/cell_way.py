"""A cell's way as `read_grid` begins it: how many modules a workbook's bytes pass, how often the way comes back to one, how often the package is opened.

Run: python -m bench.cell_way FILE… [--module toolkit.edges.reading.read_workbooks]. In another checkout name the module that has its `read_grid`.
"""

import argparse
import importlib
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

ROOM = "toolkit.edges.reading."


class Way(NamedTuple):
    """What one reading did: modules entered, moves from one module to another, moves back to one left before, zip directories read, calls."""

    modules: int
    moves: int
    returns: int
    opened: int
    calls: int


def way_of(read_grid: Callable[..., object], content: bytes, name: str) -> Way:
    """Read a workbook once and count; only calls within toolkit/edges/reading are looked at."""
    path: list[str] = []
    opened = calls = 0

    def seen(frame: FrameType, event: str, _: Any) -> None:
        nonlocal opened, calls
        module = frame.f_globals.get("__name__", "")
        if event == "call" and module.startswith(ROOM):
            calls += 1
            path.append(module)
        opened += event == "call" and frame.f_code is zipfile.ZipFile._RealGetContents.__code__  # type: ignore[attr-defined]  # noqa: SLF001

    sys.setprofile(seen)
    try:
        read_grid(content, name)
    finally:
        sys.setprofile(None)
    moves = [after for before, after in zip(["", *path], path, strict=False) if before != after]
    return Way(len(set(moves)), len(moves), len(moves) - len(set(moves)), opened, calls)


def main() -> None:
    """Print a row a file; each is read once before, so that what is loaded once is not counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--module", default=f"{ROOM}read_workbooks")
    given = parser.parse_args()
    read_grid = importlib.import_module(given.module).read_grid
    print("| file | modules | moves | returns | zip directories read | calls |\n|---|---:|---:|---:|---:|---:|")
    for file in given.files:
        content = file.read_bytes()
        read_grid(content, file.name)
        print(f"| {file.name} | {' | '.join(str(count) for count in way_of(read_grid, content, file.name))} |")


if __name__ == "__main__":
    main()
