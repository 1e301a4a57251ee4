"""Looks at a returned file before any reader does: what it is by its first bytes, and whether it is sound enough to open."""

from toolkit.edges.reading.package import Package
from toolkit.edges.reading.package_zip import open_zip, zip_format
from toolkit.edges.reading.precheck_format import Format, FormatFault, Precheck, UnsafeFile
from toolkit.edges.reading.precheck_ole import check_book, open_compound
from toolkit.edges.reading.precheck_text import decoded, is_flat_ods, is_web_archive, text_format
from toolkit.edges.reading.precheck_zip import check_zip
from toolkit.model.findings import Code

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")  # worksheet records of Excel 2.1 to 5 without a container
_OTHERS = (
    (b"%PDF", "PDF 文件"),
    (b"\xff\xd8\xff", "图片"),
    (b"\x89PNG", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"{\\rtf", "RTF 文档"),
    (b"ID;P", "SYLK 文件"),
    (b"TABLE\r\n0,1", "DIF 文件"),
    (b"TABLE\n0,1", "DIF 文件"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
)
_ARCHIVES = ((b"7z\xbc\xaf\x27\x1c", Format.SEVEN_ZIP), (b"Rar!\x1a\x07", Format.RAR))


def precheck(content: bytes) -> Precheck:
    """Say what a file is and what of it must not be opened; never raises for what is in it."""
    try:
        package = open_package(content)
    except UnsafeFile as error:
        return Precheck(error.format, trouble=error.trouble)
    if package.format is Format.ZIP:
        return Precheck(Format.ZIP, trouble=FormatFault(Code.NOT_WORKBOOK, {"seen": "zip 压缩包"}))
    try:
        return look_into(package)
    except UnsafeFile as error:
        return Precheck(package.format, trouble=error.trouble)


def look_into(package: Package) -> Precheck:
    """Look through an opened file's parts; raises UnsafeFile when it must not be read."""
    if package.parts:
        return check_zip(package)
    return check_book(package) if package.format is Format.XLS else Precheck(package.format)


def sort_of(content: bytes) -> Format:
    """Say what a file is without unpacking it; a broken office file still counts as one, its reader will say what is wrong."""
    try:
        return zip_format(content) if content.startswith(ZIP) else open_package(content).format
    except UnsafeFile as error:
        return Format.XLSX if content.startswith(ZIP) and error.trouble.code is Code.DAMAGED else error.format


def open_package(content: bytes) -> Package:
    """Open a file: what it is follows from its first bytes. Raises UnsafeFile for what is no workbook and no archive."""
    if not content:
        raise UnsafeFile(Code.UNREADABLE, Format.UNKNOWN, reason="文件是空的")
    if content.startswith(ZIP):
        return open_zip(content)
    if content.startswith(COMPOUND):
        return open_compound(content)
    for mark, format_ in _ARCHIVES:
        if content.startswith(mark):
            raise UnsafeFile(Code.NOT_WORKBOOK, format_, seen=f"{format_.value} 压缩包")
    for mark, words in _OTHERS:
        if content.startswith(mark) and not (mark == b"BM" and content[6:10] != b"\0\0\0\0"):
            raise UnsafeFile(Code.NOT_WORKBOOK, seen=words)
    if content.startswith(_BARE_BIFF) and b"\0" in content[:16]:
        raise UnsafeFile(Code.UNREADABLE, reason="是 Excel 5.0 以前的旧格式")
    return _open_text(content)


def _open_text(content: bytes) -> Package:
    found = text_format(content)
    if found is Format.OTHER and (is_flat_ods(content) or is_web_archive(content)):
        raise UnsafeFile(Code.FLAT_ODS if is_flat_ods(content) else Code.WEB_ARCHIVE)
    if found is Format.OTHER:
        raise UnsafeFile(Code.NOT_WORKBOOK, seen="XML 文件")
    if found is Format.UNKNOWN:
        raise UnsafeFile(Code.NOT_WORKBOOK, Format.UNKNOWN, seen="认不出来的格式")
    return Package(content, found, text=decoded(content) or "")
