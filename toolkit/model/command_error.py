"""What stops a command and is for the clerk to mend (exit 1), as against our own fault (exit 3)."""

import errno

_WHY = {  # by the system's own name of the fault
    "ENOSPC": "磁盘满了",
    "EDQUOT": "磁盘配额用完了",
    "EACCES": "没有权限，或正被别的程序占用",
    "EPERM": "没有权限",
    "EROFS": "磁盘是只读的",
    "EBUSY": "正被别的程序占用",
    "ENOENT": "找不到这个文件或文件夹",
    "EIO": "磁盘读写出错",
    "ENAMETOOLONG": "文件名太长",
    "ESTALE": "网络盘断开了",
    "ETIMEDOUT": "网络盘没有回应",
}


def reason_of(error: OSError) -> str:
    """Say in Chinese why the system refused; its own words where they are Chinese, its number where we have none."""
    text = error.strerror or ""
    return text if text and not text.isascii() else _WHY.get(errno.errorcode.get(error.errno or 0, ""), f"系统错误 {error.errno}")


def is_outside(error: OSError) -> bool:
    """Whether the disk or its rights are to blame, which the clerk can mend, and not this program."""
    name = errno.errorcode.get(error.errno or 0, "")
    return name in _WHY and name != "ENOENT"


class CommandError(Exception):
    """A command cannot go on; `message` says in Chinese what was seen, `advice` what to do."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
