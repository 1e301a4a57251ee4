"""Envelopes: every member comes out once, as a workbook or as a finding."""

import base64
import io
import re
import struct
import zipfile
import zlib
from email.message import EmailMessage

import pytest

from tests.hostile.books import NESTED, PIECES, gbk_zip, low_limits, workbook, zipped
from toolkit.edges.envelopes.unpack import Unpacked, may_be_envelope, unpack

__all__ = ["low_limits"]  # a fixture
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
    content = zipped({"炸弹.xlsx": bytes(21 << 20), "好.xlsx": BOOK})

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


@pytest.mark.parametrize("part", [PIECES, NESTED], ids=["pieces", "nested"])
def test_a_mail_beyond_what_a_parser_is_given_is_refused(part: bytes, request: pytest.FixtureRequest) -> None:
    """A name in more pieces, or parts deeper in each other than the limits allow, end in one finding; within them the mail is opened."""
    content = b"From: a@b\nSubject: c\nMIME-Version: 1.0\n" + part + b"\n\nx"
    assert ("邮件.eml", "UNSAFE") not in came(unpack(content, "邮件.eml"))[1]

    request.getfixturevalue("low_limits")

    assert ([], [("邮件.eml", "UNSAFE")]) == came(unpack(content, "邮件.eml"))


def test_passwords_of_7z_and_foreign_archives() -> None:
    """A .7z is opened with one of the passwords, and a .rar without anything readable is one finding."""
    py7zr = pytest.importorskip("py7zr")
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password="秘密") as archive:  # noqa: S106 - the test's own
        archive.writestr(BOOK, "表.xlsx")

    assert (["来件.7z/表.xlsx"], []) == came(unpack(out.getvalue(), "来件.7z", ["错", "秘密"]))
    assert ([], [("来件.7z", "PASSWORD")]) == came(unpack(out.getvalue(), "来件.7z"))
    assert ([], [("坏.rar", "NOTHING_INSIDE")]) == came(unpack(b"Rar!\x1a\x07\x00" + b"x" * 50, "坏.rar"))


def rar(name: str, content: bytes, *, main: int = 0, member: int = 0, end: int | None = None) -> bytes:
    """A RAR archive with one stored member; the flags are those of its header blocks (technote of RAR 4)."""
    raw = name.encode()
    head = struct.pack("<IIBIIBBHI", len(content), len(content), 3, zlib.crc32(content), 0x58000000, 20, 0x30, len(raw), 0x20) + raw
    blocks = _block(0x73, main, bytes(6)) + _block(0x74, 0x8000 | member, head) + content
    return b"Rar!\x1a\x07\x00" + blocks + (b"" if end is None else _block(0x7B, end, b""))


