"""A master list that a hand has moved, renamed or deleted while rounds are out: nothing begins as if for the first time."""

import json
from pathlib import Path

import pytest

from tests.command import run
from tests.small import issue, small_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.page.desk import desk
from toolkit.flows.upkeep.menu import menu
from toolkit.model.command_error import CommandError

LOST = "任务总表.xlsx却不见了"


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A round is out, and the list was renamed."""
    space = small_workspace(tmp_path)
    issue(space)
    space.master.rename(space.templates / "任务总表 改.xlsx")
    return space


@pytest.mark.parametrize("words", [("status",), ("collect",), ("generate", "2023Q1"), ("consolidate", "2023Q1"), ("import", "通知.txt")], ids=" ".join)
def test_every_command_says_that_it_is_gone_and_what_to_do(space: Workspace, words: tuple[str, ...]) -> None:
    """An import would make a list without what was typed into the old one: it is refused like everything else."""
    (space.root / "通知.txt").write_text("云溪县2024年重点工作\n一、修好县道。（牵头单位：东山镇）\n", "utf-8")
    code, said, complained = run(space.root, *(str(space.root / word) if word.endswith(".txt") else word for word in words))

    assert 1 == code
    assert LOST in (said + complained).replace(" ", "")
    assert "restore" in said + complained
    assert not space.master.exists()


def test_page_menu_and_doctor_say_it_too(space: Workspace) -> None:
    """The page shows no place for a first notice."""
    found = desk(space, None)

    assert found.has_list
    assert LOST in found.sentences[0].replace(" ", "")
    with pytest.raises(CommandError, match="不见了"):
        menu(space)
    assert [LOST in one["seen"].replace(" ", "") for one in json.loads(run(space.root, "doctor", "--json")[1]) if one["thing"] == "任务总表.xlsx"] == [True]


def test_put_back_it_goes_on(space: Workspace) -> None:
    """Under its own name again everything is as it was; before anything was issued a missing list is no loss."""
    (space.templates / "任务总表 改.xlsx").rename(space.master)

    assert 0 == run(space.root, "status")[0]
    assert not small_workspace(space.root / "另一处").has_lost_list()
