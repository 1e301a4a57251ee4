"""Single bits that a disk or a line turns over: what was typed is read the same, or the damage is said.

TASK_TOOLKIT_FLIPS sets how many: 20,000 in the long mode.
"""

import os
import random
from collections.abc import Iterable
from pathlib import Path

from tests.spoiled.kinds_files import SHEET2
from tests.spoiled.office import book_of, fill, issued_office, unit_name
from toolkit.edges.reading.read_workbooks import Unreadable, read_grid
from toolkit.model.returns import Grid

FLIPS = int(os.environ.get("TASK_TOOLKIT_FLIPS", "200"))


def read(content: bytes) -> Grid | None:
    """Read a workbook; None where the reader says that it is damaged, or dies (the sandbox then says so)."""
    try:
        return read_grid(content, "来件.xlsx")
    except (Unreadable, KeyboardInterrupt) as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return None
    except BaseException:  # noqa: BLE001 - a panic of the reader is no Exception
        return None


def silent(book: bytes, bits: Iterable[int]) -> tuple[int, list[int]]:
    """Turn bits over one at a time: how many are said to be damage, and those with which something is read otherwise and nothing is said."""
    whole = read(book)
    assert whole is not None
    said, unsaid = 0, []
    for bit in bits:
        changed = bytearray(book)
        changed[bit // 8] ^= 1 << bit % 8
        grid = read(bytes(changed))
        if grid is None:
            said += 1
        elif repr((grid.sheets, grid.since_1904)) != repr((whole.sheets, whole.since_1904)) and repr(grid.findings) == repr(whole.findings):
            unsaid.append(bit)
    return said, unsaid


def test_no_bit_is_turned_over_in_silence(tmp_path: Path) -> None:
    """With any one bit of a filled workbook turned over, its cells read the same, or it is said to be damaged, or a finding stands beside it."""
    space, _ = issued_office(tmp_path, 1)
    book = fill(book_of(space, unit_name(0)))
    dice = random.Random(2023)  # noqa: S311 - repeatable
    bits = sorted(dice.sample(range(len(book) * 8), min(FLIPS, len(book) * 8)))

    said, unsaid = silent(book, bits)

    print(f"\nflips | {len(bits)} | said {said} | the same {len(bits) - said - len(unsaid)} | in silence {len(unsaid)}")  # noqa: T201 - shown by -s
    assert [] == unsaid


def test_no_bit_of_the_directory_is_turned_over_in_silence(tmp_path: Path) -> None:
    """No bit of what the archive's directory says of the main sheet is turned over in silence: a flag that only one reader minds is damage."""
    space, _ = issued_office(tmp_path, 1)
    book = fill(book_of(space, unit_name(0)))
    start = book.rindex(SHEET2.encode()) - 46

    assert [] == silent(book, range(start * 8, (start + 46 + len(SHEET2)) * 8))[1]
