"""close and reopen: a period's book and papers frozen with all that they stand on, and opened again with a reason."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.current_clerk import current_clerk
from toolkit.edges.inbox import digest_of
from toolkit.edges.ledger import closing_records
from toolkit.edges.ledger.decision_records import remember_shown
from toolkit.edges.ledger.frozen_inputs import Frozen
from toolkit.edges.machine import long_work
from toolkit.edges.reading.read_typed_rulings import is_open
from toolkit.edges.workspace import Workspace
from toolkit.flows.closed.closed_files import BOARD, PAPERS, book_name, books_of, copy_aside, lay, outbox_of
from toolkit.flows.closed.closing_account import after_closings, named, standings
from toolkit.flows.closed.freeze_inputs import PeriodFreezer, freeze, rounds_up_to
from toolkit.flows.closed.late_corrections import corrections
from toolkit.flows.closed.undecided_matters import undecided
from toolkit.flows.intake.take_rulings import is_read_back, read_back
from toolkit.flows.intake.write_receipts import write_receipts
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.round_chain import parts_of_year
from toolkit.flows.report.consolidate import drawn
from toolkit.flows.report.documents import write_papers
from toolkit.flows.report.written_papers import Edited
from toolkit.model.closing import ClosingAccount, Correction, Draft, OpenMatter, State
from toolkit.model.codec import encode
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import Decided
from toolkit.model.period import Period
from toolkit.model.rules import TWO_PERSONS

Progress = Callable[[Sequence[Any], str], Iterable[Any]]


class Closed(NamedTuple):
    """The draft (None: nothing was closed), the workbook, how many files were closed, what was undecided, who proposed where a second person has to confirm.

    `sentences` are about what could not be read back, was left or was kept beside.
    """

    draft: Draft | None
    path: Path | None = None
    files: int = 0
    matters: tuple[OpenMatter, ...] = ()
    proposed_by: str = ""
    sentences: tuple[str, ...] = ()


def close(space: Workspace, period: Period, *, with_open: bool, confirm: bool, progress: Progress) -> Closed:
    """Close a period, or say what is undecided; where the rules ask for a second person, propose it first. Raises CommandError where it cannot be closed.

    Until the ledger says that it is closed nothing is; from then on every command brings the files to what was closed.
    """
    with long_work(), open_office(space, alone=True) as office:
        _refuse_closed(office, period)
        _may_close(office, period)
        back = read_back(office)
        left = [*back.sentences, *write_receipts(office, back.units).left]
        _at_rest(office, period)
        matters = undecided(office, period)
        if matters and not with_open:
            return Closed(None, matters=matters, sentences=tuple(left))
        proposal = _proposal(office, period) if confirm else None
        if proposal is None:  # a second person confirms the papers as they lie there
            _write_papers(office, period, progress)
        closer = PeriodFreezer(proposal.who, now(), current_clerk(space)) if proposal else PeriodFreezer(current_clerk(space), now())
        frozen, files, decided = _frozen(office, period, closer, matters)
        mark = _mark(frozen, files)
        if _takes_two(office) and not confirm:
            with office.ledger.writing() as connection:
                closing_records.propose(connection, str(period), closing_records.Proposal(mark, closer.at, closer.who))
            return Closed(None, matters=matters, proposed_by=closer.who, sentences=tuple(left))
        if proposal and proposal.mark != mark:
            raise CommandError(f"{proposal.who}提请定稿以后，{period.label}又有变化，没有定稿。", f"请重新运行“close {period}”提请，再由另一人复核。")
        with office.ledger.writing() as connection:
            draft = closing_records.close(connection, frozen, files)
            remember_shown(connection, decided, closer.at)  # so that what is typed into the closed book is known from what stood there
        office.forget()
        laid = lay(office, period, draft, is_new=True)
        return Closed(draft, laid.path, len(files), matters, sentences=(*left, *laid.sentences))


def reopen(space: Workspace, period: Period, why: str) -> tuple[Draft, Path]:
    """Open a closed period again; gives its draft and where a copy of it lies. Raises CommandError where it is not closed, or its year is."""
    if not why.strip():
        raise CommandError("重开要写明理由。", f"请运行“reopen {period} --why 理由”。")
    with open_office(space, alone=True) as office:
        draft, year = office.drafts.holding(period), Period(period.year)
        if draft is None:
            raise CommandError(f"{period.label}没有定稿，不用重开。", "请用 status 看各期的情况。")
        if period != year and office.drafts.holding(year) is not None:
            raise CommandError(f"{year.label}全年已经定稿，{period.label}不能重开。", f"请先运行“reopen {year} --why 理由”。")
        lay(office, period, draft)
        folder = copy_aside(office, period, draft)
        with office.ledger.writing() as connection:
            closing_records.reopen(connection, draft, at=now(), who=current_clerk(space), why=why.strip())
        return draft, folder


def list_corrections(space: Workspace, period: Period) -> tuple[Correction, ...]:
    """List what came after a period's newest draft, by unit and task; empty for a period that is open. Raises CommandError when there is no workspace."""
    with open_office(space) as office:
        return corrections(office, period)


