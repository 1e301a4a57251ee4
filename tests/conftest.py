"""Options of the test run, and the server that some tests keep their ledgers on."""

import os
from collections.abc import Callable, Iterator

import pytest

from tests import office, small
from tests.longest_first import LONGEST
from tests.server import PASSWORD, Server, programs
from toolkit.edges.reading.start_processes import warm_up


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, so that none of them is left alone at the end while the other cores are idle."""
    order = {f"tests/{name}": number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.nodeid.partition("::")[0], len(order)))


def pytest_sessionfinish() -> None:
    """End the LibreOffice of this process."""
    office.go_home()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person rewrite the golden rounds (git then shows the difference), or keep every small office's ledger on a server."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/rounds from what the toolkit does now")
    parser.addoption("--ledger-on-server", action="store_true", help="keep the ledger of every small office on PostgreSQL")


@pytest.fixture(scope="session", autouse=True)
def _readers_ready() -> None:
    """Load once what reading processes need, in the process that all those of this run are forked from: one that loads it itself costs three times as much."""
    warm_up("openpyxl", "toolkit.edges.reading.guard_books", "toolkit.flows.intake.unpack_files", "toolkit.flows.office.parse_file")


@pytest.fixture(scope="session")
def _running() -> Iterator[Server]:
    if programs() is None:
        assert not os.environ.get("CI"), "CI has PostgreSQL"
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    running = Server()
    yield running
    running.end()


@pytest.fixture
def server(_running: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A running PostgreSQL server, its password in the environment as the office sets it."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    return _running


@pytest.fixture(autouse=True)
def _every_ledger(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep ledgers on the server where the person asked for it."""
    yield from small_offices_on(request.getfixturevalue("server").new) if request.config.getoption("--ledger-on-server") else iter([None])


def small_offices_on(address: Callable[[], str]) -> Iterator[None]:
    """Let every small office that is made meanwhile have a ledger at an address of its own."""
    small.LEDGERS.append(address)
    try:
        yield
    finally:
        small.LEDGERS.pop()
