"""Checks of a whole return: rows that copy each other, a sign-off that was left blank."""

from tests.checks.drawn import FORM, context, draw, found
from toolkit.checks.check_return import check_return
from toolkit.model.place import Place
from toolkit.model.returns import Answer

HEAD = "| 编号 | 角色 | 进展状态 | 本季进展情况 |"


def book(*texts: str, status: str = "推进中") -> str:
    """Draw a support's rows with these texts."""
    return "\n".join([HEAD, *(f"| 任务{number} | 责任 | {status} | {text} |" for number, text in enumerate(texts, 1))])


def test_copies_within_a_book_are_one_finding() -> None:
    """Three rows with one text are one finding at the first of them that names all; the two others are clean."""
    rows = book("召开推进会2次。", "走访企业9家。", "召开推进会2次", "完成招标。", "召开推进会２次。")

    assert [("COPY_OF_ROWS", "L5")] == found(rows)
    assert ["有 3 行的“本季进展情况”写得一样：任务1、任务3、任务5。"] == [one.message for one in check_return(draw(rows), {}, FORM, context())]


def test_a_book_of_copies_is_said_as_such() -> None:
    """Where every row says the same, that is the finding."""
    assert [("ALL_ALIKE", "L5")] == found(book("召开推进会2次。", "召开推进会2次。", "召开推进会2次。"))


def test_rows_that_differ_in_a_number_or_have_not_begun_are_no_copies() -> None:
    """Other figures are another text; rows that have not begun may say so alike; a text without substance is said to be that only."""
    assert [] == found(book("召开推进会2次。", "召开推进会3次。", "召开推进会4次。"))
    assert [] == found(book("还没有开工。", "还没有开工。", "还没有开工。", status="未启动"))
    assert [("NO_SUBSTANCE", "L5"), ("NO_SUBSTANCE", "L6")] == found(book("按计划推进", "按计划推进", "完成招标。"))


def test_a_blank_line_to_sign_on_is_named_and_an_absent_one_is_not() -> None:
    """Blank labels are one finding at the first of them; nothing is asked where the sign-off is not in the file."""
    place = Place("甲局.xlsx", "任务进展", "A9")
    signed = {"填报人": Answer("", "填报人：", place), "审核人": Answer("李某", "审核人：李某", place), "日期": Answer("", "日期：", place)}

    said = [(one.code.name, one.place, one.message) for one in check_return((), signed, FORM, context())]

    assert [("UNSIGNED", place, "表末的“填报人”、“日期”没有填写。")] == said
    assert [] == list(check_return((), {}, FORM, context()))
