"""adopt: a sealed form that came from above becomes this office's own workspace: its list, its form, its calendar; a later form is brought in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from toolkit.amending.in_force import followed, successors
from toolkit.edges.clock import now
from toolkit.edges.files import write_file
from toolkit.edges.reading.read_workbooks import Unreadable
from toolkit.edges.templates.next_year_sheet import with_offer_of
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.templates.units_below import FILE, read_units, units_sheet
from toolkit.edges.templates.upgrade_templates import bring_up
from toolkit.edges.templates.upper_forms import UpperForm, has_upper, keep, kept_forms, read_upper_form
from toolkit.edges.templates.write_form import form_bytes
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.flows.levels.own_definition import bring_rows, own_definition, rows_for_nobody
from toolkit.flows.office.former_units import ending_of
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.register_changes import ListFile, is_misread
from toolkit.flows.office.rest_days import with_rest_days
from toolkit.issuing.lower_list import ALL_BELOW, bring_in, lower_list, own_deadline
from toolkit.model import seal
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.findings import Finding, Level
from toolkit.model.form import Form, Subject
from toolkit.model.master import Deadline, Doubt, Master
from toolkit.model.own_rows import task_of
from toolkit.model.period import Period
from toolkit.model.unit_below import UnitBelow
from toolkit.model.values import joined_words

DAYS = 3  # before the office's own due day


class Adopted(NamedTuple):
    """What became of a form from above: the workspace, whose form of which period it is, what the list now holds and by when the units below are due.

    `added` are rows that came in later, `asked` sentences that the clerk has to act on (exit 1), `findings` what is wrong in the register of units.
    """

    root: Path
    unit: str
    office: str
    period: str
    due: date | None
    tasks: int
    units: int
    added: tuple[str, ...]
    asked: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


class Wishes(NamedTuple):
    """What the clerk asked for: the register of units (None: the one in the workspace), the units' due day or how many days before the own one."""

    units: Path | None = None
    due: date | None = None
    days: int = DAYS


def adopt(root: Path, file: Path, to: Path | None, wishes: Wishes) -> Adopted:
    """Make a form from above this office's own, in the workspace `to` or in `root`. Raises CommandError for what is no such form, or belongs elsewhere."""
    upper = _read(file)
    for other in {root, to or root}:
        _must_be_from_above(Workspace(other.expanduser().resolve()), upper)
    target = open_workspace(to or root)
    form = _form_of(target, upper)
    with target.alone():
        kept = kept_forms(target)
        _must_fit(target, upper, kept)
        bring_up(target)  # before the form takes the place of the program's own, which is then never brought into it
        keep(target, upper)
        before = [other for other in kept.values() if other.issue.form == upper.issue.form]
        asked_form = _bring_form(target, upper, form, before)
        _name_office(target, upper)
    below, findings, asked = _units_below(target, upper, form, wishes)
    if asked:
        return _result(target, upper, None, 0, 0, (), (*asked_form, *asked), findings)
    handed = upper.handed or next((other.handed for other in reversed(list(kept.values())) if other.handed), None)
    above_line = upper.handed.line if upper.handed else None
    line = own_deadline(upper.issue, form, above_line, today=now().date(), days=wishes.days, due=wishes.due)
    theirs = lower_list(upper.issue, form, handed, below, line)
    if _is_latest(upper, before):
        bring_rows(target, form, before[-1].form if before else None, below, upper.issue.unit)
    done = _bring_list(target, theirs, line, is_latest=_asks_tasks(form) and _is_latest(upper, [other for other in kept.values() if _asks_tasks(other.form)]))
    own = own_definition(target, form.code)
    left = tuple(rows_for_nobody(own, below)) if own else ()
    listed = sum(len(table.rows) for table in own.form.tables) if own else 0
    asked = (*asked_form, *left, *done.asked, *_other_day(done, wishes.due, upper.issue.due))
    return done._replace(
        root=target.root, unit=upper.issue.unit, office=_office_of(upper), tasks=done.tasks + listed, asked=asked, findings=findings
    )


