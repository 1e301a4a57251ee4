"""Formulas of an own form keep what they come to: in the form as issued, and in the answer that is typed into it."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.levels.offices import adopted, issued, taken_in
from tests.office import convert, has_office
from tests.own_forms import column, shown, write_form
from tests.small import small_workspace
from toolkit.flows.levels.answer import answer
from toolkit.model.master import Deadline, Master, Unit
from toolkit.model.period import Period

Q2, NAME = Period(2026, 2), "执行"
_FORMULAS = {
    "结余": "=[预算]-[支出]",
    "执行率": 'IF([预算]=0,"",ROUND([支出]/[预算]*100,2))',
    "评语": 'IF([支出]="","还没有报",IF([支出]>[预算],"超支","剩"&([预算]-[支出])))',
}


def _definition(folder: Path) -> None:
    fields = (
        shown("编号"), shown("预算", kind="小数", 计量="万元"), column("支出", kind="小数", needed="是", 汇总="合计", 计量="万元"),
        *(column(title, source="公式", kind="小数" if title != "评语" else "文本", 取自=formula) for title, formula in _FORMULAS.items()),
    )  # fmt: skip
    rows = (("单位", "编号", "预算"), ("东湖街道", "A", 100), ("东湖街道", "B", 20.5), ("东湖街道", "C", 7))
    settings = {"执行栏目.工作表": NAME, "执行栏目.每行": "清单", "灯": "无"}
    write_form(folder / "templates" / f"{NAME}.xlsx", settings, {"执行栏目": fields}, lists={"执行清单": rows})


def _seen(path: Path) -> list[list[object]]:
    """Give what a reader that does not recalculate sees in the columns of formulas."""
    rows = [[cell.value for cell in row] for row in load_workbook(path, data_only=True)[NAME].iter_rows()]
    return [[_plain(value) for value in row[3:6]] for row in rows if row[0] in {"A", "B", "C"}]


def _plain(value: object) -> object:
    return round(value, 9) if isinstance(value, float) else value


@pytest.mark.skipif(not has_office(), reason="needs LibreOffice")
def test_an_answers_formulas_hold_what_libreoffice_makes_of_them(tmp_path: Path) -> None:
    """
    As issued and in the answer, balance, rate and remark stand as values, equal to those that LibreOffice works out anew, and so does the counter of blanks.
    """
    calendar = (Deadline("2026Q2", NAME, date(2026, 4, 1), date(2026, 6, 30)),)
    above = small_workspace(tmp_path / "district", Master((), (), (Unit("东湖街道", group="街道乡"),), calendar, title="执行"))
    _definition(above.root)
    form = issued(above, Q2)["东湖街道"]
    street, _ = adopted(form, tmp_path / "street", {"一社区": "A", "二社区": "A、B"})
    forms = issued(street, Q2)
    for unit, spent in {"一社区": {"A": 30.1}, "二社区": {"A": 40.2, "B": 21}}.items():
        book = load_workbook(forms[unit])
        for row in book[NAME].iter_rows():
            if row[0].value in spent:
                row[2].value = spent[row[0].value]
        book.save(street.inbox / f"{unit}.xlsx")
    taken_in(street)
    done = answer(street, Q2, None)

    assert [[100, 0, "还没有报"], [20.5, 0, "还没有报"], [7, 0, "还没有报"]] == _seen(form)
    assert [[29.7, 70.3, "剩29.7"], [-0.5, 102.44, "超支"], [7, 0, "还没有报"]] == _seen(done.path)
    anew = convert(done.path, "xlsx", tmp_path / "anew")
    assert _seen(anew) == _seen(done.path)
    counted = [load_workbook(path, data_only=True)[NAME]["A3"].value for path in (anew, done.path)]
    assert ["还有 1 处必填未填（红色单元格）"] * 2 == counted
