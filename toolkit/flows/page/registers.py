"""What the office answers on the page beside files and findings: 销号, 协调事项, 申诉 and 督办阶梯, row by row as the workbook's sheets have them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.current_clerk import current_clerk
from toolkit.edges.ledger.ladder_records import steps_of
from toolkit.edges.ledger.life_records import words_on
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.take_rulings import read_back
from toolkit.flows.office.appeals_held import appeals_now
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.rounds_said import YearSoFar, year_so_far
from toolkit.flows.page.put_words import put_words
from toolkit.merging.life_effects import addressee_findings
from toolkit.model.appeals import Appeal, came_again, ruling_on, still_waits
from toolkit.model.command_error import CommandError
from toolkit.model.coordination import Matter, MatterState
from toolkit.model.days import day_in
from toolkit.model.decisions import EDITABLE, MARK, REASON, Decided, Decision, DecisionSubject, Editable
from toolkit.model.ladder import LadderStep
from toolkit.model.life_words import BY, CHECK_DAY, MATTER_ID, SIGNED_ON, STEP_ID, TO
from toolkit.model.master import Master
from toolkit.model.period import Period
from toolkit.model.task_life import LifeEvent, LifeState, TaskLife

_LONGEST = 200  # characters of a text that is shown
_STAMPS = (LifeEvent.HAND, LifeEvent.SIGN, LifeEvent.ASK, LifeEvent.PASS, LifeEvent.NUMBER)
_SIGNED_ONLY = (SIGNED_ON,)
UNSIGNED = "还没有签收"
DAYS = frozenset({BY, CHECK_DAY, SIGNED_ON})
UNITS = frozenset({TO})  # where names of units are offered
OURS = frozenset({"佐证", "交给谁", "经过", "扣分", "收到"})  # facts in the program's words; the others are what units and office wrote


class Blank(NamedTuple):
    """One of the clerk's columns on a row: its title, the words to choose from (() for anything), what stands there."""

    title: str
    choices: tuple[str, ...]
    value: str


class RegisterLine(NamedTuple):
    """One row: its sheet, what it is about, title and unit, how it stands, more facts (name, text), the clerk's columns; `waits` for the office's word.

    `refused` says what was typed and has no effect, `cells` are the row's cells that tell it from others.
    """

    sheet: str
    subject: str
    title: str
    unit: str
    state: str
    facts: tuple[tuple[str, str], ...]
    blanks: tuple[Blank, ...]
    waits: bool
    refused: tuple[str, ...]
    cells: Mapping[str, str]

    @property
    def section(self) -> str:
        """Where it stands on the page: what nobody has signed for stands apart, for it may be every task."""
        return UNSIGNED if [blank.title for blank in self.blanks] == [SIGNED_ON] else self.sheet

    @property
    def tells_cause(self) -> bool:
        """Whether its title says in the program's words why it is here; else it is a task or matter as somebody wrote it."""
        return self.sheet in {"申诉", "督办阶梯台账"}


class Registers(NamedTuple):
    """The rows of a period, sheet by sheet and in each what waits first; whether the period is closed; names of units that can be given a matter."""

    lines: tuple[RegisterLine, ...]
    is_closed: bool
    units: tuple[str, ...]

    @property
    def waiting(self) -> int:
        """How many rows wait for the office."""
        return sum(line.waits for line in self.lines)


def registers(space: Workspace, period: Period) -> Registers:
    """List what the office answers in a period, as of now also where it is closed. Raises CommandError where nothing was issued."""
    with open_office(space) as office:
        here = office.live(period)
        if not here.issued():
            raise CommandError(f"{period.label}还没有发过表。", f"请先运行“generate {period}”。")
        lines = tuple(_lines(here, _State.of(office, period)))
        return Registers(lines, office.drafts.holding(period) is not None, tuple(unit.name for unit in here.master.addressees()))


def answer(
    space: Workspace, period: Period, sheet: str, subject: str, words: Mapping[str, str], *, shown: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, ...]:
    """Put down what was typed into the clerk's columns of one row; gives what there is to say. `shown` is what stood there on the clerk's page, where known.

    What the clerk left as it was shown stays as it is now, whoever wrote it since. Raises CommandError for a row or column that is none, for a column
    that somebody else has changed too, and for words that would have no effect: nothing is put down then.
    """
    with open_office(space, alone=True) as office:
        back = read_back(office)
        state = _State.of(office, period)
        line = next((line for line in _lines(office.live(period), state) if (line.sheet, line.subject) == (sheet, subject)), None)
        if line is None:
            raise CommandError("这一条已经不在了：内容有了变化。", "请刷新页面再看。")
        changed = _changed(line, words, shown)
        if not changed:
            return (*back.sentences, "没有改动。")
        editable = _editable(sheet)
        _check(line, changed)
        _check_effect(period, state, _decisions(office, editable, subject, changed))
        return put_words(office, period, editable, line.cells, changed, back)


