"""Lists of names are split at their marks, but within brackets; in one walk along the text, however long it is."""

import re

from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.answered_doubts import names_in
from toolkit.model.values import parts_outside_brackets

_BY_LOOKING_AHEAD = re.compile(r"[、;；\n](?![^(（〈《\[【]*[)）〉》\]】])")  # what it must come to, in the square of the time


def test_a_mark_within_brackets_parts_no_names() -> None:
    """
    各县（市、区）人民政府 is one name, beside others; blanks around names and empty ones fall away.
    """
    assert parts_outside_brackets("县商务局、各县（市、区）人民政府； 县工信局 、", "、；") == ("县商务局", "各县（市、区）人民政府", "县工信局")


@given(st.text(alphabet="甲乙、;；\n(（〈《[【)）〉》]】 ", max_size=30))
def test_any_brackets_are_split_as_by_looking_ahead_to_the_next_one(text: str) -> None:
    """
    Whatever brackets are open, closed or crossed: a mark stands within brackets where the next bracket behind it closes.
    """
    expected = tuple(part for raw in _BY_LOOKING_AHEAD.split(text) if (part := raw.strip()))

    assert expected == parts_outside_brackets(text, "、;；\n")


def test_a_list_of_a_whole_province_is_split() -> None:
    """
    Thirty thousand names without a bracket, as a cell may hold them, are thirty thousand names.
    """
    names = tuple(f"第{number}局" for number in range(30_000))

    assert names == names_in("，".join(names))
