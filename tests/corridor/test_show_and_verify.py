"""open, pdf and verify."""

import os
import shutil
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.cli.main import _run
from toolkit.edges import excel_app
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.verify import Verified, verify
from toolkit.flows.intake.collect import collect
from toolkit.flows.report import open_book as flow
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.command_error import CommandError

TOWN = filled_row("任务2", lead=False) | filled_row("任务3")


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    space = small_workspace(tmp_path)
    issue(space)
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", space.inbox / "来件.xlsx", TOWN)
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(space.inbox / "来件.xlsx", (moment, moment))
    collect(space, progress=lambda items, _: items)
    return space


class StandIn:
    """Behaves like the xlwings module, as far as its documentation says: apps with books, App, Book. A live Excel cannot exist here."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []
        self.standing = ("总览", "$A$1")
        self.books = SimpleNamespace(open=self._opened)
        self.app = SimpleNamespace(books=_Books(), visible=False, api=SimpleNamespace(ActiveWindow=SimpleNamespace(ScrollRow=12, ScrollColumn=3)))
        self.apps = _Apps(self)

    def _opened(self, path: str, **_: object) -> Any:
        book = self.book(path)
        self.done.append(("open", Path(path).name))
        return book

    def book(self, path: str) -> Any:
        said = self.done
        book = SimpleNamespace(fullname=path, app=self.app)
        book.save = lambda: said.append(("save", Path(path).name))
        book.close = lambda: (said.append(("close", Path(path).name)), self.app.books.remove(book) if book in self.app.books else None)
        book.activate = lambda *, steal_focus: said.append(("activate", str(steal_focus)))
        book.sheets = _Sheets(said, self.standing[0])
        book.selection = SimpleNamespace(address=self.standing[1])
        book.to_pdf = lambda target: Path(target).write_bytes(b"%PDF-1.7")
        return book


class _Books(list[Any]):
    """The open books, the last of them in front."""

    @property
    def active(self) -> Any:
        return self[-1]


class _Sheets:
    """The sheets of a book by name, with the active one; what is done to them is recorded."""

    def __init__(self, said: list[tuple[str, str]], active: str) -> None:
        self._said, self.active = said, SimpleNamespace(name=active)

    def __getitem__(self, name: str) -> Any:
        def chosen(cells: str) -> Any:
            return SimpleNamespace(select=lambda: self._said.append(("select", f"{name}!{cells}")))

        return SimpleNamespace(activate=lambda: self._said.append(("sheet", name)), range=chosen)


class _Apps(list[Any]):
    """The collection of running Excels, with the active one."""

    def __init__(self, owner: StandIn) -> None:
        super().__init__([owner.app])
        self.active = SimpleNamespace(books=SimpleNamespace(open=owner._opened))


def test_a_book_open_in_excel_is_saved_read_back_and_shown_again(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the clerk typed and had not saved comes to the ledger; the fresh workbook is opened with its overview in front."""
    path = consolidate(space, Q1).path
    excel = StandIn()
    book = excel.book(str(path))
    excel.app.books.append(book)

    def save() -> None:
        typed = load_workbook(path)
        typed["任务进展"]["U2"] = "红"
        typed.save(path)

    at = next(cell.column_letter for cell in load_workbook(path)["任务进展"][1] if cell.value == "认定灯")
    book.save = save
    monkeypatch.setattr(flow, "excel", lambda: excel_app.Excel(excel))

    done = flow.show(space, Q1)

    assert ("U", True, ()) == (at, done.opened, done.left)
    assert "红" == load_workbook(path)["任务进展"]["U2"].value
    assert [("close", path.name), ("open", path.name), ("activate", "True"), ("sheet", "总览"), ("select", "总览!$A$1")] == excel.done


