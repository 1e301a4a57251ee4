"""The consolidated workbook: how a period stands, for leaders to read and clerks to work on."""

from collections.abc import Iterator, Mapping, Sequence

from toolkit.model.analysis_table import AnalysisTable
from toolkit.model.cell_style import CellStyle
from toolkit.model.closing import NO_ACCOUNT, ClosingAccount
from toolkit.model.conflicts import ruled
from toolkit.model.decisions import TOKEN
from toolkit.model.ladder import LadderLine
from toolkit.model.rules import Rules
from toolkit.model.scoring import Scores
from toolkit.model.sheet import BookPlan, SheetPlan
from toolkit.model.standing import Assessment, Quarter, Round
from toolkit.model.supervision import Supervised
from toolkit.views.consolidated.analysis_sheets import analysis_sheets
from toolkit.views.consolidated.appeals_sheet import appeal_sheet
from toolkit.views.consolidated.book_styles import book_looks
from toolkit.views.consolidated.changes_sheet import change_sheet
from toolkit.views.consolidated.conflicts_sheet import conflict_sheet
from toolkit.views.consolidated.corrections_sheet import correction_sheet, matter_sheet
from toolkit.views.consolidated.deductions_sheet import deduction_sheets
from toolkit.views.consolidated.details_sheet import detail_sheets, ordered, task_places
from toolkit.views.consolidated.due_nodes_sheet import due_node_sheet
from toolkit.views.consolidated.evidence_sheet import evidence_sheet
from toolkit.views.consolidated.findings_sheet import finding_sheet
from toolkit.views.consolidated.further_totals import Details
from toolkit.views.consolidated.indicators_sheet import indicator_sheet
from toolkit.views.consolidated.ladder_sheet import ladder_sheet
from toolkit.views.consolidated.legend_sheet import defined_names, legend_sheet
from toolkit.views.consolidated.lives_sheet import life_sheet
from toolkit.views.consolidated.lower_sources_sheet import lower_sheet
from toolkit.views.consolidated.matters_sheet import matter_register
from toolkit.views.consolidated.milestones_sheet import milestone_sheet
from toolkit.views.consolidated.overview_sheet import overview_sheet
from toolkit.views.consolidated.points_sheet import point_sheets
from toolkit.views.consolidated.received_sheet import received_sheet
from toolkit.views.consolidated.requests_sheet import request_sheet
from toolkit.views.consolidated.rulings_sheet import ruling_sheet
from toolkit.views.consolidated.scores_sheet import ScorePlaces, score_sheet
from toolkit.views.consolidated.sheet_names import DEDUCTIONS, DETAILS, POINTS, title_of
from toolkit.views.consolidated.split_sheets import MOST_ROWS, Part, blocks, cuts, parts
from toolkit.views.consolidated.supervision_sheet import supervision_sheet
from toolkit.views.consolidated.task_table import has_indicators
from toolkit.views.consolidated.tasks_sheet import task_sheet
from toolkit.views.consolidated.units_sheet import unit_sheet
from toolkit.views.consolidated.veto_sheet import veto_sheet
from toolkit.views.consolidated.year_sheet import year_sheet


