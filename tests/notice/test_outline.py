"""Outlines other offices use."""

import pytest

from tests.notice.notices import draw, outline, real, unsure, who
from toolkit.model.document import Document, Paragraph
from toolkit.model.findings import Code
from toolkit.model.master import IN_DOUBT
from toolkit.notice.read_notice import read_notice


def test_numbers_that_begin_again_run_on() -> None:
    """
    Where each section counts from 1, the tasks are numbered through.
    """
    master = read_notice(draw("""
        一、经济
        1.推进招商。（责任单位：县商务局）
        2.扩大投资。（责任单位：县发改局）
        二、社会
        1.办好学校。（责任单位：县教育局）
    """))

    assert ["任务1 一、经济 /  / 推进招商。", "任务2 一、经济 /  / 扩大投资。", "任务3 二、社会 /  / 办好学校。"] == outline(master)


def test_numbers_without_a_gap_are_kept() -> None:
    """
    A notice that counts on from an earlier one keeps its own numbers.
    """
    master = read_notice(draw("""
        一、经济
        （一）工业
        31．推进招商。（责任单位：县商务局）
        （二）农业
        32．建设农田。（责任单位：县农业农村局）
    """))

    assert ["任务31 （一）工业 /  / 推进招商。", "任务32 （二）农业 /  / 建设农田。"] == outline(master)


def test_headings_need_no_number() -> None:
    """
    An unnumbered line above numbered tasks is their sub-heading, and ends with the section.
    """
    master = read_notice(draw("""
        一、经济
        （一）工业
        壮大主体
        1、培育企业。（责任单位：县科工局）
        夯实平台
        2、建设园区。（责任单位：县科工局）
        （二）农业
        3、建设农田。（责任单位：县农业农村局）
    """))

    assert [
        "任务1 （一）工业 / 壮大主体 / 培育企业。",
        "任务2 （一）工业 / 夯实平台 / 建设园区。",
        "任务3 （二）农业 /  / 建设农田。",
    ] == outline(master)


def test_tasks_need_no_number() -> None:
    """
    An unnumbered paragraph with a responsibility is a task.
    """
    master = read_notice(draw("""
        2024年云溪县重点工作责任分解表
        产业发展
        新建标准厂房，完成投资5亿元。
        牵头单位：县发改局
        盘活土地。
        牵头单位：县自然资源局
        社会事业
        新建学校。
        牵头单位：县教育局
    """))

    assert [
        "任务1 产业发展 /  / 新建标准厂房，完成投资5亿元。",
        "任务2 产业发展 /  / 盘活土地。",
        "任务3 社会事业 /  / 新建学校。",
    ] == outline(master)


def test_wide_numbers_may_be_tasks() -> None:
    """
    Tasks numbered 一、二、三、 through unnumbered groups are tasks, the groups their sections.
    """
    master = read_notice(draw("""
        云溪县2024年重点工作任务清单
        产业
        一、培育企业。（责任单位：县科工局）
        二、建设园区。（责任单位：县科工局）
        民生
        三、办好学校。（责任单位：县教育局）
    """))

    assert ["任务1 产业 /  / 培育企业。", "任务2 产业 /  / 建设园区。", "任务3 民生 /  / 办好学校。"] == outline(master)


def test_run_on_paragraph_is_taken_apart() -> None:
    """
    Items that run on in one paragraph are tasks of their own below its heading.
    """
    master = read_notice(draw("""
        一、提升产业。1.推进项目。责任单位：县发改局、县财政局。2.加快招商。责任单位：县商务局。3.服务企业。责任单位：县科工局。
    """))

    assert [
        "任务1 推进项目。 县发改局、县财政局 ←",
        "任务2 加快招商。 县商务局 ←",
        "任务3 服务企业。 县科工局 ←",
    ] == who(master)
    assert ["一、提升产业"] * 3 == [task.section for task in master.tasks]


