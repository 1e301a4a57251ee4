"""Forms of an office's own, from definition to consolidated workbook: hazards of streets by days, a budget by money; old definitions come over."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.own_forms import column, shown, write_form
from tests.small import small_workspace
from tests.views.test_valid_to_the_letter import faults
from toolkit.edges.clock import held
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.issue.form_cycles import form_cycles
from toolkit.flows.issue.generate import generate
from toolkit.flows.issue.import_notice import import_notice
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import Consolidated, consolidate
from toolkit.flows.report.documents import documents
from toolkit.model.form import EVIDENCE, STATUS, LightRule
from toolkit.model.master import Deadline, Master, Unit
from toolkit.model.period import Period
from toolkit.model.returns import Outcome

MAY, JUNE = Period(2023, 0, 5), Period(2023, 0, 6)
STREETS = ("东山街道", "西山街道", "南山街道")
MASTER = Master(
    (),
    (),
    (*(Unit(street, group="街道乡") for street in STREETS), Unit("区水务局")),
    (Deadline(str(MAY), "隐患排查", MAY.begins, MAY.ends), Deadline(str(JUNE), "预算执行", JUNE.begins, JUNE.ends)),
    title="某区2023年",
)
STATES = (("整改", "未整改", "没动", ""), ("整改", "整改中", "", ""), ("整改", "销号", "", "完成"))
HAZARDS = (
    column("隐患", "事项", needed="是"),
    column("期限", "时限", kind="日期", needed="是"),
    column("状态", "状态", kind="选项", needed="是", 选项="整改"),
    column("销号凭证", "佐证", needed="已完成"),
    column("经费", kind="小数", 计量="万元", 汇总="合计"),
)
BUDGET = (
    shown("编号", "编号"),
    shown("项目", "事项"),
    shown("预算", "预算", kind="小数", 计量="万元", 汇总="合计"),
    column("支出", "执行", kind="小数", needed="是", 计量="万元", 汇总="合计"),
)
PROJECTS = (("编号", "单位", "项目", "预算"), ("甲1", "区水务局", "泵站", 1200), ("甲2", "东山街道", "校舍", 800), ("甲3", "东山街道", "道路", 500))


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """An office with two forms of its own, and a register; its master list has no tasks at all."""
    space = small_workspace(tmp_path, MASTER)
    settings = {"期间": "月", "灯": "日期", "计分": "否", "文书": "通报、催报", "汇总表": "隐患清单", "表栏目.工作表": "隐患", "表栏目.每行": "空行"}
    write_form(space.templates / "隐患排查.xlsx", settings, {"表栏目": HAZARDS}, states=STATES)
    settings = {"期间": "月", "汇总表": "预算", "表栏目.工作表": "支出", "表栏目.每行": "清单", "表栏目.清单": "项目库"}
    write_form(space.templates / "预算执行.xlsx", settings, {"表栏目": BUDGET}, lists={"项目库": PROJECTS})
    return space


def play(space: Workspace, period: Period, sheet: str, typed: Mapping[str, Sequence[Mapping[str, object]]]) -> Consolidated:
    """Issue a period, type rows into the units' tables from the first row on, collect, consolidate."""
    with held(period.ends):
        folder = generate(space, period, only=(), progress=lambda items, _: items).folder
        for unit, rows in typed.items():
            path = next(folder.glob(f"{unit}_*.xlsx"))
            book = load_workbook(path)
            head = next(cells for cells in book[sheet].iter_rows(max_row=9) if {"支出（万元）", "隐患"} & {cell.value for cell in cells})
            columns = {str(cell.value).partition("（")[0]: cell.column for cell in head}
            for at, row in enumerate(rows, head[0].row + 1):
                for title, value in row.items():
                    book[sheet].cell(at, columns[title]).value = value  # type: ignore[assignment]
            book.save(space.inbox / path.name)
        collect(space, progress=lambda items, _: items)
        return consolidate(space, period)


