"""The notice on the page: laid in, imported by the command itself, and the importer's questions with their answers."""

from collections.abc import Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from toolkit.flows.page.notices import Question
from toolkit.flows.page.session import Session
from toolkit.page.deed_routes import taken_in, typed_text
from toolkit.page.desk_routes import work_answer, work_facts
from toolkit.page.page_answers import answering, filled, session_of

_SHOWN = 20  # questions on one sheet


@answering
async def notice_page(request: Request) -> Response:
    """Show where a notice is laid in, and what the importer asks."""
    session = session_of(request)
    asked = await run_in_threadpool(session.questions)
    return filled(session, "import.html", **_facts(session, asked), **work_facts(session.work.last, words=session.words()), period="")


def _facts(session: Session, asked: Sequence[Question]) -> dict[str, Any]:
    """Give all that the template of the questions names."""
    return {"questions": asked[:_SHOWN], "count": len(asked), "has_list": session.has_list()}


@answering
async def questions_part(request: Request) -> Response:
    """Show what the importer asks, as the master list now stands."""
    session = session_of(request)
    asked = await run_in_threadpool(session.questions)
    return filled(session, "questions.html", **_facts(session, asked))


@answering
async def lay_notice(request: Request) -> Response:
    """Take in a notice: its bytes as they are, its name in the address."""
    return await taken_in(request, lambda: session_of(request).incoming_notice(request.query_params.get("name", "")))


@answering
async def import_notice(request: Request) -> Response:
    """Start the import of a notice that was laid in (fields name, year, list, only_show) and show it."""
    session = session_of(request)
    async with request.form() as form:
        name, year, listed, only_show = (typed_text(form, field) for field in ("name", "year", "list", "only_show"))
    session.work.import_notice(name, year=year, listed=listed, only_show=bool(only_show))
    return work_answer(session)


@answering
async def answer_question(request: Request) -> Response:
    """Write an answer into 待确认, and show what is still asked."""
    session = session_of(request)
    async with request.form() as form:
        key, word, own = (typed_text(form, field) for field in ("key", "word", "own"))
    sentences = await run_in_threadpool(session.answer, key, own if word == "own" else word)
    asked = await run_in_threadpool(session.questions)
    return filled(session, "questions.html", **_facts(session, asked), sentences=sentences)