def test_paragraph_with_two_responsibilities_is_two_tasks() -> None:
    """
    A second responsibility in a paragraph makes a second task, and the clerk is told.
    """
    master = read_notice(draw("""
        一、任务
        1.推进项目。（牵头单位：县发改局）加强监管。（牵头单位：县应急局；责任单位：县公安局）
        2.办学。（牵头单位：县教育局）
    """))

    assert ["任务1 推进项目。 县发改局 ←", "任务2 加强监管。 县应急局 ← 县公安局", "任务3 办学。 县教育局 ←"] == who(master)
    assert ["第2行 加强监管。：同一段里有几处责任单位，已拆成几项任务"] == unsure(master)


def test_words_after_the_bracket_stay_in_the_task() -> None:
    """
    A bracket in the middle of a sentence does not cut the sentence.
    """
    master = read_notice(draw("""
        1.完成厂房（责任单位：县发改局）建设。
        2.改造管网（责任单位：县住建局）。
    """))

    assert ["任务1 完成厂房建设。 县发改局 ←", "任务2 改造管网。 县住建局 ←"] == who(master)


def test_one_line_behind_all_sub_items_is_the_items() -> None:
    """
    A responsibility line of its own behind all the sub-items of an item is the item's; the sub-items are its details, and the clerk is asked.
    """
    master = read_notice(draw("""
        一、民生
        1.抓好教育：
        （1）新建学校3所；
        （2）改造幼儿园5所。
        责任单位：县教育局、县住建局
        2.抓好医疗。（责任单位：县卫健局）
    """))

    assert ["任务1 一、民生 /  / 抓好教育：\n（1）新建学校3所；\n（2）改造幼儿园5所。", "任务2 一、民生 /  / 抓好医疗。"] == outline(master)
    assert [("县教育局", "县住建局"), ("县卫健局",)] == [task.leads for task in master.tasks]
    assert ["第2行 抓好教育： ← 责任单位：县教育局、县住建局：几个小项共用一处责任单位，按一项列出"] == unsure(master)


def test_one_line_answers_for_several_items() -> None:
    """
    A responsibility line behind several items of a section is given to each of them, marked and put in doubt.
    """
    master = read_notice(draw("""
        一、民生
        （一）教育
        1.新建学校3所；
        2.改造幼儿园5所。
        责任单位：县教育局、县住建局
        （二）医疗
        3.抓好医疗。
        责任单位：县卫健局
    """))

    assert [("县教育局", "县住建局"), ("县教育局", "县住建局"), ("县卫健局",)] == [task.leads for task in master.tasks]
    assert [
        "第3行 新建学校3所； ← 责任单位：县教育局、县住建局：几项共用一处责任单位，已给每一项记上",
        "第4行 改造幼儿园5所。 ← 责任单位：县教育局、县住建局：几项共用一处责任单位，已给每一项记上",
    ] == unsure(master)


def test_heading_answers_for_its_items() -> None:
    """
    Items without units below a heading with units have the heading's units; a leader named there goes to all.
    """
    master = read_notice(draw("""
        一、提升产业（牵头单位：县发改局；责任单位：县财政局）
        1.新建厂房。
        2.盘活土地。
        二、改善民生
        责任领导：王某某
        1.办学。责任单位：县教育局
    """))

    assert ["任务1 新建厂房。 县发改局 ← 县财政局", "任务2 盘活土地。 县发改局 ← 县财政局", "任务3 办学。 县教育局 ←"] == who(master)
    assert ["", "", "王某某"] == [task.leader for task in master.tasks]


def test_details_below_a_task_are_part_of_it() -> None:
    """
    Sub-items below a task that has its units already are details of its text.
    """
    master = read_notice(draw("""
        一、重点任务
        1.建设园区。（牵头单位：县发改局）
        2.修路。（牵头单位：县交通局）
        （1）改造干线；
        （2）养护农村公路。
        3.办学。（牵头单位：县教育局）
    """))

    assert ["建设园区。", "修路。\n（1）改造干线；\n（2）养护农村公路。", "办学。"] == [task.text for task in master.tasks]


