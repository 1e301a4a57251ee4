"""Four collections that an office might run, as their spreadsheets: hazards, budget, proposals, projects in English; nothing in toolkit/ knows them."""

from collections.abc import Mapping, Sequence
from datetime import date

from toolkit.model.form_definition import Definition

STREETS = tuple(f"{name}街道" for name in ("东湖", "西园", "南桥", "北关", "河口", "新城", "沙洲", "石桥", "白塔", "青山", "云山"))
BUREAUS = tuple(f"区{name}局" for name in ("教育", "民政", "财政", "人社", "住建", "交通", "水务", "文旅", "卫健", "应急", "统计"))
_FIELDS = ("Roads", "Water", "Health", "Education", "Parks", "Housing", "Transit", "Energy", "Culture", "Safety", "Forests")
DEPARTMENTS = tuple(f"Department of {name}" for name in _FIELDS)


def filled(code: str, title: str, use: str = "", kind: str = "文本", *, needed: str = "否", **more: object) -> Mapping[str, object]:
    """Describe a column that units fill in; `more` are further cells by header (最小, 选项, 提示, 宽度, 汇总, 计量 …)."""
    return {"代码": code, "表头": title, "来源": "填报", "类型": kind, "必填": needed, "用途": use or None, **more}


def shown(code: str, title: str, use: str = "", kind: str = "文本", *, source: str = "", **more: object) -> Mapping[str, object]:
    """Describe a prefilled column; it shows what its own header names, or `source`."""
    return {"代码": code, "表头": title, "来源": "预填", "取自": source or title, "类型": kind, "用途": use or None, **more}


HAZARDS = Definition(
    settings=(
        ("代码", "hazards"),
        ("版本", "1"),
        ("名称", "隐患排查"),
        ("期间", "月"),
        ("标题", "{期间}安全隐患排查整改情况表"),
        ("语言", "中文"),
        ("灯", "日期"),
        ("计分", "是"),
        ("文书", "通报、督办通知单、催报"),
        ("汇总表", "隐患台账"),
        ("隐患栏目.工作表", "隐患排查"),
        ("隐患栏目.每行", "空行"),
        ("隐患栏目.空行数", "12"),
        ("填报说明", "一处隐患一行；没有的行空着。本月没有发现隐患的，空着交回即可。"),
        ("填报说明", "整改状态从下拉框中选；已整改的写明整改完成日期。"),
        ("签批栏", "排查人、审核人、单位盖章、日期"),
    ),
    tables={
        "隐患栏目": (
            filled("task", "隐患描述", "事项", needed="是", 最小=4, 最大=500, 提示="什么地方、什么隐患", 宽度=34),
            filled("place", "所在场所", needed="是", 最大=100, 提示="单位、场所名称", 宽度=20),
            filled("grade", "等级", "", "选项", needed="是", 选项="隐患等级", 提示="从下拉框中选一个", 宽度=8),
            filled("limit_day", "整改期限", "时限", "日期", needed="是", 提示="形如 2026-05-31 的日期", 宽度=12),
            filled("status", "整改状态", "状态", "选项", needed="是", 选项="整改状态", 提示="从下拉框中选一个", 宽度=10, 汇总="计数"),
            filled("ended", "整改完成日期", "实际完成", "日期", needed="已完成", 提示="形如 2026-05-31 的日期", 宽度=12),
            filled("done", "整改措施", "情况", needed="是", 最小=2, 最大=1000, 提示="做了什么、还要做什么", 宽度=34),
            filled("cost", "整改资金", "", "小数", 最小=0, 最大=10_000, 提示="没有的空着", 宽度=11, 汇总="合计", 计量="万元"),
        )
    },
    choices=(
        ("整改状态", "未整改", "还没有动手", "没有整改、尚未整改", "未开始"),
        ("整改状态", "整改中", "已经动手，还没有完成", "正在整改", "进行"),
        ("整改状态", "已整改", "整改完成", "整改完成、已完成整改", "完成"),
        ("隐患等级", "一般", "", "", ""),
        ("隐患等级", "较大", "", "", ""),
        ("隐患等级", "重大", "", "", ""),
    ),
)

