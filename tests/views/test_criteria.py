"""Which texts of a column a spreadsheet program takes for one another, so that what counts them may not be a formula."""

import pytest

from toolkit.views.consolidated.criteria import met, taken_for_others


@pytest.mark.parametrize(
    ("texts", "mixed"),
    [
        (("甲局", "乙局", "甲局办"), ()),
        (("A局", "a局", "B局"), ("A局", "a局")),  # capitals are the same to programs
        (("1.1", "1.10", "1", "01", "2023/1"), ()),  # told apart by how they begin and how long they are
        (("甲=乙", "甲-乙", "甲乙"), ("甲=乙",)),  # any sign may stand for =, none for -
        (("甲=乙", "甲>乙"), ("甲=乙", "甲>乙")),
        (("*", "?", "任何"), ()),
        (("长" * 300, "长" * 299 + "短", "长" * 150 + "中" + "长" * 149), ()),
        (("长" * 201 + "甲" + "长" * 200, "长" * 201 + "乙" + "长" * 200), ("长" * 201 + "甲" + "长" * 200, "长" * 201 + "乙" + "长" * 200)),
    ],
)
def test_texts_that_are_taken_for_others_are_known(texts: tuple[str, ...], mixed: tuple[str, ...]) -> None:
    """By their criteria alone, whatever their order."""
    assert frozenset(mixed) == taken_for_others(texts) == taken_for_others(reversed(texts))


def test_a_criterion_says_no_more_than_a_text() -> None:
    """One that programs would read as a number is said by its beginning and its length."""
    assert 'A1:A9,"甲局"' == met("A1:A9", "甲局")
    assert 'A1:A9,"1.1*",A1:A9,"???"' == met("A1:A9", "1.1")
    assert 'A1:A9,"甲~?乙"' == met("A1:A9", "甲?乙")
