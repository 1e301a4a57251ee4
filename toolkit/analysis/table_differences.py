"""What changed between two states of the tables: which value of which task or unit, from what to what, and the deeds in between that explain it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from toolkit.analysis.plain_values import plain_rows
from toolkit.model.data_table import BY_NAME
from toolkit.model.values import exact, show_number

_COMPARED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # table → what a row is known by, and the columns that are compared
    "tasks": (("number",), ("text", "leads", "supports", "deadline", "progress", "status", "light", "ruling_note")),
    "indicators": (("number", "name"), ("target", "reached", "verdict")),
    "scores": (("unit",), ("total", "rank", "grade")),
}


_CAME, _WENT = "（新增）", "（没有了）"
_OF_LIST = frozenset({"text", "leads", "supports", "deadline", "target"})  # columns that the office's own list fills: no return moves them
_MOVING = ("发放", "改判", "认定", "督办", "调整", "定稿", "恢复")  # deeds of the event log that can move a value


class Change(NamedTuple):
    """One value that differs: table, whose (task or unit), column, what it was and is ('' where nothing stood), and why; a row that came or went is one."""

    table: str
    whose: str
    column: str
    before: str
    after: str
    why: str


class Differences(NamedTuple):
    """All changes in the order of the tables, and the deeds in between: time, what, period, unit."""

    changes: tuple[Change, ...]
    deeds: tuple[tuple[object, ...], ...]


def differences(before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame]) -> Differences:
    """Compare two states of the tables tasks, indicators and scores, each of one period; returns and events say why."""
    deeds = after["events"][~after["events"]["id"].isin(before["events"]["id"])]
    new_returns = after["returns"][~after["returns"]["id"].isin(before["returns"]["id"])]
    reasons = _Reasons(new_returns, deeds, after["tasks"])
    changes = tuple(change for name in _COMPARED for change in _changes(name, before[name], after[name], reasons))
    return Differences(changes, tuple(plain_rows(deeds[["at", "what", "period", "unit"]])))


class _Reasons:
    """Explains a change by what came or was done in between."""

    def __init__(self, new_returns: pd.DataFrame, deeds: pd.DataFrame, tasks: pd.DataFrame) -> None:
        counting = new_returns[new_returns["unit"].notna()]
        self._files = {str(unit): "、".join(names) for unit, names in counting.groupby("unit")["name"].agg(list).items()}
        self._deeds = [str(what) for what in deeds["what"].drop_duplicates() if what in _MOVING]
        self._leads = {str(row.number): str(row.leads).split("、") for row in tasks[["number", "leads"]].itertuples()}

    def of(self, whose: str, column: str) -> str:
        """Give the reason as a sentence: files of the unit or the task's leads, else deeds of the office, else what else may have changed.

        What the office's own list fills (also a whole row, column '') no file explains.
        """
        by_units = column and column not in _OF_LIST
        files = [self._files[unit] for unit in self._leads.get(whose, [whose]) if unit in self._files] if by_units else []
        if files:
            return f"收到{'、'.join(files)}"
        return f"本办在其间有：{'、'.join(self._deeds)}" if self._deeds else "别的单位的报送、任务总表或规则有变化"


def _changes(name: str, before: pd.DataFrame, after: pd.DataFrame, reasons: _Reasons) -> Sequence[Change]:
    keys, columns = _COMPARED[name]
    table = BY_NAME[name]
    old, new = (_texts(frame, keys, columns) for frame in (before, after))
    joined = old.merge(new, on=list(keys), how="outer", suffixes=("_before", "_after"), sort=False, indicator=True)
    found = []
    for row in joined.to_dict("records"):
        whose, first = "·".join(str(row[key]) for key in keys), str(row[keys[0]])
        if row["_merge"] != "both":
            is_new = row["_merge"] == "right_only"
            words = str(row[f"{columns[0]}_{'after' if is_new else 'before'}"])
            found.append(Change(table.title, whose, _CAME if is_new else _WENT, "" if is_new else words, words if is_new else "", reasons.of(first, "")))
            continue
        for column in columns:
            was, now = ("" if pd.isna(value) else str(value) for value in (row[f"{column}_before"], row[f"{column}_after"]))
            if was != now:
                found.append(Change(table.title, whose, table.column(column).title, was, now, reasons.of(first, column)))
    return found


def _texts(frame: pd.DataFrame, keys: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    plain = pd.DataFrame({name: frame[name].astype("string") for name in (*keys, *columns)})
    numeric = [name for name in columns if str(frame[name].dtype) == "Float64"]
    return plain.assign(**{name: frame[name].map(lambda value: show_number(exact(value)), na_action="ignore").astype("string") for name in numeric})
