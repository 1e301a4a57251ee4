"""generate: master list × form × history → one workbook per unit, only for those whose rows have changed since; and whom to send what, and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from toolkit.edges.clock import now
from toolkit.edges.files import ToWrite, open_elsewhere, write_files
from toolkit.edges.ledger import dispatches
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.fast.workbooks_alike import Alike
from toolkit.edges.writing.workbooks_out import draw
from toolkit.flows.dispatching import keyed, last_word, path_of, take_back, write_list
from toolkit.flows.ground import Ground, opened
from toolkit.flows.history import filed, pasts
from toolkit.flows.issued_before import FIRST, IssuedBefore, issued_digest
from toolkit.flows.registering import ListFile
from toolkit.flows.units import with_notes
from toolkit.issuing.issue import make_issue
from toolkit.issuing.receipt import own_values, with_values
from toolkit.issuing.rows import NOTHING_YET
from toolkit.merging.versions import Filed, current_files
from toolkit.model import seal
from toolkit.model.amendments import Nature, first_day
from toolkit.model.dispatch import Dispatch, DispatchDeed
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.master import COLLECTIVE, Unit
from toolkit.model.period import Period
from toolkit.views.form_table import Own
from toolkit.views.unit_form import unit_book

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
    with opened(space, alone=True) as whole:
        whole.refuse_closed(period, "不再生成报送表")
        whole.demand_sound()
        ground = _begun(whole, period)
        form = ground.form_of(period)
        units = ground.units(only)
        with _Issuing(ground, form, period) as issuing:
            without = [unit.name for unit in progress(units, f"生成{period.label}报送表") if not issuing.add(unit)]
        given = tuple(unit.name for unit in units if unit.name not in without)
        taken = ((), ()) if only else take_back(ground, period, form, keep=given)
        listed = write_list(ground, period, form)
        collectives = tuple(unit.name for unit in ground.master.units if unit.group == COLLECTIVE)
        done = (tuple(issuing.issued), tuple(issuing.unchanged), tuple(without))
        left = (*ground.questions, *_only_later(whole, period), *issuing.left, *taken[1], *listed.left)
        listing = ((*issuing.dispatches, *taken[0]), listed.path, len(ground.master.open_doubts()))
        return Generated(*done, collectives, issuing.folder, ground.findings, left, *listing)


def _begun(ground: Ground, period: Period) -> Ground:
    """Let a period that is about to be issued stand on what the list and its form say now; its year's list begins with its first period."""
    form = ground.form_of(period)
    if ground.lists.base(period.year) is None:
        ground.registrar.split_off(period.year)
        ground.registrar.begin(ground.master, period.year)
        ground.registrar.register(ListFile(ground.space.master, ground.master, period.year))
    ground.registrar.issue_with(next((one for one in ground.forms if one.code == form.code), form), period)
    ground.forget()
    return ground.at(period)


def _only_later(whole: Ground, period: Period) -> tuple[str, ...]:
    """Ask about changes that were typed into the list just now and, as dated, do not hold in the period that is being issued yet."""
    typed = {one.facts["number"] for one in whole.findings if one.code is Code.AMENDED}
    later = [one for one in whole.lists.amendments(period.year) if str(one.id) in typed and one.nature is Nature.CHANGE and one.since > first_day(period)]
    if not later:
        return ()
    since = min(later, key=lambda one: one.since).since_text
    held = f"刚登记的 {len(later)} 处调整自 {since} 起，{period.label}的表仍按原来的执行。"
    return (f"{held}要从本期起的，请在任务总表的“调整台账”里把“自期间”改为 {period}，再运行一次；不用改的，再运行一次即可。",)


class _Issuing:
    """Writes workbooks and records them in groups, files before their records; one that was written and not recorded is issued again, the same."""

    def __init__(self, ground: Ground, form: Form, period: Period) -> None:
        self._ground, self._form, self._period = ground, form, period
        self.folder = ground.space.out(period, "发放")
        self._office, self._due = ground.space.office(), ground.deadline(period).due
        self._history, self._last = pasts(ground, period), ground.ledger.last_issues(form.code, str(period))
        gone = frozenset(one.unit for one in last_word(ground, period).values() if one.deed is DispatchDeed.WITHDRAWN)
        self._before = IssuedBefore(ground, form, self._last, gone)
        self._said: Mapping[str, Filed] | None = None
        self._alike = Alike(draw)
        self._group: list[tuple[Issue, str, str, ToWrite]] = []
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
        ground, period = self._ground, self._period
        path = path_of(self.folder, unit, period, self._form)
        number, past = self._last.get(unit.name, (1, ""))[0], self._history.get(unit.name, NOTHING_YET)
        new = make_issue(self._form, ground.master, unit, period=period, due=self._due, past=past, key=ground.key, number=number)
        if not any(new.tables.get(self._form.main.sheet, ())):
            return False
        issue, why, writes = self._before.judge(new, is_there=path.exists())
        if not writes:
            self.unchanged.append(unit.name)
            return True
        said = self._answers(unit.name) if why and why != FIRST else None
        values = own_values(said.rows, ()) if said else {}
        issue = with_values(issue, values) if values else issue
        sealed = seal.close(issue, ground.key)
        plan = unit_book(issue, with_notes(ground, self._form, unit, period), sealed=sealed, office=self._office, own=Own(values))
        self._group.append((issue, why, sealed, ToWrite(path, draw(plan) if values else self._alike.draw(plan))))
        if len(self._group) >= _TOGETHER:
            self._keep()
        return True

    def _answers(self, unit: str) -> Filed | None:
        """Give what a unit has already said in this period: a form that is issued anew shows it again."""
        if self._said is None:
            self._said = current_files(filed(self._ground, self._period), self._form)
        return self._said.get(unit)

    def _keep(self) -> None:
        """Bring a group to disk, then record it; a workbook that is open elsewhere is left as it is and said."""
        group, self._group = self._group, []
        failed = write_files([file for *_, file in group])
        for error in failed.values():
            if not isinstance(error, PermissionError):
                raise error
        done: list[Dispatch] = []
        with self._ground.ledger.writing() as connection:
            for issue, why, sealed, file in group:
                if file.path in failed:
                    trouble = open_elsewhere(file.path)
                    self.left.append(f"{trouble.message}{trouble.advice}")
                    continue
                (self.issued if why else self.unchanged).append(issue.unit)
                self._ground.ledger.record_issue(connection, issue, digest=issued_digest(self._ground, issue), seal=sealed, at=now())
                if why:
                    done.append(Dispatch(issue.unit, DispatchDeed.FIRST if why == FIRST else DispatchDeed.ANEW, why, issue.receipt, now()))
            dispatches.record(connection, self._form.code, str(self._period), keyed(self._ground, self._period, done))
        self.dispatches += done
