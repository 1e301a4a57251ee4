"""The sheet 调整台账 as data: its columns, the rows it shows, what the clerk typed into them, and the questions it asks."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.model.place import Place

SHEET, TOKEN = "调整台账", "总表底稿"
SUBJECT, MATTER, BEFORE, AFTER, SINCE, NATURE = "编号", "事项", "原", "现", "自期间", "更正/变更"
REFERENCE, REASON, APPROVED, AT, NUMBER, ANSWER = "文号", "理由", "批准", "登记时间", "序号", "答复"
COLUMNS = (SUBJECT, MATTER, BEFORE, AFTER, SINCE, NATURE, REFERENCE, REASON, APPROVED, AT, NUMBER, ANSWER)
EDITABLE = (SINCE, NATURE, REFERENCE, REASON, APPROVED)
VOID = "作废"  # the answer that takes a row back
HINT = "请在“答复”里选："  # what stands as 理由 in a question
ASKS = "待答复"  # in the place of the time: the row is a question of ours


class TypedRow(NamedTuple):
    """One row as the clerk left it: its texts by column title, and where it stands."""

    cells: Mapping[str, str]
    place: Place

    @property
    def line(self) -> int:
        """The number of its row in the sheet, counted from 1."""
        return int(self.place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))

    def at(self, title: str) -> Place:
        """Give the place of one of its cells by the column's title. Raises ValueError for a title that 调整台账 does not have."""
        column = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[COLUMNS.index(title)]
        return self.place._replace(cell=f"{column}{self.line}")


class SheetRow(NamedTuple):
    """One row to show: its texts in the order of COLUMNS; `choices` are the answers to a question, () where it asks none."""

    texts: tuple[str, ...]
    choices: tuple[str, ...] = ()


class Shown(NamedTuple):
    """What a workbook was written with: the digest of its list, and the editable texts of each row of the sheet by its number."""

    edition: str
    rows: Mapping[str, tuple[str, ...]]


class TypedSheet(NamedTuple):
    """The sheet as the clerk left it, with the token of what the workbook was written with ('' where it has none)."""

    rows: tuple[TypedRow, ...] = ()
    token: str = ""
