"""Tables of tasks."""

from tests.notice.notices import draw, outline, table, who
from toolkit.model.document import Document
from toolkit.notice.read_notice import read_notice


def test_header_of_two_rows_and_heading_rows() -> None:
    """
    A merged two-row header is read as one, rows across the table are sections, leader and deadline have their columns.
    """
    master = read_notice(draw("""
        云溪县2024年重点任务责任分解表
        | 序号 | 重点任务 | 责任分工 | 责任分工 | 完成时限 | 责任领导 |
        | 序号 | 重点任务 | 牵头单位 | 责任单位 | 完成时限 | 责任领导 |
        | 一、产业发展 | 一、产业发展 | 一、产业发展 | 一、产业发展 | 一、产业发展 | 一、产业发展 |
        | 1 | 新建厂房 | 县发改局 | 县财政局\\n县商务局 | 6月底 | 张某 |
        | 2 | 招商引资 | 县商务局 | 各乡镇、县科工局 | 12月底 | 李某 |
        | 二、民生 | 二、民生 | 二、民生 | 二、民生 | 二、民生 | 二、民生 |
        | 3 | 修路 | 县交通局 | 县公安局 县住建局 | 全年 | 王某 |
    """))

    assert ["任务1 一、产业发展 /  / 新建厂房", "任务2 一、产业发展 /  / 招商引资", "任务3 二、民生 /  / 修路"] == outline(master)
    assert [
        "任务1 新建厂房 县发改局 ← 县财政局、县商务局",
        "任务2 招商引资 县商务局 ← 各乡镇、县科工局",
        "任务3 修路 县交通局 ← 县公安局、县住建局",
    ] == who(master)
    assert [("6月底", "张某"), ("12月底", "李某"), ("全年", "王某")] == [(task.deadline, task.leader) for task in master.tasks]


def test_columns_in_any_order() -> None:
    """
    Columns are known by their headers, not their places; a column of classes is the section, a column of aims joins the text.
    """
    master = read_notice(draw("""
        | 牵头单位 | 任务类别 | 工作任务 | 目标值 | 配合单位 | 备注 |
        | 县教育局（县体育局） | 教育 | 建设学校 | 3所 | 县住建局、县财政局 | 续建 |
        | 县卫健局 | 卫生 | 建设医院 | 1家 | / | |
    """))

    assert ["任务1 建设学校：3所 县教育局（县体育局） ← 县住建局、县财政局", "任务2 建设医院：1家 县卫健局 ←"] == who(master)
    assert ["教育", "卫生"] == [task.section for task in master.tasks]


def test_merged_cells_are_one_task() -> None:
    """
    A task merged over several rows is one task with the units of all of them; with other measures in each row it is several.
    """
    master = read_notice(draw("""
        | 序号 | 任务 | 举措 | 牵头单位 | 责任单位 |
        | 1 | 修路 | 改造干线 | 县交通局 | 县公安局 |
        | 1 | 修路 | 改造干线 | 县交通局 | 县财政局 |
        | 2 | 办学 | 新建学校 | 县教育局 | |
        | 2 | 办学 | 改造操场 | 县体育局 | |
    """))

    assert [
        "任务1 修路：改造干线 县交通局 ← 县公安局、县财政局",
        "任务2 办学：新建学校 县教育局 ←",
        "任务3 办学：改造操场 县体育局 ←",
    ] == who(master)


def test_one_unit_column_with_everything_in_it() -> None:
    """
    One column for all units: a header may say that the first leads, a cell may name roles itself, repeated headers and totals are no tasks.
    """
    master = read_notice(draw("""
        一、重点工作
        | 云溪县任务表 | 云溪县任务表 | 云溪县任务表 |
        | 项目 | 牵头单位、责任单位（排名第一的为牵头单位） | 完成时间 |
        | 1.新建厂房 | 县发改局、县财政局 | 6月底 |
        | 2.招商 | 县商务局\\n县科工局\\n各乡镇 | 12月 |
        | 项目 | 牵头单位、责任单位（排名第一的为牵头单位） | 完成时间 |
        | 3.修路 | 县交通运\\n输局、县公安\\n局 | |
        | 4.供水 | 牵头：县水利局\\n配合：县住建局 | |
        | 5.办学 | 县财政局、县教育局（牵头） | |
        | 合计 | 5 | |
    """))

    assert [
        "任务1 新建厂房 县发改局 ← 县财政局",
        "任务2 招商 县商务局 ← 县科工局、各乡镇",
        "任务3 修路 县交通运输局 ← 县公安局",
        "任务4 供水 县水利局 ← 县住建局",
        "任务5 办学 县教育局 ← 县财政局",
    ] == who(master)
    assert ["一、重点工作"] * 5 == [task.section for task in master.tasks]


def test_units_inside_the_task_cell() -> None:
    """
    A table without a unit column may have the units in brackets behind each task.
    """
    master = read_notice(draw("""
        | 序号 | 工作内容 |
        | 1 | 修路30公里。（牵头单位：县交通局；责任单位：县公安局） |
        | 2 | 办学。（责任单位：县教育局） |
    """))

    assert ["任务1 修路30公里。 县交通局 ← 县公安局", "任务2 办学。 县教育局 ←"] == who(master)


def test_goals_and_tasks_in_two_tables() -> None:
    """
    A table below a heading of goals holds goals, the next one tasks.
    """
    master = read_notice(draw("""
        一、预期目标
        | 指标名称 | 目标值 | 责任单位 |
        | 地区生产总值 | 增长7%以上 | 县发改局 |
        二、重点任务
        | 序号 | 重点任务 | 牵头单位 | 责任单位 |
        | 1 | 修路 | 县交通局 | 县公安局 |
    """))

    assert ["目标1 地区生产总值：增长7%以上 县发改局 ←", "任务1 修路 县交通局 ← 县公安局"] == who(master)


def test_other_tables_are_not_tasks() -> None:
    """
    A page's frame and a sign-up sheet are no task tables.
    """
    master = read_notice(draw("""
        | 索引号 | 123 | 发布日期 | 2024-01-03 |
        关于印发云溪县2024年重点任务分工的通知
        1.修路。（责任单位：县交通局）
        联络员登记表
        | 单位 | 姓名 | 电话 |
        | | | |
    """))

    assert ["任务1 修路。 县交通局 ←"] == who(master)


def test_page_laid_out_in_one_cell() -> None:
    """
    A notice that a web page puts into one table cell is read as running text.
    """
    frame = Document("页面.html", (table([["一、任务\n1.修路。\n（责任单位：县交通局）\n2.办学。（责任单位：县教育局）"]]),))

    assert ["任务1 修路。 县交通局 ←", "任务2 办学。 县教育局 ←"] == who(read_notice(frame))
