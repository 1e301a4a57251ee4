"""What the office has not decided yet of a period: files that wait, lines to check, contradictions, doubts of the master list."""

from collections.abc import Iterator

from toolkit.flows.ground import Ground
from toolkit.flows.standing import stand, stand_year
from toolkit.model.closing import Matter
from toolkit.model.conflicts import ruled
from toolkit.model.decisions import HANDLING
from toolkit.model.findings import Level
from toolkit.model.period import Period
from toolkit.model.returns import Outcome
from toolkit.model.standing import Round

WAITING, REVIEW, CONFLICT, DOUBT = "待认定的文件", "待核", "进展不一", "待确认"


def undecided(ground: Ground, period: Period) -> tuple[Matter, ...]:
    """List what a closing would leave undecided, in a fixed order."""
    ground = ground.of_book(period)
    state = stand(ground, period) if period.quarter or period.month else stand_year(ground, period)
    return (*_waiting(state), *_reviews(state), *_conflicts(state), *_doubts(ground, period))


def _waiting(state: Round) -> Iterator[Matter]:
    own = [(one.file, one.unit, one.reason) for one in state.units if one.outcome is Outcome.WAITING]
    others = [(one.id, one.unit, f"{one.name}：{one.reason}") for one in state.other_files if one.outcome is Outcome.WAITING and not one.excluded]
    return (Matter(WAITING, unit, "", text, f"{number} 号文件") for number, unit, text in (*own, *others))


def _reviews(state: Round) -> Iterator[Matter]:
    for finding in state.findings:
        if finding.level is Level.REVIEW and finding.counts and not finding.verdict:
            yield Matter(REVIEW, finding.unit, finding.number, f"{finding.code.text.id} {finding.message}", str(finding.place))


def _conflicts(state: Round) -> Iterator[Matter]:
    for one in ruled(state):
        if not one.fields.get(HANDLING):
            first, other = one.conflict.first, one.conflict.other
            yield Matter(CONFLICT, other.unit, first.row.number, f"{first.unit}与{other.unit}所报不一致", CONFLICT)


def _doubts(ground: Ground, period: Period) -> Iterator[Matter]:
    return (Matter(DOUBT, "", "", f"{one.read}：{one.reason}", one.where) for one in ground.at(period).master.doubts)
