"""How a change is written in a row of 调整台账, and how a row that the clerk wrote is understood."""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import NamedTuple

from toolkit.amending.in_force import added_row
from toolkit.amending.list_parts import PARTS, shown, with_text
from toolkit.model.amendment_sheet import AFTER, MATTER, SHEET, SUBJECT, SheetRow, TypedRow
from toolkit.model.amendments import ADDED, MERGED, REMOVED, RENAMED, SPLIT, WITHDRAWN_WORDS, Amendment, AmendmentSubject, Change
from toolkit.model.codec import encode
from toolkit.model.deadlines import EXPECTED as DEADLINES
from toolkit.model.deadlines import deadline_in
from toolkit.model.findings import Code, Finding
from toolkit.model.master import WITHDRAWN, Indicator, Master, Node, Task, Unit
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.standing import COMPARATORS

_ROWS = {
    AmendmentSubject.TASK: "任务",
    AmendmentSubject.INDICATOR: "指标",
    AmendmentSubject.UNIT: "单位",
    AmendmentSubject.DEADLINE: "日程",
    AmendmentSubject.NODE: "节点",
}
_NAMED = frozenset({AmendmentSubject.INDICATOR, AmendmentSubject.NODE})  # rows of a task that a matter names in brackets
_BASELINE = "基准日期"
WITHDRAW = "撤销任务"
_OF_UNITS = frozenset({"leads", "supports", "members", "parent"})
_WORDS = {"issued": ("是", "否"), "comparator": COMPARATORS}
_SHORT = 40  # characters of a text in a sentence
_ANY_YEAR = 2023  # whether a deadline can be read hangs on no year


def sheet_row(amendment: Amendment) -> SheetRow:
    """Write an amendment as a row of 调整台账, by columns: 编号, 事项, 原, 现, 自期间, 更正/变更, 文号, 理由, 批准, 登记时间, number, 作废 or nothing."""
    change = amendment.change
    at = amendment.at.strftime("%Y-%m-%d %H:%M") if amendment.at else ""
    texts = (number_of(change), matter_of(change), change.before, after_of(change), amendment.since_text, amendment.nature.value)
    return SheetRow((*texts, amendment.reference, amendment.reason, amendment.approved, at, str(amendment.id), "作废" if amendment.is_void else ""))


def number_of(change: Change) -> str:
    """Write what a change is about: an indicator's by its task's number."""
    return change.subject.partition("|")[0]


def matter_of(change: Change) -> str:
    """Write what was changed: 目标值（新建标准厂房）, 新增任务, 撤销任务."""
    if change.matter in {ADDED, REMOVED}:
        return f"{change.matter}{_ROWS[change.about]}" + (f"（{change.subject.partition('|')[2]}）" if change.about in _NAMED else "")
    if change.matter == "状态" and change.after == WITHDRAWN:
        return WITHDRAW
    return f"{change.matter}（{change.subject.partition('|')[2]}）" if change.about in _NAMED else change.matter


def after_of(change: Change) -> str:
    """Write what stands there now: an added task, indicator, unit or date by its content, anything else as the change gives it ('' for nothing)."""
    if change.matter != ADDED:
        return change.after
    row, _ = added_row(change.about, change.after)
    if isinstance(row, Task):
        return f"{row.text}（牵头：{'、'.join(row.leads)}；责任：{'、'.join(row.supports)}）"
    if isinstance(row, Indicator):
        return f"{row.comparator}{shown(row.target)}{row.unit}"
    if isinstance(row, Node):
        return row.baseline.isoformat()
    return row.name if isinstance(row, Unit) else f"{row.form}，{row.start} 至 {row.due}"


def what_of(change: Change) -> str:
    """Name a change in a sentence: 任务7的牵头单位."""
    return f"{number_of(change)}的{matter_of(change)}"


class AmendmentRow(NamedTuple):
    """What a typed row says: the change, or what is wrong with it."""

    change: Change | None
    fault: Finding | None = None


def names_in(text: str) -> tuple[str, ...]:
    """Give the units that a cell names, in its order, parted at 、, commas and semicolons; () for a blank cell."""
    return tuple(part.strip() for part in re.split(r"[、,，;；]", text) if part.strip())


