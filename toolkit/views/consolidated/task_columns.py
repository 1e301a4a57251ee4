"""The columns of 任务进展: a contract with every reader of the workbook, to the letter."""

from toolkit.model.decisions import FORMER
from toolkit.model.form import DONE, NEXT, PROBLEM, PROGRESS, STATUS
from toolkit.model.sheet import Formula
from toolkit.views.consolidated.data_sheet import Column
from toolkit.views.consolidated.source_links import source
from toolkit.views.consolidated.task_lines import TaskLine, by_progress, gap_formula, light_formula, number_cell, quarter, reports_of_others


def _gap(line: TaskLine) -> Formula:
    return gap_formula(line, planned="计划进度", done="累计进度", status="进展状态")


def _light(line: TaskLine) -> Formula:
    return light_formula(line, ruled="认定灯", status="进展状态", judged=by_progress(line, behind="差距", status="进展状态"))


COLUMNS: tuple[Column[TaskLine], ...] = (
    Column("编号", 8, "居中", number_cell),
    Column("类别", 9, "居中", lambda line: line.standing.task.category),
    Column("章节", 13, "正文", lambda line: line.standing.task.section),
    Column("小节", 11, "正文", lambda line: line.standing.task.subsection),
    Column("目标任务", 36, "正文", lambda line: line.standing.task.text, 80),
    Column("牵头单位", 14, "正文", lambda line: "、".join(line.standing.task.leads)),
    Column("责任单位", 15, "正文", lambda line: "、".join(line.standing.task.supports), 30),
    Column("计划进度", 6, "数字", lambda line: line.standing.planned),
    Column("累计进度", 6, "数字", lambda line: line.standing.progress),
    Column("差距", 7, "数字", _gap),
    Column("灯", 5, "居中", _light),
    Column("进展状态", 8, "居中", lambda line: line.standing.status),
    Column("本季进展情况", 38, "正文", lambda line: line.of_lead(DONE), 90),
    Column("存在问题", 20, "正文", lambda line: line.of_lead(PROBLEM), 60),
    Column("下一步措施", 22, "正文", lambda line: line.of_lead(NEXT), 60),
    Column("责任单位进展", 32, "正文", lambda line: reports_of_others(line.standing), 90),
    Column("一季度", 7, "数字", quarter(0)),
    Column("二季度", 7, "数字", quarter(1)),
    Column("三季度", 7, "数字", quarter(2)),
    Column("四季度", 7, "数字", quarter(3)),
    Column("认定灯", 7, "认定灯", lambda line: line.standing.ruling.light),
    Column("认定说明", 16, "认定", lambda line: line.standing.ruling.note, 50),
    Column("来源", 9, "链接", lambda line: source(line.standing.lead)),
    Column(FORMER, 10, "正文", lambda line: line.standing.ruling.former, 50),
)
SAID = {"累计进度": PROGRESS, "进展状态": STATUS, "本季进展情况": DONE, "存在问题": PROBLEM, "下一步措施": NEXT}  # headers that hold a form's column
QUARTERS = ("一季度", "二季度", "三季度", "四季度")
