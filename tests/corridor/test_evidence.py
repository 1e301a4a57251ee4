"""Evidence beside returns: matched, asked, archived within limits, ruled on, shown, counted, handed out."""

import io
import os
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import Workbook, load_workbook

from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.data import open_workspace as open_data
from toolkit.edges.ledger.evidence_records import matches
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import close as close_period
from toolkit.flows.closing.close_period import list_corrections
from toolkit.flows.closing.verify import verify
from toolkit.flows.intake import archive_returns
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.intake.list_returns import assign, decide
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.export_evidence import export_evidence
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import DecisionAction
from toolkit.model.period import Period
from toolkit.model.returns import Outcome

TOWN = filled_row("任务2", lead=False) | filled_row("任务3")
JPG, PDF, PNG = b"\xff\xd8\xff\xe0" + b"0" * 500, b"%PDF-1.4\n" + b"0" * 300, b"\x89PNG\r\n\x1a\n" + b"1" * 80


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    space = small_workspace(tmp_path)
    issue(space)
    return space


def filled(space: Workspace) -> bytes:
    """The town's workbook, filled in."""
    target = space.root / "填好.xlsx"
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", target, TOWN)
    return target.read_bytes()


def drop(space: Workspace, name: str, content: bytes) -> None:
    path = space.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(path, (moment, moment))


