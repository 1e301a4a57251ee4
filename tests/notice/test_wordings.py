"""Wordings of real notices, each of which an importer once lost or misread: who answers, by when, how much."""

import pytest

from tests.notice.notices import draw, who
from toolkit.model.findings import Code
from toolkit.model.master import Master
from toolkit.notice.read_notice import read_notice


def read(text: str) -> Master:
    """Read a notice of drawn lines."""
    return read_notice(draw(text), year=2024)


def asked(master: Master, code: Code) -> list[str]:
    """What the doubts of one code have read."""
    return [doubt.read for doubt in master.doubts if doubt.code == code.text.id]


def targets(master: Master) -> list[str]:
    """Name, comparator, value and unit of each target."""
    return [f"{one.name}{one.comparator}{one.target.normalize():f}{one.unit}" for one in master.indicators]


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("1.监测返贫，由县农业农村局牵头，县民政局、各乡镇配合，长期坚持。", "县农业农村局 ← 县民政局、各乡镇"),
        ("1.整治撂荒地，由县自然资源局、县农业农村局负责，10月底前完成。", "县自然资源局、县农业农村局 ←"),
        ("1.发展庭院经济，由各乡镇负责，县农业农村局指导。", "各乡镇 ←"),
        ("1.修路。（县住建局等部门及各乡镇负责）", "县住建局、各乡镇 ←"),
        ("1.办园。（县教育局牵头，各乡镇负责属地落实）", "县教育局 ← 各乡镇"),
        ("1.修路。责任单位为县住建局，配合单位为县财政局。", "县住建局 ← 县财政局"),
        ("1.修路。责任部门——县住建局；协同部门——县财政局。", "县住建局 ← 县财政局"),
        ("1.修路；责任单位县住建局，完成时限８月底；", "县住建局 ←"),
        ("1.修路。　　责任单位　县住建局　县财政局", "县住建局、县财政局 ←"),
        ("1.修路。——县住建局、县财政局", "县住建局、县财政局 ←"),
        ("1.修路。——县住建局牵头，县财政局配合", "县住建局 ← 县财政局"),
        ("1.修路。①（县住建局）", "县住建局 ←"),
        ("1.修路。责任单位：县住建局（配合单位：各街道）", "县住建局 ← 各街道"),
        ("1.修路。（县住建局为牵头单位，县财政局、各乡镇为责任单位）", "县住建局 ← 县财政局、各乡镇"),
        ("1.修路。（县住建局 牵头 县财政局 县公安局 配合）", "县住建局 ← 县财政局、县公安局"),
        ("1.修路。责任站所：规建办；责任村：红旗村", "规建办、红旗村 ←"),
        ("1.修路。（县住建局、县财政局等负责，排在第一位的部门为牵头部门，下同）", "县住建局 ← 县财政局"),
    ],
)
def test_who_answers(line: str, units: str) -> None:
    """Who leads and who helps, however it is written."""
    master = read(f"{line}\n2.供水。（责任单位：县水利局）")

    text, found, rest = who(master)[0].partition(" " + units)
    assert (f" {units}", "") == (found, rest), who(master)
    assert not any(word in text for word in ("县住建局", "县财政局", "责任", "——", "由"))
    assert "任务2 供水。 县水利局 ←" == who(master)[1]


def test_who_only_guides_is_asked_about() -> None:
    """Who only guides or checks is no lead and no helper, and is not left out unsaid."""
    master = read("1.发展庭院经济，由各乡镇负责，县农业农村局指导。\n2.修路。\n责任单位：县住建局\n服务单位：县财政局、县发改局\n3.供水。\n责任单位：县水利局")

    assert ["县农业农村局", "县财政局、县发改局"] == asked(master, Code.WATCHER_NOT_TAKEN)


def test_two_brackets_before_semicolons_are_two_tasks() -> None:
    """Units in a bracket before a semicolon are not lost beside those of the last bracket."""
    master = read("1.建设基地10个（县人社局、县财政局负责）；建设专业群30个（县教育局负责）。\n2.供水。（县水利局负责）")

    assert [("县人社局", "县财政局"), ("县教育局",), ("县水利局",)] == [task.leads for task in master.tasks]


def test_roles_that_stay_in_a_text_are_asked_about() -> None:
    """A clause or bracket of a task's text that says who helps, where the task does not have the unit, is in doubt."""
    master = read("1.县发改局牵头，完成投资90亿元。责任单位：县住建局。\n2.做好预算（县财政局负责），办好学校。（责任单位：县教育局）")

    assert ["县发改局牵头", "县财政局负责"] == asked(master, Code.UNITS_LEFT_OVER)


