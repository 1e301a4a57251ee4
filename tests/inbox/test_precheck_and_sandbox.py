"""Hostile and broken files end in a grid or in one finding, never in a crash."""

import math
import os
import random
import signal
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.hostile.books import FAR, SHEET, low_limits, with_parts, with_rows, workbook, zipped
from toolkit.edges.reading.sandbox import Readers, _Worker
from toolkit.edges.reading.sandbox_process import Job, as_it_is
from toolkit.edges.reading.read_workbooks import Unreadable, read_grid
from toolkit.model.findings import Finding
from toolkit.model.returns import CellFault, Fault, Grid

__all__ = ["low_limits"]  # a fixture

DECLARED = b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'


def flipped(content: bytes) -> bytes:
    info = zipfile.ZipFile(BytesIO(content)).getinfo("xl/worksheets/sheet1.xml")
    data = bytearray(content)
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 1
    return bytes(data)


def outcome(content: bytes) -> object:
    try:
        return read_grid(content, "来件").sheets[0].rows
    except Unreadable as error:
        return error.code.name if error.finding("来件").message else ""


@pytest.mark.usefixtures("low_limits")
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (workbook(), (("编号", "进度"), ("007", 45.0))),
        (with_rows(FAR % b"><v>1</v></c>"), "TOO_BIG"),
        (with_rows((FAR % b"><v>1</v></c>").replace(b'r="', b'r = "')), "TOO_BIG"),
        (with_rows(FAR % b' s="0"/>'), ((1.0,),)),
        (with_parts({"xl/theme/theme1.xml": DECLARED}), (("编号", "进度"), ("007", 45.0))),
        (with_parts({"xl/styles.xml": DECLARED}), "UNSAFE"),
        (with_parts({"XL/Worksheets/SHEET1.xml": b"x"}), "UNSAFE"),
        (with_parts({"../../x": b"x"}), "UNSAFE"),
        (flipped(workbook()), "DAMAGED"),
        (workbook()[:-400], "DAMAGED"),
        (b"", "UNREADABLE"),
        (bytes(1_000_000), "NOT_WORKBOOK"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "NOT_WORKBOOK"),
        (zipped({"[Content_Types].xml": b"wordprocessingml.document.main"}), "NOT_WORKBOOK"),
        ("<table><tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr></table>".encode("gb18030"), (("甲", "1"), (None, "2"))),
        ("编号,进度\n007,45%\n".encode("gb18030"), (("编号", "进度"), ("007", "45%"))),
    ],
)
def test_a_file_ends_in_its_cells_or_in_one_finding(content: bytes, expected: object) -> None:
    """What a file is follows from its bytes; what cannot be read safely is refused with a sentence."""
    assert expected == outcome(content)


def test_cells_without_a_value_say_why() -> None:
    """Unknown error words, formulas without result and endless numbers are named in their cells; the rest of the sheet is read."""
    rows = b'<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c><c r="B1"><f>1+1</f></c><c r="C1"><v>1e999</v></c><c r="D1"><v>1</v></c></row>'

    assert ((CellFault("#SPILL!"), CellFault("=1+1", Fault.FORMULA), CellFault("inf", Fault.NUMBER), 1.0),) == outcome(with_rows(rows))


def test_long_numbers_and_active_content_are_said() -> None:
    """A number of more than 15 digits is pointed at in its cell; macros and pictures are named."""
    rows = SHEET % b'<row r="1"><c r="A1"><v>110101199003077758</v></c></row>'
    grid = read_grid(with_parts({"xl/worksheets/sheet1.xml": rows, "xl/vbaProject.bin": b"x", "xl/media/image1.png": b"x"}), "来件")

    assert [("ACTIVE", ""), ("NOT_TAKEN", ""), ("LONG_NUMBER", "A1")] == [(finding.code.name, finding.place.cell) for finding in grid.findings]


