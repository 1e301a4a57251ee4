"""One spoilage at a time: what is read, and what is said at which cell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from tests.intake.draw import CLEAN, FORM, ISSUE, TRUTH, drawn, field, read
from tests.intake.spoil import SPOILS
from toolkit.intake.read_answers import read_rows
from toolkit.model.findings import Finding
from toolkit.model.form import Subject, Table
from toolkit.model.issue import IssuedRow
from toolkit.model.master import Role
from toolkit.model.returns import Grid, GridSheet

Said = list[tuple[str, str]]
Key = tuple[str, str]


def lost(*keys: Key) -> Mapping[Key, str | None]:
    """Values that are not taken."""
    return dict.fromkeys(keys, None)


def whole(*numbers: str) -> Mapping[Key, str | None]:
    """All values of some rows."""
    return {key: None for key in TRUTH if key[0] in numbers}


PROBLEMS = lost(("任务1", "problem"), ("任务3", "problem"), ("任务5", "problem"))
BY_TEXT = [("A4", "ROW_BY_TEXT"), ("A5", "ROW_BY_TEXT"), ("A6", "ROW_BY_TEXT"), ("A7", "ROW_BY_TEXT")]
PLACED = [("E3", "PLACED"), ("F3", "PLACED"), ("G3", "PLACED"), ("H3", "PLACED"), ("I3", "PLACED")]

EXPECTED: Mapping[str, tuple[Said, Mapping[Key, str | None]]] = {
    "上面加了两行": ([("A1", "TEXT_ABOVE")], {}),
    "删了标题行": ([], {}),
    "插了空列": ([], {}),
    "自己加了一列": ([("J3", "COLUMN_EXTRA")], {}),
    "挪了一列": ([], {}),
    "删了存在问题": ([("A3", "NO_COLUMN")], PROBLEMS),
    "删了目标任务": ([("A3", "NAME_GONE")], {}),
    "删了编号": ([("A3", "PREFILLED_GONE")], {}),
    "表头换成别名": ([("G3", "COLUMN_ALIAS")], {}),
    "表头用繁体": ([("G3", "COLUMN_ALIAS")], {}),
    "表头差一两个字": ([("G3", "COLUMN_ALIAS"), ("H3", "COLUMN_ALIAS")], {}),
    "表头加了单位": ([("F3", "COLUMN_ALIAS")], {}),
    "表头面目全非": ([("G3", "RETITLED")], {}),
    "表头认不出": ([("H3", "UNSURE")], PROBLEMS),
    "状态表头改了": ([("E3", "PLACED")], {}),
    "表头成了两行": ([], {}),
    "表头被标题盖住": ([("A3", "HEADER_LOST"), *PLACED, ("A3", "TEXT_ABOVE")], {}),
    "中间又一个表头": ([("A3", "TABLE_SPLIT")], {}),
    "删了一行": ([("A3", "ROW_MISSING")], whole("任务3")),
    "复制了一行": ([("A6", "ROW_TWICE")], {}),
    "复制一行又改了数": ([("A5", "ROW_TWICE"), ("F4", "CELL_TWICE")], lost(("任务1", "progress"))),
    "加了一行": ([("A8", "ROW_EXTRA")], {}),
    "加了小标题": ([("A6", "TEXT_OUTSIDE")], {}),
    "整行倒序": ([("A3", "ROWS_REORDERED")], {}),
    "只排了一部分列": ([("A4", "ROW_MIXED"), ("A5", "ROW_MIXED")], whole("任务1", "任务2")),
    "编号重排": (BY_TEXT, {}),
    "丢了一个编号": ([("A6", "ROW_BY_TEXT")], {}),
    "改了任务内容": ([("B5", "CHANGED")], {}),
    "改了一整列预填": ([("C4", "CHANGED"), ("C5", "CHANGED"), ("C6", "CHANGED"), ("C7", "CHANGED")], {}),
    "一行拆成两行": ([("G4", "CONTINUED")], {("任务1", "done"): "建成厂房二十万平\n第二段文字"}),
    "表下写了注": ([("A10", "TEXT_OUTSIDE")], {}),
    "表旁写了字": ([("K3", "COLUMN_EXTRA")], {}),
    "改了表名": ([("A3", "SHEET_RENAMED"), ("A2", "SHEET_RENAMED")], {}),
    "加了工作表": ([("B1", "SHEET_EXTRA")], {}),
    "有隐藏工作表": ([("A1", "SHEET_HIDDEN")], {}),
    "复制了工作表": ([("A3", "TABLE_SPLIT"), ("A4", "ROW_TWICE")], {}),
    "拆成两张表": ([("A3", "TABLE_SPLIT")], {}),
    "右半边另起一张表": ([("A3", "TABLE_SPLIT"), ("A1", "NAME_GONE")], {}),
}


def test_a_clean_return_says_nothing() -> None:
    """
    A workbook filled in as asked gives every value that was typed and no finding.
    """
    done = read(CLEAN)

    assert ([], dict(TRUTH)) == (done.said, done.values)


@pytest.mark.parametrize("name", SPOILS)
def test_each_spoilage_is_healed_or_named(name: str) -> None:
    """
    One spoilage is either healed, with every value in its place, or named at its cell, and then nothing is guessed.
    """
    said, changed = EXPECTED[name]
    values = {key: value for key, value in {**TRUTH, **changed}.items() if value is not None}

    done = read(SPOILS[name](drawn(CLEAN)))

    assert said == done.said
    assert values == done.values


@pytest.mark.parametrize("name", SPOILS)
def test_each_finding_can_be_said(name: str) -> None:
    """
    Every finding of a spoiled workbook makes a whole sentence with an advice.
    """
    for finding in read(SPOILS[name](drawn(CLEAN))).findings:
        assert finding.message.endswith("。")
        assert finding.advice.endswith("。")


def swapped(*changes: tuple[str, str]) -> str:
    """The clean workbook with some texts replaced."""
    text = CLEAN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


CELLS: list[tuple[str, tuple[tuple[str, str], ...], Said, Mapping[Key, str | None]]] = [
    ("约数", (("| 31 ", "| 约31%左右 "),), [("F4", "READ_AS")], {}),
    ("百分比格式的小数", (("| 31 ", "| %0.31 "),), [], {}),
    ("百分比格式的一", (("| 100 ", "| %1 "),), [], {}),
    ("区间", (("| 31 ", "| 30%-35% "),), [("F4", "IS_RANGE")], lost(("任务1", "progress"))),
    ("公式出错", (("| 31 ", "| #REF! "),), [("F4", "CELL_ERROR")], lost(("任务1", "progress"))),
    ("近义的状态", (("| 已完成 ", "| 完成了 "),), [("E5", "UNDERSTOOD")], {}),
    ("含糊的状态", (("| 已完成 ", "| 基本完成 "),), [("E5", "NOT_CHOICE")], lost(("任务2", "status"))),
    ("月底", (("@2023-12-01", "12月底"),), [("I4", "READ_AS")], {("任务1", "due"): "2023-12-31"}),
    ("说不清的日子", (("@2023-12-01", "尽快完成"),), [("I4", "NOT_DATE")], lost(("任务1", "due"))),
    ("换了单位", (("| 3.2 ", "| 32000万元 "),), [("E4", "CONVERTED")], {}),
    ("带同样的单位", (("| 3.2 ", "| 3.2亿元 "),), [("E4", "READ_AS")], {}),
    ("带别的单位", (("| 3.2 ", "| 32家 "),), [("E4", "OTHER_UNIT")], lost(("任务1|技改投资", "reached"))),
    ("行里的计量单位改了", (("| 亿元     | 3.2  ", "| 万元     | 32000"),), [("E4", "OTHER_ROW_UNIT"), ("D4", "CHANGED")], {}),
    ("行里的计量单位换算不了", (("| 亿元     | 3.2  ", "| 家       | 3.2  "),), [("E4", "OTHER_UNIT"), ("D4", "CHANGED")], lost(("任务1|技改投资", "reached"))),
    ("表上面写了更正", (("    | 编号  | 目标任务 ", "    | 任务3累计进度应为54%\n    | 编号  | 目标任务 "),), [("A3", "TEXT_OUTSIDE")], {}),
    ("无也是回答", (("用地紧张", "无"),), [], {("任务1", "problem"): "无"}),
    ("预填数换个写法", (("| 12.5 ", "| 12.50亿 "), ("| 80 ", "| ８０ ")), [("C4", "CHANGED")], {}),
    ("预填进度写成百分号", (("丙局       | 25", "丙局       | %0.25"),), [], {}),
    ("编号里有空格", (("| 任务2 |", "| 任务　2 |"),), [], {}),
    ("编号丢了又改了内容", (("| 任务2 | 完成老旧小区改造12个", "| 2 | 完成老旧小区改造12个。"),), [("A5", "ROW_BY_LIKENESS"), ("B5", "CHANGED")], {}),
    ("指标名称差一个字", (("| 技改投资", "| 技术改造投资"),), [("B4", "CHANGED")], {}),
    ("指标编号丢了", (("| 任务1 | 技改投资", "| | 技改投资"),), [("A4", "ROW_BY_TEXT")], {}),
    ("签名行挪到上面", (("    | 任务3 |", "    | 填报人：王五\n    | 任务3 |"),), [], {}),
    ("同上", (("岗位不够", "同上"),), [("H6", "UNDERSTOOD")], {("任务3", "problem"): "用地紧张"}),
    ("同上的符号", (("岗位不够", "- ″ -"),), [("H6", "UNDERSTOOD")], {("任务3", "problem"): "用地紧张"}),
    ("别处的，不是上一格", (("岗位不够", "同左"),), [], {("任务3", "problem"): "同左"}),
    ("同上，上面没有", (("用地紧张", "同上"),), [], {("任务1", "problem"): "同上"}),
    ("合计行", (("    | 填报人：张三", "    | 合计 | | | | | 40\n    | 填报人：张三"),), [("A9", "ROW_EXTRA")], {}),
    (
        "对调了两个编号",
        (("| 任务1 | 新建", "| 任务X | 新建"), ("| 任务2 | 完成", "| 任务1 | 完成"), ("| 任务X | 新建", "| 任务2 | 新建")),
        [("A4", "ROW_MIXED"), ("A5", "ROW_MIXED")],
        whole("任务1", "任务2"),
    ),
]


@pytest.mark.parametrize(("name", "changes", "said", "changed"), CELLS, ids=[case[0] for case in CELLS])
def test_each_odd_cell_is_understood_or_named(name: str, changes: tuple[tuple[str, str], ...], said: Said, changed: Mapping[Key, str | None]) -> None:
    """
    An odd cell is read as meant with a finding, or named and left out; the cells around it stay as typed.
    """
    values = {key: value for key, value in {**TRUTH, **changed}.items() if value is not None}

    done = read(swapped(*changes))

    assert said == done.said, name
    assert values == done.values


def wide(titles: tuple[str, ...], body: Sequence[tuple[object, ...]]) -> tuple[int, list[tuple[str, str]], tuple[Finding, ...]]:
    """Read a sheet against an issue of eight tasks: how many rows were found, what was said, the findings."""
    work = [(f"任务{at}", f"第{at}件大事要办好") for at in range(1, 9)]
    rows = tuple(IssuedRow(number, number, Role.LEAD, {"number": number, "task": text, "lead": "甲局"}) for number, text in work)
    found, findings = read_rows(Grid("甲局.xlsx", (GridSheet("任务进展", (titles, *body)),)), replace(ISSUE, tables={"任务进展": rows}), FORM)
    return len(found), [(finding.place.cell, finding.code.name) for finding in findings], findings


TITLES = tuple(one.title for one in FORM.main.fields)


def eight(*, number: str = "任务{}", lead: str = "甲局", first: int = 1) -> list[tuple[object, ...]]:
    """Eight filled rows."""
    return [(number.format(at), f"第{at}件大事要办好", lead, None, "推进中", 30.0, "按计划推进", None, None) for at in range(first, first + 8)]


def test_many_findings_of_one_sort_are_said_together() -> None:
    """
    More than five changed cells of a column, lost numbers, missing or foreign rows are one finding each, with their count.
    """
    foreign = [(f"任务{at}", "别人的事", "乙局", None, "推进中", 30.0, "按计划推进", None, None) for at in range(51, 59)]

    assert (8, [("C2", "CHANGED_MANY")]) == wide(TITLES, eight(lead="改过的单位"))[:2]
    assert (8, [("A2", "ROWS_BY_TEXT")]) == wide(TITLES, eight(number="第{}项"))[:2]
    assert (1, [("A1", "ROWS_MISSING")]) == wide(TITLES, eight()[:1])[:2]
    assert (8, [("A10", "ROWS_EXTRA")]) == wide(TITLES, [*eight(), *foreign])[:2]
    assert "C2:C9" == wide(TITLES, eight(lead="改过的单位"))[2][0].facts["range"]


def test_a_table_of_blank_rows_keeps_every_row_or_names_it() -> None:
    """
    Rows beyond those that were issued blank are named and not dropped.
    """
    contacts = Table("督办联络员", Subject.BLANK, (field("person", "姓名", "文本"), field("phone", "联系电话", "电话")), 1)
    grid = drawn(
        """
        == 督办联络员
        | 姓名 | 联系电话     |
        | 张三 | 027-84712345 |
        | 李四 | 027-84712346 |
        """
    )
    form, issue = replace(FORM, tables=(contacts,)), replace(ISSUE, tables={"督办联络员": (IssuedRow("1", "1", Role.LEAD, {}),)})

    rows, findings = read_rows(grid, issue, form)

    assert ["张三"] == [row.value("person") for row in rows]
    assert [("A3", "ROW_EXTRA")] == [(finding.place.cell, finding.code.name) for finding in findings]


def test_a_cell_merged_over_rows_holds_for_all_of_them() -> None:
    """
    A cell that was merged down over several tasks is read for each of them and said once; where it is doubtful that is said once too.
    """
    text = swapped(("岗位不够", ""), ("| 27 ", "|    "), ("| 31 ", "| 约31 "), ("| 100 ", "|     "))
    grid = drawn(text)
    main = grid.sheets[0]._replace(merges=((3, 7, 5, 7), (3, 5, 5, 5)))

    done = read(grid._replace(sheets=(main, *grid.sheets[1:])))

    shared = {("任务3", "problem"): "用地紧张", ("任务2", "problem"): "用地紧张", ("任务2", "progress"): "31", ("任务3", "progress"): "31"}
    assert {**TRUTH, **shared} == done.values
    assert [("F4", "READ_AS"), ("F4", "MERGED_DOWN"), ("H4", "MERGED_DOWN")] == done.said


def test_what_lies_under_a_merged_cell_is_not_taken_in_silence() -> None:
    """
    Cells painted with a merged format keep what stood in them: where nobody sees it, it is not taken, and it is named if it is something else.
    """
    grid = drawn(CLEAN)
    main = grid.sheets[0]._replace(merges=((3, 6, 4, 6), (3, 7, 4, 7), (5, 5, 5, 6)))

    done = read(grid._replace(sheets=(main, *grid.sheets[1:])))

    shared = {("任务2", "done"): TRUTH["任务1", "done"], ("任务2", "problem"): TRUTH["任务1", "problem"], ("任务3", "done"): None}
    assert {key: value for key, value in {**TRUTH, **shared}.items() if value is not None} == done.values
    assert [("G4", "MERGED_DOWN"), ("G5", "COVERED"), ("G6", "COVERED"), ("H4", "MERGED_DOWN")] == sorted(done.said)


@pytest.mark.parametrize("step", [1, -1])
def test_a_row_that_was_filled_one_column_off_is_not_taken(step: int) -> None:
    """
    A row typed from the wrong cell on would put the problem under the next steps: none of it goes in, and its status is named where it stands.
    """
    grid = drawn(CLEAN)
    rows = [list(row) for row in grid.sheets[0].rows]
    rows[5][4 + step : 9 + step] = rows[5][4:9]
    rows[5][4 if step > 0 else 8] = None

    done = read(grid._replace(sheets=(grid.sheets[0]._replace(rows=tuple(map(tuple, rows))), *grid.sheets[1:])))

    assert {key: value for key, value in TRUTH.items() if key[0] != "任务3"} == done.values
    assert [("E6", "ROW_SHIFTED")] == [said for said in done.said if said[1] not in {"CHANGED", "COLUMN_EXTRA"}]


def test_a_table_turned_on_its_side_is_called_that() -> None:
    """
    A table with its tasks side by side is no missing sheet: the finding stands at its numbers and says what to do. Where no number stands, it is missing.
    """
    grid = drawn(CLEAN)
    head, *body = grid.sheets[0].rows[2:7]
    sides = tuple((title, *(row[at] if at < len(row) else None for row in body)) for at, title in enumerate(head))
    turned, lists = (grid._replace(sheets=(grid.sheets[0]._replace(rows=rows), *grid.sheets[1:])) for rows in (sides, (("企业", "产值"), ("某厂", 3))))

    said = [[(code, cell) for cell, code in read(one).said if code in {"TABLE_UNREAD", "NO_SHEET"}] for one in (turned, lists)]

    assert [[("TABLE_UNREAD", "B1")], [("NO_SHEET", "")]] == said


def test_of_two_columns_with_one_title_none_is_believed() -> None:
    """
    A second column of the same title, hidden perhaps: where the two say different things of a row, neither is taken; where they agree, it is.
    """
    grid = drawn(CLEAN)
    shares: list[object] = [None, None, "累计进度", 77, 100]
    rows = tuple((*row[:5], share, *row[5:]) for row, share in zip(grid.sheets[0].rows, [*shares, *[None] * 20], strict=False))

    done = read(grid._replace(sheets=(grid.sheets[0]._replace(rows=rows), *grid.sheets[1:])))

    assert {key: value for key, value in TRUTH.items() if key != ("任务1", "progress")} == done.values
    assert [("F4", "CELL_TWICE"), ("G3", "COLUMN_TWICE")] == sorted(done.said)


def test_a_cell_in_two_sheets_names_both_places() -> None:
    """
    Where two sheets say two things of one cell, the other place is named with its sheet: the address alone is the same in both.
    """
    grid = drawn(CLEAN)
    again = tuple(tuple(66 if value == 31 else value for value in row) for row in grid.sheets[0].rows)

    _, findings = read_rows(grid._replace(sheets=(*grid.sheets, grid.sheets[0]._replace(name="旧稿", rows=again))), ISSUE, FORM)

    assert ["旧稿!F4"] == [finding.facts["other"] for finding in findings if finding.code.name == "CELL_TWICE"]


def test_dates_of_a_book_that_counts_from_1904() -> None:
    """
    A bare day number in a book that counts from 1904 is the day its clerk saw.
    """
    grid = drawn(swapped(("@2023-12-01", "43799")))._replace(since_1904=True)

    assert "2023-12-01" == read(grid).values["任务1", "due"]
