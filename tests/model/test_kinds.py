"""Kinds of column: what people type and what is understood; what is shown and kept reads back the same."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.column_kinds import KINDS, Limits

STATES = Limits(choices=("未启动", "推进中", "已完成"))
OWN_WORDS = Limits(choices=STATES.choices, aliases={"走流程": "推进中", "完成": "推进中"})  # an office's own, which may overrule ours
BILLIONS = Limits(unit="亿元")
THIS_YEAR = Limits(year=2023)
LONG = "字" * 40_000

CASES: list[tuple[str, Limits, object, str, str]] = [
    *(("百分比", Limits(), typed, "45", "READ_AS") for typed in ("45%", 0.45, "约45%", "45％", "45 %", "百分之四十五", "四成五")),
    ("百分比", Limits(), 45, "45", ""),
    ("百分比", Limits(), "已完成60%左右", "60", "READ_AS"),
    *(("小数", Limits(unit="户"), typed, "20000", "CONVERTED") for typed in ("2万左右户", "2万上下户", "约2万户左右")),
    *(("小数", Limits(unit="户"), typed, "2", "READ_AS") for typed in ("2左右户", "2户上下")),
    ("百分比", Limits(), "40%-50%", "None", "IS_RANGE"),
    ("百分比", Limits(), 1, "1", "PERCENT_OF_ONE"),
    *(("百分比", Limits(), typed, "None", "NOT_NUMBER") for typed in ("-", "无", "正在推进")),
    *(("百分比", Limits(), typed, "None", "") for typed in ("", None, "  ")),
    *(("小数", Limits(), typed, "1200", "READ_AS") for typed in ("1,200", "１２００", "一千二百", "1 200")),
    ("小数", Limits(), "2000万", "20000000", "CONVERTED"),
    ("小数", BILLIONS, "12.5亿元", "12.5", "READ_AS"),
    ("小数", BILLIONS, "2000万元", "0.2", "CONVERTED"),
    ("小数", BILLIONS, "1200家", "None", "OTHER_UNIT"),
    *(("小数", Limits(), typed, "None", "NOT_NUMBER") for typed in (True, float("inf"), "三百多万吧")),
    *(("小数", Limits(), typed, "None", "NOT_NUMBER") for typed in ("E0", float("nan"), 1e18)),
    ("小数", Limits(unit="%"), 0.45, "0.45", "SMALL_PERCENT"),
    *(("小数", BILLIONS, typed, "1.5", "READ_AS") for typed in ("1亿5000万元", "1亿5000万", "1亿5,000万元", "约1亿5000万元")),
    *(("小数", Limits(unit="万元"), typed, "15000", "CONVERTED") for typed in ("1亿5000万元", "1.5亿元", "1亿5000万", "一亿五千万元", "150000000元")),
    ("小数", Limits(unit="万元"), "1亿零500万元", "10500", "CONVERTED"),
    *(("小数", Limits(unit="万元"), typed, "15000", "CONVERTED") for typed in ("一亿五千万", "壹亿伍仟万", "约一亿五千万")),
    ("小数", Limits(unit="万元"), "一亿零五百万", "10500", "CONVERTED"),
    ("小数", Limits(unit="户"), "一万二千", "12000", "CONVERTED"),
    *(("小数", Limits(), typed, "None", "NOT_NUMBER") for typed in ("12\n345", "1200\n3400", "100\t200", "12\r\n345")),
    *(("小数", Limits(unit="%"), typed, "None", "NOT_NUMBER") for typed in ("12\n345", "5%\n6%")),
    ("小数", Limits(unit="万元"), "200万元\n", "200", "READ_AS"),
    *(("小数", Limits(), typed, "None", "NOT_NUMBER") for typed in ("31①", "31²", "①31", "100.5③", "31⑴", "31₁")),
    *(("百分比", Limits(), typed, "None", "NOT_NUMBER") for typed in ("31①", "31①%", "31%①")),
    *(("小数", Limits(unit="万平方米"), typed, "20", "READ_AS") for typed in ("20万m²", "20万㎡")),
    ("整数", Limits(), "①", "1", "READ_AS"),
    *(("日期", THIS_YEAR, typed, "None", "NOT_DATE") for typed in ("2023-12-1①", "12月1②日")),
    ("小数", Limits(unit="万户"), "3万5000户", "3.5", "READ_AS"),
    ("小数", Limits(unit="户"), "3万5千户", "35000", "CONVERTED"),
    *(("小数", Limits(unit="户"), typed, "None", "NOT_NUMBER") for typed in ("3万5", "5000万1亿", "1亿50000万", "12/20")),
    *(("小数", Limits(unit="%"), typed, "6.5", "READ_AS") for typed in ("6.5%", "百分之六点五", "6.5个百分点")),
    *(("小数", Limits(unit="%"), typed, "6.5", "UNDERSTOOD") for typed in ("6.5/100", "13／200", "6.5 / 100")),
    *(("小数", Limits(unit="%"), typed, "0.065", "SMALL_PERCENT") for typed in (0.065, "0.065", "０．０６５")),
    *(("小数", Limits(unit="%"), typed, "None", "NOT_NUMBER") for typed in ("1/0", "2023/6", "3/5/8")),
    ("百分比", Limits(), "9/20", "45", "UNDERSTOOD"),
    ("整数", Limits(), 7.0, "7", ""),
    ("整数", Limits(), 3.5, "None", "NOT_WHOLE"),
    *(("日期", THIS_YEAR, typed, "2023-03-30", "READ_AS") for typed in ("2023.3.30", "2023/3/30 ", "20230330", "3月30日", 45015)),
    *(("日期", THIS_YEAR, typed, "2023-03-31", "READ_AS") for typed in ("3月底", "2023年3月")),
    ("日期", THIS_YEAR, datetime(2023, 3, 1), "2023-03-01", ""),  # noqa: DTZ001 - a sheet's date has no zone
    *(("日期", THIS_YEAR, typed, "None", "NOT_DATE") for typed in ("下周", "2023-02-30")),
    *(("日期", THIS_YEAR, typed, "None", "NOT_DATE") for typed in (float("nan"), float("inf"), -1.0)),
    *(("日期", THIS_YEAR, typed, "2023-12-31", "UNDERSTOOD") for typed in ("长期", "持续", "长期坚持", "持续推进", "全年", "常年", "年内持续推进", "12.31")),
    *(("日期", THIS_YEAR, typed, "2023-04-10", "READ_AS") for typed in ("4月10日下班前", "4月10日17:00前", "2023年4月10日下午5时前", "4月10日上午")),
    *(("日期", THIS_YEAR, typed, "2023-12-31", "READ_AS") for typed in ("年底前", "12月", "12月底前", "年底")),
    *(("日期", THIS_YEAR, typed, "2023-05-08", "READ_AS") for typed in ("8 May 2023", "May 8, 2023", "8th of May", "8-May-2023")),
    *(("日期", THIS_YEAR, typed, "None", "NOT_DATE") for typed in ("31 June 2023", "Mayor 3", "May 2023")),
    *(("日期", THIS_YEAR, typed, "2023-12-25", "UNDERSTOOD") for typed in ("12.25", "12/25", "12-25", "12.25前", 12.25)),
    *(("日期", THIS_YEAR, typed, "None", "TWO_DAYS") for typed in (12.2, 6.3)),
    *(("日期", THIS_YEAR, typed, "None", "NOT_DATE") for typed in ("6.31", "13/20", 13.5, "12.20-12.30")),
    *(("日期", Limits(), typed, "None", "NOT_DATE") for typed in ("12.20", "长期", 12.25)),
    ("选项", STATES, "推进中。", "推进中", "READ_AS"),
    ("选项", STATES, "正在推进", "推进中", "UNDERSTOOD"),
    *(("选项", STATES, typed, "推进中", "UNDERSTOOD") for typed in ("进行中", "正常推进", "已启动", "按计划推进中", "进行中，预计6月完成")),
    *(("选项", STATES, typed, "未启动", "UNDERSTOOD") for typed in ("尚未开工", "未开始", "☑未启动□推进中", "暂未启动。")),
    *(("选项", STATES, typed, "已完成", "UNDERSTOOD") for typed in ("已办结", "全部完成", "●已完成", "[√]已完成[ ]推进中")),
    *(("选项", STATES, typed, "推进中", "UNDERSTOOD") for typed in ("☑推进中", "□未启动☑推进中", "√ 进行中", "（ ）未启动（√）推进中（ ）已完成")),
    *(("选项", STATES, typed, "推进中", "UNDERSTOOD") for typed in ("推进中√", "未启动○推进中●已完成○", "×未启动 √推进中")),
    *(("选项", STATES, typed, "None", "NOT_CHOICE") for typed in ("√", "是", "基本完成", "未完成", "已完成80%", "部分完成")),
    *(("选项", STATES, typed, "None", "NOT_CHOICE") for typed in ("☑", "☑未启动☑推进中", "□未启动□推进中□已完成", "推进中/已完成")),
    ("选项", OWN_WORDS, "走流程", "推进中", "UNDERSTOOD"),
    ("选项", OWN_WORDS, "完成", "推进中", "UNDERSTOOD"),
    ("选项", OWN_WORDS, "☑走流程", "推进中", "UNDERSTOOD"),
    ("选项", Limits(choices=("好", "差")), "进行中", "None", "NOT_CHOICE"),
    *(("选项", Limits(choices=("是", "否")), typed, "是", "UNDERSTOOD") for typed in ("√", "☑是", "☑是□否", "是√")),
    ("文本", Limits(), "无", "无", ""),
    ("文本", Limits(), "\u200b", "None", ""),
    ("文本", Limits(), "a\x00b", "ab", "STRANGE_CHARACTERS"),
    ("文本", Limits(), "=1+1", "=1+1", ""),
    ("文本", Limits(), LONG, LONG[:32_767], "CUT"),
    ("电话", Limits(), "027-84712345", "027-84712345", ""),
    ("电话", Limits(), "不知道", "None", "NOT_PHONE"),
]


@pytest.mark.parametrize(("kind", "limits", "typed", "value", "code"), CASES)
def test_what_people_type_is_understood_or_named(kind: str, limits: Limits, typed: object, value: str, code: str) -> None:
    """What is typed is read as meant, with a finding where anything was done to it; what cannot be read is never zero and never dropped in silence."""
    read = KINDS[kind].read(typed, limits)

    assert (value, code) == (str(read.value), read.code.name if read.code else "")


NUMBERS = st.decimals(min_value=2, max_value=10**9, places=2, allow_nan=False).map(lambda one: one.normalize())


@given(NUMBERS)
def test_numbers_read_back_as_shown_and_as_kept(value: Decimal) -> None:
    """A number shown in a cell, or kept as text in the ledger, reads back as itself."""
    for name in ("小数", "百分比"):
        kind = KINDS[name]
        shown = kind.read(kind.show(value), Limits())
        assert value == shown.value
        assert value == kind.load(str(value))


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_days_read_back_as_shown_and_as_kept(value: date) -> None:
    """A day shown in a cell, written as text, or kept in the ledger reads back as itself."""
    kind = KINDS["日期"]

    assert [value, value, value] == [kind.read(kind.show(value), Limits()).value, kind.read(value.isoformat(), Limits()).value, kind.load(str(value))]


@given(st.text(min_size=1, max_size=200))
def test_text_never_changes_twice(value: str) -> None:
    """A text, once cleaned of what no sheet can show, reads back as itself."""
    kind = KINDS["文本"]
    once = kind.read(value, Limits()).value

    assert once is None or once == kind.read(once, Limits()).value
