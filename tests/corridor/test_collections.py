"""Four collections that nothing in the program knows, by spreadsheets alone: right lights and sums, what is odd asked about, no point lost idly."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from python_calamine import load_workbook

from tools.example_returns import COLLECTIONS, Collection
from tools.make_examples import begin, faults, play

EXAMPLES = Path(__file__).parents[2] / "docs" / "示例"
NAMES = [collection.name for collection in COLLECTIONS]
FOUND = {
    "隐患排查": ["C02 沙洲街道 E5", "C02 青山街道 F5", "C12 新城街道 D5", "C12 新城街道 F5", "C12 白塔街道 H5", "C16 北关街道 E5", "C17 南桥街道 H5"],
    "预算执行": ["C02 区水务局 E6", "C12 区人社局 E5", "C12 区卫健局 E6", "C17 区住建局 E5", "C17 区民政局 E5", "C17 区财政局 E5"],
    "建议提案办理": ["C02 区水务局 G5", "C12 区卫健局 G5", "C16 区交通局 E5", "R04 区卫健局 H5"],
    "Project return": ["C12 Department of Health F5", "C12 Department of Transit F5", "C16 Department of Culture E5", "Q08 Department of Energy E5"],
}
LOST = {
    "隐患排查": ["沙洲街道 退回", "沙洲街道 错误", "西园街道 超期", "北关街道 超期", "青山街道 退回", "青山街道 错误"],
    "建议提案办理": ["区水务局 退回", "区水务局 错误", "区财政局 超期", "区统计局 未报", "区统计局 超期"],
}


class Played(NamedTuple):
    """A played collection: what doctor found, each sheet of its book as rows, the papers by their folder."""

    faults: list[str]
    sheets: dict[str, list[list[object]]]
    papers: frozenset[str]


@cache
def played(name: str) -> Played:
    """Play a collection once for all tests, in a folder that goes away."""
    with TemporaryDirectory() as folder:
        space = begin(found(name), Path(folder))
        wrong = [f"{fault.seen}" for fault in faults(space)]
        book = load_workbook(str(play(space, found(name))))
        papers = space.root / "outbox" / found(name).period / "文书"
        kinds = {path.parent.name if path.parent != papers else path.stem for path in papers.rglob("*.docx")}
        return Played(wrong, {sheet: book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names}, frozenset(kinds))


def found(name: str) -> Collection:
    """Find a collection by its name."""
    return next(collection for collection in COLLECTIONS if collection.name == name)


def column(name: str, title: str) -> dict[str, object]:
    """Give a column of the sheet of rows by row number."""
    rows = played(name).sheets[next(value for key, value in found(name).definition.settings if key == "汇总表")]
    return {str(row[0]): row[rows[0].index(title)] for row in rows[1:]}


@pytest.mark.parametrize("name", NAMES)
def test_the_definition_is_sound(name: str) -> None:
    """Doctor finds nothing in a definition made of spreadsheets, its list or its calendar."""
    assert [] == played(name).faults


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_the_light_worked_out_by_hand(name: str) -> None:
    """By day, by money and by progress each row is lit as its form says; grey is only what did not come."""
    assert dict(found(name).lights) == column(name, "灯")


@pytest.mark.parametrize("name", ["隐患排查", "预算执行"])
def test_sums_are_in_the_columns_unit(name: str) -> None:
    """亿 and 元 are converted to 万元 before they are added up, on the sheet of rows and on 总览."""
    values = column(name, found(name).summed).values()
    overview = [value for row in played(name).sheets["总览"] for value in row]

    assert found(name).total == sum(Decimal(str(value)) for value in values if value != "")
    assert float(found(name).total) in overview


@pytest.mark.parametrize("name", NAMES)
def test_what_is_odd_is_asked_about_and_nothing_else(name: str) -> None:
    """Each mistake is found at its cell; empty lines and untouched forms are none."""
    rows = played(name).sheets["问题清单"]

    assert FOUND[name] == sorted(f"{row[0]} {row[2]} {row[5]}" for row in rows[1:])


@pytest.mark.parametrize("name", NAMES)
def test_points_are_lost_by_mistakes_only_and_where_the_form_is_scored(name: str) -> None:
    """An empty line costs nothing; a form that is not scored has no sheet of points."""
    rows = played(name).sheets.get("扣分明细", [])

    assert sorted(LOST.get(name, [])) == sorted(f"{row[0]} {row[1]}" for row in rows[1:])


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_example_is_what_is_played_today(name: str) -> None:
    """docs/示例 has each collection with its returns; its book has the lights that are worked out by hand; tools/make_examples.py makes it."""
    folder = EXAMPLES / name
    book = load_workbook(str(next(folder.glob("outbox/*/汇总/*.xlsx"))))
    rows = book.get_sheet_by_name(next(value for key, value in found(name).definition.settings if key == "汇总表")).to_python()
    light = next(at for at, title in enumerate(rows[0]) if title in {"灯", "Light"})

    assert list(found(name).lights) == [str(row[0]) for row in sorted(rows[1:], key=lambda row: list(found(name).lights).index(str(row[0])))]
    assert len(found(name).sent) == len(list(folder.glob("records/returns/**/*.xlsx")))
    if rows[0][light] == "灯":
        assert dict(found(name).lights) == {str(row[0]): row[light] for row in rows[1:]}
