"""Names and folders of evidence as units write them, each with what it truly is; a seed gives always the same ones."""

import random
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.intake.match_evidence import Beside, EvidenceContext
from toolkit.model.seal import receipt_code

UNITS = {
    "云溪县教育局": {"3": "新建改扩建公办幼儿园", "12": "城区中小学校舍安全改造工程", "13": "职业教育实训基地建设", "目标2": "学前教育普惠率达到90%以上"},
    "云溪县住建局": {"12": "城区中小学校舍安全改造工程", "20": "老旧小区改造提升工程", "21": "污水管网新建和修复"},
    "云溪县水务和湖泊局": {"8": "河湖岸线综合整治", "21": "污水管网新建和修复"},
    "东山镇": {"20": "老旧小区改造提升工程", "31": "高标准农田建设", "32": "美丽乡村示范片创建"},
    "东山镇中心学校": {"12": "城区中小学校舍安全改造工程"},
    "云溪县发改局": {"目标1": "生产总值增长7%以上", "40": "重大项目开工建设"},
}
SHORT = {"县教育局": "云溪县教育局", "教育局": "云溪县教育局", "水务局": "云溪县水务和湖泊局", "住建局": "云溪县住建局"}
CODES = {receipt_code(b"key", form="progress", period="2023Q1", unit=unit, number=1): unit for unit in UNITS}
CELLS = {"云溪县教育局": {"13": "校企合作协议书、实训设备清单.xlsx"}, "东山镇": {"31": "农田验收单扫描"}}
CONTEXT = EvidenceContext(UNITS, CELLS, CODES, SHORT, "季度进展")

_HAN = {"3": "三", "8": "八", "12": "十二", "13": "十三", "20": "二十", "21": "二十一", "31": "三十一", "32": "三十二", "40": "四十"}
_NUMBERED = (
    "任务{n}", "任务{n}：", "任务 {n}", "任务0{n}", "任务编号{n}", "任务（{n}）", "任务_{n}", "{n}号任务", "第{n}项任务", "重点任务{n}", "任务{han}",
    "第{han}项任务",
)  # fmt: skip
_UNSURE_NUMBER = ("{n}", "附件{n}", "照片{n}", "第{n}批", "任务{n}-99", "{n}项任务", "任务{n}万元", "合同编号{n}", "序号{n}", "图{n}")
_PAPERS = ("现场照片", "验收报告", "施工合同", "会议纪要", "开工令", "批复")
_WHAT = (*_PAPERS, "IMG_20230312_0012", "微信图片_20230312101112", "1", "（1）", "副本", "台账截图", "照片-2")
_ENDINGS = (".jpg", ".JPG", ".png", ".pdf", ".docx", ".ofd", ".mp4")
_ABOVE = ("", "佐证材料/", "2023年第一季度佐证材料/", "附件/", "一季度/", "上报材料（2023Q1）/")
_STAMPED = (
    "{u}2023年第一季度进展（盖章）.pdf", "盖章扫描件.pdf", "{u}盖章件.jpg", "扫描件_1.jpg",
    "季度进展签章版.ofd", "{u}一季度进展情况报送表.pdf", "盖章页.pdf", "签字盖章扫描件（2）.jpg",
)  # fmt: skip
_TALK = ("与{o}合作协议.pdf", "{o}关于此事的批复.pdf", "转发{o}来函.ofd")

_IN_CELLS = (("云溪县教育局", "13", "校企合作协议书.pdf"), ("云溪县教育局", "13", "实训设备清单.pdf"), ("东山镇", "31", "农田验收单.jpg"))


class Named(NamedTuple):
    """A name, what came with it, and what it is: unit and tasks; None for tasks where nobody could tell."""

    path: str
    beside: Beside
    unit: str
    tasks: tuple[str, ...] | None


def names(seed: int, count: int) -> Iterator[Named]:
    """Give so many names."""
    dice = random.Random(seed)  # noqa: S311 - names for a test
    makers = (_numbered, _numbered, _numbered, _titled, _coded, _stamped, _unsure, _other_unit, _mentioned, _nobody, _foreign_task, _literal)
    for _ in range(count):
        yield dice.choice(makers)(dice)