def test_item_without_units_among_tasks_is_kept() -> None:
    """
    An item that the office forgot to give to anyone stays a task, without units, and is put in doubt.
    """
    items = "\n".join(f"{number}.第{number}项工作。（责任单位：县教育局）" for number in range(3, 8))
    master = read_notice(draw(f"一、任务\n1.修路。（责任单位：县交通局）\n2.供水。\n{items}"))

    assert ("供水。", (), ()) == (master.tasks[1].text, master.tasks[1].leads, master.tasks[1].supports)
    assert 7 == len(master.tasks)
    assert ["第3行 供水。：这一项没有写明单位，请补上牵头单位和责任单位"] == unsure(master)


def test_part_with_instructions_holds_no_tasks() -> None:
    """
    A part on how to work, behind the tasks, is named to the clerk and makes no task.
    """
    master = read_notice(draw("""
        一、重点任务
        1.修路。（责任单位：县交通局）
        二、工作要求
        （一）加强领导。各单位要抓好落实。
        （二）强化督查。由县政府督查室定期通报。
    """))

    assert ["任务1 修路。 县交通局 ←"] == who(master)
    assert "第3行 二、工作要求：这一部分没有写明单位，未列为任务" in unsure(master)


def test_letter_alone_has_no_tasks() -> None:
    """
    A covering letter with numbered instructions has no tasks, even where one of them says who does it; one doubt says why.
    """
    master = read_notice(draw("""
        关于做好2024年重点工作的通知
        各乡镇、县直各部门：
        一、各责任单位要高度重视，加强领导。
        二、各牵头单位要于1月20日前将工作方案报县政府办公室。
        1.明确责任人。
        2.明确时间。
        三、严格督查。由县政府督查室负责。
        云溪县人民政府办公室
        2024年1月3日
    """))

    assert ((), (), ()) == (master.tasks, master.units, master.indicators)
    assert ["没有读到写明牵头单位或责任单位的任务；如果这是正文通知，请导入附件中的任务分解表"] == [doubt.reason for doubt in master.doubts]


def test_empty_document_says_so() -> None:
    """
    A document without words has no tasks and says that it is empty.
    """
    assert ["文件里没有文字"] == [doubt.reason for doubt in read_notice(Document("空.txt", ()), year=2024).doubts]


def test_letter_before_the_tasks_is_left_out() -> None:
    """
    The letter's own numbered points do not mix with the tasks of its annex, nor does the web page around them.
    """
    master = read_notice(draw("""
        索引号 123 发文日期 2024-01-03
        关于印发云溪县2024年重点工作分工的通知
        一、各责任单位要高度重视。
        二、请于1月20日前报送工作方案。
        2024年1月3日
        附件：重点工作分工
        一、工业
        1.培育企业。（责任单位：县科工局）
        附件：
        抄送：县委办公室。
        已阅 0 打印 关闭
    """))

    assert ["任务1 一、工业 /  / 培育企业。"] == outline(master)
    assert [] == unsure(master)


def test_broken_lines_are_joined() -> None:
    """
    A text broken at the margin in the middle of words, titles and unit names reads as if whole, page numbers left out.
    """
    master = read_notice(draw("""
        云溪县人民政府办公室
        关于印发2024年《政府工作报告》
        重点任务责任分解方案的通知
        请各责任单位于2024年1月20日前将实施方案报县政府办公室，并按
        季度报送进展。
        2024年1月5日
        — 1 —
        一、推动产业高质量发展，加快构建现代化产业新体系，着力提升产
        业链供应链韧性
        1．加快推进工业园区建设，完成标准厂房10万平方米，新引进亿元
        以上项目12个。（牵头单位：县发展改革局；责任单位：县财政局、县
        自然资源和规划局）
        2．持续优化营商环境，推进政务服务一网通办，全年办结率要达到
        98%以上。
        （牵头单位：县行政审批局；责任单位：县大数据中心、县市场监
        管局）
    """))

    assert [
        "任务1 加快推进工业园区建设，完成标准厂房10万平方米，新引进亿元以上项目12个。 县发展改革局 ← 县财政局、县自然资源和规划局",
        "任务2 持续优化营商环境，推进政务服务一网通办，全年办结率要达到98%以上。 县行政审批局 ← 县大数据中心、县市场监管局",
    ] == who(master)
    assert ["一、推动产业高质量发展，加快构建现代化产业新体系，着力提升产业链供应链韧性"] * 2 == [task.section for task in master.tasks]
    assert "关于印发2024年《政府工作报告》重点任务责任分解方案的通知" in master.title


