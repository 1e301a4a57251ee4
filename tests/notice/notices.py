"""Documents for the tests: drawn as text, a table between two rows of bars."""

import re
from pathlib import Path
from textwrap import dedent

from toolkit.model.document import Document, Paragraph, Table, TableCell
from toolkit.model.master import Master

ROOT = Path(__file__).resolve().parents[2]


def draw(text: str, name: str = "通知.txt") -> Document:
    r"""Make a document of drawn lines; a run of lines |a|b| is a table, \n in a cell breaks its line."""
    blocks: list[Paragraph | Table] = []
    rows: list[list[str]] = []
    lines = [line.strip() for line in dedent(text).strip("\n").split("\n")]
    for at, line in enumerate([*lines, ""], 1):
        if line.startswith("|") and line.endswith("|"):
            rows.append([cell.strip().replace("\\n", "\n") for cell in line[1:-1].split("|")])
            continue
        if rows:
            blocks.append(table(rows, f"表{sum(isinstance(block, Table) for block in blocks) + 1}"))
            rows = []
        if line:
            blocks.append(Paragraph(line, f"第{at}行"))
    return Document(name, tuple(blocks))


def table(rows: list[list[str]], where: str = "表1") -> Table:
    """Make a table of texts; ragged rows are padded."""
    width = max(len(row) for row in rows)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    cells = (tuple(TableCell(cell, f"{where}第{r}行第{c}列") for c, cell in enumerate(row, 1)) for r, row in enumerate(padded, 1))
    return Table(tuple(cells), where)


def real() -> Document:
    """The 2023 notice, a paragraph a line."""
    text = (ROOT / "toolkit" / "resources" / "notice_2023.txt").read_text(encoding="utf-8")
    return Document("notice_2023.txt", tuple(Paragraph(line, f"第{at}行") for at, line in enumerate(text.split("\n"), 1) if line.strip()))


def who(master: Master) -> list[str]:
    """A flat list of the tasks: number, text, leads ← supports."""
    return [f"{task.number} {task.text} {'、'.join(task.leads)} ← {'、'.join(task.supports)}".rstrip() for task in master.tasks]


def outline(master: Master) -> list[str]:
    """A flat list of the tasks with their headings."""
    return [f"{task.number} {task.section} / {task.subsection} / {task.text}" for task in master.tasks]


def unsure(master: Master) -> list[str]:
    """The doubts about tasks and units; the calendar's own are left out."""
    return [f"{doubt.where} {doubt.read}：{doubt.reason}" for doubt in master.doubts if not re.search("日程|暂按", doubt.reason)]
