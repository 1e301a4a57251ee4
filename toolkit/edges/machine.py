"""What this machine offers: Python, libraries, office programs, free disk."""

import gc
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

LIBRARIES = ("openpyxl", "xlsxwriter", "pandas", "python-calamine", "python-docx", "SQLAlchemy", "typer", "rich", "rapidfuzz", "xlwings", "schedule")
_OFFICES = ("soffice", "libreoffice", "wps", "et", "EXCEL.EXE")


@contextmanager
def long_work() -> Iterator[None]:
    """Look for garbage seldom: in a run over thousands of files Python's own rhythm costs a tenth of the time and finds next to nothing."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def python_version() -> str:
    """Give Python's version and the system's name."""
    return f"{platform.python_version()}（{platform.system()} {platform.machine()}）"


def library_versions() -> dict[str, str]:
    """Give each library's version, '' for one that is missing."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def office_programs() -> list[str]:
    """List the office programs on the search path."""
    return [name for name in _OFFICES if shutil.which(name)]


def free_space(folder: Path) -> int:
    """Give the free bytes of the disk that a folder is on."""
    return shutil.disk_usage(folder).free
