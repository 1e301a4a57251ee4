"""generate: master list × form × history → one workbook per unit, only for those whose rows have changed since; and whom to send what, and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from toolkit.edges.clock import now
from toolkit.edges.files import PendingFile, open_elsewhere, write_files
from toolkit.edges.ledger import dispatch_log
from toolkit.edges.ledger.issue_records import record_issues
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.fast.workbook_cloning import WorkbookCloner
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.issue.dispatch_forms import keyed, last_word, path_of, take_back, write_list
from toolkit.flows.issue.issue_changes import FIRST, IssuedBefore, issued_digests
from toolkit.flows.issue.paper_forms import write_paper_forms
from toolkit.flows.issue.plan_forms import PlannedForms
from toolkit.flows.office.faults_told import faults_in
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.register_changes import ListFile
from toolkit.flows.office.unit_history import filed
from toolkit.issuing.list_column import has_list_column, with_list_column
from toolkit.issuing.receipt_content import own_values, with_values
from toolkit.merging.filed_return import FiledReturn
from toolkit.merging.merge_versions import current_files
from toolkit.model import seal
from toolkit.model.amendments import AmendmentKind, first_day
from toolkit.model.command_error import CommandError
from toolkit.model.dispatch import Dispatch, DispatchAction
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form
from toolkit.model.form_addressees import is_issued_to
from toolkit.model.issue import Issue
from toolkit.model.master import COLLECTIVE, Unit
from toolkit.model.period import Period
from toolkit.views.form_table import Own

_TOGETHER = 64  # workbooks that are recorded together
Progress = Callable[[Sequence[Unit], str], Iterable[Unit]]


class Generated(NamedTuple):
    """What was issued: units by what happened, collectives that get none, the folder, faults of the master list and forms.

    `left` are sentences about workbooks that could not be replaced; the others were written. `dispatches` say whom to send what now, and why;
    `listed` is where all of them stand, of earlier runs too. `waiting` counts doubts without an answer.
    """

    issued: tuple[str, ...]
    unchanged: tuple[str, ...]
    without_tasks: tuple[str, ...]
    collectives: tuple[str, ...]
    folder: Path
    findings: tuple[Finding, ...]
    left: tuple[str, ...]
    dispatches: tuple[Dispatch, ...] = ()
    listed: Path = Path()
    waiting: int = 0


def generate(space: Workspace, period: Period, *, only: Sequence[str], progress: Progress) -> Generated:
    """Issue a period's workbooks, to all addressees or to `only` some; a unit whose content did not change keeps its issue and its file."""
    with open_office(space, alone=True) as whole:
        whole.refuse_closed(period, "不再生成报送表")
        whole.demand_sound(period)
        office_context = _begun(whole, period)
        form = office_context.form_of(period)
        units = tuple(unit for unit in office_context.units(only) if is_issued_to(form, unit, office_context.master))
        with _Issuing(office_context, form, period) as issuing:
            without = [unit.name for unit in progress(units, f"生成{period.label}报送表") if not issuing.add(unit)]
        given = tuple(unit.name for unit in units if unit.name not in without)
        taken = ((), ()) if only else take_back(office_context, period, form, keep=given)
        listed, papers = write_list(office_context, period, form), write_paper_forms(office_context, period, form)
        collectives = tuple(unit.name for unit in office_context.master.units if unit.group == COLLECTIVE)
        done = (tuple(issuing.issued), tuple(issuing.unchanged), tuple(without))
        left = (*office_context.questions, *_only_later(whole, period), *issuing.left, *taken[1], *listed.left, *papers)
        listing = ((*issuing.dispatches, *taken[0]), listed.path, len(office_context.master.open_doubts()))
        return Generated(*done, collectives, issuing.folder, faults_in(whole, [period]), left, *listing)


def _begun(office_context: OfficeContext, period: Period) -> OfficeContext:
    """Let a period that is about to be issued stand on what the list and its form say now; its year's list begins with its first period."""
    form = office_context.form_of(period)
    if office_context.lists.base(period.year) is None:
        office_context.registrar.split_off(period.year)
        office_context.registrar.begin(office_context.master, period.year)
        office_context.registrar.register(ListFile(office_context.space.master, office_context.master, period.year))
    newest = next((candidate for candidate in office_context.forms if candidate.code == form.code), form)
    named = office_context.deadline(period).form
    if named not in {newest.name, newest.code}:  # issued under another name it would be found by none
        what = f"“日程”里 {period} 的表单写的是“{named}”，templates 里这张表单现在叫“{newest.name}”。"
        raise CommandError(what, "请把表单“名称”和“日程”里的“表单”改成一样的，再运行一次。")
    before = office_context.issued_forms().get(str(period))
    if office_context.master.lists() and (before is None or has_list_column(before)):  # a list that came later changes no form that is out
        newest = with_list_column(newest)
    office_context.registrar.issue_with(newest, period)
    office_context.forget()
    return office_context.at(period)


