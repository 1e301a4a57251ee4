"""generate: master list × form × history → one workbook per unit."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.workbooks_out import draw
from toolkit.edges.workspace import Workspace, write_file
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
        for unit in progress(units, f"生成{period.label}报送表"):
            past = history.get(unit.name, NOTHING_YET)
            issue = make_issue(form, ground.master, unit, period=period, due=due, past=past, key=ground.key, last=last.get(unit.name))
            if not any(issue.tables.get(form.main.sheet, ())):
                done["without"].append(unit.name)
                continue
            try:
                changed = _write(ground, form, issue, folder / file_name(unit.name, period, form.name))
            except Trouble as trouble:
                done["left"].append(f"{trouble.message}{trouble.advice}")
                continue
            done["issued" if changed else "unchanged"].append(unit.name)
        collectives = tuple(unit.name for unit in ground.master.units if unit.group == COLLECTIVE)
        return Generated(tuple(done["issued"]), tuple(done["unchanged"]), tuple(done["without"]), collectives, folder, ground.findings, tuple(done["left"]))


def _write(ground: Ground, form: Form, issue: Issue, path: Path) -> bool:
    """Write one workbook and record it; whether anything on disk changed. Raises Trouble when the file is open elsewhere."""
    sealed = seal.close(issue, ground.key)
    content = draw(unit_book(issue, form, sealed=sealed, office=ground.space.office()))
    changed = not path.exists() or path.read_bytes() != content
    with ground.ledger.writing() as connection:
        ground.ledger.record_issue(connection, issue, digest=seal.content_digest(issue), seal=sealed, at=now())
        if changed:
            write_file(path, content)
    return changed
