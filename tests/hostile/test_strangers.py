"""Files that nobody sealed, or whose seal is lost, are looked at in the reading processes too."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.reading.sandbox_process import Job
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.intake.read_files import FileReading
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.parse_file import ParsedReturn, ReturnParser, UnreadableFile
from toolkit.flows.office.prior_data import PriorData

WIDE = 40  # columns


def never(*_: object, **__: object) -> None:
    """Stands for what the program itself must not do with a grid."""
    raise AssertionError


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A workspace with a form issued, one copy of it as csv, and a large table of somebody else's."""
    space = small_workspace(tmp_path)
    filled = tmp_path / "填好.xlsx"
    type_into(issue(space) / "东山镇_2023年第一季度进展.xlsx", filled, filled_row("任务2", lead=False) | filled_row("任务3"))
    import openpyxl

    rows = openpyxl.load_workbook(filled)["任务进展"].iter_rows(values_only=True)
    (space.inbox / "另存.csv").write_text("\n".join(",".join("" if value is None else f'"{value}"' for value in row) for row in rows), "utf-8")
    line = ",".join(str(number) for number in range(WIDE))
    (space.inbox / "别人的大表.csv").write_text("\n".join([line] * 20_000), "utf-8")
    return space


def test_the_program_itself_opens_no_grid(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy without its seal is recognised by its receipt code and a strange table is refused, without the collecting process looking at a cell."""
    monkeypatch.setattr(ReturnParser, "of", never)
    monkeypatch.setattr("toolkit.flows.office.parse_file.identify", never)

    done = collect(space, progress=lambda items, _: items)

    found = {arrival.sent.name: (arrival.outcome.name, arrival.unit, [finding.code.name for finding in arrival.findings][:1]) for arrival in done.arrivals}
    assert {"另存.csv": ("WITH_FINDINGS", "东山镇", ["NO_SEAL"]), "别人的大表.csv": ("REFUSED", "", ["UNKNOWN"])} == found
    assert 0 == done.faults


def test_our_own_fault_in_a_reading_process_comes_back_with_its_traceback(space: Workspace) -> None:
    """What goes wrong while a file is understood is told as our own fault, where it happened; the next file is read."""
    content = next(space.out(Q1, "发放").glob("东山镇*.xlsx")).read_bytes()
    with open_office(space) as office:
        before = PriorData(office)
        before.understanding = replace(before.understanding, issued={}, forms=(0, *before.understanding.forms))  # type: ignore[arg-type]
        with FileReading(office, before) as reading:
            first, second = reading.read([Job("甲.xlsx", content), Job("乙.xlsx", b"x")])

    assert isinstance(first, UnreadableFile)
    assert "AttributeError: 'int' object has no attribute 'code'" in first.trace
    assert isinstance(second, ParsedReturn)
    assert ["UNKNOWN"] == [finding.code.name for finding in second.identity.findings]
