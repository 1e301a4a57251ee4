"""Where the frozen program begins: as a reading process, as the reader of a notice, or as the command line."""
# ruff: noqa: INP001 - a script for PyInstaller

import multiprocessing
import os
import sys
from pathlib import Path

APART = ["-m", "toolkit.edges.documents.read_in_subprocess"]  # how toolkit.edges.documents.read_in_subprocess starts its own process

if __name__ == "__main__":
    multiprocessing.freeze_support()
    os.environ.setdefault("TASK_TOOLKIT_HOME", str(Path(sys.executable).parent))
    if sys.argv[1:3] == APART:
        del sys.argv[1:3]
        from toolkit.edges.documents.read_in_subprocess import main
    else:
        from toolkit.cli.main import main
    main()
