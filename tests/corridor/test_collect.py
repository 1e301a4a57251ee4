"""The corridor from issued workbook to ledger."""

import json
import os
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

import toolkit.flows.intake.collect as flow
from tests.clerk import answer, delete_row, hold_from, ledger_rows, registered, type_cells
from tests.small import MASTER, Q1, accepted, filled_row, issue, small_workspace, type_into
from toolkit.edges import inbox
from toolkit.edges.clock import held
from toolkit.edges.files import write_file
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.intake.write_receipts import Receipts
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.report.status import status
from toolkit.model.findings import Finding
from toolkit.model.returns import Arrival, Grid, Outcome, Row, Sent

TOWN = filled_row("任务2", lead=False) | filled_row("任务3")


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A workspace whose first quarter is issued."""
    space = small_workspace(tmp_path)
    issue(space)
    return space


def issued(space: Workspace, unit: str) -> Path:
    return space.out(Q1, "发放") / f"{unit}_2023年第一季度进展.xlsx"


def send(space: Workspace, unit: str, cells: dict[tuple[str, str, str], object], *, name: str = "来件.xlsx", day: int = 20) -> None:
    target = space.inbox / name
    type_into(issued(space, unit), target, cells)
    moment = datetime(2023, 3, day, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(target, (moment, moment))


def run(space: Workspace) -> Collected:
    return collect(space, progress=lambda items, _: items)


def said(done: Collected) -> list[tuple[str, str, str]]:
    return [(finding.code.name, finding.place.cell, finding.title) for arrival in done.arrivals for finding in arrival.findings]


def test_a_clean_return_is_merged_and_archived(space: Workspace) -> None:
    """A workbook filled in as asked is merged, its original is kept, the inbox is empty."""
    send(space, "东山镇", TOWN, name="子文件夹/随便起的名字.xlsx")

    done = run(space)

    ends = [(arrival.sent.name, arrival.unit, arrival.period, arrival.outcome) for arrival in done.arrivals]
    assert [("子文件夹/随便起的名字.xlsx", "东山镇", "2023Q1", Outcome.MERGED)] == ends
    assert said(done) == []
    assert [] == list(space.inbox.rglob("*"))
    assert 1 == len(list((space.returns / "2023Q1" / "东山镇").iterdir()))


def test_values_are_typed_and_keep_their_cells(space: Workspace) -> None:
    """Every accepted value is of its column's kind and knows the cell it came from."""
    send(space, "东山镇", TOWN | {("任务进展", "任务3", "预计完成时间"): "2023.9.30"})

    run(space)

    row = next(row for row in accepted(space)["来件.xlsx"] if row.number == "任务3")
    told = [(code, str(answer.value), answer.place.cell) for code, answer in row.answers.items() if code != "due"]
    expected = [("status", "推进中", "J6"), ("progress", "30", "K6"), ("done", "任务3完成立项和招标，进场施工。", "L6"), ("next", "下季度完成主体工程。", "O6")]
    assert expected == told
    assert "2023-09-30" == str(row.value("due"))


def test_wrong_cells_are_named_and_stay_out(space: Workspace) -> None:
    """A wrong word, a number too high and a blank are pointed at in their cells, and only those cells stay out."""
    cells = TOWN | {
        ("任务进展", "任务3", "进展状态"): "基本完成",
        ("任务进展", "任务3", "累计进度"): 130,
        ("任务进展", "任务2", "本季进展情况"): None,
    }
    send(space, "东山镇", cells)

    done = run(space)

    assert [("NOT_CHOICE", "J6", "进展状态"), ("BLANK", "L5", "本季进展情况"), ("TOO_HIGH", "K6", "累计进度")] == said(done)
    assert [Outcome.WITH_FINDINGS] == [arrival.outcome for arrival in done.arrivals]
    assert [["status"], ["done", "next"]] == [sorted(row.answers) for row in accepted(space)["来件.xlsx"] if row.table == "任务进展"]


