"""A form that is English by itself may have a title that is the English of another form's: each is read as its own."""

from pathlib import Path

from openpyxl import load_workbook

from tests.own_forms import column, shown, write_form
from tests.small import small_workspace
from toolkit.edges.clock import held
from toolkit.flows.intake.collect import collect
from toolkit.flows.issue.generate import generate
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.master import Deadline, Master, Unit
from toolkit.model.period import Period

MAY = Period(2023, 0, 5)
MASTER = Master((), (), (Unit("区交通局"),), (Deadline(str(MAY), "Contracts", MAY.begins, MAY.ends),))
FIELDS = (
    shown("Contract", "事项"),
    column("Paid", kind="小数", 计量="万元"),
    column("Status", "状态", kind="选项", needed="是", 选项="Status"),
    column("Problems", "问题"),
    column("Next steps", "下步措施"),
    column("Remarks", "说明"),
)
STATES = (("Status", "Tendering", "", "未开始"), ("Status", "Signed", "", "进行"), ("Status", "Delivered", "", "完成"))


def test_a_title_that_another_form_s_is_called_in_english_is_the_form_s_own(tmp_path: Path) -> None:
    """Remarks, Status, Problems and Next steps of an English form come in as typed, whatever 说明 or 进展状态 of the quarterly form are called in English."""
    space = small_workspace(tmp_path, MASTER)
    settings = {"期间": "月", "灯": "日期", "计分": "否", "语言": "en", "表栏目.工作表": "Contracts", "表栏目.每行": "清单", "表栏目.清单": "Contract list"}
    contracts = {"Contract list": (("单位", "Contract"), ("区交通局", "Buses"))}
    write_form(space.templates / "Contracts.xlsx", settings, {"表栏目": FIELDS}, states=STATES, lists=contracts)
    typed = {"Status": "Signed", "Problems": "Late delivery", "Next steps": "Call the supplier", "Remarks": "Nothing else"}

    with held(MAY.ends):
        path = next(generate(space, MAY, only=(), progress=lambda items, _: items).folder.glob("*.xlsx"))
        book = load_workbook(path)
        head = next(cells for cells in book["Contracts"].iter_rows() if "Remarks" in {cell.value for cell in cells})
        for cell in head:
            if cell.value in typed:
                book["Contracts"].cell(cell.row + 1, cell.column).value = typed[str(cell.value)]
        book.save(space.inbox / path.name)
        arrival = collect(space, progress=lambda items, _: items).arrivals[0]
        state = consolidate(space, MAY).round
    form, rows = state.task_form, [task.lead.row for task in state.tasks if task.lead is not None]

    assert [] == [finding.message for finding in arrival.findings]
    assert [typed] == [{field.title: row.value(field.code) for field in form.main.filled if field.title in typed} for row in rows]