def _is_latest(upper: UpperForm, others: Sequence[UpperForm]) -> bool:
    return all(Period.parse(upper.issue.period).ends >= Period.parse(other.issue.period).ends for other in others)


def _asks_tasks(form: Form | None) -> bool:
    """Whether rows of a form are tasks, so that one which it leaves out may be dropped; a form that did not come with the sheet may ask them."""
    return form is None or any(table.subject is Subject.TASK for table in form.tables)


def _read(file: Path) -> UpperForm:
    try:
        upper = read_upper_form(file.expanduser().read_bytes(), file.name)
    except OSError as error:
        raise CommandError(f"“{file.name}”打不开：{reason_of(error)}。", "请检查文件在不在、是否正被别的程序打开。") from error
    except Unreadable as error:
        raise CommandError(f"“{file.name}”读不出来：{error}。", "请给出上级发来的报送表（xlsx、xls、et 或 ods）。") from error
    if upper is None:
        raise CommandError(f"“{file.name}”里没有封签，不是上级发来的报送表。", "请给出上级发来的原表，不要用复制到新文件里的表、截图或通知。")
    return upper


def _must_be_from_above(space: Workspace, upper: UpperForm) -> None:
    """Refuse a form that a workspace gave out itself. Raises CommandError."""
    if space.has_key() and seal.signer_of(upper.sealed) == seal.owner_of(space.key()):
        raise CommandError(f"这份表是工作区“{space.root}”自己发给{upper.issue.unit}的，不是上级来的。", "请给出上级发给本单位的表。")


def _must_fit(space: Workspace, upper: UpperForm, kept: Mapping[str, UpperForm]) -> None:
    """Refuse a form that is not for the office whose workspace this is. Raises CommandError."""
    others = [other for other in kept.values() if other.issue.unit != upper.issue.unit]
    if others:
        raise CommandError(f"这份表是发给{upper.issue.unit}的，这个工作区是{others[0].issue.unit}的。", "请用 --to 给它另一个文件夹。")
    if space.master.exists() and not has_upper(space):
        raise CommandError(f"“{space.root}”已有自己的任务总表，不是从上级来表建立的。", "请用 --to 给下级工作区另一个文件夹，如 --to ../下级工作区。")
    years = {Period.parse(period).year for period in kept if space.master.exists()}
    year = Period.parse(upper.issue.period).year
    if years - {year}:
        raise CommandError(f"这份表是 {year} 年的，这个工作区是 {min(years)} 年的。", "新的一年请用 --to 给它另一个文件夹。")


def _form_of(space: Workspace, upper: UpperForm) -> Form:
    """Give the form's definition: the one that came with it, else the workspace's own of that code. Raises CommandError where there is neither."""
    if upper.form is not None:
        return upper.form
    own = own_definition(space, upper.issue.form)
    if own is not None and set(upper.issue.tables) <= {table.sheet for table in own.form.tables}:
        return own.form
    raise CommandError("这份表里没有带表单定义，本工作区里也没有这种表单。", "请向上级要一份新发的表，或把上级的表单定义放进 templates 文件夹，再运行一次。")


def _bring_form(space: Workspace, upper: UpperForm, form: Form, before: Sequence[UpperForm]) -> tuple[str, ...]:
    """Put the form's definition among the workspace's own; one that the office has changed stays, and what it lacks is said."""
    path, own = own_definition(space, form.code) or (space.templates / f"{form.name}.xlsx", None)
    if own is None or not before or _same(own, before[-1].form):
        if upper.form is not None and not _same(own, form):
            write_file(path, form_bytes(_with_rows_of(form, own)))
        return ()
    lacking = [field.title for table in form.tables for field in table.filled if not ((there := own.table(table.sheet)) and there.field(field.code))]
    if not lacking:
        return ()
    words = f"上级的表有“{'、'.join(lacking)}”，本单位改过的 {path.name} 里没有，下级不会填这几栏。"
    return (f"{words}请在 {path.name} 里加上；或把它移到别处，再运行一次 adopt，会照上级的重新放入。",)


