"""Reads the sheet 预判对照 of templates/考核规则.xlsx: beside which light which judgement of the unit's own is asked about."""

from collections.abc import Iterator

from toolkit.edges.templates.office_sheet import OfficeBook
from toolkit.model.findings import Code
from toolkit.model.rules import BLUE, DISAGREES, GREEN, GREY, RED, YELLOW, ForecastRule

FORECAST_SHEET = "预判对照"
FORECAST_COLUMNS = ("灯", "预判", "处理")
PASSES = "不提"
_LIGHTS = (BLUE, GREEN, YELLOW, RED, GREY)


def read_forecasts(book: OfficeBook) -> Iterator[ForecastRule]:
    """Give each line; one that cannot be read is left out, and its cell is a fault. A pair without a line is not asked about."""
    seen: dict[tuple[str, str], str] = {}
    for row in book.rows(FORECAST_SHEET, FORECAST_COLUMNS):
        filled = [row.needs(title, hint) for title, hint in (("灯", "、".join(_LIGHTS)), ("预判", "表单“选项”里的年底预判，如 能完成"))]
        light, forecast = row.choice("灯", _LIGHTS), row.text("预判")
        word = row.choice("处理", (DISAGREES, PASSES), PASSES)
        if (light, forecast) in seen and all(filled):
            row.fault(Code.REPEATED, "预判", seen=forecast, other=seen[light, forecast])
        elif light and all(filled):
            yield ForecastRule(light, forecast, asked=word == DISAGREES)
        seen.setdefault((light, forecast), row.place("预判").cell)
