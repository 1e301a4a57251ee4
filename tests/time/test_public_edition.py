"""The public edition says of every period how final it is, and what has been put right since its closing."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.time.small_year import Q1, TOWN, close, lay, take_in, two_reported
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import reopen
from toolkit.flows.report.export import export_public


def said(space: Workspace, folder: Path) -> str:
    """Export; give what workbook and page both say of the first quarter."""
    book, page = export_public(space, [Q1], folder).files
    (sentence,) = [row[1] for row in load_workbook(book)["说明"].values if row[0] == "2023年第一季度"]
    assert f"<li><b>2023年第一季度</b> {sentence}</li>" in page.read_text("utf-8")
    return str(sentence)


def test_it_says_whether_a_period_is_closed_and_what_came_after(tmp_path: Path) -> None:
    """Open: the figures may change. Closed: since when. A return that came after is counted, its task named, its value left out. Reopened: they may again."""
    space = two_reported(tmp_path)
    assert said(space, tmp_path / "一") == "还没有定稿，数还会变。"
    close(space, Q1, date(2023, 4, 8))
    assert said(space, tmp_path / "二") == "2023-04-08 定稿（第 1 稿）。"

    lay(space, Q1, TOWN, progress=45, on=date(2023, 4, 10))
    take_in(space, date(2023, 4, 10))

    after = said(space, tmp_path / "三")
    assert after.startswith("2023-04-08 定稿（第 1 稿）；定稿以后有更正 ")
    assert after.endswith(" 处（任务3），这里仍是定稿的数。"), after
    rows = list(load_workbook(tmp_path / "三" / "公开版.xlsx")["任务"].values)
    assert [20] == [row[rows[0].index("累计进度")] for row in rows if "任务3" in row]
    with held(date(2023, 4, 11)):
        reopen(space, Q1, why="补收一份")
    assert said(space, tmp_path / "四") == "定稿以后已经重开，还没有再定稿，数还会变。"
