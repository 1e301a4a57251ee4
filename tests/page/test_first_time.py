"""A first-time clerk: from an empty workspace to issued forms on the page alone, whatever kind of file the notice is."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser

from tests.page.browser import Clerk, served
from tests.page.keyboard import Keyboard
from toolkit.edges.templates.read_master import load_typed
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.start_command import begin

_TEXT = """云溪县人民政府办公室关于印发云溪县2023年目标任务责任分解的通知
一、产业发展
1.新建标准厂房80万平方米以上。（牵头单位：县工信局；责任单位：县发改局）
2.盘活低效企业20家。（牵头单位：县工信局；责任单位：各成员单位）
二、民生保障
3.完成老旧小区改造12个。（牵头单位：东山镇；责任单位：县住建局）
4.新增城镇就业3000人。（牵头单位：县人社局）
请各牵头单位、责任单位于2023年1月15日前报送工作方案，于每季度最后一个月30日前报送进展情况。
"""


def _notice(browser: Browser, ending: str) -> bytes:
    """Give the notice as a file of a kind."""
    if ending == "docx":
        document, stream = Document(), BytesIO()
        for line in _TEXT.splitlines():
            document.add_paragraph(line)
        document.save(stream)
        return stream.getvalue()
    if ending == "pdf":
        page = browser.new_page()
        page.set_content("<meta charset=utf-8>" + "".join(f"<p>{line}</p>" for line in _TEXT.splitlines()))
        content = page.pdf(format="A4")
        page.close()
        return content
    return _TEXT.encode()


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return begin(tmp_path / "工作区")


def _issued(space: Workspace, period: str) -> set[str]:
    with open_office(space) as office:
        return set(office.ledger.issued_units(period))


@pytest.mark.parametrize("ending", ["txt", "docx", "pdf"])
def test_a_dropped_notice_becomes_forms(browser: Browser, space: Workspace, tmp_path: Path, ending: str) -> None:
    """
    The page asks for the notice; dropped, it is imported, its doubts are counted, and 发表 stands there as the next thing to do.
    """
    notice = tmp_path / f"责任分解通知.{ending}"
    notice.write_bytes(_notice(browser, ending))
    with served(space.root, "2023-01-05") as address:
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#notice-form")
        clerk.drop([notice])
        clerk.wait_for_end("导入通知")
        said = clerk.page.text_content("#work") or ""
        clerk.page.wait_for_selector("#do-generate")
        clerk.click("#do-generate")
        clerk.wait_for_end("发表")
        clerk.page.wait_for_selector(".tile")

    assert "工作任务 4 项" in said
    assert {"县工信局", "县发改局", "东山镇", "县住建局", "县人社局"} == _issued(space, "2023") | _issued(space, "2023Q1")
    assert notice.read_bytes() == (space.notices / notice.name).read_bytes()
    assert [] == clerk.complaints


def test_the_importers_questions_are_answered_by_keyboard(browser: Browser, space: Workspace, tmp_path: Path) -> None:
    """
    A notice is picked and imported with keys; what the importer asks is shown, answered in words of one's own, and stands in 待确认 of the list.
    """
    notice = tmp_path / "通知.txt"
    notice.write_bytes(_notice(browser, "txt"))
    with served(space.root, "2023-01-05") as address:
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#notice-form")
        keys = Keyboard(clerk)
        keys.press("notice-import")
        clerk.page.wait_for_selector("#dropping:has-text('请先选通知文件')")
        keys.pick([notice], "notice-file")
        keys.press("notice-import")
        clerk.wait_for_end("导入通知")
        clerk.page.wait_for_selector("#to-questions")
        keys.press("to-questions")
        clerk.page.wait_for_selector("#own-1")
        keys.type("own-1", "胡乱写的！？")
        keys.type("own-1", "东山镇、县住建局")
        keys.press("answer-1-own")
        clerk.page.wait_for_selector("#questions:not(:has-text('各成员单位'))")

    answered = [doubt for doubt in load_typed(space.master)[0].doubts if doubt.answer]
    assert [("各成员单位", "东山镇、县住建局")] == [(doubt.read, doubt.answer) for doubt in answered]
    assert [] == clerk.complaints


def test_a_file_that_is_no_notice_is_said_and_may_be_tried_again(browser: Browser, space: Workspace, tmp_path: Path) -> None:
    """
    A broken file, a text without tasks and a year that is none each get a sentence; the form stays, and the next try goes in.
    """
    broken, empty, good = tmp_path / "坏.docx", tmp_path / "空.txt", tmp_path / "通知.txt"
    broken.write_bytes(b"PK\x03\x04 no document")
    empty.write_text("今天开会。", "utf-8")
    good.write_bytes(_notice(browser, "txt"))
    with served(space.root, "2023-01-05") as address:
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#notice-form")
        for file in (broken, empty):
            clerk.drop([file])
            clerk.page.wait_for_selector(f"#work.bad:has(h2:text('{file.name}'))")
            clerk.wait_for_parts()
        clerk.page.set_input_files("#notice-file", good)
        clerk.page.fill("#notice-year", "二〇二三")
        clerk.click("#notice-import")
        clerk.page.wait_for_selector("#notice:has-text('请写四位数')")
        clerk.page.fill("#notice-year", "")
        clerk.click("#notice-import")
        clerk.page.wait_for_selector("#work.good:has(h2:text('通知.txt'))")
        clerk.page.wait_for_selector("#do-generate")

    assert 4 == len(load_typed(space.master)[0].tasks)
    assert ["坏.docx", "空.txt", "通知.txt"] == sorted(path.name for path in space.notices.iterdir())
