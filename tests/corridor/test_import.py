"""import from the clerk's seat: the count, 待确认 and its answers, lists side by side, the office's own words."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command import run
from toolkit.edges.templates.read_master import load_master

NOTICE = "\n".join(
    (
        "青江区2025年重点工作任务分解表",
        "一、任务",
        "1.修路5公里。（牵头单位：区交通运输局；责任单位：各街道）",
        "2.服务企业，覆盖三分之一以上园区。（责任单位：区工信局、财政局）",
        "3.供水。",
        *(f"{number}.推进第{number}项工作。（责任单位：区第{number}局）" for number in range(4, 10)),
        "主办单位：青江区人民政府办公室",
    ),
)
OTHER = "青江区2025年民生实事\n1.办好食堂，工作方案2月1日前报。（责任单位：区民政局）\n2.修好步道。（责任单位：区第4局；配合单位：各街道、区交通局）"
COUNT = "读到 12 行：任务 9 行、标题 2 行、页面和说明 0 行、待确认 1 行。"


def put(folder: Path, name: str, text: str) -> str:
    """Write a notice."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def answer(folder: Path, code: str, word: str) -> None:
    """Type an answer beside the doubt of a code."""
    path = folder / "templates" / "任务总表.xlsx"
    book = load_workbook(path)
    sheet = book["待确认"]
    titles = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[titles.index("代码")].value == code:
            row[titles.index("处理")].value = word
    book.save(path)


def test_the_count_at_the_end_adds_up(tmp_path: Path) -> None:
    """Import says how many lines it read and what became of each; 待确认 is the first sheet, linked to the line and to the task."""
    code, said, _ = run(tmp_path, "import", put(tmp_path, "通知.txt", NOTICE))
    book = load_workbook(tmp_path / "templates" / "任务总表.xlsx")
    sheet = book["待确认"]
    rows = {row[7].value: row for row in sheet.iter_rows(min_row=2)}

    assert (0, True) == (code, COUNT in said), said
    assert ("待确认", "待确认") == (book.sheetnames[0], book.active.title if book.active else "")
    assert {"N01", "N02", "N13", "N16", "N20", "N21"} == set(rows)
    assert ("'原文'!D6", "'任务'!A4") == (rows["N13"][0].hyperlink.location, rows["N13"][5].hyperlink.location)
    assert ("第5行", "3.供水。", "任务3", "任务") == tuple(book["原文"].cell(6, column).value for column in (1, 4, 3, 2))


def test_open_doubts_are_said_and_answers_are_obeyed(tmp_path: Path) -> None:
    """Generate says how many doubts stand open and doctor does not call them 正常; an answer gives a task its units at once, and import puts it in for good."""
    notice = put(tmp_path, "通知.txt", NOTICE)
    run(tmp_path, "import", notice)
    before = run(tmp_path, "generate", "2025")[1]
    for code, word in (("N13", "牵头：区水务局"), ("N01", "改用"), ("N02", "甲街道、乙街道"), ("N21", "采纳"), ("N20", "忽略"), ("N16", "采纳")):
        answer(tmp_path, code, word)
    after = run(tmp_path, "generate", "2025")[1]
    health = run(tmp_path, "doctor", "--json")[1]
    run(tmp_path, "import", notice)
    book = load_workbook(tmp_path / "templates" / "任务总表.xlsx")
    tasks = {row[0].value: (row[5].value, row[6].value) for row in book["任务"].iter_rows(min_row=2)}

    assert ("还有 7 处没有处理" in before, "没有处理" in after) == (True, False), before + after
    assert all((tmp_path / "outbox" / "2025" / "发放" / f"{name}_2025年工作方案.xlsx").exists() for name in ("区水务局", "甲街道", "乙街道", "财政局"))
    assert '"待确认 0 处"' not in health
    assert (("区水务局", None), ("区工信局、财政局", None)) == (tasks["任务3"], tasks["任务2"])
    assert "33.3" in {str(row[3].value) for row in book["量化指标"].iter_rows(min_row=2)}
    assert {"已办：牵头：区水务局", "已办：改用", "采纳", "忽略"} <= {row[4].value for row in book["待确认"].iter_rows(min_row=2)}


