"""One more return comes after the workbook was made: the next workbook is the one that is made from nothing, whatever was kept of the last one's making."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges import parsed_cache
from toolkit.edges.clock import held
from toolkit.edges.workspace import RULES, Workspace, open_workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.consolidate import consolidate

RETURNS = {
    "云溪县工信局": {**filled_row("任务1"), **filled_row("任务2", progress=40)},
    "云溪县发改局": {**filled_row("目标1", progress=20), **filled_row("任务1", lead=False)},
    "东山镇": {**filled_row("任务3", progress=10), **filled_row("任务2", lead=False)},
}


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """
    An office whose units have reported but one, with its workbook; then that one's return comes, and one that puts right what another said.
    """
    monkeypatch.setattr(parsed_cache, "_recent", {})
    found = small_workspace(tmp_path / "office")
    with held(date(2023, 3, 25)):
        forms = issue(found)
        for unit in ("云溪县工信局", "云溪县发改局"):
            type_into(_form(forms, unit), found.inbox / f"{unit}.xlsx", RETURNS[unit])
        _collect(found)
        consolidate(found, Q1)
        type_into(_form(forms, "东山镇"), found.inbox / "东山镇.xlsx", RETURNS["东山镇"])
        type_into(_form(forms, "云溪县工信局"), found.inbox / "工信局更正.xlsx", {**RETURNS["云溪县工信局"], **filled_row("任务1", progress=55)})
        _collect(found)
    return found


def _form(folder: Path, unit: str) -> Path:
    return next(path for path in folder.iterdir() if unit in path.name)


def _collect(space: Workspace) -> None:
    collect(space, progress=lambda items, _: items)


def _book(space: Workspace) -> bytes:
    """Make the workbook as the next command does, which has nothing in its memory."""
    parsed_cache._recent.clear()
    with held(date(2023, 3, 26)):
        return consolidate(space, Q1).path.read_bytes()


def _from_nothing(space: Workspace, folder: Path) -> bytes:
    """Make it in a copy of the office without the last workbook, and without anything that was kept."""
    shutil.copytree(space.root, folder)
    shutil.rmtree(folder / "records" / "log")
    shutil.rmtree(folder / "outbox" / str(Q1) / "汇总")
    return _book(open_workspace(folder))


def test_after_one_more_return_it_is_the_workbook_made_from_nothing(space: Workspace, tmp_path: Path) -> None:
    """
    Byte for byte, and made once more it stays so.
    """
    made = _from_nothing(space, tmp_path / "other")

    assert made == _book(space)
    assert made == _book(space)


def _delete(folder: Path) -> None:
    shutil.rmtree(folder)


def _spoil(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:40] + b"\x00" * 30)


@pytest.mark.parametrize("harm", [_delete, _spoil])
def test_what_was_kept_may_be_gone_or_damaged(space: Workspace, harm: Callable[[Path], None]) -> None:
    """
    Without it, or with something else in its place, the workbook is the same.
    """
    made = _book(space)
    harm(space.records / "log" / parsed_cache.FOLDER)

    assert made == _book(space)


def _other_thresholds(space: Workspace) -> None:
    _write(space.templates / RULES, "yellow_gap", 1)


def _other_task(space: Workspace) -> None:
    _write(space.master, "完成老旧小区改造。", "完成老旧小区改造30个。", at=0)


def _other_language(space: Workspace) -> None:
    settings = space.root / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace('lang = ""', 'lang = "en"'), "utf-8")


def _write(path: Path, text: str, value: object, at: int = 2) -> None:
    """Change the cell that is so many columns beside the one with a text."""
    book = load_workbook(path)
    cell = next(cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == text)
    cell.offset(0, at).value = value  # type: ignore[assignment]
    book.save(path)


@pytest.mark.parametrize("change", [_other_thresholds, _other_task, _other_language])
def test_nothing_old_is_shown_after_a_change(space: Workspace, tmp_path: Path, change: Callable[[Workspace], None]) -> None:
    """
    Other rules, another list, another language: the workbook is another, and the one made from nothing.
    """
    before = _book(space)
    change(space)
    made = _from_nothing(space, tmp_path / "other")

    assert before != made
    assert made == _book(space)
