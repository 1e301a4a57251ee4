"""A round of the real notice in which units answer in every way, collected with a kill in between: it ends as one that was not cut off."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from os import utime
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from tests.answering.hands import table
from tests.answering.played_extras import (
    CODED,
    EXPORTED,
    FOLDER,
    LOCKED,
    MAILED,
    NAMED,
    SECRET,
    SPLIT,
    TOGETHER,
    TYPED_IN_WORD,
    ZIPPED,
    answer_waiting,
    check_evidence,
    send_later,
    spoil,
)
from tests.killed.instants import cut_off
from tests.small import header_row
from toolkit.edges.workspace import Workspace, open_workspace, real_notice
from toolkit.flows.demo.play_round import play
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.issue.generate import generate
from toolkit.flows.issue.import_notice import import_notice
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.period import Period

Q1 = Period(2023, 1)
SENT = datetime(2023, 3, 20, 9)  # noqa: DTZ001 - file times are local
_WAYS = ("属实", "原样", "撤回说明", "不明", "首页")
_SHEETS = ("报送情况", "问题清单", "填报明细", "收件清单", "佐证材料", "任务进展")
_VOLATILE = {"文件号", "收到时间", "来源", "原件", "认定号"}


class End(NamedTuple):
    """What stands at the end of a round: the sheets of its book, the units that were sent something to mend, the list of what came, what was asked first."""

    sheets: dict[str, list[dict[str, object]]]
    mended: list[str]
    what: dict[str, int]
    asked: tuple[str, ...]


def run(space: Workspace) -> Collected:
    return collect(space, progress=lambda items, _: items)


def begin(folder: Path) -> Workspace:
    """Issue the first quarter of the real notice, and let its units send their returns, one of them its form without a word in it."""
    space = open_workspace(folder)
    import_notice(space, real_notice(), 2023)
    generate(space, Q1, only=(), progress=lambda items, _: items)
    play(space, Q1, progress=lambda items, _: items)
    issued = sorted(space.out(Q1, "发放").glob("*.xlsx"))
    returned = {path.name for path in space.inbox.iterdir()}
    blank = next(path for path in issued if path.name in returned)
    (space.inbox / blank.name).write_bytes(blank.read_bytes())
    doubt([space.inbox / path.name for path in issued if path.name in returned and path.name != blank.name][:10])
    spoil(space)
    for number, path in enumerate(sorted(one for one in space.inbox.rglob("*") if one.is_file())):
        at = (SENT + timedelta(minutes=number)).timestamp()
        utime(path, (at, at))
    return space


def doubt(paths: list[Path]) -> None:
    """Have the first led task of some returns called finished at 60 percent."""
    for path in paths:
        book = load_workbook(path)
        sheet = book["任务进展"]
        columns = {cell.value: cell.column for cell in sheet[header_row(sheet)]}
        led = (row for row in range(header_row(sheet) + 1, sheet.max_row + 1) if sheet.cell(row, columns["本单位角色"]).value == "牵头")
        row = next(led, None)
        if row:
            for title, value in (("进展状态", "已完成"), ("累计进度", 60), ("佐证材料", "验收意见（云建〔2023〕5号）")):
                sheet.cell(row, columns[title]).value = value
        book.save(path)


def answers(space: Workspace) -> None:
    """Let every unit with something to mend answer, each in the next of the ways, and some send evidence later."""
    send_later(space, SENT + timedelta(days=1))
    for number, path in enumerate(sorted(space.out(Q1, "退回").glob("*_退改.xlsx"))):
        way = _WAYS[number % len(_WAYS)]
        book = load_workbook(path)
        if way == "首页":
            first = book.worksheets[0]
            for row in range(5, first.max_row + 1):
                if first.cell(row, 2).value == "待核":
                    first.cell(row, 8).value = "情况属实：已核对原始台账"
        elif way != "原样":
            sheet = book["任务进展"]
            columns = {cell.value: cell.column for cell in sheet[header_row(sheet)]}
            words = {"属实": "属实。已核", "撤回说明": "撤回累计进度", "不明": "情况不属实？"}[way]
            for row in range(header_row(sheet) + 1, sheet.max_row + 1):
                if sheet.cell(row, columns["审核意见"]).value:
                    sheet.cell(row, columns["单位说明"]).value = words
        target = space.inbox / path.name
        book.save(target)
        at = (SENT + timedelta(days=2, minutes=number)).timestamp()
        utime(target, (at, at))


def rule(space: Workspace) -> None:
    """Answer what waits, accept the most frequent doubt of the book by the lot, check two pictures."""
    answer_waiting(space)
    path = consolidate(space, Q1).path
    lines = [line for line in table(path, "问题清单") if line["级别"] == "待核"]
    kinds = [(line["代码"], line["栏目"]) for line in lines]
    most = max(sorted(set(kinds), key=str), key=kinds.count)
    book = load_workbook(path)
    sheet = book["问题清单"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(2, sheet.max_row + 1) if (sheet.cell(row, columns["代码"]).value, sheet.cell(row, columns["栏目"]).value) == most)
    sheet.cell(row, columns["处理"]).value = "同类接受"
    sheet.cell(row, columns["处理说明"]).value = "各单位口径一致"
    check_evidence(book["佐证材料"])
    book.save(path)


def end(space: Workspace, asked: tuple[str, ...]) -> End:
    """Collect what is left, draw the book, read it."""
    book = consolidate(space, Q1)
    sheets = {name: list(_steady(table(book.path, name))) for name in _SHEETS}
    what: dict[str, int] = {}
    for line in sheets["收件清单"]:
        what[str(line["是什么"])] = what.get(str(line["是什么"]), 0) + 1
    return End(sheets, sorted(path.name for path in space.out(Q1, "退回").glob("*_退改.xlsx")), what, asked)


def _steady(rows: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Leave out what tells when and in which order files were taken in, and put lines in an order of their own."""
    lines = ({title: value for title, value in row.items() if title not in _VOLATILE} for row in rows)
    yield from sorted(lines, key=lambda line: str(sorted(line.items(), key=str)))


