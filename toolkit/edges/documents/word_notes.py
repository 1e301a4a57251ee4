"""What stands beside the text of a Word file: comments, footnotes and endnotes, by the sign in the text that leads to them."""

import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from toolkit.edges.documents.xml_parts import local, read_part, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

COMMENT = "commentReference"
_SORTS = {"comments": COMMENT, "footnotes": "footnoteReference", "endnotes": "endnoteReference"}
WORDS = {COMMENT: "批注", "footnoteReference": "脚注", "endnoteReference": "尾注"}
_TEXTS = frozenset({"t", "tab", "br", "cr"})

Notes = Mapping[tuple[str, str], str]


def notes_of(package: zipfile.ZipFile, parts: Mapping[str, str]) -> Notes:
    """Give the words of each note, by the name of its sign in the text and its id."""
    found: dict[tuple[str, str], str] = {}
    for sort, sign in _SORTS.items():
        root = read_part(package, parts[sort]) if sort in parts else None
        for note in root if root is not None else ():
            words = "".join((element.text or "") if local(element) == "t" else " " for element in note.iter() if local(element) in _TEXTS).strip()
            if words:
                found[sign, value(note, "id")] = words
    return found


def words_beside(holder: "Element", notes: Notes) -> Iterator[tuple[str, str]]:
    """Give the notes to which an element's text leads: what each is, in a word, and what it says."""
    for element in holder.iter() if notes else ():
        sign = local(element)
        words = notes.get((sign, value(element, "id"))) if sign in WORDS else None
        if words:
            yield WORDS[sign], words
