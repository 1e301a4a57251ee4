"""The benches run, and their report says what was measured."""

from pathlib import Path

import pytest

from bench import nation, taking_in
from bench.office import province, returns, saved_by_office
from bench.results import report
from toolkit.edges.reading.read_workbooks import read_grid


def test_contenders_take_in_the_same_returns() -> None:
    """Floor, toolkit and pandas script each finish on the same two returns."""
    names = ("bare calamine", "bare steps, no checks", "bare steps, two processes", "collect + consolidate", "pandas script")
    found = taking_in.measure(2, 4, 1, names)

    assert set(names) == set(found)
    assert all(one["seconds"] > 0 and one["peak"] > 1 for one in found.values())
    assert 1 == found["bare calamine"]["floor"] == found["pandas script"]["rival"]
    whole, floor = found["collect + consolidate"], found["bare calamine"]
    assert whole["seconds"] / floor["seconds"] == whole["floor"] > 1


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_returns_may_have_been_saved_by_an_office_program(tmp_path: Path) -> None:
    """LibreOffice writes each return anew; what stands in it and when it was sent stay."""
    space = province(tmp_path, 2, 4)
    returns(space)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime) for path in space.inbox.iterdir()}
    saved_by_office(space)

    assert 2 == len(before)
    for name, (content, sent) in before.items():
        path = space.inbox / name
        assert content != path.read_bytes()
        assert sent == path.stat().st_mtime
        assert read_grid(content, name).sheets[1].rows == read_grid(path.read_bytes(), name).sheets[1].rows


def test_the_report_holds_ratios_and_growth() -> None:
    """Times become ratios against the floor and against pandas, and growth from the smallest to the largest size."""
    times = {"bare calamine": 1.0, "collect": 4.0, "pandas script": 30.0}
    few = {name: {"seconds": seconds, "peak": 90.0, "floor": seconds, "rival": seconds / 30} for name, seconds in times.items()}
    many = {name: one | {"seconds": one["seconds"] * 20} for name, one in few.items()} | {"collect": few["collect"] | {"seconds": 60.0}}
    lines = list(report({"taking in": {"at": "today", "machine": "2 cores", "found": {"100": few, "1000": many}}}))

    assert "| collect | 4.00 | 40.00 | 4.0 | 7.5 | 90 |" in lines
    assert "| collect | 1.50 |" in lines
    assert "| collect | 62.22 | 2.9 |" in lines  # 56 s for 900 files, against 19 s


def test_the_report_sets_the_cluster_against_local_processes_round_by_round() -> None:
    """Each round's own ratio is shown, and their median, which is not the ratio of the medians."""
    found = {"collect": {"seconds": 4.0, "each": [2.0, 4.0, 8.0]}, "collect, Dask": {"seconds": 4.4, "each": [4.0, 4.4, 8.0]}}
    lines = list(report({"many machines": {"at": "today", "machine": "2 cores", "found": {"2000": found}}}))

    assert "| 2,000 | 4.00 | 4.40 | 1.10 | 2.00 1.10 1.00 |" in lines


def test_a_whole_round_is_timed_stage_by_stage() -> None:
    """Each stage of a small round runs in a process of its own and tells its time and peak; the report sets sizes side by side."""
    small = nation.measure(2, 4)
    large = {stage: {name: figure * 10 for name, figure in one.items()} for stage, one in small.items()}
    lines = list(report({"nation": {"at": "today", "machine": "2 cores", "found": {"2": small, "20": large}}}))

    assert ["generate", "fill in", "collect", "consolidate"] == list(small)
    assert all(one["processor"] > 0 and one["peak"] > 1 for one in small.values())
    assert "| | 2 units, s | processor, s | peak MiB | 20 units, s | processor, s | peak MiB | × |" in lines
    assert any(line.startswith("| consolidate |") and line.endswith("| 10.0 |") for line in lines)
