"""close and reopen: a period's book and papers frozen with all that they stand on, and opened again with a reason."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.inbox import digest_of
from toolkit.edges.ledger import closings
from toolkit.edges.ledger.decisions import remember_shown
from toolkit.edges.ledger.frozen import Frozen
from toolkit.edges.machine import long_work
from toolkit.edges.reading.rulings_in import is_open
from toolkit.edges.who import who
from toolkit.edges.workspace import Workspace
from toolkit.flows.account import after_closings, named, standings
from toolkit.flows.closed_files import BOARD, PAPERS, book_name, copy_aside, lay, outbox_of
from toolkit.flows.consolidate import drawn
from toolkit.flows.corrections import corrections
from toolkit.flows.documents import Edited, write_papers
from toolkit.flows.freezing import Closer, freeze, rounds_up_to
from toolkit.flows.ground import Ground, opened
from toolkit.flows.receipts import write_receipts
from toolkit.flows.rulings import is_read_back, read_back
from toolkit.flows.undecided import undecided
from toolkit.model.closing import Account, Correction, Draft, Matter, State
from toolkit.model.codec import encode
from toolkit.model.decisions import Decided
from toolkit.model.period import Period
from toolkit.model.rules import TWO_PERSONS
from toolkit.model.trouble import Trouble

Progress = Callable[[Sequence[Any], str], Iterable[Any]]


class Closed(NamedTuple):
    """The draft (None: nothing was closed), the workbook, how many files were closed, what was undecided, who proposed where a second person has to confirm.

    `said` are sentences about what could not be read back, was left or was kept beside.
    """

    draft: Draft | None
    path: Path | None = None
    files: int = 0
    matters: tuple[Matter, ...] = ()
    proposed_by: str = ""
    said: tuple[str, ...] = ()


def close(space: Workspace, period: Period, *, with_open: bool, confirm: bool, progress: Progress) -> Closed:
    """Close a period, or say what is undecided; where the rules ask for a second person, propose it first. Raises Trouble where it cannot be closed.

    Until the ledger says that it is closed nothing is; from then on every command brings the files to what was closed.
    """
    with long_work(), opened(space, alone=True) as ground:
        _may_close(ground, period)
        back = read_back(ground)
        left = [*back.said, *write_receipts(ground, back.units).left]
        _at_rest(ground, period)
        matters = undecided(ground, period)
        if matters and not with_open:
            return Closed(None, matters=matters, said=tuple(left))
        proposal = _proposal(ground, period) if confirm else None
        if proposal is None:  # a second person confirms the papers as they lie there
            _write_papers(ground, period, progress)
        closer = Closer(proposal.who, now(), who(space)) if proposal else Closer(who(space), now())
        frozen, files, decided = _frozen(ground, period, closer, matters)
        mark = _mark(frozen, files)
        if _takes_two(ground) and not confirm:
            with ground.ledger.writing() as connection:
                closings.propose(connection, str(period), closings.Proposal(mark, closer.at, closer.who))
            return Closed(None, matters=matters, proposed_by=closer.who, said=tuple(left))
        if proposal and proposal.mark != mark:
            raise Trouble(f"{proposal.who}提请定稿以后，{period.label}又有变化，没有定稿。", f"请重新运行“close {period}”提请，再由另一人复核。")
        with ground.ledger.writing() as connection:
            draft = closings.close(connection, frozen, files)
            remember_shown(connection, decided, closer.at)  # so that what is typed into the closed book is known from what stood there
        ground.forget()
        laid = lay(ground, period, draft, is_new=True)
        return Closed(draft, laid.path, len(files), matters, said=(*left, *laid.said))


def reopen(space: Workspace, period: Period, why: str) -> tuple[Draft, Path]:
    """Open a closed period again; gives its draft and where a copy of it lies. Raises Trouble where it is not closed, or its year is."""
    if not why.strip():
        raise Trouble("重开要写明理由。", f"请运行“reopen {period} --why 理由”。")
    with opened(space, alone=True) as ground:
        draft, year = ground.drafts.holding(period), Period(period.year)
        if draft is None:
            raise Trouble(f"{period.label}没有定稿，不用重开。", "请用 status 看各期的情况。")
        if period != year and ground.drafts.holding(year) is not None:
            raise Trouble(f"{year.label}全年已经定稿，{period.label}不能重开。", f"请先运行“reopen {year} --why 理由”。")
        lay(ground, period, draft)
        folder = copy_aside(ground, period, draft)
        with ground.ledger.writing() as connection:
            closings.reopen(connection, draft, at=now(), who=who(space), why=why.strip())
        return draft, folder


def list_corrections(space: Workspace, period: Period) -> tuple[Correction, ...]:
    """List what came after a period's newest draft."""
    with opened(space) as ground:
        return corrections(ground, period)


