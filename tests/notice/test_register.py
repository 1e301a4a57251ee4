"""The register of units."""

import pytest

from tests.notice.notices import draw, unsure
from toolkit.notice.read_notice import read_notice
from toolkit.notice.unit_names import group_of, is_collective
from toolkit.notice.unit_register import look_alikes


def test_plates_in_every_bracket() -> None:
    """
    A second plate is an alias in whatever bracket; the plain name is the unit's where the text uses it too; a remark is no plate.
    """
    master = read_notice(draw("""
        1.甲。（牵头单位：县科工局〔县大数据局〕；责任单位：县委宣传部(县文明办)、县教育局（基教股））
        2.乙。（牵头单位：县科工局；责任单位：县大数据局、县文明办）
    """))

    assert [
        ("县科工局", ("县科工局〔县大数据局〕", "县大数据局")),
        ("县委宣传部(县文明办)", ("县委宣传部", "县文明办")),
        ("县教育局（基教股）", ()),
    ] == [(unit.name, unit.aliases) for unit in master.units]


def test_town_collectives_take_the_towns_they_name() -> None:
    """
    各乡镇 has the townships and towns of the notice, 各街道 the sub-districts, 各区政府 the governments; each is to be checked.
    """
    master = read_notice(draw("""
        1.甲。（责任单位：青石镇、白沙乡、城关街道、高新技术产业开发区管委会、东山区政府）
        2.乙。（牵头单位：县发改局；责任单位：各乡镇、各街道、各乡镇（街道）、各区政府、县直有关部门）
    """))

    assert [
        ("各乡镇", ("青石镇", "白沙乡")),
        ("各街道", ("城关街道",)),
        ("各乡镇（街道）", ("青石镇", "白沙乡", "城关街道")),
        ("各区政府", ("东山区政府",)),
        ("县直有关部门", ()),
    ] == [(unit.name, unit.members) for unit in master.units if not unit.issued]
    assert [
        "第2行 各乡镇：成员按本文件写到的2个单位列出，请核对是否齐全",
        "第2行 各街道：成员按本文件写到的1个单位列出，请核对是否齐全",
        "第2行 各乡镇（街道）：成员按本文件写到的3个单位列出，请核对是否齐全",
        "第2行 各区政府：成员按本文件写到的1个单位列出，请核对是否齐全",
        "第2行 县直有关部门：成员待确认",
    ] == unsure(master)


def test_divisions_of_one_body_are_addressed_only_if_they_lead() -> None:
    """
    某某新城相关处室 gets a workbook if it leads a task, else it is a collective.
    """
    leads = read_notice(draw("1.甲。（牵头单位：某某新城相关处室；责任单位：县财政局）"))
    helps = read_notice(draw("1.甲。（牵头单位：县财政局；责任单位：某某新城相关处室）"))

    assert (True, False) == (leads.units[0].issued, helps.units[1].issued)


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("青石镇", "街道乡"), ("白沙乡人民政府", "街道乡"), ("城关街道办事处", "街道乡"), ("高新区管委会", "街道乡"), ("某某经济开发区", "街道乡"),
        ("县城投集团", "企业及其他"), ("国网云溪供电公司", "企业及其他"), ("农业银行云溪支行", "企业及其他"), ("县人民医院", "企业及其他"),
        ("县乡村振兴局", "区直部门"), ("县住房和城乡建设局", "区直部门"), ("县人民政府办公室", "区直部门"),
        ("县政府驻省城办事处", "区直部门"), ("团县委", "区直部门"),
    ],
)
def test_class_follows_the_name(name: str, group: str) -> None:
    """
    A unit's class for ranking follows from how its name ends.
    """
    assert group == group_of(name)


@pytest.mark.parametrize(
    ("name", "many"),
    [
        ("各镇街", True), ("县直各部门", True), ("有关部门", True), ("县安委会成员单位", True), ("各重大项目责任单位", True), ("全县各单位", True),
        ("县属国有企业", True), ("乡镇（街道）", True), ("相关职能部门", True), ("县发改局", False), ("区直机关工委", False), ("县各界人士联络中心", False),
    ],
)
def test_collectives_are_known_by_name(name: str, many: bool) -> None:
    """
    A name that means many bodies is told from one that means a single body.
    """
    assert many == is_collective(name)


def test_look_alikes_are_proposed_not_merged() -> None:
    """
    Short and full names and slips of one character are put before the clerk; different bodies with like names are not.
    """
    names = [
        "县人社局", "县人力资源和社会保障局", "县市场监管局", "县市场监督管理局", "县财政局", "县民政局", "县教育局", "县体育局",
        "县住房和城乡建设局", "县住房与城乡建设局", "县公安局", "市公安局", "发改局", "县发改局", "第一人民医院", "第二人民医院",
    ]

    assert [
        ("县人社局", "县人力资源和社会保障局"),
        ("县市场监管局", "县市场监督管理局"),
        ("县住房和城乡建设局", "县住房与城乡建设局"),
        ("发改局", "县发改局"),
    ] == [(one, other) for one, other, _ in look_alikes(names)]


def test_what_is_no_unit_is_asked_about() -> None:
    """
    A string in a list of units that does not look like a unit is kept and put in doubt.
    """
    master = read_notice(draw("1.甲。（牵头单位：县财政局；责任单位：王二小同志）"))

    assert ["第1行 王二小同志：不像单位名称，请核对"] == unsure(master)
