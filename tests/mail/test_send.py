"""Mails to units: to a real server, to one in a bad mood, and as drafts."""

from collections import Counter
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.mail.certificates import make_pair
from tests.mail.conftest import CONNECTED
from tests.mail.hands import kill_when, run, start
from tests.mail.moody import CUT, SILENT, moody
from tests.mail.post_office import ADDRESSES, PASSWORD, PostOffice
from tests.mail.post_office import DISTRICT as MAILBOXES
from tests.small import Q1, issue, small_workspace
from toolkit.edges.envelopes.unpack import unpack
from toolkit.edges.files import write_file
from toolkit.edges.ledger.mail_log import MailLog
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace
from toolkit.flows.mail.send import Sent, preview, send
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.documents import documents
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Code
from toolkit.model.letter import Kind, State
from toolkit.model.master import TASK, Deadline, Master, Task, Unit

pytestmark = pytest.mark.xdist_group("mail")
UNITS = tuple(Unit(f"某局{number:02}", email=address) for number, address in enumerate(MAILBOXES))
DISTRICT = Master(
    tasks=tuple(Task(f"任务{number}", TASK, "一", "", f"完成第{number}件实事。", (unit.name,), ()) for number, unit in enumerate(UNITS, 1)),
    indicators=(),
    units=UNITS,
    calendar=(Deadline("2023Q1", "季度进展", date(2023, 1, 1), date(2023, 3, 30)),),
    title="某区2023年目标任务",
)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A district of 63 units, issued once."""
    made = small_workspace(tmp_path_factory.mktemp("district"), DISTRICT)
    issue(made)
    return made


@pytest.fixture
def district(issued: Workspace, post: PostOffice) -> Workspace:
    """The district before its first mail, with empty mailboxes."""
    for unit in UNITS:
        post.empty(unit.email)
    post.settings(issued.root)
    with open_office(issued) as office, office.ledger.writing() as connection:
        connection.exec_driver_sql("DELETE FROM mails")
    return issued


def post_all(space: Workspace, *resend: str, what: Kind = Kind.ISSUE, only: tuple[str, ...] = ()) -> Sent:
    return send(space, Q1, what, only=only, resend=resend, progress=lambda items, _: items)


def states(space: Workspace) -> dict[str, State]:
    with open_office(space) as office:
        return {posted.unit: posted.state for posted in MailLog(office.ledger).posted("2023Q1").values()}


def files_of(mail: EmailMessage) -> list[str | None]:
    return [part.get_filename() for part in mail.iter_attachments()]


def counts(post: PostOffice) -> Counter[int]:
    return Counter(len(post.mails_of(unit.email)) for unit in UNITS)


def test_every_unit_gets_its_workbook_once(district: Workspace, post: PostOffice) -> None:
    """Sixty-three mails go out over STARTTLS and arrive, each with its own unit's workbook; a second send sends nothing."""
    first, second = post_all(district), post_all(district)

    assert (63, 0, []) == (len(first.delivered.sent), len(first.delivered.before), first.delivered.left)
    assert (0, 63, []) == (len(second.delivered.sent), len(second.delivered.before), second.delivered.left)
    for unit in UNITS:
        post.wait_for(unit.email, 1)
        assert [[f"{unit.name}_2023年第一季度进展.xlsx"]] == [files_of(mail) for mail in post.mails_of(unit.email)]