def _with_rows_of(form: Form, own: Form | None) -> Form:
    """Give a definition with the rows of the office's own lists, where it has some: theirs come in beside them."""
    kept = {table.sheet: table.rows for table in own.tables if table.rows} if own else {}
    return replace(form, tables=tuple(replace(table, rows=kept.get(table.sheet, table.rows)) for table in form.tables))


def _same(own: Form | None, other: Form | None) -> bool:
    """Whether two definitions ask the same, wherever they stand, however they look and whatever rows their lists have."""

    def bare(form: Form) -> Form:
        tables = tuple(replace(table, rows=(), fields=tuple(replace(field, place=type(field.place)()) for field in table.fields)) for table in form.tables)
        return replace(form, file="", looks={}, tables=tables)

    return own is not None and other is not None and bare(own) == bare(other)


def _name_office(space: Workspace, upper: UpperForm) -> None:
    """Write the office's name into settings that name none yet."""
    if not space.office():
        path = space.root / "settings.toml"
        name = upper.issue.unit.replace("\\", "").replace('"', "")
        write_file(path, path.read_text("utf-8-sig").replace('office = ""', f'office = "{name}"', 1).encode())


def _units_below(
    space: Workspace, upper: UpperForm, form: Form, wishes: Wishes
) -> tuple[tuple[UnitBelow, ...], tuple[Finding, ...], tuple[str, ...]]:
    """Read the register of units below; where there is none, lay one out to be filled in and ask for it."""
    own = space.root / FILE
    blank = {table.sheet for table in form.tables if table.subject is Subject.BLANK}
    numbers = dict.fromkeys(row.number for sheet, rows in upper.issue.tables.items() for row in rows if sheet not in blank)
    if wishes.units is None and not own.exists():
        texts = {row.number: task_of(row, table, "").text for table in form.tables for row in table.rows}
        texts |= {task.number: task.text for task in upper.handed.tasks} if upper.handed else {}
        write_file(own, units_sheet((number, texts.get(number, "")) for number in numbers))
    source = wishes.units or own
    below, faults = read_units(source, (*numbers, *_other_numbers(space)), upper.issue.unit)
    if any(fault.level is Level.ERROR for fault in faults):
        return (), faults, (f"“{source.name}”有读不懂的地方，没有建立任务总表。请改好后再运行一次 adopt。",)
    if not below:
        return (), faults, (f"请在“{own}”里填写下级单位（一行一个，可写负责哪几项），再运行一次 adopt；也可以用 --units 给出现成的名单。",)
    if wishes.units is not None and wishes.units.suffix.lower() == ".xlsx" and wishes.units.resolve() != own.resolve():
        write_file(own, wishes.units.read_bytes())
    return below, faults, ()


def _other_numbers(space: Workspace) -> Iterator[str]:
    """Give the numbers of rows of all forms that came: one register says who answers for which row of any of them."""
    for upper in kept_forms(space).values():
        named = {table.sheet for table in upper.form.tables if table.subject is not Subject.BLANK} if upper.form else set()
        yield from (row.number for sheet, rows in upper.issue.tables.items() for row in rows if sheet in named)


