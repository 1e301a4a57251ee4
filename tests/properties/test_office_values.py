"""Whatever number an office types into its master list, in whatever way: it is read as a person sees it, or refused with its cell."""

import io
import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.small import MASTER
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.templates.write_master import master_bytes
from toolkit.model.findings import Level
from toolkit.model.master import Indicator

FULL_WIDTH = str.maketrans("0123456789.,%-", "０１２３４５６７８９．，％－")
NUMBERS = st.decimals(min_value=2, max_value=9_999_999, places=2).map(lambda one: one.normalize() + 0)
WHOLE = st.integers(min_value=2, max_value=99_999_999)


class Typed(NamedTuple):
    """A cell of 目标值: what is typed, its number format, the unit beside it, and the number that a person reads there in that unit."""

    value: object
    number_format: str
    unit: str
    seen: Decimal


def _plainly(number: Decimal) -> str:
    return format(number, "f")


def _with_words(number: Decimal) -> st.SearchStrategy[str]:
    text, commas = _plainly(number), f"{number:,f}"
    return st.sampled_from([text, commas, text.translate(FULL_WIDTH), commas.translate(FULL_WIDTH), f" {text} ", f"约{text}", f"{text}左右", f"'{text}"])


@st.composite
def amounts(draw: st.DrawFn) -> Typed:
    """A number of some unit, typed as a number or as text, with the unit behind it or without."""
    number, unit = draw(NUMBERS), draw(st.sampled_from(["户", "亿元", "万平方米", "公里"]))
    if draw(st.booleans()):
        return Typed(float(number), draw(st.sampled_from(["General", "0.00", "#,##0.00", "@"])), unit, number)
    behind = draw(st.sampled_from(["", unit]))
    return Typed(draw(_with_words(number)) + behind, "@", unit, number)


@st.composite
def percentages(draw: st.DrawFn) -> Typed:
    """A percentage of 2 and more, as text with its sign or as a cell with a percent format."""
    number = draw(st.decimals(min_value=2, max_value=999, places=1))
    if draw(st.booleans()):
        return Typed(float(number / 100), draw(st.sampled_from(["0.0%", "0.00%", "0.0 %"])), "%", number)
    words = draw(st.sampled_from(["{}%", "{}％", "约{}%", "百分之{}", "{} %", "{}个百分点", "{}", "{}/100"]))
    return Typed(words.format(_plainly(number)), "@", "%", number)


@st.composite
def other_powers(draw: st.DrawFn) -> Typed:
    """An amount of money typed in steps or in another power of ten than the unit beside it."""
    number, unit, power = draw(WHOLE), *draw(st.sampled_from([("元", 0), ("万元", 4), ("亿元", 8)]))
    high, low = divmod(number, 10_000)
    steps = f"{high // 10_000}亿{high % 10_000}万元" if high >= 10_000 and high % 10_000 else f"{number}元"
    text = draw(st.sampled_from([f"{number}元", steps if not low else f"{number}元", f"{_plainly(Decimal(number) / 10_000)}万元"]))
    return Typed(text, "@", unit, Decimal(number).scaleb(-power).normalize() + 0)


ANYTHING = st.text(st.sampled_from("0123456789.,-/%约万亿千百元户个 至~以上（）()一二三成半e+"), min_size=1, max_size=9).filter(lambda text: text.strip())


def read_back(cells: list[Typed]) -> tuple[list[Decimal | None], dict[int, list[tuple[Level, str]]]]:
    """Type cells into the master list, one indicator each; give each target (None: none taken) and what is said of each cell."""
    indicators = tuple(Indicator("任务1", f"指标{at}", "≥", Decimal(1), cell.unit, "累计") for at, cell in enumerate(cells))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "任务总表.xlsx"
        book = load_workbook(io.BytesIO(master_bytes(replace(MASTER, indicators=indicators))))
        for at, cell in enumerate(cells, 2):
            target = book["量化指标"].cell(at, 4)
            target.value = cell.value  # type: ignore[assignment]
            target.number_format = cell.number_format
            if isinstance(cell.value, str):
                target.data_type = "s"
        book.save(path)
        master, faults = load_master(path)
    said: dict[int, list[tuple[Level, str]]] = {}
    for fault in faults:
        said.setdefault(int(fault.place.cell[1:]) - 2, []).append((fault.level, fault.place.cell))
    found = {indicator.name: indicator.target for indicator in master.indicators}
    return [found.get(f"指标{at}") for at in range(len(cells))], said


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(amounts(), percentages(), other_powers()), min_size=1, max_size=12))
def test_a_number_typed_in_any_reasonable_way_is_read_as_it_is_seen(cells: list[Typed]) -> None:
    """Thousands marks, full width, words about it, its unit or another power of ten, a percent sign or format: the target is the number a person reads."""
    targets, said = read_back(cells)

    assert [cell.seen for cell in cells] == targets
    assert [] == [at for at, faults in said.items() if any(level is Level.ERROR for level, _ in faults)]


@settings(max_examples=40, deadline=None)
@given(st.lists(ANYTHING, min_size=1, max_size=12), st.sampled_from(["%", "户", "万元", ""]))
def test_whatever_is_typed_is_a_target_or_an_error_at_its_cell(texts: list[str], unit: str) -> None:
    """No cell is taken for nothing, and none is dropped in silence: a target, or one error that names the cell; one that is no plain number is said."""
    targets, said = read_back([Typed(text, "@", unit, Decimal(0)) for text in texts])

    for at, (text, target) in enumerate(zip(texts, targets, strict=True)):
        faults = said.get(at, [])
        errors = [cell for level, cell in faults if level is Level.ERROR]
        assert ([] if target is not None else [f"D{at + 2}"]) == errors
        assert faults, text
        digits = "".join(char for char in unicodedata.normalize("NFKC", text) if char.isdigit())
        assert target is None or target == 0 or digits or set(text) & set("一二三成半百千万亿")


@settings(max_examples=60, deadline=None)
@given(st.dates(min_value=date(2023, 1, 2), max_value=date(2023, 12, 30)), st.integers(0, 9))
def test_a_deadline_typed_in_any_reasonable_way_is_its_day(day: date, way: int) -> None:
    """A day as text, as a date, as a serial number, with or without its year and words about it, is that day for its period."""
    numbers = day.year, day.month, day.day
    ways = (
        day,
        day.isoformat(),
        "{}年{}月{}日".format(*numbers),
        "{}.{}.{}".format(*numbers),
        "{}/{}/{}".format(*numbers),
        f"{day:%Y%m%d}",
        f"{day.month}月{day.day}日",
        f"{day.month}月{day.day}日前",
        (day - date(1899, 12, 30)) // timedelta(1),
        f"{day.month}/{day.day}",
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "任务总表.xlsx"
        book = load_workbook(io.BytesIO(master_bytes(MASTER)))
        book["日程"]["C2"], book["日程"]["D2"] = date(2023, 1, 1), ways[way]
        if not isinstance(ways[way], date):
            book["日程"]["D2"].number_format = "General"
        book.save(path)
        master, _ = load_master(path)

    assert day == master.calendar[0].due
