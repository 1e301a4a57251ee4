"""The leaders' board: hostile texts stay text, the same ledger gives the same bytes, closing keeps it, Chromium opens, searches and prints it."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from lxml import html
from playwright.sync_api import Browser, Page, sync_playwright

from tests.time import small_year as small
from toolkit.edges.clock import held
from toolkit.edges.writing.board_out import write_board
from toolkit.flows.closing.verify import verify
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.board_page import BoardFigure, BoardIndicator, BoardLight, BoardMove, BoardPage, BoardShare, BoardTask, BoardUnit
from tools.example_returns import COLLECTIONS
from tools.make_examples import begin, play

HOSTILE = "</script><img src=x onerror=\"document.title='坏'\">&amp;{{ 7*7 }}'\"<style>*{display:none}</style>"
LONG, WHY = "建设{0}号项目，" * 12, "原因。" * 40
SWITCHES = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync")  # fmt: skip
LIGHTS = tuple(
    BoardLight(name, words, sign, fill, "1F2933", strong)
    for name, words, sign, fill, strong in (
        ("蓝", "已完成", "★", "BDD7EE", "2E75B6"), ("绿", "达进度", "●", "C6EFCE", "5BA55B"), ("黄", "欠进度", "▲", "FFEB9C", "F4B733"),
        ("红", "严重滞后", "■", "FFC7CE", "D64545"), ("灰", "未报", "○", "D9D9D9", "A6A6A6"),
    )
)  # fmt: skip


def page_of(many: int, words: str = "") -> BoardPage:
    """Make a page with so many of everything, `words` in every text of it."""
    tasks = tuple(
        BoardTask(f"任务{n}{words}", f"第{n}章", LONG.format(n) + words, f"第{n}局", "红" if n % 2 else "绿", "推进中", "75", "20", "-55", WHY + words)
        for n in range(1, many + 1)
    )
    return BoardPage(
        title=f"某某县2023年第三季度目标任务看板{words}",
        lines=(f"某某县2023年目标任务{words}", "很长的一行" * 60),
        is_closed=False,
        book=f"汇总.xlsx{words}",
        lights=LIGHTS,
        figures=tuple(BoardFigure(str(many), f"达进度或超进度{n}", "100%", light.name) for n, light in enumerate((*LIGHTS, *LIGHTS, LIGHTS[0], LIGHTS[1]))),
        chapters=tuple(BoardShare(f"第{n}章{words}", (1, 2, 3, 4, 5)) for n in range(many)),
        units=tuple(
            BoardUnit(f"名称相当长的第{n}工作委员会{words}", "部门", "已汇总" if n % 7 else "未报", "是", (0, 1, 2, n % 3, 0), "88.50", "3", "良好")
            for n in range(many)
        ),
        late=tuple(task for task in tasks if task.light == "红"),
        tasks=tasks,
        indicators=tuple(BoardIndicator(f"任务{n}", f"指标{words}", "≥80", "万平方米", "60", "75", "75", "否", "某局") for n in range(many)),
        since="2023年第二季度",
        moves=tuple(BoardMove("■新变红", f"任务{n}", f"建设{n}号项目{words}" * 8, "某局", "绿", "红", "20", "20") for n in range(many)),
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    found = shutil.which("chromium")
    if found is None:
        assert not os.environ.get("CI"), "CI has Chromium"
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=found, args=list(SWITCHES))
        yield opened
        opened.close()


def shown(browser: Browser, path: Path, *, width: int = 1280) -> Page:
    """Open a file as a double click does; whatever the console complains of fails the test."""
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.on("console", lambda message: pytest.fail(message.text))
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file:") else pytest.fail(request.url))
    page.goto(path.as_uri())
    return page


def written(folder: Path, page: BoardPage) -> Path:
    """Write a page into a file."""
    path = folder / "看板.html"
    path.write_bytes(write_board(page))
    return path


@pytest.mark.parametrize("many", [1, 20, 1000])
def test_it_prints_on_one_page_of_a4_whatever_there_is_to_show(browser: Browser, tmp_path: Path, many: int) -> None:
    """With 1, 20 and 1,000 of everything and long texts one A4 page is printed, no letter below 8 points; what is left out is counted there."""
    page = shown(browser, written(tmp_path, page_of(many)))
    paper = tmp_path / "看板.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)

    with pdfplumber.open(paper) as pdf:
        assert [(595, 842)] == [(round(page.width), round(page.height)) for page in pdf.pages]
        assert min(float(sign["size"]) for sign in pdf.pages[0].chars) >= 7.9
        text = pdf.pages[0].extract_text()
    assert ("打印时从略" in text) is (many > 1)
    assert "的每个数都出" in text  # Chromium writes some signs as radicals that look alike


def test_it_fits_a_phone(browser: Browser, tmp_path: Path) -> None:
    """At a phone's width nothing has to be pushed sideways."""
    page = shown(browser, written(tmp_path, page_of(40)), width=360)

    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_search_leaves_the_rows_that_hold_every_word(browser: Browser, tmp_path: Path) -> None:
    """Typing words leaves the rows with all of them, opens the list of all tasks and says how many; Escape brings all back."""
    page = shown(browser, written(tmp_path, page_of(20)))
    everything = page.locator(".row:not([hidden])").count()
    page.keyboard.press("Tab")
    page.keyboard.type("任务13 红")

    assert "任务13" in page.locator("#tasks .row:not([hidden])").inner_text()
    assert page.locator("#tasks details").evaluate("one => one.open")
    assert page.locator("#found").inner_text() == f"找到 {page.locator('.row:not([hidden])').count()} 行"
    page.fill("#find", "没有这样的")
    assert page.locator(".row:not([hidden])").count() == 0
    assert "没有找到" in page.locator("#found").inner_text()
    page.keyboard.press("Escape")
    assert everything == page.locator(".row:not([hidden])").count()


