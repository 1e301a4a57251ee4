"""Whose return a workbook is, by every carrier that may be left."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.intake.draw import CLEAN, ISSUE, drawn
from toolkit.intake.identify import identify
from toolkit.model import seal
from toolkit.model.issue import Issue, IssuedRow
from toolkit.model.returns import Grid, GridSheet

KEY, OTHER_KEY = b"k" * 32, b"o" * 32


def named(unit: str, period: str = "2023Q1", number: int = 1, numbers: tuple[str, ...] = ()) -> Issue:
    """An issue with its true receipt code."""
    tables = (
        ISSUE.tables
        if not numbers
        else {
            "任务进展": tuple(IssuedRow(number, number, ISSUE.tables["任务进展"][0].role, {"number": number, "task": f"{number}的内容"}) for number in numbers)
        }
    )
    code = seal.receipt_code(KEY, form="progress", period=period, unit=unit, number=number)
    return replace(ISSUE, unit=unit, period=period, number=number, receipt=code, tables=tables)


MINE = named("甲局")
SECOND = named("甲局", number=2)
THEIRS = named("丁街道", numbers=("任务31", "任务32", "任务33"))
SEALS = {issue.receipt: seal.close(issue, KEY) for issue in (MINE, SECOND, THEIRS)}


def book(text: str = CLEAN, *, sealed: Issue | None = MINE, key: bytes = KEY, file: str = "甲局.xlsx", broken: bool = False) -> Grid:
    """The clean workbook with its true receipt code and a seal."""
    grid = drawn(text.replace("K7MP-X3R8-Q", MINE.receipt), file)
    if sealed is None:
        return grid
    line = seal.close(sealed, key)
    line = line[:-8] + "AAAAAAA=" if broken else line
    return grid._replace(sheets=(*grid.sheets, GridSheet(seal.SHEET, (("请勿改动",), (line,)), hidden=True)))


def changed(old: str, new: str) -> str:
    """The clean text with something replaced."""
    assert old in CLEAN
    return CLEAN.replace(old, new)


def drawn_with(code: str) -> Grid:
    """A sealed workbook whose visible code is another one."""
    grid = drawn(CLEAN.replace("K7MP-X3R8-Q", code))
    return grid._replace(sheets=(*grid.sheets, *book().sheets[-1:]))


def two_seals() -> Grid:
    """A workbook that also holds another unit's seal."""
    return book()._replace(sheets=(*book().sheets, GridSheet("_封签 (2)", ((seal.close(THEIRS, KEY),),), hidden=True)))


NO_LINE = changed("    | 填报单位：甲局    期间：2023年第一季度    回执编号：K7MP-X3R8-Q\n", "")
CASES: dict[str, tuple[Callable[[], Grid], str, bool, list[str]]] = {
    "完好": (book, "甲局", False, []),
    "改了文件名": (lambda: book(file="副本(1).xlsx"), "甲局", False, []),
    "标题行删了，封签在": (lambda: book(NO_LINE), "甲局", False, []),
    "单位写了简称": (lambda: book(changed("填报单位：甲局", "填报单位：本县甲局办公室")), "甲局", False, []),
    "封签丢了": (lambda: book(sealed=None), "甲局", False, ["NO_SEAL"]),
    "封签坏了": (lambda: book(broken=True), "甲局", False, ["BROKEN_SEAL"]),
    "封签坏了又没有编号": (lambda: book(NO_LINE, broken=True), "", False, ["FORGED"]),
    "别处的密钥": (lambda: book(NO_LINE, key=OTHER_KEY), "", False, ["FOREIGN_SEAL"]),
    "封签丢了，单位行改成别人": (lambda: book(changed("填报单位：甲局", "填报单位：丁街道"), sealed=None), "甲局", True, ["NO_SEAL", "DISAGREE"]),
    "封签丢了，只剩编号": (lambda: book(changed("填报单位：甲局    期间：2023年第一季度    ", ""), sealed=None), "甲局", True, ["NO_SEAL", "UNIT_UNSEEN"]),
    "单位行写着别的单位": (lambda: book(changed("填报单位：甲局", "填报单位：丁街道")), "甲局", True, ["DISAGREE"]),
    "期间行写着别的季度": (lambda: book(changed("期间：2023年第一季度", "期间：2023年第二季度")), "甲局", True, ["OTHER_PERIOD"]),
    "文件名写着别的季度": (lambda: book(file="甲局2023年二季度进展.xlsx"), "甲局", True, ["OTHER_PERIOD"]),
    "邮件主题里的季度不算": (lambda: book(file="补报二季度.eml/甲局.xlsx"), "甲局", False, []),
    "编号是别的单位的": (
        lambda: book(changed("| 任务1 |", "| 任务31 |").replace("| 任务2 |", "| 任务32 |").replace("| 任务3 |", "| 任务33 |")), "甲局", True, ["OTHER_ROWS"],
    ),
    "别的单位的回执编号": (lambda: drawn_with(THEIRS.receipt), "甲局", True, ["DISAGREE"]),
    "同一单位另一次发放的编号": (lambda: drawn_with(SECOND.receipt), "甲局", False, []),
    "两个封签": (two_seals, "甲局", True, ["DISAGREE"]),
    "什么都丢了，内容看得出": (lambda: book(NO_LINE, sealed=None), "甲局", True, ["GUESSED"]),
    "不相干的表": (lambda: drawn("== Sheet1\n| 姓名 | 电话 |\n| 张三 | 027-84712345 |"), "", False, ["UNKNOWN"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_workbook_is_known_by_what_is_left_of_it(name: str) -> None:
    """
    Any one carrier is enough to know a return; one that a copy keeps and that says something else makes it wait; nothing known is refused.
    """
    make, unit, unsure, codes = CASES[name]

    done = identify(make(), KEY, SEALS.get, issued=lambda: (SEALS[MINE.receipt], SEALS[THEIRS.receipt]))

    assert (unit, unsure, codes) == (done.issue.unit if done.issue else "", done.unsure, [finding.code.name for finding in done.findings])
    assert all(finding.message.endswith("。") and finding.advice.endswith("。") for finding in done.findings)


def test_two_units_with_the_same_rows_are_not_guessed_between() -> None:
    """
    Without seal, code and name, a table that two units were issued alike is nobody's.
    """
    twin = seal.close(named("乙镇"), KEY)

    done = identify(book(NO_LINE, sealed=None, file="来件.xlsx"), KEY, SEALS.get, issued=lambda: (SEALS[MINE.receipt], twin))

    assert (None, ["UNKNOWN"]) == (done.issue, [finding.code.name for finding in done.findings])


def test_a_code_of_a_lost_key_is_foreign() -> None:
    """
    A known receipt code whose seal was made with another key is refused with that reason, not with a fault of ours.
    """
    done = identify(book(sealed=None), OTHER_KEY, SEALS.get)

    assert (None, ["FOREIGN_SEAL"]) == (done.issue, [finding.code.name for finding in done.findings])
