"""The words of the page's own templates and script in other languages: what gettext gives for the texts that templates mark with trans and _().

Values are data and stay as they are, unless the template passes them through `said`. A message of a template, `%(number)s 号文件`, stands in the catalogue
as `{1} 号文件`, as texts of the code do. Of a sentence that means something else on the page, the words stand under 页面/.
"""

import html
from itertools import count

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.words import CONTEXT, Words

PAGE = "页面"  # the sheet of words that hold on the page alone
_WORDED = lazy_pattern(r"[\u3400-\u9fff]")
_SAID = lazy_pattern(r'\bsaid\("((?:[^"\\]|\\.)*)"')  # of the script
_VALUE = lazy_pattern(r"%\((\w+)\)s")
_PLACE = lazy_pattern(r"\{\d+\}")
_MARKS = {"：": ": ", "，": ", ", "、": ", ", "；": "; ", "。": ". ", "（": " (", "）": ")", "　": "\u2003"}


def sentence_of(message: str) -> str:
    """Give a template's message as it stands in the catalogue: its values numbered in their order, % once."""
    numbers = count(1)
    return _VALUE.sub(lambda _: f"{{{next(numbers)}}}", message).replace("%%", "%")


def translated(message: str, words: Words) -> str:
    """Give a template's message in a language, as HTML with the message's values still open; a number in the words that it has no value for stays."""
    if words.is_source:
        return message
    values = {f"{{{number}}}": value[0] for number, value in enumerate(_VALUE.finditer(message), 1)}
    shown = html.escape(said_on_page(sentence_of(message), words)).replace("%", "%%")
    return _PLACE.sub(lambda place: values.get(place[0], place[0]), shown)


def said_on_page(sentence: str, words: Words) -> str:
    """Give a sentence of the page in a language, by the page's own words first; as it is where it has none."""
    return words.texts.get(f"{PAGE}{CONTEXT}{sentence}") or words.texts.get(sentence) or marked(sentence, words)


def marked(text: str, words: Words) -> str:
    """Give a text without any Chinese word with a language's marks between its parts: names in a list, a name before a value."""
    return text if words.is_source or _WORDED.search(text) else "".join(_MARKS.get(sign, sign) for sign in text)


def script_sentences(script: str) -> list[str]:
    """List the sentences that a script says: the first argument of said(…)."""
    return [text for text in dict.fromkeys(_SAID.findall(script)) if _WORDED.search(text)]
