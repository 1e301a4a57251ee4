"""Keeps Jinja2's pages compiled where Python keeps its own modules compiled, so that a command need not compile them again."""

import sys
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

_FOLDER = Path(__file__).parent / "__pycache__"


class _Compiled(FileSystemBytecodeCache):
    """Does without where the program's folder can only be read."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one page, known by its text, by Jinja2's and by Python's version."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_pages() -> FileSystemBytecodeCache | None:
    """Give the store; None where Python was told to keep nothing compiled, or there is no such folder."""
    return _Compiled(str(_FOLDER), "page_%s.cache") if _FOLDER.is_dir() and not sys.dont_write_bytecode else None
