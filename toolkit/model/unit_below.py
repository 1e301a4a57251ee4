"""A unit below an office, and the rows that it answers for."""

from dataclasses import dataclass

from toolkit.model.master import Unit


@dataclass(frozen=True, slots=True)
class UnitBelow:
    """A unit below: itself, and the numbers of the rows that it answers for (() for all) and that it helps with."""

    unit: Unit
    leads: tuple[str, ...]
    supports: tuple[str, ...]
