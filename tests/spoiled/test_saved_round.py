"""Returns that a real LibreOffice saved, as xlsx, xls, ods and whatever else its menu offers: one start of it, one collect."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.office import clerk
from tests.spoiled import table
from tests.spoiled.kinds_files import PASSWORD
from tests.spoiled.kinds_saved import KINDS, SAVED
from tests.spoiled.office import MAIN, Case, Round, book_of, drop, ended, expected, issued_office, take_in, unit_name
from toolkit.edges.workspace import Workspace

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
TITLE = "二、由 LibreOffice 存的"


def save_all(space: Workspace, rest: Mapping[str, bytes], scratch: Path) -> None:
    """Open every unit's workbook in LibreOffice, save it, and put what was saved into the inbox."""
    jobs = []
    for at, one in enumerate(SAVED):
        source, target = scratch / f"{at}.xlsx", str(scratch / f"{at}.saved")
        made = one.kind.make(Case(unit_name(at), book_of(space, unit_name(at)), rest))
        assert isinstance(made, bytes)
        source.write_bytes(made)
        how = [target, one.filter] + ([one.password] if one.password else [])
        copy = {"sheet": MAIN, "range": one.copied, "to": target} if one.copied else None
        jobs.append({"source": str(source), "cells": [], "saves": [] if copy else [how], "copy": copy})
    clerk(jobs)
    for at, one in enumerate(SAVED):
        drop(space, f"{unit_name(at)}/{one.kind.name}", (scratch / f"{at}.saved").read_bytes())


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """Let the clerks save, and collect once."""
    if shutil.which("soffice") is None:
        pytest.fail("LibreOffice is missing: .ci/run installs it")
    space, rest = issued_office(tmp_path_factory.mktemp("saved"), len(SAVED))
    save_all(space, rest, tmp_path_factory.mktemp("scratch"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TASK_TOOLKIT_PASSWORD", PASSWORD)
        return take_in(space)


@pytest.mark.parametrize("at", range(len(KINDS)), ids=[kind.words for kind in KINDS])
def test_each_saved_kind_ends_as_it_should(taken: Round, at: int) -> None:
    """What LibreOffice saved ends in one outcome with exactly its findings, and only right values are in the ledger."""
    assert expected(KINDS, at) == ended(taken, at)


def test_the_document_is_current(taken: Round, request: pytest.FixtureRequest) -> None:
    """The second table in docs says what collect does now."""
    now = table.rows_of(KINDS, taken, "存")
    if request.config.getoption("--update-golden"):
        table.rewrite(TITLE, now, first=False)

    assert table.section(TITLE).splitlines() == now.splitlines()
