"""What units write into 单位说明 is understood where it is sure, and asked about where it is not."""

import pytest

from toolkit.model.unit_statements import FIRST_ISSUED_ROW, Meaning, parse_statement, withdraws
from toolkit.views.form_table import FIRST_ROW

TITLES = ("累计进度", "完成日期", "进展状态", "本季进展情况")
SURE = (
    "属实",
    "情况属实",
    "情况属实：8 个项目 7 个已建成",
    "属实。已核",
    "属实 已核",
    "情 况　属 实",
    "情况属实!!",
    "经核实，情况属实",
    "经我局核实，情况属实。",
    "数据无误",
    "属实\n见附件照片",
    "核实无误",
    "均属实",
    "情况屬實",
    "数据属实，因为上季度口径不同",
)
TAKEN_BACK = ("撤回", "撤 回", "撤回。", "请予以撤回", "撤回：填错了行", "撤回（填错行）", "撤回原数", "收回")
NOT_SURE = (
    "不属实",
    "情况不属实",
    "是否属实？",
    "属实吗",
    "部分属实",
    "基本属实",
    "不撤回",
    "未撤回",
    "撤回还是保留请定",
    "情况属实，请撤回退改",
    "情况属实但完成日期撤回",
    "情况属实，但累计进度应为35",
    "改为 35",
    "疫情影响",
    "核实中",
)


@pytest.mark.parametrize("words", SURE)
def test_a_confirmation_is_understood(words: str) -> None:
    """However it is typed, 属实 at the beginning says that it is so."""
    assert Meaning.CONFIRMED is parse_statement(words, TITLES).meaning


@pytest.mark.parametrize("words", TAKEN_BACK)
def test_a_withdrawal_is_understood(words: str) -> None:
    """撤回 with or without a reason takes back."""
    assert (Meaning.WITHDRAWN, ()) == parse_statement(words, TITLES)


@pytest.mark.parametrize("words", NOT_SURE)
def test_what_is_not_sure_is_neither(words: str) -> None:
    """A denial, a question, half of each or another value is not taken for either."""
    assert Meaning.UNCLEAR is parse_statement(words, TITLES).meaning
    assert not withdraws(words)


@pytest.mark.parametrize("words", ["已修改", "已按审核意见改正", "谢谢", "收到"])
def test_a_remark_asks_for_nothing(words: str) -> None:
    """That something was changed is no confirmation and no riddle."""
    assert Meaning.REMARK is parse_statement(words, TITLES).meaning


def test_columns_are_named_before_or_behind() -> None:
    """累计进度属实 is about one column, 撤回累计进度、完成日期 about two, 全部撤回 about all; a column in the reason is not meant."""
    assert ("累计进度",) == parse_statement("累计进度属实", TITLES).titles
    assert ("累计进度", "完成日期") == parse_statement("撤回“累计进度”、完成日期", TITLES).titles
    assert TITLES == parse_statement("全部撤回", TITLES).titles
    assert () == parse_statement("情况属实：累计进度以合同额计", TITLES).titles


def test_a_cell_holds_a_withdrawal_only_where_nothing_else_stands_in_it() -> None:
    """撤回 in a cell takes its value back; a sentence that tells of something withdrawn is an answer."""
    assert [True, True, True] == [withdraws(words) for words in ("撤回", "撤 回", "撤回：填错行")]
    assert [False, False, False, False] == [withdraws(words) for words in ("撤回了2个项目的批文", "不撤回", "已督促企业撤回申请", "撤并村庄3个")]


def test_the_rows_of_a_form_begin_where_its_receipt_is_read_from() -> None:
    """What reads a receipt's first sheet and what draws the tables agree on the first row."""
    assert FIRST_ROW == FIRST_ISSUED_ROW
