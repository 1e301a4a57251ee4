"""LibreOffice for tests: conversion with every formula recalculated, in a profile of this session's own."""

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tests.waiting import PATIENCE

# 0 = always recalculate on load, whoever wrote the file (2 would be: ask; LibreOffice's own default trusts other programs' cached values).
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


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


def convert(path: Path, to: str, outdir: Path) -> Path:
    """Convert a file through LibreOffice (ods, xlsx, pdf …), recalculating it; gives the new file, in outdir."""
    outdir.mkdir(parents=True, exist_ok=True)
    command = ["soffice", f"-env:UserInstallation={profile().as_uri()}", "--headless", "--convert-to", to, "--outdir", str(outdir), str(path)]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    made = outdir / f"{path.stem}.{to.partition(':')[0]}"
    if done.returncode or not made.exists():
        raise RuntimeError(f"LibreOffice made no {made.name}: {done.stderr.decode(errors='replace')[-500:]}")
    return made
