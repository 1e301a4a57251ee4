"""What the page answers: templates filled in, and troubles said where the clerk looks, never a traceback."""

from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import PurePath
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from toolkit.flows.page.session import Session
from toolkit.model.command_error import CommandError
from toolkit.model.part_names import part_name

_ENVIRONMENT = Environment(loader=PackageLoader("toolkit.page", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def file_title(name: str) -> str:
    """Give a file's own name without folders and envelopes; of a part of one the file's, whose it is and where it stands."""
    part = part_name(name)
    return f"{PurePath(part.whole).name}：{part.label}（{part.address}）" if part else PurePath(name).name


_ENVIRONMENT.filters["leaf"] = file_title
Route = Callable[[Request], Awaitable[Response]]


def session_of(request: Request) -> Session:
    """Give the session that the application was made with; raises TypeError where it was made without."""
    session = request.app.state.session
    if not isinstance(session, Session):
        raise TypeError(session)
    return session


async def asked_period(request: Request, nothing: str) -> str:
    """Give the period in the address; `last` means the one that the desk shows. Raises CommandError, which says `nothing`, where nothing was issued."""
    period = str(request.path_params["period"])
    if period != "last":
        return period
    board = (await run_in_threadpool(session_of(request).desk, "")).board
    if board is None:
        raise CommandError(nothing, "发表、收表以后再来。")
    return board.period


def filled(template: str, *, headers: dict[str, str] | None = None, **facts: Any) -> HTMLResponse:
    """Fill in a template of templates/ by its file name; every fact is escaped, a missing one is an error."""
    return HTMLResponse(_ENVIRONMENT.get_template(template).render(**facts), headers=headers)


def answering(route: Route) -> Route:
    """Let a route say its troubles: in the page's notice where a part was asked for, on a sheet of its own elsewhere."""

    @wraps(route)
    async def answered(request: Request) -> Response:
        try:
            return await route(request)
        except CommandError as trouble:
            return sentence_answer(request, f"{trouble.message}{trouble.advice}")
        except OSError as error:
            where = await run_in_threadpool(session_of(request).fault, f"page {request.url.path}", error)
            return sentence_answer(request, f"读写文件出了问题，详情记在 {where}。请检查磁盘空间和写权限，再试一次。")
        except Exception as error:  # noqa: BLE001 - the last net: a clerk never sees a traceback
            where = await run_in_threadpool(session_of(request).fault, f"page {request.url.path}", error)
            return sentence_answer(request, f"程序自身出错了，不是您的操作问题。详情记在 {where}，请发给维护人员。", status=500)

    return answered


def sentence_answer(request: Request, sentence: str, *, status: int = 200) -> Response:
    """Say a sentence: in the notice of the page, or as a sheet."""
    if request.headers.get("hx-request") == "true":
        return filled("notice.html", headers={"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"}, sentences=[sentence], is_good=False)
    response = filled("sentence.html", sentence=sentence)
    response.status_code = status if status != 200 else 400
    return response
