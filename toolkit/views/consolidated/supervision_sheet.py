"""督办台账: one row a letter of supervision; how far the matter is and what was answered are the clerk's own to fill in."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.sheet import Condition, Guard, SheetPlan
from toolkit.model.standing import Round
from toolkit.model.supervision import Step, Supervised
from toolkit.views.consolidated.data_sheet import Column, Extras, body, data_sheet, letters
from toolkit.views.consolidated.sheet_names import SUPERVISION, title_of


class _Line(NamedTuple):
    """A row of the sheet: a letter, and the text of its task."""

    letter: Supervised
    text: str


COLUMNS: tuple[Column[_Line], ...] = (
    Column("文号", 16, "居中", lambda line: line.letter.shown),
    Column("编号", 9, "居中", lambda line: line.letter.task),
    Column("目标任务", 44, "正文", lambda line: line.text, 80),
    Column("牵头单位", 22, "正文", lambda line: line.letter.unit),
    Column("交办日期", 12, "居中", lambda line: line.letter.at.date().isoformat()),
    Column("时限", 12, "居中", lambda line: line.letter.deadline.isoformat()),
    Column("状态", 9, "认定灯", lambda line: line.letter.state.value),
    Column("反馈情况", 44, "认定", lambda line: line.letter.feedback, 90),
    Column("备注", 24, "认定", lambda line: line.letter.note, 60),
)


def supervision_sheet(state: Round, supervised: Sequence[Supervised], looks: Mapping[str, CellStyle]) -> SheetPlan:
    """Plan the sheet, letters in the order of their numbers."""
    rows = [_Line(entry, task.text if (task := state.master.task(entry.task)) else "") for entry in supervised]
    states = body(COLUMNS, "状态", len(rows))
    returned = Condition(states, f'=${letters(COLUMNS)["状态"]}2="{Step.RETURNED}"', "错误")
    return data_sheet(
        SUPERVISION,
        COLUMNS,
        rows,
        looks=looks,
        title=title_of(state),
        extras=Extras(frozen=2, guards=((states, _guard()),), conditions=(returned,)),
    )


def _guard() -> Guard:
    return Guard(
        "list",
        choices=",".join(Step),
        title="状态",
        prompt="交办、催办、反馈、销号、退回，办到哪一步选哪一步；反馈情况写在右边。",
        error="请从下拉框中选一个。",
    )
