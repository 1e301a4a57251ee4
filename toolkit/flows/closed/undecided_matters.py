"""What the office has not decided yet of a period: files that wait, lines to check, contradictions, doubts of the master list."""

from collections.abc import Iterator

from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.period_standing import period_standing, year_standing
from toolkit.model.closing import OpenMatter
from toolkit.model.conflicts import ruled
from toolkit.model.decisions import HANDLING
from toolkit.model.findings import Level
from toolkit.model.period import Period
from toolkit.model.returns import Outcome
from toolkit.model.standing import Round

WAITING, REVIEW, CONFLICT, DOUBT = "待认定的文件", "待核", "进展不一", "待确认"


def undecided(office: OfficeContext, period: Period) -> tuple[OpenMatter, ...]:
    """List what a closing would leave undecided, in a fixed order: waiting files, reviews, conflicts, doubts; () where nothing is."""
    office = office.of_book(period)
    state = period_standing(office, period) if period.is_part else year_standing(office, period)
    return (*_waiting(state), *_reviews(state), *_conflicts(state), *_doubts(office, period))


def _waiting(state: Round) -> Iterator[OpenMatter]:
    own = [(unit.file, unit.unit, unit.reason) for unit in state.units if unit.outcome is Outcome.WAITING]
    others = [(file.id, file.unit, f"{file.name}：{file.reason}") for file in state.other_files if file.outcome is Outcome.WAITING and not file.excluded]
    return (OpenMatter(WAITING, unit, "", text, f"{number} 号文件") for number, unit, text in (*own, *others))


def _reviews(state: Round) -> Iterator[OpenMatter]:
    for finding in state.findings:
        if finding.level is Level.REVIEW and finding.counts and not finding.verdict:
            yield OpenMatter(REVIEW, finding.unit, finding.number, f"{finding.code.text.id} {finding.message}", str(finding.place))


def _conflicts(state: Round) -> Iterator[OpenMatter]:
    for ruling in ruled(state):
        if not ruling.fields.get(HANDLING):
            first, other = ruling.conflict.first, ruling.conflict.other
            yield OpenMatter(CONFLICT, other.unit, first.row.number, f"{first.unit}与{other.unit}所报不一致", CONFLICT)


def _doubts(office: OfficeContext, period: Period) -> Iterator[OpenMatter]:
    return (OpenMatter(DOUBT, "", "", f"{doubt.read}：{doubt.reason}", doubt.where) for doubt in office.at(period).master.open_doubts())
