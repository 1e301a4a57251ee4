"""Looks into a zip before any reader does: every member is unpacked once, counted, and tested against its checksum."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple

from toolkit.edges.reading.precheck_format import OUTER, STRINGS, Content, Format, Precheck, Trouble, Unsound
from toolkit.edges.reading.precheck_sheet import PartMarks, check_counts, check_extent
from toolkit.model.findings import Code

MIB = 1 << 20
PARTS = 5_000
UNPACKED = 400 * MIB  # of a whole workbook; the largest public one measured has 190
_CHUNK = 4 * MIB
_ROLES = OUTER | {STRINGS}  # names of parts that are treated in ways of their own
_SMALL, _SMALL_OPENED = 8 << 10, 64 << 10  # bytes of a part, packed and unpacked, that is remembered
_MARKED, _UTF8 = 0x1, 0x800  # flag bits: encrypted, name in UTF-8
_USUAL = _MARKED | 0x6 | 0x8 | _UTF8  # and how hard it was packed, sizes behind the data; with others one reader opens a part and the other does not
_ZIP_ERRORS = (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, OverflowError, EOFError, IndexError)
_TYPES = (
    (b"spreadsheetml.sheet.main", Format.XLSX),
    (b"spreadsheetml.template.main", Format.XLSX),
    (b"sheet.macroEnabled.main", Format.XLSM),
    (b"template.macroEnabled.main", Format.XLSM),
    (b"sheet.binary.macroEnabled.main", Format.XLSB),
)
_CONTENT_TYPES = "[Content_Types].xml"
_FIRST = (_CONTENT_TYPES.encode(), b"_rels/.rels")  # the part that office programs write first
_OTHER_TYPES = ((b"wordprocessingml", "Word 文档"), (b"presentationml", "演示文稿"), (b"ms-word", "Word 文档"), (b"ms-powerpoint", "演示文稿"))
_CONTENTS = (
    (Content.MACROS, re.compile(r"(?m)/vbaproject\.bin$|^/basic/.|/macrosheets/.|^/scripts/.")),
    (Content.LINKS, re.compile(r"(?m)/externallinks/[^/\n]+\.(?:xml|bin)$")),
    (Content.OBJECTS, re.compile(r"(?m)/(?:embeddings|oleobjects)/.|^/object[^/\n]*/.")),
    (Content.CONTROLS, re.compile(r"/(?:activex|ctrlprops)/.")),
    (Content.QUERIES, re.compile(r"(?m)/connections\.(?:xml|bin)$|/querytables/.")),
    (Content.PICTURES, re.compile(r"(?m)/media/.|/cellimages\.xml$|^/pictures/.")),
    (Content.COMMENTS, re.compile(r"(?m)/(?:threaded)?comments/?[^/\n]*\.(?:xml|bin)$")),
)


class Part(NamedTuple):
    """A member of a zip, and where its packed bytes stand."""

    info: zipfile.ZipInfo
    start: int


def check_zip(content: bytes) -> Precheck:
    """Test a zip; raises Unsound when it must not be opened. A zip that is no office file is only named, not unpacked."""
    parts = _parts(content)
    names = [part.info.filename for part in parts]
    format_ = _office_format(content, parts, names)
    if format_ is Format.ZIP:
        return Precheck(format_, trouble=Trouble(Code.NOT_WORKBOOK, {"seen": "zip 压缩包"}))
    listed = _contents(tuple(names), format_)
    seen, outer = _looked(content, parts, format_)
    contents = tuple(dict.fromkeys((*listed, *(content for marks in seen for content in marks.contents))))
    return Precheck(
        format_,
        contents=contents,
        second_look=any(marks.second_look for marks in seen),
        odd_errors=any(marks.odd_errors for marks in seen),
        asides=any(marks.asides for marks in seen),
        outer=outer,
    )


def zip_format(content: bytes) -> Format:
    """Tell workbooks from plain archives by the directory alone; raises Unsound for other office files."""
    if content.startswith(_FIRST, 30):  # and no packer does so; the precheck says whether it holds
        return Format.XLSX
    parts = _parts(content)
    return _office_format(content, parts, [part.info.filename for part in parts])


def _looked(content: bytes, parts: Sequence[Part], format_: Format) -> tuple[list[PartMarks], dict[str, str]]:
    """Unpack every part once, and those that may be too large to lay out once more; gives also the texts of the parts around the sheets."""
    seen: list[PartMarks] = []
    left, outer = UNPACKED, dict[str, str]()
    for part in parts:
        name = part.info.filename.replace("\\", "/").lower()
        role = name if name in _ROLES else ""
        marks, text = _look(content, part, format_, left, role)
        seen.append(marks)
        left -= marks.size
        if role in OUTER:
            outer[role] = text.decode("utf-8", "replace")
    again = [(marks, partial(unpacked, content, part, format_)) for marks, part in zip(seen, parts, strict=True)]
    check_counts(again, format_)
    for marks, unpack in again:
        if marks.is_suspect:
            check_extent(unpack(), format_)
    return seen, outer


def _look(content: bytes, part: Part, format_: Format, left: int, role: str) -> tuple[PartMarks, bytes]:
    """Look at a part; its `role` is its name where that matters.

    Small ones are remembered by their packed bytes, since an office program writes most of them the same into every book.
    """
    info = part.info
    if info.compress_size > _SMALL or not 0 < info.file_size <= min(_SMALL_OPENED, left):
        return _look_through(unpacked(content, part, format_), format_, left, role)
    packed = content[part.start : part.start + info.compress_size]
    try:
        return _look_small(packed, info.compress_type, info.flag_bits & _MARKED, info.CRC, info.file_size, format_, role)
    except Unsound:  # which says so once more, of this part
        return _look_through(unpacked(content, part, format_), format_, left, role)


@lru_cache(maxsize=256)
def _look_small(packed: bytes, method: int, marked: int, checksum: int, size: int, format_: Format, role: str) -> tuple[PartMarks, bytes]:
    info = zipfile.ZipInfo()
    info.compress_type, info.flag_bits, info.CRC, info.file_size, info.compress_size = method, marked, checksum, size, len(packed)
    return _look_through(unpacked(packed, Part(info, 0), format_), format_, UNPACKED, role)


def _look_through(chunks: Iterator[bytes], format_: Format, left: int, role: str) -> tuple[PartMarks, bytes]:
    """Give also the text of a part around the sheets."""
    first = next(chunks)
    marks, text = PartMarks(format_, first, is_strings=role == STRINGS), b""
    for chunk in chain((first,), chunks):
        marks.feed(chunk)
        if marks.size > left:
            raise Unsound(format_, Code.TOO_BIG, what=f"解开后超过 {UNPACKED // MIB} MB")
        if role in OUTER:
            text += chunk
    return marks, text


def _parts(content: bytes) -> Sequence[Part]:
    """List the members; their packed bytes must lie within the file and not before its first member."""
    try:
        infos = zipfile.ZipFile(io.BytesIO(content)).infolist()
        parts = [_part(content, info) for info in infos]
        counts = struct.unpack_from("<HH", content, content.rfind(b"PK\x05\x06") + 8)
        if any(count not in {len(infos), 0xFFFF} for count in counts):  # the fast reader goes by the count, Python by the length
            raise EOFError
    except UnicodeDecodeError as error:  # GBK names under the UTF-8 flag: no office program writes them, packers do
        raise Unsound(Format.ZIP, Code.NOT_WORKBOOK, seen="zip 压缩包") from error
    except _ZIP_ERRORS as error:
        raise Unsound(Format.ZIP, Code.DAMAGED, part="压缩目录不完整") from error
    if len(parts) > PARTS:
        raise Unsound(Format.ZIP, Code.TOO_BIG, what=f"有 {len(parts)} 个部件，上限 {PARTS} 个")
    return parts


def _part(content: bytes, info: zipfile.ZipInfo) -> Part:
    mark, name, extra = struct.unpack_from("<4s22xHH", content, info.header_offset)
    start = info.header_offset + 30 + name + extra
    listed = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")
    said = content[info.header_offset + 30 : info.header_offset + 30 + name]
    if mark != b"PK\x03\x04" or start + info.compress_size > len(content) or said != listed:  # no checksum covers the names
        raise EOFError
    return Part(info, start)


def _office_format(content: bytes, parts: Sequence[Part], names: Sequence[str]) -> Format:
    """Tell workbooks from plain archives by their table of contents; raises Unsound for other office files and for locked ones."""
    if _CONTENT_TYPES in names:
        types = _head(content, parts[names.index(_CONTENT_TYPES)])
        found = next((format_ for mark, format_ in _TYPES if mark in types), None)
        if found:
            return found
        other = next((words for mark, words in _OTHER_TYPES if mark in types), "认不出来的格式")
        raise Unsound(Format.OTHER, Code.NOT_WORKBOOK, seen=other)
    if "mimetype" in names and "content.xml" in names:
        if b"spreadsheet" not in _head(content, parts[names.index("mimetype")]):
            raise Unsound(Format.OTHER, Code.NOT_WORKBOOK, seen="OpenDocument 文档")
        manifest = parts[names.index("META-INF/manifest.xml")] if "META-INF/manifest.xml" in names else None
        if manifest and b"encryption-data" in _head(content, manifest):
            raise Unsound(Format.ODS, Code.PASSWORD, tried="这种格式不能代为打开")
        return Format.ODS
    return Format.ZIP


def _head(content: bytes, part: Part) -> bytes:
    return next(unpacked(content, part, Format.ZIP), b"")


@lru_cache(maxsize=256)  # an office program names the parts of most books the same
def _contents(names: tuple[str, ...], format_: Format) -> tuple[Content, ...]:
    """Tell by the parts' names what else is in a workbook. Raises Unsound for names that must not be."""
    _names_are_unique(format_, names)
    listed = "\n".join("/" + name.lower() for name in names)
    return tuple(kind for kind, pattern in _CONTENTS if pattern.search(listed))


