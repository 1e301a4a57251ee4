"""A file that several units share as pieces that are judged one by one: the original is kept once, every part names it and its place there."""

from collections.abc import Iterator

from toolkit.edges import inbox
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.archive_returns import full
from toolkit.flows.intake.read_files import Whole
from toolkit.flows.intake.unpack_files import ENVELOPES, Piece
from toolkit.flows.office.parsed_return import ParsedParts


def parts_of_file(space: Workspace, piece: Piece, read: ParsedParts) -> Iterator[tuple[Piece, Whole]]:
    """Give the parts of a file that several units share, each with what was read of it, and behind them the file itself, which is kept once.

    Raises CommandError when the archive takes no more.
    """
    try:
        kept = piece.kept or inbox.archive(space, inbox.Original(piece.content, piece.sent, (ENVELOPES,)))[0]
    except OSError as error:
        raise full(piece.sent.name, error) from error
    for part in read.parts:
        yield Piece(piece.path, piece.sent._replace(name=part.name), b"", kept=kept, last=False), part.read
    whole = piece._replace(content=b"", given=read.findings, kept=kept, is_envelope=True)
    yield whole, read.findings[0]
