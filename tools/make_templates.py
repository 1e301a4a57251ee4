"""Writes the form definitions and rules that the project ships in templates/, so that a change to them can be read as text."""

import sys
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from toolkit.edges.templates.read_choices import CHOICE_COLUMNS, STAGE, SYNONYMS
from toolkit.edges.templates.read_exemptions import EXEMPTION_COLUMNS, MODE_COLUMNS
from toolkit.edges.templates.read_forms import COLUMNS
from toolkit.model.column_uses import USES
from toolkit.model.measure import height
from toolkit.model.scoring import SCORING
from toolkit.model.stages import known_stage
from toolkit.model.state_synonyms import STATE_SYNONYMS
from tools.appeal_columns import APPEAL_DEDUCTIONS, APPEAL_OTHERS, APPEAL_SETTINGS
from tools.language_words import languages_book
from tools.node_columns import FORECASTS, PLAN_NODES, PROGRESS_NODES, chart_looks, forecast_sheet
from tools.notice_words import words_book
from tools.plan_form import PLAN_CONTACTS, PLAN_SETTINGS, PLAN_TASKS
from tools.request_columns import MATTER_STATES, PROGRESS_MATTERS, PROGRESS_REQUESTS, REQUEST_KINDS
from tools.rules_words import CHECKS, LIGHTS, PARAMETERS
from tools.scoring_sheets import scoring_sheets
from tools.template_pieces import HEI, KAI, heading, ladder_sheet, look, office_sheet

