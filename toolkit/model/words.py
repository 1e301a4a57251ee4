"""The words of the program in other languages: Chinese texts and patterns as they stand in the code, each with what is shown instead.

Chinese is the source and the default. What is made in Chinese is shown in a language when it is finished (a plan of a workbook, a paper, a line on the screen):
a text as a whole, else by a pattern ({1}, {name} stand for what was filled in), else piece by piece between its marks. What has no words stays as it is.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern

ENGLISH = "en"
CONTEXT = "/"  # between a sheet and a text whose words are its own there: 量化指标/单位
_CHINESE = lazy_pattern(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_HOLE = lazy_pattern(r"\{(\w*)\}")
_COUNTED = "项处行个份家次天年月日字条兆页种季遍条封）"  # measure words: what stands before them is a number
_NUMBER = r"(-?\d[\d,.]*%?)"
_ENDS = {"；": "; ", "。": ". ", "，": ", ", "、": ", ", "：": ": ", "．": ". ", "！": "! ", "？": "? ", "·": " · ", "　": "  ", "\n": "\n"}
_MARKS = {**_ENDS, "（": " (", "）": ")", "《": "“", "》": "”", "【": "[", "】": "]", "〔": "[", "〕": "]"}
_SPLIT = lazy_pattern(rf"([!“”\[\]{''.join(_MARKS)}]|; | {{2,}})")
_AHEAD = 32  # pieces and marks that are looked up together
_ENDING = r"\.(?:xlsx|docx|pdf|txt|zip|html|csv|eml|toml|db|key|log)"
_FILE = lazy_pattern(rf"[^\s：，。；“”（）\"\[]*[/\\][^　：，。；“”（）\"\[\n]*|[^　：，。；“”（）/\n]+{_ENDING}")
_NAMED_FILE = lazy_pattern(rf"[^\s：，。；“”（）\"\[]*/[^\s：，。；“”（）\"\[]*|“[^“”]*{_ENDING}”")  # in a sentence
_OF_A_FILE = lazy_pattern(rf"(“[^“”]*{_ENDING}”)([^“”。][^。]*。?)")  # a sentence about a file, which begins with its name
_AMOUNT = lazy_pattern(r"(-?\d[\d.,]*)([A-Za-z]{3}[A-Za-z ]*)")  # 800homes
_SCRIPTS = lazy_pattern(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")
_DATED = lazy_pattern(r"(\d{4}(?: Q\d|-\d\d|-\d\d-\d\d)?)([\u3400-\u9fff].*)", re.DOTALL)
_DAY = lazy_pattern(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_QUARTER, _BARE_QUARTER = lazy_pattern(r"(\d{4})年第([一二三四])季度"), lazy_pattern(r"第([一二三四])季度")
_MONTH = lazy_pattern(r"(\d{4})年(\d{1,2})月(?!\d)")
_YEAR = lazy_pattern(r"(\d{4})年(?!\d|级)")
_DIGITS = "一二三四五六七八九"
_WIDER = lazy_pattern("[。，；：]")  # a mark in a hole: the pattern may have taken in the next sentence or item
_SHORT = 5  # a pattern with fewer fixed signs together is not meant for what stands behind another item or sentence
_ITEM = lazy_pattern(rf"^（([{_DIGITS}十]+)）|^([{_DIGITS}十]+)、|^(\d+[.．] ?|[▶·★●▲■○↓↑] ?|[A-Z]\d\d )")
_RUN_ON = lazy_pattern(r"[.;:,?][A-Za-z“]|”[A-Za-z]")  # a sentence right behind another, or behind a name
_LITERAL, _SHEET = lazy_pattern(r'"((?:[^"]|"")*)"'), lazy_pattern(r"'((?:[^']|'')+)'!")


class Pattern(NamedTuple):
    """A pattern: how its text is recognised (first with numbers only where things are counted), its holes' names, what is shown, its longest fixed words,
    how many signs of it are fixed.
    """

    tries: tuple[str, ...]
    names: tuple[str, ...]
    target: str
    fixed: str
    known: int


@dataclass(frozen=True)
class Words:
    """A language's words: `texts` by Chinese text or pattern; `kept` are texts of units and the office, which are shown as they are."""

    language: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    kept: Collection[str] = frozenset()
    _patterns: tuple[Pattern, ...] = field(default=(), repr=False, compare=False)
    _known: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _whole_known: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)
    _greedy: set[str] = field(default_factory=set, repr=False, compare=False)  # met by a pattern that took in the next sentence

    @classmethod
    def of(cls, language: str, texts: Mapping[str, str]) -> "Words":
        """Make ready a language's words; a text without words in it is left out."""
        said = {source: target for source, target in texts.items() if target}
        patterns = [_pattern(source, target) for source, target in said.items() if _HOLE.search(source)]
        useful = sorted((pattern for pattern in patterns if _CHINESE.search(pattern.fixed)), key=lambda pattern: (-len(pattern.fixed), -pattern.known))
        return cls(language, said, frozenset(), tuple(useful))

    @property
    def is_source(self) -> bool:
        """Whether these are the words as they stand in the code, so that nothing has to be done."""
        return not self.language

    def keeping(self, texts: Collection[str]) -> "Words":
        """Give the same words with texts that are data and are left alone."""
        return Words(self.language, self.texts, frozenset(texts), self._patterns) if self.language else self

    def shown(self, text: str, sheet: str = "") -> str:
        """Give what is shown for a text, on a sheet (by its Chinese name) where a word means something else there."""
        if not self.language or text.isascii() or text in self.kept or not _CHINESE.search(text) or _FILE.fullmatch(text.strip(" ")):
            return text
        if sheet and (own := self.texts.get(f"{sheet}{CONTEXT}{text}")):
            return own
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._made(text)
        return found

    def formula(self, text: str) -> str:
        """Give a formula with its words in quotation marks and its sheets as they are shown; a pattern of a whole formula goes first."""
        if not self.language or text.isascii():
            return text
        whole = self._whole(text) if "&" in text else None
        if whole is not None:
            return whole if whole.isascii() else self._sheets(whole)
        literal = _LITERAL.sub(lambda found: '"' + self.shown(found[1].replace('""', '"')).replace('"', '""') + '"', text)
        return self._sheets(literal)

    def sheet_name(self, name: str) -> str:
        """Give a sheet's name as shown: at most 31 characters, none of those that a sheet's name may not have."""
        return re.sub(r"[\[\]:*?/\\]", " ", self.shown(name))[:31].strip("' ") or name

    def _sheets(self, text: str) -> str:
        return _SHEET.sub(lambda found: "'" + self.sheet_name(found[1].replace("''", "'")).replace("'", "''") + "'!", text)

    def _made(self, text: str) -> str:
        item = None if text in self.texts else _ITEM.match(text)
        if item:
            number = f"({_number(item[1])}) " if item[1] else f"{_number(item[2])}. " if item[2] else item[3]
            rest = self.shown(text[item.end() :])
            return number + rest if not self._is_left(rest) else self._by_pattern(text) or number + rest
        whole = self._whole(text)
        if whole is None or text in self._greedy or self._is_left(whole):
            apart = "\n".join(map(self.shown, text.split("\n"))) if "\n" in text else self._pieces(text)
            return apart if whole is None or not _CHINESE.search(apart) else whole
        return whole

    def _whole(self, text: str) -> str | None:
        """Give the words of a text as a whole, or by a pattern; None where it has none."""
        if text in self.kept:
            return text
        if text not in self._whole_known:
            self._whole_known[text] = self._looked_up(text)
        return self._whole_known[text]

    def _looked_up(self, text: str) -> str | None:
        found = self.texts.get(text)
        if found is not None:
            return found
        dated = _in_figures(text)
        if dated != text and not _CHINESE.search(dated):
            return dated
        return self._of_a_file(text) or self._by_pattern(text) or (None if text.endswith("。") else self._unended(text)) or self._after_day(dated)

    def _of_a_file(self, text: str) -> str | None:
        """Show what a sentence says of a file that it begins with, where that has words of its own."""
        found = _OF_A_FILE.fullmatch(text)
        said = (self.texts.get(found[2]) or self._by_pattern(found[2])) if found else None
        return f"{found[1]}{said}" if found and said and said[0] in " :" and not self._is_left(said) else None

    def _after_day(self, dated: str) -> str | None:
        """Show what stands right behind a period: 2023年第一季度进展."""
        found = _DATED.fullmatch(dated)
        rest = self._whole(found[2]) if found else None
        return f"{found[1]} {rest}" if found and rest and not self._is_left(rest) else None

    def _unended(self, text: str) -> str | None:
        """Show a sentence that was made a part of another: without its full stop."""
        whole = self.texts.get(f"{text}。") or self._by_pattern(f"{text}。")
        if f"{text}。" in self._greedy:
            self._greedy.add(text)
        return whole if whole is None else whole.rstrip(" .")

    def _by_pattern(self, text: str) -> str | None:
        """Give the words of the first pattern that leaves nothing Chinese over; else those of the first that says more than 的 or 等."""
        first: str | None = None
        for pattern in self._patterns:
            if pattern.fixed not in text:
                continue
            for found in filter(None, (_compiled(tried).fullmatch(text) for tried in pattern.tries)):
                if len(pattern.fixed) < _SHORT and any(value[-1:] in tuple("、，；。") for value in found.groups()):
                    continue
                shown = _filled(pattern.target, dict(zip(pattern.names, map(self._in_hole, found.groups()), strict=True)), text)
                if not self._is_left(shown):
                    if any(_WIDER.search(value) for value in found.groups()):
                        self._greedy.add(text)
                    return shown
                first = first or (shown if len(pattern.fixed) > 1 else None)
        return first

    def _is_left(self, shown: str) -> bool:
        """Whether anything Chinese is left that is neither data nor a file's name."""
        if not _CHINESE.search(shown) or not _CHINESE.search(_NAMED_FILE.sub("", shown)):
            return False
        return not any(text in shown for text in self.kept if _CHINESE.search(text))

    def _in_hole(self, value: str) -> str:
        if _AMOUNT.fullmatch(value):
            return _AMOUNT.sub(r"\1 \2", value)
        return self.formula(value) if '"' in value or "'" in value else self.shown(value)

    def _pieces(self, text: str) -> str:
        """Show what stands between marks by itself, patterns that may take in the next sentence only where nothing else will do."""
        shown = self._apart(text, wide=False)
        return shown if not self._is_left(shown) else self._apart(text, wide=True)

    def _apart(self, text: str, *, wide: bool) -> str:
        """Show as much together as has words; the marks as that language writes them."""
        parts, shown, at = _SPLIT.split(text), list[str](), 0
        while at < len(parts):
            for end in (*_ends_of_more(parts, at), *range(min(len(parts), at + _AHEAD), at, -1)):
                piece = "".join(parts[at:end])
                whole = self._whole(piece) if _CHINESE.search(piece) and (end - at > 1 or not at % 2) else None
                if whole is not None and (wide or piece not in self._greedy) and not self._is_left(whole):
                    shown.append(whole)
                    at = end
                    break
            else:
                shown.append("".join(_MARKS.get(sign, sign) for sign in parts[at]) if at % 2 else self._by_blanks(parts[at]))
                at += 1
        return _tidied(_joined(shown), text)

    def _by_blanks(self, piece: str) -> str:
        """Show the words of a piece that has no mark but blanks: 已汇总 3; what has no words stays, or what a pattern leaves."""
        if _FILE.fullmatch(piece):
            return piece
        apart = " ".join(word if not _CHINESE.search(word) else self._whole(word) or self._by_script(word) for word in piece.split(" "))
        return apart if not self._is_left(apart) else self._whole(piece) or apart

    def _by_script(self, word: str) -> str:
        """Show Chinese words that stand right beside others: Eastville没有报送; the word itself where one of them has no words."""
        shown = [self.texts.get(run, run) if _CHINESE.search(run) else self._in_hole(run) for run in _SCRIPTS.findall(word)]
        return word if any(_CHINESE.search(run) for run in shown) else re.sub(" {2,}", " ", " ".join(shown))


