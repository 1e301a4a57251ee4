"""Writes docs/怎样读.md: what people type into numbers, days and choices, and what the program makes of it, by asking the kinds themselves."""

from datetime import date

from toolkit.model.column_kinds import KINDS, Limits, PercentCell, plain
from toolkit.model.state_synonyms import STATES

_HEAD = (
    "# 怎样读",
    "",
    "单位的报送表和办公室自己的表（任务总表、表单、考核规则）用同一套读法。",
    "",
    "读不出来的一律不猜：单位填的不采用并退改，办公室填的列为错误，改好之前不发表、不汇总。本表由程序生成，不要手改。",
    "",
    "“待核”是采用了、请人核对；“提示”是采用了、只是告知；“错误”是没有采用；空白是照填的读，什么也不说。",
    "",
)
_YEAR = Limits(year=2023, starts=date(2023, 1, 1))
_EXAMPLES: tuple[tuple[str, str, Limits, tuple[object, ...]], ...] = (
    (
        "数，计量单位“户”",
        "小数",
        Limits(unit="户"),
        (3200, "3200", "3,200", "３２００", "约3200户", "三千二百", "3万5千户", "3.5万", "3200家", "3000-3500", "3万5", "若干"),
    ),
    ("数，计量单位“万元”", "小数", Limits(unit="万元"), ("15000", "15000万元", "1.5亿元", "1亿5000万元", "1亿零500万元", "150000000元", "1.5亿美元")),
    (
        "数，计量单位“%”",
        "小数",
        Limits(unit="%"),
        (6.5, "6.5%", PercentCell(0.065), "百分之六点五", "6.5个百分点", "6.5/100", 0.065, "0.065", "6%-7%", "2023/6"),
    ),
    ("百分比（累计进度）", "百分比", Limits(), (45, 0.45, PercentCell(0.45), "45％", "约45%", "四成五", "9/20", 1, PercentCell(1), "40%-50%", "过半")),
    ("整数", "整数", Limits(), (7, "7", 7.5, "七")),
    (
        "日期，2023 年的表",
        "日期",
        _YEAR,
        (
            date(2023, 6, 30),
            "2023-06-30",
            "2023.6.30",
            "20230630",
            45107,
            "6月30日",
            "6月30日下班前",
            "6月底",
            "12月",
            "年底前",
            "6月中旬",
            "06/30",
            "12.20",
            12.25,
            12.2,
            "长期",
            "持续推进",
            "全年",
            "6.31",
            "下月中",
            "验收以后",
        ),
    ),
    (
        "选项，进展状态",
        "选项",
        Limits(choices=STATES),
        (
            "推进中",
            "推进中。",
            "正在推进",
            "进行中",
            "正常推进",
            "已启动",
            "尚未开工",
            "已办结",
            "已完成，5月验收",
            "☑推进中",
            "□未启动☑推进中□已完成",
            "推进中（√）",
            "☑未启动☑推进中",
            "√",
            "未完成",
            "基本完成",
            "已完成80%",
        ),
    ),
)


def readings() -> str:
    """Write every example: what is typed, what is read, at which level it is said."""
    lines = list(_HEAD)
    for title, kind, limits, typed in _EXAMPLES:
        lines += [f"## {title}", "", "| 填的 | 读作 | 怎样说 |", "|---|---|---|"]
        lines += [_line(kind, limits, example) for example in typed]
        lines.append("")
    return "\n".join(lines)


def _line(kind: str, limits: Limits, typed: object) -> str:
    read = KINDS[kind].read(typed, limits)
    sentence = ""
    if read.code is not None:
        text = read.code.text
        sentence = f"{text.level}（{text.id}）：{text.message.format_map({'title': '这一栏', **read.facts})}"
    return f"| {_shown(typed)} | {'不采用' if read.value is None else plain(read.value)} | {sentence} |"


def _shown(typed: object) -> str:
    if isinstance(typed, PercentCell):
        return f"{plain(typed)}（百分比格式，格里是 {float(typed):g}）"
    return f"{plain(typed)}（数）" if isinstance(typed, float | int) else plain(typed) + ("（日期）" if isinstance(typed, date) else "")