PROGRESS_SETTINGS = [
    ("代码", "progress"),
    ("版本", "1"),
    ("名称", "季度进展"),
    ("期间", "季"),
    ("标题", "{期间}目标任务进展情况报送表"),
    ("任务栏目.工作表", "任务进展"),
    ("任务栏目.每行", "任务"),
    ("指标栏目.工作表", "指标进展"),
    ("指标栏目.每行", "指标"),
    ("申请栏目.工作表", "申请事项"),
    ("申请栏目.每行", "空行"),
    ("申请栏目.空行数", "5"),
    ("节点栏目.工作表", "节点进展"),
    ("节点栏目.每行", "节点"),
    ("事项栏目.工作表", "事项办理"),
    ("事项栏目.每行", "事项"),
    ("填报说明", "请在“任务进展”“指标进展”两张表的浅黄色单元格里填写，灰色单元格由办公室预先填好，不能改动。"),
    ("填报说明", "牵头单位填写整项任务的累计进度；责任单位只需填写进展状态和本单位的进展情况，其他栏目有则填写。"),
    ("填报说明", "累计进度填 0 到 100 的数，如 45 表示完成全年任务的 45%；不要写“约”“左右”。"),
    ("填报说明", "进展滞后的，请写明存在问题、原因和下一步措施；已完成的，请在“佐证材料”写明文件名称或文号。"),
    ("填报说明", "要延期、调整目标、更换牵头、撤销任务、延期报送或说明情况的，填在“申请事项”里，一事一行；没有的空着。办公室同意以前，仍按原来的执行。"),
    ("填报说明", "有“节点进展”表的，逐个节点填预计日期或实际日期；比基准日期晚的写明原因。基准日期由办公室掌握，要改的写在“申请事项”里。"),
    ("填报说明", "任务办完、要求销号的，在“申请事项”里选“申请办结”，写明任务编号和佐证材料；核验销号以后，下期的表不再列这一项。"),
    ("填报说明", "有“事项办理”表的，是上期提出的需协调事项、交本单位办理的事项或退回的办结申请，请逐行写明办理情况。"),
    ("填报说明", "请不要增删行列、改表名或把表格复制到新文件；文件名可以改。填好后原样保存，发回办公室。"),
    ("签批栏", "填报人、审核人、单位盖章、日期"),
    ("灯", "进度"),
    ("计分", "是"),
    ("文书", "通报、督办通知单、催报、签批页、签批表"),
    ("汇总表", "任务进展"),
    ("语言", "中文"),
]
PROGRESS_TASKS = [
    ("number", "编号", "序号", "预填", "编号", "文本", "", "", "", "", "", 7),
    ("task", "目标任务", "任务、工作任务", "预填", "目标任务", "文本", "", "", "", "", "", 30),
    ("role", "本单位角色", "角色", "预填", "本单位角色", "文本", "", "", "", "", "", 6),
    ("lead", "牵头单位", "", "预填", "牵头单位", "文本", "", "", "", "", "", 12),
    ("support", "责任单位", "配合单位", "预填", "责任单位", "文本", "", "", "", "", "", 13),
    ("plan_node", "本季计划节点", "", "预填", "本季计划节点", "文本", "", "", "", "", "", 12),
    ("plan", "计划进度", "", "预填", "计划进度", "百分比", "", "", "", "", "", 6),
    ("last_progress", "上季累计进度", "", "预填", "上期.progress", "百分比", "", "", "", "", "", 7),
    ("last_next", "上季下步措施", "", "预填", "上期.next", "文本", "", "", "", "", "", 12),
    ("status", "进展状态", "状态、完成状态", "填报", "", "选项", "是", "", "", "进展状态", "从下拉框中选一个", 8),
    ("progress", "累计进度", "进度、完成进度", "填报", "", "百分比", "牵头", 0, 100, "", "0 到 100 的数，如 45 表示 45%", 7),
    ("done", "本季进展情况", "进展情况、完成情况", "填报", "", "文本", "是", 4, 2000, "", "本季度做了什么、做到什么程度，用数字说话", 34),
    ("problem", "存在问题", "问题", "填报", "", "文本", "否", "", 1000, "", "进展滞后时必须写明", 16),
    ("reason", "原因", "滞后原因", "填报", "", "文本", "否", "", 1000, "", "造成问题的主要原因", 12),
    ("next", "下一步措施", "下步措施、下一步打算", "填报", "", "文本", "牵头", "", 1000, "", "下季度做什么、做到什么程度", 18),
    ("due", "预计完成时间", "完成时间", "填报", "", "日期", "否", "", "", "", "形如 2023-12-20 的日期", 11),
    ("help", "需协调事项", "", "填报", "", "文本", "否", "", 1000, "", "需要区政府协调解决的事项", 12),
    ("evidence", "佐证材料", "证明材料", "填报", "", "文本", "已完成", "", 500, "", "文件名称、文号或照片说明", 12),
    ("forecast", "年底预判", "年度预判、全年预判", "填报", "", "选项", "否", "", "", "年底预判", "牵头单位判断：到年底能不能完成全年任务", 9),
]
PROGRESS_INDICATORS = [
    ("number", "编号", "", "预填", "编号", "文本", "", "", "", "", "", 8),
    ("name", "指标", "指标名称", "预填", "指标", "文本", "", "", "", "", "", 34),
    ("comparator", "比较", "", "预填", "比较", "文本", "", "", "", "", "", 6),
    ("target", "年度目标", "目标值", "预填", "目标值", "小数", "", "", "", "", "", 11),
    ("measure_unit", "单位", "计量单位", "预填", "单位", "文本", "", "", "", "", "", 10),
    ("last_reached", "上季累计", "", "预填", "上期.reached", "小数", "", "", "", "", "", 11),
    ("reached", "本年累计完成值", "累计完成值", "填报", "", "小数", "牵头", "", "", "", "只填数字，计量单位见左侧“单位”栏", 14),
    ("rate", "完成率", "", "公式", 'IF(OR([本年累计完成值]="",[年度目标]=0),"",ROUND([本年累计完成值]/[年度目标]*100,1))', "百分比", "", "", "", "", "", 9),
    ("remark", "说明", "备注", "填报", "", "文本", "否", "", 500, "", "口径变化、数据来源等", 30),
]
STATES = {"未启动": "还没有开始", "推进中": "已经开始，还没有完成", "已完成": "全年任务已经完成，累计进度为 100"}
STATUS = [("进展状态", state, meaning, "、".join(STATE_SYNONYMS[state]), known_stage(state)) for state, meaning in STATES.items()]
USED = {code: use for use, code in USES.items()}  # what each column of the shipped forms is to the program


