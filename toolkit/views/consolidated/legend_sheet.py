"""参数与图例: the parameters that lights are computed from, what lights and columns mean, where files ended, whose class a lead is of."""

from collections.abc import Mapping, Sequence

from toolkit.model.cell_style import CellStyle
from toolkit.model.decisions import TOKEN, TOKEN_NAME
from toolkit.model.form import LightRule, Subject
from toolkit.model.place import address
from toolkit.model.returns import Outcome
from toolkit.model.rules import DUE_SOON, QUOTA_ROUNDING, TIE_ORDER, Rules
from toolkit.model.scoring import Parameter
from toolkit.model.sheet import Area, Formula, Guard, SheetPlan
from toolkit.model.standing import Assessment, Round
from toolkit.views.consolidated import legend_words as words
from toolkit.views.consolidated.anchors import NO_CLASSES, NO_WEIGHTS, NOWHERE, Anchors, Classes, SeatCells, WeightTable
from toolkit.views.consolidated.book_styles import light_look
from toolkit.views.consolidated.data_sheet import MOST_LINKS, page
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.legend_classes import class_table
from toolkit.views.consolidated.legend_columns import column_words
from toolkit.views.consolidated.legend_nodes import node_legend
from toolkit.views.consolidated.legend_scores import LAST_PLACES, seat_table, tie_table, weight_table
from toolkit.views.consolidated.own_task_columns import AS_OF
from toolkit.views.consolidated.sheet_names import LEGEND, title_of

_WIDTHS = (20.0, 24.0, 14.0, 78.0)
_BESIDE = 7.0  # the width of a column of counts beside the list of leads
_GAPS = ("yellow_gap", "red_gap")  # by which lights of progress and amounts are told
_VALUE = 2  # the column of a parameter's value


def legend_sheet(state: Round, rules: Rules, assessment: Assessment, looks: Mapping[str, CellStyle]) -> tuple[SheetPlan, Anchors]:
    """Plan the sheet, parameters from row 1 on; also give where other sheets find what stands here."""
    board = FreeLayout((*_WIDTHS, *[_BESIDE] * (1 + len(rules.lights))), looks)
    rule, parameters = state.task_form.light, live_parameters(rules, state)
    as_of = _parameters(board, parameters, state)
    _lights(board, rules, rule)
    seats = _seats(board, state, assessment, rules) if state.is_scored else {}
    _columns(board, state)
    _files(board, state)
    classes = _classes(board, state, assessment, rules) if rule is not LightRule.NONE else NO_CLASSES
    weights, ties = _scores(board, state, assessment) if state.is_scored else (NO_WEIGHTS, NOWHERE)
    nodes = node_legend(board, state, rules) if state.milestones else {}
    token = _token(board, state)
    values = Area(1, _VALUE, len(parameters), _VALUE)
    guard = Guard("decimal", -1000000, 1000000, title="参数", prompt="改了这里，灯、个数、图表、得分和名次随之变化。", error="请填数字。")
    plan = SheetPlan(
        name=LEGEND,
        cells=tuple(board.cells),
        widths=dict(enumerate(board.widths)),
        heights=board.heights,
        merges=tuple(board.merges),
        guards=(*(((values, guard),) if parameters else ()), *(((weights.area, guard),) if state.is_scored else ())),
        freeze=(1, 0),
        printing=page(LEGEND, title_of(state), large=True),
    )
    return plan, Anchors(classes, weights, seats, ties, token, as_of, nodes)


def defined_names(rules: Rules, anchors: Anchors, state: Round) -> dict[str, str]:
    """Give defined names → formulas: the parameters' cells by their codes, the column of last places, the rulings' mark, the day of lights by days."""
    names = {parameter.code: address(number, _VALUE, absolute=True) for number, parameter in enumerate(live_parameters(rules, state), 1)}
    names |= {AS_OF: anchors.as_of} if anchors.as_of else {}
    names |= anchors.nodes
    names |= {LAST_PLACES: anchors.ties.ref(absolute=True)} if state.is_scored else {}
    return {name: f"='{LEGEND}'!{cells}" for name, cells in (names | {TOKEN_NAME: anchors.token}).items()}


def live_parameters(rules: Rules, state: Round) -> tuple[Parameter, ...]:
    """Give the parameters that a round's formulas read: of a form that is not scored only those of its lights."""
    rule = state.task_form.light
    gaps = () if rule in {LightRule.DAY, LightRule.NONE} else _GAPS
    live = tuple(parameter for parameter in rules.live if state.is_scored or parameter.code in gaps)
    if rule is not LightRule.DAY:
        return live
    name, note = words.DUE_SOON
    soon = next((parameter for parameter in rules.parameters if parameter.code == DUE_SOON), Parameter(DUE_SOON, name, rules.value(DUE_SOON), note))
    return (*(parameter for parameter in live if parameter.code != DUE_SOON), soon)


