"""The office's own words for columns, labels and verbs put into standard ones at the door, so that everything behind it knows one wording."""

import re
from dataclasses import replace

from toolkit.model.document import Document, Paragraph, Table, TableCell
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.vocabulary import HEADERS, VERBS, Vocabulary, key
from toolkit.notice.character_forms import fold_characters

_HEADER_ROWS = 8
_BLANKS = lazy_pattern(r"[ \t\u3000\u00a0]+")
_BARS = lazy_pattern(r"[|｜│\t]| {2,}")


def standard_wording(document: Document, words: Vocabulary) -> Document:
    """Give a document whose headers, labels and verbs are the standard ones, as far as the vocabulary knows them; all other text stays."""
    if not words.headers and not words.verbs:
        return document
    labels, verbs = _label_form(words), _verb_form(words)
    blocks: list[Paragraph | Table] = []
    for block in document.blocks:
        if isinstance(block, Table):
            blocks.append(_table(block, words, labels, verbs))
        else:
            blocks.append(replace(block, text=_text(_cells(block.text, words), words, labels, verbs)))
    return Document(document.name, tuple(blocks))


def without_spacing(document: Document) -> Document:
    """Take out the blanks of paragraphs in which nearly every character stands apart (１ ． 修 建 道 路), as a scan's text has them."""
    return replace(document, blocks=tuple(replace(block, text=_closed(block.text)) if isinstance(block, Paragraph) else block for block in document.blocks))


def _closed(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(_BLANKS.sub("", line) if _is_spaced(line) else line for line in lines)


def _is_spaced(line: str) -> bool:
    """Say whether a line of at least 8 words has mostly single characters for words, Chinese ones among them."""
    pieces = line.split()
    single = [piece for piece in pieces if len(piece) == 1]
    return len(pieces) >= 8 and len(single) * 5 >= len(pieces) * 4 and sum("\u4e00" <= piece <= "\u9fff" for piece in single) * 2 >= len(single)


def _label_form(words: Vocabulary) -> re.Pattern[str]:
    """A label of the vocabulary with its colon, at the start of a line or behind a mark."""
    forms = sorted((r"\s*".join(map(re.escape, word)) for word in words.headers if len(word) > 1), key=len, reverse=True)
    return re.compile(rf"(?:^|(?<=[\n(（\[【;；,，。.|]))\s*(?P<word>{'|'.join(forms) or '(?!)'})\s*[:：]\s*", re.IGNORECASE)


def _verb_form(words: Vocabulary) -> re.Pattern[str]:
    forms = sorted(map(re.escape, words.verbs), key=len, reverse=True)
    return re.compile(rf"(?<=[局委办厅院部室站会门位道镇乡府司团社心])(?P<word>{'|'.join(forms) or '(?!)'})(?=[,，;；。、)）]|$)")


def _text(text: str, words: Vocabulary, labels: re.Pattern[str], verbs: re.Pattern[str]) -> str:
    if ":" in text or "：" in text:
        text = labels.sub(lambda match: HEADERS[words.headers[key(match["word"])]] + "：", text)
    return verbs.sub(lambda match: VERBS[words.verbs[key(match["word"])]], text)


def _cells(text: str, words: Vocabulary) -> str:
    """Put the headers of a table that is drawn as text into standard words: a line of cells, or a line that is one cell."""
    bare = key(text.strip(" |｜*"))
    if bare in words.headers and len(text) < 60:
        return f"{HEADERS[words.headers[bare]]} |" if text.rstrip().endswith("|") else HEADERS[words.headers[bare]]
    parts = _BARS.split(text)
    if len(parts) < 3 or len(text) > 240:
        return text
    known = [key(part.strip("* ")) in words.headers or not part.strip(" *-") for part in parts]
    if sum(known) < 2 or not all(known[at] or len(fold_characters(part)) <= 24 for at, part in enumerate(parts)) or sum(known) * 2 < len(parts):
        return text
    out, at = "", 0
    for match in [*_BARS.finditer(text), None]:
        end = match.start() if match else len(text)
        part = text[at:end]
        reading = words.headers.get(key(part.strip("* ")))
        out += (f" {HEADERS[reading]} " if match and "|" in match.group() else HEADERS[reading]) if reading else part
        if match:
            out += match.group()
            at = match.end()
    return out


def _table(table: Table, words: Vocabulary, labels: re.Pattern[str], verbs: re.Pattern[str]) -> Table:
    rows: list[tuple[TableCell, ...]] = []
    for at, row in enumerate(table.rows):
        known = [words.headers.get(key(cell.text)) for cell in row] if at < _HEADER_ROWS else []
        if sum(reading is not None for reading in known) >= 2 or (known.count(None) < len(known) and at < 3):
            rows.append(tuple(replace(cell, text=HEADERS[reading]) if reading else cell for cell, reading in zip(row, known, strict=True)))
        else:
            rows.append(tuple(replace(cell, text=_text(cell.text, words, labels, verbs)) for cell in row))
    return Table(tuple(rows), table.where)
