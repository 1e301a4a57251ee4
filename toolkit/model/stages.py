"""The stage that a state stands for: whatever words a form has for its states, each is not begun, under way or finished."""

from collections.abc import Mapping
from enum import StrEnum

from toolkit.model.state_synonyms import FINISHED, NOT_STARTED, RUNNING, STATE_SYNONYMS


class Stage(StrEnum):
    """How far a state is; its values are the words of a form definition's column 阶段."""

    WAITING = "未开始"
    RUNNING = "进行"
    FINISHED = "完成"


# Usual words of forms about hazards, proposals, cases and projects, beside those of tasks; Latin ones in small letters.
_USUAL: Mapping[Stage, str] = {
    Stage.WAITING: "未整改|未办理|未答复|未办结|未销号|未受理|未处理|未支付|未开始|待办|open|not started|to do|pending|planned",
    Stage.RUNNING: "整改中|正在整改|办理中|答复中|处理中|部分整改|部分答复|已受理|进行|跟踪办理|in progress|ongoing|on track|started|under way|delayed",
    Stage.FINISHED: "已整改|整改完成|已答复|已办理|已办结|已销号|已处理|已支付|已解决|closed|done|completed|complete|finished|resolved",
}
_OF_STATES: Mapping[str, Stage] = {NOT_STARTED: Stage.WAITING, RUNNING: Stage.RUNNING, FINISHED: Stage.FINISHED}
_KNOWN: Mapping[str, Stage] = {
    **{word: stage for stage, words in _USUAL.items() for word in words.split("|")},
    **{word: _OF_STATES[state] for state, words in STATE_SYNONYMS.items() for word in (state, *words)},
}


KNOWN_WORDS = tuple(_KNOWN)  # that need no explanation


def known_stage(word: object) -> Stage | None:
    """Give the stage of a word that needs no explanation; None for a blank and for words of an office's own."""
    return _KNOWN.get(str(word).strip().lower()) if word else None
