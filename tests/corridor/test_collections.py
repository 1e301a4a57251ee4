"""Four collections that nothing in the program knows, by spreadsheets alone: right lights and sums, what is odd asked about, no point lost idly."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import docx
import openpyxl
import pytest
from python_calamine import load_workbook

from tools.example_returns import COLLECTIONS, Collection
from tools.make_examples import begin, faults, play

CHINESE = re.compile("[一-鿿]")
EXAMPLES = Path(__file__).parents[2] / "docs" / "示例"
NAMES = [collection.name for collection in COLLECTIONS]
ENGLISH = "Project return"
SHOWN = {"蓝": "Blue", "绿": "Green", "黄": "Amber", "红": "Red", "灰": "Grey"}
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
    """A played collection: what doctor found, each sheet of its book as rows, the kinds of paper, the Chinese that stands in papers, book and forms."""

    faults: list[str]
    sheets: dict[str, list[list[object]]]
    papers: list[str]
    chinese: list[str]


@cache
def played(name: str) -> Played:
    """Play a collection once for all tests, in a folder that goes away."""
    with TemporaryDirectory() as folder:
        space = begin(found(name), Path(folder))
        wrong = [f"{fault.seen}" for fault in faults(space)]
        book = load_workbook(str(play(space, found(name))))
        out = space.root / "outbox" / found(name).period
        papers = sorted(out.glob("文书/**/*.docx"))
        kinds = [path.parent.name if path.parent.name != "文书" else path.stem[-2:] for path in papers if not path.name.startswith("催报名单")]
        books = [next(out.glob("汇总/*.xlsx")), next(out.glob("发放/*.xlsx")), *out.glob("退回/*.xlsx")] if name == ENGLISH else []
        left = sorted({text for texts in (*map(texts_of_book, books), *map(texts_of_paper, papers)) for text in texts if CHINESE.search(text)})
        return Played(wrong, {sheet: book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names}, sorted(kinds), left)


def texts_of_book(path: Path) -> list[str]:
    """Give the texts of the sheets that a person sees, their names and what they say of cells."""
    sheets = [sheet for sheet in openpyxl.load_workbook(path) if sheet.sheet_state == "visible"]
    said = [str(text) for sheet in sheets for rule in sheet.data_validations.dataValidation for text in (rule.prompt, rule.promptTitle, rule.error) if text]
    cells = [cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    return [*(sheet.title for sheet in sheets), *said, *cells]


def texts_of_paper(path: Path) -> list[str]:
    """Give the paragraphs of a paper, those in tables too."""
    paper = docx.Document(str(path))
    return [paragraph.text for paragraph in paper.paragraphs] + [cell.text for table in paper.tables for row in table.rows for cell in row.cells]


def found(name: str) -> Collection:
    """Find a collection by its name."""
    return next(collection for collection in COLLECTIONS if collection.name == name)


def sheet_of_rows(name: str) -> str:
    """Name the sheet of the book that has a collection's rows."""
    return next(value for key, value in found(name).definition.settings if key == "汇总表")


def column(name: str, title: str) -> dict[str, object]:
    """Give a column of the sheet of rows by row number."""
    rows = played(name).sheets[sheet_of_rows(name)]
    return {str(row[0]): row[rows[0].index(title)] for row in rows[1:]}


def lights(name: str) -> dict[str, str]:
    """Give the lights that are worked out by hand, in the words of the book."""
    return {number: SHOWN[light] if name == ENGLISH else light for number, light in found(name).lights.items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_definition_is_sound(name: str) -> None:
    """Doctor finds nothing in a definition made of spreadsheets, its list or its calendar."""
    assert [] == played(name).faults


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_the_light_worked_out_by_hand(name: str) -> None:
    """By day, by money and by progress each row is lit as its form says; grey is only what did not come."""
    assert lights(name) == column(name, "Light" if name == ENGLISH else "灯")


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
    rows = played(name).sheets["Findings" if name == ENGLISH else "问题清单"]

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
    rows = load_workbook(str(next(folder.glob("outbox/*/汇总/*.xlsx")))).get_sheet_by_name(sheet_of_rows(name)).to_python()
    light = rows[0].index("Light" if name == ENGLISH else "灯")

    assert lights(name) == {str(row[0]): row[light] for row in rows[1:]}
    assert len(found(name).sent) == len(list(folder.glob("records/returns/**/*.xlsx")))


@pytest.mark.parametrize(
    ("name", "papers"),
    [
        ("隐患排查", ["催报", "督办通知单", "督办通知单", "通报"]),
        ("预算执行", ["催报", "通报"]),
        ("建议提案办理", ["催报", "汇编", "督办通知单", "通报"]),
        ("Project return", ["催报", "通报"]),
    ],
)
def test_papers_are_those_that_the_form_asks_for(name: str, papers: list[str]) -> None:
    """A form that asks for no letters of supervision gets none, whatever its lights; no form gets what it does not name."""
    assert papers == played(name).papers


def test_the_english_collection_is_english_on_paper_and_sheet() -> None:
    """Forms, receipts, book and papers of a form whose language is English hold no Chinese."""
    assert [] == played(ENGLISH).chinese
