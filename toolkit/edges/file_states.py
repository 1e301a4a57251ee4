"""The state of files by size and time of writing alone: whether something has changed since they were last read, told without opening any."""

import os
from collections.abc import Iterator
from pathlib import Path

State = tuple[str, int, int]  # name, time of writing in nanoseconds, size


def state_of_file(path: Path) -> State | None:
    """Give a file's state, None where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return path.name, found.st_mtime_ns, found.st_size


def states_of_files(folder: Path) -> tuple[State | None, ...]:
    """Give the states of a folder's files in the order of their names, without what office programs lay beside an open one; () where it is not there."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if not entry.name.startswith((".", "~$")))
    except OSError:
        return ()
    return tuple(state_of_file(folder / name) for name in names)


def folders_below(folder: Path) -> tuple[State, ...]:
    """Give the states of a folder and of all folders in it: one changes when a file is laid into it or taken out; no file is looked at."""
    return tuple(sorted(_walked(folder)))


def _walked(folder: Path) -> Iterator[State]:
    for place, _, names in os.walk(folder):
        found = state_of_file(Path(place))
        if found is not None:
            yield place, found[1], len(names)
