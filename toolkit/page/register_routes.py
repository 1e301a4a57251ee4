"""The sheet 办理: what the office answers beside files and findings (销号, 协调事项, 申诉, 督办阶梯), each row with the workbook's own columns."""

from itertools import groupby
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from toolkit.flows.page.register_sheets import register_sheet
from toolkit.flows.page.registers import DAYS, OURS, UNITS
from toolkit.page.deed_routes import typed_text
from toolkit.page.page_answers import answering, asked_period, filled, session_of

_LONGEST = 6  # figures of a sheet's number
_FIELD, _SHOWN = "field:", "shown:"  # begin the name of one of the clerk's columns in what is sent: what stands there now, what was shown
_COLUMNS: dict[str, Any] = {"days": DAYS, "units": UNITS, "ours": OURS}


@answering
async def registers(request: Request) -> Response:
    """Show what the office answers in a period; `last` means the one the desk shows, a sentence where nothing was issued."""
    session = session_of(request)
    period = await asked_period(request, "还没有发过表，没有要办理的。")
    found = await run_in_threadpool(session.registers, period)
    shown = register_sheet(found.lines, str(request.query_params.get("q", "")).strip(), _number(str(request.query_params.get("at", ""))))
    sheets = [(sheet, list(some)) for sheet, some in groupby(shown.rows, key=lambda pair: pair[1].section)]
    return filled(session, "registers.html", found=found, shown=shown, sheets=sheets, period=period, label=session.label(period), **_COLUMNS)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < _LONGEST else 1


@answering
async def answer(request: Request) -> Response:
    """Put down what was typed on a row, and show the row as it now stands."""
    session, period = session_of(request), request.path_params["period"]
    async with request.form() as form:
        sheet, subject, at = typed_text(form, "sheet"), typed_text(form, "subject"), typed_text(form, "at")
        words, shown = ({name.removeprefix(mark): typed_text(form, name) for name in form if name.startswith(mark)} for mark in (_FIELD, _SHOWN))
    sentences = await run_in_threadpool(lambda: session.answer_line(period, sheet, subject, words, shown=shown))
    found = await run_in_threadpool(session.registers, period)
    line = next((line for line in found.lines if (line.sheet, line.subject) == (sheet, subject)), None)
    return filled(session, "answered.html", line=line, found=found, at=at, period=period, sentences=sentences, **_COLUMNS)
