"""Editions as text: what is written is read back the same."""

from pathlib import Path

import pytest

from tests.small import MASTER
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_rules import load_rules
from toolkit.edges.workspace import LANGUAGES, RULES, WORDS, starter_templates
from toolkit.model.codec import decode, encode
from toolkit.model.form import Form
from toolkit.model.master import Master
from toolkit.model.rules import Rules

FORMS = [path for path in starter_templates() if path.suffix == ".xlsx" and path.name not in {RULES, WORDS, LANGUAGES}]


def test_a_master_list_comes_back() -> None:
    """Every task, indicator, unit and day."""
    assert MASTER == decode(Master, encode(MASTER))


@pytest.mark.parametrize("path", FORMS, ids=[path.stem for path in FORMS])
def test_a_form_comes_back(path: Path) -> None:
    """With its kinds, limits, looks and places."""
    form, _ = load_form(path)

    assert form == decode(Form, encode(form))


def test_rules_come_back() -> None:
    """With parameters, lights and modes."""
    rules, _ = load_rules(next(path for path in starter_templates() if path.name == RULES), MASTER)

    assert rules == decode(Rules, encode(rules))
