"""The post office of the mail tests, and an office that is connected to it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mail.post_office import ADDRESSES, LEADER, OFFICE, PASSWORD, PostOffice, can_run
from tests.small import MASTER, issue, small_workspace
from toolkit.edges.workspace import Workspace

CONNECTED = replace(MASTER, units=tuple(replace(unit, email=ADDRESSES.get(unit.name, "")) for unit in MASTER.units))


@pytest.fixture(scope="session")
def servers() -> Iterator[PostOffice]:
    """Start Exim and Dovecot once."""
    if not can_run():
        assert not os.environ.get("CI"), "CI has exim4, dovecot and root"
        pytest.skip("exim4 and dovecot are not installed, or this is not root")
    home = Path(tempfile.mkdtemp(prefix="post-"))
    with PostOffice(home) as post:
        yield post
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def post(servers: PostOffice, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    """Empty mailboxes for the small office and its units, and the passwords in the environment."""
    for address in (OFFICE, LEADER, *ADDRESSES.values()):
        servers.empty(address)
    for name in ("SMTP", "IMAP"):
        monkeypatch.setenv(f"TASK_TOOLKIT_{name}_PASSWORD", PASSWORD)
    return servers


@pytest.fixture
def space(post: PostOffice, tmp_path: Path) -> Workspace:
    """The small office with addresses, the first quarter issued, connected to the post office."""
    made = small_workspace(tmp_path / "office", CONNECTED)
    post.settings(made.root)
    issue(made)
    return made
