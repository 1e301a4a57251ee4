"""The parts of a master list that change: their rows, what tells a row from others, and the columns a change can be about."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from toolkit.model.amendments import AmendmentKind, AmendmentSubject
from toolkit.model.column_kinds import show_number
from toolkit.model.master import Deadline, Indicator, Master, Task, Unit

Row = Task | Indicator | Unit | Deadline


class Column(NamedTuple):
    """A column: the field of the row, its title in 调整台账, whether a change is a 更正 by default, and whether it can change a light or a verdict."""

    field: str
    title: str
    nature: AmendmentKind
    weighs: bool = False


class Part(NamedTuple):
    """One kind of row: the list's field that holds them, their type, what names a row, its columns."""

    about: AmendmentSubject
    field: str
    kind: type[Any]
    key: Callable[[Any], str]
    columns: tuple[Column, ...]

    def rows(self, master: Master) -> dict[str, Any]:
        """Give a list's rows by their keys, in order; of two with one key the first."""
        found: dict[str, Any] = {}
        for row in getattr(master, self.field):
            found.setdefault(self.key(row), row)
        return found

    def column(self, title: str) -> Column | None:
        """Find a column by its title (目标值); None where the part has none such."""
        return next((column for column in self.columns if column.title == title), None)


_DAYS = ("first", "last")  # of a round: it may have none
_CHANGE, _CORRECTION = AmendmentKind.CHANGE, AmendmentKind.CORRECTION
PARTS: Mapping[AmendmentSubject, Part] = {
    part.about: part
    for part in (
        Part(
            AmendmentSubject.TASK,
            "tasks",
            Task,
            lambda task: task.number,
            (
                Column("category", "类别", _CORRECTION),
                Column("section", "章节", _CORRECTION),
                Column("subsection", "小节", _CORRECTION),
                Column("text", "目标任务", _CHANGE),
                Column("leads", "牵头单位", _CHANGE, weighs=True),
                Column("supports", "责任单位", _CHANGE, weighs=True),
                Column("deadline", "完成时限", _CHANGE, weighs=True),
                Column("weight", "权重", _CHANGE, weighs=True),
                Column("state", "状态", _CHANGE, weighs=True),
                Column("note", "备注", _CORRECTION),
                Column("leader", "责任领导", _CORRECTION),
                Column("parted", "分报", _CHANGE, weighs=True),
            ),
        ),
        Part(
            AmendmentSubject.INDICATOR,
            "indicators",
            Indicator,
            lambda indicator: f"{indicator.number}|{indicator.name}",
            (
                Column("comparator", "比较", _CHANGE, weighs=True),
                Column("target", "目标值", _CHANGE, weighs=True),
                Column("unit", "计量单位", _CHANGE, weighs=True),
                Column("measure", "口径", _CHANGE, weighs=True),
                Column("quote", "原文", _CORRECTION),
            ),
        ),
        Part(
            AmendmentSubject.UNIT,
            "units",
            Unit,
            lambda unit: unit.key,
            (
                Column("name", "更名", _CHANGE),
                Column("aliases", "别名", _CORRECTION),
                Column("group", "单位类别", _CHANGE, weighs=True),
                Column("members", "成员", _CHANGE, weighs=True),
                Column("issued", "是否发放", _CHANGE, weighs=True),
                Column("contact", "联系人", _CORRECTION),
                Column("phone", "电话", _CORRECTION),
                Column("email", "邮箱", _CORRECTION),
                Column("parent", "上级单位", _CHANGE),
                Column("weight", "汇总权重", _CHANGE, weighs=True),
            ),
        ),
        Part(
            AmendmentSubject.DEADLINE,
            "calendar",
            Deadline,
            lambda line: line.period,
            (
                *(Column("form", "表单", _CHANGE), Column("start", "开始", _CHANGE), Column("due", "截止", _CHANGE, weighs=True)),
                *(Column("name", "名称", _CORRECTION), Column("first", "起", _CHANGE), Column("last", "止", _CHANGE)),
            ),
        ),
    )
}


def shown(value: object) -> str:
    """Write a field as a sheet shows it: names with 、 between them, 是 or 否, days as 2023-03-30."""
    if value is None or isinstance(value, tuple):
        return "、".join(value or ())
    if isinstance(value, bool):
        return "是" if value else "否"
    return show_number(value) if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else str(value)


def with_text(row: Any, field: str, text: str) -> Any:
    """Give a row with a field set from what `shown` wrote. Raises ValueError or ArithmeticError for a text that is none."""
    old = getattr(row, field)
    value: object = text
    if isinstance(old, tuple):
        value = tuple(part for part in text.split("、") if part)
    elif isinstance(old, bool):
        value = text != "否"
    elif isinstance(old, Decimal):
        value = _number(text)
    elif isinstance(old, date) or field in _DAYS:
        value = date.fromisoformat(text) if text or field not in _DAYS else None
    return replace(row, **{field: value})


def _number(text: str) -> Decimal:
    """Read a number as `show_number` writes it; also what is no number in a sheet (NaN, 1_000) raises ValueError or ArithmeticError."""
    value = Decimal(text)
    if not value.is_finite() or "_" in text:
        raise ValueError(text)
    return value


def put_together(master: Master, rows: Mapping[AmendmentSubject, Iterable[Any]]) -> Master:
    """Give a list whose parts (tasks, indicators, units, calendar) hold the given rows in the given order; parts that are not named stay."""
    changed: dict[str, Any] = {PARTS[about].field: tuple(some) for about, some in rows.items()}
    return replace(master, **changed)
