"""A form typed into Word: what stands beside its cells is named at them, and a cell merged over several rows is no answer of each in silence."""

import io

from docx import Document

from tests.intake.draw import CLEAN, FORM, ISSUE, drawn
from toolkit.edges.reading.read_workbooks import read_grid
from toolkit.intake.read_answers import read_rows
from toolkit.model.returns import Grid


def as_word(change: str = "") -> bytes:
    """Type the clean return's tasks into a Word table; 批注 puts a comment at 31, 别处 one at the line above, 合并 merges two cells of 存在问题."""
    document = Document()
    above = document.add_paragraph("2023年第一季度")
    lines = drawn(CLEAN).sheets[0].rows[2:7]
    table = document.add_table(len(lines), len(lines[0]))
    for at, line in enumerate(lines):
        for column, value in enumerate(line):
            table.cell(at, column).text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    if change in {"批注", "别处"}:
        document.add_comment((table.cell(1, 5).paragraphs[0] if change == "批注" else above).runs, text="更正为35", author="某某")
    elif change:
        table.cell(1, 7).merge(table.cell(2, 7))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def said(grid: Grid) -> list[tuple[str, str, str]]:
    """Give the findings of a file: cell, code, words."""
    return [(finding.place.cell, finding.code.name, finding.facts.get("words", "")) for finding in grid.findings if finding.code.name != "DOCUMENT_TABLE"]


def test_a_comment_on_a_cell_is_named_at_it() -> None:
    """What a comment says of a number is not lost: it is named at the cell, and elsewhere for the file."""
    assert [("F2", "BESIDE", "更正为35")] == said(read_grid(as_word("批注"), "来件.docx"))
    assert [("", "COMMENTS", "")] == said(read_grid(as_word("别处"), "来件.docx"))
    assert [] == said(read_grid(as_word(), "来件.docx"))


def test_a_cell_over_two_rows_is_said_to_hold_for_both() -> None:
    """Two rows with one merged cell are asked about, as they are in a workbook: an amount would count twice."""
    found = {}
    for change in ("", "合并"):
        grid = read_grid(as_word(change), "来件.docx")
        rows, findings = read_rows(grid, ISSUE, FORM)
        found[change] = [row.value("problem") for row in rows[:2]], [one.place.cell for one in findings if one.code.name == "MERGED_DOWN"]

    assert {"": (["用地紧张", None], []), "合并": (["用地紧张", "用地紧张"], ["H2"])} == found