@pytest.mark.parametrize("rule", ["牵头单位排在首位，其他为参与单位", "第一责任单位为牵头单位", "排在第一位的单位为牵头单位"])
def test_a_rule_below_the_title_is_no_task(rule: str) -> None:
    """A rule on who leads holds for all, and makes no task and no unit of its own words."""
    master = read(f"2024年重点任务\n（{rule}）\n1.修路。（县住建局、县财政局）\n2.供水。（县水利局、县卫健局）")

    assert ["任务1 修路。 县住建局 ← 县财政局", "任务2 供水。 县水利局 ← 县卫健局"] == who(master)


@pytest.mark.parametrize("rule", ["注：标*的为牵头单位。", "备注：加“*”号的单位为牵头单位"])
def test_a_sign_marks_the_lead(rule: str) -> None:
    """Where a rule says so, the units with a sign lead."""
    master = read(f"1.修路。（县住建局*、县财政局）\n2.供水。（责任单位：县卫健局、县水利局*）\n{rule}")

    assert ["任务1 修路。 县住建局 ← 县财政局", "任务2 供水。 县水利局 ← 县卫健局"] == who(master)


@pytest.mark.parametrize("number", ["第{}项 ", "问题{}：", "事项{}、", "项目{}："])
def test_numbers_with_a_word_begin_items(number: str) -> None:
    """第2项 and 问题2： begin items; what stands before the measures is not lost, the next item is not a time of the one before."""
    master = read("\n".join(f"{number.format(at)}{text}\n牵头单位：县住建局；完成时限：{at}月" for at, text in ((1, "修路。"), (2, "供水10处。"))))

    assert [("修路。", "1月"), ("供水10处。", "2月")] == [(task.text, task.deadline) for task in master.tasks]


def test_problems_with_measures() -> None:
    """A list of problems: the problem is the item, its measures and goal behind the units are its text."""
    master = read("""
        一、水质不稳定。
        责任单位：青江县政府
        整改时限：2024年12月底
        整改目标：优良比例达到85.7%。
        整改措施：
        1.完成3座污水处理厂改造。
        2.整治排污口47个。
        二、消纳能力不足。
        责任单位：市城管局
        整改时限：2025年6月底
        整改目标：建成消纳场2处。
        整改措施：
        （1）编制规划。
        （2）推进建设。
    """)

    assert [("青江县政府",), ("市城管局",)] == [task.leads for task in master.tasks]
    assert all(part in master.tasks[0].text for part in ("水质不稳定", "85.7%", "3座", "47个"))
    master = read("问题1：推进缓慢。\n整改措施：开工项目12个。\n责任单位：市发改委\n问题2：拨付不及时。\n整改措施：清理结转资金。\n责任单位：市财政局")
    assert ["任务1 推进缓慢。整改措施：开工项目12个。 市发改委 ←", "任务2 拨付不及时。整改措施：清理结转资金。 市财政局 ←"] == who(master)


def test_a_number_of_the_minutes_is_no_item() -> None:
    """〔2023〕 numbers the paper; 一、由A负责，… is an item with its number."""
    master = read("""
        〔2023〕第18期
        5月16日，副市长李某某主持召开会议，研究城市更新工作。
        一、由市住建局牵头，市财政局配合，6月30日前完成报告。
        二、由市自然资源局负责，完成3宗地块的调整，市住建局予以支持。
    """)

    assert ["任务1 6月30日前完成报告。 市住建局 ← 市财政局", "任务2 完成3宗地块的调整，市住建局予以支持。 市自然资源局 ←"] == who(master)
    assert ["市住建局予以支持"] == asked(master, Code.UNITS_LEFT_OVER)


def test_letters_set_apart_are_words() -> None:
    """A scan's text in which every character stands apart is read like any other."""
    first = "１．完成投资３５亿元。（牵头单位：县工信局；配合单位：县发改局、各乡镇）"
    text = f"一、工业\n{first}\n２．建设农田２．５万亩。（牵头单位：县农业农村局；完成时限：１０月底前）"
    master = read("\n".join(" ".join(line) for line in text.split("\n")))

    assert ["县工信局 ← 县发改局、各乡镇", "县农业农村局 ←"] == [line.rsplit("。 ", 1)[1] for line in who(master)]
    assert ["投资=35亿元", "农田=2.5万亩"] == [target.removeprefix("建设") for target in targets(master)]


def test_a_project_with_a_field_of_a_year() -> None:
    """2025年投资计划：12亿元 is a field of its project, not a task in its place."""
    master = read("\n".join(
        f"{number}、{name}项目\n建设内容：建设{name}。\n2025年投资计划：{sum_}\n包联领导：副市长 周某某\n责任单位：{unit}"
        for number, name, sum_, unit in (("一", "电池", "12亿元", "经开区管委会"), ("二", "物流园", "3.6亿元", "城西区政府"))
    ))

    assert [("电池项目", "12亿元"), ("物流园项目", "3.6亿元")] == [(task.text.split(" ")[0], task.text.rsplit("：", 1)[1]) for task in master.tasks]


