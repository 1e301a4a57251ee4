"""Envelopes in the inbox: what is in them is collected like any other file, and the numbers add up."""

import io
import os
import sys
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import py7zr
import pytest
import pyzipper

from tests.hostile.books import zipped
from tests.small import Q1, accepted, filled_row, issue, small_workspace, type_into
from toolkit.edges import inbox, workspace
from toolkit.edges.envelopes.unpack import unpack
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake import archive_returns
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.intake.unpack_files import Unpacker
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.status import status
from toolkit.model.command_error import CommandError
from toolkit.model.returns import Outcome

TOWN = filled_row("任务2", lead=False) | filled_row("任务3")


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    space = small_workspace(tmp_path)
    issue(space)
    return space


def filled(space: Workspace, progress: int = 30) -> bytes:
    """The town's workbook, filled in."""
    target = space.root / "填好.xlsx"
    cells = TOWN | {("任务进展", "任务3", "累计进度"): progress}
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", target, cells)
    return target.read_bytes()


def drop(space: Workspace, name: str, content: bytes) -> None:
    (space.inbox / name).write_bytes(content)
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(space.inbox / name, (moment, moment))


def run(space: Workspace) -> Collected:
    return collect(space, progress=lambda items, _: items)


def ends(done: Collected) -> dict[str, tuple[Outcome, str]]:
    return {arrival.sent.name: (arrival.outcome, "、".join(finding.code.name for finding in arrival.findings)) for arrival in done.arrivals}


def letter(content: bytes) -> bytes:
    """A mail that brings a workbook and a note."""
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "某某 <dongshan@example.com>", "东山镇一季度进展", "Tue, 21 Mar 2023 01:00:00 +0000"
    message["Received"] = "from mx.example.com by mail.example.com; Fri, 31 Mar 2023 02:00:00 +0000"
    message.set_content("见附件")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename="东山镇.xlsx")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="盖章页.pdf")
    return message.as_bytes()


def test_every_member_of_an_archive_has_its_entry(space: Workspace) -> None:
    """A zip with a return, a lock file, a picture and a zip in it: each member and each envelope ends in one outcome."""
    inner = zipped({"表/东山镇.xlsx": filled(space)})
    drop(space, "三家.zip", zipped({"里面.zip": inner, "~$东山镇.xlsx": b"x", "图.png": b"\x89PNG\r\n"}))

    done = run(space)

    assert {
        "三家.zip/里面.zip/表/东山镇.xlsx": (Outcome.MERGED, ""),
        "三家.zip/~$东山镇.xlsx": (Outcome.IGNORED, "SYSTEM_FILE"),
        "三家.zip/图.png": (Outcome.WAITING, "EVIDENCE_ASKED"),
        "三家.zip": (Outcome.IGNORED, "ENVELOPE"),
    } == ends(done)
    assert [] == list(space.inbox.iterdir())
    assert ["2023Q1/东山镇", "来件"] == sorted(path.parent.relative_to(space.returns).as_posix() for path in space.returns.rglob("*") if path.is_file())
    found = status(space, Q1)
    assert found is not None
    assert 4 == sum(found.outcomes.values())


def test_a_mail_gives_sender_subject_and_the_time_it_came(space: Workspace) -> None:
    """A workbook out of a mail keeps who sent it, under which subject, and when the last server had it; what the sender dates itself does not count."""
    drop(space, "来信.eml", letter(filled(space)))

    done = run(space)

    assert {
        "来信.eml/东山镇.xlsx": (Outcome.MERGED, "LATE"),
        "来信.eml/盖章页.pdf": (Outcome.ATTACHED, "EVIDENCE"),
        "来信.eml": (Outcome.IGNORED, "ENVELOPE"),
    } == ends(done)
    assert "某某 <dongshan@example.com>：东山镇一季度进展" == done.arrivals[0].sent.origin


@pytest.mark.parametrize("instant", [1, 2, 3])
def test_a_run_cut_off_within_an_envelope_goes_on_where_it_was(space: Workspace, monkeypatch: pytest.MonkeyPatch, instant: int) -> None:
    """Cut off after any member of an envelope, the next run takes in the rest, and nothing twice."""
    drop(space, "两份.zip", zipped({"a.xlsx": filled(space), "b.xlsx": filled(space, 40)}))
    record, calls = Ledger.record_arrivals, []
    monkeypatch.setattr(archive_returns, "_TOGETHER", 1)

    def stop(*what: object, **rest: object) -> None:
        calls.append(1)
        if len(calls) == instant:
            raise KeyboardInterrupt
        record(*what, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Ledger, "record_arrivals", stop)
    with pytest.raises(KeyboardInterrupt):
        run(space)
    monkeypatch.undo()
    run(space)

    with open_office(space) as office:
        assert ["两份.zip", "两份.zip/a.xlsx", "两份.zip/b.xlsx"] == sorted(record.name for record in office.ledger.all_files())
    assert {"两份.zip/a.xlsx", "两份.zip/b.xlsx"} == set(accepted(space))
    assert [] == list(space.inbox.iterdir())