def form_looks(book: Workbook) -> None:
    """Write the 样式 sheet of a form."""
    sheet = book.create_sheet("样式")
    sheet.append(["名称", "样例", "用在哪里"])
    look(sheet, 2, "标题", "每张表第一行", font=HEI, size=16, border=False, across="center", wrap=False)
    look(sheet, 3, "副题", "标题下面的单位、期间、回执编号", size=10, border=False, wrap=False)
    look(sheet, 4, "表头", "预填栏目的表头", font=HEI, size=10, bold=True, fill="D9E1F2", across="center")
    look(sheet, 5, "填报表头", "填报栏目的表头", font=HEI, size=10, bold=True, fill="FFE699", across="center")
    look(sheet, 6, "预填", "办公室预先填好的单元格", fill="F2F2F2")
    look(sheet, 7, "上期", "上一期报过的内容", fill="E2EFDA", colour="375623")
    look(sheet, 8, "填报", "单位填写的单元格", fill="FFFDF0", locked=False)
    look(sheet, 9, "公式", "自动计算的单元格", fill="EDEDED", colour="1F4E79", across="center")
    look(sheet, 10, "提示", "填写提示、说明文字", font=KAI, size=10, colour="7F7F7F", border=False)
    look(sheet, 11, "必填", "还没有填的必填单元格", fill="F8CBAD", colour="C00000")
    look(sheet, 12, "计数", "还有几处必填没有填", font=HEI, size=11, bold=True, colour="C00000", border=False, wrap=False)
    look(sheet, 13, "签批", "表末的签批栏", size=11, border=False, wrap=False, locked=False)
    look(sheet, 14, "说明", "填报说明里的正文", size=11, border=False)
    look(sheet, 15, "退改", "退回表里有问题的单元格", fill="FF9999", locked=False)
    for column, width in zip("ABC", (12, 28, 34), strict=True):
        sheet.column_dimensions[column].width = width


def fields_sheet(book: Workbook, name: str, rows: list[tuple[object, ...]]) -> None:
    """Write one 栏目 sheet."""
    sheet = book.create_sheet(name)
    heading(sheet, COLUMNS)
    for row in rows:
        sheet.append([None if value == "" else value for value in (*row, USED.get(str(row[0]), ""))])
    for column, width in zip("ABCDEFGHIJKLMNO", (14, 16, 22, 8, 24, 9, 7, 7, 7, 12, 40, 7, 11, 8, 8), strict=True):
        sheet.column_dimensions[column].width = width


def form_book(settings: list[tuple[str, str]], tables: dict[str, list[tuple[object, ...]]], choices: Sequence[tuple[str, str, str]] = ()) -> Workbook:
    """Write a whole form definition."""
    book = Workbook()
    sheet = book.active
    sheet.title = "表单"
    heading(sheet, ("键", "值"))
    for row in settings:
        sheet.append(row)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 90
    for name, rows in tables.items():
        fields_sheet(book, name, rows)
    sheet = book.create_sheet("选项")
    heading(sheet, (*CHOICE_COLUMNS, "含义", SYNONYMS, STAGE))
    for row in (*STATUS, *choices):
        sheet.append(row)
    for column, width in zip("ABCDE", (14, 14, 50, 100, 9), strict=True):
        sheet.column_dimensions[column].width = width
    for row, (_, _, _, words, _) in enumerate(STATUS, 2):
        sheet.cell(row, 4).alignment = Alignment(vertical="top", wrap_text=True)
        sheet.row_dimensions[row].height = height(((words, 96),), 11)
    sheet["G1"] = "同义词用顿号隔开；单位写了这些词的，按同一行的“值”读取并标为待核。可以自己添加；本地意思不同的，写到另一行就按那一行。"
    sheet["G1"].font = Font(name=KAI, size=10, color="7F7F7F")
    form_looks(book)
    return book



