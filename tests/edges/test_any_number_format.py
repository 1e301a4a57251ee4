"""Any number in any format: what is read of a cell is what LibreOffice displays, to within half of its last digit, or is asked."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from tests.office import convert
from toolkit.edges.reading.read_workbooks import read_grid
from toolkit.model.displayed import DisplayedCell, Doubt
from toolkit.model.values import PercentCell, exact

CASES = 600
DIGITS = ("0", "0.0", "0.00", "#,##0", "#,##0.00", "#", "#.##", "??0", "0.0#", "000", "0,", "0.0,", "0.00,,", "#,##0,", "0\\.0,", "0\\.0000", "0\\.00,")
WORDS = ("", "", "", "%", '"%"', "\\%", '"万亩"', '"万元"', "元", '" 户"', "‰", '"以上"', "_)", "\\ ", "* ")
LEADS = ("", "", "", '"约"', '"增长"', '"下降"', "-", '"共"', "￥", "[$￥-804]", "[Red]", "[$-804]", "+", "(", '"▲"')
CONDITIONS = ("[>=100]", "[<0]", "[=0]", "[<=1000]")
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?|\.\d+)((?:E[+-]\d+)?)")
_NEGATIVE = re.compile(r"-|\(|下降")

section = some.builds("{}{}{}".format, some.sampled_from(LEADS), some.sampled_from(DIGITS), some.sampled_from(WORDS))
formats = some.one_of(
    section,
    some.builds("{};{}".format, section, section),
    some.builds("{};{};{}".format, section, section, some.one_of(section, some.sampled_from(("", '"-"', '"无"')))),
    some.builds("{}{};{}".format, some.sampled_from(CONDITIONS), section, section),
    some.builds("{}{};{}{};{}".format, some.sampled_from(CONDITIONS), section, some.sampled_from(CONDITIONS), section, section),
    some.sampled_from((";;;", "General", 'General"家"', "@", '"第"0"批"', "0.00E+00", "# ?/?", '"已完成"')),
)
numbers = some.one_of(
    some.integers(-2_000_000, 2_000_000).map(float),
    some.decimals(-20_000, 20_000, places=2, allow_nan=False).map(float),
    some.decimals(-2, 2, places=3, allow_nan=False).map(float),
)


def drawn() -> list[tuple[float, str]]:
    """Draw the same cases each time."""
    cases: list[tuple[float, str]] = []

    @settings(max_examples=CASES, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None)
    @given(numbers, formats)
    def draw(number: float, code: str) -> None:
        cases.append((number, code))

    draw()
    return cases


def displayed_by_office(cases: list[tuple[float, str]], folder: Path) -> tuple[list[str], bytes]:
    """Give what LibreOffice displays of each case, and the workbook that holds them."""
    path = folder / "来件.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for row, (number, code) in enumerate(cases):
        sheet.write_number(row, 0, number, book.add_format({"num_format": code}))
        sheet.write_string(row, 1, "x")
    book.close()
    shown = convert(path, "csv:Text - txt - csv (StarCalc):44,34,76", folder / "csv").read_text("utf-8")
    return [line[0] for line in csv.reader(shown.splitlines())], path.read_bytes()


def meaning(raw: object) -> tuple[Decimal | None, str]:
    """Give the number that a raw cell says a person saw, and the words with it; None where it is a word or is asked."""
    if isinstance(raw, DisplayedCell):
        return (None, "asked") if raw.doubt else (raw.number, f"{raw.lead}{raw.unit}")
    if isinstance(raw, PercentCell):
        return exact(exact(raw) * 100), "%"
    return (exact(raw), "") if isinstance(raw, float | int) else (None, str(raw or ""))


def size_of(shown: str) -> tuple[Decimal, Decimal]:
    """Give the number in a displayed text, without its sign, and half of what its last digit stands for."""
    fraction = re.search(r"(?:(\d+) +)?(\d+)/(\d+)", shown)
    if fraction:
        return Decimal(fraction[1] or 0) + Decimal(fraction[2]) / Decimal(fraction[3]), Decimal(1) / 18  # the finest step of # ?/? is a ninth
    found = _NUMBER.search(shown)
    assert found is not None
    digits = found[1].replace(",", "")
    return Decimal(digits + found[2]), Decimal(1).scaleb(int(found[2].lstrip("E") or 0) - len(digits.partition(".")[2])) / 2


def disagreement(number: float, raw: object, shown: str) -> str:
    """Say how what is read differs from what is displayed, '' where it does not."""
    read, words = meaning(raw)
    if isinstance(raw, DisplayedCell) and raw.doubt:
        return "hidden is shown" if raw.doubt is Doubt.HIDDEN and _NUMBER.search(shown) else ""
    found = _NUMBER.search(shown)
    if read is None:
        return "" if words.strip() == shown.strip() else "words differ"
    if found is None:
        return "" if number == 0 else "no number is displayed"
    size, half = size_of(shown)
    sign = -1 if _NEGATIVE.search(shown.partition("E")[0]) or (number < 0 and "▲" in shown) else 1
    if abs(read - sign * size) > half * Decimal("1.000001"):
        return "numbers differ"
    return "" if ("%" in words) == ("%" in shown) and ("万" in words) == ("万" in shown) else "units differ"


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_what_is_read_is_what_an_office_program_displays(tmp_path: Path) -> None:
    """Scale, sign, per cent and unit are those of the displayed text; mere rounding is no difference."""
    cases = drawn()
    shown, content = displayed_by_office(cases, tmp_path)
    rows = read_grid(content, "来件").sheets[0].rows

    judged = [(number, code, text, disagreement(number, row[0], text)) for (number, code), text, row in zip(cases, shown, rows, strict=True)]
    asked = sum(isinstance(row[0], DisplayedCell) and row[0].doubt is not None for row in rows)
    assert [] == [case for case in judged if case[-1]]
    assert asked < len(cases) * 0.6
