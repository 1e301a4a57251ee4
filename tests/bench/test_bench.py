"""The benches run, and their report says what was measured."""

from bench import taking_in
from bench.results import report


def test_contenders_take_in_the_same_returns() -> None:
    """Floor, toolkit and pandas script each finish on the same two returns."""
    names = ("bare calamine", "collect + consolidate", "pandas script")
    found = taking_in.measure(2, 4, 1, names)

    assert set(names) == set(found)
    assert all(one["seconds"] > 0 and one["peak"] > 1 for one in found.values())


def test_the_report_holds_ratios_and_growth() -> None:
    """Times become ratios against the floor and against pandas, and growth from the smallest to the largest size."""
    few = {"bare calamine": {"seconds": 1.0, "peak": 50.0}, "collect": {"seconds": 4.0, "peak": 90.0}, "pandas script": {"seconds": 30.0, "peak": 120.0}}
    many = {name: {"seconds": one["seconds"] * 20, "peak": one["peak"]} for name, one in few.items()}
    lines = list(report({"taking in": {"at": "today", "machine": "2 cores", "found": {"100": few, "1000": many}}}))

    assert "| collect | 4.00 | 40.00 | 4.0 | 7.5 | 90 |" in lines
    assert "| collect | 2.00 |" in lines
