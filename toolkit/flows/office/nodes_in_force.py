"""Which milestones are in force in a period: of the office's list and of the year's work plans, with the days that hold."""

from collections.abc import Sequence

from toolkit.flows.office.office_context import OfficeContext
from toolkit.merging.filed_return import FiledReturn
from toolkit.merging.merge_milestones import moved_days, settled_lines
from toolkit.model.findings import Finding
from toolkit.model.milestones import BASELINE, PlannedNode, is_node_plan, planned_nodes
from toolkit.model.period import Period


def nodes_in_force(office: OfficeContext, period: Period, plans: Sequence[FiledReturn]) -> tuple[PlannedNode, ...]:
    """Give the milestones of a period, by its list and the year's work plans (oldest first), units by the names that they have in it."""
    here, line = office.at(period), office.line(Period(period.year))
    lines = settled_lines(plans, _numbers(office, period), line.due if line else period.begins)
    return planned_nodes(here.master, {here.called(unit): found for unit, found in lines.items()})


def days_moved(office: OfficeContext, period: Period, plans: Sequence[FiledReturn], planned: Sequence[PlannedNode]) -> tuple[Finding, ...]:
    """Give what work plans say by now against the days that hold, each at its cell; () where they agree."""
    forms = office.at(Period(period.year)).forms
    fields = (table.field(BASELINE) for form in forms for table in form.tables if is_node_plan(table))
    title = next((field.title for field in fields if field), "")
    return moved_days(plans, planned, _numbers(office, period), title)


def _numbers(office: OfficeContext, period: Period) -> list[str]:
    return [task.number for task in office.at(period).master.tasks]
