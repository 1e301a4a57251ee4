"""任务计分: one row a unit's part in a task, from the task's light to the points it brings, all live."""

from collections.abc import Mapping, Sequence

from toolkit.model.look import Look
from toolkit.model.master import Role
from toolkit.model.rules import GREEN, GREY
from toolkit.model.scoring import Duty, Scores
from toolkit.model.sheet import Condition, Formula, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated import tasks
from toolkit.views.consolidated.anchors import WeightTable
from toolkit.views.consolidated.looks import light_look
from toolkit.views.consolidated.names import TASKS, book_title
from toolkit.views.consolidated.split import Part
from toolkit.views.consolidated.table import Column, Extras, body, data_sheet, letters, span

COLUMNS = (
    Column("单位", 30, "正文"),
    Column("编号", 10, "居中"),
    Column("角色", 8, "居中"),
    Column("是否已报", 10, "居中"),
    Column("任务灯", 9, "居中"),
    Column("计分灯", 9, "居中"),
    Column("灯分", 9, "数字"),
    Column("权数", 9, "数字"),
    Column("得分", 10, "数字"),
)
AT = letters(COLUMNS)


def point_sheets(state: Round, scores: Scores, weights: WeightTable, cut: Sequence[Part], looks: Mapping[str, Look], lights: Sequence[str]) -> list[SheetPlan]:
    """Plan the sheet, or several where one cannot hold all; rows stand by unit, and cannot be sorted, so that 单位考核 finds each unit's."""
    return [_sheet(state, part, scores.duties[part.rows], weights, looks, lights) for part in cut]


def _sheet(state: Round, part: Part, duties: Sequence[Duty], weights: WeightTable, looks: Mapping[str, Look], lights: Sequence[str]) -> SheetPlan:
    numbers, lamps = (span(TASKS, tasks.COLUMNS, title, len(state.tasks)) for title in ("编号", "灯"))
    rows = [_row(duty, row, lamp=f"INDEX({lamps},MATCH(B{row},{numbers},0))", weight=weights.of(f"B{row}")) for row, duty in enumerate(duties, 2)]
    areas = [(title, body(COLUMNS, title, len(rows))) for title in ("任务灯", "计分灯")]
    conditions = tuple(Condition(area, f'={AT[title]}2="{light}"', light_look(light)) for title, area in areas for light in lights)
    extras = Extras(frozen=2, conditions=conditions, protect=True, even=True)
    return data_sheet(part.sheet, COLUMNS, rows, looks=looks, title=book_title(state.period.label), extras=extras)


def _row(duty: Duty, row: int, *, lamp: str, weight: str) -> tuple[object, ...]:
    role, said, light, judged, each, share = (f"{AT[title]}{row}" for title in ("角色", "是否已报", "任务灯", "计分灯", "灯分", "权数"))
    points = "points_grey"
    for one, code in (("红", "points_red"), ("黄", "points_yellow"), ("绿", "points_green"), ("蓝", "points_blue")):
        points = f'IF({judged}="{one}",{code},{points})'
    return (
        duty.unit,
        duty.number,
        str(duty.role),
        "是" if duty.reported else "否",
        Formula(f"={lamp}", duty.task_light),
        Formula(f'=IF({said}="否","{GREY}",IF(AND({role}="{Role.SUPPORT}",{light}="{GREY}"),"{GREEN}",{light}))', duty.light),
        Formula(f"={points}", duty.points),
        Formula(f'={weight}*IF({role}="{Role.LEAD}",1,support_share/100)', duty.share),
        Formula(f"={each}*{share}", duty.points * duty.share),
    )
