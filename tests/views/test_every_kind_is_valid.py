"""Everything that a year writes, from the master list to the closed papers, is valid Open XML to the letter; and every writer of the program is among it."""

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.scoring.hands import appeal, rule, rulings_book, without_pdf, write
from tests.small import filled_row, type_into
from tests.time.small_year import BUREAU, DUE, PLANNERS, Q1, Q2, TOWN, YEAR, book, close, issue, lay, office, quietly, sent_on, take_in
from tests.views.test_valid_to_the_letter import OPENPYXL, faults
from toolkit.edges.clock import held
from toolkit.edges.played_request import bring_up
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.write_form import form_bytes
from toolkit.edges.workspace import Workspace, open_workspace, real_notice
from toolkit.flows.issue.generate import generate
from toolkit.flows.issue.import_notice import import_notice
from toolkit.flows.issue.new_form import new_form
from toolkit.flows.issue.paper_forms import SETTING
from toolkit.flows.levels.adopt import Wishes, adopt
from toolkit.flows.levels.answer import answer
from toolkit.flows.report.analyse import write_analysis
from toolkit.flows.report.documents import documents
from toolkit.flows.report.export import Format, export, export_public
from toolkit.flows.report.export_evidence import export_evidence
from toolkit.flows.upkeep.doctor import doctor

TOOLKIT = Path(__file__).parents[2] / "toolkit"
# Where the program writes workbooks and papers, and under which name below the year's folder they are found.
WRITERS = {
    "flows/issue/generate.py": "outbox/2023Q1/发放/*.xlsx",
    "flows/issue/paper_forms.py": "outbox/2023Q2/发放/签批表/*.docx",
    "flows/issue/dispatch_forms.py": "outbox/2023Q1/*发放清单.xlsx",
    "flows/intake/write_receipts.py": "outbox/2023Q1/退回/*_退改.xlsx",
    "flows/report/consolidate.py": "outbox/*/汇总/*.xlsx",
    "flows/report/scorecards.py": "outbox/2023Q1/成绩/成绩单_*.xlsx",
    "flows/report/appeal_papers.py": "outbox/2023Q1/成绩/申诉表_*.xlsx",
    "flows/report/analyse.py": "outbox/2023/分析/*.xlsx",
    "flows/report/export.py": "数据/*.xlsx",
    "flows/report/export_evidence.py": "交出/*清单.xlsx",
    "flows/report/documents.py": "outbox/*/文书/**/*.docx",
    "edges/templates/write_master.py": "templates/任务总表.xlsx",
    "edges/templates/master_patch.py": "templates/任务总表.xlsx",
    "edges/templates/next_year_sheet.py": "templates/任务总表.xlsx",
    "edges/templates/upgrade_templates.py": "templates/*.xlsx",
    "edges/templates/own_sheets.py": "templates/任务总表.xlsx",
    "edges/templates/write_definition.py": "templates/夜间巡查.xlsx",
    "flows/upkeep/draw_forms.py": "outbox/试看/*.xlsx",
    "edges/templates/write_form.py": "下级/templates/*.xlsx",
    "edges/templates/units_below.py": "下级/下级单位.xlsx",
    "edges/writing/fill_form.py": "下级/outbox/*/上报/*.xlsx",
    "flows/levels/answer.py": "下级/outbox/*/上报/*.xlsx",
}
PAPERS = {"通报", "督办通知单", "催报通知", "催报名单", "工作方案汇编", "签批页", "签批表", "申诉答复", "催办通知", "约谈通知"}
# Not handed to anybody: the drawing itself, what only plays a clerk, a picture, what an Excel saves itself.
OTHERS = {
    "edges/writing/write_workbooks.py",
    "edges/writing/write_documents.py",
    "edges/played_clerk.py",
    "edges/played_request.py",
    "edges/played_file_tricks.py",
    "edges/excel_app.py",
    "edges/writing/fast/workbook_cloning.py",
}
_WRITES = re.compile(r"(?<![\w.])(?:draw|draw_paper)\(|\w\.save\(")


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """An office after a year's plan, a quarter that was returned with faults, ruled on and closed, another that was issued, and the next year's list."""
    space = office(tmp_path_factory.mktemp("year"))
    with held(date(2023, 1, 4)):
        generate(space, YEAR, only=(), progress=quietly)  # type: ignore[arg-type]
    issue(space, Q1)
    lay(space, Q1, BUREAU, progress=3)
    wrong = filled_row("任务3") | filled_row("任务2", lead=False) | {("任务进展", "任务3", "累计进度"): "三成"}
    type_into(space.out(Q1, "发放") / f"{TOWN}_{Q1.label}进展.xlsx", space.inbox / "东山.xlsx", wrong)
    bring_up(space.inbox / "东山.xlsx", ("任务3", "申请办结", None, None, "办完了", "验收单"), {"需协调事项": "请协调用地指标。"}, "任务3")
    sent_on(space.inbox / "东山.xlsx", DUE[Q1].replace(day=25))
    _climb_at_once(space)
    take_in(space, DUE[Q1])
    book(space, Q1, date(2023, 4, 3))
    with held(date(2023, 4, 3)):
        for period in (Q1, YEAR):
            documents(space, period, yellow=True, progress=quietly)  # type: ignore[arg-type]
        documents(space, Q1, yellow=True, progress=quietly)  # type: ignore[arg-type]
    close(space, Q1, date(2023, 4, 5))
    _appeal(space)
    _change_a_target(space)
    (space.root / "settings.toml").write_text(f"{SETTING} = true\n", "utf-8")
    issue(space, Q2)
    lay(space, Q2, PLANNERS, progress=40)
    picture = space.inbox / PLANNERS / "任务1" / "现场.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(500))
    sent_on(picture, DUE[Q2].replace(day=25))
    take_in(space, DUE[Q2])
    for period in (Q2, YEAR):
        book(space, period, date(2023, 7, 3))
    with held(date(2023, 7, 3)):
        write_analysis(space, 2023)
        export(space, (), space.root / "数据", Format.XLSX)
        export_public(space, (), space.root / "数据")
        export_evidence(space, (), space.root / "交出")
        _answer_above(space)
        new_form(space, "夜间巡查", "")
        doctor(space)
    return space


