"""The names of the sheets: a contract with every reader of the workbook."""

from toolkit.model.standing import Round

OVERVIEW = "总览"
TASKS = "任务进展"  # where a form names no other
INDICATORS = "量化指标"
SCORES = "单位考核"
POINTS = "任务计分"
DEDUCTIONS = "扣分明细"
UNITS = "报送情况"
FINDINGS = "问题清单"
CONFLICTS = "进展不一"  # only where there are any
DETAILS = "填报明细"
CHANGES = "变动对照"
REQUESTS = "申请事项"  # only where there are any
RECEIVED = "收件清单"  # only where something came
EVIDENCE = "佐证材料"  # only where something came, or is said to be finished without any
MILESTONES = "里程碑"  # only where tasks have milestones
DUE_NODES = "节点到期"  # only where one of them is not reached
NODE_DAY = "node_day"  # the name of the cell in 参数与图例 with the day on which milestones are judged
LOWER = "下级来源"  # only where values rest on words from below the units
RULINGS = "认定记录"  # only where there are any
LEGEND = "参数与图例"
LIVES = "销号台账"  # once somebody asked to close a task
MATTERS_TOLD = "协调事项"  # once somebody brought something up
LADDER = "督办阶梯台账"  # once a step was taken
SUPERVISION = "督办台账"  # once letters were written
CORRECTIONS = "定稿后更正"  # once something came after a closing
YEAR = "年度考核"  # in a year's book: where quarters are weighed, or something is held against a unit
VETOES = "一票否决"  # in a year's book, where something is held against a unit
APPEALS = "申诉"  # where units appeal against their scores
MATTERS = "未决事项"  # where something was undecided at the closing
OTHERS = (TASKS, INDICATORS, SCORES, UNITS, FINDINGS, DETAILS, CHANGES, POINTS, DEDUCTIONS, LEGEND)
NOTHING_CAME = "未报"
NOTHING_TYPED = "未填"  # a form came in which no cell was typed: not reported either


def title_of(state: Round) -> str:
    """Name a round's workbook: 2023年第一季度目标任务进展汇总, of a form with a sheet of its own 2023年5月隐患排查汇总, in another language its name first."""
    form = state.task_form
    if form.book_sheet != TASKS and form.language:
        return f"{form.name}，{state.period.span_label}"
    return book_title(state.label) if form.book_sheet == TASKS else f"{state.period.span_label}{form.name}汇总"


def book_title(label: str) -> str:
    """Name the workbook for a period's label: 2023年第一季度目标任务进展汇总."""
    return f"{label}目标任务进展汇总"
