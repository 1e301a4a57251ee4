"""Hundreds of damaged files in the inbox: each ends in an outcome with a sentence, in time, and never by a fault of ours.

TASK_TOOLKIT_MUTATIONS says how many, TASK_TOOLKIT_SEED where to begin: a night of them is `TASK_TOOLKIT_MUTATIONS=50000`.
"""

import os
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.hostile.archives import outlook, seven_zip
from tests.hostile.books import zipped
from tests.hostile.mutate import mutated
from tests.office import convert
from tests.spoiled.office import Round, book_of, drop, fill, issued_office, take_in, unit_name
from toolkit.edges.inbox import digest_of
from toolkit.model.findings import Code

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
GATES = Path(__file__).parent / "gates"
MANY = int(os.environ.get("TASK_TOOLKIT_MUTATIONS", "300"))
FIRST = int(os.environ.get("TASK_TOOLKIT_SEED", "0"))
PATIENCE = 0.2  # seconds a file on average, with a workbook that takes 20 among them


def seeds(book: bytes, folder: Path) -> list[bytes]:
    """The files that are changed: a filled return as three programs save it, as a text, and in envelopes."""
    (folder / "book.xlsx").write_bytes(book)
    saved = [convert(folder / "book.xlsx", kind, folder).read_bytes() for kind in ("xls", "ods", "html")]
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "某某 <a@example.com>", "一季度进展", "Mon, 20 Mar 2023 09:00:00 +0800"
    mail.set_content("见附件")
    mail.add_attachment(book, maintype="application", subtype="octet-stream", filename="一季度进展.xlsx")
    envelopes = [zipped({"来件.xlsx": book}), mail.as_bytes(), outlook("某某", "进展", {"来件.xlsx": book}), seven_zip({"来件.xlsx": book})]
    return [book, book, book, *saved, *saved[:2], *envelopes]


def faults_of(taken: Round, names: list[str]) -> list[str]:
    """Name the files that did not end as they must."""
    ends = {one.sent.name: one for one in taken.done.arrivals}
    wrong = [name for name in names if name not in ends or not ends[name].reason]
    ours = [one.sent.name.partition("/")[0] for one in taken.done.arrivals if any(finding.code is Code.OUR_FAULT for finding in one.findings)]
    mute = [one.sent.name.partition("/")[0] for one in taken.done.arrivals if not all(finding.message and finding.advice for finding in one.findings)]
    return sorted({*wrong, *ours, *mute})


def test_damaged_files_end_in_an_outcome_with_a_sentence(tmp_path: Path) -> None:
    """Each of some hundred damaged files, most of them saved by a real program, ends in one outcome with a sentence, and all of them in time."""
    space, _ = issued_office(tmp_path / "office", 1)
    some = seeds(fill(book_of(space, unit_name(0))), tmp_path)
    files = {f"{number}.xlsx": mutated(some, number) for number in range(FIRST, FIRST + MANY)}
    for name, content in files.items():
        drop(space, name, content)

    began = time.monotonic()
    taken = take_in(space)
    seconds = time.monotonic() - began

    wrong = faults_of(taken, [name for name, content in files.items() if content])
    for name in wrong:
        (GATES / f"{digest_of(files[name])[:16]}.bin").write_bytes(files[name])
    assert ([], (), 0) == (wrong, taken.done.left, taken.done.faults)
    assert seconds < 20 + PATIENCE * MANY


def test_files_that_once_did_harm_stay_harmless(tmp_path: Path) -> None:
    """Every file that a run of damaged files has found to end wrongly ends in an outcome with a sentence now."""
    space, _ = issued_office(tmp_path / "office", 1)
    gates = sorted(GATES.glob("*.bin"))
    for path in gates:
        drop(space, path.name, path.read_bytes())

    taken = take_in(space)

    assert ([], (), 0) == (faults_of(taken, [path.name for path in gates]), taken.done.left, taken.done.faults)
