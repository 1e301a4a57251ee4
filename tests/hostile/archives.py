"""Archives that the standard library reads but does not write: ZipCrypto, RAR; and Outlook's mails."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from tests.hostile.ole import Tree, compound


def zip_crypto(name: str, content: bytes, password: str) -> bytes:
    """An archive with the old encryption of PKZIP (APPNOTE 6.1), which WinRAR and 7-Zip still offer."""
    checksum = zlib.crc32(content)
    keys = _Keys(password.encode())
    body = bytes(map(keys.encrypt, bytes(11) + bytes([checksum >> 24]) + content))
    raw = name.encode()
    common = struct.pack("<HHHHHIIIHH", 20, 0x801, 0, 0, 0x5674, checksum, len(body), len(content), len(raw), 0)
    local = b"PK\x03\x04" + common + raw + body
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + raw
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


class _Keys:
    """The three keys of PKZIP's encryption."""

    def __init__(self, password: bytes) -> None:
        self._keys = [0x12345678, 0x23456789, 0x34567890]
        for sign in password:
            self._update(sign)

    def encrypt(self, sign: int) -> int:
        mask = self._keys[2] & 0xFFFF | 2
        self._update(sign)
        return sign ^ (mask * (mask ^ 1) >> 8 & 0xFF)

    def _update(self, sign: int) -> None:
        first = _step(self._keys[0], sign)
        second = (self._keys[1] + (first & 0xFF)) * 134775813 + 1 & 0xFFFFFFFF
        self._keys = [first, second, _step(self._keys[2], second >> 24)]


def _step(key: int, sign: int) -> int:
    return zlib.crc32(bytes([sign]), key ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


def rar(members: Mapping[str, bytes]) -> bytes:
    """A RAR 4 archive whose members are stored, not packed (technote.txt of RAR 4)."""
    out = io.BytesIO()
    out.write(b"Rar!\x1a\x07\x00" + _headed(0x73, 0, bytes(6)))
    for name, content in members.items():
        raw = name.encode()
        sizes = struct.pack("<IIBIIBBHI", len(content), len(content), 2, zlib.crc32(content), 0x56744800, 20, 0x30, len(raw), 0x20)
        out.write(_headed(0x74, 0x8000, sizes + raw) + content)
    out.write(_headed(0x7B, 0x4000, b""))
    return out.getvalue()


def _headed(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def outlook(sender: str, subject: str, attachments: Mapping[str, bytes]) -> bytes:
    """A .msg with attachments (MS-OXMSG)."""
    tree: dict[str, bytes | Tree] = {"__properties_version1.0": bytes(32), "__nameid_version1.0": {"__substg1.0_00020102": b"\0" * 16}}
    tree["__substg1.0_0037001F"], tree["__substg1.0_5D01001F"] = subject.encode("utf-16-le"), sender.encode("utf-16-le")
    for number, (name, content) in enumerate(attachments.items()):
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8), "__substg1.0_3707001F": name.encode("utf-16-le"), "__substg1.0_37010102": content,
        }  # fmt: skip
    return compound(tree)


def seven_zip(members: Mapping[str, bytes], password: str | None = None) -> bytes:
    """A .7z."""
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as archive:
        for name, content in members.items():
            archive.writestr(content, name)
    return out.getvalue()


def aes_zip(members: Mapping[str, bytes], password: str) -> bytes:
    """An archive with WinZip's AES encryption."""
    import pyzipper

    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def linked(name: str, target: str) -> bytes:
    """An archive that holds nothing but a link."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = 0o120777 << 16
        archive.writestr(info, target)
    return out.getvalue()
