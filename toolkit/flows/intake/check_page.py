"""check-page: a returned scan, or a code typed by hand → the figures that were printed to be signed, held against the ledger as it is now; 签收."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.current_clerk import current_clerk
from toolkit.edges.documents.read_in_subprocess import read_in_subprocess
from toolkit.edges.ledger.decision_records import add
from toolkit.edges.ledger.signed_records import find_signed
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.rounds_said import year_so_far
from toolkit.flows.office.unit_history import taken
from toolkit.merging.merge_versions import current_files
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.days import day_in
from toolkit.model.decisions import Decision, DecisionSubject
from toolkit.model.document import Paragraph
from toolkit.model.life_words import SIGNED_ON
from toolkit.model.period import Period
from toolkit.model.signed import SHORTEST, SignedForm, digests_in
from toolkit.model.task_life import LifeState
from toolkit.views.papers.print_edition import signed_form

_LARGEST = 100 * 2**20  # bytes of a scan
_TYPE_IT = f'请直接输入页上的校验码（至少 {SHORTEST} 位），如 check-page "1a2b 3c4d 5e6f 7081"。'


class Different(NamedTuple):
    """A figure that is not what was signed: which row and column, what was signed, what the ledger has now ('（没有）' where there is none)."""

    row: str
    title: str
    signed: str
    now: str


class Checked(NamedTuple):
    """A signed form that the ledger knows, how its figures differ from those that count now, and whether they came in the file that counts now.

    `stamped` are the tasks whose 签收 was stamped from it.
    """

    form: SignedForm
    label: str
    different: tuple[Different, ...]
    same_file: bool
    stamped: tuple[str, ...] = ()


def check_page(space: Workspace, source: str, signed: str = "") -> tuple[Checked, ...]:
    """Check every form whose code is on a scan, or whose digest was typed, and stamp what the unit has signed for by it.

    A scan stamps the tasks that nobody has signed for yet with today; `signed`, a day, all that the unit leads and the clerk has typed no day for.
    Raises CommandError where there is no code, the ledger knows none of them, or `signed` is no day.
    """
    wanted, day = _digests(source), _signing_day(source, signed)
    with open_office(space, alone=day is not None) as office:
        forms = [form for digest in wanted for form in find_signed(office.ledger, digest)]
        if not forms:
            shown = "、".join(digest[:SHORTEST] for digest in wanted)
            raise CommandError(f"台账里没有校验码 {shown} 的签批表。", "它不是从这个台账打印的，或者页上的数被改过；请核对校验码，或向单位要报送的原表。")
        checked = [_checked(office, form) for form in dict.fromkeys(forms)]
        return tuple(done._replace(stamped=_stamp(office, done.form, day, by_hand=bool(signed))) if day else done for done in checked)


def _signing_day(source: str, signed: str) -> date | None:
    """Give the day to stamp: the one that was typed, of a scan today, None for a code alone."""
    if not signed:
        return now().date() if _is_file(Path(source)) else None
    found = day_in(signed, year=0, starts=None)
    if found is None or found.day is None:
        raise CommandError(f"签收日期“{signed}”不是年月日写全的日期。", "请写成 --signed 2023-04-03 这样。")
    if found.day > now().date():
        raise CommandError(f"签收日期 {found.day} 还没有到。", "请核对年份。")
    return found.day


def _stamp(office: OfficeContext, form: SignedForm, day: date, *, by_hand: bool) -> tuple[str, ...]:
    """Put down the day of signing for tasks that the page's unit leads; gives them. Nothing in a closed period, whose stamps stand."""
    period = Period.parse(form.period)
    if office.drafts.holding(period) is not None:
        return ()
    here, lives = office.at(period), year_so_far(office, period).lives
    unit, words = here.called(form.unit), []
    for task in (task for task in here.master.live_tasks() if unit in task.leads):
        life = lives[task.number]
        subject = "|".join(filter(None, (form.period, task.number, life.mark)))
        is_typed = bool(here.decided().on(DecisionSubject.LIFE, subject).get(SIGNED_ON))
        if not is_typed and (by_hand or life.state is LifeState.HANDED):
            words.append(Decision(DecisionSubject.LIFE, subject, SIGNED_ON, day.isoformat(), "", now(), current_clerk(office.space)))
    with office.ledger.writing() as connection:
        add(connection, words)
    return tuple(word.subject.split("|")[1] for word in words)


def _is_file(path: Path) -> bool:
    return bool(path.suffix) and path.is_file()


def _digests(source: str) -> list[str]:
    path = Path(source)
    if _is_file(path):
        try:
            content = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
        except OSError as error:
            raise CommandError(f"“{path.name}”读不了：{reason_of(error)}。", "请检查后再试一次。") from error
        if not content:
            raise CommandError(f"“{path.name}”是空的或者太大。", _TYPE_IT)
        try:
            texts = [block.text for block in read_in_subprocess("SCAN", content) if isinstance(block, Paragraph)]
        except CommandError as trouble:
            raise CommandError(f"“{path.name}”：{trouble.message}", _TYPE_IT) from trouble
        found = list(dict.fromkeys(digest for text in texts for digest in digests_in(text)))
        if not found:
            raise CommandError(f"“{path.name}”里没有找到签批表的二维码。", _TYPE_IT)
        return found
    found = digests_in(source)
    if not found:
        raise CommandError(f"“{source}”不是文件，也不是校验码。", _TYPE_IT)
    return found


def _checked(office: OfficeContext, form: SignedForm) -> Checked:
    period = Period.parse(form.period)
    standing = _now(office, period, form)
    old, new = form.figures(), standing.figures() if standing else {}
    none = "（没有）"
    different = [Different(key[1].replace("|", "　"), key[2], old.get(key, none), new.get(key, none)) for key in {**old, **new}]
    wrong = tuple(figure for figure in different if figure.signed != figure.now)
    return Checked(form, period.label, wrong, standing is not None and standing.file == form.file)


def _now(office: OfficeContext, period: Period, form: SignedForm) -> SignedForm | None:
    """Give the unit's figures that count now, None where nothing does."""
    office = office.of_book(period).at(period)
    files = taken(office, period)
    known = office.master.resolve(form.unit)
    name = known.name if known else form.unit
    newest = current_files(files, None).get(name)
    if newest is None:
        return None
    rows = next((file.rows for file in files if file.id == newest.id), ())
    record = next(file for file in office.ledger.all_files(form.period) if file.id == newest.id)
    return signed_form(name, rows, office.form_of(period), office.master, period=form.period, receipt=record.receipt, file=record.digest)
