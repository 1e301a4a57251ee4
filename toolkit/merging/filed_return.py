"""One file of a period as merging sees it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from toolkit.model.findings import Finding
from toolkit.model.returns import Outcome, Row


class FiledReturn(NamedTuple):
    """One file of the period as merging sees it: unit, when sent, outcome and reason, archived path, rows (empty unless it counts), findings.

    `received` is when it came to us; `by_server` where a mail server says so, or the office itself.

    `id` is its number in the ledger; `excluded` says why the office put it aside, '' when it did not; `given` are the values that a receipt
    gave back to the unit, as text by (table sheet, row key) and field code; `receipt` is the code it was issued under, `number` that of the issue.
    """

    name: str
    unit: str
    sent: datetime
    outcome: Outcome
    reason: str
    path: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    id: int = 0
    excluded: str = ""
    given: Mapping[tuple[str, str], Mapping[str, str]] = MappingProxyType({})
    receipt: str = ""
    received: datetime | None = None
    by_server: bool = False
    number: int = 1

    @property
    def came(self) -> datetime:
        """When it came to us: as the office or the mail server says, else the time the file bears."""
        return self.received or self.sent

    @property
    def counts(self) -> bool:
        """Whether its values take part: it was merged and the office has not put it aside."""
        return self.outcome.counts and not self.excluded
