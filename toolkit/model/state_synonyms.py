"""Other words for the states of a task: what units write where 未启动, 推进中 and 已完成 are asked for. Offices add their own in sheet 选项, column 同义词."""

from collections.abc import Mapping

STATES = NOT_STARTED, RUNNING, FINISHED = "未启动", "推进中", "已完成"
# Words that mean one state only. 基本完成, 未完成, 前期准备 and 已完成 80% are none of them: they are asked back.
_WORDS = {
    NOT_STARTED: (
        "未开始 没启动 没有启动 尚未启动 尚未开始 暂未启动 暂未开始 还未启动 还没启动 未开工 尚未开工 暂未开工 未动工 尚未动工 "
        "未开展 尚未开展 暂未开展 未实施 尚未实施 待启动 待开工"
    ),
    RUNNING: (
        "进行中 正在进行 正在进行中 正常进行 推进 正在推进 正常推进 正常推进中 有序推进 有序推进中 稳步推进 稳步推进中 持续推进 "
        "持续推进中 加快推进 全面推进 顺利推进 按计划推进 按计划推进中 按计划正常推进 按计划有序推进 按序时推进 按进度推进 按时序推进 序时推进 已启动 启动 "
        "已开始 已开工 已动工 已开展 正在开展 开展中 正常开展 有序开展 实施中 正在实施 办理中 正在办理 落实中 正在落实 施工中 "
        "正在施工 建设中 正在建设 在建"
    ),
    FINISHED: (
        "完成 已办结 办结 已竣工 竣工 已完工 完工 全部完成 已全部完成 全面完成 圆满完成 按期完成 已按期完成 提前完成 已提前完成 完成任务 已完成任务 已结项"
    ),
}
STATE_SYNONYMS: Mapping[str, tuple[str, ...]] = {state: tuple(words.split()) for state, words in _WORDS.items()}
