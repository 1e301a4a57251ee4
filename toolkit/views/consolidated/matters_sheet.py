"""协调事项: the register of what units bring up to be coordinated, with a place for whom it is given to, by when, the answer and whether it is over."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.coordination import Matter, MatterState, fields_of
from toolkit.model.decisions import Fields
from toolkit.model.life_words import BY, MATTER_ID, MATTER_WORDS, REPLY, STATE, TO
from toolkit.model.master import WITHDRAWN
from toolkit.model.sheet import Condition, Guard, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.data_sheet import Column, Extras, body, data_sheet, letters
from toolkit.views.consolidated.sheet_names import MATTERS_TOLD, book_title
from toolkit.views.consolidated.source_links import original


class _Line(NamedTuple):
    """A row of the sheet: the matter, the names of its unit and text of its task, what the clerk typed."""

    matter: Matter
    unit: str
    task: str
    fields: Fields


COLUMNS: tuple[Column[_Line], ...] = (
    Column(MATTER_ID, 19, "居中", lambda line: line.matter.id),
    Column("提出单位", 18, "正文", lambda line: line.unit),
    Column("编号", 8, "居中", lambda line: line.matter.number),
    Column("目标任务", 26, "正文", lambda line: line.task, 50),
    Column("需协调事项", 36, "正文", lambda line: line.matter.text, 80),
    Column("提出期间", 10, "居中", lambda line: line.matter.versions[0].period),
    Column("最近期间", 10, "居中", lambda line: line.matter.versions[-1].period),
    Column("此前提法", 26, "正文", lambda line: "；".join(f"{said.period}：{said.text}" for said in line.matter.versions[:-1]), 70),
    Column("现状", 9, "居中", lambda line: line.matter.state.value),
    Column("单位答复", 30, "正文", lambda line: _told(line.matter), 70),
    Column(TO, 18, "认定", lambda line: line.fields.get(TO, "")),
    Column("交给谁", 8, "居中", lambda line: line.matter.given_to),
    Column(BY, 12, "认定", lambda line: line.fields.get(BY, "")),
    Column(REPLY, 30, "认定", lambda line: line.fields.get(REPLY, ""), 70),
    Column(STATE, 9, "认定灯", lambda line: line.fields.get(STATE, "")),
    Column("来源", 9, "链接", lambda line: original(line.matter.versions[-1].path)),
)


def matter_register(state: Round, looks: Mapping[str, CellStyle]) -> SheetPlan | None:
    """Plan the sheet, matters in the order in which they came up; None where nothing did."""
    if not state.matters:
        return None
    rows = [_Line(matter, _name(state, matter), _task(state, matter), fields_of(state.decided, matter.id)) for matter in state.matters]
    now, at = body(COLUMNS, "现状", len(rows)), letters(COLUMNS)["现状"]
    looks_of = ((MatterState.OPEN, "待核"), (MatterState.AGAIN, "错误"), (MatterState.CLOSED, "提示"))
    conditions = tuple(Condition(now, f'=${at}2="{word}"', look) for word, look in looks_of)
    guard = Guard("list", choices=",".join(MATTER_WORDS), title=STATE, prompt=_PROMPT, error="请从下拉框中选一个，或者清空。")
    extras = Extras(frozen=2, guards=((body(COLUMNS, STATE, len(rows)), guard),), conditions=conditions, large=True)
    return data_sheet(MATTERS_TOLD, COLUMNS, rows, looks=looks, title=book_title(state.period.label), extras=extras)


def _name(state: Round, matter: Matter) -> str:
    unit = state.master.resolve(matter.unit)
    return unit.name if unit else matter.unit


def _task(state: Round, matter: Matter) -> str:
    task = state.master.task(matter.number)
    return "" if task is None else f"（已撤销）{task.text}" if task.state == WITHDRAWN else task.text


def _told(matter: Matter) -> str:
    return "；".join(f"{told.unit}（{told.period}）：{'，'.join(filter(None, (told.over, told.text)))}" for told in matter.told)


_PROMPT = "交给单位的写名录里的单位名称，下期表里请它答复；交给领导的写姓名职务。办完选“已办结”，不再列入下期的表；又提出的先选“办理中”，办完再选“已办结”。"
