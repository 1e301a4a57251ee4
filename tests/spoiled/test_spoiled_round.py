"""Every kind of spoiled return, all in one inbox: where it ends, what is said, and that no wrong value goes in."""

import pytest

from tests.spoiled import kinds_cells, kinds_envelopes, kinds_files, kinds_hostile, kinds_identity, kinds_table, table
from tests.spoiled.office import Round, all_files, ended, expected, issued_office, take_in

pytestmark = pytest.mark.xdist_group("spoiled")
KINDS = (*kinds_table.KINDS, *kinds_cells.KINDS, *kinds_identity.KINDS, *kinds_files.KINDS, *kinds_envelopes.KINDS, *kinds_hostile.KINDS)
TITLE = "一、由程序弄坏的"


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """Let every unit send its spoiled return, and collect once."""
    space, rest = issued_office(tmp_path_factory.mktemp("spoiled"), len(KINDS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TASK_TOOLKIT_PASSWORD", kinds_files.PASSWORD)
        all_files(KINDS, space, rest)
        return take_in(space)


@pytest.mark.parametrize("at", range(len(KINDS)), ids=[kind.words for kind in KINDS])
def test_each_kind_ends_as_it_should(taken: Round, at: int) -> None:
    """Each file has one outcome and exactly the findings it deserves, and of its values only right ones are in the ledger."""
    assert expected(KINDS, at) == ended(taken, at)


def test_nothing_is_left_and_nothing_is_our_fault(taken: Round) -> None:
    """Every file of the inbox has its outcome, none by a fault of the program, and each finding makes a whole sentence with an advice."""
    findings = [finding for arrival in taken.done.arrivals for finding in arrival.findings]

    assert ((), 0) == (taken.done.left, taken.done.faults)
    assert len(taken.done.arrivals) == len(taken.arrivals)
    assert [] == [finding.code.name for finding in findings if not (finding.message.endswith("。") and finding.advice.endswith("。"))]


def test_the_document_is_current(taken: Round, request: pytest.FixtureRequest) -> None:
    """The table in docs says what collect does now."""
    now = table.rows_of(KINDS, taken, "")
    if request.config.getoption("--update-golden"):
        table.rewrite(TITLE, now, first=True)

    assert table.section(TITLE).splitlines() == now.splitlines()
