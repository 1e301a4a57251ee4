"""scorecards: how a period stands → one page a unit as workbook and PDF, with it the form to appeal; what became of appeals."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.edges.excel_app import excel
from toolkit.edges.files import write_file
from toolkit.edges.ledger.scorecard_records import remember_written
from toolkit.edges.machine import long_work
from toolkit.edges.office_program import OfficeFailed, convert_all, find_office
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.intake.take_rulings import read_back
from toolkit.flows.intake.write_receipts import write_receipts
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.office_words import words_of
from toolkit.flows.report.appeal_papers import issue_appeal_form, with_appeals, write_answers, write_appeals_book
from toolkit.flows.report.consolidate import standing_of_book
from toolkit.flows.report.scorecard_facts import scorecards_of
from toolkit.issuing.file_names import safe
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period
from toolkit.model.scorecard import CARD, FOLDER, Scorecard
from toolkit.views.consolidated.book_styles import book_looks
from toolkit.views.scorecard_page import scorecard_book
from toolkit.views.shown_book import book_in

_TOGETHER = 16  # workbooks that one run of LibreOffice prints
DRAFT = "（草稿）"
Progress = Callable[[Sequence[Any], str], Iterable[Any]]


class Scorecards(NamedTuple):
    """The folder, the units that have a scorecard, how many books and PDFs were written anew, the units that were given a form to appeal or an answer.

    `is_draft`: the period is open. `left` are sentences about what could not be done, or waits for the clerk; `notes` are about what is only so.
    """

    folder: Path
    units: tuple[str, ...]
    books: int
    papers: int
    forms: tuple[str, ...]
    answers: tuple[str, ...]
    is_draft: bool
    left: tuple[str, ...]
    notes: tuple[str, ...]


def scorecards(space: Workspace, period: Period, *, only: Sequence[str], progress: Progress) -> Scorecards:
    """Write the scorecards of a period, of all units or some; of a closed one also the forms to appeal, and the answers. The clerk's rulings are read first.

    The same ledger gives the same workbooks; what has not changed is left as it lies. Raises CommandError when nothing was issued, or for an unknown unit.
    """
    with long_work(), open_office(space, alone=True) as office:
        office.demand_sound(period)
        back = read_back(office)
        receipts = write_receipts(office, back.units)
        closed, book = office.drafts.holding(period), standing_of_book(office, period)
        if not book.round.is_scored:
            raise CommandError(f"{period.label}这张表不计分，没有成绩单。", "要计分的，请在表单定义里把“计分”改为“是”。")
        cards = _chosen(office, period, list(scorecards_of(office, period, book, closed)), only)
        folder = office.space.out(period, FOLDER)
        changed = _books(office, cards, folder, progress)
        papers, notes = _print(cards, folder, progress)
        if closed:
            remember_written(office.ledger, closed, [card.unit for card in cards])
            notes += [] if only else _without_score(folder, cards)
        forms = tuple(card.unit for card in cards if closed and issue_appeal_form(office, card))
        state = with_appeals(office, book.round) if closed else book.round
        units = [unit.unit for unit in state.units] if not only else [card.unit for card in cards]
        answers = write_answers(office, state, units, book.round.decided) if state.appeals else []
        said = write_appeals_book(office, state) if closed and state.appeals else []
        left = (*office.questions, *back.sentences, *receipts.left, *said)
        done = tuple(card.unit for card in cards)
        return Scorecards(folder, done, len(changed), papers, forms, tuple(answers), closed is None, left, tuple(notes))


def card_path(folder: Path, unit: str, *, is_draft: bool = False) -> Path:
    """Name a unit's scorecard: 成绩/成绩单_区商务局.xlsx; before the closing 成绩单（草稿）_区商务局.xlsx."""
    return folder / f"{CARD}{DRAFT if is_draft else ''}_{safe(unit)}.xlsx"


def _chosen(office: OfficeContext, period: Period, cards: list[Scorecard], only: Sequence[str]) -> list[Scorecard]:
    """Pick the scorecards of some units, by any of their names. Raises CommandError for one that has none."""
    if not only:
        return cards
    here = office.of_book(period).at(period)
    names = {name: here.called(office.called(name)) for name in only}
    scored = {card.unit for card in cards}
    unknown = [name for name, unit in names.items() if unit not in scored]
    if unknown:
        raise CommandError(f"{period.label}没有“{'、'.join(unknown)}”的成绩。", "请核对名称；没有任务、没有发表的单位没有成绩。")
    return [card for card in cards if card.unit in names.values()]


def _books(office: OfficeContext, cards: Sequence[Scorecard], folder: Path, progress: Progress) -> list[Scorecard]:
    """Write the workbooks that are new or have changed; gives their scorecards. Drafts of what is closed by now go."""
    changed = []
    for card in progress(cards, "写成绩单"):
        here = office.of_book(card.period).at(card.period)
        rules = here.rules()
        form = here.form_of(card.period)
        plan = scorecard_book(card, rules, book_looks(rules, form))
        content = draw(book_in(plan, words_of(here, form).keeping({card.unit, *card.texts.values()})))
        path = card_path(folder, card.unit, is_draft=card.is_draft)
        if not path.exists() or path.read_bytes() != content:
            path.with_suffix(".pdf").unlink(missing_ok=True)  # never an old page beside a new book
            write_file(path, content)
            changed.append(card)
        if not card.is_draft:
            for suffix in (".xlsx", ".pdf"):
                card_path(folder, card.unit, is_draft=True).with_suffix(suffix).unlink(missing_ok=True)
    return changed


def _without_score(folder: Path, cards: Sequence[Scorecard]) -> list[str]:
    """Take away scorecards of units that have no score any more, and say so."""
    mine = {card_path(folder, card.unit).name for card in cards}
    gone = [path for path in sorted(folder.glob(f"{CARD}_*.xlsx")) if path.name not in mine]
    for path in gone:
        path.unlink()
        path.with_suffix(".pdf").unlink(missing_ok=True)
    return [f"“{path.name}”移去了：这个单位在现在的定稿里没有成绩。" for path in gone]


def _print(cards: Sequence[Scorecard], folder: Path, progress: Progress) -> tuple[int, list[str]]:
    """Print what has no PDF yet, through Excel or LibreOffice; gives how many, and a sentence where there is neither or one fails."""
    books = [path for card in cards if not (path := card_path(folder, card.unit, is_draft=card.is_draft)).with_suffix(".pdf").exists()]
    app, program = excel(), find_office()
    if app is not None:
        for path in progress(books, "打印成绩单"):
            app.make_pdf(path, path.with_suffix(".pdf"))
        return len(books), []
    if program is None:
        return 0, ["这台机器上没有能生成 PDF 的程序，只写了表格。要 PDF 的，请安装 LibreOffice 再运行一次。"] if books else []
    done, notes = 0, []
    for group in progress(list(_groups(books)), "打印成绩单"):
        try:
            made = convert_all(program, [path.read_bytes() for path in group], suffix=".xlsx", to="pdf")
        except OfficeFailed as failed:
            return done, [f"PDF 没有写齐：LibreOffice {failed}。表格已经写好；请关闭其他 LibreOffice 窗口，再运行一次。"]
        for path, content in zip(group, made, strict=True):
            if content is None:
                notes.append(f"“{path.name}”没有转成 PDF；表格已经写好。")
            else:
                write_file(path.with_suffix(".pdf"), content)
                done += 1
    return done, notes


def _groups(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    return (paths[start : start + _TOGETHER] for start in range(0, len(paths), _TOGETHER))
