"""Workbooks of a round are made from the first of their shape: each is what the ordinary writer would have written, byte for byte."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from tests.edges.any_book import books, others, sheets
from tests.office import convert
from tests.small import MASTER, Q1, issue, small_workspace
from toolkit.edges.workspace import open_workspace, real_notice
from toolkit.edges.writing.fast.workbook_cloning import WorkbookCloner
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.issue.generate import generate
from toolkit.flows.issue.import_notice import import_notice
from toolkit.flows.office.office_context import open_office
from toolkit.issuing.make_issue import make_issue
from toolkit.issuing.unit_rows import NOTHING_YET
from toolkit.model import seal
from toolkit.model.master import TASK, Master, Task, Unit
from toolkit.model.period import Period
from toolkit.model.sheet import BookPlan
from toolkit.views.form_table import Own
from toolkit.views.unit_form import unit_book


def written(drawn: Any, plan: BookPlan) -> bytes | str:
    """What a writer gives: the bytes, or the name of its refusal."""
    try:
        return bytes(drawn(plan))
    except (ValueError, TypeError, XlsxWriterException) as error:
        return type(error).__name__


def differing(plans: Sequence[BookPlan]) -> list[int]:
    """Which of a round's workbooks differ from the ordinary writer's."""
    alike = WorkbookCloner(draw)
    return [at for at, plan in enumerate(plans) if written(alike.draw, plan) != written(draw, plan)]


def notice_plans(folder: Path, period: Period) -> Iterator[BookPlan]:
    """The workbooks of every unit of the real notice."""
    space = open_workspace(folder)
    import_notice(space, real_notice(), 2023)
    with open_office(space) as office_context:
        form, due = office_context.form_of(period), office_context.deadline(period).due
        for unit in office_context.master.addressees():
            made = make_issue(form, office_context.master, unit, period=period, due=due, past=NOTHING_YET, key=office_context.key, number=1)
            yield unit_book(made, form, sealed=seal.close(made, office_context.key), office="区政府办公室")


@pytest.mark.parametrize("period", [Period(2023, 1), Period(2023)], ids=str)
def test_every_unit_of_the_notice_is_given_what_the_ordinary_writer_draws(tmp_path: Path, period: Period) -> None:
    """All 63 workbooks of a period equal the ordinary writer's in every byte, so in every cell, style, rule, lock, width and property."""
    plans = list(notice_plans(tmp_path, period))

    assert (63, []) == (len(plans), differing(plans))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_workbooks_of_any_shape_equal_the_ordinary_writers(data: st.DataObject) -> None:
    """Whatever stands in cells, rules and titles, and however long its areas are, a workbook equals the ordinary writer's, or is refused as that one does."""
    book = data.draw(books())
    more = [data.draw(others(book)) for _ in range(3)]
    other = replace(book, sheets=(data.draw(sheets("又一")),))

    assert [] == differing([book, *more, other, book])


def receipts(folder: Path) -> Iterator[BookPlan]:
    """A unit's form with its own values: clean, then with opinions and comments, then clean again with other values."""
    with open_office(small_workspace(folder)) as office_context:
        form = office_context.form_of(Q1)
        unit = next(unit for unit in office_context.master.units if unit.name == "云溪县工信局")
        made = make_issue(form, office_context.master, unit, period=Q1, due=None, past=NOTHING_YET, key=office_context.key, number=1)
        key = (form.main.sheet, "任务1", "done")
        for words, opinions in (("已开工。", None), ("已开工 ", {key: ["请写明数量。"]}), ("完成3公里。", None), ("完成5公里。", None), ("\x01", None)):
            yield unit_book(made, form, sealed="TASKSEAL1.x", own=Own({key: words, (*key[:2], "progress"): Decimal("45.5")}, opinions))


def test_receipts_equal_the_ordinary_writers(tmp_path: Path) -> None:
    """A unit's form with its own values, with and without the office's comments, equals what the ordinary writer draws."""
    assert [] == differing(list(receipts(tmp_path)))


@pytest.mark.parametrize(("period", "kinds"), [(Period(2023, 1), 2), (Period(2023), 1)], ids=str)
def test_xlsxwriter_draws_only_the_first_of_a_kind_and_a_proof(tmp_path: Path, period: Period, kinds: int) -> None:
    """All 63 workbooks are made from those of units with and without indicators and a proof of each; an xlsxwriter that writes in another way fails here."""
    drawn: list[str] = []

    def noted(plan: BookPlan) -> bytes:
        drawn.append(plan.title)
        return draw(plan)

    alike = WorkbookCloner(noted)
    for plan in notice_plans(tmp_path, period):
        alike.draw(plan)

    assert 2 * kinds == len(drawn)


def test_where_xlsxwriter_writes_in_another_way_it_draws_all_workbooks_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Held against another version of xlsxwriter, whose cells have other letters, the first copy is found to differ, and all are that version's own."""
    plans = list(notice_plans(tmp_path, Q1))[:12]
    usual = draw(plans[0])

    def other_letters(self: Worksheet, text: int, given: list[tuple[str, object]]) -> None:
        self.fh.write(f'<c t="s" r="{given[0][1]}" s="{given[1][1]}"><v>{text}</v></c>')

    monkeypatch.setattr(Worksheet, "_xml_string_element", other_letters)

    assert usual != draw(plans[0])
    assert [] == differing(plans)


def test_a_unit_issued_alone_is_given_the_same_file(tmp_path: Path) -> None:
    """A unit's workbook is the same whether it was made with the round or alone, and nothing counts as changed."""
    units = tuple(Unit(f"县第{number}局") for number in range(1, 6))
    tasks = tuple(Task(f"任务{at}", TASK, "一、重点", "", f"办好第{at}件实事。", (unit.name,), ()) for at, unit in enumerate(units, 1))
    space = small_workspace(tmp_path, Master(tasks, (), units, MASTER.calendar, title="某县任务"))
    before = {path.name: path.read_bytes() for path in issue(space).iterdir()}
    for unit in units:
        again = generate(space, Q1, only=(unit.name,), progress=lambda items, _: items)
        assert ((), (unit.name,)) == (again.issued, again.unchanged)

    assert 5 == len(before)
    assert before == {path.name: path.read_bytes() for path in again.folder.iterdir()}


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_a_workbook_made_from_another_opens_in_libreoffice(tmp_path: Path) -> None:
    """A workbook that xlsxwriter did not draw is a sound archive, and LibreOffice reads every text in it."""
    alike = WorkbookCloner(draw)
    plans = list(notice_plans(tmp_path / "space", Q1))[-4:]
    content = [alike.draw(plan) for plan in plans][-1]
    (tmp_path / "表.xlsx").write_bytes(content)
    converted = convert(tmp_path / "表.xlsx", "ods", tmp_path / "out")
    back = load_workbook(convert(converted, "xlsx", tmp_path / "back"))

    assert None is zipfile.ZipFile(io.BytesIO(content)).testzip()
    assert [sheet.name for sheet in plans[-1].sheets] == back.sheetnames
    shown = {str(cell.value) for row in back[plans[-1].sheets[1].name].iter_rows() for cell in row if cell.value is not None}
    assert {cell.value for cell in plans[-1].sheets[1].cells if isinstance(cell.value, str) and cell.value} <= shown
