"""What is measured: the toolkit, the bare floor, and what people use instead, all at work on the same returns in one folder."""

import atexit
import io
import multiprocessing
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from toolkit.edges.workspace import Workspace, open_workspace

Work = Callable[[], object]
SHEETS = ("任务进展", "指标进展")  # the tables that a unit fills in; the others are the office's own
_OUT = "汇总.xlsx"


def _files(folder: Path) -> list[Path]:
    return sorted((folder / "inbox").iterdir())


def _header(file: Path, sheet: str) -> int:
    """Give the row of a table's header, counted from 0."""
    import python_calamine

    rows = python_calamine.CalamineWorkbook.from_path(str(file)).get_sheet_by_name(sheet).to_python()
    return next(at for at, row in enumerate(rows) if row and row[0] == "编号")


def _workspace(folder: Path, workers: int = 0) -> Workspace:
    (folder / "settings.toml").write_text(f"workers = {workers}\n", "utf-8")
    return open_workspace(folder)


def bare_calamine(folder: Path) -> Work:
    """The floor: python-calamine reads every sheet of the same files, and that is all."""
    import python_calamine

    contents = [path.read_bytes() for path in _files(folder)]

    def work() -> None:
        for content in contents:
            book = python_calamine.load_workbook(io.BytesIO(content))  # type: ignore[arg-type]
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()

    return work


def bare_steps(folder: Path) -> Work:
    """The same libraries with nothing of the toolkit around them: what a collect without any check would cost."""
    from bench.bare_steps import take_in

    files = _files(folder)
    return lambda: take_in(files, folder)


def bare_steps_twice(folder: Path) -> Work:
    """The same in two processes that share nothing, each with half of the files and a ledger of its own: no collect on two cores can do with less."""
    from bench.bare_steps import take_in

    files = _files(folder)
    halves = [(files[start::2], folder / f"half{start}") for start in range(2)]
    for _, half in halves:
        half.mkdir()

    def work() -> None:
        with multiprocessing.get_context("fork").Pool(2) as pool:
            pool.starmap(take_in, halves)

    return work


def collect(folder: Path, workers: int = 0, cluster: str = "") -> Work:
    """The toolkit: collect, with identity, checks, archive, ledger and receipts."""
    from toolkit.flows.intake.collect import collect as run

    space = _workspace(folder, workers)
    return lambda: run(space, progress=lambda items, _: items, cluster=cluster)


def collect_one_reader(folder: Path) -> Work:
    """The same with one reading process."""
    return collect(folder, workers=1)


def collect_without_receipts(folder: Path, workers: int = 0) -> Work:
    """What of collect reads, checks, archives and records: all but the receipts for the units."""
    from toolkit.flows.intake import collect as flow
    from toolkit.flows.intake.write_receipts import Receipts

    flow.write_receipts = lambda *_: Receipts((), (), ())  # type: ignore[assignment]
    return collect(folder, workers)


def without_receipts_one_reader(folder: Path) -> Work:
    """The same with one reading process."""
    return collect_without_receipts(folder, workers=1)


def collect_on_cluster(folder: Path) -> Work:
    """The same, read by two Dask workers on this machine that have read for this office before."""
    from bench.local_cluster import Cluster
    from toolkit.edges.reading.sandbox_process import Job
    from toolkit.flows.intake.read_files import FileReading
    from toolkit.flows.office.office_context import open_office
    from toolkit.flows.office.prior_data import PriorData

    started = Cluster(folder.parent)
    atexit.register(started.stop)
    with open_office(open_workspace(folder), alone=True) as office, FileReading(office, PriorData(office), cluster=started.address) as readers:
        list(readers.read(Job(path.name, path.read_bytes()) for path in _files(folder)[:64]))
    return collect(folder, cluster=started.address)


def collect_again(folder: Path) -> Work:
    """One more file after all the others were collected."""
    from toolkit.flows.intake.collect import collect as run

    space, first = _workspace(folder), _files(folder)[0]
    content = first.read_bytes()
    run(space, progress=lambda items, _: items)
    (space.inbox / "又一份.xlsx").write_bytes(content + b"\0")
    return lambda: run(space, progress=lambda items, _: items)


def consolidate(folder: Path) -> Work:
    """The toolkit: consolidate what was collected."""
    from bench.office import PERIOD
    from toolkit.flows.intake.collect import collect as run
    from toolkit.flows.report.consolidate import consolidate as book

    space = _workspace(folder)
    run(space, progress=lambda items, _: items)
    return lambda: book(space, PERIOD)


