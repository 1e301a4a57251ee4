"""Amounts typed in any unit into a column of any other, against arithmetic of the test's own: right, or no value; never wrong in silence."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.column_kinds import KINDS, Limits
from toolkit.model.findings import Code
from toolkit.model.units_of_measure import titled, unit_in_title

MONEY = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}
LENGTHS = {"米": 1, "公里": 1000, "千米": 1000, "里": 500, "km": 1000}
AREAS = {"平方米": 3, "亩": 2000, "公顷": 30_000, "平方公里": 3_000_000, "万平方米": 30_000}  # thirds of a square metre
WEIGHTS = {"公斤": 2, "千克": 2, "斤": 1, "吨": 2000, "万吨": 20_000_000}
GROUPS = (MONEY, LENGTHS, AREAS, WEIGHTS)
NUMBERS = st.decimals(min_value=0, max_value=99_999, places=2).map(lambda value: value.normalize() + 0)


def written(number: Decimal, style: int) -> str:
    """Write a number as people do: plain, with thousands marks, in full width, with a word before it."""
    plain = f"{number:f}"
    return (plain, f"{number:,f}", plain.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")), f"约{plain}")[style]


@given(NUMBERS, st.sampled_from(GROUPS), st.data(), st.integers(0, 3))
def test_an_amount_is_right_or_refused_and_a_conversion_is_asked_about(number: Decimal, group: dict[str, int], data: st.DataObject, style: int) -> None:
    """The value is number × unit ÷ column's unit exactly; where it was converted the cell is for review, where it does not come out it is refused."""
    unit, column = data.draw(st.sampled_from(sorted(group))), data.draw(st.sampled_from(sorted(group)))
    reading = KINDS["小数"].read(written(number, style) + unit, Limits(unit=column))
    meant = Fraction(number) * group[unit] / group[column]

    if reading.value is None:
        assert reading.code in {Code.OTHER_UNIT, Code.NOT_NUMBER}
        assert group is AREAS or (0 < meant < Fraction(1, 10**9))
    else:
        assert isinstance(reading.value, Decimal)
        assert meant == Fraction(reading.value)
        assert reading.code is not None
        assert not reading.facts or reading.code in {Code.CONVERTED, Code.UNDERSTOOD} or group[unit] == group[column]


@given(st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(["万元", "元", "亿元"]))
def test_an_amount_said_step_by_step(hundred_millions: int, ten_thousands: int, column: str) -> None:
    """3亿2500万元 is both parts together, in the column's unit."""
    reading = KINDS["小数"].read(f"{hundred_millions}亿{ten_thousands}万元", Limits(unit=column))

    assert reading.value is None or Fraction(hundred_millions * 10**8 + ten_thousands * 10**4, MONEY[column]) == Fraction(str(reading.value))


@given(st.text("名称执行数预算长度", min_size=1, max_size=8), st.sampled_from([*MONEY, *LENGTHS, *AREAS, *WEIGHTS, "户", "个", "万人次"]))
def test_a_title_with_its_unit_names_it(title: str, unit: str) -> None:
    """What is put into a title is found in it, and is not put in twice."""
    whole = titled(title, unit)

    assert (unit, whole) == (unit_in_title(whole), titled(whole, unit))