def _bring_list(space: Workspace, theirs: Master, line: Deadline, *, is_latest: bool) -> Adopted:
    """Write the list where there is none, else bring the form's rows into the one that the clerk has worked on."""
    if not space.master.exists():
        write_file(space.master, master_bytes(with_rest_days(theirs)))
        return _made(space, theirs, line, (), ())
    with open_office(space, alone=True) as office:
        mine, faults = load_master(space.master)
        if is_misread(faults):
            raise CommandError("任务总表里有读不出来的地方，现在并入会丢掉它们。", "请先运行 doctor，按提示改好，再运行一次 adopt。")
        theirs, renamed = _as_called_now(office, theirs)
        brought = bring_in(mine, theirs, is_latest=is_latest)
        brought = brought._replace(master=with_rest_days(brought.master))
        if brought.master != mine:
            write_file(space.master, with_offer_of(master_bytes(brought.master), space.master))
            office.registrar.register(ListFile(space.master, brought.master, office.lists.year_of(brought.master)), trusts=True)
        asked = [f"{_words(doubt)}请在任务总表的“待确认”表里回答（采纳或忽略），再运行一次 adopt。" for doubt in brought.asked]
        mine_line = next(known for known in brought.master.calendar if known.period == line.period)
        return _made(space, brought.master, mine_line, brought.added, (*office.questions, *asked, *renamed, *_without_tasks(theirs, brought.master)))


def _other_day(done: Adopted, wished: date | None, above: date | None) -> Iterator[str]:
    """Say where the units' due day in the list is not the one that the clerk asked for now, or is later than the office's own has become."""
    where = "要改的，请在任务总表的“日程”里改“截止”"
    if done.due and wished and wished != done.due:
        yield f"总表里下级的截止日期已经是 {done.due}，没有改成 {wished}。{where}，再运行一次 adopt（不写 --due）。"
    elif done.due and above and not wished and done.due > above:
        yield f"上级这份表的截止日期是 {above}，总表里下级的截止日期 {done.due} 比它还晚。{where}，再运行一次 adopt。"


def _as_called_now(office: OfficeContext, theirs: Master) -> tuple[Master, tuple[str, ...]]:
    """Write units of the register below that were renamed, merged or split in this workspace as they are called now; gives what the register is to say."""
    year = office.lists.year_of(theirs) or office.lists.year_of(office.master)
    current = office.lists.current(year) or office.master
    here = {unit.name for unit in current.units}
    now_called: dict[str, tuple[str, ...]] = {name: (unit.name,) for unit in current.units for name in (unit.key, *unit.former) if name not in here}
    for unit in theirs.units:
        if unit.name not in here and unit.name not in now_called and (ended := ending_of(office.lists, year, unit.name)):
            now_called[unit.name] = successors(ended.change)
    old = [unit.name for unit in theirs.units if unit.name in now_called]
    said = tuple(f"“{FILE}”里的{name}现在是{'、'.join(now_called[name])}，已照现在的名称并入；请在“{FILE}”里改过来。" for name in old)
    return (followed(theirs, now_called), said) if old else (theirs, ())


def _without_tasks(theirs: Master, mine: Master) -> Iterator[str]:
    """Say which units the register makes answer for something, and the list, on which the clerk has worked since, for nothing: they would get no form."""
    idle = [unit.name for unit in theirs.addressees() if theirs.duties(unit.name) and not ((known := mine.resolve(unit.name)) and mine.duties(known.name))]
    if idle:
        where = f"请在任务总表的“任务”表“牵头单位”里写上，牵头是“{ALL_BELOW}”的加到“单位”表“{ALL_BELOW}”的“成员”里"
        yield f"{FILE} 里的{joined_words(idle)}，任务总表里没有一项由它填报，不会给它发表。{where}。"


def _words(doubt: Doubt) -> str:
    return f"{doubt.number}，{doubt.read}：{doubt.reason}。"


def _made(space: Workspace, master: Master, line: Deadline, added: tuple[str, ...], asked: Sequence[str]) -> Adopted:
    return Adopted(space.root, "", "", line.period, line.due, len(master.live_tasks()), len(master.addressees()), added, tuple(asked))


def _result(
    space: Workspace, upper: UpperForm, due: date | None, tasks: int, units: int, added: tuple[str, ...], asked: tuple[str, ...], findings: tuple[Finding, ...]
) -> Adopted:
    return Adopted(space.root, upper.issue.unit, _office_of(upper), upper.issue.period, due, tasks, units, added, asked, findings)


def _office_of(upper: UpperForm) -> str:
    return upper.handed.office if upper.handed else ""