def test_a_changed_prefilled_cell_is_reported(space: Workspace) -> None:
    """A prefilled text that was changed is a finding with the issued and the seen text."""
    send(space, "东山镇", TOWN | {("任务进展", "任务3", "目标任务"): "完成一部分老旧小区改造。"})

    finding = run(space).arrivals[0].findings[0]

    assert ("C01", "B6") == (finding.code.text.id, finding.place.cell)
    assert "由“完成老旧小区改造。”改成了“完成一部分老旧小区改造。”" in finding.message


def test_running_twice_changes_nothing(space: Workspace) -> None:
    """A second collect finds nothing new; the same file dropped again is not recorded twice."""
    send(space, "东山镇", TOWN)
    content = (space.inbox / "来件.xlsx").read_bytes()
    run(space)
    before = status(space, Q1)
    (space.inbox / "来件.xlsx").write_bytes(content)
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(space.inbox / "来件.xlsx", (moment, moment))

    second, third = run(space), run(space)

    assert ((), 1) == (second.arrivals, second.again)
    assert ((), 0) == (third.arrivals, third.again)
    assert before == status(space, Q1)


@pytest.mark.parametrize("fails", [False, True])
def test_the_inbox_is_emptied_last_of_all(space: Workspace, monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
    """While receipts are written the returns still lie there, recorded; then they are taken out, also where the receipts have failed."""
    send(space, "东山镇", TOWN)
    seen: list[tuple[bool, int]] = []
    write = flow.write_receipts

    def watched(office: OfficeContext, also: Iterable[tuple[str, str]]) -> Receipts:
        seen.append((inbox.is_empty(space), len(office.ledger.all_files())))
        if fails:
            raise OSError
        return write(office, also)

    monkeypatch.setattr(flow, "write_receipts", watched)
    with pytest.raises(OSError) if fails else nullcontext():  # noqa: PT011 - ours, a line above
        run(space)

    assert [(False, 1)] == seen
    assert inbox.is_empty(space)


def test_a_copy_under_another_name_is_ignored(space: Workspace) -> None:
    """The same content under another name ends as ignored, with the name it first had."""
    send(space, "东山镇", TOWN, name="a.xlsx")
    (space.inbox / "副本.xlsx").write_bytes((space.inbox / "a.xlsx").read_bytes())

    done = run(space)

    assert [("a.xlsx", Outcome.MERGED), ("副本.xlsx", Outcome.IGNORED)] == [(arrival.sent.name, arrival.outcome) for arrival in done.arrivals]
    assert "与已收到的“a.xlsx”内容完全相同，不再重复读取。" == done.arrivals[1].reason


def test_strange_files_are_refused_and_the_rest_goes_on(space: Workspace) -> None:
    """A broken file, a foreign workbook, a forged seal and a system file each end in one outcome with a reason; the good one is merged."""
    send(space, "东山镇", TOWN, name="好的.xlsx")
    (space.inbox / "坏的.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (space.inbox / "空的.xlsx").write_bytes(b"")
    (space.inbox / "~$好的.xlsx").write_bytes(b"lock")
    other = Workbook()
    other.active.append(["姓名", "电话"])
    other.save(space.inbox / "通讯录.xlsx")
    forged = load_workbook(issued(space, "云溪县发改局"))
    forged["_封签"]["A2"] = str(forged["_封签"]["A2"].value)[:-8] + "AAAAAAA="
    for name in ("填报说明", "任务进展", "指标进展", "申请事项"):
        forged[name]["A2"] = "填报单位：云溪县发改局"
    forged.save(space.inbox / "伪造.xlsx")

    done = run(space)

    expected = {
        "~$好的.xlsx": (Outcome.IGNORED, "F04"),
        "伪造.xlsx": (Outcome.REFUSED, "S01"),
        "坏的.xlsx": (Outcome.REFUSED, "F10"),
        "好的.xlsx": (Outcome.MERGED, ""),
        "空的.xlsx": (Outcome.REFUSED, "F01"),
        "通讯录.xlsx": (Outcome.REFUSED, "F02"),
    }
    assert expected == {arrival.sent.name: (arrival.outcome, arrival.findings[0].code.text.id if arrival.findings else "") for arrival in done.arrivals}
    found = status(space, Q1)
    assert found is not None
    assert 6 == sum(found.outcomes.values())


def test_status_counts_without_remainder(space: Workspace) -> None:
    """Status names who is missing and who was late; returned and missing add up to the issued units."""
    send(space, "东山镇", TOWN, day=31)

    run(space)

    found = status(space, None)
    assert found is not None
    assert ("2023Q1", 3, 1, ["云溪县发改局", "云溪县工信局"], ["东山镇"]) == (found.period, found.issued, found.returned, found.missing, found.late)


def test_a_lost_seal_is_found_again_by_the_receipt_code(space: Workspace) -> None:
    """A workbook whose hidden sheet is gone is recognised by the receipt code printed on it, and marked."""
    send(space, "东山镇", TOWN)
    book = load_workbook(space.inbox / "来件.xlsx")
    del book["_封签"]
    book.save(space.inbox / "来件.xlsx")

    done = run(space)

    assert [("东山镇", "NO_SEAL")] == [(arrival.unit, arrival.findings[0].code.name) for arrival in done.arrivals]


def test_the_ledger_gives_rows_back_as_they_were(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the ledger gives back is what was accepted: values, kinds, cells."""
    read: list[Arrival] = []
    real = flow.read_return
    monkeypatch.setattr(flow, "read_return", lambda *what, **rest: read.append(real(*what, **rest)) or read[-1])
    send(space, "东山镇", TOWN | {("任务进展", "任务3", "预计完成时间"): datetime(2023, 9, 30)})  # noqa: DTZ001 - a sheet's date has no zone

    run(space)

    def told(some: Iterable[Row]) -> list[tuple[object, ...]]:
        return [(row.key, row.role, dict(row.answers), row.place) for row in some]

    assert read[0].content is not None
    assert told(read[0].content.rows) == told(accepted(space)["来件.xlsx"])


def test_an_indicator_is_read_in_its_own_unit(space: Workspace) -> None:
    """A value typed with its unit is read in the unit that the indicator was issued with; another unit is named and stays out."""
    lead = filled_row("任务1") | filled_row("任务2")
    for number, typed in enumerate(("32万平方米", "320000平方米", "32公里"), 1):
        send(space, "云溪县工信局", lead | {("指标进展", "任务1", "本年累计完成值"): typed}, name=f"{number}.xlsx")

    done = run(space)

    values = [row.value("reached") for rows in accepted(space).values() for row in rows if row.table == "指标进展"]
    assert ["32", "32", "None"] == [str(value) for value in values]
    assert [("READ_AS", "G5"), ("CONVERTED", "G5"), ("OTHER_UNIT", "G5")] == [(code, cell) for code, cell, title in said(done) if title == "本年累计完成值"]


def test_status_says_what_is_wrong_with_the_list(space: Workspace) -> None:
    """A fault in the master list is shown by status too, with its cell."""
    book = load_workbook(space.master)
    book["任务"]["F5"] = "西山镇"
    book.save(space.master)

    found = status(space, Q1)

    assert found is not None
    assert "[错误] 任务总表.xlsx!任务!F5：单位“西山镇”不在“单位”表中。请在“单位”表中补一行，或把它写成某单位的别名。" == found.faults[0]
    assert ["任务总表.xlsx有 1 处改动尚未登记。"] == [fault.partition("：")[2].partition("下次")[0] for fault in found.faults[1:]]


def test_every_carriers_vote_is_recorded(space: Workspace) -> None:
    """The ledger keeps what each carrier of identity said of a return."""
    send(space, "东山镇", TOWN, name="东山镇.xlsx")
    run(space)

    with open_office(space) as office:
        votes = json.loads(office.ledger.all_files("2023Q1")[0].votes)

    assert ["封签", "回执编号", "定义名称", "文档属性", "文件名"] == [carrier for carrier, _, _ in votes]
    assert all(agrees for _, _, agrees in votes)


def test_another_units_table_in_ones_own_file_waits_for_the_clerk(space: Workspace) -> None:
    """When the visible receipt code was given to another unit than the seal's, nothing is taken over and the clerk is asked."""
    send(space, "东山镇", TOWN)
    theirs = load_workbook(issued(space, "云溪县发改局"))["任务进展"]["A2"].value
    book = load_workbook(space.inbox / "来件.xlsx")
    book["任务进展"]["A2"] = theirs
    book.save(space.inbox / "来件.xlsx")

    done = run(space)

    assert [(Outcome.WAITING, "DISAGREE", None)] == [(arrival.outcome, arrival.findings[-1].code.name, arrival.content) for arrival in done.arrivals]


def test_a_finished_task_needs_its_evidence(space: Workspace) -> None:
    """Evidence is required once the status says finished, and not before."""
    send(space, "东山镇", TOWN | {("任务进展", "任务3", "进展状态"): "已完成", ("任务进展", "任务3", "累计进度"): 100})

    assert [("BLANK", "R6", "佐证材料")] == said(run(space))


def test_a_formula_without_a_result_is_named_not_dropped(space: Workspace) -> None:
    """A formula whose result was not saved, and a formula's error, are findings at their cells, never blanks."""
    send(space, "东山镇", TOWN | {("任务进展", "任务3", "累计进度"): "=30+5", ("任务进展", "任务3", "存在问题"): "#REF!"})

    assert [("NO_RESULT", "K6", "累计进度"), ("CELL_ERROR", "M6", "存在问题")] == said(run(space))


def test_a_table_that_lost_seal_and_code_waits_with_a_guess(space: Workspace) -> None:
    """A table that is plainly ours but carries neither seal nor receipt code waits for the clerk, with the unit it seems to be."""
    send(space, "云溪县工信局", filled_row("任务1") | filled_row("任务2"))
    book = load_workbook(space.inbox / "来件.xlsx")
    for name in ("_封签", "填报说明"):
        del book[name]
    for name in ("任务进展", "指标进展", "申请事项"):
        book[name]["A2"] = "云溪县工信局"
    del book.defined_names["receipt_code"]
    book.save(space.inbox / "来件.xlsx")

    done = run(space)

    assert [(Outcome.WAITING, "云溪县工信局", "GUESSED")] == [(arrival.outcome, arrival.unit, arrival.findings[0].code.name) for arrival in done.arrivals]


def test_an_older_issue_is_still_read_and_said(space: Workspace) -> None:
    """A return made on an older issue is read, and the finding says that a newer one was issued."""
    source = issued(space, "东山镇")
    old = source.read_bytes()
    type_cells(space.master, "任务", {"E5": "完成老旧小区改造。（修订）"})
    hold_from(space, "2023Q1")
    issue(space)
    source.write_bytes(old)
    send(space, "东山镇", TOWN)

    done = run(space)

    assert [("东山镇", ["OLDER_ISSUE"])] == [(arrival.unit, [finding.code.name for finding in arrival.findings]) for arrival in done.arrivals]


def test_a_file_that_cannot_be_read_is_left_and_the_rest_goes_on(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program holds stays in the inbox with a sentence; the other one is taken in; the next run takes it too."""
    send(space, "东山镇", TOWN, name="a占用.xlsx")
    send(space, "云溪县发改局", filled_row("任务1", lead=False), name="b.xlsx")
    take = inbox.take

    def held(where: Workspace, path: Path) -> inbox.TakenFile:
        if path.name == "a占用.xlsx":
            raise PermissionError(13, "被占用")
        return take(where, path)

    monkeypatch.setattr(inbox, "take", held)
    first = run(space)
    monkeypatch.undo()
    second = run(space)

    assert ["b.xlsx"] == [arrival.sent.name for arrival in first.arrivals]
    assert ("收件箱里的“a占用.xlsx”读不出来：被占用。请检查文件是否被占用、磁盘是否正常，再运行一次；其他文件不受影响。",) == first.left
    assert ["a占用.xlsx"] == [arrival.sent.name for arrival in second.arrivals]


def test_a_file_put_in_the_place_of_one_being_taken_is_not_lost(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A corrected return saved under the same name while the first is being archived stays in the inbox, and the next run takes it."""
    send(space, "东山镇", TOWN, name="东山镇.xlsx")
    archive = inbox.archive

    def replaced(where: Workspace, *originals: inbox.Original) -> list[str]:
        kept = archive(where, *originals)
        send(space, "东山镇", TOWN | {("任务进展", "任务3", "累计进度"): 31}, name="东山镇.xlsx")
        return kept

    monkeypatch.setattr(inbox, "archive", replaced)
    first = run(space)
    monkeypatch.undo()
    second = run(space)

    assert [Outcome.MERGED, Outcome.MERGED] == [arrival.outcome for arrival in (*first.arrivals, *second.arrivals)]
    assert first.arrivals[0].sent.digest != second.arrivals[0].sent.digest
    assert [] == inbox.waiting_files(space)


@pytest.mark.parametrize("instant", ["archive", "record", "clear"])
def test_a_run_cut_off_at_any_instant_ends_like_an_undisturbed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, instant: str) -> None:
    """Cut off before archiving, between archive and ledger, or between ledger and inbox, the next run gives the same ledger and archive."""

    def results(folder: Path, *, cut: bool) -> tuple[object, ...]:
        where = small_workspace(folder)
        (where.records / "seal.key").write_text("ab" * 32)
        issue(where)
        send(where, "东山镇", TOWN)
        if cut:
            owner, name = {"archive": (inbox, "archive"), "record": (Ledger, "record_arrivals"), "clear": (inbox, "clear")}[instant]
            monkeypatch.setattr(owner, name, stop)
            with pytest.raises(KeyboardInterrupt):
                run(where)
            monkeypatch.undo()
        run(where)
        originals = sorted(path.parent.name for path in where.returns.rglob("*") if path.is_file())
        return status(where, Q1), originals, list(where.inbox.iterdir())

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    assert results(tmp_path / "whole", cut=False) == results(tmp_path / "cut", cut=True)


def test_our_own_fault_on_one_file_does_not_stop_the_others(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program on one file is logged, that file waits with a sentence, and the others are merged."""
    send(space, "东山镇", TOWN, name="a.xlsx")
    send(space, "云溪县发改局", filled_row("任务1", lead=False), name="b.xlsx")
    real = flow.read_return

    def faulty(content: Grid | Finding, sent: Sent, **rest: Any) -> Arrival:
        if sent.name == "a.xlsx":
            raise ZeroDivisionError
        return real(content, sent, **rest)

    monkeypatch.setattr(flow, "read_return", faulty)
    done = run(space)

    assert [(Outcome.WAITING, "OUR_FAULT")] == [(arrival.outcome, arrival.findings[0].code.name) for arrival in done.arrivals[:1]]
    assert "ZeroDivisionError" in (space.records / "log" / "程序.log").read_text("utf-8")
    assert ("云溪县发改局", 1) == (done.arrivals[1].unit, done.faults)


@pytest.mark.parametrize("lost", ["calendar", "unit", "form"])
def test_what_was_issued_stays_known(space: Workspace, lost: str) -> None:
    """A return is taken in although its period, its unit or its form's definition has gone from templates/; a lost row of the list is asked about."""
    send(space, "东山镇", TOWN)
    if lost == "form":
        (space.templates / "季度进展.xlsx").unlink()
    else:
        kept = MASTER.calendar[:1] if lost == "calendar" else MASTER.calendar
        units = tuple(unit for unit in MASTER.units if lost != "unit" or unit.name != "东山镇")
        write_file(space.master, master_bytes(replace(MASTER, calendar=kept, units=units)))

    done = run(space)

    assert [("东山镇", True)] == [(arrival.unit, arrival.outcome.counts) for arrival in done.arrivals]
    assert {"form": 0, "unit": 1, "calendar": 2}[lost] == sum("这一行不见了" in said for said in done.left)


@pytest.mark.parametrize(("matter", "subject", "code"), [("取消日程", "2023Q1", "WRONG_PERIOD"), ("取消单位", "东山镇", "FOREIGN_UNIT")])
def test_what_the_office_took_back_is_refused_with_the_reason(space: Workspace, matter: str, subject: str, code: str) -> None:
    """A sealed return of a period or a unit that the office said was never to be is refused, and the reason is told apart."""
    send(space, "东山镇", TOWN)
    delete_row(space.master, "日程" if code == "WRONG_PERIOD" else "单位", 3 if code == "WRONG_PERIOD" else 4)
    registered(space)
    assert [(subject, matter)] == [(row["编号"], row["事项"]) for row in ledger_rows(space.master)]
    answer(space.master, 0, "撤销")
    hold_from(space, "2023Q1")

    done = run(space)

    assert [(Outcome.REFUSED, code)] == [(arrival.outcome, arrival.findings[0].code.name) for arrival in done.arrivals]


def test_a_form_that_was_never_kept_is_said(space: Workspace) -> None:
    """A return of a period that an old program issued, with a form whose definition is gone, is refused with that reason."""
    send(space, "东山镇", TOWN)
    (space.templates / "季度进展.xlsx").unlink()
    with open_office(space) as office, office.ledger.writing() as connection:
        connection.exec_driver_sql("delete from registrations where shelf = 'issued'")

    assert ["UNKNOWN_FORM"] == [arrival.findings[0].code.name for arrival in run(space).arrivals]


def test_text_too_short_or_too_long_and_numbers_too_low_are_named(space: Workspace) -> None:
    """Limits of length and of value are checked again on return, each at its cell."""
    cells = {("任务进展", "任务3", "本季进展情况"): "好", ("任务进展", "任务3", "存在问题"): "字" * 1001, ("任务进展", "任务3", "累计进度"): -5}
    send(space, "东山镇", TOWN | cells)

    assert [("TOO_LOW", "K6"), ("TOO_SHORT", "L6"), ("TOO_LONG", "M6")] == [found[:2] for found in said(run(space))]


def test_a_late_copy_and_a_lost_sheet_are_named(space: Workspace) -> None:
    """A late return says by how much, a second copy is called one, and a return without its sheet says which is missing."""
    send(space, "东山镇", TOWN, name="a.xlsx", day=31)
    (space.inbox / "b.xlsx").write_bytes((space.inbox / "a.xlsx").read_bytes())
    send(space, "云溪县工信局", filled_row("任务1"), name="c.xlsx")
    book = load_workbook(space.inbox / "c.xlsx")
    del book["指标进展"]
    book.save(space.inbox / "c.xlsx")

    codes = [[finding.code.name for finding in arrival.findings] for arrival in run(space).arrivals]

    assert ["LATE"] == codes[0]
    assert ["DUPLICATE"] == codes[1]
    assert "NO_SHEET" in codes[2]


def test_a_form_that_contradicts_its_name_and_its_sender_goes_in_by_its_seal(tmp_path: Path) -> None:
    """A form under another unit's name, from another unit's mailbox, is taken by its seal; both units are named for review, and both carriers voted."""
    units = tuple(replace(unit, email="gxj@example.com") if unit.name == "云溪县工信局" else unit for unit in MASTER.units)
    space = small_workspace(tmp_path, replace(MASTER, units=units))
    issue(space)
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", tmp_path / "表.xlsx", filled_row("任务2", lead=False) | filled_row("任务3"))
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "某某 <GXJ@example.com>", "工信局一季度", "Tue, 21 Mar 2023 01:00:00 +0000"
    mail.add_attachment((tmp_path / "表.xlsx").read_bytes(), maintype="application", subtype="octet-stream", filename="发改局.xlsx")
    (space.inbox / "来信.eml").write_bytes(mail.as_bytes())

    with held(date(2023, 3, 22)):
        done = collect(space, progress=lambda items, _: items).arrivals[0]

    assert ("东山镇", Outcome.WITH_FINDINGS, ["NAME_OF_OTHER", "SENDER_OF_OTHER"]) == (
        done.unit,
        done.outcome,
        [finding.code.name for finding in done.findings],
    )
    assert [("文件名", "云溪县发改局"), ("发件人", "云溪县工信局")] == [(vote.carrier, vote.says) for vote in done.votes if not vote.agrees]
