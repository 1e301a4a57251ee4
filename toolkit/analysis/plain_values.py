"""Typed tables as rows of plain Python values, for workbooks, pages and the screen."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from toolkit.model.values import exact


def plain_rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    """Give a table's rows: None where a value is missing, days as date, moments as local datetime without zone, numbers as int or float."""
    return list(zip(*([_plain(value) for value in frame[name]] for name in frame.columns), strict=True)) if len(frame.columns) else []


def half_up(series: "pd.Series[Any]", places: int) -> "pd.Series[Any]":
    """Round numbers to decimal places, halves away from zero as the workbooks do; missing ones stay missing."""
    least = Decimal(1).scaleb(-places)
    return series.map(lambda value: float(exact(value).quantize(least, ROUND_HALF_UP)), na_action="ignore").astype("Float64")


def _plain(value: Any) -> object:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.tz_localize(None).to_pydatetime() if value.tzinfo else value.date()
    return value.item() if hasattr(value, "item") else value