def is_chinese(text: str) -> bool:
    """Whether there is any Chinese character or mark in a text."""
    return _CHINESE.search(text) is not None


SOURCE = Words()


def _ends_of_more(parts: Sequence[str], at: int) -> Iterator[int]:
    """Give where sentences end, with and without their full stop, behind what is looked up together: one may have as many marks as it gives examples."""
    return (end for end in range(min(len(parts), at + 3 * _AHEAD), at + _AHEAD, -1) if "。" in parts[end - 1 : end + 1])


def _filled(target: str, values: Mapping[str, str], text: str) -> str:
    parts = re.split(r"(\{\w*\})", target)
    shown = _joined([values.get(part[1:-1], part) if at % 2 else part for at, part in enumerate(parts)])
    return shown if text[-1:] == " " else shown.rstrip(" ")


def _pattern(source: str, target: str) -> Pattern:
    names, parts, at = list[str](), list[str](), 0
    for number, hole in enumerate(_HOLE.finditer(source), 1):
        names.append(hole[1] or str(number))
        parts.append(source[at : hole.start()])
        at = hole.end()
    parts.append(source[at:])
    numbers = iter(range(1, len(names) + 1))
    target = re.sub(r"\{\}", lambda _: f"{{{next(numbers)}}}", target)
    general = "(.*?)".join(map(re.escape, parts))
    counted = "".join(re.escape(part) + (_NUMBER if after[:1] and after[0] in _COUNTED else "(.*?)") for part, after in pairwise(parts))
    counted += re.escape(parts[-1])
    longest = max(parts, key=lambda part: (bool(_CHINESE.search(part)), len(part)))
    return Pattern(tuple(dict.fromkeys((counted, general))), tuple(names), target, longest, sum(map(len, parts)))


