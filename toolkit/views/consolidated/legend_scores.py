"""The part of 参数与图例 that scores are computed from: task weights, and each class's places of 优秀 and 良好."""

from collections import Counter
from collections.abc import Mapping

from toolkit.model.place import address
from toolkit.model.scoring import ClassQuota, Scores
from toolkit.model.sheet import Area, CellPlan, Formula
from toolkit.model.standing import Round
from toolkit.views.consolidated import scores_sheet as units
from toolkit.views.consolidated.anchors import SeatCells, WeightTable
from toolkit.views.consolidated.criteria import criterion
from toolkit.views.consolidated.data_sheet import span
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.sheet_names import LEGEND, SCORES

_VALUE = 2
LAST_PLACES = "last_places"  # the defined name of the column of last places
_TEXT = 60  # characters of a task's text


def weight_table(board: FreeLayout, state: Round, scores: Scores) -> WeightTable:
    """Put the weights on the board, a task a line, to be changed there."""
    first = board.row
    for task in state.tasks:
        number, weight = task.task.number, scores.weights.get(task.task.number, task.task.weight)
        board.line(((number, "居中", 1), ("、".join(task.task.leads), "正文", 1), (weight, "认定灯", 1), (task.task.text[:_TEXT], "正文", 1)))
    last = max(board.row - 1, first)
    numbers, weights = (f"'{LEGEND}'!{Area(first, column, last, column).ref(absolute=True)}" for column in (0, _VALUE))
    return WeightTable(Area(first, _VALUE, last, _VALUE), numbers, weights)


def seat_table(board: FreeLayout, scores: Scores) -> Mapping[str, SeatCells]:
    """Put each class's members and places (of 优秀, of 良好, how many 优秀 takes) on the board as formulas; give the places' cells by class."""
    groups, ranks = (span(SCORES, units.COLUMNS, title, len(scores.units)) for title in ("类别", "名次"))
    found = {}
    for group, seats in scores.seats.items():
        name = criterion(group)
        cells = [address(board.row + line, _VALUE, absolute=True) for line in range(4)]
        inside = [f'COUNTIFS({groups},{name},{places},"<="&{cells[1]})' for places in (ranks, LAST_PLACES)]
        formulas = (
            f"=COUNTIF({groups},{name})",
            f"=INT({cells[0]}*excellent_share/100)",
            f"=INT({cells[0]}*good_share/100)",
            f"=IF(tie_up=1,{inside[0]},{inside[1]})",
        )
        for title, formula, value, meaning in zip(ClassQuota._fields, formulas, seats, _SEATS, strict=True):
            board.line(((group, "居中", 1), (_TITLES[title], "正文", 1), (Formula(formula, value), "数字", 1), (meaning, "正文", 1)))
        found[group] = SeatCells(*(f"'{LEGEND}'!{cell}" for cell in cells[1:]))
    return found


def tie_table(board: FreeLayout, scores: Scores) -> Area:
    """Put the last place of each unit's tie on the board, in the rows' order of 单位考核 whichever way it is sorted; give where they stand."""
    groups, ranks = (span(SCORES, units.COLUMNS, title, len(scores.units)) for title in ("类别", "名次"))
    ties = Counter((unit.group, unit.rank) for unit in scores.units)
    board.line([(title, "表头", 1) for title in ("", "单位", "并列末名", "")])
    first = board.row
    for row, score in enumerate(scores.units, 2):
        unit, group, rank = (f"'{SCORES}'!{units.AT[title]}{row}" for title in ("单位", "类别", "名次"))
        last = Formula(f"={rank}+COUNTIFS({groups},{group},{ranks},{rank})-1", score.rank + ties[score.group, score.rank] - 1)
        board.cells += (CellPlan(board.row, 1, Formula(f"={unit}", score.unit), "正文"), CellPlan(board.row, _VALUE, last, "数字"))
        board.next()
    return Area(first, _VALUE, max(board.row - 1, first), _VALUE)


_TITLES = {"units": "参评单位", "excellent": "优秀名额", "good": "良好名额", "taken": "优秀占用名次"}
_SEATS = (
    "有任务、发了表的单位",
    "参评单位 × excellent_share，不足一家的舍去",
    "参评单位 × good_share，不足一家的舍去",
    "优秀评到第几名为止；名额边上并列、又不都进的，从并列的前一名算起",
)
