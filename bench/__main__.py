"""Measures the toolkit against a bare floor and what people use instead, side by side: python -m bench [--only PART] [--files N …]; see RESULTS.md."""

import argparse
import resource
import statistics
import sys
import tempfile
from pathlib import Path

from bench import filling, start_up, taking_in
from bench import nation as nation_run
from bench.consolidated import cell_calls, nation, write_bare
from bench.contenders import CLUSTER, CONTENDERS, END_TO_END, FLOOR, LOCAL, PARTS
from bench.results import keep, shares
from bench.timing import timed, worked
from tests.office import has_office
from tests.server import programs
from toolkit.assessment.assess import assess
from toolkit.edges.writing.write_workbooks import draw
from toolkit.model.document import Document, Paragraph
from toolkit.notice.read_notice import read_notice
from toolkit.views.consolidated.consolidated_book import consolidated

_NOTICE = 63  # units of the real notice


def bench_generate(units: int, rounds: int) -> None:
    """Time issuing the real notice's 63 workbooks (0 units) or a made-up province's, against the same xlsxwriter calls replayed bare."""
    with tempfile.TemporaryDirectory() as folder:
        found = filling.measure(*(filling.of_province(Path(folder), units) if units else filling.of_notice(Path(folder))), rounds)
    units = units or _NOTICE
    keep("generate", {str(units): found})
    bare = found["bare xlsxwriter"]
    each = ", ".join(f"{name} {seconds / units * 1000:.2f} ms ({seconds / bare:.2f} ×)" for name, seconds in found.items() if name != "peak")
    print(f"generate: {units} workbooks, {rounds} rounds, a workbook: {each}; peak {found['peak']:.0f} MiB")


def bench_import(rounds: int) -> None:
    """Time reading notices of growing length: a linear reader doubles its time when the tasks double."""
    for tasks in (500, 1000, 2000, 4000):
        notice = Document("notice.txt", tuple(Paragraph(text, f"第{at}行") for at, text in enumerate(_notice(tasks), 1)))
        taken = statistics.median(timed(lambda notice=notice: read_notice(notice)) for _ in range(rounds))  # type: ignore[misc]
        print(f"import: {tasks} tasks {taken:.2f} s, {taken / tasks * 1000:.2f} ms a task")


def _notice(tasks: int) -> list[str]:
    lines = ["某某县2024年重点任务分解方案", "一、重点工作", "(一)产业发展"]
    for number in range(1, tasks + 1):
        lines.append(f"{number}. 推进第{number}号项目建设,新增企业{number % 90 + 1}家以上,完成投资{number}万元。")
        lines.append(f"(牵头单位:县第{number % 50}局;责任单位:第{number % 30}镇、第{number % 17}街道)")
    return lines


def bench_consolidated(units: int, rounds: int) -> None:
    """Time assessing, planning and drawing a nation's consolidated workbook against xlsxwriter bare, writing the same cells; take the peak memory.

    Processor seconds, since the machine may be shared; what was prepared is kept out of the collector's way, since it walks all that is alive.
    """
    state, rules = nation(units)
    taken, bare, peak = [], [], 0.0
    for _ in range(rounds):
        taken.append(worked(lambda: draw(consolidated(state, rules, assess(state, rules)))))
        peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # of ours alone: the bare run comes later
        calls = cell_calls(consolidated(state, rules, assess(state, rules)))
        bare.append(worked(lambda calls=calls: write_bare(calls)))  # type: ignore[misc]
    cells = sum(len(cell) for cell in calls.cells)
    found = {"ours": statistics.median(taken), "bare": statistics.median(bare), "rows": len(state.details), "cells": cells, "peak": peak}
    keep("consolidated", {str(units): found})
    print(f"consolidated: {units} units, {cells} cells, {rounds} rounds; ours {found['ours'] / found['bare']:.2f} × bare xlsxwriter, peak {peak:.0f} MiB")


def bench_taking_in(files: int, rows: int, rounds: int, names: list[str]) -> None:
    """Time collecting and consolidating so many returns against the floor and against what people use."""
    keep("taking in", {str(files): taking_in.measure(files, rows, rounds, names)})


def bench_end_to_end(files: int, rows: int, rounds: int) -> None:
    """Time collecting and consolidating so many returns against the pandas and the polars script, in processor seconds of all processes."""
    keep("end to end", {str(files): taking_in.measure(files, rows, rounds, END_TO_END)})


def bench_reading(files: int, rows: int, rounds: int) -> None:
    """Time what of collect reads, checks, archives and records so many returns, against the floor."""
    keep("reading", {str(files): taking_in.measure(files, rows, rounds, (FLOOR, "collect", *PARTS))})


