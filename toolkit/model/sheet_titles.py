"""Names that a sheet may have: what Excel refuses, and what the program's own sheets are called."""

from toolkit.model.lazy_pattern import lazy_pattern

_LONGEST = 31
_REFUSED = lazy_pattern(r"[\[\]:*?/\\]")
OF_A_FORM = frozenset({"填报说明", "_封签"})
OF_A_BOOK = frozenset(
    {
        "总览", "量化指标", "单位考核", "任务计分", "扣分明细", "报送情况", "问题清单", "进展不一", "填报明细", "变动对照", "申请事项", "收件清单",
        "佐证材料", "里程碑", "节点到期", "下级来源", "认定记录", "参数与图例", "销号台账", "协调事项", "督办阶梯台账", "督办台账", "定稿后更正",
        "年度考核", "一票否决", "申诉", "未决事项",
    }
)  # fmt: skip


def fits_a_sheet(name: str) -> bool:
    """Whether a spreadsheet takes this for the name of a sheet: 1 to 31 characters, no brackets, colon, star, question mark or slash, no ' at its ends."""
    return 0 < len(name) <= _LONGEST and not _REFUSED.search(name) and name == name.strip("' ") and name.lower() != "history"
