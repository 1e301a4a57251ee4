"""Every workbook and paper that we write is valid Open XML to the letter, for Excel and Word 2010 and for those of today (openxml-audit)."""

from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from tests.engines.test_engines import BOOKS
from tests.papers.drawn import TEMPLATE, drawn
from tests.papers.test_papers_out import PAPER
from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.documents.read_document import read_document
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import real_notice
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.intake.collect import collect
from toolkit.flows.office.rest_days import with_rest_days
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.documents import documents
from toolkit.notice.read_notice import read_notice

FORMATS = (FileFormat.OFFICE_2010, FileFormat.MICROSOFT_365)
# What only openpyxl writes (a master list that was touched, and form definitions, which the office edits), and why it stays.
OPENPYXL = {
    "inline-string cell(s)": "texts in the cells instead of a shared list: allowed by ECMA-376 18.18.11, Excel moves them when it saves",
    "Unexpected element 'b'": "order of a font's elements: Excel and WPS read any order",
    "Unexpected element 'color'": "the same",
    "Unexpected element 'sz'": "the same",
}


def faults(path: Path) -> list[str]:
    """Name what is not valid, in either format."""
    return [
        f"{form.name}: {fault.description} ({fault.part_uri})"
        for form in FORMATS
        for fault in OpenXmlValidator(file_format=form, max_errors=0).validate(str(path)).errors
    ]


@pytest.mark.parametrize("book", BOOKS)
def test_every_kind_of_workbook_is_valid(book: str, tmp_path: Path) -> None:
    """Forms, receipts and consolidated books, with whatever names stand in them."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(draw(BOOKS[book]()))

    assert [] == faults(path)


def test_every_paper_of_a_round_is_valid(tmp_path: Path) -> None:
    """A round's papers, receipts, forms and book, each as the office finds it in outbox."""
    space = small_workspace(tmp_path)
    issue(space)
    wrong = filled_row("任务3") | {("任务进展", "任务3", "累计进度"): "三成"}
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", space.inbox / "来件.xlsx", wrong)
    collect(space, progress=_quiet)
    consolidate(space, Q1)
    documents(space, Q1, yellow=True, progress=_quiet)
    written = [path for path in (space.root / "outbox").rglob("*") if path.suffix in {".xlsx", ".docx"}]

    assert {"发放", "退回", "汇总", "文书"} <= {path.relative_to(space.root / "outbox").parts[1] for path in written}
    assert [] == [(path.name, fault) for path in written for fault in faults(path)]


@pytest.mark.parametrize("make", [lambda: drawn(PAPER), TEMPLATE.read_bytes], ids=["hostile words", "the style template"])
def test_a_paper_is_valid(make: Callable[[], bytes], tmp_path: Path) -> None:
    """A paper with words of every kind, turned pages and tables; and the template that is shipped."""
    path = tmp_path / "paper.docx"
    path.write_bytes(make())

    assert [] == faults(path)


@pytest.mark.parametrize("token", ["", "00112233445566ff"], ids=["imported", "registered"])
def test_the_list_of_the_real_notice_is_valid(token: str, tmp_path: Path) -> None:
    """With its doubts and their links, its lines, its calendar; before it is registered and after."""
    path = tmp_path / "任务总表.xlsx"
    path.write_bytes(master_bytes(with_rest_days(read_notice(read_document(real_notice()), year=2023)), token=token))

    assert [] == faults(path)


@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATE.parent.glob("*.xlsx") if path.name != "任务总表.xlsx"))
def test_what_only_openpyxl_writes_is_listed_with_its_reason(name: str, tmp_path: Path) -> None:
    """The definitions that the office edits show nothing but what is named above."""
    path = Path(copy(TEMPLATE.parent / name, tmp_path))

    assert [] == [fault for fault in faults(path) if not any(known in fault for known in OPENPYXL)]


def _quiet(items: object, _: str) -> object:
    return items