def understand(row: TypedRow, current: Master, is_unit: Callable[[str], bool]) -> AmendmentRow:
    """Understand a row that the clerk added: whose, what, to what; units that it gives something to have to be units."""
    read = _read(row, current)
    field = _field_of(read.change)
    strange = [name for name in names_in(row.cells[AFTER]) if not is_unit(name)] if field in _OF_UNITS else []
    if strange:
        return _bad_after(row, read.change.matter if read.change else "", f"“单位”表里有的单位（没有“{'、'.join(strange)}”）")
    return read


def _field_of(change: Change | None) -> str:
    column = PARTS[change.about].column(change.matter) if change else None
    return column.field if column else ""


def _read(row: TypedRow, current: Master) -> AmendmentRow:
    subject, matter, after = (row.cells[title] for title in (SUBJECT, MATTER, AFTER))
    name, _, which = matter.rstrip("）)").replace("(", "（").partition("（")
    task, unit = current.task(subject), current.resolve(subject)
    if task is not None:
        return _of_task(row, task, current, name, which, after)
    if unit is not None:
        return _of_unit(row, unit, name, after)
    if any(line.period == subject for line in current.calendar):
        return _of_column(row, AmendmentSubject.DEADLINE, subject, name, after, current)
    if name in {"新增单位", ADDED}:
        new = Unit(after or subject)
        return AmendmentRow(Change(AmendmentSubject.UNIT, new.name, ADDED, "", encode({"row": encode(new), "behind": ""})))
    return AmendmentRow(None, Finding(Code.BAD_SUBJECT, row.at(SUBJECT), {"seen": subject}))


def _of_task(row: TypedRow, task: Task, current: Master, name: str, which: str, after: str) -> AmendmentRow:
    if name in {WITHDRAW, WITHDRAWN, "撤销任务"} or (name == "状态" and after in WITHDRAWN_WORDS):
        return AmendmentRow(Change(AmendmentSubject.TASK, task.number, "状态", task.state, WITHDRAWN))
    if name == _BASELINE and which:
        return _of_node(row, task, current, which, after)
    if name == _BASELINE:
        return _bad_matter(row, "、".join(f"{_BASELINE}（{node.name}）" for node in current.nodes if node.number == task.number) or f"{_BASELINE}（节点名称）")
    if PARTS[AmendmentSubject.INDICATOR].column(name) is None:
        return _of_column(row, AmendmentSubject.TASK, task.number, name, after, current)
    indicators = [target for target in current.targets(task.number) if not which or target.name == which]
    if len(indicators) != 1:
        choices = "、".join(f"{name}（{target.name}）" for target in current.targets(task.number)) or "这项任务没有量化指标"
        return _bad_matter(row, choices)
    return _of_column(row, AmendmentSubject.INDICATOR, f"{task.number}|{indicators[0].name}", name, after, current)


def _of_node(row: TypedRow, task: Task, current: Master, name: str, after: str) -> AmendmentRow:
    """Move a milestone's baseline; one that stands in a unit's work plan only becomes the office's own with the day given here."""
    node = next((node for node in current.nodes if node.key == f"{task.number}|{name}"), None)
    if node is not None:
        return _changed(row, AmendmentSubject.NODE, node.key, node, _BASELINE, after)
    try:
        new = Node(task.number, name, date.fromisoformat(after))
    except ValueError:
        return _bad_after(row, _BASELINE, "形如 2023-06-30 的日期")
    return AmendmentRow(Change(AmendmentSubject.NODE, new.key, ADDED, "", encode({"row": encode(new), "behind": ""})))


