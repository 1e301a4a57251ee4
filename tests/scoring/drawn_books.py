"""The books of a drawn year: the year's own and every unit's scorecard, with an appeal upheld on each third fault."""

from statistics import median

from tests.scoring.drawn_years import YEAR, DrawnYear, rounds_of, rules_of
from tests.scoring.test_drawn_years import marks_of, quarters_scores
from toolkit.assessment.assess import assess
from toolkit.model.rules import Rules
from toolkit.model.scorecard import Scorecard, TrendPoint
from toolkit.model.sheet import BookPlan
from toolkit.model.standing import Assessment, Round
from toolkit.views.consolidated.book_styles import book_looks
from toolkit.views.consolidated.consolidated_book import consolidated
from toolkit.views.scorecard_page import scorecard_book


def judged_year(year: DrawnYear) -> tuple[Round, Rules, Assessment]:
    """Assess a drawn year, every third fault appealed against: whole, in part, or in vain."""
    rules, outcomes = rules_of(year), quarters_scores(year)
    marks = marks_of(assess(rounds_of(year, {}, outcomes)["年"], rules).scores)
    for at, fault in enumerate(sorted(marks)):
        if at % 3 == 0:
            year.appeals["2023", fault] = (("支持", ""), ("部分支持", "0.5"), ("不支持", ""))[at // 3 % 3]
    state = rounds_of(year, marks, outcomes)["年"]
    return state, rules, assess(state, rules)


def year_book(year: DrawnYear) -> BookPlan:
    """Plan the year's book."""
    state, rules, assessment = judged_year(year)
    return consolidated(state, rules, assessment)


def cards(year: DrawnYear) -> list[BookPlan]:
    """Plan every unit's scorecard of the year."""
    state, rules, assessment = judged_year(year)
    scores, looks = assessment.scores, book_looks(rules, state.form)
    found = []
    for score in scores.units:
        same = [other.total for other in scores.units if other.group == score.group]
        card = Scorecard(
            unit=score.unit,
            period=YEAR,
            state="第 1 稿（2024-01-08 定稿）",
            score=score,
            units=len(same),
            median=median(same),
            duties=tuple(duty for duty in scores.duties if duty.unit == score.unit),
            deductions=tuple(row for row in scores.deductions if row.unit == score.unit),
            texts={task.task.number: task.task.text for task in state.tasks},
            trend=tuple(TrendPoint(f"2023年第{name}季度", score.outcome, score.process, score.total - at, 1, len(same)) for at, name in enumerate("一二三")),
            vetoes=tuple(veto.what for veto in scores.vetoes if veto.unit == score.unit and veto.holds),
            quarters=scores.quarters.get(score.unit),
            appeal="有异议的，请在 10 个工作日内申诉。",
        )
        found.append(scorecard_book(card, rules, looks))
    return found
