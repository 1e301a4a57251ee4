"""汇总 in a form's further tables: sums, means and counts by unit in 总览, live over 填报明细; what cannot be put together is said with its cell."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.levels.offices import issued, taken_in
from tests.office import convert
from tests.own_forms import column, shown, write_form
from tests.small import small_workspace
from toolkit.edges.templates.read_forms import load_form
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.master import Deadline, Master, Unit
from toolkit.model.period import Period

MAY, NAME = Period(2026, month=5), "项目"
UNITS = ("甲局", "乙局", "丙局")


def _definition(folder: Path, **more: object) -> Path:
    main = (shown("编号"), shown("名称", "事项"), column("进展", needed="是"))
    spent = (
        column("用途", code="what"),
        column("金额", code="money", kind="小数", 汇总="合计", 计量="万元"),
        column("单价", code="price", kind="小数", 汇总="平均"),
        column("日子", code="day", kind="日期", 汇总="计数"),
        column("票号", code="bill", 汇总="计数"),
        *(column(**more) for more in [more] if more),
    )
    settings = {"期间": "月", "灯": "无", "A栏目.工作表": NAME, "A栏目.每行": "清单", "A栏目.清单": "项目清单", "B栏目.工作表": "支出", "B栏目.每行": "空行"}
    rows = (("单位", "编号", "名称"), *((unit, str(number), f"项目{number}") for number, unit in enumerate(UNITS, 1)))
    return write_form(folder / "templates" / f"{NAME}.xlsx", settings, {"A栏目": main, "B栏目": spent}, lists={"项目清单": rows})


_TYPED = {
    "甲局": (("纸", 1.5, 3, "2026-05-03", "A1"), ("笔", "2000元", 4, None, None)),
    "乙局": (("车", -0.2, None, "2026-05-09", "B1"),),
    "丙局": (),
}


def _played(tmp_path: Path) -> Path:
    calendar = (Deadline("2026M05", NAME, date(2026, 5, 1), date(2026, 5, 31)),)
    space = small_workspace(tmp_path, Master((), (), tuple(map(Unit, UNITS)), calendar, title="项目"))
    _definition(tmp_path)
    for unit, path in issued(space, MAY).items():
        book = load_workbook(path)
        book[NAME]["C5"].value = "在做"
        for at, values in enumerate(_TYPED[unit], 5):
            for column_at, value in enumerate(values, 1):
                book["支出"].cell(at, column_at).value = value
        book.save(space.inbox / f"{unit}.xlsx")
    taken_in(space)
    return consolidate(space, MAY).path


def _table(path: Path) -> list[list[object]]:
    rows = [[cell.value for cell in row if cell.value is not None] for row in load_workbook(path, data_only=True)["总览"].iter_rows()]
    first = next(at for at, row in enumerate(rows) if row and str(row[0]).endswith("支出"))
    return [[round(value, 4) if isinstance(value, float) else value for value in row] for row in rows[first + 1 : first + 5]]


def test_a_second_table_is_put_together(tmp_path: Path) -> None:
    """
    Sums (元 turned into 万元, a minus too), means and counts of added lines stand by unit and on the whole, and LibreOffice works out the same.
    """
    book = _played(tmp_path)

    expected = [
        ["单位", "项数", "金额（万元）合计", "单价平均", "日子计数", "票号计数"],
        ["甲局", 2, 1.7, 3.5, 1, 1],
        ["乙局", 1, -0.2, 1, 1],
        ["合计", 3, 1.5, 3.5, 2, 2],
    ]
    assert expected == [[value for value in row if value != ""] for row in _table(book)]
    assert expected == [[value for value in row if value != ""] for row in _table(convert(book, "xlsx", tmp_path / "anew"))]


def test_what_comes_to_nothing_is_said(tmp_path: Path) -> None:
    """
    A weighted column of a second table, whose rows have no weights, is pointed at with what to write instead.
    """
    _, faults = load_form(_definition(tmp_path, title="份额", kind="小数", 汇总="加权"))

    assert [("B栏目", "A7")] == [fault.place[1:3] for fault in faults]
    remedy = "这一栏认得的是：第一张表的加权；别的表的行没有权重，请改成合计、平均或计数。"
    assert [f"“汇总”写的是“加权”，不起作用。{remedy}"] == [f"{fault.message}{fault.advice}" for fault in faults]


def test_a_form_without_lights_and_scores_has_no_parameters(tmp_path: Path) -> None:
    """
    参数与图例 of a form that neither is scored nor has lights lists no parameter that nothing reads.
    """
    legend = load_workbook(_played(tmp_path))["参数与图例"]

    assert "这种表不亮灯、不计分，没有参数。" == legend["A1"].value
    assert [] == [cell.value for row in legend.iter_rows() for cell in row if cell.value in {"yellow_gap", "full_marks", "excellent_share"}]
