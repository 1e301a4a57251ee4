"""generate: master list × form × history → one workbook per unit."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from toolkit.edges.clock import now
from toolkit.edges.workbooks_alike import Alike
from toolkit.edges.workspace import Workspace, flush_folder, write_one_of_many
from toolkit.flows.ground import Ground, opened
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
from toolkit.model.trouble import Trouble
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
    with opened(space, alone=True) as ground:
        form = ground.form_of(period)
        due = ground.deadline(period).due
        units = ground.units(only)
        folder = space.out(period, "发放")
        history, last = pasts(ground, period), ground.ledger.last_issues(form.code, str(period))
        done: dict[str, list[str]] = {"issued": [], "unchanged": [], "without": [], "left": []}
        with _Issuing(ground, form, folder) as issuing:
            for unit in progress(units, f"生成{period.label}报送表"):
                past = history.get(unit.name, NOTHING_YET)
                issue = make_issue(form, ground.master, unit, period=period, due=due, past=past, key=ground.key, last=last.get(unit.name))
                if not any(issue.tables.get(form.main.sheet, ())):
                    done["without"].append(unit.name)
                    continue
                try:
                    changed = issuing.write(issue, file_name(unit.name, period, form.name))
                except Trouble as trouble:
                    done["left"].append(f"{trouble.message}{trouble.advice}")
                    continue
                done["issued" if changed else "unchanged"].append(unit.name)
        collectives = tuple(unit.name for unit in ground.master.units if unit.group == COLLECTIVE)
        return Generated(tuple(done["issued"]), tuple(done["unchanged"]), tuple(done["without"]), collectives, folder, ground.findings, tuple(done["left"]))


class _Issuing:
    """Writes workbooks and records them in groups, a file before its record; one that was written and not recorded is issued again, the same."""

    def __init__(self, ground: Ground, form: Form, folder: Path) -> None:
        self._ground, self._form, self._folder = ground, form, folder
        self._office = ground.space.office()
        self._alike = Alike()
        self._written: list[tuple[Issue, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Record what was written, also where the work was broken off."""
        self._record()

    def write(self, issue: Issue, name: str) -> bool:
        """Write one workbook; whether anything on disk changed. Raises Trouble when the file is open elsewhere."""
        sealed = seal.close(issue, self._ground.key)
        content = self._alike.draw(unit_book(issue, self._form, sealed=sealed, office=self._office))
        path = self._folder / name
        changed = not path.exists() or path.read_bytes() != content
        if changed:
            write_one_of_many(path, content)
        self._written.append((issue, sealed))
        if len(self._written) >= _TOGETHER:
            self._record()
        return changed

    def _record(self) -> None:
        if not self._written:
            return
        flush_folder(self._folder)
        with self._ground.ledger.writing() as connection:
            for issue, sealed in self._written:
                self._ground.ledger.record_issue(connection, issue, digest=seal.content_digest(issue), seal=sealed, at=now())
        self._written = []
