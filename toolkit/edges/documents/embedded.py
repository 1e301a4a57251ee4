"""Reads a document that lies inside a Word file: a chunk in another format, a Word or Excel object."""

import posixpath
import zipfile
import zlib
from importlib import import_module

from toolkit.edges.documents.file_kind import Kind, recognise
from toolkit.edges.documents.plain_text import read_text
from toolkit.model.command_error import CommandError
from toolkit.model.document import EMBEDDED, Paragraph, Table

_DEEPEST = 3
_MOST_BYTES = 64 * 2**20
_READERS = {Kind.HTML: ("web", "read_html"), Kind.MHT: ("web", "read_mht"), Kind.BOOK: ("table", "read_book")}


def read_inner(package: zipfile.ZipFile, part: str, *, deep: int) -> list[Paragraph | Table]:
    """Read an embedded document; of one that cannot be read there is a paragraph that says so (it begins with EMBEDDED)."""
    if not part or part not in package.namelist():
        return []
    name = posixpath.basename(part)
    try:
        with package.open(part) as stream:
            content = stream.read(_MOST_BYTES + 1)
        kind = recognise(content)
        if deep >= _DEEPEST or len(content) > _MOST_BYTES or (kind is not Kind.DOCX and kind not in _READERS and kind is not Kind.TEXT):
            return [Paragraph(f"{EMBEDDED}{name}", name)]
        if kind is Kind.TEXT:
            blocks = read_text(content)
        elif kind is Kind.DOCX:
            blocks = import_module("toolkit.edges.documents.word").read_docx(content, deep + 1)
        else:
            module, function = _READERS[kind]
            blocks = getattr(import_module(f"toolkit.edges.documents.{module}"), function)(content)
    except (CommandError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError):
        return [Paragraph(f"{EMBEDDED}{name}", name)]
    return [_marked(block, name) for block in blocks]


def _marked(block: Paragraph | Table, name: str) -> Paragraph | Table:
    """Say in which embedded document a paragraph stands."""
    return Paragraph(block.text, f"{name} {block.where}", block.number) if isinstance(block, Paragraph) else block
