"""Decides which rows a unit is given and what each prefilled column shows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from toolkit.model.appeals import APPEAL_FORM, DEDUCTION_FACTS
from toolkit.model.coordination import MATTER_FACTS, FormMatter
from toolkit.model.form import Field, Form, Source, Subject, Table
from toolkit.model.issue import IssuedRow
from toolkit.model.master import MAIN_LIST, Indicator, Master, Role, Task, Unit
from toolkit.model.milestones import NODE_FACTS, Milestone
from toolkit.model.own_rows import role_in
from toolkit.model.period import Period

LAST = "上期."  # 取自 of a column that repeats the last period's answer, followed by that column's code
Values = Mapping[str, object]


class PriorRows(NamedTuple):
    """A unit's accepted values: of the last period by (table sheet, row key), and of its work plan by task number; field code → value.

    `nodes` are the milestones that it answers for, as they stood before the period.
    `closed` are the numbers of tasks that are closed (销号) and not asked for any more, `matters` what the unit's form lists to be answered.
    """

    last: Mapping[tuple[str, str], Values]
    plan: Mapping[str, Values]
    nodes: tuple[Milestone, ...] = ()
    closed: frozenset[str] = frozenset()
    matters: tuple[FormMatter, ...] = ()


NOTHING_YET = PriorRows({}, {})
_PLAN_FACTS = ("量化目标", "本季计划节点", "计划进度")
TASK_FACTS = ("编号", "目标任务", "本单位角色", "牵头单位", "责任单位", "类别", "章节", "小节", "完成时限", "责任领导", "权重", "备注", "清单", *_PLAN_FACTS)
_NODE_TASK_FACTS = ("编号", "目标任务", "本单位角色", "牵头单位")  # what a milestone's row shows of its task
LIST_FACTS = ("编号", "单位", "本单位角色", "计划进度")  # what a row of a list shows beside its own columns
INDICATOR_FACTS = ("指标", "比较", "目标值", "单位", "口径", "原文", "原目标")


def issued_rows(form: Form, master: Master, unit: Unit, *, period: Period, past: PriorRows) -> dict[str, tuple[IssuedRow, ...]]:
    """Give a unit's rows by table sheet, in the order of the master list."""
    mine = [(task, role) for task, role in master.duties(unit.name) if task.number not in past.closed]
    several = bool(master.lists())
    tables: dict[str, tuple[IssuedRow, ...]] = {}
    for table in form.tables:
        rows: list[IssuedRow] = _node_rows(table, mine, past) if table.subject is Subject.NODE else []
        for task, role in mine if table.subject in {Subject.TASK, Subject.INDICATOR} else ():
            facts = _task_facts(task, role, master.targets(task.number), period=period, plan=past.plan.get(task.number, {}))
            facts["清单"] = task.listed or (MAIN_LIST if several else "")
            if table.subject is Subject.TASK:
                rows.append(_row(table, task.number, task.number, role, facts, past))
            elif role is Role.LEAD:
                rows += [
                    _row(table, f"{task.number}|{target.name}", task.number, role, facts | _indicator_facts(target), past)
                    for target in master.targets(task.number)
                ]
        rows += [_matter(table, matter) for matter in past.matters] if table.subject is Subject.MATTER else []
        rows += _listed_rows(table, master, unit, period, past)
        rows += [_row(table, str(number), str(number), Role.LEAD, {"编号": str(number)}, NOTHING_YET) for number in range(1, table.blank_rows + 1)]
        tables[table.sheet] = tuple(rows)
    return tables


def unknown_sources(form: Form) -> list[tuple[Table, Field]]:
    """List prefilled columns whose 取自 names nothing that we know, with their table; [] where all are known."""
    return [(table, field) for table in form.tables for field in table.fields if field.source is Source.PREFILLED and not _known(form, table, field.taken_from)]


def sources_of(form: Form, table: Table) -> tuple[str, ...]:
    """Name what a prefilled column of a table may be taken from, beside what was answered in the last period."""
    if table.subject is Subject.LIST:
        return tuple(dict.fromkeys((*LIST_FACTS, *(title for row in table.rows for title in row.cells))))
    if table.subject is Subject.BLANK:
        return LIST_FACTS[:1]
    if table.subject is Subject.MATTER:
        return MATTER_FACTS
    if table.subject is Subject.NODE:
        return (*_NODE_TASK_FACTS, *NODE_FACTS)
    if form.code == APPEAL_FORM:
        return (LIST_FACTS[0], *DEDUCTION_FACTS)
    return (*TASK_FACTS, *(INDICATOR_FACTS if table.subject is Subject.INDICATOR else ()))


