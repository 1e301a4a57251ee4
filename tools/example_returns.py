"""What ten of eleven units of each example collection send in, a few with a usual mistake, and the lights and sums worked out by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.form_definition import Definition
from tools.example_forms import BUDGET, BUREAUS, DEPARTMENTS, HAZARDS, PROJECT, PROPOSALS, STREETS

Typed = Mapping[str, Mapping[str, object]]  # by the row's number, or the place of an added line: column → what is typed


class Sent(NamedTuple):
    """One file: whose it is, what is typed into the form's first table, the day on which it is sent."""

    unit: str
    rows: Typed
    day: date


class Collection(NamedTuple):
    """An example: its form, who is asked, the round, what comes in, and what must come out: lights by row number, the sum of a measured column."""

    name: str
    definition: Definition
    units: Sequence[str]
    period: str
    due: date
    sent: Sequence[Sent]
    lights: Mapping[str, str]
    summed: str
    total: Decimal


_DUE = date(2026, 5, 31)
_IN_TIME = date(2026, 5, 29)


def _hazard(
    text: str, place: str, grade: str, limit: object, state: object, measures: str, *, ended: object = None, cost: object = None
) -> Mapping[str, object]:
    typed = {"隐患描述": text, "所在场所": place, "等级": grade, "整改期限": limit, "整改状态": state, "整改措施": measures}
    return typed | {title: value for title, value in (("整改完成日期", ended), ("整改资金（万元）", cost)) if value is not None}


_HAZARDS: Mapping[str, Typed] = {
    "东湖街道": {
        "1": _hazard("消防通道堆放杂物", "东湖农贸市场", "一般", date(2026, 5, 20), "已整改", "清走杂物，划出通道线", ended=date(2026, 5, 18), cost=0.5)
    },
    "西园街道": {
        "1": _hazard("灭火器过期 12 具", "西园幼儿园", "一般", date(2026, 5, 25), "整改中", "已订购，还没有到货", cost=0.3),
        "2": _hazard("外墙砖脱落", "西园路 18 号楼", "较大", date(2026, 6, 8), "整改中", "已围挡，正在比选施工单位", cost=12),
    },
    "南桥街道": {"1": _hazard("地下车库积水", "南桥花园", "较大", date(2026, 7, 15), "整改中", "更换水泵，疏通管道", cost="3500元")},
    "北关街道": {"1": _hazard("燃气软管老化", "北关小吃街", "重大", date(2026, 5, 10), "没有整改", "商户不配合，已报区应急局")},
    "河口街道": {},
    "新城街道": {"1": _hazard("配电箱没有上锁", "新城工地", "一般", "2026.5.30", "已整改", "上锁并贴警示牌", ended="5月28日")},
    "沙洲街道": {"1": _hazard("护栏缺失 20 米", "沙洲渡口", "较大", date(2026, 6, 30), None, "正在测量，准备加装", cost=1)},
    "石桥街道": {
        "2": _hazard("安全出口上锁", "石桥网吧", "重大", date(2026, 5, 12), "已整改", "当场打开，罚款处理", ended=date(2026, 5, 11)),
        "5": _hazard("电动车进楼充电", "石桥新村", "一般", date(2026, 6, 20), "未整改", "准备建充电棚", cost=8),
    },
    "白塔街道": {"1": _hazard("边坡裂缝", "白塔公园", "较大", date(2026, 5, 31), "整改中", "已设监测点，雨季前加固", cost="1.2万")},
    "青山街道": {"1": _hazard("危化品混存", "青山物流园", "重大", date(2026, 5, 22), "已整改", "分库存放，通过复查")},
}
_HAZARD_LIGHTS = {
    "东湖街道-1": "蓝", "西园街道-1": "红", "西园街道-2": "黄", "南桥街道-1": "绿", "北关街道-1": "红", "新城街道-1": "蓝",
    "沙洲街道-1": "绿", "石桥街道-2": "蓝", "石桥街道-5": "绿", "白塔街道-1": "黄", "青山街道-1": "蓝",
}  # fmt: skip


def _spent(amount: object, reason: str = "", following: str = "") -> Mapping[str, object]:
    return {"累计执行（万元）": amount} | ({"原因": reason} if reason else {}) | ({"下一步措施": following} if following else {})


_BUDGETS: Mapping[str, Typed] = {
    "区教育局": {"X01": _spent(2300), "X02": _spent(65.5)},
    "区民政局": {"X03": _spent("0.09亿"), "X04": _spent(20, "培训集中在下半年", "7 月开班")},
    "区财政局": {"X05": _spent("1280000元", "软件还没有验收", "6 月验收付款"), "X06": _spent(60)},
    "区人社局": {"X07": _spent("1,200.5万元"), "X08": _spent(4, "宣传片还没有招标", "6 月招标")},
    "区住建局": {"X09": _spent("1.2亿"), "X10": _spent(130)},
    "区交通局": {"X11": _spent(13_000_000), "X12": _spent(110)},
    "区水务局": {"X13": _spent(1100), "X14": _spent(None, "合同还没有签", "6 月签合同")},
    "区文旅局": {"X15": _spent(300), "X16": _spent(15, "按季结算", "6 月结算上半年")},
    "区卫健局": {"X17": _spent(1025, "设备采购流标", "重新招标"), "X18": _spent("两百万")},
    "区应急局": {"X19": _spent(0, "储备库在建", "9 月建成后采购"), "X20": _spent(46)},
}
_BUDGET_LIGHTS = {
    "X01": "绿", "X02": "绿", "X03": "绿", "X04": "黄", "X05": "黄", "X06": "蓝", "X07": "绿", "X08": "红", "X09": "蓝", "X10": "绿", "X11": "绿",
    "X12": "绿", "X13": "绿", "X14": "黄", "X15": "绿", "X16": "红", "X17": "黄", "X18": "绿", "X19": "红", "X20": "绿", "X21": "灰", "X22": "灰",
}  # fmt: skip
_SPENT_IN_ALL = Decimal(20904)  # 2300 + 65.5 + 900 + 20 + 128 + 60 + 1200.5 + 4 + 12000 + 130 + 1300 + 110 + 1100 + 300 + 15 + 1025 + 200 + 0 + 46


