"""Two machines of one office: two workspaces of their own, one ledger on a server, one key."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tests.small import MASTER, filled_row, issue, keep_ledger_at, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.model.master import TASK, Deadline, Master, Task, Unit

UNITS = 12
MANY = Master(
    tasks=tuple(Task(f"任务{number}", TASK, "(一)产业", "", f"完成第{number}个项目。", (f"第{number}局",), ()) for number in range(UNITS)),
    indicators=(),
    units=tuple(Unit(f"第{number}局") for number in range(UNITS)),
    calendar=(Deadline("2023Q1", "季度进展", MASTER.calendar[1].start, MASTER.calendar[1].due),),
    title="云溪县2023年目标任务",
)


def two_machines(folder: Path, address: str, master: Master = MASTER) -> tuple[Workspace, Workspace]:
    """Set up two workspaces that share a ledger and the key."""
    first, second = (small_workspace(folder / name, master) for name in ("一号机", "二号机"))
    for space in (first, second):
        keep_ledger_at(space, address)
    first.key()
    shutil.copy(first.records / "seal.key", second.records / "seal.key")
    return first, second


def share(one: Workspace, other: Workspace, *folders: str) -> None:
    """Let the second machine use folders of the first, as on a shared drive."""
    for folder in folders:
        shutil.rmtree(other.root / folder)
        (other.root / folder).symlink_to(one.root / folder, target_is_directory=True)


def returned(space: Workspace, inbox: Path) -> dict[str, bytes]:
    """Issue the first quarter on one machine and lay everybody's return in an inbox; gives the files."""
    folder = issue(space)
    for number in range(UNITS):
        lay(inbox / f"{number:02}.xlsx", folder / f"第{number}局_2023年第一季度进展.xlsx", filled_row(f"任务{number}"), number)
    return {path.name: path.read_bytes() for path in inbox.iterdir()}


def lay(path: Path, form: Path, cells: Mapping[tuple[str, str, str], object], minute: int = 0) -> None:
    """Fill a form in and lay it somewhere, sent in March."""
    type_into(form, path, cells)
    moment = datetime(2023, 3, 20, 9, minute).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(path, (moment, moment))


def reworded(master: Master, text: str) -> Master:
    """Give a master list whose last task reads otherwise, as when one machine's copy was edited."""
    return replace(master, tasks=(*master.tasks[:-1], replace(master.tasks[-1], text=text)))
