"""The language of the screen: as asked, as the settings say, else the one that all forms of the workspace are in."""

from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.edges.templates.forms_language import forms_language
from toolkit.edges.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.model.words import Words


def screen_words(space: Workspace) -> "Words | None":
    """Give the words of the screen, None for Chinese: then nothing more is loaded. Raises CommandError for a language without words."""
    language = space.language() or forms_language(space)
    if not language:
        return None
    from toolkit.edges.templates.read_words import load_words

    return load_words(space.templates, language)


def words_of_program(language: str) -> "Words":
    """Give the program's own words in a language, before any workspace is opened. Raises CommandError for a language without words."""
    from toolkit.edges.templates.read_words import load_words

    return load_words(Path(), language)
