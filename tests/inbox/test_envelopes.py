"""Envelopes: every member comes out once, as a workbook or as a finding."""

import io
import zipfile
from email.message import EmailMessage

import pytest

from tests.hostile.books import gbk_zip, workbook, zipped
from toolkit.edges.envelopes.unpack import Unpacked, unpack

BOOK = workbook()


def came(unpacked: Unpacked) -> tuple[list[str], list[tuple[str, str]]]:
    return [member.name for member in unpacked.members], [(finding.place.file, finding.code.name) for finding in unpacked.findings]


def mail(**attachments: bytes) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "甲 <a@example.cn>", "一季度进展", "Mon, 20 Mar 2023 09:00:00 +0800"
    message.set_content("见附件")
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=f"{name}.xlsx")
    return message


def test_a_workbook_is_its_own_only_member() -> None:
    """A file that is no envelope comes back as it is."""
    assert ((["表.zip"], []), False) == (came(unpack(BOOK, "表.zip")), bool(unpack(BOOK, "表.zip").kind))


def test_every_member_of_an_archive_is_accounted_for() -> None:
    """Workbooks are taken with their chain; system files, foreign paths, pictures and broken members are named."""
    inner = zipped({"乙.xlsx": BOOK})
    members = {"子目录/甲.xlsx": BOOK, "里.zip": inner, "__MACOSX/._甲": b"x", "../逃.xlsx": BOOK, "图.xlsx": b"\x89PNG", "空.xlsx": b""}

    assert (
        ["来件.zip/子目录/甲.xlsx", "来件.zip/里.zip/乙.xlsx"],
        [
            ("来件.zip/__MACOSX/._甲", "SYSTEM_FILE"),
            ("来件.zip/../逃.xlsx", "BAD_PATH"),
            ("来件.zip/图.xlsx", "NOT_WORKBOOK"),
            ("来件.zip/空.xlsx", "UNREADABLE"),
        ],
    ) == came(unpack(zipped(members), "来件.zip"))


@pytest.mark.parametrize("flagged", [False, True])
def test_gbk_names_are_read_whatever_their_flag_says(flagged: bool) -> None:
    """A GBK member name is read as such, also where it is wrongly marked as UTF-8."""
    assert (["来件.zip/区商务局.xlsx"], []) == came(unpack(gbk_zip("区商务局.xlsx", BOOK, flagged=flagged), "来件.zip"))


def test_depth_repeats_links_and_emptiness_are_said() -> None:
    """The fourth layer is not opened, a repeated name and a link are not taken, an empty archive says so."""
    deep = zipped({"3.zip": zipped({"4.zip": zipped({"表.xlsx": BOOK})})})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xlsx", BOOK)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.xlsx", BOOK)
        link = zipfile.ZipInfo("b.xlsx")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    assert ([], [("1.zip/2.zip/3.zip/4.zip", "TOO_DEEP")]) == came(unpack(zipped({"2.zip": deep}), "1.zip"))
    assert (["来件.zip/a.xlsx"], [("来件.zip/a.xlsx", "NAME_TWICE"), ("来件.zip/b.xlsx", "BAD_PATH")]) == came(unpack(out.getvalue(), "来件.zip"))
    assert ([], [("空.zip", "NOTHING_INSIDE")]) == came(unpack(zipped({}), "空.zip"))


def test_a_bomb_in_an_archive_is_not_unpacked() -> None:
    """A member that grows past its limits is named, its neighbours are taken."""
    content = zipped({"炸弹.xlsx": bytes(60 << 20), "好.xlsx": BOOK})

    assert (["来件.zip/好.xlsx"], [("来件.zip/炸弹.xlsx", "TOO_BIG")]) == came(unpack(content, "来件.zip"))


def test_a_mail_gives_its_attachments_sender_and_subject() -> None:
    """Attachments of a mail, and of a mail within it, carry the mail's sender, subject and time."""
    outer = mail(甲=BOOK)
    outer.add_attachment(mail(乙=BOOK))
    got = unpack(outer.as_bytes(), "邮件.eml")

    assert (["邮件.eml/甲.xlsx", "邮件.eml/一季度进展.eml/乙.xlsx"], []) == came(got)
    assert ("甲 <a@example.cn>", "一季度进展") == got.members[0].mail[:2]
    assert got.members[0].mail.sent is not None


def test_raw_gbk_names_and_cut_attachments() -> None:
    """An attachment name in raw GBK is read; an attachment that is cut off is refused by name."""
    plain = mail(甲=BOOK).as_bytes()
    start = plain.index(b"filename")
    raw = plain[:start] + 'filename="区商务局.xlsx"'.encode("gb18030") + plain[plain.index(b"\n", start) :]

    assert (["邮件.eml/区商务局.xlsx"], []) == came(unpack(raw, "邮件.eml"))
    assert ([], [("邮件.eml/甲.xlsx", "CUT_SHORT")]) == came(unpack(plain[:-2000], "邮件.eml"))


@pytest.mark.parametrize(
    "part",
    [
        b"Content-Disposition: attachment;\n" + b"".join(b" filename*%d=a;\n" % at for at in range(20_000)),
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 5_000,
    ],
)
def test_mails_made_to_hang_the_parser_are_refused(part: bytes) -> None:
    """Tens of thousands of name pieces or thousands of nested parts end in one finding at once."""
    assert ([], [("邮件.eml", "UNSAFE")]) == came(unpack(b"From: a@b\nSubject: c\nMIME-Version: 1.0\n" + part + b"\n\nx", "邮件.eml"))


def test_passwords_of_7z_and_foreign_archives() -> None:
    """A .7z is opened with one of the passwords, and a .rar without anything readable is one finding."""
    py7zr = pytest.importorskip("py7zr")
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password="秘密") as archive:  # noqa: S106 - the test's own
        archive.writestr(BOOK, "表.xlsx")

    assert (["来件.7z/表.xlsx"], []) == came(unpack(out.getvalue(), "来件.7z", ["错", "秘密"]))
    assert ([], [("来件.7z", "PASSWORD")]) == came(unpack(out.getvalue(), "来件.7z"))
    assert ([], [("坏.rar", "NOTHING_INSIDE")]) == came(unpack(b"Rar!\x1a\x07\x00" + b"x" * 50, "坏.rar"))
