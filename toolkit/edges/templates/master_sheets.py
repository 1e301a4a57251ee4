"""What stands at the heads of the master list's sheets, how they look, and what becomes of a row; for who reads the list without loading what writes it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.measure import height

TASKS = ("编号", "类别", "章节", "小节", "目标任务", "牵头单位", "责任单位", "完成时限", "权重", "状态", "备注", "责任领导", "清单")
INDICATORS = ("编号", "指标", "比较", "目标值", "单位", "口径", "原文")
BOUNDS = ("下限", "上限")  # of what may plausibly be reported; a list from before them has neither
ID, PARENT = "标识", "上级单位"
PARTED, UNIT_WEIGHT = "分报", "汇总权重"  # columns that only a list has which uses them
UNITS = ("单位", "别名", "类别", "成员", "是否发放", "联系人", "电话", "邮箱", PARENT, ID)
NODES = ("编号", "节点", "基准日期")
CALENDAR = ("期间", "表单", "开始", "截止")
SPANS = ("名称", "起", "止")  # of a round that has a name, first and last day of its own; a list from before them has none
ODD_DAYS = ("日期", "休息或上班", "说明")
DOUBTS = ("位置", "读到的内容", "疑问", "还可能是", "处理", "编号", "怎么办", "代码", "清单")
LINES = ("位置", "读作", "编号", "原文", "清单")
HEADER = CellStyle(font="黑体", size=11, bold=True, fill="D9E1F2", border="BFBFBF", across="center")
ROW = CellStyle(font="宋体", size=10, border="BFBFBF", wrap=True)
ASKED = replace(ROW, fill="FFF2CC")  # where the clerk is to answer
_WIDTHS = {
    "任务": (9, 10, 24, 20, 70, 24, 40, 12, 7, 8, 24, 12, 10),
    "量化指标": (9, 40, 7, 12, 12, 9, 50, 10, 10),
    "单位": (34, 36, 12, 50, 10, 12, 16, 26, 16, 16),
    "日程": (16, 14, 14, 14, 16, 12, 12),
    "待确认": (16, 50, 44, 24, 24, 10, 50, 7, 12),
    "节点": (12, 50, 14),
    "节假日": (14, 14, 40),
    "上年结转": (10, 70, 24, 40, 18, 12, 10, 10),
    "调整台账": (14, 24, 36, 36, 10, 10, 20, 30, 16, 17, 7, 12),
    "原文": (16, 12, 12, 110, 12),
}
_OF_COLUMNS_AT_THE_END = 10
_LOWEST = 18


def widths_of(sheet: str, columns: int) -> tuple[float, ...]:
    """Give the widths, in characters, of so many columns of a sheet of the list."""
    known = _WIDTHS[sheet][:columns]
    return (*known, *(_OF_COLUMNS_AT_THE_END,) * (columns - len(known)))


def row_height(values: Sequence[object], widths: Sequence[float]) -> float:
    """Give the height, in points, of a row whose values are read whole in columns of these widths."""
    return max(_LOWEST, height(((str(value), width) for value, width in zip(values, widths, strict=True)), ROW.size))


class RowChange(NamedTuple):
    """What becomes of one row of a sheet: its key columns' texts, its new cells by title (all of them for a new row); None takes the row out."""

    sheet: str
    key: Mapping[str, str]
    cells: Mapping[str, object] | None
    is_new: bool = False
