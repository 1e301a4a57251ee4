"""A small office before the page: files that nobody can place, one that waits, one that was filled in as it should be."""

from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.life.hands import INDUSTRY, INDUSTRY_ROWS, TOWN, TOWN_ROWS, begun, send, taken_in
from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.model.period import Period

Q2 = Period(2023, 2)
LATER, NAMELESS, RETYPED = "云溪县发改局_2023年第二季度进展.xlsx", "无名.xlsx", "云溪县工信局_改过.xlsx"


def two_rounds(root: Path) -> Workspace:
    """Make the small office's workspace with two quarters issued."""
    space = small_workspace(root)
    issue(space)
    issue(space, Q2)
    return space


def asked_to_answer(root: Path) -> Workspace:
    """Make the small office's first quarter: 东山镇 asks to close 任务3, 云溪县工信局 brings up a matter, 云溪县发改局 is silent."""
    space = begun(root)
    send(space, TOWN, TOWN_ROWS, asks="任务3 改造完成并验收")
    send(space, INDUSTRY, INDUSTRY_ROWS | {("任务进展", "任务1", "需协调事项"): "用地指标还差50亩，请协调。"})
    taken_in(space, date(2023, 3, 29))
    return space


def strange_files(space: Workspace, folder: Path) -> list[Path]:
    """Fill in first-quarter forms: one that calls itself the second's, a table that tells nobody's name, one whose filled-in target was typed over."""
    forms = space.out(Q1, "发放")
    later, typed, retyped = folder / LATER, folder / "东山镇.xlsx", folder / RETYPED
    type_into(forms / "云溪县发改局_2023年第一季度进展.xlsx", later, filled_row("任务1", lead=False))
    type_into(forms / "东山镇_2023年第一季度进展.xlsx", typed, filled_row("任务3"))
    cells = {**filled_row("任务1"), **filled_row("任务2"), ("任务进展", "任务1", "目标任务"): "本单位改过的目标。"}
    type_into(forms / "云溪县工信局_2023年第一季度进展.xlsx", retyped, cells)
    nameless(typed, folder / NAMELESS)
    typed.unlink()
    return [later, folder / NAMELESS, retyped]


def with_strange_files(root: Path) -> Workspace:
    """Make the two rounds with these files collected: one waits, one tells nobody's name, of one the goal was typed over."""
    space = two_rounds(root)
    for file in strange_files(space, root.parent):
        file.rename(space.inbox / file.name)
    collect(space, progress=lambda items, _: items)
    return space


def nameless(source: Path, target: Path) -> None:
    """Copy 东山镇's one row into a book of one's own, its task called otherwise: nobody's name, seal or code is left."""
    table, new = load_workbook(source)["任务进展"], Workbook()
    header = next(row[0].row or 0 for row in table.iter_rows(max_row=12) if row[0].value == "编号")
    for row in table.iter_rows(min_row=header, values_only=True):
        if row[0] in {"编号", "任务3"}:
            new.active.append([value if value != "完成老旧小区改造。" else "小区改造" for value in row])  # type: ignore[union-attr]
    new.save(target)