def test_a_locked_archive_waits_and_opens_with_the_password_of_the_round(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its password an archive's member waits with a sentence; with the password in the environment it is read."""
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword("某某口令".encode())
        archive.writestr("东山镇.xlsx", filled(space))
    drop(space, "加密.zip", out.getvalue())

    first = run(space)
    monkeypatch.setenv("TASK_TOOLKIT_PASSWORD_东山镇", "某某口令")
    drop(space, "加密再来.zip", out.getvalue())
    second = run(space)

    assert (Outcome.WAITING, "PASSWORD") == ends(first)["加密.zip/东山镇.xlsx"]
    assert (Outcome.MERGED, "") == ends(second)["加密再来.zip/东山镇.xlsx"]


def test_an_archive_without_its_library_says_how_to_go_on(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library for an archive is missing, the file is refused with the way out; the rest goes on."""
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writestr(filled(space), "东山镇.xlsx")
    drop(space, "a.7z", out.getvalue())
    drop(space, "b.7z", out.getvalue() + b"\0")
    monkeypatch.setitem(sys.modules, "py7zr", None)
    monkeypatch.setattr(Unpacker, "unpack", lambda _, *file: unpack(*file))  # here, where the library is missing
    first = run(space)
    monkeypatch.undo()
    drop(space, "c.7z", out.getvalue())

    assert {"a.7z": (Outcome.REFUSED, "NO_LIBRARY"), "b.7z": (Outcome.REFUSED, "NO_LIBRARY")} == ends(first)
    assert "请重新压缩为 .zip 后报送" in first.arrivals[0].findings[0].advice
    assert (Outcome.MERGED, "") == ends(run(space))["c.7z/东山镇.xlsx"]


def test_a_file_that_is_still_being_copied_stays(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A half-downloaded file and one that somebody still writes to stay in the inbox with a sentence, and are taken in once they are whole."""
    content = filled(space)
    (space.inbox / "东山镇.xlsx.crdownload").write_bytes(content[:100])
    growing = space.inbox / "东山镇.xlsx"
    growing.write_bytes(content[: len(content) // 2])

    def write_on(_: float) -> None:
        growing.write_bytes(content)

    monkeypatch.setattr(inbox.time, "sleep", write_on)
    monkeypatch.setattr(inbox, "_RESTS", 3600.0)  # a busy machine comes to the file late; nobody really waits
    first = run(space)
    monkeypatch.undo()
    (space.inbox / "东山镇.xlsx.crdownload").unlink()
    second = run(space)

    assert ((), 2) == (first.arrivals, len(first.left))
    assert first.left[0].endswith("请等它复制完，再运行一次。一直是这样的，是没有传完的：请删掉它，请对方重发。")
    assert "“东山镇.xlsx”好像还没有复制完，先留在收件箱。请等它复制完，再运行一次。" == first.left[1]
    assert "东山镇.xlsx" in ends(second)
    assert [] == list(space.inbox.iterdir())


def test_a_link_in_the_inbox_is_not_followed_and_is_told(space: Workspace, tmp_path: Path) -> None:
    """A link to a workbook or a folder stays with a sentence, what it leads to is not taken in."""
    (tmp_path / "别处").mkdir()
    (tmp_path / "别处" / "东山镇.xlsx").write_bytes(filled(space))
    (space.inbox / "东山镇.xlsx").symlink_to(tmp_path / "别处" / "东山镇.xlsx")
    (space.inbox / "一批").symlink_to(tmp_path / "别处")
    done = run(space)

    assert ((), ["“一批”是快捷方式（链接）", "“东山镇.xlsx”是快捷方式（链接）"]) == (done.arrivals, [text.partition("，")[0] for text in done.left])


def test_a_second_program_waits_or_says_so(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds the workspace, collect says so and touches nothing."""
    monkeypatch.setattr(workspace, "_PATIENCE", 0.1)
    drop(space, "东山镇.xlsx", filled(space))

    with space.alone(), pytest.raises(CommandError, match="另一个程序正在这个工作区里"):
        run(space)

    assert ["东山镇.xlsx"] == [path.name for path in space.inbox.iterdir()]
    assert 1 == len(run(space).arrivals)
