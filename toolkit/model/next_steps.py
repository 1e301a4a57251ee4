"""Decides what makes sense next from how the work stands."""

from typing import NamedTuple


class Choice(NamedTuple):
    """One thing to do: in words, the command that it runs, and what has to be asked for first (option or '' for a plain word, question)."""

    words: str
    command: tuple[str, ...]
    asks: tuple[str, ...] = ()


class State(NamedTuple):
    """How the work stands; periods as text, in the order of the calendar; `undecided_before` counts files of other periods than the last.

    `due` are issued periods whose deadline has passed, `unanswered` those of which an office above awaits what units below have reported since.
    """

    has_master: bool = False
    periods: tuple[str, ...] = ()
    open_periods: tuple[str, ...] = ()
    issued: tuple[str, ...] = ()
    waiting_in_inbox: int = 0
    last: str = ""
    returned: int = 0
    missing: int = 0
    undecided: int = 0
    undecided_before: tuple[tuple[str, int], ...] = ()
    closed: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    has_upper: bool = False
    unanswered: tuple[str, ...] = ()


def next_steps(state: State) -> tuple[Choice, ...]:
    """List what can be done as the work stands, the most sensible first; each with the command that does it."""
    if not state.has_master:
        return (
            Choice("从责任分解通知建立任务总表", ("import",), ("通知文件在哪里（可以把文件拖到这里）",)),
            Choice("接上级发来的报送表，再向下级发表", ("adopt",), ("上级来表在哪里（可以把文件拖到这里）",)),
            Choice("看一遍完整的演示", ("demo",)),
            Choice("检查程序和工作区", ("doctor",)),
        )
    steps: list[Choice] = []
    if state.waiting_in_inbox:
        steps.append(Choice(f"收表：收件箱里有 {state.waiting_in_inbox} 个文件", ("collect",)))
    if state.undecided:
        steps.append(Choice(f"认定：有 {state.undecided} 个文件等您决定", ("returns", state.last)))
    steps += [Choice(f"认定：{period} 还有 {count} 个文件等您决定", ("returns", period)) for period, count in state.undecided_before]
    due = [period for period in state.open_periods if period not in state.issued]
    steps += [Choice(f"发表：为各单位生成 {period} 的报送表", ("generate", period)) for period in due[-1:]]
    is_closed = state.last in state.closed
    if is_closed:
        steps.append(Choice(f"打开 {state.last} 的定稿", ("open", state.last)))
    elif state.returned:
        steps.append(Choice(f"汇总：更新 {state.last} 的汇总表并打开", ("open", state.last)))
        steps.append(Choice(f"文书：写 {state.last} 的通报、督办通知单、催报", ("documents", state.last)))
    steps += [Choice(f"答复：把下级报来的 {period} 写进上级的表", ("answer", period)) for period in state.unanswered]
    if state.last and state.missing and not is_closed:
        steps.append(Choice(f"催报：{state.last} 还有 {state.missing} 家没有报", ("remind", state.last)))
    if state.issued:
        steps.append(Choice(f"看 {state.last} 的进度：谁报了、谁没报", ("status", state.last)))
        steps.append(Choice(f"核对：用归档的原件核对 {state.last}", ("verify", state.last)))
    steps += [Choice(f"定稿：把 {period} 的汇总表和文书固定下来", ("close", period)) for period in state.due if period not in state.closed]
    others = tuple(period for period in state.periods if period not in due[-1:])
    if others:
        steps.append(Choice("为别的一期生成报送表", ("generate",), (f"哪一期（{'、'.join(others)}）",)))
    if state.has_upper:
        steps.append(Choice("接上级换发的表、下一期的表", ("adopt",), ("上级来表在哪里（可以把文件拖到这里）",)))
    steps += [
        Choice("再次导入通知（修订稿）", ("import",), ("通知文件在哪里（可以把文件拖到这里）",)),
        Choice("检查程序和工作区", ("doctor",)),
        Choice("备份整个工作区", ("backup",), ("备份写到哪个文件（例如 备份.zip）",)),
    ]
    return tuple(steps)
