"""The office whose units send back spoiled workbooks: every kind of spoilage has a unit of its own, and each was issued the same tasks."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook

from tests.small import MASTER as SMALL
from tests.small import Q1, issue, small_workspace
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.issue.generate import generate
from toolkit.flows.office.office_context import open_office
from toolkit.model.master import COLLECTIVE, TASK, Indicator, Master, Task, Unit
from toolkit.model.period import Period
from toolkit.model.returns import Arrival, Outcome

MAIN, FIGURES, REQUESTS = "任务进展", "指标进展", "申请事项"
TEXTS = ("新建标准厂房80万平方米以上。", "盘活低效企业。", "完成老旧小区改造12个。", "修建农村公路30公里。", "争取上级补助资金。")
COLUMNS = {"status": "J", "progress": "K", "done": "L", "problem": "M", "reason": "N", "next": "O", "due": "P", "help": "Q", "evidence": "R", "forecast": "S"}
TRUTH: Mapping[str, str] = {
    "任务1.status": "推进中",
    "任务1.progress": "31",
    "任务1.done": "建成厂房二十万平方米，三家企业进场。",
    "任务1.problem": "用地紧张",
    "任务1.next": "二季度再建十万平方米。",
    "任务1.due": "2023-12-01",
    "任务1.forecast": "有风险",
    "任务2.status": "已完成",
    "任务2.progress": "100",
    "任务2.done": "盘活企业12家，腾出土地300亩。",
    "任务2.next": "巩固盘活成果。",
    "任务2.evidence": "云政发〔2023〕5号",
    "任务2.forecast": "能完成",
    "任务3.status": "推进中",
    "任务3.progress": "27",
    "任务3.done": "完成改造3个，另有4个进场施工。",
    "任务3.problem": "资金没有到位",
    "任务3.next": "完成剩余小区的招标。",
    "任务3.forecast": "不能",
    "任务4.status": "推进中",
    "任务4.progress": "45",
    "任务4.done": "修通公路14公里。",
    "任务4.next": "完成路面硬化。",
    "任务4.forecast": "能完成",
    "任务5.status": "推进中",
    "任务5.done": "争取到中央资金两千万元。",
    "任务1|新建标准厂房.reached": "20",
    "任务1|新建标准厂房.remark": "含在建面积",
}
NUMBERS = {"progress", "reached"}
SENT = datetime(2023, 3, 20, 9)  # noqa: DTZ001 - file times are local
OLD, OTHER, NEXT = "某旧表镇", "某别的镇", "某下季镇"
KEY = "ab" * 32


class End(NamedTuple):
    """How one file should end: outcome, the codes of its findings in order, and what of TRUTH was read otherwise (None: stayed out).

    `unit` is whose return it is, where that is not the sender's; in the name of a part {单位} stands for the sender.
    """

    outcome: Outcome
    codes: str = ""
    but: Mapping[str, str | None] = {}
    unit: str | None = None

    @property
    def values(self) -> dict[str, str]:
        """What the ledger should hold of it."""
        if not self.outcome.counts:
            return {}
        return {key: value for key, value in {**TRUTH, **self.but}.items() if value is not None}


def clean(codes: str = "", but: Mapping[str, str | None] = {}, unit: str | None = None) -> End:
    """Taken in, with notes at most."""
    return End(Outcome.MERGED, codes, but, unit)


def marked(codes: str, but: Mapping[str, str | None] = {}, unit: str | None = None) -> End:
    """Taken in with errors or doubts."""
    return End(Outcome.WITH_FINDINGS, codes, but, unit)


def waits(codes: str, unit: str | None = None) -> End:
    """Waiting for the clerk."""
    return End(Outcome.WAITING, codes, unit=unit)


def refused(codes: str) -> End:
    """Not taken in."""
    return End(Outcome.REFUSED, codes, unit="")


def asked(codes: str) -> End:
    """Left to the office: of nobody until it has spoken."""
    return End(Outcome.WAITING, codes, unit="")


def ignored(codes: str, unit: str = "") -> End:
    """Nobody's return."""
    return End(Outcome.IGNORED, codes, unit=unit)


