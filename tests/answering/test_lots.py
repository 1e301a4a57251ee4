"""One word in 问题清单 rules on all findings of a kind, across units; each is then a ruling like any other."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.answering.hands import DOUBTED, TOWN, Cells, blank_form, run, send, table, to_mend
from tests.small import Q1, filled_row, issue, small_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.report.consolidate import consolidate

BUREAU = "云溪县工信局"
PROOF = ("任务进展", "任务1", "佐证材料")


def bureau() -> Cells:
    """Fill in the bureau's form with the town's doubt in both of its rows."""
    cells: Cells = {}
    for number in ("任务1", "任务2"):
        cells |= filled_row(number) | {("任务进展", number, "本季进展情况"): f"{number}新开工2个项目，投产1个。"}
        cells |= {(key[0], number, key[2]): value for key, value in DOUBTED.items() if TOWN.get(key) != value}
    return cells | {("指标进展", "任务1", "本年累计完成值"): 20}


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    space = small_workspace(tmp_path)
    issue(space)
    send(space, blank_form(space), DOUBTED, name="镇.xlsx")
    send(space, blank_form(space, unit=BUREAU), bureau(), name="局.xlsx")
    return space


def type_words(path: Path, words: list[dict[str, str]], code: str = "R01") -> None:
    """Type into the lines of a code, in order, as many as there are words for."""
    book = load_workbook(path)
    sheet = book["问题清单"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    lines = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, columns["代码"]).value == code]
    for row, line in zip(lines, words, strict=False):
        for title, text in line.items():
            sheet.cell(row, columns[title]).value = text
    book.save(path)


def ruled(space: Workspace) -> list[tuple[object, object, object]]:
    lines = table(consolidate(space, Q1).path, "问题清单")
    return sorted((str(line["单位"]), line["处理"], line["处理说明"]) for line in lines if line["代码"] == "R01")


@pytest.mark.parametrize("word", ["同类接受", "同类 接受", "同类：接受"])
def test_one_word_rules_on_all_of_its_kind(space: Workspace, word: str) -> None:
    """Three lines of two units are accepted with one reason, as if each had been; other kinds are as they were; 认定记录 lists each."""
    path = consolidate(space, Q1).path
    type_words(path, [{"处理": word, "处理说明": "口径如此"}])
    done = ruled(space)
    book = consolidate(space, Q1)

    assert [("东山镇", "接受", "口径如此"), (BUREAU, "接受", "口径如此"), (BUREAU, "接受", "口径如此")] == done
    assert {"东山镇": 0, BUREAU: 0, "云溪县发改局": 0} == {unit.unit: unit.reviews for unit in book.round.units}
    assert 3 == sum({"处理", "接受"} <= set(row.values()) for row in table(book.path, "认定记录"))
    assert [] == to_mend(space)


def test_it_is_the_same_as_single_rulings(space: Workspace, tmp_path: Path) -> None:
    """The ledger holds the same rulings whether typed line by line or by the lot."""
    other = small_workspace(tmp_path / "other")
    issue(other)
    send(other, blank_form(other), DOUBTED, name="镇.xlsx")
    send(other, blank_form(other, unit=BUREAU), bureau(), name="局.xlsx")
    type_words(consolidate(space, Q1).path, [{"处理": "同类豁免", "处理说明": "统一口径"}])
    type_words(consolidate(other, Q1).path, [{"处理": "豁免", "处理说明": "统一口径"}] * 3)

    assert ruled(other) == ruled(space)
    assert consolidate(other, Q1).round.decided.by == consolidate(space, Q1).round.decided.by


def test_a_line_with_a_word_of_its_own_keeps_it(space: Workspace) -> None:
    """What the clerk ruled singly stays; 同类清空 takes all back."""
    path = consolidate(space, Q1).path
    type_words(path, [{"处理": "退回", "处理说明": "请核"}, {"处理": "同类接受", "处理说明": "口径如此"}])
    first = ruled(space)
    type_words(path, [{"处理": "同类清空"}])

    assert ["退回", "接受", "接受"] == [word for _, word, _ in sorted(first, key=lambda line: line[1] != "退回")]
    assert [None, None, None] == [word for _, word, _ in ruled(space)]


def test_it_outlives_a_resubmission_of_the_same_and_no_other(space: Workspace) -> None:
    """The ruling holds while the same is said there; where something else is, the former ruling stands beside it, as with single ones."""
    type_words(consolidate(space, Q1).path, [{"处理": "同类接受", "处理说明": "口径如此"}])
    run(space)
    send(space, blank_form(space), DOUBTED | {("任务进展", "任务2", "本季进展情况"): "盘活企业2家，腾出用地30亩。"}, day=24, name="镇二.xlsx")
    same = [word for unit, word, _ in ruled(space) if unit == "东山镇"]
    send(space, blank_form(space), DOUBTED | {("任务进展", "任务3", "累计进度"): 70}, day=25, name="镇三.xlsx")
    (line,) = [row for row in table(consolidate(space, Q1).path, "问题清单") if row["单位"] == "东山镇" and row["代码"] == "R01"]

    assert ["接受"] == same
    assert (None, True) == (line["处理"], str(line["原认定"]).startswith("接受（口径如此"))


def test_without_a_reason_or_with_two_words_nothing_is_done(space: Workspace) -> None:
    """The clerk is told which cell lacks what; the rest of the book is read."""
    type_words(consolidate(space, Q1).path, [{"处理": "同类接受"}])
    bare = run(space).left
    type_words(consolidate(space, Q1).path, [{"处理": "同类接受", "处理说明": "甲"}, {"处理": "同类退回", "处理说明": "乙"}])
    torn = run(space).left

    assert 1 == len(bare)
    assert "却没有写理由，没有执行" in bare[0]
    assert "不知道以哪个为准" in torn[0]
    assert [None, None, None] == [word for _, word, _ in ruled(space)]
