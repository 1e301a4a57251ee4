"""Every button on a file that waits, by mouse: 采用, 退回, 改期间, 改收到时间, 这是某单位的; and what the ledger holds after it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.page.browser import Clerk, served
from tests.page.scenes import LATER, NAMELESS, Q2, RETYPED, with_strange_files
from tests.small import Q1
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.verify import verify
from toolkit.flows.intake.list_returns import move
from toolkit.flows.office.office_context import open_office
from toolkit.flows.page.board import board
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import REASON, DecisionSubject
from toolkit.model.period import Period
from toolkit.model.returns import Outcome


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """Two rounds are issued; a file that calls itself another quarter's waits, one tells nobody's name."""
    return with_strange_files(tmp_path / "工作区")


@pytest.fixture
def clerk(browser: Browser, space: Workspace) -> Iterator[Clerk]:
    """A clerk before the desk of the first quarter."""
    with served(space.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.goto(address.partition("/?")[0] + "/?period=2023Q1")
        clerk.page.wait_for_selector("article.card >> nth=1")
        yield clerk
        assert [] == clerk.complaints


def _record(space: Workspace, name: str) -> FileRecord:
    with open_office(space) as office:
        return next(record for record in office.ledger.all_files() if record.name == name)


@pytest.mark.parametrize(("button", "title", "outcome"), [("accept", "采用", Outcome.WITH_FINDINGS), ("refuse", "退回", Outcome.REFUSED)])
def test_a_waiting_file_is_accepted_or_refused(clerk: Clerk, space: Workspace, button: str, title: str, outcome: Outcome) -> None:
    """
    One click, with a word beside it; the card goes, the ledger holds the outcome and the word.
    """
    number = _record(space, LATER).id
    clerk.page.fill(f"#note-{number}", "电话里核对过")
    clerk.click(f"#{button}-{number}")
    clerk.wait_for_end(title)
    clerk.page.wait_for_selector(f"#card-{number}", state="detached")

    assert outcome is _record(space, LATER).outcome
    with open_office(space) as office:
        assert "电话里核对过" == office.decided().on(DecisionSubject.FILE, str(number))[REASON]


def test_a_waiting_file_that_knows_its_unit_is_moved_to_another_round(clerk: Clerk, space: Workspace) -> None:
    """
    It is taken for its unit's form of that period, from where the originals give the same once more.
    """
    number = _record(space, LATER).id
    clerk.click(f"#more-{number}")
    clerk.page.select_option(f"#to-{number}", "2023Q2")
    clerk.click(f"#move-{number}")
    clerk.wait_for_end("改期间")
    clerk.page.wait_for_selector(f"#card-{number}", state="detached")

    assert ("2023Q2", True) == (_record(space, LATER).period, _record(space, LATER).outcome.counts)
    assert () == verify(space, Q2, progress=lambda items, _: items).differences


def test_a_file_that_tells_no_period_is_laid_into_another_round(clerk: Clerk, space: Workspace) -> None:
    """
    It still tells nobody's name, and is listed with the round that the office says.
    """
    number = _record(space, NAMELESS).id
    clerk.click(f"#more-{number}")
    clerk.page.select_option(f"#to-{number}", "2023Q1")
    clerk.click(f"#move-{number}")

    assert "归到2023年第一季度" in clerk.wait_for_end("改期间")


def test_a_file_in_use_and_a_round_that_it_has_already_are_told_apart(space: Workspace) -> None:
    """
    What has been merged is not moved, nor what is of that round, nor to a round without forms; nothing is changed.
    """
    for name, period, words in ((RETYPED, Q2, "认得出是 2023Q1"), (LATER, Q1, "本来就是"), (LATER, Period(2023, 3), "还没有发过表")):
        with pytest.raises(CommandError, match=words):
            move(space, [_record(space, name).id], period)
    with pytest.raises(CommandError, match="没有 99 号"):
        move(space, [99], Q2)
    assert Outcome.WAITING is _record(space, LATER).outcome


def test_when_a_file_came_is_corrected_with_a_reason(clerk: Clerk, space: Workspace) -> None:
    """
    The hour is put down on the office's word; once the file is accepted the board goes by it. Without a reason nothing is changed.
    """
    number = _record(space, LATER).id
    clerk.click(f"#more-{number}")
    clerk.page.fill(f"#came-{number}", "2023-03-29 16:30")
    clerk.click(f"#arrived-{number}")
    assert clerk.page.evaluate("id => document.getElementById(id).validity.valueMissing", f"why-{number}")
    clerk.page.fill(f"#why-{number}", "28日已交纸质件")
    clerk.click(f"#arrived-{number}")
    clerk.page.wait_for_selector("#notice:has-text('收到时间改好了')")
    clerk.wait_for_parts()
    clerk.click(f"#accept-{number}")
    clerk.wait_for_end("采用")

    with open_office(space) as office:
        came = {tile.unit: tile.came for tile in board(office, Q1).tiles}["云溪县发改局"]
    assert came is not None
    assert "2023-03-29 16:30" == f"{came:%Y-%m-%d %H:%M}"


def test_a_nameless_file_is_given_to_a_unit(clerk: Clerk, space: Workspace) -> None:
    """
    The unit is typed from the list; an unknown one is said in a sentence, and the card stays.
    """
    number = _record(space, NAMELESS).id
    clerk.click(f"#more-{number}")
    clerk.page.fill(f"#unit-{number}", "西山镇")
    clerk.click(f"#assign-{number}")
    assert "没有“西山镇”" in clerk.wait_for_end("西山镇")
    clerk.page.wait_for_selector(f"#more-{number}")
    if not clerk.page.is_visible(f"#unit-{number}"):
        clerk.click(f"#more-{number}")
    clerk.page.fill(f"#unit-{number}", "东山镇")
    clerk.click(f"#assign-{number}")
    clerk.wait_for_end("东山镇")
    clerk.page.wait_for_selector(f"#card-{number}", state="detached")

    assert ("东山镇", True) == (_record(space, NAMELESS).unit, _record(space, NAMELESS).outcome.counts)
