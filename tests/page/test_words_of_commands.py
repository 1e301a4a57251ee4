"""What a command said, as the page tells it: one line first, no table of a terminal, no command to type."""

import threading

import pytest

from toolkit.flows.page.work import Running
from toolkit.model.words import SOURCE
from toolkit.page import desk_routes
from toolkit.page.desk_routes import gist_of, work_facts
from toolkit.page.page_answers import environment

_SAID = ("需要退改的 1 家、没有问题的 58 家。", "3.jpg：请归到单位和任务。")


def _ran(command: str, lines: tuple[str, ...], code: int | None, *more: str) -> Running:
    running = Running(1, command, (command, *more))
    running.lines, running.code = list(lines), code
    return running


def test_collecting_tells_its_sentences_and_that_something_is_left() -> None:
    """
    An end with 1 after files were told of is an end of the work, also where nobody knows whose they are; without any it is not.
    """
    ran = _ran("collect", _SAID, 1)
    ran.hear("\x1e\twaiting")
    told, refused = work_facts(ran), work_facts(_ran("collect", ("另一个程序正在用。",), 1))

    assert list(_SAID) == told["told"]
    assert ["收完了，有要您处理的", "没有做完，请看下面"] == [told["ended"], refused["ended"]]
    assert ["另一个程序正在用。"] == refused["told"]


def test_one_line_tells_what_was_done() -> None:
    """
    Issuing and importing tell it first; a hint at the next command to type is not shown; what runs tells nothing of its end.
    """
    read = ("预期目标 6 项、工作任务 113 项、", "需要发表的单位 63 个。", "读到 600 行。", "任务总表：x", "下一步：打开任务总表核对，然后运行 generate。")

    assert "预期目标 6 项、工作任务 113 项、需要发表的单位 63 个。" == gist_of(_ran("import", read, 0))
    assert "生成 63 份" == gist_of(_ran("generate", ("生成 63 份", "集合不单独发表：各镇"), 0))
    assert not [line for line in work_facts(_ran("import", read, 0))["told"] if "generate" in line]
    assert ("", "") == (work_facts(_ran("import", (), None))["ended"], gist_of(None))


@pytest.mark.parametrize(
    ("asked", "line", "offered"),
    [
        ("", "A已提请定稿，还要另一个人复核：请由他运行“close 2023Q1 --confirm”。", "由我复核"),
        ("", "closing proposed by A; please have them run “close 2023Q1 --confirm”.", "由我复核"),
        ("--confirm", "提请定稿的就是A，复核要由另一个人做。", "由我复核"),
        ("--confirm", "A proposed the closing; another person has to review it.", "由我复核"),
        ("--confirm", "还有 3 项没有决定，没有定稿。要带着未决事项定稿，请加 --with-open。", "带着未决事项定稿"),
        ("", "3 matters are undecided; add --with-open.", "带着未决事项定稿"),
        ("", "另一个程序正在用。", ""),
    ],
)
def test_what_is_offered_after_a_closing_that_did_not_come_about(asked: str, line: str, offered: str) -> None:
    """
    By what was asked and which options are spoken of, whatever the language of the sentence.
    """
    running = _ran("close", (line,), 1, "2023Q1", *filter(None, (asked,)))
    shown = environment(SOURCE).get_template("work.html").render(**work_facts(running), period="2023Q1")

    assert [offered] * bool(offered) == [word for word in ("由我复核", "带着未决事项定稿") if f">{word}</button>" in shown]


def test_news_of_files_wait_for_the_next_board_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """A board at most every two seconds while files are told of; the end is told at once, with all that came before it."""
    now = [0.0]
    monkeypatch.setattr(Running, "age", property(lambda _: now[0]))
    running = Running(3, "收表", ("collect",))

    state, begins = desk_routes._state(running, "")
    told = []
    for count in range(1, 9):  # a file every half second
        now[0] += 0.5
        running.outcomes[f"第{count}单位"] = "已汇总"
        state, is_news = desk_routes._state(running, state)
        told += [count] if is_news else []
    running.end_with(0)
    last, ends = desk_routes._state(running, state)

    assert not begins  # nothing was told of: the board stays
    assert told == [4, 8]
    assert (last.partition("@")[0], ends) == ("3.8.0", True)
    assert desk_routes._state(running, last) == (last, False)


def test_the_answer_waits_for_the_end_and_no_longer() -> None:
    """Who asks how far a command is hears of its end when it ends."""
    running = Running(1, "收表", ("collect",))
    waited: list[int | None] = []
    asked = threading.Thread(target=lambda: (running.wait_for_end(60), waited.append(running.code)))
    asked.start()
    running.end_with(1)
    asked.join(60)

    assert waited == [1]
    running.wait_for_end(0)
