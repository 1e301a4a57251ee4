"""A unit sends its first file again after another: that takes the other back; an old copy that turns up again does not."""

import os
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

from tests.time.small_year import DUE, Q1, TOWN, book, issue, lay, office, sheet, take_in


def test_the_first_file_sent_again_is_the_newest_word(tmp_path: Path) -> None:
    """30, then 40, then the very file with 30 on a later day: 30 stands. The same bytes with their old time are a copy, and change nothing."""
    space = office(tmp_path)
    issue(space, Q1)
    first = lay(space, Q1, TOWN, progress=30, on=DUE[Q1].replace(day=10)).read_bytes()
    take_in(space, DUE[Q1])
    lay(space, Q1, TOWN, progress=40, on=DUE[Q1].replace(day=15))
    take_in(space, DUE[Q1])

    for day, outcome, progress in ((9, "ignored", 40), (20, "merged", 30)):
        path = space.inbox / f"再报{day}.xlsx"
        path.write_bytes(first)
        moment = datetime(2023, 3, day, 9).timestamp()  # noqa: DTZ001 - file times are local
        os.utime(path, (moment, moment))
        (arrival,) = take_in(space, DUE[Q1]).arrivals
        assert outcome == arrival.outcome.value.partition(" ")[0]
        book(space, Q1, DUE[Q1])
        assert [progress] == [row["累计进度"] for row in sheet(space, Q1, "任务进展") if row["编号"] == "任务3"]


def test_one_per_cent_is_a_number_among_what_was_filled_in(tmp_path: Path) -> None:
    """Progress typed as 1 stands as the number 1 in 填报明细, as any other progress does."""
    space = office(tmp_path)
    issue(space, Q1)
    lay(space, Q1, TOWN, progress=1)
    take_in(space, DUE[Q1])
    book(space, Q1, DUE[Q1])

    page = load_workbook(space.out(Q1, "汇总") / f"{Q1.label}目标任务进展汇总.xlsx")["填报明细"]
    at = [cell.value for cell in page[1]].index("累计进度")
    assert [1] == [row[at].value for row in page.iter_rows(min_row=2) if row[at].value is not None]