def end_to_end(folder: Path) -> Work:
    """The toolkit: collect and consolidate."""
    from bench.office import PERIOD
    from toolkit.flows.intake.collect import collect as run
    from toolkit.flows.report.consolidate import consolidate as book

    space = _workspace(folder)

    def work() -> None:
        run(space, progress=lambda items, _: items)
        book(space, PERIOD)

    return work


def pandas_script(folder: Path) -> Work:
    """What people use: pandas reads each file with openpyxl, stacks the rows and writes them."""
    import openpyxl  # noqa: F401 - loaded before the clock starts
    import pandas as pd

    files = _files(folder)
    headers = {sheet: _header(files[0], sheet) for sheet in SHEETS}

    def work() -> None:
        with pd.ExcelWriter(folder / _OUT) as out:
            for sheet, header in headers.items():
                pd.concat([pd.read_excel(file, sheet_name=sheet, header=header) for file in files]).to_excel(out, sheet_name=sheet, index=False)

    return work


def openpyxl_script(folder: Path) -> Work:
    """What people use: openpyxl loads each file and copies its rows into one book."""
    from openpyxl import Workbook, load_workbook

    files = _files(folder)
    headers = {sheet: _header(files[0], sheet) for sheet in SHEETS}

    def work() -> None:
        out = Workbook()
        for sheet in SHEETS:
            out.create_sheet(sheet)
        for file in files:
            book = load_workbook(file, data_only=True)
            for sheet, header in headers.items():
                for row in book[sheet].iter_rows(min_row=header + 2, values_only=True):
                    out[sheet].append(row)
        out.save(folder / _OUT)

    return work


def pyexcel_script(folder: Path) -> Work:
    """What people use: pyexcel reads each file and merges the rows into one book."""
    import pyexcel
    import pyexcel_xlsx  # noqa: F401 - the plug-in that reads xlsx

    files = _files(folder)
    headers = {sheet: _header(files[0], sheet) for sheet in SHEETS}

    def work() -> None:
        rows: dict[str, list[Any]] = {sheet: [] for sheet in SHEETS}
        for file in files:
            book = pyexcel.get_book_dict(file_name=str(file))
            for sheet, header in headers.items():
                rows[sheet] += book[sheet][header + 1 :]
        pyexcel.save_book_as(bookdict=rows, dest_file_name=str(folder / _OUT))

    return work


def polars_script(folder: Path) -> Work:
    """What people use: polars over calamine reads each file and writes the stacked rows."""
    import polars as pl
    import xlsxwriter

    files = _files(folder)
    headers = {sheet: _header(files[0], sheet) for sheet in SHEETS}

    def work() -> None:
        with xlsxwriter.Workbook(folder / _OUT) as out:
            for sheet, header in headers.items():
                options = {"header_row": header}
                read = (pl.read_excel(file, sheet_name=sheet, engine="calamine", read_options=options, infer_schema_length=0) for file in files)
                pl.concat(list(read), how="diagonal").write_excel(out, worksheet=sheet)

    return work


FLOOR, RIVAL, LOCAL, CLUSTER = "bare calamine", "pandas script", "collect", "collect, Dask"
# The whole work, as the toolkit does it and as people's scripts do; and what is left of it without any check, and of that without ledger and archive.
END_TO_END = ("collect + consolidate", RIVAL, "polars script", "bare steps, no checks", FLOOR)
# They do not take part where whole works are compared.
PARTS = ("bare steps, no checks", "bare steps, two processes", "collect without receipts", "without receipts, one reader")
CONTENDERS: Mapping[str, Callable[[Path], Work]] = {
    "bare calamine": bare_calamine,
    "bare steps, no checks": bare_steps,
    "bare steps, two processes": bare_steps_twice,
    "collect": collect,
    "collect, one reader": collect_one_reader,
    "collect without receipts": collect_without_receipts,
    "without receipts, one reader": without_receipts_one_reader,
    "collect, Dask": collect_on_cluster,
    "collect, one more file": collect_again,
    "consolidate": consolidate,
    "collect + consolidate": end_to_end,
    "pandas script": pandas_script,
    "openpyxl script": openpyxl_script,
    "pyexcel script": pyexcel_script,
    "polars script": polars_script,
}


def copied(source: Path, target: Path) -> Path:
    """Give a contender a workspace of its own."""
    shutil.copytree(source, target)
    return target
