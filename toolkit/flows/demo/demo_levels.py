"""demo --levels: a district, twelve streets and eighty communities, each street an office of its own; a community's cell is traced from the district's book."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.edges.clock import held
from toolkit.edges.files import write_file
from toolkit.edges.played_clerk import fill_in, seeded
from toolkit.edges.templates.units_below import FILE, units_sheet
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.issue.generate import generate
from toolkit.flows.levels.adopt import Wishes, adopt
from toolkit.flows.levels.answer import answer
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.flows.office.start_command import begin_scratch
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.trace import trace
from toolkit.model.form import REACHED
from toolkit.model.period import Period
from toolkit.rehearsal.played_levels import DISTRICT, DUE, DUE_BELOW, NOTHING, PERIOD, Community, communities, district_list, streets, typed_row

SEED, STREETS, COMMUNITIES = 2023, 12, 80
_FORMS = ("任务进展", "指标进展")
Say = Callable[[str], None]
ShowTable = Callable[[str, Sequence[str], Iterable[Sequence[object]]], None]
Progress = Callable[[Sequence[Any], str], Iterable[Any]]


class PlayedLevels(NamedTuple):
    """What came of it: the district's figure of each indicator, the sum of all communities' values that were taken in, the district's book."""

    district: dict[str, Decimal | None]
    sums: dict[str, Decimal]
    book: Path


def demo_levels(to: Path | None, *, say: Say, show_table: ShowTable, progress: Progress, number: int = STREETS, below: int = COMMUNITIES) -> PlayedLevels:
    """Play the first quarter on two levels, `number` streets with `below` communities between them, from the district's forms to the district's book."""
    root = begin_scratch(to).root
    above, names, dice = _district(root / "区", number), streets(number), seeded(SEED)
    forms = _issued(above, progress)
    say(f"一、区里给 {number} 个街道发表，街道各自接表、建工作区，再向 {below} 个社区发表。")
    sums: dict[str, Decimal] = {}
    rows = []
    for at, street in enumerate(progress(names, "街道接表、社区填报、街道答复")):
        mine = communities(street, below // number + (at < below % number), dice)
        space = _adopted(root / street, forms[street], mine)
        _report(space, _issued(space, _plain), mine)
        done = _answered(space, above, sums)
        slips = sum(bool(played.slip) for played in mine)
        rows.append((street, len(mine), len(mine) - len(done.silent), slips, done.merged, done.blank))
    show_table("二、各街道", ("街道", "社区", "已报", "有毛病的", "汇总填入", "留空"), rows)
    with held(DUE):
        collected = collect(above, progress=_plain)
        book = consolidate(above, Period.parse(PERIOD))
        with open_office(above) as office:
            state = period_standing(office, Period.parse(PERIOD))
    figures = {found.indicator.name: found.reached for found in state.indicators}
    show_table("三、区里的数与各社区之和", ("指标", "区汇总表", "社区之和"), [(name, figures[name], sums.get(name)) for name in figures])
    say(f"区里收到 {len(collected.arrivals)} 份，都能追到社区的单元格。例如：")
    _say_trace(above, names[0], say)
    say(f"区汇总表（“下级来源”表）：{book.path}")
    return PlayedLevels(figures, sums, book.path)


def _district(root: Path, number: int) -> Workspace:
    space = open_workspace(root)
    settings = space.root / "settings.toml"
    write_file(settings, settings.read_text("utf-8").replace('office = ""', f'office = "{DISTRICT}"', 1).encode())
    write_file(space.master, master_bytes(district_list(number)))
    return space


def _plain(items: Sequence[Any], _: str) -> Iterable[Any]:
    return items


def _issued(space: Workspace, progress: Progress) -> dict[str, Path]:
    with held(DUE_BELOW.replace(day=1)):
        folder = generate(space, Period.parse(PERIOD), only=(), progress=progress).folder
    return {path.name.partition("_")[0]: path for path in folder.glob("*.xlsx") if "_" in path.name}


def _adopted(root: Path, form: Path, mine: Sequence[Community]) -> Workspace:
    register = root.with_name(f"{root.name}{FILE}")
    write_file(register, units_sheet((), [played.name for played in mine]))
    with held(DUE_BELOW.replace(day=1)):
        return Workspace(adopt(root, form, None, Wishes(register)).root)


def _report(space: Workspace, forms: Mapping[str, Path], mine: Sequence[Community]) -> None:
    for played in mine:
        if played.slip != NOTHING:
            speak = partial(typed_row, played)
            fill_in(forms[played.name], space.inbox / forms[played.name].name, sheets=dict.fromkeys(_FORMS, speak), spoil=_as_it_is, sends=DUE_BELOW)
    with held(DUE_BELOW):
        collect(space, progress=_plain)


def _as_it_is(_: object, __: object) -> None:
    """Leave what was typed as it is."""


def _answered(space: Workspace, above: Workspace, sums: dict[str, Decimal]) -> Any:
    """Answer, send it to the district, and count by a plain loop what the communities' returns were taken in with."""
    with held(DUE_BELOW):
        done = answer(space, Period.parse(PERIOD), None)
    write_file(above.inbox / done.path.name, done.path.read_bytes())
    with open_office(space) as office:
        form = office.form_of(Period.parse(PERIOD))
        for file in office.ledger.all_files(PERIOD):
            for row in office.ledger.rows_of(file, form):
                value = row.value(REACHED)
                if isinstance(value, Decimal):
                    name = row.key.partition("|")[2]
                    sums[name] = sums.get(name, Decimal(0)) + value
    return done


def _say_trace(above: Workspace, street: str, say: Say) -> None:
    found = trace(above, Period.parse(PERIOD), "任务1", street, field=REACHED).lower
    for step in found[:3]:
        say(f"    {street} {step.at}（{step.how}）← {step.unit}：{step.file} {step.place} 写的是 {step.typed}")
