"""A collect that is cut off between two files: the writer of the ledger takes a number of them, one at a time, and dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from toolkit.flows.intake import archive_returns


@contextmanager
def writer_that_dies(after: int) -> Iterator[None]:
    """Let the writer record so many files, each in a group of its own, and expect it to be interrupted at the next one."""
    write, left = archive_returns.ArchiveWriter._write, [after]

    def dying(self: archive_returns.ArchiveWriter, group: archive_returns.Group, at: datetime) -> archive_returns.Group:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return write(self, group, at)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive_returns, "_TOGETHER", 1)
        patch.setattr(archive_returns.ArchiveWriter, "_write", dying)
        with pytest.raises(KeyboardInterrupt):
            yield
