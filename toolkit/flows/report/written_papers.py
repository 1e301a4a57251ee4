"""What became of a period's papers: each draft, whether it was written anew, kept or laid beside, and all of them with what there is to say."""

from enum import Enum, StrEnum
from pathlib import Path
from typing import NamedTuple

from toolkit.model.findings import Finding
from toolkit.model.word_document import WordDocument


class PaperOutcome(StrEnum):
    """What became of a paper."""

    NEW = "新写"
    REWRITTEN = "更新"
    UNCHANGED = "没有变化"
    BESIDE = "写在旁边"
    WITHDRAWN = "撤下"
    KEPT = "改过，保留"
    RESTORED = "恢复定稿"


class Edited(Enum):
    """What is done where somebody has edited a paper."""

    BESIDE = 1
    KEPT = 2


class Draft(NamedTuple):
    """A paper to write, or a text: its kind, its name below 文书, its number within the year (0: none)."""

    kind: str
    name: str
    paper: WordDocument | str
    number: int = 0


class WrittenPapers(NamedTuple):
    """A paper and what became of it; `name` is the file's, below 文书."""

    kind: str
    name: str
    fate: PaperOutcome


class Documents(NamedTuple):
    """What was written and where; `nobody` stands in the office's place where it is not known, else ''.

    `findings` are faults of the workspace, `left` sentences about papers that could not be written.
    """

    folder: Path
    made: tuple[WrittenPapers, ...]
    nobody: str
    findings: tuple[Finding, ...]
    left: tuple[str, ...]
