"""The kinds of notice that other offices write, each in several wordings of our own."""

import pytest

from tests.notice.notices import draw, who
from tests.notice.variants import Drawn, draws
from toolkit.model.document import Document, Paragraph
from toolkit.model.master import FATES, Master
from toolkit.notice.read_notice import read_notice


def read(text: str) -> Master:
    """Read a text, a paragraph a line, blanks as they stand."""
    return read_notice(Document("通知.txt", tuple(Paragraph(line, f"第{at}行") for at, line in enumerate(text.split("\n"), 1))), year=2025)


def codes(master: Master) -> list[str]:
    """The codes of the doubts, the calendar's own left out."""
    return [doubt.code for doubt in master.doubts if doubt.code not in {"N16", "N18", "N29"}]


@pytest.mark.parametrize(
    "foot",
    [
        "主办单位：青江区人民政府办公室\n承办单位：区数据局",
        "主办：青江区人民政府办公室  承办：区融媒体中心",
        "主管单位：青江区人民政府\n技术支持：某某公司\n网站标识码：0000000000",
    ],
)
@pytest.mark.parametrize(
    "items", ["1.修路。（责任单位：区交通运输局）", "1.修路。\n责任单位：区交通运输局", "序号 | 工作任务 | 责任单位\n1 | 修路。 | 区交通运输局"]
)
def test_who_runs_the_page_is_no_part_of_a_task(items: str, foot: str) -> None:
    """The lines in which a web page names its keepers belong to no task; one that names units is asked about."""
    master = read(f"{items}\n{foot}")

    assert ["任务1 修路。 区交通运输局 ←"] == who(master)
    assert {"N20"} >= set(codes(master))


@pytest.mark.parametrize("heading", ["（一）推行一窗办理。各窗口统一受理。（{}）", "一、推行一窗办理（{}）", "（一）推行一窗办理。\n{}"])
def test_a_heading_with_units_above_items_with_units_is_an_item(heading: str) -> None:
    """Units on a heading whose items all have their own are not lost: the heading is a task of its own."""
    master = read(heading.format("责任单位：区政务局、区公安分局") + "\n1.压缩时限。（责任单位：区市场监管局）\n2.下沉窗口。（责任单位：区财政局）")

    assert [("区政务局", "区公安分局"), ("区市场监管局",), ("区财政局",)] == [task.leads for task in master.tasks]


@pytest.mark.parametrize("label", ["项目责任人：李某某", "区政府分管领导：李某某", "分管副区长：李某某", "包保责任人: 李某某", "责任领导：李 某"])
def test_a_person_among_the_unit_lines_is_the_leader(label: str) -> None:
    """A line that names a person between the lines that name units belongs to the item above."""
    master = read(f"1.修路。\n责任单位：区城管局\n{label}\n配合单位：区财政局\n2.供水。\n责任单位：区水务局")

    assert ["任务1 修路。 区城管局 ← 区财政局", "任务2 供水。 区水务局 ←"] == who(master)
    assert [label.replace(" ", "").replace(":", "：").split("：")[1], ""] == [task.leader for task in master.tasks]


@pytest.mark.parametrize("fact", ["总投资：5000万元", "建设地点：城关镇", "资金来源：财政资金"])
def test_a_fact_among_the_unit_lines_is_no_task(fact: str) -> None:
    """A line with a label of its own among the lines of an item is a remark of the item."""
    master = read(f"1.修路。\n责任单位：区城管局\n{fact}\n配合单位：区财政局\n2.供水。\n责任单位：区水务局")

    assert ["任务1 修路。 区城管局 ← 区财政局", "任务2 供水。 区水务局 ←"] == who(master)
    assert fact in master.tasks[0].note


@pytest.mark.parametrize(
    ("said", "units", "deadline"),
    [
        ("（区直各部门分别负责，年内持续推进）", "区直各部门 ←", "年内持续推进"),
        ("（区水务局，长期坚持）", "区水务局 ←", "长期坚持"),
        ("（2025年6月底前完成，区城管局牵头，区财政局配合）", "区城管局 ← 区财政局", "2025年6月底前完成"),
        ("（区城管局、区公安局牵头，各街道及区直有关部门按职责分工负责）", "区城管局、区公安局 ← 各街道、区直有关部门", ""),
        ("（区城管局负责；各街道结合实际落实）", "区城管局、各街道 ←", ""),
        ("责任单位：区城管局按职责分工负责，各镇街结合实际抓好落实", "区城管局、各镇街 ←", ""),
        ("（区城管局、区财政局、各街道。排名第一的为牵头单位，下同）", "区城管局 ← 区财政局、各街道", ""),
        ("（由区城管局牵头，会同区财政局办理）", "区城管局 ← 区财政局", ""),
        ("（区城管局抓总，区财政局协作）", "区城管局 ← 区财政局", ""),
        ("（责任单位：区城管局；考核单位：区督查办）", "区城管局 ←", ""),
    ],
)
def test_rule_words_are_read(said: str, units: str, deadline: str) -> None:
    """Verbs, times and rules among the names of a responsibility are told from the names."""
    master = read(f"一、任务\n1.修路。{said}\n2.办学。（责任单位：区教育局）")

    assert [f"任务1 修路。 {units}", "任务2 办学。 区教育局 ←"] == who(master)
    assert deadline == master.tasks[0].deadline


