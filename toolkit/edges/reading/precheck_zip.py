"""Looks into a zip before any reader does: every member is unpacked once, counted, and tested against its checksum."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from toolkit.edges.reading.package import Package, Part
from toolkit.edges.reading.package_roles import cell_parts
from toolkit.edges.reading.precheck_format import STRINGS, Content, Format, Precheck, UnsafeFile
from toolkit.edges.reading.precheck_sheet import PartMarks, check_counts, check_extent
from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern

MIB = 1 << 20
_BESIDE = 100 * MIB  # of parts without cells, that are looked at
UNPACKED = 400 * MIB  # of a whole workbook; the largest public one measured has 190
_CONTENTS = (
    (Content.MACROS, lazy_pattern(r"(?m)/vbaproject\.bin$|^/basic/.|/macrosheets/.|^/scripts/.")),
    (Content.LINKS, lazy_pattern(r"(?m)/externallinks/[^/\n]+\.(?:xml|bin)$")),
    (Content.OBJECTS, lazy_pattern(r"(?m)/(?:embeddings|oleobjects)/.|^/object[^/\n]*/.")),
    (Content.CONTROLS, lazy_pattern(r"/(?:activex|ctrlprops)/.")),
    (Content.QUERIES, lazy_pattern(r"(?m)/connections\.(?:xml|bin)$|/querytables/.")),
    (Content.PICTURES, lazy_pattern(r"(?m)/media/.|/cellimages\.xml$|^/pictures/.")),
    (Content.COMMENTS, lazy_pattern(r"(?m)/(?:threaded)?comments/?[^/\n]*\.(?:xml|bin)$")),
)


def check_zip(package: Package) -> Precheck:
    """Test a workbook's parts; raises UnsafeFile when it must not be read."""
    listed = _contents(tuple(package.parts))
    seen, beside, odd = _looked(package)
    contents = tuple(dict.fromkeys((*listed, *beside, *(content for marks in seen for content in marks.contents))))
    return Precheck(
        package.format,
        contents=contents,
        second_look=any(marks.second_look for marks in seen),
        odd_errors=any(marks.odd_errors for marks in seen),
        asides=any(marks.asides for marks in seen),
        struck=any(marks.struck for marks in seen),
        odd_parts=tuple(odd),
    )


def _looked(package: Package) -> tuple[Sequence[PartMarks], Sequence[Content], Sequence[str]]:
    """Look through every part once, and once more through those with cells that may be too large to lay out; names parts without cells that are odd."""
    seen: list[tuple[PartMarks, Part]] = []
    beside: list[PartMarks] = []
    odd: list[str] = []
    left, left_beside, with_cells = UNPACKED, _BESIDE, cell_parts(package)
    for name, part in package.parts.items():
        if name in with_cells:
            seen.append((_look(part, package.format, left, is_strings=name == STRINGS), part))
            left -= seen[-1][0].size
            continue
        try:
            beside.append(_look(part, package.format, left_beside, is_strings=False))
            left_beside -= beside[-1].size
        except UnsafeFile as error:
            odd.append(part.name)
            left_beside = 0 if error.trouble.code is Code.TOO_BIG else left_beside
    again = [(marks, part.chunks) for marks, part in seen]
    check_counts(again, package.format)
    for marks, chunks in again:
        if marks.is_suspect:
            check_extent(chunks(), package.format)
    return [marks for marks, _ in seen], [content for marks in beside for content in marks.contents], odd


def _look(part: Part, format_: Format, left: int, *, is_strings: bool) -> PartMarks:
    return _look_small(part.read(), format_, is_strings=is_strings) if part.is_small else _look_through(part.chunks(), format_, left, is_strings=is_strings)


@lru_cache(maxsize=256)
def _look_small(part: bytes, format_: Format, *, is_strings: bool) -> PartMarks:
    return _look_through((part,), format_, UNPACKED, is_strings=is_strings)


def _look_through(chunks: Iterable[bytes], format_: Format, left: int, *, is_strings: bool) -> PartMarks:
    marks: PartMarks | None = None
    for chunk in chunks:
        marks = marks or PartMarks(format_, chunk, is_strings=is_strings)
        marks.feed(chunk)
        if marks.size > left:
            raise UnsafeFile(Code.TOO_BIG, what=f"解开后超过 {UNPACKED // MIB} MB")
    return marks or PartMarks(format_, b"", is_strings=is_strings)


@lru_cache(maxsize=256)  # an office program names the parts of most books the same
def _contents(names: tuple[str, ...]) -> tuple[Content, ...]:
    """Tell by the parts' names what else is in a workbook."""
    listed = "\n".join(f"/{name}" for name in names)
    return tuple(kind for kind, pattern in _CONTENTS if pattern.search(listed))
