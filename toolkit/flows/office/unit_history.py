"""What a unit said before: its current answers of a period, typed."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from toolkit.checks.finding_subjects import with_subjects
from toolkit.edges.ledger.decision_records import excluded
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.flows.office.judge_halves import Surroundings, judged_whole
from toolkit.flows.office.nodes_in_force import nodes_in_force
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.round_chain import quarter_rounds, round_before, rounds_before
from toolkit.flows.office.rounds_said import year_so_far
from toolkit.issuing.unit_rows import NOTHING_YET, PriorRows
from toolkit.merging.adopt_comments import ADOPTABLE, adopt
from toolkit.merging.carry_statements import carried
from toolkit.merging.combine_parts import mean
from toolkit.merging.filed_return import FiledReturn
from toolkit.merging.form_matters import form_matters, left_out
from toolkit.merging.merge_milestones import Told, milestones
from toolkit.merging.merge_round import asked_of
from toolkit.merging.merge_versions import current_files
from toolkit.model import seal
from toolkit.model.check_context import CheckContext, led_by
from toolkit.model.decisions import HANDLING, DecisionSubject, finding_subject
from toolkit.model.findings import ADOPT, Finding
from toolkit.model.form import PROGRESS
from toolkit.model.master import Master, Role
from toolkit.model.milestones import Milestone
from toolkit.model.period import Period
from toolkit.model.returns import Row, by_number


def filed(office: OfficeContext, period: Period, units: Collection[str] | None = None, *, doubted: Collection[str] | None = None) -> list[FiledReturn]:
    """Give a period's files of known units (or of some), oldest first, with rows and findings; of a closed period also what came after.

    With `doubted`, the one file of a unit that is not among them comes without its rows, which take most of the time, where nothing was found in it.
    """
    records = [record for record in office.ledger.all_files(str(period)) if record.unit and (units is None or record.unit in units)]
    office = office.live(period)
    return _with_findings(office, records, doubted=doubted)


def taken(office: OfficeContext, period: Period) -> list[FiledReturn]:
    """Give a period's files of known units as its book has them: those that were there when it was closed, as they ended then; else all that came."""
    office = office.at(period)
    if office.frozen is None:
        return filed(office, period)
    stage = office.stage
    return _with_findings(office, [record for record in stage.files if record.unit] if stage else [])


def unidentified(office: OfficeContext, period: Period) -> list[FiledReturn]:
    """Give the files that tell no unit and no period, and belong to this round; of a closed one those that were there then."""
    office = office.at(period)
    if office.frozen is None:
        return _with_findings(office, office.ledger.strange_files(str(period)))
    stage = office.stage
    return _with_findings(office, [record for record in stage.files if record.id in stage.strangers] if stage else [])


def filed_records(office: OfficeContext, records: Sequence[FileRecord]) -> list[FiledReturn]:
    """Give some recorded files with their rows (empty unless they count) and findings, in the order given."""
    return _with_findings(office, list(records))


def excluded_files(office: OfficeContext) -> dict[int, str]:
    """Give the files that the office put aside: number → reason."""
    return excluded(office.decided())


def _with_findings(office: OfficeContext, records: list[FileRecord], *, doubted: Collection[str] | None = None) -> list[FiledReturn]:
    findings: dict[int, list[Finding]] = {}
    aside = excluded_files(office)
    for file, finding in _findings_of(office, records):
        findings.setdefault(file, []).append(finding)
    counting = [record for record in records if record.outcome.counts]
    files = Counter(record.unit for record in counting)
    wanted = (record for record in counting if doubted is None or record.unit in doubted or record.id in findings or files[record.unit] > 1)
    forms = ((record, office.form(record.form)) for record in wanted)
    rows = office.ledger.rows_of_all((record, form) for record, form in forms if form)
    mapping = office.decided().by.get(DecisionSubject.FINDING, {})
    found: list[FiledReturn] = []
    for record in records:
        accepted, mine, form = tuple(rows.get(record.id, ())), tuple(findings.get(record.id, ())), office.form(record.form)
        if mapping and any(finding.code in ADOPTABLE for finding in mine):
            mine = with_subjects(mine, accepted)  # before a cell's answer is another
        adopted = [
            finding for finding in mine if finding.code in ADOPTABLE and mapping.get(f"{record.period}|{finding_subject(finding)}", {}).get(HANDLING) == ADOPT
        ]
        accepted, mine = adopt(accepted, mine, form, adopted) if adopted and form else (accepted, mine)
        found.append(_filed(office, record, accepted, mine, aside.get(record.id, "")))
    if max(files.values(), default=0) < 2:
        return carried(found)
    periods = {record.id: record.period for record in records}
    pasts_of: dict[str, dict[str, PriorRows]] = {}
    return judged_whole(carried(found), lambda file: _surroundings(office, file, Period.parse(periods[file.id]), pasts_of))


