"""Every test of the ledger runs twice: on a file, and on a server."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from tests.conftest import small_offices_on
from tests.server import Server
from toolkit.edges.workspace import Workspace


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> Iterator[str]:
    """Say which database the ledgers of this test are in."""
    if request.param == "sqlite":
        yield "sqlite"
        return
    server: Server = request.getfixturevalue("server")
    for _ in small_offices_on(server.new):
        yield "postgresql"


@contextmanager
def behind_the_back(space: Workspace) -> Iterator[sa.Connection]:
    """Open a ledger with another program than ours, in one transaction."""
    engine = sa.create_engine(sa.make_url(space.ledger_url().replace("postgresql://", "postgresql+psycopg://")))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
