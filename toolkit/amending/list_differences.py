"""What is different between two lists, as changes of single cells and of whole rows."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from toolkit.amending.list_parts import PARTS, Part, shown
from toolkit.model.amendments import ADDED, REMOVED, Change
from toolkit.model.codec import encode
from toolkit.model.master import Master


def differences(old: Master, new: Master) -> list[Change]:
    """List what leads from one list to the other: cell by cell, added rows with the row they stand behind, rows that are gone."""
    return [change for part in PARTS.values() for change in _of_part(part, part.rows(old), part.rows(new))]


def _of_part(part: Part, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    behind = ""
    for key, row in new.items():
        if key not in old:
            yield Change(part.about, key, ADDED, "", encode({"row": encode(row), "behind": behind}))
        else:
            before = old[key]
            for column in part.columns if before is not row else ():
                was, now = getattr(before, column.field), getattr(row, column.field)
                if was is not now and (was != now or isinstance(was, Decimal)) and shown(was) != shown(now):  # 1 and 1.0 are equal, and shown otherwise
                    yield Change(part.about, key, column.title, shown(was), shown(now))
        behind = key
    yield from (Change(part.about, key, REMOVED, _called(row), "") for key, row in old.items() if key not in new)


def _called(row: Any) -> str:
    """Name a row for a person."""
    return str(getattr(row, "text", "") or getattr(row, "name", "") or getattr(row, "period", ""))
