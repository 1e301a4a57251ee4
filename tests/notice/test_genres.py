"""Notices of other genres: 督办, 整改, lists that run over lines."""

import pytest

from tests.notice.notices import draw, unsure, who
from toolkit.model.master import Master
from toolkit.notice.read_notice import read_notice


def read(text: str) -> Master:
    """Read a notice of drawn lines."""
    return read_notice(draw(text), year=2024)


@pytest.mark.parametrize("word", ["事项{}：", "问题{}：", "项目名称："])
def test_an_item_with_a_word_and_a_colon_is_an_item(word: str) -> None:
    """
    Items that begin 事项二： behind the units of the one before are items of their own, not its remarks.
    """
    items = [f"{word.format(number)}{text}\n承办单位：{unit}\n协办单位：区财政局" for number, text, unit in (("一", "修路", "区城管局"), ("二", "供水", "区水务局"))]

    assert [f"任务1 {word.format('一')}修路 区城管局 ← 区财政局", f"任务2 {word.format('二')}供水 区水务局 ← 区财政局"] == who(read("\n".join(items)))


def test_what_is_asked_for_behind_the_units_is_in_the_text() -> None:
    """
    A field that every item has behind its units is part of the item's text.
    """
    master = read("""
        督办事项一：修路
        承办单位：区城管局
        办理要求：8月底前完工。
        督办事项二：供水
        承办单位：区水务局
        办理要求：惠及居民1268户。
    """)

    assert ["任务1 督办事项一：修路。办理要求：8月底前完工。 区城管局 ←", "任务2 督办事项二：供水。办理要求：惠及居民1268户。 区水务局 ←"] == who(master)


def test_a_list_goes_on_in_lines_of_its_own() -> None:
    """
    Units on the lines below a label are in its list, also where the next label could be read as going on from them.
    """
    master = read("""
        1.修路。
        牵头单位：县城管局
        配合单位：县财政局
        县水利局
        城南街道办事处
        包保领导：张某某
        2.供水。
        牵头单位：县水利局
        配合单位：县财政局
        包保领导：王某
    """)

    assert ["任务1 修路。 县城管局 ← 县财政局、县水利局、城南街道办事处", "任务2 供水。 县水利局 ← 县财政局"] == who(master)
    assert ["张某某", "王某"] == [task.leader for task in master.tasks]
    assert [] == unsure(master)


def test_a_title_that_could_be_a_unit_stays_a_title() -> None:
    """
    A line like a unit before a label that the item above has already is the next item's title.
    """
    master = read("""
        某某县2024年重点项目责任分解表
        城北污水处理厂
        包保领导：张某某
        牵头单位：县城管局
        城南污水处理厂
        包保领导：王某
        牵头单位：县水利局
    """)

    assert ["任务1 城北污水处理厂 县城管局 ←", "任务2 城南污水处理厂 县水利局 ←"] == who(master)
