"""lot_rulings: one word on a line of 问题清单 that holds for every line of its kind becomes a ruling on each of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from toolkit.edges.reading.read_typed_rulings import Book, Typed
from toolkit.model.decisions import HANDLING, LOTS, REASON, DecisionSubject

Kind = tuple[str, str]  # code, column


def spread(book: Book, texts: list[str]) -> Book:
    """Give a workbook as if its clerk had typed the word and its reason into every line of the same code and column that had none of its own.

    Nothing is done, and that is said, where the reason is missing or two words contradict each other.
    """
    lines = _lines(book)
    wanted: dict[Kind, list[tuple[str, str, Typed]]] = defaultdict(list)
    for line in lines:
        word = _lot(line[HANDLING].value)
        if word:
            wanted[_kind(line)].append((word, line[REASON].value if REASON in line else "", line[HANDLING]))
    if not wanted:
        return book
    words = {kind: (word, reason) for kind, asked in wanted.items() for word, reason in _agreed(asked, texts)}
    typed: dict[object, Typed] = {}
    for line in lines:
        own, (word, reason) = line[HANDLING].value, words.get(_kind(line), ("", ""))
        if _lot(own) and not word:
            typed |= {line[HANDLING].place: line[HANDLING]._replace(value=_NOT_DONE)}
        elif word and (_lot(own) or not own or word == LOTS[""]):
            typed |= _given(line, "" if word == LOTS[""] else word.removeprefix(_ALIKE), reason)
    return book._replace(typed=tuple(ruling for cell in book.typed if (ruling := typed.get(cell.place, cell)).value != _NOT_DONE))


_ALIKE = "同类"
_NOT_DONE = "\0"  # no cell can hold it


def _lines(book: Book) -> list[Mapping[str, Typed]]:
    """Give the clerk's cells of each line of 问题清单 by column."""
    found: dict[int, dict[str, Typed]] = defaultdict(dict)
    for cell in book.typed:
        if cell.editable.about is DecisionSubject.FINDING:
            found[id(cell.cells)][cell.field] = cell
    return [line for line in found.values() if HANDLING in line]


def _kind(line: Mapping[str, Typed]) -> Kind:
    cells = line[HANDLING].cells
    return cells.get("代码", ""), cells.get("栏目", "")


def _lot(text: str) -> str:
    """Give the word for a lot that was typed, '' for anything else; blanks and a colon within it say nothing."""
    word = "".join(text.split()).replace("：", "").replace(":", "")
    return word if word in LOTS.values() else ""


def _agreed(asked: Sequence[tuple[str, str, Typed]], texts: list[str]) -> list[tuple[str, str]]:
    """Give the one word on a kind and its reason; [] where there is none to go by."""
    words, where = {word for word, _, _ in asked}, asked[0][2]
    reason = next((reason for _, reason, _ in asked if reason), "")
    if len(words) > 1:
        texts.append(f"{where.place}：同一种问题写了{'、'.join(f'“{word}”' for word in sorted(words))}，不知道以哪个为准，没有执行。请只留一个，再运行一次。")
        return []
    (word,) = words
    if not reason and word != LOTS[""]:
        texts.append(f"{where.place}：写了“{word}”，“{REASON}”却没有写理由，没有执行。请在同一行写明理由，再运行一次。")
        return []
    return [(word, reason)]


def _given(line: Mapping[str, Typed], word: str, reason: str) -> dict[object, Typed]:
    """Give a line's cells with the word and the reason; a reason of its own stays."""
    cells: dict[object, Typed] = {line[HANDLING].place: line[HANDLING]._replace(value=word)}
    if REASON in line:
        kept = line[REASON].value if word else ""
        cells[line[REASON].place] = line[REASON]._replace(value=kept or (reason if word else ""))
    return cells
