"""The guards before and around the readers, with harmless input: limits set low, chains judged as values, a reader of the tests' own that eats memory.

What once harmed outside software, in words: a shared string of 32,000 signs used 900,000 times filled all memory (calamine 0.9.1, openpyxl 3.1.5); a value in
XFD1048576 let calamine lay out the whole sheet and be killed; an OLE chain in a circle never ended (old readers of .xls); XML nested a hundred thousand deep
ended some parsers; changed records of .xls and .xlsb made calamine 0.9.1 panic, or ask for more memory than there was and abort.
"""

from array import array

import pytest

from tests.hostile.books import FAR, OFTEN, low_limits, with_parts, with_rows, workbook
from tests.hostile.ole import compound
from toolkit.edges.reading import precheck_zip
from toolkit.edges.reading.precheck_format import UnsafeFile
from toolkit.edges.reading.precheck_ole import Compound
from toolkit.edges.reading.read_workbooks import Unreadable, read_grid
from toolkit.edges.reading.sandbox import Readers
from toolkit.edges.reading.sandbox_process import Job, as_it_is
from toolkit.model.findings import Finding
from toolkit.model.returns import Grid

__all__ = ["low_limits"]  # a fixture
MEMORY = 256 << 20


def refusal(content: bytes) -> str:
    """Give the code with which a file is refused; '' where it is read."""
    try:
        read_grid(content, "来件")
    except Unreadable as error:
        return error.code.name
    return ""


LARGE = with_rows(b"<row>" + b" " * (2 << 20) + b"</row>")
CELLS = with_rows(b"<row>" + b"</row><row>".join([b"<c><v>1</v></c>" * 30] * 400) + b"</row>")


@pytest.mark.parametrize(
    "content",
    [with_rows(FAR % b"><v>1</v></c>"), with_parts(OFTEN), CELLS, LARGE],
    ids=["far cell", "string used often", "many cells", "large when unpacked"],
)
def test_a_file_beyond_a_limit_is_refused_and_read_within_it(content: bytes, request: pytest.FixtureRequest) -> None:
    """The same small file is read as long as the limits stand where they do, and refused when they are lower."""
    assert "" == refusal(content)

    request.getfixturevalue("low_limits")

    assert "TOO_BIG" == refusal(content)


def test_a_large_part_without_cells_is_named_and_the_cells_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture beyond the limit of such parts costs no cell: it is not unpacked further, and a note says so."""
    monkeypatch.setattr(precheck_zip, "_BESIDE", 1 << 20)

    grid = read_grid(with_parts({"xl/media/image1.png": bytes(2 << 20)}), "来件")

    assert read_grid(workbook(), "来件").sheets == grid.sheets
    assert "ODD_PARTS" in [finding.code.name for finding in grid.findings]


@pytest.mark.parametrize("table", [[0], [1, 0], [1, 2, 0], [1, 2, 1]])
def test_a_chain_of_sectors_that_runs_in_a_circle_is_unsound(table: list[int]) -> None:
    """A chain is followed as far as it has sectors, and no further."""
    sound = Compound(compound({"Workbook": bytes(5_000)}))

    with pytest.raises(UnsafeFile):
        list(sound._chain(0, array("I", table)))


def eats(grid: Grid) -> Grid:
    """Ask for more memory than a reader may have, where the file's name says so."""
    if "吃" in grid.file:
        bytearray(2 * MEMORY)
    return grid


def test_a_reader_that_eats_memory_costs_one_file() -> None:
    """The files before and after it are read, in order; the one that did it is named."""
    with Readers(eats, workers=1, memory=MEMORY) as readers:
        results = list(readers.read([Job(f"{'吃' if at == 2 else '好'}{at}.xlsx", workbook()) for at in range(6)]))

    assert [True, True, False, True, True, True] == [isinstance(result, Grid) for result in results]
    assert isinstance(results[2], Finding)
    assert results[2].message


def test_small_files_are_read_as_they_are() -> None:
    """The guards cost a sound file nothing but time."""
    with Readers(as_it_is, workers=1) as readers:
        (read,) = readers.read([Job("好.xlsx", workbook())])

    assert isinstance(read, Grid)