def played(space: Workspace, *, kill: tuple[int, int]) -> End:
    """Play the round; `kill` names the instants at which the two collects are killed first, 0 for not at all."""
    asked: tuple[str, ...] = ()
    for at, ready in zip(kill, (lambda: None, lambda: answers(space)), strict=True):
        ready()
        if at:
            cut_off(space.root, at, "collect")
        done = run(space)
        assert 0 == done.faults
        asked += done.asked
    rule(space)
    run(space)
    return end(space, asked)


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> tuple[End, End]:
    """Play the round twice, killed the second time in the midst of either collect."""
    folder = tmp_path_factory.mktemp("round")
    begin(folder / "whole")
    copytree(folder / "whole", folder / "cut")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TASK_TOOLKIT_PASSWORD", SECRET)
        whole = played(open_workspace(folder / "whole"), kill=(0, 0))
        return whole, played(open_workspace(folder / "cut"), kill=(700, 100))


def test_a_killed_round_ends_like_a_whole_one(ends: tuple[End, End]) -> None:
    """The book's sheets, and who has something to mend, are the same."""
    whole, cut = ends

    assert whole.mended == cut.mended
    for name, lines in whole.sheets.items():
        assert lines == cut.sheets[name], name


def test_everything_occurred(ends: tuple[End, End]) -> None:
    """63 units; a blank form, receipts returned as they were, confirmations, withdrawals and riddles, and a ruling by the lot."""
    whole, _ = ends
    findings = whole.sheets["问题清单"]
    codes = {line["代码"] for line in findings}

    assert 63 == sum(not str(line["单位"]).startswith("（文件）") for line in whole.sheets["报送情况"])
    assert 1 == sum(line["结果"] == "未填" for line in whole.sheets["报送情况"])
    assert {"空表（未填）", "退改表（原样发回）"} <= set(whole.what)
    assert "S16" in codes
    assert any("情况不属实" in str(line.get("单位说明")) for line in findings)  # asked about (S15) until the lot's ruling settles what it was said of
    assert any(str(line.get("单位说明")).startswith("属实") for line in findings)
    assert 1 < sum(line["处理说明"] == "各单位口径一致" for line in findings)


