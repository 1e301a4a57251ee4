"""Deadlines out of the letter."""

from datetime import date

import pytest

from tests.notice.notices import draw
from toolkit.model.findings import Code
from toolkit.notice.read_notice import read_notice

TASK = "\n1.修路。（责任单位：县交通局）"
QUARTER_ENDS = ["0331", "0630", "0930", "1231"]


def dues(letter: str, *, year: int | None = 2024) -> list[str]:
    """The due days as MMDD, a day of another year with its year, the plan's first; ? behind those the letter does not say."""
    master = read_notice(draw(letter + TASK), year=year)
    doubts = " ".join(doubt.reason for doubt in master.doubts)
    shown = [f"{one.due:%m%d}" if one.due.year == 2024 else f"{one.due:%Y%m%d}" for one in master.calendar]
    return [*shown, *(["方案?"] if "工作方案的报送" in doubts else []), *(["进展?"] if "季度进展的报送" in doubts else [])]


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        ("请于1月20日前将工作方案报县政府办公室，每季度末月25日前报送进展情况。", ["0120", "0325", "0625", "0925", "1225"]),
        ("制订实施方案，并于二〇二四年二月十日前报送。每季度最后一个月的20日前报送工作进展。", ["0210", "0320", "0620", "0920", "1220"]),
        ("各单位细化工作方案，1月底前报县政府办。每季度结束后5日内报送进展。", ["0131", "0405", "0705", "1005", "20250105"]),
        ("工作方案请于2024年1月31日前反馈。请于3月25日、6月25日、9月25日、12月25日前报送进展情况。", ["0131", "0325", "0625", "0925", "1225"]),
        ("请于1月18日前报送工作方案，3、6、9、12月28日前报送季度进展。", ["0118", "0328", "0628", "0928", "1228"]),
        ("请于1月18日前报送工作方案。下季度首月10日前报送上季度进展。", ["0118", "0410", "0710", "1010", "20250110"]),
        ("请于1月18日前报送工作方案，每季度末前报送进展情况。", ["0118", *QUARTER_ENDS]),
        ("每季度最后一个月的31日前报送进展情况。", ["0115", *QUARTER_ENDS, "方案?"]),
        ("请认真贯彻执行。", ["0115", "0330", "0630", "0930", "1230", "方案?", "进展?"]),
        ("从第二季度开始，每季度末月25日前报送进展情况。", ["0115", "0625", "0925", "1225", "方案?"]),
    ],
)
def test_dates_are_read_from_the_letter(letter: str, expected: list[str]) -> None:
    """
    The plan's and the quarters' due days are what the letter says, in its many wordings; else the usual ones, in doubt.
    """
    assert expected == dues(letter)


def test_monthly_reports_are_asked_about() -> None:
    """
    A letter that wants monthly reports gives the quarters' last months and a question.
    """
    master = read_notice(draw("每月25日前报送进展情况。" + TASK), year=2024)

    assert ["原文要求每月报送，日程按每季度最后一个月列出"] == [doubt.reason for doubt in master.doubts if "每月" in doubt.reason]
    assert date(2024, 3, 25) == master.calendar[1].due


def test_days_after_the_notice() -> None:
    """
    A plan due some days after the notice is counted from the notice's date.
    """
    master = read_notice(draw("请于本通知印发后10日内报送工作方案。\n2024年1月8日" + TASK))

    assert (date(2024, 1, 8), date(2024, 1, 18)) == (master.calendar[0].start, master.calendar[0].due)


def test_year_is_given_or_read() -> None:
    """
    A year that is asked for beats the title's, the title's beats the date's; without any the calendar is empty and says so.
    """
    title = "关于印发云溪县2024年重点工作分工的通知\n2023年12月29日"

    assert "2025" == read_notice(draw(title + TASK), year=2025).calendar[0].period
    assert "2024" == read_notice(draw(title + TASK)).calendar[0].period
    assert "2023" == read_notice(draw("2023年12月29日" + TASK)).calendar[0].period
    nothing = read_notice(draw(TASK))
    assert ((), ["文件里没有找到年份，日程未列出"]) == (nothing.calendar, [doubt.reason for doubt in nothing.doubts])


@pytest.mark.parametrize(
    ("title", "year", "asks"),
    [
        ("关于2023年工作情况和2024年重点任务分工的通知\n2024年1月10日", "2024", 1),
        ("关于落实《2023年一号文件》2024年重点任务分工的通知\n2024年3月1日", "2024", 1),
        ("关于印发云溪县2024年重点任务分工的通知\n2023年12月29日", "2024", 0),
        ("关于印发重点任务分工的通知\n2023年12月29日", "2023", 1),
        ("关于印发重点任务分工的通知\n云政办〔2024〕1号\n2023年3月1日", "2023", 1),
        ("关于印发重点任务分工的通知\n云政办〔2023〕6号\n2023年3月1日", "2023", 0),
    ],
)
def test_a_year_that_was_chosen_is_asked_about(title: str, year: str, asks: int) -> None:
    """
    Of several years the one of the work is taken; that, and a year from a date late in the year or of another than the paper's number, is asked about.
    """
    master = read_notice(draw(title + TASK))

    assert year == master.calendar[0].period
    assert asks == sum(doubt.code == Code.YEAR_CHOSEN.text.id for doubt in master.doubts)
    assert not any(doubt.code == Code.YEAR_CHOSEN.text.id for doubt in read_notice(draw(title + TASK), year=2024).doubts)