def consolidated(
    round: Round,  # noqa: A002 - the product's own word
    rules: Rules,
    assessment: Assessment,
    history: Sequence[Quarter] = (),
    supervised: Sequence[Supervised] = (),
    account: ClosingAccount = NO_ACCOUNT,
    most_rows: int = MOST_ROWS,
    analysis: Sequence[AnalysisTable] = (),
    ladder: Sequence[LadderLine] = (),
) -> BookPlan:
    """Plan the whole workbook: 总览, 任务进展, 量化指标, 单位考核, 报送情况, 问题清单, 填报明细, 变动对照, 任务计分, 扣分明细, 参数与图例.

    里程碑 and 节点到期 where tasks have milestones, 收件清单 once something came, 督办台账 once letters were written, 督办阶梯台账 once a step was taken,
    进展不一 where units contradict each other, 申请事项 where they ask for something, 申诉 where they appeal against their scores,
    in a year's book 年度考核 and 一票否决 where the rules weigh quarters or hold something against somebody,
    销号台账 once somebody asks to close a task, 协调事项 where something was brought up,
    佐证材料 where some came or a task is said to be finished, 下级来源 where values rest on words from below the units,
    量化指标 where it is about the office's tasks, 单位考核, 任务计分 and 扣分明细 where its form is scored,
    认定记录 once something was ruled, 定稿后更正 and 未决事项 as `account` has them, 分析 and its sheets in a year's book.

    `history` are the quarters before this one, all of them for a year. Formulas carry their values; long sheets are cut after `most_rows` records.
    """
    looks, title = book_looks(rules, round.form), title_of(round)
    legend, anchors = legend_sheet(round, rules, assessment, looks)
    scores, lives, row = assessment.scores, life_sheet(round, looks), ordered(round)
    said_units, duty_units, off_units = ([row.unit for row in rows] for rows in (row, scores.duties, scores.deductions))
    details, duties, off = (parts(name, units, most_rows) for name, units in ((DETAILS, said_units), (POINTS, duty_units), (DEDUCTIONS, off_units)))
    year = year_sheet(round, rules, scores, blocks(off_units, off), looks)
    places = ScorePlaces(anchors, blocks(duty_units, duties), blocks(off_units, off), year[1] if year else None)
    split = (cuts(said_units, details), cuts(duty_units, duties), cuts(off_units, off))
    return BookPlan(
        sheets=(
            overview_sheet(round, rules, assessment, anchors, history, split, looks, account.standings, lives=lives is not None, details=Details(row, details)),
            task_sheet(round, rules, assessment, task_places(round.form, row, details), looks),
            *((indicator_sheet(round, assessment, looks),) if has_indicators(round) else ()),
            *filter(None, (milestone_sheet(round, rules, looks), due_node_sheet(round, rules, looks))),
            *((score_sheet(round, rules, scores, places, looks),) if round.is_scored else ()),
            unit_sheet(round, blocks(said_units, details), looks),
            *filter(None, (received_sheet(round, looks), supervision_sheet(round, supervised, looks) if supervised else None)),
            *filter(None, (ladder_sheet(round, ladder, looks),)),
            finding_sheet(round, looks),
            *([conflict_sheet(found, round, looks)] if (found := ruled(round)) else []),
            *filter(None, (request_sheet(round, looks), appeal_sheet(round, looks), lives, matter_register(round, looks))),
            *filter(None, (evidence_sheet(round, looks), lower_sheet(round, looks), ruling_sheet(round, looks))),
            *detail_sheets(round, row, details, looks),
            change_sheet(round, history, looks),
            *(_points(round, rules, scores, places, duties, off, looks, year[0] if year else None) if round.is_scored else ()),
            *analysis_sheets(analysis, looks),
            *_account(account, looks, title),
            legend,
        ),
        looks=looks,
        title=title,
        properties={TOKEN: round.decided.token()},
        names=defined_names(rules, anchors, round),
    )


def _account(account: ClosingAccount, looks: Mapping[str, CellStyle], title: str) -> Iterator[SheetPlan]:
    if account.corrections:
        yield correction_sheet(account.corrections, looks, title)
    if account.matters:
        yield matter_sheet(account.matters, looks, title)


def _points(
    state: Round,
    rules: Rules,
    scores: Scores,
    places: ScorePlaces,
    duties: Sequence[Part],
    off: Sequence[Part],
    looks: Mapping[str, CellStyle],
    year: SheetPlan | None,
) -> Iterator[SheetPlan]:
    yield from point_sheets(state, scores, places.anchors.weights, duties, looks, [light.name for light in rules.lights])
    yield from deduction_sheets(state, scores, off, looks)
    yield from filter(None, (year, veto_sheet(state, scores, places.duties, places.off, looks)))
