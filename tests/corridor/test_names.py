"""Names that no ledger could keep: from the file system, from archives, from mails; nothing stops at one."""

import io
import json
import os
import signal
import sys
import zipfile
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.hostile.books import zipped
from tests.small import Q1, accepted, filled_row, issue, small_workspace, type_into
from toolkit.cli.generate_messages import collected
from toolkit.edges.envelopes.unpack import Unpacked, unpack_job
from toolkit.edges.reading.sandbox_process import Job
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake import unpack_files
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.intake.list_returns import list_returns
from toolkit.flows.office.office_context import open_office
from toolkit.model.returns import Outcome

GBK = "区商务局.xlsx".encode("gb18030")
SHOWN = "".join(f"\\x{byte:02x}" for byte in GBK[:-5]) + ".xlsx"


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-22")  # in time: what counts is when a file was first seen
    space = small_workspace(tmp_path)
    issue(space)
    return space


def filled(space: Workspace, progress: int) -> bytes:
    """Another version of the town's answer for each progress."""
    cells = filled_row("任务2", lead=False) | filled_row("任务3", progress=progress)
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", space.root / "填好.xlsx", cells)
    return (space.root / "填好.xlsx").read_bytes()


def drop(space: Workspace, name: bytes, content: bytes) -> None:
    path = os.fsencode(space.inbox) + b"/" + name
    Path(os.fsdecode(path)).write_bytes(content)
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(path, (moment, moment))


def run(space: Workspace) -> Collected:
    return collect(space, progress=lambda items, _: items)


def ends(done: Collected) -> dict[str, tuple[Outcome, str]]:
    return {arrival.sent.name: (arrival.outcome, "、".join(finding.code.name for finding in arrival.findings)) for arrival in done.arrivals}


def raw_zip(name: bytes, content: bytes) -> bytes:
    """A zip whose one member has these bytes for a name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("?" * len(name), content)
    return out.getvalue().replace(b"?" * len(name), name)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_a_name_that_is_not_utf8_stops_nothing(space: Workspace) -> None:
    """A GBK name from a zip that was unpacked on Linux is taken in, shown by its bytes with what it may mean, archived, and gone from the inbox."""
    drop(space, "后面.xlsx".encode(), filled(space, 20))
    drop(space, GBK, filled(space, 30))
    drop(space, b"\xff\xfe.zip", raw_zip(b"\xff\x81.xlsx", filled(space, 40)))

    done = run(space)

    assert {
        "后面.xlsx": (Outcome.MERGED, ""),
        SHOWN: (Outcome.MERGED, "NAME_SHOWN"),
        "\\xff\\xfe.zip/\\xff\\x81.xlsx": (Outcome.MERGED, "NAME_SHOWN"),
        "\\xff\\xfe.zip": (Outcome.IGNORED, "ENVELOPE、NAME_SHOWN"),
    } == ends(done)
    finding = next(finding for arrival in done.arrivals if arrival.sent.name == SHOWN for finding in arrival.findings)
    assert f"文件名里有显示不出的字符，记作“{SHOWN}”，可能是“区商务局.xlsx”；原来的字节是 {GBK.hex(' ')}。" == finding.message
    assert [] == list(space.inbox.iterdir())
    assert json.dumps(collected(done), ensure_ascii=False).encode()
    assert SHOWN in {one.name for one in list_returns(space, Q1)}
    with open_office(space) as office:
        assert all((space.root / record.path).is_file() for record in office.ledger.all_files())


def test_names_that_are_too_long_or_turn_the_writing_round(space: Workspace) -> None:
    """A mail's attachment with a name as long as a page, with one that turns round, and with a whole path: each is taken, by a name that can be kept."""
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "某某 <a@example.com>", "东山镇一季度进展", "Tue, 21 Mar 2023 01:00:00 +0000"
    message.set_content("见附件")
    names = ("进展" * 150 + ".xlsx", "东山镇\u202exslx.exe.xlsx", r"C:\Users\某某\桌面\东山镇.xlsx", "/home/某某/../东山镇2.xlsx", "..")
    for number, name in enumerate(names):
        message.add_attachment(filled(space, 20 + number), maintype="application", subtype="octet-stream", filename=name)
    drop(space, "来信.eml".encode(), message.as_bytes())

    done = ends(run(space))

    assert {
        f"来信.eml/{names[0]}": (Outcome.MERGED, ""),
        "来信.eml/东山镇\\u202exslx.exe.xlsx": (Outcome.MERGED, "NAME_SHOWN"),
        "来信.eml/东山镇.xlsx": (Outcome.MERGED, ""),
        "来信.eml/东山镇2.xlsx": (Outcome.MERGED, ""),
        "来信.eml/附件5": (Outcome.MERGED, ""),
        "来信.eml": (Outcome.IGNORED, "ENVELOPE"),
    } == done
    assert all(len(os.fsencode(path.name)) <= 240 for path in space.returns.rglob("*"))