def _changed(line: RegisterLine, words: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, str]:
    """Give what the clerk changed of what was shown. Raises CommandError for a column that holds another word by now, neither shown nor the clerk's."""
    changed = {}
    for blank in line.blanks:
        word, before = words.get(blank.title, blank.value), shown.get(blank.title, blank.value)
        if word in (before, blank.value):
            continue
        if before != blank.value:
            now_there = f"现在是“{blank.value}”" if blank.value else "已经清空"
            raise CommandError(f"没有记下：“{blank.title}”在您打开这一页以后有人改过，{now_there}。", "请刷新页面，看过再填。")
        changed[blank.title] = word
    return changed


class _State(NamedTuple):
    """What the rows are made of: lives and matters, appeals, steps, every word that holds, and when the office last spoke on an appeal, by its subject."""

    so_far: YearSoFar
    appeals: Sequence[Appeal]
    steps: Sequence[LadderStep]
    decided: Decided
    period: str
    spoken: Mapping[str, datetime]
    master: Master

    @classmethod
    def of(cls, office: OfficeContext, period: Period) -> "_State":
        here = office.live(period)
        said = appeals_now(office, period)
        spoken = {word.subject: word.at for word in words_on(here.ledger, DecisionSubject.APPEAL)} if said.appeals else {}
        return cls(year_so_far(here, period), said.appeals, steps_of(here.ledger, str(period)), here.decided(), str(period), spoken, here.at(period).master)


def _editable(sheet: str) -> Editable:
    return next(editable for editable in EDITABLE if editable.sheet == sheet)


def _decisions(office: OfficeContext, editable: Editable, subject: str, words: Mapping[str, str]) -> list[Decision]:
    who = current_clerk(office.space)
    return [Decision(editable.about, subject, field, value, "", now(), who) for field, value in words.items()]


def _check(line: RegisterLine, words: Mapping[str, str]) -> None:
    """Raise CommandError for a word that is none of the choices, and for a day that is none."""
    for blank in line.blanks:
        word = words.get(blank.title, "")
        if word and blank.choices and word not in blank.choices:
            raise CommandError(f"“{blank.title}”不能是“{word}”。", f"可以选：{'、'.join(blank.choices)}。")
        if word and blank.title in DAYS and day_in(word, year=0, starts=None) is None:
            raise CommandError(f"“{blank.title}”填的“{word}”不是年月日写全的日期。", "请写成 2023-04-03 这样。")


def _check_effect(period: Period, state: _State, words: Sequence[Decision]) -> None:
    """Raise CommandError where words would be refused by a task's life, or give back points that cannot be."""
    about, subject = words[0].about, words[0].subject
    if about is DecisionSubject.LIFE:
        number = subject.split("|")[1]
        known, after = state.so_far.lives[number], state.so_far.supposing(words, state.master)[number]
        new = [refused for refused in after.refused if refused not in known.refused]
        if new:
            raise CommandError(f"{number}的“{new[-1].what}”没有记下：{new[-1].why}。", "请改正后再记。")
    if about is DecisionSubject.APPEAL:
        appeal = next(appeal for appeal in state.appeals if appeal.subject(str(period)) == subject)
        fields = {**state.decided.on(about, subject), **{word.field: word.value for word in words}}
        why = ruling_on(Decided({about: {subject: fields}}), subject, appeal.taken).why
        if why:
            raise CommandError(f"没有记下：{why}。", "请改正后再记。")


def _lines(here: OfficeContext, state: _State) -> Iterator[RegisterLine]:
    master = here.master
    found = [*_lives(master, state), *_matters(master, state), *_appeals(master, state), *_steps(master, state)]
    order = {section: at for at, section in enumerate(dict.fromkeys(line.section for line in found if line.section != UNSIGNED))}
    yield from sorted(found, key=lambda line: (order.get(line.section, len(order)), not line.waits))


def _line(
    editable: Editable, cells: Mapping[str, str], state: _State, *, about: tuple[str, str, str], facts: Mapping[str, str], waits: bool, **more: tuple[str, ...]
) -> RegisterLine:
    """Make a row; `about` are its title, unit and how it stands, `more` its refusals and the only columns that make sense on it."""
    subject = editable.subject(state.period, cells)
    fields, only = state.decided.on(editable.about, subject), more.get("only") or tuple(editable.fields)
    blanks = tuple(Blank(title, choices, fields.get(title, "")) for title, choices in editable.fields.items() if title in only)
    shown = tuple((name, text[:_LONGEST]) for name, text in facts.items() if text)
    return RegisterLine(editable.sheet, subject, *about, shown, blanks, waits, more.get("refused", ()), cells)


