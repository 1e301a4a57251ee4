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


def seat_table(board: FreeLayout, scores: Scores, rounding: int) -> Mapping[str, SeatCells]:
    """Put each class's members and places (of 优秀, of 良好, how many 优秀 takes) on the board as formulas; give the places' cells by class."""
    groups, ranks = _spans(scores)
    found = {}
    for group, seats in scores.seats.items():
        name = criterion(group)
        cells = [address(board.row + line, _VALUE, absolute=True) for line in range(4)]
        inside = [f'COUNTIFS({groups},{name},{places},"<="&{cells[1]})' for places in (ranks, LAST_PLACES)]
        formulas = (
            f"=COUNTIF({groups},{name})",
            _places(f"{cells[0]}*excellent_share/100", rounding),
            _places(f"{cells[0]}*good_share/100", rounding),
            f"=IF(tie_up=1,{inside[0]},{inside[1]})",
        )
        for title, formula, value, meaning in zip(ClassQuota._fields, formulas, seats, _meanings(seats, rounding), strict=True):
            board.line(((group, "居中", 1), (_TITLES[title], "正文", 1), (Formula(formula, value), "数字", 1), (meaning, "正文", 1)))
        found[group] = SeatCells(*(f"'{LEGEND}'!{cell}" for cell in cells[1:]))
    return found


def tie_table(board: FreeLayout, scores: Scores) -> Area:
    """Put the last place of each unit's tie on the board, in the rows' order of 单位考核 whichever way it is sorted; give where they stand."""
    groups, ranks = _spans(scores)
    held = any(unit.cap for unit in scores.units)
    column = units.AWARD_AT if held else units.AT["名次"]
    ties = Counter((unit.group, unit.award) for unit in scores.units)
    board.line([(title, "表头", 1) for title in ("", "单位", "并列末名", "")])
    first = board.row
    for row, score in enumerate(scores.units, 2):
        unit, group, rank = (f"'{SCORES}'!{letter}{row}" for letter in (units.AT["单位"], units.AT["类别"], column))
        formula = f"{rank}+COUNTIFS({groups},{group},{ranks},{rank})-1"
        value: object = score.award + ties[score.group, score.award] - 1 if score.award else ""
        last = Formula(f'=IF({rank}="","",{formula})' if held else f"={formula}", value)
        board.cells += (CellPlan(board.row, 1, Formula(f"={unit}", score.unit), "正文"), CellPlan(board.row, _VALUE, last, "数字"))
        board.next()
    return Area(first, _VALUE, max(board.row - 1, first), _VALUE)


def _spans(scores: Scores) -> tuple[str, str]:
    """Give where the classes stand, and the places by which units are awarded: those of 名次, or of 评优名次 where a veto holds somebody down."""
    count = len(scores.units)
    if any(unit.cap for unit in scores.units):
        column, last = units.AWARD_AT, max(count, 1) + 1
        return span(SCORES, units.COLUMNS, "类别", count), f"'{SCORES}'!${column}$2:${column}${last}"
    return span(SCORES, units.COLUMNS, "类别", count), span(SCORES, units.COLUMNS, "名次", count)


def _places(value: str, rounding: int) -> str:
    return f"=ROUND({value},0)" if rounding == 1 else f"=ROUNDUP({value},0)" if rounding == 2 else f"=INT({value})"


def _meanings(seats: ClassQuota, rounding: int) -> tuple[str, ...]:
    """Say what each line of a class's places is; where a share leaves nobody, that too."""
    whole = ("舍去", "四舍五入", "进一")[rounding if rounding in {1, 2} else 0]
    none = "，这一类一家也没有"
    shares = [
        f"参评单位 × {code}，不足一家的{whole}{none if not count else ''}"
        for code, count in (("excellent_share", seats.excellent), ("good_share", seats.good))
    ]
    return _SEATS[0], *shares, _SEATS[1]


_TITLES = {"units": "参评单位", "excellent": "优秀名额", "good": "良好名额", "taken": "优秀占用名次"}
_SEATS = (
    "有任务、发了表的单位",
    "优秀评到第几名为止；名额边上并列、又不都进的，从并列的前一名算起",
)
