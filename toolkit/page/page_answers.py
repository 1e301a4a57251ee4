"""What the page answers: templates filled in, and troubles said where the clerk looks, never a traceback."""

import json
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from pathlib import PurePath
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from toolkit.flows.page.outputs import CONSOLIDATED
from toolkit.flows.page.session import Session
from toolkit.model.command_error import CommandError
from toolkit.model.evidence import EvidenceKind
from toolkit.model.part_names import part_name
from toolkit.model.words import Words
from toolkit.page.page_words import marked, said_on_page, script_sentences, translated

_TEMPLATES, _STATIC = PackageLoader("toolkit.page", "templates"), PackageLoader("toolkit.page", "static")
_CHINESE = "zh-CN"  # of <html lang>
_LANGUAGES: dict[int, tuple[Words, Environment]] = {}  # templates in each language that was asked for


def file_title(name: str, pattern: str = "{1}：{2}（{3}）") -> str:
    """Give a file's own name without folders and envelopes; of a part of one the file's, whose it is and where it stands."""
    part = part_name(name)
    if part is None:
        return PurePath(name).name
    return pattern.replace("{1}", PurePath(part.whole).name).replace("{2}", part.label).replace("{3}", part.address)


def environment(words: Words) -> Environment:
    """Give the templates in a language, compiled when they are first filled in; their texts are marked with trans and _() of jinja2.ext.i18n."""
    if id(words) not in _LANGUAGES:
        _LANGUAGES[id(words)] = words, _in_language(words)
    return _LANGUAGES[id(words)][1]


def _in_language(words: Words) -> Environment:
    made = Environment(
        loader=_TEMPLATES, extensions=["jinja2.ext.i18n"], autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    gettext = partial(translated, words=words)
    made.install_gettext_callables(gettext, lambda one, _many, _number: gettext(one), newstyle=True)  # type: ignore[attr-defined]  # Chinese has no plural
    title, script = said_on_page("{1}：{2}（{3}）", words), _STATIC.get_source(made, "page.js")[0]
    made.filters["leaf"] = lambda name: file_title(name, title)
    made.filters["said"] = lambda text: said(text, words)
    made.filters |= {"shown": words.shown, "marked": lambda text: marked(text, words)}
    made.globals["lang"] = words.language or _CHINESE
    made.globals |= {"consolidated": CONSOLIDATED, "whole_form": EvidenceKind.STAMPED.value}
    made.globals |= {"comma": said_on_page("、", words), "gap": said_on_page("　", words)}
    made.globals["script_words"] = "" if words.is_source else json.dumps({text: said_on_page(text, words) for text in script_sentences(script)})
    return made


def said(text: str, words: Words) -> str:
    """Give a text of the program's own (a state, a sentence, a title) in a language: by the page's words, else as the screen says it."""
    own = said_on_page(text, words)
    if own == text and "　" in text and not words.is_source:
        return "\u2003".join(said(part, words) for part in text.split("　"))
    return own if own != text else words.shown(text)


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


def filled(session: Session, template: str, *, headers: dict[str, str] | None = None, **facts: Any) -> HTMLResponse:
    """Fill in a template of templates/ by its file name, in the session's language; every fact is escaped, a missing one is an error."""
    return HTMLResponse(environment(session.words()).get_template(template).render(**facts), headers=headers)


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
        return filled(session_of(request), "notice.html", headers={"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"}, sentences=[sentence], is_good=False)
    response = filled(session_of(request), "sentence.html", sentence=sentence)
    response.status_code = status if status != 200 else 400
    return response
