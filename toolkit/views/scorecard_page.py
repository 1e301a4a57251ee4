"""成绩单: one unit's page – its scores with each part as a live formula over what stands below, its tasks, each deduction with its source, its trend."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.rules import Rules
from toolkit.model.scorecard import CARD, Scorecard
from toolkit.model.scoring import QUARTER_WEIGHTS, Deduction, YearParts, lefts_in
from toolkit.model.sheet import Area, BookPlan, Chart, Formula, Print, Series, SheetPlan
from toolkit.views.consolidated.book_styles import light_look
from toolkit.views.consolidated.criteria import rounded
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.scorecard_words import avoid, source_of

_COLUMNS, _WIDTH = 12, 8.6
_ONE_PAGE = 46  # rows that are still readable on one page
_SCORES, _PARAMETERS, _BELOW = 2, 5, 7  # rows (from 0) of the scores' names, of the parameters, and of what comes below
_WEIGHTS = {"outcome_weight": "结果分占%", "process_weight": "过程分占%", "full_marks": "过程分起点", "bonus_cap": "加分上限", "total_cap": "总分上限"}
_CELLS = {code: f"${letter}${_PARAMETERS + 1}" for code, letter in zip(_WEIGHTS, "BDFHJ", strict=True)}
_TEXT = 44  # characters of a task's text


class _Parts(NamedTuple):
    """The formulas of the scores."""

    outcome: str
    process: str
    bonus: str


def scorecard_book(card: Scorecard, rules: Rules, looks: Mapping[str, CellStyle]) -> BookPlan:
    """Plan the workbook: one sheet, on one page unless a unit has more than it can hold."""
    board = FreeLayout([_WIDTH] * _COLUMNS, looks)
    title = f"{card.period.label}任务成绩单"
    board.line([(f"{title}{'（草稿）' if card.is_draft else ''}", "标题", _COLUMNS)], points=30)
    board.line([(f"单位：{card.unit}　　类别：{card.score.group}　　{card.state}", "副题", _COLUMNS)], points=18)
    board.row = _BELOW
    outcome = _tasks(board, card, {light.name: light.symbol for light in rules.lights})
    process, bonus, quarters = _deductions(board, card)
    if card.quarters is not None:
        own, weighed = (outcome, process), _quarters(board, card, card.quarters, rules, quarters)
        outcome, process = (formula or before for formula, before in zip(weighed, own, strict=True))
    _remarks(board, card)
    _corrections(board, card)
    _trend(board, card)
    if card.appeal:
        board.line([(card.appeal, "注", _COLUMNS)])
    bottom, board.row = board.row, _SCORES
    _scores(board, card, rules, _Parts(outcome, process, bonus))
    sheet = SheetPlan(
        name=CARD,
        cells=tuple(board.cells),
        widths=dict(enumerate(board.widths)),
        heights=board.heights,
        merges=tuple(board.merges),
        charts=tuple(board.charts),
        printing=Print(landscape=False, footer=f"&L{card.unit.replace('&', '&&')}&C第 &P 页 共 &N 页&R{title}", fit_height=1 if bottom <= _ONE_PAGE else 0),
    )
    return BookPlan((sheet,), looks, title=f"{card.unit}{title}")


def _scores(board: FreeLayout, card: Scorecard, rules: Rules, parts: _Parts) -> None:
    score, names = card.score, ("结果分", "过程分", "加减分", "总分", f"名次（共 {card.units} 家）", "等次")
    board.line([(name, "数名", 2) for name in names], points=18)
    outcome, process, bonus = (f"{letter}{board.row + 1}" for letter in "ACE")
    weighed = f"({outcome}*{_CELLS['outcome_weight']}+{process}*{_CELLS['process_weight']})/100+{bonus}"
    within = f"MAX(0,MIN({_CELLS['total_cap']},{weighed}))"
    total = f"={rounded(within, 2)}"
    formulas = (Formula(parts.outcome, score.outcome), Formula(parts.process, score.process), Formula(parts.bonus, score.bonus), Formula(total, score.total))
    board.line([*((formula, "大分", 2) for formula in formulas), (score.rank, "大数", 2), (score.grade, "大数", 2)], points=32)
    more = f"本类中位数 {card.median}。总分 = 结果分 × {_WEIGHTS['outcome_weight']} + 过程分 × {_WEIGHTS['process_weight']} + 加减分；下面各数可以逐项核对。"
    board.row = _PARAMETERS
    for column, (code, name) in enumerate(_WEIGHTS.items()):
        board.put(column * 2, name, "数名")
        board.put(column * 2 + 1, rules.value(code), "数字")
    board.next(16)
    board.line([(more, "注", _COLUMNS)])


def _tasks(board: FreeLayout, card: Scorecard, symbols: Mapping[str, str]) -> str:
    """Put the unit's tasks on the board; give the formula of the outcome."""
    board.line([("一、各项任务", "小标题", _COLUMNS)], points=20)
    head = (("编号", 1), ("目标任务", 5), ("角色", 1), ("灯", 2), ("权数", 1), ("灯分", 1), ("得分", 1))
    board.line([(title, "表头", across) for title, across in head], points=18)
    first = board.row + 1
    for duty in card.duties:
        row, text = board.row + 1, card.texts.get(duty.number, "")
        light = f"{symbols.get(duty.light, '')}{duty.light}{'' if duty.reported else '（本单位没有填报）'}"
        points = Formula(f"=J{row}*K{row}", duty.share * duty.points)
        board.line(
            [
                (duty.number, "居中", 1),
                (text if len(text) <= _TEXT else f"{text[: _TEXT - 1]}…", "正文", 5),
                (str(duty.role), "居中", 1),
                (light, light_look(duty.light), 2),
                (duty.share, "数字", 1),
                (duty.points, "数字", 1),
                (points, "数字", 1),
            ]
        )
    last, shares, earned = board.row, sum((duty.share for duty in card.duties), Decimal(0)), sum((duty.share * duty.points for duty in card.duties), Decimal(0))
    total = [("合计（结果分 = 得分合计 ÷ 权数合计）", "正文", 9), (Formula(f"=SUM(J{first}:J{last})", shares), "数字", 1), ("", "数字", 1)]
    board.line([*total, (Formula(f"=SUM(L{first}:L{last})", earned), "数字", 1)])
    return f"=IF(J{last + 1}=0,0,{rounded(f'L{last + 1}/J{last + 1}', 2)})"


