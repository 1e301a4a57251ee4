"""open and pdf: the consolidated workbook on the screen, and on paper."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.excel_app import Cursor, Shows, excel
from toolkit.edges.files import write_file
from toolkit.edges.office_program import OfficeFailed, convert, find_office
from toolkit.edges.open_file import open_file
from toolkit.edges.reading.read_typed_rulings import is_open
from toolkit.edges.workspace import Workspace
from toolkit.flows.closed.closed_files import add_file, has_file, lay, pdf_name
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import Consolidated, consolidate
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period


class Shown(NamedTuple):
    """The workbook, whether a program was found to open it, and what there is to say."""

    path: Path
    opened: bool
    left: tuple[str, ...]


def show(space: Workspace, period: Period) -> Shown:
    """Write the workbook anew and open it; one that is open in Excel is saved first, read back, and shown again in its new state."""
    app = excel()
    done, cursors = _fresh(space, period, app)
    if app is not None:
        app.show(done.path, cursors.get(done.path))
        return Shown(done.path, opened=True, left=done.left)
    return Shown(done.path, opened=open_file(done.path), left=done.left)


def make_pdf(space: Workspace, period: Period) -> Path:
    """Write the workbook anew and print it to PDF beside it, through Excel or LibreOffice; that of a closed period is made once and kept.

    Raises CommandError where there is neither program.
    """
    app = excel()
    done, cursors = _fresh(space, period, app)
    _reopen(app, cursors)
    target = done.path.with_suffix(".pdf")
    with open_office(space) as office:
        closed = office.drafts.holding(period)
        is_kept = closed is not None and has_file(office, closed, pdf_name(period))
    if not is_kept:
        _print(done.path, target, app)
    if closed is None or target.name != pdf_name(period).rpartition("/")[2]:  # open, or written beside a book that is open elsewhere
        return target
    with open_office(space, alone=True) as office:
        if not has_file(office, closed, pdf_name(period)):
            add_file(office, period, closed, pdf_name(period), target.read_bytes())
        lay(office, period, closed)
    return target


def _print(book: Path, target: Path, app: Shows | None) -> None:
    """Print a workbook to PDF. Raises CommandError where no program does."""
    if app is not None:
        app.make_pdf(book, target)
        return
    program = find_office()
    if program is None:
        raise CommandError("这台机器上没有能生成 PDF 的程序。", f"请安装 LibreOffice，或用 WPS、Excel 打开“{book.name}”，另存为 PDF。")
    try:
        write_file(target, convert(program, book.read_bytes(), suffix=".xlsx", to="pdf"))
    except OfficeFailed as failed:
        raise CommandError(f"生成 PDF 没有成功：LibreOffice {failed}。", "请关闭其他 LibreOffice 窗口，再运行一次。") from failed


def refresh(space: Workspace, period: Period, listed: str = "") -> Consolidated:
    """Write the workbook anew; one that the clerk has open in Excel is saved and closed first, read back, and opened again where the clerk stood.

    Excel is only asked where a program has left its mark that it holds the workbook.
    """
    app = excel() if any(map(is_open, _books(space, period))) else None
    done, cursors = _fresh(space, period, app, listed)
    _reopen(app, cursors)
    return done


def _fresh(space: Workspace, period: Period, app: Shows | None, listed: str = "") -> tuple[Consolidated, dict[Path, Cursor]]:
    """Write the workbook anew; gives also where the clerk stood in each that Excel had open and let go."""
    found = ((path, app.let_go(path)) for path in _books(space, period)) if app is not None else ()
    cursors = {path: cursor for path, cursor in found if cursor is not None}
    try:
        return consolidate(space, period, listed), cursors
    except BaseException:
        _reopen(app, cursors)  # whatever went wrong, the clerk has the book again
        raise


def _reopen(app: Shows | None, cursors: Mapping[Path, Cursor]) -> None:
    for path, cursor in cursors.items():
        if app is not None:
            app.show(path, cursor)


def _books(space: Workspace, period: Period) -> list[Path]:
    folder = space.root / "outbox" / str(period) / "汇总"
    return [path for path in sorted(folder.glob("*.xlsx")) if not path.name.startswith(("~$", "."))]
