"""What is done from the page: commands started and stopped, files dropped, words on files, rulings, changes, opening what was made."""

from collections.abc import Callable
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from toolkit.flows.page.changes import KINDS, Asked
from toolkit.flows.page.session import Incoming
from toolkit.model.command_error import CommandError
from toolkit.model.evidence import EvidenceKind
from toolkit.page.desk_routes import work_answer
from toolkit.page.page_answers import answering, asked_period, filled, said, session_of

_MOST = 4000  # characters of a field
_LOOKED_AT = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".pdf": "application/pdf"}
_BOARD_POLICY = (  # the leaders' board is one file that carries its own style and script; it stands in a box of its own, from which the page cannot be asked
    "sandbox allow-scripts allow-modals allow-downloads; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_CHANGED = {"HX-Trigger": "changed"}


def typed_text(form: FormData, name: str) -> str:
    """Give what was typed into a field, '' where there is none."""
    value = form.get(name, "")
    return value.strip()[:_MOST] if isinstance(value, str) else ""


@answering
async def run(request: Request) -> Response:
    """Start the command behind a button (fields do, period) and show it; a sentence instead where it cannot be."""
    session = session_of(request)
    async with request.form() as form:
        session.work.do(typed_text(form, "do"), typed_text(form, "period"))
    return work_answer(session)


@answering
async def stop(request: Request) -> Response:
    """Stop the command that runs, as Ctrl-C does, and show how it stands."""
    session = session_of(request)
    session.work.stop()
    return work_answer(session)


@answering
async def drop(request: Request) -> Response:
    """Take in one file: its bytes as they are, its name and the time it was last saved (milliseconds since 1970) in the address."""
    name, sent = request.query_params.get("name", ""), request.query_params.get("sent", "")
    at = datetime.fromtimestamp(int(sent) / 1000, UTC).astimezone().replace(tzinfo=None) if sent.isdecimal() and len(sent) < 15 else None
    return await taken_in(request, lambda: session_of(request).incoming(name, at))


async def taken_in(request: Request, place: Callable[[], Incoming]) -> Response:
    """Write a request's body where `place` makes ready for it; answers the name it got, or with 400 the sentence why it was not taken."""
    try:
        with place() as file:
            async for piece in request.stream():
                await run_in_threadpool(file.write, piece)
            return JSONResponse({"name": await run_in_threadpool(file.finish)})
    except CommandError as trouble:
        return JSONResponse({"sentence": said(f"{trouble.message}{trouble.advice}", session_of(request).words())}, 400)


@answering
async def decide(request: Request) -> Response:
    """Say the office's word on a file, by its number: whose it is, when it came, take it or send it back."""
    session, number = session_of(request), int(request.path_params["number"])
    async with request.form() as form:
        word, period, note = typed_text(form, "word"), typed_text(form, "period"), typed_text(form, "note")
        if word == "assign":
            session.work.assign(number, typed_text(form, "unit"), period, tasks=_tasks(form))
        elif word == "arrived":
            sentences = await run_in_threadpool(session.correct_arrival, period, number, typed_text(form, "arrived"), note)
            sentences = (f"{number} 号文件的收到时间改好了。", *sentences)
            return filled(session, "notice.html", headers={**_CHANGED, "HX-Retarget": "#notice"}, sentences=sentences, is_good=True)
        else:
            session.work.decide(number, word, period, note, typed_text(form, "password"))
    return work_answer(session)


def _tasks(form: FormData) -> list[str]:
    """Give the tasks that were ticked. Raises CommandError where a piece of evidence has none, or is a stamped form and something else too."""
    tasks = [value for value in form.getlist("task") if isinstance(value, str)]
    if typed_text(form, "evidence") and not tasks:
        raise CommandError("没有选这是哪项任务的佐证材料。", "请勾选任务；是盖了章的整张表的，勾“盖章的整表”。")
    if EvidenceKind.STAMPED.value in tasks and len(tasks) > 1:
        raise CommandError("盖章的整表不归到单项任务。", "请只勾“盖章的整表”，或只勾任务。")
    return tasks


@answering
async def duties(request: Request) -> Response:
    """List the tasks of a unit that a piece of evidence may belong to."""
    unit, period = request.query_params.get("unit", "").strip(), request.query_params.get("period", "")
    tasks = await run_in_threadpool(session_of(request).duties, unit, period) if unit else ()
    return filled(session_of(request), "duties.html", tasks=tasks, ticked=(), number=int(request.path_params["number"]))


@answering
async def original(request: Request) -> Response:
    """Give a file's archived original: pictures and PDF to look at, everything else to keep."""
    path, name = await run_in_threadpool(session_of(request).original, int(request.path_params["number"]))
    kind = _LOOKED_AT.get(path.suffix.lower())
    return FileResponse(path, filename=name, media_type=kind or "application/octet-stream", content_disposition_type="inline" if kind else "attachment")


@answering
async def rulings(request: Request) -> Response:
    """Show what may be ruled on in a period; `last` means the one the desk shows, a sentence where nothing was issued."""
    session = session_of(request)
    period = await asked_period(request, "还没有发过表，没有要认定的。")
    lines = await run_in_threadpool(session.lines, period)
    return filled(session, "rulings.html", lines=lines, period=period, label=session.label(period), waiting=sum(not line.word for line in lines))


@answering
async def rule(request: Request) -> Response:
    """Put down a ruling, and show the line as it now stands."""
    session, period = session_of(request), request.path_params["period"]
    async with request.form() as form:
        subject, word, number = typed_text(form, "subject"), typed_text(form, "word"), typed_text(form, "at")
        shown = typed_text(form, "shown") if "shown" in form else None
        why, more = typed_text(form, "why"), typed_text(form, "more")
    sentences = await run_in_threadpool(lambda: session.rule(period, subject, word, why=why, more=more, shown=shown))
    lines = await run_in_threadpool(session.lines, period)
    line = next((line for line in lines if line.subject == subject), None)
    waiting = sum(not line.word for line in lines)
    return filled(session, "ruled.html", line=line, period=period, at=number, sentences=list(sentences), waiting=waiting, word=word)


@answering
async def wizard(request: Request) -> Response:
    """Show the wizard for changes, at the kind that was asked for, else at the first."""
    session = session_of(request)
    choices = await run_in_threadpool(session.choices)
    kind = request.query_params.get("kind", KINDS[0])
    return filled(session, "changes.html", choices=choices, kinds=KINDS, kind=kind if kind in KINDS else KINDS[0])


@answering
async def preview(request: Request) -> Response:
    """Show what a change would do; nothing is written."""
    async with request.form() as form:
        asked = _asked(form)
    seen = await run_in_threadpool(session_of(request).preview, asked)
    return filled(session_of(request), "preview.html", seen=seen, asked=asked, is_done=False)


@answering
async def register(request: Request) -> Response:
    """Write a change into 调整台账, and show what it did."""
    async with request.form() as form:
        asked = _asked(form)
    seen = await run_in_threadpool(session_of(request).register, asked)
    return filled(session_of(request), "preview.html", seen=seen, asked=asked, is_done=True)


def _asked(form: FormData) -> Asked:
    heirs = {name.removeprefix("heir:"): typed_text(form, name) for name in form if name.startswith("heir:")}
    words = {name: typed_text(form, name) for name in ("kind", "subject", "after", "since", "reference", "reason", "approved")}
    return Asked(heirs=heirs, **words)


@answering
async def output(request: Request) -> Response:
    """Give a listed book or paper: pages and PDFs to be shown, the others to be saved."""
    path = await run_in_threadpool(session_of(request).output, *(request.path_params[name] for name in ("period", "shelf", "name")))
    headers = {"content-security-policy": _BOARD_POLICY} if path.suffix == ".html" else None
    return FileResponse(path, filename=path.name, headers=headers, content_disposition_type="inline" if path.suffix in {".html", ".pdf"} else "attachment")


@answering
async def open_output(request: Request) -> Response:
    """Open a listed book or paper, or its folder, with the system's own program."""
    async with request.form() as form:
        words = [typed_text(form, name) for name in ("period", "shelf", "name")]
    done = await run_in_threadpool(session_of(request).open_output, *words)
    place = f"outbox/{words[0]}/{words[1]}"
    sentence = "已在电脑上打开。" if done else f"这台电脑没有能打开它的程序，请到 {place} 文件夹里看。"
    return filled(session_of(request), "notice.html", sentences=[sentence], is_good=done)
