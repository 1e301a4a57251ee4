"""What `verify` finds."""

from typing import NamedTuple


class Difference(NamedTuple):
    """Something that is not as it should be: in which file, where, what the ledger says, what the original says."""

    file: str
    where: str
    ledger: str
    original: str
