"""One lead's own part of a task in parts (分报), by which that lead is scored in the place of the whole task."""

from decimal import Decimal
from typing import NamedTuple

from toolkit.model.stages import Stage


class OwnPart(NamedTuple):
    """What one lead reported of its own part: its plan, state, progress, and the stage that the state means (None: the word tells)."""

    planned: Decimal
    status: str
    progress: Decimal | None
    means: Stage | None = None