def _lives(master: Master, state: _State) -> Iterator[RegisterLine]:
    for task in master.live_tasks():
        life = state.so_far.lives[task.number]
        unsigned = life.state is LifeState.HANDED
        refused = tuple(f"“{refused.what}”没有生效：{refused.why}" for refused in life.refused if refused.period == state.period)
        if not (life.ask or unsigned or refused):
            continue
        leads = "、".join(task.leads)
        facts = {
            "申请理由": life.ask.why if life.ask else "",
            "依据": life.ask.basis if life.ask else "",
            "佐证": f"{life.ask.evidence} 项" if life.ask else "",
            "现文号": life.reference,
            "退回或重开": life.back,
            "经过": _stamps(life),
        }
        cells = {"编号": task.number, MARK: life.mark, "牵头单位": leads}
        waits = life.state in {LifeState.ASKED, LifeState.CHECKED}
        about = f"{task.number}　{task.text[:_LONGEST]}", leads, life.state.value
        only = _SIGNED_ONLY if unsigned and not life.ask else ()
        yield _line(_editable("销号台账"), cells, state, about=about, facts=facts, waits=waits, refused=refused, only=only)


def _stamps(life: TaskLife) -> str:
    last = [stamp for event in _STAMPS if (stamp := life.last(event))]
    return "，".join(f"{stamp.event} {stamp.at or '日期不详'}{f'（{stamp.who}）' if stamp.who else ''}" for stamp in last)


def _matters(master: Master, state: _State) -> Iterator[RegisterLine]:
    for matter in state.so_far.matters:
        task = master.task(matter.number)
        facts = {
            "目标任务": task.text if task else "",
            "提出": matter.versions[0].period,
            "此前提法": "；".join(f"{said.period}：{said.text}" for said in matter.versions[:-1]),
            "交给谁": matter.given_to,
            "单位答复": _told(matter),
        }
        about = f"{matter.number}　{matter.text[:_LONGEST]}", _name(master, matter.unit), matter.state.value
        waits = matter.state is not MatterState.CLOSED
        told = tuple(finding.message for finding in addressee_findings(master, matter))
        yield _line(_editable("协调事项"), {MATTER_ID: matter.id}, state, about=about, facts={"事项号": matter.id, **facts}, waits=waits, refused=told)


def _told(matter: Matter) -> str:
    return "；".join(f"{told.unit}（{told.period}）：{'，'.join(filter(None, (told.over, told.text)))}" for told in matter.told)


def _name(master: Master, unit: str) -> str:
    known = master.resolve(unit)
    return known.name if known else unit


def _appeals(master: Master, state: _State) -> Iterator[RegisterLine]:
    for appeal in state.appeals:
        ruled = ruling_on(state.decided, appeal.subject(state.period), appeal.taken)
        task = master.task(appeal.number)
        facts = {
            "目标任务": task.text if task else "",
            "扣分": f"{-appeal.points:f} 分" if appeal.taken is not None else "",
            "申诉意见": appeal.opinion,
            "理由": appeal.why,
            "依据": appeal.basis,
            "收到": f"{appeal.received:%Y-%m-%d}{f'（逾期 {appeal.late} 天）' if appeal.late else ''}",
        }
        unruled = "单位已撤回" if appeal.is_withdrawn else "待处理"
        stands = f"返还 {ruled.back.normalize():f} 分" if ruled.back else "维持原来的扣分" if ruled.word else unruled
        refused = (f"没有生效：{ruled.why}",) if ruled.why else ()
        again = bool(ruled.word) and came_again(appeal, state.spoken.get(appeal.subject(state.period)))
        if again:
            done = "处理以后单位撤回了申诉，请核对" if appeal.is_withdrawn else "处理以后单位又提出申诉，请核对"
            refused = (*refused, f"{done}；处理不变的，请在“{REASON}”里写明已经核对")
        about = f"{appeal.item}{f'　{appeal.number}' if appeal.number else ''}", appeal.unit, stands
        cells = {"单位": appeal.unit, "扣分号": appeal.mark}
        yield _line(_editable("申诉"), cells, state, about=about, facts=facts, waits=still_waits(appeal, ruled) or bool(refused), refused=refused)


def _steps(master: Master, state: _State) -> Iterator[RegisterLine]:
    for step in state.steps:
        task = master.task(step.task) if step.task else None
        facts = {"目标任务": task.text if task else "", "日期": f"{step.day}", "文书": step.paper.rpartition("/")[2]}
        about = f"{step.level}　{step.cause}{f'　{step.task}' if step.task else ''}", step.unit, step.reference
        yield _line(_editable("督办阶梯台账"), {STEP_ID: step.reference}, state, about=about, facts=facts, waits=False)
