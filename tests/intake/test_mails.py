"""What sort of mail came in: told of any bytes, at once."""

import pytest

from tests.hostile.books import NESTED, PIECES, low_limits
from toolkit.intake.mail_kinds import Incoming, MailKind, read_mail

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