def out(*keys: str) -> dict[str, str | None]:
    """Values that stay out: whole rows (任务3), whole columns (.problem), or single cells (任务3.problem)."""
    return {key: None for key in TRUTH for wanted in keys if key == wanted or key.startswith(wanted + ".") or (wanted[0] == "." and key.endswith(wanted))}


class Case(NamedTuple):
    """What a spoilage starts from: its unit, the workbook as issued, and the workbooks of the rest of the office by name."""

    unit: str
    blank: bytes
    rest: Mapping[str, bytes]

    @property
    def filled(self) -> bytes:
        """The workbook filled in as asked."""
        return fill(self.blank)


Made = bytes | Mapping[str, bytes]


class Kind(NamedTuple):
    """One way of spoiling a return: its words, the files it makes, and how each of them ends (by name below the unit's folder)."""

    words: str
    make: Callable[[Case], Made]
    ends: End | Mapping[str, End]
    name: str = "来件.xlsx"


class Round(NamedTuple):
    """One collect over everything: what became of each file by its name in the inbox, and what the ledger holds of it."""

    done: Collected
    arrivals: Mapping[str, Arrival]
    values: Mapping[str, Mapping[str, str]]
    seconds: float


def unit_name(at: int) -> str:
    """Name the unit of the kind at a place in the list, counted from 0."""
    return f"某{at + 1:03d}镇"


def office_of(count: int) -> Master:
    """A master list of as many units, which lead four tasks and support one."""
    units = tuple(Unit(name, group="街道乡") for name in (OLD, OTHER, NEXT, *map(unit_name, range(count))))
    tasks = tuple(Task(f"任务{at}", TASK, "一、产业", "", text, ("各镇",), ()) for at, text in enumerate(TEXTS[:4], 1))
    shared = Task("任务5", TASK, "一、产业", "", TEXTS[4], ("云溪县发改局",), ("各镇",))
    return replace(
        SMALL,
        tasks=(*tasks, shared),
        indicators=(Indicator("任务1", "新建标准厂房", "≥", Decimal(80), "万平方米", "累计", TEXTS[0]),),
        units=(Unit("云溪县发改局"), *units, Unit("各镇", group=COLLECTIVE, members=tuple(unit.name for unit in units), issued=False)),
    )


@held(SENT.date())
def issued_office(folder: Path, count: int) -> tuple[Workspace, Mapping[str, bytes]]:
    """Make the workspace and issue its first quarter; gives also the workbooks that are not a unit's own for this quarter."""
    master = office_of(count)
    old = (*master.tasks[:4], replace(master.tasks[4], text="争取资金。"))
    space = small_workspace(folder, replace(master, tasks=old))
    space.records.mkdir(parents=True, exist_ok=True)
    (space.records / "seal.key").write_text(KEY)
    generate(space, Q1, only=[OLD], progress=lambda items, _: items)
    rest = {"旧表": book_of(space, OLD)}
    small_workspace(folder, master)
    issue(space)
    generate(space, Period(2023, 2), only=[NEXT], progress=lambda items, _: items)
    rest |= {"别的镇": book_of(space, OTHER), "二季度": book_of(space, NEXT, Period(2023, 2)), "任务总表": space.master.read_bytes()}
    return space, rest | {"表单定义": (space.templates / "季度进展.xlsx").read_bytes(), "外地": _foreign(folder / "外地", master)}


def _foreign(folder: Path, master: Master) -> bytes:
    """The same unit's workbook, issued by an office with another key."""
    space = small_workspace(folder, master)
    generate(space, Q1, only=[OTHER], progress=lambda items, _: items)
    return book_of(space, OTHER)


def book_of(space: Workspace, unit: str, period: Period = Q1) -> bytes:
    """The workbook that was issued to a unit."""
    return next(space.out(period, "发放").glob(f"{unit}_*.xlsx")).read_bytes()


def cell_of(key: str) -> tuple[str, str]:
    """Give the sheet and the address of a value in an issued workbook."""
    number, _, code = key.rpartition(".")
    if "|" in number:
        return FIGURES, {"reached": "G5", "remark": "I5"}[code]
    return MAIN, f"{COLUMNS[code]}{int(number.removeprefix('任务')) + 4}"


