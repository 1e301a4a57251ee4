"""The page of an office in English: no Chinese sign on any of its sheets, in answers and questions, but in names of files and folders and the office's data."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.page.browser import Clerk, served
from tests.page.english_views import issued_office, texts_on
from tests.words.english_office import CHINESE, english_workspace
from toolkit.edges.clock import held
from toolkit.edges.templates.read_words import load_words
from toolkit.model.words import SOURCE, Words
from toolkit.page.page_answers import environment, file_title, said
from toolkit.page.page_words import marked, script_sentences
from tools import words as catalogue

# Files and folders that the program goes by whatever the language, and the numbers that it gives to matters.
NAMES = re.compile(r"\S*/outbox/\S+|outbox/\S+|[^\s]*[^\n]*\.(?:xlsx|docx|pdf|html|eml|txt)$|协\d{4}Q\d-\w+")
CHANGES = (
    ("更名", "Finance Department", "Treasury"),
    ("拆分", "Housing Department", "Homes Office; Repairs Office"),
    ("换牵头", "T1", "Eastville"),
    ("延期", "T3", "2023-05-30"),
    ("撤销", "T3", ""),
)
REFUSED = (("延期", "T3", "soon"), ("更名", "Nobody", "X"), ("更名", "T1", "X"), ("换牵头", "T1", "Nobody"), ("更名", "Finance Department", "Eastville"))
MARKED = '<p>{% trans one=x %}忘了翻译的 {{ one }} 句话{% endtrans %}</p>{% if a == "更名" %}{{ _("退回") }}{% endif %}'
UNMARKED = '没有标记<p>（{{ b }}）</p><i title="没有标记的题目">{% trans v=("没有标记的值" if b else c) %}{{ v }}{% endtrans %}　{{ b }}</i>'


@pytest.fixture(scope="module")
def english() -> Words:
    """The words that come with the program."""
    return load_words(Path("nowhere"), "en")


@pytest.fixture(scope="module")
def clerk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clerk]:
    """A clerk before the desk of an English office whose inbox was collected."""
    root = tmp_path_factory.mktemp("english") / "office"
    with held(date(2023, 3, 20)):
        space = issued_office(root)
    with served(space.root) as address:
        clerk = Clerk(browser, address)
        clerk.home = address.partition("/?")[0]  # type: ignore[attr-defined]
        clerk.click("#do-collect")
        clerk.wait_for_end("Collect")
        yield clerk


def chinese(clerk: Clerk) -> list[str]:
    """Give what is Chinese on the page as it now stands, when its parts have come."""
    clerk.wait_for_parts()
    assert clerk.page.evaluate("document.documentElement.lang") == "en"
    return [text for text in texts_on(clerk.page) if CHINESE.search("\n".join(NAMES.sub("", line) for line in text.splitlines()))]


def show(clerk: Clerk, path: str) -> None:
    """Go to a sheet of the page."""
    clerk.page.goto(f"{clerk.home}{path}")  # type: ignore[attr-defined]


def test_desk_and_cards(clerk: Clerk) -> None:
    """
    The desk after collecting: rounds, board, buttons, cards of each kind, what came, what the command said; the milestones beside it.
    """
    show(clerk, "/?period=2023Q1")
    clerk.page.wait_for_selector("article.card >> nth=2")

    assert [] == chinese(clerk)
    assert "Files that wait for your ruling" in clerk.page.inner_text("#desk")
    assert "To correct" in clerk.page.inner_text("#board")


def test_rulings(clerk: Clerk) -> None:
    """
    Findings to rule on, one ruled, taken back, and what a wrong word is answered with.
    """
    show(clerk, "/rulings/2023Q1")
    before = chinese(clerk)
    clerk.click("#rule-1-1")
    clerk.page.wait_for_selector("#undo-1")

    assert [] == [*before, *chinese(clerk)]
    assert "Accept" in clerk.page.inner_text("#line-1")


def test_registers(clerk: Clerk) -> None:
    """
    What the office settles, a row saved, a row refused with its reason.
    """
    show(clerk, "/registers/2023Q1")
    before = chinese(clerk)
    clerk.page.fill("input[name='field:签收日期'] >> nth=-1", "soon")
    clerk.click("form:has(input[name='field:签收日期']) button >> nth=-1")
    clerk.page.wait_for_selector("#notice p.bad")
    refused = clerk.page.inner_text("#notice")
    clerk.page.fill("input[name='field:签收日期'] >> nth=-1", "2023-03-28")
    clerk.click("form:has(input[name='field:签收日期']) button >> nth=-1")
    clerk.page.wait_for_selector("#notice p.good")

    assert [] == [*before, *chinese(clerk)]
    assert "“soon” under “Date of receipt” is no full date." in refused


@pytest.mark.parametrize(("kind", "subject", "after"), [*CHANGES, *REFUSED])
def test_changes(clerk: Clerk, kind: str, subject: str, after: str) -> None:
    """
    The wizard of every kind: what would change and whom it concerns, or why it cannot be.
    """
    show(clerk, f"/changes?kind={kind}")
    before = chinese(clerk)
    clerk.page.fill("#subject", subject)
    if after:
        clerk.page.fill("#after", after)
    clerk.click("#look")
    clerk.page.wait_for_selector("#preview .panel, #notice p")

    assert [] == [*before, *chinese(clerk)]


@pytest.mark.parametrize("deed", ["consolidate", "documents", "remind", "generate", "close"])
def test_commands(clerk: Clerk, deed: str) -> None:
    """
    What the buttons ask, and what the commands behind them say; a hint at the next command is left out here too.
    """
    show(clerk, "/?period=2023Q1")
    title = {"consolidate": "Consolidate", "documents": "Papers", "remind": "Remind", "generate": "Issue forms", "close": "Close"}[deed]
    clerk.click(f"#do-{deed}")
    said_there = clerk.wait_for_end(f"{title} 2023 Q1")

    assert [] == [*chinese(clerk), *(question for question in clerk.asked if CHINESE.search(question))]
    assert "Next: " not in said_there


@pytest.mark.parametrize("path", ["/rulings/abc", "/file/2023Q1/汇总/x", "/original/99", "/rulings/2024Q1", "/registers/2024Q1", "/import"])
def test_troubles_and_the_notice(clerk: Clerk, path: str) -> None:
    """
    What cannot be shown is said in English, and the sheet for a notice is.
    """
    show(clerk, path)

    assert [] == chinese(clerk)


def test_an_office_without_a_list(browser: Browser, tmp_path: Path) -> None:
    """
    The first sheet of an empty office, a file that is no notice, and leaving; the script speaks the language of the page too.
    """
    space = english_workspace(tmp_path / "office")
    space.master.unlink()
    with served(space.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#notice-import")
        before = chinese(clerk)
        clerk.click("#notice-import")
        asked = clerk.page.inner_text("#dropping")
        (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        clerk.page.set_input_files("#notice-file", tmp_path / "photo.png")
        clerk.click("#notice-import")
        clerk.page.wait_for_selector("#work:is(.good, .bad)")
        tried = chinese(clerk)
        clerk.click("form.leave button")
        clerk.page.wait_for_selector("main.alone")

        assert [] == [*before, *tried, *chinese(clerk)]
        assert asked == "Please choose a notice first."


def test_values_are_never_translated(english: Words) -> None:
    """
    A template's marked sentences are put into the language with their values where the language has them; values, tags and what is sent back stay.
    """
    source = (
        '<p title="{{ x }} 条">{% trans more=many %}另有 {{ more }} 个，处理完这些再列出。{% endtrans %} {{ unit }}</p>'
        '<button value="退回">{{ _("退回") }}</button><b>{{ "任务" | said }}</b>'
    )
    facts = {"x": 1, "many": "<2%>", "unit": "更名"}

    assert environment(SOURCE).from_string(source).render(facts) == (
        '<p title="1 条">另有 &lt;2%&gt; 个，处理完这些再列出。 更名</p><button value="退回">退回</button><b>任务</b>'
    )
    assert environment(english).from_string(source).render(facts) == (
        '<p title="1 条">&lt;2%&gt; more; they are listed when these are settled. 更名</p><button value="退回">Send back</button><b>Task</b>'
    )


def test_words_of_an_office_are_text() -> None:
    """
    What an office writes into its words is escaped, with quotation marks too; a percent sign is one, and a number without a value stays.
    """
    words = Words("en", {"{1} 占 10%，共 {2} 项": '<b>"{2}" & {1}: 10% {3}', "占 10%": "10% of it"})
    source = '<p title="{% trans name=n, all=a %}{{ name }} 占 10%，共 {{ all }} 项{% endtrans %}">{{ _("占 10%%") }}</p>'

    assert environment(words).from_string(source).render(n="甲", a=3) == '<p title="&lt;b&gt;&quot;3&quot; &amp; 甲: 10% {3}">10% of it</p>'
    assert environment(SOURCE).from_string(source).render(n="甲", a=3) == '<p title="甲 占 10%，共 3 项">占 10%</p>'
    assert ["{1} 占 10%，共 {2} 项", "占 10%"] == catalogue.template_sentences(source)


def test_a_forgotten_text_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """
    A text of a template or of the script that has no English is listed by tools.words --missing, one of a template that is not marked too.
    """
    for folder in ("page/templates", "page/static", "resources/board"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "page" / "templates" / "new.html").write_text(MARKED + UNMARKED, "utf-8")
    (tmp_path / "page" / "static" / "page.js").write_text('say(said("脚本里忘了的 {1}", one));', "utf-8")
    monkeypatch.setattr(catalogue, "_PACKAGE", tmp_path)

    assert ["忘了翻译的 {1} 句话", "脚本里忘了的 {1}"] == [source.text for source in catalogue.missing() if source.file.startswith("page/")]
    assert ["没有标记<p>（", '）</p><i title="没有标记的题目">', "没有标记的值", "　"] == [source.text for source in catalogue.unmarked()]
    assert ["脚本里忘了的 {1}"] == script_sentences('say(said("脚本里忘了的 {1}", one)); "没有 said 的"')


def test_marks_and_titles(english: Words) -> None:
    """
    Lists of names get the language's commas, what has Chinese words is left alone; titles made of two parts are said part by part.
    """
    assert ["A, B", "甲、乙", "A、B"] == [marked("A、B", english), marked("甲、乙", english), marked("A、B", SOURCE)]
    assert said("发表　2023年第一季度", english) == "Issue forms\u20032023 Q1"
    assert file_title("a/b.xlsx") == "b.xlsx"
