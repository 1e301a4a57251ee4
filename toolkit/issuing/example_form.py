"""The filled example that a clerk changes into a form of the office's own: a list whose rows go to units, states, a day, money, rows to add."""

from collections.abc import Mapping, Sequence
from datetime import date

from toolkit.model.form_definition import Definition

_ITEMS = ("示例事项一：改成要各单位填报的第一件事", "示例事项二：一行一件，可以加行", "示例事项三：不要的行删掉")
_NOBODY = ("请改成名录里的单位",)
_STATES = (
    ("办理情况", "未开始", "还没有动", "没开始、尚未开始", "未开始"),
    ("办理情况", "办理中", "已经开始，还没有办完", "正在办理、推进中", "进行"),
    ("办理情况", "已办结", "已经办完", "办结、已完成、完成", "完成"),
)


def example_form(name: str, code: str, units: Sequence[str], ends: date) -> Definition:
    """Fill in the example: its list has a row for each of up to three `units`, due on `ends`."""
    return Definition(_settings(name, code), {"填报栏目": _columns(), "补充栏目": _additions()}, _STATES, {"事项清单": _items(units or _NOBODY, ends)})


def _settings(name: str, code: str) -> tuple[tuple[str, str], ...]:
    return (
        ("代码", code),
        ("版本", "1"),
        ("名称", name),
        ("期间", "月"),
        ("标题", f"{{期间}}{name}情况表"),
        ("语言", "中文"),
        ("灯", "日期"),
        ("计分", "否"),
        ("文书", "通报、催报"),
        ("汇总表", f"{name}情况"),
        ("填报栏目.工作表", name),
        ("填报栏目.每行", "清单"),
        ("填报栏目.清单", "事项清单"),
        ("补充栏目.工作表", "补充事项"),
        ("补充栏目.每行", "空行"),
        ("补充栏目.空行数", "5"),
        ("填报说明", "请在浅黄色单元格里填写，灰色单元格由办公室预先填好，不能改动。"),
        ("填报说明", "清单以外还有要报的，填在“补充事项”里，一事一行；没有的空着，不用写“无”。"),
        ("填报说明", "投入资金按万元填写，只填数字。"),
        ("签批栏", "填报人、审核人、单位盖章、日期"),
    )


def _columns() -> tuple[Mapping[str, object], ...]:
    return (
        _shown("number", "编号", "编号", width=7),
        _shown("task", "事项", "事项", width=36),
        _shown("limit_day", "时限", "时限", kind="日期", width=12),
        _filled("status", "办理情况", "状态", kind="选项", 必填="是", 选项="办理情况", 提示="从下拉框中选一个", 宽度=10, 汇总="计数"),
        _filled("done", "做了什么", "情况", 必填="是", 最小=4, 最大=1000, 提示="做了什么、做到什么程度，用数字说话", 宽度=36),
        _filled("ended", "办结日期", "实际完成", kind="日期", 必填="已完成", 提示="形如 2023-06-30 的日期", 宽度=12),
        _filled("money", "投入资金", kind="小数", 必填="否", 最小=0, 最大=100_000, 提示="累计投入多少，没有的空着", 宽度=12, 汇总="合计", 计量="万元"),
        _filled("problem", "存在问题", "问题", 必填="否", 最大=1000, 提示="到期没有办结的，写明问题和原因", 宽度=24),
    )


def _additions() -> tuple[Mapping[str, object], ...]:
    return (
        _filled("item", "事项", "事项", 必填="是", 最大=500, 提示="清单以外的事项", 宽度=36),
        _filled("status", "办理情况", "状态", kind="选项", 必填="是", 选项="办理情况", 提示="从下拉框中选一个", 宽度=10),
        _filled("remark", "备注", "说明", 必填="否", 最大=500, 提示="其他需要说明的", 宽度=30),
    )


def _items(units: Sequence[str], ends: date) -> tuple[Sequence[object], ...]:
    rows = [(at, item, units[(at - 1) % len(units)], ends) for at, item in enumerate(_ITEMS, 1)]
    return (("编号", "事项", "单位", "时限"), *rows)


def _shown(code: str, title: str, use: str, *, kind: str = "文本", width: int) -> Mapping[str, object]:
    return {"代码": code, "表头": title, "来源": "预填", "取自": title, "类型": kind, "用途": use, "宽度": width}


def _filled(code: str, title: str, use: str = "", *, kind: str = "文本", **more: object) -> Mapping[str, object]:
    return {"代码": code, "表头": title, "来源": "填报", "类型": kind, "用途": use or None, **more}