def _unit(dice: random.Random) -> str:
    return dice.choice([unit for unit in UNITS if unit != "云溪县发改局"])


def _whose(dice: random.Random, unit: str) -> tuple[str, Beside]:
    """Say whose it is by its folder, by the return beside it, or by both."""
    called = dice.choice([unit, *(name for name, owner in SHORT.items() if owner == unit)])
    folder = dice.choice((f"{called}/", f"{called}（2023年一季度）/", f"{called}材料/", f"1_{called}/"))
    return dice.choice(((folder, Beside()), ("来件.zip/", Beside(unit, ("来件.zip/一季度.xlsx",))), (folder, Beside(unit, (f"{folder}表.xlsx",)))))


def _number(dice: random.Random, unit: str) -> str:
    return dice.choice([number for number in UNITS[unit] if number.isdigit()])


def _tail(dice: random.Random) -> str:
    return dice.choice(_WHAT) + dice.choice(_ENDINGS)


def _numbered(dice: random.Random) -> Named:
    unit = _unit(dice)
    (folder, beside), number = _whose(dice, unit), _number(dice, unit)
    shown = dice.choice(_NUMBERED).format(n=number, han=_HAN[number])
    return Named(f"{folder}{dice.choice(_ABOVE)}{shown}{dice.choice(('/', ' ', '-', '_'))}{_tail(dice)}", beside, unit, (number,))


def _titled(dice: random.Random) -> Named:
    unit = _unit(dice)
    (folder, beside), number = _whose(dice, unit), _number(dice, unit)
    return Named(f"{folder}{dice.choice(_ABOVE)}{UNITS[unit][number]}/{_tail(dice)}", beside, unit, (number,))


def _coded(dice: random.Random) -> Named:
    code, unit = dice.choice([pair for pair in CODES.items() if pair[1] != "云溪县发改局"])
    number = _number(dice, unit)
    shown = dice.choice((code, code.lower(), f"回执编号{code}", f"（{code}）"))
    return Named(f"{shown}/任务{number}/{_tail(dice)}", Beside(), unit, (number,))


def _stamped(dice: random.Random) -> Named:
    unit = _unit(dice)
    folder, beside = _whose(dice, unit)
    return Named(folder + dice.choice(_STAMPED).format(u=unit), beside, unit, ())


def _unsure(dice: random.Random) -> Named:
    unit = _unit(dice)
    (folder, beside), number = _whose(dice, unit), _number(dice, unit)
    return Named(f"{folder}{dice.choice(_UNSURE_NUMBER).format(n=number)}/{dice.choice(_PAPERS)}.jpg", beside, unit, None)


def _other_unit(dice: random.Random) -> Named:
    unit = _unit(dice)
    other = dice.choice([name for name in UNITS if name != unit])
    (folder, beside), number = _whose(dice, unit), _number(dice, unit)
    return Named(f"{folder}任务{number}/{dice.choice(_TALK).format(o=other)}", beside, unit, (number,))


def _mentioned(dice: random.Random) -> Named:
    unit, number, name = dice.choice(_IN_CELLS)
    folder, beside = _whose(dice, unit)
    return Named(folder + name, beside, unit, (number,))


def _nobody(dice: random.Random) -> Named:
    return Named(f"{dice.choice(_ABOVE)}任务{dice.choice(('12', '20', '21'))}/{_tail(dice)}", Beside(), "", None)


def _foreign_task(dice: random.Random) -> Named:
    unit = _unit(dice)
    folder, beside = _whose(dice, unit)
    strange = dice.choice([number for number in _HAN if number not in UNITS[unit]])
    return Named(f"{folder}任务{strange}/{_tail(dice)}", beside, unit, None)


def _literal(dice: random.Random) -> Named:
    folder, beside = _whose(dice, "云溪县教育局")
    return Named(f"{folder}{dice.choice(('目标2/', '预期目标2 ', '目标2-'))}{dice.choice(_PAPERS)}.pdf", beside, "云溪县教育局", ("目标2",))
