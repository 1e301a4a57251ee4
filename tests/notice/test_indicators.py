"""Quantified targets in sentences of our own."""

import pytest

from tests.notice.notices import draw
from toolkit.notice.find_targets import find_targets
from toolkit.notice.read_notice import read_notice

SENTENCES = [
    ("新增城镇就业不少于一千二百人", ["新增城镇就业 ≥ 1200 人 累计"]),
    ("单位GDP能耗下降3%以上", ["单位GDP能耗下降 ≥ 3 % 增速"]),
    ("办理时限压缩至3个工作日以内", ["办理时限 ≤ 3 个工作日 存量"]),
    ("城市空气质量优良天数比例达到85%", ["城市空气质量优良天数比例 ≥ 85 % 比率"]),
    ("建成三所公办幼儿园，新增学位900个", ["建成公办幼儿园 = 3 所 累计", "新增学位 = 900 个 累计"]),
    ("全年接待游客突破1,200万人次", ["接待游客 ≥ 1200 万人次 累计"]),
    ("引进投资10亿元以上项目5个", ["引进投资10亿元以上项目 = 5 个 累计"]),
    ("将不良贷款率控制在2%以内", ["不良贷款率 ≤ 2 % 比率"]),
    ("PM2.5平均浓度不高于35微克", ["PM2.5平均浓度 ≤ 35 微克 存量"]),
    ("常住人口城镇化率提高1.5个百分点", ["常住人口城镇化率提高 = 1.5 个百分点 增速"]),
    ("财政收入增长8%左右，达到25亿元", ["财政收入增长 = 8 % 增速", "财政收入 ≥ 25 亿元 累计"]),
    ("改造老旧小区12个、1.5万户", ["改造老旧小区 = 12 个 累计", "改造老旧小区 = 1.5 万户 累计"]),
    ("居民收入由3万元提高到3.3万元", ["居民收入 ≥ 3.3 万元 累计"]),
    ("力争新增规上企业20—25家", ["新增规上企业 ≥ 20 家 累计"]),
    ("新建5G基站300个，修建5公里以上绿道3条", ["新建5G基站 = 300 个 累计", "修建5公里以上绿道 = 3 条 累计"]),
    ("粮食播种面积稳定在45万亩、产量达到20万吨", ["粮食播种面积 = 45 万亩 存量", "粮食产量 ≥ 20 万吨 累计"]),
    (
        "培育国家级专精特新企业2家、省级10家、市级30家",
        ["培育国家级专精特新企业 = 2 家 累计", "培育省级专精特新企业 = 10 家 累计", "培育市级专精特新企业 = 30 家 累计"],
    ),
    ("举办招商活动10场次以上，签约项目总投资超过100亿元", ["举办招商活动 ≥ 10 场次 累计", "签约项目总投资 ≥ 100 亿元 累计"]),
    ("支持甲公司等3家企业上市，加快甲路、乙路等6条道路建设", ["企业上市 = 3 家 项目", "道路建设 = 6 条 项目"]),
    ("治理率达到百分之六十", ["治理率 ≥ 60 % 比率"]),
    ("一般公共预算收入完成30亿元，同比增长6%", ["一般公共预算收入 = 30 亿元 累计", "一般公共预算收入同比增长 = 6 % 增速"]),
    ("引进10名以上高层次人才、建设2个博士后工作站", ["引进高层次人才 ≥ 10 名 累计", "建设博士后工作站 = 2 个 累计"]),
    ("新建G318国道改线12.5公里", ["新建G318国道改线 = 12.5 公里 累计"]),
    ("建设“10分钟便民生活圈”20个", ["建设“10分钟便民生活圈” = 20 个 累计"]),
    ("各类市场主体总量达6.5万户", ["各类市场主体总量 ≥ 6.5 万户 存量"]),
    ("新增3A级景区2家，办好10件民生实事", ["新增3A级景区 = 2 家 累计", "办好民生实事 = 10 件 累计"]),
]

NO_TARGETS = [
    "打造十大消费场景，实施三年行动计划",
    "推进“四个一批”和“1+1+N”布局",
    "推广2个试点经验，总结3个社区做法",
    "启动318国道和地铁3号线二期工程",
    "打造15分钟健身圈，推进5G网络覆盖",
    "落实助企纾困20条政策",
    "每个乡镇建设1个养老服务中心",
    "完成居民住宅二次供水改造，争取进入全市前3名",
    "2024年12月底前完成第2批整改",
    "培育百亿级产业，引进50亿元以上项目",
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_targets_of_a_sentence(sentence: str, expected: list[str]) -> None:
    """
    Every quantified target of a sentence is found with its full name, comparator, number, unit and measure.
    """
    actual = [
        f"{indicator.name} {indicator.comparator} {indicator.target} {indicator.unit} {indicator.measure}"
        for indicator in find_targets("任务1", sentence).indicators
    ]

    assert expected == actual


@pytest.mark.parametrize("sentence", NO_TARGETS)
def test_numbers_that_are_not_targets(sentence: str) -> None:
    """
    Names, slogans, dates, ranks, rates per unit and things summed up are not targets.
    """
    assert [] == find_targets("任务1", sentence).indicators


def test_quote_is_the_clause_of_the_target() -> None:
    """
    Each target quotes its own stretch of the text, as printed.
    """
    found = [
        indicator.quote for indicator in find_targets("任务1", "深化改革，净增市场主体6000户、企业主体2200家；扩大开放，完成实际利用外资2亿美元。").indicators
    ]

    assert ["净增市场主体6000户", "企业主体2200家", "完成实际利用外资2亿美元"] == found


def test_range_is_put_in_doubt() -> None:
    """
    A target that is a range counts by its lower end, and the clerk is told.
    """
    master = read_notice(draw("1.培育企业，新增规上企业20-25家。（责任单位：县科工局）"), year=2024)

    assert ["目标是一个区间，已按下限列出"] == [doubt.reason for doubt in master.doubts if "区间" in doubt.reason]


def test_long_notice_is_read_in_step_with_its_length() -> None:
    """
    A notice of 2,000 tasks and 350 units is read completely.
    """
    lines = ["一、任务"]
    for number in range(1, 2001):
        lines += [f"{number}.推进第{number}号园区建设，新增企业{number}家以上。", f"（牵头单位：县第{number % 300}局；责任单位：街{number % 50}街道、各街道）"]
    master = read_notice(draw("\n".join(lines)), year=2024)

    assert (2000, 2000, 351) == (len(master.tasks), len(master.indicators), len(master.units))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Build 250 affordable homes by December 2024.", True),
        ("Recruit 1,200 nurses across the city.", True),
        ("Plant 2.5 million trees.", True),
        ("Spend £3m on repairs.", True),
        ("Complete Phase 2 of the review by 30 September 2024.", False),
        ("Publish the 2024 annual report.", False),
    ],
)
def test_an_english_number_is_an_indicator_or_a_doubt(text: str, *, asked: bool) -> None:
    """What counts something without a unit that is known is put to the clerk; dates, years and numbers of things are not."""
    read = find_targets("任务1", text)

    assert asked == bool(read.left or read.indicators)
