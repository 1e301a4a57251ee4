"""What becomes of scores in a played year: scorecards of a closed quarter, an appeal that is upheld, and something held against a unit at the year's end."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from toolkit.edges.clock import held
from toolkit.edges.played_clerk import add_row, type_where
from toolkit.edges.workspace import RULES, Workspace
from toolkit.flows.closed.closed_files import BOOKS
from toolkit.flows.closing.close_period import list_corrections
from toolkit.flows.intake.collect import collect
from toolkit.flows.office.appeals_held import rulings_book
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.appeal_papers import form_path
from toolkit.flows.report.consolidate import standing_of_book
from toolkit.flows.report.scorecards import scorecards
from toolkit.model.appeals import RETURNED, UPHELD
from toolkit.model.decisions import HANDLING, REASON
from toolkit.model.period import Period
from toolkit.model.scorecard import FOLDER
from toolkit.model.veto_rules import AT_MOST_PASSED

_SHOWN = 3  # units whose scorecards are written: each page takes a moment to print
_APPEALS_AFTER, _RULED_AFTER = timedelta(days=3), timedelta(days=5)  # from the day the scorecards were written
Progress = Callable[[Sequence[Any], str], Iterable[Any]]
Say = Callable[[str], None]


def play_scorecards(space: Workspace, period: Period, on: date, *, say: Say, progress: Progress) -> None:
    """Write a few scorecards of a closed quarter on a day; let the first of their units that lost points appeal, and the office uphold it."""
    with open_office(space) as office:
        scores = standing_of_book(office, period).assessment.scores
    lost = [score.unit for score in scores.units if any(row.unit == score.unit and row.points < 0 for row in scores.deductions)]
    best = [score.unit for score in scores.units if score.unit not in lost[:1]]
    units = [*lost[:1], *best[: _SHOWN - 1]]
    with held(on):
        done = scorecards(space, period, only=units, progress=progress)
    say(f"写出成绩单 {len(done.units)} 份（{'、'.join(done.units)}），附申诉表，在 {done.folder}。")
    if not lost:
        return
    unit = lost[0]
    path = form_path(space.out(period, FOLDER), unit)
    words = {"申诉意见": "不应扣分，请返还", "理由": "报送当天政务邮箱停机，已电话报告", "依据": "停机通知、电话记录"}
    type_where(path, space.inbox / path.name, "申诉", {"编号": "1"}, words, sends=on + _APPEALS_AFTER)
    with held(on + _APPEALS_AFTER):
        collect(space, progress=progress)
        scorecards(space, period, only=units, progress=progress)
    book = space.out(period, BOOKS) / rulings_book(period)
    type_where(book, book, "申诉", {"单位": unit}, {HANDLING: UPHELD, RETURNED: "", REASON: "停机属实"}, sends=on + _RULED_AFTER)
    with held(on + _RULED_AFTER):
        scorecards(space, period, only=units, progress=progress)
    found = [line for line in list_corrections(space, period) if line.unit == unit and line.now == UPHELD]
    say(f"{unit}的申诉得到支持：记作定稿后更正 {len(found)} 处，写了答复；重开、再定稿以后计入成绩。")


def play_veto(space: Workspace, year: Period, *, say: Say) -> None:
    """Type something that is held against the best unit of the year into the rules."""
    with open_office(space) as office:
        unit = standing_of_book(office, year).assessment.scores.units[0].unit
    values = {"单位": unit, "事项": "发生较大责任事故（演示）", "效果": AT_MOST_PASSED, "日期": date(year.year, 11, 20), "依据": "某府办〔2023〕31号"}
    add_row(space.templates / RULES, "一票否决", values)
    say(f"考核规则“一票否决”：{unit}全年等次{AT_MOST_PASSED}，名额顺延；看全年汇总表的“一票否决”和“年度考核”。")
