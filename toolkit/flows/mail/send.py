"""send: workbooks, receipts or papers of a period → one mail a unit, or drafts."""

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.edges.workspace import Workspace
from toolkit.flows.mail.correspondence import Correspondence, LetterBatch
from toolkit.flows.mail.deliver_letters import Delivered, Progress, deliver, stands
from toolkit.flows.office.office_context import open_office
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Finding
from toolkit.model.letter import Kind
from toolkit.model.master import Unit
from toolkit.model.period import Period

MAILING = "收发邮件"
Preview = tuple[str, str, str, str, str]


class Sent(NamedTuple):
    """What became of the letters, and faults of the wording and of addresses."""

    delivered: Delivered
    findings: tuple[Finding, ...]


def send(space: Workspace, period: Period, what: Kind, *, only: Sequence[str], resend: Sequence[str], progress: Progress) -> Sent:
    """Send the workbooks, the receipts or the papers of a period; a second run sends only what is new."""
    with open_office(space, alone=True, doing=MAILING) as office:
        writing = Correspondence(office, period)
        again = {unit.name for unit in office.units(resend)} if resend else set()
        sheaf = _sheaf(writing, what, office.units((*only, *again)))
        done = deliver(writing, sheaf.letters, again, progress)
        done.left += sheaf.left
        return Sent(done, writing.findings)


def preview(space: Workspace, period: Period, what: Kind, *, only: Sequence[str]) -> tuple[list[Preview], tuple[str, ...]]:
    """Show what would be sent, sending and writing nothing: unit, address, subject, files, state."""
    with open_office(space) as office:
        writing = Correspondence(office, period)
        sheaf, posted = _sheaf(writing, what, office.units(only)), writing.book.posted(str(period))
        rows = [
            (letter.unit, letter.to or "（没有邮箱）", letter.subject,
             "、".join(f"{attachment.name}（{len(attachment.content) / 1024:.0f} KB）" for attachment in letter.attached),
             stands(letter, posted.get(letter.key), ()).value)
            for letter in sheaf.letters
        ]  # fmt: skip
        return rows, sheaf.left


def _sheaf(writing: Correspondence, what: Kind, units: Sequence[Unit]) -> LetterBatch:
    if what is Kind.REMINDER:
        raise CommandError("催报用 remind 命令发送。", f"请运行“remind {writing.period}”。")
    write = {Kind.ISSUE: writing.issued, Kind.RECEIPT: writing.receipts, Kind.PAPER: writing.papers, Kind.SCORE: writing.scorecards}[what]
    return write(units)
