"""Forms of responsibility."""

import pytest

from tests.notice.notices import draw, unsure, who
from toolkit.notice.read_notice import NO_LEAD, OPEN, read_notice

FORMS = [
    ("（牵头单位：县发改局；责任单位：县财政局、县商务局）", "县发改局 ← 县财政局、县商务局"),
    ("(牵头单位:县发改局;责任单位:县财政局、县商务局)", "县发改局 ← 县财政局、县商务局"),
    ("（牵头单位：县发改局，配合单位：县财政局）", "县发改局 ← 县财政局"),
    ("【牵头部门：县发改局； 协办部门：县财政局、各乡镇】", "县发改局 ← 县财政局、各乡镇"),
    ("〔主办单位：县交通局；参与单位：县公安局〕", "县交通局 ← 县公安局"),
    ("[牵头责任单位：县交通局；落实单位：县公安局]", "县交通局 ← 县公安局"),
    ("（责任部门：县教育局；配合部门：县财政局）", "县教育局 ← 县财政局"),
    ("（责任单位：县教育局、县财政局等；各区政府）", "县教育局、县财政局、各区政府 ←"),
    ("（责任单位：县教育局、县财政局,县商务局）", "县教育局、县财政局、县商务局 ←"),
    ("（县发改局牵头，县财政局、县商务局按职责分工负责）", "县发改局 ← 县财政局、县商务局"),
    ("（县发改局牵头，县财政局、县商务局等配合）", "县发改局 ← 县财政局、县商务局"),
    ("（县发改局牵头、县财政局配合）", "县发改局 ← 县财政局"),
    ("（县发改局、县财政局按职责分工负责）", "县发改局、县财政局 ←"),
    ("（县发改局会同县财政局负责）", "县发改局 ← 县财政局"),
    ("（责任单位：县发改局（牵头）、县财政局、县税务局）", "县发改局 ← 县财政局、县税务局"),
    ("（责任单位：县公安局牵头，县司法局等部门配合）", "县公安局 ← 县司法局"),
    ("（牵头单位：县高等教育中心等；配合单位：县等级保护办公室等有关部门）", "县高等教育中心 ← 县等级保护办公室"),
    ("（牵头单位县水利局，责任单位县住建局）", "县水利局 ← 县住建局"),
    (
        "（牵头单位：县委宣传部（县文明办）；责任单位：县城管局〈县执法局〉、各镇（街道、园区））",
        "县委宣传部（县文明办） ← 县城管局〈县执法局〉、各镇（街道、园区）",
    ),
    ("（牵头单位：县应急局；责任单位：各专委会牵头单位及成员单位、各重大项目责任单位）", "县应急局 ← 各专委会牵头单位及成员单位、各重大项目责任单位"),
    ("（责任单位：县委组织部和县人社局、县文化和旅游局）", "县委组织部、县人社局、县文化和旅游局 ←"),
    ("牵头单位：县发改局 责任单位：县财政局 县商务局", "县发改局 ← 县财政局、县商务局"),
    ("责任单位 县发改局 县财政局", "县发改局、县财政局 ←"),
    ("由县发改局牵头，县财政局配合。", "县发改局 ← 县财政局"),
    ("（牵頭單位：縣發改局；責任單位：縣財政局）", "縣發改局 ← 縣財政局"),
    ("（牵头单位：县发改局；责任单位：县财政局", "县发改局 ← 县财政局"),
    ("（牵头单位：★县发改局；责任单位：县财政局）", "县发改局 ← 县财政局"),
]


@pytest.mark.parametrize(("form", "units"), FORMS)
def test_form_is_read_behind_its_task(form: str, units: str) -> None:
    """
    Every way of naming units is read, in the paragraph of its task or on a line of its own, and leaves the text clean.
    """
    inline = read_notice(draw(f"一、任务\n1.推进项目。{form}\n2.办好学校。（责任单位：县教育局）"))
    below = read_notice(draw(f"一、任务\n1.推进项目。\n{form}\n2.办好学校。（责任单位：县教育局）"))

    expected = [f"任务1 推进项目。 {units}", "任务2 办好学校。 县教育局 ←"]
    assert (expected, expected) == (who(inline), who(below))


def test_labels_stand_on_lines_of_their_own() -> None:
    """
    Lead, support, deadline and leader on a line each go to the same task, in their own columns.
    """
    master = read_notice(draw("""
        1.推进项目。
        分管领导：王五
        牵头部门：县商务局
        配合部门：县财政局、
        县税务局
        完成时限：2024年10月底
        2.办好学校。（责任单位：县教育局；时限：全年；责任领导：李四）
    """))

    assert ["任务1 推进项目。 县商务局 ← 县财政局、县税务局", "任务2 办好学校。 县教育局 ←"] == who(master)
    assert [("2024年10月底", "王五"), ("全年", "李四")] == [(task.deadline, task.leader) for task in master.tasks]


def test_deadline_may_stand_among_the_names() -> None:
    """
    A time inside a list of units is the task's deadline, not a unit.
    """
    master = read_notice(draw("1.修桥。（县交通局牵头，县水利局配合，2024年6月底前完成）"))

    assert (["任务1 修桥。 县交通局 ← 县水利局"], "2024年6月底前完成") == (who(master), master.tasks[0].deadline)


