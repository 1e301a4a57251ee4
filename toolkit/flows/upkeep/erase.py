"""erase: what has been kept for its time is erased; its digest and the reason stay in the ledger, closed books stay as they are."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.current_clerk import current_clerk
from toolkit.edges.ledger.erasure_records import erased_of, record_erased, take_answers_out
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.upkeep.due_for_erasing import Due, DueList, list_due
from toolkit.model.command_error import reason_of
from toolkit.model.form import phone_fields
from toolkit.model.period import Period
from toolkit.model.retention import Erased, Kept, Retention, retention_from

_WHOLE = (Kept.ORIGINAL, Kept.EVIDENCE)


class Erasing(NamedTuple):
    """What was due, how many files and telephone numbers were erased now, sentences on files that could not be removed."""

    listed: DueList
    files: int
    numbers: int
    left: tuple[str, ...]


def erase(space: Workspace, *, yes: bool, why: str = "") -> Erasing:
    """List what is due; with `yes` erase it. The ledger says so first: a run that is cut off in between is finished by the next one.

    Raises CommandError for settings that cannot be read.
    """
    retention = retention_from(space.settings())
    with open_office(space, alone=True) as office:
        listed = list_due(office, retention, now().date())
        if not yes:
            return Erasing(listed, 0, 0, ())
        numbers = _recorded(office, listed.due, retention, why, now())
        files, left = _removed(office)
        return Erasing(listed, files, numbers, left)


def keeping(space: Workspace) -> list[tuple[str, str]]:
    """Give what is due, as a kind and how many of which periods; nothing where settings.toml keeps all for ever. Raises CommandError."""
    retention = retention_from(space.settings())
    if not any(retention):
        return []
    with open_office(space) as office:
        listed = list_due(office, retention, now().date())
    counts = Counter((part.kind.value, part.period) for part in listed.due)
    found = [(kind, f"{period} 到期 {count} 份") for (kind, period), count in counts.items()]
    return found + [("没有定稿", f"{period} 已到期") for period in listed.open_periods]


def _recorded(office: OfficeContext, due: Sequence[Due], retention: Retention, why: str, at: datetime) -> int:
    """Tell the ledger what is erased, and take telephone numbers out of it, all or none; gives how many numbers."""
    who, count = current_clerk(office.space), 0
    with office.ledger.writing() as connection:
        for part in due:
            if part.kind is Kept.PHONES:
                form = office.at(Period.parse(part.period)).form(part.record.form)
                count += take_answers_out(connection, part.record.id, phone_fields(form))
        entries = [_line(part, retention, why, who, at) for part in due]
        record_erased(connection, entries)
    return count


def _line(part: Due, retention: Retention, why: str, who: str, at: datetime) -> Erased:
    reason = why or f"{part.period} 的{part.kind}保存 {retention.years(part.kind)} 年，已到期"
    return Erased(part.record.id, part.kind, part.record.digest, part.record.path, reason, who, at)


def _removed(office: OfficeContext) -> tuple[int, tuple[str, ...]]:
    """Remove every original that the ledger says is erased and that is still there, unless another file that stays lies under the same path."""
    space = office.space
    erased = erased_of(office.ledger.database, _WHOLE)
    stays = {record.path for record in office.ledger.all_files() if record.id not in erased}
    count, left = 0, []
    for path in sorted({line.path for line in erased.values()} - stays):
        original = space.root / path
        if not original.is_file():
            continue
        try:
            original.unlink()
            count += 1
        except OSError as error:
            left.append(f"“{path}”删不掉：{reason_of(error)}。请关闭打开它的程序，再运行一次。")
        with suppress(OSError):  # a folder that is not empty stays
            original.parent.rmdir()
    return count, tuple(left)
