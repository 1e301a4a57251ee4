"""What stands at the heads of the master list's sheets, and what becomes of a row of them; for who reads the list without loading what writes it."""

from collections.abc import Mapping
from typing import NamedTuple

TASKS = ("编号", "类别", "章节", "小节", "目标任务", "牵头单位", "责任单位", "完成时限", "权重", "状态", "备注", "责任领导", "清单")
INDICATORS = ("编号", "指标", "比较", "目标值", "单位", "口径", "原文")
BOUNDS = ("下限", "上限")  # of what may plausibly be reported; a list from before them has neither
ID, PARENT = "标识", "上级单位"
PARTED, UNIT_WEIGHT = "分报", "汇总权重"  # columns that only a list has which uses them
UNITS = ("单位", "别名", "类别", "成员", "是否发放", "联系人", "电话", "邮箱", PARENT, ID)
CALENDAR = ("期间", "表单", "开始", "截止")
SPANS = ("名称", "起", "止")  # of a round that has a name, first and last day of its own; a list from before them has none
ODD_DAYS = ("日期", "休息或上班", "说明")
DOUBTS = ("位置", "读到的内容", "疑问", "还可能是", "处理", "编号", "怎么办", "代码", "清单")
LINES = ("位置", "读作", "编号", "原文", "清单")


class RowChange(NamedTuple):
    """What becomes of one row of a sheet: its key columns' texts, its new cells by title (all of them for a new row); None takes the row out."""

    sheet: str
    key: Mapping[str, str]
    cells: Mapping[str, object] | None
    is_new: bool = False
