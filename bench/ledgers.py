"""Times collect on every kind of ledger, side by side: a file written ahead, a file as on a network drive, a PostgreSQL server on this machine."""

import os
import shutil
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from bench.office import province, returns
from bench.timing import worked_by_all
from tests.server import PASSWORD, Server
from toolkit.edges import disks
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.upkeep.backup import move_ledger


def measure(files: int, rows: int, rounds: int) -> dict[str, float]:
    """Give the median processor seconds of collecting so many returns, for each kind of ledger; every one is flushed to disk at each commit.

    Processor seconds of the program and its readers, since the machine may be shared; what the server works is its own.
    """
    server = Server(durable=True)
    os.environ["PGPASSWORD"] = PASSWORD
    taken: dict[str, list[float]] = {}
    try:
        with tempfile.TemporaryDirectory() as folder:
            returns(province(Path(folder) / "province", files, rows))
            for turn in range(rounds):
                for name, prepare in _kinds(server).items():
                    space = Workspace(Path(folder) / f"{turn}{name}")
                    shutil.copytree(Path(folder) / "province", space.root)
                    with patch.object(disks, "_NETWORK", ("",) if name == "SQLite, DELETE" else disks._NETWORK):  # noqa: SLF001 - a drive that we do not have
                        prepare(space)
                        taken.setdefault(name, []).append(worked_by_all(lambda space=space: collect(space, progress=lambda items, _: items)))  # type: ignore[misc]
                    print(f"  {files} files: {name} {taken[name][-1]:.2f} s", flush=True)
    finally:
        server.end()
    return {name: statistics.median(found) for name, found in taken.items()}


def _kinds(server: Server) -> dict[str, Callable[[Workspace], object]]:
    def on_server(space: Workspace) -> None:
        (space.root / "settings.toml").write_text(f'ledger = "{server.new()}"\n', "utf-8")
        move_ledger(space, space.records / "ledger.db")

    return {"SQLite, WAL": lambda _: None, "SQLite, DELETE": lambda _: None, "PostgreSQL": on_server}
