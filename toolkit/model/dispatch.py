"""Whom to send what, and why."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class DispatchAction(StrEnum):
    """What is to be done for a unit."""

    FIRST = "发放"
    ANEW = "换发"
    WITHDRAWN = "收回"


class Dispatch(NamedTuple):
    """One line of 发放清单: for which unit, what, why, under which receipt code, since when."""

    unit: str
    deed: DispatchAction
    why: str
    receipt: str
    at: datetime
