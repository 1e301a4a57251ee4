"""verify of a closed period: bytes against digests, and every value computed anew from what was frozen."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.time.small_year import Q1, TOWN, book, close, lay, quietly, take_in, two_reported, type_ruling
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.verify import Verified
from toolkit.flows.closing.verify import verify as run
from toolkit.flows.closing.verify_closed import cells_differ
from toolkit.flows.report.open_book import make_pdf
from toolkit.flows.report.status import status
from toolkit.flows.upkeep.doctor import doctor
from toolkit.flows.upkeep.menu import menu

AFTER, LATER = date(2023, 4, 5), date(2023, 5, 20)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A first quarter that was closed, after which a correction and a ruling came."""
    space = two_reported(tmp_path)
    close(space, Q1, AFTER)
    lay(space, Q1, TOWN, progress=35, on=date(2023, 4, 20), name="更正.xlsx")
    take_in(space, LATER)
    type_ruling(space, Q1, "任务3", "红", "现场核实")
    book(space, Q1, LATER)
    return space


def verify(space: Workspace) -> Verified:
    """Verify the first quarter."""
    with held(LATER):
        return run(space, Q1, progress=quietly)  # type: ignore[arg-type]


def test_what_came_later_makes_no_difference(space: Workspace) -> None:
    """The originals that were frozen are read, and the book computed anew is byte for byte the closed one; the late return is none of it."""
    done = verify(space)

    assert (2, ()) == (done.files, done.differences)
    assert ["按定稿时的原件、总表、规则和认定重新计算，与定稿逐字节一致" in said for said in done.books] == [True]


def test_a_changed_file_and_a_changed_ledger_are_named(space: Workspace) -> None:
    """The book changed on the disk, a value changed in the ledger behind the program's back: each is a difference, the value with its cell in the book."""
    path = space.out(Q1, "汇总") / f"{Q1.label}目标任务进展汇总.xlsx"
    content = path.read_bytes()
    path.write_bytes(content + b"\0")
    assert [path.name] == [difference.file for difference in verify(space).differences]
    path.unlink()
    assert ["文件不见了"] == [difference.original[:5] for difference in verify(space).differences]
    path.write_bytes(content)
    with sqlite3.connect(space.records / "ledger.db") as ledger:
        ledger.execute("update answers set answers = replace(answers, '\"20\"', '\"80\"')")
    ledger.close()

    found = verify(space).differences
    assert ("任务进展", "20", "80") in [(one.where.split()[0], one.ledger, one.original) for one in found if one.file == path.name]
    assert [("80", "20")] * 3 == [(one.ledger, one.original) for one in found if one.file != path.name]


def test_closed_bytes_that_were_changed_in_the_ledger_are_named(space: Workspace) -> None:
    """The closed workbook itself, changed where it is kept, is said to be damaged."""
    with sqlite3.connect(space.records / "ledger.db") as ledger:
        ledger.execute("update blobs set content = x'00' where digest in (select digest from closed_files where name like '汇总/%')")
    ledger.close()

    assert ["台账里的定稿"] * 2 == [difference.where for difference in verify(space).differences]  # the workbook and the leaders' board beside it


def test_how_a_newer_program_words_itself_is_no_difference() -> None:
    """A letter's number without 第 and other words of advice are the same book; an advice that is gone, and any other cell, is named."""
    findings = {"K1": "建议", "K2": "请填写数字。", "K3": "请核对。", "H2": "甲"}
    old = {("督办台账", "A2"): "〔2023〕第1号", **{("问题清单", cell): text for cell, text in findings.items()}}
    new = {("督办台账", "A2"): "〔2023〕1号", ("问题清单", "K1"): "建议", ("问题清单", "K2"): "请填写（数字）。"}
    new |= {("问题清单", "H2"): "乙", ("新表", "A1"): "甲"}

    assert ["问题清单 K3", "问题清单 H2"] == [difference.where for difference in cells_differ(old, new, "汇总.xlsx")]


def test_status_and_menu_say_what_is_closed(space: Workspace) -> None:
    """Status names every period's state and what came after; the menu opens the closed book and offers no reminder."""
    with held(LATER):
        found, choices = status(space, Q1), menu(space)

    assert found is not None
    assert ("已定稿（第 1 稿，2023-04-05）", "未发放") == (found.state, next(period["words"] for period in found.periods if period["period"] == "2023Q2"))
    assert (4, 0) == (found.corrections, found.open_matters)
    assert "2023年第一季度，已定稿（第 1 稿，2023-04-05）：" in choices.standing
    commands = [" ".join(choice.command) for choice in choices.choices]
    assert "open 2023Q1" in commands
    assert ["2023Q1 第 1 稿，占台账 0." in one.seen for one in doctor(space) if one.thing == "定稿"] == [True]
    assert not {"remind 2023Q1", "documents 2023Q1", "close 2023Q1"} & set(commands)


def test_the_pdf_of_a_closed_book_is_made_once(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Printed once, it is the same bytes for ever, whatever the program that prints does the next time."""
    made = []

    def convert(_program: object, _content: bytes, **_: object) -> bytes:
        made.append(1)
        return b"%PDF-1.7 " + str(len(made)).encode()

    monkeypatch.setattr("toolkit.flows.report.open_book.excel", lambda: None)
    monkeypatch.setattr("toolkit.flows.report.open_book.find_office", lambda: "soffice")
    monkeypatch.setattr("toolkit.flows.report.open_book.convert", convert)
    with held(LATER):
        first = make_pdf(space, Q1).read_bytes()
        make_pdf(space, Q1).unlink()
        again = make_pdf(space, Q1).read_bytes()

    assert (b"%PDF-1.7 1", b"%PDF-1.7 1", 1) == (first, again, len(made))
