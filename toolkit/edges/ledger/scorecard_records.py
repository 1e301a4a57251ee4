"""The ledger's part about scorecards: which units' were written from which closing of a period, so that none of an earlier one is sent."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from toolkit.edges.ledger import closing_records
from toolkit.edges.ledger.ledger import Ledger
from toolkit.model.closing import Draft


def remember_written(ledger: Ledger, draft: Draft, units: Iterable[str]) -> None:
    """Keep that units' scorecards were written from a draft; what is kept already stays."""
    with ledger.writing() as connection:
        for unit in units:
            closing_records.keep(connection, _content(draft, unit))


def not_written(ledger: Ledger, draft: Draft, units: Sequence[str]) -> list[str]:
    """Give those of some units whose scorecards were not written from a draft."""
    with ledger.reading() as connection:
        return [unit for unit in units if closing_records.stored_content(connection, hashlib.sha256(_content(draft, unit)).hexdigest()) is None]


def _content(draft: Draft, unit: str) -> bytes:
    return json.dumps(["scorecard", 1, draft.period, draft.number, draft.frozen, unit], ensure_ascii=False).encode()
