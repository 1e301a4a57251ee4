"""Who may use the page: a browser of this machine that was given the key, asking from the page itself; everything else is turned away."""

import secrets
from collections.abc import Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from toolkit.flows.page.session import LARGEST

_COOKIE = "task_toolkit_page"
_READS = frozenset({"GET", "HEAD"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    ("content-security-policy", _POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),  # with no-referrer a browser sends a form of the page itself (退出) as of an unknown origin
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
)
_LONGEST_FORM = 1 << 20  # bytes of what is typed into the page
_TOO_LONG = "这个文件太大，没有收。请确认拖对了文件；确实要收的，请直接放进 inbox 文件夹。"
_REFUSED = "这个地址打不开，或者程序已经重新启动：请从“启动”或“python run.py page”打开的窗口里用，或把它显示的完整地址（连同 key）复制到浏览器。"


class Guard:
    """Stands before every route: the host is this machine's, the key is right, and what changes something is asked from the page itself."""

    def __init__(self, app: ASGIApp, *, key: str, port: int, shown: Callable[[str], str] = str) -> None:
        self._app, self._key, self._cookie, self._shown = app, key, f"{_COOKIE}_{port}", shown
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may be, with the headers that shut out everything from elsewhere."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(message)
            await send(message)

        answer = self._turned_away(Request(scope))
        await (answer or self._app)(scope, receive, sealed)

    def _turned_away(self, request: Request) -> ASGIApp | None:
        headers: Headers = request.headers
        host = headers.get("host", "")
        if host not in self._hosts:
            return PlainTextResponse(self._shown(_REFUSED), 421)
        given = request.query_params.get("key")
        if given is not None and request.method in _READS and request.url.path == "/":
            return self._let_in() if self._is_key(given) else PlainTextResponse(self._shown(_REFUSED), 403)
        if not self._is_key(request.cookies.get(self._cookie, "")):
            return PlainTextResponse(self._shown(_REFUSED), 403)
        if request.method not in _READS and (headers.get("origin") != f"http://{host}" or headers.get("sec-fetch-site", "same-origin") != "same-origin"):
            return PlainTextResponse(self._shown(_REFUSED), 403)
        if _is_too_long(request):
            return PlainTextResponse(self._shown(_TOO_LONG), 413)
        return None

    def _let_in(self) -> ASGIApp:
        """Put the key into a cookie and take it out of the address."""
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, self._key, httponly=True, samesite="strict")
        return answer

    def _is_key(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self._key.encode())


def _is_too_long(request: Request) -> bool:
    """Whether a body says that it is longer than a form or a file may be, or a form's does not say how long it is."""
    length = request.headers.get("content-length", "")
    if request.method == "PUT":
        return length.isdecimal() and int(length) > LARGEST
    return request.method not in _READS and (not length.isdecimal() or int(length) > _LONGEST_FORM)


def _add_headers(message: MutableMapping[str, Any]) -> None:
    known = {name for name, _ in message["headers"]}
    message["headers"] = [*message["headers"], *((name.encode(), value.encode()) for name, value in _HEADERS if name.encode() not in known)]
