"""The tables of milestones of the shipped forms, the choices of 年底预判, and what of both stands in the shipped rules."""

from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.edges.templates.read_forecasts import FORECAST_COLUMNS, FORECAST_SHEET
from toolkit.model.rules import DISAGREES
from tools.rules_words import FORECASTS as CONTRARY

PLAN_NODES = [
    ("node_number", "编号", "任务编号", "填报", "", "文本", "否", "", 20, "", "牵头任务的编号，如 任务12", 10),
    ("node", "节点", "节点名称、里程碑", "填报", "", "文本", "否", "", 100, "", "到哪一步算完成，如 主体封顶；同一任务的节点名称不要重复", 50),
    ("baseline", "基准日期", "计划完成日、计划完成日期", "填报", "", "日期", "否", "", "", "", "计划完成日，形如 2023-06-30；定下以后由办公室调整", 16),
]
PROGRESS_NODES = [
    ("number", "编号", "序号", "预填", "编号", "文本", "", "", "", "", "", 8),
    ("task", "目标任务", "任务、工作任务", "预填", "目标任务", "文本", "", "", "", "", "", 34),
    ("node", "节点", "节点名称、里程碑", "预填", "节点", "文本", "", "", "", "", "", 26),
    ("baseline", "基准日期", "计划完成日", "预填", "基准日期", "日期", "", "", "", "", "", 12),
    ("last_due", "上期预计", "", "预填", "上期预计", "日期", "", "", "", "", "", 12),
    ("node_due", "预计日期", "预计完成日期", "填报", "", "日期", "否", "", "", "", "还没有完成的：预计哪一天完成，形如 2023-06-30", 12),
    ("node_done", "实际日期", "实际完成日期", "填报", "", "日期", "否", "", "", "", "已经完成的：哪一天完成的，形如 2023-06-30", 12),
    ("node_note", "说明", "备注", "填报", "", "文本", "否", "", 500, "", "推迟的原因、补救措施", 34),
]
FORECASTS = [
    ("年底预判", "能完成", "按现在的进度，到年底能完成全年任务", "可以完成、能够完成、能、按期完成、可完成"),
    ("年底预判", "有风险", "有完不成的可能，要采取措施", "存在风险、可能完不成、有一定风险、风险"),
    ("年底预判", "不能", "到年底完不成", "不能完成、完不成、无法完成、难以完成"),
]


def forecast_sheet(book: Workbook, office_sheet: Callable[..., None]) -> None:
    """Write the sheet 预判对照 of the rules."""
    note = "单位的年底预判与算出来的灯对不上的，提请核实；处理写“待核”或“不提”，这里没有的不提。"
    office_sheet(book, FORECAST_SHEET, FORECAST_COLUMNS, (8, 14, 10), note)
    for light, forecast in CONTRARY:
        book[FORECAST_SHEET].append((light, forecast, DISAGREES))


def chart_looks(sheet: Worksheet, look: Callable[..., None]) -> None:
    """Write how the cells of the Gantt chart look: signs tell the same in black and white."""
    look(sheet, 19, "甘特", "里程碑图的空格", size=10, across="center", wrap=False)
    look(sheet, 20, "甘特基准", "里程碑图里的基准（━ ◆）", size=10, across="center", wrap=False, bold=True, colour="1F3864", fill="BDD7EE")
    look(sheet, 21, "甘特推迟", "里程碑图里推迟的部分（╌ ◇）", size=10, across="center", wrap=False, bold=True, colour="9C0006", fill="F8CBAD")
    look(sheet, 22, "甘特实际", "里程碑图里的实际（●）", size=10, across="center", wrap=False, bold=True, colour="FFFFFF", fill="404040")
    look(sheet, 23, "甘特截止", "里程碑图里的截至日期（┃）", size=10, across="center", wrap=False, bold=True, colour="C00000", fill="FFF2CC")
