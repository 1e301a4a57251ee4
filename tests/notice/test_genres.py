"""Notices of other genres: 督办, 整改, lists that run over lines."""

import pytest

from tests.notice.notices import draw, unsure, who
from toolkit.model.document import Document, Paragraph
from toolkit.model.findings import Code
from toolkit.model.master import IN_DOUBT, Master
from toolkit.notice.read_notice import read_notice


def read(text: str) -> Master:
    """Read a notice of drawn lines."""
    return read_notice(draw(text), year=2024)


@pytest.mark.parametrize("word", ["事项{}：", "问题{}：", "项目名称："])
def test_an_item_with_a_word_and_a_colon_is_an_item(word: str) -> None:
    """
    Items that begin 事项二： behind the units of the one before are items of their own, not its remarks.
    """
    one, two = word.format("一"), word.format("二")
    master = read(f"{one}修路\n承办单位：区城管局\n协办单位：区财政局\n{two}供水\n承办单位：区水务局\n协办单位：区财政局")

    assert [f"任务1 {one}修路 区城管局 ← 区财政局", f"任务2 {two}供水 区水务局 ← 区财政局"] == who(master)


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


def test_a_line_among_the_tasks_is_asked_about() -> None:
    """
    A field or a figure that stands among the tasks and is in none of them is put in doubt; the letter before them is not.
    """
    master = read("""
        督办通知
        请于9月15日前报送3份材料。
        一、反馈问题：焚烧秸秆。
        整改目标：火点数量下降80%以上。
        整改措施：
        1.健全网格。
        2.约谈乡镇。
        责任单位：各县人民政府
        二、反馈问题：污水直排。
        整改目标：直排口全部封堵。
        1.改造管网。
        责任单位：市住建局
    """)

    left = [doubt.read for doubt in master.doubts if doubt.code == Code.TEXT_LEFT_OVER.text.id]
    assert ["整改目标：火点数量下降80%以上。", "整改目标：直排口全部封堵。"] == left
    assert [IN_DOUBT, IN_DOUBT] == [line.fate for line in master.lines if line.text in left]


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_parts_and_further_tables_of_a_text_table(mark: str) -> None:
    """
    A heading between the rows heads a part; a heading before another header begins another table.
    """
    lines = ["序号|任务|牵头单位|完成时限", "一、经济", "1|招商|区商务局|6月底前", "2|修路|区城管局|9月底前", "二、社会", "3|办学|区教育局|12月底前"]
    lines += ["三、问题清单", "序号|问题|牵头单位|责任人", "1|管线老化|区水务局|陈某某"]
    paragraphs = (Paragraph(line.replace("|", mark), f"第{at}行") for at, line in enumerate(lines, 1))
    master = read_notice(Document("通知.txt", tuple(paragraphs)), year=2024)

    assert [
        ("一、经济", "招商", ("区商务局",), "6月底前", ""),
        ("一、经济", "修路", ("区城管局",), "9月底前", ""),
        ("二、社会", "办学", ("区教育局",), "12月底前", ""),
        ("三、问题清单", "管线老化", ("区水务局",), "", "陈某某"),
    ] == [(task.section, task.text, task.leads, task.deadline, task.leader) for task in master.tasks]


def test_a_table_without_units_beside_one_with_is_asked_about() -> None:
    """
    A table of tasks that has no column of units gives no task and is put in doubt.
    """
    master = read("""
        | 序号 | 任务 | 牵头单位 |
        | 1 | 修路 | 区城管局 |
        任务清单
        | 序号 | 任务 | 量化目标 | 完成时限 |
        | 1 | 修路 | 45公里 | 10月底前 |
    """)

    assert ["任务1 修路 区城管局 ←"] == who(master)
    assert [("表2", "序号、任务、量化目标、完成时限")] == [(doubt.where, doubt.read) for doubt in master.doubts if doubt.code == Code.TABLE_NOT_READ.text.id]