def test_what_units_write_stays_text(browser: Browser, tmp_path: Path) -> None:
    """Tags, scripts, entities and braces in any text are shown as they were typed: no element comes of them, nothing runs, nothing loads."""
    path = written(tmp_path, page_of(3, HOSTILE))
    page = shown(browser, path)

    assert HOSTILE in page.title()
    assert page.locator("img").count() == 0
    assert (page.locator("script").count(), page.locator("style").count()) == (1, 1)
    assert HOSTILE in page.locator("#units .name").first.inner_text()
    policy = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content") or ""
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "http" not in policy


def test_colours_that_are_none_do_not_reach_the_style() -> None:
    """A colour in the rules that is no colour is replaced: it could close the style."""
    bad = replace(page_of(1), lights=(LIGHTS[0]._replace(strong="red}</style>"), *LIGHTS[1:]))

    assert b"red}" not in write_board(bad)


def test_it_is_written_with_the_book_and_the_same_each_time(tmp_path: Path) -> None:
    """Consolidate writes it; a second run gives the same bytes; it says that it is a draft; verify says when it is old."""
    space = small.office(tmp_path)
    small.issue(space, small.Q1)
    small.lay(space, small.Q1, small.BUREAU)
    small.take_in(space, date(2023, 3, 26))
    small.book(space, small.Q1, date(2023, 4, 2))
    path = space.out(small.Q1, "汇总") / "看板.html"
    first = path.read_bytes()
    small.book(space, small.Q1, date(2023, 4, 5))

    assert first == path.read_bytes()
    page = html.fromstring(first.decode())
    assert "草稿 未定稿" in page.find(".//h1").text_content()
    told = [one.text_content() for one in page.iterfind(".//section[@id='units']//span") if "told" in one.get("class")]
    assert ["未报", "未报", "已汇总（有问题）"] == told
    small.lay(space, small.Q1, small.TOWN)
    small.take_in(space, date(2023, 3, 27))
    with held(date(2023, 4, 5)):
        said = verify(space, small.Q1, progress=small.quietly).books  # type: ignore[arg-type]
    assert any("看板" in one for one in said)


def test_closing_keeps_it(tmp_path: Path) -> None:
    """It is closed with the book, laid anew where it was changed or is gone, and verify misses it."""
    space = small.office(tmp_path)
    small.issue(space, small.Q1)
    small.lay(space, small.Q1, small.BUREAU)
    small.take_in(space, date(2023, 3, 26))
    small.close(space, small.Q1, date(2023, 4, 2))
    path = space.out(small.Q1, "汇总") / "看板.html"
    closed = path.read_bytes()
    assert "草稿" not in html.fromstring(closed.decode()).find(".//h1").text_content()
    path.write_bytes(closed + b" ")
    with held(date(2023, 5, 2)):
        assert ["看板.html"] == [difference.file for difference in verify(space, small.Q1, progress=small.quietly).differences]  # type: ignore[arg-type]
        consolidate(space, small.Q1)
    assert closed == path.read_bytes()
    assert closed == (space.records / "定稿" / "2023Q1-第1稿" / "看板.html").read_bytes()


def test_the_board_of_an_own_form_speaks_its_language_and_has_no_lights_that_it_has_not(tmp_path: Path) -> None:
    """The board of the English collection is English but for the book's file name; a form without lights shows none, and says of a row that it was reported."""
    english = next(collection for collection in COLLECTIONS if collection.name == "Project return")
    play(begin(english, tmp_path / "english"), english)
    page = next((tmp_path / "english").glob("outbox/*/汇总/*.html")).read_text("utf-8")
    bare = re.sub(r"<style>.*?</style>|<script>.*?</script>|[^“>]*\.xlsx", "", page, flags=re.DOTALL)
    dark = replace(page_of(2), has_lights=False, has_progress=False)

    assert [] == re.findall("[\u4e00-\u9fff]+", bare)
    assert "All rows (11)" in bare
    plain = write_board(dark).decode()
    assert ['<section id="chapters" hidden>', '<section id="late" hidden>'] == re.findall(r'<section id="(?:chapters|late)"[^>]*>', plain)
    assert 'class="lamp' not in plain.partition('id="tasks"')[2]
