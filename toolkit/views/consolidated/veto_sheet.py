"""一票否决: what is held against units in a year, one row each thing, by unit; a number that is reached holds live over 扣分明细 and 任务计分."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.master import Role
from toolkit.model.rules import RED
from toolkit.model.scoring import Scores, Veto
from toolkit.model.sheet import ROW, ColumnFormula, Formula, SheetPlan
from toolkit.model.standing import Round
from toolkit.model.veto_rules import EFFECTS, RED_TASKS
from toolkit.views.consolidated import deductions_sheet, points_sheet
from toolkit.views.consolidated.data_sheet import Column, Extras, data_sheet, letters
from toolkit.views.consolidated.sheet_names import VETOES, title_of
from toolkit.views.consolidated.source_links import rule
from toolkit.views.consolidated.split_sheets import Block


class _Line(NamedTuple):
    """A row: what is held against a unit, and the formula that counts it ('' for what the office typed)."""

    veto: Veto
    counts: str


# 达到次数 F, 现有次数 G, 是否成立 H, 效果 C: the columns below
_HOLDS = f'=IF(F{ROW}="","是",IF(G{ROW}>=F{ROW},"是","否"))'
_LEVEL = f'=IF(H{ROW}="否",0,' + "".join(
    f'IF(C{ROW}="{effect}",{level},' for level, effect in reversed(list(enumerate(EFFECTS, 1)))
) + "0" + ")" * (len(EFFECTS) + 1)
COLUMNS: tuple[Column[_Line], ...] = (
    Column("单位", 30, "正文", lambda line: line.veto.unit),
    Column("事项", 40, "正文", lambda line: line.veto.what, 70),
    Column("效果", 12, "居中", lambda line: line.veto.effect),
    Column("日期", 12, "日期", lambda line: line.veto.day),
    Column("依据", 40, "正文", lambda line: line.veto.evidence, 70),
    Column("达到次数", 9, "数字", lambda line: line.veto.least or None),
    Column("现有次数", 9, "数字", lambda line: Formula(line.counts, line.veto.number) if line.counts else None),
    Column("是否成立", 9, "居中", lambda line: ColumnFormula(_HOLDS, "是" if line.veto.holds else "否")),
    Column("级别", 7, "数字", lambda line: ColumnFormula(_LEVEL, level_of(line.veto.effect) if line.veto.holds else 0)),
    Column("来源", 14, "链接", lambda line: rule(line.veto.place)),
)
AT = letters(COLUMNS)


def level_of(effect: str) -> int:
    """Give how strict an effect is, 1 to 3; 0 for none."""
    return tuple(EFFECTS).index(effect) + 1 if effect in EFFECTS else 0


def veto_sheet(state: Round, scores: Scores, duties: Mapping[str, Block], off: Mapping[str, Block], looks: Mapping[str, CellStyle]) -> SheetPlan | None:
    """Plan the sheet; None where nothing is held against anybody. Rows stand by unit, and cannot be sorted, so that 年度考核 finds each unit's."""
    if not scores.vetoes:
        return None
    back = letters(deductions_sheet.columns_of(scores)).get("申诉返还", "")
    lines = [_Line(veto, _counts(veto, duties.get(veto.unit), off.get(veto.unit), back)) for veto in scores.vetoes]
    return data_sheet(VETOES, COLUMNS, lines, looks=looks, title=title_of(state), extras=Extras(frozen=1, protect=True))


def rows_of(scores: Scores) -> dict[str, tuple[int, int]]:
    """Say in which rows (first, last, from 1) what is held against each unit stands."""
    found: dict[str, tuple[int, int]] = {}
    for row, veto in enumerate(scores.vetoes, 2):
        found[veto.unit] = (found.get(veto.unit, (row, row))[0], row)
    return found


def _counts(veto: Veto, duties: Block | None, off: Block | None, back: str) -> str:
    """Write the formula that counts; `back` is the column of what appeals gave back, '' where they gave nothing."""
    if veto.counted == RED_TASKS and duties is not None:
        roles, lights = duties.ref(points_sheet.AT["角色"]), duties.ref(points_sheet.AT["计分灯"])
        return f'=COUNTIFS({roles},"{Role.LEAD}",{lights},"{RED}")'
    if not veto.counted or off is None:
        return ""
    items, points = off.ref(deductions_sheet.AT["项目"]), off.ref(deductions_sheet.AT["分值"])
    returned = f'-COUNTIFS({items},"{veto.counted}",{points},">=0",{off.ref(back)},">0")' if back else ""
    return f'=COUNTIFS({items},"{veto.counted}"){returned}'


def levels(rows: Sequence[int]) -> str:
    """Write the cells of the levels of some rows (first, last) for a formula on another sheet."""
    first, last = rows
    return f"'{VETOES}'!${AT['级别']}${first}:${AT['级别']}${last}"
