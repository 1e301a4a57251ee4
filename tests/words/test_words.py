"""How a Chinese text is shown in another language."""

from tests.words.english_office import CHINESE
from toolkit.model.words import SOURCE, Words

WORDS = Words.of(
    "en",
    {
        "未报": "Not reported",
        "牵头": "Lead",
        "推进中": "In progress",
        "红": "Red",
        "单位": "Body",
        "量化指标": "Indicators",
        "量化指标/单位": "Unit",
        "任务进展": "Tasks",
        "共 {1} 行": "Rows: {1}",
        "“{title}”是 {seen}，比上一期的 {last} 低。": "“{title}” is {seen}, lower than the {last} of last period.",
        "请填写原因。": "Please give the reason.",
        "累计进度": "Progress (%)",
        "{1}目标任务进展汇总": "Progress of tasks, {1}",
        "第一次有效报送于{1}收到。": "The first valid return was received on {1}.",
        '="共"&COUNTA({1})&"项"': '="Total: "&COUNTA({1})',
        "{1}的{2}": "{2} of {1}",
        "总览": "Overview",
        "“{file}”里没有“{seen}”这一栏。": "“{file}” has no column “{seen}”.",
        "请加上。": "Please add it.",
        "2. 运行 {1}。": "2. Run {1}.",
        "{1} 定稿": "{1} closed",
        "close {1} 定稿": "close {1} to close the period",
    },
)


def test_chinese_is_left_alone() -> None:
    """
    The program's own words change nothing, whatever the text.
    """
    assert ("未报", '=IF(A1="红",1,2)') == (SOURCE.shown("未报"), SOURCE.formula('=IF(A1="红",1,2)'))


def test_texts_patterns_and_pieces() -> None:
    """
    A text is shown as a whole, by its pattern with what was filled in, or piece by piece between marks.
    """
    shown = [
        "Not reported",
        "Rows: 5",
        "“Progress (%)” is 20, lower than the 30 of last period. Please give the reason.",
        "Housing (Lead): In progress, 45%;\nNot reported: Parks",
        "Progress of tasks, 2023 Q1",
        "1. Overview",
        "(2) Overview",
        "“用语.xlsx” has no column “fr”. Please add it.",
        "2. Run collect.",
        "close 2023Q1 to close the period",
    ]

    assert shown == [
        WORDS.shown(text)
        for text in (
            "未报",
            "共 5 行",
            "“累计进度”是 20，比上一期的 30 低。请填写原因。",
            "Housing（牵头）：推进中，45%；\n未报：Parks",
            "2023年第一季度目标任务进展汇总",
            "一、总览",
            "（二）总览",
            "“用语.xlsx”里没有“fr”这一栏。请加上。",
            "2. 运行 collect。",
            "close 2023Q1 定稿",
        )
    ]


def test_days_are_iso() -> None:
    """
    Days, months, quarters and years in words become figures.
    """
    assert "The first valid return was received on 2023-03-05." == WORDS.shown("第一次有效报送于2023年3月5日收到。")
    assert ["2023-05", "2023 Q2", "2023"] == [WORDS.shown(text) for text in ("2023年5月", "2023年第二季度", "2023年")]
    assert ["2023-05 Return", "2023 Q2 Return"] == [WORDS.shown(text) for text in ("2023年5月Return", "2023年第二季度Return")]


def test_a_word_may_mean_something_else_on_a_sheet() -> None:
    """
    A row that begins with a sheet's name holds on that sheet only.
    """
    assert ("Body", "Unit") == (WORDS.shown("单位"), WORDS.shown("单位", "量化指标"))


def test_data_stay_as_they_are() -> None:
    """
    What is the office's or a unit's is never translated, alone or within a sentence, and no more is what has no words.
    """
    words = WORDS.keeping({"未报", "红"})

    texts = ("未报", "推进中", "“红”是 1，比上一期的 2 低。")
    assert ["未报", "In progress", "“红” is 1, lower than the 2 of last period."] == [words.shown(text) for text in texts]
    assert "云溪县发改局的工作" == WORDS.shown("云溪县发改局的工作")


def test_paths_are_left_alone() -> None:
    """
    The path or name of a file is what it is on the disk.
    """
    for text in ("outbox/2023Q1/汇总/2023年第一季度目标任务进展汇总.xlsx", "2023年第一季度目标任务进展汇总.xlsx"):
        assert text == WORDS.shown(text)


def test_formulas() -> None:
    """
    Words in quotation marks and sheets in a formula are shown as the cells they are compared with.
    """
    assert "=IF('Tasks'!$K$2=\"Red\",\"Not reported\",1)" == WORDS.formula("=IF('任务进展'!$K$2=\"红\",\"未报\",1)")
    assert '="Total: "&COUNTA(\'Tasks\'!A2:A5)' == WORDS.formula('="共"&COUNTA(\'任务进展\'!A2:A5)&"项"')


def test_sheet_names_are_such() -> None:
    """
    A sheet's name in another language has at most 31 characters and none that a name may not have.
    """
    words = Words.of("en", {"总览": "Overview: a very long name / of the first sheet"})

    assert "Overview  a very long name   of" == words.sheet_name("总览")
    assert CHINESE.search(words.sheet_name("任务"))