def bench_saved(files: int, rows: int, rounds: int) -> None:
    """Time the same on returns that LibreOffice has saved; left out where it is not installed."""
    keep("saved by LibreOffice", {str(files): taking_in.measure(files, rows, rounds, (FLOOR, "collect", *PARTS), by_office=True)})


def bench_cluster(files: int, rows: int, rounds: int) -> None:
    """Time collecting so many returns through a Dask cluster on this machine against the local processes."""
    found = taking_in.measure(files, rows, rounds, (LOCAL, CLUSTER))
    keep("many machines", {str(files): found})
    print(f"cluster: {files} files; Dask {statistics.median(shares(found)):.2f} × local processes")


def bench_nation(units: int, rows: int, folder: Path | None) -> None:
    """Time a whole round of so many units, stage by stage."""
    keep("nation", {str(units): nation_run.measure(units, rows, folder)})


def bench_ledgers(files: int, rows: int, rounds: int) -> None:
    """Time collecting so many returns into a file and into a server; left out where PostgreSQL is not installed."""
    from bench import ledgers

    found = ledgers.measure(files, rows, rounds)
    keep("ledgers", {str(files): found})
    print(f"ledgers: {files} files; PostgreSQL {found['PostgreSQL'] / found['SQLite, WAL']:.2f} × SQLite")


def bench_start_up(rounds: int) -> None:
    """Time the start of the program."""
    found = start_up.measure(rounds)
    keep("start-up", found)
    print(f"start-up: --help {found['--help'] - found['bare Python']:.3f} s over bare Python")


def bench_office(rounds: int, other: Path | None) -> None:
    """Time the commands of an office of 63 units, each a cold process, against another checkout of the program."""
    from bench import cold_office, floors

    for found in cold_office.measure(rounds, other, floors.measure):
        keep("an office", found)
        print(f"office: {found}", flush=True)


def bench_trickle(units: int, rounds: int, other: Path | None) -> None:
    """Time taking in one more return when so many units are in, against another checkout of the program."""
    from bench import trickle

    found = trickle.measure(units, rounds, other)
    keep("a return trickles in", {str(units): found})
    print(f"trickle: {units} units; {found['both']}")


def main() -> int:
    """Run every bench."""
    benches = {
        "generate": lambda: [bench_generate(units, given.rounds if units <= 100 else min(given.rounds, 5)) for units in given.workbooks],
        "import": lambda: bench_import(given.rounds),
        "taking-in": lambda: [bench_taking_in(files, given.rows, min(given.rounds, 3), given.contenders) for files in given.files],
        "end-to-end": lambda: [bench_end_to_end(files, given.rows, min(given.rounds, 5)) for files in given.files],
        "reading": lambda: [bench_reading(files, given.rows, given.rounds) for files in given.files],
        "saved": lambda: [bench_saved(files, given.rows, min(given.rounds, 3)) for files in given.files if has_office()],
        "cluster": lambda: [bench_cluster(files, given.rows, given.rounds) for files in given.files],
        "consolidated": lambda: bench_consolidated(given.units, min(given.rounds, 3)),
        "ledgers": lambda: bench_ledgers(max(given.files), given.rows, min(given.rounds, 3)) if programs() else print("ledgers: no PostgreSQL here"),
        "office": lambda: bench_office(given.rounds, given.against and given.against.resolve()),
        "trickle": lambda: bench_trickle(given.trickle, given.rounds, given.against and given.against.resolve()),
        "start-up": lambda: bench_start_up(max(given.rounds, 9)),
    }
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--units", type=int, default=10_000, help="units of the consolidated workbook")
    parser.add_argument("--workbooks", type=int, nargs="*", default=[0, 1000, 5000], help="workbooks to issue, one run for each number; 0 is the real notice")
    parser.add_argument("--files", type=int, nargs="*", default=[100, 1000], help="returned workbooks to take in, one run for each number")
    parser.add_argument("--rows", type=int, default=12, help="rows of each return")
    usual = [name for name in CONTENDERS if name not in PARTS]
    parser.add_argument("--contenders", nargs="*", default=usual, choices=list(CONTENDERS), metavar="NAME", help="who takes part in taking in")
    parser.add_argument("--nation", type=int, nargs="*", metavar="UNITS", help="run whole rounds of so many units instead, stage by stage (1000 10000)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the workspaces of --nation there")
    parser.add_argument("--trickle", type=int, default=1000, metavar="UNITS", help="units that are in when one more return comes")
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="another checkout of the program, with a .venv, to measure the office against")
    parser.add_argument("--only", choices=list(benches), help="run one bench")
    given = parser.parse_args()
    if given.nation is not None:
        benches = {"nation": lambda: [bench_nation(units, given.rows, given.keep and given.keep / str(units)) for units in given.nation or (1000, 10_000)]}
    for name, bench in benches.items():
        if given.only in {None, name}:
            bench()
    return 0


if __name__ == "__main__":
    sys.exit(main())
