"""任务计分: one row a unit's part in a task, from the task's light to the points it brings, all live."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.master import Role
from toolkit.model.rules import BLUE, GREEN, GREY, RED
from toolkit.model.scoring import Duty, Scores
from toolkit.model.sheet import ROW, ColumnFormula, Condition, SheetPlan
from toolkit.model.stages import Stage
from toolkit.model.standing import Round
from toolkit.views.consolidated.anchors import WeightTable
from toolkit.views.consolidated.book_styles import light_look
from toolkit.views.consolidated.data_sheet import Column, Extras, body, data_sheet, letters
from toolkit.views.consolidated.sheet_names import title_of
from toolkit.views.consolidated.split_sheets import Part
from toolkit.views.consolidated.task_lines import by_gap, equals_any
from toolkit.views.consolidated.task_table import task_table


class Formulas(NamedTuple):
    """The formulas of the last five columns."""

    lamp: str = ""
    judged: str = ""
    each: str = ""
    share: str = ""
    points: str = ""


def _columns(formulas: Formulas) -> tuple[Column[Duty], ...]:
    return (
        Column("单位", 30, "正文", attrgetter("unit")),
        Column("编号", 10, "居中", attrgetter("number")),
        Column("角色", 8, "居中", lambda duty: str(duty.role)),
        Column("是否已报", 10, "居中", lambda duty: "是" if duty.reported else "否"),
        Column("任务灯", 9, "居中", lambda duty: ColumnFormula(formulas.lamp, duty.task_light)),
        Column("计分灯", 9, "居中", lambda duty: ColumnFormula(formulas.judged, duty.light)),
        Column("灯分", 9, "数字", lambda duty: ColumnFormula(formulas.each, duty.points)),
        Column("权数", 9, "数字", lambda duty: ColumnFormula(formulas.share, duty.share)),
        Column("得分", 10, "数字", lambda duty: ColumnFormula(formulas.points, duty.points * duty.share)),
    )


COLUMNS = _columns(Formulas())  # their titles and places; the formulas need to know where they stand
_PARTS: tuple[Column[Duty], ...] = (  # only where a task is in parts: the unit's own part, by which it is judged
    Column("本份计划进度", 9, "数字", lambda duty: duty.part.planned if duty.part else None),
    Column("本份累计进度", 9, "数字", lambda duty: duty.part.progress if duty.part else None),
    Column("本份进展状态", 10, "居中", lambda duty: duty.part.status if duty.part else None),
    Column("本份已过时限", 9, "居中", lambda duty: "是" if duty.part and duty.is_past_due else None),
)
AT = letters((*COLUMNS, *_PARTS))


def point_sheets(
    state: Round, scores: Scores, weights: WeightTable, cut: Sequence[Part], looks: Mapping[str, CellStyle], lights: Sequence[str]
) -> list[SheetPlan]:
    """Plan the sheet, or several where one cannot hold all; rows stand by unit, and cannot be sorted, so that 单位考核 finds each unit's."""
    return [_sheet(state, part, scores.duties[part.rows], weights, looks, lights) for part in cut]


def _sheet(state: Round, part: Part, duties: Sequence[Duty], weights: WeightTable, looks: Mapping[str, CellStyle], lights: Sequence[str]) -> SheetPlan:
    numbers, lamps = map(task_table(state).span, ("编号", "灯"))
    lamp, more = f"INDEX({lamps},MATCH(B{ROW},{numbers},0))", _PARTS if any(duty.part for duty in duties) else ()
    if more:
        ruled = f"INDEX({task_table(state).span('认定灯')},MATCH(B{ROW},{numbers},0))"
        lamp = f'IF({AT["本份计划进度"]}{ROW}="",{lamp},IF({ruled}<>"",{ruled},{_own_light(state)}))'
    formulas = _formulas(lamp=lamp, weight=weights.of(f"B{ROW}"))
    areas = [(title, body(COLUMNS, title, len(duties))) for title in ("任务灯", "计分灯")]
    conditions = tuple(Condition(area, f'={AT[title]}2="{light}"', light_look(light)) for title, area in areas for light in lights)
    extras = Extras(frozen=2, conditions=conditions, protect=True, even=True)
    return data_sheet(part.sheet, (*_columns(formulas), *more), duties, looks=looks, title=title_of(state), extras=extras)


def _own_light(state: Round) -> str:
    """Write the light of a unit's own part of a task, as the sheet of tasks writes that of the whole."""
    planned, done, status, late = (f"{AT[column.title]}{ROW}" for column in _PARTS)
    table = state.task_form.main
    finished, waiting = (equals_any(status, table.words_of(stage)) or "FALSE" for stage in (Stage.FINISHED, Stage.WAITING))
    behind = by_gap(f"ROUND({done}-{planned},2)")
    by_plan = f'IF({done}<>"",{behind},IF({waiting},{by_gap(f"ROUND(0-{planned},2)")},"{GREY}"))'
    overdue = f'IF(AND({status}="",{done}=""),"{GREY}","{RED}")'
    return f'IF({finished},"{BLUE}",IF({late}<>"",{overdue},{by_plan}))'


def _formulas(*, lamp: str, weight: str) -> Formulas:
    role, text, light, judged, each, share = (f"{AT[title]}{ROW}" for title in ("角色", "是否已报", "任务灯", "计分灯", "灯分", "权数"))
    points = "points_grey"
    for name, code in (("红", "points_red"), ("黄", "points_yellow"), ("绿", "points_green"), ("蓝", "points_blue")):
        points = f'IF({judged}="{name}",{code},{points})'
    return Formulas(
        lamp=f"={lamp}",
        judged=f'=IF({text}="否","{GREY}",IF(AND({role}="{Role.SUPPORT}",{light}="{GREY}"),"{GREEN}",{light}))',
        each=f"={points}",
        share=f'={weight}*IF({role}="{Role.LEAD}",1,support_share/100)',
        points=f"={each}*{share}",
    )
