"""Files that are broken, foreign, or made to hurt."""

import struct
import zipfile
import zlib
from io import BytesIO

from openpyxl import Workbook

from tests.hostile.books import SHEET, STRINGS, ole_circle, zipped
from tests.spoiled.kinds_files import SHEET2
from tests.spoiled.office import MAIN, Case, Kind, clean, ignored, marked, out, refused, saved
from tests.spoiled.surgery import Make, adding, edited, packed, parts_of, rewriting

FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
MANY = b"<row>" + b"</row><row>".join([b'<c t="s"><v>0</v></c>' * 100] * 10_000) + b"</row>"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "%s"><!ENTITY c "%s">]><sst>&c;</sst>' % (b"x" * 100, b"&b;" * 100)


def _flipped(case: Case) -> bytes:
    """One bit of the main sheet turned over on the way."""
    content = case.filled
    info = zipfile.ZipFile(BytesIO(content)).getinfo(SHEET2)
    data = bytearray(content)
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 1
    return bytes(data)


def _bomb(part: str) -> Make:
    """A part that unpacks to half a gigabyte."""
    return lambda case: packed(parts_of(case.filled) | {part: bytes(450 << 20)})


def _twice_named(case: Case) -> bytes:
    return packed(parts_of(case.filled) | {"XL/Worksheets/Sheet2.xml": b"<worksheet/>"})


def _lying_size(case: Case) -> bytes:
    """A directory that says another size than the member has."""
    data = bytearray(case.filled)
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 7)
    return bytes(data)


def _addresses(_: Case) -> bytes:
    book = Workbook()
    for row in (["姓名", "单位", "电话"], ["某某", "某某局", "027-00000000"]):
        book.active.append(row)
    return saved(book)


def _chart_only(_: Case) -> bytes:
    book = Workbook()
    book.active.sheet_state = "hidden"
    book.create_chartsheet("图")
    book.active = 1
    return saved(book)


def _formatted_to_the_end(book: Workbook) -> None:
    """A last row that holds a format and no value."""
    from openpyxl.styles import Font

    book[MAIN]["R1048576"].font = Font(bold=True)


def _many_sheets(book: Workbook) -> None:
    for number in range(300):
        book.create_sheet(f"空表{number}")


def _deep(case: Case) -> bytes:
    """XML nested a hundred thousand deep."""
    return packed(parts_of(case.filled) | {"xl/worksheets/sheet3.xml": b"<worksheet>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</worksheet>"})


def _sheet(rows: bytes, **parts: bytes) -> Make:
    return adding({SHEET2: SHEET % rows, **parts})


def _png(_: Case) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + zlib.compress(bytes(500))


KINDS = (
    Kind("空文件", lambda _: b"", refused("UNREADABLE")),
    Kind("只传了一半", lambda case: case.filled[: len(case.filled) // 2], refused("DAMAGED")),
    Kind("少了最后几个字节", lambda case: case.filled[:-10], refused("DAMAGED")),
    Kind("传送中坏了一位", _flipped, refused("DAMAGED")),
    Kind("全是零字节", lambda _: bytes(20_000), refused("NOT_WORKBOOK")),
    Kind("PDF 改名成 .xlsx", lambda _: b"%PDF-1.4\n%\xe2\xe3\n", refused("NOT_WORKBOOK")),
    Kind("图片改名成 .xlsx", _png, refused("NOT_WORKBOOK")),
    Kind(
        "Word 文档改名成 .xlsx",
        lambda _: zipped({"[Content_Types].xml": b"wordprocessingml.document.main", "word/document.xml": b"<a/>"}),
        refused("NOT_WORKBOOK"),
    ),
    Kind("程序改名成 .xlsx", lambda _: b"MZ" + bytes(300), refused("NOT_WORKBOOK")),
    Kind("随便一段文字", lambda _: "请见附件，谢谢。".encode(), refused("UNKNOWN"), "说明.txt"),
    Kind(
        "网页登录页当成了附件",
        lambda _: "<!DOCTYPE html><html><head><title>请登录</title></head><body>请登录后下载</body></html>".encode(),
        refused("UNKNOWN"),
        "来件.xls",
    ),
    Kind("办公软件的临时文件", lambda _: b"\x06" + bytes(164), ignored("SYSTEM_FILE"), "~$来件.xlsx"),
    Kind(
        "系统文件",
        lambda _: {".DS_Store": b"\0\0\0\1Bud1", "Thumbs.db": b"x", "desktop.ini": b"[.ShellClassInfo]"},
        {".DS_Store": ignored("SYSTEM_FILE"), "Thumbs.db": ignored("SYSTEM_FILE"), "desktop.ini": ignored("SYSTEM_FILE")},
    ),
    Kind("无关的通讯录", _addresses, refused("UNKNOWN")),
    Kind("空白工作簿", lambda _: saved(Workbook()), refused("UNKNOWN")),
    Kind("只有图表的工作簿", _chart_only, refused("UNKNOWN")),
    Kind("把任务总表放进了收件箱", lambda case: case.rest["任务总表"], refused("UNKNOWN")),
    Kind("把表单定义放进了收件箱", lambda case: case.rest["表单定义"], refused("UNKNOWN")),
    Kind("压缩炸弹", _bomb("xl/sharedStrings.xml"), refused("TOO_BIG")),
    Kind("压缩炸弹放在图片的位置", _bomb("xl/media/image1.png"), clean("NOT_TAKEN ODD_PARTS")),
    Kind("有值一直到 XFD1048576", _sheet(FAR), refused("TOO_BIG")),
    Kind("一条长文字用了一百万次", _sheet(MANY, **{"xl/sharedStrings.xml": STRINGS % (b"x" * 32_000)}), refused("TOO_BIG")),
    Kind("自定义实体（XML 炸弹）", adding({"xl/sharedStrings.xml": ENTITIES}), refused("UNSAFE")),
    Kind("XML 套了十万层", _deep, marked("NO_SHEET", out("任务1|新建标准厂房"))),
    Kind("两个部件只差大小写", _twice_named, refused("UNSAFE")),
    Kind("部件路径往外跑", adding({"../../x.xml": b"<a/>"}), refused("UNSAFE")),
    Kind("目录写的大小是假的", _lying_size, refused("DAMAGED")),
    Kind("OLE 链条首尾相接", lambda _: ole_circle(), refused("UNSAFE"), "来件.xls"),
    Kind(
        "少了工作簿部件", lambda case: packed({name: part for name, part in parts_of(case.filled).items() if name != "xl/workbook.xml"}), refused("UNREADABLE")
    ),
    Kind(
        "少了一张工作表的部件",
        lambda case: packed({name: part for name, part in parts_of(case.filled).items() if name != "xl/worksheets/sheet3.xml"}),
        refused("UNREADABLE"),
    ),
    Kind("工作表的 XML 没写完", rewriting(SHEET2, r"</row><row r=\"8\".*", "", regex=True), refused("UNREADABLE")),
    Kind("共用文字的编号超出范围", rewriting(SHEET2, r'<c r="B6".*?</c>', '<c r="B6" t="s"><v>99999</v></c>', regex=True), refused("UNREADABLE")),
    Kind("格式一直铺到最后一行", edited(_formatted_to_the_end), clean()),
    Kind("多了三百张空工作表", edited(_many_sheets), clean()),
)
