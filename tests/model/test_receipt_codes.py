"""The quick search for a receipt code finds what the plain pattern finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.seal import RECEIPT, receipt_in

PIECES = ("K7MP", "X3R8", "-", "Q", "A", "9", "0", " ", "：", "编号")


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_the_quick_way_finds_what_the_pattern_finds(text: str) -> None:
    """Whatever stands before, behind or between, the first code is the same, or there is none."""
    found = RECEIPT.search(text)

    assert (found[0] if found else "") == receipt_in(text)


@pytest.mark.parametrize("text", ["K7MP-X3R8-Q", "编号：K7MP-X3R8-Q。", "A-K7MP-X3R8-Q", "K7MP-K7MP-X3R8-Q", "X3R8-K7MP-X3R8-Q9"])
def test_codes_among_other_hyphens(text: str) -> None:
    """Hyphens and letters about a code do not hide it, nor make one."""
    found = RECEIPT.search(text)

    assert (found[0] if found else "") == receipt_in(text)