def _may_close(ground: Ground, period: Period) -> None:
    """Refuse what cannot be closed. Raises Trouble then."""
    draft = ground.drafts.holding(period)
    if draft is not None:
        raise Trouble(f"{period.label}已经定稿（第 {draft.number} 稿，{draft.at:%Y-%m-%d}，{draft.who}）。", f"要改，请先运行“reopen {period} --why 理由”。")
    issued = [Period.parse(name) for name in ground.ledger.issued_periods()]
    year = Period(period.year)
    if period not in issued and not (period == year and any(one.year == year.year for one in issued)):
        raise Trouble(f"{period.label}还没有发过表，不能定稿。", f"请先运行“generate {period}”。")
    if period != year and ground.drafts.holding(year) is not None:
        raise Trouble(f"{year.label}全年已经定稿。", f"请先运行“reopen {year} --why 理由”。")
    still_open = [one for one in sorted(issued) if one.year == year.year and one != year and ground.drafts.holding(one) is None]
    if period == year and still_open:
        raise Trouble(f"{year.label}还有没有定稿的：{'、'.join(one.label for one in still_open)}。", "请先逐期运行 close，再定稿全年。")


def _at_rest(ground: Ground, period: Period) -> None:
    """Refuse while a program has the period's book or papers open: what is typed there is not saved yet. Raises Trouble then."""
    folder = outbox_of(ground.space, period)
    names = [book_name(period), *(f"{PAPERS}/{name}" for name in ground.ledger.papers(str(period)))]
    used = [name.rpartition("/")[2] for name in names if is_open(folder / name)]
    if used:
        raise Trouble(f"正在别处打开：{'、'.join(used)}，没有定稿。", "里面可能有没有保存的内容；请保存并关闭，再运行一次。")
    if not is_read_back(ground, folder / book_name(period)):
        raise Trouble(f"“{(folder / book_name(period)).name}”里新填的认定没有读入，没有定稿。", "请修好或移走它，再运行一次。")


def _frozen(ground: Ground, period: Period, closer: Closer, matters: tuple[Matter, ...]) -> tuple[Frozen, dict[str, bytes], Decided]:
    """Freeze what the period stands on, and draw its book from exactly that; papers are taken as they lie on the disk."""
    number = len(ground.drafts.of(period)) + 1
    rounds = tuple(one for one in standings(ground, rounds_up_to(ground, period)) if one.period != period and one.state is not State.AHEAD)
    people = (f"经办 {closer.who}", closer.confirmed_by and f"复核 {closer.confirmed_by}")
    told = "，".join(filter(None, (f"{closer.at:%Y-%m-%d} 定稿", *people, f"未决事项 {len(matters)} 项" if matters else "")))
    lines = (*((named(one.period, period), one.words) for one in rounds), (named(period, period), f"第 {number} 稿（{told}）"))
    account = Account(lines, matters, after_closings(ground, period))
    frozen = freeze(ground, period, number=number, closer=closer, account=account)
    folder = outbox_of(ground.space, period)
    book = drawn(ground.on(frozen), period)
    files = {book_name(period): book.content, BOARD: book.board}
    for name in ground.ledger.papers(str(period)):
        path = folder / PAPERS / name
        if path.exists():
            files[f"{PAPERS}/{name}"] = path.read_bytes()
    return frozen, files, book.round.decided


def _mark(frozen: Frozen, files: Mapping[str, bytes]) -> str:
    """Mark all that a second person confirms: what the book stands on, and the papers as they lie on the disk."""
    papers = [f"{name} {digest_of(content)}" for name, content in sorted(files.items()) if name.startswith(f"{PAPERS}/")]
    text = "\n".join((encode(frozen.stages), encode(frozen.drafts), encode(frozen.account.matters), *papers))
    return hashlib.sha256(text.encode()).hexdigest()


def _takes_two(ground: Ground) -> bool:
    return ground.rules().value(TWO_PERSONS) != 0


def _write_papers(ground: Ground, period: Period, progress: Progress) -> None:
    """Write the papers, those that somebody has edited as they are; a year without a work plan has none. Raises Trouble where one cannot be written."""
    if not ground.live(period).issued():
        return
    papers = write_papers(ground, period, yellow=False, progress=progress, edited=Edited.KEPT)
    if papers.left:
        raise Trouble("文书没有写齐，没有定稿：" + " ".join(papers.left), "处理以后再运行一次。")


def _proposal(ground: Ground, period: Period) -> closings.Proposal:
    """Give the proposal that is being confirmed. Raises Trouble where there is none, or the same person confirms."""
    with ground.ledger.reading() as connection:
        found = closings.proposal(connection, str(period))
    if found is None:
        raise Trouble(f"{period.label}还没有人提请定稿。", f"请先由一人运行“close {period}”，再由另一人加 --confirm 复核。")
    if found.who == who(ground.space):
        raise Trouble(f"提请定稿的就是{found.who}，复核要由另一个人做。", "请换一个人登录，或在他的 settings.toml 里写明 clerk（经办人）。")
    return found
