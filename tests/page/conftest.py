"""One browser for all the tests of a file."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.page.browser import browsing


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium once a file."""
    with browsing() as started:
        yield started
