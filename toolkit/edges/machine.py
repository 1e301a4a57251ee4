"""What this machine offers: Python, libraries, office programs, free disk."""

import gc
import os
import platform
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

LIBRARIES = ("openpyxl", "xlsxwriter", "pandas", "python-calamine", "python-docx", "SQLAlchemy", "typer", "rich", "rapidfuzz", "xlwings", "schedule")
_PROJECT = Path(__file__).parents[2] / "pyproject.toml"
_CHINESE = ("simsun", "simfang", "simhei", "simkai", "msyh", "deng", "pingfang", "songti", "stheiti", "stsong", "hiragino sans gb")
_OFFICES = ("soffice", "libreoffice", "wps", "et", "EXCEL.EXE")


@contextmanager
def long_work() -> Iterator[None]:
    """Look for garbage seldom: in a run over thousands of files Python's own rhythm costs a tenth of the time and finds next to nothing."""
    usual = gc.get_threshold()
    gc.set_threshold(max(usual[0], 50_000), 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def one_piece() -> Iterator[None]:
    """Look for no garbage at all while one book is made: all that is read for it stays until it is written, and nothing in it goes round in circles.

    Afterwards all of it counts as old: it would otherwise be looked through at once, for nothing.
    """
    usual = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if usual:
            gc.freeze()
            gc.unfreeze()  # into the oldest generation
            gc.enable()


def python_version() -> str:
    """Give Python's version and the system: 3.11.7（Linux x86_64）."""
    return f"{platform.python_version()}（{platform.system()} {platform.machine()}）"


def library_versions() -> dict[str, str]:
    """Give the version of each library that the program uses, '' for one that is not installed."""
    return {name: _version(name) for name in LIBRARIES}


def outdated_libraries() -> list[str]:
    """List libraries that are older than the project asks for, with both versions; those that are missing are told elsewhere."""
    from packaging.requirements import Requirement

    if not _PROJECT.exists():
        return []
    wanted = (Requirement(line) for line in tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["dependencies"])
    return [
        f"{requirement.name} {version}（需要 {requirement.specifier}）"
        for requirement in wanted
        if (version := _version(requirement.name)) and version not in requirement.specifier
    ]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def chinese_fonts() -> list[str]:
    """List fonts that have Chinese characters, by name (fontconfig, else the systems' own folders); [] when none was found."""
    if sys.platform.startswith("linux"):
        if not shutil.which("fc-list"):
            return []
        done = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, timeout=30, check=False)  # noqa: S607 - the system's own
        return sorted({line.split(",")[0].strip() for line in done.stdout.splitlines() if line.strip()})
    folders = (Path("C:/Windows/Fonts"), Path("/System/Library/Fonts"), Path("/Library/Fonts"))
    return sorted({path.stem for folder in folders if folder.is_dir() for path in folder.iterdir() if path.stem.lower().startswith(_CHINESE)})


def may_write(folder: Path) -> bool:
    """Whether a file can be made and removed in a folder: tried with an empty file, no error is raised."""
    trial = folder / f".试写{os.getpid()}"
    try:
        trial.write_bytes(b"")
        trial.unlink()
    except OSError:
        return False
    return True


def office_programs() -> list[str]:
    """List the office programs on the search path, by the names of their commands; [] for none."""
    return [name for name in _OFFICES if shutil.which(name)]


def free_space(folder: Path) -> int:
    """Give the free bytes of the disk that a folder is on. Raises OSError for a folder that is not there."""
    return shutil.disk_usage(folder).free
