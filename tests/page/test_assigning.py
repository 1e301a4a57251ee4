"""A file that tells nobody's name is taken for a unit's on the office's word, and read the same way ever after."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.small import Q1, accepted, filled_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.verify import verify
from toolkit.flows.intake.collect import collect
from toolkit.flows.intake.list_returns import assign
from toolkit.flows.office.office_context import open_office
from toolkit.flows.page.board import TileState, board
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Code


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A workspace in which a nameless sheet with one of 东山镇's rows was refused."""
    space = small_workspace(tmp_path)
    issue(space)
    form, typed = space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", tmp_path / "填好.xlsx"
    type_into(form, typed, filled_row("任务3"))
    source, new = load_workbook(typed)["任务进展"], Workbook()
    header = next(row[0].row or 0 for row in source.iter_rows(max_row=12) if row[0].value == "编号")
    for row in source.iter_rows(min_row=header, values_only=True):
        if row[0] in {"编号", "任务3"}:
            new.active.append([value if value != "完成老旧小区改造。" else "小区改造" for value in row])  # type: ignore[union-attr]
    new.save(space.inbox / "无名.xlsx")
    collect(space, progress=lambda items, _: items)
    return space


def test_a_nameless_file_is_assigned_and_verified(space: Workspace) -> None:
    """Refused at first; assigned, its row goes in with a note on whose word that was, the tile says so, and the originals give the same once more."""
    with open_office(space) as office:
        (record,) = office.ledger.all_files()
    assert not record.unit

    said = assign(space, [record.id], "东山镇", Q1)

    assert ["认定为东山镇的" in said[0], "接受" in said[0]] == [True, True]
    rows = accepted(space)["无名.xlsx"]
    assert ["任务3"] == [row.number for row in rows if row.answers]
    with open_office(space) as office:
        tiles = {tile.unit: tile.state for tile in board(office, Q1).tiles}
        codes = [finding.code for _, finding in office.ledger.findings_of([record.id])]
    assert tiles["东山镇"] is not TileState.MISSING
    assert Code.CLAIMED in codes
    assert () == verify(space, Q1, progress=lambda items, _: items).differences


def test_who_was_issued_nothing_or_has_been_read_is_not_assigned(space: Workspace) -> None:
    """An unknown unit, a period without forms, and a file that is in use already are told apart; nothing is changed."""
    with open_office(space) as office:
        (record,) = office.ledger.all_files()

    for number, unit, words in ((record.id, "西山镇", "没有“西山镇”"), (record.id, "各镇", "发过"), (99, "东山镇", "没有 99 号")):
        with pytest.raises(CommandError, match=words):
            assign(space, [number], unit, Q1)
    assign(space, [record.id], "东山镇", Q1)
    with pytest.raises(CommandError, match="不用认定"):
        assign(space, [record.id], "东山镇", Q1)