@pytest.mark.parametrize(
    ("said", "units"),
    [
        ("市教育局会同市财政局、市人社局负责", "市教育局 ← 市财政局、市人社局"),
        ("市教育局、市财政局会同市人社局等部门按职责分工负责", "市教育局、市财政局 ← 市人社局"),
        ("市教育局牵头，会同市财政局、市人社局", "市教育局 ← 市财政局、市人社局"),
        ("市教育局会同市财政局、市人社局落实，市团委配合", "市教育局 ← 市财政局、市人社局、市团委"),
        ("市教育局、市财政局、市人社局，市教育局牵头", "市教育局 ← 市财政局、市人社局"),
        ("市教育局为牵头单位，市财政局、市人社局为配合单位", "市教育局 ← 市财政局、市人社局"),
        ("市教育局负总责，市财政局协助", "市教育局 ← 市财政局"),
        ("市教育局牵头，各县（市、区）党委和政府配合", "市教育局 ← 各县（市、区）党委和政府"),
    ],
)
def test_who_leads_and_who_helps_in_a_sentence(said: str, units: str) -> None:
    """
    Who joins another (会同) helps, all of them; who is named again as lead leads alone.
    """
    assert [f"任务1 修路。 {units}"] == who(read(f"1.修路。（{said}）\n2.供水。（责任单位：市水务局）"))[:1]


@pytest.mark.parametrize("nobody", ["无", "—", "/", "暂无"])
def test_nobody_is_no_unit(nobody: str) -> None:
    """
    A label that nobody stands behind names no unit.
    """
    master = read(f"1.修路。\n牵头单位：市城管局\n配合单位：{nobody}\n2.供水。\n牵头单位：市水务局")

    assert ["任务1 修路。 市城管局 ←", "任务2 供水。 市水务局 ←"] == who(master)
    assert [] == unsure(master)


def test_many_behind_one_every_are_no_single_bodies() -> None:
    """
    各 holds for the levels listed after it: they get no form of their own but are asked about; a body that stands alone elsewhere is one.
    """
    master = read("""
        1.修路。（牵头单位：省交通厅；责任单位：各市、县（市、区）人民政府，各乡镇、街道办事处）
        2.供水。（牵头单位：省水利厅；责任单位：各市、县、区人民政府、机关各部处）
        3.办学。（牵头单位：开发区管委会；责任单位：各镇街、开发区管委会）
    """)

    assert ["省交通厅", "省水利厅", "开发区管委会"] == [unit.name for unit in master.units if unit.issued]


def test_minutes_of_a_meeting() -> None:
    """
    Where nothing else shares out work, a sentence that begins 由A负责，… does; it is asked about, and who was present is no part of an item.
    """
    master = read("""
        会议议定：
        一、关于易涝点。由市住建局负责，5月31日前整治到位。
        二、关于物资。由市应急局牵头，市水务局、市财政局配合，补充排水泵车6台。
        三、关于资金。所需经费由市财政局安排。
        参加人员：市政府办公室孙某某。
    """)

    assert [
        "任务1 关于易涝点。5月31日前整治到位。 市住建局 ←",
        "任务2 关于物资。补充排水泵车6台。 市应急局 ← 市水务局、市财政局",
        "任务3 关于资金。所需经费由市财政局安排。  ←",
    ] == who(master)
    assert ["N10", "N10", "N13"] == [doubt.code for doubt in master.doubts if doubt.code not in {"N16", "N21"}]


def test_a_time_behind_the_sentence_that_shares_out() -> None:
    """
    A last sentence that is only a time does not hide the one before it; 等 before the verb is remembered.
    """
    master = read("1.修路。市城管局牵头，市财政局、市公安局等配合。长期坚持。\n2.供水。市水务局牵头，市财政局配合。")

    assert ["任务1 修路。 市城管局 ← 市财政局、市公安局", "任务2 供水。 市水务局 ← 市财政局"] == who(master)
    assert ["长期坚持", ""] == [task.deadline for task in master.tasks]
    assert "等" in master.tasks[0].note


