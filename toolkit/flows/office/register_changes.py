"""register_changes: what the master lists say is kept in the ledger; what the clerk changed in them becomes dated changes, what is in doubt a question."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from toolkit.amending.amendment_wording import as_finding
from toolkit.amending.default_dates import change_kind_of, first_span
from toolkit.amending.in_force import in_force
from toolkit.amending.list_differences import differences
from toolkit.amending.needless_rows import idle_dates
from toolkit.amending.sheet_edits import editable_texts
from toolkit.amending.sheet_layout import laid_out, where_written
from toolkit.amending.three_way_merge import OLD, Dated, Known, MergedList, merge_three_ways
from toolkit.edges.clock import now
from toolkit.edges.files import write_file
from toolkit.edges.ledger import amendment_records
from toolkit.edges.ledger.edition_records import EditionKind, edition, history, newest, register
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.reading.read_typed_rulings import consolidated_books, is_open
from toolkit.edges.templates.master_rows import row_changes
from toolkit.edges.templates.read_amendments import read_amendments
from toolkit.edges.templates.read_master import load_master, load_typed
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.guard_office_books import write_own_book
from toolkit.flows.office.list_in_force import ListsInForce
from toolkit.flows.office.settled_lists import SettledLists
from toolkit.model.amendment_sheet import AFTER, ASKS, AT, MATTER, Shown, TypedSheet
from toolkit.model.amendments import Amendment, AmendmentKind, AmendmentSubject, Change, first_day
from toolkit.model.answered_doubts import waiting
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Code, Finding, Level
from toolkit.model.form import Form
from toolkit.model.master import Master
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.rules import Rules

_HARMLESS = {Code.UNKNOWN_UNIT, Code.NO_UNIT}


class Registered(NamedTuple):
    """What came of looking at a list: what there is to say of it, and what the clerk is asked, which ends a command with 1."""

    findings: tuple[Finding, ...] = ()
    asked: tuple[Finding, ...] = ()


NOTHING = Registered()


def is_misread(faults: Sequence[Finding]) -> bool:
    """Whether something in a list could not be read, so that what it says is not known."""
    return any(fault.level is Level.ERROR and fault.code not in _HARMLESS for fault in faults)


class ListFile(NamedTuple):
    """A master list in templates/ as it was read: where it lies, what it says, the year it is for."""

    path: Path
    master: Master
    year: int


class Registrar:
    """Brings the lists of a workspace together with the ledger. Only who holds workspace and ledger may let it write."""

    def __init__(self, space: Workspace, ledger: Ledger, lists: ListsInForce, *, writes: bool, who: str = "") -> None:
        self._space, self._ledger, self._lists, self._writes, self._who = space, ledger, lists, writes, who
        self._settled_lists = SettledLists(space, ledger)

    def look_at(self, typed: Master, faults: Sequence[Finding]) -> Registered:
        """Register the working list where this program may, else say how much of it waits; one that was misread is left alone."""
        if is_misread(faults):
            return NOTHING
        if self._writes:
            self._begin_old(typed)
        file = ListFile(self._space.master, typed, self._lists.year_of(typed))
        former, misread = self._former_years()
        files = [file, *former]
        if self._writes:
            done = [self.register(file) for file in files]
            asked = (finding for registered in done for finding in registered.asked)
            return Registered(tuple(finding for registered in done for finding in registered.findings), (*misread, *asked))
        return Registered(tuple(finding for file in files for finding in self._unregistered(file)), tuple(misread))

    def _former_years(self) -> tuple[list[ListFile], list[Finding]]:
        """Read the lists of former years; one that cannot be read, or was misread, is left as the ledger knows it, and what is wrong in it is asked about."""
        found, misread = [], []
        for year, path in self._space.year_lists().items():
            try:
                typed, faults = load_master(path)
            except CommandError:
                continue
            if is_misread(faults):
                misread += [fault for fault in faults if fault.level is Level.ERROR]
            else:
                found.append(ListFile(path, typed, year))
        return found, misread

    def rules(self, loaded: Rules) -> Rules:
        """Register the rules where this program may; else give those that were registered last."""
        with self._ledger.reading() as connection:
            known = newest(connection, EditionKind.RULES, "", Rules)
        if not self._writes:
            return known or loaded
        if known != loaded:
            with self._ledger.writing() as connection:
                register(connection, EditionKind.RULES, "", loaded, who=self._who, at=now())
        return loaded

    def split_off(self, year: int) -> None:
        """Keep the list of the year before beside, where a new year was typed into the same list instead of being imported."""
        before = max((number for number in self._lists.years() if number < year), default=0)
        typed, _ = load_master(self._space.master)
        year_list = self._space.list_of(before)
        if before and self._lists.year_of(typed) == before and not year_list.exists():
            write_file(year_list, self._space.master.read_bytes())

    def issue_with(self, form: Form, period: Period) -> None:
        """Keep the form that a period is issued with, as an edition under the period's name."""
        with self._ledger.writing() as connection:
            register(connection, EditionKind.ISSUED, str(period), form, who=self._who, at=now())

    def _begin_old(self, typed: Master) -> None:
        """Let the years begin whose periods were issued before lists were kept, each as the list stands now."""
        newest = self._lists.year_of(typed)
        begun = set(self._lists.years())
        old = [year for year in sorted({Period.parse(name).year for name in self._ledger.issued_periods()} - begun) if year <= newest]
        if old:
            self._keep_old_books()
        for year in old:
            self.begin(typed, year)

    def _keep_old_books(self) -> None:
        """Keep the books that an older program wrote, in records/旧稿: what this one writes in their place stands on more."""
        for path in consolidated_books(self._space.root / "outbox"):
            kept_at = self._space.records / "旧稿" / path.parent.parent.name / path.name
            kept_at.parent.mkdir(parents=True, exist_ok=True)
            if not kept_at.exists():
                write_file(kept_at, path.read_bytes())

    def begin(self, typed: Master, year: int) -> None:
        """Let a year's list begin as it stands: the base to which dated changes are added, and the list last seen, in one transaction."""
        units = tuple(replace(unit, former=()) for unit in typed.units)
        with self._ledger.writing() as connection:
            for shelf in (EditionKind.BASE, EditionKind.LIST):
                register(connection, shelf, str(year), replace(typed, units=units), who=self._who, at=now())
        self._lists.forget()

    def _unregistered(self, file: ListFile) -> list[Finding]:
        """Say how much the clerk changed in a list that the ledger does not say yet, and what is asked; writes nothing."""
        if self._lists.base(file.year) is None or self._settled_lists.hold(file.path, file.year, self._seen(file.path)):
            return []
        settled, _ = self._settled(file, trusts=False)
        count = len(settled.added) + len(settled.edited)
        facts = {"file": file.path.name, "count": str(count)}
        return [*([Finding(Code.UNREGISTERED, Place(file.path.name), facts)] if count else []), *settled.asked]

    def register(self, file: ListFile, *, trusts: bool = False) -> Registered:
        """Keep what the clerk changed in a list, and write into it what it is to show; a list in which nothing was new the last time is not gone through."""
        if self._lists.base(file.year) is None or self._settled_lists.hold(file.path, file.year, self._seen(file.path)):
            return NOTHING
        done = self._register(file, trusts=trusts)
        if done == NOTHING and load_master(file.path)[0] == file.master:
            self._settled_lists.keep(file.path, file.year, self._seen(file.path))
        return done

    def _register(self, file: ListFile, *, trusts: bool) -> Registered:
        settled, is_behind = self._settled(file, trusts=trusts)
        with self._ledger.writing() as connection:
            added = amendment_records.add(connection, [replace(amendment, who=self._who, at=now()) for amendment in settled.added])
            amendment_records.edit(connection, [replace(amendment, who=self._who, at=now()) for amendment in settled.edited])
            amendments = amendment_records.holding(connection, file.year)
            current = in_force(self._lists.base(file.year) or file.master, amendments, None)
            target = settled.target
            last = replace(current, odd_days=target.odd_days, doubts=target.doubts, title=target.title, source=target.source)
            digest = register(connection, EditionKind.LIST, str(file.year), last, who=self._who, at=now())
            shown = Shown(digest, {str(amendment.id): editable_texts(amendment) for amendment in amendments})
            token = amendment_records.remember_list(connection, shown, now())
        self._lists.forget()
        findings = [as_finding(amendment, file.path.name) for amendment in added]
        if is_behind and not added:
            findings.append(Finding(Code.REFRESHED, Place(file.path.name), {"file": file.path.name}))
        left = self._write(file, settled, amendments, token)
        findings += idle_dates((*added, *settled.edited), _sheet_of(file.path).rows, last.calendar, file.year, file=file.path.name)
        return Registered((*findings, *left), tuple(settled.asked if left else where_written(settled, amendments)))

    def _settled(self, file: ListFile, *, trusts: bool) -> tuple[MergedList, bool]:
        """Settle a list; also whether it is only behind: another workspace has registered what it does not show."""
        sheet, year = _sheet_of(file.path), file.year
        base, amendments, current = self._lists.base(year), self._lists.amendments(year), self._lists.current(year)
        with self._ledger.reading() as connection:
            shown = amendment_records.list_shown(connection, sheet.token) if sheet.token else None
            written = edition(connection, shown.edition, Master) if shown else None
        is_behind = bool(written and sheet.token == self._seen(file.path) and differences(written, current or written))
        old, older = self._copy_of(file, sheet, current or file.master, is_behind=is_behind)
        known = Known(year, base or file.master, amendments, written, shown.rows if shown else {}, old, older)
        answered = _answered(file)

        def dated(change: Change) -> Dated:
            if change[:3] in answered:
                return Dated(first_day(Period(year)), str(year), AmendmentKind.CORRECTION)
            return self._dated(change, file, current or file.master)

        settled = merge_three_ways(file.master, sheet.rows, known, dated, file=file.path.name, trusts=lambda change: trusts or change[:3] in answered)
        return settled, is_behind

    def _copy_of(self, file: ListFile, sheet: TypedSheet, current: Master, *, is_behind: bool) -> tuple[str, Master | None]:
        """Say when the older list was registered that this one is a copy of, and give it; ('', None) where it is none.

        One that was asked about stays a copy whatever is typed into it, until it is answered and written anew.
        """
        if not differences(current, file.master):
            return "", None
        asked_about = next((row.cells[AFTER] for row in sheet.rows if row.cells[AT] == ASKS and row.cells[MATTER] == OLD), "")
        if is_behind and not asked_about:
            return "", None
        with self._ledger.reading() as connection:
            registrations = reversed(history(connection, EditionKind.LIST, str(file.year)))
            known = [(f"{kept_as.at:%Y-%m-%d %H:%M}", edition(connection, kept_as.digest, Master)) for kept_as in registrations]
        near = [
            (len(differences(older, file.master)), at, older)
            for at, older in known
            if older is not None and asked_about in {"", at} and differences(older, current)
        ]
        count, at, older = min(near, key=lambda copy: copy[0], default=(1, "", None))
        return (at, older) if asked_about or not count else ("", None)

    def _dated(self, change: Change, file: ListFile, current: Master) -> Dated:
        nature = change_kind_of(change, current)
        if change.about is AmendmentSubject.DEADLINE:
            period = Period.parse(change.subject)
            return Dated(first_day(period), str(period), AmendmentKind.CHANGE)
        issued = self._ledger.issued_periods()
        settled = [name for name in issued if self.is_settled(name)]
        span = first_span(current.calendar, file.year, issued=issued, settled=settled, today=now().date())
        span = span or Period(file.year + 1)
        return Dated(first_day(span), str(span), nature)

    def is_settled(self, period: str) -> bool:
        """Whether a period is closed, or its bulletin is written."""
        return self._lists.drafts.holding(Period.parse(period)) is not None or any(paper.number for paper in self._ledger.papers.written(period).values())

    def _write(self, file: ListFile, settled: MergedList, amendments: Sequence[Amendment], token: str) -> list[Finding]:
        """Write into the workbook what it is to show; one that says it already, or is open elsewhere, is not touched."""
        sheet = _sheet_of(file.path)
        rows = laid_out(settled, amendments)
        changes = row_changes(file.master, settled.target)
        if not changes and sheet.token == token and [row.texts for row in rows] == [tuple(row.cells.values()) for row in sheet.rows]:
            self._see(file.path, token)
            return []
        from toolkit.edges.templates.write_master import with_token

        content = file.path.read_bytes()
        written = None if changes or rows or sheet.token else with_token(content, load_typed(file.path)[0], token)
        if written is None:
            from toolkit.edges.templates.master_patch import patched

            written = patched(content, changes, rows, {unit.name: unit.key for unit in settled.target.units}, token)
        if is_open(file.path) or not _replaced(self._space, file.path, written):
            return [Finding(Code.LIST_OPEN, Place(file.path.name), {"file": file.path.name})]
        self._see(file.path, token)
        return []

    def _seen(self, path: Path) -> str:
        """Give the token that a list had when this workspace last looked at it."""
        memo = self._space.records / f"{path.stem}.版次"
        return memo.read_text("ascii") if memo.exists() else ""

    def _see(self, path: Path, token: str) -> None:
        if self._seen(path) != token:
            write_file(self._space.records / f"{path.stem}.版次", token.encode())


def _answered(file: ListFile) -> set[tuple[AmendmentSubject, str, str]]:
    """Give the cells of a list that answers in 待确认 decide: how the notice was to be read, from the year's beginning, and no change of its tasks."""
    if not waiting(file.master.doubts):
        return set()
    typed, settled, _ = load_typed(file.path)
    return {change[:3] for change in differences(typed, settled)}


def _replaced(space: Workspace, path: Path, content: bytes) -> bool:
    try:
        write_own_book(space, path, content)
    except CommandError:  # a program has it open
        return False
    return True


def _sheet_of(path: Path) -> TypedSheet:
    return read_amendments(path.read_bytes(), path.name)
