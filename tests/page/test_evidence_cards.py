"""Evidence that is asked about, on the page: its proposal accepted, given to unit and tasks, refused; the original looked at; parts of a book by name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.page.browser import Clerk, served
from tests.page.keyboard import Keyboard
from tests.parts.test_parts import BUREAU, PLAN, TOWN, merged
from tests.small import Q1, issue, small_workspace
from toolkit.edges.ledger.evidence_records import matches
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.verify import verify
from toolkit.flows.intake.collect import collect
from toolkit.flows.office.office_context import open_office
from toolkit.model.returns import Outcome

JPG, PNG = b"\xff\xd8\xff\xe0" + b"0" * 500, b"\x89PNG\r\n\x1a\n" + b"1" * 80


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A round is issued; of three pictures one has a proposal, one tells its unit only, one nothing; a book holds rows of a stranger."""
    space = small_workspace(tmp_path / "工作区")
    issue(space)
    for name, content in (("东山镇/3.jpg", JPG), ("东山镇/现场.png", PNG), ("IMG_0001.jpg", JPG + b"1")):
        path = space.inbox / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    merged(space, {TOWN: TOWN, BUREAU: BUREAU, PLAN: "某某中心"})
    collect(space, progress=lambda items, _: items)
    return space


@pytest.fixture
def clerk(browser: Browser, space: Workspace) -> Iterator[Clerk]:
    """A clerk before the desk."""
    with served(space.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("article.card >> nth=3")
        yield clerk
        assert [] == clerk.complaints


def _number(space: Workspace, name: str) -> int:
    with open_office(space) as office:
        return next(record.id for record in office.ledger.all_files() if record.name.endswith(name))


def _pieces(space: Workspace) -> list[tuple[str, str, str, tuple[str, ...]]]:
    with open_office(space) as office:
        return [(piece.title, piece.unit, piece.kind.value, piece.tasks) for piece in matches(office.ledger, str(Q1))]


def test_a_proposal_is_accepted_with_one_click(clerk: Clerk, space: Workspace) -> None:
    """
    The button says what it takes the picture for; the ledger holds just that.
    """
    number = _number(space, "3.jpg")
    assert "接受：东山镇　任务3" == clerk.page.inner_text(f"#accept-{number}")
    clerk.click(f"#accept-{number}")
    clerk.wait_for_end("采用")
    clerk.page.wait_for_selector(f"#card-{number}", state="detached")

    assert [("3.jpg", "东山镇", "佐证材料", ("任务3",))] == _pieces(space)


def test_evidence_of_a_known_unit_is_given_to_its_tasks(clerk: Clerk, space: Workspace) -> None:
    """
    The unit's tasks stand there to be ticked; with none ticked, or the whole form and a task, the page says what is wanted and nothing is done.
    """
    number = _number(space, "现场.png")
    assert not clerk.page.query_selector(f"#accept-{number}")
    clerk.click(f"#assign-{number}")
    clerk.page.wait_for_selector("#notice:has-text('请勾选任务')")
    clerk.page.check(f"#task-{number}-1")
    clerk.page.check(f"#task-{number}-whole")
    clerk.click(f"#assign-{number}")
    clerk.page.wait_for_selector("#notice:has-text('请只勾')")
    clerk.page.uncheck(f"#task-{number}-whole")
    clerk.page.check(f"#task-{number}-2")
    clerk.click(f"#assign-{number}")
    clerk.wait_for_end("东山镇")
    clerk.page.wait_for_selector(f"#card-{number}", state="detached")

    assert [("现场.png", "东山镇", "佐证材料", ("任务2", "任务3"))] == _pieces(space)


def test_evidence_of_nobody_is_given_by_keyboard(clerk: Clerk, space: Workspace) -> None:
    """
    A unit is typed, its tasks come and one is ticked with the space bar; an unknown unit is said. As the stamped form it goes to no task.
    """
    number = _number(space, "IMG_0001.jpg")
    keys = Keyboard(clerk)
    keys.press(f"more-{number}")
    keys.type(f"unit-{number}", "西山镇")
    keys.go(f"for-{number}")
    clerk.page.wait_for_selector("#notice:has-text('没有“西山镇”')")
    keys.type(f"unit-{number}", "云溪县发改局")
    keys.go(f"for-{number}")
    clerk.page.wait_for_selector(f"#task-{number}-1")
    keys.go(f"task-{number}-whole")
    clerk.page.keyboard.press("Space")
    keys.press(f"assign-{number}")
    clerk.wait_for_end("云溪县发改局")
    clerk.page.wait_for_selector(f"#card-{number}", state="detached")

    assert [("IMG_0001.jpg", "云溪县发改局", "盖章件", ())] == _pieces(space)


@pytest.mark.parametrize("name", ["现场.png", "IMG_0001.jpg"])
def test_what_is_no_evidence_is_put_away(clerk: Clerk, space: Workspace, name: str) -> None:
    """
    退回 of what waits, 知道了 of what was refused because it tells nobody's name: the card goes and does not come again.
    """
    number = _number(space, name)
    clerk.click(f"#refuse-{number}")
    clerk.wait_for_end("退回")
    clerk.page.wait_for_selector(f"#card-{number}", state="detached")

    with open_office(space) as office:
        record = office.ledger.file(number)
    assert record is not None
    assert Outcome.REFUSED is record.outcome
    assert [] == _pieces(space)
    assert () == verify(space, Q1, progress=lambda items, _: items).differences


def test_an_original_is_looked_at(clerk: Clerk, space: Workspace) -> None:
    """
    A picture is shown, a workbook handed out under its own name, of a part the whole book; a number that is none gets a sentence.
    """
    base = clerk.page.url.rstrip("/")
    answers = [clerk.page.request.get(f"{base}/original/{_number(space, name)}") for name in ("3.jpg", "〔Sheet：第1、6行〕")]
    heads = [(answer.headers["content-type"], answer.headers["content-disposition"].partition(";")[0]) for answer in answers]

    assert [("image/jpeg", "inline"), ("application/octet-stream", "attachment")] == heads
    assert JPG == answers[0].body()
    assert "%E6%B1%87%E6%80%BB.xlsx" in answers[1].headers["content-disposition"]
    assert "9999 号文件的原件不在这里" in clerk.page.request.get(f"{base}/original/9999").text()


def test_a_part_of_a_book_is_named_with_its_book(clerk: Clerk, space: Workspace) -> None:
    """
    The card of rows that are nobody's says which book they stand in and where.
    """
    number = _number(space, "〔Sheet：第1、6行〕")
    title = clerk.page.inner_text(f"#card-{number} h3")

    assert title.startswith("汇总.xlsx：")
    assert title.endswith("（Sheet：第1、6行）")
    assert not clerk.page.query_selector(f"#accept-{number}")
    assert clerk.page.is_visible(f"#unit-{number}")
