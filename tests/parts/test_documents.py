"""Our table in a Word file or a PDF with text is read like any other, for review; a scan is refused with a remedy, other documents as before."""

import io
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.office import convert, has_office
from tests.small import Q1, accepted, filled_row, header_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.verify import verify
from toolkit.flows.intake.collect import Collected, collect
from toolkit.model.findings import Code

TOWN, BUREAU = "东山镇", "云溪县工信局"
CELLS = {TOWN: filled_row("任务2", lead=False) | filled_row("任务3"), BUREAU: filled_row("任务1") | filled_row("任务2")}


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A small office that has issued its first quarter."""
    space = small_workspace(tmp_path / "space")
    issue(space)
    return space


def put(space: Workspace, document: object, unit: str, *, again: bool = False) -> None:
    """Write a unit's filled table with its title block into a Word document; `again` repeats the header in the middle."""
    target = space.root / "filled.xlsx"
    type_into(space.out(Q1, "发放") / f"{unit}_2023年第一季度进展.xlsx", target, CELLS[unit])
    draw(document, load_workbook(target)["任务进展"], again=again)


def draw(document: object, sheet: Worksheet, *, again: bool = False) -> None:
    """Write a filled table with its title block into a Word document."""
    top = header_row(sheet)
    for (value,) in sheet.iter_rows(max_row=top - 1, max_col=1, values_only=True):
        document.add_paragraph(str(value or ""))  # type: ignore[attr-defined]
    rows = [row for row in sheet.iter_rows(min_row=top, values_only=True) if row[0] == "编号" or str(row[0]).startswith("任务")]
    rows = [*rows[:2], rows[0], *rows[2:]] if again else rows
    table = document.add_table(0, len(rows[0]))  # type: ignore[attr-defined]
    table.style = "Table Grid"
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = "" if value is None else str(value)
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def written(document: object) -> bytes:
    """Give a document's bytes."""
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def run(space: Workspace) -> Collected:
    """Collect."""
    return collect(space, progress=lambda items, _: items)


def values(space: Workspace, name: str) -> dict[tuple[str, str], str]:
    """Give what the ledger holds of a file, by task and field."""
    return {(row.number, code): str(answer.value) for row in accepted(space)[name] for code, answer in row.answers.items()}


def test_a_word_file_with_our_table_is_read(space: Workspace) -> None:
    """A table typed into Word, its header repeated, goes in for review; each value has its table and row, and the original gives it again."""
    document = Document()
    put(space, document, TOWN, again=True)
    (space.inbox / "东山.docx").write_bytes(written(document))

    (arrival,) = run(space).arrivals

    assert (TOWN, "WITH_FINDINGS") == (arrival.unit, arrival.outcome.name)
    assert {Code.DOCUMENT_TABLE, Code.NO_SEAL} <= {finding.code for finding in arrival.findings}
    assert {"任务2": "推进中", "任务3": "推进中"} == {number: value for (number, code), value in values(space, "东山.docx").items() if code == "status"}
    assert ["表1!A2", "表1!A4"] == [f"{row.place.sheet}!{row.place.cell}" for row in accepted(space)["东山.docx"]]
    assert () == verify(space, Q1, progress=lambda items, _: items).differences


def test_several_units_in_one_word_file_are_parted(space: Workspace) -> None:
    """Each table goes to the unit that the text before it names."""
    document = Document()
    for unit in (TOWN, BUREAU):
        put(space, document, unit)
    (space.inbox / "两家.docx").write_bytes(written(document))

    done = run(space)

    assert [TOWN, BUREAU, ""] == [arrival.unit for arrival in done.arrivals]
    assert ["表1", "表2"] == [row.place.sheet for arrival in done.arrivals[:2] for row in accepted(space)[arrival.sent.name][:1]]
    assert {"任务1", "任务2"} == {number for number, _ in values(space, done.arrivals[1].sent.name)}


@pytest.mark.skipif(not has_office(), reason="LibreOffice makes the PDF")
def test_a_pdf_with_text_is_read(space: Workspace, tmp_path: Path) -> None:
    """The same table printed to a PDF goes in for review."""
    document = Document()
    put(space, document, TOWN)
    (tmp_path / "东山.docx").write_bytes(written(document))
    (space.inbox / "东山.pdf").write_bytes(convert(tmp_path / "东山.docx", "pdf", tmp_path).read_bytes())

    (arrival,) = run(space).arrivals

    held = values(space, "东山.pdf")
    assert (TOWN, "WITH_FINDINGS") == (arrival.unit, arrival.outcome.name)
    assert Code.DOCUMENT_TABLE in {finding.code for finding in arrival.findings}
    assert {"任务2": "推进中", "任务3": "推进中"} == {number: value for (number, code), value in held.items() if code == "status"}
    assert "30" == held["任务3", "progress"]
    assert "任务3完成立项和招标，进场施工。" == held["任务3", "done"].replace("\n", "")


def test_a_scan_is_refused_with_a_remedy(space: Workspace) -> None:
    """A PDF of pictures is refused, and says what to send; a document without our table is no workbook, as before."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (1240, 1754), 200).save(out, "PDF")
    (space.inbox / "扫描.pdf").write_bytes(out.getvalue())
    other = Document()
    other.add_paragraph("会议纪要")
    other.add_table(3, 3).cell(0, 0).text = "议题"
    (space.inbox / "纪要.docx").write_bytes(written(other))

    done = {arrival.sent.name: arrival for arrival in run(space).arrivals}

    assert {"扫描.pdf": "SCAN_ONLY", "纪要.docx": "NOT_WORKBOOK"} == {name: arrival.findings[0].code.name for name, arrival in done.items()}
    assert "Excel" in done["扫描.pdf"].findings[0].advice
    assert {"REFUSED"} == {arrival.outcome.name for arrival in done.values()}
