"""The page's application: its routes behind the guard, and the server that serves it on this machine alone."""

import secrets
from collections.abc import Callable
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from toolkit.flows.page.session import Session, listening, show_in_browser
from toolkit.page import deed_routes as deeds
from toolkit.page import desk_routes as shown
from toolkit.page import notice_routes as notices
from toolkit.page import register_routes as registers
from toolkit.page.guard import Guard
from toolkit.page.page_answers import answering, filled, said

_KEY_BYTES = 24


def application(session: Session, *, key: str, port: int, leave: Callable[[], None] = lambda: None) -> Starlette:
    """Make the application of a session, with every route behind the guard of `key` and `port`; `leave` ends the server."""

    @answering
    async def quit_page(_: Request) -> Response:
        leave()
        return filled(session, "sentence.html", sentence="页面已经关闭。要再用，请重新双击“启动”，或运行 python run.py page。")

    routes = [
        Route("/", shown.index),
        Route("/part/desk", shown.desk_part),
        Route("/part/board", shown.board_part),
        Route("/part/nodes", shown.nodes_part),
        Route("/part/work", shown.work_part),
        Route("/import", notices.notice_page, methods=["GET"]),
        Route("/import", notices.import_notice, methods=["POST"]),
        Route("/notice", notices.lay_notice, methods=["PUT"]),
        Route("/questions", notices.questions_part, methods=["GET"]),
        Route("/questions", notices.answer_question, methods=["POST"]),
        Route("/run", deeds.run, methods=["POST"]),
        Route("/stop", deeds.stop, methods=["POST"]),
        Route("/drop", deeds.drop, methods=["PUT"]),
        Route("/decide/{number:int}", deeds.decide, methods=["POST"]),
        Route("/part/duties/{number:int}", deeds.duties),
        Route("/original/{number:int}", deeds.original),
        Route("/rulings/{period}", deeds.rulings, methods=["GET"]),
        Route("/rulings/{period}", deeds.rule, methods=["POST"]),
        Route("/registers/{period}", registers.registers, methods=["GET"]),
        Route("/registers/{period}", registers.answer, methods=["POST"]),
        Route("/changes", deeds.wizard, methods=["GET"]),
        Route("/changes/preview", deeds.preview, methods=["POST"]),
        Route("/changes", deeds.register, methods=["POST"]),
        Route("/file/{period}/{shelf}/{name}", deeds.output, methods=["GET"]),
        Route("/open", deeds.open_output, methods=["POST"]),
        Route("/quit", quit_page, methods=["POST"]),
        Mount("/static", StaticFiles(packages=[("toolkit.page", "static")])),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Guard, key=key, port=port, shown=lambda text: said(text, session.words()))])
    app.state.session = session
    return app


def serve(session: Session, *, port: int, shows: bool, say: Callable[[str], None]) -> None:
    """Serve the page until it is left, by its own button or Ctrl-C; what runs then is stopped as Ctrl-C stops it. Raises OSError where the port is taken."""
    place = listening(port)
    key, port = secrets.token_urlsafe(_KEY_BYTES), place.getsockname()[1]
    address = f"http://127.0.0.1:{port}/?key={key}"
    server: list[uvicorn.Server] = []

    def leave() -> None:
        server[0].should_exit = True

    app = application(session, key=key, port=port, leave=leave)
    settings = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=3, ws="none")
    server.append(uvicorn.Server(settings))
    say(f"页面：{address}")
    say("只有这台电脑能打开。用完请点页面右上角的“退出”，或在这里按 Ctrl-C。")
    Thread(target=_warm, args=(session,), daemon=True).start()
    if shows:
        show_in_browser(address)
    try:
        server[0].run(sockets=[place])
    except KeyboardInterrupt:
        say("页面已经关闭。")
    finally:
        session.work.end()
        place.close()


def _warm(session: Session) -> None:
    """Read the desk while the browser starts; what goes wrong is said when the page asks for it."""
    try:
        session.desk("")
    except Exception:  # noqa: BLE001 - the page asks again, and says it there
        return
