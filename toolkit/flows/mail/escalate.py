"""escalate: the steps of the ladder that the office leaves to `watch` → their papers → one mail each, once for good."""

from pathlib import Path
from typing import NamedTuple

from toolkit.edges.workspace import Workspace
from toolkit.flows.mail.correspondence import Correspondence
from toolkit.flows.mail.deliver_letters import Delivered, Progress, deliver
from toolkit.flows.mail.send import MAILING
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.report.documents import write_unattended
from toolkit.model.ladder import LadderStep
from toolkit.model.letter import Attachment, Kind, Letter
from toolkit.model.period import Period


class Escalated(NamedTuple):
    """How many papers were written now, what became of the mails, sentences about what could not be done."""

    papers: int
    delivered: Delivered
    left: tuple[str, ...]


def escalate(space: Workspace, period: Period, *, progress: Progress) -> Escalated:
    """Take the steps that are due, write their papers, and mail those of rows that `watch` takes; killed anywhere, the next run goes on where it was."""
    with open_office(space, alone=True, doing=MAILING) as office:
        office.refuse_closed(period, "不再督办")
        made = write_unattended(office, period)
        writing = Correspondence(office, period)
        letters = [letter for step in _left_to_watch(office, writing) for letter in _letters(step, writing, made.folder)]
        done = deliver(writing, letters, set(), progress)
        return Escalated(len(made.made), done, (*made.left, *done.left))


def climbs_by_itself(office: OfficeContext) -> bool:
    """Whether any row of the ladder is left to `watch`."""
    return any(rung.unattended for rung in office.rules().ladder)


def _left_to_watch(office: OfficeContext, writing: Correspondence) -> list[LadderStep]:
    levels = {(rung.level, rung.condition.words) for rung in office.rules().ladder if rung.unattended}
    return [step for step in writing.steps if (step.level, step.cause) in levels]


def _letters(step: LadderStep, writing: Correspondence, folder: Path) -> list[Letter]:
    """Write one mail to each unit of a step with its paper; none where the paper is not there."""
    path = folder / step.paper
    if not path.exists():
        return []
    attached = (Attachment(path.name, path.read_bytes()),)
    units = dict.fromkeys(writing.office.master.issued_units(step.unit.split("、")))
    return [writing.letter(Kind.PAPER, "文书", unit, attached, mark=step.reference, 情况=path.stem) for unit in units]
