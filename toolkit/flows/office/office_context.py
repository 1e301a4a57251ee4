"""What every command stands on: the master list, the forms, the rules, the key and the ledger of a workspace."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from toolkit.edges.current_clerk import current_clerk
from toolkit.edges.ledger.decision_records import holding
from toolkit.edges.ledger.edition_records import EditionKind, names, newest
from toolkit.edges.ledger.erasure_records import erased_of
from toolkit.edges.ledger.frozen_inputs import Frozen, Stage
from toolkit.edges.ledger.ledger import FileRecord, Ledger
from toolkit.edges.templates.next_year_sheet import take_over
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.templates.read_rules import load_rules
from toolkit.edges.templates.upgrade_templates import bring_up
from toolkit.edges.workspace import MASTER, RULES, WORK, Workspace
from toolkit.flows.office.blocking_faults import hindrance, sentences
from toolkit.flows.office.closed_drafts import Drafts
from toolkit.flows.office.former_units import but_former_units, former_names
from toolkit.flows.office.guard_office_books import check_books
from toolkit.flows.office.list_in_force import ListsInForce, with_contacts
from toolkit.flows.office.load_forms import load_forms, no_form
from toolkit.flows.office.register_changes import Registrar
from toolkit.flows.office.round_keys import forms_in_other_places, spans_in
from toolkit.flows.office.sealing_key import NO_ORIGINALS, sealing_key
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import Decided
from toolkit.model.findings import Finding, Level
from toolkit.model.form import Form
from toolkit.model.master import Deadline, Master, Unit
from toolkit.model.own_rows import with_own_rows
from toolkit.model.period import Period, named_spans
from toolkit.model.rules import Rules
from toolkit.model.supervision import Supervised
from toolkit.model.unit_words import addressed

_LOOKED_AT = 100


@dataclass(frozen=True)
class OfficeContext:
    """A workspace made ready: everything is loaded, faults that do not stop the work are findings."""

    space: Workspace
    master: Master
    forms: tuple[Form, ...]
    ledger: Ledger
    key: bytes
    findings: tuple[Finding, ...]
    lists: ListsInForce
    drafts: Drafts
    registrar: Registrar
    asked: tuple[Finding, ...] = ()
    period: Period | None = None
    whole: "OfficeContext | None" = None
    book: Period | None = None
    frozen: Frozen | None = None
    rules_then: Rules | None = None
    typed: tuple[Deadline, ...] = ()
    _served: dict[Period, "OfficeContext"] = field(default_factory=dict)
    _in_force: dict[Period, tuple[Master, tuple[Form, ...]]] = field(default_factory=dict)

    def at(self, period: Period) -> "OfficeContext":
        """Give the context that a period stands on: what its closing froze where it is closed, else list and forms in force in it.

        A period that was opened again stands on its newest draft wherever another period's `book` is made.
        """
        if self.period == period:
            return self
        if period not in self._served:
            self._served[period] = self._serving(period)
        return self._served[period]

    def _serving(self, period: Period) -> "OfficeContext":
        whole = self.whole or self
        if self.frozen is not None:
            draft = self.frozen.drafts.get(str(period))
            return whole.closed(period, draft) if draft else self._on(period, self.frozen)
        newest = whole.drafts.newest(period) if period.is_part else None
        if newest is not None and (newest.holds or self.book not in {None, period}):
            return whole.closed(period, newest.number)
        return self._live(period)

    def live(self, period: Period) -> "OfficeContext":
        """Give the context that a period would stand on if it were open: for what came after its closing."""
        return replace(self._live(period), book=period, frozen=None, rules_then=None, _served={})

    def _live(self, period: Period) -> "OfficeContext":
        whole = self.whole or self
        if period not in self._in_force:
            self._in_force[period] = self.lists.of(period) or whole.master, whole._forms_of(period)  # noqa: SLF001 - another of its own kind
        master, forms = self._in_force[period]
        return replace(self, master=with_own_rows(master, forms, period), forms=forms, period=period, whole=whole)

    def of_book(self, period: Period) -> "OfficeContext":
        """Give the context on which a period's own book is made: its closing's where it is closed."""
        if self.book is not None:
            return self
        newest = self.drafts.newest(period)
        if newest is not None and newest.holds:
            return self.closed(period, newest.number)
        return replace(self, book=period, whole=self.whole or self, _served={})

    def closed(self, period: Period, number: int) -> "OfficeContext":
        """Give the context that a draft of a period froze. Raises CommandError where the ledger's copy of it is damaged."""
        return self.on(self.drafts.frozen(period, number))

    def on(self, frozen: Frozen) -> "OfficeContext":
        """Give the context of what is frozen, or is about to be."""
        period = Period.parse(frozen.period)
        return replace(self, book=period, frozen=frozen, period=None, whole=self.whole or self, _served={}).at(period)

    def _on(self, period: Period, frozen: Frozen) -> "OfficeContext":
        """Give the context of a period that was open when another was closed; one that was not issued then has no stage and keeps the other's list."""
        stage = frozen.stages.get(str(period))
        if stage is None:
            return replace(self, period=period)
        master, rules, forms = self.drafts.loaded(stage)
        return replace(self, master=with_own_rows(master, forms, period), forms=forms, rules_then=rules, period=period)

    def refuse_closed(self, period: Period, words: str) -> None:
        """Refuse what is done for open periods only. Raises CommandError for a closed one."""
        draft = self.drafts.holding(period)
        if draft is not None:
            raise CommandError(f"{period.label}已经定稿（第 {draft.number} 稿），{words}。", f"确需要的，请先运行“reopen {period} --why 理由”。")

    @property
    def stage(self) -> Stage | None:
        """What was frozen of this context's period, None where nothing is."""
        return self.frozen.stages.get(str(self.period)) if self.frozen is not None else None

    def issued(self) -> tuple[str, ...]:
        """Give the units that were issued a form for this context's period; () where none was, or a closed one stands on another's list."""
        if self.frozen is not None:
            return self.stage.issued if self.stage is not None else ()
        return tuple(self.ledger.issued_units(str(self.period)))

    def records(self) -> list[FileRecord]:
        """Give the files of this context's period, also those that tell no unit; of a closed one those that were there then."""
        if self.frozen is not None:
            return list(self.stage.files) if self.stage is not None else []
        return [*self.ledger.all_files(str(self.period)), *self.ledger.strange_files(str(self.period))]

    def letters(self) -> list[Supervised]:
        """Give the letters of supervision of this period, by number: as frozen where it is closed, else as the ledger has them."""
        return list(self.stage.letters) if self.stage is not None else self.ledger.papers.supervision(str(self.period))

    def called(self, unit: str) -> str:
        """Give the name that a unit has here, which another period may call otherwise; a name that nobody knows as it is."""
        known = self.master.resolve(unit)
        return known.name if known else unit

    def forget(self) -> None:
        """Look into the ledger again: a change of the list was registered, a period closed or opened."""
        self.lists.forget()
        self.drafts.forget()
        self._served.clear()
        self._in_force.clear()

    def issued_forms(self) -> dict[str, Form]:
        """Give the form that each period was issued with, by period; periods that were issued before forms were kept are left out."""
        with self.ledger.reading() as connection:
            found = {name: newest(connection, EditionKind.ISSUED, name, Form) for name in names(connection, EditionKind.ISSUED)}
        return {name: form for name, form in found.items() if form is not None}

    def _forms_of(self, period: Period) -> tuple[Form, ...]:
        """Give the forms, in the place of the one that the period was issued with that very edition."""
        with self.ledger.reading() as connection:
            issued = newest(connection, EditionKind.ISSUED, str(period), Form)
        return self.forms if issued is None else (issued, *(form for form in self.forms if form.code != issued.code))

    def line(self, period: Period) -> Deadline | None:
        """Give the calendar's line for a period, None where there is none."""
        return next((line for line in self.at(period).master.calendar if line.period == str(period)), None)

    def deadline(self, period: Period) -> Deadline:
        """Give the calendar's line for a period; raises CommandError when there is none, or none that can be read."""
        found = self.line(period)
        wrong = [fault for fault in self.findings if fault.place[:2] == (MASTER, "日程") and fault.level is Level.ERROR]
        here = {line.period for line in self.typed if self.frozen is None and line.period.startswith(str(period.year))} or {str(period)}
        if wrong and (found is None or str(period) not in here):
            raise CommandError(f"日程里没有 {period} 这一期，有的行读不出来：{sentences(wrong)}")
        if found is None:
            raise CommandError(f"日程里没有 {period} 这一期。", "请在 templates/任务总表.xlsx 的“日程”表中加一行，或检查期间是否写错。")
        return found

    def form_of(self, period: Period) -> Form:
        """Give the form that the calendar names for a period; where none is called so any more, the one with which it was issued.

        Raises CommandError when there is neither.
        """
        name = self.deadline(period).form
        found = next((form for form in self.at(period).forms if name in {form.name, form.code}), None) or self.issued_forms().get(str(period))
        if found is None:
            raise no_form(period, name, self.forms, self.findings)
        return found

    def form(self, code: str) -> Form | None:
        """Find a form in force by its code; None where there is none."""
        return next((form for form in self.forms if form.code == code), None)

    def units(self, only: Sequence[str] = ()) -> tuple[Unit, ...]:
        """Give the units that get workbooks, or those that are named; raises CommandError for a name that is none of them."""
        return addressed(self.master, only)

    def rules(self) -> Rules:
        """Read the assessment rules; raises CommandError when they cannot be used."""
        rules, faults = self._rules
        if rules is None:
            raise CommandError("考核规则不能用：" + sentences(faults))
        return rules

    def decided(self) -> Decided:
        """Give every decision of the office that holds; of a closed period those that held when it was closed."""
        with self.ledger.reading() as connection:
            return holding(connection, self.stage.decided if self.stage is not None else None)

    def lost_originals(self, period: Period) -> str:
        """Say that originals of a period are not here, '' when they are; the newest are looked at, for on a network drive each look takes time."""
        erased, files = erased_of(self.ledger.database), self.ledger.all_files(str(period))
        newest = [file.path for file in files if file.path and file.id not in erased][-_LOOKED_AT:]
        lost = next((path for path in newest if not (self.space.root / path).is_file()), "")
        return f"有的原件这里没有，汇总表的“来源”打不开，如 {lost}。{NO_ORIGINALS[self.ledger.database.is_on_server]}" if lost else ""

    def demand_sound(self, period: Period) -> None:
        """Raise CommandError that lists every error in the list, the rules and the forms that a period stands on: no work is built on a misread cell."""
        listed = self.hindrance(period)
        if listed:
            raise CommandError(f"{listed}\n", "改好后再运行一次。")

    def hindrance(self, period: Period | None = None) -> str:
        """List what stands wrong in the office's own sheets and stops issuing, consolidating and papers, of a period or of any; '' where nothing does."""
        lines = self.master.calendar
        if period is not None and period.is_part:  # a year's book stands on every form's rounds
            lines = tuple(line for line in lines if line.period == str(period))
        return hindrance(self.faults, self.asked, lines, self.forms)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What is wrong with the master list, the forms and the rules (考核规则), each at its cell; () for nothing."""
        return (*self.findings, *self._rules[1])

    @property
    def questions(self) -> tuple[str, ...]:
        """What the clerk is asked about the list, as sentences; a command that was asked something ends with 1."""
        return tuple(f"{finding.place}：{finding.message}{finding.advice}" for finding in self.asked)

    @cached_property
    def _rules(self) -> tuple[Rules | None, tuple[Finding, ...]]:
        if self.rules_then is not None:
            return self.rules_then, ()
        if self.whole is not None:
            return self.whole._rules  # noqa: SLF001 - another of its own kind
        year = self.lists.year_of(self.master)
        rules, faults = load_rules(self.space.templates / RULES, self.master, former_names(self.lists, year))
        return self.registrar.rules(rules) if rules else None, but_former_units(faults, self.lists, year)


@contextmanager
def open_office(space: Workspace, *, alone: bool = False, doing: str = WORK, as_of: datetime | None = None) -> Iterator[OfficeContext]:
    """Load a workspace and close its ledger afterwards; `alone` where it is written to: no other program does the same here or with this ledger.

    `as_of` hides what the ledger took in after that moment.
    Raises CommandError when the master list or every form is unusable, when another program holds the workspace or the ledger, or the key is not the ledger's.
    """
    with space.alone(doing) if alone else nullcontext():
        yield from _opened(space, doing if alone else "", as_of)


def _opened(space: Workspace, doing: str, as_of: datetime | None) -> Iterator[OfficeContext]:
    check_books(space)
    grown: list[Finding] = []
    if doing == WORK and not space.unattended:
        take_over(space.master)
        grown = bring_up(space)
    master, faults = load_master(space.master)
    loaded = load_forms(space, master)
    forms = [form.speaking(space.language()) for _, form, _ in loaded if form is not None]
    findings = [*faults, *grown, *(fault for _, _, wrong in loaded for fault in wrong)]
    if not forms:
        raise CommandError("没有可用的表单定义：" + sentences(findings), "请修改 templates 文件夹里的表单，或删掉它们让系统重新放入原始表单。")
    ledger = Ledger(space.ledger_url(), as_of=as_of)
    try:
        with ledger.database.alone(doing) if doing else nullcontext():
            key, lists = sealing_key(space, ledger), ListsInForce(ledger)
            ledger.database.units = lists
            moved = forms_in_other_places(master, ledger)
            registrar = Registrar(space, ledger, lists, writes=doing == WORK and not space.unattended, who=current_clerk(space))
            registered = registrar.look_at(master, (*faults, *moved))
            year = lists.year_of(master)
            serving = with_contacts(lists.current(year) or master, master)
            found = (*but_former_units((*findings, *moved), lists, year), *registered.findings)
            with named_spans(spans_in(master, lists)):
                yield OfficeContext(space, serving, tuple(forms), ledger, key, found, lists, lists.drafts, registrar, registered.asked, typed=master.calendar)
    finally:
        ledger.close()