@pytest.mark.parametrize(("said", "year"), [("（2024—2026年）", 2024), ("（2024年至2026年）", 2024), ("（2022-2026年）\n2025年3月1日", 2025)])
def test_a_plan_over_several_years_begins_in_its_first(said: str, year: int) -> None:
    """
    The calendar of a plan over several years is that of the year it was issued in, else of its first.
    """
    master = read_notice(draw(f"某某市三年行动实施方案{said}\n1.修路。（责任单位：市城管局）\n2.供水。（责任单位：市水务局）"))

    assert {year, year + 1} >= {line.due.year for line in master.calendar}
    assert year == min(line.due.year for line in master.calendar)


def test_measures_below_an_item_like_others_are_its_details() -> None:
    """
    Where items at one level are tasks, the numbered measures below one of them, with one line of units behind them all, are details of it.
    """
    master = read("""
        一、党建
        （一）三会一课不严
        责任科室：机关党委
        （二）管理流于形式
        责任科室：人事科
        二、项目
        （一）3个项目超概算
        整改措施：
        ①补办手续；
        ②谈话提醒。
        责任科室：规划科、发展规划处
        整改时限：立行立改
    """)

    assert ["机关党委", "人事科", "规划科、发展规划处"] == ["、".join(task.leads) for task in master.tasks]
    assert "3个项目超概算\n①补办手续；\n②谈话提醒。" == master.tasks[2].text.replace("整改措施：\n", "")
    assert ["N27"] == [doubt.code for doubt in master.doubts if doubt.code not in {"N16", "N21"}]


def test_the_lead_of_a_heading_leads_its_items() -> None:
    """
    A heading that names only who leads, above items that name only who is responsible, gives them their lead.
    """
    master = read("""
        一、集群（牵头单位：省工信厅）
        1.建设集群。责任单位：省科技厅。
        2.建设链条。责任单位：省财政厅。
        二、数字（牵头单位：省数据局）
        3.改造企业。责任单位：省通信管理局。
    """)

    assert ["任务1 建设集群。 省工信厅 ← 省科技厅", "任务2 建设链条。 省工信厅 ← 省财政厅", "任务3 改造企业。 省数据局 ← 省通信管理局"] == who(master)
    assert ["N09", "N09", "N09"] == [doubt.code for doubt in master.doubts if doubt.code != "N16"]


def test_a_field_below_a_title_with_a_comma_stands_apart() -> None:
    """
    A title that has a comma is not glued to the field below it: its measure stays its measure.
    """
    master = read("1.新建机构6家，新增托位400个\n工作目标：年底前运营。\n牵头单位：区卫健局\n2.修路。\n牵头单位：区城管局")

    assert "新建机构6家，新增托位400个 工作目标：年底前运营。" == master.tasks[0].text


def test_a_cell_pushed_out_of_its_column_by_a_long_one() -> None:
    """
    In a table set by blanks a long cell may touch the next one, which stands under its own header still.
    """
    lines = ["序号    工作任务        牵头单位            责任单位", "1       修路            县城管局            县财政局"]
    lines += ["2       新增就业        县人力资源社会保障局 县教育局、县退役军人局"]
    master = read_notice(Document("通知.txt", tuple(Paragraph(line, f"第{at}行") for at, line in enumerate(lines, 1))), year=2024)

    assert ["任务1 修路 县城管局 ← 县财政局", "任务2 新增就业 县人力资源社会保障局 ← 县教育局、县退役军人局"] == who(master)


def test_rows_of_a_table_that_are_no_tasks_of_their_own() -> None:
    """
    A row with a Chinese number and one text heads the rows numbered 1, 2, …; 同上 stands for the cell above; a total is no task.
    """
    master = read("""
        | 序号 | 任务 | 牵头单位 | 配合单位 | 完成时限 | 备注 |
        | 一 | 政务服务 | | | | |
        | 1 | 一网通办 | 市数据局 | 市公安局 | 6月底 | 省考核 |
        | 2 | 一件事 | 同上 | 同上行 | “ | |
        | 二 | 要素保障 | | | | |
        | 3 | 用地 | 市资规局 | — | 全年 | |
        | 合计 | | 3项 | | | |
    """)

    assert ["任务1 一网通办 市数据局 ← 市公安局", "任务2 一件事 市数据局 ← 市公安局", "任务3 用地 市资规局 ←"] == who(master)
    assert [("一、政务服务", "6月底", "省考核"), ("一、政务服务", "6月底", ""), ("二、要素保障", "全年", "")] == [
        (task.section, task.deadline, task.note) for task in master.tasks
    ]


