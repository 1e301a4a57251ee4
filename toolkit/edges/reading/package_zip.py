"""Opens a zip: its members by the directory, and which office program's file they make; nothing is unpacked but its table of contents."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache

from toolkit.edges.reading.package import Package, Part
from toolkit.edges.reading.package_roles import text_of
from toolkit.edges.reading.precheck_format import Format, UnsafeFile
from toolkit.model.findings import Code

PARTS = 5_000
_KEPT = 64 << 20  # bytes of parts, unpacked, that a package keeps; the rest is unpacked whenever it is looked at
_UTF8 = 0x800
_ERRORS = (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, OverflowError, EOFError, IndexError)
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


def open_zip(content: bytes) -> Package:
    """Open a zip; its members' packed bytes must lie within the file and not before its first member. Raises UnsafeFile for what must not be opened."""
    parts = _parts(content)
    names = [part.name for part in parts]
    format_ = _office_format(parts, names)
    return Package(content, format_, parts=_by_name(parts, names) if format_ is not Format.ZIP else {})


def zip_format(content: bytes) -> Format:
    """Tell workbooks from plain archives by the directory alone; raises UnsafeFile for other office files."""
    if content.startswith(_FIRST, 30):  # and no packer does so; opening it says whether it holds
        return Format.XLSX
    parts = _parts(content)
    return _office_format(parts, [part.name for part in parts])


def _parts(content: bytes) -> Sequence[Part]:
    try:
        infos = zipfile.ZipFile(io.BytesIO(content)).infolist()
        counts = struct.unpack_from("<HH", content, content.rfind(b"PK\x05\x06") + 8)
        if any(count not in {len(infos), 0xFFFF} for count in counts):  # the fast reader goes by the count, Python by the length
            raise EOFError
        left, parts = _KEPT, list[Part]()
        for info in infos:
            parts.append(_part(content, info, is_kept=info.file_size <= left))
            left -= min(info.file_size, left)
    except UnicodeDecodeError as error:  # GBK names under the UTF-8 flag: no office program writes them, packers do
        raise UnsafeFile(Code.NOT_WORKBOOK, Format.ZIP, seen="zip 压缩包") from error
    except _ERRORS as error:
        raise UnsafeFile(Code.DAMAGED, Format.ZIP, part="压缩目录不完整") from error
    if len(parts) > PARTS:
        raise UnsafeFile(Code.TOO_BIG, Format.ZIP, what=f"有 {len(parts)} 个部件，上限 {PARTS} 个")
    return parts


def _part(content: bytes, info: zipfile.ZipInfo, *, is_kept: bool) -> Part:
    mark, name, extra = struct.unpack_from("<4s22xHH", content, info.header_offset)
    start = info.header_offset + 30 + name + extra
    listed = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")
    local_name = content[info.header_offset + 30 : info.header_offset + 30 + name]
    if mark != b"PK\x03\x04" or start + info.compress_size > len(content) or local_name != listed:  # no checksum covers the names
        raise EOFError
    return Part(content, info, start, is_kept=is_kept)


def _office_format(parts: Sequence[Part], names: Sequence[str]) -> Format:
    """Tell workbooks from plain archives by their table of contents; raises UnsafeFile for other office files and for locked ones."""
    if _CONTENT_TYPES in names:
        types = text_of(_head(parts[names.index(_CONTENT_TYPES)])).encode()
        found = next((format_ for mark, format_ in _TYPES if mark in types), None)
        if found:
            return found
        other = next((words for mark, words in _OTHER_TYPES if mark in types), "认不出来的格式")
        raise UnsafeFile(Code.NOT_WORKBOOK, Format.OTHER, seen=other)
    if "OFD.xml" in names:
        raise UnsafeFile(Code.NOT_WORKBOOK, Format.OTHER, seen="OFD 文件")
    if "mimetype" in names and "content.xml" in names:
        if b"spreadsheet" not in _head(parts[names.index("mimetype")]):
            raise UnsafeFile(Code.NOT_WORKBOOK, Format.OTHER, seen="OpenDocument 文档")
        manifest = parts[names.index("META-INF/manifest.xml")] if "META-INF/manifest.xml" in names else None
        if manifest and b"encryption-data" in _head(manifest):
            raise UnsafeFile(Code.PASSWORD, Format.ODS, tried="这种格式不能代为打开")
        return Format.ODS
    if any(name.endswith(".iwa") for name in names) or {"Index.zip", "Metadata/DocumentIdentifier"} <= set(names):
        raise UnsafeFile(Code.APPLE_NUMBERS, Format.OTHER)
    return Format.ZIP


def _head(part: Part) -> bytes:
    try:
        return next(part.chunks(), b"")
    except UnsafeFile as error:
        raise UnsafeFile(error.trouble.code, Format.ZIP, **error.trouble.facts) from error


def _by_name(parts: Sequence[Part], names: Sequence[str]) -> Mapping[str, Part]:
    return dict(zip(_plain_names(tuple(names)), parts, strict=True))


@lru_cache(maxsize=256)  # an office program names the parts of most books the same
def _plain_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Write the names in small letters with plain slashes. Raises UnsafeFile for names that must not be: two readers must find the same part under each."""
    plain = tuple(name.replace("\\", "/").lower() for name in names)
    seen = set[str]()
    for name in plain:
        steps = name.split("/")
        if name.startswith("/") or ".." in steps or "\0" in name:
            raise UnsafeFile(Code.UNSAFE, what="部件的路径反常")
        key = "/".join(step for step in steps if step not in {"", "."})
        if key in seen and not name.endswith("/"):
            raise UnsafeFile(Code.UNSAFE, what="有两个同名的部件")
        seen.add(key)
    return plain
