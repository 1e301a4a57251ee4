"""Whose word a value is that an office below wrote into its form: the rows of the sheet 数据来源 in an answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.place import Place

SHEET = "数据来源"
LEVEL, OWN_SHEET, OWN_CELL, NUMBER, TITLE, STATE, FILLED, MERGED, HOW = "层级", "工作表", "单元格", "编号", "栏目", "状态", "填入值", "汇总值", "算法"
UNIT, FILE, CELL, TYPED, READ, SENT, DIGEST, HANDLING = "下级单位", "下级文件", "下级单元格", "下级所写", "读作", "报送时间", "原件摘要", "处理"
COLUMNS = (LEVEL, OWN_SHEET, OWN_CELL, NUMBER, TITLE, STATE, FILLED, MERGED, HOW, UNIT, FILE, CELL, TYPED, READ, SENT, DIGEST, HANDLING)
TAKE_MERGED, KEEP_TYPED = "采用汇总值", "保留现值"
UNDER = " › "  # between a unit and the one below it


class CellState(StrEnum):
    """How a value came into its cell."""

    MERGED = "汇总"
    CHANGED = "手工改动"
    TYPED = "手工填写"
    ASKED = "待定"
    BLANK = "空着"


@dataclass(frozen=True, slots=True)
class LowerSource:
    """One row of the sheet: a cell of the answer, what was put into it and how that came about, and one word of a unit below on which it rests.

    `level` is 1 for a unit right below the one that answers, 2 for one below that; `unit` then names both. Of a cell on which nobody spoke,
    everything from `unit` on is ''. All are texts as they stand in the sheet.
    """

    level: int
    sheet: str
    cell: str
    number: str
    title: str
    state: str
    filled: str
    merged: str
    how: str
    unit: str = ""
    file: str = ""
    place: str = ""
    typed: str = ""
    read: str = ""
    sent: str = ""
    digest: str = ""
    handling: str = ""

    def values(self) -> tuple[str, ...]:
        """Give its cells in the order of the sheet's columns."""
        what = (str(self.level), self.sheet, self.cell, self.number, self.title, self.state, self.filled, self.merged, self.how)
        return (*what, self.unit, self.file, self.place, self.typed, self.read, self.sent, self.digest, self.handling)


def source_from(values: Sequence[str]) -> LowerSource:
    """Give what a row of the sheet says, its cells in the order of the columns."""
    level, *texts = values
    return LowerSource(int(level) if re.fullmatch("[1-9]", level) else 1, *texts)


def title_of(key: str, title: str) -> str:
    """Name a column of a row; of an indicator or milestone (key 编号|名称) with its name before."""
    return f"{key.partition('|')[2]}：{title}" if "|" in key else title


def same_text(one: str, other: str) -> bool:
    """Whether two cells say the same, however they are spaced."""
    return "".join(one.split()) == "".join(other.split())


class LowerLine(NamedTuple):
    """A value of a return that rests on others: whose, of which task and column, where it stands, what was read there, on what it rests."""

    unit: str
    number: str
    title: str
    place: Place
    path: str
    value: str
    sources: tuple[LowerSource, ...]
