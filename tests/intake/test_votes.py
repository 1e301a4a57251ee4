"""What every carrier of a return says, word for word: the office decides by it."""

from dataclasses import replace

import pytest

from tests.intake.draw import CLEAN, drawn
from tests.intake.test_identify import KEY, MINE, SEALS, THEIRS, book, changed, drawn_with, two_seals
from toolkit.intake.identify import identify
from toolkit.intake.identity_carriers import doubts_of, neighbours, resemblance, top_texts, traits
from toolkit.model import seal
from toolkit.model.returns import Grid, GridSheet

OWN = [("封签", MINE.receipt, True), ("回执编号", MINE.receipt, True)]


def votes(grid: Grid) -> list[tuple[str, str, bool]]:
    """Give the votes on a workbook."""
    return [(vote.carrier, vote.says, vote.agrees) for vote in identify(grid, KEY, SEALS.get, issued=SEALS.values).votes]


def doubts(text: str, *, period: str = "2023Q1", file: str = "来件.xlsx") -> list[tuple[str, str, bool, str]]:
    """Give what the visible carriers of a drawn workbook say against the issue, and what was decided."""
    grid = drawn(text, file)
    return [(*one.vote, one.decided) for one in doubts_of(grid, replace(MINE, period=period), top_texts(grid))]


def test_each_carrier_votes_once_and_says_what_it_holds() -> None:
    """Seal, visible code, name and properties each vote with what they say; a copy without its seal is vouched for by the ledger."""
    marked = book(file="甲局进展.xlsx")._replace(marks={"文档属性": MINE.receipt, "定义名称": "9999-9999-9"})

    assert [*OWN, ("定义名称", "9999-9999-9", False), ("文档属性", MINE.receipt, True), ("文件名", "甲局", True)] == votes(marked)
    assert OWN == votes(book(file="来件.xlsx"))
    assert [("台账", MINE.receipt, True), OWN[1]] == votes(book(sealed=None, file="来件.xlsx"))
    assert [OWN[0], ("回执编号", THEIRS.receipt, False)] == votes(drawn_with(THEIRS.receipt)._replace(file="来件.xlsx"))
    assert [*OWN, ("文件名", "甲局", True)] == votes(two_seals())  # the other seal is a finding, and the return waits


def test_a_guess_is_voted_for_by_its_numbers() -> None:
    """A table that lost seal and code is guessed by its rows, says so, and waits."""
    found = identify(drawn(changed("回执编号：K7MP-X3R8-Q", "")), KEY, SEALS.get, issued=SEALS.values)

    assert [("任务编号", found.issue.receipt if found.issue else "", True)] == [tuple(vote) for vote in found.votes]
    assert (["GUESSED"], True) == ([finding.code.name for finding in found.findings], found.unsure)


def test_a_seal_of_ours_counts_whichever_stands_first() -> None:
    """Behind a seal that does not open, or was made elsewhere, one of ours is still found; a strange one alone is named with its cell."""
    strange = GridSheet("_封签", (("请勿改动",), (seal.close(MINE, b"o" * 32),)), hidden=True)
    own = book()

    assert MINE == identify(own._replace(sheets=(strange._replace(name="_封签0"), *own.sheets)), KEY, SEALS.get).issue
    alone = identify(own._replace(sheets=(*own.sheets[:-1], strange)), KEY, SEALS.get)
    assert [("FOREIGN_SEAL", "甲局.xlsx!_封签!A2")] == [(finding.code.name, str(finding.place)) for finding in alone.findings]