def fill(content: bytes, but: Mapping[str, object] = {}) -> bytes:
    """Type TRUTH into an issued workbook, and sign it; `but` says what is typed otherwise."""
    book = load_workbook(BytesIO(content))
    typed: dict[str, object] = {key: float(value) if key.rpartition(".")[2] in NUMBERS else value for key, value in TRUTH.items()}
    typed["任务1.due"] = datetime(2023, 12, 1)  # noqa: DTZ001 - a sheet's date has no zone
    for key, value in {**typed, **but}.items():
        sheet, address = cell_of(key)
        book[sheet][address].value = value
    for sheet, labels in ((MAIN, {"A11": "填报人：甲某", "E11": "审核人：乙某", "M11": "日期：2023-03-20"}),):
        for address, words in labels.items():
            book[sheet][address].value = words
    return saved(book)


def saved(book: object) -> bytes:
    """Give the bytes of an openpyxl or python-docx thing."""
    out = BytesIO()
    book.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def drop(space: Workspace, path: str, content: bytes, sent: datetime = SENT) -> None:
    """Put a file into the inbox, sent at a moment of the quarter."""
    target = space.inbox / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    os.utime(target, (sent.timestamp(), sent.timestamp()))


def files_of(kind: Kind, case: Case) -> Mapping[str, bytes]:
    """Make a kind's files, by name."""
    made = kind.make(case)
    return {kind.name: made} if isinstance(made, bytes) else made


def ends_of(kind: Kind) -> Mapping[str, End]:
    """Give how each file of a kind ends, by name."""
    return {kind.name: kind.ends} if isinstance(kind.ends, End) else kind.ends


@held(SENT.date())
def take_in(space: Workspace, *, seconds: float = 0.0) -> Round:
    """Collect everything in the inbox on the day it was sent, and look into the ledger."""
    done = collect(space, progress=lambda items, _: items)
    return Round(done, {arrival.sent.name: arrival for arrival in done.arrivals}, ledger_values(space), seconds)


def ledger_values(space: Workspace) -> dict[str, dict[str, str]]:
    """Give what the ledger holds of each file, by 编号.栏目, of every period."""
    found: dict[str, dict[str, str]] = {}
    with open_office(open_workspace(space.root)) as office:
        for period in (Q1, Period(2023, 2)):
            form = office.form_of(period)
            for file in office.ledger.all_files(str(period)):
                rows = office.ledger.rows_of(file, form) if file.outcome.counts else []
                found[file.name] = {f"{row.key}.{code}": str(answer.value) for row in rows for code, answer in row.answers.items()}
    return found


def said(arrival: Arrival) -> str:
    """The codes of a file's findings, in order."""
    return " ".join(finding.code.name for finding in arrival.findings)


def all_files(kinds: Sequence[Kind], space: Workspace, rest: Mapping[str, bytes]) -> None:
    """Let every unit send back its spoiled workbook, each into a folder of its own."""
    for at, kind in enumerate(kinds):
        unit = unit_name(at)
        case = Case(unit, book_of(space, unit), rest)
        for number, (name, content) in enumerate(files_of(kind, case).items()):
            drop(space, f"{unit}/{name}", content, SENT.replace(hour=9 + number))


def files_under(round_: Round, at: int) -> dict[str, Arrival]:
    """Give what became of one kind's files, by name below the unit's folder."""
    prefix = f"{unit_name(at)}/"
    return {name.removeprefix(prefix): one for name, one in round_.arrivals.items() if name.startswith(prefix)}


def ended(round_: Round, at: int) -> dict[str, tuple[object, ...]]:
    """Say how each file of a kind ended: outcome, codes, whose it is, what the ledger holds."""
    found = files_under(round_, at)
    return {name: (one.outcome.name, said(one), one.unit, round_.values.get(one.sent.name, {})) for name, one in found.items()}


def expected(kinds: Sequence[Kind], at: int) -> dict[str, tuple[object, ...]]:
    """Say how each file of a kind should end, in the same words."""
    ends = ends_of(kinds[at]).items()
    return {
        name.replace("{单位}", unit_name(at)): (end.outcome.name, end.codes, unit_name(at) if end.unit is None else end.unit, end.values) for name, end in ends
    }