def _deductions(board: FreeLayout, card: Scorecard) -> tuple[str, str, dict[str, str]]:
    """Put what was taken off and added on the board; give the formulas of process and bonus, and the cells of each round's deductions."""
    board.line([("二、扣分和加减分", "小标题", _COLUMNS)], points=20)
    if not card.deductions:
        board.line([("没有扣分，也没有加减分。", "正文", _COLUMNS)])
    else:
        head = (("事项", 1), ("编号", 1), ("分值", 1), ("日期", 1), ("出自", 2), ("依据", 3), ("下次怎样避免", 3))
        board.line([(title, "表头", across) for title, across in head], points=18)
    ranges: dict[str, tuple[int, int]] = {}
    lost: list[int] = []
    given: list[int] = []
    for deduction in card.deductions:
        row = board.row + 1
        (lost if deduction.code else given).append(row)
        if deduction.code:
            ranges[deduction.period] = (ranges.get(deduction.period, (row, row))[0], row)
        board.line(_deduction(deduction))
    taken = f"+SUM(C{lost[0]}:C{lost[-1]})" if lost else ""
    left = f"MAX(0,{_CELLS['full_marks']}{taken})"
    process = f"={rounded(left, 2)}"
    cells = f"C{given[0]}:C{given[-1]}" if given else ""
    bonus = f'=ROUND(MIN({_CELLS["bonus_cap"]},SUMIF({cells},">0"))+SUMIF({cells},"<0"),2)' if given else "=0"
    return process, bonus, {period: f"SUM(C{first}:C{last})" for period, (first, last) in ranges.items()}


