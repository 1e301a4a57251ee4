"""consolidate: ledger → how the round stands → the consolidated workbook."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
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
from toolkit.flows.closed.closed_files import BOARD, add_file, book_name, has_file, lay, list_book_name, outbox_of
from toolkit.flows.closed.closing_account import account
from toolkit.flows.intake.take_rulings import adjacent_path, is_read_back, read_back
from toolkit.flows.intake.write_receipts import write_receipts
from toolkit.flows.office.faults_told import faults_in
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.office_words import words_of
from toolkit.flows.office.period_standing import period_standing, quarters_of, year_standing
from toolkit.flows.report.analyse import year_tables
from toolkit.flows.report.climb_ladder import Ladder
from toolkit.merging.list_part import list_part, quarter_part
from toolkit.model.closing import ClosingAccount
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import Decided
from toolkit.model.findings import Finding
from toolkit.model.ladder import LadderLine
from toolkit.model.master import MAIN_LIST
from toolkit.model.period import Period
from toolkit.model.rules import Rules
from toolkit.model.standing import Assessment, Quarter, Round
from toolkit.views.consolidated.consolidated_book import consolidated
from toolkit.views.kept_texts import texts_of_round
from toolkit.views.leaders_board import leaders_board
from toolkit.views.shown_book import book_in


class Consolidated(NamedTuple):
    """The workbook's path, what stands in it, faults of master list and forms, sentences about what was left; each list's own where there are several."""

    path: Path
    round: Round
    assessment: Assessment
    findings: tuple[Finding, ...]
    left: tuple[str, ...]
    lists: tuple[tuple[str, Path], ...] = ()


class Drawn(NamedTuple):
    """The workbook's bytes, what stands in it, the bytes of the leaders' board, and each list's own workbook by its path below outbox/PERIOD."""

    content: bytes
    round: Round
    assessment: Assessment
    board: bytes = b""
    lists: Mapping[str, bytes] = MappingProxyType({})


def consolidate(space: Workspace, period: Period, listed: str = "") -> Consolidated:
    """Write the consolidated workbook of a period, and one of each list where several live side by side; `listed` asks for that list's only.

    The same ledger gives the same bytes. What the clerk typed into the last one is read first. Of a closed period it is what was closed, brought back
    where it was changed. Raises CommandError for a list that there is none of.
    """
    with long_work(), open_office(space, alone=True) as office:
        office.demand_sound(period)
        only = list_meant(office, period, listed)
        back = read_back(office)
        receipts = write_receipts(office, back.units)
        closed = office.drafts.holding(period)
        if closed is not None:
            if not has_file(office, closed, BOARD):  # closed by a program that had no board: made once, from what was frozen
                add_file(office, period, closed, BOARD, drawn(office, period).board)
            laid, book = lay(office, period, closed), standing_of_book(office, period)
            path, texts = laid.path, list(laid.sentences)
        else:
            book = drawn(office, period, only)
            path, texts = _write(office, period, book, "" if only is None else list_book_name(period, only))
        lost = filter(None, [office.lost_originals(period)])
        lists = _list_books(office, period)
        said = (*office.questions, *back.sentences, *receipts.left, *texts, *lost)
        written = dict(lists).get(only or MAIN_LIST, path) if only is not None else path
        return Consolidated(written, book.round, book.assessment, faults_in(office, [period]), said, lists)


def _list_books(office: OfficeContext, period: Period) -> tuple[tuple[str, Path], ...]:
    """Give the workbooks of lists that lie there, by the lists' names."""
    names = office.of_book(period).at(period).master.lists()
    found = ((name or MAIN_LIST, outbox_of(office.space, period) / list_book_name(period, name)) for name in names)
    return tuple((name, path) for name, path in found if path.exists())


def list_meant(office: OfficeContext, period: Period, listed: str) -> str | None:
    """Give the list that a clerk names, '' for the one without a name, None where none is named. Raises CommandError for one that there is none of."""
    if not listed:
        return None
    names = office.of_book(period).at(period).master.lists()
    shown = {name or MAIN_LIST: name for name in names}
    found = [name for name in shown if name == listed] or [name for name in shown if listed in name]
    if len(found) != 1:
        raise CommandError(f"{period.label}没有“{listed}”这份清单。", f"有：{'、'.join(shown)}。" if shown else "这一年只有一份清单，不用写 --list。")
    return shown[found[0]]


