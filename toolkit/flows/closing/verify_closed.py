"""verify of a closed period: its files held byte by byte against what was closed, its book computed anew from what was frozen, cell by cell."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.edges.inbox import digest_of
from toolkit.edges.ledger import closing_records
from toolkit.edges.reading.book_values import book_values
from toolkit.flows.closed.closed_files import book_name, outbox_of
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.report.consolidate import drawn
from toolkit.model.closing import Draft
from toolkit.model.form import phone_fields
from toolkit.model.period import Period
from toolkit.model.retention import GONE
from toolkit.model.supervision import without_ordinal
from toolkit.views.consolidated.findings_sheet import ADVICE
from toolkit.views.consolidated.sheet_names import FINDINGS

_ALIKE = "与定稿逐字节一致"


class Difference(NamedTuple):
    """Something that is not as it should be: in which file, where, what the ledger says, what the original says."""

    file: str
    where: str
    ledger: str
    original: str


def files_differ(office: OfficeContext, period: Period, draft: Draft) -> Iterator[Difference]:
    """Give the closed files whose bytes in the ledger or on the disk are not those that were closed."""
    root = outbox_of(office.space, period)
    with office.ledger.reading() as connection:
        wanted = closing_records.files_of(connection, draft)
        damaged = set(closing_records.damaged(connection, wanted.values()))
    for name, digest in wanted.items():
        path = root / name
        if digest in damaged:
            yield Difference(path.name, "台账里的定稿", f"校验码 {digest[:12]}", "损坏或被改动过")
        if not path.exists():
            yield Difference(path.name, name, f"校验码 {digest[:12]}", "文件不见了；再运行一次 consolidate 或 documents 即可恢复")
        elif digest_of(path.read_bytes()) != digest:
            yield Difference(path.name, name, f"校验码 {digest[:12]}", "文件定稿以后被改过；再运行一次 consolidate 或 documents 即可恢复")


def recomputed(office: OfficeContext, period: Period, draft: Draft) -> tuple[list[Difference], str]:
    """Draw the book anew from what was frozen; give each cell that differs from the closed one, and a sentence. Raises CommandError for a damaged ledger."""
    name = book_name(period)
    with office.ledger.reading() as connection:
        closed = closing_records.stored_content(connection, closing_records.files_of(connection, draft)[name])
    if closed is None:
        return [], f"第 {draft.number} 稿的汇总表在台账里损坏了，不能比较。"
    anew = drawn(office.closed(period, draft.number), period).content
    title = f"第 {draft.number} 稿（{draft.at:%Y-%m-%d}，{draft.who}）按定稿时的原件、总表、规则和认定重新计算，"
    if anew == closed:
        return [], f"{title}{_ALIKE}。"
    old, new = book_values(closed), book_values(anew)
    different = cells_differ(old, new, name.rpartition("/")[2])
    phones = [difference for difference in different if _is_erased_phone(office, period, difference, old)]
    wrong = [difference for difference in different if difference not in phones]
    erased = f"；另有 {len(phones)} 格联系电话已按保存期限从台账里销毁，定稿里还在" if phones else ""
    return wrong, f"{title}{f'有 {len(wrong)} 处不同' if wrong else '每一格都一致（文件的写法随程序版本不同）'}{erased}。"


def cells_differ(old: Mapping[tuple[str, str], str], new: Mapping[tuple[str, str], str], file: str) -> list[Difference]:
    """Give the cells of two drawings of a book, by sheet and cell, that say something else; how a newer program words a number or its advice does not count."""
    sheets = {sheet for sheet, _ in old}
    new = {at: value for at, value in new.items() if at[0] in sheets}  # a newer program may have sheets that this one had not
    advice = {cell.rstrip("0123456789") for (sheet, cell), value in old.items() if (sheet, value) == (FINDINGS, ADVICE)}  # the column's letters
    return [
        Difference(file, f"{sheet} {cell}", before, now)
        for sheet, cell in {**old, **new}
        if without_ordinal(before := old.get((sheet, cell), "")) != without_ordinal(now := new.get((sheet, cell), ""))
        and not (sheet == FINDINGS and cell.rstrip("0123456789") in advice and before and now)
    ]


def _is_erased_phone(office: OfficeContext, period: Period, difference: Difference, old: Mapping[tuple[str, str], str]) -> bool:
    """Whether a cell says now that its telephone number was erased: it stands below the title of a column that holds them."""
    if difference.original != GONE:
        return False
    sheet, _, cell = difference.where.rpartition(" ")
    title = old.get((sheet, f"{cell.rstrip('0123456789')}1"), "")
    return any(title in phone_fields(form).values() for form in office.at(period).forms)
