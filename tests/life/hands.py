"""Hands for the life of a task: a unit that asks to close one, a clerk who types into a row of the consolidated workbook."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.small import MASTER, filled_row, header_row, issue, small_workspace, type_into
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.issue.generate import generate
from toolkit.flows.report.consolidate import Consolidated, consolidate
from toolkit.model.master import Master
from toolkit.model.period import Period

Q1, Q2 = Period(2023, 1), Period(2023, 2)
TOWN, INDUSTRY, REFORM = "东山镇", "云溪县工信局", "云溪县发改局"
FINISHED = {("任务进展", "任务3", "进展状态"): "已完成", ("任务进展", "任务3", "佐证材料"): "验收单3份"}
TOWN_ROWS = filled_row("任务2", lead=False) | filled_row("任务3", progress=100) | FINISHED
INDUSTRY_ROWS = filled_row("任务1") | filled_row("任务2") | {("指标进展", "任务1", "本年累计完成值"): 20}


def begun(folder: Path, master: Master = MASTER) -> Workspace:
    """Make the small office and issue its first quarter."""
    space = small_workspace(folder, master)
    with held(date(2023, 1, 2)):
        issue(space, Q1)
    return space


def form_of(space: Workspace, unit: str, period: Period) -> Path:
    """Find a unit's issued form."""
    return next(space.out(period, "发放").glob(f"{unit}*.xlsx"))


def send(
    space: Workspace, unit: str, cells: Mapping[tuple[str, str, str], object], period: Period = Q1, *, asks: str = "", basis: str = "验收单", name: str = ""
) -> None:
    """Fill in a unit's form, with a request to close a task where it `asks` for one (its number, then why), and put it into the inbox.

    The request's number is written as `cells` have it for 申请事项, where they do.
    """
    target = space.inbox / f"{name or unit}{period}.xlsx"
    type_into(form_of(space, unit, period), target, {key: value for key, value in cells.items() if key[0] not in {"事项办理", "申请事项"}})
    _answer(target, {key[1:]: value for key, value in cells.items() if key[0] == "事项办理"})
    if asks:
        number, _, why = asks.partition(" ")
        number = cells.get(("申请事项", "", "编号"), number)
        book = load_workbook(target)
        sheet = book["申请事项"]
        top = header_row(sheet) + 1
        for column, value in enumerate((number, "申请办结", None, None, why, basis), 1):
            sheet.cell(top, column).value = value
        book.save(target)


def _answer(path: Path, cells: Mapping[tuple[str, str], object]) -> None:
    """Type into 事项办理 by (事项号, column title); nothing where there is nothing to type."""
    book = load_workbook(path)
    for (matter, title), value in cells.items():
        sheet = book["事项办理"]
        head = next(row for row in sheet.iter_rows(max_row=12) if row[0].value == "事项号")
        row = next(row[0].row for row in sheet.iter_rows(min_row=head[0].row) if row[0].value == matter)
        sheet.cell(row, next(cell.column for cell in head if cell.value == title)).value = value
    book.save(path)


def taken_in(space: Workspace, day: date, period: Period = Q1) -> Consolidated:
    """Collect and consolidate on a day."""
    with held(day):
        collect(space, progress=lambda items, _: items)
        return consolidate(space, period)


def typed(path: Path, sheet: str, key: str, cells: Mapping[str, object]) -> None:
    """Type into the row of a sheet of the consolidated workbook whose first cell is the key."""
    book = load_workbook(path)
    columns = {cell.value: cell.column for cell in book[sheet][1]}
    row = next(row[0].row for row in book[sheet].iter_rows(min_row=2) if row[0].value == key)
    for title, value in cells.items():
        book[sheet].cell(row, columns[title]).value = value
    book.save(path)


def ruled(space: Workspace, day: date, sheet: str, key: str, cells: Mapping[str, object], period: Period = Q1) -> Consolidated:
    """Type into a row of a period's workbook and consolidate on a day."""
    typed(space.out(period, "汇总") / next(space.out(period, "汇总").glob("*.xlsx")).name, sheet, key, cells)
    with held(day):
        return consolidate(space, period)


def rows(path: Path, sheet: str, *titles: str) -> list[tuple[str, ...]]:
    """Give some columns of a sheet as texts, row by row; [] where there is no such sheet."""
    book = load_workbook(path)
    if sheet not in book.sheetnames:
        return []
    top = next(row[0].row for row in book[sheet].iter_rows(max_row=12) if titles[0] in [cell.value for cell in row])
    columns = {cell.value: cell.column - 1 for cell in book[sheet][top] if cell.value}
    body = book[sheet].iter_rows(min_row=top + 1, values_only=True)
    return [tuple(str(row[columns[title]] or "") for title in titles) for row in body if row[columns[titles[0]]] and "：" not in str(row[0])]


def issued_again(space: Workspace, day: date, period: Period) -> None:
    """Issue a period on a day."""
    with held(day):
        generate(space, period, only=(), progress=lambda items, _: items)
