"""open and pdf: the consolidated workbook on the screen, and on paper."""

from pathlib import Path
from typing import NamedTuple

from toolkit.edges.excel_app import Shows, excel
from toolkit.edges.files import write_file
from toolkit.edges.office_program import OfficeFailed, convert, find_office
from toolkit.edges.open_file import open_file
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
    done = _fresh(space, period, app)
    if app is not None:
        app.show(done.path)
        return Shown(done.path, opened=True, left=done.left)
    return Shown(done.path, opened=open_file(done.path), left=done.left)


def make_pdf(space: Workspace, period: Period) -> Path:
    """Write the workbook anew and print it to PDF beside it, through Excel or LibreOffice; that of a closed period is made once and kept.

    Raises Trouble where there is neither program.
    """
    app = excel()
    done = _fresh(space, period, app)
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
    """Print a workbook to PDF. Raises Trouble where no program does."""
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


def _fresh(space: Workspace, period: Period, app: Shows | None) -> Consolidated:
    if app is not None:
        for path in (space.root / "outbox" / str(period) / "汇总").glob("*.xlsx"):
            app.let_go(path)
    return consolidate(space, period)
