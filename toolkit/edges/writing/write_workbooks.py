"""Draws a BookPlan with xlsxwriter: the one place where workbooks that leave are written."""

import io
import warnings
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from toolkit.edges.writing.fast import fast_workbooks
from toolkit.model.cell_style import CellStyle
from toolkit.model.sheet import Area, BookPlan, Chart, Formula, Guard, Link, Print, SheetPlan, Visibility

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed instant, so that the same plan gives the same bytes
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_A4, _A3 = 9, 8
# What a unit may still do on a protected sheet; only locked cells' contents are shut.
_PROTECTION = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True, "select_locked_cells": True, "select_unlocked_cells": True}
_TITLE_LIMIT, _TEXT_LIMIT, _LIST_LIMIT = 32, 255, 255  # Excel's own, for validation titles, messages and typed-in lists


def draw(plan: BookPlan) -> bytes:
    """Write a workbook; the same plan always gives the same bytes. Raises ValueError where xlsxwriter would only have warned and dropped something."""
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            book = fast_workbooks.open_book(stream, _OPTIONS, long=any(sheet.body for sheet in plan.sheets))
            book.set_properties({"title": plan.title, "subject": plan.subject, "author": plan.author, "created": _CREATED})
            for name, value in plan.properties.items():
                book.set_custom_property(name, value, "text")
            formats = {name: book.add_format(_format(look)) for name, look in plan.looks.items()}
            conditionals = {name: book.add_format(_conditional_format(look)) for name, look in plan.looks.items()}
            sheets = [(fast_workbooks.add_sheet(book, sheet.name), sheet) for sheet in plan.sheets]
            for sheet, planned in sheets:
                _draw_sheet(book, sheet, planned, formats, conditionals)
            for name, ref in plan.names.items():
                book.define_name(name, ref)
            book.close()
        except UserWarning as warning:
            raise ValueError(str(warning)) from warning
    return stream.getvalue()


def _draw_sheet(book: Workbook, sheet: Worksheet, plan: SheetPlan, formats: Mapping[str, Format], conditionals: Mapping[str, Format]) -> None:
    for column, width in plan.widths.items():
        sheet.set_column(column, column, width)
    for row, height in _heights(plan):
        sheet.set_row(row, height)
    if plan.body:
        sheet.lay(plan.body, formats)
    for row, column, value, look in plan.cells:
        _write(sheet, row, column, value, formats[look])
    for area, value, look in plan.merges:
        _merge(sheet, area, formats[look])
        _write(sheet, area.top, area.left, value, formats[look])
    for area, guard in plan.guards:
        sheet.data_validation(*area, _validation(guard))
    for condition in plan.conditions:
        rule = {"type": "formula", "criteria": condition.formula, "format": conditionals[condition.look]}
        sheet.conditional_format(*condition.area, rule)
    for row, column, words in plan.comments:
        sheet.write_comment(row, column, words, {"x_scale": 2, "y_scale": 1.2})
    for chart in plan.charts:
        sheet.insert_chart(chart.row, chart.column, _chart(book, chart), {"object_position": 2})
    _draw_view(sheet, plan)


def _merge(sheet: Worksheet, area: Area, look: Format) -> None:
    if (area.top, area.left) != (area.bottom, area.right):  # a table may have one column
        sheet.merge_range(*area, "", look)


def _heights(plan: SheetPlan) -> Iterable[tuple[int, float | None]]:
    """Give the heights that xlsxwriter must know: of a body only where a comment's box is placed by the rows above it."""
    return enumerate(row.height for row in plan.rows()) if plan.body and plan.comments else plan.heights.items()


def _draw_view(sheet: Worksheet, plan: SheetPlan) -> None:
    if plan.freeze:
        sheet.freeze_panes(*plan.freeze)
    if plan.filter:
        sheet.autofilter(*plan.filter)
    if plan.protect:
        sheet.protect("", _PROTECTION)
    if plan.visibility is not Visibility.SHOWN:
        (sheet.hide if plan.visibility is Visibility.HIDDEN else sheet.very_hidden)()
    if plan.tab:
        sheet.set_tab_color(f"#{plan.tab}")
    if not plan.gridlines:
        sheet.hide_gridlines(2)
    sheet.set_zoom(plan.zoom)
    _set_page(sheet, plan.printing)


