"""The office's own workbooks are guarded like returns."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.small import Q1, small_workspace
from toolkit.edges.reading import guard_books, known_sound
from toolkit.edges.reading.sandbox import Readers
from toolkit.edges.reading.sandbox_process import finding_on
from toolkit.edges.workspace import RULES, Workspace
from toolkit.flows.office.guard_office_books import check_books, write_own_book
from toolkit.flows.report.status import status
from toolkit.flows.upkeep.doctor import doctor
from toolkit.flows.upkeep.examined import Health
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Code


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setattr(known_sound, "_sound", set())
    return small_workspace(tmp_path)


def with_part(path: Path, name: str, content: bytes) -> None:
    """Put another part into a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, content if one == name else old.read(one))
        if name not in old.namelist():
            new.writestr(name, content)
    path.write_bytes(out.getvalue())


@pytest.mark.parametrize("name", ["任务总表.xlsx", "季度进展.xlsx", RULES])
def test_a_hostile_book_of_the_office_is_a_sentence(space: Workspace, name: str) -> None:
    """A master list, a form or rules whose inside must not be opened stop the command with the file and what to do; doctor says the same."""
    with_part(space.templates / name, "xl/styles.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>')

    with pytest.raises(CommandError, match=f"“{name}”不能用：这个文件的内部结构反常"):
        status(space, Q1)
    assert [(name, Health.BAD)] == [(one.thing, one.health) for one in doctor(space) if one.health is Health.BAD]


@pytest.mark.parametrize("code", [Code.TOO_SLOW, Code.TOO_BIG, Code.READER_DIED])
def test_a_book_that_uses_up_its_reader_is_never_opened_here(space: Workspace, monkeypatch: pytest.MonkeyPatch, code: Code) -> None:
    """A book that takes too long in the reading process, or all its memory, is a finding; one that is only damaged is left to its own reader."""
    damaged, notes = space.templates / "坏.xlsx", space.records / "log" / "a"
    damaged.write_bytes((space.templates / "季度进展.xlsx").read_bytes()[:-50])
    sound = list(guard_books.unsafe_books([space.master, damaged, space.templates / "没有.xlsx"], notes))
    with_part(space.master, "xl/extra.xml", b"<a/>")

    monkeypatch.setattr(Readers, "read", lambda _, jobs: (finding_on(job, code) for job in jobs))
    found = list(guard_books.unsafe_books([space.master], notes))

    assert ([], [code], 2) == (sound, [one.code for one in found], len(notes.read_text("ascii").split()))


def test_what_did_not_change_is_not_read_again(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook is read in the other process once; after that its hash is enough, also for the next program."""
    notes = space.records / "log" / "a"
    list(guard_books.unsafe_books([space.master], notes))
    monkeypatch.setattr(Readers, "read", None)
    monkeypatch.setattr(known_sound, "_sound", set())

    assert [] == list(guard_books.unsafe_books([space.master], notes))


def test_what_the_program_wrote_itself_is_not_read_in_another_process(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list just written is known to be sound, as long as it is that one to the byte and the memory of it was not deleted."""
    content = space.master.read_bytes()
    write_own_book(space, space.master, content)
    notes = space.records / "log" / "看过的表.txt"

    assert [] == known_sound.unknown_books([space.master], notes)
    monkeypatch.setattr(known_sound, "_sound", set())
    assert [] == known_sound.unknown_books([space.master], notes)

    monkeypatch.setattr(known_sound, "_sound", set())
    with_part(space.master, "xl/styles.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>')
    with pytest.raises(CommandError, match=r"“任务总表[.]xlsx”不能用：这个文件的内部结构反常"):
        check_books(space)

    space.master.write_bytes(content)
    monkeypatch.setattr(known_sound, "_sound", set())
    notes.unlink()
    assert [space.master] == [unknown.path for unknown in known_sound.unknown_books([space.master], notes)]
