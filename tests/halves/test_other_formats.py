"""Halves that come as other kinds of workbooks are one return as well."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from tests.office import convert, has_office
from tests.small import Q1, accepted, filled_row, issue, small_workspace, type_into
from toolkit.flows.intake.collect import collect
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.model.findings import Code

BUREAU = "云溪县工信局"
SENT = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local


@pytest.mark.skipif(not has_office(), reason="LibreOffice writes the other formats")
def test_halves_as_xls_and_ods_are_one_return(tmp_path: Path) -> None:
    """One half saved as .xls, the other as .ods: each brings its own row, no row of the table is missing, and they are said to be joined."""
    space = small_workspace(tmp_path / "space")
    folder = issue(space)
    for at, (number, kind) in enumerate((("任务1", "xls"), ("任务2", "ods"))):
        type_into(folder / f"{BUREAU}_{Q1.label}进展.xlsx", tmp_path / f"{at}科.xlsx", filled_row(number))
        made = convert(tmp_path / f"{at}科.xlsx", kind, tmp_path / "made")
        target = space.inbox / made.name
        target.write_bytes(made.read_bytes())
        os.utime(target, (SENT + at, SENT + at))

    done = collect(space, progress=lambda items, _: items)

    with open_office(space) as office:
        state = period_standing(office, Q1)
    blank = [finding.place for finding in state.findings if finding.code is Code.BLANK and finding.place.sheet == "任务进展"]
    assert [(BUREAU, True), (BUREAU, True)] == [(arrival.unit, arrival.outcome.counts) for arrival in done.arrivals]
    assert {"0科.xls": ["任务1"], "1科.ods": ["任务2"]} == {name: [row.number for row in rows if row.answers] for name, rows in accepted(space).items()}
    assert [] == blank
    assert Code.JOINED in {finding.code for finding in state.findings if finding.unit == BUREAU}