def _surroundings(office: OfficeContext, file: FiledReturn, period: Period, known: dict[str, dict[str, PriorRows]]) -> Surroundings | None:
    """Give what the parts of a return are judged with; None where its form or its issue is not known any more."""
    sealed, there = office.ledger.seal_of(file.receipt), office.at(period)
    try:
        issue = seal.open_seal(sealed, office.key) if sealed else None
    except seal.SealBroken:  # the key was changed since
        issue = None
    form = there.form(issue.form) if issue else None
    if issue is None or form is None:
        return None
    if str(period) not in known:
        known[str(period)] = pasts(office, period)
    own = known[str(period)].get(file.unit, NOTHING_YET)
    context = CheckContext(period, file.sent.date(), there.master, there.rules(), own.last, own.plan, own.nodes, led_by(there.master, file.unit))
    return Surroundings(form, context, [(sheet, row.key) for sheet, rows in issue.tables.items() for row in rows])


def _findings_of(office: OfficeContext, records: Sequence[FileRecord]) -> Iterable[tuple[int, Finding]]:
    """Give the findings of files; of what was not taken in when a period was closed, those of that time: it may have been read again since."""
    if office.stage is None:
        return office.ledger.findings_of(record.id for record in records)
    wanted = {record.id for record in records}
    return (
        *office.ledger.findings_of(record.id for record in records if record.outcome.counts),
        *(finding for finding in office.stage.findings if finding[0] in wanted),
    )


def _filed(office: OfficeContext, record: FileRecord, rows: tuple[Row, ...], findings: tuple[Finding, ...], aside: str) -> FiledReturn:
    given = _given(office, record) if rows and record.issue > 1 else {}
    known = (record.name, record.unit, record.sent, record.outcome, record.reason, record.path)
    arrival = record.received, bool(record.origin) and record.received != record.collected
    return FiledReturn(*known, rows, findings, record.id, aside, given, record.receipt, *arrival, max(record.issue, 1))


def _given(office: OfficeContext, record: FileRecord) -> dict[tuple[str, str], Mapping[str, str]]:
    """Give the values that were in the cells to fill in when the form was issued: a receipt repeats what the unit had said."""
    sealed = office.ledger.seal_of(record.receipt)
    try:
        tables = seal.open_seal(sealed, office.key).tables if sealed else {}
    except seal.SealBroken:  # the key was changed since
        return {}
    return {(sheet, row.key): row.filled for sheet, rows in tables.items() for row in rows if row.filled}


def current_rows(office: OfficeContext, period: Period | None) -> dict[str, tuple[Row, ...]]:
    """Give each unit's accepted rows of a period, by unit; {} when there is none, or `period` is None."""
    if period is None:
        return {}
    return {unit: file.rows for unit, file in current_files(taken(office, period), None).items()}


def rows_before(office: OfficeContext, period: Period, earlier: Period | None) -> dict[str, tuple[Row, ...]]:
    """Give the accepted rows of an earlier period by the names that units have in `period`: each unit's own, and of a task that it leads
    by now the rows of whoever led it then.
    """
    rows_by_unit = current_rows(office, earlier)
    if earlier is None or not rows_by_unit:
        return {}
    now_in, then = office.at(period), office.at(earlier).master
    rows = {now_in.called(unit): own for unit, own in rows_by_unit.items()}
    if now_in.master == then:
        return rows
    for task in now_in.master.live_tasks():
        old = then.task(task.number)
        led = [now_in.called(unit) for unit, role in then.roles(old).items() if role is Role.LEAD] if old else []
        found = next((taken for unit in led if (taken := tuple(row for row in rows.get(unit, ()) if row.number == task.number))), ())
        for unit, role in now_in.master.roles(task).items():
            if role is Role.LEAD and unit not in led and found:
                rows[unit] = (*(row for row in rows.get(unit, ()) if row.number != task.number), *found)
    return rows


