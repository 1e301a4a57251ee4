"""What has to be written into a master list's sheets so that it says what another list says."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from toolkit.edges.templates.master_sheets import ID, PARENT, PARTED, UNIT_WEIGHT, RowChange
from toolkit.model.master import Master


class _Sheet(NamedTuple):
    """A sheet: the list's field, what tells its rows apart, the texts that find a row in it, its cells by title."""

    name: str
    field: str
    key: Callable[[Any], str]
    find: Callable[[Any], Mapping[str, str]]
    cells: Callable[[Any], Mapping[str, object]]


def _joined(names: Iterable[str]) -> str:
    return "、".join(names)


_SHEETS = (
    _Sheet(
        "任务",
        "tasks",
        lambda task: str(task.number),
        lambda task: {"编号": task.number},
        lambda task: {
            "编号": task.number, "类别": task.category, "章节": task.section, "小节": task.subsection, "目标任务": task.text, "牵头单位": _joined(task.leads),
            "责任单位": _joined(task.supports), "完成时限": task.deadline, "权重": task.weight, "状态": task.state, "备注": task.note, "责任领导": task.leader,
            PARTED: "是" if task.parted else "",
        },
    ),
    _Sheet(
        "量化指标",
        "indicators",
        lambda indicator: f"{indicator.number}|{indicator.name}",
        lambda indicator: {"编号": indicator.number, "指标": indicator.name},
        lambda indicator: {
            "编号": indicator.number, "指标": indicator.name, "比较": indicator.comparator, "目标值": indicator.target,
            "单位": indicator.unit, "口径": indicator.measure, "原文": indicator.quote,
        },
    ),
    _Sheet(
        "单位",
        "units",
        lambda unit: str(unit.key),
        lambda unit: {ID: unit.key, "单位": unit.name},
        lambda unit: {
            "单位": unit.name, "别名": _joined(unit.aliases), "类别": unit.group, "成员": _joined(unit.members), "是否发放": "是" if unit.issued else "否",
            "联系人": unit.contact, "电话": unit.phone, "邮箱": unit.email, PARENT: unit.parent, ID: unit.key,
            UNIT_WEIGHT: "" if unit.weight == 1 else unit.weight,
        },
    ),
    _Sheet(
        "日程",
        "calendar",
        lambda line: str(line.period),
        lambda line: {"期间": line.period},
        lambda line: {"期间": line.period, "表单": line.form, "开始": line.start, "截止": line.due, "名称": line.name, "起": line.first, "止": line.last},
    ),
)  # fmt: skip


def row_changes(old: Master, new: Master) -> list[RowChange]:
    """List the rows of a workbook that says `old` which have to change so that it says `new`."""
    return [change for sheet in _SHEETS for change in _of_sheet(sheet, getattr(old, sheet.field), getattr(new, sheet.field))]


def _of_sheet(sheet: _Sheet, old: Iterable[Any], new: Iterable[Any]) -> Iterator[RowChange]:
    before, after = ({sheet.key(row): row for row in reversed(tuple(rows))} for rows in (old, new))
    for key, row in before.items():
        if key not in after:
            yield RowChange(sheet.name, sheet.find(row), None)
    for row in new:
        known = before.get(sheet.key(row))
        cells = sheet.cells(row)
        if known is None:
            yield RowChange(sheet.name, sheet.find(row), cells, is_new=True)
            continue
        mapping = sheet.cells(known)
        different = {title: value for title, value in cells.items() if value != mapping[title]}
        if different:
            yield RowChange(sheet.name, sheet.find(known), different)
