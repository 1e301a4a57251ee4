"""What says whose return a workbook is: one vote a carrier."""

from typing import NamedTuple


class IdentityEvidence(NamedTuple):
    """What one carrier of identity says: a receipt code or a unit's name; whether it agrees with what was decided."""

    carrier: str
    says: str
    agrees: bool
