"""Examines the languages that forms and settings name: whether they have words, and how many texts are shown in Chinese for want of them."""

from collections.abc import Iterator

from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_words import load_words, missing_words
from toolkit.edges.workspace import LANGUAGES, Workspace
from toolkit.model.command_error import CommandError

_FEW = 3  # texts that are named


def languages_of(space: Workspace) -> tuple[str, ...]:
    """Give the languages, but Chinese, that the settings and the forms name, each once."""
    forms = (form for form, _ in map(load_form, space.form_files()) if form is not None)
    return tuple(dict.fromkeys(language for language in (space.language(), *(form.language for form in forms)) if language))


def examine_languages(space: Workspace) -> Iterator[tuple[str, bool, str, str]]:
    """Give what is found of each language: the thing, whether all is well, what was seen, what to do; nothing where all is in Chinese."""
    for language in languages_of(space):
        try:
            words = load_words(space.templates, language)
        except CommandError as trouble:
            yield LANGUAGES, False, trouble.message, trouble.advice
            continue
        if words.is_source:
            continue
        missing = missing_words(space.templates, language)
        if missing:
            seen = f"“{language}”有 {len(missing)} 条没有译文，会显示中文，如“{'”“'.join(text[:20] for text in missing[:_FEW])}”"
            yield LANGUAGES, False, seen, "请在这一栏补上译文；用不着的可以不管。"
        else:
            yield LANGUAGES, True, f"“{language}”的 {len(words.texts)} 条都有译文", ""