DOUBTS = [
    ("别的单位", ("填报单位：甲局", "填报单位：乙局"), "2023Q1", "来件.xlsx", [("填报单位", "乙局", False, "甲局")]),
    ("一个字的单位", ("填报单位：甲局", "填报单位：甲"), "2023Q1", "来件.xlsx", [("填报单位", "甲", False, "甲局")]),
    ("半角冒号", ("填报单位：甲局", "填报单位:乙局"), "2023Q1", "来件.xlsx", [("填报单位", "乙局", False, "甲局")]),
    ("别的年", ("期间：2023年第一季度", "期间：2022年第一季度"), "2023Q1", "来件.xlsx", [("期间", "2022年第一季度", False, "2023年第一季度")]),
    ("别的季度", ("期间：2023年第一季度", "期间：2023年第3季度"), "2023Q1", "来件.xlsx", [("期间", "2023年第3季度", False, "2023年第一季度")]),
    ("别的月", ("期间：2023年第一季度", "期间：2023年6月"), "2023M05", "来件.xlsx", [("期间", "2023年6月", False, "2023年5月")]),
    ("同一月", ("期间：2023年第一季度", "期间：2023年5月"), "2023M05", "来件.xlsx", []),
    ("季度里的月", ("期间：2023年第一季度", "期间：2023年3月"), "2023Q1", "来件.xlsx", []),
    ("文件名是别的季度", ("甲局", "甲局"), "2023Q1", "第二季度.xlsx", [("文件名", "第二季度.xlsx", False, "2023年第一季度")]),
    ("文件名说了两个季度", ("甲局", "甲局"), "2023Q1", "一季度和二季度.xlsx", []),
    ("大半是别人的编号", ("| 任务2 | 完成", "| 任务82 | 完成"), "2023Q1", "来件.xlsx", []),
]


@pytest.mark.parametrize(("name", "change", "period", "file", "said"), DOUBTS, ids=[case[0] for case in DOUBTS])
def test_each_visible_carrier_says_what_stands_against_the_issue(
    name: str, change: tuple[str, str], period: str, file: str, said: list[tuple[str, str, bool, str]]
) -> None:
    """A title block, a file name or numbers of another unit, year, quarter or month are doubts with what they say and what was decided; else there is none."""
    text = CLEAN.replace(*change) if period == "2023Q1" or "期间" in change[0] else CLEAN

    assert list(dict.fromkeys(said)) == list(dict.fromkeys(doubts(text, period=period, file=file))), name


def test_foreign_numbers_count_once_they_are_more_than_our_own() -> None:
    """Numbers that were not issued speak of another unit when there are two or more, and more of them than of ours; the first five are named."""
    rows = "\n".join(f"    | 任务{number} | 别的事 |" for number in range(70, 77))
    text = f"== 任务进展\n    | 编号 | 目标任务 |\n    | 任务1 | 自己的事 |\n{rows}"

    assert [("任务编号", "任务70、任务71、任务72、任务73、任务74", False, "甲局")] == doubts(text)
    few = "== 任务进展\n    | 编号 | 目标任务 |\n    | 任务1 | 一 |\n    | 任务2 | 二 |\n    | 任务70 | 三 |\n    | 任务71 | 四 |"
    assert [] == doubts(few)


def test_how_like_an_issue_a_workbook_is() -> None:
    """The share of issued rows whose number and text stand side by side: all, half, none, and none for an issue without rows."""
    half = drawn("== 表\n    | 任务31 | 任务31的内容 |\n    | 任务32 | 别的内容 |\n    | 任务33 | 任务33的内容 |")

    clean = neighbours(drawn(CLEAN))

    assert (1, 0, 0) == tuple(resemblance(clean, traits(issue)) for issue in (MINE, THEIRS, replace(MINE, tables={})))
    assert 2 / 3 == resemblance(neighbours(half), traits(THEIRS))


def test_a_name_of_one_sign_is_itself() -> None:
    """A unit that is called 甲 is not doubted where its form says 甲, and is where it says 乙."""
    called = replace(MINE, unit="甲")
    grids = [drawn(changed("填报单位：甲局", f"填报单位：{name}"), "来件.xlsx") for name in "甲乙"]
    found = [[one.vote.says for one in doubts_of(grid, called, top_texts(grid))] for grid in grids]

    assert [[], ["乙"]] == found
