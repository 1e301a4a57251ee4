"""What stands in a cell for what stands above it."""

import pytest

from toolkit.model.ditto_words import is_ditto

_WORDS = ("同上", "同上。", "同前", "同上行", "同上一行", "同上栏", "与上一行相同", "与上同", "Ditto")
_SIGNS = ("〃", "″", "〃〃", "“", "”", '"', "-″-", "— 〃 —")


@pytest.mark.parametrize("text", [*_WORDS, *_SIGNS])
def test_words_and_signs_for_the_cell_above(text: str) -> None:
    """Each of them, as a whole cell, says that it is as the one above."""
    assert is_ditto(text)


@pytest.mark.parametrize("text", ["同左", "见上", "如上", "同上级部门协调", "与上级相同", "同前期一样", "“双百”", "-", "--", "5″", ""])
def test_what_only_looks_like_them_is_a_text(text: str) -> None:
    """A cell that may mean another one than that above, and a text that begins alike, stay as they are."""
    assert not is_ditto(text)
