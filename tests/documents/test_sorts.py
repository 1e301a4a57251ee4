"""What a file is, is told from its content; what cannot be read gets a sentence."""

from contextlib import suppress
from pathlib import Path

import pytest

from tests.documents.drawn import docx, page, para, pdf, said, shown, zipped
from toolkit.edges.documents import convert_to_docx
from toolkit.edges.documents.file_kind import recognise
from toolkit.edges.documents.read_document import read_document
from toolkit.edges.documents.read_in_subprocess import read_in_subprocess
from toolkit.model.command_error import CommandError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def stream(name: str) -> bytes:
    """A stub of an old Office file that holds a stream of this name."""
    return OLE + f"{name}\0".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("通知.doc", docx(para("修路。"))),
        ("通知.wps", docx(para("修路。"))),
        ("通知.txt", page("<p>修路。</p>")),
        ("通知.xls", page("<div>修路。</div>")),
        ("通知.docx", "修路。".encode()),
        ("通知.pdf", "修路。".encode("gbk")),
        ("通知", b"\xef\xbb\xbf" + page("<p>修路。</p>")),
    ],
)
def test_a_wrong_name_does_not_matter(name: str, content: bytes, tmp_path: Path) -> None:
    """
    A file is read by its content: a Word file called .doc, a web page called .txt or .xls, a text called .docx.
    """
    assert ["修路。"] == shown(content, name, tmp_path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "“x”是空的。请换一个有内容的文件；如果是下载的，请重新下载。"),
        (b" \r\n\t\n", "“x”是空的。请换一个有内容的文件；如果是下载的，请重新下载。"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 40, "“x”是一张图片，没有文字可读。"),
        (b"\xff\xd8\xff\xe0" + b"0" * 40, "“x”是一张图片，没有文字可读。"),
        (b"Rar!\x1a\x07\x00" + b"0" * 40, "“x”是一个压缩包。请先解压，再导入里面的通知文件。"),
        (zipped({"通知.txt": "修路"}), "“x”是一个压缩包。请先解压，再导入里面的通知文件。"),
        (zipped({"OFD.xml": "<a/>", "Doc_0/Document.xml": "<a/>"}), "“x”里没有文字。"),
        (zipped({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"}), "“x”是演示文稿，不是通知。"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.presentation"}), "“x”不是文字稿，也不是表格。"),
        (stream("PowerPoint Document"), "“x”是演示文稿，不是通知。"),
        (stream("EncryptedPackage"), "“x”设了打开密码。请用密码打开它，取消密码另存一份后再导入。"),
        (OLE, "“x”是旧式 Office 文件，认不出里面是什么。"),
        (stream("Workbook"), "“x”不是完好的表格文件。"),
        (b"MZ\x90\x00" + b"\0" * 400, "“x”不是通知文件：里面不是文字，认不出是什么格式。"),
        (b"PK\x03\x04" + b"0" * 90, "“x”已经损坏，打不开。请重新下载或向发文机关另要一份。"),
        (docx(para("修路"))[:-40], "“x”已经损坏，打不开。请重新下载或向发文机关另要一份。"),
        (zipped({"[Content_Types].xml": "<a/>", "word/a.xml": "<a/>"}), "“x”不是完好的 Word 文件：里面没有正文。"),
        (docx(para("")), "“x”里没有文字。"),
        (page("<img src='http://yunxi.invalid/scan.png'>"), "“x”里没有文字。"),
        (pdf("", "")[:300], "“x”已经损坏，不是完好的 PDF。请重新下载，或向发文机关要 Word 版后再导入。"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "“x”是 Office 2003 的 XML 文件。"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_to_do(content: bytes, sentence: str, tmp_path: Path) -> None:
    """
    A file that cannot be read gets a sentence that says what it is, and an advice.
    """
    found = said(content, "x", tmp_path)

    assert found.startswith(sentence), found
    assert found.count("请") >= 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """
    A missing file and a folder are named as such.
    """
    found = []
    for path in (tmp_path / "没有.docx", tmp_path):
        with pytest.raises(CommandError) as trouble:
            read_document(path)
        found.append(trouble.value.message)

    assert [f"通知文件“{tmp_path / '没有.docx'}”打不开：没有这个文件。", f"通知文件“{tmp_path}”打不开：这是一个文件夹。"] == found


def test_a_huge_file_is_not_even_opened(tmp_path: Path) -> None:
    """
    A file over 100 MB is refused by its size.
    """
    path = tmp_path / "录像.docx"
    with path.open("wb") as file:
        file.truncate(101 * 2**20)

    with pytest.raises(CommandError) as trouble:
        read_document(path)

    assert "“录像.docx”有 101 MB，不像一份通知，没有读。" == trouble.value.message


@pytest.mark.parametrize("content", [stream("WordDocument"), b"{\\rtf1 abc}"])
def test_an_old_word_file_without_an_office_is_to_be_saved_anew(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Where there is no LibreOffice, an old .doc, .wps or .rtf gets the advice to save it as .docx.
    """
    monkeypatch.setattr(convert_to_docx, "find_office", lambda: None)

    found = said(content, "通知.doc", tmp_path)

    assert "“通知.doc”是旧式 Word/WPS 文字文件，这里不能直接读。请用 Word 或 WPS 打开它，另存为 .docx 后再导入。" == found


def test_a_fault_of_our_own_is_not_told_as_the_clerks() -> None:
    """
    An exception inside a reader stays an exception with its traceback; it is not turned into a sentence about the file.
    """
    with pytest.raises(RuntimeError, match="KeyError: 'NOTHING'"):
        read_in_subprocess("NOTHING", b"")


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    """
    A file that would be read for ever is given up in time, with a sentence.
    """
    with pytest.raises(CommandError) as trouble:
        read_in_subprocess("HTML", page("<p>修路。</p>"), seconds=0.001)

    assert "太复杂，0.001 秒内没有读完。" == trouble.value.message


def test_a_package_that_is_broken_at_its_first_word_is_a_sentence(tmp_path: Path) -> None:
    """A zip whose first part, by which it is known, is damaged in any byte is a sentence, never a fault of ours."""
    whole = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})
    for at in range(4, len(whole)):
        broken = whole[:at] + bytes([whole[at] ^ 0x0C]) + whole[at + 1 :]
        with suppress(CommandError):
            recognise(broken)
    (tmp_path / "坏.odt").write_bytes(whole[:50] + b"\xff\xff" + whole[52:])

    with pytest.raises(CommandError, match="已经损坏，打不开"):
        read_document(tmp_path / "坏.odt")
