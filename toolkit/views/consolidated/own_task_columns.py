"""The columns of the sheet of tasks of a form whose rows, or whose lights, are its own: by days, by money, or without lights."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from toolkit.model.decisions import FORMER
from toolkit.model.form import BUDGET, ENDED, ITEM, LIMIT, PLAN, PROGRESS, SPENT, STATUS, Field, Form, LightRule, Source, Subject
from toolkit.model.own_rows import OWN
from toolkit.model.rules import BLUE, DUE_SOON, GREEN, GREY, RED, YELLOW
from toolkit.model.sheet import Formula
from toolkit.model.standing import TaskStanding
from toolkit.views.consolidated.book_styles import field_look
from toolkit.views.consolidated.criteria import rounded
from toolkit.views.consolidated.data_sheet import Column
from toolkit.views.consolidated.source_links import source
from toolkit.views.consolidated.task_lines import TaskLine, by_gap, by_progress, gap_formula, light_formula, listed_value, number_cell, reports_of_others

AS_OF = "as_of"  # the defined name of the day as of which rows are on time or late
RENAMED = {"牵头单位": "单位"}  # how a column of 任务进展 is called where rows are a form's own
_DUE, _LEFT, _CAME, _RATE, _PLANNED, _GAP, _LIGHT, _RULED = "到期日", "剩余天数", "是否已报", "执行率", "序时进度", "差距", "灯", "认定灯"
_HUNDREDTH = Decimal("0.01")
_WIDEST = 90
_NARROWEST = 8.0
_FACTS = frozenset({"编号", "单位", "本单位角色", "计划进度", "类别", "章节", "小节", "权重", "目标任务", "牵头单位", "责任单位"})


def columns(form: Form) -> tuple[Column[TaskLine], ...]:
    """Give the columns: what a row is, whether it was reported, what its light is found from, its light, what the lead said, the office's ruling."""
    return tuple(_unlike((*_what(form), *_judged(form), *_said(form), *_office(form))))


def item_title(form: Form) -> str:
    """Name the column that says what a row is."""
    field = form.main.field(ITEM)
    return field.title if field is not None and form.main.subject in OWN else "目标任务"


def status_title(form: Form) -> str:
    """Name the column of states; '' where the form has none."""
    field = form.main.field(STATUS)
    return field.title if field is not None else ""


def _what(form: Form) -> Iterator[Column[TaskLine]]:
    is_own = form.main.subject in OWN
    yield Column("编号", 12 if is_own else 8, "居中", number_cell)
    yield Column("类别", 9, "居中", lambda line: line.standing.task.category)
    yield Column("章节", 13, "正文", lambda line: line.standing.task.section)
    if not is_own:
        yield Column("小节", 11, "正文", lambda line: line.standing.task.subsection)
    yield Column(item_title(form), 36, "正文", lambda line: line.standing.task.text, 80)
    yield Column("单位" if is_own else "牵头单位", 14, "正文", lambda line: "、".join(line.standing.task.leads))
    if form.main.subject is not Subject.BLANK:
        yield Column("责任单位", 15, "正文", lambda line: "、".join(line.standing.task.supports), 30)
    yield Column(_CAME, 7, "居中", lambda line: "是" if came(line.standing) else "否")


def came(standing: TaskStanding) -> bool:
    """Whether the lead reported anything of a task."""
    return standing.lead is not None and bool(standing.lead.row.answers)


def _judged(form: Form) -> Iterator[Column[TaskLine]]:
    """Give what the light is found from, and the light."""
    status, main = status_title(form), form.main

    def light(judged: Callable[[TaskLine], str]) -> Column[TaskLine]:
        return Column(_LIGHT, 5, "居中", lambda line: light_formula(line, ruled=_RULED, status=status, judged=judged(line)))

    if form.light is LightRule.PROGRESS:
        done = _title(form, PROGRESS)
        yield Column("计划进度", 6, "数字", lambda line: line.standing.planned)
        yield Column(done, 6, "数字", lambda line: line.standing.progress)
        yield Column(_GAP, 7, "数字", lambda line: gap_formula(line, planned="计划进度", done=done, status=status))
        yield light(lambda line: by_progress(line, behind=_GAP, status=status))
    elif form.light is LightRule.DAY:
        ended = main.field(ENDED)
        yield Column(_DUE, 11, "日期", lambda line: line.standing.measured.due)
        if ended is not None:
            yield Column(ended.title, 11, "日期", lambda line: line.standing.measured.ended)
        yield Column(_LEFT, 7, "数字", _left)
        yield light(lambda line: _by_day(line, status=status, ended=ended.title if ended else ""))
    elif form.light is LightRule.AMOUNT:
        budget, spent = _title(form, BUDGET), _title(form, SPENT)
        yield Column(budget, 11, "数字", lambda line: line.standing.measured.budget)
        yield Column(spent, 11, "数字", lambda line: line.standing.measured.spent)
        yield Column(_RATE, 8, "数字", lambda line: _rate(line, budget=budget, spent=spent))
        yield Column(_PLANNED, 8, "数字", lambda line: line.standing.planned)
        yield Column(_GAP, 8, "数字", _points)
        yield light(_by_amount)
    if status:
        yield Column(status, 9, "居中", lambda line: line.standing.status)