def test_numbers_drawn_by_word_count() -> None:
    """
    A list number that Word draws, and does not hold as text, is a number like any other.
    """
    document = Document("通知.docx", (
        Paragraph("产业", "第1段", "一、"),
        Paragraph("培育企业。（责任单位：县科工局）", "第2段", "1."),
        Paragraph("建设园区。（责任单位：县发改局）", "第3段", "2."),
    ))

    assert ["任务1 一、产业 /  / 培育企业。", "任务2 一、产业 /  / 建设园区。"] == outline(read_notice(document))


def test_goals_are_told_from_tasks() -> None:
    """
    What stands below a heading of goals is a goal; a heading of goals and tasks holds tasks.
    """
    master = read_notice(draw("""
        一、2024年主要预期目标
        （一）地区生产总值增长6%左右
        责任单位：县发改局
        二、2024年主要目标任务
        （一）培育企业20家。
        责任单位：县科工局
    """))

    assert [("目标1", "预期目标"), ("任务1", "工作任务")] == [(task.number, task.category) for task in master.tasks]


def test_unseen_mixture() -> None:
    """
    Chapters, circled items, labels beside brackets, a shared line and a table in one notice are read together.
    """
    master = read_notice(draw("""
        云溪县2024年重点工作任务分工方案
        第一部分 经济发展
        一、工业
        1.项目建设
        ①推进甲园区建设。（责任单位：县科工局）（完成时限：2024年6月）
        ②推进乙园区建设。牵头单位：县发改局。责任单位：县财政局。
        第二部分 社会事业
        二、教育
        | 序号 | 工作任务 | 牵头单位 | 配合单位 |
        | 1 | 新建学校2所 | 县教育局 | 县住建局、各乡镇 |
        三、卫生
        1.改造医院。由县卫健局牵头，县财政局配合，2024年底前完成。
    """))

    assert [
        "任务1 推进甲园区建设。 县科工局 ←",
        "任务2 推进乙园区建设。 县发改局 ← 县财政局",
        "任务3 新建学校2所 县教育局 ← 县住建局、各乡镇",
        "任务4 改造医院。 县卫健局 ← 县财政局",
    ] == who(master)
    assert ["2024年6月", "", "", "2024年底前完成"] == [task.deadline for task in master.tasks]
    assert ["一、工业", "一、工业", "二、教育", "三、卫生"] == [task.section for task in master.tasks]


def test_a_cover_letter_with_a_contact_holds_no_tasks() -> None:
    """Numbered instructions that name a contact but no responsible unit are not taken for tasks."""
    master = read_notice(
        draw("""
            关于做好总结报送工作的通知
            各单位：
            1.请于3月5日前报送总结。
            2.联系人：某某，电话00000000。
            3.请高度重视。
        """)
    )

    assert () == master.tasks
    assert ["没有读到写明牵头单位或责任单位的任务；如果这是正文通知，请导入附件中的任务分解表"] == [doubt.reason for doubt in master.doubts]


def test_contacts_and_instructions_are_no_responsibilities() -> None:
    """
    A contact person, an instruction to all units and a remark on who leads overall make no task and no unit.
    """
    letter = read_notice(draw("""
        关于报送2024年工作总结的通知
        1.报送内容：全年工作总结。
        2.联系人：张三，电话：1234567。
        责任单位：请各单位明确专人负责。
    """))
    notice = read_notice(draw("""
        请各牵头单位按时报送（联系人：张三，电话：1234567）。
        2025年重点工作责任分工
        1.培育企业。（县科工局牵头）
        2.扩大投资。（县发改局牵头）
        （以上任务由县发改局总牵头）
    """))

    assert [] == who(letter)
    assert ["任务1 培育企业。 县科工局 ←", "任务2 扩大投资。 县发改局 ←"] == who(notice)


