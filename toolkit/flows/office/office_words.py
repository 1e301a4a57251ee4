"""The language of forms, books, papers and of the screen: what is asked for, the form's own, the settings'."""

from collections.abc import Iterable, Sequence

from toolkit.edges.templates.read_words import load_words
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.screen_words import screen_words
from toolkit.model.form import Form
from toolkit.model.period import Period
from toolkit.model.words import ENGLISH, SOURCE, Words


def words_of(office: OfficeContext, form: Form) -> Words:
    """Give the words of a form's sheets, papers and messages: its own language, else the one asked for; what is closed keeps its own.

    Raises CommandError for a language without words.
    """
    return load_words(office.space.templates, form.language or ("" if office.frozen is not None else office.space.language()))


def words_of_office(space: Workspace) -> Words:
    """Give the words of what belongs to no form, such as exports: as asked, as the settings say, else of the one language that all forms are in."""
    return screen_words(space) or SOURCE


def words_in(office: OfficeContext, period: Period) -> Words:
    """Give the words of the form that a period was issued with. Raises CommandError where it has none."""
    return words_of(office.at(period), office.form_of(period))


def foreign_words(office: OfficeContext, issued: Iterable[Form]) -> tuple[Words, ...]:
    """Give the words of every language in which a form was (`issued`) or may be issued, but Chinese: what comes back may be in any of them."""
    return _of_languages(office.space, (form.language for form in (*office.forms, *issued)))


def book_languages(office: OfficeContext) -> tuple[Words, ...]:
    """Give the words of every language that a consolidated workbook may be in, but Chinese."""
    used = (*foreign_words(office, office.issued_forms().values()), load_words(office.space.templates, ENGLISH))
    return tuple({words.language: words for words in used}.values())


def list_words(office: OfficeContext) -> frozenset[str]:
    """Give the words of forms that stand in cells of a consolidated workbook: titles of columns, and choices."""
    forms = (*office.forms, *office.issued_forms().values())
    return frozenset(word for form in forms for table in form.tables for field in table.fields for word in (field.title, *field.limits.choices))


def _of_languages(space: Workspace, languages: Iterable[str]) -> tuple[Words, ...]:
    found: Sequence[Words] = [load_words(space.templates, language) for language in dict.fromkeys((space.language(), *languages)) if language]
    return tuple(words for words in found if words is not SOURCE)
