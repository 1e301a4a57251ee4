"""Data sheets: nothing is cut off, links are whole, what units typed is inert."""

import io
import re
import zipfile
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from tests.views.rounds import busy_round, make_round, make_task, said, shipped_rules
from toolkit.assessment.assess import assess
from toolkit.edges.writing.write_workbooks import draw
from toolkit.model.master import DEPARTMENT, Role
from toolkit.model.measure import TALLEST, height, lines
from toolkit.model.place import Place
from toolkit.model.sheet import Link, SheetPlan
from toolkit.model.standing import Round, UnitStanding
from toolkit.views.consolidated import data_sheet
from toolkit.views.consolidated.consolidated_book import consolidated
from toolkit.views.consolidated.source_links import original


def drawn(state: Round) -> bytes:
    rules = shipped_rules()
    return draw(consolidated(state, rules, assess(state, rules)))


def task_plan(state: Round) -> SheetPlan:
    rules = shipped_rules()
    return consolidated(state, rules, assess(state, rules)).sheets[1]


@pytest.mark.parametrize(
    ("text", "width", "count"),
    [("", 10, 1), ("中文", 5, 1), ("中文中", 5, 2), ("一\n二\n三", 40, 3), ("a" * 100, 11, 10), ("word word", 6, 2), ("“①”", 7, 1)],
)
def test_lines_count_chinese_as_two(text: str, width: float, count: int) -> None:
    """A Chinese character takes two columns, a Latin word stays whole, a line break begins a line."""
    assert count == lines(text, width)


def test_rows_grow_with_their_text_up_to_excels_limit() -> None:
    """A row is as high as its tallest cell, never above 409 points."""
    assert height([("短", 20)], 10) < height([("长" * 100, 20)], 10) < height([("长" * 5000, 20)], 10) == TALLEST


def test_a_column_grows_before_its_text_is_cut() -> None:
    """A report of a thousand characters makes its column wider rather than its row higher than a row can be."""
    short, long = (task_plan(make_round([make_task("任务1", status="推进中", progress=20, done="开工。" * count)])) for count in (5, 400))

    assert short.widths[12] < long.widths[12]
    assert max(row.height or 0 for row in long.rows()) < TALLEST


def test_lists_of_ten_thousand_units_fit_into_their_cells() -> None:
    """Where a whole province is silent, or speaks to one task, the first are named and the number is told; the book can be written."""
    names = [f"某某省第{at}号单位" for at in range(10_000)]
    spoke = [said(name, "任务1", Role.SUPPORT, status="推进中", done="开工。") for name in names]
    units = [UnitStanding(name, DEPARTMENT, None, None, on_time=False, versions=0, errors=0, reviews=0) for name in names]
    state = make_round([make_task("任务1", others=spoke, silent=names)], units=units)
    overview = next(sheet for sheet in consolidated(state, shipped_rules(), assess(state, shipped_rules())).sheets if sheet.name == "总览")
    beside = str(list(task_plan(state).rows())[1].values[15])

    assert drawn(state)
    assert beside.startswith("某某省第0号单位：推进中，开工；\n某某省第1号单位：")
    assert 1 == beside.count("；\n……等共 10000 个；\n未报：")
    assert beside.endswith("、……等共 10000 个")
    assert any(str(value).startswith("某某省第0号单位、") and str(value).endswith("、……等共 10000 个") for _, value, _ in overview.merges)


def test_a_books_lights_are_formats_of_whole_columns() -> None:
    """One conditional format a light, over the whole column, whatever the number of tasks."""
    plan = task_plan(make_round([make_task(f"任务{number}") for number in range(1, 101)]))

    assert [("K2:K101", f'=$K2="{light}"', f"灯·{light}") for light in "蓝绿黄红灰"] == [
        (condition.area.ref(), condition.formula, condition.look) for condition in plan.conditions
    ]


def test_links_keep_their_slashes_and_any_file_name() -> None:
    """A link's address is relative, with forward slashes, and leads to the file whatever signs its name has."""
    path = "records/returns/2023Q1/区发改局/上报 50%#1 [终稿].xlsx"
    link = original(path, Place("x.xlsx", "任务进展", "K7"))
    assert isinstance(link, Link)
    target = link.target.removeprefix("external:").partition("#")[0]
    assert f"../../../{path}" == unquote(target)

    archive = zipfile.ZipFile(io.BytesIO(drawn(make_round([make_task("任务1", status="推进中")]))))
    addresses = re.findall(r'Target="([^"]*records[^"]*)"', "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")))
    assert ["../../../records/returns/2023Q1/区发改局/区发改局.xlsx"] == addresses


def test_a_links_tip_is_cut_where_excel_would_refuse_it() -> None:
    """Excel counts the tip of a link in units of which a rare character takes two."""
    links = [original(f"records/{sign * 300}.xlsx") for sign in "长𠮷"]

    assert [255, 254] == [len(link.tip.encode("utf-16-le")) // 2 for link in links if isinstance(link, Link)]


def test_beyond_excels_number_of_links_the_path_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a sheet can hold no more links, the words say where the original lies."""
    monkeypatch.setattr(data_sheet, "MOST_LINKS", 1)
    rows = [said(unit, "任务1", status="推进中") for unit in ("区发改局", "区商务局")]
    rules = shipped_rules()
    state = make_round(details=rows)
    plan = next(sheet for sheet in consolidated(state, rules, assess(state, rules)).sheets if sheet.name == "填报明细")
    shown = [row.values[-1] for row in plan.rows()][1:]

    assert isinstance(shown[0], Link)
    assert "原件 J7（records/returns/2023Q1/区商务局/区商务局.xlsx　任务进展 J7）" == shown[1]


@pytest.mark.parametrize("typed", ["=1+1", "+86", "-1", "@SUM(A1)", "http://x.cn/a", "=cmd|'/c calc'!A1", "<b>&\"'", "_x0041_", "1", "TRUE"])
def test_what_a_unit_typed_is_only_text(typed: str) -> None:
    """No text from a unit becomes a formula, a link or a number anywhere in the workbook."""
    tasks = [make_task("任务1", status="推进中", progress=20, done=typed, problem=typed, next=typed)]
    book = load_workbook(io.BytesIO(drawn(make_round(tasks, details=[task.lead for task in tasks if task.lead]))))

    cell = book["任务进展"]["M2"]
    assert ("s", typed, None) == (cell.data_type, cell.value, cell.hyperlink)
    assert typed in [one.value for one in book["填报明细"][2] if one.data_type == "s"]


def test_the_same_round_gives_the_same_bytes() -> None:
    """Drawing twice gives the same file."""
    assert drawn(busy_round()) == drawn(busy_round())
