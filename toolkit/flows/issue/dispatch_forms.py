"""dispatch_forms: forms that hold no more are taken out of 发放, and the list of whom to send what, and why."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.files import open_elsewhere, write_file
from toolkit.edges.ledger import dispatch_log
from toolkit.edges.ledger.mail_log import MailLog
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.office_words import words_of
from toolkit.issuing.file_names import file_name
from toolkit.model.command_error import CommandError
from toolkit.model.dispatch import Dispatch, DispatchAction
from toolkit.model.form import Form
from toolkit.model.master import Unit
from toolkit.model.period import Period
from toolkit.views.dispatch_list import NAME, DispatchLine, dispatch_book
from toolkit.views.shown_book import book_in

GONE = "作废"  # the folder in 发放 for forms that hold no more
_WHY = "本期不再有任务，以前发的表作废，不用报送"


class Listed(NamedTuple):
    """Where the list was written, and sentences about why it was not."""

    path: Path
    left: tuple[str, ...]


def take_back(office: OfficeContext, period: Period, form: Form, *, keep: Collection[str]) -> tuple[tuple[Dispatch, ...], tuple[str, ...]]:
    """Put the files of units that get none any more aside, and write it down; gives whom to tell, and what could not be put aside."""
    folder, codes = office.space.out(period, "发放"), MailLog(office.ledger).receipt_codes(form.code, str(period))
    kept_paths = {path_of(folder, unit, period, form) for unit in office.master.units if unit.name in keep}
    done: list[Dispatch] = []
    left: list[str] = []
    last = last_word(office, period)
    for unit, receipt in codes.items():
        path = folder / file_name(unit, period, form.name)
        if unit in keep or path in kept_paths:
            continue
        try:
            _put_aside(path)
        except OSError:
            trouble = open_elsewhere(path)
            left.append(f"{trouble.message}{trouble.advice}")
            continue
        if unit not in last or last[unit].deed is not DispatchAction.WITHDRAWN:
            done.append(Dispatch(unit, DispatchAction.WITHDRAWN, _why(office, unit), receipt, now()))
    with office.ledger.writing() as connection:
        dispatch_log.record(connection, form.code, str(period), keyed(office, period, done))
    return tuple(done), tuple(left)


def write_list(office: OfficeContext, period: Period, form: Form) -> Listed:
    """Write the list of a period beside its folder 发放: the last word on each unit; one that is open elsewhere is left as it is."""
    path = office.space.out(period, "发放").parent / f"{period.label}{NAME}.xlsx"
    last = last_word(office, period)
    order = {unit.name: at for at, unit in enumerate(office.master.units)}
    lines = [_line(office, dispatch, period, form) for dispatch in sorted(last.values(), key=lambda dispatch: order.get(dispatch.unit, len(order)))]
    names = frozenset(name for unit in office.master.units for name in (unit.name, unit.parent, unit.email))
    try:
        write_file(path, draw(book_in(dispatch_book(period.label, lines, form), words_of(office, form).keeping(names))))
    except CommandError as trouble:
        return Listed(path, (f"{trouble.message}{trouble.advice}",))
    return Listed(path, ())


def last_word(office: OfficeContext, period: Period) -> dict[str, Dispatch]:
    """Give the last line on each unit, by the name it has in the period."""
    with office.ledger.reading() as connection:
        found = dispatch_log.last_of(connection, str(period))
    names = {key: office.ledger.database.units.name(str(period), key) for key in found}
    return {names[key]: dispatch._replace(unit=names[key]) for key, dispatch in found.items()}


def keyed(office: OfficeContext, period: Period, some: Iterable[Dispatch]) -> list[Dispatch]:
    """Name the units of lines by what the ledger knows them by."""
    return [dispatch._replace(unit=office.ledger.database.units.key(str(period), dispatch.unit)) for dispatch in some]


def path_of(folder: Path, unit: Unit, period: Period, form: Form) -> Path:
    """Give where a unit's form lies: a unit that was renamed since keeps the file that it was issued under its former name."""
    path = folder / file_name(unit.name, period, form.name)
    former = (folder / file_name(name, period, form.name) for name in (unit.key, *unit.former))
    return path if path.exists() else next((other for other in former if other.exists()), path)


def _line(office: OfficeContext, dispatch: Dispatch, period: Period, form: Form) -> DispatchLine:
    unit = office.master.resolve(dispatch.unit)
    file = "" if dispatch.deed is DispatchAction.WITHDRAWN else file_name(dispatch.unit, period, form.name)
    return DispatchLine(dispatch, file, unit.email if unit else "", unit.parent if unit else "")


def _why(office: OfficeContext, name: str) -> str:
    unit = office.master.resolve(name)
    return f"单位已改为“{unit.name}”，用旧名称发的表作废" if unit and unit.name != name else _WHY


def _put_aside(path: Path) -> None:
    if path.exists():
        target = path.parent / GONE / path.name
        target.parent.mkdir(exist_ok=True)
        path.replace(target)