def records(done: Consolidated, sheet: str) -> list[tuple[object, ...]]:
    """Read a sheet's rows below its header, as stored."""
    return list(load_workbook(done.path, data_only=True)[sheet].iter_rows(min_row=2, values_only=True))


def test_hazards_are_judged_by_their_days(space: Workspace) -> None:
    """A form of empty lines alone: red past its day, yellow near it, blue once its own word says finished; untouched lines are nowhere, nobody is scored."""
    done = play(
        space,
        MAY,
        "隐患",
        {
            "东山街道": [
                {"隐患": "围墙开裂", "期限": date(2023, 5, 20), "状态": "整改中", "经费": 3},
                {"隐患": "电线老化", "期限": date(2023, 6, 5), "状态": "没动", "经费": "5000元"},
                {"隐患": "井盖缺失", "期限": date(2023, 5, 10), "状态": "销号", "销号凭证": "照片2张"},
            ],
            "西山街道": [],
            "南山街道": [{"隐患": "漏水", "期限": date(2023, 8, 1), "状态": "销号"}],
        },
    )

    head = [cell.value for cell in load_workbook(done.path)["隐患清单"][1]]
    lights = {str(row[0]): row[head.index("灯")] for row in records(done, "隐患清单")}
    assert {"东山街道-1": "红", "东山街道-2": "黄", "东山街道-3": "蓝", "南山街道-1": "蓝"} == lights
    assert ["UNDERSTOOD", "CONVERTED", "BLANK"] == [finding.code.name for finding in done.round.findings if finding.code.name != "LATE"]
    assert [Outcome.WITH_FINDINGS, Outcome.MERGED, Outcome.WITH_FINDINGS, None] == [unit.outcome for unit in done.round.units]
    assert {"单位考核", "任务计分", "扣分明细", "量化指标"}.isdisjoint(load_workbook(done.path).sheetnames)
    assert 4 == len(records(done, "填报明细"))
    assert [] == faults(done.path)
    papers = documents(space, MAY, yellow=True, progress=lambda items, _: items)
    assert {"通报", "催报"} == {paper.kind for paper in papers.made}


def test_a_budget_is_judged_by_what_was_spent(space: Workspace) -> None:
    """A form with a list of its own gives each unit its rows; the light follows the money, amounts in other units are converted and asked about."""
    done = play(space, JUNE, "支出", {"区水务局": [{"支出": "0.1亿"}], "东山街道": [{"支出": 300}, {"支出": 40}]})

    head = [cell.value for cell in load_workbook(done.path)["预算"][1]]
    seen = [(row[0], row[head.index("支出（万元）")], row[head.index("执行率")], row[head.index("灯")]) for row in records(done, "预算")]
    assert [("甲1", 1000, 83.33, "绿"), ("甲2", 300, 37.5, "黄"), ("甲3", 40, 8, "红")] == seen
    assert ["CONVERTED"] == [finding.code.name for finding in done.round.findings]
    assert ["东山街道", "区水务局"] == [unit.unit for unit in done.round.units]
    assert {"单位考核", "任务计分"} <= set(load_workbook(done.path).sheetnames)
    assert [] == faults(done.path)


def test_a_light_ruled_in_a_sheet_of_another_name_is_read_back(space: Workspace) -> None:
    """The office's light, typed into the form's own sheet of the consolidated workbook, holds in the next one."""
    done = play(space, JUNE, "支出", {"东山街道": [{"支出": 300}, {"支出": 40}]})
    book = load_workbook(done.path)
    head = [cell.value for cell in book["预算"][1]]
    book["预算"].cell(4, head.index("认定灯") + 1).value = "黄"
    book.save(done.path)

    again = consolidate(space, JUNE)

    assert "黄" == again.assessment.lights["甲3"]


def test_the_calendar_takes_its_rounds_from_the_forms(space: Workspace) -> None:
    """Which forms a year's notice lays out is told by their 期间: the shipped ones first, an office's own beside them."""
    found = form_cycles(space)

    assert (("工作方案",), ("季度进展",), ("隐患排查", "预算执行")) == (found.yearly, found.quarterly, found.monthly)


