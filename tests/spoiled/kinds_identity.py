"""Whose return it is: seals lost, broken, forged; other units, periods, offices; versions and copies."""

import io

from openpyxl import Workbook, load_workbook

from tests.spoiled.office import FIGURES, MAIN, NEXT, OLD, OTHER, REQUESTS, TEXTS, Case, End, Kind, clean, fill, ignored, marked, out, refused, saved, waits
from tests.spoiled.surgery import Make, edited
from toolkit.model.returns import Outcome

SEAL = "_封签"
SHEETS = ("填报说明", MAIN, FIGURES, REQUESTS)  # each shows unit and receipt code


def _strip_seal(book: Workbook) -> None:
    del book[SEAL]


def _strip_all(book: Workbook) -> None:
    """Take seal, receipt code, defined name and property away, and leave the unit's name."""
    _strip_seal(book)
    del book.defined_names["receipt_code"]
    book.custom_doc_props.props.clear()
    for name in SHEETS:
        book[name]["A2"] = str(book[name]["A2"].value).partition("回执编号")[0]


def _strip_unit_too(book: Workbook) -> None:
    _strip_all(book)
    for name in SHEETS:
        book[name]["A2"] = None


def _unit_line_gone(book: Workbook) -> None:
    """Leave the receipt code as the only sign of whose it is."""
    _strip_seal(book)
    for name in SHEETS:
        book[name]["A2"] = str(book[name]["A2"].value).partition("回执编号：")[2]


def _show_seal(book: Workbook) -> None:
    book[SEAL].sheet_state = "visible"


def _break_seal(book: Workbook) -> None:
    book[SEAL]["A2"] = str(book[SEAL]["A2"].value)[:-40]


def _forge(book: Workbook) -> None:
    text = str(book[SEAL]["A2"].value)
    book[SEAL]["A2"] = text[:-30] + text[-30:].swapcase()
    for name in SHEETS:
        book[name]["A2"] = str(book[name]["A2"].value).partition("回执编号")[0]


def _title(text: str) -> Make:
    """Write another line under the titles, with its receipt code kept."""

    def change(book: Workbook) -> None:
        for name in SHEETS:
            line = str(book[name]["A2"].value)
            book[name]["A2"] = f"{text}    回执编号：{line.partition('回执编号：')[2]}"

    return edited(change)


def _others_table(case: Case) -> bytes:
    """Another unit's filled sheet pasted over one's own."""
    mine, theirs = load_workbook(io.BytesIO(case.filled)), load_workbook(io.BytesIO(fill(case.rest["别的镇"])))
    for row in theirs[MAIN].iter_rows(max_row=3, max_col=1):
        for cell in row:
            mine[MAIN][cell.coordinate] = cell.value
    return saved(mine)


def _two_units_in_one(case: Case) -> bytes:
    """Another unit's sheets, with its seal, put into one's own book."""
    mine, theirs = load_workbook(io.BytesIO(case.filled)), load_workbook(io.BytesIO(fill(case.rest["别的镇"])))
    for name in (MAIN, SEAL):
        copy = mine.create_sheet(f"{name}（{OTHER}）")
        for row in theirs[name].iter_rows(values_only=True):
            copy.append(row)
    return saved(mine)


def _foreign_tasks(book: Workbook) -> None:
    """Another list of tasks typed over the issued one."""
    for row in range(5, 10):
        book[MAIN].cell(row, 1).value = f"任务{row + 50}"
        book[MAIN].cell(row, 2).value = f"别的事情之{row}，与本表无关。"


def _typed_again(case: Case) -> bytes:
    """A table of one's own making with the same tasks, without title."""
    book = Workbook()
    book.active.append(["序号", "工作任务", "完成情况"])
    for at, text in enumerate(TEXTS, 1):
        book.active.append([f"任务{at}", text, "正在做"])
    book.active["E1"] = case.unit
    return saved(book)


def _versions(case: Case) -> dict[str, bytes]:
    """Two returns, the second one corrected and with a blank where a value stood."""
    return {"第一次.xlsx": case.filled, "第二次.xlsx": fill(case.blank, {"任务1.progress": 35, "任务1.problem": None})}


def _twice(case: Case) -> dict[str, bytes]:
    content = case.filled
    return {"来件.xlsx": content, "来件 - 副本(1).xlsx": content}


KINDS = (
    Kind("隐藏的封签表被删", edited(_strip_seal), marked("NO_SEAL")),
    Kind("封签、回执编号、文档属性全没了", edited(_strip_all), waits("GUESSED")),
    Kind("连表上的单位名称也没了，只有文件夹写着", edited(_strip_unit_too), waits("GUESSED")),
    Kind("封签没了，只剩回执编号", edited(_unit_line_gone), waits("NO_SEAL UNIT_UNSEEN")),
    Kind("封签表被取消隐藏", edited(_show_seal), clean()),
    Kind("封签损坏", edited(_break_seal), marked("BROKEN_SEAL")),
    Kind("封签被改、回执编号被删", edited(_forge), refused("FORGED")),
    Kind("别处办公室发的表", lambda case: fill(case.rest["外地"]), refused("FOREIGN_SEAL")),
    Kind("交来别的单位的表", lambda case: fill(case.rest["别的镇"]), clean(unit=OTHER)),
    Kind("把别的单位的表头粘进来", _others_table, waits("DISAGREE DISAGREE")),
    Kind(
        "两个单位装在一个工作簿",
        _two_units_in_one,
        {
            "来件.xlsx": ignored("SEVERAL_UNITS"),
            "来件.xlsx/{单位}〔任务进展：第1-9、11行；指标进展：第1-5、7行〕": clean(),
            f"来件.xlsx/{OTHER}〔任务进展（{OTHER}）：第1-9、11行〕": marked("SHEET_RENAMED NO_SHEET", out("任务1|新建标准厂房"), unit=OTHER),
        },
    ),
    Kind("填报单位改成别的单位", _title(f"填报单位：{OTHER}"), waits("DISAGREE")),
    Kind("期间改成第二季度", _title("期间：2023年第二季度"), waits("OTHER_PERIOD")),
    Kind("交了下一季的表", lambda case: fill(case.rest["二季度"]), clean(unit=NEXT)),
    Kind("用了上一次发的旧表", lambda case: fill(case.rest["旧表"]), clean("OLDER_ISSUE", unit=OLD)),
    Kind("文件名写着别的季度", lambda case: case.filled, waits("OTHER_PERIOD"), "2023年第三季度进展.xlsx"),
    Kind("文件名随便起、放在子文件夹", lambda case: case.filled, clean(), "各镇/报送/~最终版2(1).xlsx"),
    Kind("任务全换成了别的事", edited(_foreign_tasks), waits("OTHER_ROWS")),
    Kind("自己另做了一张表", _typed_again, waits("GUESSED")),
    Kind("原样交回空表", lambda case: case.blank, End(Outcome.IGNORED, "BLANK_FORM")),
    Kind(
        "先后报了两次，第二次空了一格",
        _versions,
        {
            "第一次.xlsx": clean(),
            "第二次.xlsx": clean("", {"任务1.progress": "35", "任务1.problem": None}),
        },
    ),
    Kind("同一个文件交了两遍", _twice, {"来件 - 副本(1).xlsx": clean(), "来件.xlsx": End(Outcome.IGNORED, "DUPLICATE")}),
)
