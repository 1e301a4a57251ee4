"""Arrivals as they are told on the screen: files that are parts of one return are judged together, as everywhere else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.unit_history import filed
from toolkit.merging.filed_return import FiledReturn
from toolkit.merging.merge_versions import parts_of
from toolkit.model.period import Period
from toolkit.model.returns import Arrival


def judged_together(office: OfficeContext, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Give arrivals with what was found in them; of halves of one return, what the other half fills is not missing."""
    found: dict[tuple[str, datetime], FiledReturn] = {}
    for period in {arrival.period for arrival in arrivals if arrival.outcome.counts}:
        came = {arrival.unit for arrival in arrivals if arrival.period == period and arrival.outcome.counts}
        counts = Counter(record.unit for record in office.ledger.all_files(period) if record.outcome.counts and record.unit in came)
        several = {unit for unit, count in counts.items() if count > 1}
        files = filed(office, Period.parse(period), several) if several else []
        halves = {unit for unit, chains in parts_of(files).items() if len(chains) > 1}
        found |= {(file.name, file.sent): file for file in files if file.unit in halves and file.counts}
    return [_as_filed(arrival, found.get((arrival.sent.name, arrival.sent.sent))) for arrival in arrivals]


def _as_filed(arrival: Arrival, file: FiledReturn | None) -> Arrival:
    return arrival if file is None else replace(arrival, outcome=file.outcome, reason=file.reason, findings=file.findings)
