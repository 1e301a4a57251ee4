"""A Dask cluster on this machine: a scheduler and two workers, each a process of its own; for benches and tests."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import toolkit

_START_SECONDS = 900
_QUIET = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False", "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s"}  # as docs/多机读表.md says


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address, self._folder = f"tcp://127.0.0.1:{port}", folder
        self.scheduler = self._started("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        self.workers = [self.worker(), self.worker()]
        self._wait()

    def worker(self) -> "subprocess.Popen[bytes]":
        """Start one more worker."""
        return self._started("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self._folder))

    def stop(self) -> None:
        """End them all."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _started(self, role: str, *words: str) -> "subprocess.Popen[bytes]":
        with (self._folder / f"{role}.log").open("ab") as log:
            module, where = f"distributed.cli.dask_{role}", _QUIET | {"PYTHONPATH": str(Path(toolkit.__file__).parents[1])}
            line = [sys.executable, "-m", module, *words]
            return subprocess.Popen(line, stdout=log, stderr=log, env=os.environ | where)  # noqa: S603 - our own words

    def _wait(self) -> None:
        from distributed import Client

        with Client(self.address, timeout=_START_SECONDS, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(len(self.workers), timeout=_START_SECONDS)
