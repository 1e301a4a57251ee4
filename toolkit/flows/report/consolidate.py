"""consolidate: ledger → how the round stands → the consolidated workbook."""

from pathlib import Path
from typing import NamedTuple

from toolkit.assessment.assess import assess
from toolkit.edges.clock import now
from toolkit.edges.files import write_file
from toolkit.edges.inbox import digest_of
from toolkit.edges.ledger.decision_records import remember_book, remember_shown
from toolkit.edges.machine import long_work, one_piece
from toolkit.edges.reading.read_typed_rulings import is_open
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.board_out import write_board
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.closed.closed_files import BOARD, add_file, book_name, has_file, lay, outbox_of
from toolkit.flows.closed.closing_account import account
from toolkit.flows.intake.take_rulings import adjacent_path, is_read_back, read_back
from toolkit.flows.intake.write_receipts import write_receipts
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.period_standing import period_standing, quarters_of, year_standing
from toolkit.flows.report.analyse import year_tables
from toolkit.flows.report.climb_ladder import Ladder
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import Decided
from toolkit.model.findings import Finding
from toolkit.model.period import Period
from toolkit.model.standing import Assessment, Round
from toolkit.views.consolidated.consolidated_book import consolidated
from toolkit.views.leaders_board import leaders_board


class Consolidated(NamedTuple):
    """The workbook's path, what stands in it, faults of master list and forms, sentences about what was left."""

    path: Path
    round: Round
    assessment: Assessment
    findings: tuple[Finding, ...]
    left: tuple[str, ...]


class Drawn(NamedTuple):
    """The workbook's bytes, what stands in it, and the bytes of the leaders' board."""

    content: bytes
    round: Round
    assessment: Assessment
    board: bytes = b""


def consolidate(space: Workspace, period: Period) -> Consolidated:
    """Write the consolidated workbook of a period; the same ledger gives the same bytes. What the clerk typed into the last one is read first.

    Of a closed period it is what was closed, brought back where it was changed.
    """
    with long_work(), open_office(space, alone=True) as office:
        office.demand_sound()
        back = read_back(office)
        receipts = write_receipts(office, back.units)
        closed = office.drafts.holding(period)
        if closed is not None:
            if not has_file(office, closed, BOARD):  # closed by a program that had no board: made once, from what was frozen
                add_file(office, period, closed, BOARD, drawn(office, period).board)
            laid, book = lay(office, period, closed), standing_of_book(office, period)
            path, texts = laid.path, list(laid.sentences)
        else:
            book = drawn(office, period)
            path, texts = _write(office, period, book.content, book.round.decided)
            write_file(outbox_of(space, period) / BOARD, book.board)
        lost = filter(None, [office.lost_originals(period)])
        return Consolidated(path, book.round, book.assessment, office.faults, (*office.questions, *back.sentences, *receipts.left, *texts, *lost))


def standing_of_book(office: OfficeContext, period: Period) -> Drawn:
    """Give how a period stands, or stood when it was closed, without its workbook. Raises CommandError when nothing was issued."""
    office = office.of_book(period).at(period)
    standing = period_standing(office, period) if period.quarter or period.month else year_standing(office, period)
    return Drawn(b"", standing, assess(standing, office.rules()))


def drawn(office: OfficeContext, period: Period) -> Drawn:
    """Draw the consolidated workbook of a period from what the ledger holds; raises CommandError when nothing was issued."""
    with one_piece():
        office = office.of_book(period).at(period)
        _, standing, assessment, _ = standing_of_book(office, period)
        rules = office.rules()
        history = quarters_of(office, standing, rules)
        analysis = () if period.quarter or period.month else year_tables(office, period)
        closings, is_closed = account(office, period), office.frozen is not None and office.frozen.period == str(period)
        ladder = Ladder(office, standing).lines() if standing.steps else ()
        plan = consolidated(standing, rules, assessment, history, office.letters(), closings, analysis=analysis, ladder=ladder)
        name = book_name(period).rpartition("/")[2]
        page = leaders_board(standing, rules, assessment, history, closings.standings, book=name, is_closed=is_closed)
        return Drawn(draw(plan), standing, assessment, write_board(page))


def _write(office: OfficeContext, period: Period, content: bytes, decided: Decided) -> tuple[Path, list[str]]:
    """Write the workbook, beside the old one where that is open or could not be read back; gives the path and what there is to say."""
    path = outbox_of(office.space, period) / book_name(period)
    texts: list[str] = []
    if is_open(path) or not is_read_back(office, path) or not _replaced(path, content):
        texts.append(f"“{path.name}”正在别处打开或还没有读回，没有动它；新的汇总表写在旁边的“{adjacent_path(path).name}”。关闭它之后再运行一次即可。")
        path = adjacent_path(path)
        write_file(path, content)
    elif adjacent_path(path).exists() and is_read_back(office, adjacent_path(path)):
        adjacent_path(path).unlink()
    with office.ledger.writing() as connection:
        remember_shown(connection, decided, now())
        remember_book(connection, office.space.relative(path), digest_of(content))
    return path, texts


def _replaced(path: Path, content: bytes) -> bool:
    try:
        write_file(path, content)
    except CommandError:
        return False
    return True