def _said(form: Form) -> Iterator[Column[TaskLine]]:
    """Give the form's other columns: what the list says of a row, what its lead filled in, what further units said."""
    taken = {ITEM, STATUS, ENDED} | {LightRule.PROGRESS: {PROGRESS, PLAN}, LightRule.AMOUNT: {BUDGET, SPENT}, LightRule.DAY: {LIMIT}}.get(form.light, set())
    for field in form.main.fields:
        if field.code in taken or field.source is Source.FORMULA:
            continue
        if field.source is Source.FILLED:
            yield _column(field, lambda line, code=field.code: line.of_lead(code))  # type: ignore[misc]
        elif form.main.subject is Subject.LIST and field.taken_from not in _FACTS and not field.taken_from.startswith("上期."):
            yield _column(field, lambda line, field=field: listed_value(line, field))  # type: ignore[misc]
    if form.main.subject not in OWN:
        yield Column("责任单位进展", 32, "正文", lambda line: reports_of_others(line.standing), 90)


def _office(form: Form) -> Iterator[Column[TaskLine]]:
    if form.light is not LightRule.NONE:
        yield Column(_RULED, 7, "认定灯", lambda line: line.standing.ruling.light)
        yield Column("认定说明", 16, "认定", lambda line: line.standing.ruling.note, 50)
    yield Column("来源", 9, "链接", lambda line: source(line.standing.lead))
    if form.light is not LightRule.NONE:
        yield Column(FORMER, 10, "正文", lambda line: line.standing.ruling.former, 50)


def _column(field: Field, value: Callable[[TaskLine], object]) -> Column[TaskLine]:
    look = field_look(field) if field.source is Source.FILLED else "数字" if field.kind.numeric else "日期" if field.kind.name == "日期" else "正文"
    width = max(field.width, _NARROWEST)

    def shown(line: TaskLine) -> object:
        found = value(line)
        return found if found is None or isinstance(found, Decimal | date) else field.kind.show(found)

    return Column(field.title, width, look, shown, max(width, _WIDEST) if look == "正文" else 0)


def _unlike(found: tuple[Column[TaskLine], ...]) -> Iterator[Column[TaskLine]]:
    """Give columns of the form's that are called as one of ours another name."""
    seen: set[str] = set()
    for column in found:
        yield column._replace(title=renamed(column.title)) if column.title in seen else column
        seen.add(column.title)


def renamed(title: str) -> str:
    """Name a column of the form's that is called as one of ours."""
    return f"{title}（填报）"


def _title(form: Form, code: str) -> str:
    field = form.main.field(code)
    return field.title if field is not None else code


def _left(line: TaskLine) -> Formula:
    cell, due = line.cell(_DUE), line.standing.measured.due
    return Formula(f'=IF({cell}="","",{cell}*1-{AS_OF}*1)', "" if due is None else (due - line.as_of).days)


def _by_day(line: TaskLine, *, status: str, ended: str) -> str:
    left, due, reported = map(line.cell, (_LEFT, _DUE, _CAME))
    judged = f'IF({due}="","{GREEN}",IF({left}<0,"{RED}",IF({left}<={DUE_SOON},"{YELLOW}","{GREEN}")))'
    if ended:
        cell = line.cell(ended)
        done = f'AND({cell}<>"",{line.cell(status)}="")' if status else f'{cell}<>""'
        judged = f'IF({done},"{BLUE}",{judged})'
    return f'IF({reported}="否","{GREY}",{judged})'


def _rate(line: TaskLine, *, budget: str, spent: str) -> Formula:
    whole, part = line.cell(budget), line.cell(spent)
    found = line.standing.measured.share
    return Formula(f'=IF(OR({whole}="",{part}=""),"",IF({whole}=0,"",{rounded(f"({part}*100/{whole})", 2, found)}))', "" if found is None else found)


def _points(line: TaskLine) -> Formula:
    rate, planned = line.cell(_RATE), line.cell(_PLANNED)
    found = line.standing.measured.share
    value = "" if found is None else (found - line.standing.planned).quantize(_HUNDREDTH, ROUND_HALF_UP)
    return Formula(f'=IF({rate}="","",{rounded(f"({rate}-{planned})", 2, found)})', value)


def _by_amount(line: TaskLine) -> str:
    rate, behind, reported = map(line.cell, (_RATE, _GAP, _CAME))
    return f'IF({reported}="否","{GREY}",IF({rate}="","{YELLOW}",IF({rate}>=100,"{BLUE}",{by_gap(behind)})))'
