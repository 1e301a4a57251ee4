"""A task's deadline in the words that notices and clerks use: a day, none, or nothing that can be read."""

import pytest

from toolkit.model.deadlines import TaskDeadline, deadline_in


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9月投入使用", "2023-09-30"),
        ("5月底前动工", "2023-05-31"),
        ("力争11月中旬前建成", "2023-11-20"),
        ("12.20", "2023-12-20"),
        ("上半年开工", "2023-06-30"),
        ("三季度", "2023-09-30"),
        ("Q3末", "2023-09-30"),
        ("年底前完成80%", "2023-12-31"),
        ("6月底前完工，9月投入使用", "2023-09-30"),
        ("3月至11月", "2023-11-30"),
        ("1-6月", "2023-06-30"),
        ("2024年3月至6月", "2024-06-30"),
        ("2023年6月底前完成第一批，2024年底前全部完成", "2024-12-31"),
        ("二〇二四年六月三十日前", "2024-06-30"),
        ("长期坚持，年底前见成效", "2023-12-31"),
        ("明年6月", "2024-06-30"),
        ("次年3月", "2024-03-31"),
        ("下一年度一季度", "2024-03-31"),
        ("来年6月底前全部完成", "2024-06-30"),
        ("后年底", "2025-12-31"),
        ("2023年底或次年3月", "2024-03-31"),
        ("当年12月", "2023-12-31"),
        ("防暑降温设施6月底前配齐", "2023-06-30"),
        ("9月30日前完成竣工验收", "2023-09-30"),
    ],
)
def test_a_day_among_other_words_is_read(text: str, day: str) -> None:
    """A month, quarter or half year is its last day, in the year of the list or the one written before it; of several days the last holds."""
    found = deadline_in(text, year=2023)

    assert found is not None
    assert day == str(found.day)


@pytest.mark.parametrize("text", ["", "全年", "长期坚持", "持续推进", "年内持续推进", "常态化开展"])
def test_what_goes_on_has_no_deadline(text: str) -> None:
    """Nothing, or words that say so, is no deadline, and there is nothing to check about it."""
    assert TaskDeadline(None, clear=True) == deadline_in(text, year=2023)


@pytest.mark.parametrize("text", ["每月5日前", "每季度末", "按序时进度", "分季度推进", "随时"])
def test_what_comes_again_and_again_lasts_the_whole_year(text: str) -> None:
    """A duty of every month or quarter ends with the year; that it was understood so is to be checked."""
    assert TaskDeadline(None, clear=False) == deadline_in(text, year=2023)


@pytest.mark.parametrize(
    "text",
    [
        *("建成投用之日", "春节前", "另行通知", "6月初开工", "13月", "2月30日前完成", "7月1日起实施", "三个月内", "十四五末", "按合同约定", "20日前"),
        *("2024年春节前", "次年春节前", "6月开工，国庆前投用"),
    ],
)
def test_what_tells_no_day_is_not_guessed(text: str) -> None:
    """Feasts, spans, beginnings, days that do not exist: none of them is taken for the year's end."""
    assert deadline_in(text, year=2023) is None