def _of_unit(row: TypedRow, unit: Unit, name: str, after: str) -> AmendmentRow:
    if name in {SPLIT, MERGED}:
        if not after:
            return _bad_after(row, name, "接替的单位名称")
        return AmendmentRow(Change(AmendmentSubject.UNIT, unit.key, name, unit.name, after))
    if name in {WITHDRAWN, "撤销单位", "取消单位"}:
        return AmendmentRow(Change(AmendmentSubject.UNIT, unit.key, REMOVED, unit.name, ""))
    if name == RENAMED and not after:
        return _bad_after(row, name, "新的名称")
    column = PARTS[AmendmentSubject.UNIT].column(name)
    if column is None:
        return _bad_matter(row, "、".join([SPLIT, MERGED, "撤销单位", *(column.title for column in PARTS[AmendmentSubject.UNIT].columns)]))
    return _changed(row, AmendmentSubject.UNIT, unit.key, unit, column.title, after)


def _of_column(row: TypedRow, about: AmendmentSubject, subject: str, name: str, after: str, current: Master) -> AmendmentRow:
    column = PARTS[about].column(name)
    if column is None:
        return _bad_matter(row, "、".join(column.title for column in PARTS[about].columns))
    return _changed(row, about, subject, PARTS[about].rows(current)[subject], column.title, after)


def _changed(row: TypedRow, about: AmendmentSubject, subject: str, old: object, title: str, after: str) -> AmendmentRow:
    column = PARTS[about].column(title)
    field = column.field if column else ""
    if about is AmendmentSubject.TASK and field == "deadline" and deadline_in(after, year=_ANY_YEAR) is None:
        return _bad_after(row, title, DEADLINES)
    if field in _WORDS and after not in _WORDS[field]:
        return _bad_after(row, title, "、".join(_WORDS[field]))
    if field == "weight" and after.startswith("-"):
        return _bad_after(row, title, "不小于 0 的数字")
    try:
        new = with_text(old, field, after)
    except (ValueError, ArithmeticError):
        return _bad_after(row, title, "形如 2023-06-30 的日期" if about in {AmendmentSubject.DEADLINE, AmendmentSubject.NODE} else "数字")
    return AmendmentRow(Change(about, subject, title, shown(getattr(old, field)), shown(getattr(new, field))))


def _bad_after(row: TypedRow, title: str, hint: str) -> AmendmentRow:
    return AmendmentRow(None, Finding(Code.BAD_AFTER, row.at(AFTER), {"seen": row.cells[AFTER], "title": title, "hint": hint}))


def _bad_matter(row: TypedRow, choices: str) -> AmendmentRow:
    return AmendmentRow(None, Finding(Code.BAD_MATTER, row.at(MATTER), {"subject": row.cells[SUBJECT], "seen": row.cells[MATTER], "choices": choices}))


def description_of(amendments: Sequence[Amendment], numbers: Collection[str], period: Period) -> list[str]:
    """Tell in sentences what was changed of some tasks and counts in a period: what it was when the year began, what it is now, since when, on what authority.

    Only what can change a light or a verdict is told.
    """
    mine = [amendment for amendment in amendments if amendment.holds_in(period) and _weighs(amendment.change) and number_of(amendment.change) in numbers]
    told = []
    for cell in dict.fromkeys(amendment.change[:3] for amendment in mine):
        same = sorted((amendment for amendment in mine if amendment.change[:3] == cell), key=lambda amendment: (amendment.since, amendment.id))
        before, last = same[0].change.before, same[-1]
        if before != last.change.after:
            grounds = f"（{last.reference}）" if last.reference else ""
            told.append(f"{what_of(last.change)}原为“{before}”，自 {last.since_text} 起为“{after_of(last.change)}”{grounds}。")
    return told


def _weighs(change: Change) -> bool:
    column = PARTS[change.about].column(change.matter)
    return change.about in {AmendmentSubject.TASK, AmendmentSubject.INDICATOR} and column is not None and column.weighs


def as_finding(amendment: Amendment, file: str) -> Finding:
    """Say that a change was registered: what became what, from when on."""
    before, after = (f"{text[:_SHORT]}…" if len(text) > _SHORT else text or "（空）" for text in (amendment.change.before, after_of(amendment.change)))
    facts = {"number": str(amendment.id), "what": what_of(amendment.change), "before": before, "after": after}
    return Finding(Code.AMENDED, Place(file, SHEET), {**facts, "since": amendment.since_text, "nature": amendment.nature.value})
