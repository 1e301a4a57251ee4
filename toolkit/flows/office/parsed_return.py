"""What a reading process tells of a file: what was read in it, or that it holds parts of several units, or a fault of our own."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.intake.identify import Identity
from toolkit.model.findings import Finding
from toolkit.model.lower_source import LowerSource
from toolkit.model.returns import Answer, Row


class ParsedReturn(NamedTuple):
    """A file that was read: whose it is (the issue without its baseline), its rows, its sign-off, what was found while reading them."""

    identity: Identity
    rows: tuple[Row, ...] = ()
    signed: Mapping[str, Answer] = {}
    findings: tuple[Finding, ...] = ()
    changed: int = -1  # cells of a receipt that differ from how it went out
    sources: tuple[LowerSource, ...] = ()  # on whose words its values rest, where it is an answer from an office below
    empty: Finding | None = None  # says that nothing was typed, or that a receipt came back as it went out


class ParsedPart(NamedTuple):
    """One unit's part of a file: its name, which tells where it stands, and what was read there."""

    name: str
    read: ParsedReturn


class ParsedParts(NamedTuple):
    """A file that several units share: its parts, and what is said of the whole; the first finding tells what it is."""

    parts: tuple[ParsedPart, ...]
    findings: tuple[Finding, ...]


class UnreadableFile(NamedTuple):
    """A fault of our own while a file was being understood: the traceback."""

    trace: str