def test_an_envelope_with_too_many_members_is_one_sentence(space: Workspace) -> None:
    """Of an archive with thousands of members, also by way of archives in it, nothing is taken and one sentence says so."""
    many = {f"{number}.txt": b"x" for number in range(1_200)}
    drop(space, "很多.zip".encode(), zipped({f"{number}.txt": b"x" for number in range(2_001)} | {"东山镇.xlsx": filled(space, 30)}))
    drop(space, "两层.zip".encode(), zipped({"一.zip": zipped(many), "二.zip": zipped(many)}))

    done = run(space)

    assert [
        ("两层.zip", "这个来件装了 2402 个文件，上限 2000 个，里面的文件一个也没有取出。"),
        ("很多.zip", "这个来件装了 2002 个文件，上限 2000 个，里面的文件一个也没有取出。"),
    ] == [(arrival.sent.name, arrival.reason) for arrival in done.arrivals]
    assert {"很多.zip": (Outcome.REFUSED, "TOO_MUCH_INSIDE"), "两层.zip": (Outcome.REFUSED, "TOO_MUCH_INSIDE")} == ends(done)


def test_signs_that_turn_the_writing_are_shown_and_not_obeyed(space: Workspace) -> None:
    """An answer with a sign that turns it round goes in with the sign as its number, to be looked at; round a number it does no harm."""
    cells = filled_row("任务2", lead=False) | filled_row("任务3", progress="\u202d45\u202c")
    cells["任务进展", "任务3", "下一步措施"] = "完成\u202e成完未\u2066。"
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", space.root / "填好.xlsx", cells)
    drop(space, "东山镇.xlsx".encode(), (space.root / "填好.xlsx").read_bytes())

    done = run(space)

    rows = {row.number: row for row in accepted(space)["东山镇.xlsx"]}
    assert {"东山镇.xlsx": (Outcome.WITH_FINDINGS, "TURNS")} == ends(done)
    assert (45, "完成\\u202e成完未\\u2066。") == (rows["任务3"].value("progress"), rows["任务3"].value("next"))


def ends_badly(job: Job) -> Unpacked:
    """Die, or eat all memory, where the envelope's name says so."""
    if "死" in job.name:
        os.kill(os.getpid(), signal.SIGKILL)
    if "满" in job.name:
        raise MemoryError
    return unpack_job(job)


def test_an_envelope_that_ends_its_reader_is_one_sentence(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever becomes of the process that looks into an envelope, the envelope is archived and said in a sentence, and the next one is opened."""
    monkeypatch.setattr(unpack_files, "unpack_job", ends_badly)
    for name in ("1死.zip", "2满.zip", "3好.zip"):
        drop(space, name.encode(), zipped({"东山镇.xlsx": filled(space, 30), "号.txt": name.encode()}))

    done = run(space)

    assert {
        "1死.zip": "这个来件打开时读取程序中断，里面的文件一个也没有取出。",
        "2满.zip": "这个来件打开时占用的内存太多，里面的文件一个也没有取出。",
        "3好.zip/东山镇.xlsx": "全部采用",
        "3好.zip/号.txt": "这个文件里没有本系统发出的表。",
        "3好.zip": "这是压缩包，里面的 2 个文件已逐个列出。",
    } == {arrival.sent.name: arrival.reason for arrival in done.arrivals}
    assert 3 == len(list((space.returns / "来件").iterdir()))
