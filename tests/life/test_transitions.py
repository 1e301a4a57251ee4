"""The table of transitions: whatever units ask and the office types, in whatever order, a task goes only its allowed ways."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import MASTER
from toolkit.merging.task_lives import lives
from toolkit.model.decisions import Decision, DecisionSubject
from toolkit.model.life_words import CHECK, CHECK_REFERENCE, CHECK_WHY, CHECK_WORDS
from toolkit.model.task_life import TRANSITIONS, Ask, LifeState, LifeTurn

TOWN, AT = "东山镇", datetime(2023, 3, 1, 9)  # noqa: DTZ001 - the ledger's times are local
PERIODS = ("2023", "2023Q1", "2023Q2", "2023Q3", "2023Q4")
ASKS = st.builds(
    lambda period, why, evidence: Ask(period, TOWN, "任务3", why, "", AT, "表.xlsx", evidence),
    st.sampled_from(PERIODS),
    st.sampled_from("甲乙"),
    st.integers(0, 1),
)
WORDS = st.lists(
    st.tuples(
        st.sampled_from(PERIODS),
        st.integers(0, 9),
        st.sampled_from([(CHECK, word) for word in ("", *CHECK_WORDS)] + [(CHECK_REFERENCE, "1号"), (CHECK_WHY, "因为")]),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ASKS, max_size=6), WORDS, st.sets(st.sampled_from(PERIODS)), st.sets(st.sampled_from(PERIODS)))
def test_stamps_follow_each_other_by_the_table(asks: list[Ask], words: list[tuple[str, int, tuple[str, str]]], handed: set[str], came: set[str]) -> None:
    """
    For any requests and words each stamp is a way of the table from the state before it, the last one is the state, and 销号 alone has a number.
    """
    decided = [
        Decision(DecisionSubject.LIFE, "|".join([period, "任务3", *([asks[at % len(asks)].mark] if asks else [])]), field, value, "", AT, "某某")
        for period, at, (field, value) in words
    ]
    turns = [
        LifeTurn(
            period,
            {TOWN: AT} if period in handed else {},
            {TOWN: (AT, "表.xlsx")} if period in came else {},
            tuple(ask for ask in asks if ask.period == period),
        )
        for period in PERIODS
    ]

    life = lives(MASTER, turns, decided)["任务3"]

    state = LifeState.LISTED
    for stamp in life.stamps:
        assert TRANSITIONS[state, stamp.event] == stamp.state
        state = stamp.state
    assert state is life.state
    assert bool(life.reference) == (life.state is LifeState.CLOSED)


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_words_on_different_requests_does_not_matter(order: list[int]) -> None:
    """
    What the office typed for requests of different rounds gives the same life in whatever order it was typed.
    """
    first, second = (Ask(period, TOWN, "任务3", "办完", "", AT, "表.xlsx", 1) for period in ("2023Q1", "2023Q2"))
    words = [
        ("2023Q1", first, CHECK, "退回"),
        ("2023Q1", first, CHECK_WHY, "缺材料"),
        ("2023Q2", second, CHECK, "通过"),
        ("2023Q2", second, CHECK_REFERENCE, "1号"),
    ]
    decided = [Decision(DecisionSubject.LIFE, f"{period}|任务3|{ask.mark}", field, value, "", AT) for period, ask, field, value in (words[at] for at in order)]
    turns = [LifeTurn(ask.period, {TOWN: AT}, {TOWN: (AT, "表.xlsx")}, (ask,)) for ask in (first, second)]

    life = lives(MASTER, turns, decided)["任务3"]

    assert ["交办", "签收", "报送", "申请办结", "退回", "申请办结", "核验通过", "销号"] == [stamp.event.value for stamp in life.stamps]
