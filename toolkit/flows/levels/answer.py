"""answer: what the units below reported, put together, goes into the very form that came from above, with a sheet that says whose word each value is."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.files import write_file
from toolkit.edges.reading.read_typed_rulings import is_open
from toolkit.edges.reading.read_workbooks import Unreadable
from toolkit.edges.templates.upper_forms import UpperForm, kept_forms, read_upper_form
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.fill_form import Typed, filled_form
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.levels.answered_returns import remember_answered
from toolkit.flows.levels.own_definition import own_definition
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.intake.lower_sources import without_sources
from toolkit.intake.read_answers import read_rows
from toolkit.merging.added_rows import added_rows
from toolkit.merging.answer_upper import CellPlan, Origin, Standing, plan_answer
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.findings import Finding, Level
from toolkit.model.form import Form
from toolkit.model.lower_source import HANDLING, SHEET, CellState
from toolkit.model.period import Period
from toolkit.model.returns import Grid
from toolkit.model.standing import Round, UnitRow
from toolkit.model.values import joined_words
from toolkit.views.form_table import Own
from toolkit.views.unit_form import unit_book

FOLDER = "上报"
_XLSX = (".xlsx", ".xlsm")
_SHORT = 30  # characters of a value in a sentence


class Answer(NamedTuple):
    """The answer's file; how many cells are put together, changed by hand, and left for the clerk; who has not reported; what the clerk is asked (exit 1);
    in how many of the figures that are put together the word of a unit is missing that has reported.
    """

    path: Path
    merged: int
    by_hand: int
    blank: int
    silent: tuple[str, ...]
    asked: tuple[str, ...]
    partial: int = 0


def answer(space: Workspace, period: Period | None, to: Path | None) -> Answer:
    """Write the answer; what the clerk typed there stays. Raises CommandError where no form of the period came from above, or `to` is another form."""
    kept = kept_forms(space)
    upper = _wanted(space, kept, period)
    period = Period.parse(upper.issue.period)
    with open_office(space, alone=True) as office:
        state = period_standing(office, period)
        path = (to.expanduser() if to else answer_path(space, upper)).resolve()
        form = upper.form or _own_form(space, upper)
        content, grid, said = _present(path, upper, form, is_named=to is not None)
        rows, faults = read_rows(grid._replace(sources=()), upper.issue, form)
        given = {(sheet, row.key): row.filled for sheet, issued in upper.issue.tables.items() for row in issued if row.filled}
        added = added_rows(rows, form, state, grid.sources)
        plans = tuple(plan_answer(Standing(rows, given, grid.sources, added.lines), form, state, _origins(office, period)))
        if is_open(path):
            raise CommandError(f"“{path.name}”正在别处打开，没有写。", "请关闭它，再运行一次。")
        written = filled_form(content, _typed(plans), [source for plan in plans for source in plan.sources])
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, written)
        if path == answer_path(space, upper).resolve():
            remember_answered(office, str(period))
        return _account(path, plans, state, (*said, *_unread(faults), *_left_out(added.left), *_after_closing(office, period)))


def answer_path(space: Workspace, upper: UpperForm) -> Path:
    """Say where the answer into a form from above is written unless the clerk names another place."""
    return space.root / "outbox" / upper.issue.period / FOLDER / f"{Path(upper.name).stem}.xlsx"


def _wanted(space: Workspace, kept: Mapping[str, UpperForm], period: Period | None) -> UpperForm:
    if not kept:
        raise CommandError("这个工作区没有接过上级的表。", "请先运行“adopt 上级发来的表”。")
    if period is None:
        with open_office(space) as office:
            issued = set(office.ledger.issued_periods())
        newest_first = list(kept.values())[::-1]
        return next((upper for upper in newest_first if upper.issue.period in issued), newest_first[0])
    if str(period) not in kept:
        raise CommandError(f"没有接过上级{period.label}的表，现有的是 {'、'.join(kept)}。", f"请先运行“adopt 上级发来的{period.label}的表”。")
    return kept[str(period)]


def _own_form(space: Workspace, upper: UpperForm) -> Form:
    own = own_definition(space, upper.issue.form)
    if own is None:
        raise CommandError("上级来表没有带表单定义，本工作区里也没有这种表单。", "请向上级要一份新发的表，再运行 adopt。")
    return own.form


def _present(path: Path, upper: UpperForm, form: Form, *, is_named: bool) -> tuple[bytes, Grid, tuple[str, ...]]:
    """Give the form as it stands, and what there is to say: the file at `path` where it is there, else as it came; what is no xlsx is laid out anew."""
    there = _read(path) if path.exists() else None
    if there is not None and there.issue.receipt == upper.issue.receipt:
        return there.content, without_sources(there.grid), ()
    said: tuple[str, ...] = ()
    if path.exists():
        if is_named or there is None or there.issue.number > upper.issue.number:
            raise _another(path, there, upper)
        aside = path.with_name(f"{path.stem}（第{there.issue.number}次发放）{path.suffix}")
        path.replace(aside)
        said = (f"上级换发过这份表，原来的答复改名为“{aside.name}”；在里面手工改过的，请自己填到新的一份里。",)
    content = upper.content if Path(upper.name).suffix.lower() in _XLSX else _laid_out(upper, form)
    fresh = read_upper_form(content, path.name)
    if fresh is None:
        raise CommandError(f"上级来表“{upper.name}”读不出来。", "请用 adopt 再接一次上级的原表。")
    return content, without_sources(fresh.grid), said


def _another(path: Path, there: UpperForm | None, upper: UpperForm) -> CommandError:
    """Say why a file is not the form that is to be answered."""
    if there is None:
        return CommandError(f"“{path.name}”里没有封签，不是上级发来的表，没有写。", "请换一个文件名。")
    label, mine = Period.parse(there.issue.period).label, Period.parse(upper.issue.period).label
    if there.issue.period != upper.issue.period:
        return CommandError(f"“{path.name}”是上级{label}的表，这里要答复的是{mine}，没有写。", "请换一个文件名，或写明期间。")
    if there.issue.unit != upper.issue.unit or there.issue.number == upper.issue.number:
        return CommandError(f"“{path.name}”是发给{there.issue.unit}的另一份表，没有写。", "请换一个文件名。")
    if there.issue.number > upper.issue.number:
        return CommandError(
            f"“{path.name}”是上级第 {there.issue.number} 次发放的表，这里接的是第 {upper.issue.number} 次的，没有写。", "请先用 adopt 接新发的那一份。"
        )
    return CommandError(
        f"“{path.name}”是上级第 {there.issue.number} 次发放的旧表，上级已换发第 {upper.issue.number} 次，没有写。", "请换一个文件名，用新发的答复。"
    )


def _laid_out(upper: UpperForm, form: Form) -> bytes:
    """Lay the form out as it was issued, with its seal: what came as .xls or .ods cannot be written into. What was typed there is typed again."""
    plain = unit_book(upper.issue, form, sealed=upper.sealed, office=upper.handed.office if upper.handed else "", own=_typed_before(upper, form))
    return draw(plain)


def _typed_before(upper: UpperForm, form: Form) -> Own:
    rows, _ = read_rows(without_sources(upper.grid)._replace(sources=()), upper.issue, form)
    return Own({(row.table, row.key, code): answer.value for row in rows for code, answer in row.answers.items()})


def _read(path: Path) -> UpperForm | None:
    if path.suffix.lower() not in _XLSX:
        raise CommandError(f"“{path.name}”不是 xlsx 格式，不能写入。", "请用 WPS 或 Excel 另存为 xlsx，或换一个文件名。")
    try:
        return read_upper_form(path.read_bytes(), path.name)
    except OSError as error:
        raise CommandError(f"“{path.name}”打不开：{reason_of(error)}。", "请关闭打开它的程序，再运行一次。") from error
    except Unreadable as error:
        raise CommandError(f"“{path.name}”读不出来：{error}。", "请把它移到别处，再运行一次，会从上级来表重新写。") from error


def _origins(office: OfficeContext, period: Period) -> dict[tuple[str, str], Origin]:
    return {(file.unit, file.name): Origin(f"{file.sent:%Y-%m-%d %H:%M}", file.digest) for file in office.ledger.all_files(str(period))}


def _typed(plans: Sequence[CellPlan]) -> list[Typed]:
    return [Typed(plan.place.sheet, plan.place.cell, _shown(plan)) for plan in plans if plan.writes]


def _shown(plan: CellPlan) -> object:
    return None if plan.value is None else plan.field.kind.show(plan.value)


def _account(path: Path, plans: Sequence[CellPlan], state: Round, said: tuple[str, ...]) -> Answer:
    states = [plan.sources[0].state for plan in plans]
    asked = [plan.sources[0] for plan in plans if plan.sources[0].state == CellState.ASKED]
    sentences = [
        f"{first.sheet} {first.cell}（{first.number} {first.title}）现在是“{_cut(first.filled)}”，下级汇总是“{_cut(first.merged)}”，没有改动："
        f"请在“{SHEET}”表这一行的“{HANDLING}”栏选一个，保存后再运行一次 answer。"
        for first in asked
    ]
    by_hand = sum(state in {CellState.CHANGED, CellState.TYPED, CellState.ASKED} for state in states)
    silent = tuple(unit.unit for unit in state.units if unit.outcome is None or not unit.outcome.counts)
    figures = [(state, plan) for state, plan in zip(states, plans, strict=True) if not plan.field.kind.is_prose]
    partial = sum(state == CellState.MERGED and not set(plan.silent) <= set(silent) for state, plan in figures)
    return Answer(path, states.count(CellState.MERGED.value), by_hand, states.count(CellState.BLANK.value), silent, (*said, *sentences), partial)


def _unread(faults: Sequence[Finding]) -> Iterator[str]:
    """Say which cells of the answer hold what the office above cannot read either: nothing was put into them."""
    for fault in faults:
        if fault.level is Level.ERROR and fault.place.cell:
            yield f"{fault.place.sheet} {fault.place.cell}：{fault.message}没有填下级汇总。{fault.advice}清空也可以，再运行一次 answer，会填下级汇总。"


def _after_closing(office: OfficeContext, period: Period) -> Iterator[str]:
    """Say what came from below after the period was closed: the closing stands, and so does the answer."""
    if office.drafts.holding(period) is None:
        return
    stage = office.of_book(period).at(period).stage
    known = {record.id for record in stage.files} if stage else set()
    late = [record.name for record in office.live(period).records() if record.id not in known and record.outcome.counts]
    if late:
        yield (
            f"本期已经定稿，定稿以后收到的 {len(late)} 份（{joined_words(late)}）没有算进来。"
            f"要算进来的，请先运行 reopen {period} --why 理由，再运行一次 answer。"
        )


def _left_out(rows: Sequence[UnitRow]) -> Iterator[str]:
    """Say which lines that units below added found no empty line above, table by table."""
    for sheet in dict.fromkeys(row.row.table for row in rows):
        units = [row.unit for row in rows if row.row.table == sheet]
        names = "、".join(dict.fromkeys(units))
        yield f"“{sheet}”的空行不够，下级添加的 {len(units)} 行（{names}）放不下：请看汇总表，把它们并到别的行里，或请上级多留几行再发一次。"


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
