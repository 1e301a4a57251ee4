"""Rulings that an older program kept by a file's name and a cell come over by themselves, from its ledger and from the workbooks it wrote."""

from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from tests.small import Q1
from tests.time.clerk import IDLE, quarrel, rows, run, send, type_row
from toolkit.edges.clock import now
from toolkit.edges.ledger import decision_records as kept
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.decisions import Decision, DecisionSubject, former_finding_subject

SHORT = IDLE | {("任务进展", "任务3", "本季进展情况"): "好"}


def say(space: Workspace, *words: tuple[DecisionSubject, str, str, str]) -> None:
    """Put decisions into the ledger as an older program did."""
    with open_office(space, alone=True) as office, office.ledger.writing() as connection:
        kept.add(connection, [Decision(*word, before="", at=now()) for word in words])


def test_rulings_in_an_old_ledger_hold_and_survive_the_next_return(tmp_path: Path) -> None:
    """A verdict on a finding and a ruling on a conflict, kept by an older program, hold, also when the file comes again by another name."""
    space = quarrel(tmp_path)
    send(space, "东山镇", SHORT, "镇1.xlsx", day=25)
    run(space)
    finding = next(finding for finding in consolidate(space, Q1).round.findings if finding.code.name == "TOO_SHORT")
    old = f"2023Q1|{former_finding_subject(finding)}"
    say(space, (DecisionSubject.FINDING, old, "处理", "接受"), (DecisionSubject.FINDING, old, "处理说明", "就这样。"))
    say(space, (DecisionSubject.CONFLICT, "2023Q1|任务2|进展状态|东山镇", "处理", "以责任为准"))
    first = consolidate(space, Q1)
    send(space, "东山镇", SHORT | {("任务进展", "任务3", "下一步措施"): "下季度完成外立面。"}, "换个名字.xlsx", day=26)
    run(space)
    second = consolidate(space, Q1)

    for done in (first, second):
        assert ["接受"] == [finding.verdict for finding in done.round.findings if finding.code.name == "TOO_SHORT"]
        assert ("未启动", None) == next((task.status, task.progress) for task in done.round.tasks if task.task.number == "任务2")


def test_a_workbook_of_an_older_program_is_read_back(tmp_path: Path) -> None:
    """A consolidated workbook without 认定号, as older programs wrote it, is read by file and cell, and what is typed there holds."""
    space = quarrel(tmp_path)
    send(space, "东山镇", SHORT, "镇1.xlsx", day=25)
    run(space)
    path = consolidate(space, Q1).path
    book = load_workbook(path)
    for name, titles in {"问题清单": ("编号", "原认定", "认定号"), "进展不一": ("认定值", "原认定", "认定号")}.items():
        for title in titles:
            sheet = book[name]
            sheet.delete_cols(next(cell.column for cell in sheet[1] if cell.value == title) or 0)
    book.save(path)
    type_row(path, "问题清单", {"代码": "C09"}, {"处理": "接受"})
    type_row(path, "进展不一", {"责任单位": "东山镇"}, {"处理": "以责任为准"})

    done = consolidate(space, Q1)

    assert ["接受"] == [finding.verdict for finding in done.round.findings if finding.code.name == "TOO_SHORT"]
    assert "未启动" == next(task.status for task in done.round.tasks if task.task.number == "任务2")
    assert [("接受", "任务3")] == [(line["处理"], line["编号"]) for line in rows(done.path, "问题清单") if line["代码"] == "C09"]
    assert Decimal(30) == next(task.progress for task in done.round.tasks if task.task.number == "任务3")