def test_who_only_checks_is_named_in_a_table_too() -> None:
    """
    A column of those who only check is no part of a task's units, and is asked about; what else a column says is a remark.
    """
    master = read("| 序号 | 问题 | 责任单位 | 督导单位 | 投资 |\n| 1 | 直排 | 县住建局 | 县生态环境局 | 5000万元 |")

    assert ["任务1 直排 县住建局 ←"] == who(master)
    assert "督导单位：县生态环境局；投资：5000万元" in master.tasks[0].note
    assert ["县生态环境局"] == [doubt.read for doubt in master.doubts if doubt.code == Code.WATCHER_NOT_TAKEN.text.id]


def test_advice_has_no_gaps() -> None:
    """
    What a doubt of the importer advises is a whole sentence.
    """
    assert [] == [code.name for code in Code if code.text.id.startswith("N") and "{" in code.text.advice]


def test_cards_of_projects() -> None:
    """
    Lines with labels above the units are the item's own, also where each card begins right behind the units of the one before.
    """
    master = read("""
        项目名称：体育中心
        年度目标：完成投资4亿元。
        责任单位：市教体局
        配合单位：市资规局
        项目名称：第三水厂
        年度目标：完成形象进度60%。
        责任单位：市水务集团
        配合单位：市水利局
    """)

    assert [
        "任务1 项目名称：体育中心。年度目标：完成投资4亿元。 市教体局 ← 市资规局",
        "任务2 项目名称：第三水厂。年度目标：完成形象进度60%。 市水务集团 ← 市水利局",
    ] == who(master)


def test_units_above_the_items_they_speak_of() -> None:
    """
    Where each line of units stands above its items, the items have those and not the next ones; each is asked about.
    """
    master = read("""
        整改任务
        牵头单位：区住建局；责任单位：区城管局
        1.整治积水。
        2.更新管道。
        牵头单位：区民政局；责任单位：区财政局
        3.新建食堂。
    """)

    assert ["任务1 整治积水。 区住建局 ← 区城管局", "任务2 更新管道。 区住建局 ← 区城管局", "任务3 新建食堂。 区民政局 ← 区财政局"] == who(master)
    assert ["N09", "N09", "N09"] == [doubt.code for doubt in master.doubts if doubt.code != "N16"]


def test_a_heading_says_who_leads_and_items_who_helps() -> None:
    """
    二、县财政局牵头（1项） gives its items their lead; who only helps leads nowhere unasked.
    """
    master = read("一、县发改局牵头（1项）\n1.修路。配合单位：县财政局。\n二、其他\n2.供水。配合单位：县水利局。")

    assert ["任务1 修路。 县发改局 ← 县财政局", "任务2 供水。 县水利局 ←"] == who(master)
    assert ["N09", "N32"] == sorted(doubt.code for doubt in master.doubts if doubt.code != "N16")


@pytest.mark.parametrize(
    "said",
    ["【牵头单位】市农业局【配合单位】市科技局【完成时限】10月底前", "（牵头单位∶市农业局；配合单位∶市科技局；完成时限∶10月底前）"],
)
def test_labels_in_brackets_and_other_colons(said: str) -> None:
    """
    A label may stand in square brackets, and a colon may be another character that looks like one.
    """
    master = read(f"1.推广良种。{said}\n2.供水。（责任单位：市水务局）")

    assert ["任务1 推广良种。 市农业局 ← 市科技局", "任务2 供水。 市水务局 ←"] == who(master)
    assert "10月底前" == master.tasks[0].deadline


def test_persons_beside_the_units_of_a_column() -> None:
    """
    A column of units and persons gives both.
    """
    master = read("| 序号 | 工作 | 责任单位及责任人 |\n| 1 | 招商 | 招商局 沈某、规建局（韦某某） |")

    assert [("招商局", "规建局"), "沈某、韦某某"] == [master.tasks[0].leads, master.tasks[0].leader]


