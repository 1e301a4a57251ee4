"""What disk a folder is on: shared over the network or not, and how all that was written to it is brought safely down."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
# File systems whose files another machine may have open too; "fuse." stands before the names of programs, most of which reach over the network.
_NETWORK = (
    *("9p", "afs", "beegfs", "ceph", "cifs", "davfs", "drvfs", "fuse.", "gfs2", "glusterfs"),
    *("lustre", "ncpfs", "nfs", "ocfs2", "prl_fs", "smb", "vboxsf", "virtiofs"),
)
_DISKS = ("btrfs", "ext2", "ext3", "ext4", "f2fs", "xfs")


def is_on_network(path: Path) -> bool:
    """Whether a file lies on a drive that other machines can reach too; where the system does not tell, it is taken for a disk of this machine."""
    place = path.resolve()
    if sys.platform == "win32":
        import ctypes

        return place.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{place.drive}\\") == 4  # DRIVE_REMOTE
    return _kind_of_disk(place).startswith(_NETWORK)


def disk_flush(folder: Path) -> Callable[[], None] | None:
    """Give what brings all that was written to a folder's disk safely down at once, and raises OSError where that fails; None where there is no such thing.

    That is Linux's syncfs, which tells of failures since 5.8 (man 2 syncfs); it is trusted on the usual disks only.
    """
    if not sys.platform.startswith("linux") or _linux() < (5, 8) or _kind_of_disk(folder.resolve()) not in _DISKS:
        return None
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)

    def flush() -> None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            if library.syncfs(handle):
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        finally:
            os.close(handle)

    return flush if hasattr(library, "syncfs") else None


def _linux() -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", os.uname().release)[:2])


def _kind_of_disk(place: Path) -> str:
    """Give the file system of a place, '' where the system does not tell."""
    try:
        lines = [line.split() for line in _MOUNTS.read_bytes().splitlines()]
    except OSError:
        return ""
    mounts = [(Path(os.fsdecode(where.decode("unicode_escape").encode("latin-1"))), kind.decode()) for _, where, kind, *_ in lines]  # a space is written \040
    above = sorted((len(where.parts), number, kind) for number, (where, kind) in enumerate(mounts) if place.is_relative_to(where))
    return above[-1][2] if above else ""
