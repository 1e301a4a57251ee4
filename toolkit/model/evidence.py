"""Evidence (佐证材料): what was matched to a unit and its tasks, within which limits it is archived, what the office found on checking it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.retention import whole_numbers

# Names of files that may be evidence; what is in them is told by the reader's own look at the first bytes.
_PICTURES = ("jpg", "jpeg", "jfif", "png", "gif", "bmp", "tif", "tiff", "webp", "heic", "heif")
_DOCUMENTS = ("pdf", "ofd", "ceb", "caj", "doc", "docx", "docm", "wps", "odt", "rtf", "ppt", "pptx", "dps", "odp", "dwg")
_RECORDINGS = ("mp4", "mov", "avi", "wmv", "mp3", "m4a", "amr", "wav")
SUFFIXES = frozenset((*_PICTURES, *_DOCUMENTS, *_RECORDINGS))
MIB = 1 << 20
CHECK, CHECK_NOTE = "核验", "核验说明"
CHECKED, FALSE, WANTED = "已核", "不符", "待补"
CHECK_WORDS = (CHECKED, FALSE, WANTED)
NO_FILE = "无"  # stands for the file's number where a task claims completion without any evidence
FALSE_POINTS, WANTED_POINTS = "evidence_false_points", "evidence_wanted_points"


class EvidenceKind(StrEnum):
    """What a piece is."""

    EVIDENCE = "佐证材料"
    STAMPED = "盖章件"


class EvidenceMatch(NamedTuple):
    """Whose a file is, of which tasks (numbers as the list writes them; none for a stamped return), and what that rests on."""

    kind: EvidenceKind
    tasks: tuple[str, ...]
    basis: str


class Evidence(NamedTuple):
    """A file that was matched, as the ledger knows it; `path` is the archived original from the workspace, `size` in bytes, `digest` its SHA-256."""

    file: int
    unit: str
    period: str
    kind: EvidenceKind
    tasks: tuple[str, ...]
    basis: str
    name: str
    path: str
    digest: str
    size: int
    received: datetime

    @property
    def title(self) -> str:
        """Its own name, without the envelopes and folders that it came in."""
        return self.name.rpartition("/")[2]


class EvidenceLimits(NamedTuple):
    """How much is archived as evidence: files and MiB of a unit in a round, MiB of one file; 0 is no limit."""

    files: int = 300
    total: int = 2000
    single: int = 100

    def hindrance(self, size: int, held: tuple[int, int]) -> str:
        """Say which limit a file of `size` bytes goes over, where a unit has `held` (files, bytes) in the round; '' for none."""
        count, total = held
        if self.single and size > self.single * MIB:
            return f"一份有 {size / MIB:.0f} 兆，上限 {self.single} 兆"
        if self.files and count >= self.files:
            return f"这个单位本期已有 {count} 份，上限 {self.files} 份"
        if self.total and total + size > self.total * MIB:
            return f"这个单位本期的佐证材料合计超过 {self.total} 兆"
        return ""


class Claim(NamedTuple):
    """A task that a unit says is finished, without evidence; `words` is what it wrote in 佐证材料."""

    unit: str
    number: str
    words: str


class EvidenceLine(NamedTuple):
    """A piece with one of its tasks ('' for a stamped return), or a claim without any (`piece` is None), and what the office found."""

    unit: str
    number: str
    piece: Evidence | None
    words: str = ""
    check: str = ""
    note: str = ""

    @property
    def file(self) -> str:
        """The number of its file as text, NO_FILE for a claim."""
        return str(self.piece.file) if self.piece else NO_FILE


def may_be_evidence(name: str) -> bool:
    """Whether a file's name is one of pictures, documents and the like."""
    return name.rpartition("/")[2].rpartition(".")[2].lower() in SUFFIXES


def called_evidence(name: str) -> bool:
    """Whether a file's name or one of its folders says that it is evidence: then a workbook that is none of ours is too."""
    return "佐证" in name


def comes_last(name: str) -> bool:
    """Whether a file is looked at after the returns beside it, which tell whose it is."""
    return may_be_evidence(name) or called_evidence(name)


def limits_from(settings: Mapping[str, object]) -> EvidenceLimits:
    """Read [evidence] of settings.toml. Raises CommandError for what is not a whole number from 0 up."""
    return EvidenceLimits(**whole_numbers(settings, "evidence", EvidenceLimits()._asdict()))


def held_by(pieces: Sequence[Evidence]) -> dict[str, tuple[int, int]]:
    """Count files and bytes of each unit: unit → (files, bytes); a unit without any is not there."""
    found: dict[str, tuple[int, int]] = {}
    for piece in pieces:
        count, total = found.get(piece.unit, (0, 0))
        found[piece.unit] = count + 1, total + piece.size
    return found
