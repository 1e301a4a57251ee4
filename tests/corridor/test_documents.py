"""documents: what is written when, what is kept of it, and what is never written over."""

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.papers.drawn import quiet, tables, texts
from tests.small import MASTER, filled_row, issue, made_once, small_workspace, type_into
from toolkit.edges.files import write_file
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.documents import documents
from toolkit.flows.report.written_papers import Documents
from toolkit.model.master import Deadline
from toolkit.model.period import Period
from toolkit.model.supervision import Step

Q2, Q3 = Period(2023, 2), Period(2023, 3)
BULLETIN = "关于2023年第二季度目标任务进展情况的通报.docx"


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace in July whose second quarter has one red task (任务3, 东山镇) and one yellow one (任务2, 云溪县工信局); 云溪县发改局 is silent."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-07-03")
    return made_once(tmp_path, _in_july, "july")


def _in_july(folder: Path) -> Workspace:
    third = Deadline("2023Q3", "季度进展", date(2023, 7, 1), date(2023, 9, 30))
    space = small_workspace(folder, replace(MASTER, calendar=(*MASTER.calendar, third)))
    issued = issue(space, Q2)
    report(space, issued, "东山镇", filled_row("任务2", lead=False) | filled_row("任务3", progress=5))
    report(space, issued, "云溪县工信局", filled_row("任务1", progress=55) | filled_row("任务2", progress=35))
    return space


def report(space: Workspace, issued: Path, unit: str, cells: dict[tuple[str, str, str], object]) -> None:
    """Let a unit fill in and send on 28 June; collect."""
    target, sent = space.inbox / f"{unit}.xlsx", datetime(2023, 6, 28, 9).timestamp()  # noqa: DTZ001 - file times are local
    type_into(next(issued.glob(f"{unit}_*.xlsx")), target, cells)
    os.utime(target, (sent, sent))
    collect(space, progress=quiet)


def write(space: Workspace, period: Period = Q2, *, yellow: bool = False) -> Documents:
    return documents(space, period, yellow=yellow, progress=quiet)


def fates(done: Documents) -> dict[str, str]:
    return {one.name: one.fate.value for one in done.made}


def test_a_quarter_calls_for_these_papers(space: Workspace) -> None:
    """A bulletin, a letter for the red task, reminders to who is silent and a sign-off page for each return; a second run changes nothing."""
    names = [
        BULLETIN,
        "督办通知单/督办通知单〔2023〕1号_任务3.docx",
        "催报/催报名单.docx",
        "催报/催报通知_云溪县发改局.docx",
        "催报/催报文字.txt",
        "签批页/签批页_云溪县工信局.docx",
        "签批页/签批页_东山镇.docx",
        "签批表/签批表_云溪县工信局.docx",
        "签批表/签批表_东山镇.docx",
    ]

    first, again = write(space), write(space)

    assert dict.fromkeys(names, "新写") == fates(first)
    assert dict.fromkeys(names, "没有变化") == fates(again)
    assert ((), ()) == (first.findings, first.left)
    assert sorted(names) == sorted(path.relative_to(first.folder).as_posix() for path in first.folder.rglob("*.*"))


def test_an_edited_paper_is_never_written_over(space: Workspace) -> None:
    """What somebody edited stays as it is, time and again; the new text stands beside it and is renewed there until that is edited too."""
    folder = write(space).folder
    edited = Document(str(folder / BULLETIN))
    edited.add_paragraph("经办人加的一句话。")
    edited.save(str(folder / BULLETIN))
    kept = (folder / BULLETIN).read_bytes()
    beside = BULLETIN.replace(".docx", "（新）.docx")

    assert "写在旁边" == fates(write(space))[beside]
    assert kept == (folder / BULLETIN).read_bytes()
    assert "〔2023〕1号" in texts(folder / beside)
    write(space)
    assert [BULLETIN, beside] == sorted(path.name for path in folder.glob("*.docx"))
    (folder / beside).write_bytes(b"edited as well")
    assert "写在旁边" == fates(write(space))[BULLETIN.replace(".docx", "（新2）.docx")]
    assert (kept, b"edited as well") == ((folder / BULLETIN).read_bytes(), (folder / beside).read_bytes())


