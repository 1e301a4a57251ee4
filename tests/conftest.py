"""Options of the test run."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person rewrite the golden rounds; git then shows the difference."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/rounds from what the toolkit does now")
