"""What sort of mail came in: told of any bytes, at once."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.hostile.books import NESTED, PIECES, low_limits
from tests.small import small_workspace
from toolkit.edges.files import write_file
from toolkit.flows.intake.collect import collect
from toolkit.intake.mail_kinds import Incoming, MailKind, read_mail
from toolkit.model.findings import Code

__all__ = ["low_limits"]  # a fixture
HEAD = b"From: a@example.com\nMessage-ID: <1@example.com>\n"


@pytest.mark.usefixtures("low_limits")
@pytest.mark.parametrize("rest", [PIECES + b"\n\nx", NESTED, b"Content-Type: multipart/report\n" + NESTED])
def test_a_mail_beyond_what_a_parser_is_given_is_a_letter(rest: bytes) -> None:
    """A mail beyond the limits goes on to the inbox by its sender, where it is refused with its reason; fetching stops at nothing."""
    assert Incoming(MailKind.LETTER, "a@example.com", "<1@example.com>") == read_mail(HEAD + rest)


@pytest.mark.parametrize("sender", ["朱镕 <a@example.com>".encode("gbk"), b"=?gb2312?B?6UQ=?= <a@example.com>", b"=?x-unknown?Q?=B3=B3?= <a@example.com>"])
def test_a_sender_is_known_by_the_address_whatever_the_name_is_written_in(sender: bytes) -> None:
    """A name in raw GBK, in GBK under the label gb2312 or in a charset that nobody knows does not hide the address."""
    assert "a@example.com" == read_mail(b"From: " + sender + b"\n\nx").sender


@pytest.mark.parametrize("answered", ["", "\n> 上次的第1项应为70%"])
def test_a_correction_in_a_mails_text_is_named(tmp_path: Path, answered: str) -> None:
    """What a mail corrects in its own text is said of the mail, with a form in it or without; what it quotes is another mail's."""
    space = small_workspace(tmp_path)
    for name, files in (("带表.eml", [b"x"]), ("无表.eml", [])):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "a@example.com", "一季度进展"
        mail.set_content(f"您好：\n第2项累计进度改为80%。{answered}")
        for data in files:
            mail.add_attachment(data, maintype="application", subtype="octet-stream", filename="表.xlsx")
        write_file(space.inbox / name, mail.as_bytes())

    done = collect(space, progress=lambda items, _: items)

    said = [(one.sent.name, finding.facts["what"]) for one in done.arrivals for finding in one.findings if finding.code is Code.NOT_TAKEN]
    assert [(name, "正文“第2项累计进度改为80%。”") for name in ("带表.eml", "无表.eml")] == sorted(said)