def standing_of_book(office: OfficeContext, period: Period) -> Drawn:
    """Give how a period stands, or stood when it was closed, without its workbook. Raises CommandError when nothing was issued."""
    office = office.of_book(period).at(period)
    standing = period_standing(office, period) if period.is_part else year_standing(office, period)
    return Drawn(b"", standing, assess(standing, office.rules()))


def drawn(office: OfficeContext, period: Period, only: str | None = None) -> Drawn:
    """Draw the consolidated workbook of a period from what the ledger holds, with that of each list where there are several; `only` one list's.

    Raises CommandError when nothing was issued.
    """
    with one_piece():
        office = office.of_book(period).at(period)
        standing, assessment = standing_of_book(office, period)[1:3]
        rules = office.rules()
        history = quarters_of(office, standing, rules)
        analysis = () if period.is_part else year_tables(office, period)
        closings, is_closed = account(office, period), office.frozen is not None and office.frozen.period == str(period)
        ladder = Ladder(office, standing).lines() if standing.steps else ()
        lists = {
            list_book_name(period, name): _drawn_list(office, list_part(standing, name), rules, history, closings, ladder)
            for name in (standing.master.lists() if only is None else (only,))
        }
        if only is not None:
            return Drawn(b"", standing, assessment, lists=lists)
        plan = consolidated(standing, rules, assessment, history, office.letters(), closings, analysis=analysis, ladder=ladder)
        words = words_of(office, standing.form).keeping(texts_of_round(standing))
        plan = book_in(plan, words)
        name = book_name(period).rpartition("/")[2]
        page = leaders_board(standing, rules, assessment, history, closings.standings, book=name, is_closed=is_closed)
        return Drawn(draw(plan), standing, assessment, write_board(page, words), lists)


def _drawn_list(
    office: OfficeContext, part: Round, rules: Rules, history: Sequence[Quarter], closings: ClosingAccount, ladder: Sequence[LadderLine]
) -> bytes:
    """Draw the workbook of one list; of the ladder's lines those on its tasks."""
    numbers = {task.number for task in part.master.tasks}
    letters = [letter for letter in office.letters() if letter.task in numbers]
    later = tuple(correction for correction in closings.corrections if correction.number in numbers)
    account = ClosingAccount(closings.standings, (), later)
    lines = [line for line in ladder if line.step in part.steps]
    before = [quarter_part(quarter, part) for quarter in history]
    plan = consolidated(part, rules, assess(part, rules), before, letters, account, ladder=lines)
    return draw(book_in(plan, words_of(office, part.form).keeping(texts_of_round(part))))


def _write(office: OfficeContext, period: Period, book: Drawn, only: str) -> tuple[Path, list[str]]:
    """Write the workbooks, `only` the one of that name; gives the path of the period's own, or of that one, and what there is to say."""
    texts: list[str] = []
    path = outbox_of(office.space, period) / book_name(period)
    if not only:
        path = write_one(office, path, book.content, book.round.decided, texts)
        write_file(outbox_of(office.space, period) / BOARD, book.board)
    for name, content in book.lists.items():
        laid = write_one(office, outbox_of(office.space, period) / name, content, book.round.decided, texts)
        path = laid if name == only else path
    return path, texts


def write_one(office: OfficeContext, path: Path, content: bytes, decided: Decided, texts: list[str]) -> Path:
    """Write one workbook with the clerk's rulings (`decided`: what it shows of them), beside the old one where that is open or could not be read back.

    Gives its path, and adds to `texts` what there is to say.
    """
    if is_open(path) or not is_read_back(office, path) or not _replaced(path, content):
        texts.append(f"“{path.name}”正在别处打开或还没有读回，没有动它；新的汇总表写在旁边的“{adjacent_path(path).name}”。关闭它之后再运行一次即可。")
        path = adjacent_path(path)
        write_file(path, content)
    elif adjacent_path(path).exists() and is_read_back(office, adjacent_path(path)):
        adjacent_path(path).unlink()
    with office.ledger.writing() as connection:
        remember_shown(connection, decided, now())
        remember_book(connection, office.space.relative(path), digest_of(content))
    return path


def _replaced(path: Path, content: bytes) -> bool:
    try:
        write_file(path, content)
    except CommandError:
        return False
    return True
