"""Documents for the tests: drawn as text, a table between two rows of bars."""

from pathlib import Path
from textwrap import dedent

from toolkit.model.document import Document, Paragraph, Table, TableCell

ROOT = Path(__file__).resolve().parents[2]


def draw(text: str, name: str = "通知.txt") -> Document:
    """Make a document of drawn lines; a run of lines |a|b| is a table, \\n in a cell breaks its line."""
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
    return Table(
        tuple(tuple(TableCell(cell, f"{where}第{r}行第{c}列") for c, cell in enumerate([*row, *[""] * (width - len(row))], 1)) for r, row in enumerate(rows, 1)),
        where,
    )


def real() -> Document:
    """The 2023 notice, a paragraph a line."""
    text = (ROOT / "toolkit" / "data" / "notice_2023.txt").read_text(encoding="utf-8")
    return Document("notice_2023.txt", tuple(Paragraph(line, f"第{at}行") for at, line in enumerate(text.split("\n"), 1) if line.strip()))