def _refuse_closed(office: OfficeContext, period: Period) -> None:
    """Refuse a period that is closed, its files brought to what was closed: the run that closed it may have been cut short. Raises CommandError then."""
    draft = office.drafts.holding(period)
    if draft is None:
        return
    back, laid = read_back(office), lay(office, period, draft)
    said = [*([f"不在的、不同的 {len(laid.anew)} 个文件已经补成定稿的。"] if laid.anew else []), *back.sentences, *laid.sentences]
    what = f"{period.label}已经定稿（第 {draft.number} 稿，{draft.at:%Y-%m-%d}，{draft.who}）。"
    raise CommandError(what, "".join((*said, f"要改，请先运行“reopen {period} --why 理由”。")))


def _may_close(office: OfficeContext, period: Period) -> None:
    """Refuse what cannot be closed. Raises CommandError then."""
    issued = [Period.parse(name) for name in office.ledger.issued_periods()]
    year = Period(period.year)
    rounds = [other for other in issued if other.year == period.year and other != period] if period == year else list(parts_of_year(office, period))
    if period not in issued and not (not period.is_part and rounds):
        raise CommandError(f"{period.label}还没有发过表，不能定稿。", f"请先运行“generate {period}”。")
    if period != year and office.drafts.holding(year) is not None:
        raise CommandError(f"{year.label}全年已经定稿。", f"请先运行“reopen {year} --why 理由”。")
    still_open = [other for other in sorted(rounds) if office.drafts.holding(other) is None]
    if not period.is_part and still_open:
        raise CommandError(f"{year.label}还有没有定稿的：{'、'.join(earlier.label for earlier in still_open)}。", "请先逐期运行 close，再定稿全年。")


def _at_rest(office: OfficeContext, period: Period) -> None:
    """Refuse while a program has the period's book or papers open: what is typed there is not saved yet. Raises CommandError then."""
    folder = outbox_of(office.space, period)
    books = books_of(office, period)
    names = [*books, *(f"{PAPERS}/{name}" for name in office.ledger.papers.written(str(period)))]
    used = [name.rpartition("/")[2] for name in names if is_open(folder / name)]
    if used:
        raise CommandError(f"正在别处打开：{'、'.join(used)}，没有定稿。", "里面可能有没有保存的内容；请保存并关闭，再运行一次。")
    unread = [name.rpartition("/")[2] for name in books if not is_read_back(office, folder / name)]
    if unread:
        raise CommandError(f"“{unread[0]}”里新填的认定没有读入，没有定稿。", "请修好或移走它，再运行一次。")


def _frozen(office: OfficeContext, period: Period, closer: PeriodFreezer, matters: tuple[OpenMatter, ...]) -> tuple[Frozen, dict[str, bytes], Decided]:
    """Freeze what the period stands on, and draw its book from exactly that; papers are taken as they lie on the disk."""
    number = len(office.drafts.of(period)) + 1
    rounds = tuple(standing for standing in standings(office, rounds_up_to(office, period)) if standing.period != period and standing.state is not State.AHEAD)
    people = (f"经办 {closer.who}", closer.confirmed_by and f"复核 {closer.confirmed_by}")
    closing = "，".join(filter(None, (f"{closer.at:%Y-%m-%d} 定稿", *people, f"未决事项 {len(matters)} 项" if matters else "")))
    before = ((named(office, standing.period, period), standing.words) for standing in rounds)
    lines = (*before, (named(office, period, period), f"第 {number} 稿（{closing}）"))
    account = ClosingAccount(lines, matters, after_closings(office, period))
    frozen = freeze(office, period, number=number, closer=closer, account=account)
    folder = outbox_of(office.space, period)
    book = drawn(office.on(frozen), period)
    files = {book_name(period): book.content, BOARD: book.board, **book.lists}
    for name in office.ledger.papers.written(str(period)):
        path = folder / PAPERS / name
        if path.exists():
            files[f"{PAPERS}/{name}"] = path.read_bytes()
    return frozen, files, book.round.decided


def _mark(frozen: Frozen, files: Mapping[str, bytes]) -> str:
    """Mark all that a second person confirms: what the book stands on, and the papers as they lie on the disk."""
    papers = [f"{name} {digest_of(content)}" for name, content in sorted(files.items()) if name.startswith(f"{PAPERS}/")]
    text = "\n".join((encode(frozen.stages), encode(frozen.drafts), encode(frozen.account.matters), *papers))
    return hashlib.sha256(text.encode()).hexdigest()


def _takes_two(office: OfficeContext) -> bool:
    return office.rules().value(TWO_PERSONS) != 0


def _write_papers(office: OfficeContext, period: Period, progress: Progress) -> None:
    """Write the papers, those that somebody has edited as they are; a year without a work plan has none. Raises CommandError where one cannot be written."""
    if not office.live(period).issued():
        return
    papers = write_papers(office, period, yellow=False, progress=progress, edited=Edited.KEPT)
    if papers.left:
        raise CommandError("文书没有写齐，没有定稿：" + " ".join(papers.left), "处理以后再运行一次。")


def _proposal(office: OfficeContext, period: Period) -> closing_records.Proposal:
    """Give the proposal that is being confirmed. Raises CommandError where there is none, or the same person confirms."""
    with office.ledger.reading() as connection:
        found = closing_records.proposal(connection, str(period))
    if found is None:
        raise CommandError(f"{period.label}还没有人提请定稿。", f"请先由一人运行“close {period}”，再由另一人加 --confirm 复核。")
    if found.who == current_clerk(office.space):
        raise CommandError(f"提请定稿的就是{found.who}，复核要由另一个人做。", "请换一个人登录，或在他的 settings.toml 里写明 clerk（经办人）。")
    return found