def _answered(state: str, done: str, *, ended: object = None, number: str = "", view: str = "", problem: str = "") -> Mapping[str, object]:
    more = (("答复日期", ended), ("答复文号", number), ("代表意见", view), ("存在问题", problem))
    return {"办理状态": state, "办理情况": done} | {title: value for title, value in more if value}


_PROPOSALS: Mapping[str, Typed] = {
    "区教育局": {"建议01": _answered("已答复", "新增 3 个托育点，已和代表当面沟通", ended=date(2026, 5, 28), number="区教函〔2026〕8号", view="满意")},
    "区民政局": {"建议02": _answered("办理中", "扩建方案已报规划部门")},
    "区财政局": {"建议03": _answered("办理中", "清单正在核对", problem="涉及 12 个部门，口径不一")},
    "区人社局": {"建议04": _answered("未答复", "已列入下月调研计划")},
    "区住建局": {"建议05": _answered("办理中", "征求了 4 个小区的意见")},
    "区交通局": {"建议06": _answered("答复完毕", "3 条线路延长到 23 时", ended=date(2026, 5, 30), number="区交函〔2026〕15号", view="基本满意")},
    "区水务局": {"建议07": _answered("已答复", "2 处水体已治理，水质达标", number="区水函〔2026〕6号", view="满意")},
    "区文旅局": {"建议08": _answered("办理中", "会同教育部门确定了 5 所学校")},
    "区卫健局": {"建议09": _answered("已答复", "4 家中心开了夜间门诊", ended="5月30日", number="无", view="满意")},
    "区应急局": {"建议10": _answered("未答复", "正在会同消防部门起草规定", problem="要等上级规定")},
}
_PROPOSAL_LIGHTS = {
    "建议01": "蓝", "建议02": "绿", "建议03": "红", "建议04": "绿", "建议05": "黄", "建议06": "蓝", "建议07": "蓝", "建议08": "黄", "建议09": "蓝",
    "建议10": "黄", "建议11": "灰",
}  # fmt: skip


def _project(state: str, progress: object, done: str, following: str, issues: str = "") -> Mapping[str, object]:
    return {"Status": state, "Progress": progress, "What was done": done, "Next steps": following} | ({"Issues": issues} if issues else {})


_PROJECTS: Mapping[str, Typed] = {
    "Department of Roads": {"P01": _project("In progress", 45, "Two of five spans replaced.", "Replace the third span.")},
    "Department of Water": {"P02": _project("In progress", 38, "7.6 km of pipe laid.", "Lay 4 km more.", "The contractor was late by six weeks.")},
    "Department of Health": {"P03": _project("In progress", 0.35, "Shell of the extension finished.", "Fit out the ground floor.")},
    "Department of Education": {
        "P04": _project("In progress", 20, "Roofs of 2 schools repaired.", "Repair 4 schools in the holidays.", "Scaffolding was short.")
    },
    "Department of Parks": {"P05": _project("In progress", 45, "Paths and 300 trees in place.", "Build the playground.")},
    "Department of Housing": {"P06": _project("Completed", 100, "All 120 homes insulated.", "Hand over the papers.")},
    "Department of Transit": {"P07": _project("In progress", "48%", "Bus lanes marked on 6 km.", "Install the signals.")},
    "Department of Energy": {"P08": _project("Not started", 0, "Tender published in June.", "Award the contract.", "The tender was repeated.")},
    "Department of Culture": {"P09": _project("done", 100, "The branch opened on 20 June.", "Evaluate the first months.")},
    "Department of Safety": {"P10": _project("In progress", 60, "The hall stands, doors ordered.", "Fit doors and heating.")},
}
_PROJECT_LIGHTS = {
    "P01": "绿", "P02": "黄", "P03": "绿", "P04": "红", "P05": "绿", "P06": "蓝", "P07": "绿", "P08": "黄", "P09": "蓝", "P10": "绿", "P11": "灰",
}  # fmt: skip


def _in_time(rows: Mapping[str, Typed], day: date = _IN_TIME) -> tuple[Sent, ...]:
    return tuple(Sent(unit, typed, day) for unit, typed in rows.items())


_PUT_RIGHT = Sent("区交通局", {"X11": _spent(1300)}, date(2026, 5, 30))  # after its 13000000 was asked about
COLLECTIONS = (
    Collection("隐患排查", HAZARDS, STREETS, "2026M05", _DUE, _in_time(_HAZARDS), _HAZARD_LIGHTS, "整改资金（万元）", Decimal("23.35")),
    Collection("预算执行", BUDGET, BUREAUS, "2026M05", _DUE, (*_in_time(_BUDGETS), _PUT_RIGHT), _BUDGET_LIGHTS, "累计执行（万元）", _SPENT_IN_ALL),
    Collection("建议提案办理", PROPOSALS, BUREAUS, "2026M05", _DUE, _in_time(_PROPOSALS), _PROPOSAL_LIGHTS, "", Decimal(0)),
    Collection("Project return", PROJECT, DEPARTMENTS, "2026Q2", date(2026, 6, 30), _in_time(_PROJECTS, date(2026, 6, 29)), _PROJECT_LIGHTS, "", Decimal(0)),
)
