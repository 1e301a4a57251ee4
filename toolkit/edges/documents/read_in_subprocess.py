"""Reads one file in a process of its own, with a limit on time and memory: what no library of ours can be trusted to refuse in time."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from toolkit.model.command_error import CommandError
from toolkit.model.document import Paragraph, Table, TableCell

_SECONDS = 60
_MEMORY = 3 * 2**30
_SIMPLER = "请用原来的程序打开它，只留任务部分，另存一份（.docx 最好）后再导入。"
_TROUBLE = "trouble"
_READERS = {
    "HTML": ("web", "read_html"),
    "MHT": ("web", "read_mht"),
    "DOCX": ("word", "read_docx"),
    "BOOK": ("notice_workbook", "read_book"),
    "OFD": ("ofd", "read_ofd"),
    "PDF": ("pdf", "read_pdf"),
    "SCAN": ("codes", "read_codes"),
}


def read_in_subprocess(sort: str, content: bytes, seconds: float = _SECONDS) -> list[Paragraph | Table]:
    """Read a file of a sort of _READERS in a process of its own; raises CommandError also when that process takes too long, too much memory, or dies."""
    home = str(Path(__file__).parents[3])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH", "")])), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "toolkit.edges.documents.read_in_subprocess", sort]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=seconds, check=False, env=environment)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired as error:
        raise CommandError(f"太复杂，{seconds:g} 秒内没有读完。", _SIMPLER) from error
    if done.returncode not in {0, 1} or b"MemoryError" in done.stderr:  # 1 is an exception of ours, other numbers are a death of the process
        raise CommandError("太复杂，读不了（需要的内存太多，或内部结构有误）。", _SIMPLER)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))  # our own fault: it keeps its traceback
    return _unpacked(json.loads(done.stdout))


def main() -> None:
    """Read the file on standard input and write its blocks to standard output."""
    _limit_memory()
    try:
        blocks = _reader(sys.argv[1])(sys.stdin.buffer.read())
        answer: list[list[object]] = [_packed(block) for block in blocks]
    except CommandError as trouble:
        answer = [[_TROUBLE, trouble.message, trouble.advice]]
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _reader(sort: str) -> Callable[[bytes], list[Paragraph | Table]]:
    module, function = _READERS[sort]
    reader: Callable[[bytes], list[Paragraph | Table]] = getattr(import_module(f"toolkit.edges.documents.{module}"), function)
    return reader


def _limit_memory() -> None:
    """Cap the memory of this process where the system can (not on Windows, where the limit of time stands alone)."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _packed(block: Paragraph | Table) -> list[object]:
    if isinstance(block, Paragraph):
        return [block.text, block.where, block.number]
    return [[[[cell.text, cell.where] for cell in row] for row in block.rows], block.where]


def _unpacked(answer: list[list[object]]) -> list[Paragraph | Table]:
    blocks: list[Paragraph | Table] = []
    for first, *rest in answer:
        if first == _TROUBLE and len(rest) == 2 and len(answer) == 1:
            raise CommandError(str(rest[0]), str(rest[1]))
        if isinstance(first, list):
            blocks.append(Table(tuple(tuple(TableCell(*cell) for cell in row) for row in first), str(rest[0])))
        else:
            blocks.append(Paragraph(str(first), *map(str, rest)))
    return blocks


if __name__ == "__main__":
    main()
