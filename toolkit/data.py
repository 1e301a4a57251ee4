"""The data of an office for analysts and notebooks: typed pandas tables, read only.

    from toolkit.data import open_workspace
    data = open_workspace("D:/任务汇总")
    data.tasks("2023Q2").groupby("light", observed=False).size()
    data.scores(as_of="2023-07-15")          # as the ledger stood at the end of that day

Every table, column, type, unit and meaning: `dictionary()`, docs/数据字典.md. Types: text is `string`, numbers `Float64`, counts `Int64`, yes and no
`boolean` (all with missing values), categories ordered, days `datetime64[s]`, moments `datetime64[s, Asia/Shanghai]`. Row counts are those of the
consolidated workbooks. Works on a ledger in a file and on a PostgreSQL server; nothing is written.
"""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.flows.office.start_command import existing_workspace
from toolkit.flows.report.data_tables import AsOf, tables
from toolkit.flows.report.export import as_table, dictionary_table
from toolkit.model.command_error import CommandError as Trouble
from toolkit.model.period import Period

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Data", "Trouble", "dictionary", "open_workspace", "read_table"]


class Data:
    """The tables of one workspace. Each method takes periods (`"2023Q1"`, none: all that were issued) and `as_of`, a day or a moment in local time."""

    def __init__(self, folder: Path) -> None:
        """Look at a folder; raises Trouble where it is no workspace."""
        self._space = existing_workspace(folder)

    def tasks(self, *periods: str, as_of: str | AsOf = None) -> "pd.DataFrame":
        """Give one row a task and period, as sheet 任务进展 has them."""
        return self.table("tasks", *periods, as_of=as_of)

    def answers(self, *periods: str, as_of: str | AsOf = None) -> "pd.DataFrame":
        """Give one row a filled cell, with what was typed, how it was understood, and the original's file, sheet and cell."""
        return self.table("answers", *periods, as_of=as_of)

    def milestones(self, *periods: str, as_of: str | AsOf = None) -> "pd.DataFrame":
        """Give one row a milestone and period, as sheet 里程碑 has them; days late in `slip` and `overdue`."""
        return self.table("milestones", *periods, as_of=as_of)

    def indicators(self, *periods: str, as_of: str | AsOf = None) -> "pd.DataFrame":
        """Give one row an indicator and period, as sheet 量化指标 has them; rates in percent."""
        return self.table("indicators", *periods, as_of=as_of)

    def findings(self, *periods: str, as_of: str | AsOf = None) -> "pd.DataFrame":
        """Give one row a finding, as sheet 问题清单 has them; no periods: all that were issued. `as_of` is the day or moment up to which the ledger is read."""
        return self.table("findings", *periods, as_of=as_of)

    def scores(self, *periods: str, as_of: str | AsOf = None) -> "pd.DataFrame":
        """Give one row a unit and period, as sheet 单位考核 has them."""
        return self.table("scores", *periods, as_of=as_of)

    def lights(self, *periods: str, as_of: str | AsOf = None) -> "pd.DataFrame":
        """Give one row a unit's part in a task and period, as sheet 任务计分 has them."""
        return self.table("lights", *periods, as_of=as_of)

    def returns(self, *periods: str, as_of: str | AsOf = None) -> "pd.DataFrame":
        """Give one row a file that was ever received; without periods also those that belong to none."""
        return self.table("returns", *periods, as_of=as_of)

    def events(self, *periods: str, as_of: str | AsOf = None) -> "pd.DataFrame":
        """Give one row an entry of the event log, in its order; no periods: all of it."""
        return self.table("events", *periods, as_of=as_of)

    def evidence(self, *periods: str, as_of: str | AsOf = None) -> "pd.DataFrame":
        """Give one row a piece of evidence that was matched to a task."""
        return self.table("evidence", *periods, as_of=as_of)

    def table(self, name: str, *periods: str, as_of: str | AsOf = None) -> "pd.DataFrame":
        """Give a table by its name; raises Trouble for a name, a period or a day that there is none of."""
        return tables(self._space, [name], periods=[Period.parse(text) for text in periods], as_of=_moment(as_of))[name]


def open_workspace(path: str | Path) -> Data:
    """Open a workspace folder to read from; raises Trouble (`str()` says what to do, in Chinese) where it is none."""
    return Data(Path(path))


def dictionary() -> "pd.DataFrame":
    """Give the data dictionary: one row a column, with its table, type, unit, meaning and source."""
    return dictionary_table()


def read_table(path: str | Path) -> "pd.DataFrame":
    """Read a file that `export` wrote (csv, parquet or json; its name is the table's) with the dictionary's types; the values are those written."""
    return as_table(Path(path))


def _moment(as_of: str | AsOf) -> AsOf:
    if not isinstance(as_of, str):
        return as_of
    try:
        return date.fromisoformat(as_of) if len(as_of) == len("2023-06-30") else datetime.fromisoformat(as_of)
    except ValueError as error:
        raise Trouble(f"看不懂日期“{as_of}”。", "请写成 2023-06-30 或 2023-06-30 09:00:00 的样子。") from error
