"""Names of evidence as units write them: matched right, asked, never wrong."""

from collections import Counter
from collections.abc import Callable
from itertools import product

import pytest

from tests.intake.evidence_generator import CONTEXT as GENERATED
from tests.intake.evidence_generator import names
from toolkit.intake.match_evidence import Basis, Beside, EvidenceContext, Match, match_evidence
from toolkit.model.seal import receipt_code

CODE = receipt_code(b"key", form="progress", period="2023Q1", unit="甲市教育局", number=1)
TITLES = {"3": "新建改扩建公办幼儿园", "12": "城区中小学校舍安全改造工程", "13": "职业教育实训基地建设", "102": "乡村教师周转宿舍建设"}
CONTEXT = EvidenceContext(
    {"甲市教育局": TITLES, "甲市教育局基建处": {"40": "校园操场翻新改造项目"}, "甲市住建局": {"12": TITLES["12"], "20": "老旧小区改造提升工程"}},
    {"甲市教育局": {"3": "开工令、施工现场照片1张", "13": "合作协议书.pdf；验收报告", "102": "验收报告"}},
    {CODE: "甲市教育局"},
)
# How units write a number; None: cannot be told, so it is to be asked.
NUMBERED = {
    "任务12": ("12",), "任务012": ("12",), "任务１２": ("12",), "任务十二": ("12",), "第12项任务": ("12",), "12号任务": ("12",), "第十二项任务": ("12",),
    "任务编号：12": ("12",), "任务编号12": ("12",), "编号12": ("12",), "序号12": None, "任务（12）": ("12",), "任务_12": ("12",), "任务12、13": ("12", "13"),
    "任务3和102": ("3", "102"), "重点任务102": ("102",), "一季度任务3": ("3",), "2023年第一季度任务13": ("13",), "任务12-13": None,
    "任务3-10": None, "任务12.3": None,
    "任务12+13": None, "任务12&13": None, "任务12、13楼": None, "任务3天": None, "合同编号12": None, "发票编号13": None, "编号102号合同": None,
    "任务12_13": None, "任务一览表": None, "3项任务": None, "任务3项": None, "三项任务完成": None, "任务3万元": None, "12任务": None, "任务12验收": ("12",),
    "任务12至13": None, "任务20": None, "12": None, "012": None, "附件12": None, "第3批": None, "3月": None, "任务2023年": None, "IMG_20230312_0012": None,
    "微信图片_20230312101112": None, "照片3": None, "扫描件12": None, "13-102任务": None, "第十二次会议纪要": None,
}  # fmt: skip
TAILS = ("/照片1.jpg", "验收.pdf", "/合同.ofd", "-附件.docx", "（现场）.png", "/3.jpg")
FOLDERS = ("甲市教育局/{}", "一季度佐证材料/甲市教育局{}", f"{CODE}/{{}}", "甲市教育局（2023年一季度）/佐证材料/{}")


def _names() -> list[tuple[str, tuple[str, ...] | None]]:
    return [(folder.format(shown + tail), tasks) for folder, (shown, tasks), tail in product(FOLDERS, NUMBERED.items(), TAILS)]


def test_generated_names_are_never_matched_wrong() -> None:
    """Of all ways to write folders, numbers and tails none is matched to another task or unit, and most of those that state a number are matched."""
    names = _names()
    counted: Counter[str] = Counter()
    wrong = []
    for path, tasks in names:
        found = match_evidence(path, CONTEXT)
        right = (found.unit, found.tasks) == ("甲市教育局", tasks)
        counted["asked" if found.why else "right" if right else "wrong"] += 1
        wrong += [] if found.why or right else [(path, found)]
    assert wrong == []
    assert len(names) >= 200
    stated = sum(tasks is not None for _, tasks in names)
    unsure = 4 * len(FOLDERS)  # 任务十二验收, 任务12、13验收, 任务3和102验收, 编号12验收: a number runs into a word
    assert {"right": stated - unsure, "asked": len(names) - stated + unsure} == dict(counted)


@pytest.mark.parametrize(
    ("path", "beside", "expected"),
    [
        ("城区中小学校舍安全改造工程/1.jpg", "甲市教育局", Match("甲市教育局", ("12",), Basis.TITLE)),
        ("甲市教育局/合作协议书.pdf", "", Match("甲市教育局", ("13",), Basis.CELL)),
        ("甲市教育局/验收报告.pdf", "", Match("甲市教育局", ("13", "102"), why="几项任务都对得上")),
        ("任务3/职业教育实训基地建设.jpg", "甲市教育局", Match("甲市教育局", ("3", "13"), why="名称和填报内容指的不是同一项任务")),
        ("任务12/3.jpg", "甲市教育局", Match("甲市教育局", ("12",), Basis.NUMBER)),
        ("任务12/任务13.jpg", "甲市教育局", Match("甲市教育局", ("12", "13"), why="文件夹和文件名写的任务编号不一样")),
        ("任务20.jpg", "", Match("甲市住建局", ("20",), Basis.NUMBER)),
        ("任务12.jpg", "", Match("", ("12",), why="看不出是哪个单位的")),
        ("甲市住建局/任务12.jpg", "甲市教育局", Match("", ("12",), why="名称中有几个单位：甲市住建局、甲市教育局")),
        ("甲市教育局基建处/任务40.jpg", "", Match("甲市教育局基建处", ("40",), Basis.NUMBER)),
        ("12.jpg", "甲市教育局", Match("甲市教育局", ("12",), why="只有数字，看不出是任务编号还是顺序号")),
        ("与甲市住建局合作/任务20.jpg", "", Match("甲市住建局", (), why="名称里提到这个单位，看不出是不是它报的")),
        ("甲市住建局关于任务12的批复.pdf", "", Match("甲市住建局", (), why="名称里提到这个单位，看不出是不是它报的")),
        ("合影.jpg", "", Match("", (), why="看不出是哪个单位的")),
    ],
)
def test_a_name_is_matched_or_asked_with_a_proposal(path: str, beside: str, expected: Match) -> None:
    """Title, cell and number each tell the task; where they disagree or none does, the match is a proposal with its reason."""
    assert expected == match_evidence(path, CONTEXT, beside=Beside(beside))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_names_as_units_write_them_are_matched_right_or_asked(seed: int, record_property: Callable[[str, object], None]) -> None:
    """Of 1,000 generated names and folders none is matched wrong; most of those that tell the task are matched."""
    counted: Counter[str] = Counter()
    wrong = []
    for name in names(seed, 1000):
        found = match_evidence(name.path, GENERATED, beside=name.beside)
        right = (found.unit, found.tasks) == (name.unit, name.tasks)
        counted["asked" if found.why else "right" if right else "wrong"] += 1
        counted["told"] += name.tasks is not None
        wrong += [] if found.why or right else [(name, found)]
    record_property("counted", dict(counted))
    assert wrong == []
    assert counted["right"] >= 0.95 * counted["told"]