@lru_cache(maxsize=4096)
def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text, re.DOTALL)  # when it is first needed: a thousand patterns take half a second


def _in_figures(text: str) -> str:
    """Write days as 2023-03-30, quarters as 2023 Q1, months as 2023-03 and years as 2023."""
    if "年" not in text and "季度" not in text:
        return text
    text = _DAY.sub(lambda found: _apart_from_next(found, f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"), text)
    text = _QUARTER.sub(lambda found: _apart_from_next(found, f"{found[1]} Q{_DIGITS.index(found[2]) + 1}"), text)
    text = _BARE_QUARTER.sub(lambda found: _apart_from_next(found, f"Q{_DIGITS.index(found[1]) + 1}"), text)
    text = _MONTH.sub(lambda found: _apart_from_next(found, f"{found[1]}-{int(found[2]):02}"), text)
    return _YEAR.sub(lambda found: _apart_from_next(found, found[1]), text)


def _apart_from_next(found: re.Match[str], shown: str) -> str:
    """Give what is shown for a date, with a blank where a foreign word stands right behind it: 2023 Q1 Project return."""
    following = found.string[found.end() : found.end() + 1]
    return f"{shown} " if following.isascii() and following.isalpha() else shown


def _number(numeral: str) -> int:
    """Read 一, 十, 十二, 二十 and the like."""
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS.index(tens) + 1 if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) + 1 if ones else 0)


def _joined(pieces: Sequence[str]) -> str:
    """Put pieces side by side, a blank where a sentence would stand right behind another."""
    text = ""
    for piece in pieces:
        text += f" {piece}" if _RUN_ON.fullmatch(text[-1:] + piece[:1]) else piece
    return text


def _tidied(shown: str, text: str) -> str:
    """Take away the blanks that marks leave at the ends of lines and before other marks."""
    shown = re.sub(r" +(?=\n)|(?<=\n) (?=\()| (?= [;,.)])| +(?=[;,)])", "", shown)
    shown = re.sub(r"(?<=[;,.:]) {2,}(?=\S)", " ", shown)
    shown = shown if text[:1] in " 　" else shown.lstrip(" ")
    return shown if text[-1:] in " 　" else shown.rstrip(" ")
