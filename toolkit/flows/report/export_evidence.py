"""export --evidence: the archived evidence of some periods in folders by unit and task, with an index; copies, for whoever checks or files them."""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.export_files import files_below, write_exported
from toolkit.edges.inbox import digest_of
from toolkit.edges.ledger.erasure_records import erased_of
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.office.evidence_held import evidence_of
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.office_words import words_of_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.flows.report.data_tables import chosen_periods
from toolkit.model.command_error import CommandError
from toolkit.model.evidence import Evidence, EvidenceLine
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.period import Period
from toolkit.model.retention import Kept
from toolkit.model.values import joined_words
from toolkit.model.words import Words
from toolkit.views.evidence_index import INDEX, IndexLine, index_book
from toolkit.views.shown_book import book_in

_UNSAFE = lazy_pattern(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_RESERVED = lazy_pattern(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)")  # names that Windows keeps for devices, whatever their ending
_DEPTH = 3  # folders above a copy: 期间/单位/任务
_LONGEST = 60  # signs of a folder or a name, so that Windows takes the path


class ExportedEvidence(NamedTuple):
    """Where the index is, how many copies were written, sentences on what could not be."""

    path: Path
    copies: int
    left: tuple[str, ...]


def export_evidence(space: Workspace, periods: Sequence[Period], to: Path) -> ExportedEvidence:
    """Copy the evidence of some periods, or all that were issued, to 期间/单位/任务 below a folder, each beside its index 佐证材料清单.xlsx.

    A file that is gone or is not the one that was archived is left out and told, so are what came after a period was closed and what lies in the folder
    from before. Raises CommandError where there is none or nothing can be written.
    """
    with open_office(space) as office:
        chosen = chosen_periods(office, periods)
        wanted = [(line.piece, line) for period in chosen for line in period_standing(office, period).evidence if line.piece]
        late = [sentence for period in chosen for sentence in _late(office, period, {piece.file for piece, _ in wanted})]
        if not wanted and not late:
            raise CommandError("还没有归档的佐证材料。", "请先把材料放入收件箱，运行 collect。")
        lines, left = [], late
        erased = erased_of(office.ledger.database, (Kept.EVIDENCE,))
        for name, piece, line in _named(wanted):
            if piece.file in erased:
                left.append(f"“{piece.title}”（{piece.unit}）已于 {erased[piece.file].at:%Y-%m-%d} 销毁：{erased[piece.file].why}。")
                continue
            content = _content(office, piece)
            if isinstance(content, str):
                left.append(content)
                continue
            write_exported(to / Path(name).parent, {Path(name).name: content})
            lines.append(IndexLine(piece, line.number, line.check, line.note, name))
        left += _older(office, to, {line.name for line in lines})
    path = write_exported(to, {f"{INDEX}.xlsx": draw(book_in(index_book(lines), _words(space, lines)))})[0]
    return ExportedEvidence(path, len(lines), tuple(left))


def _late(office: OfficeContext, period: Period, copied: set[int]) -> Iterator[str]:
    """Say what evidence came after a period was closed: it is not in the closed book, and is not handed out with it."""
    if office.drafts.holding(period) is None:
        return
    names = [f"{piece.title}（{piece.unit}）" for piece in evidence_of(office.live(period), period) if piece.file not in copied]
    if names:
        yield (
            f"{period.label}已经定稿，另有 {len(names)} 份材料是定稿以后收到的，没有拷出：{joined_words(names)}。"
            f"要一起交出的，请先重开定稿（reopen {period} --why 理由），再运行一次。"
        )


def _older(office: OfficeContext, to: Path, written: set[str]) -> Iterator[str]:
    """Say what lies in folders 期间/单位/任务 that the index does not name: copies of an earlier time."""
    units = {_safe(name) for unit in office.master.units for name in (unit.name, *unit.former)} | {name.split("/")[1] for name in written}
    below = (f"{period}/{name}" for period in office.ledger.issued_periods() for name in files_below(to / period))
    names = [name for name in below if name not in written and name.count("/") == _DEPTH and name.split("/")[1] in units]
    if names:
        yield (
            f"“{to}”里还有 {len(names)} 份不是这一次拷出的，清单里没有：{joined_words(names)}。"
            "可能是以前拷出、后来改归别处的；请核对后删去，或换一个空文件夹再拷一次。"
        )


def _words(space: Workspace, lines: Sequence[IndexLine]) -> Words:
    """Give the words of the office's language, in which what units wrote stays as it is."""
    kept = (text for line in lines for text in (line.piece.unit, line.piece.title, line.piece.path, line.number, line.note, line.name))
    return words_of_office(space).keeping(frozenset(kept))


def _named(wanted: Sequence[tuple[Evidence, EvidenceLine]]) -> Iterator[tuple[str, Evidence, EvidenceLine]]:
    """Give each piece its path below the folder; of two of the same name in one folder, the second has its file's number before it."""
    taken: set[str] = set()
    for piece, line in wanted:
        folder = f"{piece.period}/{_safe(line.unit)}/{_safe(line.number or piece.kind.value)}"
        short = _short(piece.title)
        others = (f"{piece.file}{f'-{again}' if again else ''}_{short}" for again in count())
        name = f"{folder}/{short}"
        while name.lower() in taken:
            name = f"{folder}/{next(others)}"
        taken.add(name.lower())
        yield name, piece, line


def _content(office: OfficeContext, piece: Evidence) -> bytes | str:
    """Give a piece's archived bytes, or a sentence on why they are not what was archived."""
    try:
        content = (office.space.root / piece.path).read_bytes()
    except OSError:
        return f"“{piece.title}”（{piece.unit}）的原件不见了：{piece.path}。"
    return content if digest_of(content) == piece.digest else f"“{piece.title}”（{piece.unit}）的原件被改动过，没有拷出：{piece.path}。"


def _safe(text: str) -> str:
    safe = _UNSAFE.sub("_", text).strip(" .")[:_LONGEST].rstrip(" .") or "_"
    return f"_{safe}" if _RESERVED.fullmatch(safe) else safe


def _short(title: str) -> str:
    """Make a name fit for every system, its ending kept."""
    stem, dot, ending = title.rpartition(".")
    return _safe(stem) + dot + _safe(ending) if dot and stem else _safe(title)