_PROJECTS = [
    "学校改扩建",
    "养老服务补贴",
    "数字财政平台",
    "就业创业扶持",
    "老旧小区改造",
    "农村公路养护",
    "河道清淤",
    "文化场馆维修",
    "社区卫生服务",
    "应急物资储备",
    "经济普查",
]
_OPERATIONS = ["信息化运维", "业务培训", "档案整理", "宣传服务", "设备更新", "路灯电费", "水质监测", "免费开放补助", "疫苗采购", "隐患检测", "年鉴编印"]
_LARGE = (5200, 1800, 640, 2400, 12_000, 3600, 2800, 900, 4100, 760, 500)  # 万元
_SMALL = (120, 80, 60, 45, 300, 260, 90, 150, 420, 110, 40)
_RATE = 'IF(OR([累计执行]="",[年初预算]=0),"",ROUND([累计执行]/[年初预算]*100,1))'
BUDGET = Definition(
    settings=(
        ("代码", "budget"),
        ("版本", "1"),
        ("名称", "预算执行"),
        ("期间", "月"),
        ("标题", "{期间}部门预算执行情况表"),
        ("语言", "中文"),
        ("灯", "金额"),
        ("计分", "否"),
        ("文书", "通报、催报"),
        ("汇总表", "预算执行"),
        ("预算栏目.工作表", "预算执行"),
        ("预算栏目.每行", "清单"),
        ("预算栏目.清单", "项目清单"),
        ("填报说明", "金额按万元填写，只填数字；执行数填年初至今的累计数。"),
        ("填报说明", "执行慢的，请写明原因和下一步措施。"),
        ("签批栏", "填报人、财务负责人、单位盖章、日期"),
    ),
    tables={
        "预算栏目": (
            shown("number", "编号", "编号", 宽度=7),
            shown("task", "项目", "事项", 宽度=26),
            shown("kind", "支出类别", source="章节", 宽度=12),
            shown("budget", "年初预算", "预算", "小数", 宽度=12, 汇总="合计", 计量="万元"),
            filled("spent", "累计执行", "执行", "小数", needed="是", 最小=0, 提示="年初至今累计执行数", 宽度=12, 汇总="合计", 计量="万元"),
            {"代码": "rate", "表头": "执行率", "来源": "公式", "取自": _RATE, "类型": "百分比", "宽度": 9},
            filled("reason", "原因", "原因", 最大=500, 提示="执行慢的写明原因", 宽度=28),
            filled("next", "下一步措施", "下步措施", 最大=500, 提示="什么时候执行多少", 宽度=28),
        )
    },
    lists={
        "项目清单": (
            ("编号", "项目", "章节", "单位", "年初预算"),
            *((f"X{2 * at + 1:02d}", name, "专项支出", unit, money) for at, (unit, name, money) in enumerate(zip(BUREAUS, _PROJECTS, _LARGE, strict=True))),
            *((f"X{2 * at + 2:02d}", name, "运转支出", unit, money) for at, (unit, name, money) in enumerate(zip(BUREAUS, _OPERATIONS, _SMALL, strict=True))),
        )
    },
)

_PROPOSALS = (
    "关于增设社区托育点的建议", "关于扩建区养老院的建议", "关于公开惠企资金清单的建议", "关于开设零工市场的建议", "关于加装电梯的建议",
    "关于延长夜间公交的建议", "关于治理黑臭水体的建议", "关于开放学校体育场的建议", "关于增设夜间门诊的建议", "关于规范电动车充电的建议",
    "关于公开统计年鉴的建议",
)  # fmt: skip
_DAYS = ((5, 31), (6, 30), (5, 15), (6, 15), (5, 31), (6, 30), (5, 20), (6, 10), (5, 31), (5, 31), (5, 25))
_ANSWER_DAYS = tuple(date(2026, month, day) for month, day in _DAYS)
PROPOSALS = Definition(
    settings=(
        ("代码", "proposals"),
        ("版本", "1"),
        ("名称", "建议提案办理"),
        ("期间", "月"),
        ("标题", "{期间}代表建议和委员提案办理情况表"),
        ("语言", "中文"),
        ("灯", "日期"),
        ("计分", "是"),
        ("文书", "通报、督办通知单、催报、汇编"),
        ("汇总表", "办理情况"),
        ("建议栏目.工作表", "建议提案办理"),
        ("建议栏目.每行", "清单"),
        ("建议栏目.清单", "建议清单"),
        ("填报说明", "办理状态从下拉框中选；已答复的写明答复日期和答复文号。"),
        ("签批栏", "承办人、分管领导、单位盖章、日期"),
    ),
    tables={
        "建议栏目": (
            shown("number", "编号", "编号", 宽度=9),
            shown("task", "建议内容", "事项", 宽度=32),
            shown("deputy", "领衔代表", 宽度=12),
            shown("limit_day", "答复时限", "时限", "日期", 宽度=12),
            filled("status", "办理状态", "状态", "选项", needed="是", 选项="办理状态", 提示="从下拉框中选一个", 宽度=10, 汇总="计数"),
            filled("done", "办理情况", "情况", needed="是", 最小=4, 最大=2000, 提示="和代表怎样沟通、解决了什么", 宽度=36),
            filled("ended", "答复日期", "实际完成", "日期", needed="已完成", 提示="形如 2026-05-31 的日期", 宽度=12),
            filled("evidence", "答复文号", "佐证", needed="已完成", 最大=100, 提示="答复函的文号", 宽度=20),
            filled("view", "代表意见", "", "选项", 选项="代表意见", 提示="从下拉框中选一个", 宽度=10),
            filled("problem", "存在问题", "问题", 最大=500, 提示="不能按时答复的写明", 宽度=24),
        )
    },
    choices=(
        ("办理状态", "未答复", "还没有开始办理", "未办理", "未开始"),
        ("办理状态", "办理中", "正在调研、沟通", "正在办理、沟通中", "进行"),
        ("办理状态", "已答复", "答复函已经送达代表", "答复完毕、已书面答复", "完成"),
        ("代表意见", "满意", "", "", ""),
        ("代表意见", "基本满意", "", "", ""),
        ("代表意见", "不满意", "", "", ""),
    ),
    lists={
        "建议清单": (
            ("编号", "建议内容", "领衔代表", "单位", "答复时限"),
            *(
                (f"建议{at:02d}", text, f"代表{chr(0x2460 + at - 1)}", unit, day)
                for at, (text, unit, day) in enumerate(zip(_PROPOSALS, BUREAUS, _ANSWER_DAYS, strict=True), 1)
            ),
        )
    },
)

