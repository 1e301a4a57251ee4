"""A PostgreSQL server for tests: Debian's, started in a folder of its own, with a database for each office."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg

from tests.waiting import wait_until

USER, PASSWORD = "office", "Tr0ub4dor-密"
_VERSIONS = Path("/usr/lib/postgresql")
_SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{home}'
fsync = {durable}
full_page_writes = {durable}
max_connections = 40
"""


def programs() -> Path | None:
    """Find the newest server that is installed; root can only start it as somebody else."""
    found = sorted(_VERSIONS.glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3])) if _VERSIONS.is_dir() else []
    return found[-1].parent if found else None


class Server:
    """One running server; the office's user owns the databases and comes in over TCP with a password only."""

    def __init__(self, *, durable: bool = False) -> None:
        """Lay out and start it; `durable`: every commit is flushed to disk, as in an office."""
        found = programs()
        assert found is not None
        self._bin = found
        self.home = Path(tempfile.mkdtemp(prefix="pg-"))
        self._as = "postgres" if os.geteuid() == 0 else getpass.getuser()
        if os.geteuid() == 0:
            shutil.chown(self.home, self._as, self._as)
        self._data = self.home / "data"
        doors = ("--auth-local=trust", "--auth-host=scram-sha-256")
        self._run("initdb", "-D", str(self._data), "-U", "keeper", *doors, "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(_SETTINGS.format(port=self.port, home=self.home, durable="on" if durable else "off"))
        self._numbers = count(1)
        self.start()
        self.tell(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(self.home / "log"), "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; every connection breaks."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", mode, "stop")

    def standby(self) -> Iterator[None]:
        """Be the standby of a server that has gone, for a while: it answers and takes nothing."""
        signal = self._data / "standby.signal"
        self.stop("fast")
        signal.touch()
        self.start()
        yield
        self.stop("fast")
        signal.unlink()
        self.start()

    def end(self) -> None:
        """Stop it for good and leave nothing."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def keeper(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """Connect as the server's keeper."""
        return psycopg.connect(host=str(self.home), port=self.port, user="keeper", dbname=database, autocommit=True)

    def tell(self, statement: str, database: str = "postgres") -> None:
        """Run a statement as the keeper."""
        with self.keeper(database) as connection:
            connection.execute(statement.encode())

    def new(self, options: str = "TEMPLATE template0", owner: str = USER) -> str:
        """Make a database, empty unless told otherwise; gives its address, without a password."""
        name = f"office{next(self._numbers)}"
        self.tell(f"CREATE DATABASE {name} OWNER {owner} {options}")
        return self.address(name)

    def copy(self, name: str) -> str:
        """Make a database with the content of another, which nobody uses just then; gives its address."""
        return self.new(f"TEMPLATE {name}")

    def cut(self, name: str) -> None:
        """Cut every line to a database."""
        self.tell(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608 - our own names

    def address(self, name: str) -> str:
        """Give the address of a database."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def waiting(self, query: str, database: str) -> bool:
        """Wait until a query that the keeper asks is true."""
        with self.keeper(database) as connection:
            return wait_until(lambda: bool((row := connection.execute(query.encode()).fetchone()) and row[0]))

    def _run(self, program: str, *words: str) -> None:
        as_other = {"user": self._as, "group": self._as, "extra_groups": []} if os.geteuid() == 0 else {}
        with (self.home / "start.log").open("ab") as log:
            subprocess.run([str(self._bin / program), *words], stdout=log, stderr=log, stdin=subprocess.DEVNULL, check=True, cwd=self.home, **as_other)  # type: ignore[call-overload]
