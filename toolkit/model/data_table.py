"""The tables that leave for analysis: what each column is called, holds, is measured in and means. Documentation, types and exports come from here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.findings import Level
from toolkit.model.master import Role
from toolkit.model.milestones import NodeState
from toolkit.model.returns import Outcome
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW
from toolkit.model.scoring import EXCELLENT, FAILED, GOOD, PASSED

ZONE = "Asia/Shanghai"  # the ledger keeps local times of an office in China, which has one zone


class Holds(StrEnum):
    """What a column holds; the words stand in the data dictionary."""

    TEXT = "文本"
    NUMBER = "数字"
    COUNT = "整数"
    FLAG = "是否"
    DAY = "日期"
    MOMENT = "时间"
    CATEGORY = "类别"


class DataColumn(NamedTuple):
    """A column: stable English name, Chinese title, what it holds, unit of measure, meaning, where the value comes from.

    `order` are a category's values, lowest first. `public` columns go into the public edition; one that may name a person never does.
    """

    name: str
    title: str
    holds: Holds
    meaning: str
    unit: str = ""
    source: str = ""
    order: tuple[str, ...] = ()
    public: bool = False


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table: stable name, Chinese title, what one row is, its columns in order."""

    name: str
    title: str
    row: str
    columns: tuple[DataColumn, ...]
    _by_name: dict[str, DataColumn] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the columns by name."""
        self._by_name.update({column.name: column for column in self.columns})

    def column(self, name: str) -> DataColumn:
        """Find a column by its stable name; raises KeyError where the table has none."""
        return self._by_name[name]

    def public(self) -> "DataTable | None":
        """Keep what may be shown to everybody; None where nothing of the table may."""
        columns = tuple(column for column in self.columns if column.public)
        return DataTable(self.name, self.title, self.row, columns) if columns else None


LIGHTS = (GREY, RED, YELLOW, GREEN, BLUE)
NODE_STATES = (NodeState.OVERDUE, NodeState.SLIPPING, NodeState.AHEAD, NodeState.CLOSED, NodeState.LATE, NodeState.ON_TIME)  # worst first
_BOOK = "汇总表"
_PERIOD = DataColumn("period", "期间", Holds.TEXT, "2023（全年）、2023Q1 … 2023Q4", source="日程", public=True)
_NUMBER = DataColumn("number", "编号", Holds.TEXT, "任务总表里的编号，按文本保存", source="任务总表", public=True)
_UNIT = DataColumn("unit", "单位", Holds.TEXT, "单位名录里的名称", source="任务总表", public=True)
_LIGHT = DataColumn("light", "灯", Holds.CATEGORY, "有认定按认定，没有按规则计算", source="考核规则", order=LIGHTS, public=True)
_ROLE = DataColumn("role", "角色", Holds.CATEGORY, "单位在这项任务里牵头还是配合", source="任务总表", order=(Role.SUPPORT, Role.LEAD))
_BY_RANK = (Outcome.IGNORED, Outcome.REFUSED, Outcome.WAITING, Outcome.ATTACHED, Outcome.APPEALED, Outcome.WITH_FINDINGS, Outcome.MERGED)
_OUTCOME = tuple(outcome.words for outcome in _BY_RANK)
_FILE = DataColumn("path", "原件", Holds.TEXT, "存档原件，从工作区文件夹算起", source="records/returns")


def _text(name: str, title: str, meaning: str = "", *, source: str = "", public: bool = False) -> DataColumn:
    return DataColumn(name, title, Holds.TEXT, meaning or title, source=source, public=public)


def _number(name: str, title: str, meaning: str, unit: str = "", *, source: str = "", public: bool = False) -> DataColumn:
    return DataColumn(name, title, Holds.NUMBER, meaning, unit, source, public=public)


TABLES = (
    DataTable(
        "tasks",
        "任务",
        "一期一项任务，与“任务进展”的行一一对应",
        (
            _PERIOD,
            _NUMBER,
            _text("category", "类别", "预期目标或工作任务", source="任务总表", public=True),
            _text("section", "章节", source="任务总表", public=True),
            _text("subsection", "小节", source="任务总表", public=True),
            _text("text", "目标任务", source="任务总表", public=True),
            _text("leads", "牵头单位", "几个单位用顿号隔开", source="任务总表", public=True),
            _text("supports", "责任单位", "几个单位用顿号隔开", source="任务总表", public=True),
            _text("leader", "责任领导", "可能是人名，不进公开版", source="任务总表"),
            _text("deadline", "完成时限", source="任务总表", public=True),
            _number("weight", "权重", "考核时的分量", source="考核规则"),
            _number("planned", "计划进度", "到本期末应完成多少", "%", source="工作方案，没有的按序时进度"),
            _number("progress", "累计进度", "牵头单位报的；没有报的为空", "%", source="报送", public=True),
            _number(
                "gap", "差距",
                "计划进度减累计进度（按金额亮灯的表减执行率），负数是超前（与汇总表的“差距”正负相反）；还没有启动、没有写累计进度的按 0",
                "百分点", source="计算",
            ),
            _text("status", "进展状态", "牵头单位报的", source="报送", public=True),
            _LIGHT,
            DataColumn("ruled", "经认定", Holds.FLAG, "灯是否由本办认定", source="汇总表的认定灯"),
            _text("ruling_note", "认定说明", source="汇总表"),
            DataColumn("overdue", "超期", Holds.FLAG, "过了完成时限还没有完成", source="计算"),
            DataColumn("silent", "未报单位数", Holds.COUNT, "没有报这项任务的单位", "个", source="计算"),
            _text("list", "清单", "一年有几份清单时是哪一份；没有名称的为空", source="任务总表", public=True),
            _text("forecast", "年底预判", "牵头单位判断年底能不能完成；没有报的为空", source="报送"),
        ),
    ),
    DataTable(
        "milestones",
        "里程碑",
        "一期一个节点，与“里程碑”的行一一对应",
        (
            _PERIOD._replace(public=False),
            _NUMBER._replace(public=False),
            _text("node", "节点", source="任务总表或工作方案"),
            _text("unit", "牵头单位", "由谁报；几个单位用顿号隔开", source="任务总表或工作方案"),
            DataColumn("baseline", "基准日期", Holds.DAY, "本期有效的计划完成日", source="任务总表或工作方案"),
            DataColumn("original", "原基准日期", Holds.DAY, "办公室调整以前的；没有调整的为空", source="调整台账"),
            DataColumn("expected", "预计日期", Holds.DAY, "最近一次报的", source="报送"),
            DataColumn("actual", "实际日期", Holds.DAY, "没有完成的为空", source="报送"),
            DataColumn("slip", "偏差天数", Holds.COUNT, "实际（没有的用预计）减基准，正数是推迟", "天", source="计算"),
            DataColumn("overdue", "逾期天数", Holds.COUNT, "到期末没有完成的，过了基准日期多少天；没有逾期的是 0", "天", source="计算"),
            DataColumn("state", "状态", Holds.CATEGORY, "到期末的状态", source="计算", order=tuple(word.value for word in NODE_STATES)),
            _text("note", "说明", source="报送"),
            _text("said_in", "最近填报", "在哪一期报的", source="报送"),
            _text("origin", "节点来源", "任务总表、单位报送"),
            _FILE,
        ),
    ),
    DataTable(
        "answers",
        "填报",
        "一期一个单位一行里填了的一格（一格没填的行有一条，栏目为空）；按期间、单位、表、行合起来与“填报明细”的行一一对应",
        (
            _PERIOD,
            _UNIT,
            _ROLE,
            _NUMBER,
            _text("table", "表", "表单里的工作表"),
            _text("key", "行", "任务编号，指标另加名称"),
            _text("field", "栏目代码", source="表单定义"),
            _text("title", "栏目", source="表单定义"),
            _text("text", "内容", "读懂以后的内容", source="报送"),
            _number("value", "数值", "栏目是数字时的值", source="报送"),
            DataColumn("day", "日期", Holds.DAY, "栏目是日期时的值", source="报送"),
            _text("typed", "原样", "单位在格子里写的", source="报送"),
            _text("file", "文件"),
            _text("sheet", "工作表"),
            _text("cell", "单元格"),
            _FILE,
        ),
    ),
    DataTable(
        "indicators",
        "量化指标",
        "一期一个指标，与“量化指标”的行一一对应",
        (
            _PERIOD,
            _NUMBER,
            _text("name", "指标", source="任务总表", public=True),
            _text("comparator", "比较", "≥ 或 ≤", source="任务总表", public=True),
            _number("target", "目标值", "本期有效的目标值", "见计量单位", source="任务总表", public=True),
            _text("measure_unit", "计量单位", source="任务总表", public=True),
            _text("measure", "口径", "累计、增速、比率等", source="任务总表"),
            _number("reached", "累计完成值", "没有报的为空", "见计量单位", source="报送", public=True),
            _number("rate", "完成率", "累计完成值除以目标值", "%", source="计算", public=True),
            _number("yardstick", "序时进度", "到本期末应完成目标的多少；按节点评判的为空", "%", source="计算"),
            _text("verdict", "是否达标", "是、否、未报、按节点", source="计算", public=True),
            _text("lead", "牵头单位", source="任务总表", public=True),
            _FILE,
        ),
    ),
    DataTable(
        "findings",
        "问题",
        "一处问题，与“问题清单”的行一一对应",
        (
            _PERIOD,
            _text("code", "代码", "意思不变的编号，见 docs/问题代码.md"),
            DataColumn("level", "级别", Holds.CATEGORY, "提示、待核、错误", order=(Level.NOTE, Level.REVIEW, Level.ERROR)),
            _UNIT,
            _text("file", "文件"),
            _text("sheet", "工作表"),
            _text("cell", "单元格"),
            _text("title", "栏目"),
            _text("message", "问题"),
            _text("advice", "建议"),
            DataColumn("counts", "计入", Holds.FLAG, "没有接受、豁免，也不是试行"),
            _text("verdict", "处理", "接受、退回、豁免", source=_BOOK),
            _text("word", "处理说明", source=_BOOK),
        ),
    ),
    DataTable(
        "scores",
        "考核",
        "一期一个单位，与“单位考核”的行一一对应",
        (
            _PERIOD,
            _UNIT,
            _text("group", "类别", "街道乡、区直部门、企业及其他", source="任务总表"),
            DataColumn("leads", "牵头任务数", Holds.COUNT, "牵头几项", "项"),
            DataColumn("supports", "配合任务数", Holds.COUNT, "配合几项", "项"),
            *(
                DataColumn(name, f"{light}灯", Holds.COUNT, f"{light}灯的任务", "项")
                for name, light in zip(("grey", "red", "yellow", "green", "blue"), LIGHTS, strict=True)
            ),
            _number("outcome", "结果分", "任务完成得怎样", "分", source="考核规则"),
            _number("process", "过程分", "报送得怎样", "分", source="考核规则"),
            _number("bonus", "加减分", "本办加的、减的", "分", source="考核规则"),
            _number("total", "总分", "三项合计", "分", source="考核规则"),
            DataColumn("rank", "名次", Holds.COUNT, "本类单位中的名次"),
            DataColumn("grade", "等次", Holds.CATEGORY, "按本类单位的名额", order=(FAILED, PASSED, GOOD, EXCELLENT)),
        ),
    ),
    DataTable(
        "lights",
        "各单位的灯",
        "一期一个单位的一项任务，与“任务计分”的行一一对应",
        (
            _PERIOD,
            _UNIT,
            _NUMBER,
            _ROLE,
            DataColumn("reported", "已报", Holds.FLAG, "单位有没有填这一行"),
            DataColumn("task_light", "任务的灯", Holds.CATEGORY, "任务本身的灯", order=LIGHTS),
            DataColumn("light", "计分的灯", Holds.CATEGORY, "单位按什么灯计分", order=LIGHTS),
            _number("share", "分量", "任务权重乘角色分量", source="考核规则"),
            _number("points", "得分", "灯的得分", "分", source="考核规则"),
        ),
    ),
    DataTable(
        "returns",
        "报送",
        "收到的一个文件",
        (
            DataColumn("id", "文件号", Holds.COUNT, "台账里的号"),
            _PERIOD,
            _UNIT,
            _text("name", "文件名", "连同它在哪个压缩包、邮件里"),
            DataColumn("sent", "报送时间", Holds.MOMENT, "邮件或文件上的时间"),
            DataColumn("collected", "登记时间", Holds.MOMENT, "收表时登记的时间"),
            DataColumn("outcome", "结果", Holds.CATEGORY, "文件的去向", order=_OUTCOME),
            _text("reason", "原因"),
            _text("form", "表单", "表单的代码"),
            _text("receipt", "回执编号"),
            DataColumn("issue", "第几次发放", Holds.COUNT, "按第几次发放的表填的"),
            DataColumn("size", "大小", Holds.COUNT, "文件大小", "字节"),
            _text("digest", "SHA-256", "原件的校验码"),
            _text("origin", "来自", "哪封邮件"),
            _FILE,
        ),
    ),
    DataTable(
        "events",
        "事件",
        "事件记录里的一条",
        (
            DataColumn("id", "序号", Holds.COUNT, "从 1 起，一条不缺"),
            DataColumn("at", "时间", Holds.MOMENT, "记下的时间"),
            _text("what", "事项", "发放、收表、认定、定稿……"),
            _PERIOD,
            _UNIT,
            _text("details", "内容", "JSON，写成中文；校验按台账里的原文计算"),
            _text("hash", "校验", "连着上一条的 SHA-256"),
        ),
    ),
    DataTable(
        "evidence",
        "佐证材料",
        "一份与任务对上的佐证材料",
        (
            _PERIOD,
            _UNIT,
            _NUMBER,
            _text("name", "文件名"),
            _text("digest", "SHA-256", "材料的校验码"),
            DataColumn("size", "大小", Holds.COUNT, "文件大小", "字节"),
            _text("check", "核验", "已核、不符、待补；还没有核验的为空"),
            _FILE,
        ),
    ),
)
BY_NAME: Mapping[str, DataTable] = {table.name: table for table in TABLES}
