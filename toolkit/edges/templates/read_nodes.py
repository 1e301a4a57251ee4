"""Reads the sheet 节点 of the master list: the office's own milestones of tasks; a list without the sheet has none."""

from collections.abc import Container, Iterator

from toolkit.edges.templates.master_sheets import NODES
from toolkit.edges.templates.office_sheet import A_DAY, OfficeBook
from toolkit.model.findings import Code
from toolkit.model.master import Node


def read_nodes(book: OfficeBook, numbers: Container[str], year: int) -> Iterator[Node]:
    """Give each milestone of a task in the list; one without a day that can be read is left out, and its cell is a fault."""
    seen: dict[str, str] = {}
    hints = {"编号": "编号，如 任务7", "节点": "节点名称，如 主体封顶", "基准日期": A_DAY}
    for row in book.rows("节点", NODES):
        filled = [row.needs(title, hint) for title, hint in hints.items()]
        number, name, day = row.label("编号"), row.text("节点"), row.day("基准日期", year=year)
        if not all(filled) or not number or not name:
            continue
        key = f"{number}|{name}"
        if number not in numbers:
            row.fault(Code.BAD_SETTING, "编号", seen=number, choices="“任务”表里的编号")
        elif "|" in name:
            row.fault(Code.BAD_SETTING, "节点", seen=name, choices="不带竖线的名称")
        elif key in seen:
            row.fault(Code.REPEATED, "节点", seen=name, other=seen[key])
        elif day is not None:
            yield Node(number, name, day)
        seen.setdefault(key, row.place("节点").cell)