def _block(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


VOLUMES = {
    "第一卷.part1.rar": rar("表.xlsx", BOOK, main=0x111, member=0x2, end=0x1),
    "第二卷.part2.rar": rar("表.xlsx", BOOK, main=0x11, member=0x1),
    "来件.zip.001": zipped({"表.xlsx": BOOK})[:3000],
    "来件.7z.001": b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "来件.7z.002": bytes(range(1, 200)),
    "来件.z01": b"PK\x07\x08" + zipped({"表.xlsx": BOOK})[:3000],
    "来件.zip": b"x" * 100 + b"PK\x05\x06" + struct.pack("<HHHHIIH", 1, 0, 1, 1, 50, 50, 0),
}


@pytest.mark.parametrize("name", VOLUMES)
def test_one_volume_of_several_says_so(name: str) -> None:
    """A part of an archive that was split, whoever split it, is one sentence with the way out."""
    content = VOLUMES[name]

    assert may_be_envelope(content, name)
    assert ([], [(name, "ONE_VOLUME")]) == came(unpack(content, name))


def test_a_rar_without_its_program_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no program for .rar is installed, the archive says so once, whatever is in it; what is only stored in it is read all the same."""
    monkeypatch.setenv("PATH", "")
    packed = bytearray(rar("表.xlsx", BOOK))
    start = 7 + 13  # behind the mark and the main block stands the member's; in its head the method: 0x30 stored, 0x33 packed
    packed[start + 7 + struct.calcsize("<IIBIIB")] = 0x33
    size = struct.unpack_from("<H", packed, start + 5)[0]
    struct.pack_into("<H", packed, start, zlib.crc32(bytes(packed[start + 2 : start + size])) & 0xFFFF)

    assert (["存.rar/表.xlsx"], []) == came(unpack(rar("表.xlsx", BOOK), "存.rar"))
    assert ([], [("压.rar", "NO_LIBRARY")]) == came(unpack(bytes(packed), "压.rar"))


def test_packed_in_ways_that_nobody_here_knows() -> None:
    """Members that were imploded, or packed by any other method of the last century or of the next, are said with the number of the method."""
    content = bytearray(zipped({"表.xlsx": BOOK, "图.png": b"\x89PNG"}))
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", content, content.index(mark) + place, 6)
    got = unpack(bytes(content), "来件.zip")

    assert (["来件.zip/图.png"], [("来件.zip/表.xlsx", "OTHER_METHOD")]) == came(got)  # a picture may be evidence
    assert "压缩时用了第 6 号压缩方法，本程序打不开。" == got.findings[0].message


@pytest.mark.parametrize("content", [b"7z\xbc\xaf\x27\x1c" + bytes(60), b"PK\x03\x04" + bytes(60), b"Rar!\x1a\x07\x01\x00" + b"\xff" * 60])
def test_no_class_name_reaches_a_clerk(content: bytes) -> None:
    """A broken archive is said in Chinese, whatever its library raised."""
    for finding in unpack(content, "来件").findings:
        assert set() == set(re.findall(r"[A-Za-z]{4,}", f"{finding.message}{finding.advice}")), finding.message


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (b"=?gb2312?B?" + base64.b64encode("朱镕基、喆、玥".encode("gbk")) + b"?=", "朱镕基、喆、玥"),
        (b"=?GB2312?Q?=E9=46=86=B4?= Re: =?x-unknown?B?" + base64.b64encode("乙局".encode("gbk")) + b"?=", "镕喆 Re: 乙局"),
        ("一季度：".encode() + b"=?utf-8?B?" + base64.b64encode("甲局".encode()) + b"?=", "一季度：甲局"),
        ("朱镕基".encode("gbk"), "朱镕基"),
        (b"=?gb2312?B?" + base64.b64encode("甲局".encode()) + b"?=", "甲局"),
        (b"=?utf-8?B?!!!?=", "=?utf-8?B?!!!?="),
    ],
)
def test_headers_are_read_whatever_their_label_says(subject: bytes, expected: str) -> None:
    """GBK under the label gb2312, charsets that nobody knows and labels that are wrong: a subject is read as it was written."""
    raw = mail(甲=BOOK).as_bytes()
    start = raw.index(b"Subject:")
    got = unpack(raw[:start] + b"Subject: " + subject + raw[raw.index(b"\n", start) :], "邮件.eml")

    assert expected == got.members[0].mail.subject


def test_names_of_attachments_in_gbk_under_the_label_gb2312() -> None:
    """An attachment's name that says gb2312 and holds a sign of GBK only is read, in each of the two ways of writing it."""
    raw = mail(甲=BOOK).as_bytes()
    start = raw.index(b"filename")
    end = raw.index(b"\n", start)
    data = "喆局.xlsx".encode("gbk")
    extended = b"filename*=gb2312''" + "".join(f"%{byte:02X}" for byte in data).encode()
    words = b'filename="=?gb2312?B?' + base64.b64encode(data) + b'?="'

    assert (["邮件.eml/喆局.xlsx"], []) == came(unpack(raw[:start] + extended + raw[end:], "邮件.eml"))
    assert (["邮件.eml/喆局.xlsx"], []) == came(unpack(raw[:start] + words + raw[end:], "邮件.eml"))
