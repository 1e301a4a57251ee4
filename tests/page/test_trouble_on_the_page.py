"""What goes wrong around the page: bodies without end, a server killed while it collects, a second page; nothing is lost, nothing counted twice."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.page.browser import ROOT, Clerk, served
from tests.page.test_guard import Caller
from tests.small import MASTER, Q1, filled_row, issue, small_workspace, type_into
from tests.waiting import wait_until
from toolkit.edges import incoming
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.office.office_context import open_office
from toolkit.model.command_error import CommandError
from toolkit.model.master import Unit

_MANY = 60


@contextmanager
def _started(root: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Start the page by its command; gives the process and the address."""
    settings = {**os.environ, "CI": "true", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TASK_TOOLKIT_TODAY": "2023-03-28"}
    command = [sys.executable, "-m", "toolkit.cli.main", "--workspace", str(root), "page"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=settings, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip().removeprefix("页面：")
        finally:
            process.terminate()


@pytest.fixture
def many(tmp_path: Path) -> tuple[Workspace, list[Path]]:
    """Sixty towns with a task each, and their returns."""
    units = tuple(Unit(f"第{at:02}镇") for at in range(_MANY))
    tasks = tuple(replace(MASTER.tasks[3], number=f"任务{at}", leads=(unit.name,)) for at, unit in enumerate(units))
    space = small_workspace(tmp_path / "工作区", replace(MASTER, units=units, tasks=tasks, indicators=()))
    folder = issue(space)
    files = []
    for at, unit in enumerate(units):
        files.append(tmp_path / f"{unit.name}.xlsx")
        type_into(folder / f"{unit.name}_2023年第一季度进展.xlsx", files[-1], filled_row(f"任务{at}"))
    return space, files


def test_a_server_killed_while_it_collects_is_started_again(browser: Browser, many: tuple[Workspace, list[Path]]) -> None:
    """
    The page's process is killed outright amid collecting; opened again, what is left is collected, and every file was taken in exactly once.
    """
    space, files = many
    with _started(space.root) as (process, address):
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#board")
        clerk.drop(files)
        clerk.page.wait_for_selector("#work.busy")
        process.kill()
        process.wait()
        clerk.page.wait_for_selector("#notice:has-text('断开')")
    with _started(space.root) as (_, address):
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#board")
        clerk.drop(files[:1])  # the same file once more: it begins a collecting that takes all that is left
        clerk.wait_for_end("收表")
        clerk.page.wait_for_function("count => document.querySelectorAll(\".tile:not([data-state='未报'])\").length === count", arg=_MANY)

    with open_office(space) as office:
        records = [record.unit for record in office.ledger.all_files() if record.outcome.counts]
    assert [f"第{at:02}镇" for at in range(_MANY)] == sorted(records)
    assert [] == [path for path in space.inbox.rglob("*") if path.is_file()]


def test_ctrl_c_in_the_terminal_ends_the_page_and_what_it_runs(browser: Browser, many: tuple[Workspace, list[Path]]) -> None:
    """
    Ctrl-C where the page was started stops the running command as Ctrl-C does, then the page; nothing is left running.
    """
    space, files = many
    with _started(space.root) as (process, address):
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#board")
        clerk.drop(files)
        clerk.page.wait_for_selector("#work.busy")
        process.send_signal(signal.SIGINT)
        process.wait()
    with space.alone():  # nobody else holds the workspace
        left = [path.stem for path in space.inbox.rglob("*") if path.is_file()]
    with open_office(space) as office:
        taken = [record.unit for record in office.ledger.all_files()]
    collect(space, progress=lambda items, _: items)  # what was taken in but not put away yet is put away
    with open_office(space) as office:
        finished = [record.unit for record in office.ledger.all_files()]

    everybody = [f"第{at:02}镇" for at in range(_MANY)]
    assert everybody == sorted({*left, *taken})
    assert everybody == sorted(finished)
    assert [] == [path for path in space.inbox.rglob("*") if path.is_file()]


def test_two_pages_on_one_workspace_do_one_thing_at_a_time(browser: Browser, many: tuple[Workspace, list[Path]]) -> None:
    """
    Two servers of one workspace: both collect, one waits for the other, and every file is taken in once.
    """
    space, files = many
    with served(space.root) as first, served(space.root) as second:
        here, there = Clerk(browser, first), Clerk(browser, second)
        for clerk, some in ((here, files[:30]), (there, files[30:])):
            clerk.page.wait_for_selector("#board")
            clerk.drop(some)
        for clerk in (here, there):
            clerk.page.wait_for_selector("#work:is(.good, .bad):has(h2:text('收表'))")

    assert wait_until(lambda: not [path for path in space.inbox.rglob("*") if path.is_file()])
    with open_office(space) as office:
        taken = [record.unit for record in office.ledger.all_files(str(Q1))]
    assert sorted(taken) == [f"第{at:02}镇" for at in range(_MANY)]


def test_bodies_without_end_are_refused_before_they_are_read(tmp_path: Path) -> None:
    """
    A form of megabytes, one of no stated length, and a file that says it is larger than any return are turned away unread; nothing lies in the inbox.
    """
    space = small_workspace(tmp_path / "工作区")
    issue(space)
    with served(space.root) as address:
        caller = Caller(space.root, address)
        assert 413 == caller.mine("POST", "/run", b"do=" + b"x" * (2 << 20)).status
        line = HTTPConnection(caller.host, timeout=60)
        headers = {"cookie": caller.cookie.partition(";")[0], "origin": f"http://{caller.host}"}
        line.request("POST", "/run", iter([b"do=collect"]), {**headers, "transfer-encoding": "chunked"}, encode_chunked=True)
        assert 413 == line.getresponse().status
        line.close()
        line = HTTPConnection(caller.host, timeout=60)
        line.putrequest("PUT", "/drop?name=a.xlsx")
        for name, value in {**headers, "content-length": str(incoming.LARGEST + 1)}.items():
            line.putheader(name, value)
        line.endheaders()
        assert 413 == line.getresponse().status
        line.close()

    assert [] == list(space.inbox.iterdir())


def test_a_file_that_grows_past_the_limit_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whatever length was stated: past the limit the file is refused, and no part of it stays.
    """
    monkeypatch.setattr(incoming, "LARGEST", 1000)
    with incoming.Incoming(tmp_path, "大.xlsx", None) as file:
        file.write(b"x" * 800)
        with pytest.raises(CommandError, match="没有收"):
            file.write(b"x" * 400)

    assert [] == list(tmp_path.iterdir())
