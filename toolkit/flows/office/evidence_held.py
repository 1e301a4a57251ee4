"""evidence_held: what a period has of evidence; of a closed one what it had then."""

from toolkit.edges.ledger.decision_records import excluded
from toolkit.edges.ledger.evidence_records import matches
from toolkit.flows.office.office_context import OfficeContext
from toolkit.model.evidence import Evidence
from toolkit.model.period import Period
from toolkit.model.returns import Outcome


def evidence_of(office: OfficeContext, period: Period) -> tuple[Evidence, ...]:
    """Give the evidence that counts, by unit in the order of the register and by file; what the office put aside is left out."""
    here = office.at(period)
    pieces = _frozen(here) if here.frozen is not None else matches(here.ledger, str(period))
    aside, order = excluded(here.decided()), {unit.name: number for number, unit in enumerate(here.master.units)}
    called = [piece._replace(unit=here.called(piece.unit)) for piece in pieces if piece.file not in aside]
    return tuple(sorted(called, key=lambda piece: (order.get(piece.unit, len(order)), piece.file)))


def _frozen(office: OfficeContext) -> list[Evidence]:
    """Give what was archived when the period was closed, by the names and paths of that time."""
    stage, frozen = office.stage, office.frozen
    if stage is None or frozen is None:
        return []
    then = {record.id: record for record in stage.files if record.outcome is Outcome.ATTACHED}
    found = matches(office.ledger, stage.period, up_to=frozen.at) if then else []
    return [piece._replace(path=then[piece.file].path, name=then[piece.file].name) for piece in found if piece.file in then]