def _set_page(sheet: Worksheet, page: Print) -> None:
    if page.landscape:
        sheet.set_landscape()
    sheet.set_paper(_A3 if page.large else _A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    if page.scale:
        sheet.set_print_scale(page.scale)
        sheet.set_v_pagebreaks(list(page.breaks))
    else:
        sheet.fit_to_pages(1, page.fit_height)
    if page.beside:
        sheet.repeat_columns(0, page.beside - 1)
    if page.repeat:
        sheet.repeat_rows(*page.repeat)
    sheet.set_header(page.header)
    sheet.set_footer(page.footer)


def _write(sheet: Worksheet, row: int, column: int, value: object, look: Format) -> None:  # noqa: PLR0911 - one line a type
    """Write by Python type only: a text is never read as a formula, a link or a number."""
    if value is None or value == "":
        return _checked(sheet.write_blank(row, column, None, look), value)
    if isinstance(value, bool):
        return _checked(sheet.write_boolean(row, column, value, look), value)
    if isinstance(value, int | float | Decimal):
        return _checked(sheet.write_number(row, column, float(value), look), value)
    if isinstance(value, Formula):
        shown = float(value.value) if isinstance(value.value, Decimal) else value.value
        return _checked(sheet.write_formula(row, column, value.text, look, shown), value)
    if isinstance(value, Link):
        return _checked(sheet.write_url(row, column, fast_workbooks.url(value), look), value)
    if isinstance(value, date):
        return _checked(sheet.write_datetime(row, column, value, look), value)
    return _checked(sheet.write_string(row, column, str(value), look), value)


def _checked(result: int, value: object) -> None:
    if result:
        raise ValueError(f"xlsxwriter wrote nothing for {value!r} ({result})")


def _format(look: CellStyle) -> dict[str, Any]:
    shape: dict[str, Any] = {**_conditional(look), "locked": look.locked, "text_wrap": look.wrap, "valign": look.down}
    if look.font:
        shape["font_name"] = look.font
    if look.size:
        shape["font_size"] = look.size
    if look.across:
        shape["align"] = look.across
    if look.number_format:
        shape["num_format"] = look.number_format
    return shape


def _conditional(look: CellStyle) -> dict[str, Any]:
    """Give the parts of a look that a conditional format may carry too."""
    shape: dict[str, Any] = {}
    if look.bold:
        shape["bold"] = True
    if look.italic:
        shape["italic"] = True
    if look.underline:
        shape["underline"] = 1
    if look.colour:
        shape["font_color"] = f"#{look.colour}"
    if look.fill:
        shape["bg_color"] = f"#{look.fill}"
    if look.border:
        shape.update(border=1, border_color=f"#{look.border}")
    return shape


def _conditional_format(look: CellStyle) -> dict[str, Any]:
    return {key: value for key, value in _conditional(look).items() if key in {"bold", "italic", "font_color", "bg_color"}}


def _validation(guard: Guard) -> dict[str, Any]:
    rule: dict[str, Any] = {"validate": guard.kind, "ignore_blank": True}
    if guard.kind == "list":
        if not guard.choices.startswith("=") and len(guard.choices) > _LIST_LIMIT:
            raise ValueError(f"a typed-in list of {len(guard.choices)} characters: Excel takes {_LIST_LIMIT}")
        rule["source"] = guard.choices if guard.choices.startswith("=") else guard.choices.split(",")
    elif guard.kind == "custom":
        rule["value"] = guard.low
    elif guard.kind != "any":
        rule.update(criteria="between", minimum=guard.low, maximum=guard.high)
        if guard.kind == "length":
            rule["validate"] = "length"
    if guard.title or guard.prompt:
        rule.update(input_title=guard.title[:_TITLE_LIMIT], input_message=guard.prompt[:_TEXT_LIMIT])
    if guard.error:
        rule.update(error_title=guard.title[:_TITLE_LIMIT], error_message=guard.error[:_TEXT_LIMIT])
    if not guard.strict:
        rule["error_type"] = "warning"
    if not guard.stops:
        rule["show_error"] = False
    return rule


def _chart(book: Workbook, plan: Chart) -> Any:
    kind = {"type": plan.kind}
    if plan.stacked:
        kind["subtype"] = "stacked"
    chart = book.add_chart(kind)
    # Small counts in a stack would be written over each other: there the number format shows nothing below 3, elsewhere nothing for 0.
    labels = {"value": True, "num_format": '[>=3]0;""' if plan.stacked else "0;;", "font": {"size": 9}}
    for series in plan.series:
        drawn: dict[str, Any] = {"name": series.name, "categories": series.categories, "values": series.values, "data_labels": labels}
        if plan.point_colours:
            drawn["points"] = [{"fill": {"color": f"#{colour}"}, "border": {"color": "white"}} for colour in plan.point_colours]
        elif plan.kind != "line":
            drawn["gap"] = 60
        if plan.kind == "line":
            line = {"color": f"#{series.colour}", "width": 2}
            drawn.update(data_labels={}, line=line, marker={"type": "circle", "size": 6, "fill": {"color": f"#{series.colour}"}, "border": {"color": "white"}})
        elif series.colour:
            drawn["fill"] = {"color": f"#{series.colour}"}
        chart.add_series(drawn)
    chart.set_title({"name": plan.title, "name_font": {"size": 11}, "overlay": False})
    chart.set_size({"width": plan.width, "height": plan.height})
    chart.set_legend({"position": "right" if plan.point_colours else "bottom", "font": {"size": 9}})
    chart.set_chartarea({"border": {"color": "#D9D9D9"}})
    if plan.kind == "doughnut":
        chart.set_hole_size(55)
    if plan.kind in {"column", "bar", "line"}:
        chart.set_x_axis({"num_font": {"size": 9}, "line": {"color": "#A6A6A6"}})
        chart.set_y_axis({"num_font": {"size": 9}, "major_gridlines": {"visible": True, "line": {"color": "#E5E5E5"}}, "line": {"none": True}})
    return chart
