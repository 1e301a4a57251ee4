"""The words spreadsheet is complete and holds nothing that is gone; every sentence about bad input can be said in English."""

import re
from pathlib import Path

import pytest

from tests.words.english_office import CHINESE
from toolkit.edges.templates.read_words import load_words
from toolkit.edges.workspace import LANGUAGES, starter_templates
from toolkit.model.finding_codes import Code
from toolkit.model.words import Words
from tools.language_words import word_rows
from tools.words import dead, escaped, internal_words, missing, sources, unmarked

_FACT = re.compile(r"\{(\w*)\}")


@pytest.fixture(scope="module")
def english() -> Words:
    """The words that come with the program."""
    return load_words(Path("nowhere"), "en")


def test_every_text_of_the_program_has_english() -> None:
    """
    Every Chinese text in the code is in tools/words_en.tsv with its English, or in words_internal.txt as shown to nobody (python -m tools.words --missing).
    """
    assert [] == [f"{source.file}: {escaped(source.text)}" for source in missing()]


def test_every_text_of_the_page_is_marked() -> None:
    """
    No Chinese text of a template of the page stands outside trans and _(), where nothing would translate it.
    """
    assert [] == [f"{source.file}: {escaped(source.text)}" for source in unmarked()]


def test_no_row_is_dead() -> None:
    """
    Every row of tools/words_en.tsv stands in the code or in a shipped template, and every internal word in the code (python -m tools.words --dead).
    """
    texts = {source.text for source in sources()}

    assert [] == dead()
    assert [] == sorted(word for word in internal_words() if word not in texts)


def test_facts_are_the_same_in_both_languages() -> None:
    """
    A translation names what its source has filled in, and nothing else; a pattern may leave something out, a sentence of the catalogue may not.
    """
    codes = {text for code in Code for text in (code.text.message, code.text.advice)}
    wrong = []
    for row in word_rows():
        source, target = (set(_FACT.findall(text)) for text in (row.chinese, row.english))
        if not target <= source or (row.chinese in codes and source != target):
            wrong.append((row.chinese, row.english))

    assert [] == wrong


def test_no_english_has_chinese_in_it() -> None:
    """
    The English column is English, but for the names of folders and places that the program goes by.
    """
    names = re.compile("退回|邮件|成绩|{期间}")

    assert [] == [row.english for row in word_rows() if CHINESE.search(names.sub("", row.english))]


def test_every_finding_can_be_said_in_english(english: Words) -> None:
    """
    Message and advice of every code, its facts in English, have no Chinese left; also where several were put together.
    """
    left = []
    for code in Code:
        said = [_FACT.sub("X1", text) for text in (code.text.message, code.text.advice)]
        for text in (*said, "".join(said), f"T1“Progress”：{said[0]}{said[1]}"):
            shown = english.shown(text)
            left += [(code.text.id, shown)] if CHINESE.search(shown) else []

    assert [] == left


def test_the_spreadsheet_is_what_the_script_makes() -> None:
    """
    templates/用语.xlsx has every row of tools/words_en.tsv: run tools.make_templates after a change.
    """
    shipped = next(path for path in starter_templates() if path.name == LANGUAGES)

    assert {row.chinese: row.english for row in word_rows() if row.english} == dict(load_words(shipped.parent, "en").texts)