def test_what_each_file_came_to(ends: tuple[End, End]) -> None:
    """In 收件清单 each odd file is what it is and its unit's: evidence, halves, parts of a book and of an export, a Word table, an opened workbook."""
    lines = {str(line["文件"]): (str(line["单位"]), str(line["是什么"]), str(line["带来什么"])) for line in ends[0].sheets["收件清单"]}
    expected = {
        f"{ZIPPED}.zip/佐证材料/任务82/照片.jpg": (ZIPPED, "佐证材料", f"{ZIPPED}的任务82"),
        f"{ZIPPED}.zip/佐证材料/任务94/批复.pdf": (ZIPPED, "佐证材料", f"{ZIPPED}的任务94"),
        f"{ZIPPED}.zip/现场01.png": (ZIPPED, "佐证材料", f"{ZIPPED}的任务82"),  # as the office said
        f"{ZIPPED}.zip/进展.xlsx": (ZIPPED, "填报表", "6 行 18 个数据"),
        f"{FOLDER}/任务97/现场.jpg": (FOLDER, "佐证材料", f"{FOLDER}的任务97"),
        f"{FOLDER}/一季度进展（盖章扫描件）.pdf": (FOLDER, "盖章件", f"{FOLDER}的整表"),
        "来信.eml/任务91现场.jpg": (MAILED, "佐证材料", f"{MAILED}的任务91"),
        f"{NAMED} 任务67 验收.pdf": (NAMED, "佐证材料", f"{NAMED}的任务67"),
        f"{SPLIT}（1科）.xlsx": (SPLIT, "填报表", "6 行 10 个数据"),
        f"{SPLIT}（2科）.xlsx": (SPLIT, "填报表", "5 行 11 个数据"),
        "一季度进展.docx": (TYPED_IN_WORD, "填报表", "1 行 5 个数据"),
        "加密的表.xlsx": (LOCKED, "填报表", "1 行 5 个数据"),
        "三家汇总.xlsx": ("—", "几个单位合在一起的表", "按单位分成 3 份"),
        "收集结果.csv": ("—", "收集表导出的数据", "按单位分成 3 份"),
    }
    parts = {whole: {line[0] for file, line in lines.items() if file.startswith(f"{whole}/")} for whole in ("三家汇总.xlsx", "收集结果.csv")}
    coded = [line for file, line in lines.items() if file.endswith(" 任务109 竣工照片.jpg")]

    assert expected == {file: lines.get(file) for file in expected}
    assert {"三家汇总.xlsx": set(TOGETHER), "收集结果.csv": set(EXPORTED)} == parts
    assert [(CODED, "佐证材料", f"{CODED}的任务109")] == coded


def test_what_waited_was_asked_and_answered(ends: tuple[End, End]) -> None:
    """Rows of a unit that is nobody's name, and a picture of no task, were asked about at once; none waits in the end."""
    whole, _ = ends

    assert [True, True] == [any(name in sentence for sentence in whole.asked) for name in ("三家汇总.xlsx/待认定（区生态集团）", "现场01.png")]
    assert 2 == len(whole.asked)
    assert not {"待认定的表", "像是佐证材料", "收不了的文件"} & set(whole.what)


def test_evidence_is_counted_and_checked(ends: tuple[End, End]) -> None:
    """Each piece is counted with its task, what was chosen in 核验 stands, the stamped scan is the unit's, and halves are one return."""
    sheets = ends[0].sheets
    counts = {line["编号"]: line["佐证份数"] for line in sheets["任务进展"] if line["佐证份数"]}
    checks = sorted(str(line["核验"]) for line in sheets["佐证材料"] if line["核验"])
    named = {(line["单位"], line["编号"]): line["佐证文件"] for line in sheets["填报明细"] if line["佐证文件"]}
    units = {line["单位"]: line for line in sheets["报送情况"]}
    split = [line for line in sheets["问题清单"] if line["单位"] == SPLIT and line["代码"] == "C01"]

    assert {"任务67": 1, "任务82": 2, "任务91": 1, "任务94": 1, "任务97": 1, "任务109": 1} == counts
    assert ["不符", "已核"] == checks
    assert {(ZIPPED, "任务82"), (ZIPPED, "任务94"), (FOLDER, "任务97"), (MAILED, "任务91"), (CODED, "任务109"), (NAMED, "任务67")} == set(named)
    assert "一季度进展（盖章扫描件）.pdf" == units[FOLDER]["盖章件"]
    assert [] == split