def test_consolidating_puts_the_clerk_back_where_the_cursor_stood(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book open in Excel (a stand-in that records calls: no Excel runs here) is closed, written anew, opened on the same sheet, cell and rows in sight."""
    path = consolidate(space, Q1).path
    excel = StandIn()
    excel.standing = ("任务进展", "$U$40")
    excel.app.books.append(excel.book(str(path)))
    (path.parent / f"~${path.name}").write_bytes(b"")  # Excel's mark
    monkeypatch.setattr(flow, "excel", lambda: excel_app.Excel(excel))
    excel.apps.active.books.open = lambda name, **_: (path.parent / f"~${path.name}").unlink(missing_ok=True) or excel._opened(name)
    let_go = excel_app.Excel.let_go
    monkeypatch.setattr(
        excel_app.Excel, "let_go", lambda self, one: (let_go(self, one), (path.parent / f"~${path.name}").unlink(missing_ok=True))[0]
    )

    done = flow.refresh(space, Q1)

    assert done.path == path
    last = [("open", path.name), ("activate", "True"), ("sheet", "任务进展"), ("select", "任务进展!$U$40")]
    assert [("save", path.name), ("close", path.name), *last] == excel.done
    assert (12, 3) == (excel.app.api.ActiveWindow.ScrollRow, excel.app.api.ActiveWindow.ScrollColumn)


def test_a_pdf_comes_through_excel_where_there_is_one(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel prints the book and closes it again."""
    excel = StandIn()
    monkeypatch.setattr(flow, "excel", lambda: excel_app.Excel(excel))

    target = flow.make_pdf(space, Q1)

    assert (b"%PDF-1.7", ["open", "close"]) == (target.read_bytes(), [deed for deed, _ in excel.done])


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_a_pdf_comes_through_libreoffice(space: Workspace) -> None:
    """Without Excel LibreOffice prints the workbook; the PDF lies beside it."""
    if shutil.which("soffice") is None:
        pytest.fail("LibreOffice is missing: .ci/run installs it")

    target = flow.make_pdf(space, Q1)

    assert (b"%PDF", "汇总") == (target.read_bytes()[:4], target.parent.name)


def test_without_any_program_the_clerk_is_told_what_to_do(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """No screen: the path is said. No LibreOffice: the way to a PDF is said."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(flow, "find_office", lambda: None)

    assert not flow.show(space, Q1).opened
    with pytest.raises(CommandError, match="没有能生成 PDF 的程序"):
        flow.make_pdf(space, Q1)


@pytest.mark.excel
def test_a_live_excel_opens_and_prints(space: Workspace) -> None:
    """Where Excel runs: the workbook is opened, found open again, printed, and let go."""
    app = excel_app.excel()
    if app is None:
        pytest.skip("no Excel on this machine")
    path = consolidate(space, Q1).path
    target = path.with_suffix(".pdf")

    app.show(path)
    app.make_pdf(path, target)

    assert b"%PDF" == target.read_bytes()[:4]
    assert [True, False] == [app.let_go(path) is not None, app.let_go(path) is not None]


def check(space: Workspace) -> Verified:
    return verify(space, Q1, progress=lambda items, _: items)


def test_an_untouched_period_verifies_without_a_difference(space: Workspace) -> None:
    """Every value is compared with its original, and the workbook with one drawn anew: byte for byte the same."""
    path = consolidate(space, Q1).path

    done = check(space)

    assert (1, 6, (), (f"“{path.name}”与按台账重新生成的完全一致。",)) == (done.files, done.values, done.differences, done.books)


def test_what_was_tampered_with_is_found(space: Workspace) -> None:
    """A value changed in the ledger, an original that was changed, and one that is gone are each named; an edited workbook is called so."""
    import sqlite3

    path = consolidate(space, Q1).path
    with sqlite3.connect(space.records / "ledger.db") as ledger:
        ledger.execute("update answers set answers = replace(answers, '\"30\"', '\"80\"')")
    changed = check(space)
    original = next(one for one in space.returns.rglob("*.xlsx"))
    content = original.read_bytes()
    original.write_bytes(content + b"\0")
    altered = check(space)
    original.unlink()
    gone = check(space)
    path.write_bytes(path.read_bytes() + b"\0")

    assert [("来件.xlsx", "任务进展 K6（任务3）", "80", "30")] == [tuple(difference) for difference in changed.differences]
    assert "原件被改动过" == altered.differences[0].original
    assert "原件不见了" == gone.differences[0].original
    assert "在生成以后被编辑过" in check(space).books[0]


def test_a_period_that_was_never_issued_is_not_called_verified(space: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Verifying a quarter of which there is nothing ends with 1 and names those that were issued; the year of an issued quarter is one."""
    assert 1 == _run(["--workspace", str(space.root), "verify", "2023Q2"])
    said = capsys.readouterr()
    assert "2023年第二季度还没有发过表，没有可以核对的。" in said.out + said.err
    assert "发过表的有：2023Q1。" in said.out + said.err
    assert 0 == _run(["--workspace", str(space.root), "verify", "2023"])