def _climb_at_once(space: Workspace) -> None:
    """Let the office chase and call for talks without a day between."""
    path = space.templates / "考核规则.xlsx"
    rules = load_workbook(path)
    for row in rules["督办阶梯"].iter_rows(min_row=2):
        if (row[0].value, row[1].value) in {("催办", "未报"), ("约谈", "上一级无反馈")}:
            row[2].value, row[5].value = 0, "是"
        elif row[1].value == "未报":
            row[5].value = "否"
    rules.save(path)


def _answer_above(space: Workspace) -> None:
    """Let a unit that has another below it adopt its form, with a column that no shipped form has, and answer."""
    below = open_workspace(space.root / "下级")
    form = next((space.root / "outbox" / "2023Q2" / "发放").glob(f"{TOWN}_*.xlsx"))
    adopt(below.root, form, None, Wishes())
    register = load_workbook(below.root / "下级单位.xlsx")
    register["下级单位"].append(["东山一村"])
    register.save(register_path := below.root.parent / "名单.xlsx")
    adopt(below.root, form, None, Wishes(register_path))
    register_path.unlink()
    known, _ = load_form(below.templates / "季度进展.xlsx")
    assert known is not None
    (below.templates / "季度进展.xlsx").write_bytes(form_bytes(known))
    issue(below, Q2)
    answer(below, Q2, None)


def _appeal(space: Workspace) -> None:
    """Write scorecards without their PDFs; let a unit appeal, and the office uphold it."""
    with pytest.MonkeyPatch.context() as patch:
        without_pdf(patch)
        write(space, date(2023, 4, 6))
        appeal(space, BUREAU, date(2023, 4, 8), item="错误", opinion="不应扣分")
        take_in(space, date(2023, 4, 8))
        write(space, date(2023, 4, 9))
        rule(rulings_book(space), BUREAU, "支持", reason="属实")
        write(space, date(2023, 4, 10))


def _change_a_target(space: Workspace) -> None:
    """Type another target into the master list, which enters 调整台账 when it is read."""
    sheet = (opened := load_workbook(space.master))["量化指标"]
    at = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, at["目标值"] or 0).value = 90  # type: ignore[assignment]
    opened.save(space.master)


def test_every_file_of_a_year_is_valid(space: Workspace) -> None:
    """Each workbook and paper that lies in the workspace after the year; what openpyxl writes shows nothing but what is listed with its reason."""
    files = [path for path in space.root.rglob("*") if path.suffix in {".xlsx", ".docx"} and "records" not in path.relative_to(space.root).parts]

    assert [] == [(path.name, fault) for path in files for fault in faults(path) if not (_is_of_openpyxl(path) and _is_known(fault))]


def test_every_writer_wrote_something(space: Workspace) -> None:
    """Nothing is missing among what was held to the letter: every writer and every sort of paper has its files."""
    papers = {path.name for path in space.root.rglob("*.docx")}

    assert [] == [writer for writer, pattern in WRITERS.items() if not list(space.root.glob(pattern))]
    assert [] == [sort for sort in PAPERS if not any(sort in name for name in papers)]
    assert "调整台账" in load_workbook(space.master).sheetnames


def test_no_writer_is_left_out() -> None:
    """A place of the program that writes a workbook or a paper stands in the lists above; a new one is added there with a file of its own."""
    found = {path.relative_to(TOOLKIT).as_posix() for path in TOOLKIT.rglob("*.py") if _WRITES.search(path.read_text("utf-8"))}

    assert set(WRITERS) | OTHERS == found


def test_the_next_years_list_is_valid(space: Workspace) -> None:
    """The list of a new year, with what the old one left unfinished on offer."""
    with held(date(2024, 1, 3)):
        import_notice(space, real_notice(), 2024)

    assert "上年结转" in load_workbook(space.master).sheetnames
    assert [] == [fault for fault in faults(space.master) if not _is_known(fault)]


def _is_of_openpyxl(path: Path) -> bool:
    return path.parent.name in {"templates", "上报"} or path.name == "下级单位.xlsx"


def _is_known(fault: str) -> bool:
    return any(known in fault for known in OPENPYXL)