def test_an_edited_definition_of_before_comes_over(space: Workspace) -> None:
    """A form edited before definitions said uses and stages means the same without them, and gets the new columns with their words in its own rows."""
    path = space.templates / "季度进展.xlsx"
    book = load_workbook(path)
    book["任务栏目"].delete_cols(13, 3)
    book["选项"].delete_cols(5)
    for row in reversed([cells[0].row for cells in book["表单"].iter_rows() if cells[0].value in {"灯", "计分", "文书", "汇总表", "语言"}]):
        book["表单"].delete_rows(row)
    book["任务栏目"]["B12"] = "完成百分比"
    book.save(path)
    before, faults_before = load_form(path)
    (space.records / "模板底稿.json").unlink(missing_ok=True)

    with open_office(space, alone=True):
        pass
    after, _ = load_form(path)

    assert () == faults_before
    assert before is not None
    assert after is not None
    assert (LightRule.PROGRESS, True, "已完成") == (before.light, before.scored, before.main.words_of(before.main.stage("已完成"))[0])  # type: ignore[arg-type]
    assert before.tables == tuple(replace(table) for table in after.tables)
    assert ("完成百分比", "状态", "佐证") == (after.main.fields[10].title, *(cell_of(path, code) for code in (STATUS, EVIDENCE)))


def cell_of(path: Path, code: str) -> object:
    """Give the 用途 that stands in a column's row."""
    sheet = load_workbook(path)["任务栏目"]
    column_of = {cell.value: cell.column for cell in sheet[1]}
    return next(row[column_of["用途"] - 1].value for row in sheet.iter_rows(min_row=2) if row[0].value == code)


def test_a_form_goes_to_whom_it_names(space: Workspace) -> None:
    """发给 names classes and units that get a form; a name there, or in a list, that is nobody's is asked about (LIST_UNIT)."""
    path = space.templates / "隐患排查.xlsx"
    book = load_workbook(path)
    book["表单"].append(("发给", "街道乡、某某局"))
    book.save(path)

    done = generate(space, MAY, only=(), progress=lambda items, _: items)

    assert STREETS == done.issued
    assert [("LIST_UNIT", "某某局")] == [(finding.code.name, finding.facts["seen"]) for finding in done.findings if finding.code.name == "LIST_UNIT"]


def test_a_row_of_a_unit_that_does_not_get_the_form_is_asked_about(space: Workspace) -> None:
    """A list's row whose unit 发给 leaves out is answered by nobody, which is said at the cell of its unit."""
    path = space.templates / "预算执行.xlsx"
    book = load_workbook(path)
    book["表单"].append(("发给", "街道乡"))
    book.save(path)

    done = generate(space, JUNE, only=(), progress=lambda items, _: items)

    assert ("东山街道",) == done.issued
    assert [("项目库", "B2", "区水务局")] == [
        (found.place.sheet, found.place.cell, found.facts["seen"]) for found in done.findings if found.code.name == "NO_EFFECT"
    ]


def test_a_list_may_stand_in_the_master_list(space: Workspace) -> None:
    """A form's list may be a sheet of 任务总表, that is kept when another notice is read into it."""
    path = space.templates / "预算执行.xlsx"
    book = load_workbook(path)
    book.remove(book["项目库"])
    book.save(path)
    master = load_workbook(space.master)
    for row in PROJECTS[:2]:
        (master["项目库"] if "项目库" in master.sheetnames else master.create_sheet("项目库")).append(row)
    master.save(space.master)
    notice = space.root / "通知.txt"
    notice.write_text("2023年任务\n1.修桥。（牵头单位：区水务局）\n2.修路。（牵头单位：区水务局）\n", "utf-8")

    done = import_notice(space, notice, 2023)

    june = next(line.period for line in done.master.calendar if line.form == "预算执行" and line.period.startswith("2023M06"))
    assert ("区水务局",) == generate(space, Period.parse(june), only=(), progress=lambda items, _: items).issued
