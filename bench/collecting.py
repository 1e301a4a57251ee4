"""Times collect against the bare floor (python-calamine) and against what people use instead (pandas with openpyxl), on the same files."""

import io
import resource
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pandas as pd
import python_calamine

from bench.office import province, returns
from bench.timing import timed
from toolkit.edges.workspace import open_workspace
from toolkit.flows.collect import collect


def bench_collect(files: int, rows: int) -> None:
    """Take in so many returns, first all of them and then one more; says times a file and the peak memory of any process."""
    with tempfile.TemporaryDirectory() as folder:
        space = province(Path(folder) / "源", files, rows)
        contents = returns(space)
        few = contents[: max(20, files // 20)]
        bare = min(timed(lambda: [_bare(content) for content in contents]) for _ in range(3))
        pandas = timed(lambda: [pd.read_excel(io.BytesIO(content), sheet_name=None, engine="openpyxl") for content in few]) / len(few) * len(contents)
        work = Path(folder) / "收"
        shutil.copytree(space.root, work)
        (work / "settings.toml").write_text("workers = 1\n", "utf-8")
        one = open_workspace(work)
        ours = timed(lambda: collect(one, progress=lambda items, _: items))
        all_cores = timed(lambda: collect(space, progress=lambda items, _: items))
        with sqlite3.connect(one.records / "ledger.db") as ledger:
            merged = ledger.execute("select count(*) from files where outcome = 'merged'").fetchone()[0]
        extra = one.inbox / "又一份.xlsx"
        extra.write_bytes(contents[0] + b"\0")
        again = timed(lambda: collect(one, progress=lambda items, _: items))
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(f"collect: {files} files of {rows} rows, {merged} merged")
    print(f"  bare calamine {bare / files * 1000:.2f} ms a file, pandas+openpyxl {pandas / files * 1000:.2f}")
    print(f"  ours, one reader {ours / files * 1000:.2f} = {ours / bare:.1f} × bare, {pandas / ours:.1f} × faster than pandas")
    print(f"  ours, all cores {all_cores / files * 1000:.2f} = {all_cores / bare:.1f} × bare; one more file afterwards {again:.2f} s; peak {peak:.0f} MiB")


def _bare(content: bytes) -> None:
    book = python_calamine.load_workbook(io.BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
