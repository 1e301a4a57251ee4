"""export --evidence: the archived evidence of some periods in folders by unit and task, with an index; copies, for whoever checks or files them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.export_files import write_exported
from toolkit.edges.inbox import digest_of
from toolkit.edges.ledger.erasure_records import erased_of
from toolkit.edges.workspace import Workspace
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.office_words import words_of_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.flows.report.data_tables import chosen_periods
from toolkit.model.command_error import CommandError
from toolkit.model.evidence import Evidence, EvidenceLine
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.period import Period
from toolkit.model.retention import Kept
from toolkit.model.words import Words
from toolkit.views.evidence_index import INDEX, IndexLine, index_book
from toolkit.views.shown_book import book_in

_UNSAFE = lazy_pattern(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_LONGEST = 60  # signs of a folder or a name, so that Windows takes the path


class ExportedEvidence(NamedTuple):
    """Where the index is, how many copies were written, sentences on what could not be."""

    path: Path
    copies: int
    left: tuple[str, ...]


def export_evidence(space: Workspace, periods: Sequence[Period], to: Path) -> ExportedEvidence:
    """Copy the evidence of some periods, or all that were issued, to 期间/单位/任务 below a folder, each beside its index 佐证材料清单.xlsx.

    A file that is gone or is not the one that was archived is left out and told. Raises CommandError where there is none or nothing can be written.
    """
    with open_office(space) as office:
        wanted = [(line.piece, line) for period in chosen_periods(office, periods) for line in period_standing(office, period).evidence if line.piece]
        if not wanted:
            raise CommandError("还没有归档的佐证材料。", "请先把材料放入收件箱，运行 collect。")
        lines, left = [], []
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
    path = write_exported(to, {f"{INDEX}.xlsx": draw(book_in(index_book(lines), _words(space, lines)))})[0]
    return ExportedEvidence(path, len(lines), tuple(left))


def _words(space: Workspace, lines: Sequence[IndexLine]) -> Words:
    """Give the words of the office's language, in which what units wrote stays as it is."""
    kept = (text for line in lines for text in (line.piece.unit, line.piece.title, line.piece.path, line.number, line.note, line.name))
    return words_of_office(space).keeping(frozenset(kept))


def _named(wanted: Sequence[tuple[Evidence, EvidenceLine]]) -> Iterator[tuple[str, Evidence, EvidenceLine]]:
    """Give each piece its path below the folder; of two of the same name in one folder, the second has its file's number before it."""
    taken: set[str] = set()
    for piece, line in wanted:
        folder = f"{piece.period}/{_safe(line.unit)}/{_safe(line.number or piece.kind.value)}"
        name = f"{folder}/{_short(piece.title)}"
        if name.lower() in taken:
            name = f"{folder}/{piece.file}_{_short(piece.title)}"
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
    return _UNSAFE.sub("_", text).strip(" .")[:_LONGEST] or "_"


def _short(title: str) -> str:
    """Make a name fit for every system, its ending kept."""
    stem, dot, ending = title.rpartition(".")
    return _safe(stem) + dot + _safe(ending) if dot and stem else _safe(title)
