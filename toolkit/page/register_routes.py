"""The sheet 办理: what the office answers beside files and findings (销号, 协调事项, 申诉, 督办阶梯), each row with the workbook's own columns."""

from itertools import groupby
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from toolkit.flows.page.registers import DAYS, OURS, UNITS
from toolkit.page.deed_routes import typed_text
from toolkit.page.page_answers import answering, asked_period, filled, session_of

_FIELD = "field:"  # begins the name of one of the clerk's columns in what is sent
_COLUMNS: dict[str, Any] = {"days": DAYS, "units": UNITS, "ours": OURS}
_MOST = 300  # rows on one sheet; the workbook has them all


@answering
async def registers(request: Request) -> Response:
    """Show what the office answers in a period; `last` means the one the desk shows, a sentence where nothing was issued."""
    session = session_of(request)
    period = await asked_period(request, "还没有发过表，没有要办理的。")
    found = await run_in_threadpool(session.registers, period)
    numbered = list(enumerate(found.lines, 1))
    sheets = [(sheet, list(some)) for sheet, some in groupby(numbered[:_MOST], key=lambda pair: pair[1].section)]
    left = len(numbered) - _MOST
    return filled(session, "registers.html", found=found, sheets=sheets, left=left, period=period, label=session.label(period), **_COLUMNS)


@answering
async def answer(request: Request) -> Response:
    """Put down what was typed on a row, and show the row as it now stands."""
    session, period = session_of(request), request.path_params["period"]
    async with request.form() as form:
        sheet, subject, at = typed_text(form, "sheet"), typed_text(form, "subject"), typed_text(form, "at")
        words = {name.removeprefix(_FIELD): typed_text(form, name) for name in form if name.startswith(_FIELD)}
    sentences = await run_in_threadpool(session.answer_line, period, sheet, subject, words)
    found = await run_in_threadpool(session.registers, period)
    line = next((line for line in found.lines if (line.sheet, line.subject) == (sheet, subject)), None)
    return filled(session, "answered.html", line=line, found=found, at=at, period=period, sentences=sentences, **_COLUMNS)
