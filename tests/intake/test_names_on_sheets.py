"""Names of units on sheets, in short and in full: what a name means does not depend on how it is looked up."""

from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.names_on_sheets import names_of, unit_within
from toolkit.intake.title_similarity import plain_title
from toolkit.model.master import Unit

_NAMES = st.lists(st.text("云溪县市东山镇局工信发", min_size=2, max_size=7), min_size=1, max_size=12, unique=True)


@given(_NAMES)
def test_a_short_name_is_part_of_no_other_units_name(names: list[str]) -> None:
    """
    A name without its place means a unit only where it stands in no name of another; full names mean their units in any case.
    """
    found = names_of(Unit(name) for name in names)

    assert {name: name for name in names} == {name: unit for name, unit in found.items() if name in names}
    for short, unit in found.items():
        assert short in unit
        assert short in names or not any(short in other for other in names if other != unit)


@given(_NAMES, st.text("云溪县市东山镇局工信发12", max_size=9))
def test_the_longest_name_within_a_title_counts(names: list[str], title: str) -> None:
    """
    However many names there are, a title means what one search through all of them finds.
    """
    many = {**{name: name for name in names}, **{f"别处{number}": f"别处{number}" for number in range(200)}}
    few = {name: name for name in names}
    longest = max((name for name in names if name in plain_title(title)), key=len, default="")

    assert unit_within(title, few) == unit_within(title, many)
    assert unit_within(title, many) in {"", longest}


def test_a_unit_is_found_in_a_sheets_name_with_words_of_the_form() -> None:
    """
    东山镇一季度进展 is 东山镇's, in an office of few units and of many.
    """
    few = {"东山镇": "东山镇", "东山": "东山镇"}
    many = {**few, **{f"第{number}局": f"第{number}局" for number in range(500)}}

    assert ["东山镇", "东山镇"] == [unit_within("东山镇一季度进展", names) for names in (few, many)]