def test_an_answer_that_is_not_understood_is_pointed_at(tmp_path: Path) -> None:
    """An answer in 处理 that means nothing is a fault at its cell, with what may stand there; nothing is issued before it is put right."""
    run(tmp_path, "import", put(tmp_path, "通知.txt", NOTICE))
    answer(tmp_path, "N13", "好的")

    code, _, complaint = run(tmp_path, "generate", "2025")

    assert (1, True) == (code, "任务总表.xlsx!待确认!E2：“处理”不能是“好的”" in complaint), complaint
    assert [] == list((tmp_path / "outbox").rglob("*_2025年工作方案.xlsx"))


def test_another_notice_is_asked_about_and_goes_beside_as_a_list(tmp_path: Path) -> None:
    """A notice that lacks the tasks of the list ends with 1 and a row in 待确认; imported with --list it stands beside, and the row is gone."""
    run(tmp_path, "import", put(tmp_path, "通知.txt", NOTICE))
    other = put(tmp_path, "实事.txt", "青江区2025年民生实事\n1.办好食堂。（责任单位：区民政局）\n2.修好步道。（责任单位：区水务局）")
    code, _, complaint = run(tmp_path, "import", other)
    beside, _, _ = run(tmp_path, "import", other, "--list", "民生实事")
    book = load_workbook(tmp_path / "templates" / "任务总表.xlsx")
    states = {row[0].value: row[9].value for row in book["任务"].iter_rows(min_row=2)}

    assert (1, "现有任务有 9 项不在这份文件里，占 100%，没有撤销。已列入任务总表的“待确认”表，请在“处理”栏里回答，再导入一次。") == (code, complaint)
    assert (0, [f"任务{number}" for number in range(1, 10)] + ["民生实事1", "民生实事2"], {None}) == (beside, list(states), set(states.values()))
    assert "N25" not in {row[7].value for row in book["待确认"].iter_rows(min_row=2)}
    assert ["民生实事"] * 2 == [row[12].value for row in book["任务"].iter_rows(min_row=2) if row[12].value]


@pytest.mark.parametrize("name", ["任务", "实事1", "a b", "一"])
def test_a_list_needs_a_plain_name(tmp_path: Path, name: str) -> None:
    """A list's name that would make numbers unreadable is refused."""
    assert 1 == run(tmp_path, "import", put(tmp_path, "通知.txt", NOTICE), "--list", name)[0]


def test_the_office_teaches_a_header(tmp_path: Path) -> None:
    """A table with unknown headers is refused with their words and where to add them; once added, it is read; a wrong reading is pointed at."""
    notice = put(tmp_path, "表.csv", "序号,攻坚项,挂帅处所\n1,修路。,区交通运输局\n2,供水。,区水务局\n")
    code, _, refused = run(tmp_path, "import", notice)
    path = tmp_path / "templates" / "通知用语.xlsx"
    book = load_workbook(path)
    for row in (("攻坚项", "任务"), ("挂帅处所", "责任"), ("颜色", "红")):
        book["表头和标签"].append(row)
    book.save(path)
    done, said, _ = run(tmp_path, "import", notice)

    assert code == 1
    assert "表头是“序号、攻坚项、挂帅处所”。请在 templates/通知用语.xlsx 的“表头和标签”表里写明" in refused
    assert (0, True, True) == (done, "工作任务 2 项" in said, "“读作”不能是“红”" in said), said


def test_a_further_list_takes_nothing_from_units_and_calendar(tmp_path: Path) -> None:
    """A second list's notice adds units; aliases, members, contacts and due days stay, also when the first list is imported again after it."""
    notice, other = put(tmp_path, "通知.txt", NOTICE), put(tmp_path, "实事.txt", OTHER)
    run(tmp_path, "import", notice)
    book = load_workbook(tmp_path / "templates/任务总表.xlsx")
    columns = {cell.value: cell.column for cell in book["单位"][1]}
    for row in (2, 3):
        book["单位"].cell(row, columns["邮箱"]).value, book["单位"].cell(row, columns["别名"]).value = f"unit{row}@example.com", f"旧名{row}局"
    book["日程"]["D3"].value = "2025-04-08"
    book.save(tmp_path / "templates/任务总表.xlsx")
    before = load_master(tmp_path / "templates/任务总表.xlsx")[0]

    for words in ((other, "--list", "民生实事"), (notice,), (other, "--list", "民生实事")):
        assert 0 == run(tmp_path, "import", *words)[0]

    after = load_master(tmp_path / "templates/任务总表.xlsx")[0]
    assert before.units == after.units[: len(before.units)]
    assert before.calendar == after.calendar
    assert {"", "民生实事"} == {task.listed for task in after.tasks}