def pasts(office: OfficeContext, period: Period) -> dict[str, PriorRows]:
    """Give what each unit said last quarter and planned for the year; who took over a task has what was said of it before."""
    last = rows_before(office, period, round_before(office, period))
    plans = rows_before(office, period, Period(period.year)) if period.plan_quarter else {}
    nodes: dict[str, list[Milestone]] = {}
    for milestone in milestones_before(office, period):
        for unit in milestone.answers_for:
            nodes.setdefault(unit, []).append(milestone)
    so_far = year_so_far(office, period, before=True)
    closed, matters = left_out(so_far.lives), form_matters(so_far.matters, so_far.lives, office.at(period).master)
    everybody = (unit.name for unit in office.at(period).master.addressees()) if closed else ()
    return {
        unit: PriorRows(
            {(row.table, row.key): {code: answer.value for code, answer in row.answers.items()} for row in last.get(unit, ())},
            {number: {code: answer.value for code, answer in row.answers.items()} for number, row in by_number(plans.get(unit, ())).items()},
            nodes=tuple(nodes.get(unit, ())),
            closed=closed,
            matters=matters.get(unit, ()),
        )
        for unit in dict.fromkeys((*last, *plans, *nodes, *matters, *everybody))
    }


def milestones_before(office: OfficeContext, period: Period) -> tuple[Milestone, ...]:
    """Give how the milestones in force in a quarter or month stood before it; () for a year's own round."""
    if not period.is_part:
        return ()
    planned = nodes_in_force(office, period, taken(office, Period(period.year)))
    told = [Told(str(before), rows_before(office, period, before), {}) for before in rounds_before(office, period)] if planned else []
    return milestones(office.at(period).master, planned, told)


def planned(office: OfficeContext, period: Period) -> dict[tuple[str, str], Decimal]:
    """Give the percent that units' work plans name for this quarter, by (unit, task number)."""
    if not period.plan_quarter:
        return {}
    rows = ((unit, row) for unit, plan in rows_before(office, period, Period(period.year)).items() for row in plan)
    return {(unit, row.number): value for unit, row in rows if isinstance(value := row.value(f"plan{period.plan_quarter}"), Decimal)}


def earlier_progress(office: OfficeContext, period: Period) -> dict[str, dict[int, Decimal]]:
    """Give the leads' cumulative progress of the quarters of the year that ended before a quarter or month did, by task number and quarter."""
    found: dict[str, dict[int, Decimal]] = {}
    for number, quarter in quarter_rounds(office, period).items():
        if quarter.ends >= period.ends:
            continue
        there, said = office.at(quarter), current_rows(office, quarter)
        if not said:
            continue  # a quarter that is in no calendar either
        main = there.form_of(quarter).main.sheet
        spoken: dict[str, dict[str, Row]] = {}
        for unit, rows in said.items():
            for row in rows:
                if row.role is Role.LEAD and row.table == main and row.answers:
                    spoken.setdefault(row.number, {})[unit] = row
        for task_number, words in spoken.items():
            percent = _percent(there.master, task_number, words)
            if percent is not None:
                found.setdefault(task_number, {})[number] = percent
    return found


def _percent(master: Master, number: str, words: Mapping[str, Row]) -> Decimal | None:
    """Give how far a task was by its leads' rows, by unit: as its quarter's own book has it, by the lead that the list names first of those that spoke."""
    task = master.task(number)
    if task and task.parted:
        values = {unit: value for unit, row in words.items() if isinstance(value := row.value(PROGRESS), Decimal)}
        return mean(values, asked_of(task, master).weights) if values else None
    named = [unit for unit in master.roles(task) if unit in words] if task else []
    value = words[named[0] if named else next(iter(words))].value(PROGRESS)
    return value if isinstance(value, Decimal) else None