def repeats_last(form: Form, table: Table) -> bool:
    """Whether a table's columns can show what was answered in the last period: rows of the office's own and those of tasks stay the same ones."""
    return form.code != APPEAL_FORM and table.subject not in {Subject.MATTER, Subject.BLANK}


def _known(form: Form, table: Table, name: str) -> bool:
    if name.startswith(LAST) and repeats_last(form, table):
        return name.removeprefix(LAST) in {field.code for field in table.filled}
    return name in sources_of(form, table) or (table.subject is Subject.LIST and not table.rows)


def _listed_rows(table: Table, master: Master, unit: Unit, period: Period, past: PriorRows) -> Iterator[IssuedRow]:
    """Give the rows of a form's own list in which a unit is named, typed as their columns are."""
    kinds = {field.taken_from: field.kind for field in reversed(table.fields) if field.source is Source.PREFILLED}
    for row in table.rows:
        role = role_in(row, unit.name, master)
        if role is not None:
            facts: dict[str, object] = {"编号": row.number, "单位": row.unit, "本单位角色": str(role), "计划进度": period.schedule}
            facts |= {title: kinds[title].load(text) if title in kinds else text for title, text in row.cells.items()}
            yield _row(table, row.number, row.number, role, facts, past)


def _matter(table: Table, matter: FormMatter) -> IssuedRow:
    known = ((field.code, matter.facts.get(field.taken_from)) for field in table.fields if field.source is Source.PREFILLED)
    shown = {code: value for code, value in known if value not in (None, "")}
    return IssuedRow(matter.key, matter.key, Role.LEAD, shown)


def _row(table: Table, key: str, number: str, role: Role, facts: Values, past: PriorRows) -> IssuedRow:
    last = past.last.get((table.sheet, key), {})
    shown = {}
    for field in table.fields:
        if field.source is Source.PREFILLED:
            name = field.taken_from
            value = last.get(name.removeprefix(LAST)) if name.startswith(LAST) else facts.get(name)
            if value not in (None, ""):
                shown[field.code] = value
    return IssuedRow(key, number, role, shown)


def _node_rows(table: Table, mine: Sequence[tuple[Task, Role]], past: PriorRows) -> list[IssuedRow]:
    """Give a row for each milestone that is not reached yet, task by task; what is reached is not asked again."""
    rows = []
    for task, role in mine:
        for milestone in (milestone for milestone in past.nodes if milestone.node.number == task.number and milestone.actual is None):
            node = milestone.node
            own = {"编号": task.number, "目标任务": task.text, "本单位角色": str(role), "牵头单位": "、".join(task.leads)}
            facts = own | {"节点": node.name, "基准日期": node.baseline, "上期预计": milestone.expected}
            rows.append(_row(table, node.key, task.number, role, facts, past))
    return rows


def _task_facts(task: Task, role: Role, indicators: list[Indicator], *, period: Period, plan: Values) -> dict[str, object]:
    planned = plan.get(f"plan{period.plan_quarter}") if period.plan_quarter else None
    return {
        "编号": task.number,
        "目标任务": task.text,
        "本单位角色": str(role),
        "牵头单位": "、".join(task.leads),
        "责任单位": "、".join(task.supports),
        "类别": task.category,
        "章节": task.section,
        "小节": task.subsection,
        "完成时限": task.deadline,
        "责任领导": task.leader,
        "权重": task.weight,
        "备注": task.note,
        "量化目标": "；".join(map(_target, indicators)),
        "本季计划节点": plan.get(f"node{period.plan_quarter}", "") if period.plan_quarter else "",
        "计划进度": period.schedule if planned is None else planned,
    }


def _target(indicator: Indicator) -> str:
    before = "" if indicator.original is None else f"（原目标{indicator.original:f}{indicator.unit}）"
    return f"{indicator.name}{indicator.comparator}{indicator.target:f}{indicator.unit}{before}"


def _indicator_facts(indicator: Indicator) -> dict[str, object]:
    return {
        "指标": indicator.name,
        "比较": indicator.comparator,
        "目标值": indicator.target,
        "单位": indicator.unit,
        "口径": indicator.measure,
        "原文": indicator.quote,
        "原目标": indicator.original,
    }