_WORKS = (
    "Bridge renewal", "Pipe replacement", "Clinic extension", "School roof repair", "Riverside park", "Housing retrofit", "Bus corridor",
    "Solar on public roofs", "Library branch", "Fire station", "Tree nursery",
)  # fmt: skip
PLANNED = (40, 50, 30, 60, 45, 35, 50, 25, 70, 55, 30)  # per cent by the end of the quarter
PROJECT = Definition(
    settings=(
        ("代码", "projects"),
        ("版本", "1"),
        ("名称", "Project return"),
        ("期间", "季"),
        ("标题", "Project return {期间}"),
        ("语言", "en"),
        ("灯", "进度"),
        ("计分", "否"),
        ("文书", "通报、催报"),
        ("汇总表", "Projects"),
        ("Projects栏目.工作表", "Project status"),
        ("Projects栏目.每行", "清单"),
        ("Projects栏目.清单", "Project list"),
        ("填报说明", "Please fill in the yellow cells; the grey ones were filled in by the office and are locked."),
        ("填报说明", "Progress is cumulative, from 0 to 100: 45 means 45 per cent of the whole project."),
        ("签批栏", "Prepared by、Approved by、Date"),
    ),
    tables={
        "Projects栏目": (
            shown("number", "No.", "编号", source="编号", 宽度=7),
            shown("task", "Project", "事项", 宽度=28),
            shown("plan", "Planned progress", "计划", "百分比", 宽度=11),
            shown("limit_day", "Due", "时限", "日期", 宽度=12),
            filled("status", "Status", "状态", "选项", needed="是", 选项="Status", 提示="Choose one from the list", 宽度=13, 汇总="计数"),
            filled("progress", "Progress", "进度", "百分比", needed="是", 最小=0, 最大=100, 提示="0 to 100", 宽度=10, 汇总="平均"),
            filled("done", "What was done", "情况", needed="是", 最小=4, 最大=2000, 提示="What was done this quarter, in figures", 宽度=36),
            filled("problem", "Issues", "问题", 最大=1000, 提示="Needed when the project is behind", 宽度=26),
            filled("next", "Next steps", "下步措施", needed="是", 最大=1000, 提示="What comes next quarter", 宽度=26),
        )
    },
    choices=(
        ("Status", "Not started", "", "not begun、pending", "未开始"),
        ("Status", "In progress", "", "ongoing、under way", "进行"),
        ("Status", "Completed", "", "done、finished、complete", "完成"),
    ),
    lists={
        "Project list": (
            ("编号", "Project", "单位", "Planned progress", "Due"),
            *((f"P{at:02d}", work, unit, plan, date(2026, 12, 31)) for at, (work, unit, plan) in enumerate(zip(_WORKS, DEPARTMENTS, PLANNED, strict=True), 1)),
        )
    },
)
FORMS: Mapping[str, tuple[Definition, Sequence[str]]] = {
    "隐患排查": (HAZARDS, STREETS),
    "预算执行": (BUDGET, BUREAUS),
    "建议提案办理": (PROPOSALS, BUREAUS),
    "Project return": (PROJECT, DEPARTMENTS),
}
