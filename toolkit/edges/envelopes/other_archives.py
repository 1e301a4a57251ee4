"""Opens .7z (py7zr) and .rar (rarfile with unrar or bsdtar) where they are installed."""

import io
from collections.abc import Iterator
from typing import Any

from toolkit.edges.envelopes.unpacked_members import ALL, ONE, ArchiveTooBig, Mail, MemberTooBig, UnpackedMembers
from toolkit.model.findings import Code

_CHUNK = 1 << 20


def open_seven_zip(box: UnpackedMembers, name: str, content: bytes, layer: int, mail: Mail) -> None:
    """Take in every member of a .7z; sizes it declares are trusted only up to the limits."""
    try:
        import py7zr
        from py7zr.exceptions import PasswordRequired, UnsupportedCompressionMethodError
        from py7zr.io import BytesIOFactory
    except ImportError:
        box.refuse(name, Code.NO_LIBRARY, kind=".7z", install="task-toolkit[archives]")
        return
    for password in (None, *box.passwords):
        try:
            with py7zr.SevenZipFile(io.BytesIO(content), password=password) as archive:
                listed = [member for member in archive.list() if not member.is_directory]
                box.expect(len(listed))
                if sum(member.uncompressed for member in listed) > min(ALL, box.left):
                    box.refuse(name, Code.TOO_BIG, what="解开后太大")
                    return
                factory = BytesIOFactory(ONE)
                archive.extractall(factory=factory)
        except PasswordRequired:
            continue
        except UnsupportedCompressionMethodError:
            box.refuse(name, Code.OTHER_METHOD, method="少见的压缩方法")
            return
        except ArchiveTooBig:
            raise
        except Exception:
            if password is None:
                raise
            continue  # a wrong password shows as broken data, in any of the library's ways
        for member in listed:
            _put(box, f"{name}/{member.filename.lstrip('/')}", member.filename, factory.products.get(member.filename), layer, mail)
        return
    box.refuse(name, Code.PASSWORD, tried="已知的密码都打不开" if box.passwords else "没有可用的密码")


def _put(box: UnpackedMembers, full: str, below: str, product: Any, layer: int, mail: Mail) -> None:
    if not box.admits(full, below):
        return
    if product is None:
        box.refuse(full, Code.BAD_PATH, what="是链接或设备，不是文件")
        return
    product.seek(0)
    try:
        box.put(full, box.gather(iter([product.read()]), -1), layer, mail)
    except MemberTooBig as error:
        box.refuse(full, Code.TOO_BIG, what=str(error))


def open_rar(box: UnpackedMembers, name: str, content: bytes, layer: int, mail: Mail) -> None:
    """Take in every member of a .rar through unrar or bsdtar, `layer` deep; what is refused becomes a finding in the box. Raises ArchiveTooBig."""
    try:
        import rarfile
    except ImportError:
        box.refuse(name, Code.NO_LIBRARY, kind=".rar", install="task-toolkit[archives]")
        return
    try:
        with rarfile.RarFile(io.BytesIO(content)) as archive:
            is_first_of_several = (archive.strerror() or "").startswith("Cannot open next volume")
            if is_first_of_several:
                box.refuse(name, Code.ONE_VOLUME)
            box.expect(len(archive.infolist()))
            for info in () if is_first_of_several else archive.infolist():
                _put_rar_member(box, archive, info, name, layer, mail)
    except rarfile.NeedFirstVolume:
        box.refuse(name, Code.ONE_VOLUME)
    except rarfile.RarCannotExec:
        box.refuse(name, Code.NO_LIBRARY, kind=".rar", install="unrar")


def _put_rar_member(box: UnpackedMembers, archive: Any, info: Any, name: str, layer: int, mail: Mail) -> None:
    full = f"{name}/{info.filename.lstrip('/')}"
    if info.is_dir() or not box.admits(full, info.filename):
        return
    if info.is_symlink():
        box.refuse(full, Code.BAD_PATH, what="是链接或设备，不是文件")
    else:
        _put_rar(box, archive, info, full, layer, mail)


def _put_rar(box: UnpackedMembers, archive: Any, info: Any, full: str, layer: int, mail: Mail) -> None:
    import rarfile

    for password in (None, *box.passwords) if info.needs_password() else (None,):
        try:
            box.put(full, box.gather(_pieces(archive, info, password), info.compress_size), layer, mail)
        except MemberTooBig as error:
            box.refuse(full, Code.TOO_BIG, what=str(error))
        except rarfile.RarCannotExec:  # holds for the whole archive
            raise
        except (rarfile.PasswordRequired, rarfile.RarExecError, rarfile.BadRarFile):
            continue
        return
    if info.needs_password():
        box.refuse(full, Code.PASSWORD, tried="已知的密码都打不开" if box.passwords else "没有可用的密码")
    else:
        box.refuse(full, Code.DAMAGED, part="压缩包里的这个文件")


def _pieces(archive: Any, info: Any, password: str | None) -> Iterator[bytes]:
    with archive.open(info, pwd=password) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
