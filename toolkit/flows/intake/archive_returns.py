"""archive_returns: what was judged goes into the archive and the ledger, group by group, while the next files are read; out of the inbox last of all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self

from toolkit.edges import inbox
from toolkit.edges.background_task import BackgroundTask
from toolkit.edges.clock import now
from toolkit.flows.intake.unpack_files import ENVELOPES, Piece
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.prior_data import PriorData
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.evidence import may_be_evidence
from toolkit.model.received import Brought, brought_by
from toolkit.model.returns import Arrival, Outcome

_TOGETHER, _TOGETHER_BYTES = 64, 64 << 20  # files that are archived and committed together
Group = list[tuple[Piece, Arrival]]


class ArchiveWriter:
    """Keeps files in the order they are added; `arrivals` are those that are kept, rows left out, `left` tells what could not be taken out of the inbox.

    One group is written beside the reading of the next. Leaving the `with` empties the inbox of what is safely kept: some disks are slow to make files
    while others were just removed (ext4 without a journal passes over each of them again and again).
    """

    def __init__(self, office: OfficeContext, before: PriorData, beside: BackgroundTask[Group], told: Callable[[str, str], None] | None = None) -> None:
        self._ground, self._before, self._beside, self._told = office, before, beside, told
        self.arrivals: list[Arrival] = []
        self.held: list[tuple[Brought, int]] = []  # of each what it holds, and which issue it was filled in on
        self.left: list[str] = []
        self._group: Group = []
        self._size = 0
        self._kept: list[tuple[Path, inbox.Stamp]] = []

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *error: object) -> None:
        """Empty the inbox, whatever happened; says so where that cannot be done."""
        for path, stamp in self._kept:
            try:
                inbox.clear(self._ground.space, path, stamp)
            except OSError as reason:
                self.left.append(f"“{inbox.shown_name(path)}”已经收好，但不能从收件箱移走：{reason_of(reason)}。请关闭打开它的程序；再运行一次也不会重复收取。")

    def add(self, piece: Piece, arrival: Arrival) -> None:
        """Take a judged file, and tell whoever listens of it. Raises CommandError when the disk takes no more."""
        if self._told is not None:
            self._told(arrival.unit, arrival.outcome.value)
        self._group.append((piece, arrival))
        self._size += arrival.sent.size
        if len(self._group) >= _TOGETHER or self._size >= _TOGETHER_BYTES:
            self._hand_over()

    def finish(self) -> None:
        """Keep all that was added. Raises CommandError when the disk takes no more."""
        self._hand_over()
        self._let_go()

    def kept(self, path: Path, stamp: inbox.Stamp) -> None:
        """Have a file of the inbox, of which everything is kept, taken out of it in the end."""
        self._kept.append((path, stamp))

    def _hand_over(self) -> None:
        self._let_go()
        if self._group:
            self._beside.start(partial(self._write, self._group, now()))
        self._group, self._size = [], 0

    def _let_go(self) -> None:
        """Wait until the last group is safely kept."""
        for piece, arrival in self._beside.wait() or ():
            self._before.recorded(arrival)
            content = arrival.content
            self.held.append((brought_by(content.rows, {})._replace(changed=content.changed), content.issue) if content else (Brought(), 0))
            self.arrivals.append(replace(arrival, content=None))
            if piece.last:
                self.kept(piece.path, piece.stamp)

    def _write(self, group: Group, at: datetime) -> Group:
        office = self._ground
        try:
            new = [inbox.Original(piece.content, piece.sent, _folders(piece, arrival)) for piece, arrival in group if not _kept_already(piece, arrival)]
            archived = iter(inbox.archive(office.space, *new))
            paths = [_kept_already(piece, arrival) or next(archived) for piece, arrival in group]
        except OSError as error:
            raise full(group[0][0].sent.name, error) from error
        with office.ledger.writing() as connection:
            office.ledger.record_arrivals(connection, [(arrival, path) for (_, arrival), path in zip(group, paths, strict=True)], at=at)
        return group


def _kept_already(piece: Piece, arrival: Arrival) -> str:
    """Give the envelope in which a file stays: one that never came out, and a picture or document that is nobody's evidence; '' for what is archived itself."""
    stays = arrival.outcome is not Outcome.ATTACHED and may_be_evidence(piece.sent.name) and arrival.content is None
    return piece.kept or (piece.envelope if stays else "")


def _folders(piece: Piece, arrival: Arrival) -> tuple[str, ...]:
    return (ENVELOPES,) if piece.is_envelope else (arrival.period or "未识别", arrival.unit or "未识别")


def full(name: str, error: OSError) -> CommandError:
    """Make the error for a file that the archive cannot take, with the system's reason."""
    remedy = "请检查磁盘空间和写权限，再运行一次；已经收好的不会重复，没有收的还在收件箱。"
    return CommandError(f"“{name}”存不进档案：{reason_of(error)}。", remedy)


def link_left(path: Path) -> str:
    """Say in Chinese that a link was not followed and stays in the inbox."""
    return f"“{inbox.shown_name(path)}”是快捷方式（链接），不是文件本身，没有收。请把文件本身放进收件箱，删掉这个链接，再运行一次。"


def still_arriving(path: Path) -> str:
    """Say in Chinese that a file is still being copied and is left in the inbox."""
    return f"“{inbox.shown_name(path)}”好像还没有复制完，先留在收件箱。请等它复制完，再运行一次。"
