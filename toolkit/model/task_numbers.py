"""Which task a typed number means."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_KEPT = 1 << 14  # texts: every request and every word asks for the numbers of all tasks


def task_number(text: str, numbers: Iterable[str]) -> str:
    """Give the number of the task that a typed text means: 任务12, 任务 12, 12, １２; '' where it is none of them."""
    typed = _bare(text)
    return next((number for number in numbers if typed and typed in {_bare(number), _bare(number).removeprefix("任务")}), "")


@lru_cache(maxsize=_KEPT)
def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
