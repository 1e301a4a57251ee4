"""What 总览 says of the lives of tasks and of matters to be coordinated: live counts over their sheets, only where these are."""

from toolkit.model.coordination import MatterState
from toolkit.model.sheet import Formula
from toolkit.model.standing import Round
from toolkit.model.task_life import LifeState
from toolkit.views.consolidated import lives_sheet, matters_sheet
from toolkit.views.consolidated.criteria import quoted
from toolkit.views.consolidated.data_sheet import Columns, span
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.sheet_names import LIVES, MATTERS_TOLD
from toolkit.views.consolidated.source_links import internal_link

_STATES = (LifeState.HANDED, LifeState.SIGNED, LifeState.RUNNING, LifeState.ASKED, LifeState.CHECKED, LifeState.CLOSED)


def has_counts(state: Round, *, lives: bool) -> bool:
    """Whether there is anything to count."""
    return lives or bool(state.matters)


def life_counts(board: FreeLayout, state: Round, *, lives: bool) -> None:
    """Put a line of counts for each sheet that there is on the board: how many are how far."""
    if lives:
        said = [life.state for life in state.lives.values()]
        _counts(board, LIVES, lives_sheet.COLUMNS, "状态", [(word.value, said.count(word)) for word in _STATES], len(said))
    if state.matters:
        now = [matter.state for matter in state.matters]
        _counts(board, MATTERS_TOLD, matters_sheet.COLUMNS, "现状", [(word.value, now.count(word)) for word in MatterState], len(now))


def _counts(board: FreeLayout, sheet: str, columns: Columns, title: str, counted: list[tuple[str, int]], rows: int) -> None:
    area = span(sheet, columns, title, rows)
    board.line(((internal_link(sheet), "标签", 2), *((word, "数名", 1) for word, _ in counted)), points=20)
    board.line((("项数", "数名", 2), *((Formula(f"=COUNTIF({area},{quoted(word)})", count), "数字", 1) for word, count in counted)), points=20)
