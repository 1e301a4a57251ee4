"""The first sheet: rounds, board, drop place, files that wait, what is next; and the command that runs."""

from math import ceil
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from toolkit.flows.page.board import Board, TileState
from toolkit.flows.page.desk import Desk
from toolkit.flows.page.session import Session
from toolkit.flows.page.work import DEEDS, STOPPED, Running
from toolkit.model.period import Period
from toolkit.model.returns import Outcome
from toolkit.model.words import SOURCE, Words
from toolkit.page.page_answers import answering, filled, session_of

TILES = 240  # on one sheet of the board
_ASKED_AFTER = 0.5  # seconds that the answer how far a command is waits for its end
_BOARD_AFTER = 2.0  # seconds between two boards: each takes browser and server a tenth of a second of the processors that the command works on
_NEXT = "下一步："  # begins a command's hint at the next command; the page has its own buttons for it
_OF_A_PERIOD = frozenset({"close", "consolidate", "documents", "open", "generate", "remind", "scorecards", "send", "verify"})
_ON_CARDS = ("--accept", "--assign", "--refuse")
_FIRST_TELLS = frozenset({"returns", "generate", "import"})
_TOLD = {
    Outcome.MERGED.value: TileState.RETURNED,
    Outcome.WITH_FINDINGS.value: TileState.RETURNED,
    Outcome.WAITING.value: TileState.WAITING,
}


@answering
async def index(request: Request) -> Response:
    """Give the whole page as it was last read; what was not read yet, or has changed since, comes in a moment."""
    session, period = session_of(request), _period(request)
    is_current = await run_in_threadpool(session.is_current, period)  # asked first: what is read meanwhile may only be newer
    desk = session.known_desk(period)
    return filled(session, "index.html", **_facts(session, desk, request), is_ready=desk is not None, is_current=is_current)


@answering
async def desk_part(request: Request) -> Response:
    """Give all that stands on the desk, read anew where something has changed; nothing where the page has this one already (`known`)."""
    session, period, known = session_of(request), _period(request), request.query_params.get("known", "")
    is_current = await run_in_threadpool(session.is_current, period)
    if is_current and known and known == session.mark(period):
        return Response(status_code=204)
    desk = await run_in_threadpool(session.desk, period)
    return filled(session, "desk.html", **_facts(session, desk, request))


@answering
async def board_part(request: Request) -> Response:
    """Give the board alone, while a command tells of files or the clerk looks for units."""
    session = session_of(request)
    desk = await run_in_threadpool(session.desk, _period(request))
    return filled(session, "board.html", **_board_facts(session, desk, request))


@answering
async def nodes_part(request: Request) -> Response:
    """Give what waits for the office beside files, and the milestones that are overdue or due soon; nothing where there are none."""
    session = session_of(request)
    period = _period(request)
    return filled(session, "nodes.html", nodes=await run_in_threadpool(session.nodes, period), period=period)


@answering
async def work_part(request: Request) -> Response:
    """Give how far the running command is, at once where it ends, else after a moment; says to the page when files were told of, and when it has ended."""
    session = session_of(request)
    if session.work.last:
        await run_in_threadpool(session.work.last.wait_for_end, _ASKED_AFTER)
    return work_answer(session, known=request.query_params.get("known", ""))


def work_answer(session: Session, *, known: str = "") -> Response:
    """Show the command that runs or ran last, nothing before the first; `known` is the state that the page has already, so that it hears of news only.

    News of files waits until the board that shows them is due.
    """
    running = session.work.last
    state, is_news = _state(running, known) if running else ("", False)
    headers = {"HX-Trigger": "told" if running.code is None else "changed"} if running and is_news else {}
    return filled(session, "work.html", headers=headers, **work_facts(running, state, session.words()), period=_of_words(running.words if running else ()))


def _state(running: Running, known: str) -> tuple[str, bool]:
    """Give what the page knows after this answer: command, files told of, exit code, and at what age of it (seconds) the board was due; whether it is news."""
    now, told = running.age, f"{running.number}.{len(running.outcomes)}.{running.code}"
    before, _, at = known.rpartition("@")
    if before == told:
        return known, False
    if running.code is None and not running.outcomes:
        return f"{told}@{now:.1f}", False  # nothing yet that a board could show
    if running.code is None and before.startswith(f"{running.number}.") and now < float(at or 0) + _BOARD_AFTER:
        return known, False
    return f"{told}@{now:.1f}", True


def work_facts(running: Running | None, state: str = "", words: Words = SOURCE) -> dict[str, Any]:
    """Give what the template of the running command names; `state` is what the page then knows of it, `words` what the command spoke."""
    asks = running is not None and running.words[0] == "collect" and any(map(_asks, running.lines))
    return {"running": running, "gist": gist_of(running, words), "state": state, "ended": _ended(running), "told": told_lines(running, words), "asks": asks}


def told_lines(running: Running | None, words: Words = SOURCE) -> list[str]:
    """Give what a command said, but which command would be next."""
    said = [words.shown(line) if line == STOPPED else line for line in running.lines] if running else []
    lines = [line for line in said if not line.startswith((_NEXT, words.texts.get(_NEXT, _NEXT)))]
    return [line for line in lines if not _asks(line)] if running and running.words[0] == "collect" else lines


