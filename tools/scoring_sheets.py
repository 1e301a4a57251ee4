"""The sheets of the shipped rules that an office fills in for its scores."""

from collections.abc import Callable

from openpyxl import Workbook

from toolkit.edges.templates.read_scoring import CONDITION_COLUMNS, CONDITIONS, MERIT_COLUMNS, MERITS, VETO_COLUMNS, VETOES, WEIGHT_COLUMNS, WEIGHTS
from toolkit.model.veto_rules import COUNTED, EFFECTS


def scoring_sheets(book: Workbook, office_sheet: Callable[[Workbook, str, tuple[str, ...], tuple[float, ...], str], None]) -> None:
    """Write what the office sets for the scores: sheets 任务权重, 加减分, 一票否决, 否决条件."""
    note = "只写与任务总表“权重”栏不同的任务；这里没写的按任务总表，任务总表没写的按 1。"
    office_sheet(book, WEIGHTS, WEIGHT_COLUMNS, (14, 10), note)
    note = "加分写正数，减分写负数，一事一行；算在日期所在的那一期。加分合计有上限（bonus_cap）。"
    office_sheet(book, MERITS, MERIT_COLUMNS, (30, 10, 44, 14, 44), note)
    note = f"一事一行，只管日期所在那一年的全年等次；效果写{'、'.join(EFFECTS)}。被否决的单位不占优秀、良好名额，名额顺延。"
    office_sheet(book, VETOES, VETO_COLUMNS, (30, 44, 14, 14, 44), note)
    note = f"全年达到“次数”的，等次按“效果”；次数空着的不起作用。事项写{'、'.join(COUNTED)}；申诉全部返还的不计次数。"
    office_sheet(book, CONDITIONS, CONDITION_COLUMNS, (14, 10, 14, 60), note)
