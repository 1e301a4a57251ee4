"""What is kept of what was read and said: it is never older than what it stands on, and may be deleted at any time."""

import os
import pickle
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import MASTER, Q1, issue, small_workspace
from toolkit.cli.main import _run
from toolkit.edges import parsed_cache, workspace_state
from toolkit.edges.files import write_file
from toolkit.edges.templates import read_forms, read_master, read_rules
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_master import load_typed
from toolkit.edges.templates.read_rules import load_rules
from toolkit.edges.workspace import RULES, Workspace
from toolkit.edges.workspace_state import state_of
from toolkit.flows.intake.collect import collect
from toolkit.flows.office.kept_answers import answer
from toolkit.flows.upkeep import examine_workspace
from toolkit.flows.upkeep.backup import backup
from toolkit.flows.upkeep.doctor import doctor

FORM = "季度进展.xlsx"


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """
    A small office; what a process holds in its memory is forgotten, as between two commands.
    """
    monkeypatch.setattr(parsed_cache, "_recent", {})
    found = small_workspace(tmp_path / "office")
    (found.records / "log").mkdir(exist_ok=True)
    return found


def _folder(space: Workspace) -> Path:
    return space.records / "log" / parsed_cache.FOLDER


def _read(space: Workspace) -> tuple[object, ...]:
    return load_form(space.templates / FORM), load_typed(space.master), load_rules(space.templates / RULES, MASTER)


def _forget() -> None:
    parsed_cache._recent.clear()


def test_what_is_kept_is_what_is_read(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Forms, list and rules that are kept are given without their workbooks being opened, and equal what was read of them.
    """
    read = _read(space)
    _forget()
    for room, name in ((read_forms, "_read_form"), (read_master, "_read_typed"), (read_rules, "_read_rules")):
        monkeypatch.setattr(room, name, lambda *_: pytest.fail("opened again"))

    assert _read(space) == read


def test_the_same_contents_elsewhere_are_not_read_again(space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A program that goes through several workspaces reads what is the same in them once, and forgets what it was asked for longest ago.
    """
    read = load_form(space.templates / FORM)
    other = small_workspace(tmp_path / "other")
    with monkeypatch.context() as patch:
        patch.setattr(read_forms, "_read_form", lambda _: pytest.fail("read again"))
        assert load_form(other.templates / FORM) == read
    monkeypatch.setattr(parsed_cache, "_REMEMBERED", 1)
    load_form(space.templates / "工作方案.xlsx")

    assert 1 == len(parsed_cache._recent)
    assert load_form(other.templates / FORM) == read


def _delete(folder: Path) -> None:
    shutil.rmtree(folder)


def _spoil(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:40] + b"\x00" * 30)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(b"")


@pytest.mark.parametrize("harm", [_delete, _spoil, _empty])
def test_what_is_kept_may_go_at_any_time(space: Workspace, harm: Callable[[Path], None]) -> None:
    """
    Deleted, damaged or emptied, it is made anew, and equals what it was.
    """
    read = _read(space)
    _forget()
    harm(_folder(space))

    assert _read(space) == read


def test_a_changed_workbook_is_read_again(space: Workspace) -> None:
    """
    A form that was changed, with its size and its time as before, is read as it is now.
    """
    form = space.templates / FORM
    before, old = load_form(form), form.stat()
    other = (space.templates / "工作方案.xlsx").read_bytes()
    write_file(form, other)
    os.utime(form, ns=(old.st_atime_ns, old.st_mtime_ns))
    found = load_form(form)
    (space.templates / FORM).unlink()

    assert found[0] is not None
    assert before[0] is not None
    assert found[0].code != before[0].code
    assert load_form(form)[0] is None


