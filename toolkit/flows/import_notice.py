"""import: notice → master list."""

from pathlib import Path
from typing import NamedTuple

from toolkit.edges.documents_in import read_document
from toolkit.edges.master_out import master_bytes
from toolkit.edges.workspace import Workspace, write_file
from toolkit.model.master import Master
from toolkit.model.trouble import Trouble
from toolkit.notice.reader import read_notice


class Imported(NamedTuple):
    """The master list as read, and where it was written."""

    master: Master
    path: Path


def import_notice(space: Workspace, file: Path, year: int | None) -> Imported:
    """Read a notice and write templates/任务总表.xlsx; raises Trouble when the notice holds no tasks."""
    master = read_notice(read_document(file), year=year)
    if not master.tasks:
        reasons = "；".join(doubt.reason for doubt in master.doubts) or "没有带牵头或责任单位的条目"
        raise Trouble(f"“{file.name}”里没有读到任务：{reasons}。", "请确认选对了文件：应是责任分解方案的正文，而不是只有封面的通知。")
    write_file(space.master, master_bytes(master))
    return Imported(master, space.master)
