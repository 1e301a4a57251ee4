"""Typed tables as plain text and back, so that what is read is what was written: the way of csv and json."""

import io
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from toolkit.analysis.frames import dtype
from toolkit.model.data_table import ZONE, DataTable, Holds

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")  # what a spreadsheet would take for a formula, and the mark that keeps it from doing so


def to_csv(table: DataTable, frame: pd.DataFrame) -> bytes:
    """Write a table as csv, UTF-8 with BOM, as Excel and WPS open it rightly; a text that would be taken for a formula has ' before it."""
    plain = pd.DataFrame({column.name: [_guarded(text) for text in _texts(column.holds, frame[column.name])] for column in table.columns})
    buffer = io.StringIO()
    plain.to_csv(buffer, index=False, lineterminator="\r\n")
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8", "backslashreplace")


def to_json(table: DataTable, frame: pd.DataFrame) -> bytes:
    """Write a table as a JSON list of objects; missing values are null, days and moments ISO 8601."""
    columns = {column.name: _values(column.holds, frame[column.name]) for column in table.columns}
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def from_csv(table: DataTable, content: bytes) -> pd.DataFrame:
    """Read what `to_csv` wrote, with the table's types; raises KeyError for a missing column, ValueError for what is no such table."""
    plain = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return _typed(table, {name: [text.removeprefix("'") or None for text in plain[name]] for name in _names(table, plain.columns)})


def from_json(table: DataTable, content: bytes) -> pd.DataFrame:
    """Read what `to_json` wrote, with the table's types; raises KeyError or ValueError as `from_csv` does."""
    rows = json.loads(content)
    return _typed(table, {name: [row[name] for row in rows] for name in _names(table, rows[0] if rows else [column.name for column in table.columns])})


def with_types(table: DataTable, frame: pd.DataFrame) -> pd.DataFrame:
    """Give a table that was read as parquet its types of pandas back; columns that the dictionary does not know are left out."""
    return pd.DataFrame({name: frame[name].astype(dtype(table.column(name))) for name in _names(table, frame.columns)})


def _names(table: DataTable, present: Any) -> list[str]:
    """Give the columns in the dictionary's order; a public edition has some of them only. Raises KeyError where none is there."""
    found = [column.name for column in table.columns if column.name in present]
    if not found:
        raise KeyError(table.name)
    return found


def _typed(table: DataTable, columns: dict[str, Sequence[Any]]) -> pd.DataFrame:
    return pd.DataFrame(
        {name: pd.Series([_read(table.column(name).holds, value) for value in values], dtype=dtype(table.column(name))) for name, values in columns.items()}
    )


def _values(holds: Holds, series: "pd.Series[Any]") -> list[Any]:
    return [None if pd.isna(value) else _value(holds, value) for value in series]


def _value(holds: Holds, value: Any) -> Any:
    if holds is Holds.DAY:
        return value.date().isoformat()
    if holds is Holds.MOMENT:
        return value.isoformat()
    return bool(value) if holds is Holds.FLAG else int(value) if holds is Holds.COUNT else float(value) if holds is Holds.NUMBER else str(value)


def _texts(holds: Holds, series: "pd.Series[Any]") -> list[str]:
    words = {True: "true", False: "false"} if holds is Holds.FLAG else {}
    return ["" if value is None else words[value] if words else repr(value) if holds is Holds.NUMBER else str(value) for value in _values(holds, series)]


def _guarded(text: str) -> str:
    numeric = text[:1] == "-" and text[1:2].isdigit() and _is_number(text)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) and not numeric else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _read(holds: Holds, value: Any) -> Any:
    if value is None:
        return None if holds in {Holds.DAY, Holds.MOMENT, Holds.CATEGORY} else pd.NA
    if holds is Holds.MOMENT:
        return pd.Timestamp(datetime.fromisoformat(value)).tz_convert(ZONE)
    if holds is Holds.FLAG:
        return value if isinstance(value, bool) else {"true": True, "false": False}[value]
    return float(value) if holds is Holds.NUMBER else int(value) if holds is Holds.COUNT else value
