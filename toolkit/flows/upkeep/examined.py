"""What doctor says of one thing that it looked at."""

from enum import StrEnum
from typing import NamedTuple


class Health(StrEnum):
    """How a thing is, as a traffic light in words."""

    GOOD = "正常"
    FAIR = "注意"
    BAD = "有误"


class Examined(NamedTuple):
    """One thing looked at: how it is, what was seen, what to do."""

    thing: str
    health: Health
    seen: str
    remedy: str = ""
