"""asked_files: what the clerk has to answer, or to make room for, of the files that were just taken in."""

from collections.abc import Sequence

from toolkit.model.findings import Code
from toolkit.model.returns import Arrival, Outcome
from toolkit.model.values import joined_words

_NAMES = 5
_BOOK = "请在汇总表“报送情况”的“处理”栏选“接受”，或用 returns 期间 --accept 号"
_ASSIGN = "用 returns 期间 --assign 号 --unit 单位"
_EVIDENCE = f"像是佐证材料，要认一认（{{names}}）：建议对的，{_BOOK}；不对的，{_ASSIGN} --task 编号。"
_ROWS = f"里的行分不清是哪个单位的，没有采用（{{names}}）：建议对的，{_BOOK}；没有建议的、不对的，{_ASSIGN}；都不要的，用 --refuse 号。"
_LOCKED = "设了打开密码，还没有打开（{names}）：请在终端里用 returns 期间 --accept 号 输入密码，或把密码写进环境变量 TASK_TOOLKIT_PASSWORD 再这样做。"
_DOUBTED = f"拿不准是哪个单位、哪一期的，没有采用（{{names}}）：看过属实的，{_BOOK}；是别的单位的，{_ASSIGN}；不要的，用 --refuse 号。"
_ASKED = {Code.EVIDENCE_ASKED: _EVIDENCE, Code.NOT_PARTED: _ROWS, Code.PASSWORD: _LOCKED}


def asked_of(arrivals: Sequence[Arrival]) -> tuple[str, ...]:
    """Say which files wait for the office's word and how to give it, a sentence a kind; () for none. A fault of our own is no question."""
    waiting = [arrival for arrival in arrivals if arrival.outcome is Outcome.WAITING and not _codes(arrival) & {Code.OUR_FAULT}]
    named: dict[str, list[str]] = {}
    for arrival in waiting:
        sentence = next((words for code, words in _ASKED.items() if code in _codes(arrival)), _DOUBTED)
        named.setdefault(sentence, []).append(arrival.sent.name)
    return tuple(f"有 {len(names)} 份文件{sentence.format(names=_listed(names))}" for sentence, names in named.items())


def over_limits(found: Sequence[tuple[Arrival, bool]]) -> list[str]:
    """Say which evidence goes over the limits: it stays in its archived envelope (True), or in the inbox."""
    words = {True: "它在压缩包或邮件里，来件已存档，没有单独归档", False: "留在收件箱"}
    return [f"“{arrival.sent.name}”{words[enclosed]}：{arrival.findings[0].message}{arrival.findings[0].advice}" for arrival, enclosed in found]


def _codes(arrival: Arrival) -> set[Code]:
    return {finding.code for finding in arrival.findings}


def _listed(names: Sequence[str]) -> str:
    return joined_words(names[:_NAMES]) + ("……" if len(names) > _NAMES else "")
