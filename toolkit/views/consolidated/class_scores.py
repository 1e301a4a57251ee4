"""Scores by class of units on 总览: live averages and grades over 单位考核."""

from decimal import Decimal

from toolkit.model.scoring import EXCELLENT, FAILED, GOOD, PASSED, Scores, UnitScore, cents
from toolkit.model.sheet import Formula
from toolkit.views.consolidated import scores_sheet as sheet
from toolkit.views.consolidated.criteria import criterion, rounded
from toolkit.views.consolidated.data_sheet import span
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.sheet_names import SCORES

_AVERAGES = (("平均总分", "总分", 1), ("平均结果分", "结果分", 2), ("平均过程分", "过程分", 1))
_GRADES = (EXCELLENT, GOOD, PASSED, FAILED)


def class_scores(board: FreeLayout, scores: Scores) -> None:
    """Put a line a class on the board: units, live average of their scores (points, two decimals), units of each grade."""
    head = [("类别", 3), ("参评单位", 1), *((title, across) for title, _, across in _AVERAGES), *((grade, 1) for grade in _GRADES)]
    board.line([(title, "表头", across) for title, across in head], points=20)
    count = len(scores.units)
    groups, grades = (span(SCORES, sheet.COLUMNS, title, count) for title in ("类别", "等次"))
    for group in scores.seats:
        mine = [unit for unit in scores.units if unit.group == group]
        name = criterion(group)
        averages = [
            (Formula(f"={rounded(f'AVERAGEIF({groups},{name},{span(SCORES, sheet.COLUMNS, title, count)})', 2)}", _average(mine, title)), "得分", across)
            for _, title, across in _AVERAGES
        ]
        graded = [(Formula(f'=COUNTIFS({groups},{name},{grades},"{grade}")', sum(score.grade == grade for score in mine)), "数字", 1) for grade in _GRADES]
        board.line([(group, "正文", 3), (Formula(f"=COUNTIF({groups},{name})", len(mine)), "数字", 1), *averages, *graded], points=18)


def _average(units: list[UnitScore], title: str) -> Decimal:
    values = {"总分": [unit.total for unit in units], "结果分": [unit.outcome for unit in units], "过程分": [unit.process for unit in units]}[title]
    return cents(sum(values, Decimal(0)) / len(values))
