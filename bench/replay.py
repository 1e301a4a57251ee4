"""Makes recorded calls of xlsxwriter again, with nothing of ours loaded."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

MADE = ("add_format", "add_worksheet", "add_chart")
Call = tuple[int, str, tuple[Any, ...], dict[str, Any]]  # on which object, counted in the order in which they are made; the first is the workbook's options


class Ref:
    """Stands for an object that an earlier call made."""

    def __init__(self, number: int) -> None:
        """Say which."""
        self.number = number


def replayed(calls: Sequence[Call]) -> bytes:
    """Make a workbook by its calls."""
    stream = io.BytesIO()
    made: list[Any] = [xlsxwriter.Workbook(stream, calls[0][3])]
    for owner, name, args, options in calls[1:]:
        result = getattr(made[owner], name)(*(_resolved(passed, made) for passed in args), **{key: _resolved(value, made) for key, value in options.items()})
        if name in MADE:
            made.append(result)
    return stream.getvalue()


def _resolved(value: Any, made: list[Any]) -> Any:
    if isinstance(value, Ref):
        return made[value.number]
    return {key: _resolved(item, made) for key, item in value.items()} if isinstance(value, dict) else value