def _deduction(deduction: Deduction) -> list[tuple[object, str, int]]:
    return [
        (deduction.item, "居中", 1),
        (deduction.number, "居中", 1),
        (deduction.points, "数字", 1),
        (deduction.day, "日期", 1),
        (source_of(deduction), "正文", 2),
        (deduction.grounds, "正文", 3),
        (avoid(deduction), "正文", 3),
    ]


def _quarters(board: FreeLayout, card: Scorecard, parts: YearParts, rules: Rules, taken: Mapping[str, str]) -> tuple[str, str]:
    """Put the weighed quarters on the board; give the formulas of outcome and process, '' where the quarters weigh nothing."""
    weights = [rules.value(code) for code in QUARTER_WEIGHTS]
    board.line([("三、各季度的分和比重（全年 = 按比重平均；工作方案的扣分另减）", "小标题", _COLUMNS)], points=20)
    board.line([(title, "表头", 3) for title in ("季度", "结果分", "过程分", "占全年（%）")], points=18)
    first, lefts = board.row + 1, lefts_in(card.deductions, card.period, parts, rules.value("full_marks"))
    for at, quarter in enumerate(card.period.quarters()):
        full = _CELLS["full_marks"] if parts.full[at] is None else f"{parts.full[at]:f}"
        left = Formula(f"=MAX(0,{full}+{taken.get(str(quarter), '0')})", lefts[at])
        outcome, process = parts.outcomes[at], left if parts.owed[at] else None
        board.line([(quarter.label, "正文", 3), (outcome, "得分", 3), (process, "得分", 3), (weights[at], "数字", 3)])
    rows = range(first, first + 4)
    plan = taken.get(str(card.period), "0")
    return _mean("D", rows) if parts.weighs_outcome(weights) else "", _mean("G", rows, plus=plan) if parts.weighs_process(weights) else ""


def _mean(letter: str, rows: Sequence[int], plus: str = "") -> str:
    whole = "+".join(f'IF({letter}{row}="",0,J{row})' for row in rows)
    earned = "+".join(f'IF({letter}{row}="",0,{letter}{row}*J{row})' for row in rows)
    mean = f"({earned})/({whole})"
    return f"={rounded(f'MAX(0,{mean}+{plus})' if plus else f'({mean})', 2)}"


def _remarks(board: FreeLayout, card: Scorecard) -> None:
    for sentence in card.vetoes:
        board.line([(f"一票否决：{sentence}", "错误", _COLUMNS)])


def _corrections(board: FreeLayout, card: Scorecard) -> None:
    if not card.corrections:
        return
    board.line([("定稿后更正（已登记，重新定稿后计入成绩）", "小标题", _COLUMNS)], points=20)
    head = (("时间", 2), ("事项", 2), ("栏目", 2), ("定稿值", 2), ("现值", 2), ("原因", 2))
    board.line([(title, "表头", across) for title, across in head], points=18)
    for line in card.corrections:
        texts = (line.kind, "：".join(filter(None, (line.number, line.column))), line.closed, line.now, line.why)
        board.line([(line.at, "时间", 2), *((text, "正文", 2) for text in texts)])


def _trend(board: FreeLayout, card: Scorecard) -> None:
    board.line([("各期成绩", "小标题", _COLUMNS)], points=20)
    top = board.row
    board.line([(title, "表头", across) for title, across in (("期间", 2), ("结果分", 1), ("过程分", 1), ("总分", 1), ("名次", 1))], points=18)
    first = board.row
    for point in card.trend:
        values = (point.outcome, point.process, point.total)
        board.line([(point.label, "正文", 2), *((value, "得分", 1) for value in values), (f"{point.rank}/{point.units}", "居中", 1)], points=16)
    if len(card.trend) < 2:
        return
    last = board.row - 1
    name, labels, totals = (f"='{CARD}'!{Area(*area).ref(absolute=True)}" for area in ((top, 4, top, 4), (first, 0, last, 0), (first, 4, last, 4)))
    board.charts.append(Chart(top, 7, "line", "总分（各期）", (Series(name.partition(":")[0], labels, totals, "1F4E79"),), width=330, height=150))
    while board.row < top + 7:  # the chart stands beside the table
        board.next(18)