def _asks(line: str) -> bool:
    """Whether a line of collecting asks for the office's word on files and names the command for it: the page has their cards."""
    return any(option in line for option in _ON_CARDS)


def _ended(running: Running | None) -> str:
    """Say how a command ended, '' while it runs. Collecting that told of files has done its work, also where something is left to the clerk."""
    if running is None or running.code is None:
        return ""
    if running.is_stopping and running.code:
        return "已停止"
    if running.code == 0:
        return "做好了"
    return "收完了，有要您处理的" if running.code == 1 and running.outcomes else "没有做完，请看下面"


def gist_of(running: Running | None, words: Words = SOURCE) -> str:
    """Give the one line that tells how a command ended: where the first says what was done, that one, else the last that is no table's; '' before any."""
    lines = told_lines(running, words)
    if running is None or not lines:
        return ""
    if running.words[0] in _FIRST_TELLS:
        return lines[0] + (lines[1] if lines[0].endswith(("、", ",")) and len(lines) > 1 else "")
    return next((line for line in reversed(lines) if not _is_drawn(line)), lines[-1])


def _is_drawn(line: str) -> bool:
    """Whether a line is part of a table on a terminal: one of its rules or rows, or its title, which stands in the middle."""
    return "\u2500" <= line[0] <= "\u257f" or line[0] == " "


def _of_words(words: tuple[str, ...]) -> str:
    return words[1] if len(words) > 1 and words[0] in _OF_A_PERIOD else ""


def _period(request: Request) -> str:
    period = request.query_params.get("period", "")
    return str(Period.parse(period)) if period else ""


def _facts(session: Session, desk: Desk | None, request: Request) -> dict[str, Any]:
    """Give all that the templates of the desk name."""
    facts = _board_facts(session, desk, request)
    return {
        **facts,
        "desk": desk,
        "asked": _period(request),
        "mark": session.mark(_period(request)),
        "shelves": session.shelves(facts["period"]) if facts["period"] and desk else (),
        "steps": _steps(desk) if desk else (),
        **work_facts(session.work.last, words=session.words()),
        "deeds": DEEDS,
    }


def _board_facts(session: Session, desk: Desk | None, request: Request) -> dict[str, Any]:
    """Give what the template of the board names: it comes at every click on it, and every two seconds while a command tells of files."""
    board = desk.board if desk else None
    chosen = board.period if board else _period(request)
    return {"board": board, "period": chosen, "shown": _shown(board, session, request), "states": list(TileState)}


def _shown(board: Board | None, session: Session, request: Request) -> dict[str, Any]:
    """Choose the tiles to show: of the asked state, group and name, one sheet of them; what a running command tells stands on them already."""
    state, word = request.query_params.get("state", ""), request.query_params.get("q", "").strip()
    at = request.query_params.get("at", "1")
    tiles = list(board.tiles) if board else []
    running = session.work.last
    if board and running and running.code is None and running.outcomes:
        outcomes = {} if board.is_closed else running.outcomes
        tiles = [tile._replace(state=_TOLD[outcome]) if (outcome := outcomes.get(tile.unit, "")) in _TOLD else tile for tile in tiles]
    counts = {tile_state: sum(tile.state is tile_state for tile in tiles) for tile_state in TileState}
    found = [tile for tile in tiles if (not state or tile.state.value == state) and word in tile.unit]
    sheets = max(1, ceil(len(found) / TILES))
    sheet = min(max(int(at) if at.isdecimal() and len(at) < 6 else 1, 1), sheets)
    some = found[(sheet - 1) * TILES : sheet * TILES]
    groups: dict[str, list[Any]] = {}
    for tile in some:
        groups.setdefault(tile.group, []).append(tile)
    return {"groups": groups, "counts": counts, "count": len(found), "all": len(tiles), "at": sheet, "sheets": sheets, "state": state, "q": word}


def _steps(desk: Desk) -> tuple[tuple[str, str, bool], ...]:
    """Give what makes sense next as buttons: the deed's name, what stands on it, whether it is the next thing to do."""
    board = desk.board
    found: list[tuple[str, str, bool]] = []
    if desk.in_inbox:
        found.append(("collect", f"收表（收件箱里有 {desk.in_inbox} 个文件）", True))
    if board is None:
        return tuple(found)
    if not board.tiles:
        line = next((round_line for round_line in desk.rounds if round_line.period == board.period), None)
        return (*found, ("generate", f"发表：{board.label}", bool(line and line.has_begun)))
    missing = board.counts[TileState.MISSING]
    if board.is_closed:
        scores = (("scorecards", "成绩单", False), ("send-scores", "发成绩单", False)) if board.is_scored else ()
        return (*found, ("open", "打开汇总表", True), *scores, ("verify", "核对", False))
    returned = missing < len(board.tiles)
    if returned:
        found += [("consolidate", "汇总", not desk.in_inbox), ("open", "打开汇总表", False), ("documents", "文书", False)]
        found += [("scorecards", "成绩单（草稿）", False)] if board.is_scored else []
    owing = sum(tile.owes for tile in board.tiles)
    if owing:
        found.append(("remind", f"催报（{owing} 家）", False))
    found += [("generate", "发表（补发、换发）", False), *([("close", "定稿", False)] if returned else [])]
    return tuple(found)