def _only_later(whole: OfficeContext, period: Period) -> tuple[str, ...]:
    """Ask about changes that were typed into the list just now and, as dated, do not hold in the period that is being issued yet."""
    typed = {finding.facts["number"] for finding in whole.findings if finding.code is Code.AMENDED}
    later = [
        amendment
        for amendment in whole.lists.amendments(period.year)
        if str(amendment.id) in typed and amendment.nature is AmendmentKind.CHANGE and amendment.since > first_day(period)
    ]
    if not later:
        return ()
    since = min(later, key=lambda amendment: amendment.since).since_text
    held = f"刚登记的 {len(later)} 处调整自 {since} 起，{period.label}的表仍按原来的执行。"
    return (f"{held}要从本期起的，请在任务总表的“调整台账”里把“自期间”改为 {period}，再运行一次；不用改的，再运行一次即可。",)


class _Issuing:
    """Writes workbooks and records them in groups, files before their records; one that was written and not recorded is issued again, the same."""

    def __init__(self, office_context: OfficeContext, form: Form, period: Period) -> None:
        self._context, self._form, self._period = office_context, form, period
        self.folder = office_context.space.out(period, "发放")
        self._planned = PlannedForms(office_context, form, period)
        withdrawn = frozenset(dispatch.unit for dispatch in last_word(office_context, period).values() if dispatch.deed is DispatchAction.WITHDRAWN)
        self._before = IssuedBefore(office_context, form, self._planned.last, withdrawn)
        self._digest = issued_digests(office_context, period)
        self._said: Mapping[str, FiledReturn] | None = None
        self._alike = WorkbookCloner(draw)
        self._group: list[tuple[Issue, str, str, PendingFile]] = []
        self.issued: list[str] = []
        self.unchanged: list[str] = []
        self.left: list[str] = []
        self.dispatches: list[Dispatch] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Keep what was made, also where the work was broken off."""
        self._keep()

    def add(self, unit: Unit) -> bool:
        """Make one workbook where it is due; False where the unit has no tasks. Raises OSError when the disk takes no more."""
        office_context, period = self._context, self._period
        path = path_of(self.folder, unit, period, self._form)
        new = self._planned.issue(unit)
        if not any(new.tables.get(self._form.main.sheet, ())):
            return False
        issue, why, writes = self._before.judge(new, is_there=path.exists())
        if not writes:
            self.unchanged.append(unit.name)
            return True
        reported = self._answers(unit.name) if why and why != FIRST else None
        values = own_values(reported.rows, ()) if reported else {}
        issue = with_values(issue, values) if values else issue
        sealed = seal.close(issue, office_context.key)
        plan = self._planned.plan(unit, issue, sealed, Own(values))
        self._group.append((issue, why, sealed, PendingFile(path, draw(plan) if values else self._alike.draw(plan))))
        if len(self._group) >= _TOGETHER:
            self._keep()
        return True

    def _answers(self, unit: str) -> FiledReturn | None:
        """Give what a unit has already said in this period: a form that is issued anew shows it again."""
        if self._said is None:
            self._said = current_files(filed(self._context, self._period), self._form)
        return self._said.get(unit)

    def _keep(self) -> None:
        """Bring a group to disk, then record it; a workbook that is open elsewhere is left as it is and said."""
        group, self._group = self._group, []
        failed = write_files([file for *_, file in group])
        for error in failed.values():
            if not isinstance(error, PermissionError):
                raise error
        done: list[Dispatch] = []
        kept: list[tuple[Issue, str, str]] = []
        with self._context.ledger.writing() as connection:
            for issue, why, sealed, file in group:
                if file.path in failed:
                    trouble = open_elsewhere(file.path)
                    self.left.append(f"{trouble.message}{trouble.advice}")
                    continue
                (self.issued if why else self.unchanged).append(issue.unit)
                kept.append((issue, self._digest(issue), sealed))
                if why:
                    done.append(Dispatch(issue.unit, DispatchAction.FIRST if why == FIRST else DispatchAction.ANEW, why, issue.receipt, now()))
            record_issues(self._context.ledger, connection, kept, at=now())
            dispatch_log.record(connection, self._form.code, str(self._period), keyed(self._context, self._period, done))
        self.dispatches += done
