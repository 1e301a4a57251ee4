"""What is shown in a cell and what is kept in the ledger reads back as it was, for every kind and any cell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.column_kinds import KINDS, Limits, PercentCell, plain

LIMITS = Limits(choices=("未启动", "推进中", "已完成"), year=2023, starts=date(2023, 1, 1))
NUMBER = st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str)
TYPED = st.one_of(
    st.text(max_size=40),
    st.floats(),
    st.integers(),
    st.floats(0, 2).map(PercentCell),
    st.dates(),
    NUMBER,
    st.builds("{}{}{}".format, st.sampled_from(["", "约", "已完成"]), NUMBER, st.sampled_from(["%", "％", "万", "亿元", "左右", "%以上"])),
    st.text(alphabet="零一二三四五六七八九十百千万亿点成%", max_size=8),
    st.text(alphabet="0123456789年月日.-/底前中旬季度一二三四", max_size=10),
    st.sampled_from(["推进中。", "完成", "√", "27-84712345", "13800001234"]),
)


@pytest.mark.parametrize("name", KINDS)
@given(typed=TYPED)
def test_what_is_understood_is_shown_and_kept_without_loss(name: str, typed: object) -> None:
    """
    A value that was understood, shown in a cell or kept as text, is understood as the same value; nothing typed becomes blank in silence.
    """
    kind = KINDS[name]
    reading = kind.read(typed, LIMITS)
    if reading.value is None:
        assert reading.code is not None or not plain(typed)
        return

    assert reading.value == kind.read(kind.show(reading.value), LIMITS).value
    assert reading.value == kind.load(str(reading.value))