def packed(members: dict[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as bag:
        for name, content in members.items():
            bag.writestr(name, content)
    return box.getvalue()


def run(space: Workspace) -> Collected:
    return collect(space, progress=lambda items, _: items)


def ends(done: Collected) -> dict[str, tuple[str, str]]:
    """Each file's outcome and last finding, by its own name."""
    last = [(arrival, arrival.findings[-1].code.name if arrival.findings else "") for arrival in done.arrivals]
    return {arrival.sent.name.rpartition("/")[2]: (arrival.outcome.value, code) for arrival, code in last}


def pieces(space: Workspace) -> list[tuple[str, str, str, tuple[str, ...]]]:
    with open_office(space) as office:
        return [(piece.title, piece.unit, piece.kind.value, piece.tasks) for piece in matches(office.ledger, str(Q1))]


def test_evidence_in_a_zip_is_matched_asked_or_the_stamped_return(space: Workspace) -> None:
    """In one zip with the return: folders that name a task are matched, the stamped scan is the unit's, a picture of nothing is asked about with exit 1."""
    members = {
        "佐证材料/任务3/照片.jpg": JPG,
        "佐证材料/任务2/批复.pdf": PDF,
        "进展（盖章扫描件）.pdf": PDF + b"1",
        "现场01.png": PNG,
        "一季度.xlsx": filled(space),
    }
    drop(space, "东山.zip", packed(members))
    done = run(space)
    assert {
        "一季度.xlsx": ("merged", ""),
        "照片.jpg": ("attached", "EVIDENCE"),
        "批复.pdf": ("attached", "EVIDENCE"),
        "进展（盖章扫描件）.pdf": ("attached", "EVIDENCE"),
        "现场01.png": ("waiting", "EVIDENCE_ASKED"),
        "东山.zip": ("ignored", "ENVELOPE"),
    } == ends(done)
    assert [
        ("照片.jpg", "东山镇", "佐证材料", ("任务3",)),
        ("批复.pdf", "东山镇", "佐证材料", ("任务2",)),
        ("进展（盖章扫描件）.pdf", "东山镇", "盖章件", ()),
    ] == pieces(space)
    assert any("现场01.png" in sentence and "--assign" in sentence for sentence in done.asked)


def test_what_is_asked_is_assigned_or_accepted(space: Workspace) -> None:
    """The office says whose a picture is, as digits or as the list writes them; a proposal is accepted as it stands; a wrong match is put right."""
    drop(space, "东山镇/3.jpg", JPG)
    drop(space, "东山镇/现场.png", PNG)
    run(space)
    with open_office(space) as office:
        numbers = {record.name.rpartition("/")[2]: record.id for record in office.ledger.all_files()}
    decide(space, [numbers["3.jpg"]], DecisionAction.ACCEPT)
    assign(space, [numbers["现场.png"]], "东山镇", Q1, tasks=["2"])
    assert [("3.jpg", "东山镇", "佐证材料", ("任务3",)), ("现场.png", "东山镇", "佐证材料", ("任务2",))] == pieces(space)
    assign(space, [numbers["现场.png"]], "东山镇", Q1, tasks=["任务3"])
    assert ("现场.png", "东山镇", "佐证材料", ("任务3",)) == pieces(space)[-1]
    assign(space, [numbers["现场.png"]], "东山镇", Q1, tasks=["盖章件"])
    assert ("现场.png", "东山镇", "盖章件", ()) == pieces(space)[-1]
    for wrong in ([], ["任务1"], ["99"]):
        with pytest.raises(CommandError, match="任务"):
            assign(space, [numbers["现场.png"]], "东山镇", Q1, tasks=wrong)


def test_a_scan_is_of_the_round_of_the_return_that_came_with_it(space: Workspace) -> None:
    """Between returns of several units a scan that names its unit is of the round whose return that unit sent, though a newer round is open."""
    type_into(issue(space) / "云溪县发改局_2023年第一季度进展.xlsx", space.inbox / "发改.xlsx", filled_row("目标1"))
    issue(space, Period.parse("2023Q2"))
    drop(space, "东山镇.xlsx", filled(space))
    drop(space, "东山镇盖章扫描件.pdf", PDF)
    run(space)
    drop(space, "发改局盖章扫描件.pdf", PDF + b"1")

    assert [("东山镇盖章扫描件.pdf", "东山镇", "盖章件", ())] == pieces(space)
    assert ["2023Q2"] == [arrival.period for arrival in run(space).arrivals]


def test_a_proposal_is_accepted_in_the_book(space: Workspace) -> None:
    """接受 chosen in 报送情况 archives the file as proposed; what has no task in its proposal is said and stays."""
    drop(space, "东山镇/3.jpg", JPG)
    drop(space, "东山镇/现场.png", PNG)
    run(space)
    path = consolidate(space, Q1).path
    book = load_workbook(path)
    titles = [cell.value for cell in book["报送情况"][1]]
    for row in book["报送情况"].iter_rows(min_row=2):
        if str(row[0].value).startswith("（文件）"):
            row[titles.index("处理")].value = "接受"
    book.save(path)
    done = consolidate(space, Q1)
    assert [("3.jpg", "东山镇", "佐证材料", ("任务3",))] == pieces(space)
    assert any("现场.png" in sentence and "--task" in sentence for sentence in done.left)


def test_what_comes_twice_is_one(space: Workspace) -> None:
    """The same picture for the same task is archived once, whatever zip it comes in; for another task it is evidence of that too."""
    for number, name in enumerate(("任务3/a.jpg", "任务3/b.jpg", "任务2/a.jpg")):
        drop(space, f"{number}.zip", packed({f"东山镇/{name}": JPG}))
    done = run(space)
    assert ["attached", "ignored", "attached"] == [arrival.outcome.value for arrival in done.arrivals if arrival.sent.name.endswith("jpg")]


def test_limits_are_told(space: Workspace) -> None:
    """What goes over the limits stays in the inbox, or in its archived envelope, and is told; the rest is taken."""
    settings = space.root / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace("files = 300", "files = 1").replace("single = 100", "single = 1"), "utf-8")
    drop(space, "东山镇/任务3/大.jpg", JPG + bytes(1 << 20))
    drop(space, "东山镇/任务3/一.jpg", JPG)
    drop(space, "东山镇/任务3/二.jpg", JPG + b"2")
    first = run(space)
    drop(space, "又.zip", packed({"东山镇/任务3/三.jpg": JPG + b"3"}))
    done = run(space)
    assert {"一.jpg": ("attached", "EVIDENCE")} == ends(first)
    assert {"三.jpg": ("refused", "EVIDENCE_LIMIT"), "又.zip": ("ignored", "ENVELOPE")} == ends(done)
    assert {"大.jpg", "二.jpg"} == {path.name for path in space.inbox.rglob("*.jpg")}
    assert [2, 3] == [sum("上限" in sentence for sentence in ran.left) for ran in (first, done)]
    assert 1 == len(pieces(space))


def test_a_program_named_as_a_picture_is_refused(space: Workspace) -> None:
    """What is no picture is no evidence, whatever its name says."""
    drop(space, "东山镇/任务3/照片.jpg", b"MZ" + bytes(300))
    drop(space, "东山镇/任务3/空.jpg", bytes(300))
    assert {"照片.jpg": ("refused", "NOT_WORKBOOK"), "空.jpg": ("refused", "NOT_WORKBOOK")} == ends(run(space))


def test_a_workbook_of_others_is_evidence_where_its_folder_says_so(space: Workspace) -> None:
    """A list in Excel below 佐证材料 is evidence; elsewhere a workbook that is none of ours is refused as before."""
    book = Workbook()
    book.active["A1"] = "花名册"
    stream = io.BytesIO()
    book.save(stream)
    drop(space, "东山.zip", packed({"佐证材料/任务3/名单.xlsx": stream.getvalue(), "任务3/表.xlsx": stream.getvalue() + b"\0", "进展.xlsx": filled(space)}))
    found = ends(run(space))
    assert ("attached", "EVIDENCE") == found["名单.xlsx"]
    assert "refused" == found["表.xlsx"][0]


def test_a_second_collect_changes_nothing(space: Workspace) -> None:
    """Collected twice, evidence is recorded once."""
    drop(space, "东山镇/任务3/照片.jpg", JPG)
    run(space)
    drop(space, "东山镇/任务3/照片.jpg", JPG)
    assert () == run(space).arrivals
    assert 1 == len(pieces(space))
    assert Outcome.ATTACHED.words == "佐证已归档"


def rows_of(path: Path, sheet: str) -> list[dict[str, object]]:
    """A sheet's rows by header, as shown."""
    rows = list(load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def test_the_book_names_counts_and_asks(space: Workspace) -> None:
    """Pieces stand in 填报明细 with a link to the original, counted in 任务进展, the stamped scan in 报送情况; what is finished without any is listed."""
    done = TOWN | {("任务进展", "任务3", "进展状态"): "已完成", ("任务进展", "任务3", "累计进度"): 100, ("任务进展", "任务3", "佐证材料"): "照片"}
    target = space.root / "填好.xlsx"
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", target, done)
    members = {"任务2/照片.jpg": JPG, "任务2/批复.pdf": PDF, "盖章扫描件.pdf": PDF + b"1", "一季度.xlsx": target.read_bytes()}
    drop(space, "东山.zip", packed(members))
    run(space)
    path = consolidate(space, Q1).path
    listed = rows_of(path, "佐证材料")
    assert [("任务3", "（报了已完成，没有收到材料）"), ("任务2", "照片.jpg"), ("任务2", "批复.pdf"), (None, "盖章扫描件.pdf")] == [
        (row["编号"] or None, row["材料"]) for row in listed
    ]
    assert {"任务2": 2, "任务3": 0} == {row["编号"]: row["佐证份数"] for row in rows_of(path, "任务进展") if row["编号"] in {"任务2", "任务3"}}
    assert ["盖章扫描件.pdf"] == [row["盖章件"] for row in rows_of(path, "报送情况") if row["盖章件"]]
    assert ["2 份：照片.jpg、批复.pdf"] == [row["佐证文件"] for row in rows_of(path, "填报明细") if row["佐证文件"]]
    links = [cell.hyperlink.target for cell in load_workbook(path)["佐证材料"]["D"] if cell.hyperlink]
    assert 3 == len(links)
    assert all((path.parent / unquote(link)).resolve().is_file() for link in links)


def test_a_check_is_taken_back_and_scored(space: Workspace) -> None:
    """What the clerk chose in 核验 stands there in the next book; points are taken only where the rules say so."""
    drop(space, "东山镇/任务3/照片.jpg", JPG)
    drop(space, "东山镇/一季度.xlsx", filled(space))
    run(space)
    path = consolidate(space, Q1).path
    before = rows_of(path, "单位考核")
    type_check(path, "不符", "照片是去年的")
    path = consolidate(space, Q1).path
    assert [("不符", "照片是去年的")] == [(row["核验"], row["核验说明"]) for row in rows_of(path, "佐证材料")]
    assert before == rows_of(path, "单位考核")
    rules = load_workbook(space.templates / "考核规则.xlsx")
    row = next(row for row in rules["参数"].iter_rows() if row[0].value == "evidence_false_points")
    row[2].value = 4
    rules.save(space.templates / "考核规则.xlsx")
    path = consolidate(space, Q1).path
    assert [("佐证不符", "任务3")] == [(row["项目"], row["编号"]) for row in rows_of(path, "扣分明细") if str(row["项目"]).startswith("佐证")]
    type_check(path, "", "")
    assert [None] == [row["核验"] for row in rows_of(consolidate(space, Q1).path, "佐证材料")]


def test_false_evidence_counts_against_a_unit_that_loses_no_points(space: Workspace) -> None:
    """The rules take nothing for false evidence (as shipped), but 否决条件 names it: the year's book counts it, and it costs 0."""
    drop(space, "东山镇/任务3/照片.jpg", JPG)
    drop(space, "东山镇/一季度.xlsx", filled(space))
    run(space)
    type_check(consolidate(space, Q1).path, "不符", "照片是去年的")
    rules = load_workbook(space.templates / "考核规则.xlsx")
    rules["否决条件"].append(["佐证不符", 1, "不合格"])
    rules.save(space.templates / "考核规则.xlsx")

    lines = rows_of(consolidate(space, Q1).path, "扣分明细")
    done = consolidate(space, Period(2023))

    assert [("佐证不符", 0)] == [(row["项目"], row["分值"]) for row in lines if str(row["项目"]).startswith("佐证")]
    assert [("东山镇", 1, True)] == [(veto.unit, veto.number, veto.holds) for veto in done.assessment.scores.vetoes]


def type_check(path: Path, word: str, note: str) -> None:
    """Choose a word in 核验 of the first row."""
    book = load_workbook(path)
    titles = [cell.value for cell in book["佐证材料"][1]]
    for title, text in (("核验", word), ("核验说明", note)):
        book["佐证材料"].cell(2, titles.index(title) + 1).value = text or None
    book.save(path)


def test_evidence_after_the_closing_is_a_correction(space: Workspace) -> None:
    """What comes for a closed period leaves its book as it is and stands among 定稿后更正; verify holds archived digests against the files."""
    drop(space, "东山镇/任务3/照片.jpg", JPG)
    run(space)
    close_period(space, Q1, with_open=True, confirm=False, progress=lambda items, _: items)
    book = consolidate(space, Q1).path.read_bytes()
    drop(space, "2023Q1 东山镇/任务3/又一张.png", PNG)
    run(space)
    assert book == consolidate(space, Q1).path.read_bytes()
    assert [("东山镇", "佐证材料", "佐证已归档")] == [(late.unit, late.column, late.now) for late in list_corrections(space, Q1)]
    assert () == verify(space, Q1, progress=lambda items, _: items).differences
    original = next(path for path in space.returns.rglob("*照片.jpg"))
    original.write_bytes(b"x")
    assert ["原件被改动过"] == [found.original for found in verify(space, Q1, progress=lambda items, _: items).differences]


def test_evidence_is_handed_out_and_is_data(space: Workspace, tmp_path: Path) -> None:
    """The option --evidence makes folders by unit and task with an index that leads to each copy; toolkit.data has a row a piece and task."""
    drop(space, "东山镇/任务3/照片.jpg", JPG)
    drop(space, "东山镇/任务2/照片.jpg", PNG)
    drop(space, "东山镇/任务2/又/照片.jpg", PNG + b"2")
    run(space)
    done = export_evidence(space, (), tmp_path / "交出")
    assert (3, ()) == (done.copies, done.left)
    copies = sorted(path.relative_to(tmp_path / "交出").as_posix() for path in (tmp_path / "交出").rglob("*.jpg"))
    assert ["2023Q1/东山镇/任务2/照片.jpg", "2023Q1/东山镇/任务3/照片.jpg"] == [name for name in copies if "_" not in name]
    assert 3 == len(copies)
    table = open_data(space.root).evidence("2023Q1")
    assert [("任务2", "照片.jpg"), ("任务2", "照片.jpg"), ("任务3", "照片.jpg")] == sorted(zip(table["number"], table["name"], strict=True))
    english = export_evidence(replace(space, asked_language="en"), (), tmp_path / "english").path
    rows = list(load_workbook(english).worksheets[0].iter_rows(values_only=True))
    assert (("Period", "Body", "No."), ("2023Q1", "东山镇", "任务2")) == (rows[0][:3], rows[1][:3])


@pytest.mark.parametrize("instant", [1, 2, 3, 4])
def test_a_run_cut_off_ends_as_a_whole_one(space: Workspace, monkeypatch: pytest.MonkeyPatch, instant: int) -> None:
    """Cut off after a file was archived and before it is in the ledger, the next run ends the same: with the return known, and nothing twice."""
    drop(space, "来件.zip", packed({"照片/任务3.jpg": JPG, "照片/现场.png": PNG, "盖章.pdf": PDF, "一季度.xlsx": filled(space)}))
    record, calls = Ledger.record_arrivals, list[int]()

    def dies(self: Ledger, *args: object, **named: object) -> None:
        calls.append(1)
        if len(calls) == instant:
            raise KeyboardInterrupt
        record(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(archive_returns, "_TOGETHER", 1)
    monkeypatch.setattr(Ledger, "record_arrivals", dies)
    with pytest.raises(KeyboardInterrupt):
        run(space)
    assert instant - 1 == len(ledger_files(space))
    monkeypatch.setattr(Ledger, "record_arrivals", record)
    run(space)
    assert {"一季度.xlsx": "merged", "任务3.jpg": "attached", "盖章.pdf": "attached", "现场.png": "waiting", "来件.zip": "ignored"} == ledger_files(space)
    assert {("任务3.jpg", "东山镇"), ("盖章.pdf", "东山镇")} == {piece[:2] for piece in pieces(space)}


def ledger_files(space: Workspace) -> dict[str, str]:
    with open_office(space) as office:
        return {record.name.rpartition("/")[2]: record.outcome.value for record in office.ledger.all_files()}
