"""Why the system refused, in the clerk's words."""

import errno

import pytest

from toolkit.model.command_error import reason_of


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘满了"),
        (PermissionError(errno.EACCES, "Permission denied"), "没有权限，或正被别的程序占用"),
        (OSError(errno.EROFS, "Read-only file system"), "磁盘是只读的"),
        (PermissionError(13, "被占用"), "被占用"),
        (OSError(9999, "Something odd"), "系统错误 9999"),
    ],
)
def test_the_systems_reasons_are_said_in_chinese(error: OSError, expected: str) -> None:
    """No English reaches the clerk: a known reason in Chinese, any other by its number."""
    assert expected == reason_of(error)
