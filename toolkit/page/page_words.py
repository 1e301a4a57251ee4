"""The words of the page's own templates and script in other languages: sentences between tags, with holes, are put in before a template is compiled.

A sentence is what stands between two tags or statements of a template: `{1} 号文件` where it fills in one value. Values are data and stay as they are,
unless the template passes them through `said`. Of a sentence that means something else on the page, the words stand under 页面/ in the catalogue.
"""

import html
import re
from collections.abc import Callable, Iterator

from toolkit.model.words import CONTEXT, Words

PAGE = "页面"  # the sheet of words that hold on the page alone
_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_WORDED = re.compile(r"[\u3400-\u9fff]")
_TOKEN = re.compile(r"(\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<(?:\{\{.*?\}\}|\{%.*?%\}|[^<>{]|\{(?![{%#]))*>)", re.DOTALL)
_HOLE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_ATTRIBUTE = re.compile(r'((?:aria-label|title|placeholder|hx-confirm)=")((?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*)(")', re.DOTALL)
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_SAID = re.compile(r'\bsaid\("((?:[^"\\]|\\.)*)"')  # of the script
_PLACE = re.compile(r"\{(\d+)\}")
_BLANK = " \n\t"
_MARKS = {"：": ": ", "，": ", ", "、": ", ", "；": "; ", "。": ". ", "（": " (", "）": ")", "　": "\u2003"}


def template_in(source: str, words: Words) -> str:
    """Put a template's sentences into a language; its tags, statements and values stay."""
    if words.is_source:
        return source
    return "".join(_pieces(source, lambda sentence: said_on_page(sentence, words)))


def said_on_page(sentence: str, words: Words) -> str:
    """Give a sentence of the page in a language, by the page's own words first; as it is where it has none."""
    return words.texts.get(f"{PAGE}{CONTEXT}{sentence}") or words.texts.get(sentence) or marked(sentence, words)


def marked(text: str, words: Words) -> str:
    """Give a text without any Chinese word with a language's marks between its parts: names in a list, a name before a value."""
    return text if words.is_source or _WORDED.search(text) else "".join(_MARKS.get(sign, sign) for sign in text)


def sentences_of(source: str) -> list[str]:
    """List the Chinese sentences of a template, and the Chinese texts in its statements."""
    found: list[str] = []

    def note(sentence: str) -> str:
        found.append(sentence)
        return sentence

    for _ in _pieces(source, note):
        pass
    literals = (literal for code in _CODE.findall(source) for pair in _LITERAL.findall(code) for literal in pair)
    return [text for text in dict.fromkeys((*found, *literals)) if _WORDED.search(text)]


def script_sentences(script: str) -> list[str]:
    """List the sentences that a script says: the first argument of said(…)."""
    return [text for text in dict.fromkeys(_SAID.findall(script)) if _WORDED.search(text)]


def _pieces(source: str, translated: Callable[[str], str]) -> Iterator[str]:
    """Go through a template: sentences as they are `translated`, all else as it is."""
    run: list[str] = []
    for at, token in enumerate(_TOKEN.split(source)):
        if at % 2 and not token.startswith("{{"):
            yield _sentence("".join(run), translated, quote=False)
            yield _ATTRIBUTE.sub(lambda found: found[1] + _attribute(found[2], translated) + found[3], token) if token[0] == "<" else token
            run = []
        else:
            run.append(token)
    yield _sentence("".join(run), translated, quote=False)


def _attribute(value: str, translated: Callable[[str], str]) -> str:
    return value if "{%" in value else _sentence(value, translated, quote=True)


def _sentence(run: str, translated: Callable[[str], str], *, quote: bool) -> str:
    """Translate what stands between two tags: texts and values; the blanks around it stay."""
    values = _HOLE.findall(run)
    numbers = iter(range(1, len(values) + 1))
    sentence = _HOLE.sub(lambda _: f"{{{next(numbers)}}}", run)
    bare = sentence.strip(_BLANK)
    if not _CHINESE.search(bare):
        return run
    shown = translated(bare)
    if shown == bare:
        return run
    before, after = sentence[: len(sentence) - len(sentence.lstrip(_BLANK))], sentence[len(sentence.rstrip(_BLANK)) :]
    return before + _PLACE.sub(lambda found: values[int(found[1]) - 1], html.escape(shown, quote=quote)) + after
