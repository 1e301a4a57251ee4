"""A district, streets and communities for tests: each an office of its own, played by typing into the workbooks that it was issued."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from tests.small import small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.issue.generate import generate
from toolkit.flows.levels.adopt import Adopted, Wishes, adopt
from toolkit.flows.levels.answer import Answer, answer
from toolkit.model.master import TASK, Deadline, Indicator, Master, Task, Unit
from toolkit.model.period import Period

Q1 = Period(2023, 1)
STREETS = ("青江街道", "柳河街道")
COMMUNITIES = {street: tuple(f"{street[:2]}{name}社区" for name in "一二三") for street in STREETS}
DISTRICT = Master(
    tasks=(
        Task("任务1", TASK, "一、民生", "", "改造老旧小区30个以上。", STREETS, (), deadline="2023-12-20"),
        Task("任务2", TASK, "一、民生", "", "安全隐患排查整治。", (STREETS[0],), (STREETS[1],)),
    ),
    indicators=(Indicator("任务1", "改造老旧小区", "≥", Decimal(30), "个", "累计", "改造老旧小区30个以上"),),
    units=tuple(Unit(street, group="街道乡") for street in STREETS),
    calendar=(Deadline("2023Q1", "季度进展", date(2023, 1, 1), date(2023, 3, 30)), Deadline("2023Q2", "季度进展", date(2023, 4, 1), date(2023, 6, 30))),
    title="青江区2023年目标任务",
)
Cells = Mapping[tuple[str, str, str], object]


def district(folder: Path, master: Master = DISTRICT) -> Workspace:
    """Make the district's workspace, in which a task of two streets is of both in parts."""
    first = replace(master.tasks[0], parted=True)
    return small_workspace(folder, replace(master, tasks=(first, *master.tasks[1:])))


def issued(space: Workspace, period: Period = Q1) -> dict[str, Path]:
    """Issue a period; gives each unit's workbook."""
    folder = generate(space, period, only=(), progress=lambda items, _: items).folder
    return {path.name.partition("_")[0]: path for path in folder.glob("*.xlsx") if "_" in path.name}


def register(path: Path, units: Mapping[str, str]) -> Path:
    """Write a register of units below: name → 负责编号 ('' for all)."""
    book = Workbook()
    book.active.append(["单位", "负责编号"])
    for name, numbers in units.items():
        book.active.append([name, numbers])
    book.save(path)
    return path


def adopted(form: Path, folder: Path, units: Mapping[str, str]) -> tuple[Workspace, Adopted]:
    """Make a street's workspace of the form that it received."""
    names = register(folder.with_suffix(".xlsx"), units)
    done = adopt(folder, form, None, Wishes(names, date(2023, 3, 27)))
    return Workspace(done.root), done


def report(space: Workspace, forms: Mapping[str, Path], fill: Callable[[str], Cells]) -> Collected:
    """Let units type into their workbooks and send them; collects them."""
    for unit, path in forms.items():
        cells = fill(unit)
        if cells:
            type_into(path, space.inbox / path.name, cells)
    return taken_in(space)


def taken_in(space: Workspace) -> Collected:
    """Collect what lies in the inbox."""
    return collect(space, progress=lambda items, _: items)


def send_up(street: Workspace, district: Workspace, period: Period = Q1) -> Answer:
    """Answer, and put the answer into the district's inbox."""
    done = answer(street, period, None)
    shutil.copy(done.path, district.inbox / done.path.name)
    return done


def row(number: str, status: str, progress: object, done: str, reached: object = None) -> dict[tuple[str, str, str], object]:
    """Give what a community types of a task that it answers for."""
    cells: dict[tuple[str, str, str], object] = {
        ("任务进展", number, "进展状态"): status,
        ("任务进展", number, "累计进度"): progress,
        ("任务进展", number, "本季进展情况"): done,
        ("任务进展", number, "下一步措施"): "下季度接着做。",
    }
    return cells | ({("指标进展", number, "本年累计完成值"): reached} if reached is not None else {})