def test_the_signature_is_no_part_of_the_last_item() -> None:
    """
    The office that signs stands before the day, and in no task.
    """
    master = read("1.修路。（责任单位：县城管局）\n2.督查。\n某某县人民政府\n2024年3月1日")

    assert "督查。" == master.tasks[-1].text


def test_fields_between_and_behind_the_units_stay_with_their_item() -> None:
    """
    Units of any name below a label are in its list, whatever field comes next; a field is never glued to the name before it.
    """
    master = read("""
        关于消防安全整治的工作方案
        （一）高层建筑整治
        责任单位：市消防支队、市住房城乡建设局
        工作措施：排查高层建筑1200栋。
        联系人：张某某
        （二）电动自行车整治
        责任单位：市公安局
        配合单位：市市场监管局
        市邮政管理局
        某某银行某某分行
        工作措施：新增充电端口5万个。
        联系人：王某
        四、有关要求
        请各单位于每季度末报送进展。
    """)

    assert [
        "任务1 高层建筑整治。工作措施：排查高层建筑1200栋。 市消防支队、市住房城乡建设局 ←",
        "任务2 电动自行车整治。工作措施：新增充电端口5万个。 市公安局 ← 市市场监管局、市邮政管理局、某某银行某某分行",
    ] == who(master)
    assert ["联系人：张某某", "联系人：王某"] == [task.note.rpartition("；")[2] for task in master.tasks]


def test_several_fields_of_a_wide_item_are_its_text() -> None:
    """
    目标 and 任务 below a heading that is an item itself are both of its text, not of the heading above it.
    """
    master = read("""
        一、产业工程
        目标：增加值增长8%。
        任务：1.培育企业50家；2.新建厂房60万平方米。
        牵头单位：市工信局
        二、交通工程
        目标：新改建公路300公里。
        任务：建成高速28公里。
        牵头单位：市交通局
    """)

    assert [
        "任务1 产业工程 目标：增加值增长8%。任务：1.培育企业50家；2.新建厂房60万平方米。 市工信局 ←",
        "任务2 交通工程 目标：新改建公路300公里。任务：建成高速28公里。 市交通局 ←",
    ] == who(master)


def test_tables_below_each_other_in_one_are_parted() -> None:
    """
    A further header in a table begins another one, with the lines before it as its heading; the same header again, also its second row, does not.
    """
    master = read("""
        | 序号 | 任务 | 分工 | 分工 | 时限 |
        | 序号 | 任务 | 牵头单位 | 配合单位 | 时限 |
        | 一、城建 | 一、城建 | 一、城建 | 一、城建 | 一、城建 |
        | 1 | 修路 | 区城管局 | 区财政局 | 6月底 |
        | 序号 | 任务 | 牵头单位 | 配合单位 | 时限 |
        | 2 | 供水 | 区水务局 | | 9月底 |
        | 二、问题清单 | | | | |
        | 序号 | 问题 | 责任单位 | 责任人 | |
        | 1 | 管线老化 | 区水务局 | 陈某某 | |
    """)

    assert [
        ("一、城建", "修路", ("区城管局",), ("区财政局",), "6月底", ""),
        ("一、城建", "供水", ("区水务局",), (), "9月底", ""),
        ("二、问题清单", "管线老化", ("区水务局",), (), "", "陈某某"),
    ] == [(task.section, task.text, task.leads, task.supports, task.deadline, task.leader) for task in master.tasks]


def test_what_stands_before_by_whom_is_no_part_of_a_name() -> None:
    """
    会议由某办公室主办 names no body called 会议由…; a free-trade zone keeps its 自由.
    """
    master = read("1.会议由市政府办公室主办，市发改委承办。\n2.开放。（责任单位：某某自由贸易试验区管委会）\n3.修路。（责任单位：市城管局）")

    assert ["市城管局", "某某自由贸易试验区管委会"] == sorted(unit.name for unit in master.units)