def test_broken_inside_the_last_word_of_a_list() -> None:
    """A line that breaks off after 市 or inside a time goes on; a whole unit's name before a label of a person stays whole."""
    master = read("""
        1.清理壁垒。
        牵头单位：市发改委、市市
        场监管局
        责任单位：市财政局，某某燃气有限公司
        责任人：王某某
        完成时限：持
        续推进
        2.供水。
        牵头单位：市水利局
        责任单位：市住建局
        责任人：李某某
        完成时限：年底
    """)

    assert ["任务1 清理壁垒。 市发改委、市市场监管局 ← 市财政局、某某燃气有限公司", "任务2 供水。 市水利局 ← 市住建局"] == who(master)
    assert [("王某某", "持续推进"), ("李某某", "年底")] == [(task.leader, task.deadline) for task in master.tasks]


def test_units_as_headings_lead_items_that_name_helpers() -> None:
    """Below a heading that is a unit, items that name only who helps are led by it; a slogan is no unit."""
    master = read("一、县发改局\n1.争取投资。\n2.推进高铁。配合单位：县自然资源局\n二、各乡镇\n3.植树。配合单位：县林业局\n4.造林。\n三、工业强县\n5.招商。")

    assert [(("县发改局",), ()), (("县发改局",), ("县自然资源局",)), (("各乡镇",), ("县林业局",)), (("各乡镇",), ())] == [
        (task.leads, task.supports) for task in master.tasks[:4]
    ]
    assert all("工业强县" not in task.leads for task in master.tasks)


def test_items_in_brackets_with_fields_in_brackets() -> None:
    """【行动一】 begins an item, 【目标】 is a field of it."""
    master = read("【行动一】提质行动\n【目标】打造基地12个。\n【牵头单位】县农业农村局\n【行动二】建设行动\n【目标】改厕2300座。\n【牵头单位】县住建局")

    assert ["任务1 提质行动 目标：打造基地12个。 县农业农村局 ←", "任务2 建设行动 目标：改厕2300座。 县住建局 ←"] == who(master)
    assert ["打造基地=12个", "改厕=2300座"] == targets(master)


@pytest.mark.parametrize("title", ["单位", "计量单位"])
def test_a_column_of_measures(title: str) -> None:
    """A column 单位 beside 责任单位 holds measures, which belong to the number of the row; they lead nothing."""
    master = read(f"""
        | 序号 | 指标名称 | {title} | 2024年目标 | 责任单位 |
        | 1 | 生产总值增速 | % | 6.5 | 县发改局 |
        | 2 | 新增规上企业 | 家 | 15 | 县工信局 |
        | 3 | 登记失业率 | % | 4以内 | 县人社局 |
        | 4 | 粮食总产量 | 万吨 | ≥30.5 | 县农业农村局 |
    """)

    assert [("县发改局",), ("县工信局",), ("县人社局",), ("县农业农村局",)] == [task.leads for task in master.tasks]
    assert ["生产总值增速=6.5%", "新增规上企业=15家", "登记失业率≤4%", "粮食总产量≥30.5万吨"] == targets(master)


@pytest.mark.parametrize(
    ("text", "target"),
    [("PM2.5平均浓度控制在35微克/立方米以下", "35微克/立方米"), ("推进电子证照应用50类", "50类"), ("培训不少于24学时", "24学时"), ("新建幼儿园：3所", "3所")],
)
def test_measures(text: str, target: str) -> None:
    """Measures that were cut short or not known."""
    master = read(f"1.{text}。（责任单位：县教育局）\n2.供水。（责任单位：县水利局）")

    assert [target] == [f"{one.target.normalize():f}{one.unit}" for one in master.indicators]


def test_a_label_before_a_colon_is_no_name_of_a_target() -> None:
    """总投资：5000万元 is a fact, asked about as before; 目标：3所 has no name."""
    master = read("1.修路。总投资：5000万元。年度目标：3所。（责任单位：县教育局）\n2.供水。（责任单位：县水利局）")

    assert [] == targets(master)
    assert ["5000万元", "3所"] == asked(master, Code.NUMBER_LEFT_OVER)


def test_an_office_of_a_person_is_no_second_person() -> None:
    """区政府党组成员 黄某某 is one."""
    master = read("1.修路。\n牵头领导：区政府党组成员 黄某某\n牵头单位：区住建局\n2.供水。\n牵头领导：李某某\n牵头单位：区水利局")

    assert ["区政府党组成员黄某某", "李某某"] == [task.leader for task in master.tasks]