def test_first_unit_leads_where_the_letter_says_so() -> None:
    """
    Said once in the letter, the rule that the first unit leads holds for every task with one list, and only those.
    """
    master = read_notice(draw("""
        关于印发分工方案的通知
        一、责任单位中排名第一的为牵头单位。
        2024年2月1日
        2024年云溪县重点工作
        1.招商。（责任单位：县商务局、县发改局、县财政局）
        2.用地。（牵头单位：县自然资源局；责任单位：县住建局）
        3.引才。（责任单位：县委组织部）
    """))

    assert ["任务1 招商。 县商务局 ← 县发改局、县财政局", "任务2 用地。 县自然资源局 ← 县住建局", "任务3 引才。 县委组织部 ←"] == who(master)
    assert ["原文规定排名第一的为牵头单位", "", NO_LEAD] == [task.note for task in master.tasks]


@pytest.mark.parametrize("rule", ["列第一位的为牵头单位", "排在首位的单位为牵头单位", "第一个单位为牵头单位", "排名第一的责任单位为牵头单位"])
def test_rule_of_the_first_has_many_words(rule: str) -> None:
    """
    The rule that the first unit leads is known in its usual wordings.
    """
    master = read_notice(draw(f"说明：{rule}。\n1.招商。（责任单位：县商务局、县发改局）"))

    assert ["任务1 招商。 县商务局 ← 县发改局"] == who(master)


def test_open_lists_are_noted() -> None:
    """
    等 behind a list is taken off, and the task's note says that more units may be meant.
    """
    master = read_notice(draw("1.招商。（牵头单位：县商务局；责任单位：县发改局等）"))

    assert (["任务1 招商。 县商务局 ← 县发改局"], OPEN) == (who(master), master.tasks[0].note)


def test_left_out_regions_are_restored_where_clear() -> None:
    """
    An office behind a provincial one in its list gets the province's name, marked; one that stands alone elsewhere, or is no office, stays.
    """
    master = read_notice(draw("""
        1.办学。（责任单位：省教育厅、财政厅、住房城乡建设厅，各市人民政府）
        2.收税。（牵头单位：省财政厅；责任单位：税务局）
        3.宣传。（责任单位：县委组织部、宣传部，县财政局、税务局、市场监管局、东方公司）
    """))

    assert [
        "任务1 办学。 省教育厅、省财政厅、省住房城乡建设厅、各市人民政府 ←",
        "任务2 收税。 省财政厅 ← 税务局",
        "任务3 宣传。 县委组织部、县委宣传部、县财政局、税务局、县市场监管局、东方公司 ←",
    ] == who(master)
    assert f"{NO_LEAD}；“财政厅”按前文补为“省财政厅”；“住房城乡建设厅”按前文补为“省住房城乡建设厅”" == master.tasks[0].note
    assert [
        "第1行 财政厅 → 省财政厅：按前文补全了单位名称前的地区，请确认",
        "第1行 住房城乡建设厅 → 省住房城乡建设厅：按前文补全了单位名称前的地区，请确认",
        "第3行 宣传部 → 县委宣传部：按前文补全了单位名称前的地区，请确认",
        "第3行 市场监管局 → 县市场监管局：按前文补全了单位名称前的地区，请确认",
        "第1行 各市人民政府：成员待确认",
    ] == unsure(master)


def test_bare_names_are_read_and_doubted() -> None:
    """
    A bracket of nothing but unit names behind a task is taken as its units and put in doubt; a bracket of other words is text.
    """
    master = read_notice(draw("""
        1.招商引资。（县商务局、县发改局）
        2.改善（含农村）供水。（县水利局）
        3.推进“两化”（工业化、信息化）融合。（县科工局）
    """))

    assert [
        "任务1 招商引资。 县商务局、县发改局 ←",
        "任务2 改善（含农村）供水。 县水利局 ←",
        "任务3 推进“两化”（工业化、信息化）融合。 县科工局 ←",
    ] == who(master)
    assert 3 == len(unsure(master))


def test_words_of_duty_inside_a_task_are_text() -> None:
    """
    责任 and 牵头 in a task's own sentence do not make a responsibility.
    """
    master = read_notice(draw("""
        1.落实责任：压实责任单位主体责任。（责任单位：县应急局）
        2.按照“谁主管谁负责”，由主管部门牵头负责。（责任单位：县公安局）
    """))

    assert [
        "任务1 落实责任：压实责任单位主体责任。 县应急局 ←",
        "任务2 按照“谁主管谁负责”，由主管部门牵头负责。 县公安局 ←",
    ] == who(master)


def test_tasks_grouped_by_unit() -> None:
    """
    Where the headings are unit names and the items have none, the heading's unit leads, in doubt.
    """
    master = read_notice(draw("""
        云溪县2024年重点任务分解
        一、县发展改革局（1项）
        1.新建厂房10万平方米。
        二、县教育局
        1.新建学校3所。
    """))

    assert ["任务1 新建厂房10万平方米。 县发展改革局 ←", "任务2 新建学校3所。 县教育局 ←"] == who(master)
    assert 2 == len(unsure(master))