def _parameters(board: FreeLayout, parameters: Sequence[Parameter], state: Round) -> str:
    """Put the parameters on the board; give the cell of the day as of which rows are on time, '' where lights do not need one."""
    if not parameters:
        _paragraph(board, words.NO_PARAMETERS)
        return ""
    _header(board, ("代码", "名称", "值", "说明"))
    for parameter in parameters:
        board.line(((parameter.code, "居中", 1), (parameter.name, "正文", 1), (parameter.value, "认定灯", 1), (parameter.note, "正文", 1)))
    as_of = ""
    if state.task_form.light is LightRule.DAY:
        as_of = address(board.row, _VALUE, absolute=True)
        board.line(((AS_OF, "居中", 1), ("截至日期", "正文", 1), (state.as_of, "日期", 1), (words.AS_OF, "正文", 1)))
    _paragraph(board, words.PARAMETERS)
    return as_of


def _classes(board: FreeLayout, state: Round, assessment: Assessment, rules: Rules) -> Classes:
    _heading(board, "牵头单位的类别")
    _paragraph(board, words.CLASSES)
    return class_table(board, state, assessment, rules)


def _scores(board: FreeLayout, state: Round, assessment: Assessment) -> tuple[WeightTable, Area]:
    weights = _weights(board, state, assessment)
    _heading(board, "各单位的并列末名")
    _paragraph(board, words.TIES)
    return weights, tie_table(board, assessment.scores)


def _lights(board: FreeLayout, rules: Rules, rule: LightRule) -> None:
    if rule is LightRule.NONE:
        return
    _heading(board, "灯的图例")
    _header(board, ("灯", "符号", "样子", "含义"))
    for light in rules.lights:
        meaning = light.meaning if rule is LightRule.PROGRESS else light.words(rule)
        board.line(((light.name, "居中", 1), (light.symbol, "居中", 1), (light.name, light_look(light.name), 1), (meaning, "正文", 1)))
    _heading(board, "灯怎样得出")
    for sentence in words.LIGHTS_BY[rule]:
        _paragraph(board, sentence)


def _seats(board: FreeLayout, state: Round, assessment: Assessment, rules: Rules) -> Mapping[str, SeatCells]:
    _heading(board, "得分、名次和等次怎样得出")
    scores, rounding = assessment.scores, int(rules.value(QUOTA_ROUNDING))
    closed = any(stage.closed_rules is not None for stage in state.stages)
    more = {words.PARTED: rules.value(TIE_ORDER) == 1, words.WEIGHED: bool(scores.quarters), words.CLOSED_POINTS: closed, words.VETOED: bool(scores.vetoes)}
    for sentence in (*words.SCORES, *(sentence for sentence, is_said in more.items() if is_said)):
        _paragraph(board, sentence)
    _header(board, ("类别", "项目", "值", "含义"))
    return seat_table(board, scores, rounding)


def _weights(board: FreeLayout, state: Round, assessment: Assessment) -> WeightTable:
    _heading(board, "任务权重")
    _paragraph(board, words.WEIGHTS)
    _header(board, ("编号", "牵头单位", "权重", "目标任务"))
    return weight_table(board, state, assessment.scores)


def _columns(board: FreeLayout, state: Round) -> None:
    _heading(board, "各栏的含义")
    _header(board, ("工作表", "栏目", "从哪里来", "含义"))
    for sheet, title, origin, meaning in column_words(state):
        board.line(((sheet, "居中", 1), (title, "正文", 1), (origin, "居中", 1), (meaning, "正文", 1)))
    tables = [table for table in state.form.tables if table.subject is not Subject.MATTER]
    titles = "、".join(dict.fromkeys(field.title for table in tables for field in table.filled))
    board.line((("填报明细", "居中", 1), ("其余各栏", "正文", 1), ("单位填报", "居中", 1), (f"表单“{state.form.name}”的填报栏目：{titles}。", "正文", 1)))
    if len(state.details) > MOST_LINKS:
        _paragraph(board, words.LINKS)


def _files(board: FreeLayout, state: Round) -> None:
    _heading(board, "收到的文件去了哪里")
    _header(board, ("结果", "文件数", "", "说明"))
    first = board.row
    for outcome in (outcome for outcome in Outcome if outcome not in {Outcome.ATTACHED, Outcome.APPEALED} or state.files.get(outcome)):
        board.line(((outcome.words, "居中", 1), (state.files.get(outcome, 0), "数字", 1), ("", "正文", 1), (words.OUTCOMES[outcome], "正文", 1)))
    total = Formula(f"=SUM({Area(first, 1, board.row - 1, 1).ref()})", sum(state.files.get(outcome, 0) for outcome in Outcome))
    board.line((("合计", "表头", 1), (total, "表头", 1), ("", "表头", 1), ("收件箱里出现过的每一个文件都在其中，只算一次", "正文", 1)))


def _token(board: FreeLayout, state: Round) -> str:
    """Put on the board what tells the program with which decisions the workbook was written; a client may drop the document property that says so too."""
    board.next(10)
    cell = address(board.row, _VALUE, absolute=True)
    board.line(((TOKEN, "居中", 1), ("由程序核对，请勿改动", "正文", 1), (state.decided.token(), "注", 1), (words.WRITTEN_WITH, "正文", 1)))
    return cell


def _heading(board: FreeLayout, text: str) -> None:
    board.next(10)
    board.line(((text, "小标题", len(_WIDTHS)),), points=24)


def _header(board: FreeLayout, titles: Sequence[str]) -> None:
    board.line([(title, "表头", 1) for title in titles], points=22)


def _paragraph(board: FreeLayout, text: str) -> None:
    board.line(((text, "注", len(_WIDTHS)),))
