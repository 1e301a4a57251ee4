"""Opens a file with the system's own program for it."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which


def open_file(path: Path) -> bool:
    """Open a file as a double click would; False where there is no screen or no program."""
    if sys.platform == "win32":
        os.startfile(path)  # type: ignore[attr-defined, unused-ignore] # noqa: S606 - the file is ours
        return True
    program = "open" if sys.platform == "darwin" else which("xdg-open")
    if program is None or (sys.platform != "darwin" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))):
        return False
    subprocess.Popen([program, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - the file is ours
    return True
