"""generate: master list × form × history → one workbook per unit."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from toolkit.edges.clock import now
from toolkit.edges.files import ToWrite, open_elsewhere, write_files
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.workbooks_alike import Alike
from toolkit.flows.ground import Ground, begun, opened
from toolkit.flows.history import pasts
from toolkit.issuing.issue import make_issue
from toolkit.issuing.names import file_name
from toolkit.issuing.rows import NOTHING_YET
from toolkit.model import seal
from toolkit.model.findings import Finding
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.master import COLLECTIVE, Unit
from toolkit.model.period import Period
from toolkit.views.unit_form import unit_book

_TOGETHER = 64  # workbooks that are recorded together
Progress = Callable[[Sequence[Unit], str], Iterable[Unit]]


class Generated(NamedTuple):
    """What was issued: units by what happened, collectives that get none, the folder, faults of the master list and forms.

    `left` are sentences about workbooks that could not be replaced; the others were written.
    """

    issued: tuple[str, ...]
    unchanged: tuple[str, ...]
    without_tasks: tuple[str, ...]
    collectives: tuple[str, ...]
    folder: Path
    findings: tuple[Finding, ...]
    left: tuple[str, ...]


def generate(space: Workspace, period: Period, *, only: Sequence[str], progress: Progress) -> Generated:
    """Issue a period's workbooks, to all addressees or to `only` some; a unit whose content did not change keeps its issue."""
    with opened(space, alone=True) as whole:
        ground = begun(whole, period)
        form = ground.form_of(period)
        due = ground.deadline(period).due
        units = ground.units(only)
        folder = space.out(period, "发放")
        history, last = pasts(ground, period), ground.ledger.last_issues(form.code, str(period))
        without = []
        with _Issuing(ground, folder) as issuing:
            for unit in progress(units, f"生成{period.label}报送表"):
                past = history.get(unit.name, NOTHING_YET)
                issue = make_issue(form, ground.master, unit, period=period, due=due, past=past, key=ground.key, last=last.get(unit.name))
                if any(issue.tables.get(form.main.sheet, ())):
                    issuing.add(issue, ground.with_notes(form, unit, period), file_name(unit.name, period, form.name))
                else:
                    without.append(unit.name)
        collectives = tuple(unit.name for unit in ground.master.units if unit.group == COLLECTIVE)
        done = (tuple(issuing.issued), tuple(issuing.unchanged), tuple(without))
        return Generated(*done, collectives, folder, ground.findings, (*ground.questions, *issuing.left))


class _Issuing:
    """Writes workbooks and records them in groups, files before their records; one that was written and not recorded is issued again, the same."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self._ground, self._folder = ground, folder
        self._office = ground.space.office()
        self._alike = Alike()
        self._group: list[tuple[Issue, str, ToWrite]] = []
        self.issued: list[str] = []
        self.unchanged: list[str] = []
        self.left: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Keep what was made, also where the work was broken off."""
        self._keep()

    def add(self, issue: Issue, form: Form, name: str) -> None:
        """Make one workbook. Raises OSError when the disk takes no more."""
        sealed = seal.close(issue, self._ground.key)
        content = self._alike.draw(unit_book(issue, form, sealed=sealed, office=self._office))
        self._group.append((issue, sealed, ToWrite(self._folder / name, content)))
        if len(self._group) >= _TOGETHER:
            self._keep()

    def _keep(self) -> None:
        """Bring a group to disk, then record it; a workbook that is open elsewhere is left as it is and said."""
        group, self._group = self._group, []
        as_it_was = {file.path for _, _, file in group if file.path.exists() and file.path.read_bytes() == file.content}
        failed = write_files([file for _, _, file in group])
        for error in failed.values():
            if not isinstance(error, PermissionError):
                raise error
        with self._ground.ledger.writing() as connection:
            for issue, sealed, file in group:
                if file.path in failed:
                    trouble = open_elsewhere(file.path)
                    self.left.append(f"{trouble.message}{trouble.advice}")
                    continue
                (self.unchanged if file.path in as_it_was else self.issued).append(issue.unit)
                self._ground.ledger.record_issue(connection, issue, digest=seal.content_digest(issue), seal=sealed, at=now())
