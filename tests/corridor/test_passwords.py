"""Passwords of workbooks: typed by a person who accepts a file, kept in the keyring where that is wanted; nothing ever waits for one."""

import io
import sys
from pathlib import Path
from types import ModuleType

import pytest
import pyzipper
from msoffcrypto.format.ooxml import OOXMLFile

from tests.small import Q1, accepted, filled_row, issue, small_workspace, type_into
from toolkit.cli.main import screen
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.intake.list_returns import decide, list_returns
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import DecisionAction

SECRET = "某某口令"  # noqa: S105 - the test's own


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A workspace in which a locked workbook and a locked archive wait."""
    space = small_workspace(tmp_path)
    issue(space)
    for unit, cells, name in (
        ("东山镇", filled_row("任务2", lead=False) | filled_row("任务3"), "a.xlsx"),
        ("云溪县发改局", filled_row("任务1", lead=False) | filled_row("目标1"), "b.zip"),
    ):
        type_into(space.out(Q1, "发放") / f"{unit}_2023年第一季度进展.xlsx", tmp_path / "填好.xlsx", cells)
        out, content = io.BytesIO(), (tmp_path / "填好.xlsx").read_bytes()
        if name == "a.xlsx":
            OOXMLFile(io.BytesIO(content)).encrypt(SECRET, out)
        else:
            with pyzipper.AESZipFile(out, "w", encryption=pyzipper.WZ_AES) as archive:
                archive.setpassword(SECRET.encode())
                archive.writestr("表.xlsx", content)
        (space.inbox / name).write_bytes(out.getvalue())
    collect(space, progress=lambda items, _: items)
    return space


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A keyring of the test's own."""
    kept: dict[tuple[str, str], str] = {}
    module, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    errors.KeyringError = OSError  # type: ignore[attr-defined]
    module.errors = errors  # type: ignore[attr-defined]
    module.get_password = lambda service, name: kept.get((service, name))  # type: ignore[attr-defined]
    module.set_password = lambda service, name, text: kept.__setitem__((service, name), text)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    return kept


def waiting(space: Workspace) -> list[int]:
    return sorted(one.number for one in list_returns(space, Q1) if one.outcome == "待认定")


def test_a_password_is_asked_for_once_and_kept_when_told_to(space: Workspace, ring: dict[tuple[str, str], str]) -> None:
    """A wrong one is asked again, one that opens is tried on the next file first, and goes into the keyring; from there it opens without a word."""
    answers, asked = iter(["错", SECRET]), list[str]()

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    said = decide(space, waiting(space), DecisionAction.ACCEPT, ask=ask, keep=True)

    assert ["“a.xlsx”的打开密码"] * 2 == asked
    assert {"a.xlsx", "b.zip/表.xlsx"} == set(accepted(space))
    assert "密码已存入系统钥匙串。" in said
    assert {("task-toolkit", "打开密码"): SECRET} == ring


def test_a_kept_password_opens_without_a_word(space: Workspace, ring: dict[tuple[str, str], str]) -> None:
    """What is in the keyring opens a file that the office accepts, without anybody at the screen."""
    ring["task-toolkit", "打开密码"] = f"别的\n{SECRET}"

    decide(space, waiting(space), DecisionAction.ACCEPT)

    assert {"a.xlsx", "b.zip/表.xlsx"} == set(accepted(space))


def test_without_a_password_a_file_goes_on_waiting(space: Workspace, ring: dict[tuple[str, str], str]) -> None:
    """Where nobody knows the password, or only Enter is pressed, the file waits on, and the sentence says what to do."""
    book, archive = waiting(space)

    assert ["还是不能采用：这个文件设了打开密码" in said for said in decide(space, [book], DecisionAction.ACCEPT, ask=lambda _: "")] == [True]
    with pytest.raises(CommandError, match="还是打不开"):
        decide(space, [archive], DecisionAction.ACCEPT)
    assert ([book, archive], {}) == (waiting(space), ring)


def test_nobody_is_asked_where_nobody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a pipe and in a CI no question is put; on a terminal it is."""
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setenv("CI", "true")
    in_ci = screen.can_ask()
    monkeypatch.delenv("CI")
    on_a_terminal = screen.can_ask()
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)

    assert (False, True, False) == (in_ci, on_a_terminal, screen.can_ask())
