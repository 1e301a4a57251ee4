"""Mails from units: out of a real mailbox into the inbox, and what is no return."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.mail.certificates import make_pair
from tests.mail.conftest import CONNECTED
from tests.mail.hands import kill_when, run, start
from tests.mail.moody import moody
from tests.mail.post_office import FULL, OFFICE, PASSWORD, PostOffice
from tests.small import Q1, accepted, filled_row, type_into
from toolkit.edges.files import write_file
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.mail.fetch import Fetched, fetch
from toolkit.flows.mail.send import send
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Code
from toolkit.model.letter import Kind
from toolkit.model.returns import Outcome

pytestmark = pytest.mark.xdist_group("mail")


def get(space: Workspace) -> Fetched:
    return fetch(space, progress=lambda items, _: items)


def take_in(space: Workspace) -> Collected:
    return collect(space, progress=lambda items, _: items)


def post_all(space: Workspace, what: Kind = Kind.ISSUE) -> list[str]:
    return send(space, Q1, what, only=(), resend=(), progress=lambda items, _: items).delivered.sent


def letter(sender: str, text: str = "见附件", **more: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, OFFICE, "回复：填报"
    for name, value in more.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def reply(space: Workspace, unit: str, cells: dict[tuple[str, str, str], object], sender: str, source: Path | None = None) -> EmailMessage:
    filled = space.root / "filled.xlsx"
    type_into(source or space.out(Q1, "发放") / f"{unit}_2023年第一季度进展.xlsx", filled, cells)
    mail = letter(sender)
    mail.add_attachment(filled.read_bytes(), maintype="application", subtype="octet-stream", filename=f"{unit}进展.xlsx")
    return mail


def heavy(number: int, size: int) -> EmailMessage:
    mail = letter("dsz@example.com", f"第{number}封")
    mail.add_attachment(bytes(size), maintype="application", subtype="octet-stream", filename=f"材料{number}.bin")
    return mail


def names(space: Workspace) -> list[str]:
    return sorted(path.name for path in space.inbox.iterdir() if path.name != ".gitkeep")


TOWN = filled_row("任务2", lead=False) | filled_row("任务3")


def test_a_round_by_mail(space: Workspace, post: PostOffice) -> None:
    """Workbooks go out, a spoiled and a clean one come back and are merged, receipts go out, the mended one comes back; the mailbox stays as it was."""
    assert 3 == len(post_all(space))
    spoiled = TOWN | {("任务进展", "任务3", "累计进度"): 130}
    post.deliver(reply(space, "东山镇", spoiled, "dsz@example.com"), sender="dsz@example.com")
    post.deliver(reply(space, "云溪县发改局", filled_row("任务1", lead=False) | filled_row("目标1"), "fgj@example.com"), sender="fgj@example.com")
    post.wait_for(OFFICE, 2)

    assert 2 == len(get(space).files)
    first = take_in(space)
    assert {("东山镇", Outcome.WITH_FINDINGS), ("云溪县发改局", Outcome.MERGED)} == {
        (arrival.unit, arrival.outcome) for arrival in first.arrivals if arrival.unit
    }
    assert {"东山镇", "云溪县发改局"} == set(post_all(space, Kind.RECEIPT))
    subjects = [str(mail["Subject"]).partition("：")[0] for mail in (*post.wait_for("dsz@example.com", 2), *post.wait_for("fgj@example.com", 2))]
    assert ["请填报2023年第一季度目标任务", "2023年第一季度报送表有 1 处需要修改", "请填报2023年第一季度目标任务", "2023年第一季度报送表已收到"] == subjects

    mended = next(post.mails_of("dsz@example.com")[1].iter_attachments()).get_content()
    (space.root / "mended.xlsx").write_bytes(mended)
    post.deliver(reply(space, "东山镇", {("任务进展", "任务3", "累计进度"): 45}, "dsz@example.com", space.root / "mended.xlsx"), sender="dsz@example.com")
    post.wait_for(OFFICE, 3)
    assert 1 == len(get(space).files)
    take_in(space)
    values = {row.number: str(row.value("progress")) for rows in accepted(space).values() for row in rows}
    assert "45" == values["任务3"]
    assert ([], 0) == (get(space).files, get(space).ignored)
    assert 3 == len(post.mails_of(OFFICE))


def test_nothing_is_marked_or_deleted(space: Workspace, post: PostOffice) -> None:
    """After a fetch the messages are still new on the server."""
    post.deliver(letter("dsz@example.com"), sender="dsz@example.com")
    post.wait_for(OFFICE, 1)

    get(space)

    names_there = [path.name for kind in ("new", "cur") for path in (post.home / "mail" / "office" / kind).iterdir()]
    assert [""] == [name.partition(":2,")[2] for name in names_there]


def test_killed_in_the_middle_every_message_is_there_once(space: Workspace, post: PostOffice) -> None:
    """After kill -9 among thirty messages, with a collect in between, the next fetch brings the rest: none is lost, none is read twice."""
    post.lay([heavy(number, 100_000) for number in range(30)])
    process = start(space.root, "fetch")
    kill_when(process, lambda: len(names(space)) >= 8)
    before = [name for name in names(space) if name.endswith(".eml")]

    for name in before[:4]:
        (space.inbox / name).rename(space.root / name)  # collect has taken some
    again = run(space.root, "fetch")

    assert 0 == again.code, again.said
    assert "收到新邮件" in again.said
    together = sorted({*names(space), *before})
    assert (30, []) == (len(together), [name for name in together if not name.endswith(".eml")])
    assert [] == get(space).files


@contextmanager
def cutting(port: int, after: int) -> Iterator[int]:
    """A line to a real server that is cut after so many bytes from it."""
    door = socket.create_server(("127.0.0.1", 0))

    def pass_on() -> None:
        client, _ = door.accept()
        with client, socket.create_connection(("127.0.0.1", port)) as server:
            threading.Thread(target=_pour, args=(client, server, 1 << 40), daemon=True).start()
            _pour(server, client, after)

    threading.Thread(target=pass_on, daemon=True).start()
    yield door.getsockname()[1]
    door.close()


def _pour(source: socket.socket, target: socket.socket, most: int) -> None:
    try:
        while most > 0 and (piece := source.recv(min(most, 16384))):
            target.sendall(piece)
            most -= len(piece)
        for end in (source, target):
            end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


def test_a_line_that_is_cut_in_mid_download(space: Workspace, post: PostOffice) -> None:
    """What came before the cut stays, half a message is never in the inbox, and the next fetch goes on."""
    post.lay([heavy(number, 200_000) for number in range(4)])

    with cutting(post.ports["imaps"], 700_000) as port:
        post.settings(space.root, imap_port=port)
        with pytest.raises(CommandError) as caught:
            get(space)
    kept = names(space)
    post.settings(space.root)

    assert "的连接断了。已收 2 封，还有 2 封没有收。" in caught.value.message
    assert (2, 2) == (len(kept), len(get(space).files))
    assert 4 == len(names(space))


def test_messages_that_are_numbered_anew(space: Workspace, post: PostOffice) -> None:
    """When the server begins to count anew, what was fetched before is not fetched again."""
    post.deliver(letter("dsz@example.com"), sender="dsz@example.com")
    post.wait_for(OFFICE, 1)
    get(space)
    mailbox = post.home / "mail" / "office"
    for path in mailbox.glob("dovecot*"):
        path.unlink()
    (mailbox / "dovecot-uidlist").write_text("3 V77777 N900 Gaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", "utf-8")
    shutil.chown(mailbox / "dovecot-uidlist", "mail", "mail")

    assert [] == get(space).files


def test_mails_that_are_no_returns(space: Workspace, post: PostOffice) -> None:
    """Our own mail that comes round and an out-of-office answer are left; an html-only mail and one with fifty attachments end in outcomes."""
    post_all(space)
    own = post.wait_for("dsz@example.com", 1)[0]
    post.deliver(own, sender="dsz@example.com")
    post.deliver(letter("fgj@example.com", "出差中", Auto_Submitted="auto-replied"), sender="fgj@example.com")
    page = EmailMessage()
    page["From"], page["Subject"] = "gxj@example.com", "只有网页"
    page.set_content("<p>请看网页</p>", subtype="html")
    post.deliver(page, sender="gxj@example.com")
    many = letter("dsz@example.com")
    for number in range(50):
        many.add_attachment(f"材料{number}".encode(), maintype="text", subtype="plain", filename=f"材料{number}.txt")
    post.deliver(many, sender="dsz@example.com")
    post.wait_for(OFFICE, 4)

    done = get(space)
    collected = take_in(space)

    assert (2, 2) == (len(done.files), done.ignored)
    assert 50 == len([arrival for arrival in collected.arrivals if "材料" in arrival.sent.name])
    assert ["这个邮件里没有文件。"] == [
        finding.message for arrival in collected.arrivals for finding in arrival.findings if finding.code is Code.NOTHING_INSIDE
    ]


def test_what_comes_back_names_its_unit(space: Workspace, post: PostOffice) -> None:
    """A mail to an address that is not there, and one to a full mailbox, come back and are findings with unit, address and the server's reason."""
    wrong = {"东山镇": "gone@example.com", "云溪县工信局": FULL}
    units = tuple(replace(unit, email=wrong.get(unit.name, unit.email)) for unit in CONNECTED.units)
    write_file(space.master, master_bytes(replace(CONNECTED, units=units)))
    post_all(space)
    post.wait_for(OFFICE, 2)

    found = get(space).findings

    assert {Code.BOUNCED} == {finding.code for finding in found}
    said = {finding.unit: finding.message for finding in found}
    assert said["东山镇"].startswith("退信：东山镇的地址 gone@example.com 不可达（550 5.1.1")
    assert said["云溪县工信局"].startswith("退信：云溪县工信局的地址 full@example.com 不可达（552 5.2.2")
    assert [] == names(space)
    refused = send(space, Q1, Kind.ISSUE, only=("东山镇",), resend=(), progress=lambda items, _: items).delivered.left
    assert "东山镇（gone@example.com）的邮件被拒收：退信：" in refused[0]


