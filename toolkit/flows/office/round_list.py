"""round_list: what a collect took in, and what a period has received so far, as lines that a clerk reads."""

from collections.abc import Mapping, Sequence

from toolkit.issuing.receipt_content import to_mend
from toolkit.merging.filed_return import FiledReturn
from toolkit.model.period import Period
from toolkit.model.received import CLEAN, MEND, OLDER, Brought, Received, after_of, brought_by, what_is_next, what_it_brought, what_it_is
from toolkit.model.returns import Arrival


def just_received(arrivals: Sequence[Arrival], held: Sequence[tuple[Brought, int]], *, mended: Sequence[str], clean: Sequence[str]) -> tuple[Received, ...]:
    """List what was just taken in, in that order; `held` says of each what it holds and which issue it was filled in on."""
    return tuple(
        Received(
            arrival.unit,
            Period.parse(arrival.period).label if arrival.period else "",
            arrival.sent.name,
            what_it_is(arrival.outcome, arrival.findings, issue),
            what_it_brought(arrival.outcome, brought, arrival.findings),
            what_is_next(arrival.outcome, arrival.findings, after_of(arrival.unit, mended, clean)),
        )
        for arrival, (brought, issue) in zip(arrivals, held, strict=True)
    )


def received_so_far(files: Sequence[FiledReturn], strangers: Sequence[FiledReturn], period: Period, issues: Mapping[str, int]) -> tuple[Received, ...]:
    """List every file of a period, judged, the newest first; `issues` tells the number of each issue by its receipt code."""
    newest = {file.unit: file.id for file in sorted(files, key=lambda file: file.sent) if file.counts}
    every = sorted((*files, *strangers), key=lambda file: (file.came, file.id), reverse=True)
    return tuple(
        Received(
            file.unit,
            period.label if file.unit else "",
            file.name,
            what_it_is(file.outcome, file.findings, issues.get(file.receipt, 1)),
            what_it_brought(file.outcome, brought_by(file.rows, file.given), file.findings),
            _aside(file) or what_is_next(file.outcome, file.findings, _after(file, newest)),
            file.came.replace(tzinfo=None),
            file.path,
        )
        for file in every
    )


def _aside(file: FiledReturn) -> str:
    return f"已停用：{file.excluded}" if file.excluded else ""


def _after(file: FiledReturn, newest: Mapping[str, int]) -> str:
    if newest.get(file.unit) != file.id:
        return OLDER
    return MEND if to_mend([finding for finding in file.findings if finding.counts]) else CLEAN