def test_a_letter_keeps_its_number_and_no_number_comes_twice(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A task keeps its letter's number and deadline in later runs; further letters take the next numbers of the year, whatever became of the first."""
    write(space)
    with open_office(space) as office, office.ledger.writing() as connection:
        assert office.ledger.papers.update_supervision(connection, 2023, 1, state=Step.CLOSED, feedback="已开工", note="")
        assert not office.ledger.papers.update_supervision(connection, 2023, 9, state=Step.CLOSED, feedback="", note="")
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-07-20")
    write(space, yellow=True)
    write(space, yellow=True)

    with open_office(space) as office:
        letters = office.ledger.papers.supervision("2023Q2")
    assert [
        ("〔2023〕第1号", "任务3", "东山镇", Step.CLOSED, date(2023, 7, 10), "已开工"),
        ("〔2023〕第2号", "任务2", "云溪县工信局", Step.ASSIGNED, date(2023, 7, 27), ""),
    ] == [(letter.reference, letter.task, letter.unit, letter.state, letter.deadline, letter.feedback) for letter in letters]


def test_another_quarters_letter_takes_the_next_number(space: Workspace) -> None:
    """The next quarter's letter on the same task has a number of its own, and its bulletin the next of the year."""
    write(space)
    issued = issue(space, Q3)
    report(space, issued, "东山镇", filled_row("任务2", lead=False) | filled_row("任务3", progress=6))

    done = write(space, Q3)

    assert "督办通知单/督办通知单〔2023〕2号_任务3.docx" in fates(done)
    said = texts(done.folder / BULLETIN.replace("第二", "第三"))
    assert "〔2023〕2号" in said
    assert any("与第二季度相比" in one for one in said)


def test_a_letter_says_what_is_asked_by_when_and_brings_its_slip(space: Workspace) -> None:
    """The letter names task, figures and deadline in working days; the slip has its number and room for the answer."""
    matter, slip = tables(write(space).folder / "督办通知单" / "督办通知单〔2023〕1号_任务3.docx")

    assert [
        ["督办事项", "完成老旧小区改造（2023年第二季度严重滞后（红灯））"],
        ["任务来源", "《云溪县2023年目标任务》任务3"],
        ["牵头单位", "东山镇"],
        ["进展情况", "计划进度50%，累计进度5%，落后45个百分点。牵头单位未说明原因。"],
        ["单位所报\n下一步措施", "下季度完成主体工程"],
    ] == matter[:5]
    assert ["办理时限", "2023年7月10日前反馈（交办之日起5个工作日）"] in matter
    assert ["文号", "督办通知单〔2023〕1号"] == slip[0]


def test_the_ledger_of_supervision_stands_in_the_consolidated_workbook(space: Workspace) -> None:
    """Once letters were written the workbook has the sheet 督办台账: a row each, with the state that the ledger keeps, to be chosen from a list."""
    assert "督办台账" not in load_workbook(consolidate(space, Q2).path).sheetnames
    write(space)
    with open_office(space) as office, office.ledger.writing() as connection:
        office.ledger.papers.update_supervision(connection, 2023, 1, state=Step.ANSWERED, feedback="=已补报", note="7月12日")

    sheet = load_workbook(consolidate(space, Q2).path)["督办台账"]

    assert [
        ("文号", "编号", "目标任务", "牵头单位", "交办日期", "时限", "状态", "反馈情况", "备注"),
        ("〔2023〕1号", "任务3", "完成老旧小区改造。", "东山镇", "2023-07-03", "2023-07-10", "反馈", "=已补报", "7月12日"),
    ] == list(sheet.values)
    assert ["交办,催办,反馈,销号,退回"] == [one.formula1.strip('"') for one in sheet.data_validations.dataValidation]


def test_what_an_earlier_program_numbered_with_an_ordinal_is_still_found(space: Workspace) -> None:
    """A workbook that still says 〔2023〕第1号 is read as the same letter; a letter written under that name keeps it and is not written twice."""
    write(space)
    folder, period = space.out(Q2, "文书"), str(Q2)
    new, old = (f"督办通知单/督办通知单〔2023〕{words}1号_任务3.docx" for words in ("", "第"))
    (folder / new).rename(folder / old)
    with open_office(space) as office, office.ledger.writing() as connection:
        papers = office.ledger.papers
        papers.record(connection, period, old, papers.written(period)[new])
    path = consolidate(space, Q2).path
    book = load_workbook(path)
    book["督办台账"]["A2"], book["督办台账"]["G2"] = "〔2023〕第1号", "催办"
    book.save(path)

    done = write(space)

    assert ["没有变化"] == [fate for name, fate in fates(done).items() if name.startswith("督办通知单/")]
    assert [old] == [path.relative_to(folder).as_posix() for path in (folder / "督办通知单").iterdir()]
    sheet = load_workbook(consolidate(space, Q2).path)["督办台账"]
    assert ("〔2023〕1号", "催办") == (sheet["A2"].value, sheet["G2"].value)
    with open_office(space) as office:
        assert [Step.CHASED] == [letter.state for letter in office.ledger.papers.supervision(period)]


def test_what_the_clerk_types_of_a_letter_holds(space: Workspace) -> None:
    """State, answer and remark typed into 督办台账 are read back, survive rewrites, and are the letter's from then on."""
    write(space)
    path = consolidate(space, Q2).path
    book = load_workbook(path)
    sheet = book["督办台账"]
    sheet["G2"], sheet["H2"], sheet["I2"] = "销号", "已于7月8日开工", "现场看过"
    book.save(path)

    consolidate(space, Q2)
    again = load_workbook(consolidate(space, Q2).path)["督办台账"]

    assert ("销号", "已于7月8日开工", "现场看过") == tuple(again[cell].value for cell in ("G2", "H2", "I2"))
    with open_office(space) as office:
        assert [(Step.CLOSED, "已于7月8日开工")] == [(one.state, one.feedback) for one in office.ledger.papers.supervision("2023Q2")]


def test_a_reminder_is_taken_away_once_the_unit_has_reported(space: Workspace) -> None:
    """Reminders say what is owed and how late it is; when the unit has reported, those that nobody edited are withdrawn."""
    folder = write(space).folder / "催报"
    said = texts(folder / "催报通知_云溪县发改局.docx")
    owed = "应于2023年6月30日前报送。截至2023年7月3日，尚未收到你单位的报送表，已逾期3天。你单位本期需报送牵头任务1项、责任任务1项。"
    assert any(owed in one for one in said)
    assert any(one.startswith("请于2023年7月5日前，") for one in said)
    assert ["1", "云溪县发改局", "1", "1", "未报", ""] == tables(folder / "催报名单.docx")[0][1]
    report(space, issue(space, Q2), "云溪县发改局", filled_row("目标1", progress=50) | filled_row("任务1", lead=False))

    done = write(space)

    assert {"催报/催报名单.docx": "撤下", "催报/催报通知_云溪县发改局.docx": "撤下"} == {
        name: fate for name, fate in fates(done).items() if name.startswith("催报") and name.endswith(".docx")
    }
    assert [] == list(folder.glob("*.docx"))


def test_a_sign_off_page_names_the_very_file(space: Workspace) -> None:
    """The page shows receipt code, file name, counts and the SHA-256 of the archived original."""
    page = tables(write(space).folder / "签批页" / "签批页_东山镇.docx")
    with open_office(space) as office:
        record = next(file for file in office.ledger.all_files("2023Q2") if file.unit == "东山镇")

    shown = dict(page[0])
    assert (record.receipt, "东山镇.xlsx", "2行、6个填报值") == (shown["回执编号"], shown["报送文件"], shown["采用内容"])
    assert record.digest == shown["文件校验码\n（SHA-256）"].replace(" ", "").replace("\n", "")
    assert ["填报人", "审核人", "单位盖章", "日期"] == [row[0] for row in page[1]]


def test_the_years_plans_are_collected_by_task(space: Workspace) -> None:
    """For the year the papers are the collected work plans: who handed in, measures, nodes, dates; who did not is named."""
    issued = issue(space, Period(2023))
    cells: dict[tuple[str, str, str], object] = {("工作方案", "任务3", "具体措施"): "分三批改造。\n每月调度", ("工作方案", "任务3", "一季度计划进度"): 10}
    cells |= {("工作方案", "任务3", "完成时限"): date(2023, 11, 30), ("工作方案", "任务3", "责任人"): "某某"}
    report(space, issued, "东山镇", cells)

    path = write(space, Period(2023)).folder / "2023年工作方案汇编.docx"

    said, found = texts(path), tables(path)
    assert any(one.endswith("应报送3家单位，已报送1家；4项目标任务中，1项已有工作方案。") for one in said)
    row = ["东山镇\n（牵头）", "具体措施：分三批改造；每月调度", "一季度计划进度：10%\n完成时限：2023年11月30日\n责任人：某某"]
    assert [[["单位", "目标和措施", "时间和责任"], row]] == found
    assert "没有报送：云溪县工信局、云溪县发改局。" in said


def test_a_broken_template_is_named_and_the_papers_are_written(space: Workspace) -> None:
    """With a broken template everything is written in the program's own styles, and the finding says so."""
    write_file(space.templates / "公文.docx", b"broken")

    done = write(space)

    assert [("TEMPLATE_BROKEN", "公文.docx")] == [(finding.code.name, finding.place.file) for finding in done.findings]
    assert "新写" == fates(done)[BULLETIN]


def test_the_clerks_parameter_sets_the_days_to_answer(space: Workspace) -> None:
    """The working days of a letter are those of 考核规则.xlsx."""
    path = space.templates / "考核规则.xlsx"
    book = load_workbook(path)
    row = next(row for row in book["参数"].iter_rows() if row[0].value == "supervision_days")
    row[2].value = 10
    book.save(path)

    matter, _ = tables(write(space).folder / "督办通知单" / "督办通知单〔2023〕1号_任务3.docx")

    assert ["办理时限", "2023年7月17日前反馈（交办之日起10个工作日）"] in matter


def test_the_office_in_the_settings_signs(space: Workspace) -> None:
    """The office's name comes from settings.toml; where nobody wrote one, the place is left visibly open and this is said."""
    folder = write(space).folder
    assert "（发文机关）" in texts(folder / BULLETIN)
    assert "（发文机关）" == write(space).nobody
    write_file(space.root / "settings.toml", 'office = "云溪县人民政府办公室"\n'.encode())

    done = write(space)

    assert "" == done.nobody
    assert "云溪县人民政府办公室" in texts(folder / BULLETIN)
    assert "更新" == fates(done)[BULLETIN]
