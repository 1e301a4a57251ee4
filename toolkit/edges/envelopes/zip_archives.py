"""Opens zip archives; member names may be UTF-8 or GBK, whatever their flag says."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from toolkit.edges.envelopes.unpacked_members import Mail, MemberTooBig, UnpackedMembers
from toolkit.model.findings import Code

_UTF8, _LOCKED, _STRONG, _AES = 0x800, 0x1, 0x40, 99
_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError)


def open_zip(box: UnpackedMembers, name: str, content: bytes, layer: int, mail: Mail) -> None:
    """Take in every member of a zip, `layer` deep; what is refused becomes a finding in the box. Raises ArchiveTooBig."""
    archive = _archive(content)
    box.expect(sum(not info.is_dir() for info in archive.infolist()))
    taken = set[str]()
    for info in archive.infolist():
        below = _name_of(info)
        if below.endswith("/") and not info.file_size:
            continue
        full = f"{name}/{below.replace(chr(92), '/').lstrip('/')}"
        if not box.admits(full, below):
            continue
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind and not stat.S_ISREG(kind):
            box.refuse(full, Code.BAD_PATH, what="是链接或设备，不是文件")
        elif full.lower() in taken:
            box.refuse(full, Code.NAME_TWICE)
        else:
            taken.add(full.lower())
            member = _member(box, archive, info, full, content)
            if member is not None:
                box.put(full, member, layer, mail)


def _archive(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except UnicodeDecodeError:  # GBK names under the UTF-8 flag
        return zipfile.ZipFile(io.BytesIO(_without_flag(content)))


def _without_flag(content: bytes) -> bytes:
    """Take the UTF-8 flag off every header of an archive."""
    data = bytearray(content)
    count, _, at = struct.unpack_from("<HII", data, data.rfind(b"PK\x05\x06") + 10)
    for _ in range(count):
        if data[at : at + 4] != b"PK\x01\x02":
            raise zipfile.BadZipFile
        (local,) = struct.unpack_from("<I", data, at + 42)
        for place in (at + 8, local + 6):
            (flags,) = struct.unpack_from("<H", data, place)
            struct.pack_into("<H", data, place, flags & ~_UTF8)
        at += 46 + sum(struct.unpack_from("<HHH", data, at + 28))
    return bytes(data)


def _name_of(info: zipfile.ZipInfo) -> str:
    """Decode a member's name; bytes that are neither UTF-8 nor GBK stay as Python marks them (PEP 383)."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "surrogateescape")


def _member(box: UnpackedMembers, archive: zipfile.ZipFile, info: zipfile.ZipInfo, full: str, content: bytes) -> bytes | None:
    """Unpack one member; None after a finding."""
    try:
        if info.compress_type == _AES:
            return _aes_member(box, info, full, content)
        if not info.flag_bits & _LOCKED:
            return box.gather(_pieces(archive, info, None), info.compress_size)
        for password in box.passwords:
            for encoding in ("utf-8", "gb18030"):
                try:
                    return box.gather(_pieces(archive, info, password.encode(encoding)), info.compress_size)
                except (RuntimeError, zipfile.BadZipFile, zlib.error):
                    continue
        box.refuse(full, Code.PASSWORD, tried="已知的密码都打不开" if box.passwords else "没有可用的密码")
    except MemberTooBig as error:
        box.refuse(full, Code.TOO_BIG, what=str(error))
    except (NotImplementedError, RuntimeError):
        if info.flag_bits & _STRONG:
            box.refuse(full, Code.PASSWORD, tried="这种加密方式不能代为打开")
        else:
            box.refuse(full, Code.OTHER_METHOD, method=f"第 {info.compress_type} 号压缩方法")
    except _BROKEN:
        box.refuse(full, Code.DAMAGED, part="压缩包里的这个文件")
    return None


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, password: bytes | None) -> Iterator[bytes]:
    with archive.open(info, pwd=password) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _aes_member(box: UnpackedMembers, info: zipfile.ZipInfo, full: str, content: bytes) -> bytes | None:
    try:
        import pyzipper
    except ImportError:
        box.refuse(full, Code.NO_LIBRARY, kind="AES 加密的 zip", install="pyzipper")
        return None
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
        for password in box.passwords:
            try:
                inner = next(member for member in archive.infolist() if member.header_offset == info.header_offset)
                return box.gather(_pieces(archive, inner, password.encode()), info.compress_size)
            except (RuntimeError, pyzipper.BadZipFile):
                continue
    box.refuse(full, Code.PASSWORD, tried="已知的密码都打不开" if box.passwords else "没有可用的密码")
    return None
