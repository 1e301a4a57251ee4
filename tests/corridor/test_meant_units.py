"""The unit that a name means: shortened, without its place; a number or a foreign word is never part of another."""

import pytest

from toolkit.model.master import Master, Unit
from toolkit.model.unit_words import unit_meant

NAMES = ("区委统一战线工作部", "云溪县第十二小学", "第11社区", "Eastville", "Housing Department", "区第一人民医院", "东山12号院", "云溪县发展和改革局")
MASTER = Master((), (), tuple(map(Unit, NAMES)), ())


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("统战部", "区委统一战线工作部"),
        ("第十二小学", "云溪县第十二小学"),
        ("区一院", "区第一人民医院"),
        ("发改局", "云溪县发展和改革局"),
        ("Housing  Department", "Housing Department"),
    ],
)
def test_a_short_name_is_understood(typed: str, unit: str) -> None:
    """A name that leaves out signs of one unit's name, but no part of a number, is that unit's."""
    meant = unit_meant(MASTER, typed, MASTER.units).unit
    assert unit == (meant.name if meant else "")


@pytest.mark.parametrize("typed", ["第二小学", "二小学", "第1社区", "Eastvile", "ville", "2号院", "Depart"])
def test_part_of_a_number_or_word_is_no_short_name(typed: str) -> None:
    """第二小学 is not 第十二小学, 第1社区 not 第11社区, and a foreign name with a letter missing is misspelt: all are offered, none is taken."""
    assert None is unit_meant(MASTER, typed, MASTER.units).unit
