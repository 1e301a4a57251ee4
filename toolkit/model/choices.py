"""Choices as people write them: exact but for width and a full stop, a listed synonym, the same word in another tense, with words behind, or ticked."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.state_synonyms import STATE_SYNONYMS
from toolkit.model.values import INVISIBLE

_BETWEEN = "/、,;|:"
_TAIL = "。.;；,，、!！ "
_TICKS, _CROSSES = frozenset("√✓✔☑对有") | {"有的", "Y", "y", "yes", "是的"}, frozenset("×✗✘☒无否") | {"没有", "N", "n", "no", "不是"}
_TICKED, _OPEN = "☑√✓✔●■◉⊙✅☒▣⬛", "□☐○〇◯◻▢⬜⚪×✗✘✕❌☓"  # beside a word of a list that is printed out: taken, not taken
_BRACKETED = lazy_pattern(rf"[(\[{{【]([{_TICKED}{_OPEN}vVxX]?)[)\]}}】]")
_MARKED_FIRST = lazy_pattern(rf"([{_TICKED}{_OPEN}])([^{_TICKED}{_OPEN}]+)")
_MARKED_LAST = lazy_pattern(rf"([^{_TICKED}{_OPEN}]+)([{_TICKED}{_OPEN}]?)")
_UNDER_WAY = lazy_pattern(r"^(?:现正在|正在|正)|(?:之中|当中|中)$")
_DONE = lazy_pattern(r"^(?:现已|均已|已经|已)|(?:完毕|了)$")
_NOT = lazy_pattern(r"未|没|不|无|尚")
_STILL = lazy_pattern(r"正在|尚|未|部分|剩余|其余|除|仍")
_INVISIBLE = str.maketrans("", "", INVISIBLE)
_BREAK = lazy_pattern(r"[,，。;；:：、(（\s]")


class Chosen(NamedTuple):
    """A choice that was understood; `certain` when it was written as the list has it."""

    choice: str
    certain: bool


def choose(text: str, choices: Sequence[str], aliases: Mapping[str, str]) -> Chosen | None:
    """Find the one choice a text means; None when it means none, or could mean two."""
    seen = _bare(text)
    exact = [choice for choice in choices if _bare(choice) == seen]
    if exact:
        return Chosen(exact[0], certain=True)
    meant = _by_synonym(seen, choices, aliases) or _by_mark(seen, choices) or _by_tense(seen, choices) or _by_beginning(text, choices, aliases)
    if not meant:
        ticked = _ticked(text)
        return None if ticked is None else _uncertain(choose(ticked, choices, aliases))
    return Chosen(meant.pop(), certain=False) if len(meant) == 1 else None


def _uncertain(found: Chosen | None) -> Chosen | None:
    return found and found._replace(certain=False)


def _by_synonym(seen: str, choices: Sequence[str], aliases: Mapping[str, str]) -> set[str]:
    """A word that the office says means a choice; for the states of a task also the words that are always understood."""
    mine = {choice for alias, choice in aliases.items() if choice in choices and _bare(alias) == seen}
    if mine or not set(STATE_SYNONYMS) <= set(choices):
        return mine
    return {choice for choice, words in STATE_SYNONYMS.items() if seen in words}


def _ticked(text: str) -> str | None:
    """Give the one word that is ticked in a printed list (□未启动 ☑推进中, 推进中（√）); None where none or several are, or nothing is marked."""
    marked = _BRACKETED.sub(lambda found: {"": "□", "x": "□", "X": "□", "v": "√", "V": "√"}.get(found[1], found[1]), _bare(text))
    if not any(mark in marked for mark in _TICKED):
        return None
    if marked[0] in _TICKED + _OPEN:
        words = [word for mark, word in _MARKED_FIRST.findall(marked) if mark in _TICKED]
    else:
        words = [word for word, mark in _MARKED_LAST.findall(marked) if mark and mark in _TICKED]
    return words[0].strip(_BETWEEN) if len(words) == 1 and words[0].strip(_BETWEEN) else None


@lru_cache(maxsize=1024)  # the same few words fill a column
def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(_INVISIBLE).split()).strip("'‘’\"“”").rstrip(_TAIL)


def _by_mark(seen: str, choices: Sequence[str]) -> set[str]:
    """A tick is 是 and a cross is 否, where those are the choices."""
    if not {"是", "否"} <= set(choices):
        return set()
    return {"是"} if seen in _TICKS else {"否"} if seen in _CROSSES else set()


def _by_tense(seen: str, choices: Sequence[str]) -> set[str]:
    """The same word with 正在, 中, 已 or 了 about it; never across 未, and never from 正在 to 已."""
    core, tense = _core(seen)
    if len(core) < 2:
        return set()
    return {choice for choice in choices if (other := _core(_bare(choice)))[0] == core and (not tense or not other[1] or tense == other[1])}


def _core(word: str) -> tuple[str, str]:
    if _NOT.search(word):
        return word.removeprefix("尚"), ""
    under_way, done = _UNDER_WAY.sub("", word), _DONE.sub("", word)
    if under_way != word:
        return under_way, "中"
    return done, "已" if done != word else ""


def _by_beginning(text: str, choices: Sequence[str], aliases: Mapping[str, str]) -> set[str]:
    """A choice, a mark, and words that name no other choice: 已完成，5月验收。"""
    first = _BREAK.split(text.strip(), maxsplit=1)[0]
    begun = {choice for choice in choices if _bare(choice) == _bare(first)} or _by_synonym(_bare(first), choices, aliases)
    rest = text.strip()[len(first) :]
    return set() if _STILL.search(rest) or any(choice in rest for choice in choices) else begun