def test_a_mail_that_is_too_big_stays_on_the_server(space: Workspace, post: PostOffice) -> None:
    """A message over a hundred megabytes is named with its sender and left where it is; the others come in."""
    post.deliver(letter("fgj@example.com"), sender="fgj@example.com")
    post.wait_for(OFFICE, 1)
    post.lay([letter("dsz@example.com")])
    with next((post.home / "mail" / "office" / "new").glob("*.laid")).open("r+b") as file:
        file.truncate(101 << 20)

    done = get(space)

    assert 1 == len(done.files)
    assert [(Code.LEFT_ON_SERVER, "dsz@example.com的邮件有 101 兆，太大，留在邮箱里没有收取。")] == [
        (finding.code, finding.message) for finding in done.findings
    ]


def trouble(space: Workspace) -> str:
    with pytest.raises(CommandError) as caught:
        get(space)
    said = f"{caught.value.message}{caught.value.advice}"
    assert PASSWORD not in said
    return said


def test_a_mailbox_that_cannot_be_opened(space: Workspace, post: PostOffice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No server, unknown host, wrong folder, untrusted certificate and wrong password are told apart; STARTTLS works as well as TLS."""
    post.settings(space.root, imap_port=post.ports["starttls"], imap_security="starttls")
    assert [] == get(space).files
    post.settings(space.root, imap="")
    assert "没有设收信服务器。" in trouble(space)
    post.settings(space.root, imap="nowhere.invalid")
    assert "找不到邮件服务器“nowhere.invalid”。" in trouble(space)
    post.settings(space.root, folder="报送")
    assert "邮箱里没有“报送”这个邮件夹。" in trouble(space)
    pair = make_pair(tmp_path, "alone")
    with moody({}, pair.certificate, pair.key) as server:
        post.settings(space.root, imap_port=server.port, authority="")
        assert "证书是自签的" in trouble(space)
    post.settings(space.root)
    monkeypatch.setenv("TASK_TOOLKIT_IMAP_PASSWORD", "wrong")
    assert "不接受邮箱“office@example.com”的用户名或密码。" in trouble(space)
