"""What import says on the screen."""

from typing import Any

from toolkit.cli.screen import complain, say, show_table


def say_imported(done: Any, *, diff: bool) -> bool:
    """Say what an import (flows.import_notice.Imported) read and changed; False where a question must be answered first."""
    master = done.master
    goals = sum(task.category == "预期目标" for task in master.live_tasks())
    say(f"预期目标 {goals} 项、工作任务 {len(master.live_tasks()) - goals} 项、量化指标 {len(master.indicators)} 个、")
    waiting = len(master.open_doubts())
    say(f"需要发表的单位 {len(master.addressees())} 个、集合 {len(master.units) - len(master.addressees())} 个、待确认 {waiting} 处。")
    task, heading, remark, asked = (count for _, count in done.counts)
    say(f"读到 {task + heading + remark + asked} 行：任务 {task} 行、标题 {heading} 行、页面和说明 {remark} 行、待确认 {asked} 行。")
    if done.beside:
        say(f"{done.beside.stem}另存在 templates 文件夹，以前各期仍按它执行；下面是新一年的总表。")
    kinds = {kind: sum(change.kind == kind for change in done.changes) for kind in ("新增", "修改", "撤销")}
    say(f"与现有总表相比：新增 {kinds['新增']} 处、修改 {kinds['修改']} 处、撤销 {kinds['撤销']} 处。")
    if done.changes and (diff or kinds["修改"] or kinds["撤销"]):
        show_table("改动", ("类型", "编号", "栏目", "原来", "现在"), done.changes)
    if not master.calendar:
        say("通知里没有写年份，“日程”表还是空的：请加 --year 年份 再导入一次，或自己填写“日程”表。")
    if done.question:
        complain(f"{done.question}已列入任务总表的“待确认”表，请在“处理”栏里回答，再导入一次。" if done.written else done.question)
        return False
    if done.written:
        say(f"任务总表：{done.path}")
        say("下一步：打开任务总表核对（特别是“待确认”表），然后运行 generate。")
    else:
        say("没有写入。去掉 --diff 再运行一次就会写入任务总表。")
    return True
