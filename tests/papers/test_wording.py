"""The genre's small words: numerals, lists, quotations, what is cut."""

from datetime import date

import pytest

from toolkit.model.workdays import REST, CalendarException, Workdays
from toolkit.views.papers.paper_wording import counts, issued_by, named, numeral, one_line, quoted, short


def test_headings_count_as_chinese_does() -> None:
    """One to ten, the teens and the tens are written as headings write them."""
    assert ["一", "九", "十", "十一", "十九", "二十", "二十一", "九十九"] == [numeral(number) for number in (1, 9, 10, 11, 19, 20, 21, 99)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["甲"], "甲"), (["甲", "乙"], "甲、乙"), (["甲", "乙", "丙"], "甲、乙、丙"), (["甲", "乙", "丙", "丁"], "甲、乙、丙等4家单位")],
)
def test_a_list_says_how_many_only_when_it_is_cut(names: list[str], expected: str) -> None:
    """A list that fits is whole; one that is cut names the total, not the rest."""
    assert expected == named(names, 3, "家单位")


def test_what_there_is_none_of_is_not_said() -> None:
    """Counts of nothing are left out."""
    assert "红灯2项，未报1项" == counts([(2, "红灯{}项"), (0, "黄灯{}项"), (1, "未报{}项")])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、二。\n三；\n", "一、二；三"),
        ("正常\x07_x0007_推进", "正常推进"),
        ("用\u202e地\u202c紧\u200b张", r"用\u202e地\u202c紧张"),
        ("{ PAGE } =1+1", "{ PAGE } =1+1"),
        (None, ""),
    ],
)
def test_a_units_words_become_part_of_a_sentence(text: object, expected: str) -> None:
    """Line ends become semicolons; control characters and hiding marks go, turning marks are numbers; all else stays as typed."""
    assert expected == one_line(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不长。", "不长"),
        ("加快推进农业产业化，强化农业科技支撑，积极参与", "加快推进农业产业化…"),
        ("一二三四五六七八九十一二三四五六", "一二三四五六七八九十一…"),
    ],
)
def test_a_text_is_cut_where_a_clause_ends(text: str, expected: str) -> None:
    """A long text ends at a clause where it can, else within one, and is never longer than asked."""
    assert expected == short(text, 12)
    assert len(short(text, 12)) <= 12


def test_quotation_marks_within_quotation_marks_are_single() -> None:
    """Marks inside a quotation become single ones."""
    assert "“做好‘三带联动’文章”" == quoted("做好“三带联动”文章。")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("区人民政府办公室关于印发2023年区《政府工作报告》责任分解方案的通知", ("区人民政府办公室", "《2023年区〈政府工作报告〉责任分解方案》")),
        ("关于印发《重点工作方案》的通知", ("", "《重点工作方案》")),
        ("云溪县2023年目标任务", ("", "《云溪县2023年目标任务》")),
        ("", ("", "")),
    ],
)
def test_a_notices_title_names_its_office_and_its_matter(title: str, expected: tuple[str, str]) -> None:
    """The office before 关于 and what was issued are taken from the title; book marks within book marks are single."""
    assert expected == issued_by(title)


@pytest.mark.parametrize(
    ("start", "count", "rest", "expected"),
    [
        (date(2023, 4, 6), 5, (), date(2023, 4, 13)),
        (date(2023, 4, 7), 1, (), date(2023, 4, 10)),
        (date(2023, 4, 8), 1, (), date(2023, 4, 10)),
        (date(2023, 4, 28), 2, {date(2023, 5, 1), date(2023, 5, 2), date(2023, 5, 3)}, date(2023, 5, 5)),
        (date(2023, 4, 6), 0, (), date(2023, 4, 6)),
    ],
)
def test_deadlines_count_working_days(start: date, count: int, rest: set[date], expected: date) -> None:
    """Weekends and known days of rest are not counted, nor is the day itself."""
    assert expected == Workdays([CalendarException(day, REST) for day in rest]).after(start, count)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("打造社工站,推广“党建引领、五社联动”品牌", "打造社工站,推广…"),
        ("推进“新双十”行动、降碳减污、扩绿", "推进“新双十”行动…"),
        ("“党建引领、五社联动、社区治理”品牌", "“党建引领、五社联动…”"),
        ("《政府（2023年、2024年）工作报告》分解", "《政府（2023年…）》"),
    ],
)
def test_a_quotation_is_not_cut_open(text: str, expected: str) -> None:
    """What is cut within a quotation or bracket ends before it; where it begins early, it is closed behind the cut."""
    assert expected == short(text, 12)