def test_sentence_of_roles_before_a_labelled_deadline() -> None:
    """
    Roles in a sentence of their own and a labelled deadline behind it belong to the same task, below a heading with a stop.
    """
    master = read_notice(draw("""
        （一）着力推动产业升级，加快培育新动能，努力构建现代产业体系。
        1.重组县属企业，实现利润2亿元。县国资中心牵头，县财政局、县审计局配合。完成时限：2024年12月底。
        2.建设教育集团。牵头：县教育局，配合：县人社局。
    """))

    assert ["任务1 重组县属企业，实现利润2亿元。 县国资中心 ← 县财政局、县审计局", "任务2 建设教育集团。 县教育局 ← 县人社局"] == who(master)
    assert ["（一）着力推动产业升级，加快培育新动能，努力构建现代产业体系"] * 2 == [task.section for task in master.tasks]
    assert ["2024年12月底", ""] == [task.deadline for task in master.tasks]


def test_unit_names_may_stand_on_a_line_each() -> None:
    """
    A label on a line of its own is followed by the names on the lines below it; a bracket may run over two lines.
    """
    master = read_notice(draw("""
        1.推进项目
        （牵头单位：县发改局
        责任单位：县财政局）
        2.办学
        牵头单位：
        县教育局
        责任单位：
        县财政局
        县人社局
    """))

    assert ["任务1 推进项目 县发改局 ← 县财政局", "任务2 办学 县教育局 ← 县财政局、县人社局"] == who(master)


@pytest.mark.parametrize("columns", [28, 32, 36, 40])
def test_real_notice_broken_at_any_margin(columns: int) -> None:
    """
    The real notice printed with lines of a fixed width, page numbers between, is read as if it were whole.
    """
    broken: list[Paragraph] = []
    for block in real().blocks:
        line, width = "", 0.0
        for char in block.text if isinstance(block, Paragraph) else "":
            if width > columns - 1 and char not in "、，。；,;)）”":
                broken.append(Paragraph(line, str(len(broken))))
                line, width = "", 0.0
            line, width = line + char, width + (0.5 if char.isascii() else 1)
        broken.append(Paragraph(line, str(len(broken))))
        if len(broken) % 37 == 0:
            broken.append(Paragraph(f"- {len(broken) // 37} -", ""))

    whole, pieces = read_notice(real()), read_notice(Document("断行.txt", tuple(broken)))
    assert (outline(whole), who(whole)) == (outline(pieces), who(pieces))


def test_work_shared_out_in_running_text_is_never_furniture() -> None:
    """A line that says who does it in prose, without label or number, is in doubt by name, in Chinese as in English."""
    master = read_notice(draw("""
        青江区2024年重点任务分解方案
        一、重点任务
        1.建设公园3个。（责任单位：区园林局）
        完善农村医疗，村卫生室标准化率达到95％，由区卫健局负责。
        新建农田1.2万亩以上，由区农业农村局牵头负责，区财政局配合。改善人居环境。完成改厕两千户。
        三、保障措施
        各单位要加强领导，压实责任。
    """))

    left = [doubt.read[:6] for doubt in master.doubts if doubt.code == Code.UNITS_LEFT_OVER.text.id]
    assert ["新建农田1."] == left
    assert [IN_DOUBT] == [line.fate for line in master.lines if line.text[:6] in left]
    assert ["由区卫健局负责。"] == [doubt.read for doubt in master.doubts if doubt.code == Code.NAMES_ONLY.text.id]  # a task, and asked about


def test_english_bounds_are_bounds() -> None:
    """At least, under: compared as they say, and no part of the name."""
    master = read_notice(draw("""
        # District Council Action Plan 2024
        1.1 Inspect at least 85% of rented homes (Lead: Building Office)
        1.2 Keep vacancy under 5% (Lead: Building Office)
    """), year=2024)

    assert [("Inspect", "≥"), ("Keep vacancy", "≤")] == [(indicator.name, indicator.comparator) for indicator in master.indicators]