def _names_are_unique(format_: Format, names: Sequence[str]) -> None:
    """Two readers of one file must find the same part under a name (package names know no case)."""
    seen = set[str]()
    for name in names:
        plain = name.replace("\\", "/").lower()
        steps = plain.split("/")
        if plain.startswith("/") or ".." in steps or "\0" in name:
            raise Unsound(format_, Code.UNSAFE, what="部件的路径反常")
        key = "/".join(step for step in steps if step not in {"", "."})
        if key in seen and not plain.endswith("/"):
            raise Unsound(format_, Code.UNSAFE, what="有两个同名的部件")
        seen.add(key)


def unpacked(content: bytes, part: Part, format_: Format) -> Iterator[bytes]:
    """Unpack a member piece by piece, at least one piece; raises Unsound when it is not what its checksum and size say."""
    info = part.info
    if info.flag_bits & _MARKED:
        raise Unsound(format_, Code.PASSWORD, tried="这种格式不能代为打开")
    if info.flag_bits & ~_USUAL:
        raise Unsound(format_, Code.DAMAGED, part=_short(info.filename))
    packed = memoryview(content)[part.start : part.start + info.compress_size]
    checksum = size = 0
    try:
        for chunk in _inflated(packed, info.compress_type, format_):
            checksum, size = zlib.crc32(chunk, checksum), size + len(chunk)
            yield chunk
    except zlib.error as error:
        raise Unsound(format_, Code.DAMAGED, part=_short(info.filename)) from error
    if checksum != info.CRC or size != info.file_size:
        raise Unsound(format_, Code.DAMAGED, part=_short(info.filename))


def _inflated(packed: memoryview, method: int, format_: Format) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if method != zipfile.ZIP_DEFLATED:
        raise Unsound(format_, Code.UNSAFE, what="用了办公软件不用的压缩方法")
    machine = zlib.decompressobj(-15)
    yield machine.decompress(packed, _CHUNK)
    while not machine.eof:
        chunk = machine.decompress(machine.unconsumed_tail, _CHUNK)
        if not chunk:
            break
        yield chunk
    if not machine.eof or machine.unused_data:
        raise zlib.error


def _short(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name)[-60:]