def test_a_mail_says_what_to_do(space: Workspace, post: PostOffice) -> None:
    """Subject with receipt code, text and html of the same wording, the office's name, the workbook as it lies in the outbox."""
    post_all(space, only=("东山镇",))

    mail = post.wait_for(ADDRESSES["东山镇"], 1)[0]
    text, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert page is not None
    with open_office(space) as office:
        code = MailLog(office.ledger).receipt_codes(office.form_of(Q1).code, "2023Q1")["东山镇"]
    assert f"请填报2023年第一季度目标任务：东山镇（{code}）" == mail["Subject"]
    assert ("某县政府办 <office@example.com>", "dsz@example.com", "auto-generated") == (mail["From"], mail["To"], mail["Auto-Submitted"])
    assert "截止日期为 2023年3月30日" in text.get_content()
    assert "截止日期为 2023年3月30日" in page.get_content()
    book = next(mail.iter_attachments()).get_content()
    assert (space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx").read_bytes() == book


def test_killed_in_the_middle_nothing_goes_twice_and_nothing_is_lost(district: Workspace, post: PostOffice) -> None:
    """After kill -9 among 63 mails the next run sends the rest; at most one mail is in doubt and is named, none arrives twice."""
    process = start(district.root, "send", "2023Q1")
    kill_when(process, lambda: sum(counts(post)[many] for many in (1, 2)) >= 15)

    again = run(district.root, "send", "2023Q1")

    doubtful = [unit.name for unit in UNITS if f"{unit.name}（{unit.email}）的邮件可能已发出，请核对后用 --resend {unit.name} 重发。" in again.said]
    assert len(doubtful) <= 1
    assert (1 if doubtful else 0) == again.code
    for unit in UNITS:
        if unit.name not in doubtful:
            post.wait_for(unit.email, 1)
    assert counts(post)[1] >= 62
    assert {State.SENT} == {state for name, state in states(district).items() if name not in doubtful}
    assert set(counts(post)) <= {0, 1}


def test_a_mail_in_doubt_is_reported_until_the_clerk_decides(space: Workspace, post: PostOffice) -> None:
    """Killed while the server owes its answer: the next runs name the mail and do not send it; --resend does, under the same Message-ID."""
    with moody({"END": SILENT}) as server:
        post.settings(space.root, smtp_port=server.port, smtp_security="none", smtp_user="")
        process = start(space.root, "send", "2023Q1", "--unit", "东山镇")
        kill_when(process, server.at_end.is_set)
    assert {"东山镇": State.SENDING} == states(space)
    post.settings(space.root)

    first, second = post_all(space, only=("东山镇",)), post_all(space, only=("东山镇",))

    said = "东山镇（dsz@example.com）的邮件可能已发出，请核对后用 --resend 东山镇 重发。"
    assert [said] == first.delivered.left == second.delivered.left
    assert [] == post.mails_of("dsz@example.com")
    with open_office(space) as office:
        name = next(iter(MailLog(office.ledger).posted("2023Q1").values())).message_id
    assert ["东山镇"] == post_all(space, "东山镇", only=("东山镇",)).delivered.sent
    assert [name] == [mail["Message-ID"] for mail in post.wait_for("dsz@example.com", 1)]


@pytest.mark.parametrize(
    ("moods", "state", "sentence"),
    [
        ({"RCPT": "450 4.2.0 greylisted"}, State.PLANNED, "的邮件暂时发不出去：450 4.2.0 greylisted。没有发出，过一会儿再运行一次就会接着发。"),
        ({"RCPT": "550 5.1.1 unknown"}, State.REFUSED, "的邮件被拒收：550 5.1.1 unknown。请核对邮箱和附件大小，改好后用 --resend 东山镇 重发。"),
        ({"DATA": "554 5.7.1 spam"}, State.REFUSED, "的邮件被拒收：554 5.7.1 spam。"),
        ({"END": "552 5.2.2 mailbox full"}, State.REFUSED, "的邮件被拒收：552 5.2.2 mailbox full。"),
        ({"END": "451 4.3.0 later"}, State.PLANNED, "的邮件暂时发不出去：451 4.3.0 later。"),
        ({"MAIL": CUT}, State.PLANNED, "的邮件暂时发不出去：发送前连接断了。"),
        ({"END": CUT}, State.DOUBTFUL, "的邮件可能已发出，请核对后用 --resend 东山镇 重发。"),
    ],
)
def test_a_server_in_a_bad_mood(space: Workspace, post: PostOffice, moods: dict[str, str], state: State, sentence: str) -> None:
    """Each refusal or cut is a sentence and a state: not now is tried again, never waits for a better address, and doubt waits for the clerk."""
    with moody(moods) as server:
        post.settings(space.root, smtp_port=server.port, smtp_security="none", smtp_user="")
        done = post_all(space, only=("东山镇",))
        server.moods.clear()
        again = post_all(space, only=("东山镇",))
        taken = len(server.taken)

    assert done.delivered.left[0].startswith(f"东山镇（dsz@example.com）{sentence}")
    assert [] == done.delivered.sent
    assert ((["东山镇"], 1) if state is State.PLANNED else ([], 0)) == (again.delivered.sent, taken)


def test_a_refused_mail_goes_to_a_better_address(space: Workspace, post: PostOffice) -> None:
    """A refused mail stays with the clerk while the address is the same, and goes out by itself when the address is put right."""
    with moody({"RCPT": "550 5.1.1 unknown"}) as server:
        post.settings(space.root, smtp_port=server.port, smtp_security="none", smtp_user="")
        post_all(space, only=("东山镇",))
    post.settings(space.root)
    units = tuple(replace(unit, email="fgj@example.com") if unit.name == "东山镇" else unit for unit in CONNECTED.units)
    write_file(space.master, master_bytes(replace(CONNECTED, units=units)))

    assert ["东山镇"] == post_all(space, only=("东山镇",)).delivered.sent
    post.wait_for("fgj@example.com", 1)


def trouble(space: Workspace) -> str:
    with pytest.raises(CommandError) as caught:
        post_all(space)
    assert PASSWORD not in f"{caught.value.message}{caught.value.advice}"
    assert set() == set(states(space).values()) - {State.PLANNED}
    return f"{caught.value.message}{caught.value.advice}"


def test_a_wrong_password(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password that the server does not take, or that is not there, is said; nothing is sent and the password is not shown."""
    monkeypatch.setenv("TASK_TOOLKIT_SMTP_PASSWORD", "wrong")
    assert "不接受邮箱“office@example.com”的用户名或密码。已发 0 封，还有 3 封没有发。请核对" in trouble(space)
    monkeypatch.delenv("TASK_TOOLKIT_SMTP_PASSWORD")
    assert "没有邮箱“office@example.com”的密码。" in trouble(space)
    ended = run(space.root, "send", "2023Q1")
    assert (1, True) == (ended.code, "请把密码（或邮箱的授权码）写进环境变量 TASK_TOOLKIT_SMTP_PASSWORD" in ended.said)


def test_a_server_that_is_not_there(space: Workspace, post: PostOffice) -> None:
    """An unknown host, a closed port and a port that speaks no TLS are told apart."""
    post.settings(space.root, smtp="nowhere.invalid")
    assert "找不到邮件服务器“nowhere.invalid”。" in trouble(space)
    post.settings(space.root, smtp_port=9)
    assert "邮件服务器 localhost:9 拒绝连接。" in trouble(space)
    post.settings(space.root, smtp_security="ssl")
    assert "不能建立加密连接。" in trouble(space)


def test_certificates_that_are_not_to_be_trusted(space: Workspace, post: PostOffice, tmp_path: Path) -> None:
    """A self-made certificate, one that is out of date and one of another server are refused before the password is said."""
    authority = make_pair(tmp_path, "authority")
    pairs = {
        "证书是自签的": make_pair(tmp_path, "alone"),
        "证书已过期": make_pair(tmp_path, "old", by=authority, days=-1),
        "证书不是发给这台服务器的": make_pair(tmp_path, "other", by=authority, host="other.example.com"),
    }
    for sentence, pair in pairs.items():
        with moody({}, pair.certificate, pair.key) as server:
            post.settings(space.root, smtp_port=server.port, smtp_security="ssl", authority="")
            if pair.certificate.stem != "alone":
                post.settings(space.root, smtp_port=server.port, smtp_security="ssl")
                (space.root / "authority.pem").write_bytes(authority.certificate.read_bytes())
            assert sentence in trouble(space)


def test_a_mail_that_is_too_big(space: Workspace, post: PostOffice) -> None:
    """A workbook beyond the server's or the office's own limit is refused with both sizes, and the others go out."""
    path = space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx"
    path.write_bytes(path.read_bytes() + bytes(16 << 20))

    done = post_all(space)

    assert {"云溪县发改局", "云溪县工信局"} == set(done.delivered.sent)
    assert [True] == ["被拒收：邮件有 22 MB，超过了 20 MB 的限度。请核对" in said for said in done.delivered.left]
    post.settings(space.root, largest=1)
    assert ["1 MB 的限度" in said for said in post_all(space, "东山镇", only=("东山镇",)).delivered.left] == [True]


def test_without_a_server_there_are_drafts(space: Workspace) -> None:
    """One draft a unit that mail programs open as unsent, To left empty where no address is known; the attachment comes out of it whole."""
    (space.root / "settings.toml").write_text('office = "某县政府办"\n', "utf-8")
    write_file(
        space.master, master_bytes(replace(CONNECTED, units=tuple(replace(unit, email="") if unit.name == "东山镇" else unit for unit in CONNECTED.units)))
    )

    done = post_all(space)
    bytes_of = {path.name: path.read_bytes() for path in space.out(Q1, "邮件").iterdir()}
    post_all(space)

    assert (["东山镇"], 3) == (done.delivered.unaddressed, len(done.delivered.drafts))
    drafts = {name: message_from_bytes(content, policy=policy.default) for name, content in bytes_of.items()}
    assert {"东山镇_发放.eml": None, "云溪县发改局_发放.eml": "fgj@example.com", "云溪县工信局_发放.eml": "gxj@example.com"} == {
        name: mail["To"] for name, mail in drafts.items()
    }
    assert {("1", None)} == {(mail["X-Unsent"], mail["Message-ID"]) for mail in drafts.values()}
    inside = unpack(bytes_of["东山镇_发放.eml"], "东山镇_发放.eml", ()).members[0]
    assert (space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx").read_bytes() == inside.content
    assert bytes_of == {path.name: path.read_bytes() for path in space.out(Q1, "邮件").iterdir()}


def test_papers_go_the_same_way(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bulletin goes to every unit, a reminder to the unit that it names; before there are papers the clerk is told to write them."""
    (space.root / "settings.toml").write_text('office = "某县政府办"\n', "utf-8")
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-03")
    with pytest.raises(CommandError, match="还没有写文书"):
        post_all(space, what=Kind.PAPER)
    documents(space, Q1, yellow=False, progress=lambda items, _: items)
    bulletin = next(path for path in space.out(Q1, "文书").glob("*.docx"))
    bulletin.with_stem(f"{bulletin.stem}（新）").write_bytes(b"beside")

    post_all(space, what=Kind.PAPER, only=("东山镇",))

    (draft,) = space.out(Q1, "邮件").iterdir()
    mail = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert ("东山镇_文书.eml", [bulletin.name, "催报通知_东山镇.docx"]) == (draft.name, files_of(mail))
    assert bulletin.read_bytes() == next(mail.iter_attachments()).get_content()


def test_a_dry_run_shows_and_sends_nothing(space: Workspace, post: PostOffice) -> None:
    """The list names unit, address, subject, file and state; no mail leaves, and nothing is recorded."""
    rows, left = preview(space, Q1, Kind.ISSUE, only=())

    assert [("云溪县发改局", "fgj@example.com", "待发"), ("云溪县工信局", "gxj@example.com", "待发"), ("东山镇", "dsz@example.com", "待发")] == [
        (row[0], row[1], row[4]) for row in rows
    ]
    assert ((), {}) == (left, states(space))
    assert [] == post.mails_of("dsz@example.com")
    assert "要发的邮件（没有发送）" in run(space.root, "send", "2023Q1", "--dry-run").said


def test_the_office_writes_its_own_wording(space: Workspace, post: PostOffice) -> None:
    """A part that the office changed is used; one with an unknown place or no subject is a finding, and the built-in wording goes out."""
    post_all(space, only=("东山镇",))
    path = space.templates / "邮件.txt"
    text = path.read_text("utf-8").replace("主题：请填报{期间}目标任务", "主题：{单位名}").replace("主题：{期间}报送表已收到：{单位}（{回执编号}）\n", "")
    path.write_bytes(text.replace("【催报前】\n主题：", "【催报前】\n主题：温馨提示：").encode("gb18030"))

    done = post_all(space)

    assert [Code.BAD_WORDING] * 2 == [finding.code for finding in done.findings]
    assert ["邮件用语“发放”这一段不能用：不认识花括号里的“单位名”，改用程序自带的。", "邮件用语“收到”这一段不能用：没有“主题：”这一行，改用程序自带的。"] == [
        finding.message for finding in done.findings
    ]
    assert post.wait_for("fgj@example.com", 1)[0]["Subject"].startswith("请填报2023年第一季度目标任务")


def test_an_address_that_is_none(space: Workspace) -> None:
    """What is no mail address is named and not sent to; the unit gets a draft."""
    units = tuple(replace(unit, email="东山镇邮箱") if unit.name == "东山镇" else unit for unit in CONNECTED.units)
    write_file(space.master, master_bytes(replace(CONNECTED, units=units)))

    done = post_all(space)

    assert [Code.BAD_ADDRESS] == [finding.code for finding in done.findings]
    assert (["东山镇"], ["东山镇"]) == (done.delivered.unaddressed, done.delivered.drafts)


def test_settings_that_cannot_be(space: Workspace, post: PostOffice) -> None:
    """Each wrong line of the section is said with what may stand there."""
    wrong: tuple[tuple[dict[str, object], str], ...] = (
        ({"smtp_security": "tls"}, "可以填：ssl、starttls、none。"),
        ({"rate": "快"}, "rate 不能是“快”"),
        ({"user": "", "from": "x"}, "没有写发信地址"),
    )
    for said, sentence in wrong:
        post.settings(space.root, **said)
        assert sentence in trouble(space)