@pytest.mark.parametrize("name", ["人民银行青江分行", "青江金融监管局", "园区党工委", "青江海关", "高新区管委会"])
def test_a_name_that_carries_its_place_gets_none(name: str) -> None:
    """A body that is no office of the level, or names a place itself, is not given the region before it."""
    master = read(f"1.办学。（责任单位：市教育局、财政局、{name}）")

    assert ("市教育局", "市财政局", name) == master.tasks[0].leads
    assert ["N01"] == codes(master)


@pytest.mark.parametrize(
    "broken",
    [
        "1.推进社区建设，提升治\n理水平。（责任单位：区民政局）",
        "1.推进社区建设，提升治理水平。\n责任单位：区民\n政局",
        "1.推进社区建设，提升治理水平。（责任\n单位：区民政局）",
        "1.推进社区建设，提升治理水平。（责任单位：区民政局\n）",
    ],
)
def test_a_line_broken_inside_a_word_is_joined(broken: str) -> None:
    """A line that a print broke inside text, label or name loses nothing."""
    assert ["任务1 推进社区建设，提升治理水平。 区民政局 ←", "任务2 办学。 区教育局 ←"] == who(read(f"{broken}\n2.办学。（责任单位：区教育局）"))


TABLES = {
    "bars": "序号 | 民生实事 | 承办单位 | 办理时限\n1 | 修路。 | 区交通局 | 6月底前\n2 | 办学。 | 区教育局、区财政局 | 全年",
    "markdown": "| 序号 | 实事项目 | 责任单位 | 完成时限 |\n|:--|--|--|--:|\n| 1 | 修路。 | 区交通局 | 6月底前 |\n| 2 | 办学。 | 区教育局<br>区财政局 | 全年 |",
    "tabs": "序号\t目标与任务\t责任单位\t整改时限\n1\t修路。\t区交通局\t6月底前\n2\t办学。\t区教育局、区财政局\t全年",
    "cell a line": "序号\n\n问题\n\n责任单位\n\n整改时限\n\n1\n\n修路。\n\n区交通局\n\n6月底前\n\n2\n\n办学。\n\n区教育局\n区财政局\n\n全年",
    "bar behind": "序号 |\n建议内容 |\n承办单位 |\n办理时限 |\n1 |\n修路。 |\n区交通局 |\n6月底前 |\n2 |\n办学。 |\n区教育局、区财政局 |\n全年 |",
    "wide blanks": "序号   重点工作    责任单位              完成时限\n1      修路。      区交通局              6月底前\n2     "
    " 办学。      区教育局、区财政局    全年",
    "single blanks": "序号 工 作 任 务 责任单位 完成时限\n1 修路。 区交通局 6月底前\n2 办学。 区教育局、区财政局 全年",
    "box": "┌──┬───┬────┬────┐\n│序号│整改措施│责任单位│整改时限│\n├──┼───┼────┼────┤\n│1│修路"
    "。│区交通局│6月底前│\n├──┼───┼────┼────┤\n│2│办学。│区教育局、│全年│\n│││区财政局││\n└──┴───┴────┴────┘",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_tables_that_arrive_as_text_are_tables(text: str) -> None:
    """However a table is drawn with characters, its rows are tasks with units and deadlines."""
    master = read(f"青江区任务分解表\n{text}\n")

    assert ["任务1 修路。 区交通局 ←", "任务2 办学。 区教育局、区财政局 ←"] == who(master)
    assert ["6月底前", "全年"] == [task.deadline for task in master.tasks]


def test_a_merged_cell_gives_its_unit_to_the_row_below() -> None:
    """A row without units and without a number of its own has those of the row above, and the clerk is asked."""
    master = read("序号\n民生实事\n责任单位\n完成时限\n1\n修路。\n区交通局\n6月底前\n架桥。\n12月底前\n2\n办学。\n区教育局\n全年")

    assert ["任务1 修路。 区交通局 ←", "任务2 架桥。 区交通局 ←", "任务3 办学。 区教育局 ←"] == who(master)
    assert ["N28"] == codes(master)


def test_units_of_two_columns_that_run_on_are_asked_about() -> None:
    """Where nothing parts the names of two unit columns, the first leads, and the clerk is asked."""
    master = read("序号\n任务\n牵头单位\n配合单位\n1\n修路。\n区交通局\n区公安局\n区财政局\n2\n办学。\n区教育局\n区财政局")

    assert ["任务1 修路。 区交通局 ← 区公安局、区财政局", "任务2 办学。 区教育局 ← 区财政局"] == who(master)
    assert ["N17"] == codes(master)


def test_a_column_that_is_not_understood_is_asked_about() -> None:
    """A filled column with an unknown header is not dropped in silence; two names run together are asked about as well."""
    master = read_notice(
        draw("""
        | 序号 | 任务 | 责任单位 | 责任领导 | 挂图作战编组 |
        | 1 | 修路。 | 区交通局 | 陆明俞悦 | 甲组 |
    """),
        year=2025,
    )

    assert ["N26", "N22"] == sorted(codes(master), reverse=True)


def test_a_table_whose_header_is_not_understood_is_named() -> None:
    """A table without a column of tasks or units that is known ends with the words of its header."""
    master = read_notice(
        draw("""
        | 编号 | 攻坚项 | 挂帅处所 |
        | 1 | 修路。 | 区交通局 |
    """),
        year=2025,
    )

    assert ["里面有一张表，认不出哪一栏是任务、哪一栏是单位，表头是“编号、攻坚项、挂帅处所”"] == [doubt.reason for doubt in master.doubts]


@pytest.mark.parametrize(
    "plan",
    [
        "No. | Action | Lead | Support | Due\n1 | Repair the river path | Parks Team | Finance Team, Legal Services | 30 June 2025",
        "No.\tTask\tOwner\tPartners\tDeadline\n1\tRepair the river path\tParks Team\tFinance Team; Legal Services\t30 June 2025",
        "1. Repair the river path (Lead: Parks Team; Support: Finance Team, Legal Services; Due: 30 June 2025)",
    ],
)
def test_an_english_action_plan_is_read(plan: str) -> None:
    """Headers and labels of an English plan are known, and names keep their blanks."""
    master = read(f"Action Plan 2025\n{plan}")

    assert [("Parks Team",), ("Finance Team", "Legal Services"), "30 June 2025"] == [master.tasks[0].leads, master.tasks[0].supports, master.tasks[0].deadline]


def test_parts_without_units_and_members_read_from_the_notice_are_asked_about() -> None:
    """A numbered part behind the tasks that names no unit, and a collective whose members the notice itself names, end in 待确认."""
    master = read("一、任务\n1.修路。（责任单位：白沙街道、各街道）\n二、工作要求\n（一）加强领导，压实责任。")

    assert ["N03", "N14"] == sorted(set(codes(master)))


def test_a_line_with_units_that_follows_nothing_is_asked_about() -> None:
    """A responsibility that stands below a title, not below an item, ends in a doubt."""
    master = read("青江区2025年重点工作任务分解表\n牵头单位：区政府办\n一、任务\n1.修路。（责任单位：区交通局）")

    assert ["任务1 修路。 区交通局 ←"] == who(master)
    assert ["N19"] == codes(master)


def miss(drawn: Drawn, master: Master) -> tuple[int, int, int, int]:
    """Count the items of a drawn notice, those with other units, other deadlines or leaders, and tasks that it does not have."""
    left = list(master.tasks)
    wrong = late = 0
    for item in drawn.items:
        task = next((one for one in left if "".join(item.text.split())[:10] in "".join(one.text.split())), None)
        if task is None:
            wrong += 1
            continue
        left.remove(task)
        wrong += (set(task.leads), set(task.supports)) != (set(item.leads), set(item.supports))
        late += ("".join(task.deadline.split()), task.leader) != ("".join(item.deadline.split()), item.leader)
    return len(drawn.items), wrong, late, len(left)


def test_notices_drawn_at_random_are_read() -> None:
    """Of notices drawn in fifteen layouts nearly all items have the right units, deadlines and leaders; false ones are at most one in a hundred.

    Every line of every one has a fate, and every task has the lines it was read from.
    """
    counted = [0, 0, 0, 0]
    for drawn in draws(2025, 4):
        master = read(drawn.text)
        counted = [one + more for one, more in zip(counted, miss(drawn, master), strict=True)]
        assert {line.fate for line in master.lines} <= set(FATES), drawn.layout
        assert {task.number for task in master.tasks} == {one for line in master.lines for one in line.number.split("、") if one}, drawn.layout
    items, wrong, late, false = counted

    assert wrong <= items * 0.02
    assert late <= items * 0.02
    assert false <= items * 0.01
