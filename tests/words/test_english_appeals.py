"""Appeals in an English office: form, workbook of rulings and answer are English, and what is typed into them in English is taken."""

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.time.small_year import close, quietly, sent_on, take_in
from tests.words.english_office import CHINESE, HOUSING, Q1, english_workspace, issue_english, report
from tests.words.test_english_round import NAMES, _texts_of, _texts_of_paper
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.appeals_held import appeals_now
from toolkit.flows.office.office_context import open_office
from toolkit.flows.page.registers import registers
from toolkit.flows.report import scorecards

OPINION, WHY = "The error was corrected in time.", "Our mail server was down."


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The office's first quarter, closed and scored; Housing appeals against its first deduction, by hand in the English form."""
    monkeypatch.setattr(scorecards, "find_office", lambda: None)
    space = english_workspace(tmp_path / "office")
    with held(date(2023, 3, 20)):
        report(space, issue_english(space))
    take_in(space, date(2023, 3, 28))
    close(space, Q1, date(2023, 4, 5))
    write(space, date(2023, 4, 6))
    form = space.out(Q1, "成绩") / f"申诉表_{HOUSING}.xlsx"
    book = load_workbook(form)
    sheet = book["Appeal"]
    header = next(row[0].row or 0 for row in sheet.iter_rows(max_row=15) if row[0].value == "No.")
    at = {str(cell.value): cell.column or 0 for cell in sheet[header]}
    for title, value in (("Appeal", OPINION), ("Reason", WHY)):
        sheet.cell(header + 1, at[title]).value = value  # type: ignore[assignment]
    book.save(space.inbox / "appeal.xlsx")
    sent_on(space.inbox / "appeal.xlsx", date(2023, 4, 10))
    take_in(space, date(2023, 4, 10))
    return space


def write(space: Workspace, day: date) -> scorecards.Scorecards:
    """Write scorecards on a day."""
    with held(day):
        return scorecards.scorecards(space, Q1, only=(), progress=quietly)  # type: ignore[arg-type]


def chinese(path: Path) -> list[str]:
    """Give the texts of a book or paper that are not English."""
    texts = _texts_of(path) if path.suffix == ".xlsx" else _texts_of_paper(path)
    return [text for text in texts if CHINESE.search(NAMES.sub("", text))]


def test_form_and_rulings(space: Workspace) -> None:
    """
    The form that was issued, what it was read as, and the workbook of rulings; the page lists the appeal.
    """
    write(space, date(2023, 4, 11))
    book = next(space.out(Q1, "汇总").glob("*成绩申诉处理.xlsx"))
    forms = sorted(space.out(Q1, "成绩").glob("申诉表_*.xlsx"))
    with open_office(space) as office:
        said = appeals_now(office, Q1).appeals

    assert [(HOUSING, OPINION, WHY)] == [(appeal.unit, appeal.opinion, appeal.why) for appeal in said]
    assert not CHINESE.search(said[0].item)
    assert forms
    assert [] == [(path.name, text) for path in (*forms, book) for text in chinese(path)]
    assert [HOUSING] == [line.unit for line in registers(space, Q1).lines if line.sheet == "申诉"]


def test_a_ruling_typed_in_english_is_answered_in_english(space: Workspace) -> None:
    """
    Action, points and reason typed into the English workbook hold; the answer to the unit has no Chinese in it.
    """
    write(space, date(2023, 4, 11))
    path = next(space.out(Q1, "汇总").glob("*成绩申诉处理.xlsx"))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    at = {str(cell.value): cell.column or 0 for cell in sheet[1]}
    for title, value in (("Action", "Upheld"), ("Points returned", 1), ("Note on action", "Half of it holds.")):
        sheet.cell(2, at[title]).value = value  # type: ignore[assignment]
    book.save(path)
    done = write(space, date(2023, 4, 12))
    answer = space.out(Q1, "成绩") / f"申诉答复_{HOUSING}.docx"
    cells = [cell.text for cell in Document(str(answer)).tables[0].rows[1].cells]

    assert (HOUSING,) == tuple(done.answers)
    assert [] == chinese(answer)
    assert cells[2:] == [OPINION, "Upheld", "1", "Half of it holds."]
