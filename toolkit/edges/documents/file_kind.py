"""Tells from a file's first bytes and content, never from its name, what sort of file a notice is in."""

import io
import re
import struct
import zipfile
import zlib
from enum import Enum, auto

from toolkit.edges.documents.plain_text import decoded
from toolkit.model.command_error import CommandError
from toolkit.model.lazy_pattern import lazy_pattern


class Kind(Enum):
    """The sorts of file that are read; every other sort ends in a sentence."""

    TEXT = auto()
    HTML = auto()
    MHT = auto()
    DOCX = auto()
    BOOK = auto()
    PDF = auto()
    OFD = auto()
    OLD_WORD = auto()  # .doc, .wps, .rtf, .odt: read through LibreOffice where there is one
    UOF = auto()  # a single XML file (.uot, .uof): read through LibreOffice where it can


_TEXT_ADVICE = "请换成带文字的电子版（.docx、.txt、.pdf 或 .xlsx）后再导入。"
_UNPACK = "请先解压，再导入里面的通知文件。"
_OPEN_FIRST = "请用密码打开它，取消密码另存一份后再导入。"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HTML = lazy_pattern(r"<!doctype\s+html|<(?:html|head|body|table|div|p|meta|span|br|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_OLE_STREAMS = (  # a stream's name stands in the directory of the file in UTF-16
    ("EncryptedPackage", None),
    ("WordDocument", Kind.OLD_WORD),
    ("Workbook", Kind.BOOK),
    ("Book", Kind.BOOK),
)
_MOST_ENTRIES = 5_000
_MOST_UNPACKED = 400 * 2**20


def recognise(content: bytes) -> Kind:
    """Say what sort of file this is; raises CommandError for a sort that is not read, with what to do instead."""
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(content)
    if content.startswith(_OLE):
        return _ole_kind(content)
    if content.startswith(b"{\\rtf"):
        return Kind.OLD_WORD
    if content.startswith(_PICTURES) or (content.startswith(b"RIFF") and content[8:12] == b"WEBP"):
        raise CommandError("是一张图片，没有文字可读。", "请换成带文字的电子版，或先做文字识别（OCR）另存为 .docx 后再导入。")
    if content.startswith(_ARCHIVES):
        raise CommandError("是一个压缩包。", _UNPACK)
    if b"\x00" in content[:4096] and not content.startswith(_WIDE_MARKS):
        raise CommandError("不是通知文件：里面不是文字，认不出是什么格式。", _TEXT_ADVICE)
    return _text_kind(decoded(content[:65536]))


def _text_kind(start: str) -> Kind:
    head = start.lstrip()[:4096]
    if re.search(r"<(?:uof|UOF|\w{1,12}):(?:UOF|uof)[\s>]|schemas\.uof\.org|http://schemas\.uof", head):
        return Kind.UOF
    if re.match(r"[\w-]+:", head) and re.search(r"(?im)^content-type:\s*(?:multipart/related|text/html)", head):
        return Kind.MHT
    if "<?mso-application" in head or "urn:schemas-microsoft-com:office:spreadsheet" in head or "schemas.microsoft.com/office/word/2003" in head[:2048]:
        if not _HTML.search(head):
            raise CommandError("是 Office 2003 的 XML 文件。", "请用 Word/Excel 或 WPS 打开，另存为 .docx 或 .xlsx 后再导入。")
        return Kind.HTML
    marks = {match.group().lower().split()[0] for match in _HTML.finditer(head)}
    return Kind.HTML if (head.startswith("<") and marks) or len(marks) > 1 else Kind.TEXT


def _ole_kind(content: bytes) -> Kind:
    for stream, kind in _OLE_STREAMS:
        if f"{stream}\0".encode("utf-16-le") in content:
            if kind is None:
                raise CommandError("设了打开密码。", _OPEN_FIRST)
            return kind
    if "PowerPoint Document".encode("utf-16-le") in content:
        raise CommandError("是演示文稿，不是通知。", _TEXT_ADVICE)
    raise CommandError("是旧式 Office 文件，认不出里面是什么。", "请用 Word 或 WPS 打开，另存为 .docx 后再导入。")


def _zip_kind(content: bytes) -> Kind:
    package = open_package(content)
    names = set(package.namelist())
    if any(entry.flag_bits & 1 for entry in package.infolist()):
        raise CommandError("是加了密码的压缩包。", _UNPACK)
    if "[Content_Types].xml" in names:
        for folder, kind in (("word/", Kind.DOCX), ("xl/", Kind.BOOK)):
            if any(name.startswith(folder) for name in names):
                return kind
        if any(name.startswith("ppt/") for name in names):
            raise CommandError("是演示文稿，不是通知。", _TEXT_ADVICE)
    if "OFD.xml" in names:
        return Kind.OFD
    if {"uof.xml", "_meta/meta.xml"} & names:
        raise CommandError("是标文通（UOF）文件的压缩格式，这里不能直接读。", "请用 WPS 或永中 Office 打开它，另存为 .docx 后再导入。")
    if "mimetype" in names:
        return _open_document_kind(_declared(package), names)
    if not names:
        raise CommandError("是空的压缩包。", _TEXT_ADVICE)
    raise CommandError("是一个压缩包。", _UNPACK)


def _declared(package: zipfile.ZipFile) -> bytes:
    """Read what a package says of itself; raises CommandError where even that is broken or packed in a way of its own."""
    try:
        with package.open("mimetype") as part:
            return part.read(200)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise CommandError("已经损坏，打不开。", "请重新下载或向发文机关另要一份。") from error


def _open_document_kind(declared: bytes, names: set[str]) -> Kind:
    if "META-INF/manifest.xml" in names and declared.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Kind.BOOK
    if declared.startswith(b"application/vnd.oasis.opendocument.text"):
        return Kind.OLD_WORD
    raise CommandError("不是文字稿，也不是表格。", _TEXT_ADVICE)


def open_package(content: bytes) -> zipfile.ZipFile:
    """Open a zip whose parts are few and unpack to a sane size; raises CommandError for a broken one and for a bomb."""
    if content.count(b"PK\x01\x02") > _MOST_ENTRIES:
        raise CommandError("里面的零件多得不正常，没有打开。", "请用 Word/Excel 或 WPS 打开它，另存一份后再导入。")
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise CommandError("已经损坏，打不开。", "请重新下载或向发文机关另要一份。") from error
    if sum(entry.file_size for entry in package.infolist()) > _MOST_UNPACKED:
        raise CommandError("展开以后大得不正常，没有打开。", "请用 Word/Excel 或 WPS 打开它，删去图片等附带内容，另存一份后再导入。")
    return package
