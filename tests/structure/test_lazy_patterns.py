"""A pattern that is compiled when it is first used could be wrong for a long time: here each one is compiled."""

import importlib
import pkgutil
import re
from typing import Any

import pytest

import toolkit
from toolkit.model import lazy_pattern as lazy


def test_every_pattern_of_the_program_can_be_compiled() -> None:
    """Every module is loaded; what stands for a pattern in it, also in a list or mapping, is one."""
    found = [pattern for name in _modules() for pattern in _patterns(list(vars(importlib.import_module(name)).values()))]

    assert len(found) > 400
    assert all(isinstance(pattern.pattern, str | bytes) for pattern in found)


def test_it_has_what_a_compiled_pattern_has() -> None:
    """All public names of a pattern, and nothing that none has."""
    made = lazy.lazy_pattern(r"(?P<word>a)b", re.IGNORECASE)
    names = [name for name in dir(re.compile("")) if not name.startswith("_") and name != "scanner"]

    assert ("A", {"word": 1}) == (made.search("xABx")["word"], dict(made.groupindex))  # type: ignore[index]
    assert [] == [name for name in names if not hasattr(lazy.lazy_pattern("a"), name)]
    assert not hasattr(lazy.lazy_pattern("("), "no_such_thing")
    with pytest.raises(re.error):
        lazy.lazy_pattern("(").search("")


def _modules() -> list[str]:
    """Name every module of the program that can be loaded here: page and cluster need libraries that are not always there."""
    return [found.name for found in pkgutil.walk_packages(toolkit.__path__, "toolkit.") if not found.name.endswith("__main__")]


def _patterns(values: object) -> list[lazy.LazyPattern[Any]]:
    if isinstance(values, lazy.LazyPattern):
        return [values]
    if isinstance(values, dict):
        return _patterns(list(values.values()))
    if isinstance(values, list | tuple | set | frozenset):
        return [pattern for value in values for pattern in _patterns(value)]
    return []
