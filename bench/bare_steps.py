"""The steps that no collect can do without, written straight down: no checks, no types, no places of cells, no findings, no receipts, one process."""

import base64
import hashlib
import hmac
import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import python_calamine

_TOGETHER = 64  # files that are committed together, as in collect


def take_in(files: list[Path], folder: Path) -> None:
    """Read each file, test its parts, read its cells and its seal, record the rows behind the prefilled columns, keep the original."""
    ledger = sqlite3.connect(folder / "bare.db")
    ledger.execute("pragma journal_mode = wal")
    ledger.execute("create table files (id integer primary key, name, digest, size)")
    ledger.execute("create table answers (file, sheet, key, number, role, answers)")
    for number, path in enumerate(files):
        content = path.read_bytes()
        _test_parts(content)
        ledger.execute("insert into files values (?, ?, ?, ?)", (number, path.name, hashlib.sha256(content).hexdigest(), len(content)))
        ledger.executemany("insert into answers values (?, ?, ?, ?, ?, ?)", [(number, *row) for row in _rows(content)])
        target = folder / "originals" / path.stem
        target.mkdir(parents=True)
        (target / path.name).write_bytes(content)
        if number % _TOGETHER == 0:
            ledger.commit()
    ledger.commit()
    ledger.close()


def _test_parts(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for info in book.infolist():
            start = info.header_offset + 30 + len(info.orig_filename.encode())
            if zlib.crc32(zlib.decompress(content[start : start + info.compress_size], -15)) != info.CRC:
                raise zipfile.BadZipFile(info.filename)


def _rows(content: bytes) -> Iterator[tuple[str, ...]]:
    """Give what stands behind the prefilled columns of each issued row, and whose row it is."""
    book = python_calamine.load_workbook(io.BytesIO(content))  # type: ignore[arg-type]
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    seal = next(row[0] for rows in sheets.values() for row in rows if row and str(row[0]).startswith("TASKSEAL"))
    payload = base64.b64decode(str(seal).split(".", 3)[3])
    hmac.digest(b"", payload, "sha256")  # whether it is right is not asked
    for sheet, issued in json.loads(zlib.decompress(payload))["tables"].items():
        if not issued:  # a sheet of milestones or matters is there only for units that have some
            continue
        first = next((at for at, row in enumerate(sheets[sheet], 1) if row[0] == "编号"), 0)
        for (key, number, role, shown, *_), cells in zip(issued, sheets[sheet][first:], strict=False):
            answers = {at: [str(value), value, sheet] for at, value in enumerate(cells[len(shown) :]) if value != ""}
            yield sheet, key, number, role, json.dumps(answers, ensure_ascii=False, default=str)
