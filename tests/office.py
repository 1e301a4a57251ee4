"""LibreOffice for tests: conversion with every formula recalculated, in a profile of this session's own; it is started once a session."""

import atexit
import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from tests.waiting import PATIENCE, wait_until

SYSTEM_PYTHON = "/usr/bin/python3"  # the one that has uno
# 0 = always recalculate on load, whoever wrote the file (2 would be: ask; LibreOffice's own default trusts other programs' cached values).
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


# The workbook that keeps LibreOffice running: while it reads an .xlsx it takes the next request, begins another book within the first, and neither ends.
_BLANK = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet><table:table table:name="1"/></office:spreadsheet></office:body></office:document>
"""
# One thread reads the sheets of a book: several make that likelier.
os.environ["SC_IMPORT_THREADS"] = "0"


def has_office() -> bool:
    """Whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


@cache
def profile() -> Path:
    """Make this session's profile folder; it is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"office-{os.getpid()}-"))
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class _Program:
    """A LibreOffice that stays because a workbook is open in it; what another one with its profile is asked for, it does instead."""

    def __init__(self) -> None:
        self._open = profile() / "open.fods"
        self._lock = self._open.with_name(f".~lock.{self._open.name}#")
        self._open.write_text(_BLANK, "utf-8")
        command = ["soffice", f"-env:UserInstallation={profile().as_uri()}", "--headless", "--norestore", str(self._open)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        wait_until(lambda: self._lock.exists() or self._process.poll() is not None)

    @property
    def runs(self) -> bool:
        """Whether it is still there with its workbook."""
        return self._process.poll() is None and self._lock.exists()

    def end(self) -> None:
        """End it, with the processes that it consists of."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._lock.unlink(missing_ok=True)


_running: list[_Program] = []


def keep_running() -> None:
    """Have LibreOffice run with this session's profile, from now to the end of the session."""
    if not _running or not _running[-1].runs:
        while _running:
            _running.pop().end()
        _running.append(_Program())
        atexit.register(go_home)  # outside of pytest


def go_home() -> None:
    """End what runs of LibreOffice: at the session's end, since a worker of pytest-xdist may be gone before anything else is called."""
    while _running:
        _running.pop().end()
    if _clerk.cache_info().currsize:
        _clerk().communicate()
        _clerk.cache_clear()


def convert(path: Path, to: str, outdir: Path) -> Path:
    """Convert a file through LibreOffice (ods, xlsx, pdf …), recalculating it; gives the new file, in outdir."""
    outdir.mkdir(parents=True, exist_ok=True)
    keep_running()
    command = ["soffice", f"-env:UserInstallation={profile().as_uri()}", "--headless", "--convert-to", to, "--outdir", str(outdir), str(path)]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    made = outdir / f"{path.stem}.{to.partition(':')[0]}"
    if done.returncode or not made.exists():
        raise RuntimeError(f"LibreOffice made no {made.name}: {done.stderr.decode(errors='replace')[-500:]}")
    return made


def clerk(jobs: Sequence[Mapping[str, object]]) -> list[dict[str, str]]:
    """Have a unit's clerk do jobs in LibreOffice (uno_clerk.py tells what a job is), who stays for the next; gives what the cells say that each job reads."""
    process = _clerk()
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(jobs) + "\n")
        process.stdin.flush()
        return [json.loads(process.stdout.readline()) for _ in jobs]
    except (OSError, ValueError) as error:  # who has gone is called anew the next time
        _clerk.cache_clear()
        process.kill()
        raise RuntimeError((profile() / "clerk.txt").read_text("utf-8", "replace")[-2000:]) from error


@cache
def _clerk() -> "subprocess.Popen[str]":
    """Start the clerk, in a profile beside the session's; he goes when the session ends."""
    atexit.register(go_home)  # outside of pytest
    home = profile() / "clerk"
    home.mkdir(exist_ok=True)
    line = [SYSTEM_PYTHON, str(Path(__file__).with_name("uno_clerk.py")), str(home)]
    clean = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    with (profile() / "clerk.txt").open("wb") as said:
        return subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, encoding="utf-8", env=clean)