def test_a_locked_workbook_opens_with_one_of_the_passwords() -> None:
    """A workbook with a password is read when a candidate fits, else the finding says that none did."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = BytesIO()
    OOXMLFile(BytesIO(workbook())).encrypt("秘密", out)

    assert "007" == read_grid(out.getvalue(), "来件", ["错", "秘密"]).sheets[0].rows[1][0]
    assert "PASSWORD" == outcome(out.getvalue())


def stopped() -> float:
    """A clock by which nobody waits too long, however busy this machine is."""
    return 0.0


def names(results: list[Grid | Finding]) -> list[str]:
    return ["grid" if isinstance(result, Grid) else result.code.name for result in results]


def by_name(grid: Grid) -> Grid:
    """Die, or hang, where the file's name says so."""
    if "死" in grid.file:
        os.kill(os.getpid(), signal.SIGKILL)
    if "慢" in grid.file:
        signal.pause()
    return grid


def by_the_name(reader: _Worker) -> float:
    """Say that a file has taken an hour of processor time where its name says so, and else none at all."""
    return 3600.0 if "慢" in reader.at.name else 0.0


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("bad", [(0,), (7,), (8,), (3, 4), (0, 5, 6, 9, 15), (2, 16)])
def test_results_that_were_not_told_yet_are_not_lost(bad: tuple[int, ...], workers: int) -> None:
    """A reader dies or hangs with results of other files in its hands: these are read again, only the files that did it are given up."""
    signs = {at: "死慢"[number % 2] for number, at in enumerate(bad)}
    with Readers(by_name, workers=workers, seconds=0.5, worked=by_the_name, clock=stopped) as readers:
        results = list(readers.read([Job(f"{signs.get(at, '好')}{at}", workbook()) for at in range(18)]))

    ends = {"死": "READER_DIED", "慢": "TOO_SLOW"}
    assert [ends[signs[at]] if at in signs else "grid" for at in range(18)] == names(results)
    assert all(one.place.file[1:] == str(at) if isinstance(one, Finding) else one.file == f"好{at}" for at, one in enumerate(results))


def test_damaged_bytes_never_change_what_is_read() -> None:
    """Of 300 workbooks with a few bytes changed, each is refused or reads exactly as before."""
    whole, dice = workbook(), random.Random(7)  # noqa: S311 - repeatable
    expected = read_grid(whole, "来件").sheets

    def damaged() -> Job:
        data = bytearray(whole)
        for _ in range(dice.randint(1, 8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        return Job("来件", bytes(data))

    with Readers(as_it_is, workers=2) as readers:
        results = list(readers.read(damaged() for _ in range(300)))

    assert 300 == len(results)
    assert [] == [grid for grid in results if isinstance(grid, Grid) and grid.sheets != expected]


def waiting(grid: Grid) -> Grid:
    """Read on only when the file that the book's name speaks of is there."""
    while not Path(grid.file).exists():
        time.sleep(0.01)
    return grid


def test_a_busy_machine_makes_no_file_slow(tmp_path: Path) -> None:
    """A sound file that has waited far beyond its seconds, and has not worked them, is read; the clock alone refuses nothing."""
    sign = tmp_path / "可以了"
    looks = list[float]()

    def idle(reader: _Worker) -> float:
        looks.append(reader.since())
        if len(looks) == 3:
            sign.touch()
        return 0.0

    with Readers(waiting, workers=1, seconds=0.01, worked=idle, clock=stopped) as readers:
        results = list(readers.read([Job(str(sign), workbook())]))

    assert ["grid"] == names(results)


def second_time(grid: Grid) -> Grid:
    """Hang at the first look, read at the second."""
    sign = Path(grid.file)
    if sign.suffix == ".等" and not sign.exists():
        sign.touch()
        signal.pause()
    return grid


def test_a_reader_that_only_waited_is_tried_once_more_when_the_rest_is_done(tmp_path: Path) -> None:
    """A file whose reader did nothing for ten times its seconds is read again, and counts as slow only when that ends the same."""
    sign = tmp_path / "a.等"
    late = iter([math.inf])

    def once_it_hangs() -> float:
        return next(late, 0.0) if sign.exists() else 0.0

    with Readers(second_time, workers=1, seconds=0.05, worked=lambda _: 0.0, clock=once_it_hangs) as readers:
        results = list(readers.read([Job(str(sign), workbook()), Job(str(tmp_path / "b"), workbook())]))
    with Readers(by_name, workers=1, seconds=0.05, worked=lambda _: 0.0, clock=lambda: math.inf) as readers:
        slow = list(readers.read([Job("慢", workbook())]))

    assert (["grid", "grid"], ["TOO_SLOW"]) == (names(results), names(slow))
