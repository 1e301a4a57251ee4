"""What a column is to the program, whatever its header: the words of a form definition's column 用途, each with the field code it stands for."""

from collections.abc import Mapping

from toolkit.model import form, requests

_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
USES: Mapping[str, str] = {
    "编号": "number",
    "事项": form.ITEM,
    "状态": form.STATUS,
    "进度": form.PROGRESS,
    "计划": form.PLAN,
    "情况": form.DONE,
    "问题": form.PROBLEM,
    "原因": form.REASON,
    "下步措施": form.NEXT,
    "时限": form.LIMIT,
    "预计完成": form.DUE,
    "实际完成": form.ENDED,
    "预算": form.BUDGET,
    "执行": form.SPENT,
    "佐证": form.EVIDENCE,
    "完成值": form.REACHED,
    "说明": form.REMARK,
    **{f"{name}节点": f"node{number}" for number, name in enumerate(_QUARTERS, 1)},
    **{f"{name}计划": f"plan{number}" for number, name in enumerate(_QUARTERS, 1)},
    "申请编号": requests.NUMBER,
    "申请类型": requests.KIND,
    "申请现为": requests.NOW,
    "申请改为": requests.TO,
    "申请理由": requests.WHY,
    "申请依据": requests.BASIS,
}
