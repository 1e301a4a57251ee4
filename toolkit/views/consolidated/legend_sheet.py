"""参数与图例: the parameters that lights are computed from, what lights and columns mean, where files ended, whose class a lead is of."""

from collections.abc import Mapping, Sequence

from toolkit.model.cell_style import CellStyle
from toolkit.model.decisions import TOKEN, TOKEN_NAME
from toolkit.model.form import Subject
from toolkit.model.place import address
from toolkit.model.returns import Outcome
from toolkit.model.rules import Rules
from toolkit.model.sheet import Area, Formula, Guard, SheetPlan
from toolkit.model.standing import Assessment, Round
from toolkit.views.consolidated import legend_words as words
from toolkit.views.consolidated.anchors import Anchors, SeatCells, WeightTable
from toolkit.views.consolidated.book_styles import light_look
from toolkit.views.consolidated.data_sheet import MOST_LINKS, page
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.legend_classes import class_table
from toolkit.views.consolidated.legend_scores import LAST_PLACES, seat_table, tie_table, weight_table
from toolkit.views.consolidated.sheet_names import LEGEND, book_title

_WIDTHS = (20.0, 24.0, 14.0, 78.0)
_BESIDE = 7.0  # the width of a column of counts beside the list of leads
_VALUE = 2  # the column of a parameter's value


def legend_sheet(state: Round, rules: Rules, assessment: Assessment, looks: Mapping[str, CellStyle]) -> tuple[SheetPlan, Anchors]:
    """Plan the sheet, parameters from row 1 on; also give where other sheets find what stands here."""
    board = FreeLayout((*_WIDTHS, *[_BESIDE] * (1 + len(rules.lights))), looks)
    _parameters(board, rules)
    _lights(board, rules)
    seats = _seats(board, assessment)
    _columns(board, state)
    _files(board, state)
    _heading(board, "牵头单位的类别")
    _paragraph(board, words.CLASSES)
    classes = class_table(board, state, assessment, rules)
    weights = _weights(board, state, assessment)
    _heading(board, "各单位的并列末名")
    _paragraph(board, words.TIES)
    ties = tie_table(board, assessment.scores)
    token = _token(board, state)
    values = Area(1, _VALUE, max(len(rules.live), 1), _VALUE)
    guard = Guard("decimal", -1000000, 1000000, title="参数", prompt="改了这里，灯、个数、图表、得分和名次随之变化。", error="请填数字。")
    plan = SheetPlan(
        name=LEGEND,
        cells=tuple(board.cells),
        widths=dict(enumerate(board.widths)),
        heights=board.heights,
        merges=tuple(board.merges),
        guards=((values, guard), (weights.area, guard)),
        freeze=(1, 0),
        printing=page(LEGEND, book_title(state.label), large=True),
    )
    return plan, Anchors(classes, weights, seats, ties, token)


def defined_names(rules: Rules, anchors: Anchors) -> dict[str, str]:
    """Give defined names → formulas: the parameters' cells by their codes, the column of last places, the rulings' mark."""
    names = {parameter.code: f"='{LEGEND}'!{address(number, _VALUE, absolute=True)}" for number, parameter in enumerate(rules.live, 1)}
    return names | {LAST_PLACES: f"='{LEGEND}'!{anchors.ties.ref(absolute=True)}", TOKEN_NAME: f"='{LEGEND}'!{anchors.token}"}


def _parameters(board: FreeLayout, rules: Rules) -> None:
    _header(board, ("代码", "名称", "值", "说明"))
    for parameter in rules.live:
        board.line(((parameter.code, "居中", 1), (parameter.name, "正文", 1), (parameter.value, "认定灯", 1), (parameter.note, "正文", 1)))
    _paragraph(board, words.PARAMETERS)


def _lights(board: FreeLayout, rules: Rules) -> None:
    _heading(board, "灯的图例")
    _header(board, ("灯", "符号", "样子", "含义"))
    for light in rules.lights:
        board.line(((light.name, "居中", 1), (light.symbol, "居中", 1), (light.name, light_look(light.name), 1), (light.meaning, "正文", 1)))
    _heading(board, "灯怎样得出")
    for sentence in words.LIGHTS:
        _paragraph(board, sentence)


def _seats(board: FreeLayout, assessment: Assessment) -> Mapping[str, SeatCells]:
    _heading(board, "得分、名次和等次怎样得出")
    for sentence in words.SCORES:
        _paragraph(board, sentence)
    _header(board, ("类别", "项目", "值", "含义"))
    return seat_table(board, assessment.scores)


def _weights(board: FreeLayout, state: Round, assessment: Assessment) -> WeightTable:
    _heading(board, "任务权重")
    _paragraph(board, words.WEIGHTS)
    _header(board, ("编号", "牵头单位", "权重", "目标任务"))
    return weight_table(board, state, assessment.scores)


def _columns(board: FreeLayout, state: Round) -> None:
    _heading(board, "各栏的含义")
    _header(board, ("工作表", "栏目", "从哪里来", "含义"))
    for sheet, title, origin, meaning in words.COLUMNS:
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
    for outcome in (outcome for outcome in Outcome if outcome is not Outcome.ATTACHED or state.files.get(outcome)):
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