def test_another_program_reads_again(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What another version of the program kept is not taken.
    """
    load_form(space.templates / FORM)
    _forget()
    monkeypatch.setattr(parsed_cache, "program_mark", lambda: b"another")
    monkeypatch.setattr(read_forms, "_read_form", lambda _: (None, ()))

    assert load_form(space.templates / FORM) == (None, ())


class _Hostile:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.write_text, (self.path, "run")


def test_what_somebody_else_wrote_there_does_nothing(space: Workspace, tmp_path: Path) -> None:
    """
    A file that would run something when it is loaded runs nothing; the workbook is read.
    """
    read = load_form(space.templates / FORM)
    _forget()
    path = _folder(space) / f"{FORM}.kept"
    path.write_bytes(path.read_bytes()[:32] + pickle.dumps((_Hostile(tmp_path / "harm"),)))

    assert load_form(space.templates / FORM) == read
    assert not (tmp_path / "harm").exists()


def _write(*parts: str) -> Callable[[Workspace], object]:
    def write(space: Workspace) -> None:
        path = space.root.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(path.read_bytes() + b" " if path.exists() else b"new")

    return write


def _insert(space: Workspace) -> None:
    with sqlite3.connect(space.records / "ledger.db") as ledger:
        ledger.execute("CREATE TABLE more (one)")
    ledger.close()


CHANGES: dict[str, Callable[[Workspace], object]] = {
    "a form": _write("templates", FORM),
    "the list": _write("templates", "任务总表.xlsx"),
    "a new form": _write("templates", "新.xlsx"),
    "settings": _write("settings.toml"),
    "a return": _write("inbox", "甲", "报送.xlsx"),
    "a workbook that is open": _write("outbox", "2023Q1", "汇总", "~$汇总.xlsx"),
    "a consolidated workbook": _write("outbox", "2023Q1", "汇总", "汇总.xlsx"),
    "an original": _write("records", "returns", "2023Q1", "甲", "报送.xlsx"),
    "the key": _write("records", "seal.key"),
    "the ledger": _insert,
    "a lost file": lambda space: (space.root / "outbox" / "旧.xlsx").unlink(),
}


@pytest.mark.parametrize("change", list(CHANGES))
def test_an_answer_is_made_anew_after_any_change(space: Workspace, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    """
    While nothing changes an answer is said again; after any change in the workspace it is made anew.
    """
    monkeypatch.setattr(workspace_state, "_YOUNG", -3600.0)
    _write("outbox", "旧.xlsx")(space)
    with sqlite3.connect(space.records / "ledger.db") as ledger:
        ledger.execute("CREATE TABLE one (one)")
    ledger.close()
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return len(made)

    before = [answer(space, "count", make), answer(space, "count", make)]
    CHANGES[change](space)

    assert before == [1, 1]
    assert answer(space, "count", make) == 2


def test_the_day_and_who_works_here_are_part_of_an_answer(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Another day, another setting of the surroundings: another state.
    """
    monkeypatch.setattr(workspace_state, "_YOUNG", -3600.0)
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-28")
    found = [state_of(space)]
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-29")
    found.append(state_of(space))
    monkeypatch.setenv("USER", "somebody-else")
    found.append(state_of(space))

    assert None not in found
    assert len(set(found)) == 3


def test_what_is_too_young_or_lies_elsewhere_is_not_kept(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A file written this very moment could change again unseen; so could what a link leads to, and a ledger on a server.
    """
    young = state_of(space)
    monkeypatch.setattr(workspace_state, "_YOUNG", -3600.0)
    old = state_of(space)
    (space.inbox / "连接.xlsx").symlink_to(space.master)
    linked = state_of(space)
    (space.inbox / "连接.xlsx").unlink()
    settings = space.root / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace('ledger = "', 'ledger = "postgresql://office@127.0.0.1/none'), "utf-8")

    assert (young, linked, state_of(space)) == (None, None, None)
    assert old is not None


def test_commands_say_the_same_again_and_what_is_new(space: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """
    status, returns and a collect of nothing say the same with what was kept and without it; one return more is seen by each of them at once.
    """
    monkeypatch.setattr(workspace_state, "_YOUNG", -3600.0)
    folder = issue(space)
    words = (["collect"], ["status"], ["status", "--json"], ["returns", str(Q1)])

    def said() -> list[str]:
        found = []
        for word in words:
            _forget()
            _run(["--workspace", str(space.root), *word])
            found.append(capsys.readouterr().out)
        return found

    first, again = said(), said()
    shutil.rmtree(_folder(space))
    without = said()
    shutil.copy(next(iter(sorted(folder.glob("*.xlsx")))), space.inbox / "报送.xlsx")
    with_one = said()

    assert first == again == without
    assert all(old != new for old, new in zip(first, with_one, strict=True))
    assert "收件箱里没有新文件" in said()[0]


def _forms_changed(space: Workspace) -> None:
    book = load_workbook(space.templates / "季度进展.xlsx")
    book["任务栏目"]["E7"] = "节点"
    book.save(space.templates / "季度进展.xlsx")


UNWELL: dict[str, tuple[Callable[[Workspace], object], str]] = {
    "a backup": (lambda space: backup(space, space.root / "备份.zip", progress=lambda items, _: items), "备份"),
    "a wrong form": (_forms_changed, "季度进展.xlsx"),
    "a lost original": (lambda space: next(path for path in space.returns.rglob("*.xlsx")).unlink(), "原件"),
    "a lost key": (lambda space: (space.records / "seal.key").unlink(), "台账和密钥"),
}


@pytest.mark.parametrize("change", list(UNWELL))
def test_doctor_says_what_it_found_again_until_something_changes(space: Workspace, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    """
    The second look gives the first one's words without looking; what has changed since is seen at once, a lost drawing is drawn again.
    """
    monkeypatch.setattr(workspace_state, "_YOUNG", -3600.0)
    shutil.copy(next(iter(sorted(issue(space).glob("*.xlsx")))), space.inbox / "报送.xlsx")
    collect(space, progress=lambda items, _: items)

    def seen() -> dict[str, list[str]]:
        _forget()
        said: dict[str, list[str]] = {}
        for examined in doctor(space):
            said.setdefault(examined.thing, []).append(examined.seen)
        said.pop("磁盘")
        return said

    seen()  # draws the samples
    first = seen()
    with monkeypatch.context() as here:
        here.setattr(examine_workspace, "examine_workspace", lambda _: [])
        again = seen()
    drawing = space.root / "outbox" / "试看" / "季度进展.xlsx"
    drawing.unlink()
    act, thing = UNWELL[change]
    act(space)
    last = seen()

    assert first == again
    assert first.get(thing) != last.get(thing)
    assert drawing.exists()
