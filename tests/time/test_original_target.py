"""A target that was changed in mid-year: what it was stands beside what it is, in the form, the book and the bulletin."""

from pathlib import Path

from docx import Document
from openpyxl import load_workbook

from tests.clerk import add_row
from tests.small import Q1, issue, small_workspace
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.documents import documents
from toolkit.model.period import Period

Q2 = Period(2023, 2)


def texts(path: Path) -> str:
    """Give every text of a workbook."""
    return "\n".join(str(cell.value) for sheet in load_workbook(path).worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_what_it_was_stands_beside_what_it_is(tmp_path: Path) -> None:
    """From the quarter of the change on; the quarter before has the old target and no word of another."""
    space = small_workspace(tmp_path)
    issue(space)
    before = consolidate(space, Q1).path.read_bytes()
    add_row(space.master, 编号="任务1", 事项="目标值", 现="60", 自期间="2023Q2", 文号="某政发〔2023〕6号", 理由="上级调减")
    folder = issue(space, Q2)
    book = load_workbook(consolidate(space, Q2).path)["量化指标"]

    assert before == consolidate(space, Q1).path.read_bytes()
    told = "任务1的目标值（新建标准厂房）原为“80”，自 2023Q2 起为“60”（某政发〔2023〕6号）。"
    assert told in texts(folder / "云溪县工信局_2023年第二季度进展.xlsx")
    assert told not in texts(folder / "东山镇_2023年第二季度进展.xlsx")
    row = dict(zip((cell.value for cell in book[1]), (cell.value for cell in book[2]), strict=True))
    assert (60, 80, "自 2023Q2 起，某政发〔2023〕6号，上级调减", "来源") == (row["目标值"], row["原目标"], row["调整依据"], book[1][-1].value)
    paper = next(path for path in documents(space, Q2, yellow=False, progress=lambda items, _: items).folder.iterdir() if "通报" in path.name)
    said = Document(str(paper))
    words = [paragraph.text for paragraph in said.paragraphs] + [cell.text for table in said.tables for row in table.rows for cell in row.cells]
    assert any("60万平方米（原目标80万平方米）" in text for text in words)