def rules_book() -> Workbook:
    """Write the assessment rules: sheets 参数, 检查, 豁免, 灯, 任务权重, 加减分, 一票否决, 否决条件, 预判对照, 督办阶梯, 样式."""
    book = Workbook()
    sheet = book.active
    sheet.title = "参数"
    heading(sheet, ("代码", "名称", "值", "说明"))
    for row in (*PARAMETERS, *((parameter.code, parameter.name, int(parameter.value), parameter.note) for parameter in SCORING)):
        sheet.append(row)
    for column, width in zip("ABCD", (16, 24, 10, 60), strict=True):
        sheet.column_dimensions[column].width = width
    sheet = book.create_sheet("检查")
    heading(sheet, MODE_COLUMNS)
    for row in CHECKS:
        sheet.append(row)
    for column, width in zip("ABCD", (8, 26, 8, 70), strict=True):
        sheet.column_dimensions[column].width = width
    choices = DataValidation("list", formula1='"启用,试行,停用"', allow_blank=False)
    choices.add(f"C2:C{len(CHECKS) + 1}")
    sheet.add_data_validation(choices)
    sheet = book.create_sheet("豁免")
    heading(sheet, EXEMPTION_COLUMNS)
    sheet["G1"] = "单位写名录里的名称；规则写问题清单里的代码，如 R03；编号空白是全部任务；截止日期当天仍有效，过后自动失效。"
    for column, width in zip("ABCDE", (26, 8, 10, 46, 14), strict=True):
        sheet.column_dimensions[column].width = width
    sheet = book.create_sheet("灯")
    heading(sheet, ("灯", "含义", "符号", "样例", "图表颜色"))
    for row, (name, meaning, symbol, fill, colour, strong) in enumerate(LIGHTS, 2):
        for column, value in enumerate((name, meaning, symbol, name), 1):
            sheet.cell(row, column, value)
        sheet.cell(row, 4).fill = PatternFill("solid", fgColor=fill)
        sheet.cell(row, 4).font = Font(name=HEI, color=colour, bold=True)
        sheet.cell(row, 5).fill = PatternFill("solid", fgColor=strong)
    sheet.column_dimensions["B"].width = 36
    scoring_sheets(book, office_sheet)
    forecast_sheet(book, office_sheet)
    ladder_sheet(book)
    sheet = book.create_sheet("样式")
    sheet.append(["名称", "样例", "用在哪里"])
    look(sheet, 2, "标题", "总览的大标题", font=HEI, size=20, bold=True, border=False, wrap=False, colour="1F3864")
    look(sheet, 3, "副题", "标题下面的说明", size=10, border=False, wrap=False, colour="595959")
    look(sheet, 4, "表头", "各表的表头", font=HEI, size=10, bold=True, fill="D9E1F2", across="center")
    look(sheet, 5, "正文", "各表的正文", size=10)
    look(sheet, 6, "居中", "编号、状态等短内容", size=10, across="center")
    look(sheet, 7, "数字", "进度、差距、得分", size=10, across="center")
    look(sheet, 8, "链接", "指向别的表或原件", size=10, colour="0563C1")
    look(sheet, 9, "认定", "汇总人员自己填写的单元格", size=10, fill="FFF2CC", locked=False)
    look(sheet, 10, "小标题", "总览里的小标题", font=HEI, size=12, bold=True, border=False, wrap=False, colour="1F3864")
    look(sheet, 11, "大数", "总览里的大数字", font=HEI, size=22, bold=True, across="center", colour="1F3864", fill="F2F6FC", wrap=False)
    look(sheet, 12, "数名", "大数字下面的名称", size=10, across="center", fill="F2F6FC", colour="595959")
    look(sheet, 13, "注", "说明文字", font=KAI, size=10, border=False, colour="7F7F7F")
    look(sheet, 14, "错误", "问题清单里的错误", size=10, across="center", colour="9C0006", fill="FFC7CE")
    look(sheet, 15, "待核", "问题清单里的待核", size=10, across="center", colour="7F6000", fill="FFEB9C")
    look(sheet, 16, "提示", "问题清单里的提示", size=10, across="center", colour="404040", fill="EDEDED")
    look(sheet, 17, "时间", "报送时间", size=10, across="center", number_format="yyyy-mm-dd hh:mm")
    look(sheet, 18, "标签", "总览里通往各表的链接", font=HEI, size=10, across="center", colour="0563C1", fill="F2F6FC", wrap=False)
    chart_looks(sheet, look)
    for column, width in zip("ABC", (12, 28, 34), strict=True):
        sheet.column_dimensions[column].width = width
    return book


def main(folder: Path) -> None:
    """Write every shipped template into a folder."""
    tables = {
        "任务栏目": PROGRESS_TASKS,
        "指标栏目": PROGRESS_INDICATORS,
        "申请栏目": PROGRESS_REQUESTS,
        "节点栏目": PROGRESS_NODES,
        "事项栏目": PROGRESS_MATTERS,
    }
    form_book(PROGRESS_SETTINGS, tables, (*REQUEST_KINDS, *FORECASTS, *MATTER_STATES)).save(folder / "季度进展.xlsx")
    rules_book().save(folder / "考核规则.xlsx")
    words_book(office_sheet).save(folder / "通知用语.xlsx")
    form_book(APPEAL_SETTINGS, {"扣分栏目": APPEAL_DEDUCTIONS, "其他栏目": APPEAL_OTHERS}).save(folder / "成绩申诉.xlsx")
    languages_book(office_sheet).save(folder / "用语.xlsx")
    form_book(PLAN_SETTINGS, {"工作方案栏目": PLAN_TASKS, "督办联络员栏目": PLAN_CONTACTS, "节点栏目": PLAN_NODES}).save(folder / "工作方案.xlsx")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
