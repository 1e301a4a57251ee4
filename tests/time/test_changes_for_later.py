"""A change that is typed while an earlier period is issued anew: the clerk hears that it does not hold there yet."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.small import Q1, issue, small_workspace
from toolkit.edges.clock import held
from toolkit.flows.issue.generate import generate


def test_a_change_dated_later_than_the_period_that_is_issued_is_asked_about_once(tmp_path: Path) -> None:
    """Q1 is over when the target is changed: its form keeps the old target, the command says so and ends with 1; once more, and nothing is asked."""
    space = small_workspace(tmp_path)
    with held(date(2023, 1, 5)):
        issue(space)
    book = load_workbook(space.master)
    sheet = book["量化指标"]
    sheet["D2"] = 90
    book.save(space.master)
    with held(date(2023, 4, 10)):
        first = generate(space, Q1, only=(), progress=lambda items, _: items)
        second = generate(space, Q1, only=(), progress=lambda items, _: items)

    assert [True] == ["自 2023Q2 起" in sentence for sentence in first.left]
    assert () == second.left
    assert () == first.issued == second.issued
